-- The week: one opening in twenty is drawn (control 22), the co-ordinator says whether the openings of his case were expected, and makes the person's extract
-- of its log (control 24).
set role udvej_owner;

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
  -- Who is there for measures alone that police does not read the words of: of a measure without any it is not said here whether police may know of it. (In custody each has
  -- some, and the officer who co-ordinates there reads them.)
  v_withheld := array(select distinct m.user_id from app.case_member m left join app.staff f on f.id = m.user_id
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
