-- Figures of the whole country, drawn from the record for a period, as of a day, and from what was recorded by a moment (FM-STA-1 to FM-STA-4). Unsuppressed, and so for
-- the contact point alone. Every case has one standing on a day; those that lead on count while they are in force, those that end a case when they were reached in the period.
-- An inquiry is no case of the contact point's before its assessment begins (access.md), and a double none at all: neither is counted, nor listed when it comes or goes.
-- Every answer has an order of its own, so that the same figures are the same answer, by whatever plan they were counted.
-- `p_without`: the cases that the one who asks is shut out of. They are in no figure of his, or he would have them by subtraction.
set role udvej_owner;

-- What every case stood as on a day, as it was recorded by a moment; of what ended a case, only since p_from. `p_only`, `p_states`: of these cases, in these standings alone; null for all.
-- No wider than what is asked of it: its rows are carried over to the statements that ask. What is in force now and what was once are found by an index each; by which, and whether by one at all,
-- depends on the days and the moment, so that here, other than elsewhere (pools.ts), each question has a plan of its own.
create function stat.in_force(p_from date, p_as_of date, p_drawn_at timestamptz, p_without uuid[], p_only uuid[], p_states text[] default null)
returns table (stat_id uuid, state text, unit text, municipality text, category text, place text, age_band text, measures text[])
stable security invoker language plpgsql rows 100000 set search_path = pg_catalog, pg_temp set enable_seqscan = on set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
begin
  return query
  select s.stat_id, s.state, s.unit, s.municipality, s.category, s.place, s.age_band, s.measures
  from stat.standing s
  where s.recorded_at <= p_drawn_at and (s.superseded_at is null or s.superseded_at > p_drawn_at) and s.from_date <= p_as_of and coalesce(s.to_date, 'infinity') > p_as_of
    and (s.from_date >= p_from or s.state in ('assessment', 'accepted', 'course')) and s.state not in ('inquiry', 'inquiry-closed', 'duplicate')
    and (p_without = '{}' or s.stat_id <> all (p_without)) and (p_only is null or s.stat_id = any (p_only)) and (p_states is null or s.state = any (p_states));
end $$;
create function stat.is_registered_again(p_stat uuid, p_as_of date, p_drawn_at timestamptz) returns boolean
stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from stat.re_registration r where r.stat_id = p_stat and r.on_date <= p_as_of and r.recorded_at <= p_drawn_at and (r.superseded_at is null or r.superseded_at > p_drawn_at))
$$;

create function stat.registered_again(p_as_of date, p_drawn_at timestamptz) returns table (stat_id uuid)
stable security invoker language sql set search_path = pg_catalog, pg_temp set enable_seqscan = on as $$
  select distinct r.stat_id from stat.re_registration r where r.on_date <= p_as_of and r.recorded_at <= p_drawn_at and (r.superseded_at is null or r.superseded_at > p_drawn_at)
$$;

-- How many cases stand how, in the whole country.
create function stat.count_country(p_from date, p_as_of date, p_drawn_at timestamptz, p_without uuid[]) returns jsonb
stable security invoker language sql set search_path = pg_catalog, pg_temp set work_mem = '64MB' as $$
  with counted as (
    select s.state, count(*) as n, count(*) filter (where s.state in ('completed', 'interrupted') and s.stat_id in (select a.stat_id from stat.registered_again(p_as_of, p_drawn_at) a)) as again
    from stat.in_force(p_from, p_as_of, p_drawn_at, p_without, null) s group by s.state)
  select coalesce(jsonb_agg(jsonb_build_array(t.state, t.n) order by t.state), '[]')
  from counted c cross join lateral (values (c.state, c.n), (c.state || '-re-registered', c.again)) as t (state, n) where t.n > 0
$$;

-- How many cases stand how, along each dimension; of a municipality by the unit that has them, and at each measure that was started in them, or at none. Cases registered again are counted a second
-- time under a state of their own, so that a table can say "of these".
create function stat.count_cells(p_from date, p_as_of date, p_drawn_at timestamptz, p_without uuid[]) returns jsonb
stable security invoker language sql set search_path = pg_catalog, pg_temp set work_mem = '64MB' as $$
  -- Alike in everything first, so that six times over is counted what is few.
  with alike as materialized (
    select s.state, s.unit, s.municipality, s.category, s.age_band, s.place, s.measures, count(*) as n, count(*) filter (where s.state in ('completed', 'interrupted') and s.stat_id in (select a.stat_id from stat.registered_again(p_as_of, p_drawn_at) a)) as again
    from stat.in_force(p_from, p_as_of, p_drawn_at, p_without, null) s
    group by s.state, s.unit, s.municipality, s.category, s.age_band, s.place, s.measures),
  cells as (
    select case grouping(b.unit, b.municipality, b.category, b.age_band, b.place)
        when 15 then 'unit' when 7 then 'municipality' when 27 then 'category' when 29 then 'age' else 'place' end as dimension,
      coalesce(b.category, b.age_band, b.place, b.municipality) as value, b.unit, b.state, sum(b.n) as n, sum(b.again) as again
    from alike b
    group by grouping sets ((b.state, b.unit), (b.state, b.unit, b.municipality), (b.state, b.category), (b.state, b.age_band), (b.state, b.place))
    union all
    select 'measure', m.type, null, b.state, sum(b.n), sum(b.again)
    from alike b left join lateral unnest(b.measures) as m (type) on true group by m.type, b.state),
  told as (
    select c.dimension, case c.dimension when 'unit' then c.unit else c.value end as value, t.state, t.n, case c.dimension when 'municipality' then c.unit end as unit
    from cells c cross join lateral (values (c.state, c.n), (c.state || '-re-registered', c.again)) as t (state, n) where t.n > 0)
  select coalesce(jsonb_agg(jsonb_build_array(t.dimension, t.value, t.state, t.n, t.unit) order by t.dimension, t.value, t.unit, t.state), '[]') from told t
$$;

-- How long the steps took that were taken in the period, nationally (unit null) and by the unit that had the case: the number, and quartiles in days. Follow-ups that were
-- due in it: held by the day, later, or not yet. Read off indexes that have them in the order they are counted in.
create function stat.count_times(p_from date, p_as_of date, p_drawn_at timestamptz, p_without uuid[]) returns jsonb
stable security invoker language plpgsql set search_path = pg_catalog, pg_temp set work_mem = '64MB' set random_page_cost = 1.1 set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
begin return (
  -- How many took just so many days: days are few, and the quartiles are read off them instead of off every case in order.
  with lasted as materialized (
    select s.step, s.unit, s.days, sum(s.n) as n from (
      select s.step, s.unit, s.days, count(*) as n from stat.standing s
      where s.superseded_at is null and s.step is not null and s.from_date >= p_from and s.from_date <= p_as_of and s.recorded_at <= p_drawn_at and (p_without = '{}' or s.stat_id <> all (p_without)) group by s.step, s.unit, s.days
      -- What has gone out since is found by another index, which is seldom asked: hardly any, but for a moment long ago.
      union all select s.step, s.unit, s.days, count(*) from stat.standing s
      where s.superseded_at > p_drawn_at and s.step is not null and s.from_date >= p_from and s.from_date <= p_as_of and s.recorded_at <= p_drawn_at and (p_without = '{}' or s.stat_id <> all (p_without)) group by s.step, s.unit, s.days) s
    group by s.step, s.unit, s.days),
  in_all as (select l.step, l.unit, false as whole, l.days, l.n from lasted l union all select l.step, null, true, l.days, sum(l.n) from lasted l group by l.step, l.days),
  in_order as (
    select l.step, l.unit, l.whole, l.days, sum(l.n) over (partition by l.step, l.whole, l.unit order by l.days) as upto, sum(l.n) over (partition by l.step, l.whole, l.unit) as n from in_all l),
  -- Between the two that stand on either side of a quarter of the way, by how far it is from each.
  times as (
    select o.step, o.unit, o.n, q.share * (o.n - 1) - floor(q.share * (o.n - 1)) as beyond, q.share,
      min(o.days) filter (where o.upto > floor(q.share * (o.n - 1))) as before, min(o.days) filter (where o.upto > ceil(q.share * (o.n - 1))) as after
    from in_order o cross join (values (0.25), (0.5), (0.75)) as q (share) group by o.step, o.unit, o.n, q.share),
  quartiles as (
    select t.step, t.unit, t.n, array_agg((t.before + (t.after - t.before) * t.beyond)::float8 order by t.share) as quartiles from times t group by t.step, t.unit, t.n),
  held as materialized (
    select h.unit, sum(h.due) as due, sum(h.on_time) as on_time, sum(h.late) as late from (
      select f.unit, count(*) as due, count(*) filter (where f.held_on <= f.due_on) as on_time, count(*) filter (where f.held_on > f.due_on and f.held_on <= p_as_of) as late from stat.follow_up f
      -- The day itself has not passed yet.
      where f.superseded_at is null and f.due_on >= p_from and f.due_on <= p_as_of and (f.held_on is not null or f.due_on < p_as_of) and f.recorded_at <= p_drawn_at and (p_without = '{}' or f.stat_id <> all (p_without)) group by f.unit
      union all select f.unit, count(*), count(*) filter (where f.held_on <= f.due_on), count(*) filter (where f.held_on > f.due_on and f.held_on <= p_as_of) from stat.follow_up f
      where f.superseded_at > p_drawn_at and f.due_on >= p_from and f.due_on <= p_as_of and (f.held_on is not null or f.due_on < p_as_of) and f.recorded_at <= p_drawn_at and (p_without = '{}' or f.stat_id <> all (p_without)) group by f.unit) h
    group by h.unit),
  followed as (select h.unit, h.due, h.on_time, h.late from held h union all select null, sum(h.due), sum(h.on_time), sum(h.late) from held h having count(*) > 0)
  select jsonb_build_object(
    'times', (select coalesce(jsonb_agg(jsonb_build_array(t.step, t.unit, t.n, t.quartiles[1], t.quartiles[2], t.quartiles[3]) order by t.step, t.unit nulls first), '[]') from quartiles t),
    'followUps', (select coalesce(jsonb_agg(jsonb_build_array(f.unit, f.due, f.on_time, f.late) order by f.unit nulls first), '[]') from followed f)));
end $$;

-- How complete the record is of the courses that run on a day, by the unit that has them and in all (unit null): how many there are; of how many the category, the age or, in freedom, the municipality is not known;
-- how many have no follow-up to come; in how many no measure has been started (FM-NCP-7). From structure alone.
create function stat.count_completeness(p_from date, p_as_of date, p_drawn_at timestamptz, p_without uuid[]) returns jsonb
stable security invoker language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = on set work_mem = '64MB' set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
begin return (
  with running as materialized (
    select s.stat_id, s.unit, s.category is null or s.age_band is null or s.place = 'freedom' and s.municipality is null as lacks, s.measures = '{}' as unmeasured
    from stat.in_force(p_from, p_as_of, p_drawn_at, p_without, null, array['course']) s),
  to_come as materialized (
    select distinct f.stat_id from stat.follow_up f
    where f.recorded_at <= p_drawn_at and (f.superseded_at is null or f.superseded_at > p_drawn_at) and f.due_on >= p_as_of and (f.held_on is null or f.held_on > p_as_of)),
  counted as (
    select r.unit, grouping(r.unit) = 1 as whole, count(*) as courses, count(*) filter (where r.lacks) as lacking, count(*) filter (where t.stat_id is null) as unplanned, count(*) filter (where r.unmeasured) as unmeasured
    from running r left join to_come t on t.stat_id = r.stat_id group by grouping sets ((), (r.unit)))
  select coalesce(jsonb_agg(jsonb_build_array(c.unit, c.courses, c.lacking, c.unplanned, c.unmeasured) order by c.unit nulls first), '[]') from counted c where c.whole and c.courses > 0 or c.unit is not null);
end $$;

-- What was recorded between two moments and changes the official figures that were drawn at the first: each case that counts otherwise on the day, with the day that was last recorded (FM-STA-3).
-- Only cases are looked at of which something was recorded in between. The newest five hundred, and how many there are.
create function stat.corrections(p_from date, p_as_of date, p_since timestamptz, p_until timestamptz, p_without uuid[]) returns jsonb
stable security invoker language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  v_touched uuid[] := array(
    select s.stat_id from stat.standing s where s.recorded_at > p_since and s.recorded_at <= p_until
    union select s.stat_id from stat.standing s where s.superseded_at > p_since and s.superseded_at <= p_until
    union select r.stat_id from stat.re_registration r where r.recorded_at > p_since and r.recorded_at <= p_until or r.superseded_at > p_since and r.superseded_at <= p_until);
begin
  return (
    with was as (
      select s.stat_id, s.state || case when s.state in ('completed', 'interrupted') and stat.is_registered_again(s.stat_id, p_as_of, p_since) then '-re-registered' else '' end as state,
        s.unit, s.municipality, s.category, s.place, s.age_band, s.measures from stat.in_force(p_from, p_as_of, p_since, p_without, v_touched) s),
    is_now as (
      select s.stat_id, s.state || case when s.state in ('completed', 'interrupted') and stat.is_registered_again(s.stat_id, p_as_of, p_until) then '-re-registered' else '' end as state,
        s.unit, s.municipality, s.category, s.place, s.age_band, s.measures from stat.in_force(p_from, p_as_of, p_until, p_without, v_touched) s),
    changed as (
      select coalesce(n.stat_id, w.stat_id) as stat_id, w.state as was_state,
        case when n.stat_id is null and exists (
          select from stat.standing d where d.stat_id = w.stat_id and d.state = 'duplicate' and d.recorded_at <= p_until and (d.superseded_at is null or d.superseded_at > p_until)) then 'duplicate' else n.state end as is_state, w.unit as was_unit, n.unit as is_unit,
        w.stat_id is not null and n.stat_id is not null and (w.municipality, w.category, w.place, w.age_band, w.measures) is distinct from (n.municipality, n.category, n.place, n.age_band, n.measures) as other_facts
      from was w full join is_now n on n.stat_id = w.stat_id
      where (w.state, w.unit, w.municipality, w.category, w.place, w.age_band, w.measures) is distinct from (n.state, n.unit, n.municipality, n.category, n.place, n.age_band, n.measures)),
    dated as (
      select c.*, greatest(
          (select max(s.recorded_at) from stat.standing s where s.stat_id = c.stat_id and s.recorded_at <= p_until),
          (select max(greatest(r.recorded_at, r.superseded_at)) from stat.re_registration r where r.stat_id = c.stat_id and r.recorded_at <= p_until)) as at
      from changed c),
    newest as (select d.* from dated d order by d.at desc, d.stat_id limit 500)
    select jsonb_build_object('total', (select count(*) from changed), 'rows', coalesce((
      select jsonb_agg(jsonb_build_array((l.at at time zone 'Europe/Copenhagen')::date, l.was_state, l.is_state, l.was_unit, l.is_unit, l.other_facts) order by l.at desc, l.stat_id) from newest l), '[]')));
end $$;

-- The cases that the caller is shut out of, by the name the figures have for them.
create function stat.without_my_blocks() returns uuid[] stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select array(select l.stat_id from stat.link l where l.case_id in (select b from sec.my_blocks() b))
$$;

-- One part of the figures: 'cells', 'country', 'times' or 'completeness'. What was drawn since the record last changed is drawn; figures that leave cases out are nobody else's, and not kept.
create function stat.drawn(p_part text, p_from date, p_as_of date, p_drawn_at timestamptz) returns jsonb
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = on as $$
declare
  v_without uuid[];
  v_change bigint;
  v_upto timestamptz;
  v_body jsonb;
begin
  if not sec.is_contact_point() then return null; end if;
  v_without := stat.without_my_blocks();
  -- Asked before it is counted: what is recorded in between is in the count, and the drawing is out of date at once.
  select c.n into v_change from stat.change c;
  if cardinality(v_without) = 0 then
    select d.body into v_body from stat.drawing d where d.part = p_part and d.from_date = p_from and d.as_of = p_as_of and d.change = v_change and d.upto <= p_drawn_at;
    if found then return v_body; end if;
  end if;
  v_body := case p_part when 'cells' then stat.count_cells(p_from, p_as_of, p_drawn_at, v_without) when 'country' then stat.count_country(p_from, p_as_of, p_drawn_at, v_without) when 'completeness' then stat.count_completeness(p_from, p_as_of, p_drawn_at, v_without) else stat.count_times(p_from, p_as_of, p_drawn_at, v_without) end;
  select greatest((select max(s.recorded_at) from stat.standing s), (select max(s.superseded_at) from stat.standing s),
    (select max(f.recorded_at) from stat.follow_up f), (select max(f.superseded_at) from stat.follow_up f), (select max(greatest(r.recorded_at, r.superseded_at)) from stat.re_registration r)) into v_upto;
  -- A moment before the newest is asked for seldom, and counted for itself.
  if v_upto > p_drawn_at or cardinality(v_without) > 0 then return v_body; end if;
  delete from stat.drawing d where d.change < v_change;
  insert into stat.drawing (from_date, as_of, part, change, upto, body) values (p_from, p_as_of, p_part, v_change, coalesce(v_upto, '-infinity'), v_body)
  on conflict (from_date, as_of, part) do update set change = excluded.change, upto = excluded.upto, body = excluded.body;
  return v_body;
end $$;
create function stat.corrected(p_from date, p_as_of date, p_since timestamptz, p_until timestamptz) returns jsonb
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.is_contact_point() then return null; end if;
  return stat.corrections(p_from, p_as_of, p_since, p_until, stat.without_my_blocks());
end $$;

-- In one round trip each: the session, the log's row, the figures. Null: not for the caller.
create function app.national_figures(p_token text, p_part text, p_from date, p_as_of date, p_drawn_at timestamptz) returns jsonb
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('figures.drawn');
  perform set_config('role', 'udvej_national', true);
  return stat.drawn(p_part, p_from, p_as_of, p_drawn_at);
end $$;
create function app.national_corrections(p_token text, p_from date, p_as_of date, p_since timestamptz, p_until timestamptz) returns jsonb
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('figures.drawn');
  perform set_config('role', 'udvej_national', true);
  return stat.corrected(p_from, p_as_of, p_since, p_until);
end $$;

grant execute on function stat.drawn(text, date, date, timestamptz), stat.corrected(date, date, timestamptz, timestamptz) to udvej_national;
grant execute on function app.national_figures(text, text, date, date, timestamptz), app.national_corrections(text, date, date, timestamptz, timestamptz) to udvej_web;
reset role;
