-- Lists in one round trip each: the session, the log's row (an error without a live session), the rows that row-level security lets through.
set role udvej_owner;

-- My cases, open or closed, by what is due first, a page of them: row-level security says which are mine.
create function app.list_cases(p_token text, p_closed boolean, p_phase text, p_limit int, p_offset int)
returns table (id uuid, number text, label text, unit text, municipality text, phase text, place text, since date, next_due date, contact_person uuid, total int)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('cases.listed');
  return query select c.id, c.number, c.label, c.unit, c.municipality, c.phase, c.place, c.since, c.next_due, c.contact_person, (count(*) over ())::int
  from app.exit_case c
  where (c.phase = 'closed') = p_closed and (p_phase is null or c.phase = p_phase)
  order by c.next_due nulls last, c.since desc, c.number limit p_limit offset p_offset;
end $$;

-- Everything that waits for me or that I wait for, with the case's number and label (FM-WORK-1).
create function app.list_tasks(p_token text)
returns table (case_id uuid, number text, label text, key text, title text, mine boolean, owner text, due date, command text)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('tasks.listed');
  return query select t.case_id, c.number, c.label, t.key, t.title, t.mine, t.owner, t.due, t.command
  from app.task t join app.exit_case c on c.id = t.case_id order by t.due, c.number, t.key limit 300;
end $$;

create function app.list_inbox(p_token text)
returns table (case_id uuid, number text, unit text, municipality text, place text, channel text, urgent boolean, received_at timestamptz, due date, ends_as_double boolean)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  perform audit.note('inbox.listed');
  return query select i.case_id, i.number, i.unit, i.municipality, i.place, i.channel, i.urgent, i.received_at, i.due, i.ends_as_double
  from app.unit_inbox i order by i.urgent desc, i.due, i.received_at, i.case_id limit 100;
end $$;

grant execute on function app.list_cases(text, boolean, text, int, int), app.list_tasks(text), app.list_inbox(text) to udvej_web;
reset role;
