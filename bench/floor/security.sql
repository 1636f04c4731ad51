-- The secured floor's wall: a role that owns nothing, the caller in the transaction, membership as an array asked for once.
create index on casefile (status, created_at desc);
create index on casefile (district_id, status);
create index on case_member (user_id, case_id);
create index on step (case_id);
create index on note (case_id, created_at desc);
grant select on police_district, municipality, app_user, casefile, case_member, step, note, app_session to bench_app;
grant select on police_district, casefile, app_session to bench_counts;
grant insert on note, audit_read to bench_app;
grant insert on audit_read to bench_counts;
create function cur_user() returns uuid language sql stable parallel safe as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
alter table casefile enable row level security;
alter table case_member enable row level security;
alter table step enable row level security;
alter table note enable row level security;
create policy own on case_member for select to bench_app using (user_id = (select cur_user()));
create policy circle on casefile for select to bench_app using (id = any (array(select m.case_id from case_member m where m.user_id = cur_user())));
create policy circle on step for select to bench_app using (case_id = any (array(select m.case_id from case_member m where m.user_id = cur_user())));
create policy circle on note for select to bench_app using (case_id = any (array(select m.case_id from case_member m where m.user_id = cur_user())));
create policy write on note for insert to bench_app
  with check (case_id = any (array(select m.case_id from case_member m where m.user_id = cur_user())) and author_id = cur_user());
create policy national on casefile for select to bench_counts using (true);
