-- What is noted for one transaction, one hour or one session is put away when that is over: the notes of openings say who looked into which
-- case, and only the log is to say that.
set role udvej_owner;

create function sec.sweep() returns void volatile security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from sec.opening where at < now() - interval '1 hour';
  delete from sec.commanding_case where at < now() - interval '1 hour';
  delete from sec.asking_text where at < now() - interval '1 hour';
  delete from sec.case_limit where counted_at < now() - interval '2 hours';
  delete from sec.named where at < now() - interval '2 hours';
  -- Of an emergency (019_emergency.sql) the hour, and who was asked for by a CPR number, found or not.
  delete from sec.emergency where until < now() - interval '1 hour';
  delete from match.wanted where at < now() - interval '1 day';
  delete from sec.session where expires_at < now() - interval '1 day';
end $$;
grant execute on function sec.sweep() to udvej_login;
reset role;
