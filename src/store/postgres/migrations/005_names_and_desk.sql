-- Names are shown on request, for the visible page only, and each showing is a row in the log; the desk of the contact point sees structure.
set role udvej_owner;

create table sec.named (user_id uuid not null, at timestamptz not null default now(), cases int not null);
create index on sec.named (user_id, at);
alter table sec.named enable row level security;
alter table sec.named force row level security;
create policy owner_all on sec.named to udvej_owner using (true) with check (true);

-- For functions of the owner: that a person is shown so many names, asked for or found; UV429 beyond his hour's.
create function sec.count_names(p_user uuid, p_names int) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform sec.take_turn(p_user);
  if coalesce((select sum(d.cases) from sec.named d where d.user_id = p_user and d.at > now() - interval '1 hour'), 0) + p_names
     > sec.setting_of('names_per_hour') then raise exception 'too many names' using errcode = 'UV429'; end if;
  insert into sec.named (user_id, cases) values (p_user, p_names);
end $$;

-- Identity ciphertext of at most 25 of the caller's own cases, one audit row each, one ticket for all. A case that is not his adds nothing.
create function sec.names(p_cases uuid[]) returns table (payload text, mac bytea, case_id uuid, version int, type text, n int, scope_id uuid, ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_scopes uuid[];
  v_event uuid := gen_random_uuid();
  v record;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  perform sec.need_step_up_at_desk();
  if cardinality(p_cases) > 25 then raise exception 'too many names' using errcode = '22023'; end if;
  select array_agg(s.id) into v_scopes from app.scope s join app.scope_member m on m.scope_id = s.id
  where s.kind = 'identity' and s.case_id = any (p_cases) and m.user_id = v_session.user_id and m.valid_to is null and (m.until > now() or m.until > (select sec.clock()))
    and s.case_id = any (array(select sec.my_cases()));
  if v_scopes is null then return; end if;
  perform sec.count_names(v_session.user_id, cardinality(v_scopes));
  insert into audit.event (id, actor, action, case_ref)
  select case when row_number() over () = 1 then v_event else gen_random_uuid() end, v_session.user_id, 'case.named', s.case_id from app.scope s where s.id = any (v_scopes);
  select * into v from sec.ticket('00000000-0000-0000-0000-000000000000', v_scopes, v_event);
  return query select v.payload, v.mac, b.case_id, b.version, e.type, b.n::int, b.scope_id, b.body_ct
  from app.case_body b join app.case_event e on e.case_id = b.case_id and e.version = b.version
  where b.scope_id = any (v_scopes) and b.case_id = any (p_cases) order by b.case_id, b.version;
end $$;

-- Search in one's own cases: the identities of all of them for the program to look through; one row in the log, and one per case it then shows,
-- which counts as a name shown.
create function sec.search_own() returns table (payload text, mac bytea, case_id uuid, number text, label text, version int, type text, n int, scope_id uuid, ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_scopes uuid[];
  v_event uuid := gen_random_uuid();
  v record;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  perform sec.need_step_up_at_desk();
  insert into audit.event (id, actor, action) values (v_event, v_session.user_id, 'search.own');
  select array_agg(s.id) into v_scopes from sec.my_cases() as c (id) join app.scope s on s.case_id = c.id and s.kind = 'identity'
    join app.scope_member m on m.scope_id = s.id and m.user_id = v_session.user_id and m.valid_to is null and (m.until > now() or m.until > (select sec.clock()));
  if v_scopes is null then return; end if;
  select * into v from sec.ticket('00000000-0000-0000-0000-000000000000', v_scopes, v_event);
  return query select v.payload, v.mac, b.case_id, c.number, c.label, b.version, e.type, b.n::int, b.scope_id, b.body_ct
  from app.scope s join app.case_body b on b.case_id = s.case_id and b.scope_id = s.id
    join app.case_event e on e.case_id = b.case_id and e.version = b.version join app.exit_case c on c.id = s.case_id
  where s.id = any (v_scopes) order by b.case_id, b.version;
end $$;
create function sec.shown(p_cases uuid[]) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_shown uuid[] := array(select distinct c from unnest(p_cases) as c where c = any (array(select sec.my_cases())));
begin
  if cardinality(v_shown) = 0 then return; end if;
  perform sec.count_names(v_user, cardinality(v_shown));
  insert into audit.event (actor, action, case_ref) select v_user, 'case.named', c from unnest(v_shown) as c;
end $$;

-- Who looked at a case, for its co-ordinator (FM-CNF-5); reading the log is itself logged.
create function sec.case_log(p_case uuid) returns table (at timestamptz, actor uuid, action text, purpose text)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if not sec.coordinates(p_case) then return; end if;
  insert into audit.event (actor, action, case_ref) values (v_user, 'log.read', p_case);
  return query select e.at, e.actor, e.action, e.purpose from audit.event e where e.case_ref = p_case and e.action not in ('case.denied', 'step-up.denied') order by e.at desc, e.id desc limit 200;
end $$;

-- Somebody says before he first opens a case that he has no conflict of interest in it (FM-DEC-4, control 20). False: not his case, and a row that says so.
create function sec.say_impartial(p_case uuid) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_mine boolean := p_case = any (array(select sec.my_cases()));
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  insert into audit.event (actor, action, case_ref, purpose) values (v_user, case when v_mine then 'conflict.none' else 'case.denied' end, p_case, case when not v_mine then 'conflict' end);
  return v_mine;
end $$;

-- Whether he is asked before what he sends is carried out, in one round trip: a full member of a case that goes on, who has not said so and has done nothing in it
-- but what brings people into a circle, or opened its card from outside (the domain's hasWorked).
create function app.may_be_asked(p_token text, p_case uuid) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_set text := set_config('app.session', p_token, true);
  v_user uuid := sec.ctx_user();
begin
  return exists (select from app.case_member m join app.exit_case c on c.id = m.case_id and c.phase <> 'closed'
      where m.case_id = p_case and m.user_id = v_user and m.valid_to is null and (m.until > now() or m.until > (select sec.clock())) and m.role in ('police', 'municipal', 'probation', 'custody', 'contact'))
    and not exists (select from app.block b where b.case_id = p_case and b.user_id = v_user)
    and not sec.said_impartial(p_case, v_user)
    and not exists (select from app.case_event e where e.case_id = p_case and e.actor = v_user
      and e.type <> all (array['InquiryTaken', 'CoordinationTakenOver', 'MemberAdded', 'WorkHandedOver', 'CardOpened', 'UnitDisputed', 'UnitNamed']));
end $$;

create function sec.is_contact_point() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce((select 'contact_point' = any (s.functions) from sec.ctx_session() s), false)
$$;
-- For the desk alone: to anybody else this would be the list of the cases he is to know nothing of.
create function sec.my_blocks() returns setof uuid stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select b.case_id from app.block b where b.user_id = sec.ctx_user() and sec.is_contact_point()
$$;
create policy desk on app.overview for select to udvej_national using ((select sec.is_contact_point()) and case_id <> all (array(select sec.my_blocks())));
create policy desk on app.notification for select to udvej_national using ((select sec.is_contact_point()) and case_id <> all (array(select sec.my_blocks())));
create policy desk on app.question for select to udvej_national using ((select sec.is_contact_point()) and case_id <> all (array(select sec.my_blocks())));
grant select on app.overview, app.notification, app.question to udvej_national;

grant execute on function sec.names(uuid[]), sec.search_own(), sec.shown(uuid[]), sec.case_log(uuid), sec.say_impartial(uuid), app.may_be_asked(text, uuid) to udvej_web;
grant execute on function sec.is_contact_point(), sec.my_blocks(), sec.ctx_user() to udvej_national;
reset role;
