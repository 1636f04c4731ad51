import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { EmbeddedOptions, EmbeddedServer } from '../../src/store/postgres/embedded.js';
import { startEmbedded } from '../../src/store/postgres/embedded.js';
import type { LoginRole } from '../../src/store/postgres/migrate.js';
import { loginRoles } from '../../src/store/postgres/migrate.js';
import { isAlive } from '../../src/store/postgres/embedded-processes.js';

const launcher = new URL('../../src/store/postgres/embedded.ts', import.meta.url).href;

/** A folder for servers of their own, for tests of starting and failing; the tests of everything else share one server. */
export interface ServerHome {
  path: string;
  /** Where `start` has its data unless it is told otherwise. */
  dataDir: string;
  /** What the starts have told. */
  log: string[];
  start: (options?: Partial<EmbeddedOptions>) => Promise<EmbeddedServer>;
  /** Starts the server in a process of its own that then does `next`. */
  startElsewhere: (next?: string) => Promise<Elsewhere>;
  /** Stops what was started and removes the folder. */
  remove: () => Promise<void>;
}

export interface Elsewhere {
  node: number;
  server: number;
  ended: Promise<unknown>;
  killHard: () => Promise<void>;
}

export function serverHome(): ServerHome {
  const home = mkdtempSync(path.join(os.tmpdir(), 'udvej-servers-'));
  // The server may run as another user, who must be able to walk through.
  chmodSync(home, 0o711);
  const dataDir = path.join(home, 'data');
  const log: string[] = [];
  const started: EmbeddedServer[] = [];
  const leftBehind: number[] = [];

  async function startElsewhere(next = 'setInterval(() => undefined, 1000)'): Promise<Elsewhere> {
    const program = `
      const { startEmbedded } = await import(${JSON.stringify(launcher)});
      const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} });
      console.log(server.pid);
      ${next};`;
    const node = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(node, 'exit');
    const [line] = (await once(createInterface({ input: node.stdout }), 'line')) as [string];
    const server = Number(line);
    leftBehind.push(server);
    const killHard = async () => {
      node.kill('SIGKILL');
      await ended;
    };
    return { node: node.pid ?? 0, server, ended, killHard };
  }

  return {
    path: home,
    dataDir,
    log,
    start: async (options = {}) => {
      const server = await startEmbedded({ dataDir, onLog: (line) => log.push(line), ...options });
      started.push(server);
      return server;
    },
    startElsewhere,
    remove: async () => {
      for (const server of started) await server.stop();
      for (const pid of leftBehind) if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const debian15 = '/usr/lib/postgresql/15/bin';

/** Our own PostgreSQL, and the oldest we promise where the machine has it. */
export const serverVersions = [
  { version: 18, binDir: undefined },
  ...(existsSync(debian15) ? [{ version: 15, binDir: debian15 }] : []),
];

/** With letters that must be escaped, in SQL and in a URL. */
export const rolePasswords = Object.fromEntries(loginRoles.map((role) => [role, `${role}'s p@ss/word`])) as Record<
  LoginRole,
  string
>;

/** Says statements one after the other on one connection, and gives the rows of the last. */
export async function ask<Row extends pg.QueryResultRow>(url: string, ...statements: string[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
