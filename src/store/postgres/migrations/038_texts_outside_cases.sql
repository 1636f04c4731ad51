-- Texts that stand outside of every case (decision 27): guidance without a case is told of when it is answered, may be taken back, and is not kept for ever (FM-NCP-6); a drawing of practice is sent to a unit, and
-- answered by it (FM-NCP-7).
set role udvej_owner;

-- The day a text goes: so long after it was asked while nobody has answered, so long after the answer when somebody has. Written by the database alone, whoever writes the row.
create function app.says_when_it_goes() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.delete_on := case when new.answered_at is null then (new.asked_at at time zone 'Europe/Copenhagen') + tg_argv[0]::interval else (new.answered_at at time zone 'Europe/Copenhagen') + tg_argv[1]::interval end;
  return new;
end $$;

-- When who asked has opened the answer; and the day the question goes with it: a year after the answer, without one two years after it was asked.
alter table app.guidance add column read_at timestamptz, add column delete_on date;
create trigger says_when_it_goes before insert or update on app.guidance for each row execute function app.says_when_it_goes('2 years', '1 year');
update app.guidance set read_at = null;
alter table app.guidance alter column delete_on set not null;
create index guidance_over on app.guidance (delete_on);
grant select (read_at) on app.guidance to udvej_web;
grant select (delete_on) on app.guidance to udvej_web, udvej_national;

-- As before, and of one's own whether the answer waits to be read; of all the day they go.
-- As before; who asked has read the answer from the first time he opens it.
-- A drawing of practice that the contact point sends to a unit with a question, and the unit's answer in words (FM-NCP-7). Of the figures there is nothing here in plain: the two rows that are set beside one another, without
-- small numbers as the contact point saw them, are sealed with the question.
create table app.practice_question (
  id uuid primary key,
  unit text not null,
  asked_by uuid not null references app.staff,
  asked_at timestamptz not null,
  from_date date not null,
  as_of date not null,
  due date not null,
  question_ct bytea not null,
  answer_ct bytea,
  answered_at timestamptz,
  answered_by uuid references app.staff,
  -- When the contact point has opened the answer.
  read_at timestamptz,
  delete_on date not null,
  check ((answer_ct is null) = (answered_at is null) and (answer_ct is null) = (answered_by is null))
);
create index practice_question_of on app.practice_question (unit, asked_at desc);
create index practice_question_over on app.practice_question (delete_on);
create trigger says_when_it_goes before insert or update on app.practice_question for each row execute function app.says_when_it_goes('2 years', '2 years');
alter table app.practice_question enable row level security;
alter table app.practice_question force row level security;
create policy owner_all on app.practice_question to udvej_owner using (true) with check (true);
create policy ours on app.practice_question for select to udvej_web using (unit = any (array(select sec.my_inboxes())));
create policy desk on app.practice_question for select to udvej_national using ((select sec.is_contact_point()));
-- Never the texts: they come by sec.open_practice alone.
grant select (id, unit, asked_at, from_date, as_of, due, answered_at, delete_on) on app.practice_question to udvej_web, udvej_national;
grant select (read_at) on app.practice_question to udvej_national;

-- To those who keep a unit's inbox the unit's, to the contact point all; what waits for an answer first. Unread is an answer that nobody of the contact point has opened.
create function app.list_practice(p_token text) returns table (id uuid, unit text, asked_at timestamptz, from_date date, as_of date, due date, answered_at timestamptz, unread boolean, mine boolean, delete_on date)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare v_units text[];
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('practice.listed');
  v_units := array(select sec.my_inboxes());
  return query select q.id, q.unit, q.asked_at, q.from_date, q.as_of, q.due, q.answered_at, false, true, q.delete_on
    from app.practice_question q where q.unit = any (v_units) order by q.answered_at desc nulls first, q.due, q.id limit 500;
  perform set_config('role', 'udvej_national', true);
  return query select q.id, q.unit, q.asked_at, q.from_date, q.as_of, q.due, q.answered_at, q.answered_at is not null and q.read_at is null, false, q.delete_on
    from app.practice_question q where q.unit <> all (v_units) order by q.answered_at desc nulls first, q.due, q.id limit 500;
end $$;

create function sec.ask_practice(p_id uuid, p_unit text, p_at timestamptz, p_from date, p_as_of date, p_due date, p_sealed bytea) returns boolean
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  if not sec.is_contact_point() then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'practice');
    return false;
  end if;
  insert into app.practice_question (id, unit, asked_by, asked_at, from_date, as_of, due, question_ct) values (p_id, p_unit, v_user, p_at, p_from, p_as_of, p_due, p_sealed) on conflict do nothing;
  if not found then return false; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'practice.asked', p_id::text);
  return true;
end $$;

-- The question with its figures and its answer, for the contact point and for those who keep the unit's inbox: a row in the log, and the ticket of it. To everybody else it is as an id that is nothing.
create function sec.open_practice(p_id uuid)
returns table (payload text, mac bytea, unit text, asked_at timestamptz, from_date date, as_of date, due date, answered_at timestamptz, unread boolean, mine boolean, delete_on date, question_ct bytea, answer_ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_user uuid := sec.ctx_user();
  v_event uuid := gen_random_uuid();
  v app.practice_question;
  v_desk boolean := sec.is_contact_point();
  v_mine boolean;
  v_ticket record;
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  select q.* into v from app.practice_question q where q.id = p_id and (v_desk or q.unit in (select sec.my_inboxes()));
  if v.id is null then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'practice');
    return;
  end if;
  v_mine := v.unit in (select sec.my_inboxes());
  insert into audit.event (id, actor, action, purpose) values (v_event, v_user, 'practice.read', p_id::text);
  if v_desk and v.answered_at is not null and v.read_at is null then update app.practice_question q set read_at = sec.clock() where q.id = p_id; end if;
  select * into v_ticket from sec.ticket('00000000-0000-0000-0000-000000000000', array[p_id], v_event);
  return query select v_ticket.payload, v_ticket.mac, v.unit, v.asked_at, v.from_date, v.as_of, v.due, v.answered_at, v_desk and v.answered_at is not null and v.read_at is null, v_mine, v.delete_on, v.question_ct, v.answer_ct;
end $$;

-- The unit's answer, once: 'answered', or 'already' when a colleague was sooner. Null: nothing there for the caller to answer.
create function sec.answer_practice(p_id uuid, p_at timestamptz, p_sealed bytea) returns text
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  if not exists (select from app.practice_question q where q.id = p_id and q.unit in (select sec.my_inboxes())) then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'practice');
    return null;
  end if;
  update app.practice_question q set answer_ct = p_sealed, answered_at = greatest(p_at, q.asked_at), answered_by = v_user where q.id = p_id and q.answered_at is null;
  if not found then return 'already'; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'practice.answered', p_id::text);
  return 'answered';
end $$;

-- Orders to destroy the key of a text go the way of those of a case (020_retention.sql): signed here, kept by both databases, carried out by the worker, found again after a backup was restored. Where those have
-- the answer of two authorities these have none, which is how they are known. Called by functions of the owner only, and with their rights.
create function sec.order_text(p_id uuid) returns void volatile security invoker language sql set search_path = pg_catalog, pg_temp as $$
  insert into sec.shred_order (case_id, approval_id, payload, mac)
  select p_id, '00000000-0000-0000-0000-000000000000', o.payload, public.hmac(convert_to(o.payload, 'UTF8'), t.secret, 'sha256')
  from sec.ticket_secret t, (select 'shred|' || p_id || '|00000000-0000-0000-0000-000000000000|' || p_id as payload) o
  on conflict (case_id) do nothing
$$;
create function sec.erase_text(p_id uuid, p_payload text, p_mac bytea) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into sec.shred_order (case_id, approval_id, payload, mac) values (p_id, '00000000-0000-0000-0000-000000000000', p_payload, p_mac) on conflict (case_id) do nothing;
  perform 1 from sec.shred_order o where o.case_id = p_id and o.done_at is null for update;
  if not found then return; end if;
  delete from app.guidance g where g.id = p_id;
  delete from app.practice_question q where q.id = p_id;
  update sec.shred_order o set done_at = now() where o.case_id = p_id;
  insert into audit.event (action, purpose) values ('text.removed', p_id::text);
end $$;

-- Orders for every text whose day has come, each once. @returns how many.
create function sec.order_texts() returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_id uuid;
  v_n int := 0;
begin
  for v_id in
    select t.id from (
      (select g.id from app.guidance g where g.delete_on <= sec.today() order by g.delete_on limit 100)
      union all (select q.id from app.practice_question q where q.delete_on <= sec.today() order by q.delete_on limit 100)) t
    where not exists (select from sec.shred_order o where o.case_id = t.id)
  loop
    perform sec.order_text(v_id);
    v_n := v_n + 1;
  end loop;
  return v_n;
end $$;

-- Who asked takes his question back while nobody has answered: it is gone at once, its key with the worker's next turn. 'already': there is an answer. Null: not there for the caller.
create function sec.withdraw_guidance(p_id uuid) returns text volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v app.guidance;
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  select g.* into v from app.guidance g where g.id = p_id and g.asked_by = v_user for update;
  if v.id is null then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'guidance');
    return null;
  end if;
  if v.answered_at is not null then return 'already'; end if;
  perform sec.order_text(p_id);
  delete from app.guidance g where g.id = p_id;
  insert into audit.event (actor, action, purpose) values (v_user, 'guidance.withdrawn', p_id::text);
  return 'withdrawn';
end $$;

grant execute on function app.list_guidance(text, date), sec.open_guidance(uuid), sec.withdraw_guidance(uuid) to udvej_web;
grant execute on function app.list_practice(text), sec.ask_practice(uuid, text, timestamptz, date, date, date, bytea), sec.open_practice(uuid), sec.answer_practice(uuid, timestamptz, bytea) to udvej_web;
grant execute on function sec.order_texts() to udvej_worker;
reset role;
