import { type Catalogue, OURS } from './catalogue.js';

/**
 * What a database is after all migrations of this version, in one word for each of the two: every function with its text and who may call it, who may do what with every table
 * and column, every policy, every trigger, and who may take on which of our roles. To be renewed with every migration; the test says what it became.
 */
export const AS_BUILT: readonly string[] = [
  'ac081c1a8fa642e39c47247005613ea2ec60647317a0df6a9e6e34db2ec827c6',
  '862c6b00e160c0d3bf062d14ca58a67cd7a7f8e5b086a0d49ac5f382d409165f',
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
