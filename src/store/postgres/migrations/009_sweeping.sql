-- What is noted for one transaction, one hour or one session is put away when that is over: the notes of openings say who looked into which
-- case, and only the log is to say that.
set role udvej_owner;

create function sec.sweep() returns void volatile security definer language sql set search_path = pg_catalog, pg_temp as $$
  delete from sec.opening where at < now() - interval '1 hour';
  delete from sec.commanding_case where at < now() - interval '1 hour';
  delete from sec.case_limit where counted_at < now() - interval '2 hours';
  delete from sec.named where at < now() - interval '2 hours';
  delete from sec.session where expires_at < now() - interval '1 day';
$$;
grant execute on function sec.sweep() to udvej_login;
reset role;
