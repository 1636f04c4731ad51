-- The same answer sent twice is one answer (decision 27): who sent it is told that it was given, and not that a colleague was sooner.
set role udvej_owner;

-- Whether the answer that stands is the caller's own. Of what is not there, and of what nobody has answered: no.
create function sec.is_own_answer(p_kind text, p_id uuid) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from app.text t where t.id = p_id and t.kind = p_kind and t.answered_by = sec.ctx_user());
end $$;
grant execute on function sec.is_own_answer(text, uuid) to udvej_web;
reset role;
