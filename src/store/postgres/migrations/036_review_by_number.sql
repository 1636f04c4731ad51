-- A refused candidate may turn to the contact point himself: an official has his refusal reviewed by the number on his letter, once, without being let into the case (FM-DEC-2).
set role udvej_owner;

-- Follows the stream as the rest of the row does: the local unit's refusal, not reviewed yet. Read by the functions here alone.
alter table app.retention add column reviewable boolean not null default false;
-- Of the cases closed before this floor, as far as types of events and the desk's questions tell; a rebuild tells it exactly.
update app.retention r set reviewable = true from app.exit_case c
where c.id = r.case_id and r.outcome = 'refused' and c.place <> 'custody'
  and not exists (select from app.question q where q.case_id = r.case_id and (q.kind = 'review' and q.status <> 'returned' or q.kind = 'decision' and q.status = 'answered'));

-- A case that is ordered to be deleted is opened by nobody any more. Called by functions of the owner only, and with their rights.
create function sec.is_reviewable(p_case uuid) returns boolean stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select 1 from app.retention r where r.case_id = p_case and r.reviewable) and not exists (select 1 from sec.shred_order o where o.case_id = p_case);
end $$;

-- The case of this number, for the command that has its refusal reviewed: the row this leaves in the log admits to that command for a minute. Null, and always the same row: no such
-- number, a case that goes on, was accepted, refused by somebody else or reviewed, one whose keys are gone, one that shuts the caller out. What he asked for under this key is found again.
create function sec.ask_review(p_number text, p_key text) returns uuid volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_case uuid;
begin
  perform sec.need_step_up();
  if not sec.is_contact_point() then return null; end if;
  select c.id into v_case from app.exit_case c
  where c.number = p_number and c.id <> all (array(select sec.my_blocks()))
    and (sec.is_reviewable(c.id) or exists (select 1 from app.command d where d.actor = v_user and d.key = p_key and d.case_id = c.id));
  insert into audit.event (actor, action, case_ref, purpose)
  values (v_user, case when v_case is null then 'case.denied' else 'review.asked' end, v_case, case when v_case is null then 'review of refusal' end);
  return v_case;
end $$;
grant execute on function sec.ask_review(text, text) to udvej_web;

reset role;
