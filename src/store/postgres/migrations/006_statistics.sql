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
  age_band text
);
create index on stat.standing (state, from_date) where superseded_at is null;
create index on stat.standing (stat_id);

-- Registered again by police after an ended course (FM-END-5); the contact point's command writes it.
create table stat.re_registration (
  stat_id uuid not null,
  on_date date not null,
  recorded_at timestamptz not null,
  primary key (stat_id, on_date)
);

create table stat.measure (
  stat_id uuid not null,
  measure_type text not null,
  state text not null,
  on_date date not null,
  recorded_at timestamptz not null,
  superseded_at timestamptz
);
create index on stat.measure (stat_id);

create table stat.published (
  name text primary key,
  drawn_at timestamptz not null,
  body jsonb not null
);

-- How often the record has changed. A figure that was drawn since the last change is drawn: counting a hundred thousand standings again for
-- every look would cost more with every case there ever was (measured). It is counted at the commit, so that nobody waits for a
-- command that is still being judged, and no change is counted past.
create table stat.change (n bigint not null);
insert into stat.change values (0);
create table stat.drawing (
  from_date date not null,
  as_of date not null,
  change bigint not null,
  -- The newest moment of record that is counted in it: it answers for any later moment.
  upto timestamptz not null,
  cells jsonb not null,
  primary key (from_date, as_of)
);

do $$
declare t text;
begin
  foreach t in array array['link', 'standing', 're_registration', 'measure', 'published', 'change', 'drawing'] loop
    execute format('alter table stat.%s enable row level security', t);
    execute format('alter table stat.%s force row level security', t);
    execute format('create policy owner_all on stat.%s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;

-- The standing of the case being commanded from now on. The open row is superseded and written anew with its end; nothing is edited.
create function stat.record(p_state text, p_from date, p_recorded_at timestamptz, p_unit text, p_municipality text, p_category text, p_place text, p_age_band text)
returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_case uuid := (select c.case_id from sec.commanding_case c where c.xact = pg_current_xact_id_if_assigned() and c.at = now() and c.admission <> 'emergency');
  v_stat uuid;
begin
  if v_case is null then raise exception 'no case is commanded' using errcode = '42501'; end if;
  insert into stat.link (case_id) values (v_case) on conflict do nothing;
  select l.stat_id into v_stat from stat.link l where l.case_id = v_case;
  with ended as (
    update stat.standing s set superseded_at = p_recorded_at where s.stat_id = v_stat and s.superseded_at is null and s.to_date is null
    returning s.*)
  insert into stat.standing (stat_id, state, from_date, to_date, recorded_at, unit, municipality, category, place, age_band)
  select e.stat_id, e.state, e.from_date, p_from, p_recorded_at, e.unit, e.municipality, e.category, e.place, e.age_band from ended e;
  insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place, age_band)
  values (v_stat, p_state, p_from, p_recorded_at, p_unit, p_municipality, p_category, p_place, p_age_band);
end $$;

create function stat.changed() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update stat.change set n = n + 1;
  return null;
end $$;
create constraint trigger changed after insert or update or delete on stat.standing deferrable initially deferred for each row execute function stat.changed();
create constraint trigger changed after insert or update or delete on stat.re_registration deferrable initially deferred for each row execute function stat.changed();

-- Counts of standings as of a day, as drawn at a moment: running = in force that day; ended = reached in the period. Cases registered again
-- are counted a second time under a state of their own, so that a table can say "of these".
create function stat.count_cells(p_from date, p_as_of date, p_drawn_at timestamptz) returns table (unit text, state text, n bigint)
stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  with counted as (
    select s.unit, s.state, s.stat_id
    from stat.standing s
    where s.recorded_at <= p_drawn_at and (s.superseded_at is null or s.superseded_at > p_drawn_at)
      and s.from_date <= p_as_of
      and case when s.state in ('inquiry', 'assessment', 'accepted', 'course') then s.to_date is null or s.to_date > p_as_of else s.from_date >= p_from end)
  select c.unit, c.state, count(distinct c.stat_id) from counted c group by c.unit, c.state
  union all
  select c.unit, c.state || '-re-registered', count(distinct c.stat_id)
  from counted c join stat.re_registration r on r.stat_id = c.stat_id and r.on_date <= p_as_of and r.recorded_at <= p_drawn_at
  where c.state in ('completed', 'interrupted') group by c.unit, c.state
$$;

create function stat.cells(p_from date, p_as_of date, p_drawn_at timestamptz) returns table (unit text, state text, n bigint)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = on as $$
#variable_conflict use_column
declare
  v_change bigint;
  v_upto timestamptz;
  v_cells jsonb;
begin
  if not sec.is_contact_point() then return; end if;
  -- Asked before it is counted: what is recorded in between is in the count, and the drawing is out of date at once.
  select c.n into v_change from stat.change c;
  select d.cells into v_cells from stat.drawing d where d.from_date = p_from and d.as_of = p_as_of and d.change = v_change and d.upto <= p_drawn_at;
  if found then return query select c.unit, c.state, c.n from jsonb_to_recordset(v_cells) as c (unit text, state text, n bigint); return; end if;
  select greatest(max(s.recorded_at), (select max(r.recorded_at) from stat.re_registration r)) into v_upto from stat.standing s;
  -- A moment before the newest is asked for seldom, and counted for itself.
  if v_upto > p_drawn_at then return query select c.unit, c.state, c.n from stat.count_cells(p_from, p_as_of, p_drawn_at) c; return; end if;
  select coalesce(jsonb_agg(jsonb_build_object('unit', c.unit, 'state', c.state, 'n', c.n)), '[]') into v_cells from stat.count_cells(p_from, p_as_of, p_drawn_at) c;
  delete from stat.drawing d where d.change < v_change;
  insert into stat.drawing values (p_from, p_as_of, v_change, coalesce(v_upto, '-infinity'), v_cells)
  on conflict (from_date, as_of) do update set change = excluded.change, upto = excluded.upto, cells = excluded.cells;
  return query select c.unit, c.state, c.n from jsonb_to_recordset(v_cells) as c (unit text, state text, n bigint);
end $$;

-- Figures for everybody else: what was published, whole; small numbers are held back before they get here.
create function stat.published_table(p_name text) returns table (drawn_at timestamptz, body jsonb)
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select p.drawn_at, p.body from stat.published p where p.name = p_name and sec.ctx_user() is not null
$$;

grant execute on function stat.record(text, date, timestamptz, text, text, text, text, text) to udvej_command;
grant execute on function stat.cells(date, date, timestamptz) to udvej_national;
grant execute on function stat.published_table(text) to udvej_web;
reset role;
