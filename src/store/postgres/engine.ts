import type pg from 'pg';
import { StartRefused } from './embedded-error.js';
import { newSecret, readSecret, writeSecret } from './embedded-secrets.js';
import type { EmbeddedServer } from './embedded.js';
import { startEmbedded } from './embedded.js';
import type { DatabaseUrls } from './engine-guard.js';
import { checkServer, settingNames, withClient } from './engine-guard.js';
import type { LoginRole } from './migrate.js';
import { bootstrapRoles, loginRoles, migrate, migrateKeys } from './migrate.js';
import type { Pool } from './pools.js';
import { createPool } from './pools.js';

export interface DatabaseSettings {
  /** None of them: the embedded server. Only `migrate`, outside production: the rest is derived from it. */
  urls?: DatabaseUrls;
  /** Holds the embedded server's data, and the secrets Udvej makes itself. */
  dataDir: string;
  /** In production nothing is derived, and a server that may lose what it has answered for is refused. */
  production: boolean;
  /** May this process change the database? The embedded server is always brought up to date. */
  needsMigration: boolean;
  /** A free port is chosen for the embedded server when it is left out. */
  port?: number;
  /** What happens at the start, in Danish, a line at a time. */
  onLog?: (line: string) => void;
}

/** The pools of the running program: one per role, for the role is what PostgreSQL judges by. */
export interface Database {
  web: Pool;
  login: Pool;
  /** In the database of the keys. */
  vault: Pool;
  /** Opened by the first who asks; missing when no URL was given for the worker. */
  worker?: () => Pool;
  sealer?: () => Pool;
  operator?: () => Pool;
  /** The worker's ways, for the process of its own that it is. */
  readonly urls: Pick<DatabaseUrls, 'worker' | 'workerKeys' | 'sealer'>;
  /** The superuser's URL of the database; missing when the settings give none. */
  superuser?: string;
  superuserOfKeys?: string;
  /** Returns when every connection is closed and an embedded server has stopped. May be called again. */
  close: () => Promise<void>;
}

/** Together fewer than the 60 connections of the embedded server, with room for a look inside by hand. */
const sizes = { web: 20, login: 4, vault: 8, worker: 8, sealer: 2, operator: 2 } as const;

/** The URLs of one start, all that is needed known. */
type ReadyUrls = DatabaseUrls & { web: string; login: string; keys: string };

/**
 * Opens the database Udvej runs on: the given servers, or an embedded one in `dataDir`.
 * @throws StartRefused with what is missing or wrong, in plain Danish.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const given = withoutEmpty(settings.urls ?? {});
  const embedded = Object.keys(given).length > 0 ? undefined : await startEmbedded(settings);
  try {
    const urls = embedded ? await onEmbedded(embedded, settings.dataDir) : await onGiven(given, settings);
    await checkServer(urls, settings);
    return poolsOf(urls, embedded);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

const databaseName = 'udvej';
/** Beside the database of the cases where one server has both; another server makes its backups' shorter life true. */
const besides = (name: string): string => `${name}_keys`;

async function onEmbedded(server: EmbeddedServer, dataDir: string): Promise<ReadyUrls> {
  const passwords = keptPasswords(dataDir);
  await withClient('migrate', server.superuserUrl, async (client) => {
    await bootstrapRoles(client, passwords);
    await ensureDatabase(client, databaseName);
    await ensureDatabase(client, besides(databaseName));
  });
  const superuser = server.url('postgres', databaseName);
  const superuserOfKeys = server.url('postgres', besides(databaseName));
  await migrate(superuser);
  await migrateKeys(superuserOfKeys, superuser);
  return derivedFrom({ migrate: superuser, migrateKeys: superuserOfKeys }, passwords);
}

async function ensureDatabase(client: pg.ClientBase, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
}

async function onGiven(urls: DatabaseUrls, settings: DatabaseSettings): Promise<ReadyUrls> {
  const { migrate: admin } = urls;
  if (settings.needsMigration && admin === undefined) {
    throw new StartRefused(
      'Databasen skal bygges eller opdateres. Sæt MIGRATE_DATABASE_URL til en bruger, der må det, og start igen.',
    );
  }
  if (admin !== undefined && urls.web === undefined && !settings.production) {
    const passwords = keptPasswords(settings.dataDir);
    const adminOfKeys = urls.migrateKeys ?? (await besideThe(admin, settings.needsMigration));
    await build({ migrate: admin, migrateKeys: adminOfKeys }, passwords, settings.needsMigration);
    return complete({ ...derivedFrom({ migrate: admin, migrateKeys: adminOfKeys }, passwords), ...urls });
  }
  const ready = complete(urls);
  if (admin !== undefined && settings.needsMigration) {
    const { migrateKeys: adminOfKeys } = urls;
    if (adminOfKeys === undefined) {
      throw new StartRefused(
        'Databasen med nøglerne skal bygges eller opdateres. Sæt MIGRATE_KEYS_DATABASE_URL til en bruger, der må det, og start igen.',
      );
    }
    await build({ migrate: admin, migrateKeys: adminOfKeys }, passwordsIn(urls), true);
  }
  return ready;
}

type Admins = Required<{ [Way in 'migrate' | 'migrateKeys']: string }>;

async function build(
  { migrate: admin, migrateKeys: adminOfKeys }: Admins,
  passwords: Partial<Record<LoginRole, string>>,
  migrating: boolean,
): Promise<void> {
  for (const url of [admin, adminOfKeys]) await withClient('migrate', url, (client) => bootstrapRoles(client, passwords));
  if (!migrating) return;
  await migrate(admin);
  await migrateKeys(adminOfKeys, admin);
}

/** The database of the keys on the same server, by the name of the other; made when it is to be built. */
async function besideThe(admin: string, making: boolean): Promise<string> {
  const url = new URL(admin);
  const name = besides(decodeURIComponent(url.pathname.slice(1)));
  if (making) await withClient('migrate', admin, (client) => ensureDatabase(client, name));
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

function complete(urls: DatabaseUrls): ReadyUrls {
  const { web, login, keys } = urls;
  if (web === undefined || login === undefined || keys === undefined) {
    const missing = (['web', 'login', 'keys'] as const).filter((way) => urls[way] === undefined).map((way) => settingNames[way]);
    throw new StartRefused(
      `Der mangler adresser til databasen: ${missing.join(', ')}. Hver del af Udvej har sin egen bruger i databasen, så sæt dem alle ` +
        '— eller sæt ingen af dem, og Udvej starter sin egen database. Uden for drift er MIGRATE_DATABASE_URL alene nok.',
    );
  }
  return { ...urls, web, login, keys };
}

/** The passwords Udvej made for its own roles, made the first time. One file, so that all are there or none. */
function keptPasswords(dataDir: string): Record<LoginRole, string> {
  const name = 'roles.json';
  const kept = JSON.parse(readSecret(dataDir, name) ?? '{}') as Partial<Record<LoginRole, string>>;
  const missing = loginRoles.filter((role) => kept[role] === undefined);
  const all = { ...kept, ...Object.fromEntries(missing.map((role) => [role, newSecret()])) } as Record<LoginRole, string>;
  if (missing.length > 0) writeSecret(dataDir, name, JSON.stringify(all));
  return all;
}

/** The passwords that the configured URLs hold for our own roles: what the roles are made with. */
function passwordsIn(urls: DatabaseUrls): Partial<Record<LoginRole, string>> {
  const found: Partial<Record<LoginRole, string>> = {};
  for (const url of [urls.web, urls.login, urls.keys, urls.worker, urls.sealer, urls.operator]) {
    if (url === undefined) continue;
    const { username, password } = new URL(url);
    const role = loginRoles.find((each) => each === decodeURIComponent(username));
    if (role && password !== '') found[role] = decodeURIComponent(password);
  }
  return found;
}

function derivedFrom(admins: Admins, passwords: Record<LoginRole, string>): ReadyUrls {
  const as = (role: LoginRole, superuserUrl = admins.migrate) => {
    const url = new URL(superuserUrl);
    url.username = role;
    url.password = encodeURIComponent(passwords[role]);
    return url.href;
  };
  return {
    ...admins,
    web: as('udvej_web'),
    login: as('udvej_login'),
    worker: as('udvej_worker'),
    sealer: as('udvej_sealer'),
    operator: as('udvej_operator'),
    keys: as('udvej_vault', admins.migrateKeys),
    workerKeys: as('udvej_worker', admins.migrateKeys),
  };
}

function withoutEmpty(urls: DatabaseUrls): DatabaseUrls {
  return Object.fromEntries(Object.entries(urls).filter(([, url]) => url !== undefined && url !== ''));
}

function poolsOf(urls: ReadyUrls, embedded: EmbeddedServer | undefined): Database {
  const open = new Map<string, Pool>();
  const pool = (name: keyof typeof sizes, url: string): Pool => {
    const there = open.get(name) ?? createPool(url, { max: sizes[name], name });
    open.set(name, there);
    return there;
  };
  const { worker, workerKeys, sealer, operator } = urls;
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([...open.values()].map((each) => each.end()));
    await embedded?.stop();
  };
  return {
    web: pool('web', urls.web),
    login: pool('login', urls.login),
    vault: pool('vault', urls.keys),
    urls: { worker, workerKeys, sealer },
    ...(worker !== undefined && { worker: () => pool('worker', worker) }),
    ...(sealer !== undefined && { sealer: () => pool('sealer', sealer) }),
    ...(operator !== undefined && { operator: () => pool('operator', operator) }),
    ...(urls.migrate !== undefined && { superuser: urls.migrate }),
    ...(urls.migrateKeys !== undefined && { superuserOfKeys: urls.migrateKeys }),
    close: () => (closing ??= close()),
  };
}
