-- Two cases of one person, where somebody's life may hang on one of them (FM-INT-3): an inquiry that hastes and that nobody has read is seen by the desk, is looked at the same day, and its
-- words are not left to nobody. And what was not told to anybody yet is not forgotten.
set role udvej_owner;

-- It hastes, and nobody has taken it: what the person said is read by nobody yet.
create function match.unheard(p_case uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.unit_inbox i where i.case_id = p_case and i.urgent and i.taken_at is null)
$$;

-- Settled as one person, and nobody has been told: not decided yet, or decided so for now. Of a case that is over nothing is told.
create function match.nobody_told(p_hit match.hit) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select p_hit.outcome = 'same' and coalesce(p_hit.telling, 'nobody') = 'nobody' and not exists (select from app.exit_case c where c.id = any (p_hit.cases) and c.phase = 'closed')
$$;
create index on match.hit (settled_at) where outcome = 'same' and coalesce(telling, 'nobody') = 'nobody';

-- The desk's whole queue: what nobody has settled; then what was settled and is not brought to its end, however long ago; then what was settled in the last ninety days.
drop function app.list_match_desk(text);
drop function sec.my_match_desk();
create function sec.my_match_desk() returns table (id uuid, numbers text[], units text[], phases text[], places text[], urgent boolean[], found_at timestamptz, due date, outcome text, basis text,
  settled_at timestamptz, telling text, law text, decided_at timestamptz, untold int, told int, names_refused boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_blocks uuid[] := array(select sec.my_blocks());
  v_since timestamptz := sec.clock() - interval '90 days';
begin
  if not sec.is_contact_point() then return; end if;
  return query select h.id, array[a.number, b.number], array[a.unit, b.unit], array[a.phase, b.phase], array[a.place, b.place], array[match.unheard(a.id), match.unheard(b.id)], h.found_at, h.due,
    h.outcome, h.basis, h.settled_at, h.telling, h.law, h.decided_at, match.untold(h.id), match.told_of(h.id), sec.names_refused(h.id)
  from (
    select w.* from match.hit w where w.settled_at is null
    union all select l.* from match.hit l where l.settled_at > v_since
    union all select o.* from match.hit o where o.settled_at <= v_since and o.id in (select t.hit_id from match.telling t where t.told_at is null) and match.untold(o.id) > 0
    union all select n.* from match.hit n where n.settled_at <= v_since and n.outcome = 'same' and coalesce(n.telling, 'nobody') = 'nobody' and match.nobody_told(n)) h
    join app.exit_case a on a.id = h.cases[1] join app.exit_case b on b.id = h.cases[2]
  where not h.cases && v_blocks
  order by case when h.settled_at is null then 0 when match.untold(h.id) > 0 or match.nobody_told(row(h.*)::match.hit) then 1 else 2 end, h.settled_at desc, h.due, h.found_at, h.id limit 200;
end $$;
create function app.list_match_desk(p_token text) returns table (id uuid, numbers text[], units text[], phases text[], places text[], urgent boolean[], found_at timestamptz, due date, outcome text, basis text,
  settled_at timestamptz, telling text, law text, decided_at timestamptz, untold int, told int, names_refused boolean)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('matches.listed');
  return query select * from sec.my_match_desk();
end $$;

-- The numbers of the cases that a unit was told would end as doubles of its own, and that are over now: where both units were told, and of no other. For the members of its circle.
create function sec.others_over(p_case uuid) returns text[] stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_case not in (select sec.my_whole_cases(false)) then return '{}'; end if;
  return array(select c.number from match.telling mine join match.telling o on o.hit_id = mine.hit_id and o.case_id <> mine.case_id
      join app.exit_case c on c.id = o.case_id and c.phase = 'closed'
    where mine.case_id = p_case and mine.told_at is not null and not mine.ends and o.told_at is not null order by c.number);
end $$;
create function app.others_over(p_token text, p_case uuid) returns text[] volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return sec.others_over(p_case);
end $$;

-- Whether a case ended as a double: of what the contact point was told of it, which it has on its desk anyway.
create function sec.ended_as_double(p_case uuid) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return match.open_to_me(array[p_case]) and exists (select from app.retention r where r.case_id = p_case and r.outcome = 'duplicate');
end $$;
grant execute on function sec.ended_as_double(uuid) to udvej_national;
grant execute on function sec.my_match_desk(), app.list_match_desk(text), sec.others_over(uuid), app.others_over(text, uuid) to udvej_web;
reset role;
