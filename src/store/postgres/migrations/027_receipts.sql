-- What is left of a deleted case, for who answers for it (FM-WORK-4, control 25); and everybody's own sessions and logins (control 27).
set role udvej_owner;

-- The day its time was over, and whom the case shut out, go with the case's rows, so the order takes them along.
alter table sec.shred_order add column due_on date, add column blocked uuid[] not null default '{}';
create function sec.note_what_goes() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.due_on := (select r.due_on from app.retention r where r.case_id = new.case_id);
  new.blocked := array(select b.user_id from app.block b where b.case_id = new.case_id);
  return new;
end $$;
create trigger note_what_goes before insert on sec.shred_order for each row execute function sec.note_what_goes();
create index on sec.shred_order (approval_id);
create index on sec.shred_order (done_at);
create index on app.approval_vote (authority) where yes;

-- What somebody answers for: the contact point for every deletion, who works with exit in an authority for those it said yes to. Others of the same authority
-- (an auditor, a measure's owner) for none; nobody for a case that shut him out, whatever he is now (control 20). Called by functions of the owner only, and with their rights.
create function sec.deletions_of(p_session sec.session) returns setof sec.shred_order stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select o.* from (
    select o.* from sec.shred_order o where o.done_at is not null and 'contact_point' = any (p_session.functions)
    union all
    select o.* from sec.shred_order o
    where o.done_at is not null and not 'contact_point' = any (p_session.functions)
      and p_session.functions && array['police_exit', 'municipal_exit', 'probation_exit', 'custody_exit']
      and o.approval_id in (select v.approval_id from app.approval_vote v where v.authority = p_session.authority and v.yes)) o
  where not exists (select from unnest(o.blocked) as b (id) where sec.same_person(b.id, p_session.user_id))
$$;

-- Whether there is a receipt for the caller at all, or this one: for links, which are not to lead to a page that is not there.
create function sec.answers_for_deletions(p_id uuid) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_session sec.session := sec.ctx_session();
begin
  return exists (select from sec.deletions_of(v_session) o where p_id is null or o.approval_id = p_id)
    or p_id is null and coalesce('contact_point' = any (v_session.functions), false);
end $$;

-- The list, fifty at a time and newest first, or one receipt by its approval; each look is a row of the log. Of who said yes the authority, and the name to his own
-- colleagues alone. Null: not for the caller, which is in the log too. The days are the program's.
create function sec.deleted_cases(p_id uuid, p_offset int) returns jsonb volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_total int;
  v_case uuid;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  if not sec.answers_for_deletions(p_id) then
    insert into audit.event (actor, action, purpose) values (v_session.user_id, 'page.denied', case when p_id is null then 'deletions' else 'receipt' end);
    return null;
  end if;
  if p_id is not null then select o.case_id into v_case from sec.shred_order o where o.approval_id = p_id; end if;
  insert into audit.event (actor, action, case_ref) values (v_session.user_id, case when p_id is null then 'deletions.listed' else 'receipt.read' end, v_case);
  select count(*) into v_total from sec.deletions_of(v_session) o where p_id is null or o.approval_id = p_id;
  return jsonb_build_object('total', v_total, 'cases', array(
    select jsonb_build_object('id', o.approval_id, 'number', o.number, 'outcome', o.outcome, 'dueOn', o.due_on, 'deletedOn', audit.day_of(o.done_at - (now() - sec.clock())),
      'yes', array(select jsonb_build_object('authority', v.authority, 'name', case when v.authority = v_session.authority then f.name end)
        from app.approval_vote v join app.staff f on f.id = v.voter where v.approval_id = o.approval_id and v.yes order by v.at, v.authority))
    from sec.deletions_of(v_session) o where p_id is null or o.approval_id = p_id
    order by o.done_at desc, o.case_id limit 50 offset greatest(p_offset, 0)));
end $$;

create function app.list_deleted(p_token text, p_id uuid, p_offset int) returns jsonb volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return sec.deleted_cases(p_id, p_offset);
end $$;
grant execute on function sec.answers_for_deletions(uuid), sec.deleted_cases(uuid, int), app.list_deleted(text, uuid, int) to udvej_web;

create index event_login_denied on audit.event (actor, at) where action = 'login.denied';

-- The caller's own sessions that live now, and a month of his login's logins, whoever it was here then, the refused among them; a row in the log. Nobody can ask for another's: there is no argument to say whose.
create function sec.my_logins() returns jsonb volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_names uuid[] := array(select b.id from app.staff a join app.staff b on b.issuer = a.issuer and b.subject = a.subject where a.id = v_session.user_id);
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  insert into audit.event (actor, action) values (v_session.user_id, 'logins.listed');
  return jsonb_build_object(
    'sessions', array(select jsonb_build_object('begun', audit.moment(s.started_at), 'lastUsed', audit.moment(s.last_seen), 'this', s.token_hash = v_session.token_hash)
      from sec.session s where s.user_id = v_session.user_id and s.revoked_at is null and s.expires_at > now() and s.last_seen > now() - interval '15 minutes'
      order by s.token_hash = v_session.token_hash desc, s.started_at desc, s.token_hash limit 100),
    'logins', array(select jsonb_build_object('at', audit.moment(l.at), 'refused', l.refused) from (
        select e.id, e.at, null as refused from audit.event e where e.actor = any (v_names) and e.action = 'login' and e.at > now() - interval '1 month'
        union all
        select e.id, e.at, coalesce(e.purpose, '') from audit.event e where e.actor = any (v_names) and e.action = 'login.denied' and e.at > now() - interval '1 month') l
      order by l.at desc, l.id limit 200));
end $$;

-- Ends every session of the caller's but the one he asks by; once in the log, also when there is no other.
create function sec.end_other_sessions() returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_session sec.session := sec.ctx_session();
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  update sec.session s set revoked_at = now() where s.user_id = v_session.user_id and s.token_hash <> v_session.token_hash and s.revoked_at is null;
  insert into audit.event (actor, action) values (v_session.user_id, 'logout.others');
end $$;

create function app.list_logins(p_token text) returns jsonb volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return sec.my_logins();
end $$;
grant execute on function sec.my_logins(), sec.end_other_sessions(), app.list_logins(text) to udvej_web;
reset role;
