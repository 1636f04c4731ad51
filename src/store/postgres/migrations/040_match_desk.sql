-- A colleague answers whether the names of a match are shown while the match can still be settled in its time (FM-INT-3, control 17).
set role udvej_owner;

-- As in 013; but the question and what was allowed last until the day the match is due is over, and a day where it is over already.
create or replace function sec.ask_match_names(p_match uuid) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
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
  update app.approval a set until = least(a.until, greatest((v_due + 1)::timestamp at time zone 'Europe/Copenhagen' - interval '1 second', now() + interval '1 day'))
  where a.id = v_asked;
  insert into audit.event (actor, action, purpose) values (v_session.user_id, 'approval.asked', p_match::text);
  return true;
end $$;
reset role;
