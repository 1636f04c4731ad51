-- Figures are a record of their own: written with the event, only superseded, linked to the case until it is shredded (FM-STA-3).
set role udvej_owner;

create table stat.link (case_id uuid primary key references app.exit_case, stat_id uuid not null default gen_random_uuid());
create table stat.standing (
  stat_id uuid not null,
  state text not null,
  from_date date not null,
  to_date date,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  unit text not null,
  municipality text,
  category text,
  place text not null,
  age_band text,
  -- The types of measures that had been started by then, in order; of a case that is over all that have been.
  measures text[] not null default '{}',
  -- Of the first standing by which a step of the framework was taken: which, and how many days it took. It is the unit's that had the case then. What a step took is known from what came before it,
  -- and whatever changes that takes the step with it: so it is reckoned once, and not at every look (measured: a second over a hundred thousand cases).
  step text check (step in ('decision', 'agreement', 'end')),
  days int,
  check ((step is null) = (days is null))
);
create index on stat.standing (state, from_date) where superseded_at is null;
create index on stat.standing (stat_id);
-- What is in force on a day: of the record as it is now by when it ends, of what was recorded once by when it went out.
create index on stat.standing (coalesce(to_date, 'infinity')) where superseded_at is null;
create index on stat.standing (superseded_at) where superseded_at is not null;
-- In the order they are counted in.
create index on stat.standing (step, unit, days) include (from_date, recorded_at, stat_id) where step is not null and superseded_at is null;
-- The newest moment of record is asked for at every drawing.
create index on stat.standing (recorded_at);

-- Registered again by police after an ended course (FM-END-5); the contact point writes it (032_re_registration.sql). One that was recorded by mistake is superseded.
create table stat.re_registration (
  stat_id uuid not null,
  on_date date not null,
  recorded_at timestamptz not null,
  superseded_at timestamptz
);
create unique index re_registration_now on stat.re_registration (stat_id, on_date) where superseded_at is null;
create index on stat.re_registration (stat_id);

-- The days follow-ups were due, and the days they were held; of the unit that had the case on the day it was due. Of a case one at most is still to come.
create table stat.follow_up (
  stat_id uuid not null,
  unit text not null,
  due_on date not null,
  held_on date,
  recorded_at timestamptz not null,
  superseded_at timestamptz
);
create index on stat.follow_up (stat_id) where superseded_at is null and held_on is null;
create index on stat.follow_up (due_on) where superseded_at is null;
create index on stat.follow_up (unit, due_on) include (held_on, recorded_at, stat_id) where superseded_at is null;
create index on stat.follow_up (superseded_at) where superseded_at is not null;
create index on stat.follow_up (recorded_at);

-- How often the record has changed. A figure that was drawn since the last change is drawn: counting a hundred thousand standings again for
-- every look would cost more with every case there ever was (measured). It is counted at the commit, so that nobody waits for a
-- command that is still being judged, and no change is counted past.
create table stat.change (n bigint not null);
insert into stat.change values (0);
create table stat.drawing (
  from_date date not null,
  as_of date not null,
  -- Which part of the figures (030_figures.sql).
  part text not null,
  change bigint not null,
  -- The newest moment of record that is counted in it: it answers for any later moment.
  upto timestamptz not null,
  body jsonb not null,
  primary key (from_date, as_of, part)
);

do $$
declare t text;
begin
  foreach t in array array['link', 'standing', 're_registration', 'follow_up', 'change', 'drawing'] loop
    execute format('alter table stat.%s enable row level security', t);
    execute format('alter table stat.%s force row level security', t);
    execute format('create policy owner_all on stat.%s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;

-- The figures' own name of the case being commanded. Called by functions of the owner only, and with their rights.
create function stat.of_command() returns uuid volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_case uuid := (select c.case_id from sec.commanding_case c where c.xact = pg_current_xact_id_if_assigned() and c.at = now() and c.admission <> 'emergency');
begin
  if v_case is null then raise exception 'no case is commanded' using errcode = '42501'; end if;
  insert into stat.link (case_id) values (v_case) on conflict do nothing;
  return (select l.stat_id from stat.link l where l.case_id = v_case);
end $$;

-- What the case is counted as from a day on. Its standings cover its time without a gap or an overlap: the one that held then ends that day, and what was to begin
-- later never was. Nothing is edited: rows are superseded and written anew, so that a figure can be drawn as it was drawn then. A standing that was reached and left
-- on one day stays as an empty one, for the times it took; where a record was annulled (p_replaces) it never was.
create function stat.record(p_state text, p_from date, p_recorded_at timestamptz, p_replaces boolean, p_unit text, p_municipality text, p_category text, p_place text, p_age_band text, p_measures text[])
returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_stat uuid := stat.of_command();
  v_step text := case when p_state in ('accepted', 'refused') then 'decision' when p_state = 'course' then 'agreement' when p_state in ('completed', 'interrupted') then 'end' end;
  v_since date;
begin
  with earlier as (
    update stat.standing s set superseded_at = p_recorded_at
    where s.stat_id = v_stat and s.superseded_at is null and (s.to_date is null or s.to_date > p_from or s.from_date > p_from)
    returning s.*)
  insert into stat.standing (stat_id, state, from_date, to_date, recorded_at, unit, municipality, category, place, age_band, measures, step, days)
  select e.stat_id, e.state, e.from_date, p_from, p_recorded_at, e.unit, e.municipality, e.category, e.place, e.age_band, e.measures, e.step, e.days
  from earlier e where e.from_date < p_from or e.from_date = p_from and e.state <> p_state and not p_replaces;
  -- A step is taken once, and counted from the day that the one before it was reached.
  select min(s.from_date) filter (where s.state = case v_step when 'decision' then 'inquiry' when 'agreement' then 'accepted' else 'course' end) into v_since
  from stat.standing s where s.stat_id = v_stat and s.superseded_at is null having not bool_or(s.step is not distinct from v_step);
  insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place, age_band, measures, step, days)
  values (v_stat, p_state, p_from, p_recorded_at, p_unit, p_municipality, p_category, p_place, p_age_band, p_measures, case when v_since is not null then v_step end, p_from - v_since);
  -- What is to come goes with the case to another unit; a double was never to be followed up.
  if p_state = 'duplicate' then
    update stat.follow_up f set superseded_at = p_recorded_at where f.stat_id = v_stat and f.superseded_at is null;
  else
    with moved as (
      update stat.follow_up f set superseded_at = p_recorded_at
      where f.stat_id = v_stat and f.superseded_at is null and f.held_on is null and f.due_on >= p_from and f.unit <> p_unit returning f.*)
    insert into stat.follow_up (stat_id, unit, due_on, recorded_at) select m.stat_id, p_unit, m.due_on, p_recorded_at from moved m;
  end if;
end $$;

-- From the day that a measure was started the case counts under its type too, whatever it stood as since and whenever that was recorded. A standing that goes on is cut on that day; one that ended a case
-- counts by the day it was reached, and stays whole. Nothing else of what was said of those days changes.
create function stat.record_measure(p_type text, p_from date, p_recorded_at timestamptz)
returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_stat uuid := stat.of_command();
begin
  with earlier as (
    update stat.standing s set superseded_at = p_recorded_at
    where s.stat_id = v_stat and s.superseded_at is null and (s.to_date is null or s.to_date > p_from and s.to_date > s.from_date) and p_type <> all (s.measures)
    returning s.*, s.from_date < p_from and s.state in ('inquiry', 'assessment', 'accepted', 'course') as is_cut)
  insert into stat.standing (stat_id, state, from_date, to_date, recorded_at, unit, municipality, category, place, age_band, measures, step, days)
  select e.stat_id, e.state, e.from_date, p_from, p_recorded_at, e.unit, e.municipality, e.category, e.place, e.age_band, e.measures, e.step, e.days from earlier e where e.is_cut
  union all
  -- The step was taken on the day the standing began.
  select e.stat_id, e.state, case when e.is_cut then p_from else e.from_date end, e.to_date, p_recorded_at, e.unit, e.municipality, e.category, e.place, e.age_band,
    array(select t.type from unnest(e.measures || p_type) as t (type) order by t.type collate "C"), case when not e.is_cut then e.step end, case when not e.is_cut then e.days end
  from earlier e;
end $$;

-- A follow-up is held; or the day of the next is another, or there is none (p_held and perhaps p_due null). A day that had passed by then stays a day on which it was due and not held:
-- whoever moves it afterwards does not make it never have been due.
create function stat.record_follow_up(p_due date, p_held date, p_recorded_at timestamptz)
returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_stat uuid := stat.of_command();
  v_unit text;
begin
  with gone as (
    update stat.follow_up f set superseded_at = p_recorded_at
    where f.stat_id = v_stat and f.superseded_at is null and f.held_on is null
      and (f.due_on >= (p_recorded_at at time zone 'Europe/Copenhagen')::date or p_held is not null and f.due_on = p_due)
    returning f.due_on, f.unit)
  select g.unit into v_unit from gone g where g.due_on = p_due;
  if p_due is not null then
    insert into stat.follow_up (stat_id, unit, due_on, held_on, recorded_at)
    values (v_stat, coalesce(v_unit, (select s.unit from stat.standing s where s.stat_id = v_stat and s.superseded_at is null and s.to_date is null)), p_due, p_held, p_recorded_at);
  end if;
end $$;

create function stat.changed() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- Once a transaction, however many rows it wrote.
  if current_setting('stat.counted', true) is distinct from pg_current_xact_id()::text then
    update stat.change set n = n + 1;
    perform set_config('stat.counted', pg_current_xact_id()::text, true);
  end if;
  return null;
end $$;
create constraint trigger changed after insert or update or delete on stat.standing deferrable initially deferred for each row execute function stat.changed();
create constraint trigger changed after insert or update or delete on stat.re_registration deferrable initially deferred for each row execute function stat.changed();
create constraint trigger changed after insert or update or delete on stat.follow_up deferrable initially deferred for each row execute function stat.changed();

grant execute on function stat.record(text, date, timestamptz, boolean, text, text, text, text, text, text[]), stat.record_measure(text, date, timestamptz),
  stat.record_follow_up(date, date, timestamptz) to udvej_command;
reset role;
