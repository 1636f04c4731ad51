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

-- Of the case's own municipality, at whichever of its places.
create function audit.of_the_case(p_case uuid, p_authority text) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.exit_case c where c.id = p_case and split_part(p_authority, ':', 1) = 'municipality' and split_part(p_authority, ':', 2) = c.municipality)
$$;
-- In the circle, now or before, as the owner of measures and as nothing else.
create function audit.for_measures_alone(p_case uuid, p_user uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(bool_and(m.role = 'owner'), false) from app.case_member m where m.case_id = p_case and m.user_id = p_user
$$;

-- A week's looks into a case that somebody who co-ordinates it can be asked about: others' than his own. Who is in the case for a measure alone is asked about
-- among the people of the case's own municipality and not by himself: the co-ordinator may not know of the measure (FM-CNF-4).
create function audit.asked_about(p_case uuid, p_week date, p_user uuid) returns table (person uuid, day date, n int, at timestamptz)
stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select e.actor, audit.day_of(e.at), count(*)::int, min(e.at) from audit.event e join app.staff f on f.id = e.actor
  where e.case_ref = p_case and e.at >= audit.start_of(p_week) and e.at < audit.start_of(p_week + 7) and audit.is_look(e.action) and e.actor <> p_user
    and (audit.of_the_case(p_case, f.authority) or not audit.for_measures_alone(p_case, e.actor))
  group by e.actor, audit.day_of(e.at)
$$;

-- One opening in twenty of a week that is over, and at least one; by numbers that nobody can foresee, and once, whoever comes first. The same week's
-- question goes to the co-ordinators of the cases that others than themselves looked into.
create function audit.draw_week(p_week date) returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_from timestamptz := audit.start_of(p_week);
  v_to timestamptz := audit.start_of(p_week + 7);
  v_openings int;
  v_drawn int;
begin
  insert into audit.draw values (p_week, clock_timestamp(), 0, 0) on conflict (week) do nothing;
  if not found then return 0; end if;
  select count(*) into v_openings from audit.event e where e.at >= v_from and e.at < v_to and audit.is_look(e.action);
  insert into audit.review (kind, person, case_ref, at, found_at, due, finding, events, week)
  select 'sample', e.actor, e.case_ref, e.at, clock_timestamp(), clock_timestamp() + interval '14 days', 'sample|' || e.id, array[e.id], p_week
  from audit.event e where e.at >= v_from and e.at < v_to and audit.is_look(e.action)
  order by public.gen_random_bytes(16) limit ceil(v_openings * 0.05);
  get diagnostics v_drawn = row_count;
  update audit.draw set openings = v_openings, drawn = v_drawn where week = p_week;
  insert into audit.week_question (case_id, week)
  select distinct c.id, p_week
  from (select distinct e.case_ref from audit.event e where e.at >= v_from and e.at < v_to and audit.is_look(e.action)) o
    join app.exit_case c on c.id = o.case_ref
    join app.case_member m on m.case_id = c.id and m.valid_to is null and (m.until > now() or m.until > (select sec.clock())) and sec.co_ordinates(c.place, m.role)
  where exists (select from audit.asked_about(c.id, p_week, m.user_id))
  on conflict do nothing;
  return v_drawn;
end $$;
-- The last week that is over, and those before it that nobody drew, back to the last draw.
create function audit.draw_weeks() returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_last date := audit.week_of(now()) - 7;
  v_week date := least(v_last, coalesce((select max(d.week) + 7 from audit.draw d), v_last));
  v_drawn int := 0;
begin
  if exists (select from audit.draw d where d.week = v_last) then return 0; end if;
  while v_week <= v_last loop
    v_drawn := v_drawn + audit.draw_week(v_week);
    v_week := v_week + 7;
  end loop;
  return v_drawn;
end $$;

-- What should have been judged by now: an alarm in the log, once for each.
create function audit.alarm_overdue() returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_n int;
begin
  update audit.review r set alarmed_at = clock_timestamp() where r.closed_at is null and r.due < clock_timestamp() and r.alarmed_at is null;
  get diagnostics v_n = row_count;
  if v_n > 0 then perform audit.alarm('review-overdue', v_n); end if;
  return v_n;
end $$;

-- The worker's turn: one at a time, and who comes second has nothing to do.
create function audit.review_turn() returns table (found int, drawn int, overdue int) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.alone_at('review') then return query select 0, 0, 0; return; end if;
  return query select audit.apply_rules(), audit.draw_weeks(), audit.alarm_overdue();
end $$;
grant execute on function audit.review_turn() to udvej_worker;

-- The auditor, or nobody.
create function sec.auditor() returns uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_session sec.session := sec.ctx_session();
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  return case when 'auditor' = any (v_session.functions) then v_session.user_id end;
end $$;
-- A colleague as the auditor's pages name him; also one who has left.
create function audit.person(p_id uuid) returns json stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select json_build_object('id', p_id, 'name', f.name, 'authority', f.authority, 'functions', f.functions, 'left', f.disabled_at is not null) from app.staff f where f.id = p_id
$$;
-- A moment in JSON as the program writes it, in UTC with milliseconds.
create function audit.moment(p_at timestamptz) returns text stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
create function audit.seriousness(p_kind text) returns int immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select array_position(array['break-glass', 'unexpected', 'denials', 'ended', 'unrelated', 'night', 'sample'], p_kind)
$$;

-- What waits for him, most serious first, then by what is due; the newest draw; what he judged last. One row in the log. Null: not the auditor.
create function sec.review_desk() returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.auditor();
begin
  if v_user is null then return null; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'log.read', 'review');
  return json_build_object('now', audit.moment(clock_timestamp()),
    'open', (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'person', audit.person(r.person), 'at', audit.moment(r.at), 'due', audit.moment(r.due), 'week', r.week,
        'rows', cardinality(r.events), 'number', (select c.number from app.exit_case c where c.id = r.case_ref),
        'asked', exists (select from audit.judgement j where j.review_id = r.id)) order by audit.seriousness(r.kind), r.due, r.id), '[]')
      from (select * from audit.review o where o.closed_at is null order by audit.seriousness(o.kind), o.due limit 300) r),
    'draw', (select json_build_object('week', d.week, 'openings', d.openings, 'drawn', d.drawn,
        'left', (select count(*) from audit.review r where r.week = d.week and r.closed_at is null)) from audit.draw d order by d.week desc limit 1),
    'judged', (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'person', audit.person(r.person), 'outcome', j.outcome, 'at', audit.moment(j.at)) order by j.at desc), '[]')
      from (select * from audit.judgement l order by l.at desc limit 15) j join audit.review r on r.id = j.review_id));
end $$;

-- One finding with the rows of the log behind it and every judgement of it. Null: no such finding, or not the auditor.
create function sec.review_item(p_review uuid) returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.auditor();
  v audit.review;
begin
  if v_user is null then return null; end if;
  select * into v from audit.review r where r.id = p_review;
  if not found then return null; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'log.read', 'finding ' || p_review);
  return json_build_object('now', audit.moment(clock_timestamp()), 'id', v.id, 'kind', v.kind, 'person', audit.person(v.person), 'at', audit.moment(v.at), 'found', audit.moment(v.found_at), 'due', audit.moment(v.due), 'closed', audit.moment(v.closed_at), 'lapsed', v.lapsed,
    'rows', (select coalesce(json_agg(json_build_object('at', audit.moment(e.at), 'action', e.action, 'purpose', e.purpose, 'number', c.number, 'ref', e.case_ref) order by e.at), '[]')
      from unnest(v.events) as one join audit.event e on e.id = one left join app.exit_case c on c.id = e.case_ref),
    'judgements', (select coalesce(json_agg(json_build_object('at', audit.moment(j.at), 'by', (select f.name from app.staff f where f.id = j.actor), 'outcome', j.outcome, 'words', j.words) order by j.at), '[]')
      from audit.judgement j where j.review_id = v.id));
end $$;

-- The judgement, and its row in the log. What is asked of the person's leader still waits; the two others close. Another may be added later.
-- False: no such finding, not the auditor, or about himself (control 17).
create function sec.judge(p_review uuid, p_outcome text, p_words text) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.auditor();
begin
  if v_user is null then return false; end if;
  perform 1 from audit.review r where r.id = p_review and r.person <> v_user for update;
  if not found then return false; end if;
  insert into audit.judgement (review_id, actor, outcome, words) values (p_review, v_user, p_outcome, p_words);
  update audit.review r set closed_at = coalesce(r.closed_at, clock_timestamp()) where r.id = p_review and p_outcome <> 'asked';
  insert into audit.event (actor, action, purpose) values (v_user, 'review.judged', p_outcome);
  return true;
end $$;

create function sec.find_person(p_text text) returns table (id uuid, name text, authority text, functions text[]) stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select f.id, f.name, f.authority, f.functions from app.staff f
  where (select sec.auditor()) is not null and length(p_text) > 1 and position(lower(p_text) in lower(f.name)) > 0 order by f.name limit 30
$$;

-- The log of one person in a span of days, both included and the last thirty unless said: what he looked at and where he was refused, newest first. Null: no such person, or not the auditor.
create function sec.person_log(p_person uuid, p_first date, p_last date) returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.auditor();
  v_person json := audit.person(p_person);
  v_last date := coalesce(p_last, audit.day_of(now()));
  v_first date := coalesce(p_first, v_last - 29);
begin
  if v_user is null or v_person is null then return null; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'log.read', 'person ' || p_person);
  return json_build_object('person', v_person, 'first', v_first, 'last', v_last,
    'rows', (select coalesce(json_agg(json_build_object('at', audit.moment(e.at), 'action', e.action, 'look', audit.is_look(e.action), 'purpose', e.purpose, 'number', c.number, 'ref', e.case_ref) order by e.at desc), '[]')
      from (select * from audit.event l where l.actor = p_person and l.at >= audit.start_of(v_first) and l.at < audit.start_of(v_last + 1)
        and l.action not like '%.listed' and l.action not in ('login', 'logout', 'figures.drawn') order by l.at desc limit 1000) e
      left join app.exit_case c on c.id = e.case_ref));
end $$;
grant execute on function sec.review_desk(), sec.review_item(uuid), sec.judge(uuid, text, text), sec.find_person(text), sec.person_log(uuid, date, date) to udvej_web;

-- Whether the caller co-ordinates a case: its police member, in custody its custody officer.
create function sec.coordinates(p_case uuid) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return p_case = any (array(select sec.my_cases())) and exists (select from app.case_member m join app.exit_case c on c.id = m.case_id
    where m.case_id = p_case and m.user_id = sec.ctx_user() and m.valid_to is null and (m.until > now() or m.until > (select sec.clock()))
      and sec.co_ordinates(c.place, m.role));
end $$;

-- The cases whose week waits for the caller's answer; part of his list of tasks.
create function app.list_week_questions(p_token text) returns table (case_id uuid, number text, label text, week date) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid;
begin
  perform set_config('app.session', p_token, true);
  v_user := sec.ctx_user();
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  return query select c.id, c.number, c.label, max(q.week)
    from app.case_member m join audit.week_question q on q.case_id = m.case_id and q.answered_at is null join app.exit_case c on c.id = m.case_id
    where m.user_id = v_user and m.valid_to is null and (m.until > now() or m.until > (select sec.clock())) and sec.co_ordinates(c.place, m.role) and m.case_id = any (array(select sec.my_cases()))
      and exists (select from audit.asked_about(c.id, q.week, v_user))
    group by c.id order by max(q.week), c.number limit 50;
end $$;
-- The newest week that waits for an answer, and its openings by others, a person's of a day in one row. The log has the row of who reads the case's log.
create function sec.week_question(p_case uuid) returns table (week date, person uuid, day date, n int, first_at timestamptz) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_week date;
begin
  if not sec.coordinates(p_case) then return; end if;
  select max(q.week) into v_week from audit.week_question q where q.case_id = p_case and q.answered_at is null
    and exists (select from audit.asked_about(p_case, q.week, sec.ctx_user()));
  if v_week is null then return; end if;
  return query select v_week, o.person, o.day, o.n, o.at from audit.asked_about(p_case, v_week, sec.ctx_user()) o order by o.at;
end $$;
-- His answer: all were expected, or all but those of these people on these days, which go to the auditor; of a municipality's people by its authority. An answer to a newer week answers older ones.
-- False: not his to answer, and a row in the log that says so.
create function sec.answer_week(p_case uuid, p_week date, p_people text[], p_days date[]) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  if not sec.coordinates(p_case) then
    insert into audit.event (actor, action, case_ref, purpose) values (v_user, 'case.denied', p_case, 'week');
    return false;
  end if;
  insert into audit.event (actor, action, case_ref, purpose) values (v_user, 'log.answered', p_case, case when cardinality(p_people) = 0 then 'expected' else 'unexpected' end);
  update audit.week_question q set answered_at = clock_timestamp(), answered_by = v_user where q.case_id = p_case and q.week <= p_week and q.answered_at is null;
  insert into audit.review (kind, person, case_ref, at, found_at, due, finding, events)
  select 'unexpected', e.actor, p_case, min(e.at), clock_timestamp(), clock_timestamp() + interval '14 days', 'unexpected|' || e.actor || '|' || p_case || '|' || audit.day_of(e.at), (array_agg(e.id order by e.at))[1:100]
  from audit.event e join app.staff f on f.id = e.actor
  where e.case_ref = p_case and e.at >= audit.start_of(p_week) and e.at < audit.start_of(p_week + 7) and audit.week_of(e.at) = p_week and audit.is_look(e.action) and e.actor <> v_user
    and exists (select from unnest(p_people, p_days) as d (who, day) where d.day = audit.day_of(e.at)
      and d.who in (e.actor::text, split_part(f.authority, ':', 1) || ':' || split_part(f.authority, ':', 2)))
  group by e.actor, audit.day_of(e.at)
  on conflict (finding) do nothing;
  return true;
end $$;

-- Everybody who looked into a case, in order, for the extract that its co-ordinator makes (control 24); who tried and saw nothing is none of them.
-- Null: not his to make, and a row in the log that says so.
create function sec.case_extract(p_case uuid, p_purpose text) returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_withheld uuid[];
begin
  perform sec.need_step_up();
  if not sec.coordinates(p_case) then
    insert into audit.event (actor, action, case_ref, purpose) values (v_user, 'case.denied', p_case, 'extract');
    return null;
  end if;
  insert into audit.event (actor, action, case_ref, purpose) values (v_user, 'log.extracted', p_case, p_purpose);
  -- Who is there for measures alone that police does not read the words of: of a measure without any it is not said here whether police may know of it.
  v_withheld := array(select distinct m.user_id from app.case_member m join app.exit_case c on c.id = m.case_id and c.place <> 'custody' left join app.staff f on f.id = m.user_id
    where m.case_id = p_case and audit.for_measures_alone(p_case, m.user_id) and not audit.of_the_case(p_case, coalesce(f.authority, ''))
      and not exists (select from app.case_member o join app.scope s on s.case_id = o.case_id and s.kind = 'measure' and s.subject = o.subject
        join app.scope_member r on r.case_id = s.case_id and r.scope_id = s.id and r.user_id = v_user and r.valid_to is null
        where o.case_id = p_case and o.user_id = m.user_id));
  return json_build_object('number', (select c.number from app.exit_case c where c.id = p_case), 'now', audit.moment(clock_timestamp()), 'rows',
    (select coalesce(json_agg(json_build_object('id', e.id, 'at', audit.moment(e.at), 'name', f.name, 'authority', f.authority, 'functions', f.functions, 'action', e.action, 'purpose', e.purpose,
        'withheld', e.actor = any (v_withheld)) order by e.at, e.id), '[]')
    from audit.event e left join app.staff f on f.id = e.actor where e.case_ref = p_case and e.action not like '%.denied'));
end $$;
grant execute on function app.list_week_questions(text), sec.week_question(uuid), sec.answer_week(uuid, date, text[], date[]), sec.case_extract(uuid, text) to udvej_web;
reset role;
