import pg from 'pg';
import { StartRefused } from './embedded-error.js';

/** The ways into the database; each is a setting of its own; an empty one is not set. */
export interface DatabaseUrls {
  migrate?: string | undefined;
  web?: string | undefined;
  login?: string | undefined;
  worker?: string | undefined;
  sealer?: string | undefined;
  /** Of the commands that somebody gives by hand, rebuilding and leavers: no process that stands has it. */
  operator?: string | undefined;
  /** The vault's, into the database of the keys; and there those of who builds it, and of the worker. */
  keys?: string | undefined;
  migrateKeys?: string | undefined;
  workerKeys?: string | undefined;
}

/** What each way into the database is called where the settings are written. */
export const settingNames = {
  migrate: 'MIGRATE_DATABASE_URL',
  web: 'DATABASE_URL',
  login: 'LOGIN_DATABASE_URL',
  worker: 'WORKER_DATABASE_URL',
  sealer: 'SEALER_DATABASE_URL',
  operator: 'OPERATOR_DATABASE_URL',
  keys: 'KEYS_DATABASE_URL',
  migrateKeys: 'MIGRATE_KEYS_DATABASE_URL',
  workerKeys: 'WORKER_KEYS_DATABASE_URL',
} as const satisfies Record<keyof DatabaseUrls, string>;

/** What a server must be set to, or it may lose what it has answered for; `remote_apply` waits for more than `on`. */
const durable: Record<string, readonly string[]> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
  data_checksums: ['on'],
};

/**
 * Looks at every server and role we are about to use. A version before 15 and a role that sees past row-level security
 * are refused everywhere; settings that may lose data are refused in production and told in the log elsewhere.
 * @throws StartRefused naming the setting and what it must be.
 */
export async function checkServer(
  urls: DatabaseUrls,
  how: { production: boolean; onLog?: (line: string) => void },
): Promise<void> {
  const told = new Set<string>();
  for (const way of ['web', 'login', 'worker', 'sealer', 'operator', 'keys', 'workerKeys'] as const) {
    const url = urls[way];
    if (url === undefined) continue;
    const weak = await withClient(way, url, look);
    if (weak.length === 0) continue;
    const warning =
      `Databasen kan miste data, den har kvitteret for: ${weak.join(', ')}. ` +
      'Ret serverens indstillinger; data_checksums slås til med pg_checksums, mens serveren er stoppet.';
    if (how.production) throw new StartRefused(`${settingNames[way]}: ${warning}`);
    told.add(warning);
  }
  for (const warning of told) how.onLog?.(warning);
}

/** What a server says of itself and of the role we are there. */
export interface ServerLook {
  version: number;
  me: string;
  past_the_wall: boolean;
  values: Record<string, string>;
}

async function look(client: pg.Client, setting: string): Promise<string[]> {
  const { rows } = await client.query<ServerLook>(
    `select current_setting('server_version_num')::int as version, rolsuper or rolbypassrls as past_the_wall, rolname as me,
            (select jsonb_object_agg(name, setting) from pg_settings where name = any($1)) as values
       from pg_roles where rolname = current_user`,
    [Object.keys(durable)],
  );
  const [found] = rows;
  if (!found) throw new Error('the server does not know its own role');
  return weaknesses(found, setting);
}

/**
 * What of the server's settings may lose data, in Danish; empty when all is well.
 * @throws StartRefused when no settings could make it good: too old, or a role that sees everything.
 */
export function weaknesses(found: ServerLook, setting: string): string[] {
  if (found.version < 150_000) {
    throw new StartRefused(`Databasen i ${setting} er for gammel. Udvej kræver PostgreSQL 15 eller nyere.`);
  }
  if (found.past_the_wall) {
    throw new StartRefused(
      `Brugeren ${found.me} i ${setting} kan se alt i databasen, uanset hvem der spørger. ` +
        'Brug den bruger, Udvej selv har oprettet til formålet. En superbruger hører kun til i MIGRATE_DATABASE_URL og MIGRATE_KEYS_DATABASE_URL.',
    );
  }
  return Object.entries(durable)
    .filter(([name, good]) => !good.includes(found.values[name] ?? ''))
    .map(([name, good]) => `${name} er ${found.values[name] ?? 'ukendt'}, skal være ${good.join(' eller ')}`);
}

/**
 * A short visit to a server as the role of one setting.
 * @throws StartRefused when nobody answers or the password is wrong; the message holds no password.
 */
export async function withClient<T>(
  way: keyof DatabaseUrls,
  url: string,
  work: (client: pg.Client, setting: string) => Promise<T>,
): Promise<T> {
  const setting = settingNames[way];
  const client = clientFor(url, setting);
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new StartRefused(`Udvej kan ikke komme ind i databasen med ${setting}: ${reasonOf(error)}`, { cause: error });
  }
  try {
    return await work(client, setting);
  } finally {
    await client.end();
  }
}

function clientFor(url: string, setting: string): pg.Client {
  if (!URL.canParse(url))
    throw new StartRefused(`${setting} er ikke en adresse. Den skrives postgres://bruger:adgangskode@server:port/database.`);
  return new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'udvej start' });
}

function reasonOf(error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code))
    return `serveren svarer ikke (${code}).`;
  if (code === '28P01' || code === '28000')
    return 'brugeren eller adgangskoden er forkert, eller serveren lukker ikke brugeren ind.';
  if (code === '3D000') return 'databasen findes ikke. Opret den først.';
  if (code === '42501') return 'brugeren må ikke komme ind i den database.';
  return message === '' ? `serveren svarer ikke (${code}).` : message;
}
