-- The contact point's national overview (FM-NCP-1): structure only, read from a table of its own by a role that has no right to any case.
set role udvej_owner;

-- What is due first, as far as the desk may know of it: a step of the framework, by the domain's own word (domain/exit-case/waits-for.ts). Null: nothing waits.
alter table app.overview add column waits_for text;
create index question_of_case on app.question (case_id) where status = 'open';

-- What an emergency writes of a case tells the desk no more than that something waits (025); a row that is older than the column is filled in by whatever comes first.
create function sec.says_no_more_in_an_emergency() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.waits_for is distinct from old.waits_for and new.waits_for is distinct from 'other' and (old.waits_for is not null or old.next_due is null)
    and exists (select from sec.commanding_case c where c.xact = pg_current_xact_id_if_assigned() and c.at = now() and c.admission = 'emergency') then
    raise exception 'not by an emergency' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger says_no_more_in_an_emergency before update of waits_for on app.overview for each row execute function sec.says_no_more_in_an_emergency();

-- A page of the cases in assessment and course that fit, with how many do and how many of them are late. What is due earliest comes first, and what waits for
-- nothing last; or the longest in their phase; or the shortest. Only the names of staff are in it.
create function app.list_overview(p_token text, p_today date, p_unit text, p_municipality text, p_phase text, p_place text, p_late boolean, p_sort text, p_limit int, p_offset int)
returns table (case_id uuid, number text, unit text, municipality text, phase text, place text, since date, next_due date, waits_for text, contact_person text, questions json, total int, late int)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('overview.listed');
  perform set_config('role', 'udvej_national', true);
  return query select p.case_id, p.number, p.unit, p.municipality, p.phase, p.place, p.since, p.next_due, p.waits_for,
      (select f.name from app.colleagues_named(array[p.contact_person]) f where p.contact_person is not null),
      (select json_agg(json_build_object('id', q.id, 'kind', q.kind) order by q.due, q.id) from app.question q where q.case_id = p.case_id and q.status = 'open'),
      p.total, p.late
    from (
      select o.*, (count(*) over ())::int as total, (count(*) filter (where o.next_due < p_today) over ())::int as late,
        case p_sort when 'oldest' then o.since - p_today when 'newest' then p_today - o.since else coalesce(o.next_due - p_today, 2147483647) end as place_in_list
      from app.overview o
      where (p_unit is null or o.unit = p_unit) and (p_municipality is null or o.municipality = p_municipality)
        and (p_phase is null or o.phase = p_phase) and (p_place is null or o.place = p_place) and (not p_late or o.next_due < p_today)
      order by place_in_list, o.since, o.number limit p_limit offset p_offset) p
    order by p.place_in_list, p.since, p.number;
end $$;

-- For the map: how many cases there are and how many are late, by the municipality that the person lives in.
create function app.count_overview(p_token text, p_today date) returns table (municipality text, cases int, late int)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('overview.listed');
  perform set_config('role', 'udvej_national', true);
  return query select o.municipality, count(*)::int, (count(*) filter (where o.next_due < p_today))::int from app.overview o group by o.municipality
    order by o.municipality;
end $$;

-- Inquiries that nobody has taken though they were due before a day: the unit, and for how many days. Nothing else of them is for the contact point (FM-INT-2).
-- Which days are working days the program knows; that they are late at all is by the clock here.
-- What has no unit yet has a place of its own at the contact point (037).
create function sec.untaken_inquiries(p_today date, p_due_before date) returns table (unit text, days_late int)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.is_contact_point() then return; end if;
  return query select i.unit, p_today - i.due from app.unit_inbox i
    where i.taken_at is null and i.unit <> 'unnamed' and i.due < least(p_due_before, (greatest(now(), sec.clock()) at time zone 'Europe/Copenhagen')::date)
      and i.case_id <> all (array(select sec.my_blocks()))
    order by i.due, i.unit limit 200;
end $$;
create function app.list_untaken(p_token text, p_today date, p_due_before date) returns table (unit text, days_late int)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('untaken.listed');
  perform set_config('role', 'udvej_national', true);
  return query select * from sec.untaken_inquiries(p_today, p_due_before);
end $$;

-- *Vis navne* at the desk: identity ciphertext of at most 25 cases of the overview, one row in the log each, one ticket for all. A case that does not stand there,
-- or that the official is shut out of, adds nothing.
create function sec.overview_names(p_cases uuid[]) returns table (payload text, mac bytea, case_id uuid, version int, type text, n int, scope_id uuid, ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_cases uuid[];
  v_scopes uuid[];
  v_event uuid := gen_random_uuid();
  v record;
begin
  perform sec.need_step_up();
  if cardinality(p_cases) > 25 then raise exception 'too many names' using errcode = '22023'; end if;
  if not sec.is_contact_point() then
    insert into audit.event (actor, action, purpose) values (v_user, 'case.denied', 'names');
    return;
  end if;
  v_cases := array(select o.case_id from app.overview o where o.case_id = any (p_cases) and o.case_id <> all (array(select sec.my_blocks())));
  v_scopes := array(select s.id from app.scope s where s.kind = 'identity' and s.case_id = any (v_cases));
  if cardinality(v_scopes) = 0 then return; end if;
  perform sec.count_names(v_user, cardinality(v_cases));
  insert into audit.event (id, actor, action, case_ref)
  select case when row_number() over () = 1 then v_event else gen_random_uuid() end, v_user, 'case.named', c from unnest(v_cases) as c;
  select * into v from sec.ticket('00000000-0000-0000-0000-000000000000', v_scopes, v_event);
  return query select v.payload, v.mac, b.case_id, b.version, e.type, b.n::int, b.scope_id, b.body_ct
  from app.case_body b join app.case_event e on e.case_id = b.case_id and e.version = b.version
  where b.scope_id = any (v_scopes) and b.case_id = any (v_cases) order by b.case_id, b.version;
end $$;

grant execute on function app.list_overview(text, date, text, text, text, text, boolean, text, int, int), app.count_overview(text, date), app.list_untaken(text, date, date),
  sec.overview_names(uuid[]) to udvej_web;
grant execute on function sec.untaken_inquiries(date, date) to udvej_national;
reset role;
