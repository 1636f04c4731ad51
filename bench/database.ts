import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { fillCommandTable } from '../src/store/command-table.js';
import { type EmbeddedServer, startEmbedded } from '../src/store/postgres/embedded.js';
import { bootstrapRoles, type LoginRole, loginRoles, migrate, migrateKeys } from '../src/store/postgres/migrate.js';
import type { Cleanup } from './cleanup.js';

/** A PostgreSQL of the benchmark's own, gone with it. */
export interface Cluster {
  readonly server: EmbeddedServer;
  readonly version: string;
  /** Open to the database's own process, which reads what is to be copied in. */
  readonly folder: string;
  /** The ways into a database for our own roles. */
  readonly url: (role: LoginRole | 'superuser', database: string) => string;
}

/** Openings that a load of hours does not use up; the code that counts them runs. */
const LIMITS = { openingsPerHour: 1_000_000, namesPerHour: 1_000_000 };

export async function startCluster(cleanup: Cleanup): Promise<Cluster> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'udvej-bench-'));
  cleanup.add(() => rmSync(home, { recursive: true, force: true }));
  chmodSync(home, 0o711);
  const folder = path.join(home, 'copy');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  const server = await startEmbedded({ dataDir: path.join(home, 'data') });
  cleanup.add(() => server.stop());
  const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(18).toString('base64url')])) as Record<LoginRole, string>;
  const version = await asSuperuser(server.superuserUrl, async (client) => {
    await bootstrapRoles(client, passwords);
    return (await client.query<{ server_version: string }>('show server_version')).rows[0]?.server_version ?? '';
  });
  return {
    server, version, folder,
    url: (role, database) => (role === 'superuser' ? server.url('postgres', database) : server.url(role, role === 'udvej_vault' ? keysOf(database) : database, passwords[role])),
  };
}

/** The name of a database's own database of keys. */
export const keysOf = (database: string): string => `${database}_keys`;

/** A migrated and empty database of this name, and one of its keys. */
export async function makeDatabase(cluster: Cluster, name: string): Promise<void> {
  await asSuperuser(cluster.server.superuserUrl, async (client) => {
    for (const one of [name, keysOf(name)]) await client.query(`create database ${one}`);
  });
  await migrate(cluster.url('superuser', name));
  await migrateKeys(cluster.url('superuser', keysOf(name)), cluster.url('superuser', name));
  await asSuperuser(cluster.url('superuser', name), (client) => fillCommandTable(client, LIMITS));
}

export async function dropDatabase(cluster: Cluster, name: string): Promise<void> {
  await asSuperuser(cluster.server.superuserUrl, async (client) => {
    for (const one of [name, keysOf(name)]) await client.query(`drop database if exists ${one} with (force)`);
  });
}

export async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'udvej bench' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
