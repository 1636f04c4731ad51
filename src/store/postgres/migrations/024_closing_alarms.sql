-- An alarm of the log is closed by two (control 17): the auditor writes what was behind it and asks, another auditor or who runs the system answers. Whom the
-- alarm is about does neither. It is closed by the answer, and its row stays in the log.
set role udvej_owner;

create index event_alarm on audit.event (at) where actor is null and action like 'alarm.%';
create index review_of_alarm on audit.review (alarm) where alarm is not null;
create index approval_alarm on app.approval (decided_at) where kind = 'close-alarm' and given;

create table audit.alarm_reason (
  approval_id uuid primary key references app.approval,
  words text not null check (length(words) between 1 and 4000)
);
alter table audit.alarm_reason enable row level security;
alter table audit.alarm_reason force row level security;
create policy owner_all on audit.alarm_reason to udvej_owner using (true) with check (true);
create trigger immutable before update or delete on audit.alarm_reason for each row execute function app.immutable();

-- Whom an alarm is about: the people of the findings that lay too long; who keeps cases, where somebody's review of access is late.
create function audit.is_about(p_alarm uuid, p_session sec.session) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from audit.review r where r.alarm = p_alarm and sec.same_person(r.person, p_session.user_id))
    or p_session.functions && array['police_exit', 'custody_exit'] and exists (select from audit.event e where e.id = p_alarm and e.action = 'alarm.access-review-late')
$$;
create function audit.is_closed(p_alarm uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.approval a where a.subject = p_alarm and a.kind = 'close-alarm' and a.given)
$$;
-- What an alarm says, for those who close it.
create function audit.alarm_title(p_action text) returns text immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select case p_action
    when 'alarm.key-without-row' then 'En nøgle er udleveret uden om loggen'
    when 'alarm.log-not-writable' then 'Loggen kunne ikke skrives'
    when 'alarm.log-not-sealed' then 'Loggen blev ikke forseglet'
    when 'alarm.number-not-readable' then 'Et CPR-nummer kunne ikke læses'
    when 'alarm.review-overdue' then 'Et fund er ikke vurderet i tide'
    when 'alarm.access-review-late' then 'En gennemgang af adgang er ikke lavet i tide'
    else 'Alarm' end
$$;

-- The noes that an alarm has had: who asks anew does not hide them.
create function audit.alarm_refusals(p_alarm uuid) returns json stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(json_agg(json_build_object('approval', a.id, 'by', f.name, 'at', audit.moment(a.asked_at), 'words', w.words,
      'answeredBy', (select g.name from app.approval_vote v join app.staff g on g.id = v.voter where v.approval_id = a.id limit 1), 'answeredAt', audit.moment(a.decided_at)) order by a.asked_at, a.id), '[]')
  from app.approval a join audit.alarm_reason w on w.approval_id = a.id left join app.staff f on f.id = a.requester
  where a.subject = p_alarm and a.kind = 'close-alarm' and a.given is false
$$;
create function audit.alarm_json(p_event audit.event, p_session sec.session) returns json stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select json_build_object('id', p_event.id, 'kind', substr(p_event.action, 7), 'title', audit.alarm_title(p_event.action), 'n', p_event.purpose::int, 'at', audit.moment(p_event.at),
    'aboutMe', audit.is_about(p_event.id, p_session), 'refused', audit.alarm_refusals(p_event.id),
    -- The yes, else the newest question that can be answered or was refused.
    'asked', (select json_build_object('approval', a.id, 'by', f.name, 'mine', a.requester = p_session.user_id, 'at', audit.moment(a.asked_at), 'given', a.given, 'words', w.words,
        'answeredBy', (select g.name from app.approval_vote v join app.staff g on g.id = v.voter where v.approval_id = a.id limit 1), 'answeredAt', audit.moment(a.decided_at))
      from app.approval a join audit.alarm_reason w on w.approval_id = a.id left join app.staff f on f.id = a.requester
      where a.subject = p_event.id and a.kind = 'close-alarm' and (a.given is not null or a.until > now()) order by a.given is true desc, a.asked_at desc limit 1))
$$;
-- For the auditor's desk: all that are not closed, newest first; and the last five that were.
create function audit.open_alarms(p_session sec.session) returns json stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(json_agg(audit.alarm_json(l.e, p_session) order by l.at desc, (l.e).id), '[]')
  from (select o as e, o.at from audit.event o where o.actor is null and o.action like 'alarm.%' and not audit.is_closed(o.id) order by o.at desc, o.id limit 100) l
$$;
create function audit.closed_alarms(p_session sec.session) returns json stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(json_agg(audit.alarm_json(e, p_session) order by l.decided_at desc, l.subject), '[]')
  from (select a.subject, a.decided_at from app.approval a where a.kind = 'close-alarm' and a.given order by a.decided_at desc, a.subject limit 5) l join audit.event e on e.id = l.subject
$$;

create function audit.find_alarm(p_alarm uuid) returns audit.event stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select e from audit.event e where e.id = p_alarm and e.actor is null and e.action like 'alarm.%'
$$;
-- One alarm; null: no such alarm, or not the auditor.
create function sec.alarm_item(p_alarm uuid) returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.auditor();
  v_event audit.event := audit.find_alarm(p_alarm);
begin
  if v_user is null or v_event.id is null then return null; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'log.read', 'alarm ' || p_alarm);
  return audit.alarm_json(v_event, sec.ctx_session());
end $$;
-- The auditor asks that an alarm be closed, and says what was behind it; what is asked already, or closed, stays as it is. False: no such alarm, not the auditor, or about himself.
create function sec.ask_to_close_alarm(p_alarm uuid, p_words text) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_event audit.event := audit.find_alarm(p_alarm);
  v_local timestamp := v_event.at at time zone 'Europe/Copenhagen';
begin
  if sec.auditor() is null or v_event.id is null or audit.is_about(p_alarm, v_session) then return false; end if;
  perform pg_advisory_xact_lock(hashtextextended('close-alarm' || p_alarm, 0));
  insert into audit.event (actor, action, purpose) values (v_session.user_id, 'approval.asked', p_alarm::text);
  if not exists (select from app.approval a where a.subject = p_alarm and a.kind = 'close-alarm' and (a.given or a.given is null and a.until > now())) then
    insert into audit.alarm_reason values (
      sec.ask_approval('close-alarm', p_alarm, audit.alarm_title(v_event.action) || to_char(v_local, '", "FMDD". "')
        || (array['januar', 'februar', 'marts', 'april', 'maj', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'december'])[extract(month from v_local)::int] || to_char(v_local, '" "YYYY'), v_session), p_words);
  end if;
  return true;
end $$;
-- The alarm with what the auditor wrote of it, for who is to answer him.
create function sec.alarm_reason(p_approval uuid) returns json stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select json_build_object('kind', substr(e.action, 7), 'title', audit.alarm_title(e.action), 'n', e.purpose::int, 'at', audit.moment(e.at), 'words', w.words, 'refused', audit.alarm_refusals(e.id))
  from audit.alarm_reason w join app.approval a on a.id = w.approval_id join audit.event e on e.id = a.subject where a.id = p_approval and sec.may_vote(a, sec.ctx_session())
$$;
grant execute on function sec.alarm_item(uuid), sec.ask_to_close_alarm(uuid, text), sec.alarm_reason(uuid) to udvej_web;
reset role;
