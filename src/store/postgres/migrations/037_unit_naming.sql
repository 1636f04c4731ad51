-- The contact point names the unit of an inquiry whose residence is not known or is disputed (FM-INT-7). Until a unit has taken it, it is a line without a name at the contact
-- point's desk: structure, and one text in a part of its own. Nobody keeps the inbox it lies in while the unit is unnamed.
set role udvej_owner;

-- It is the contact point's to say which unit it is: it has not, or it has and may still change it.
alter table app.unit_inbox add column at_contact_point boolean not null default false;
create index unit_inbox_at_contact_point on app.unit_inbox (due) where taken_at is null and at_contact_point;

-- Called by functions of the owner only: whether the safety card was opened in an emergency that nobody has gone through (026_emergency_unattended.sql). While no unit is named, no
-- police know of the inquiry, and the contact point alone can do something about it.
create function sec.opened_in_emergency(p_case uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from app.notification n where n.case_id = p_case and n.kind = 'card-opened')
    > (select count(*) from app.case_event e where e.case_id = p_case and e.type = 'CardOpeningNoted' and not e.journal)
$$;

-- What lies at the desk: without a unit first, of those where there is danger, then by what is due; then what has one that has not taken it. Never the text, and nothing of a case that shuts the official out.
create function sec.inquiries_at_contact_point() returns table (case_id uuid, number text, unit text, municipality text, place text, channel text, urgent boolean, received_at timestamptz, due date, emergency boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if not sec.is_contact_point() then return; end if;
  return query select i.case_id, i.number, i.unit, i.municipality, i.place, i.channel, i.urgent, i.received_at, i.due, o.emergency
  from app.unit_inbox i, lateral (select sec.opened_in_emergency(i.case_id) as emergency) o
  where i.taken_at is null and i.at_contact_point and i.case_id <> all (array(select sec.my_blocks()))
  order by i.unit <> 'unnamed', o.emergency desc, i.urgent desc, i.due, i.received_at, i.case_id limit 200;
end $$;
create function app.list_unit_namings(p_token text) returns table (case_id uuid, number text, unit text, municipality text, place text, channel text, urgent boolean, received_at timestamptz, due date, emergency boolean)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('unnamed.listed');
  perform set_config('role', 'udvej_national', true);
  return query select * from sec.inquiries_at_contact_point();
end $$;

-- What is known of where the person of one of them belongs, sealed, with the ticket for that part of the case alone: no core, no name, not what he said. One row a text, each with the
-- inquiry's line and, of a naming, the authority whose official it was; each look a row of the log. No row: not there, or not for the caller; or his hour of cases is used up (UV429).
create function sec.read_whereabouts(p_case uuid) returns table (case_id uuid, number text, unit text, municipality text, place text, channel text, urgent boolean, received_at timestamptz, due date, emergency boolean,
  payload text, mac bytea, version int, type text, at timestamptz, by text, scope_id uuid, ct bytea)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_user uuid := sec.ctx_user();
  v_scope uuid;
  v_event uuid := gen_random_uuid();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  select s.id into v_scope from app.unit_inbox i join app.scope s on s.case_id = i.case_id and s.kind = 'bundle' and s.subject = 'unit'
  where i.case_id = p_case and i.taken_at is null and i.at_contact_point and sec.is_contact_point() and i.case_id <> all (array(select sec.my_blocks()));
  if v_scope is null then
    insert into audit.event (id, actor, action, case_ref, purpose) values (v_event, v_user, 'case.denied', p_case, 'unit');
    return;
  end if;
  if not sec.within_limit(v_user, p_case) then raise exception 'too many cases' using errcode = 'UV429'; end if;
  insert into audit.event (id, actor, action, case_ref, purpose) values (v_event, v_user, 'whereabouts.read', p_case, 'unit');
  return query select i.case_id, i.number, i.unit, i.municipality, i.place, i.channel, i.urgent, i.received_at, i.due, sec.opened_in_emergency(p_case),
    t.payload, t.mac, b.version, e.type, e.at, case when e.type = 'UnitNamed' then f.authority end, b.scope_id, b.body_ct
  from sec.ticket(p_case, array[v_scope], v_event) t, app.case_body b join app.unit_inbox i on i.case_id = b.case_id
    join app.case_event e on e.case_id = b.case_id and e.version = b.version left join app.staff f on f.id = e.actor
  where b.case_id = p_case and b.scope_id = v_scope order by b.version;
end $$;

grant execute on function app.list_unit_namings(text), sec.read_whereabouts(uuid) to udvej_web;
grant execute on function sec.inquiries_at_contact_point() to udvej_national;
reset role;
