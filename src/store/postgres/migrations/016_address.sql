-- A protected address: the one way to read it. It is in no opening and on no page (003_opening.sql); each reading says why, by the kind of its
-- reason and without a word more, and leaves a row of its own (FM-SEC-4).
set role udvej_owner;

-- The newest address of the case, sealed, with the ticket for its scope alone. No row: not there, or not for the caller. A row without a ticket: his
-- to read, but the reason is none of those there are; or his hour of cases is used up (UV429).
create function sec.read_address(p_case uuid, p_reason text)
returns table (payload text, mac bytea, case_id uuid, version int, type text, scope_id uuid, ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_session sec.session := sec.ctx_session();
  v_scope uuid;
  v_event uuid := gen_random_uuid();
begin
  perform sec.need_step_up();
  select s.id into v_scope from app.scope s join app.scope_member m on m.scope_id = s.id
  where s.case_id = p_case and s.kind = 'address' and m.case_id = p_case and m.user_id = v_session.user_id and m.valid_to is null
    and (m.until > now() or m.until > (select sec.clock())) and p_case = any (array(select sec.my_cases()));
  if v_scope is null then
    insert into audit.event (id, actor, action, case_ref, purpose) values (v_event, v_session.user_id, 'case.denied', p_case, 'address');
    return;
  end if;
  if p_reason is null or p_reason <> all (array['visit', 'protection', 'authority', 'threat', 'check']) then
    return query select null::text, null::bytea, p_case, null::int, null::text, null::uuid, null::bytea;
    return;
  end if;
  if not sec.within_limit(v_session.user_id, p_case) then raise exception 'too many cases' using errcode = 'UV429'; end if;
  insert into audit.event (id, actor, action, case_ref, purpose) values (v_event, v_session.user_id, 'address.read', p_case, p_reason);
  return query select t.payload, t.mac, b.case_id, b.version, e.type, b.scope_id, b.body_ct
  from sec.ticket(p_case, array[v_scope], v_event) t, app.case_body b join app.case_event e on e.case_id = b.case_id and e.version = b.version
  where b.case_id = p_case and b.scope_id = v_scope order by b.version desc limit 1;
end $$;

grant execute on function sec.read_address(uuid, text) to udvej_web;
reset role;
