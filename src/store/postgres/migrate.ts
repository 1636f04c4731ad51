import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { StartRefused } from './embedded-error.js';
import { stripDetail } from './pools.js';

/** The numbered files, beside this one in the sources and in the build alike. */
export const migrationFolder = fileURLToPath(new URL('./migrations/', import.meta.url));
/** Those of the database of the keys. */
export const keyMigrationFolder = fileURLToPath(new URL('./key-migrations/', import.meta.url));

interface Migration {
  number: number;
  name: string;
  sql: string;
  sha256: string;
}

/** Any two starters of one database ask for the same key, and one waits for the other. */
const lockKey = 7_038_825;

/**
 * Brings the database up to date: every file `NNN_name.sql` not yet applied, in order, each in its own transaction.
 * Two starters at once take turns.
 * @param superuserUrl of the database itself, as a role that may create extensions and become `udvej_owner`.
 * @param connecting the roles that may come in
 * @returns the names applied now.
 * @throws StartRefused when an applied file was changed or is gone, a number is used twice or comes too late, or a file fails.
 */
export async function migrate(
  superuserUrl: string,
  folder: string = migrationFolder,
  connecting: readonly LoginRole[] = caseRoles,
): Promise<string[]> {
  const files = readMigrations(folder);
  return visit(superuserUrl, async (client) => {
    // Ending the session gives the lock back.
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await prepareDatabase(client, connecting);
    const waiting = notApplied(files, await readApplied(client));
    for (const migration of waiting) await apply(client, migration);
    return waiting.map((each) => each.name);
  });
}

/**
 * Brings the database of the keys up to date, and gives it what the database of the cases signs its tickets with.
 * @param keysSuperuserUrl of the database of the keys; @param superuserUrl of the other, built before.
 */
export async function migrateKeys(keysSuperuserUrl: string, superuserUrl: string): Promise<void> {
  await migrate(keysSuperuserUrl, keyMigrationFolder, keyRoles);
  const secret = await visit(superuserUrl, async (client) => (await client.query<{ secret: Buffer }>('select secret from sec.ticket_secret')).rows[0]?.secret);
  await visit(keysSuperuserUrl, async (client) => {
    await client.query('begin');
    await client.query('delete from keys.ticket_secret');
    await client.query('insert into keys.ticket_secret values ($1)', [secret]);
    await client.query('commit');
  });
}

async function visit<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'udvej migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The numbered files of a folder, in order. @throws StartRefused on a stray name or a number used twice. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) throw new StartRefused(`Mappen med databasens opbygning mangler: ${folder}. Installér Udvej igen.`);
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => {
      const number = /^(\d{3})_[a-z0-9_]+\.sql$/.exec(file)?.[1];
      if (number === undefined) throw new StartRefused(`Filen ${file} i ${folder} hedder ikke NNN_navn.sql.`);
      const sql = readFileSync(path.join(folder, file), 'utf8');
      // Git may have turned line endings on Windows: the same text is the same migration.
      const sha256 = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
      return { number: Number(number), name: path.basename(file, '.sql'), sql, sha256 };
    })
    .sort((a, b) => a.number - b.number);
  migrations.forEach((each, index) => {
    const before = migrations[index - 1];
    if (before?.number === each.number)
      throw new StartRefused(`${before.name} og ${each.name} har samme nummer. Giv den nyeste et nyt.`);
  });
  return migrations;
}

type Applied = Pick<Migration, 'number' | 'name' | 'sha256'>;

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>('select number, name, sha256 from public.migration order by number');
  return rows;
}

function notApplied(files: Migration[], applied: Applied[]): Migration[] {
  const byNumber = new Map(files.map((each) => [each.number, each]));
  for (const done of applied) {
    const file = byNumber.get(done.number);
    if (!file) {
      throw new StartRefused(
        `Databasen er bygget af en nyere udgave af Udvej (den kender ${done.name}). Start den nyere udgave.`,
      );
    }
    if (file.sha256 !== done.sha256) {
      throw new StartRefused(
        `${file.name}.sql er ændret, efter at den blev brugt på databasen. Læg den gamle tekst tilbage, og skriv ændringen i en ny fil.`,
      );
    }
  }
  const last = applied.at(-1)?.number ?? -1;
  const waiting = files.filter((each) => !applied.some((done) => done.number === each.number));
  const late = waiting.find((each) => each.number < last);
  if (late)
    throw new StartRefused(`${late.name}.sql har et lavere nummer end filer, der allerede er brugt. Giv den et nyt nummer.`);
  return waiting;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query("set local lock_timeout = '5s'");
    await client.query(migration.sql);
    // The file becomes udvej_owner; the list of migrations is not the owner's.
    await client.query('reset role');
    await client.query('insert into public.migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new StartRefused(
      `${migration.name}.sql kunne ikke bruges på databasen${lineOf(error, migration.sql)}: ${reasonOf(error)}`,
      {
        cause: stripDetail(error),
      },
    );
  }
}

function lineOf(error: unknown, sql: string): string {
  const position = Number((error as { position?: string }).position);
  return Number.isInteger(position) && position > 0 ? ` (linje ${sql.slice(0, position).split('\n').length})` : '';
}

function reasonOf(error: unknown): string {
  const { message, where } = error as { message: string; where?: string };
  return where === undefined ? message : `${message} — ${where}`;
}

/** What every database of Udvej has before its first file: the list itself, pgcrypto, and nothing open to everybody. */
async function prepareDatabase(client: pg.Client, connecting: readonly LoginRole[]): Promise<void> {
  await client.query(`
    create extension if not exists pgcrypto with schema public;
    revoke all on schema public from public;
    grant usage on schema public to udvej_owner;
    create table if not exists public.migration (
      number integer primary key,
      name text not null,
      sha256 text not null,
      applied_at timestamptz not null default now()
    );
    revoke all on public.migration from public;`);
  await closeDatabase(client, connecting);
}

/**
 * Only our own roles may connect, and only the owner may create. Copying a database does not copy this: a copy made for
 * tests needs it again.
 */
export async function closeDatabase(client: pg.ClientBase, connecting: readonly LoginRole[] = caseRoles): Promise<void> {
  await client.query(`do $$ begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant create on database %I to udvej_owner', current_database());
    execute format('grant connect on database %I to ${connecting.join(', ')}', current_database());
  end $$`);
}

/** The roles that log in, each with a password and a pool of its own. */
export const loginRoles = ['udvej_web', 'udvej_login', 'udvej_vault', 'udvej_worker', 'udvej_sealer', 'udvej_operator'] as const;
export type LoginRole = (typeof loginRoles)[number];

/** Who may come into the database of the cases, and who into that of the keys: nobody but the worker into both, and he reads neither cases nor keys. */
const caseRoles: readonly LoginRole[] = ['udvej_web', 'udvej_login', 'udvej_worker', 'udvej_sealer', 'udvej_operator'];
export const keyRoles: readonly LoginRole[] = ['udvej_vault', 'udvej_worker'];

/** The roles nobody logs in as: the owner of everything, and those a login role takes on for one transaction. */
const takenOn = {
  udvej_owner: [],
  udvej_command: ['udvej_web'],
  udvej_national: ['udvej_web'],
  udvej_match: ['udvej_worker'],
  udvej_maintenance: ['udvej_operator'],
} as const satisfies Record<string, LoginRole[]>;

/**
 * Creates the roles of the server if they are missing, and sets the passwords given. Roles belong to the whole server:
 * once, before databases are copied. May be run again, also with other passwords.
 * @param client connected as superuser; always to the same database, or two starters will not see each other.
 * @param passwords a role without one is made, but cannot log in until it has one.
 */
export async function bootstrapRoles(client: pg.ClientBase, passwords: Partial<Record<LoginRole, string>>): Promise<void> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
    // A server that logs statements must not log these: they hold the passwords.
    await client.query("set local log_statement = 'none'; set local log_min_error_statement = 'panic'");
    await client.query("set local log_min_duration_statement = -1; set local log_error_verbosity = 'terse'");
    for (const role of Object.keys(takenOn)) await ensureRole(client, role, 'nologin');
    for (const role of loginRoles) await ensureRole(client, role, 'login', passwords[role]);
    for (const [role, members] of Object.entries(takenOn)) for (const member of members) await grantByHand(client, role, member);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw stripDetail(error);
  }
}

async function ensureRole(client: pg.ClientBase, role: string, login: 'login' | 'nologin', password?: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await client.query(`create role ${role}`);
  const secret = password === undefined ? '' : ` password ${client.escapeLiteral(password)}`;
  await client.query(
    `alter role ${role} ${login} noinherit nosuperuser nobypassrls nocreaterole nocreatedb noreplication${secret}`,
  );
}

/**
 * The member may become the role, but has none of its rights before it does. From version 16 that is settled when the
 * role is granted, by whether the member inherits just then: a grant made wrongly once is made again.
 */
async function grantByHand(client: pg.ClientBase, role: string, member: LoginRole): Promise<void> {
  const { rows } = await client.query<{ inherits: boolean }>('select pg_has_role($1, $2, $3) as inherits', [
    member,
    role,
    'usage',
  ]);
  if (rows[0]?.inherits === true) await client.query(`revoke ${role} from ${member}`);
  await client.query(`grant ${role} to ${member}`);
}
