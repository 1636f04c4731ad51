-- Four eyes, once for all that needs them (control 17): somebody asks, another answers, and what was allowed can be done once. Whoever asked never
-- answers, whatever he is beside it; one refusal is a refusal.
set role udvej_owner;

create table sec.approval_kind (
  kind text primary key,
  votes int not null,
  -- Each yes from an authority of its own.
  apart boolean not null,
  lasts interval not null
);
insert into sec.approval_kind values
  ('held-number', 1, false, '30 days'),
  ('match-names', 1, false, '7 days'),
  ('case-bundle', 1, true, '7 days'),
  ('card-by-number', 1, false, '1 hour'),
  ('close-alarm', 1, false, '30 days'),
  ('shredding', 2, true, '60 days');

create table app.approval (
  id uuid primary key default gen_random_uuid(),
  kind text not null references sec.approval_kind,
  -- What it is about: a match, a case, a number that waits. Never shown.
  subject uuid not null,
  -- What those who answer may read about it: structure only.
  line text not null,
  -- The system itself where nobody asked.
  requester uuid not null default '00000000-0000-0000-0000-000000000000',
  authority text not null default '',
  asked_at timestamptz not null default now(),
  until timestamptz not null,
  decided_at timestamptz,
  given boolean,
  used_at timestamptz,
  unique (id, requester)
);
create index approval_open on app.approval (kind, until) where decided_at is null;
create index on app.approval (requester, asked_at);
create index on app.approval (subject);

create table app.approval_vote (
  approval_id uuid not null,
  requester uuid not null,
  voter uuid not null,
  authority text not null,
  -- As the contact point, not for a seat of the unit.
  desk boolean not null default false,
  yes boolean not null,
  at timestamptz not null default now(),
  primary key (approval_id, voter),
  foreign key (approval_id, requester) references app.approval (id, requester),
  -- Control 17, also if all else were wrong.
  check (voter <> requester)
);

do $$
declare t text;
begin
  foreach t in array array['sec.approval_kind', 'app.approval', 'app.approval_vote'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
end $$;

-- The next two are called by functions of the owner only, and with their rights.
-- One that is open, or allowed and not used yet, is not asked a second time.
create function sec.ask_approval(p_kind text, p_subject uuid, p_line text, p_session sec.session) returns uuid
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_id uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended(p_kind || p_subject || coalesce(p_session.user_id::text, ''), 0));
  select a.id into v_id from app.approval a
  where a.subject = p_subject and a.kind = p_kind and a.requester = coalesce(p_session.user_id, '00000000-0000-0000-0000-000000000000')
    and a.until > now() and a.used_at is null and a.given is not false;
  if found then return v_id; end if;
  insert into app.approval (kind, subject, line, requester, authority, until)
  select k.kind, p_subject, p_line, coalesce(p_session.user_id, '00000000-0000-0000-0000-000000000000'), coalesce(p_session.authority, ''), now() + k.lasts
  from sec.approval_kind k where k.kind = p_kind
  returning id into v_id;
  return v_id;
end $$;

-- True once: for who asked, while it lasts.
create function sec.use_approval(p_kind text, p_subject uuid, p_requester uuid) returns boolean
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update app.approval a set used_at = now()
  where a.id = (select b.id from app.approval b where b.subject = p_subject and b.kind = p_kind and b.requester = p_requester and b.given and b.used_at is null and b.until > now()
    order by b.asked_at limit 1 for update)
    and a.used_at is null;
  return found;
end $$;

-- Who may open a safety card in an emergency, and so answer whether another may by a CPR number (FM-CNF-10).
create function sec.may_in_emergency(p_functions text[]) returns boolean immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select p_functions && array['police_exit', 'custody_exit', 'probation_exit', 'municipal_exit', 'contact_point']
$$;

-- Who answers, by kind: somebody who may know of what is asked already, never who asked, and nobody twice, whatever he was when he did.
create function sec.may_vote(p_approval app.approval, p_session sec.session) returns boolean stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_session.user_id is null or sec.same_person(p_session.user_id, p_approval.requester)
    or exists (select from app.approval_vote v where v.approval_id = p_approval.id and sec.same_person(v.voter, p_session.user_id)) then return false; end if;
  case p_approval.kind
    when 'held-number' then
      return p_session.authority = p_approval.authority
        and p_session.functions && array['police_exit', 'municipal_exit', 'probation_exit', 'custody_exit', 'contact_point', 'measure_owner'];
    when 'match-names' then
      return 'contact_point' = any (p_session.functions)
        and not exists (select from match.hit h join app.block b on b.case_id = any (h.cases) where h.id = p_approval.subject and b.user_id = p_session.user_id);
    when 'case-bundle' then
      return sec.sits_in(p_approval.subject, p_session.user_id);
    when 'card-by-number' then
      -- Where an authority has but one, police answers for it.
      return p_session.authority = p_approval.authority and sec.may_in_emergency(p_session.functions)
        or p_approval.authority not like 'police:%' and 'police_exit' = any (p_session.functions);
    when 'close-alarm' then
      return p_session.functions && array['auditor', 'admin'] and not audit.is_about(p_approval.subject, p_session);
    when 'shredding' then
      -- In the prisons one authority is the whole unit: the other yes is the contact point's.
      return (sec.seated(p_approval.subject, p_session)
          or 'contact_point' = any (p_session.functions) and exists (select from app.exit_case c where c.id = p_approval.subject and c.unit = 'dfk'))
        and not exists (select from app.block b where b.user_id = p_session.user_id and b.case_id = p_approval.subject);
    else return false;
  end case;
end $$;

-- Somebody has said no to the names of a match; to whom, no matter.
create function sec.names_refused(p_match uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.approval a where a.subject = p_match and a.kind = 'match-names' and a.given is false)
$$;
-- What is read of what is asked. One refusal is a refusal: who is asked next about the names of a match reads of it, and so does who asks.
create function sec.line_read(p_approval app.approval, p_user uuid) returns text stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_approval.kind <> 'match-names' or not sec.names_refused(p_approval.subject) then return p_approval.line; end if;
  return p_approval.line || case
    when exists (select from app.approval a join app.approval_vote v on v.approval_id = a.id where a.subject = p_approval.subject and a.kind = 'match-names' and v.voter = p_user and not v.yes) then ', du har sagt nej før'
    else ', en kollega har sagt nej' end;
end $$;

-- What waits for the caller's answer, and what he asked himself and has not used.
-- `soon`: it lapses within a day, so that a list can say by what hour.
create function sec.my_approvals() returns table (id uuid, kind text, line text, asked_by text, asked_at timestamptz, until timestamptz, mine boolean, given boolean, soon boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  -- A yes lasts by the real clock; it is told of by the program's.
  v_behind interval := now() - sec.desk_clock();
begin
  if v_session.user_id is null then return; end if;
  return query
    select a.id, a.kind, sec.line_read(a, v_session.user_id), coalesce(s.name, ''), a.asked_at - v_behind, a.until - v_behind, a.requester = v_session.user_id, a.given, a.until < now() + interval '1 day'
    from app.approval a left join app.staff s on s.id = a.requester
    where a.until > now() and a.used_at is null
      and (a.requester = v_session.user_id and a.kind <> 'held-number'
        or a.decided_at is null and sec.may_vote(a, v_session))
    order by a.until, a.asked_at, a.id limit 100;
end $$;

-- One answer a person, who has just proved who he is (control 18); the row is locked, so that parallel answers are counted one after another. Null: not there, or not for the caller.
create function sec.vote(p_id uuid, p_yes boolean) returns text volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_approval app.approval;
  v_kind sec.approval_kind;
  v_desk boolean;
  v_yes int;
begin
  perform sec.need_step_up();
  select * into v_approval from app.approval a where a.id = p_id and a.decided_at is null and a.until > now() for update;
  if not found or not sec.may_vote(v_approval, v_session) then
    insert into audit.event (actor, action, purpose) values (v_session.user_id, 'approval.denied', p_id::text);
    return null;
  end if;
  select * into v_kind from sec.approval_kind k where k.kind = v_approval.kind;
  -- The contact point's yes is one, whichever of its authorities gives it: the other is a seat's of the unit.
  v_desk := v_approval.kind = 'shredding' and not sec.seated(v_approval.subject, v_session);
  if p_yes and v_kind.apart and exists (select from app.approval_vote v where v.approval_id = p_id and (v.authority = v_session.authority or v.desk and v_desk))
     or p_yes and v_kind.apart and v_approval.authority = v_session.authority then
    insert into audit.event (actor, action, purpose) values (v_session.user_id, 'approval.denied', p_id::text);
    return 'same-authority';
  end if;
  insert into app.approval_vote (approval_id, requester, voter, authority, desk, yes) values (p_id, v_approval.requester, v_session.user_id, v_session.authority, v_desk, p_yes);
  insert into audit.event (actor, action, purpose) values (v_session.user_id, case when p_yes then 'approval.given' else 'approval.refused' end, p_id::text);
  select count(*) into v_yes from app.approval_vote v where v.approval_id = p_id and v.yes;
  if not p_yes then update app.approval a set decided_at = now(), given = false where a.id = p_id;
  elsif v_yes >= v_kind.votes then update app.approval a set decided_at = now(), given = true where a.id = p_id;
  else return 'counted';
  end if;
  return case when p_yes then 'given' else 'refused' end;
end $$;
grant execute on function sec.my_approvals(), sec.vote(uuid, boolean) to udvej_web;

create function app.list_approvals(p_token text)
returns table (id uuid, kind text, line text, asked_by text, asked_at timestamptz, until timestamptz, mine boolean, given boolean, soon boolean)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('approvals.listed');
  return query select * from sec.my_approvals();
end $$;
grant execute on function app.list_approvals(text) to udvej_web;
reset role;
