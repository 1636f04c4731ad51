-- The log's seal (FM-CNF-5, controls 12 and 13): every row waits to be sealed from the moment it is written, gets a number in one order that is never
-- changed, and is drawn into a chain whose head is signed. What was changed, taken out or put in behind the database's back shows when the chain is
-- worked out anew and held against the heads that a witness outside has seen.
set role udvej_owner;
grant usage on schema audit to udvej_sealer;

-- No key and no index: it is filled by every request, and emptied once a second.
create table audit.pending (event_id uuid not null);
create table audit.leaf (
  n bigint primary key,
  event_id uuid not null unique,
  hash bytea not null
);
create table audit.head (
  size bigint primary key,
  at timestamptz not null default clock_timestamp(),
  hash bytea not null,
  key_version int not null,
  signature bytea not null
);
create table audit.releases_seen (only_one boolean primary key default true check (only_one), upto timestamptz not null);
-- Whose turn it is at what only one may do at a time: a row of the owner's to lock, not a number that whoever may ask the database can hold.
create table sec.turn (name text primary key);
insert into sec.turn values ('seal'), ('match'), ('review');
do $$
declare t text;
begin
  foreach t in array array['audit.pending', 'audit.leaf', 'audit.head', 'audit.releases_seen', 'sec.turn'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;

create function audit.await_seal() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into audit.pending values (new.id);
  return null;
end $$;
create trigger await_seal after insert on audit.event for each row execute function audit.await_seal();
insert into audit.pending select id from audit.event;

-- A row as bytes, in one way only: every part with its length before it, `-` where there is none.
create function audit.part(p text) returns text immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(octet_length(p) || ':' || p, '-')
$$;
create function audit.leaf_hash(e audit.event) returns bytea immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select sha256('\x00'::bytea || convert_to(audit.part(e.id::text) || audit.part(((extract(epoch from e.at) * 1000000)::bigint)::text) || audit.part(e.actor::text)
    || audit.part(e.action) || audit.part(e.case_ref::text) || audit.part(e.purpose), 'UTF8'))
$$;

-- True for one transaction at a time. Called by functions of the owner only.
create function sec.alone_at(p_name text) returns boolean volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform 1 from sec.turn t where t.name = p_name for update skip locked;
  return found;
end $$;

-- Numbers waiting rows, at most so many, and draws them into the chain. The head is to be signed and put in the same transaction; nobody else seals
-- meanwhile. No row: nothing waits, or another seals. A row that was taken away while it waited gets its number too: the check then misses it.
create function audit.seal(p_most int) returns table (size bigint, hash bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_size bigint;
  v_hash bytea;
  v_before bigint;
  v_leaf bytea;
  v record;
begin
  if not sec.alone_at('seal') then return; end if;
  select h.size, h.hash into v_size, v_hash from audit.head h order by h.size desc limit 1;
  v_size := coalesce(v_size, 0);
  v_hash := coalesce(v_hash, sha256(''::bytea));
  v_before := v_size;
  for v in
    with taken as (
      delete from audit.pending where ctid = any (array(select p.ctid from audit.pending p limit p_most)) returning event_id)
    select t.event_id, e from taken t left join audit.event e on e.id = t.event_id order by (e).at, t.event_id
  loop
    v_leaf := case when (v.e).id is null then sha256(''::bytea) else audit.leaf_hash(v.e) end;
    v_size := v_size + 1;
    v_hash := sha256('\x01'::bytea || v_hash || v_leaf);
    insert into audit.leaf values (v_size, v.event_id, v_leaf);
  end loop;
  if v_size > v_before then return query select v_size, v_hash; end if;
end $$;

create function audit.put_head(p_size bigint, p_hash bytea, p_key_version int, p_signature bytea) returns void
volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into audit.head (size, hash, key_version, signature) values (p_size, p_hash, p_key_version, p_signature)
$$;

-- For the witness, and for the check: the rows in their order with the head that was signed after them, a page at a time.
create function audit.newest_head() returns table (size bigint, hash bytea, key_version int, signature bytea)
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select h.size, h.hash, h.key_version, h.signature from audit.head h order by h.size desc limit 1
$$;
create function audit.sealed_rows(p_after bigint, p_most int)
returns table (n bigint, event_id uuid, leaf bytea, there boolean, at_us text, actor text, action text, case_ref text, purpose text, head bytea, key_version int, signature bytea)
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select l.n, l.event_id, l.hash, e.id is not null, ((extract(epoch from e.at) * 1000000)::bigint)::text, e.actor::text, e.action, e.case_ref::text, e.purpose,
    h.hash, h.key_version, h.signature
  from audit.leaf l left join audit.event e on e.id = l.event_id left join audit.head h on h.size = l.n
  where l.n > p_after order by l.n limit p_most
$$;
-- Beside the chain: rows that wait (and since when), rows that neither wait nor have a number, and heads without a row under them.
create function audit.beside_the_chain() returns table (waiting bigint, oldest_waiting timestamptz, outside bigint, hanging_heads bigint)
stable security definer language sql set search_path = pg_catalog, pg_temp set enable_seqscan = on as $$
  select
    (select count(*) from audit.pending),
    (select min(e.at) from audit.pending p join audit.event e on e.id = p.event_id),
    (select count(*) from audit.event e where not exists (select from audit.leaf l where l.event_id = e.id) and not exists (select from audit.pending p where p.event_id = e.id)),
    (select count(*) from audit.head h where not exists (select from audit.leaf l where l.n = h.size))
$$;

-- Releases of keys that the log knows nothing of, for the worker, who holds the two databases against each other.
create function audit.without_row(p_nonces uuid[]) returns setof uuid stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select n from unnest(p_nonces) as n where not exists (select from audit.event e where e.id = n)
$$;
-- Until when releases have been held against the log, by the clock of the keys: what was released while nobody looked is looked at then.
create function audit.releases_seen() returns timestamptz stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select s.upto from audit.releases_seen s
$$;
create function audit.see_releases(p_upto timestamptz) returns void volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into audit.releases_seen (upto) values (p_upto) on conflict (only_one) do update set upto = greatest(audit.releases_seen.upto, excluded.upto)
$$;
-- Whether a row has waited for its seal for longer than a minute.
create function audit.seal_is_late() returns boolean volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from audit.pending p join audit.event e on e.id = p.event_id where e.at < clock_timestamp() - interval '60 seconds')
$$;
-- What is wrong, in one word, and how often: in the log itself, where the auditor sees it.
create function audit.alarm(p_kind text, p_n int) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_kind !~ '^[a-z]+(-[a-z]+)*$' then raise exception 'not an alarm' using errcode = '22023'; end if;
  insert into audit.event (action, purpose) values ('alarm.' || p_kind, p_n::text);
end $$;
grant usage on schema audit to udvej_worker;
grant execute on function audit.without_row(uuid[]), audit.releases_seen(), audit.see_releases(timestamptz), audit.seal_is_late(), audit.alarm(text, int) to udvej_worker;
grant execute on function audit.seal(int), audit.put_head(bigint, bytea, int, bytea), audit.newest_head(), audit.sealed_rows(bigint, int), audit.beside_the_chain() to udvej_sealer;
reset role;
