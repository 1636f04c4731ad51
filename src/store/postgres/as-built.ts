import { type Catalogue, OURS } from './catalogue.js';

/**
 * What a database is after all migrations of this version, in one word for each of the two: every function with its text and who may call it, who may do what with every table
 * and column, every policy, every trigger, and who may take on which of our roles. To be renewed with every migration; the test says what it became.
 */
export const AS_BUILT: readonly string[] = [
  'd1b6f7de230a381b21f38d185e1e110088efec942dd7bd0d79a571180ab15e1e',
  '25b51d309bc48b9f9c77545eb5b510395aa4d6341eefb3384e167776863d9253',
];

const LINES = `
  select format('function %I.%I(%s) %s %s %s for %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), p.prosecdef, md5(p.prosrc), p.proconfig,
    (select string_agg(format('%s:%s', a.grantee::regrole, a.privilege_type), ',' order by a.grantee::regrole::text collate "C") from aclexplode(p.proacl) a where a.grantee <> p.proowner and a.grantee <> 0)) as line
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in (${OURS})
  union all
  select format('%s %s on %I.%I', a.grantee::regrole, a.privilege_type, n.nspname, c.relname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a where n.nspname in (${OURS}) and a.grantee <> c.relowner and a.grantee <> 0
  union all
  select format('%s %s on %I.%I(%I)', a.grantee::regrole, a.privilege_type, n.nspname, c.relname, t.attname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a where n.nspname in (${OURS}) and a.grantee <> c.relowner and a.grantee <> 0
  union all
  select format('policy %I on %I.%I %s %s for %s: %s / %s', p.polname, n.nspname, c.relname, p.polcmd, p.polpermissive,
    (select string_agg(r::regrole::text, ',' order by r::regrole::text collate "C") from unnest(p.polroles) r), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname in (${OURS})
  union all
  select format('trigger %I on %I.%I %s %s %s', t.tgname, n.nspname, c.relname, t.tgenabled, t.tgtype, t.tgfoid::regproc)
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname in (${OURS}) and not t.tgisinternal
  union all
  select format('%s is %s', m.member::regrole, m.roleid::regrole) from pg_auth_members m where m.roleid::regrole::text like 'udvej%' or m.member::regrole::text like 'udvej%'`;

/** The one word of a database as it stands. */
export const wallOf = async (db: Catalogue): Promise<string> =>
  (await db.ask<{ word: string }>(`select encode(sha256(convert_to(string_agg(line, E'\\n' order by line collate "C"), 'UTF8')), 'hex') as word from (${LINES}) l`))[0]?.word ?? '';

/** Whether somebody has changed the wall since it was built: a right given, a rule or a function altered, a trigger put to sleep (control 43). */
export const changedSinceBuilt = async (db: Catalogue): Promise<readonly string[]> =>
  AS_BUILT.includes(await wallOf(db)) ? [] : ['rights, policies, functions or triggers that are not those of this version'];
