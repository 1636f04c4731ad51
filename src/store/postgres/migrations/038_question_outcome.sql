-- What came of a question, as structure: advice given, or what two equal positions decided; and the day the candidate's answer to his hearing came to it (FM-NCP-2, FM-DEC-2).
set role udvej_owner;

-- What ended before this floor has none, and reads as it did.
alter table app.question
  add column outcome text check (outcome in ('answered', 'accepted', 'refused', 'upheld', 'overturned')),
  add column heard_on date;

drop function app.list_questions(text, date);
-- As in 033_questions.sql, with both.
create function app.list_questions(p_token text, p_since date)
returns table (id uuid, case_id uuid, kind text, number text, unit text, asked_at timestamptz, asked_on date, due date, taken_by uuid[], authorities text[], spoken_by uuid[], needed int, status text, ended_on date, outcome text, heard_on date)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('questions.listed');
  perform set_config('role', 'udvej_national', true);
  return query
    (select q.id, q.case_id, q.kind, q.number, q.unit, q.asked_at, q.asked_on, q.due, q.taken_by, q.authorities, q.spoken_by, q.needed, q.status, q.ended_on, q.outcome, q.heard_on
      from app.question q where q.status = 'open' order by q.due, q.asked_at, q.id limit 200)
    union all
    (select q.id, q.case_id, q.kind, q.number, q.unit, q.asked_at, q.asked_on, q.due, q.taken_by, q.authorities, q.spoken_by, q.needed, q.status, q.ended_on, q.outcome, q.heard_on
      from app.question q where q.status <> 'open' and q.ended_on >= p_since order by q.ended_on desc, q.number, q.id limit 200);
end $$;
grant execute on function app.list_questions(text, date) to udvej_web;
reset role;
