-- Publications: what everybody signed in may read of the figures, with small numbers hidden before it gets here (FM-STA-2, FM-STA-4, control 35). Nothing of one is ever changed: another
-- stands beside it, and the newest can be withdrawn. Whatever was once readable counts on when the next is made.
set role udvej_owner;

create table stat.published (
  id uuid primary key default gen_random_uuid(),
  -- In the order they were published.
  n int not null unique,
  from_date date not null,
  as_of date not null,
  drawn_at timestamptz not null,
  published_at timestamptz not null,
  published_by uuid not null references app.staff,
  -- Whom the official spoke for then; his name is shown to nobody.
  authority text not null,
  -- Tables and numbers (domain/statistics/publication.ts); of every municipality the range of new cases next year, null where there are too few (expected-cases.ts).
  body jsonb not null,
  expected jsonb not null,
  withdrawn_at timestamptz,
  withdrawn_reason text check (withdrawn_reason in ('record', 'period', 'early')),
  check (from_date <= as_of),
  check ((withdrawn_at is null) = (withdrawn_reason is null)),
  -- The program hides and looks again; should both ever fail, a number of one to four is not kept all the same.
  constraint no_small_number check (jsonb_typeof(body -> 'numbers') is not distinct from 'object'
    and not jsonb_path_exists(body, '$.numbers.* ? (@ != null && (@.type() != "number" || (@ != 0 && @ < 5)))'))
);
alter table stat.published enable row level security;
alter table stat.published force row level security;
create policy owner_all on stat.published to udvej_owner using (true) with check (true);

-- Every publication that stands, the newest first, and of one of them the whole: the newest, or the one that is asked for. For everybody signed in: there is no case in it.
create function stat.standing_publications(p_id uuid) returns table (id uuid, from_date date, as_of date, drawn_at timestamptz, published_at timestamptz, authority text, body jsonb, expected jsonb)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if sec.ctx_user() is null then return; end if;
  return query select p.id, p.from_date, p.as_of, p.drawn_at, p.published_at, p.authority, case when p.id = w.id then p.body end, case when p.id = w.id then p.expected end
    from stat.published p, (select coalesce(p_id, (select q.id from stat.published q where q.withdrawn_at is null order by q.n desc limit 1)) as id) w
    where p.withdrawn_at is null order by p.n desc;
end $$;
create function app.list_publications(p_token text, p_id uuid) returns table (id uuid, from_date date, as_of date, drawn_at timestamptz, published_at timestamptz, authority text, body jsonb, expected jsonb)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('publications.listed');
  return query select * from stat.standing_publications(p_id);
end $$;

-- Cases by the year their inquiry came in, the unit they stood at when the year was over, and the municipality of residence; a double is counted once (FM-STA-2, expected-cases.ts).
create function stat.new_cases(p_first int, p_last int, p_drawn_at timestamptz) returns jsonb
stable security invoker language sql set search_path = pg_catalog, pg_temp set enable_seqscan = on set work_mem = '64MB' as $$
  with came as materialized (
    select k.stat_id, extract(year from min(k.from_date) filter (where k.state in ('inquiry', 'assessment')))::int as year
    from stat.standing k where k.recorded_at <= p_drawn_at and (k.superseded_at is null or k.superseded_at > p_drawn_at)
    group by k.stat_id having not bool_or(k.state = 'duplicate' and k.to_date is null)),
  counted as (
    select c.year, k.unit, k.municipality, count(*) as n
    from came c join stat.standing k on k.stat_id = c.stat_id and k.from_date <= make_date(c.year, 12, 31) and (k.to_date is null or k.to_date > make_date(c.year, 12, 31))
    -- An inquiry that nobody had named a unit for when the year was over is no unit's, and in no sum of units (037).
    where c.year between p_first and p_last and k.unit <> 'unnamed' and k.recorded_at <= p_drawn_at and (k.superseded_at is null or k.superseded_at > p_drawn_at)
    group by c.year, k.unit, k.municipality)
  select coalesce(jsonb_agg(jsonb_build_array(c.year, c.unit, c.municipality, c.n) order by c.year, c.unit, c.municipality), '[]') from counted c
$$;

-- A publication as it is told of in a list. Called by the function below only, and with its rights.
create function stat.published_row(p stat.published) returns jsonb stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('id', p.id, 'from', p.from_date, 'asOf', p.as_of, 'drawnAt', to_char(p.drawn_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'publishedAt', to_char(p.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'authority', p.authority)
$$;

-- What a new publication must lie beside, and what it says beside the figures. For the contact point: all that was ever readable, also what was withdrawn;
-- new cases of three years; and of those that stand the newest, and the newest of the same period.
create function stat.beside(p_from date, p_as_of date, p_last_year int, p_drawn_at timestamptz) returns jsonb
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.is_contact_point() then return null; end if;
  return jsonb_build_object(
    -- All of them, also what shuts the one who publishes out: he is shown none of it but what everybody is, with the small numbers hidden.
    'cells', stat.count_cells(p_from, p_as_of, p_drawn_at, '{}'),
    'earlier', (select coalesce(jsonb_agg(p.body order by p.n desc), '[]') from stat.published p),
    'newCases', stat.new_cases(p_last_year - 2, p_last_year, p_drawn_at),
    'newest', (select stat.published_row(p) from stat.published p where p.withdrawn_at is null order by p.n desc limit 1),
    'samePeriod', (select stat.published_row(p) from stat.published p where p.withdrawn_at is null and p.from_date = p_from and p.as_of = p_as_of order by p.n desc limit 1));
end $$;
create function app.beside_publication(p_token text, p_from date, p_as_of date, p_last_year int, p_drawn_at timestamptz) returns jsonb
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('figures.drawn');
  perform set_config('role', 'udvej_national', true);
  return stat.beside(p_from, p_as_of, p_last_year, p_drawn_at);
end $$;

-- Null: not for the caller. 'overtaken': another was published since this one was laid beside p_before of them, and the two might subtract.
create function sec.publish_figures(p_body jsonb, p_ranges jsonb, p_before int, p_at timestamptz) returns text
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform sec.need_step_up();
  if not sec.is_contact_point() then return null; end if;
  -- Two at once come one after the other.
  lock table stat.published in share row exclusive mode;
  if (select count(*) from stat.published) <> p_before then return 'overtaken'; end if;
  insert into stat.published (n, from_date, as_of, drawn_at, published_at, published_by, authority, body, expected)
  values (p_before + 1, (p_body ->> 'from')::date, (p_body ->> 'asOf')::date, (p_body ->> 'drawnAt')::timestamptz, p_at, sec.ctx_user(), (select s.authority from sec.ctx_session() s), p_body, p_ranges);
  insert into audit.event (actor, action) values (sec.ctx_user(), 'figures.published');
  return 'published';
end $$;

-- The newest that stands is taken back; any other has been read beside those that came after it. Null: not for the caller; 'none': it is not the newest, or stands no more.
create function sec.withdraw_figures(p_id uuid, p_reason text, p_at timestamptz) returns text
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform sec.need_step_up();
  if not sec.is_contact_point() then return null; end if;
  update stat.published p set withdrawn_at = p_at, withdrawn_reason = p_reason
  where p.id = p_id and p.withdrawn_at is null and not exists (select from stat.published q where q.n > p.n and q.withdrawn_at is null);
  if not found then return 'none'; end if;
  insert into audit.event (actor, action) values (sec.ctx_user(), 'figures.withdrawn');
  return 'withdrawn';
end $$;

grant execute on function stat.beside(date, date, int, timestamptz) to udvej_national;
grant execute on function stat.standing_publications(uuid), app.list_publications(text, uuid), app.beside_publication(text, date, date, int, timestamptz), sec.publish_figures(jsonb, jsonb, int, timestamptz),
  sec.withdraw_figures(uuid, text, timestamptz) to udvej_web;
reset role;
