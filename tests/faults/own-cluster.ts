import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedServer, startEmbedded } from '../../src/store/postgres/embedded.js';
import { isAlive } from '../../src/store/postgres/embedded-processes.js';
import { bootstrapRoles, type LoginRole, loginRoles, migrate, migrateKeys } from '../../src/store/postgres/migrate.js';
import type { Ask, FreshDatabase } from '../support/database.js';


/** A PostgreSQL of the test's own, with the two databases, that may be killed: nobody else is on it. */
export interface OwnCluster {
  readonly db: FreshDatabase;
  /** kill -9 of the server and all its children, at once. */
  readonly kill: () => Promise<void>;
  /** Stops it in order, as a restart does: running transactions fail, connections are closed. */
  readonly stop: () => Promise<void>;
  /** Starts it again on the same port and data; returns when it lets people in. */
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

const CASES = 'udvej';
const KEYS = 'udvej_keys';

export async function ownCluster(): Promise<OwnCluster> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'udvej-faults-'));
  // The server may run as another user, who must be able to walk through.
  chmodSync(home, 0o711);
  const dataDir = path.join(home, 'data');
  let server: EmbeddedServer = await startEmbedded({ dataDir });
  const { port } = server;
  const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(18).toString('base64url')])) as Record<LoginRole, string>;
  const urlIn = (database: string) => (role: LoginRole | 'superuser'): string => (role === 'superuser' ? server.url('postgres', database) : server.url(role, database, passwords[role]));
  const [urlOfCases, urlOfKeys] = [urlIn(CASES), urlIn(KEYS)];
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  await bootstrapRoles(client, passwords);
  for (const name of [CASES, KEYS]) await client.query(`create database ${name}`);
  await client.end();
  await migrate(urlOfCases('superuser'));
  await migrateKeys(urlOfKeys('superuser'), urlOfCases('superuser'));
  const stop = (): Promise<void> => server.stop();
  return {
    db: {
      name: CASES, url: (role) => (role === 'udvej_vault' ? urlOfKeys(role) : urlOfCases(role)), urlOfKeys,
      superuser: anew(() => urlOfCases('superuser')), ask: anew(() => urlOfCases('superuser')), keys: anew(() => urlOfKeys('superuser')),
      drop: () => Promise.resolve(),
    },
    stop,
    kill: async () => {
      const pids = [server.pid, ...childrenOf(server.pid)];
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      while (pids.some(isAlive)) await after(5);
      // Gives back the folder; there is nothing left to stop.
      await stop();
    },
    start: async () => {
      server = await startEmbedded({ dataDir, port });
    },
    remove: async () => {
      await stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/** On a connection of its own each time: what it asked of may be gone since. */
const anew = (url: () => string): Ask => async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => {
  const client = new pg.Client({ connectionString: url() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
};

/** Linux: who has this process as parent. */
function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    } catch {
      return false;
    }
  });
}
