-- Files laid in a case (FM-WORK-2): ciphertext in chunks, in the scope of the entry that tells of them, and readable as a body is: for an opening
-- of the same transaction, by who reads the scope. Nothing of a file stands here in plain but its size class.
set role udvej_owner;

create table app.attachment (
  id uuid primary key,
  case_id uuid not null,
  scope_id uuid not null,
  -- The event that tells of it.
  version int not null,
  unique (case_id, version),
  unique (id, case_id, scope_id),
  foreign key (case_id, version) references app.case_event (case_id, version),
  foreign key (scope_id, case_id) references app.scope (id, case_id)
);

create table app.attachment_chunk (
  attachment_id uuid not null,
  n int not null,
  case_id uuid not null,
  scope_id uuid not null,
  ct bytea not null,
  primary key (attachment_id, n),
  foreign key (attachment_id, case_id, scope_id) references app.attachment (id, case_id, scope_id)
);
create index on app.attachment_chunk (case_id);
-- Ciphertext does not get smaller: trying costs time only.
alter table app.attachment_chunk alter column ct set storage external;

-- How many files a person has sent within the hour, hit or miss: the limit does not depend on what became of them.
create table sec.upload_limit (
  user_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  primary key (user_id, at)
);
insert into sec.setting values ('uploads_per_hour', 20);

do $$
declare t text;
begin
  foreach t in array array['app.attachment', 'app.attachment_chunk', 'sec.upload_limit'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to udvej_owner using (true) with check (true)', t);
  end loop;
  foreach t in array array['app.attachment', 'app.attachment_chunk'] loop
    execute format('create policy opened on %s for select to udvej_web
      using (case_id = (select o.case_id from sec.opening o) and scope_id = any (array(select unnest(o.scopes) from sec.opening o)))', t);
    execute format('create policy commanded on %s for insert to udvej_command with check (case_id = (select c.case_id from sec.commanding_case c))', t);
  end loop;
end $$;
grant select on app.attachment, app.attachment_chunk to udvej_web;
grant insert on app.attachment, app.attachment_chunk to udvej_command;

-- Files never change, and go only when their case's keys have gone: what is left of them then is noise (FM-WORK-4).
create function app.file_immutable() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' and exists (select 1 from app.exit_case c where c.id = old.case_id and c.shredded_at is not null) then return old; end if;
  raise exception 'files are immutable' using errcode = '23000';
end $$;
create trigger immutable before update or delete on app.attachment for each row execute function app.file_immutable();
create trigger immutable before update or delete on app.attachment_chunk for each row execute function app.file_immutable();

-- All files of a case that is shredded; how many there were. For the owner's own functions: granted to nobody.
create function sec.remove_attachments(p_case uuid) returns int volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_count int;
begin
  delete from app.attachment_chunk where case_id = p_case;
  delete from app.attachment where case_id = p_case;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

-- True when the file is within the person's hour, and then it counts. One person's files are counted one after the other.
create function sec.count_upload() returns boolean volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_user uuid := sec.ctx_user();
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  perform pg_advisory_xact_lock(hashtextextended('upload ' || v_user, 0));
  delete from sec.upload_limit l where l.user_id = v_user and l.at < clock_timestamp() - interval '1 hour';
  if (select count(*) from sec.upload_limit l where l.user_id = v_user) >= sec.setting_of('uploads_per_hour') then return false; end if;
  insert into sec.upload_limit (user_id) values (v_user);
  return true;
end $$;

create function app.count_upload(p_token text) returns boolean volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.session', p_token, true);
  return sec.count_upload();
end $$;

-- Opens a case for one of its files: a look as any other, with its row in the log, its limit and its ticket, for who reads the file's scope; a
-- refusal in the log for everybody else, whether there is such a file or not. `place`: which it is of those that the reader may see, from 1.
create function sec.open_attachment(p_case uuid, p_attachment uuid)
returns table (payload text, mac bytea, standing text, user_id uuid, authority text, functions text[], number text, label text, version int, place int)
volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_user uuid := sec.ctx_user();
  v_mine uuid[];
  v_file record;
begin
  if v_user is null then raise exception 'no session' using errcode = '28000'; end if;
  v_mine := array(select m.scope_id from app.scope_member m
    where m.case_id = p_case and m.user_id = v_user and m.valid_to is null and (m.until > now() or m.until > (select sec.clock())));
  select a.version, s.kind into v_file from app.attachment a join app.scope s on s.id = a.scope_id
    where a.id = p_attachment and a.case_id = p_case and a.scope_id = any (v_mine);
  if not found then
    insert into audit.event (actor, action, case_ref, purpose) values (v_user, 'case.denied', p_case, 'attachment');
    return;
  end if;
  return query select o.payload, o.mac, o.standing, o.user_id, o.authority, o.functions, o.number, o.label, v_file.version,
      (select count(*)::int from app.attachment a where a.case_id = p_case and a.scope_id = any (v_mine) and a.version <= v_file.version)
    from sec.open_case(p_case, 'attachment', array[v_file.kind], 0) o where o.standing is not null;
end $$;

-- In the shape of app.read_case: the event that tells of the file, and its words. The chunks are read in the same transaction. Null: not there, or
-- not for the caller.
create function app.read_attachment(p_token text, p_case uuid, p_attachment uuid, out answer text, out sealed text, out place int)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v record;
begin
  perform set_config('app.session', p_token, true);
  select * into v from sec.open_attachment(p_case, p_attachment);
  if not found then return; end if;
  if v.standing = 'limited' then
    answer := '{"limited":true}';
    return;
  end if;
  place := v.place;
  select '{"session":' || json_build_array(v.user_id, v.authority, v.functions)
      || ',"ticket":' || json_build_array(v.payload, encode(v.mac, 'base64'), v.standing)
      || ',"head":' || json_build_array(v.number, v.label, v.version)
      || ',"scopes":' || (select json_agg(json_build_array(s.id, s.kind, s.subject, s.generation)) from app.scope s where s.case_id = p_case)
      || ',"events":' || json_agg(json_build_array(e.version, e.type, (date_part('epoch', e.at) * 1000)::bigint, e.actor, 1, length(e.core_ct)))
      || ',"bodies":' || json_agg(json_build_array(b.version, b.scope_id, length(b.body_ct))) || '}',
    encode(string_agg(e.core_ct, '') || string_agg(b.body_ct, ''), 'base64')
  into answer, sealed
  from app.case_event e join app.case_body b on b.case_id = e.case_id and b.version = e.version
  where e.case_id = p_case and e.version = v.version;
end $$;

-- A page with the files of a case: what app.read_case gives, and beside it, from the same opening, every event that tells of a file in a scope that
-- was opened, however long the journal has become since.
create function app.read_case_with_files(p_token text, p_case uuid, p_purpose text, p_kinds text[], p_entries int, out answer text, out sealed text, out files text, out files_sealed text)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  select r.answer, r.sealed into answer, sealed from app.read_case(p_token, p_case, p_purpose, p_kinds, p_entries) r;
  if answer is null or answer = '{"limited":true}' then return; end if;
  select '{"events":' || json_agg(json_build_array(e.version, e.type, (date_part('epoch', e.at) * 1000)::bigint, e.actor, 1, length(e.core_ct)) order by e.version)
      || ',"bodies":' || json_agg(json_build_array(b.version, b.scope_id, length(b.body_ct)) order by e.version) || '}',
    encode(string_agg(e.core_ct, '' order by e.version) || string_agg(b.body_ct, '' order by e.version), 'base64')
  into files, files_sealed
  from app.attachment a join app.case_event e on e.case_id = a.case_id and e.version = a.version join app.case_body b on b.case_id = a.case_id and b.version = a.version
  where a.case_id = p_case;
end $$;

-- Chunks of one size behind one another, from a number on.
create function app.put_chunks(p_case uuid, p_scope uuid, p_attachment uuid, p_from int, p_size int, p_chunks bytea) returns void
volatile security invoker language sql set search_path = pg_catalog, pg_temp as $$
  insert into app.attachment_chunk (attachment_id, n, case_id, scope_id, ct)
  select p_attachment, p_from + i, p_case, p_scope, substr(p_chunks, i * p_size + 1, p_size) from generate_series(0, length(p_chunks) / p_size - 1) as i
$$;

grant execute on function sec.count_upload(), app.count_upload(text), sec.open_attachment(uuid, uuid), app.read_attachment(text, uuid, uuid), app.read_case_with_files(text, uuid, text, text[], int) to udvej_web;
grant execute on function app.put_chunks(uuid, uuid, uuid, int, int, bytea) to udvej_command;
reset role;
