import { OURS } from './catalogue.js';

const RIGHTS = (acl: string, owner: string): string =>
  `(select string_agg(format('%s:%s:%s', a.grantee::regrole, a.privilege_type, a.is_grantable), ',' order by a.grantee::regrole::text collate "C", a.privilege_type) from aclexplode(${acl}) a where a.grantee <> ${owner} and a.grantee <> 0)`;
const OF_OURS = `join pg_class c on c.oid = x.relation join pg_namespace n on n.oid = c.relnamespace where n.nspname in (${OURS})`;
/** What the server says of something in words that are the same from PostgreSQL 15 on. */
const inTables = (what: string, relation: string, from: string, also = 'true'): string =>
  `select format('${what} %I.%I: %s', n.nspname, c.relname, x.line) from (select ${relation} as relation, ${from} where ${also}) x ${OF_OURS}`;

/** A right of one of our roles, or of everybody. */
const REACHES_US = `(a.grantee = 0 or a.grantee::regrole::text like 'udvej%')`;
/** Settings of one of our roles, and of all who come in where they bend who reads what. */
const BENDING = `'session_replication_role|row_security|search_path|role|session_preload_libraries|local_preload_libraries|log_.*|app\\..*'`;
/** Beside our schemas, what our roles or everybody may do that PostgreSQL and its extensions did not give from the first. */
const BESIDE = `select a.grantee, a.privilege_type, a.is_grantable, o.what
  from (select 'pg_class'::regclass as class, c.oid, 0 as part, n.nspname, format('%I.%I', n.nspname, c.relname) as what, c.relacl as acl, acldefault('r', c.relowner) as usual from pg_class c join pg_namespace n on n.oid = c.relnamespace
    union all select 'pg_class'::regclass, c.oid, t.attnum, n.nspname, format('%I.%I(%I)', n.nspname, c.relname, t.attname), t.attacl, acldefault('c', c.relowner) from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace
    union all select 'pg_proc'::regclass, p.oid, 0, n.nspname, p.oid::regprocedure::text, p.proacl, acldefault('f', p.proowner) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    union all select 'pg_namespace'::regclass, n.oid, 0, n.nspname, 'schema ' || n.nspname, n.nspacl, acldefault('n', n.nspowner) from pg_namespace n where n.nspname <> 'public') o
    left join pg_init_privs i on i.classoid = o.class and i.objoid = o.oid and i.objsubid = o.part, aclexplode(o.acl) a
  where o.acl is not null and o.nspname not in (${OURS}) and ${REACHES_US} and not (a.grantee = 0 and o.nspname = 'information_schema')
    and not exists (select from aclexplode(coalesce(i.initprivs, o.usual)) b where (b.grantee, b.privilege_type, b.is_grantable) = (a.grantee, a.privilege_type, a.is_grantable))`;

/**
 * Everything that the wall is made of, a line each. Of what PostgreSQL says differently from one version to the next only what does not: "not null" is a column's (18 makes it a
 * constraint), of an extension's functions only those we call (18's has more).
 */
export const LINES = [
  // Functions: text, how it runs, what it takes and gives, who may call it.
  `select format('function %I.%I(%s) %s %s %s %s %s %s %s %s %s for %s', n.nspname, p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), l.lanname, p.prokind, p.provolatile, p.proisstrict,
      p.proleakproof, p.prosecdef, md5(p.prosrc), p.proconfig, ${RIGHTS('p.proacl', 'p.proowner')}) as line
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang where n.nspname in (${OURS})`,
  // Tickets are signed, and tokens drawn, by functions of an extension.
  `select format('function public.%I(%s) %s %s %s %s of %s', p.proname, pg_get_function_identity_arguments(p.oid), l.lanname, p.prosecdef, p.prosrc, p.probin, e.extname)
    from pg_proc p join pg_language l on l.oid = p.prolang left join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e' and d.refclassid = 'pg_extension'::regclass
      left join pg_extension e on e.oid = d.refobjid
    where p.pronamespace = 'public'::regnamespace and (p.proname in ('hmac', 'gen_random_bytes') or e.oid is null)`,
  // Who may do what with what.
  `select format('%s %s %s on %I.%I', a.grantee::regrole, a.privilege_type, a.is_grantable, n.nspname, c.relname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a where n.nspname in (${OURS}) and a.grantee <> c.relowner and a.grantee <> 0`,
  `select format('%s %s %s on %I.%I(%I)', a.grantee::regrole, a.privilege_type, a.is_grantable, n.nspname, c.relname, t.attname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a where n.nspname in (${OURS}) and a.grantee <> c.relowner and a.grantee <> 0`,
  `select format('schema %I for %s', n.nspname, ${RIGHTS('n.nspacl', 'n.nspowner')}) from pg_namespace n where n.nspname in (${OURS}, 'public')`,
  `select format('database for %s', ${RIGHTS('d.datacl', 'd.datdba')}) from pg_database d where d.datname = current_database()`,
  `select format('default of %s in %s: %s for %s', d.defaclrole::regrole, coalesce(n.nspname, ''), d.defaclobjtype, (select string_agg(format('%s:%s', a.grantee::regrole, a.privilege_type), ',' order by a.grantee::regrole::text collate "C", a.privilege_type)
      from aclexplode(d.defaclacl) a)) from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace where d.defaclrole::regrole::text like 'udvej%' or n.nspname in (${OURS})`,
  `select format('%s %s %s on %s', case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end, a.privilege_type, a.is_grantable, a.what) from (${BESIDE}) a`,
  `select format('%s %s %s on parameter %s', case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end, a.privilege_type, a.is_grantable, p.parname) from pg_parameter_acl p, aclexplode(p.paracl) a where ${REACHES_US}`,
  // What a table is: one whose rows a crash empties, or one that hands its parent rows, is another.
  `select format('relation %I.%I %s %s %s %s', n.nspname, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in (${OURS}) and c.relkind not in ('i', 'I', 't', 'c')`,
  `select format('child %s of %s', i.inhrelid::regclass, i.inhparent::regclass) from pg_inherits i
    where exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid in (i.inhrelid, i.inhparent) and n.nspname in (${OURS}))`,
  `select format('event trigger %s on %s %s %s', e.evtname, e.evtevent, e.evtfoid::regprocedure, e.evtenabled) from pg_event_trigger e`,
  // What the rows of a table are held to.
  `select format('policy %I on %I.%I %s %s for %s: %s / %s', p.polname, n.nspname, c.relname, p.polcmd, p.polpermissive,
      (select string_agg(r::regrole::text, ',' order by r::regrole::text collate "C") from unnest(p.polroles) r), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname in (${OURS})`,
  inTables('rule on', 'r.ev_class', `concat_ws(' ', pg_get_ruledef(r.oid), r.ev_enabled) as line from pg_rewrite r`),
  inTables('trigger on', 't.tgrelid', `concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled) as line from pg_trigger t`, 'not t.tgisinternal'),
  // What keeps a foreign key true is a trigger as well, with a name of chance.
  inTables('kept true on', 't.tgrelid', `concat_ws(' ', k.conname, t.tgtype, t.tgfoid::regproc, t.tgenabled) as line from pg_trigger t join pg_constraint k on k.oid = t.tgconstraint`, 't.tgisinternal'),
  inTables('constraint on', 'k.conrelid', `concat_ws(' ', k.conname, pg_get_constraintdef(k.oid)) as line from pg_constraint k`, `k.contype <> 'n'`),
  inTables('unique on', 'i.indrelid', `concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indimmediate) as line from pg_index i`, 'i.indisunique or i.indisexclusion'),
  inTables('column of', 't.attrelid', `format('%I %s %s %s %s %s', t.attname, format_type(t.atttypid, t.atttypmod), t.attnotnull, t.attidentity, t.attgenerated, pg_get_expr(d.adbin, d.adrelid)) as line
    from pg_attribute t left join pg_attrdef d on d.adrelid = t.attrelid and d.adnum = t.attnum`, `t.attnum > 0 and not t.attisdropped and exists (select from pg_class r where r.oid = t.attrelid and r.relkind in ('r', 'p', 'v', 'm', 'f'))`),
  // Who our roles are, whom they may become and whether they are it all along, and what is set for them when they come in.
  `select format('role %s %s %s %s %s %s %s %s', r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolinherit, r.rolcanlogin) from pg_roles r where r.rolname like 'udvej%'`,
  `select format('%s is %s %s %s', m.member::regrole, m.roleid::regrole, m.admin_option, pg_has_role(m.member, m.roleid, 'usage')) from pg_auth_members m where m.roleid::regrole::text like 'udvej%' or m.member::regrole::text like 'udvej%'`,
  `select format('set for %s: %s', r.rolname, one) from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) as one
    where s.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))
      and (r.rolname like 'udvej%' or s.setrole = 0 and one ~ ('^(' || ${BENDING} || ')='))`,
].join('\n  union all\n  ');
