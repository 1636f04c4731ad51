-- The auditor's desk (FM-CNF-5; control 17): what waits for him, one finding, his judgement, the log of one person. He sees numbers of cases at most, and
-- what he reads is itself in the log.
set role udvej_owner;

-- The auditor, or nobody.
create function sec.auditor() returns uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_session sec.session := sec.ctx_session();
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  return case when 'auditor' = any (v_session.functions) then v_session.user_id end;
end $$;
-- A colleague as the auditor's pages name him; also one who has left.
create function audit.person(p_id uuid) returns json stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select json_build_object('id', p_id, 'name', f.name, 'authority', f.authority, 'functions', f.functions, 'left', f.disabled_at is not null) from app.staff f where f.id = p_id
$$;
create function audit.seriousness(p_kind text) returns int immutable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select array_position(array['break-glass', 'unexpected', 'denials', 'ended', 'unrelated', 'night', 'sample'], p_kind)
$$;

-- What waits for him, most serious first, then by what is due; the newest draw; what he judged last. One row in the log. Null: not the auditor.
create function sec.review_desk() returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.auditor();
begin
  if v_user is null then return null; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'log.read', 'review');
  return json_build_object('now', audit.moment(clock_timestamp()),
    'open', (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'person', audit.person(r.person), 'at', audit.moment(r.at), 'due', audit.moment(r.due), 'week', r.week,
        'rows', cardinality(r.events), 'number', (select c.number from app.exit_case c where c.id = r.case_ref),
        'asked', exists (select from audit.judgement j where j.review_id = r.id)) order by audit.seriousness(r.kind), r.due, r.id), '[]')
      from (select * from audit.review o where o.closed_at is null order by audit.seriousness(o.kind), o.due, o.id limit 300) r),
    'alarms', audit.open_alarms(sec.ctx_session()), 'closedAlarms', audit.closed_alarms(sec.ctx_session()),
    'draw', (select json_build_object('week', d.week, 'openings', d.openings, 'drawn', d.drawn,
        'left', (select count(*) from audit.review r where r.week = d.week and r.closed_at is null)) from audit.draw d order by d.week desc limit 1),
    'judged', (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'person', audit.person(r.person), 'outcome', j.outcome, 'at', audit.moment(j.at)) order by j.at desc, j.id), '[]')
      from (select * from audit.judgement l order by l.at desc, l.id limit 15) j join audit.review r on r.id = j.review_id));
end $$;

-- One finding with the rows of the log behind it and every judgement of it. Null: no such finding, or not the auditor.
create function sec.review_item(p_review uuid) returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.auditor();
  v audit.review;
begin
  if v_user is null then return null; end if;
  select * into v from audit.review r where r.id = p_review;
  if not found then return null; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'log.read', 'finding ' || p_review);
  return json_build_object('now', audit.moment(clock_timestamp()), 'id', v.id, 'kind', v.kind, 'person', audit.person(v.person), 'at', audit.moment(v.at), 'found', audit.moment(v.found_at), 'due', audit.moment(v.due), 'closed', audit.moment(v.closed_at), 'lapsed', v.lapsed,
    'rows', (select coalesce(json_agg(json_build_object('at', audit.moment(e.at), 'action', e.action, 'purpose', e.purpose, 'number', c.number, 'ref', e.case_ref) order by e.at), '[]')
      from unnest(v.events) as one join audit.event e on e.id = one left join app.exit_case c on c.id = e.case_ref),
    'judgements', (select coalesce(json_agg(json_build_object('at', audit.moment(j.at), 'by', (select f.name from app.staff f where f.id = j.actor), 'outcome', j.outcome, 'words', j.words) order by j.at), '[]')
      from audit.judgement j where j.review_id = v.id));
end $$;

-- The judgement, and its row in the log. What is asked of the person's leader still waits; the two others close. Another may be added later.
-- False: no such finding, not the auditor, or about himself (control 17).
create function sec.judge(p_review uuid, p_outcome text, p_words text) returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.auditor();
begin
  if v_user is null then return false; end if;
  perform 1 from audit.review r where r.id = p_review and not sec.same_person(r.person, v_user) for update;
  if not found then return false; end if;
  insert into audit.judgement (review_id, actor, outcome, words) values (p_review, v_user, p_outcome, p_words);
  update audit.review r set closed_at = coalesce(r.closed_at, clock_timestamp()) where r.id = p_review and p_outcome <> 'asked';
  insert into audit.event (actor, action, purpose) values (v_user, 'review.judged', p_outcome);
  return true;
end $$;

create function sec.find_person(p_text text) returns table (id uuid, name text, authority text, functions text[]) stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select f.id, f.name, f.authority, f.functions from app.staff f
  where (select sec.auditor()) is not null and length(p_text) > 1 and position(lower(p_text) in lower(f.name)) > 0 order by f.name, f.id limit 30
$$;

-- The log of one person in a span of days, both included and the last thirty unless said: what he looked at and where he was refused, newest first. Null: no such person, or not the auditor.
create function sec.person_log(p_person uuid, p_first date, p_last date) returns json volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.auditor();
  v_person json := audit.person(p_person);
  v_last date := coalesce(p_last, audit.day_of(now()));
  v_first date := coalesce(p_first, v_last - 29);
begin
  if v_user is null or v_person is null then return null; end if;
  insert into audit.event (actor, action, purpose) values (v_user, 'log.read', 'person ' || p_person);
  return json_build_object('person', v_person, 'first', v_first, 'last', v_last,
    'rows', (select coalesce(json_agg(json_build_object('at', audit.moment(e.at), 'action', e.action, 'look', audit.is_look(e.action), 'purpose', e.purpose, 'number', c.number, 'ref', e.case_ref) order by e.at desc), '[]')
      from (select * from audit.event l where l.actor = p_person and l.at >= audit.start_of(v_first) and l.at < audit.start_of(v_last + 1)
        and l.action not like '%.listed' and l.action not in ('login', 'logout', 'figures.drawn') order by l.at desc limit 1000) e
      left join app.exit_case c on c.id = e.case_ref));
end $$;
grant execute on function sec.review_desk(), sec.review_item(uuid), sec.judge(uuid, text, text), sec.find_person(text), sec.person_log(uuid, date, date) to udvej_web;
reset role;
