-- What is told of a double that is over: the unit whose case goes on that the other has ended, and the contact point that what it was told of has.
set role udvej_owner;

-- The numbers of the cases that a unit was told would end as doubles of its own, and that are over now: where both units were told, and of no other. For the members of its circle.
create function sec.others_over(p_case uuid) returns text[] stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_case not in (select sec.my_whole_cases(false)) then return '{}'; end if;
  return array(select c.number from match.telling mine join match.telling o on o.hit_id = mine.hit_id and o.case_id <> mine.case_id
      join app.exit_case c on c.id = o.case_id and c.phase = 'closed'
    where mine.case_id = p_case and mine.told_at is not null and not mine.ends and o.told_at is not null order by c.number);
end $$;
create function app.others_over(p_token text, p_case uuid) returns text[] volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return sec.others_over(p_case);
end $$;

-- Whether a case ended as a double: of what the contact point was told of it, which it has on its desk anyway.
create function sec.ended_as_double(p_case uuid) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return match.open_to_me(array[p_case]) and exists (select from app.retention r where r.case_id = p_case and r.outcome = 'duplicate');
end $$;
grant execute on function sec.ended_as_double(uuid) to udvej_national;
grant execute on function sec.others_over(uuid), app.others_over(text, uuid) to udvej_web;
reset role;
