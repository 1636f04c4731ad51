-- The first floor of the store: who is here, and what they did.
-- The owner owns and never logs in; every table is forced under row-level security (docs/security.md, control 4).
create schema app authorization udvej_owner;
create schema sec authorization udvej_owner;
create schema audit authorization udvej_owner;
create schema stat authorization udvej_owner;
grant usage on schema public to udvej_owner;

set role udvej_owner;
grant usage on schema app, sec, audit, stat to udvej_web, udvej_command, udvej_national;
grant usage on schema sec to udvej_login;
alter default privileges revoke execute on functions from public;

-- The staff directory: who can be named in a case. Holds no case data; visible to everyone signed in (FM-ORG-5).
create table app.staff (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  name text not null,
  authority text not null,
  functions text[] not null,
  disabled_at timestamptz,
  -- Not the operator ended his access, but claims that say nothing of what he had by them: with others he comes as somebody new.
  may_return boolean not null default false
);
-- One of a login at a time; those that it was before stay, for the history (sec.start_session).
create unique index staff_now on app.staff (issuer, subject) where disabled_at is null;
create index staff_login on app.staff (issuer, subject);

create table sec.session (
  token_hash bytea primary key,
  user_id uuid not null references app.staff,
  functions text[] not null,
  authority text not null,
  auth_time timestamptz not null,
  level text not null,
  -- The identity provider's name of its own session, where it gives one: what it says is over, is over here.
  sid text,
  started_at timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '8 hours',
  revoked_at timestamptz
);
create index on sec.session (user_id) where revoked_at is null;

create table audit.event (
  id uuid not null default gen_random_uuid(),
  at timestamptz not null default clock_timestamp(),
  actor uuid,
  action text not null,
  -- As the caller sent it, whether or not such a case exists: no foreign key, so that a miss and a hit cost the same.
  case_ref uuid,
  purpose text
);
create index on audit.event (id);
create index on audit.event (case_ref, at) where case_ref is not null;
create index on audit.event (actor, at);
-- The logins of somebody stand among all that he has read.
create index event_login on audit.event (actor, at) where action = 'login';
-- Who has said that he has no conflict of interest: asked at every opening, and the log of a case grows by every one of them.
create index event_impartial on audit.event (case_ref, actor) where action = 'conflict.none';

-- The live session of this transaction, found by the hash of its token: the database trusts no user id that the program sets (control 5).
-- Functions that every request goes through are written in plpgsql: it keeps their plans, where SQL functions are planned anew each time (measured).
create function sec.ctx_session() returns sec.session stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v sec.session;
begin
  select s.* into v from sec.session s
    where s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
      and s.revoked_at is null and s.expires_at > now() and s.last_seen > now() - interval '15 minutes'
      and not exists (select 1 from app.staff f where f.id = s.user_id and f.disabled_at is not null);
  return v;
end $$;
create function sec.ctx_user() returns uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select s.user_id from sec.session s
    where s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
      and s.revoked_at is null and s.expires_at > now() and s.last_seen > now() - interval '15 minutes'
      and not exists (select 1 from app.staff f where f.id = s.user_id and f.disabled_at is not null));
end $$;

-- One row of the access log, written by the functions below as the owner; the actor is always the session's (control 9).
create function audit.append(p_actor uuid, p_action text, p_case uuid, p_purpose text) returns void
volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into audit.event (actor, action, case_ref, purpose) values (p_actor, p_action, p_case, p_purpose)
$$;

-- What the program itself has to log: requests that show lists, sign-outs, refusals. Actions of cases are logged by the functions that open them.
create function audit.note(p_action text) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_actor uuid := sec.ctx_user();
begin
  if v_actor is null then raise exception 'no session' using errcode = '28000'; end if;
  if p_action !~ '^((cases|tasks|inbox|questions|notifications|matches|approvals|emergencies|overview|untaken|unnamed|publications|guidance|practice)\.listed|figures\.drawn)$' then
    raise exception 'reserved action' using errcode = '22023';
  end if;
  insert into audit.event (actor, action) values (v_actor, p_action);
end $$;

-- Called by functions of the owner only, and with their rights, as the next. No session of the person's is good any more, so that none of his memberships counts
-- from this moment on. They stand until they are handed over, and whoever is to do that is told. The row in the log stands among all that he did.
create function sec.end_access(p_user uuid) returns boolean volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update app.staff set disabled_at = now() where id = p_user and disabled_at is null;
  if not found then return false; end if;
  update sec.session set revoked_at = now() where user_id = p_user and revoked_at is null;
  delete from app.unit_roster where user_id = p_user;
  insert into audit.event (actor, action) values (p_user, 'access.ended');
  return true;
end $$;
-- Whether two of the staff directory are one login: who has come to another authority, or lost a function, is somebody new in the directory and the same person
-- where it takes two, and where somebody is shut out.
create function sec.same_person(p_one uuid, p_other uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select p_one = p_other or exists (select from app.staff a join app.staff b on b.issuer = a.issuer and b.subject = a.subject where a.id = p_one and b.id = p_other)
$$;

-- Only the login's own connection can start a session (control 5). The claims are those of the identity provider; staff follow them, and so do the
-- person's other sessions, which end when they say something else. Whose authority is another, or who has lost a function, comes as somebody new, as who
-- has left and comes back: nothing that was given to him by it is his any more, and it waits to be handed over (sec.end_access).
create function sec.start_session(p_token_hash bytea, p_issuer text, p_subject text, p_name text, p_authority text, p_functions text[], p_auth_time timestamptz, p_level text, p_sid text)
returns uuid volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_known app.staff;
  v_user uuid;
begin
  -- Two logins of one person are judged one after the other.
  perform 1 from app.staff s where s.issuer = p_issuer and s.subject = p_subject for no key update;
  select s.* into v_known from app.staff s where s.issuer = p_issuer and s.subject = p_subject order by s.disabled_at desc nulls first limit 1;
  if v_known.disabled_at is not null and not v_known.may_return then
    insert into audit.event (actor, action, purpose) values (v_known.id, 'login.denied', 'ended');
    return null;
  end if;
  if v_known.disabled_at is null and v_known.authority = p_authority and v_known.functions <@ p_functions then
    v_user := v_known.id;
    update app.staff s set name = p_name, functions = p_functions where s.id = v_user;
    update sec.session s set revoked_at = now()
    where s.user_id = v_user and s.revoked_at is null and not (s.authority = p_authority and s.functions @> p_functions and s.functions <@ p_functions);
  else
    perform sec.end_access(v_known.id);
    insert into app.staff (id, issuer, subject, name, authority, functions)
    values (gen_random_uuid(), p_issuer, p_subject, p_name, p_authority, p_functions)
    on conflict (issuer, subject) where disabled_at is null do nothing returning id into v_user;
    -- His very first login, twice at once: the other was here sooner.
    if v_user is null then v_user := (select s.id from app.staff s where s.issuer = p_issuer and s.subject = p_subject and s.disabled_at is null); end if;
    -- What he is shut out of he stays shut out of.
    insert into app.block (case_id, user_id) select b.case_id, v_user from app.block b where b.user_id = v_known.id on conflict do nothing;
  end if;
  insert into sec.session (token_hash, user_id, functions, authority, auth_time, level, sid)
  values (p_token_hash, v_user, p_functions, p_authority, p_auth_time, p_level, p_sid);
  insert into audit.event (actor, action) values (v_user, 'login');
  return v_user;
end $$;

-- A login that was refused after the identity provider had said who it is: once in the log, with the reason in one word (controls 10, 28). Where it also said what he is
-- now, and that is less than he was or elsewhere, he has nothing by it any more, as where the login is let in (sec.start_session); also when nothing is left.
create function sec.deny_login(p_issuer text, p_subject text, p_reason text, p_authority text default null, p_functions text[] default null) returns void
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_known app.staff;
begin
  perform 1 from app.staff s where s.issuer = p_issuer and s.subject = p_subject for no key update;
  select s.* into v_known from app.staff s where s.issuer = p_issuer and s.subject = p_subject order by s.disabled_at desc nulls first limit 1;
  insert into audit.event (actor, action, purpose) values (v_known.id, 'login.denied', p_reason);
  -- Null: it said nothing of that.
  if (v_known.authority = p_authority and v_known.functions <@ p_functions) is false and sec.end_access(v_known.id) then
    update app.staff set may_return = true where id = v_known.id;
  end if;
end $$;

create function sec.end_session() returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_session sec.session := sec.ctx_session();
begin
  if v_session.user_id is null then return; end if;
  update sec.session set revoked_at = now() where token_hash = v_session.token_hash;
  insert into audit.event (actor, action) values (v_session.user_id, 'logout');
end $$;

-- Renews the idle limit; the program calls it at most once a minute, and never for a program's reading or for drafts.
create function sec.touch_session() returns void volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  update sec.session set last_seen = now()
  where token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
    and revoked_at is null and expires_at > now() and last_seen > now() - interval '15 minutes' and last_seen < now() - interval '1 minute'
$$;

-- Who the caller is, for the page's head; nothing for a session that is gone. app.who_is in one round trip.
create function sec.whoami() returns table (user_id uuid, name text, authority text, functions text[], auth_time timestamptz, last_seen timestamptz)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return query select s.user_id, f.name, s.authority, s.functions, s.auth_time, s.last_seen
    from sec.ctx_session() s join app.staff f on f.id = s.user_id where f.disabled_at is null;
end $$;

create function app.who_is(p_token text) returns table (user_id uuid, name text, authority text, functions text[], auth_time timestamptz, last_seen timestamptz)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return query select * from sec.whoami();
end $$;

-- Colleagues to choose among, each with what the same login was here before, and the names behind the actors of events. Everyone signed in may look.
create function app.colleagues() returns table (id uuid, name text, authority text, functions text[], formerly uuid[])
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select f.id, f.name, f.authority, f.functions, array(select o.id from app.staff o where o.issuer = f.issuer and o.subject = f.subject and o.id <> f.id)
  from app.staff f where f.disabled_at is null and sec.ctx_user() is not null
$$;
create function app.colleagues_named(p_ids uuid[]) returns table (id uuid, name text, authority text, functions text[])
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select f.id, f.name, f.authority, f.functions from app.staff f where f.id = any (p_ids) and sec.ctx_user() is not null
$$;

do $$
declare t text;
begin
  foreach t in array array['app.staff', 'sec.session', 'audit.event'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;

grant execute on function sec.start_session(bytea, text, text, text, text, text[], timestamptz, text, text), sec.deny_login(text, text, text, text, text[]) to udvej_login;
grant execute on function sec.ctx_user(), sec.end_session(), sec.touch_session(), sec.whoami(), app.who_is(text) to udvej_web;
grant execute on function sec.ctx_user() to udvej_command, udvej_national;
grant execute on function audit.note(text) to udvej_web, udvej_command, udvej_national;
grant execute on function app.colleagues(), app.colleagues_named(uuid[]) to udvej_web, udvej_command, udvej_national;
reset role;
