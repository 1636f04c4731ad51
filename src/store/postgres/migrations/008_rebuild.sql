-- Rebuilding what follows the streams: one case a transaction, approved by name, in the log, and with a key only for the ticket of its row.
-- The role has no right to any table: these functions are all it can do.
set role udvej_owner;
grant usage on schema sec to udvej_maintenance, udvej_operator;
-- That the row of a rebuild is committed, which the vault asks before it gives the key (003_opening.sql).
grant execute on function sec.stamp(uuid) to udvej_operator;

create unlogged table sec.rebuilding (
  xact xid8 primary key,
  case_id uuid not null,
  at timestamptz not null default now()
);
alter table sec.rebuilding enable row level security;
alter table sec.rebuilding force row level security;
create policy owner_all on sec.rebuilding to udvej_owner using (true) with check (true);

-- Who answers for it: one colleague of that login, whose access is open. No approval, nothing.
create function sec.approver(p_login text) returns uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_ids uuid[] := array(select f.id from app.staff f where f.subject = p_login and f.disabled_at is null);
begin
  if cardinality(v_ids) <> 1 then raise exception 'not approved' using errcode = 'UV403'; end if;
  return v_ids[1];
end $$;

-- Every case that still has its keys, oldest first.
create function sec.rebuildable(p_approved_by text) returns setof uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform sec.approver(p_approved_by);
  return query select c.id from app.exit_case c where c.shredded_at is null order by c.created_at, c.id;
end $$;

-- The row in the log, under the name of who approved, and the ticket for the core's key; both are committed before the key is asked for.
create function sec.begin_rebuild(p_case uuid, p_approved_by text) returns table (payload text, mac bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_approver uuid := sec.approver(p_approved_by);
  v_core uuid := (select s.id from app.scope s where s.case_id = p_case and s.kind = 'core');
  v_event uuid := gen_random_uuid();
begin
  if v_core is null or exists (select 1 from app.exit_case c where c.id = p_case and c.shredded_at is not null) then return; end if;
  insert into audit.event (id, actor, action, case_ref, purpose) values (v_event, v_approver, 'case.rebuilt', p_case, 'approved');
  return query select t.payload, t.mac from sec.ticket(p_case, array[v_core], v_event) t;
end $$;

-- The core of the case, for the ticket of its row in the log. Commands wait at the case's own row until the transaction is over.
create function sec.resume_rebuild(p_case uuid, p_payload text, p_mac bytea) returns json
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v text[] := string_to_array(p_payload, '|');
begin
  if v[1]::uuid is distinct from p_case or v[3]::bigint < extract(epoch from clock_timestamp())
     or (p_mac = (select public.hmac(convert_to(p_payload, 'UTF8'), s.secret, 'sha256') from sec.ticket_secret s)) is not true
     or not exists (select 1 from audit.event e where e.id = v[4]::uuid and e.action = 'case.rebuilt' and e.case_ref = p_case) then return null; end if;
  perform 1 from app.exit_case c where c.id = p_case and c.shredded_at is null for no key update;
  -- Ordered to be shredded since it was begun: nobody is in it any more.
  if not found then return null; end if;
  insert into sec.rebuilding values (pg_current_xact_id(), p_case);
  return json_build_object(
    'number', (select c.number from app.exit_case c where c.id = p_case),
    -- A scope is there to be read from the first event that wrote in it; the core from the first of all.
    'scopes', (select json_agg(json_build_array(s.id, s.kind, s.subject, s.generation,
        coalesce((select min(b.version) from app.case_body b where b.case_id = p_case and b.scope_id = s.id), 1)))
      from app.scope s where s.case_id = p_case),
    'events', (select json_agg(json_build_array(e.version, e.type, (date_part('epoch', e.at) * 1000)::bigint, e.actor, case when not e.journal then encode(e.core_ct, 'base64') end)
        order by e.version)
      from app.case_event e where e.case_id = p_case));
end $$;

-- Makes the rows of the case under rebuilding what they should be: a row that is equal stays, the others go and come. Answers how many
-- were not as they should be.
create function sec.rebuilt(p_rows jsonb) returns int
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_case uuid := (select r.case_id from sec.rebuilding r where r.xact = pg_current_xact_id_if_assigned() and r.at = now());
  v_table text;
  v_gone int;
  v_come int;
  v_all int := 0;
begin
  if v_case is null then raise exception 'no case is being rebuilt' using errcode = '42501'; end if;
  delete from sec.rebuilding where xact = pg_current_xact_id_if_assigned();
  update app.exit_case c set (unit, municipality, phase, place, since, next_due, contact_person) = row (e.unit, e.municipality, e.phase, e.place, e.since, e.next_due, e.contact_person)
  from jsonb_populate_record(null::app.exit_case, p_rows -> 'exit_case') e
  where c.id = v_case and (c.unit, c.municipality, c.phase, c.place, c.since, c.next_due, c.contact_person)
    is distinct from (e.unit, e.municipality, e.phase, e.place, e.since, e.next_due, e.contact_person);
  get diagnostics v_all = row_count;
  -- Whom a case shuts out is shut out under every name he has here (sec.shut_out_wholly).
  p_rows := p_rows || jsonb_build_object('block', (select coalesce(jsonb_agg(distinct jsonb_build_object('case_id', e.case_id, 'user_id', coalesce(b.id, e.user_id))), '[]')
    from jsonb_populate_recordset(null::app.block, p_rows -> 'block') e
      left join app.staff a on a.id = e.user_id left join app.staff b on b.issuer = a.issuer and b.subject = a.subject));
  foreach v_table in array array['case_member', 'scope_member', 'block', 'unit_inbox', 'task', 'overview', 'retention'] loop
    execute format('delete from app.%1$I t where t.case_id = $1 and not exists (
      select from jsonb_populate_recordset(null::app.%1$I, $2) e where e is not distinct from t)', v_table) using v_case, p_rows -> v_table;
    get diagnostics v_gone = row_count;
    execute format('insert into app.%1$I select e.* from jsonb_populate_recordset(null::app.%1$I, $2) e where e.case_id = $1 on conflict do nothing', v_table)
      using v_case, p_rows -> v_table;
    get diagnostics v_come = row_count;
    v_all := v_all + greatest(v_gone, v_come);
  end loop;
  return v_all;
end $$;

grant execute on function sec.rebuildable(text), sec.begin_rebuild(uuid, text), sec.resume_rebuild(uuid, text, bytea), sec.rebuilt(jsonb) to udvej_maintenance;
reset role;
