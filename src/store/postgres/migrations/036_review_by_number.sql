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

-- Of one official in a day: every number he asked with, whether there was something to review for it or not, so that the limit tells nothing of any.
insert into sec.setting values ('reviews_per_day', 10);

-- The case of this number, for the command that has its refusal reviewed: the row this leaves in the log admits to that command for a minute. No case, and always the same row: no such
-- number, a case that goes on, was accepted, refused by somebody else or reviewed, one whose keys are gone, one that shuts the caller out. `repeated`: he asked for it under this key before, by the order of this hash.
-- `key_reused`: under this key he did something else, which is said before the number is looked for, so that it says nothing of any. With the day's used up the refusal says when he may ask again, of any number but one he is only told of once more.
create function sec.ask_review(p_number text, p_key text, out case_id uuid, out repeated bytea, out key_reused boolean) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v_blocks uuid[] := array(select sec.my_blocks());
begin
  perform sec.need_step_up();
  if not sec.is_contact_point() then return; end if;
  -- Two at once are counted one after the other.
  perform pg_advisory_xact_lock(hashtextextended(v_user::text, 36));
  select c.id, d.request_hash into case_id, repeated from app.command d join app.exit_case c on c.id = d.case_id
  where d.actor = v_user and d.key = p_key and c.number = p_number and c.id <> all (v_blocks)
    -- The one event of that command; no other of an official's writes it.
    and exists (select from app.case_event e where e.case_id = c.id and e.version = d.version and e.type = 'QuestionAsked');
  key_reused := repeated is null and exists (select from app.command d where d.actor = v_user and d.key = p_key);
  if key_reused then
    insert into audit.event (actor, action, purpose) values (v_user, 'page.denied', 'review of refusal');
    return;
  end if;
  if repeated is null then
    select c.id into case_id from app.exit_case c where c.number = p_number and c.id <> all (v_blocks) and sec.is_reviewable(c.id);
    perform sec.within_day(array(select e.at from audit.event e where e.actor = v_user and e.at > clock_timestamp() - interval '1 day'
      and (e.action = 'review.asked' or e.action = 'case.denied' and e.purpose = 'review of refusal') order by e.at desc), sec.setting_of('reviews_per_day'));
  end if;
  insert into audit.event (actor, action, case_ref, purpose)
  values (v_user, case when case_id is null then 'case.denied' when repeated is not null then 'review.repeated' else 'review.asked' end, case_id, case when case_id is null then 'review of refusal' end);
end $$;
grant execute on function sec.ask_review(text, text) to udvej_web;

reset role;
