-- What happened in my cases since I was last here (FM-WORK-1): kinds and times, in one statement. No case is opened for it and no key asked for;
-- its row in the log is one for all my cases, as that of every list.
set role udvej_owner;

-- The facts that every full member may know of, whatever his authority: the domain's list (access/news.ts), written by the program as sec.command is.
create table sec.news_type (type text primary key);
alter table sec.news_type enable row level security;
alter table sec.news_type force row level security;
create policy owner_all on sec.news_type to udvej_owner using (true) with check (true);

-- The newest ten since I was last here before today (a second login of the morning hides nothing): facts where I am a full member, entries that lie in a scope I read; never my own acts.
-- What I may not know of is left out before the ten are counted, so that it takes no place among them (FM-WORK-6).
-- Asked of one event at a time (`limit 1`): an `exists` is made into a table of all I ever read.
create function sec.my_news() returns table (place int, case_id uuid, type text, at timestamptz) volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_session sec.session := sec.ctx_session();
  v_since timestamptz;
begin
  if v_session.user_id is null then raise exception 'no session' using errcode = '28000'; end if;
  insert into audit.event (actor, action) values (v_session.user_id, 'news.listed');
  select e.at into v_since from audit.event e
    where e.actor = v_session.user_id and e.action = 'login' and e.at < date_trunc('day', now(), 'Europe/Copenhagen') order by e.at desc limit 1;
  if v_since is null then return; end if;
  -- Events carry the program's time; a demonstration's lies behind.
  v_since := v_since - (now() - sec.clock());
  return query select (row_number() over (order by found.at desc, found.version desc, found.case_id))::int, found.case_id, found.type, found.at
    from (select distinct c.id from sec.my_cases() as mine (id) join app.exit_case c on c.id = mine.id where c.touched_at > v_since) mine
    cross join lateral (
      select e.case_id, e.version, e.type, e.at from app.case_event e
      where e.case_id = mine.id and e.at > v_since and e.actor <> v_session.user_id and case
        when e.journal then (
          select true from app.case_body b join app.scope_member s on s.case_id = e.case_id and s.user_id = v_session.user_id and s.scope_id = b.scope_id
          where b.case_id = e.case_id and b.version = e.version and s.valid_to is null and (s.until > now() or s.until > (select sec.clock())) limit 1)
        else (
          select true from app.case_member m join sec.news_type t on t.type = e.type
          where m.case_id = e.case_id and m.user_id = v_session.user_id and m.valid_to is null and m.role not in ('owner', 'question', 'screening')
            and (m.until > now() or m.until > (select sec.clock())) limit 1)
        end
      order by e.version desc limit 10) found
    order by 1 limit 10;
end $$;

create function app.list_news(p_token text)
returns table (case_id uuid, number text, label text, type text, at timestamptz)
volatile security invoker language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.session', p_token, true);
  return query select n.case_id, c.number, c.label, n.type, n.at from sec.my_news() n join app.exit_case c on c.id = n.case_id order by n.place;
end $$;

grant execute on function sec.my_news(), app.list_news(text) to udvej_web;
reset role;
