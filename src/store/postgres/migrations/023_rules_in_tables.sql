-- Some rules stand in rows and not in functions: what admits to a command, how many must say yes, the limits, the clock. A start in production holds
-- them against the program's own (control 43).
set role udvej_owner;

create function sec.rules_in_tables() returns json stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select json_build_object(
    'commands', (select coalesce(json_object_agg(c.name, json_build_array(c.admission, c.writes)), '{}') from sec.command c),
    'news', (select coalesce(json_agg(n.type), '[]') from sec.news_type n),
    'approvals', (select coalesce(json_object_agg(k.kind, json_build_array(k.votes, k.apart, extract(epoch from k.lasts)::int)), '{}') from sec.approval_kind k),
    'settings', (select coalesce(json_object_agg(s.name, s.value), '{}') from sec.setting s))
$$;
-- Not to the web: without a session it gets nothing whatever.
grant execute on function sec.rules_in_tables() to udvej_login;
reset role;
