-- Break-glass for a threat to life (FM-CNF-10, control 19): the safety card of one case for an hour, and never the file. Asked for by somebody who has just proved
-- who he is; told to the co-ordinator and the contact point before the card is shown, and to the auditor at once; a second time only when the first was looked at.
set role udvej_owner;

create table sec.emergency (
  -- The row of the log that it is.
  event_id uuid primary key,
  user_id uuid not null,
  case_id uuid not null references app.exit_case,
  at timestamptz not null default now(),
  until timestamptz not null default now() + interval '60 minutes'
);
create index on sec.emergency (user_id, until);

-- Somebody asked by CPR number: sealed for the worker as every number, answered by him whether there is a case or not, and told to nobody until a second officer
-- has said yes.
create table match.wanted (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  sealed bytea not null,
  at timestamptz not null default clock_timestamp(),
  looked_at timestamptz,
  case_id uuid,
  -- As of an inquiry (012): nobody answers it, and it runs out with its approval.
  unreadable_at timestamptz
);
create index on match.wanted (at) where looked_at is null and unreadable_at is null;
do $$
declare t text;
begin
  foreach t in array array['sec.emergency', 'match.wanted'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;
insert into sec.setting values ('emergencies_per_day', 2);

-- Who may ask at all, and has proved himself; one at a time. Refuses with its reason, which is about him alone, as the next two do.
create function sec.emergency_asker() returns sec.session volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_session sec.session := sec.ctx_session();
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  perform sec.need_step_up();
  if not sec.may_in_emergency(v_session.functions) then
    raise exception 'not for this function' using errcode = 'UV404';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('emergency' || v_session.user_id, 0));
  return v_session;
end $$;
-- Refuses when so many moments of a day, newest first, are as many as there may be; says with it when there may be one again.
create function sec.within_day(p_day timestamptz[], p_most int) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if cardinality(p_day) >= p_most then
    raise exception 'again from %', audit.moment(p_day[greatest(p_most, 1)] + interval '1 day') using errcode = 'UV429';
  end if;
end $$;
-- No second one before the first was looked at; one whose hour went by before the circle could be told has shown nothing, and bars nothing.
create function sec.is_unreviewed(p_user uuid) returns boolean stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from audit.review r where r.kind = 'break-glass' and r.person = p_user and r.closed_at is null
    and not exists (select from sec.emergency e where e.event_id = any (r.events) and e.until <= now() and not sec.is_told(e)));
end $$;
create function sec.emergency_after_review(p_user uuid) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if sec.is_unreviewed(p_user) then
    raise exception 'the last one waits to be looked at' using errcode = 'UV423';
  end if;
end $$;
-- By a CPR number the question is the try, and what came of it none of its own: its rows say which question.
create function sec.emergencies_of_day(p_user uuid) returns timestamptz[] volatile security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select array(select e.at from audit.event e where e.actor = p_user and e.at > now() - interval '1 day'
    and (e.action = 'emergency.asked' or e.action in ('emergency.opened', 'emergency.denied') and e.purpose is null) order by e.at desc)
$$;
create function sec.emergency_within_day(p_user uuid) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform sec.within_day(sec.emergencies_of_day(p_user), sec.setting_of('emergencies_per_day'));
end $$;

-- Called by functions of the owner only, as the next three. Whether the event that tells the circle is recorded where the circle reads it, and the contact point
-- was told of it: no card is shown before.
create function sec.is_told(p_emergency sec.emergency) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.case_event c join app.notification n on n.case_id = c.case_id and n.version = c.version and n.kind = 'card-opened'
    where c.case_id = p_emergency.case_id and c.type = 'CardOpened' and not c.journal and c.actor = p_emergency.user_id and c.written_at between p_emergency.at and p_emergency.until)
$$;
-- One that was begun and fell over before the circle was told: it goes on.
create function sec.is_untold(p_user uuid, p_case uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from sec.emergency e where e.user_id = p_user and e.case_id = p_case and e.until > now() and not sec.is_told(e))
$$;

-- Shut out is as unknown, and a closed case that nobody reads any more as none: nobody would be told.
create function sec.begin_emergency(p_session sec.session, p_case uuid, p_wanted uuid) returns uuid volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_event uuid := gen_random_uuid();
  v_there boolean := exists (select from app.exit_case c where c.id = p_case and c.shredded_at is null
      and (c.phase <> 'closed' or exists (select from app.case_member m where m.case_id = c.id and m.valid_to is null and (m.until > now() or m.until > (select sec.clock())))))
    and not exists (select from app.block b where b.user_id = p_session.user_id and b.case_id = p_case);
begin
  insert into audit.event (id, actor, action, case_ref, purpose)
  values (v_event, p_session.user_id, case when v_there then 'emergency.opened' else 'emergency.denied' end, case when v_there then p_case end, p_wanted::text);
  if not v_there then return null; end if;
  insert into sec.emergency (event_id, user_id, case_id) values (v_event, p_session.user_id, p_case);
  perform audit.to_review('break-glass', v_event);
  return p_case;
end $$;

create function sec.emergency_by_number(p_number text) returns uuid volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.emergency_asker();
  v_case uuid := (select c.id from app.exit_case c where c.number = p_number);
begin
  if sec.is_untold(v_session.user_id, v_case) then return v_case; end if;
  perform sec.emergency_after_review(v_session.user_id);
  perform sec.emergency_within_day(v_session.user_id);
  return sec.begin_emergency(v_session, v_case, null);
end $$;

-- The same rows and the same answer for every number; a second officer is asked by it.
create function sec.ask_emergency(p_id uuid, p_sealed bytea) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_session sec.session := sec.emergency_asker();
begin
  perform sec.emergency_after_review(v_session.user_id);
  perform sec.emergency_within_day(v_session.user_id);
  insert into match.wanted (id, user_id, sealed) values (p_id, v_session.user_id, p_sealed);
  insert into audit.event (actor, action, purpose) values (v_session.user_id, 'emergency.asked', p_id::text);
  perform sec.ask_approval('card-by-number', p_id, 'Nødopslag med CPR-nummer', v_session);
end $$;

create function match.wanted_waiting(p_most int) returns table (id uuid, sealed bytea) volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  select w.id, w.sealed from match.wanted w where w.looked_at is null and w.unreadable_at is null order by w.at limit p_most
$$;
create function match.lay_wanted_aside(p_id uuid) returns void volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  update match.wanted w set unreadable_at = now() where w.id = p_id
$$;
-- Of the person's cases the one that goes on, with a card in it, and of those the newest; the number is gone either way. Everybody who works with this can register
-- somebody again: an inquiry in an inbox must not hide the case that has the card.
create function match.answer_wanted(p_id uuid, p_mac bytea) returns void volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  update match.wanted w set looked_at = now(), sealed = '', case_id = (
    select c.id from match.person p join app.exit_case c on c.id = p.case_id where p.mac = p_mac and c.shredded_at is null
    order by c.phase = 'closed', c.phase = 'inbox', not exists (select from app.case_event e where e.case_id = c.id and e.type = 'SafetyCardSet'), c.created_at desc, c.id limit 1)
  where w.id = p_id and w.looked_at is null
$$;
grant execute on function match.wanted_waiting(int), match.lay_wanted_aside(uuid), match.answer_wanted(uuid, bytea) to udvej_match;

-- What the asker has under way: whether the second officer has answered, and how far the worker came. Nothing of whether there is a case.
create function sec.my_emergencies() returns table (id uuid, case_id uuid, number text, at timestamptz, until timestamptz, asked boolean, given boolean, looked boolean, unreadable boolean)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  return query
    select e.event_id, e.case_id, c.number, e.at, e.until, false, true, true, false from sec.emergency e join app.exit_case c on c.id = e.case_id where e.user_id = v_user and e.until > now() and sec.is_told(e)
    union all
    select w.id, null::uuid, null::text, w.at, a.until, true, a.given is true, w.looked_at is not null, w.unreadable_at is not null
    from match.wanted w join app.approval a on a.subject = w.id and a.kind = 'card-by-number' and a.requester = v_user
    where w.user_id = v_user and a.until > now() and (a.used_at is null or sec.is_untold(v_user, w.case_id)) and a.given is not false
    order by 5;
end $$;

create function sec.emergency_by_wanted(p_id uuid) returns uuid volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.emergency_asker();
  v_wanted match.wanted;
begin
  select * into v_wanted from match.wanted w where w.id = p_id and w.user_id = v_session.user_id and w.looked_at is not null;
  if sec.is_untold(v_session.user_id, v_wanted.case_id)
     and exists (select from app.approval a where a.subject = p_id and a.kind = 'card-by-number' and a.requester = v_session.user_id and a.used_at is not null) then
    return v_wanted.case_id;
  end if;
  perform sec.emergency_after_review(v_session.user_id);
  if v_wanted.id is null or not sec.use_approval('card-by-number', p_id, v_session.user_id) then
    insert into audit.event (actor, action, purpose) values (v_session.user_id, 'emergency.denied', p_id::text);
    return null;
  end if;
  return sec.begin_emergency(v_session, v_wanted.case_id, p_id);
end $$;

-- The card, which unit has the case and whether it has a co-ordinator, for the hour; only when the event that tells the circle is recorded. One row in the log for each look.
create function sec.emergency_card(p_case uuid) returns table (payload text, mac bytea, case_id uuid, number text, unit text, version int, type text, n int, scope_id uuid, ct bytea, until timestamptz, attended boolean)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_emergency sec.emergency;
  v_scopes uuid[];
  v_event uuid := gen_random_uuid();
  v record;
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  select * into v_emergency from sec.emergency e where e.user_id = v_user and e.case_id = p_case and e.until > now() order by e.at desc limit 1;
  if found then
    if not sec.is_told(v_emergency) or exists (select from app.block b where b.user_id = v_user and b.case_id = p_case) then v_emergency := null; end if;
  end if;
  insert into audit.event (id, actor, action, case_ref, purpose)
  values (v_event, v_user, case when v_emergency.event_id is null then 'case.denied' else 'card.opened' end, p_case, 'emergency');
  if v_emergency.event_id is null then return; end if;
  select array_agg(s.id) into v_scopes from app.scope s where s.kind = 'card' and s.case_id = p_case;
  if v_scopes is null then return; end if;
  select * into v from sec.ticket(p_case, v_scopes, v_event);
  return query select v.payload, v.mac, b.case_id, c.number, c.unit, b.version, e.type, b.n::int, b.scope_id, b.body_ct, v_emergency.until, sec.is_attended(p_case)
  from app.case_body b join app.case_event e on e.case_id = b.case_id and e.version = b.version join app.exit_case c on c.id = b.case_id
  where b.case_id = p_case and b.scope_id = any (v_scopes) order by b.version;
end $$;
create function app.list_emergencies(p_token text) returns table (id uuid, case_id uuid, number text, at timestamptz, until timestamptz, asked boolean, given boolean, looked boolean, unreadable boolean)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('emergencies.listed');
  return query select * from sec.my_emergencies();
end $$;

-- What the contact point has not seen yet: structure, and of who opened the card his authority. An official who is shut out of the case does not have it.
create function sec.emergencies_told() returns table (id uuid, number text, unit text, at timestamptz, authority text, attended boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.is_contact_point() then return; end if;
  return query select n.id, n.number, n.unit, n.at, f.authority, sec.is_attended(n.case_id)
  from app.notification n join app.case_event e on e.case_id = n.case_id and e.version = n.version join app.staff f on f.id = e.actor
  where n.kind = 'card-opened' and n.acknowledged_at is null and n.case_id <> all (array(select sec.my_blocks()))
  order by n.at desc, n.id limit 200;
end $$;
-- One of them has seen it. The log says that, and not of which case, as of a match: the co-ordinator reads the log of his. What a colleague has seen already is no try at a case.
create function sec.see_emergency(p_id uuid) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_seen boolean;
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  update app.notification n set acknowledged_at = now() where n.id in (select t.id from sec.emergencies_told() t where t.id = p_id);
  v_seen := found;
  if v_seen then insert into audit.event (actor, action, purpose) values (v_user, 'notification.seen', p_id::text);
  else insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'told');
  end if;
  return v_seen;
end $$;
create function app.list_emergencies_told(p_token text) returns table (id uuid, number text, unit text, at timestamptz, authority text, attended boolean)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('notifications.listed');
  return query select * from sec.emergencies_told();
end $$;
grant execute on function app.list_emergencies_told(text), sec.emergencies_told(), sec.see_emergency(uuid) to udvej_web;
grant execute on function app.list_emergencies(text), sec.emergency_by_number(text), sec.ask_emergency(uuid, bytea), sec.my_emergencies(), sec.emergency_by_wanted(uuid), sec.emergency_card(uuid) to udvej_web;
reset role;
