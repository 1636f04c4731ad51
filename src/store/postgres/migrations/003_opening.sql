-- No audit row, no key: a case is read only for an opening of this very transaction, and its keys only for the ticket of it, when the row is committed.
-- The limit of it: the rows themselves, which are types, actors, moments and ciphertext, can be read by a statement that then takes its transaction back.
set role udvej_owner;

create unlogged table sec.opening (
  xact xid8 primary key,
  case_id uuid not null,
  scopes uuid[] not null,
  -- Numbers of transactions begin anew when a dump is restored into another server; the moment does not.
  at timestamptz not null default now()
);
create unlogged table sec.commanding_case (
  xact xid8 primary key,
  case_id uuid not null,
  -- Who commands, as the session said when it began: asked again for each row it would cost as much as the row.
  user_id uuid not null,
  -- What let the command in: of an emergency it writes less than of a membership.
  admission text not null,
  at timestamptz not null default now()
);
-- What tickets are signed with; the database of the keys has a copy, put there when both are built.
create table sec.ticket_secret (secret bytea not null);
insert into sec.ticket_secret values (public.gen_random_bytes(32));

-- Distinct cases opened per person: the limit that keeps a stolen session from reading the house (security.md, rate limits).
create table sec.case_limit (
  user_id uuid not null,
  case_id uuid not null,
  counted_at timestamptz not null,
  primary key (user_id, case_id)
);
create index on sec.case_limit (user_id, counted_at);

-- Limits that the owner sets at start; the web role can neither read nor raise them.
create table sec.setting (name text primary key, value bigint not null);
insert into sec.setting values ('openings_per_hour', 60), ('names_per_hour', 500), ('clock_behind', 0);

-- A limit by its name, for functions of the owner; one whose row is gone lets nothing through.
create function sec.setting_of(p_name text) returns int stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v int;
begin
  select s.value into strict v from sec.setting s where s.name = p_name;
  return v;
end $$;

-- By which memberships of a closed case end: the database's own time, or a demonstration's clock that was set back by so many seconds (ahead, where they are negative).
-- Asked only about those that have ended by the first (an `or` is read from the left, a subquery when it is reached).
create function sec.clock() returns timestamptz stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select now() - make_interval(secs => s.value) from sec.setting s where s.name = 'clock_behind'
$$;
-- The same for what is found and settled at the desk: while a demonstration's past is told the set clock is of another time, and what is done beside it is done now.
create function sec.desk_clock() returns timestamptz stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select case when exists (select from sec.setting s where s.name = 'telling_past' and s.value = 1) then now() else sec.clock() end
$$;

-- The commands of the framework and what admits to each without membership; filled at migration from the domain's own table.
create table sec.command (
  name text primary key,
  admission text not null,
  writes text[] not null
);

create function sec.my_cases() returns setof uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  return query select distinct m.case_id from app.case_member m
    where m.user_id = v_user and m.valid_to is null and (m.until > now() or m.until > (select sec.clock()))
      and m.case_id <> all (array(select b.case_id from app.block b where b.user_id = v_user));
end $$;
-- The units whose inbox the caller keeps: his police district's; DfK's in custody (FM-INT-2).
create function sec.my_inboxes() returns setof text stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return query select case when 'custody_exit' = any (s.functions) then 'dfk' when 'police_exit' = any (s.functions) then substr(s.authority, 8) end
    from sec.ctx_session() s where s.functions && array['custody_exit', 'police_exit'];
end $$;

-- The next three are called by functions of the owner only, and with their rights.
-- The nonce is the id of the log's row that the ticket proves: a released key can be held against it.
create function sec.ticket(p_case uuid, p_scopes uuid[], p_event uuid, out payload text, out mac bytea)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  payload := p_case || '|' || array_to_string(p_scopes, ',') || '|' || extract(epoch from clock_timestamp() + interval '30 seconds')::bigint || '|' || p_event;
  mac := (select public.hmac(convert_to(payload, 'UTF8'), s.secret, 'sha256') from sec.ticket_secret s);
end $$;

-- That the row of the log a ticket was given with is committed: without it the ticket gives no key, so that an opening that was rolled back gives
-- none. A transaction that has written nothing sees no row of its own.
create function sec.stamp(p_nonce uuid) returns bytea stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if pg_current_xact_id_if_assigned() is not null then return null; end if;
  return (select public.hmac(convert_to('committed|' || e.id, 'UTF8'), s.secret, 'sha256') from audit.event e, sec.ticket_secret s
    where e.id = p_nonce and e.at > clock_timestamp() - interval '1 minute');
end $$;

-- One person's openings and names are counted one after another: at once, none would see the others. Held to the end of the transaction, and taken only by
-- what counts anew.
create function sec.take_turn(p_user uuid) returns void volatile security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('limit' || p_user, 0))
$$;
-- True when this opening is within the person's hour; a case counts once per thirty minutes, and one that counts in the hour is no new one.
create function sec.within_limit(p_user uuid, p_case uuid) returns boolean volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform 1 from sec.case_limit l where l.user_id = p_user and l.case_id = p_case and l.counted_at > now() - interval '30 minutes';
  if found then return true; end if;
  perform sec.take_turn(p_user);
  if (select count(*) from sec.case_limit l where l.user_id = p_user and l.case_id <> p_case and l.counted_at > now() - interval '1 hour')
     >= sec.setting_of('openings_per_hour') then return false; end if;
  insert into sec.case_limit values (p_user, p_case, now()) on conflict (user_id, case_id) do update set counted_at = now();
  return true;
end $$;

-- The latest entries that lie in these scopes: what a reader may not see takes no place among those he gets (FM-WORK-6).
create function sec.newest_entries(p_case uuid, p_scopes uuid[], p_entries int) returns int[] stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- From the newest backwards, and no further than the last one wanted: `limit 1` keeps the planner from joining all of a long journal.
  return array(
    select e.version
    from app.case_event e
      cross join lateral (select from app.case_body b where b.case_id = p_case and b.version = e.version and b.scope_id = any (p_scopes) limit 1) mine
    where e.case_id = p_case and e.journal
    order by e.version desc limit p_entries);
end $$;

-- Called by functions of the owner only, and with their rights.
create function sec.said_impartial(p_case uuid, p_user uuid) returns boolean stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from audit.event e where e.case_ref = p_case and e.actor = p_user and e.action = 'conflict.none');
end $$;

-- Opens a case for reading: membership, or a standing in the unit's inbox when the purpose is to take it; writes the audit row; notes the
-- opening; gives the ticket, the scopes it opens, which entries are the reader's newest whatever page he is on, and whether he has said that he has no
-- conflict of interest. All null: not there, or not for you;
-- the caller cannot tell which (control 2). Without a ticket: the hour's limit is used up.
create function sec.open_case(p_case uuid, p_purpose text, p_kinds text[], p_entries int, out payload text, out mac bytea, out standing text,
  out user_id uuid, out authority text, out functions text[], out number text, out label text, out version int, out scopes uuid[], out entries int[],
  out impartial boolean)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_mine uuid[];
  v_scopes uuid[];
  v_standing text := 'circle';
  v_event uuid := gen_random_uuid();
  v_ticket record;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  select array_agg(s.id), array_agg(s.id) filter (where s.kind = 'core' or s.kind = any (p_kinds)) into v_mine, v_scopes
  -- A protected address comes with no page: sec.read_address alone gives it, for a reason (016_address.sql).
  from app.scope_member m join app.scope s on s.id = m.scope_id and s.kind <> 'address'
  where m.case_id = p_case and m.user_id = v_session.user_id and m.valid_to is null and (m.until > now() or m.until > (select sec.clock()))
    and exists (select 1 from app.case_member c where c.case_id = p_case and c.user_id = v_session.user_id and c.valid_to is null)
    and not exists (select 1 from app.block b where b.user_id = v_session.user_id and b.case_id = p_case);
  if v_scopes is null and p_purpose in ('actions', 'take') then
    v_standing := 'inbox';
    select array_agg(s.id) into v_scopes from app.unit_inbox i join app.scope s on s.case_id = i.case_id and s.kind = 'core'
    where i.case_id = p_case and i.taken_at is null and i.unit in (select sec.my_inboxes())
      and not exists (select 1 from app.block b where b.user_id = v_session.user_id and b.case_id = p_case);
  end if;
  if v_scopes is not null and not sec.within_limit(v_session.user_id, p_case) then v_standing := 'limited'; end if;
  insert into audit.event (id, actor, action, case_ref, purpose)
  values (v_event, v_session.user_id, case when v_scopes is null or v_standing = 'limited' then 'case.denied' when p_purpose ~ '^(insight|archive) ' then 'case.exported' else 'case.opened' end, p_case, p_purpose);
  if v_scopes is null then return; end if;
  standing := v_standing;
  user_id := v_session.user_id;
  authority := v_session.authority;
  functions := v_session.functions;
  if v_standing = 'limited' then return; end if;
  insert into sec.opening values (pg_current_xact_id(), p_case, v_scopes);
  v_ticket := sec.ticket(p_case, v_scopes, v_event);
  payload := v_ticket.payload;
  mac := v_ticket.mac;
  scopes := v_scopes;
  select c.number, c.label, c.version, sec.said_impartial(p_case, v_session.user_id)
  into number, label, version, impartial from app.exit_case c where c.id = p_case;
  entries := case when p_entries = 0 then '{}' else sec.newest_entries(p_case, v_mine, p_entries) end;
end $$;

-- A refusal that the program gives by itself, in the log as every other: a page that is not for the caller's function, with the id as he
-- sent it; a question that is not on the desk.
create function sec.deny(p_case uuid, p_purpose text) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  insert into audit.event (actor, action, case_ref, purpose) values (v_user, case when p_case is null then 'page.denied' else 'case.denied' end, p_case, p_purpose);
end $$;

do $$
declare t text;
begin
  foreach t in array array['app.exit_case', 'app.case_event', 'app.case_body', 'app.scope', 'app.case_member', 'app.scope_member', 'app.block',
    'app.unit_inbox', 'app.unit_roster', 'app.receipt', 'app.task', 'app.command', 'app.overview', 'app.notification', 'app.question',
    'sec.opening', 'sec.commanding_case', 'sec.ticket_secret', 'sec.case_limit', 'sec.setting', 'sec.command'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;

-- Lists: keep exactly this form, an array from one function call (measured: 0.45 ms over 500,000 rows; a call per row takes 1.5 s).
create policy mine on app.exit_case for select to udvej_web using (id = any (array(select sec.my_cases())));
create policy mine on app.task for select to udvej_web using (reader = (select sec.ctx_user()) and (until > now() or until > (select sec.clock())));
create policy mine on app.receipt for select to udvej_web using (user_id = (select sec.ctx_user()));
create policy ours on app.unit_inbox for select to udvej_web using (unit = any (array(select sec.my_inboxes())) and taken_at is null);
create policy ours on app.unit_roster for select to udvej_web using (unit = any (array(select sec.my_inboxes())));

-- Only for the opening of this transaction: one case per transaction.
-- The note of the opening is read directly: a function call per policy cost more than all the rows of a case (measured).
create policy this_transaction on sec.opening for select to udvej_web using (xact = pg_current_xact_id_if_assigned() and at = now());
grant select on sec.opening to udvej_web;
create policy opened on app.case_event for select to udvej_web using (case_id = (select o.case_id from sec.opening o));
create policy opened on app.scope for select to udvej_web
  using (case_id = (select o.case_id from sec.opening o) and id = any (array(select unnest(o.scopes) from sec.opening o)));
create policy opened on app.case_body for select to udvej_web
  using (case_id = (select o.case_id from sec.opening o) and scope_id = any (array(select unnest(o.scopes) from sec.opening o)));

grant select on app.exit_case, app.task, app.receipt, app.unit_inbox, app.unit_roster, app.case_event, app.scope, app.case_body to udvej_web;
grant usage on schema sec to udvej_worker;
grant execute on function sec.stamp(uuid) to udvej_web;
grant execute on function sec.clock(), sec.my_cases(), sec.my_inboxes(), sec.open_case(uuid, text, text[], int), sec.deny(uuid, text) to udvej_web;
grant execute on function sec.my_inboxes() to udvej_command;

-- One round trip: the session, the opening, and what lies in the scopes that it opened. What is readable comes as one JSON text, the
-- ciphertexts behind one another as one value in base64, their lengths in the JSON: forty rows of nine columns cost the program more than
-- decrypting them, and one by one in the JSON they cost the database more than reading them (measured). Rows are put together as text, which
-- costs a twentieth of building them as JSON; every part of them is a number, an id or a word of ours. With the owner's rights, for policies asked anew by each part of the
-- statement cost an eighth of the whole (measured): what it may give stands in it, and its rows are held against the policies' (tests/wall/opening.test.ts).
-- Null: not there, or not for the caller.
create function app.read_case(p_token text, p_case uuid, p_purpose text, p_kinds text[], p_entries int, out answer text, out sealed text)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_set text := set_config('app.session', p_token, true);
  v record;
begin
  v := sec.open_case(p_case, p_purpose, p_kinds, p_entries);
  if v.standing is null then return; end if;
  if v.standing = 'limited' then
    answer := '{"limited":true}';
    return;
  end if;
  select '{"session":' || json_build_array(v.user_id, v.authority, v.functions)
      || ',"ticket":' || json_build_array(v.payload, encode(v.mac, 'base64'), v.standing)
      || ',"head":' || json_build_array(v.number, v.label, v.version, v.impartial)
      || ',"scopes":[' || coalesce((select string_agg('["' || s.id || '","' || s.kind || '",' || to_json(s.subject) || ',' || s.generation || ']', ',') from app.scope s where s.case_id = p_case and s.id = any (v.scopes)), '')
      || '],"events":[' || coalesce(es.rows, '') || '],"bodies":[' || coalesce(bs.rows, '') || ']}',
    encode(coalesce(es.cts, '') || coalesce(bs.cts, ''), 'base64')
  into answer, sealed
  from (
    select array_agg(e.version) as versions, string_agg(e.core_ct, '') as cts,
      string_agg('[' || e.version || ',"' || e.type || '",' || (date_part('epoch', e.at) * 1000)::bigint || ',"' || e.actor || '",' || e.journal || ',' || length(e.core_ct) || ']', ',') as rows
    from (
      select c.version, c.type, c.at, c.actor, 0 as journal, c.core_ct from app.case_event c where c.case_id = p_case and not c.journal
      union all select c.version, c.type, c.at, c.actor, 1, c.core_ct from app.case_event c where c.case_id = p_case and c.version = any (v.entries)
      order by version) e) es,
  lateral (
    select string_agg(b.body_ct, '') as cts, string_agg('[' || b.version || ',"' || b.scope_id || '",' || length(b.body_ct) || ']', ',') as rows
    from (
      select c.version, c.scope_id, c.body_ct from app.case_body c where c.case_id = p_case and c.version = any (es.versions) and c.scope_id = any (v.scopes) order by c.version, c.n) b) bs;
end $$;
grant execute on function app.read_case(text, uuid, text, text[], int) to udvej_web;
reset role;
