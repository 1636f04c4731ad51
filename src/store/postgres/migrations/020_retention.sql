-- Retention (FM-WORK-4; controls 25, 26): when the period of a closed case is over the worker asks two authorities of the last responsible unit; on their yes its
-- keys are destroyed and all that tells of it goes. The figures stay, without a way back to the case (FM-STA-3).
set role udvej_owner;

-- Follows the stream of a closed case: structure only, for the worker, who reads no core.
create table app.retention (
  case_id uuid primary key references app.exit_case,
  unit text not null,
  outcome text not null,
  ended_on date not null,
  -- Null while a measure goes on after the end.
  due_on date,
  held_until date,
  archived text[] not null
);
create index on app.retention (due_on);

-- An order to shred, signed here, where the answers of two authorities are; carried out in both databases, kept in both. It is the receipt as well:
-- number, how it ended and when, by which approval, and when it was done. No row of it tells of whom.
create table sec.shred_order (
  case_id uuid primary key,
  approval_id uuid not null,
  number text,
  outcome text,
  ended_on date,
  payload text not null,
  mac bytea not null,
  at timestamptz not null default now(),
  done_at timestamptz
);
-- The same of a text outside of cases (035_texts_outside_cases.sql), whose day has come or which was taken back: no authority is asked. In a table of its own, so that the one can neither be nor stand in the way of the other.
create table sec.text_order (
  id uuid primary key,
  payload text not null,
  mac bytea not null,
  at timestamptz not null default now(),
  done_at timestamptz
);

do $$
declare t text;
begin
  foreach t in array array['app.retention', 'sec.shred_order', 'sec.text_order'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;
create policy commanded on app.retention to udvej_command
  using (case_id = (select c.case_id from sec.commanding_case c)) with check (case_id = (select c.case_id from sec.commanding_case c));
grant select, insert, update, delete on app.retention to udvej_command;

-- Days that a unit's no puts the question off; and how many cases a unit is asked about at a time.
insert into sec.setting values ('shredding_put_off_days', 180), ('shreddings_asked_at_once', 3);

-- Called by functions of the owner only, and with their rights.
create function sec.retention_over() returns setof app.retention stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select r.* from app.retention r join app.exit_case c on c.id = r.case_id
  where r.due_on <= sec.today() and c.phase = 'closed' and c.shredded_at is null
$$;

-- How many closed cases there are of each outcome, how many of them are due, and how many were deleted. Names nothing.
create function sec.retention_counts() returns table (outcome text, kept int, due int, held int, deleted int)
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select o.outcome, count(r.case_id)::int, count(d.case_id)::int, (count(*) filter (where r.held_until >= sec.today()))::int,
    (select count(*) from sec.shred_order s where s.outcome = o.outcome and s.done_at is not null)::int
  from (select r.outcome from app.retention r union select s.outcome from sec.shred_order s where s.outcome is not null) o
    left join app.retention r on r.outcome = o.outcome left join sec.retention_over() d on d.case_id = r.case_id
  group by o.outcome order by o.outcome
$$;

-- Cases whose period is over and about which nobody has been asked: not while an answer is awaited, not so soon after a no, and only a few of a unit at a time,
-- so that each is looked at.
create function sec.retention_to_ask(p_most int) returns table (case_id uuid, number text, outcome text, ended_on date, archived text[])
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  with waiting as (
    select r.*, c.number, row_number() over (partition by r.unit order by r.due_on, r.case_id) as place
    from sec.retention_over() r join app.exit_case c on c.id = r.case_id
    where not exists (select from sec.shred_order s where s.case_id = r.case_id)
      and not exists (select from app.approval a where a.subject = r.case_id and a.kind = 'shredding' and a.used_at is null
        and (a.given is not false and a.until > now()
          or a.given is false and a.decided_at > now() - make_interval(days => sec.setting_of('shredding_put_off_days'))))),
  asked as (
    select r.unit, count(*) as n from app.approval a join app.retention r on r.case_id = a.subject
    where a.kind = 'shredding' and a.decided_at is null and a.until > now() group by r.unit)
  select w.case_id, w.number, w.outcome, w.ended_on, w.archived
  from waiting w left join asked a on a.unit = w.unit
  where w.place + coalesce(a.n, 0) <= sec.setting_of('shreddings_asked_at_once')
  order by w.due_on, w.case_id limit p_most
$$;
-- The line that those who answer read: structure only, and only of a case that is due.
create function sec.propose_shredding(p_case uuid, p_line text) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from sec.retention_to_ask(1000000) r where r.case_id = p_case) then return; end if;
  perform sec.ask_approval('shredding', p_case, p_line, null::sec.session);
  insert into audit.event (action, case_ref) values ('shredding.proposed', p_case);
end $$;

-- Called by the next function and sec.shred, and with their rights.
create function sec.close_for_good(p_case uuid) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update app.exit_case c set shredded_at = now(), version = c.version + 1 where c.id = p_case and c.shredded_at is null;
  delete from app.case_member m where m.case_id = p_case;
end $$;

-- Writes the orders that two authorities have allowed, each once; a hold that came meanwhile, or a case taken up again, leaves the answer unused. From the order on
-- nobody is in the case any more, and a command that was on its way finds another version: nothing more comes into what is about to be destroyed.
create function sec.order_shreddings() returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v record;
  v_payload text;
  v_n int := 0;
begin
  for v in
    select a.id, r.case_id, c.number, r.outcome, r.ended_on
    from app.approval a join sec.retention_over() r on r.case_id = a.subject join app.exit_case c on c.id = r.case_id
    where a.kind = 'shredding' and a.given and a.used_at is null and a.until > now()
    order by a.decided_at limit 100
  loop
    perform 1 from app.exit_case c where c.id = v.case_id for update;
    -- Whoever was at the case meanwhile has brought its row up to date.
    continue when not exists (select from sec.retention_over() r where r.case_id = v.case_id)
      or not sec.use_approval('shredding', v.case_id, '00000000-0000-0000-0000-000000000000');
    v_payload := 'shred|' || v.case_id || '|' || v.id || '|' || array_to_string(array(select s.id from app.scope s where s.case_id = v.case_id order by s.id), ',');
    insert into sec.shred_order (case_id, approval_id, number, outcome, ended_on, payload, mac)
    select v.case_id, v.id, v.number, v.outcome, v.ended_on, v_payload, public.hmac(convert_to(v_payload, 'UTF8'), t.secret, 'sha256') from sec.ticket_secret t;
    perform sec.close_for_good(v.case_id);
    v_n := v_n + 1;
  end loop;
  return v_n;
end $$;

create function sec.shred_orders() returns table (payload text, mac bytea, done boolean) stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select o.payload, o.mac, o.done_at is not null from (select c.payload, c.mac, c.at, c.done_at from sec.shred_order c union all select t.payload, t.mac, t.at, t.done_at from sec.text_order t) o order by o.at
$$;
create function sec.shred_state() returns text stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(convert_to(coalesce(string_agg(o.what, ',' order by o.what collate "C"), ''), 'UTF8')), 'hex')
  from (select 'shred|' || c.case_id as what from sec.shred_order c where c.done_at is not null union all select 'text|' || t.id from sec.text_order t where t.done_at is not null) o
$$;

-- Events and bodies never change, and go only when their case's keys have gone.
create function app.immutable_fact() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' and exists (select from app.exit_case c where c.id = old.case_id and c.shredded_at is not null) then return old; end if;
  raise exception 'events are immutable' using errcode = '23000';
end $$;
create or replace trigger immutable before update or delete on app.case_event for each row execute function app.immutable_fact();
create or replace trigger immutable before update or delete on app.case_body for each row execute function app.immutable_fact();

-- Every row that names the case in a table of ours, whatever the table: one that is added later goes along by itself. Rows that others point at
-- wait for those. Called by the next function only, and with its rights.
create function sec.erase_rows(p_case uuid) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_left text[];
  v_held text[];
  v_table text;
begin
  select array_agg(format('%I.%I', n.nspname, c.relname) order by c.relname) into v_left
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where a.attname = 'case_id' and not a.attisdropped and c.relkind = 'r' and n.nspname in ('app', 'sec', 'match', 'stat') and c.oid <> 'sec.shred_order'::regclass;
  while cardinality(v_left) > 0 loop
    v_held := '{}';
    foreach v_table in array v_left loop
      begin
        execute format('delete from %s where case_id = $1', v_table) using p_case;
      exception when foreign_key_violation then
        v_held := v_held || v_table;
      end;
    end loop;
    if cardinality(v_held) = cardinality(v_left) then raise exception 'rows of a shredded case hold each other' using errcode = '23503'; end if;
    v_left := v_held;
  end loop;
end $$;

-- Carries an order out here: what is left of the case is its number, that it is over, and the order. The same again does nothing more. False: not an
-- order of ours. An order this database does not know came out of a newer copy of the other. That of a text outside of cases says so.
create function sec.shred(p_payload text, p_mac bytea) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = on as $$
declare
  v text[] := string_to_array(p_payload, '|');
  v_case uuid;
  v_number text;
begin
  if (v[1] in ('shred', 'text') and p_mac = (select public.hmac(convert_to(p_payload, 'UTF8'), s.secret, 'sha256') from sec.ticket_secret s)) is not true then return false; end if;
  v_case := v[2]::uuid;
  if v[1] = 'text' then return sec.erase_text(v_case, p_payload, p_mac); end if;
  insert into sec.shred_order (case_id, approval_id, number, outcome, ended_on, payload, mac)
  select v_case, v[3]::uuid, c.number, r.outcome, r.ended_on, p_payload, p_mac
  from (select v_case as id) o left join app.exit_case c on c.id = o.id left join app.retention r on r.case_id = o.id
  on conflict (case_id) do nothing;
  perform 1 from sec.shred_order o where o.case_id = v_case and o.done_at is null for update;
  if not found then return true; end if;
  perform sec.close_for_good(v_case);
  update app.exit_case c set shredded_at = now(), created_at = now(), touched_at = now(), since = sec.today(), version = 0, label = '', unit = '', municipality = null, phase = 'closed', place = '', next_due = null, contact_person = null where c.id = v_case
  returning c.number into v_number;
  -- What points at the case without its id: the registrant's receipt, questions to colleagues, and comparisons.
  delete from app.receipt r where r.number = v_number;
  delete from app.approval_vote w using app.approval a
    where a.id = w.approval_id and a.kind <> 'shredding' and (a.subject = v_case or a.subject in (select h.id from match.hit h where v_case = any (h.cases)) or a.subject in (select i.id from match.inquiry i where i.case_id = v_case)
      or a.subject in (select w2.id from match.wanted w2 where w2.case_id = v_case));
  delete from app.approval a
    where a.kind <> 'shredding' and (a.subject = v_case or a.subject in (select h.id from match.hit h where v_case = any (h.cases)) or a.subject in (select i.id from match.inquiry i where i.case_id = v_case)
      or a.subject in (select w.id from match.wanted w where w.case_id = v_case));
  delete from match.hit h where v_case = any (h.cases);
  perform sec.erase_rows(v_case);
  update sec.shred_order o set done_at = now() where o.case_id = v_case;
  insert into audit.event (action, case_ref, purpose) values ('case.shredded', v_case, v[3]);
  return true;
end $$;

-- What may be carried out of the system (FM-LAW-2, FM-LAW-4, FM-CNF-7; control 33): one case at a time, by somebody who sits in its unit for an authority and has
-- just proved who he is; two a day. What goes into an authority's archive takes another authority's yes, once for each. The case is opened by the same transaction,
-- whose row in the log says that it was exported, and why.
insert into sec.setting values ('exports_per_day', 2);
create function sec.sits_in(p_case uuid, p_user uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.case_member m where m.case_id = p_case and m.user_id = p_user and m.valid_to is null and m.role in ('police', 'municipal', 'probation', 'custody')
      and (m.until > now() or m.until > (select sec.clock())))
    and not exists (select from app.block b where b.case_id = p_case and b.user_id = p_user)
$$;
-- 'ready', or 'ask': another has not said yes, or it is used. Null: not there, or not for the caller.
create function sec.begin_export(p_case uuid, p_purpose text) returns text volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  perform sec.need_step_up();
  if p_purpose !~ '^(insight|archive) [a-z]+$' then raise exception 'not an export' using errcode = '22023'; end if;
  if not sec.sits_in(p_case, v_user) then
    insert into audit.event (actor, action, case_ref, purpose) values (v_user, 'case.denied', p_case, p_purpose);
    return null;
  end if;
  -- Two at once are counted one after the other.
  perform pg_advisory_xact_lock(hashtextextended(v_user::text, 33));
  perform sec.within_day(array(select e.at from audit.event e where e.actor = v_user and e.action = 'case.exported' and e.at > clock_timestamp() - interval '1 day' order by e.at desc),
    sec.setting_of('exports_per_day'));
  if p_purpose like 'archive %' and not sec.use_approval('case-bundle', p_case, v_user) then
    insert into audit.event (actor, action, case_ref, purpose) values (v_user, 'export.denied', p_case, p_purpose);
    return 'ask';
  end if;
  return 'ready';
end $$;
create function sec.ask_export(p_case uuid) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_line text;
begin
  perform sec.need_step_up();
  if not sec.sits_in(p_case, v_session.user_id) then
    insert into audit.event (actor, action, case_ref, purpose) values (v_session.user_id, 'case.denied', p_case, 'export');
    return false;
  end if;
  select c.number || ' · til eget arkiv' into v_line from app.exit_case c where c.id = p_case;
  perform sec.ask_approval('case-bundle', p_case, v_line, v_session);
  insert into audit.event (actor, action, case_ref, purpose) values (v_session.user_id, 'approval.asked', p_case, 'export');
  return true;
end $$;
grant execute on function sec.begin_export(uuid, text), sec.ask_export(uuid) to udvej_web;

grant execute on function sec.retention_counts(), sec.retention_to_ask(int), sec.propose_shredding(uuid, text), sec.order_shreddings(), sec.shred_orders(), sec.shred(text, bytea) to udvej_worker;
-- Not to the web: without a session it gets nothing whatever.
grant execute on function sec.shred_state() to udvej_login;
reset role;
