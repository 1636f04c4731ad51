import { type Catalogue, named, OUR_SCHEMAS } from '../../src/store/postgres/catalogue.js';

const OURS = OUR_SCHEMAS.map((schema) => `'${schema}'`).join(', ');

/** What a role may do with tables and columns: 'SELECT app.task'. Its own grants only; a role taken on is asked by itself. */
export const tableRights = (db: Catalogue, role: string): Promise<readonly string[]> =>
  named(db, `
    select format('%s %s.%s', a.privilege_type, n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a where a.grantee = $1::regrole
    union select format('%s %s.%s(%s)', a.privilege_type, n.nspname, c.relname, t.attname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a where a.grantee = $1::regrole
    order by 1`, [role]);

/** The functions of ours a role may call by its own grants: 'sec.whoami()'. */
export const callable = (db: Catalogue, role: string): Promise<readonly string[]> =>
  named(db, `
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(p.proacl) a
    where n.nspname in (${OURS}) and a.grantee = $1::regrole and a.privilege_type = 'EXECUTE' order by 1`, [role]);
