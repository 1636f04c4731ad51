-- Whether a person in contact has a case elsewhere is for the contact point alone (FM-INT-3; controls 14, 15, 16). What was sealed for the worker waits
-- here; the worker, who holds the key that opens it and asks for the MAC, compares. The program that answers people reads none of it.
create schema match authorization udvej_owner;
set role udvej_owner;
grant usage on schema match to udvej_command, udvej_match;

create table match.inquiry (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null,
  sealed bytea not null,
  user_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  -- Beyond the day's number: compared when a colleague has approved it.
  held boolean not null,
  approval uuid,
  -- Sealed for another key than the worker's, or not by the program: laid aside, so that the others are not kept waiting.
  unreadable_at timestamptz
);
create index on match.inquiry (at) where not held and unreadable_at is null;

-- What a case is found again by: never the number, and worth nothing without the key (security.md, "Matching").
create table match.person (
  case_id uuid primary key,
  mac bytea not null
);
create index on match.person (mac);

create table match.counted (
  user_id uuid not null,
  day date not null,
  n int not null,
  primary key (user_id, day)
);

-- Two cases that may be about the same person; structure only.
create table match.hit (
  id uuid primary key default gen_random_uuid(),
  cases uuid[] not null unique check (cardinality(cases) = 2 and cases[1] < cases[2]),
  -- Its moments are by the set clock, where there is one: days follow from them that are shown beside the program's.
  found_at timestamptz not null default sec.desk_clock(),
  due date not null,
  settled_at timestamptz,
  settled_by uuid,
  outcome text check (outcome in ('same', 'different')),
  -- How it was found out.
  basis text check (basis in ('units', 'names'))
);
create index on match.hit (due) where settled_at is null;

do $$
declare t text;
begin
  foreach t in array array['match.inquiry', 'match.person', 'match.counted', 'match.hit'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;

insert into sec.setting values ('numbers_per_day', 5), ('numbers_per_day_desk', 30);

-- Part of the command that carries the number, in its transaction and for its case. The same rows, whether or not anybody has such a case, and
-- whether or not the day's number is used up.
create function match.submit(p_sealed bytea) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_command sec.commanding_case;
  v_n int;
begin
  select c.* into v_command from sec.commanding_case c where c.xact = pg_current_xact_id_if_assigned() and c.at = now();
  if not found then raise exception 'no command' using errcode = '28000'; end if;
  if v_command.admission = 'emergency' then raise exception 'not by an emergency' using errcode = '42501'; end if;
  -- What a demonstration tells of years ago, all on one day, uses up nobody's day.
  if (select t.value = 1 from sec.setting t where t.name = 'telling_past') then
    insert into match.inquiry (case_id, sealed, user_id, held) values (v_command.case_id, p_sealed, v_command.user_id, false);
    return;
  end if;
  insert into match.counted as c values (v_command.user_id, (now() at time zone 'Europe/Copenhagen')::date, 1)
  on conflict (user_id, day) do update set n = c.n + 1 returning c.n into v_n;
  insert into match.inquiry (case_id, sealed, user_id, held)
  values (v_command.case_id, p_sealed, v_command.user_id, v_n > sec.setting_of(case when sec.is_contact_point() then 'numbers_per_day_desk' else 'numbers_per_day' end));
end $$;
grant execute on function match.submit(bytea) to udvej_command;

-- In the order they came, one worker at a time.
create function match.waiting(p_most int) returns table (id uuid, case_id uuid, sealed bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.alone_at('match') then return; end if;
  return query select i.id, i.case_id, i.sealed from match.inquiry i where not i.held and i.unreadable_at is null order by i.at, i.id limit p_most;
end $$;
create function match.lay_aside(p_id uuid) returns void volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  update match.inquiry i set unreadable_at = now() where i.id = p_id
$$;

-- The number a case is known by from now on; each other case with it makes a hit, once for the two, due the same day where one of them hastes and nobody has read it (034). What was waiting is gone then.
create function match.settle(p_id uuid, p_mac bytea) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_case uuid;
begin
  delete from match.inquiry i where i.id = p_id and not i.held returning i.case_id into v_case;
  if not found then return; end if;
  insert into match.hit (cases, due)
  select array[least(v_case, p.case_id), greatest(v_case, p.case_id)], (sec.desk_clock() at time zone 'Europe/Copenhagen')::date + case when match.unheard(v_case) or match.unheard(p.case_id) then 0 else 3 end
  from match.person p where p.mac = p_mac and p.case_id <> v_case
  on conflict do nothing;
  insert into match.person values (v_case, p_mac) on conflict (case_id) do update set mac = excluded.mac;
end $$;
grant execute on function match.waiting(int), match.lay_aside(uuid), match.settle(uuid, bytea) to udvej_match;

-- The contact point's list. An official who is shut out of one of the two does not have the hit.
create function sec.my_matches() returns table (id uuid, numbers text[], units text[], phases text[], found_at timestamptz, due date)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.is_contact_point() then return; end if;
  return query select h.id, array[a.number, b.number], array[a.unit, b.unit], array[a.phase, b.phase], h.found_at, h.due
  from match.hit h join app.exit_case a on a.id = h.cases[1] join app.exit_case b on b.id = h.cases[2]
  where h.settled_at is null and not h.cases && array(select sec.my_blocks())
  order by h.due, h.found_at, h.id limit 200;
end $$;

-- The log says that the contact point settled one, and not of which case: the co-ordinator reads the log of his. 'settled'; 'unseen': by names that he has not
-- been shown. Null: not there, or not for the caller. What was asked or allowed of its names and not used is over with it: as if its time had run out when it
-- was asked, so that a question that began before this was committed finds nothing either.
create function sec.settle_match(p_id uuid, p_outcome text, p_basis text) returns text volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_seen boolean := p_basis is distinct from 'names' or exists (
    select from app.approval a where a.subject = p_id and a.kind = 'match-names' and a.requester = v_user and a.used_at is not null);
  v_settled boolean;
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  update match.hit h set settled_at = sec.desk_clock(), settled_by = v_user, outcome = p_outcome, basis = p_basis
  where h.id = p_id and h.settled_at is null and h.id in (select m.id from sec.my_matches() m) and v_seen;
  v_settled := found;
  if v_settled then update app.approval a set until = a.asked_at where a.subject = p_id and a.kind = 'match-names' and a.used_at is null; end if;
  insert into audit.event (actor, action, purpose) values (v_user, case when v_settled then 'match.settled' else 'match.denied' end, p_id::text);
  return case when v_settled then 'settled' when not v_seen and p_id in (select m.id from sec.my_matches() m) then 'unseen' end;
end $$;
grant execute on function sec.my_matches(), sec.settle_match(uuid, text, text) to udvej_web;

create function app.list_matches(p_token text) returns table (id uuid, numbers text[], units text[], phases text[], found_at timestamptz, due date)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('matches.listed');
  return query select * from sec.my_matches();
end $$;
grant execute on function app.list_matches(text) to udvej_web;
reset role;
