-- Texts that stand outside of every case (decision 27), each a question with its answer: guidance, which an authority asks the contact point for without a case and without identity (FM-NCP-6), and questions of
-- practice, which the contact point sends to a unit with a drawing (FM-NCP-7). Both texts are encrypted by a key of their own, whose scope has the question's id; here stands who asked and when, and by when it is answered.
set role udvej_owner;

create table app.text (
  id uuid primary key,
  kind text not null check (kind in ('guidance', 'practice')),
  asked_by uuid not null references app.staff,
  -- Of guidance the authority that asks.
  authority text,
  -- Of practice the unit that is asked, and of what period and moment the figures are. The figures themselves are sealed with the question.
  unit text,
  from_date date,
  as_of date,
  drawn_at timestamptz,
  asked_at timestamptz not null,
  due date not null,
  question_ct bytea not null,
  answer_ct bytea,
  answered_at timestamptz,
  answered_by uuid references app.staff,
  -- When the answer was first opened by who asked: of practice by any of the contact point.
  read_at timestamptz,
  -- These follow from the others: who asked for guidance, for his own eyes; that the answer waits to be read, by him, by the contact point; and the day the text goes.
  asker uuid,
  unread_by_asker boolean not null default false,
  unread_by_desk boolean not null default false,
  delete_on date not null,
  -- The key of the form or the program that it came by, and what was asked under it: the same again is the same question.
  key text,
  request_hash bytea,
  unique (asked_by, key),
  check ((key is null) = (request_hash is null)),
  check (case kind when 'guidance' then authority is not null and num_nonnulls(unit, from_date, as_of, drawn_at) = 0 else authority is null and num_nulls(unit, from_date, as_of, drawn_at) = 0 end),
  check ((answer_ct is null) = (answered_at is null) and (answer_ct is null) = (answered_by is null))
);
create index text_of on app.text (asker, asked_at desc) where asker is not null;
create index text_to on app.text (unit, asked_at desc) where unit is not null;
create index text_waiting on app.text (kind, due, id) where answered_at is null;
create index text_answered on app.text (kind, answered_at desc) where answered_at is not null;
create index text_over on app.text (delete_on);

-- The id of a text that is being asked: drawn here, for this transaction and its session alone, before any key is made.
create unlogged table sec.asking_text (
  xact xid8 primary key,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  key text,
  request_hash bytea,
  at timestamptz not null default now()
);

do $$
declare t text;
begin
  foreach t in array array['app.text', 'sec.asking_text'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;
-- Of guidance one's own, of practice the units' whose inbox one keeps. One whose day has come is gone, whether the worker has been there or not; asked so that no list is looked up by the day, which most rows would pass.
create policy ours on app.text for select to udvej_web
  using ((delete_on > (select sec.today())) is true and (asker = (select sec.ctx_user()) or unit = any (array(select sec.my_inboxes()))));
-- The contact point all; one's own guidance, from before he came there, is by the other policy, so that nothing here says who asked.
create policy desk on app.text for select to udvej_national
  using ((select sec.is_contact_point()) and (delete_on > (select sec.today())) is true and (asker is null or asker <> (select sec.ctx_user())));
-- Never the texts: they come by sec.open_text alone.
grant select (id, kind, asker, authority, unit, asked_at, from_date, as_of, drawn_at, due, answered_at, unread_by_asker, delete_on) on app.text to udvej_web;
grant select (id, kind, authority, unit, asked_at, from_date, as_of, drawn_at, due, answered_at, unread_by_desk, delete_on) on app.text to udvej_national;
grant execute on function sec.today() to udvej_national;

-- Whose it is, whom the answer waits for, and the day a text goes: two years after it was asked while nobody has answered; after the answer one year more of guidance, two of practice. Written by the database alone, whoever writes the row.
create function app.follows_of_a_text() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.asker := case new.kind when 'guidance' then new.asked_by end;
  new.unread_by_asker := new.kind = 'guidance' and new.answered_at is not null and new.read_at is null;
  new.unread_by_desk := new.kind = 'practice' and new.answered_at is not null and new.read_at is null;
  new.delete_on := case when new.answered_at is null then (new.asked_at at time zone 'Europe/Copenhagen') + interval '2 years'
    else (new.answered_at at time zone 'Europe/Copenhagen') + case new.kind when 'guidance' then interval '1 year' else interval '2 years' end end;
  return new;
end $$;
create trigger follows before insert or update on app.text for each row execute function app.follows_of_a_text();

-- The next three are called by functions of the owner only, and with their rights.
create function sec.need_kind_of_text(p_kind text) returns void immutable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_kind is null or p_kind not in ('guidance', 'practice') then raise exception 'no kind of text' using errcode = '22023'; end if;
end $$;
-- A text that the caller may read, and on which side he stands: `asks` who asked for guidance, and the contact point of practice; `answers` the contact point, and who keeps the inbox of the unit; never
-- who asked it himself, under any of his names. To everybody else it is as an id that is nothing, which the log says, and so is one whose day has come.
create function sec.my_text(p_kind text, p_id uuid, out v app.text, out asks boolean, out answers boolean) volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_desk boolean := sec.is_contact_point();
  v_keeps boolean;
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  perform sec.need_kind_of_text(p_kind);
  select t.* into v from app.text t where t.id = p_id and t.kind = p_kind and t.delete_on > sec.today() and not sec.is_of_a_case(t.id);
  v_keeps := v.unit in (select sec.my_inboxes());
  asks := case p_kind when 'guidance' then v.asked_by = v_user else v_desk end;
  answers := case p_kind when 'guidance' then v_desk else v_keeps end;
  if v.id is null or (asks or answers) is not true then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', p_kind);
    v := null;
    asks := false;
    answers := false;
  end if;
  answers := answers and not sec.same_person(v.asked_by, v_user);
end $$;
-- The same for who would act on it from one side, `asks` or `answers`: to who stands on the other it is nothing, which the log says as well.
create function sec.my_text_as(p_side text, p_kind text, p_id uuid) returns app.text volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_my record := sec.my_text(p_kind, p_id);
  v app.text := v_my.v;
begin
  if v.id is null or (case p_side when 'asks' then v_my.asks when 'answers' then v_my.answers end) then return v; end if;
  insert into audit.event (actor, action, purpose) values (sec.ctx_user(), 'page.denied', p_kind);
  return null;
end $$;

-- Of the texts of a kind those that the caller asked himself, under any of his names: he answers none of them, and who asked is told nobody else.
create function sec.asked_by_me(p_kind text) returns setof uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return query select t.id from app.staff me join app.staff same on same.issuer = me.issuer and same.subject = me.subject join app.text t on t.asked_by = same.id
  where me.id = sec.ctx_user() and t.kind = p_kind;
end $$;

-- What is the caller's own: to who asked for guidance what he asked, to who keeps a unit's inbox what the unit is asked; after it, to the contact point all the rest, of guidance that wait or were answered in the last 90 days.
-- What waits first, by what is due earliest, then the latest answers.
create function app.list_texts(p_token text, p_kind text)
returns table (id uuid, authority text, unit text, asked_at timestamptz, from_date date, as_of date, drawn_at timestamptz, due date, answered_at timestamptz, asks boolean, answers boolean, unread boolean, delete_on date)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_user uuid;
  v_units text[] := '{}';
  v_own uuid[];
  -- A moment, for only a moment is compared with a moment before the row is known to be the caller's: by a day the index would be of no use.
  v_since timestamptz := '-infinity';
begin
  perform set_config('app.session', p_token, true);
  perform audit.note(p_kind || '.listed');
  v_own := array(select sec.asked_by_me(p_kind));
  if p_kind = 'guidance' then
    v_user := sec.ctx_user();
    v_since := sec.today() - 90;
    return query select t.id, t.authority, t.unit, t.asked_at, t.from_date, t.as_of, t.drawn_at, t.due, t.answered_at, true, false, t.unread_by_asker, t.delete_on
      from app.text t where t.asker = v_user order by t.answered_at desc nulls first, t.due, t.id limit 500;
  elsif p_kind = 'practice' then
    v_units := array(select sec.my_inboxes());
    return query select t.id, t.authority, t.unit, t.asked_at, t.from_date, t.as_of, t.drawn_at, t.due, t.answered_at, false, t.id <> all (v_own), false, t.delete_on
      from app.text t where t.unit = any (v_units) order by t.answered_at desc nulls first, t.due, t.id limit 500;
  end if;
  perform set_config('role', 'udvej_national', true);
  return query select t.id, t.authority, t.unit, t.asked_at, t.from_date, t.as_of, t.drawn_at, t.due, t.answered_at, p_kind = 'practice', p_kind = 'guidance' and t.id <> all (v_own), t.unread_by_desk, t.delete_on
    from (
      (select w.id, w.authority, w.unit, w.asked_at, w.from_date, w.as_of, w.drawn_at, w.due, w.answered_at, w.unread_by_desk, w.delete_on from app.text w where w.kind = p_kind and w.answered_at is null order by w.due, w.id limit 1000)
      union all
      (select a.id, a.authority, a.unit, a.asked_at, a.from_date, a.as_of, a.drawn_at, a.due, a.answered_at, a.unread_by_desk, a.delete_on from app.text a
        where a.kind = p_kind and a.answered_at is not null and a.answered_at >= v_since order by a.answered_at desc limit 1000)) t
    where coalesce(t.unit <> all (v_units), true) order by t.answered_at desc nulls first, t.due, t.id limit 500;
end $$;

-- The id of a new text, for those who may ask: for guidance whose function works with cases and who is not of the contact point; of practice the contact point. `repeated`: something was asked under this key before, by the id
-- where it was the very same; what was taken back is nothing any more, and its key stays used. `mac`: by it the key that is made for the id is ordered gone, should it come to nothing (038). All null: not the caller's to ask. Two at once under one key are judged one after the other.
create function sec.begin_text(p_kind text, p_key text, p_hash bytea, out id uuid, out repeated boolean, out mac bytea) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v app.text;
  v_desk boolean := 'contact_point' = any (v_session.functions);
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  perform sec.need_kind_of_text(p_kind);
  if (case p_kind when 'guidance' then not v_desk and v_session.functions && array['police_exit', 'municipal_exit', 'probation_exit', 'custody_exit', 'measure_owner'] else v_desk end) is not true then
    insert into audit.event (actor, action, purpose) values (v_session.user_id, 'page.denied', p_kind);
    return;
  end if;
  if p_key is not null then
    perform pg_advisory_xact_lock(hashtextextended('asks' || v_session.user_id || p_key, 35));
    select t.* into v from app.text t where t.asked_by = v_session.user_id and t.key = p_key;
  end if;
  repeated := v.id is not null or sec.is_withdrawn_key(v_session.user_id, p_key);
  if repeated then
    if v.kind = p_kind and v.request_hash = p_hash then id := v.id; end if;
    insert into audit.event (actor, action, purpose) values (v_session.user_id, case when id is null then 'page.denied' else p_kind || '.repeated' end, coalesce(id::text, p_kind));
    return;
  end if;
  id := gen_random_uuid();
  mac := sec.begun_mac(id);
  insert into sec.asking_text (xact, id, user_id, kind, key, request_hash) values (pg_current_xact_id(), id, v_session.user_id, p_kind, p_key, case when p_key is not null then p_hash end);
end $$;

-- The text that was begun in this transaction, once. The days are counted here: fourteen to answer for guidance, as for advice in a case; thirty for a unit, which has to look into its cases first. The framework names neither.
create function sec.ask_text(p_sealed bytea, p_unit text, p_from date, p_as_of date, p_drawn_at timestamptz) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v sec.asking_text;
begin
  delete from sec.asking_text a where a.xact = pg_current_xact_id_if_assigned() and a.at = now() and a.user_id = v_session.user_id returning a.* into v;
  if v.id is null then raise exception 'no question' using errcode = '28000'; end if;
  insert into app.text (id, kind, asked_by, authority, unit, from_date, as_of, drawn_at, asked_at, due, question_ct, key, request_hash)
  values (v.id, v.kind, v.user_id, case v.kind when 'guidance' then v_session.authority end, p_unit, p_from, p_as_of, case when p_drawn_at is not null then least(p_drawn_at, sec.clock()) end, sec.clock(),
    sec.today() + case v.kind when 'guidance' then 14 else 30 end, p_sealed, v.key, v.request_hash);
  insert into audit.event (actor, action, purpose) values (v.user_id, v.kind || '.asked', v.id::text);
end $$;

-- Question and answer of one: a row in the log, and the ticket of it. Nothing: not there for the caller.
create function sec.open_text(p_kind text, p_id uuid)
returns table (payload text, mac bytea, authority text, unit text, asked_at timestamptz, from_date date, as_of date, drawn_at timestamptz, due date, answered_at timestamptz, asks boolean, answers boolean, unread boolean,
  delete_on date, question_ct bytea, answer_ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_my record := sec.my_text(p_kind, p_id);
  v app.text := v_my.v;
  v_event uuid := gen_random_uuid();
  v_unread boolean := v_my.asks and v.answered_at is not null and v.read_at is null;
  v_ticket record;
begin
  if v.id is null then return; end if;
  insert into audit.event (id, actor, action, purpose) values (v_event, sec.ctx_user(), p_kind || '.read', v.id::text);
  if v_unread then update app.text t set read_at = sec.clock() where t.id = v.id; end if;
  v_ticket := sec.ticket('00000000-0000-0000-0000-000000000000', array[v.id], v_event);
  return query select v_ticket.payload, v_ticket.mac, v.authority, v.unit, v.asked_at, v.from_date, v.as_of, v.drawn_at, v.due, v.answered_at, v_my.asks, v_my.answers, v_unread, v.delete_on, v.question_ct, v.answer_ct;
end $$;

-- The answer, once: 'answered', or 'already' when somebody was sooner. Null: nothing there for the caller to answer, which the log says.
create function sec.answer_text(p_kind text, p_id uuid, p_sealed bytea) returns text volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v app.text := sec.my_text_as('answers', p_kind, p_id);
  v_user uuid := sec.ctx_user();
begin
  if v.id is null then return null; end if;
  update app.text t set answer_ct = p_sealed, answered_at = greatest(sec.clock(), t.asked_at), answered_by = v_user where t.id = p_id and t.answered_at is null;
  if not found then
    perform 1 from app.text t where t.id = p_id;
    if found then return 'already'; end if;
    -- Taken back by now.
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', p_kind);
    return null;
  end if;
  insert into audit.event (actor, action, purpose) values (v_user, p_kind || '.answered', p_id::text);
  return 'answered';
end $$;

grant execute on function app.list_texts(text, text), sec.asked_by_me(text), sec.begin_text(text, text, bytea), sec.ask_text(bytea, text, date, date, timestamptz), sec.open_text(text, uuid), sec.answer_text(text, uuid, bytea) to udvej_web;
reset role;
