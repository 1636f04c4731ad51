-- Acts that a session alone is not enough for: whoever does them has proved who he is within the last minutes, at a level that suffices (control 18).
set role udvej_owner;

-- Seconds a proof counts; the least level, 2 substantial and 3 high (NSIS); step-ups a person may begin in a quarter of an hour.
insert into sec.setting values ('step_up_seconds', 300), ('step_up_level', 2), ('step_ups', 5);

create function sec.level_rank(p_level text) returns int immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select case p_level when 'high' then 3 when 'substantial' then 2 else 0 end
$$;

-- Whether the session of this transaction has proved itself lately and well enough, by the database's clock.
create function sec.stepped_up() returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v sec.session := sec.ctx_session();
begin
  return coalesce(
    v.auth_time > now() - make_interval(secs => sec.setting_of('step_up_seconds'))
      and sec.level_rank(v.level) >= sec.setting_of('step_up_level'), false);
end $$;

-- Called first by every function that does such an act, before anything is looked for: whether it is refused depends on the session alone.
create function sec.need_step_up() returns void stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if sec.ctx_user() is null then raise exception 'no session' using errcode = '28000'; end if;
  if not sec.stepped_up() then raise exception 'step up' using errcode = 'UV401'; end if;
end $$;

-- Once in the log for every such refusal (control 10); the case as it was sent, whether or not there is one.
create function sec.deny_step_up(p_case uuid, p_purpose text) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  insert into audit.event (actor, action, case_ref, purpose) values (v_user, 'step-up.denied', p_case, p_purpose);
end $$;

-- Somebody goes to prove himself anew: counted, so that nobody is wearied into saying yes, and in the log. Gives where he logs in and at which level.
create function sec.begin_step_up() returns table (issuer text, level text) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  -- Two at once are counted one after the other.
  perform pg_advisory_xact_lock(hashtextextended(v_user::text, 18));
  if (select count(*) from audit.event e where e.actor = v_user and e.action = 'step-up.begun' and e.at > clock_timestamp() - interval '15 minutes')
     >= sec.setting_of('step_ups') then raise exception 'too many step-ups' using errcode = 'UV429'; end if;
  insert into audit.event (actor, action) values (v_user, 'step-up.begun');
  return query select f.issuer, case sec.setting_of('step_up_level') when 3 then 'high' else 'substantial' end
    from app.staff f where f.id = v_user;
end $$;

-- A session in the place of another: the same person has proved himself anew. Somebody else in his place is refused, and the old session stays.
create function sec.renew_session(
  p_before bytea, p_token_hash bytea, p_issuer text, p_subject text, p_name text, p_authority text, p_functions text[], p_auth_time timestamptz, p_level text, p_sid text
) returns text volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_before uuid := (select s.user_id from sec.session s where s.token_hash = p_before);
begin
  if v_before is distinct from (select f.id from app.staff f where f.issuer = p_issuer and f.subject = p_subject and f.disabled_at is null) or v_before is null then
    perform sec.deny_login(p_issuer, p_subject, 'another');
    return 'another';
  end if;
  if sec.start_session(p_token_hash, p_issuer, p_subject, p_name, p_authority, p_functions, p_auth_time, p_level, p_sid) is null then return 'ended'; end if;
  update sec.session set revoked_at = now() where token_hash = p_before and revoked_at is null;
  return 'started';
end $$;

-- The names of the contact point's questions are shown, and searched, by somebody who is there; a member's own names need no more than his session.
create function sec.need_step_up_at_desk() returns void stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if sec.is_contact_point() then perform sec.need_step_up(); end if;
end $$;

-- What an identity provider has told is over (OpenID Connect Back-Channel Logout 1.0): each token once, kept as long as one is taken.
create table sec.told_logout (token_hash bytea primary key, at timestamptz not null default now());
create index on sec.told_logout (at);
alter table sec.told_logout enable row level security;
alter table sec.told_logout force row level security;
create policy owner_all on sec.told_logout to udvej_owner using (true) with check (true);

-- Ends the sessions of a person, or those of one login of his there; a session whose login has no name ends with any of them. False when it was told before.
create function sec.end_told(p_token_hash bytea, p_issuer text, p_subject text, p_sid text) returns boolean
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from sec.told_logout where at < now() - interval '15 minutes';
  insert into sec.told_logout (token_hash) values (p_token_hash) on conflict do nothing;
  if not found then return false; end if;
  with ended as (
    update sec.session s set revoked_at = now() from app.staff f
    where f.id = s.user_id and f.issuer = p_issuer and s.revoked_at is null and (p_subject is null or f.subject = p_subject)
      and (p_sid is null or s.sid = p_sid or (s.sid is null and p_subject is not null))
    returning s.user_id)
  insert into audit.event (actor, action) select distinct e.user_id, 'logout.backchannel' from ended e;
  return true;
end $$;

grant execute on function sec.end_told(bytea, text, text, text) to udvej_login;
grant execute on function sec.stepped_up(), sec.deny_step_up(uuid, text), sec.begin_step_up() to udvej_web;
grant execute on function sec.renew_session(bytea, bytea, text, text, text, text, text[], timestamptz, text, text) to udvej_login;
reset role;
