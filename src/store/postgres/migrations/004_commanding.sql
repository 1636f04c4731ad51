-- Writing: one case a transaction, as udvej_command, after the database has seen the membership or the standing that admits to this very command.
set role udvej_owner;

-- What admits: membership, the unit's inbox, an open question, a double to be told of (034_doubles.sql); never for who is shut out. Called by functions of the owner only, and with
-- their rights, as the three after it. Of the rarer admissions one question at a time: a statement of all would be made ready with all its parts.
create function sec.admitted(p_session sec.session, p_case uuid, p_admission text) returns boolean stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_shut_out boolean;
  v_stands boolean;
begin
  -- Both are always asked: who is shut out must not learn of the case by an answer that comes sooner (control 3).
  select exists (select 1 from app.block b where b.user_id = p_session.user_id and b.case_id = p_case),
    p_admission in ('circle', 'question-taker', 'refusal') and exists (select 1 from app.case_member m where m.case_id = p_case and m.user_id = p_session.user_id
      and m.valid_to is null and (m.until > now() or m.until > (select sec.clock())) and (p_admission <> 'question-taker' or m.role = 'question'))
  into v_shut_out, v_stands;
  case p_admission
    when 'inbox' then
      v_stands := exists (select 1 from app.unit_inbox i where i.case_id = p_case and i.taken_at is null and i.unit in (select sec.my_inboxes()));
    when 'unit-desk' then
      v_stands := 'contact_point' = any (p_session.functions) and exists (select 1 from app.unit_inbox i where i.case_id = p_case and i.taken_at is null and i.at_contact_point);
    when 'question' then
      v_stands := 'contact_point' = any (p_session.functions) and exists (select 1 from app.question q where q.case_id = p_case and q.status = 'open');
    when 'refusal' then
      -- The circle, and the official who has just named the number of a refusal that can be reviewed (036).
      v_stands := v_stands or 'contact_point' = any (p_session.functions) and sec.is_reviewable(p_case) and exists (select 1 from audit.event e
        where e.case_ref = p_case and e.actor = p_session.user_id and e.action = 'review.asked' and e.at > clock_timestamp() - interval '1 minute');
    when 'match' then
      v_stands := 'contact_point' = any (p_session.functions)
        and exists (select 1 from match.telling t join match.hit h on h.id = t.hit_id where t.case_id = p_case and t.told_at is null and match.open_to_me(h.cases));
    when 'emergency' then
      v_stands := sec.is_untold(p_session.user_id, p_case);
    when 'unattended' then
      v_stands := sec.is_unattended(p_case);
    else null;
  end case;
  return (v_stands and not v_shut_out) is true;
end $$;

-- The newest entries as app.read_case gives them to this person: a page's ETag is made of them.
create function sec.my_entries(p_case uuid, p_user uuid, p_entries int) returns int[] stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select sec.newest_entries(p_case,
      array(select m.scope_id from app.scope_member m where m.case_id = p_case and m.user_id = p_user and m.valid_to is null and (m.until > now() or m.until > (select sec.clock()))), p_entries));
end $$;

create function sec.receipt_text(p_hash bytea, p_result jsonb) returns text immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select json_build_object('done', json_build_array(encode(p_hash, 'base64'), p_result))::text
$$;

-- The core that the rule is to judge on, and the newest entries where asked for: `sealed`, and in `rows` what is readable, in the shape of app.read_case.
-- `writable`: the scopes of the kinds that the command writes.
create function sec.commanded_case(p_case uuid, p_writes text[], p_entries int[], out rows text, out sealed text, out writable uuid[])
stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_scopes text;
begin
  select string_agg('["' || s.id || '","' || s.kind || '",' || to_json(s.subject) || ',' || s.generation || ']', ','), coalesce(array_agg(s.id) filter (where s.kind = any (p_writes)), '{}')
  into v_scopes, writable from app.scope s where s.case_id = p_case;
  select ',"head":' || (select json_build_array(c.number, c.label, c.version) from app.exit_case c where c.id = p_case) || ',"scopes":[' || coalesce(v_scopes, '')
      || '],"events":[' || coalesce(string_agg('[' || e.version || ',"' || e.type || '",' || (date_part('epoch', e.at) * 1000)::bigint || ',"' || e.actor || '",' || e.journal || ',' || length(e.core_ct) || ']', ','), '') || ']',
    encode(coalesce(string_agg(e.core_ct, ''), ''), 'base64')
  into rows, sealed
  from (
    select c.version, c.type, c.at, c.actor, 0 as journal, c.core_ct from app.case_event c where c.case_id = p_case and not c.journal
    union all select c.version, c.type, c.at, c.actor, 1, c.core_ct from app.case_event c where c.case_id = p_case and c.version = any (p_entries)
    order by version) e;
end $$;

-- Admits to one command on one case, and gives what it is judged on. All null: not admitted. `answer` alone, without a ticket: what the order under this key
-- answered before, and then nothing else. The same order again is answered as before to who is admitted, and for ten minutes to who left by it and lost the
-- answer; of another order under the key, or one of another case, only who is admitted is told that there was one (Idempotency-Key).
create function sec.begin_command(p_case uuid, p_command text, p_entries int, p_key text, p_hash bytea, out payload text, out mac bytea, out answer text, out sealed text)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_order record;
  v_admitted boolean;
  v_event uuid := gen_random_uuid();
  v_case record;
  v_ticket record;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  select c.admission, c.writes || 'core'::text as writes, d.request_hash, d.result, d.at, d.version, d.case_id into v_order
  from sec.command c left join app.command d on d.actor = v_session.user_id and d.key = p_key where c.name = p_command;
  v_admitted := sec.admitted(v_session, p_case, v_order.admission);
  if not v_admitted and v_order.request_hash = p_hash and v_order.case_id = p_case then
    -- Where nobody else has done anything in the case since, it was his own order that let him out.
    v_admitted := v_order.at > now() - interval '10 minutes' and not exists (select 1 from app.case_event e where e.case_id = p_case and e.version > v_order.version and e.actor <> v_session.user_id);
  end if;
  insert into audit.event (id, actor, action, case_ref, purpose)
  values (v_event, v_session.user_id, case when v_admitted then 'case.command' else 'case.denied' end, p_case, p_command);
  if not v_admitted then return; end if;
  if v_order.request_hash is not null then
    answer := sec.receipt_text(v_order.request_hash, case when v_order.case_id = p_case then v_order.result end);
    return;
  end if;
  insert into sec.commanding_case values (pg_current_xact_id(), p_case, v_session.user_id, v_order.admission);
  v_case := sec.commanded_case(p_case, v_order.writes, case when p_entries > 0 then sec.my_entries(p_case, v_session.user_id, p_entries) end);
  v_ticket := sec.ticket(p_case, v_case.writable, v_event);
  payload := v_ticket.payload;
  mac := v_ticket.mac;
  answer := '{"session":' || json_build_array(v_session.user_id, v_session.authority, v_session.functions)
    || ',"ticket":' || json_build_array(payload, encode(mac, 'base64'), 'circle') || v_case.rows || '}';
  sealed := v_case.sealed;
end $$;

-- The second transaction, after a key had to be released first: the same admission, no new audit row; the ticket proves the first.
-- Gives the case as it is now; all null: not admitted.
create function sec.resume_command(p_case uuid, p_command text, p_payload text, p_mac bytea, p_entries int, out answer text, out sealed text)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v text[] := string_to_array(p_payload, '|');
  v_session sec.session := sec.ctx_session();
  v_admission text;
  v_case record;
begin
  if v_session.user_id is null or v[1]::uuid is distinct from p_case or v[3]::bigint < extract(epoch from clock_timestamp())
     or (p_mac = (select public.hmac(convert_to(p_payload, 'UTF8'), s.secret, 'sha256') from sec.ticket_secret s)) is not true then return; end if;
  -- The ticket is for who began this very command, and for nobody and nothing else: its nonce is the row in the log that says so.
  if not exists (select 1 from audit.event e where e.id = v[4]::uuid and e.actor = v_session.user_id and e.action = 'case.command'
    and e.case_ref = p_case and e.purpose = p_command and e.at > now() - interval '1 minute') then return; end if;
  select c.admission into v_admission from sec.command c where c.name = p_command;
  -- What admitted may have ended between the two transactions.
  if not sec.admitted(v_session, p_case, v_admission) then return; end if;
  insert into sec.commanding_case values (pg_current_xact_id(), p_case, v_session.user_id, v_admission);
  v_case := sec.commanded_case(p_case, '{}', case when p_entries > 0 then sec.my_entries(p_case, v_session.user_id, p_entries) end);
  answer := '{"session":null,"ticket":null' || v_case.rows || '}';
  sealed := v_case.sealed;
end $$;

-- A new case, under an id of the database's own: any staff function but auditor, admin and screening (access.md). The registrant gets no
-- membership by it. No row: not for this function.
create function sec.begin_case(p_key text) returns table (done text, id uuid, user_id uuid, authority text, functions text[])
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_done app.command;
  v_case uuid := gen_random_uuid();
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  if not v_session.functions && array['police_exit', 'municipal_exit', 'probation_exit', 'custody_exit', 'contact_point', 'measure_owner'] then
    insert into audit.event (actor, action) values (v_session.user_id, 'inquiry.denied');
    return;
  end if;
  select * into v_done from app.command c where c.actor = v_session.user_id and c.key = p_key;
  if found then
    -- What it answers is a number that stands among his receipts all the same; of another order, nothing but that it was one.
    insert into audit.event (actor, action) values (v_session.user_id, 'inquiry.answered');
    done := sec.receipt_text(v_done.request_hash, case when v_done.result ? 'number' then v_done.result end);
    return next;
    return;
  end if;
  insert into audit.event (actor, action, case_ref) values (v_session.user_id, 'inquiry.registered', v_case);
  insert into sec.commanding_case values (pg_current_xact_id(), v_case, v_session.user_id, 'staff');
  return query select null::text, v_case, v_session.user_id, v_session.authority, v_session.functions;
end $$;

-- The row of the case that is registered in this transaction, at version 0 and nobody's yet. The number is drawn here: who could choose one would
-- learn whether it is taken, and nothing would tell of it when he took it back (control 2).
create function sec.register_case(p_label text, p_unit text, p_municipality text, p_place text, p_since date, p_at timestamptz) returns text
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_case uuid := (select c.case_id from sec.commanding_case c where c.xact = pg_current_xact_id_if_assigned() and c.at = now() and c.admission = 'staff');
  v_number text;
begin
  if v_case is null then raise exception 'no registration' using errcode = '28000'; end if;
  loop
    insert into app.exit_case (id, number, label, unit, municipality, phase, place, since, version, created_at, touched_at)
    values (v_case, sec.case_number(public.gen_random_bytes(8)), p_label, p_unit, p_municipality, 'inbox', p_place, p_since, 0, p_at, p_at)
    on conflict (number) do nothing returning number into v_number;
    if found then return v_number; end if;
  end loop;
end $$;
grant execute on function sec.register_case(text, text, text, text, date, timestamptz) to udvej_command;

grant execute on function sec.begin_command(uuid, text, int, text, bytea), sec.resume_command(uuid, text, text, bytea, int), sec.begin_case(text) to udvej_web;
grant execute on function sec.ctx_user() to udvej_command;

-- Of an emergency the role of commands sees nothing here, and so no policy that asks which case is commanded lets it write: what it may stands in 019_emergency.sql.
create policy this_transaction on sec.commanding_case for select to udvej_command using (xact = pg_current_xact_id_if_assigned() and at = now() and admission <> 'emergency');
grant select on sec.commanding_case to udvej_command;
create policy commanded on app.exit_case to udvej_command
  using (id = (select c.case_id from sec.commanding_case c)) with check (id = (select c.case_id from sec.commanding_case c));
do $$
declare t text;
begin
  foreach t in array array['scope', 'case_member', 'scope_member', 'block', 'unit_inbox', 'task', 'overview', 'notification', 'question'] loop
    execute format('create policy commanded on app.%s to udvej_command
      using (case_id = (select c.case_id from sec.commanding_case c)) with check (case_id = (select c.case_id from sec.commanding_case c))', t);
  end loop;
end $$;
create policy own on app.receipt for insert to udvej_command with check (user_id = (select c.user_id from sec.commanding_case c));

-- Of the case's own row, what follows its stream; the stream itself is written by app.append alone.
grant select, update (unit, municipality, phase, place, since, next_due, contact_person) on app.exit_case to udvej_command;
grant select, insert, update on app.case_member, app.scope_member, app.unit_inbox, app.question to udvej_command;
grant select, insert on app.scope, app.block, app.notification to udvej_command;
grant select, insert, update, delete on app.task, app.overview to udvej_command;
grant insert on app.receipt to udvej_command;

-- One round trip: session, admission, role, and the case. The transaction stays open. Null: not admitted.
create function app.begin_command(p_token text, p_case uuid, p_command text, p_entries int, p_key text, p_hash bytea, out answer text, out sealed text)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v record;
  v_set text := set_config('app.session', p_token, true);
begin
  v := sec.begin_command(p_case, p_command, p_entries, p_key, p_hash);
  answer := v.answer;
  sealed := v.sealed;
  if v.payload is not null then v_set := set_config('role', 'udvej_command', true); end if;
end $$;
create function app.resume_command(p_token text, p_case uuid, p_command text, p_payload text, p_mac bytea, p_entries int, out answer text, out sealed text)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v record;
  v_set text := set_config('app.session', p_token, true);
begin
  v := sec.resume_command(p_case, p_command, p_payload, p_mac, p_entries);
  answer := v.answer;
  sealed := v.sealed;
  if answer is not null then v_set := set_config('role', 'udvej_command', true); end if;
end $$;
create function app.begin_case(p_token text, p_key text) returns text
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v record;
begin
  perform set_config('app.session', p_token, true);
  select * into v from sec.begin_case(p_key);
  if not found then return null; end if;
  if v.done is not null then return v.done; end if;
  perform set_config('role', 'udvej_command', true);
  return json_build_object('id', v.id, 'session', json_build_array(v.user_id, v.authority, v.functions));
end $$;

-- Appends the facts of the command that was begun in this transaction, in its user's name and in no other, at the expected version, and what it answers under its
-- idempotency key; a lost race is an error the program knows (UV409) and judges again.
create function app.append(p_case uuid, p_expected int, p_types text[], p_at timestamptz, p_recorded_at timestamptz, p_journal boolean[],
  p_cores bytea[], p_body_versions int[], p_body_ns int[], p_body_scopes uuid[], p_bodies bytea[], p_key text, p_hash bytea, p_result jsonb)
returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_command sec.commanding_case;
begin
  select c.* into v_command from sec.commanding_case c where c.xact = pg_current_xact_id_if_assigned() and c.at = now() and c.case_id = p_case;
  if not found then raise exception 'no command' using errcode = '42501'; end if;
  update app.exit_case set version = p_expected + cardinality(p_types), touched_at = greatest(touched_at, p_at) where id = p_case and version = p_expected;
  if not found then raise exception 'stale version' using errcode = 'UV409'; end if;
  if v_command.admission = 'emergency' then perform sec.only_opens_card(v_command, p_expected + 1, p_types, p_at, p_recorded_at, p_journal, p_body_versions, p_body_scopes); end if;
  for v in 1 .. cardinality(p_types) loop
    insert into app.case_event (case_id, version, type, at, recorded_at, actor, journal, core_ct)
    values (p_case, p_expected + v, p_types[v], p_at, p_recorded_at, v_command.user_id, p_journal[v], p_cores[v]);
  end loop;
  for v in 1 .. cardinality(p_bodies) loop
    insert into app.case_body (case_id, version, n, scope_id, body_ct) values (p_case, p_body_versions[v], p_body_ns[v], p_body_scopes[v], p_bodies[v]);
  end loop;
  if p_key is not null then insert into app.command (actor, key, case_id, request_hash, result, version) values (v_command.user_id, p_key, p_case, p_hash, p_result, p_expected + cardinality(p_types)); end if;
end $$;

grant execute on function app.begin_case(text, text), app.begin_command(text, uuid, text, int, text, bytea), app.resume_command(text, uuid, text, text, bytea, int) to udvej_web;
grant execute on function app.append(uuid, int, text[], timestamptz, timestamptz, boolean[], bytea[], int[], int[], uuid[], bytea[], text, bytea, jsonb) to udvej_command;
reset role;
