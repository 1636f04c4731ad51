-- Break-glass where it is not needed or nobody is there to be told (019_emergency.sql, FM-CNF-10): who reads the card in his own case is led to it, and while a case has no
-- co-ordinator those who can take it are told.
set role udvej_owner;

-- How many the caller may still make; when there may be one again, and whether his last waits to be looked at, where no new one can be made for that: about himself
-- alone. What fell over before the circle was told can always go on.
create function sec.emergencies_left() returns table (count int, again text, unreviewed boolean) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_most int := sec.setting_of('emergencies_per_day');
  v_day timestamptz[] := sec.emergencies_of_day(v_user);
  v_goes_on boolean := exists (select from sec.emergency e where e.user_id = v_user and e.until > now() and not sec.is_told(e));
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  return query select greatest(0, v_most - cardinality(v_day)), case when not v_goes_on and cardinality(v_day) >= v_most then audit.moment(v_day[greatest(v_most, 1)] + interval '1 day') end,
    not v_goes_on and sec.is_unreviewed(v_user);
end $$;
-- The case of a number, or of the caller's own question that a colleague has said yes to, when the caller reads its card as one of the circle: he needs no
-- emergency. Null for everybody else, whatever there is.
create function sec.my_card(p_number text, p_wanted uuid) returns uuid stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  return (select c.id from app.exit_case c
    where c.id = any (array(select sec.my_cases()))
      and (c.number = p_number or c.id = (select w.case_id from match.wanted w join app.approval a on a.subject = w.id and a.kind = 'card-by-number'
        where w.id = p_wanted and w.user_id = v_user and a.requester = v_user and a.given and a.until > now()))
      and exists (select from app.case_member m where m.case_id = c.id and m.user_id = v_user and m.role in ('police', 'municipal', 'probation', 'custody', 'contact')
        and m.valid_to is null and (m.until > now() or m.until > (select sec.clock()))));
end $$;

-- Called by functions of the owner only: whether somebody who can act co-ordinates the case. In an inbox, or when its co-ordinator has left or is shut out, nobody does.
create function sec.is_attended(p_case uuid) returns boolean stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.exit_case c join app.case_member m on m.case_id = c.id join app.staff f on f.id = m.user_id
    where c.id = p_case and sec.co_ordinates(c.place, m.role) and m.valid_to is null and f.disabled_at is null and (m.until > now() or m.until > (select sec.clock()))
      and not exists (select from app.block b where b.case_id = m.case_id and b.user_id = m.user_id))
$$;
-- While a case has no co-ordinator, those who can take it are told: that a card was opened in it and nobody has gone through that; number and when. Called by the
-- functions behind the unit's page and the keepers' front page (015_people.sql).
create function sec.openings_unattended() returns table (case_id uuid, number text, inbox boolean, at timestamptz)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return query select u.case_id, u.number, u.inbox, max(n.at)
    from (select i.case_id, i.number, true as inbox from app.unit_inbox i
        where i.taken_at is null and i.unit = any (array(select sec.my_inboxes()))
          and not exists (select from app.block b where b.case_id = i.case_id and b.user_id = sec.ctx_user())
      union all select o.case_id, o.number, false from sec.unattended() o) u
    join app.notification n on n.case_id = u.case_id and n.kind = 'card-opened'
    group by u.case_id, u.number, u.inbox
    having count(*) > (select count(*) from app.case_event e where e.case_id = u.case_id and e.type = 'CardOpeningNoted' and not e.journal)
    order by 4;
end $$;
grant execute on function sec.emergencies_left(), sec.my_card(text, uuid) to udvej_web;
reset role;
