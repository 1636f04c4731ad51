-- What the command of an emergency writes (control 19): one event that the card is opened, and what tells the circle of it. By it nobody becomes a member or a reader,
-- nobody is shut out, and nothing changes by which others are let in, not even by a statement smuggled into it.
set role udvej_owner;

-- Called by app.append alone. The core's words nobody here can read: what does not open is passed over when the case is read (case-rows.ts).
create function sec.only_opens_card(p_command sec.commanding_case, p_version int, p_types text[], p_at timestamptz, p_recorded_at timestamptz, p_journal boolean[], p_body_versions int[], p_body_scopes uuid[])
returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (p_types = array['CardOpened'] and p_journal = array[false] and p_body_versions = array[p_version]
    and exists (select from app.scope s where s.id = p_body_scopes[1] and s.case_id = p_command.case_id and s.kind = 'card')
    -- A moment that is none would be read by nobody's program. The program's clock is the database's own, or a demonstration's.
    and p_recorded_at = p_at and p_at between (select c.created_at from app.exit_case c where c.id = p_command.case_id) - interval '1 day' and greatest(now(), sec.clock()) + interval '1 day'
    -- Once, also when two come at once: the row of the case is locked.
    and exists (select from sec.emergency e where e.user_id = p_command.user_id and e.case_id = p_command.case_id and e.until > now()
      and not exists (select from app.case_event c where c.case_id = e.case_id and c.type = 'CardOpened' and c.actor = e.user_id and c.written_at >= e.at))) is not true then
    raise exception 'not by an emergency' using errcode = '42501';
  end if;
end $$;

-- The case whose card was opened by this transaction: nothing else of an emergency lets it write.
create function sec.card_opened() returns uuid stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select e.case_id from sec.commanding_case c join app.exit_case x on x.id = c.case_id join app.case_event e on e.case_id = x.id and e.version = x.version
  where c.xact = pg_current_xact_id_if_assigned() and c.at = now() and c.admission = 'emergency' and e.type = 'CardOpened' and e.actor = c.user_id and e.written_at = now()
$$;
grant execute on function sec.card_opened() to udvej_command;

create policy opened_read on app.exit_case for select to udvej_command using (id = (select sec.card_opened()));
create policy opened_change on app.exit_case for update to udvej_command using (id = (select sec.card_opened()));
-- Of the case's row and its line of the overview, that something is due sooner.
create function sec.stays_in_an_emergency() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from sec.commanding_case c where c.xact = pg_current_xact_id_if_assigned() and c.at = now() and c.admission = 'emergency')
    and ((old.unit, old.municipality, old.phase, old.place, old.since, old.contact_person) is distinct from (new.unit, new.municipality, new.phase, new.place, new.since, new.contact_person)
      or new.next_due is distinct from least(old.next_due, new.next_due)) then
    raise exception 'not by an emergency' using errcode = '42501';
  end if;
  return new;
end $$;
-- By the columns that a statement names: a `when` would be read anew for every command.
create trigger stays_in_an_emergency before update of unit, municipality, phase, place, since, next_due, contact_person on app.exit_case
  for each row execute function sec.stays_in_an_emergency();
do $$
declare v_line text := 'exists (select from app.exit_case c where c.id = (select sec.card_opened()) and c.phase in (''assessment'', ''accepted'', ''course'')
  and (c.id, c.number, c.unit, c.municipality, c.phase, c.place, c.since, c.contact_person, c.next_due)
    is not distinct from (case_id, overview.number, overview.unit, overview.municipality, overview.phase, overview.place, overview.since, overview.contact_person, overview.next_due))';
begin
  create policy opened_read on app.overview for select to udvej_command using (case_id = (select sec.card_opened()));
  execute format('create policy opened_add on app.overview for insert to udvej_command with check (%s)', v_line);
  execute format('create policy opened_change on app.overview for update to udvej_command using (case_id = (select sec.card_opened())) with check (%s)', v_line);
end $$;

-- Who looks at it, and that the contact point is told.
create policy opened_read on app.task for select to udvej_command using (case_id = (select sec.card_opened()) and key like 'opening:%');
create policy opened_add on app.task for insert to udvej_command
  with check (case_id = (select sec.card_opened()) and key like 'opening:%' and command = 'safetyCard.noteOpening');
create policy opened_add on app.notification for insert to udvej_command with check (kind = 'card-opened' and acknowledged_at is null
  and exists (select from app.exit_case c where c.id = (select sec.card_opened()) and (c.id, c.number, c.unit, c.version) = (case_id, notification.number, notification.unit, notification.version)
    and notification.at between c.created_at - interval '1 day' and c.touched_at));
reset role;
