-- The log is gone through by somebody (FM-CNF-5; controls 21, 22, 24): four fixed rules and a weekly draw lay findings before the auditor, the
-- co-ordinator says whether the week's openings of his case were expected, and every judgement stays. Who looks here sees numbers of cases at most.
set role udvej_owner;

-- When an event was written by the database's own clock, which is the log's: the program's may be set (a demonstration's is).
alter table app.case_event add column written_at timestamptz not null default now();
-- The log is only added to, in the order of time: a day of it is found by an index that costs next to nothing to keep.
create index event_at on audit.event using brin (at) with (pages_per_range = 32, autosummarize = on);

-- What waits for the auditor's judgement. A finding is there once, whoever finds it again.
create table audit.review (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('break-glass', 'unexpected', 'denials', 'ended', 'unrelated', 'night', 'sample')),
  person uuid not null,
  case_ref uuid,
  at timestamptz not null,
  found_at timestamptz not null,
  due timestamptz not null,
  finding text not null unique,
  -- Rows of the log.
  events uuid[] not null,
  week date,
  alarmed_at timestamptz,
  alarm uuid, -- The row of the log that says so.
  closed_at timestamptz,
  -- Closed without a judgement: what was found without reason has got its reason since.
  lapsed boolean not null default false
);
create index review_open on audit.review (due) where closed_at is null;
create index review_of_person on audit.review (person, at);
create index review_of_week on audit.review (week) where week is not null;

create table audit.judgement (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references audit.review,
  at timestamptz not null default clock_timestamp(),
  actor uuid not null,
  outcome text not null check (outcome in ('justified', 'unjustified', 'asked')),
  words text not null check (length(words) between 1 and 4000)
);
create index on audit.judgement (review_id, at);
create index on audit.judgement (at);
create trigger immutable before update or delete on audit.judgement for each row execute function app.immutable();

-- Openings that had no reason when they were made; judged again when what follows them has had its time.
create table audit.unexplained (
  person uuid not null,
  case_ref uuid not null,
  day date not null,
  at timestamptz not null,
  primary key (person, case_ref, day)
);
create index on audit.unexplained (at);
-- How far the rules have come; one row.
create table audit.considered (only_one boolean primary key default true check (only_one), upto timestamptz not null);
insert into audit.considered (upto) values (now());

create table audit.draw (week date primary key, drawn_at timestamptz not null, openings int not null, drawn int not null);
-- Whether the week's openings of a case were expected: asked of its co-ordinator.
create table audit.week_question (
  case_id uuid not null references app.exit_case,
  week date not null,
  answered_at timestamptz,
  answered_by uuid,
  primary key (case_id, week)
);
create index week_unanswered on audit.week_question (case_id) where answered_at is null;

do $$
declare t text;
begin
  foreach t in array array['review', 'judgement', 'unexplained', 'considered', 'draw', 'week_question'] loop
    execute format('alter table audit.%s enable row level security', t);
    execute format('alter table audit.%s force row level security', t);
    execute format('create policy owner_all on audit.%s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;
insert into sec.setting values ('telling_past', 0) on conflict (name) do nothing;

-- What counts as looking into a case: to open it, to carry it out of the system, to read the protected address.
create function audit.is_look(p_action text) returns boolean immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select p_action in ('case.opened', 'case.exported', 'address.read')
$$;
-- Days and weeks are Copenhagen's.
create function audit.day_of(p_at timestamptz) returns date immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select (p_at at time zone 'Europe/Copenhagen')::date
$$;
create function audit.week_of(p_at timestamptz) returns date immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select date_trunc('week', p_at at time zone 'Europe/Copenhagen')::date
$$;
create function audit.start_of(p_day date) returns timestamptz immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select p_day::timestamp at time zone 'Europe/Copenhagen'
$$;

-- For functions of the owner alone: lays a row of the log before the auditor. Days to judge it unless said: three for break-glass, else fourteen.
create function audit.to_review(p_kind text, p_event uuid, p_due interval default null) returns void
volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into audit.review (kind, person, case_ref, at, found_at, due, finding, events)
  select p_kind, e.actor, e.case_ref, e.at, clock_timestamp(), clock_timestamp() + coalesce(p_due, case p_kind when 'break-glass' then interval '72 hours' else interval '14 days' end),
    p_kind || '|' || e.id, array[e.id]
  from audit.event e where e.id = p_event
  on conflict (finding) do nothing
$$;

-- Whether somebody had a reason to look into a case at a moment of the log, within fourteen days to either side: a task of his, an appointment or
-- a deadline that stands on his list, an appointment that was kept, an act of his own, his coming into the circle, the unit's inbox.
-- Tasks follow the stream and have no past: the question is asked when the opening is new, and again when what came after it is known.
create function audit.is_related(p_person uuid, p_case uuid, p_at timestamptz) returns boolean
stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  -- Days of tasks and memberships are the program's.
  v_at timestamptz := p_at - (now() - sec.clock());
  v_day date := audit.day_of(v_at);
begin
  if exists (select from app.task t where t.reader = p_person and t.case_id = p_case and t.due <= v_day + 14 and (t.mine or t.due >= v_day - 14)) then return true; end if;
  if exists (select from app.case_member m where m.case_id = p_case and m.user_id = p_person and m.valid_from between v_at - interval '14 days' and v_at + interval '14 days') then return true; end if;
  if exists (select from app.unit_inbox i where i.case_id = p_case and i.received_at <= v_at and (i.taken_at is null or i.taken_at > v_at)) then return true; end if;
  return exists (select from app.case_event c where c.case_id = p_case and c.written_at between p_at - interval '14 days' and p_at + interval '14 days'
    and (c.actor = p_person or c.type in ('FollowUpHeld', 'MeetingRecorded', 'HearingSent', 'HearingAnswered', 'BreachHeard')));
end $$;

-- Whether somebody was in the circle of a case at a moment; and whether he had left it by then.
create function audit.was_in(p_person uuid, p_case uuid, p_at timestamptz) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.case_member m where m.case_id = p_case and m.user_id = p_person and m.valid_from <= p_at - (now() - sec.clock())
    and (m.valid_to is null or m.valid_to > p_at - (now() - sec.clock())) and m.until > p_at - (now() - sec.clock()))
$$;
create function audit.had_left(p_person uuid, p_case uuid, p_at timestamptz) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select not audit.was_in(p_person, p_case, p_at)
    and exists (select from app.case_member m where m.case_id = p_case and m.user_id = p_person and least(m.valid_to, m.until) <= p_at - (now() - sec.clock()))
$$;

-- Looks of one span of time into cases by who was in none of them: page or program, one row each; so many as the log has, the first hundred named.
create function audit.find_denials(p_from timestamptz, p_to timestamptz) returns int volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_found int;
begin
  insert into audit.review (kind, person, at, found_at, due, finding, events)
  select 'denials', d.actor, min(x.at), p_to, p_to + interval '14 days', 'denials|' || d.actor || '|' || d.day, (array_agg(x.id order by x.at))[1:100]
  from (select distinct e.actor, audit.day_of(e.at) as day from audit.event e
      where e.at > p_from and e.at <= p_to and e.action = 'case.denied' and e.actor is not null) d
    cross join lateral (select e.id, e.at from audit.event e where e.actor = d.actor and e.at >= audit.start_of(d.day) and e.at < audit.start_of(d.day + 1) and e.at <= p_to
      and e.action = 'case.denied' and not audit.was_in(e.actor, e.case_ref, e.at)) x
  group by d.actor, d.day having count(*) >= 3
  on conflict (finding) do nothing;
  get diagnostics v_found = row_count;
  return v_found;
end $$;

create function audit.find_ended(p_from timestamptz, p_to timestamptz) returns int volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_found int;
begin
  insert into audit.review (kind, person, case_ref, at, found_at, due, finding, events)
  select 'ended', e.actor, e.case_ref, min(e.at), p_to, p_to + interval '14 days', 'ended|' || e.actor || '|' || e.case_ref || '|' || audit.day_of(e.at), (array_agg(e.id order by e.at))[1:100]
  from audit.event e where e.at > p_from and e.at <= p_to and e.action = 'case.denied' and e.actor is not null and audit.had_left(e.actor, e.case_ref, e.at)
  group by e.actor, e.case_ref, audit.day_of(e.at)
  on conflict (finding) do nothing;
  get diagnostics v_found = row_count;
  return v_found;
end $$;

-- From eleven in the evening to five in the morning; a night is one finding, and bears the day it began on.
create function audit.find_nights(p_from timestamptz, p_to timestamptz) returns int volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_found int;
begin
  insert into audit.review (kind, person, at, found_at, due, finding, events)
  select 'night', n.actor, min(n.at), p_to, p_to + interval '14 days', 'night|' || n.actor || '|' || n.night, (array_agg(n.id order by n.at))[1:100]
  from (select e.id, e.actor, e.at, audit.day_of(e.at - interval '5 hours') as night, (e.at at time zone 'Europe/Copenhagen')::time as clock
    from audit.event e where e.at > p_from and e.at <= p_to and audit.is_look(e.action) and e.actor is not null) n
  where n.clock >= '23:00' or n.clock < '05:00'
  group by n.actor, n.night
  on conflict (finding) do nothing;
  get diagnostics v_found = row_count;
  return v_found;
end $$;

-- Openings without a reason: noted when they are new, found when six days have brought none either, and let go when one comes within fourteen.
-- A person's openings of one case in one week are one finding. Taking an inquiry shows no more than the inbox does.
create function audit.find_unrelated(p_from timestamptz, p_to timestamptz) returns int volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_found int;
begin
  insert into audit.unexplained (person, case_ref, day, at)
  select o.actor, o.case_ref, o.day, o.at
  from (select e.actor, e.case_ref, audit.day_of(e.at) as day, min(e.at) as at from audit.event e
    where e.at > p_from and e.at <= p_to and audit.is_look(e.action) and e.actor is not null and e.case_ref is not null and e.purpose is distinct from 'take'
    group by 1, 2, 3) o
  where not audit.is_related(o.actor, o.case_ref, o.at)
  on conflict do nothing;
  with ripe as (delete from audit.unexplained u where u.at <= p_to - interval '6 days' returning u.person, u.case_ref, u.at)
  insert into audit.review (kind, person, case_ref, at, found_at, due, finding, events)
  select 'unrelated', w.person, w.case_ref, w.at, p_to, p_to + interval '14 days', 'unrelated|' || w.person || '|' || w.case_ref || '|' || w.week,
    (array(select e.id from audit.event e where e.case_ref = w.case_ref and e.at >= audit.start_of(w.week) and e.at < audit.start_of(w.week + 7) and e.at <= p_to
      and e.actor = w.person and audit.is_look(e.action) order by e.at))[1:100]
  from (select r.person, r.case_ref, audit.week_of(r.at) as week, min(r.at) as at from ripe r where not audit.is_related(r.person, r.case_ref, r.at) group by 1, 2, 3) w
  on conflict (finding) do nothing;
  get diagnostics v_found = row_count;
  update audit.review r set closed_at = p_to, lapsed = true
  where r.closed_at is null and r.kind = 'unrelated' and r.at > p_to - interval '15 days'
    and not exists (select from audit.judgement j where j.review_id = r.id) and audit.is_related(r.person, r.case_ref, r.at);
  return v_found;
end $$;

create function audit.find(p_from timestamptz, p_to timestamptz) returns int volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  select audit.find_denials(p_from, p_to) + audit.find_ended(p_from, p_to) + audit.find_nights(p_from, p_to) + audit.find_unrelated(p_from, p_to)
$$;

-- From where the rules have come to, a day at a turn at most; two minutes again, for rows that were on their way. Rests while a demonstration's past is told.
create function audit.apply_rules() returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_from timestamptz;
  v_to timestamptz;
  v_found int;
begin
  if (select t.value = 1 from sec.setting t where t.name = 'telling_past') then return 0; end if;
  select c.upto into v_from from audit.considered c for update;
  v_to := least(clock_timestamp(), v_from + interval '1 day');
  if v_to <= v_from then return 0; end if;
  v_found := audit.find(v_from - interval '2 minutes', v_to);
  update audit.considered set upto = v_to;
  return v_found;
end $$;

-- Whose seat co-ordinates: police's, in custody the custody officer's.
create function sec.co_ordinates(p_place text, p_role text) returns boolean immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select p_role = case p_place when 'custody' then 'custody' else 'police' end
$$;

-- A moment in JSON as the program writes it, in UTC with milliseconds.
create function audit.moment(p_at timestamptz) returns text stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- What should have been judged by now: an alarm in the log, once for each.
create function audit.alarm_overdue() returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_n int;
  v_event uuid := gen_random_uuid();
begin
  update audit.review r set alarmed_at = clock_timestamp(), alarm = v_event where r.closed_at is null and r.due < clock_timestamp() and r.alarmed_at is null;
  get diagnostics v_n = row_count;
  if v_n > 0 then insert into audit.event (id, action, purpose) values (v_event, 'alarm.review-overdue', v_n::text); end if;
  return v_n;
end $$;

-- The worker's turn: one at a time, and who comes second has nothing to do.
create function audit.review_turn() returns table (found int, drawn int, overdue int) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.alone_at('review') then return query select 0, 0, 0; return; end if;
  return query select audit.apply_rules(), audit.draw_weeks(), audit.alarm_overdue();
end $$;
grant execute on function audit.review_turn() to udvej_worker;
reset role;
