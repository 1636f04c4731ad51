-- Two cases of one person, to their end (FM-INT-3, FM-STA-4): the contact point decides whose unit is told and on which basis, and tells it in its own case; the unit that is to
-- ends its case as the double, and no figure counts it. A case whose unit is not told gets neither a row nor a line in its log.
set role udvej_owner;

-- What was decided about telling, last; and by whom. A code, no words: what an official knows of the person is not to lie here.
alter table match.hit
  -- To the millisecond, as it is read: by it an official says what he had before him.
  add column decided_at timestamptz(3),
  add column decided_by uuid,
  add column telling text check (telling in ('nobody', 'first', 'second', 'both-first', 'both-second')),
  add column law text check (law in ('before-consent', 'consent', 'release'));
create index on match.hit using gin (cases);
create index on match.hit (settled_at);

-- Whose unit is told: until it is, this admits the contact point to the command that tells it, and to nothing else in the case.
create table match.telling (
  hit_id uuid not null references match.hit on delete cascade,
  case_id uuid not null,
  ends boolean not null,
  told_at timestamptz,
  primary key (hit_id, case_id)
);
create index on match.telling (case_id) where told_at is null;
alter table match.telling enable row level security;
alter table match.telling force row level security;
create policy owner_all on match.telling to udvej_owner using (true) with check (true);

-- Of an official who is shut out of one of the two, neither. Called by functions of the owner only, and with their rights.
create function match.open_to_me(p_cases uuid[]) returns boolean stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return sec.is_contact_point() and not p_cases && array(select sec.my_blocks());
end $$;

-- The cases whose units are still to be told, the one that ends first; one that has ended meanwhile is not among them.
create function match.untold(p_hit uuid) returns uuid[] stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(t.case_id order by t.ends desc), '{}') from match.telling t join app.exit_case c on c.id = t.case_id and c.phase <> 'closed' where t.hit_id = p_hit and t.told_at is null
$$;

create function match.told_of(p_hit uuid) returns int stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select count(*)::int from match.telling t where t.hit_id = p_hit and t.told_at is not null
$$;

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
create function sec.my_match_desk() returns table (id uuid, numbers text[], units text[], phases text[], places text[], urgent boolean[], found_at timestamptz, due date, outcome text, basis text,
  settled_at timestamptz, telling text, law text, decided_at timestamptz, untold int, told int, names_refused boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_blocks uuid[] := array(select sec.my_blocks());
  v_since timestamptz := sec.desk_clock() - interval '90 days';
begin
  if not sec.is_contact_point() then return; end if;
  return query select h.id, array[a.number, b.number], array[a.unit, b.unit], array[a.phase, b.phase], array[a.place, b.place], array[match.unheard(a.id), match.unheard(b.id)], h.found_at, h.due,
    h.outcome, h.basis, h.settled_at, h.telling, h.law, h.decided_at, cardinality(match.untold(h.id)), match.told_of(h.id), sec.names_refused(h.id)
  from (
    select w.* from match.hit w where w.settled_at is null
    union all select l.* from match.hit l where l.settled_at > v_since
    union all select o.* from match.hit o where o.settled_at <= v_since and o.id in (select t.hit_id from match.telling t where t.told_at is null) and cardinality(match.untold(o.id)) > 0
    union all select n.* from match.hit n where n.settled_at <= v_since and n.outcome = 'same' and coalesce(n.telling, 'nobody') = 'nobody' and match.nobody_told(n)) h
    join app.exit_case a on a.id = h.cases[1] join app.exit_case b on b.id = h.cases[2]
  where not h.cases && v_blocks
  order by case when h.settled_at is null then 0 when cardinality(match.untold(h.id)) > 0 or match.nobody_told(row(h.*)::match.hit) then 1 else 2 end, (match.unheard(h.cases[1]) or match.unheard(h.cases[2])) desc, h.settled_at desc, h.due, h.found_at, h.id limit 200;
end $$;
-- One list instead of two.
drop function app.list_matches(text);
revoke execute on function sec.my_matches() from udvej_web;
create function app.list_match_desk(p_token text) returns table (id uuid, numbers text[], units text[], phases text[], places text[], urgent boolean[], found_at timestamptz, due date, outcome text, basis text,
  settled_at timestamptz, telling text, law text, decided_at timestamptz, untold int, told int, names_refused boolean)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('matches.listed');
  return query select * from sec.my_match_desk();
end $$;

-- What is told of a match that is settled as one person, until the first unit has been told; after that, by `nobody`, that no more are. `p_seen`: when what the caller had before him was
-- decided, null of nothing. 'decided' and when, 'closed' (one of the cases is over), 'unheard' (the one that ends hastes, nobody has read it, and the other unit would hear nothing of it), null: not there, not for the caller, or not as he had it before him any more.
-- The log says that it was decided, and not of which case.
create function sec.decide_telling(p_id uuid, p_telling text, p_law text, p_seen timestamptz) returns table (said text, at timestamptz)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_hit match.hit;
  v_ends int := case when p_telling in ('first', 'both-first') then 1 when p_telling in ('second', 'both-second') then 2 end;
  v_told match.telling;
  v_at timestamptz(3);
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  select * into v_hit from match.hit h where h.id = p_id and h.outcome = 'same' and match.open_to_me(h.cases) for update;
  -- A unit that is just being told is waited for; only then, and by a statement of its own, is it asked who has been told.
  perform 1 from match.telling t where t.hit_id = v_hit.id for update;
  select * into v_told from match.telling t where t.hit_id = v_hit.id and t.told_at is not null order by t.ends desc limit 1;
  if v_hit.id is not null and v_hit.decided_at is not distinct from p_seen and (v_ends is null) = (p_law is null) then
    said := case
      when v_told.hit_id is null then case when v_ends is not null and exists (select from app.exit_case c where c.id = any (v_hit.cases) and c.phase = 'closed') then 'closed' when p_telling in ('first', 'second') and match.unheard(v_hit.cases[v_ends]) then 'unheard' else 'decided' end
      when v_ends is null and v_told.ends and exists (select from match.telling t where t.hit_id = p_id and t.told_at is null) then 'decided' end;
  end if;
  insert into audit.event (actor, action, purpose) values (v_user, case when said = 'decided' then 'match.decided' else 'match.denied' end, p_id::text);
  if said = 'decided' then
    -- Each decision has a moment of its own.
    v_at := greatest(sec.desk_clock(), v_hit.decided_at + interval '1 millisecond');
    at := v_at;
    delete from match.telling t where t.hit_id = p_id and t.told_at is null;
    if v_told.hit_id is not null then
      update match.hit h set decided_at = v_at, decided_by = v_user, telling = replace(h.telling, 'both-', '') where h.id = p_id;
    else
      update match.hit h set decided_at = v_at, decided_by = v_user, telling = p_telling, law = p_law where h.id = p_id;
      insert into match.telling (hit_id, case_id, ends)
      select p_id, v_hit.cases[n], n = v_ends from generate_series(1, 2) n where v_ends is not null and (n = v_ends or p_telling like 'both-%');
    end if;
  end if;
  return next;
end $$;

-- When it was decided who is told of a match, the cases whose units are still to be told so, and how many have been; for the desk's own commands.
create function sec.untold_of_match(p_id uuid) returns table (decided_at timestamptz, cases uuid[], told int) stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return query select h.decided_at, match.untold(h.id), match.told_of(h.id)
  from match.hit h where h.id = p_id and match.open_to_me(h.cases);
end $$;
grant execute on function sec.decide_telling(uuid, text, text, timestamptz), sec.untold_of_match(uuid), sec.my_match_desk(), app.list_match_desk(text) to udvej_web;

-- What the command that tells a unit is to say, of the case that is commanded in this transaction and as a telling; the other case only where its unit is told as well.
-- Nobody decides it anew until the command is over, which says what it was told here.
create function match.of_command() returns match.telling volatile security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select t.* from sec.commanding_case c join match.telling t on t.case_id = c.case_id and t.told_at is null join match.hit h on h.id = t.hit_id
  where c.xact = pg_current_xact_id_if_assigned() and c.at = now() and c.admission = 'match' and match.open_to_me(h.cases)
  order by h.decided_at, h.id limit 1 for update of t
$$;
create function match.to_tell() returns table (ends boolean, basis text, number text, unit text, hastes boolean) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_telling match.telling := match.of_command();
begin
  return query select v_telling.ends, h.law, o.number, o.unit, o.id is not null and match.unheard(o.id)
  from match.hit h left join match.telling also on also.hit_id = h.id and also.case_id <> v_telling.case_id left join app.exit_case o on o.id = also.case_id
  where h.id = v_telling.hit_id;
end $$;
create function match.told() returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update match.telling t set told_at = sec.desk_clock() from match.of_command() c where t.hit_id = c.hit_id and t.case_id = c.case_id;
  if not found then raise exception 'nothing was to be told' using errcode = '42501'; end if;
end $$;
grant execute on function match.to_tell(), match.told() to udvej_command;
reset role;
