-- The keys, in a database of their own: whoever has a copy of the cases has no key, and whoever has a copy of this has wrapped keys and no case.
create schema keys authorization udvej_owner;
set role udvej_owner;
grant usage on schema keys to udvej_vault, udvej_worker;
alter default privileges revoke execute on functions from public;

create table keys.scope_key (
  scope_id uuid not null,
  key_ver int not null,
  kek_ver int not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  primary key (scope_id, key_ver)
);
create index on keys.scope_key (kek_ver);
-- One line a release, by the id of the log's row that the ticket proves: the worker holds each against the log (security.md, "Key release").
create table keys.release_log (
  nonce uuid primary key,
  at timestamptz not null default clock_timestamp(),
  case_id uuid not null,
  scopes int not null
);
create index on keys.release_log (at);
-- Cases whose keys were destroyed: what a restored backup is held against before anybody is let in.
create table keys.shred_ledger (
  case_id uuid primary key,
  at timestamptz not null default now(),
  approval_id uuid not null
);
-- The same as the database of the cases signs its tickets with; put here when both are built.
create table keys.ticket_secret (secret bytea not null);

do $$
declare t text;
begin
  foreach t in array array['scope_key', 'release_log', 'shred_ledger', 'ticket_secret'] loop
    execute format('alter table keys.%s enable row level security', t);
    execute format('alter table keys.%s force row level security', t);
    execute format('create policy owner_all on keys.%s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;

-- The keys of a ticket: genuine, fresh, first use, its row in the log committed; logged. Replay and forgery give nothing.
create function keys.release(p_payload text, p_mac bytea, p_stamp bytea) returns table (scope_id uuid, key_ver int, kek_ver int, wrapped bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v text[] := string_to_array(p_payload, '|');
begin
  -- No secret, no key: a comparison with nothing is not true.
  if (p_mac = (select public.hmac(convert_to(p_payload, 'UTF8'), s.secret, 'sha256') from keys.ticket_secret s)) is not true then return; end if;
  if (p_stamp = (select public.hmac(convert_to('committed|' || v[4], 'UTF8'), s.secret, 'sha256') from keys.ticket_secret s)) is not true then return; end if;
  if v[3]::bigint < extract(epoch from clock_timestamp()) then return; end if;
  insert into keys.release_log (nonce, case_id, scopes)
  values (v[4]::uuid, v[1]::uuid, cardinality(string_to_array(v[2], ','))) on conflict do nothing;
  if not found then return; end if;
  return query select k.scope_id, k.key_ver, k.kek_ver, k.wrapped from keys.scope_key k where k.scope_id = any (string_to_array(v[2], ',')::uuid[]);
end $$;

-- New scopes' keys are committed before the first event that uses them; a key is never replaced in place.
create function keys.put(p_scopes uuid[], p_kek_ver int, p_wrapped bytea[]) returns void
volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into keys.scope_key (scope_id, key_ver, kek_ver, wrapped)
  select s, 1, p_kek_ver, w from unnest(p_scopes, p_wrapped) as u (s, w)
$$;

-- Wrapped keys a page at a time, and the same keys wrapped anew, for the rotation of the root key: the worker's, whose word in the key service opens none.
-- A key that changed meanwhile is left for the next round.
create function keys.wrapped_page(p_after uuid, p_most int) returns table (scope_id uuid, key_ver int, kek_ver int, wrapped bytea)
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select k.scope_id, k.key_ver, k.kek_ver, k.wrapped from keys.scope_key k where k.scope_id > p_after order by k.scope_id, k.key_ver limit p_most
$$;
create function keys.rewrap(p_scopes uuid[], p_key_vers int[], p_before bytea[], p_kek_ver int, p_after bytea[]) returns int
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_count int;
begin
  update keys.scope_key k set wrapped = u.after, kek_ver = p_kek_ver
  from unnest(p_scopes, p_key_vers, p_before, p_after) as u (scope, ver, before, after)
  where k.scope_id = u.scope and k.key_ver = u.ver and k.wrapped = u.before and k.kek_ver <= p_kek_ver;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

-- Releases of a span of time, for the worker to hold against the log.
create function keys.released(p_from timestamptz, p_to timestamptz) returns table (nonce uuid, at timestamptz)
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select r.nonce, r.at from keys.release_log r where r.at >= p_from and r.at < p_to
$$;

grant execute on function keys.release(text, bytea, bytea), keys.put(uuid[], int, bytea[]) to udvej_vault;
grant execute on function keys.released(timestamptz, timestamptz), keys.wrapped_page(uuid, int), keys.rewrap(uuid[], int[], bytea[], int, bytea[]) to udvej_worker;
reset role;
