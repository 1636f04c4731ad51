-- Shredding: the keys of a case are destroyed by an order of the database of the cases, which signs it only when two authorities have said yes (FM-WORK-4, control 25); the one key of a text outside of cases by an order
-- of its own kind, which names no other key (decision 27). The order is kept: a backup of the cases that was restored is held against it before anybody is let in.
set role udvej_owner;

alter table keys.shred_ledger add column payload text not null, add column mac bytea not null, add column what text not null check (what in ('shred', 'text'));
-- Of a text `case_id` is its own id.
alter table keys.shred_ledger drop constraint shred_ledger_pkey, add primary key (case_id, what);

-- Destroys the keys that the order names; the same again does nothing more. False: not an order of ours.
create function keys.shred(p_payload text, p_mac bytea) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v text[] := string_to_array(p_payload, '|');
begin
  if ((v[1] = 'shred' or v[1] = 'text' and v[4] = v[2]) and p_mac = (select public.hmac(convert_to(p_payload, 'UTF8'), s.secret, 'sha256') from keys.ticket_secret s)) is not true then return false; end if;
  delete from keys.scope_key k where k.scope_id = any (string_to_array(v[4], ',')::uuid[]);
  insert into keys.shred_ledger (what, case_id, approval_id, payload, mac) values (v[1], v[2]::uuid, v[3]::uuid, p_payload, p_mac) on conflict (case_id, what) do nothing;
  return true;
end $$;

-- The orders that were carried out here; and what they were of as one word, for holding the two databases against each other.
create function keys.shredded() returns table (payload text, mac bytea) stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select l.payload, l.mac from keys.shred_ledger l order by l.at
$$;
create function keys.shred_state() returns text stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(convert_to(coalesce(string_agg(l.what || '|' || l.case_id, ',' order by (l.what || '|' || l.case_id) collate "C"), ''), 'UTF8')), 'hex') from keys.shred_ledger l
$$;

grant execute on function keys.shred(text, bytea), keys.shredded() to udvej_worker;
grant execute on function keys.shred_state() to udvej_vault;
reset role;
