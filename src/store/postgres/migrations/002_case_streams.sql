-- A case is a stream of events: a core that rules judge on, and bodies, each in one scope with a key of its own.
set role udvej_owner;

create table app.exit_case (
  id uuid primary key,
  number text not null unique,
  label text not null,
  unit text not null,
  municipality text,
  phase text not null,
  place text not null,
  since date not null,
  next_due date,
  contact_person uuid,
  version int not null,
  created_at timestamptz not null,
  -- Its keys are gone: nothing of it can be read any more (FM-WORK-4).
  shredded_at timestamptz,
  -- When its newest event happened: what has not been touched since somebody was here last is not looked through for news.
  touched_at timestamptz not null
);

-- A number as the domain writes it (kernel/case-number.ts), of eight random bytes.
create function sec.case_number(p_bytes bytea) returns text immutable security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_alphabet text := '23456789CDFHJKMNPQRTVWX';
  v_rest numeric := 0;
  v_sum int := 0;
  v text := '';
begin
  for n in 0 .. 7 loop v_rest := v_rest * 256 + get_byte(p_bytes, n); end loop;
  for n in 1 .. 6 loop
    v_sum := v_sum + n * mod(v_rest, 23)::int;
    v := v || substr(v_alphabet, 1 + mod(v_rest, 23)::int, 1);
    v_rest := div(v_rest, 23);
  end loop;
  v := v || substr(v_alphabet, 1 + mod(mod((13 - v_sum) * 10, 23) + 23, 23), 1);
  return 'UV-' || left(v, 4) || '-' || right(v, 3);
end $$;

create table app.case_event (
  case_id uuid not null references app.exit_case,
  version int not null,
  type text not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  actor uuid not null,
  -- Journal entries are read by page, never folded.
  journal boolean not null,
  core_ct bytea not null,
  primary key (case_id, version)
);
create index on app.case_event (case_id, version) where journal;
-- What the rules fold of a case, however long its journal has become.
create index on app.case_event (case_id, version) where not journal;

create table app.scope (
  id uuid primary key,
  case_id uuid not null references app.exit_case,
  kind text not null check (kind in ('core', 'identity', 'general', 'sealed', 'police', 'probation', 'health', 'economy', 'address', 'card', 'measure', 'precaution', 'bundle')),
  subject text not null default '',
  generation int not null default 1,
  unique (case_id, kind, subject, generation),
  -- What lies in a scope lies in its case.
  unique (id, case_id)
);

create table app.case_body (
  case_id uuid not null,
  version int not null,
  n smallint not null,
  scope_id uuid not null,
  body_ct bytea not null,
  primary key (case_id, version, n),
  foreign key (scope_id, case_id) references app.scope (id, case_id)
);

create table app.case_member (
  case_id uuid not null references app.exit_case,
  user_id uuid not null,
  role text not null,
  subject text not null default '',
  valid_from timestamptz not null default now(),
  valid_to timestamptz,
  -- A closed case is read for a while more; after this moment the membership counts for nothing, without anybody ending it (FM-END-4).
  until timestamptz not null default 'infinity',
  primary key (case_id, user_id, role, subject, valid_from)
);
create index case_member_now on app.case_member (user_id, case_id) include (until) where valid_to is null;

create table app.scope_member (
  scope_id uuid not null,
  case_id uuid not null,
  user_id uuid not null,
  valid_from timestamptz not null default now(),
  valid_to timestamptz,
  until timestamptz not null default 'infinity',
  primary key (scope_id, user_id, valid_from),
  foreign key (scope_id, case_id) references app.scope (id, case_id)
);
create index scope_member_now on app.scope_member (case_id, user_id, scope_id) include (until) where valid_to is null;

-- Somebody shut out of a case by name, or by his own word; looks like non-membership (control 20).
create table app.block (
  case_id uuid not null references app.exit_case,
  user_id uuid not null,
  primary key (user_id, case_id)
);

-- Who is shut out under one of his names here is shut out under all of them, and under those to come (sec.start_session).
create function sec.shut_out_wholly() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- Who becomes somebody new at this moment has done so, or waits until this stands: neither would see what the other has not committed.
  perform 1 from app.staff a join app.staff b on b.issuer = a.issuer and b.subject = a.subject where a.id = new.user_id for share of b;
  insert into app.block (case_id, user_id)
  select new.case_id, b.id from app.staff a join app.staff b on b.issuer = a.issuer and b.subject = a.subject where a.id = new.user_id and b.id <> a.id
  on conflict do nothing;
  return null;
end $$;
create trigger shut_out_wholly after insert on app.block for each row execute function sec.shut_out_wholly();

create table app.unit_inbox (
  case_id uuid primary key references app.exit_case,
  unit text not null,
  number text not null,
  received_at timestamptz not null,
  municipality text,
  channel text not null,
  place text not null,
  urgent boolean not null,
  due date not null,
  taken_at timestamptz,
  -- The contact point has told the unit to end it: it is another inquiry of a person who has a case (034_doubles.sql). Of the other case nothing.
  ends_as_double boolean not null default false
);
create index unit_inbox_waiting on app.unit_inbox (unit, due) where taken_at is null;

-- Whom the co-ordinator has named for the unit: prefilled when an inquiry is taken.
create table app.unit_roster (
  unit text not null,
  seat text not null,
  municipality text not null default '',
  user_id uuid not null references app.staff,
  primary key (unit, seat, municipality)
);

-- All the registrant keeps of an inquiry: number, time, unit.
create table app.receipt (
  user_id uuid not null,
  number text not null,
  received_at timestamptz not null,
  unit text not null,
  primary key (user_id, number)
);

-- One row per reader, so that a list is one index scan and nobody's row hides in another's policy.
create table app.task (
  reader uuid not null,
  case_id uuid not null references app.exit_case,
  key text not null,
  title text not null,
  mine boolean not null,
  owner text not null,
  due date not null,
  command text not null,
  until timestamptz not null default 'infinity',
  -- What is somebody's own for a while can be another's that he waits for when his part is over.
  primary key (reader, case_id, key, mine)
);
create index task_due on app.task (reader, due);
create index task_case on app.task (case_id);

create table app.command (
  actor uuid not null,
  key text not null,
  request_hash bytea not null,
  result jsonb not null,
  at timestamptz not null default now(),
  -- Of the case, after it.
  version int not null,
  case_id uuid not null,
  primary key (actor, key)
);

-- The contact point's desk: structure only, one row per case in assessment or course.
create table app.overview (
  case_id uuid primary key references app.exit_case,
  number text not null,
  unit text not null,
  municipality text,
  phase text not null,
  place text not null,
  since date not null,
  contact_person uuid,
  next_due date
);
create index on app.overview (phase, since);

-- Records, written with the event and never rebuilt.
create table app.notification (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  case_id uuid not null references app.exit_case,
  version int not null,
  number text not null,
  unit text not null,
  at timestamptz not null,
  acknowledged_at timestamptz,
  unique (case_id, version, kind)
);
create index on app.notification (at) where acknowledged_at is null;
create index on app.notification (at desc);

create table app.question (
  id uuid primary key,
  case_id uuid not null references app.exit_case,
  kind text not null,
  number text not null,
  unit text not null,
  asked_at timestamptz not null,
  due date not null,
  status text not null,
  taken_by uuid[] not null default '{}'
);
create index on app.question (due) where status = 'open';

-- Events never change and never go, but by shredding (a later floor takes the trigger's place for that one act).
create function app.immutable() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin raise exception 'events are immutable' using errcode = '23000'; end $$;
create trigger immutable before update or delete on app.case_event for each row execute function app.immutable();
create trigger immutable before update or delete on app.case_body for each row execute function app.immutable();

reset role;
