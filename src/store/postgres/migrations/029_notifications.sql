-- What the contact point is told is read and acknowledged, and the unit sees what was sent and when it was read (FM-NOT-1, docs/decisions/0021).
set role udvej_owner;

alter table app.notification
  add column acknowledged_by uuid references app.staff,
  -- Of a correction: the event whose notification does not hold any more.
  add column corrects int,
  -- Of a correction: whether it was an authority's own accession that was wrong. Which measures it has is not for police (FM-CNF-4).
  add column of_an_authority boolean not null default false,
  add check (acknowledged_by is null or acknowledged_at is not null),
  add check (corrects is null or kind = 'corrected');
-- What was read last stands first, what waits longest first. With the columns that a list chooses by, so that counting reads no row.
create index notification_read on app.notification (acknowledged_at desc, id) include (unit, kind, case_id) where acknowledged_at is not null;
create index notification_waiting on app.notification (at, version, id) include (unit, kind, case_id) where acknowledged_at is null;
drop index app.notification_at_idx, app.notification_at_idx1;

-- For the desk alone, a page of it in one round trip: what nobody has acknowledged yet, oldest first, and after it, where all are asked for, what was read, the latest first. How many there
-- are (of what was read a hundred pages: a list that goes back for ever is read to its end by every count), and unit for unit how many wait since when. A page beyond the last is the last. `p_kinds`: null for every kind, openings in an emergency among them. Moments are milliseconds since 1970.
create function app.list_notifications(p_token text, p_all boolean, p_unit text, p_kinds text[], p_limit int, p_page int) returns jsonb
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_waiting int;
  v_read int := 0;
  v_page int;
  v_from int;
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('notifications.listed');
  perform set_config('role', 'udvej_national', true);
  select count(*) into v_waiting from app.notification n where n.acknowledged_at is null and (p_unit is null or n.unit = p_unit) and (p_kinds is null or n.kind = any (p_kinds));
  if p_all then
    select count(*) into v_read from (
      select from app.notification n where n.acknowledged_at is not null and (p_unit is null or n.unit = p_unit) and (p_kinds is null or n.kind = any (p_kinds)) limit p_limit * 100) r;
  end if;
  v_page := least(greatest(p_page, 1), greatest(ceil((v_waiting + v_read)::numeric / p_limit)::int, 1));
  v_from := (v_page - 1) * p_limit;
  return jsonb_build_object('waiting', v_waiting, 'total', v_waiting + v_read, 'page', v_page,
    -- Which they are is read from the index alone; only of those on the page is more read.
    'rows', (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'caseId', r.case_id, 'kind', r.kind, 'number', r.number, 'unit', r.unit, 'at', (date_part('epoch', r.at) * 1000)::bigint,
        'acknowledgedAt', (date_part('epoch', r.acknowledged_at) * 1000)::bigint, 'acknowledgedBy', r.acknowledged_by, 'endedAsDouble', sec.ended_as_double(r.case_id),
        'corrects', (select jsonb_build_object('kind', c.kind, 'at', (date_part('epoch', c.at) * 1000)::bigint) from app.notification c where c.case_id = r.case_id and c.version = r.corrects and c.kind <> 'card-opened'),
        'correctedAt', (select (date_part('epoch', max(c.at)) * 1000)::bigint from app.notification c where c.case_id = r.case_id and c.corrects = r.version and r.kind <> 'card-opened')) order by r.place), '[]')
      from (
        (select n.*, w.place from (
          select w.id, row_number() over (order by w.at, w.version, w.id) as place from (
            select n.id, n.at, n.version from app.notification n where n.acknowledged_at is null and (p_unit is null or n.unit = p_unit) and (p_kinds is null or n.kind = any (p_kinds))
            order by n.at, n.version, n.id limit p_limit offset v_from) w) w join app.notification n on n.id = w.id)
        union all
        (select n.*, w.place from (
          select w.id, p_limit + row_number() over (order by w.acknowledged_at desc, w.id) as place from (
            select n.id, n.acknowledged_at from app.notification n where n.acknowledged_at is not null and (p_unit is null or n.unit = p_unit) and (p_kinds is null or n.kind = any (p_kinds))
            order by n.acknowledged_at desc, n.id
            limit case when p_all then least(p_limit, greatest(v_from + p_limit - v_waiting, 0)) else 0 end offset greatest(v_from - v_waiting, 0)) w) w join app.notification n on n.id = w.id)) r),
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('unit', u.unit, 'waiting', u.waiting, 'oldest', (date_part('epoch', u.oldest) * 1000)::bigint) order by u.oldest, u.unit), '[]')
      from (select n.unit, count(*) as waiting, min(n.at) as oldest from app.notification n where n.acknowledged_at is null and n.kind <> 'card-opened' group by n.unit) u));
end $$;

-- How many wait and since when, for the front page, which has its row in the log.
create function app.notifications_waiting(p_token text) returns table (waiting int, oldest timestamptz)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  if sec.ctx_user() is null then raise exception 'no session' using errcode = '28000'; end if;
  perform set_config('role', 'udvej_national', true);
  return query select count(*)::int, min(n.at) from app.notification n where n.acknowledged_at is null and n.kind <> 'card-opened';
end $$;

-- The contact point has read them: once, by whoever was first, with a row each in the log of the case. No command of the case, so that nothing of it is opened. By their ids, or all of one
-- case; with both, these of the case. Openings in an emergency have a way of their own (sec.see_emergency) and stay as they are. An id that is not on the caller's desk, also of a case that shuts
-- him out, is unknown, and then nothing is acknowledged. Null: nothing there for the caller, which is in the log as a refusal.
create function sec.acknowledge(p_ids uuid[], p_case uuid) returns jsonb volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_mine uuid[];
  v_done uuid[];
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  if cardinality(p_ids) > 100 then raise exception 'too many notifications' using errcode = '22023'; end if;
  if sec.is_contact_point() then
    -- Locked in one order: two officials who read the same page at once wait for one another, and the second finds it done.
    if p_case is null then
      v_mine := array(select n.id from app.notification n where n.id = any (p_ids) and n.case_id <> all (array(select sec.my_blocks())) order by n.id for no key update);
    else
      v_mine := array(select n.id from app.notification n where n.case_id = p_case and n.case_id <> all (array(select sec.my_blocks())) order by n.id for no key update);
    end if;
  end if;
  -- A case of which he was told nothing is as one that is not there.
  if v_mine is null or p_case is not null and cardinality(v_mine) = 0 then
    insert into audit.event (actor, action, case_ref, purpose) values (v_user, case when p_case is null then 'page.denied' else 'case.denied' end, p_case, 'acknowledge');
    return null;
  end if;
  if not coalesce(p_ids, v_mine) <@ v_mine then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'acknowledge');
    return '{"unknown": true}'::jsonb;
  end if;
  v_mine := array(select m from unnest(v_mine) as m where m = any (coalesce(p_ids, v_mine)));
  with done as (
    -- By the program's clock, which a demonstration's lies behind; never before it was sent.
    update app.notification n set acknowledged_at = greatest(coalesce(sec.clock(), now()), n.at), acknowledged_by = v_user
    where n.id = any (v_mine) and n.acknowledged_at is null and n.kind <> 'card-opened' returning n.id, n.case_id),
  noted as (insert into audit.event (actor, action, case_ref, purpose) select v_user, 'notification.acknowledged', d.case_id, d.id::text from done d)
  select coalesce(array_agg(d.id), '{}') into v_done from done d;
  return jsonb_build_object(
    'acknowledged', array(select n.id from app.notification n where n.id = any (v_done) order by n.at, n.version, n.id),
    'already', array(select n.id from app.notification n where n.id = any (v_mine) and n.id <> all (v_done) and n.kind <> 'card-opened' order by n.at, n.version, n.id),
    'emergencies', array(select n.id from app.notification n where n.id = any (v_mine) and n.kind = 'card-opened' order by n.at, n.version, n.id));
end $$;

-- The cases that the caller is in as a full member: an owner of a measure, a screener and who has taken a question have theirs without.
-- p_but_police: not those that he is in for police alone.
create function sec.my_whole_cases(p_but_police boolean) returns setof uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  return query select distinct m.case_id from app.case_member m
    where m.user_id = v_user and m.valid_to is null and (m.until > now() or m.until > (select sec.clock())) and m.role in ('police', 'municipal', 'probation', 'custody', 'contact') and not (p_but_police and m.role = 'police')
      and m.case_id <> all (array(select b.case_id from app.block b where b.user_id = v_user));
end $$;

-- The unit's own view: what was sent from its cases and when it was read; not by whom. Of an opening in an emergency the circle has its own word.
create policy sent on app.notification for select to udvej_web using (kind <> 'card-opened'
  and (case_id = any (array(select sec.my_whole_cases(true))) or not of_an_authority and case_id = any (array(select sec.my_whole_cases(false)))));
grant select (case_id, version, kind, at, acknowledged_at, corrects) on app.notification to udvej_web;

-- Of one case, for its page and its address in the interface of programs, which have opened the case and have their row in the log by that.
create function app.case_notifications(p_token text, p_case uuid) returns table (version int, kind text, at timestamptz, acknowledged_at timestamptz, corrects int)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  return query select n.version, n.kind, n.at, n.acknowledged_at, n.corrects from app.notification n where n.case_id = p_case order by n.at desc, n.version desc;
end $$;

-- And of all the reader's cases, on the page of his unit.
create or replace function app.unit_page(p_token text) returns json volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_page json;
begin
  perform set_config('app.session', p_token, true);
  v_page := sec.unit_page();
  if v_page is null then return null; end if;
  return (v_page::jsonb || jsonb_build_object('unread', (select jsonb_build_object('count', count(*), 'oldest', (date_part('epoch', min(n.at)) * 1000)::bigint) from app.notification n where n.acknowledged_at is null)))::json;
end $$;

grant execute on function app.list_notifications(text, boolean, text, text[], int, int), app.notifications_waiting(text), sec.acknowledge(uuid[], uuid), sec.my_whole_cases(boolean),
  app.case_notifications(text, uuid) to udvej_web;
reset role;
