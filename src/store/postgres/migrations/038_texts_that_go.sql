-- How a text outside of cases goes (decision 27): on its day, or when it is taken back.
set role udvej_owner;

-- A text's key is opened and destroyed by other rules than a case's: what is the id of the one is never the id of the other, also not of one that was. Two at once are held against each other.
create function sec.is_of_a_case(p_id uuid) returns boolean volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from app.scope s where s.id = p_id) or exists (select from app.exit_case c where c.id = p_id);
end $$;
create function sec.keep_apart() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('id' || new.id, 35));
  if exists (select from sec.text_order o where o.id = new.id) or (case tg_table_name when 'text' then sec.is_of_a_case(new.id) else exists (select from app.text t where t.id = new.id) end) then
    raise exception 'the id of something else' using errcode = '23000';
  end if;
  return new;
end $$;
create trigger keep_apart before insert or update of id on app.text for each row execute function sec.keep_apart();
create trigger keep_apart before insert or update of id on app.scope for each row execute function sec.keep_apart();
create trigger keep_apart before insert or update of id on app.exit_case for each row execute function sec.keep_apart();

-- A key of a form or a program under which something was asked and taken back: what was sent before comes late, or is sent again, and is not asked a second time. Whose and which, without a word of what; for a day, which no form outlives.
create table sec.withdrawn_key (
  user_id uuid not null,
  key_hash bytea not null,
  at timestamptz not null default now(),
  primary key (user_id, key_hash)
);
alter table sec.withdrawn_key enable row level security;
alter table sec.withdrawn_key force row level security;
create policy owner_all on sec.withdrawn_key to udvej_owner using (true) with check (true);
create function sec.is_withdrawn_key(p_user uuid, p_key text) returns boolean stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from sec.withdrawn_key k where k.user_id = p_user and k.key_hash = sha256(convert_to(p_key, 'UTF8')) and k.at > now() - interval '1 day');
end $$;

-- Orders to destroy the key of a text (020_retention.sql): signed here, kept by both databases, carried out by the worker, found again after a backup was restored. The row goes at once, so that nothing is read of what is
-- ordered gone. Called by functions of the owner only, and with their rights, as the next. What is of a case is no text: nothing is ordered of it.
create function sec.order_text(p_id uuid) returns void volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if sec.is_of_a_case(p_id) then return; end if;
  delete from app.text t where t.id = p_id;
  insert into sec.text_order (id, payload, mac)
  select p_id, o.payload, public.hmac(convert_to(o.payload, 'UTF8'), s.secret, 'sha256')
  from sec.ticket_secret s, (select 'text|' || p_id || '|00000000-0000-0000-0000-000000000000|' || p_id as payload) o
  on conflict (id) do nothing;
end $$;
-- The word that an id was drawn for a text, given to who began it and to nobody else.
create function sec.begun_mac(p_id uuid) returns bytea stable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return (select public.hmac(convert_to('begun|' || p_id, 'UTF8'), s.secret, 'sha256') from sec.ticket_secret s);
end $$;
-- A text that was begun and came to nothing: the key that was made for it, in the other database, is ordered gone. Of a text that is there, or that just comes, nothing is.
create function sec.abandon_text(p_id uuid, p_mac bytea) returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (p_mac = sec.begun_mac(p_id)) is not true then return; end if;
  -- As sec.keep_apart: whichever comes first, the other finds.
  perform pg_advisory_xact_lock(hashtextextended('id' || p_id, 35));
  perform 1 from app.text t where t.id = p_id;
  if not found then perform sec.order_text(p_id); end if;
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
  delete from sec.withdrawn_key k where k.at < now() - interval '1 day';
  for v_id in select t.id from app.text t where t.delete_on <= sec.today() order by t.delete_on, t.id limit 100 loop
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
  if v.id is null then
    insert into audit.event (actor, action, purpose) values (sec.ctx_user(), 'page.denied', p_kind);
    return null;
  end if;
  if v.answered_at is not null then return 'already'; end if;
  perform sec.order_text(p_id);
  if v.key is not null then insert into sec.withdrawn_key (user_id, key_hash) values (v.asked_by, sha256(convert_to(v.key, 'UTF8'))) on conflict (user_id, key_hash) do update set at = excluded.at; end if;
  insert into audit.event (actor, action, purpose) values (sec.ctx_user(), p_kind || '.withdrawn', p_id::text);
  return 'withdrawn';
end $$;

grant execute on function sec.withdraw_text(text, uuid), sec.abandon_text(uuid, bytea) to udvej_web;
grant execute on function sec.order_texts() to udvej_worker;
reset role;
