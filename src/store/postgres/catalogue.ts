/** The schemas that are ours; `public` holds nothing but pgcrypto and the list of migrations. */
export const OUR_SCHEMAS = ['app', 'sec', 'audit', 'keys', 'stat', 'match'] as const;
/** The same, for a list in SQL. */
export const OURS = OUR_SCHEMAS.map((schema) => `'${schema}'`).join(', ');

/** Asks the database whose catalogue is meant; any role may. */
export interface Catalogue {
  readonly ask: <Row extends Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<Row[]>;
}

export const named = async (db: Catalogue, sql: string, values: unknown[] = []): Promise<readonly string[]> =>
  (await db.ask<{ name: string }>(sql, values)).map((row) => row.name);

const RELATION = `from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in (${OURS})`;

/** All tables of ours, `schema.table`. */
export const tables = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `select n.nspname || '.' || c.relname as name ${RELATION} and c.relkind in ('r', 'p') order by 1`);

/** Tables that row-level security does not bind, or not for their owner, or that the owner cannot work with. */
export const openTables = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `
    select n.nspname || '.' || c.relname as name ${RELATION} and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity and exists (
        select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_all' and p.polcmd = '*' and p.polpermissive
          and p.polroles = array['udvej_owner'::regrole::oid]
          and pg_get_expr(p.polqual, p.polrelid) = 'true' and pg_get_expr(p.polwithcheck, p.polrelid) = 'true'))
    order by 1`);

/** Policies that hold for everybody, or that let another role than the owner see all rows. */
export const looseFitting = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `
    select format('%s on %s', p.polname, p.polrelid::regclass) as name from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (${OURS}) and p.polname <> 'owner_all'
      and (0 = any (p.polroles) or 'udvej_owner'::regrole::oid = any (p.polroles)
        or coalesce(pg_get_expr(p.polqual, p.polrelid), 'none') = 'true' or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'none') = 'true')
    order by 1`);

/** Two audiences on one table and one role for the same act: the second policy widens the first, and costs (security.md §3). */
export const doublePolicies = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `
    select format('%s for %s by %s', p.polrelid::regclass, p.polcmd, r.rolname) as name
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = any (p.polroles)
    where n.nspname in (${OURS}) group by p.polrelid, p.polcmd, r.rolname having count(*) > 1 order by 1`);

/** Views that run as their owner, and materialized views, which no row-level security binds, wherever they stand: one beside our schemas reads ours as well. */
export const viewsThatBypass = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and c.relpersistence <> 't'
      and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false))
    order by 1`);

/** Functions of ours whose names could be resolved elsewhere than in the catalogue. */
export const functionsWithoutSearchPath = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in (${OURS}) and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false) order by 1`);

/** Functions that run as their owner and are not ours to answer for. */
export const strangersThatRunAsOwner = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname not in (${OURS}, 'pg_catalog', 'information_schema') order by 1`);

/** What everybody may do with something of ours. */
export const openToEverybody = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `
    select 'function ' || p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace,
        aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where n.nspname in (${OURS}) and a.grantee = 0
    union all select format('%s on %s.%s', a.privilege_type, n.nspname, c.relname) ${RELATION.replace('where', ', aclexplode(c.relacl) a where')} and a.grantee = 0
    union all select format('%s on schema %s', a.privilege_type, n.nspname) from pg_namespace n, aclexplode(n.nspacl) a where n.nspname in (${OURS}, 'public') and a.grantee = 0
    union all select format('%s on the database', a.privilege_type) from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where d.datname = current_database() and a.grantee = 0
    order by 1`);

/** Things of ours that another than the owner owns: an owner bends every rule. */
export const strayOwners = (db: Catalogue): Promise<readonly string[]> =>
  named(db, `
    select format('%s.%s of %s', n.nspname, c.relname, c.relowner::regrole) as name ${RELATION} and c.relowner <> 'udvej_owner'::regrole
    union all select format('%s of %s', p.oid::regprocedure, p.proowner::regrole) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in (${OURS}) and p.proowner <> 'udvej_owner'::regrole
    union all select format('schema %s of %s', n.nspname, n.nspowner::regrole) from pg_namespace n where n.nspname in (${OURS}) and n.nspowner <> 'udvej_owner'::regrole
    order by 1`);

/**
 * Everything in the catalogue that would open the wall, as names; empty when it stands (control 4). Asked in CI of a database just built, and at
 * every start in production of the one that is there: somebody may have changed it since.
 */
export const faultsOfTheWall = async (db: Catalogue): Promise<readonly string[]> =>
  (await Promise.all([openTables, looseFitting, doublePolicies, viewsThatBypass, functionsWithoutSearchPath, strangersThatRunAsOwner, openToEverybody, strayOwners].map((rule) => rule(db)))).flat();
