-- The desk's queue of questions (FM-NCP-2): whose authorities have each in hand, who has given his authority's position, how many must still take it, and how it ended.
set role udvej_owner;

alter table app.question
  add column asked_on date,
  add column authorities text[] not null default '{}',
  add column spoken_by uuid[] not null default '{}',
  add column needed int not null default 0,
  add column ended_on date,
  -- What came of it, as structure: advice given, or what two equal positions decided; and the day the candidate's answer to his hearing came to it (FM-DEC-2, decision 28).
  add column outcome text check (outcome in ('answered', 'accepted', 'refused', 'upheld', 'overturned')),
  add column heard_on date,
  -- The authorities whose position something came after: each may give another.
  add column overtaken text[] not null default '{}',
  -- The contact point asked for the review itself; and the day the unit first sent something, with its question or afterwards (FM-DEC-2, decision 24).
  add column by_desk boolean not null default false,
  add column sent_on date;
-- What was asked before this floor: the next command on each writes what is left out here.
update app.question q set asked_on = q.due - 14, sent_on = q.due - 14, authorities = coalesce((select array_agg(s.authority order by s.authority) from app.staff s where s.id = any (q.taken_by)), '{}'),
  needed = case when q.status <> 'open' then 0 else greatest(0, case q.kind when 'advice' then 1 else 2 end - cardinality(q.taken_by)) end,
  ended_on = case when q.status <> 'open' then q.due end;
alter table app.question alter column asked_on set not null;
create index on app.question (ended_on desc) where status <> 'open';

-- Whether somebody who can act co-ordinates the case of an open question; who he is the desk is not told. Nothing of a case that lies not there, or that shuts the official out.
create function sec.is_attended_for_desk(p_case uuid) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not sec.is_contact_point() or p_case = any (array(select sec.my_blocks())) or not exists (select from app.question q where q.case_id = p_case and q.status = 'open') then return null; end if;
  return sec.is_attended(p_case);
end $$;
grant execute on function sec.is_attended_for_desk(uuid) to udvej_national;

-- The desk, for officials of the contact point only: questions that lie open, by what is due first; after them those that ended on or after a day, newest first, when one is given.
create function app.list_questions(p_token text, p_since date)
returns table (id uuid, case_id uuid, kind text, number text, unit text, asked_at timestamptz, asked_on date, due date, taken_by uuid[], authorities text[], spoken_by uuid[], needed int, status text, ended_on date, outcome text, heard_on date, overtaken text[], by_desk boolean, sent_on date, attended boolean)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('questions.listed');
  perform set_config('role', 'udvej_national', true);
  return query
    (select q.id, q.case_id, q.kind, q.number, q.unit, q.asked_at, q.asked_on, q.due, q.taken_by, q.authorities, q.spoken_by, q.needed, q.status, q.ended_on, q.outcome, q.heard_on, q.overtaken, q.by_desk, q.sent_on, sec.is_attended_for_desk(q.case_id)
      from app.question q where q.status = 'open' order by q.due, q.asked_at, q.id limit 200)
    union all
    (select q.id, q.case_id, q.kind, q.number, q.unit, q.asked_at, q.asked_on, q.due, q.taken_by, q.authorities, q.spoken_by, q.needed, q.status, q.ended_on, q.outcome, q.heard_on, q.overtaken, q.by_desk, q.sent_on, null
      from app.question q where q.status <> 'open' and q.ended_on >= p_since order by q.ended_on desc, q.number, q.id limit 200);
end $$;
grant execute on function app.list_questions(text, date) to udvej_web;
reset role;
