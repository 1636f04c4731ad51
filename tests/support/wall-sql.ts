import pg from 'pg';
import type { LoginRole } from '../../src/store/postgres/migrate.js';
import type { FreshDatabase } from './database.js';
import { OUR_SCHEMAS, tables } from '../../src/store/postgres/catalogue.js';

/** What came of one statement: its rows, or the SQLSTATE it was refused with. */
export interface Attempt {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly refused?: string;
}

/** Somebody at a prompt of his own, as one of the login roles: what an injection into the web, or a stolen password, can do. */
export interface Prompt {
  /** One transaction: the session, the role taken on, the statements. What the last one gave; or the first refusal, with everything undone. */
  readonly tries: (token: string, statements: string | readonly string[], options?: { readonly role?: string; readonly values?: readonly unknown[] }) => Promise<Attempt>;
  readonly close: () => Promise<void>;
}

export async function prompt(db: FreshDatabase, role: LoginRole): Promise<Prompt> {
  const client = new pg.Client({ connectionString: db.url(role) });
  client.on('error', () => undefined);
  await client.connect();
  return {
    tries: async (token, statements, { role: taken, values = [] } = {}) => {
      try {
        await client.query('begin');
        await client.query(`select set_config('app.session', $1, true)`, [token]);
        if (taken !== undefined) await client.query(`set local role ${taken}`);
        const all = typeof statements === 'string' ? [statements] : statements;
        let rows: Attempt['rows'] = [];
        for (const [index, statement] of all.entries()) {
          const last = index === all.length - 1;
          ({ rows } = await client.query<Record<string, unknown>>(statement, last ? [...values] : []));
        }
        await client.query('commit');
        return { rows };
      } catch (error) {
        await client.query('rollback');
        return { rows: [], refused: error instanceof pg.DatabaseError ? (error.code ?? 'unknown') : String(error) };
      }
    },
    close: () => client.end(),
  };
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === false || value === '' || value === 0 || (typeof value === 'object' && !Buffer.isBuffer(value) && Object.values(value).every(isNothing));

/** Whether an attempt gave away nothing: refused, no rows, or rows in which nothing stands. */
export const gaveNothing = ({ rows }: Attempt): boolean => rows.every((row) => Object.values(row).every(isNothing));

/** A fingerprint of each table of ours, for telling that nothing was stored. */
export async function fingerprint(db: FreshDatabase, except: readonly string[] = []): Promise<Readonly<Record<string, string>>> {
  const all = await Promise.all([db.superuser, db.keys].map(async (asks) => {
    const names = (await tables({ ask: asks })).filter((name) => !except.includes(name === 'audit.pending' ? 'audit.event' : name));
    return asks<{ name: string; md5: string }>(
      names.map((name) => `select '${name}' as name, coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as md5 from ${name} t`).join(' union all '));
  }));
  return Object.fromEntries(all.flat().map(({ name, md5 }) => [name, md5]));
}

/** Tables that a look may change: the log, and the counters and openings beside it. Nothing of a case stands in them but ids. */
export const LOOKING: readonly string[] = ['audit.event', 'audit.pending', 'keys.release_log', 'sec.case_limit', 'sec.commanding_case', 'sec.named', 'sec.opening', 'sec.session', 'stat.drawing'];

/** What to give for each argument of a function, by its name, so that every function can be called whatever it is called. */
export type Arguments = Readonly<Record<string, string>>;

/**
 * Statements that read whatever a role can reach, by the catalogue: every table it may read, every function it may call.
 * @param given values as SQL; an argument that is missing there fails the test. Left out: tables only.
 */
export async function everyReach(db: FreshDatabase, role: string, given?: Arguments): Promise<readonly string[]> {
  const asks = role === 'udvej_vault' ? db.keys : db.superuser;
  const readable = await asks<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v') and has_table_privilege($2, c.oid, 'select') and has_schema_privilege($2, n.oid, 'usage') order by 1`, [[...OUR_SCHEMAS], role]);
  const reads = readable.map(({ name }) => `select * from ${name}`);
  if (given === undefined) return reads;
  const functions = await asks<{ name: string; args: string[] | null }>(`
    select n.nspname || '.' || p.proname as name, p.proargnames[1:p.pronargs] as args from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any ($1) and has_function_privilege($2, p.oid, 'execute') and has_schema_privilege($2, n.oid, 'usage') order by 1`, [[...OUR_SCHEMAS], role]);
  return [
    ...reads,
    ...functions.map(({ name, args }) => {
      const values = (args ?? []).map((arg) => {
        const value = given[arg];
        if (value === undefined) throw new Error(`${role} can call ${name}: say in this test what to give for ${arg}, so that it is tried`);
        return value;
      });
      return `select * from ${name}(${values.join(', ')})`;
    }),
  ];
}
