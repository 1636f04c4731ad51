-- Guidance that an authority asks the contact point for without a case and without identity (FM-NCP-6). It stands outside of every case. Question and answer are encrypted by a key of
-- their own, whose scope has the question's id; here stands who asked, for which authority, when, and by when it is answered.
set role udvej_owner;

create table app.guidance (
  id uuid primary key,
  asked_by uuid not null references app.staff,
  authority text not null,
  asked_at timestamptz not null,
  due date not null,
  question_ct bytea not null,
  answer_ct bytea,
  answered_at timestamptz,
  answered_by uuid references app.staff,
  check ((answer_ct is null) = (answered_at is null) and (answer_ct is null) = (answered_by is null))
);
create index guidance_of on app.guidance (asked_by, asked_at desc);
create index guidance_waiting on app.guidance (due, id) where answered_at is null;
create index guidance_answered on app.guidance (answered_at desc) where answered_at is not null;
alter table app.guidance enable row level security;
alter table app.guidance force row level security;
create policy owner_all on app.guidance to udvej_owner using (true) with check (true);
create policy own on app.guidance for select to udvej_web using (asked_by = (select sec.ctx_user()));
create policy desk on app.guidance for select to udvej_national using ((select sec.is_contact_point()));
-- Never the texts: they come by sec.open_guidance alone.
grant select (id, asked_by, authority, asked_at, due, answered_at) on app.guidance to udvej_web, udvej_national;

-- The caller's own questions; after them, for the contact point, all that wait and what was answered in the last 90 days. What waits first, by what is due earliest; then the latest answers.
create function app.list_guidance(p_token text, p_today date)
returns table (id uuid, authority text, asked_at timestamptz, due date, answered_at timestamptz, mine boolean, unread boolean, delete_on date)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_user uuid;
  -- A moment, for only a moment is compared with a moment before the row is known to be the caller's: by a day the index would be of no use.
  v_since timestamptz := p_today - 90;
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('guidance.listed');
  v_user := sec.ctx_user();
  return query select g.id, g.authority, g.asked_at, g.due, g.answered_at, true, g.answered_at is not null and g.read_at is null, g.delete_on
    from app.guidance g where g.asked_by = v_user order by g.answered_at desc nulls first, g.due, g.id limit 500;
  perform set_config('role', 'udvej_national', true);
  return query select g.id, g.authority, g.asked_at, g.due, g.answered_at, false, false, g.delete_on
    from (
      select w.id, w.asked_by, w.authority, w.asked_at, w.due, w.answered_at, w.delete_on from app.guidance w where w.answered_at is null
      union all select a.id, a.asked_by, a.authority, a.asked_at, a.due, a.answered_at, a.delete_on from app.guidance a where a.answered_at >= v_since) g
    where g.asked_by <> v_user order by g.answered_at desc nulls first, g.due, g.id limit 500;
end $$;

-- A question, by those whose function works with cases; the contact point answers and does not ask. The same id again is the same question. False: not the caller's to ask.
create function sec.ask_guidance(p_id uuid, p_at timestamptz, p_due date, p_sealed bytea) returns boolean
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_session sec.session := sec.ctx_session();
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  if not v_session.functions && array['police_exit', 'municipal_exit', 'probation_exit', 'custody_exit', 'measure_owner'] or 'contact_point' = any (v_session.functions) then
    insert into audit.event (actor, action, purpose) values (v_session.user_id, 'page.denied', 'guidance');
    return false;
  end if;
  insert into app.guidance (id, asked_by, authority, asked_at, due, question_ct) values (p_id, v_session.user_id, v_session.authority, p_at, p_due, p_sealed) on conflict do nothing;
  if found then insert into audit.event (actor, action, purpose) values (v_session.user_id, 'guidance.asked', p_id::text); end if;
  return exists (select from app.guidance g where g.id = p_id and g.asked_by = v_session.user_id);
end $$;

-- The texts of one question, for who asked and for the contact point: a row in the log, and the ticket of it. A question of somebody else's is as one that is not there.
create function sec.open_guidance(p_id uuid)
returns table (payload text, mac bytea, authority text, asked_at timestamptz, due date, answered_at timestamptz, mine boolean, unread boolean, delete_on date, question_ct bytea, answer_ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_user uuid := sec.ctx_user();
  v_event uuid := gen_random_uuid();
  v app.guidance;
  v_mine boolean;
  v_ticket record;
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  select g.* into v from app.guidance g where g.id = p_id and (g.asked_by = v_user or sec.is_contact_point());
  if v.id is null then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'guidance');
    return;
  end if;
  v_mine := v.asked_by = v_user;
  insert into audit.event (id, actor, action, purpose) values (v_event, v_user, 'guidance.read', p_id::text);
  if v_mine and v.answered_at is not null and v.read_at is null then update app.guidance g set read_at = sec.clock() where g.id = p_id; end if;
  select * into v_ticket from sec.ticket('00000000-0000-0000-0000-000000000000', array[p_id], v_event);
  return query select v_ticket.payload, v_ticket.mac, v.authority, v.asked_at, v.due, v.answered_at, v_mine, v_mine and v.answered_at is not null and v.read_at is null, v.delete_on, v.question_ct, v.answer_ct;
end $$;

-- The contact point's answer, once: 'answered', or 'already' when somebody was sooner. Null: nothing there for the caller.
create function sec.answer_guidance(p_id uuid, p_at timestamptz, p_sealed bytea) returns text
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  if not sec.is_contact_point() or not exists (select from app.guidance g where g.id = p_id) then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'guidance');
    return null;
  end if;
  update app.guidance g set answer_ct = p_sealed, answered_at = greatest(p_at, g.asked_at), answered_by = v_user where g.id = p_id and g.answered_at is null;
  if not found then return 'already'; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'guidance.answered', p_id::text);
  return 'answered';
end $$;

grant execute on function app.list_guidance(text, date), sec.ask_guidance(uuid, timestamptz, date, bytea), sec.open_guidance(uuid), sec.answer_guidance(uuid, timestamptz, bytea) to udvej_web;
reset role;
