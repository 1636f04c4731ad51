-- How a text outside of cases goes (decision 27): on its day, or when it is taken back.
set role udvej_owner;

-- Orders to destroy the key of a text (020_retention.sql): signed here, kept by both databases, carried out by the worker, found again after a backup was restored. The row goes at once, so that nothing is read of what is
-- ordered gone. Called by functions of the owner only, and with their rights, as the next. What is of a case is no text: nothing is ordered of it.
create function sec.order_text(p_id uuid) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from app.text t where t.id = p_id and not sec.is_of_a_case(t.id);
  if not found then return; end if;
  insert into sec.text_order (id, payload, mac)
  select p_id, o.payload, public.hmac(convert_to(o.payload, 'UTF8'), s.secret, 'sha256')
  from sec.ticket_secret s, (select 'text|' || p_id || '|00000000-0000-0000-0000-000000000000|' || p_id as payload) o
  on conflict (id) do nothing;
end $$;
-- Carries an order out here, once. False: it is of a case, and none of ours.
create function sec.erase_text(p_id uuid, p_payload text, p_mac bytea) returns boolean volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if sec.is_of_a_case(p_id) then return false; end if;
  insert into sec.text_order (id, payload, mac) values (p_id, p_payload, p_mac) on conflict (id) do nothing;
  perform 1 from sec.text_order o where o.id = p_id and o.done_at is null for update;
  if not found then return true; end if;
  delete from app.text t where t.id = p_id;
  update sec.text_order o set done_at = now() where o.id = p_id;
  insert into audit.event (action, purpose) values ('text.removed', p_id::text);
  return true;
end $$;

-- Orders for every text whose day has come. @returns how many.
create function sec.order_texts() returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_id uuid;
  v_n int := 0;
begin
  for v_id in select t.id from app.text t where t.delete_on <= sec.today() order by t.delete_on limit 100 loop
    perform sec.order_text(v_id);
    v_n := v_n + 1;
  end loop;
  return v_n;
end $$;

-- Whose side asked takes the question back while nobody has answered: it is gone at once, its key with the worker's next turn. 'already': there is an answer. Null: not there for the caller.
create function sec.withdraw_text(p_kind text, p_id uuid) returns text volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v app.text := sec.my_text_as('asks', p_kind, p_id);
begin
  if v.id is null then return null; end if;
  -- An answer that is on its way is waited for.
  select t.* into v from app.text t where t.id = p_id for update;
  if v.id is null then return null; end if;
  if v.answered_at is not null then return 'already'; end if;
  perform sec.order_text(p_id);
  insert into audit.event (actor, action, purpose) values (sec.ctx_user(), p_kind || '.withdrawn', p_id::text);
  return 'withdrawn';
end $$;

grant execute on function sec.withdraw_text(text, uuid) to udvej_web;
grant execute on function sec.order_texts() to udvej_worker;
reset role;
