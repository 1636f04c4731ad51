-- What of matching takes a colleague's yes (013_four_eyes.sql): the numbers beyond the day's (control 15), and the persons behind a match (FM-INT-3).
set role udvej_owner;

-- Numbers beyond the day's: a colleague of who registered is asked, by the worker, so that a registration does the same work whatever its number;
-- he reads who and when, and of whom not a word. What was refused, or nobody answered, is thrown away unopened.
create function match.ask_for_held() returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v record;
  v_session sec.session;
begin
  for v in select i.id, i.user_id, i.at, s.authority from match.inquiry i join app.staff s on s.id = i.user_id where i.held and i.approval is null order by i.at, i.id limit 100 for update of i skip locked loop
    v_session.user_id := v.user_id;
    v_session.authority := v.authority;
    update match.inquiry i set approval = sec.ask_approval('held-number', v.id, 'Henvendelse med CPR-nummer', v_session) where i.id = v.id;
  end loop;
  update match.inquiry i set held = false from app.approval a where a.id = i.approval and i.held and sec.use_approval('held-number', i.id, i.user_id);
  delete from match.inquiry i using app.approval a where a.id = i.approval and i.held and (a.given is false or a.until <= now());
end $$;
grant execute on function match.ask_for_held() to udvej_match;

-- The persons behind a match: asked for by an official, allowed by another, shown once to the first (controls 17, 18). Two rows in the log, as of
-- every name the contact point sees: that two were shown together is not said.
-- The question and what is allowed last until the day the match is due is over, and a day where it is over already (decision 23). The day is by the set clock, a yes lasts by the real one.
create function sec.ask_match_names(p_match uuid) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_line text;
  v_due date;
  v_asked uuid;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  select m.numbers[1] || ' og ' || m.numbers[2], m.due into v_line, v_due from sec.my_matches() m where m.id = p_match;
  if v_line is null then
    insert into audit.event (actor, action, purpose) values (v_session.user_id, 'match.denied', p_match::text);
    return false;
  end if;
  v_asked := sec.ask_approval('match-names', p_match, v_line, v_session);
  update app.approval a set until = least(a.until, greatest((v_due + 1)::timestamp at time zone 'Europe/Copenhagen' - interval '1 second' + (now() - sec.desk_clock()), now() + interval '1 day'))
  where a.id = v_asked;
  insert into audit.event (actor, action, purpose) values (v_session.user_id, 'approval.asked', p_match::text);
  return true;
end $$;

create function sec.match_names(p_match uuid) returns table (payload text, mac bytea, case_id uuid, number text, version int, type text, n int, scope_id uuid, ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_session sec.session := sec.ctx_session();
  v_cases uuid[];
  v_scopes uuid[];
  v_event uuid := gen_random_uuid();
  v record;
begin
  perform sec.need_step_up();
  select h.cases into v_cases from match.hit h where h.id = p_match and h.id in (select m.id from sec.my_matches() m);
  if v_cases is null or not sec.use_approval('match-names', p_match, v_session.user_id) then
    insert into audit.event (actor, action, purpose) values (v_session.user_id, 'match.denied', p_match::text);
    return;
  end if;
  select array_agg(s.id) into v_scopes from app.scope s where s.kind = 'identity' and s.case_id = any (v_cases);
  insert into audit.event (id, actor, action, case_ref)
  select case when row_number() over () = 1 then v_event else gen_random_uuid() end, v_session.user_id, 'case.named', c from unnest(v_cases) as c;
  select * into v from sec.ticket('00000000-0000-0000-0000-000000000000', v_scopes, v_event);
  return query select v.payload, v.mac, b.case_id, c.number, b.version, e.type, b.n::int, b.scope_id, b.body_ct
  from app.case_body b join app.case_event e on e.case_id = b.case_id and e.version = b.version join app.exit_case c on c.id = b.case_id
  where b.scope_id = any (v_scopes) and b.case_id = any (v_cases) order by b.case_id, b.version;
end $$;
grant execute on function sec.ask_match_names(uuid), sec.match_names(uuid) to udvej_web;
reset role;
