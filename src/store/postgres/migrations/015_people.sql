-- People (FM-WORK-7, control 44): who leaves is out at once, and what he had is handed on; a case without a co-ordinator is found by its unit; the
-- unit's roster; the half-yearly review of who has access. Renewal and deputies follow the stream: their ends stand in `until`.
set role udvej_owner;

-- Rows of the task list that a day or somebody's leaving brings forward (domain: `watchRows`).
alter table app.task add column shown_from date, add column if_left uuid;
create index staff_left on app.staff (id) where disabled_at is not null;
create function sec.leavers() returns setof uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return query select f.id from app.staff f where f.disabled_at is not null and sec.ctx_user() is not null;
end $$;
-- Today in Copenhagen, by the clock that memberships end by.
create function sec.today() returns date stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select (sec.clock() at time zone 'Europe/Copenhagen')::date
$$;
drop policy mine on app.task;
create policy mine on app.task for select to udvej_web using (
  reader = (select sec.ctx_user()) and (until > now() or until > (select sec.clock()))
  and (shown_from is null or shown_from <= (select sec.today()))
  and (if_left is null or if_left = any (array(select sec.leavers()))));
grant execute on function sec.leavers(), sec.today() to udvej_web;

-- What waits for somebody's leaving is due the day it is seen.
create or replace function app.list_tasks(p_token text)
returns table (case_id uuid, number text, label text, key text, title text, mine boolean, owner text, due date, command text)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('tasks.listed');
  return query select t.case_id, c.number, c.label, t.key, t.title, t.mine, t.owner, case when t.if_left is null then t.due else (select sec.today()) end, t.command
  from app.task t join app.exit_case c on c.id = t.case_id order by 8, c.number, t.key limit 300;
end $$;

-- Somebody has left, and no session of his begins (sec.start_session): who comes back comes as somebody new at his identity provider. Answers false for who is not
-- known or has left before.
create function sec.leave(p_issuer text, p_subject text) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_left boolean;
begin
  -- A login that is under way is waited for, and what it made ends too (sec.start_session).
  perform 1 from app.staff s where s.issuer = p_issuer and s.subject = p_subject for no key update;
  v_left := coalesce((select sec.end_access(s.id) from app.staff s where s.issuer = p_issuer and s.subject = p_subject and s.disabled_at is null), false);
  -- Also whom his claims had left nothing (sec.deny_login): now he is not to come back.
  update app.staff set may_return = false where issuer = p_issuer and subject = p_subject and may_return;
  return v_left or found;
end $$;

grant usage on schema sec to udvej_maintenance;
grant execute on function sec.leave(text, text) to udvej_maintenance;

-- The unit's cases that nobody co-ordinates any more: the seat is empty, its holder has left or is shut out, or he has let the day pass on which he was to say
-- who still needs access. By those who keep the unit's inbox; never whom the case shuts out, and not who is in it.
create index exit_case_open_of on app.exit_case (unit) where phase not in ('inbox', 'closed');
create function sec.unattended() returns table (case_id uuid, number text) stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  return query select c.id, c.number from app.exit_case c
    where c.unit = any (array(select sec.my_inboxes())) and c.phase not in ('inbox', 'closed')
      and not exists (select from app.block b where b.case_id = c.id and b.user_id = v_user)
      and not exists (select from app.case_member m where m.case_id = c.id and m.user_id = v_user and m.valid_to is null)
      and (exists (select from app.task t where t.case_id = c.id and t.mine and t.due < (select sec.today())
          and t.key = case c.place when 'custody' then 'access:renew:custody' else 'access:renew:police' end)
        or not exists (select from app.case_member m join app.staff f on f.id = m.user_id
          where m.case_id = c.id and sec.co_ordinates(c.place, m.role) and m.valid_to is null and f.disabled_at is null
            and (m.until > now() or m.until > (select sec.clock()))
            and not exists (select from app.block b where b.case_id = m.case_id and b.user_id = m.user_id)))
    order by c.number;
end $$;
create function sec.is_unattended(p_case uuid) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from sec.unattended() u where u.case_id = p_case)
$$;

-- That a case needs somebody now: an acute threat, or an opening of the safety card that nobody has gone through. That it is so, and no more.
create function sec.is_in_danger(p_case uuid) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.task t where t.case_id = p_case and (t.key like 'acute%' or t.key like 'opening:%'))
$$;

-- Who took over a case that was not his: a record, shown to the keepers of the unit for four weeks.
create table app.take_over (
  case_id uuid not null references app.exit_case,
  version int not null,
  unit text not null,
  number text not null,
  by_user uuid not null,
  at timestamptz not null,
  primary key (case_id, version)
);
create index on app.take_over (unit, at);

-- The half-yearly review, by each who co-ordinates (FM-WORK-7): what he saw and that he said it is right.
create table app.access_review (
  unit text not null,
  by_user uuid not null,
  at timestamptz not null default now(),
  people int not null,
  cases int not null,
  primary key (unit, by_user, at)
);
do $$
declare t text;
begin
  foreach t in array array['app.take_over', 'app.access_review'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;
create policy commanded on app.take_over for insert to udvej_command with check (case_id = (select c.case_id from sec.commanding_case c));
grant insert on app.take_over to udvej_command;

-- The cases somebody co-ordinates now; whether as himself or for who is away.
create function sec.co_ordinated_by(p_user uuid) returns table (case_id uuid, since timestamptz) stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return query select m.case_id, min(m.valid_from) from app.case_member m join app.exit_case c on c.id = m.case_id
    where m.user_id = p_user and m.valid_to is null and (m.until > now() or m.until > (select sec.clock())) and c.phase <> 'closed' and sec.co_ordinates(c.place, m.role)
      and not exists (select from app.block b where b.case_id = m.case_id and b.user_id = p_user)
    group by m.case_id;
end $$;
-- Half a year after the last review, or after the first case; nothing for who co-ordinates none.
create function sec.review_due(p_user uuid) returns date stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select ((case when c.first is null then null else coalesce((select max(r.at) from app.access_review r where r.by_user = p_user), c.first) end) at time zone 'Europe/Copenhagen' + interval '6 months')::date
  from (select min(o.since) as first from sec.co_ordinated_by(p_user) o) c
$$;

-- The page of the unit, for who keeps its inbox, with its row in the log. Counted is who is in the cases that the reader co-ordinates, never who is in
-- one for a measure alone: he may not know of all of those. Null: not a keeper.
create function sec.unit_page() returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_unit text := (select u from sec.my_inboxes() as u);
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  insert into audit.event (actor, action) values (v_session.user_id, case when v_unit is null then 'page.denied' else 'unit.listed' end);
  if v_unit is null then return null; end if;
  return json_build_object(
    'unit', v_unit,
    'roster', (select coalesce(json_agg(json_build_object('seat', r.seat, 'municipality', r.municipality, 'user', r.user_id) order by r.seat, r.municipality), '[]') from app.unit_roster r where r.unit = v_unit),
    'access', (select coalesce(json_agg(json_build_object('user', a.user_id, 'cases', a.cases, 'left', a.gone) order by a.cases desc, a.user_id), '[]') from (
      select m.user_id, count(distinct m.case_id) as cases, bool_or(f.disabled_at is not null) as gone
      from sec.co_ordinated_by(v_session.user_id) o join app.case_member m on m.case_id = o.case_id join app.staff f on f.id = m.user_id
      where m.valid_to is null and m.role not in ('owner', 'question') and (m.until > now() or m.until > (select sec.clock())) group by m.user_id) a),
    'reviews', (select coalesce(json_agg(json_build_object('by', r.by_user, 'at', audit.moment(r.at), 'people', r.people, 'cases', r.cases) order by r.at desc, r.by_user), '[]') from (
      select * from app.access_review r where r.unit = v_unit order by r.at desc, r.by_user limit 10) r),
    'reviewDue', sec.review_due(v_session.user_id),
    'unattended', (select coalesce(json_agg(json_build_object('case', u.case_id, 'number', u.number, 'danger', d) order by d desc, u.number), '[]') from sec.unattended() u, sec.is_in_danger(u.case_id) d),
    'opened', (select coalesce(json_agg(o.case_id order by o.at, o.case_id), '[]') from sec.openings_unattended() o where not o.inbox),
    'takenOver', (select coalesce(json_agg(json_build_object('number', t.number, 'by', t.by_user, 'at', audit.moment(t.at)) order by t.at desc), '[]') from app.take_over t
      where t.unit = v_unit and t.at > sec.clock() - interval '28 days'
        and not exists (select from app.block b where b.case_id = t.case_id and b.user_id = v_session.user_id)));
end $$;

-- What of it concerns his day: for the front page, which has its rows in the log.
create function sec.unit_duties() returns table (review_due date, unattended int, in_danger int, opened json) stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null or not exists (select from sec.my_inboxes()) then return; end if;
  return query select sec.review_due(v_user), count(*)::int, (count(*) filter (where sec.is_in_danger(u.case_id)))::int,
    (select coalesce(json_agg(json_build_object('case', o.case_id, 'number', o.number, 'inbox', o.inbox, 'at', audit.moment(o.at)) order by o.at, o.case_id), '[]') from sec.openings_unattended() o)
  from sec.unattended() u;
end $$;

-- Whether somebody of an authority and with this work fits a place of a unit's roster. Asked when he is named, at each login, and when he votes as one of the unit.
create function sec.fits_seat(p_unit text, p_seat text, p_municipality text, p_authority text, p_functions text[]) returns boolean
immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select case p_seat
    when 'police' then p_authority = 'police:' || p_unit and 'police_exit' = any (p_functions)
    when 'probation' then p_authority = 'probation:' || p_unit and 'probation_exit' = any (p_functions)
    when 'municipal' then p_authority = 'municipality:' || p_municipality and 'municipal_exit' = any (p_functions)
    when 'custody' then 'custody_exit' = any (p_functions)
    else false end
$$;

-- Whether somebody is of the case's unit now, for an authority.
create function sec.seated(p_case uuid, p_session sec.session) returns boolean stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from app.exit_case c join app.unit_roster r on r.unit = c.unit where c.id = p_case and r.user_id = p_session.user_id
    and sec.fits_seat(r.unit, r.seat, r.municipality, p_session.authority, p_session.functions)
    -- A unit has many municipalities: only the case's own may know of it.
    and (r.seat <> 'municipal' or r.municipality = c.municipality));
end $$;

-- Names the unit's usual person of an authority, or nobody; false for a person of another authority or work, and for who keeps no unit (control 20: an unknown and a
-- wrong person are answered alike).
create function sec.put_roster(p_seat text, p_municipality text, p_user uuid) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_unit text := (select u from sec.my_inboxes() as u);
  v_fits boolean;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  v_fits := v_unit is not null and (p_seat = 'municipal') = (p_municipality <> '') and (p_seat = 'custody') = (v_unit = 'dfk') and (p_user is null or exists (
    select from app.staff f where f.id = p_user and f.disabled_at is null and sec.fits_seat(v_unit, p_seat, p_municipality, f.authority, f.functions)));
  insert into audit.event (actor, action, purpose) values (v_session.user_id, case when v_fits then 'roster.changed' else 'roster.denied' end, case when v_fits then trim(p_seat || ' ' || p_municipality) end);
  if not v_fits then return false; end if;
  if p_user is null then delete from app.unit_roster where unit = v_unit and seat = p_seat and municipality = p_municipality;
  else insert into app.unit_roster as r (unit, seat, municipality, user_id) values (v_unit, p_seat, p_municipality, p_user)
    on conflict (unit, seat, municipality) do update set user_id = excluded.user_id;
  end if;
  return true;
end $$;

-- The review is done: kept with what it counted, and in the log. False for who co-ordinates nothing.
create function sec.confirm_review() returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_unit text := (select u from sec.my_inboxes() as u);
  v_cases int;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  select count(*) into v_cases from sec.co_ordinated_by(v_session.user_id);
  insert into audit.event (actor, action) values (v_session.user_id, case when v_unit is null or v_cases = 0 then 'access.denied' else 'access.reviewed' end);
  if v_unit is null or v_cases = 0 then return false; end if;
  insert into app.access_review (unit, by_user, people, cases)
  select v_unit, v_session.user_id, count(distinct m.user_id), v_cases from sec.co_ordinated_by(v_session.user_id) o join app.case_member m on m.case_id = o.case_id
  where m.valid_to is null and m.role not in ('owner', 'question') and (m.until > now() or m.until > (select sec.clock()));
  return true;
end $$;

-- One row in the log a day while somebody's review is late, with how many are; for the worker. Answers how many when it has just said so.
create function audit.alarm_late_reviews() returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_late int;
begin
  if exists (select from audit.event e where e.actor is null and e.at > now() - interval '1 day' and e.action = 'alarm.access-review-late') then return 0; end if;
  select count(*) into v_late from app.staff f
  where f.disabled_at is null and f.functions && array['police_exit', 'custody_exit'] and sec.review_due(f.id) < sec.today();
  if v_late > 0 then insert into audit.event (action, purpose) values ('alarm.access-review-late', v_late::text); end if;
  return v_late;
end $$;

create function app.unit_page(p_token text) returns json volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return sec.unit_page();
end $$;
create function app.unit_duties(p_token text) returns table (review_due date, unattended int, in_danger int, opened json) volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return query select * from sec.unit_duties();
end $$;
create function app.put_roster(p_token text, p_seat text, p_municipality text, p_user uuid) returns boolean volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return sec.put_roster(p_seat, p_municipality, p_user);
end $$;
create function app.confirm_review(p_token text) returns boolean volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return sec.confirm_review();
end $$;
grant execute on function sec.unit_page(), sec.unit_duties(), sec.put_roster(text, text, uuid), sec.confirm_review(),
  app.unit_page(text), app.unit_duties(text), app.put_roster(text, text, text, uuid), app.confirm_review(text) to udvej_web;
grant execute on function audit.alarm_late_reviews() to udvej_worker;
reset role;
