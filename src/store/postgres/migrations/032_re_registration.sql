-- Police has registered somebody again after his course (FM-END-5): the contact point says so by the number of the case, whoever is in it still. It stands among the figures and not
-- in the case, which tells nothing else of the register either (FM-TGT-6), and nothing of the case opens for it.
set role udvej_owner;

-- The ended course of this number, for the figures, and when it ended. No row: no such number, a case that goes on or ended before there was a course, one whose keys are gone,
-- and one that shuts the caller out, alike. Called by functions of the owner only.
create function stat.ended_course(p_number text) returns table (case_id uuid, stat_id uuid, ended date) stable security invoker language sql set search_path = pg_catalog, pg_temp as $$
  select c.id, l.stat_id, s.from_date
  from app.exit_case c join stat.link l on l.case_id = c.id
    join stat.standing s on s.stat_id = l.stat_id and s.superseded_at is null and s.to_date is null and s.state in ('completed', 'interrupted')
  where c.number = p_number and c.id <> all (array(select sec.my_blocks()))
$$;

-- 'recorded', 'withdrawn', 'known' (it stands already), 'none' (nothing to withdraw); with a day 'before' (when the course ended) and 'near' (one stands for a day within thirty of it: most often the same told twice, so it is
-- recorded when the caller says that it is another). Null: no such course, for the caller.
create function sec.record_re_registration(p_number text, p_on date, p_withdraw boolean, p_another boolean, p_at timestamptz, out said text, out day date)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_user uuid := sec.ctx_user();
  v record;
begin
  perform sec.need_step_up();
  if not sec.is_contact_point() then return; end if;
  select * into v from stat.ended_course(p_number);
  if p_on > (p_at at time zone 'Europe/Copenhagen')::date then raise exception 'a day to come' using errcode = '22023'; end if;
  if v.case_id is null then
    said := null;
  elsif p_on < v.ended then
    said := 'before';
    day := v.ended;
  elsif p_withdraw then
    update stat.re_registration r set superseded_at = p_at where r.stat_id = v.stat_id and r.on_date = p_on and r.superseded_at is null;
    said := case when found then 'withdrawn' else 'none' end;
  else
    -- Two at once are judged one after the other.
    perform pg_advisory_xact_lock(hashtextextended(v.stat_id::text, 32));
    if p_another is not true then
      select r.on_date into day from stat.re_registration r where r.stat_id = v.stat_id and r.superseded_at is null and abs(r.on_date - p_on) <= 30 order by abs(r.on_date - p_on), r.on_date limit 1;
    end if;
    if day <> p_on then
      said := 'near';
    else
      day := null;
      insert into stat.re_registration (stat_id, on_date, recorded_at) values (v.stat_id, p_on, p_at) on conflict (stat_id, on_date) where superseded_at is null do nothing;
      said := case when found then 'recorded' else 'known' end;
    end if;
  end if;
  -- In the log of the case no more than that its figures were changed: what police has in its register is not for who reads it (FM-TGT-6).
  insert into audit.event (actor, action, case_ref, purpose)
  values (v_user, case when said is null then 'case.denied' when said in ('recorded', 'withdrawn') then 'figures.corrected' else 'figures.unchanged' end,
    case when said in ('recorded', 'withdrawn') then v.case_id end, case when said is null then 'registered again' end);
end $$;
grant execute on function sec.record_re_registration(text, date, boolean, boolean, timestamptz) to udvej_web;
reset role;
