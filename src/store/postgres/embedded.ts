import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, statSync, truncateSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { canReach, openForAccount, serverAccount } from './embedded-account.js';
import { serverBinaries } from './embedded-binaries.js';
import type { Cluster } from './embedded-cluster.js';
import { ensureCluster, program, readServerProcess, stopOrphan, surroundings } from './embedded-cluster.js';
import { StartRefused } from './embedded-error.js';
import { takeDataFolder } from './embedded-lock.js';

export interface EmbeddedServer {
  host: string;
  port: number;
  /** The process id of the server, for tests of faults. */
  pid: number;
  /** The superuser's way into the maintenance database `postgres`. */
  superuserUrl: string;
  /** A URL with the password filled in; without one only the superuser `postgres` is known here. */
  url: (user: string, database: string, password?: string) => string;
  /** Lets running transactions fail, writes everything to disk and returns when the server is gone. May be called again. */
  stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  /** Holds `postgres/` (the server's own), `secrets/`, `postgres.log` and `udvej.lock`. */
  dataDir: string;
  /** A free one is chosen when it is left out. */
  port?: number;
  /** Programs of another PostgreSQL (15 or newer) than the one that comes with the npm packages. */
  binDir?: string;
  /** What happens at the start, in Danish, a line at a time. */
  onLog?: (line: string) => void;
}

const host = '127.0.0.1';

const MEGABYTE = 2 ** 20;
/** A sixteenth of the machine's memory: of a hundred thousand cases a note writes in pages that a smaller share loses in between (measured, decision 9). */
const sharedBuffers = `${Math.round(Math.min(1024, Math.max(128, os.totalmem() / 16 / MEGABYTE)))}MB`;

/** Personal data must never reach the server's log: neither statements, parameters, nor the errors that quote them. */
const settings = {
  listen_addresses: host,
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: sharedBuffers,
  jit: 'off',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  log_error_verbosity: 'terse',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/**
 * Starts the PostgreSQL that comes with Udvej, on this machine's own address only, with its data in `<dataDir>/postgres`.
 * A server left over from a killed run is stopped first.
 * @throws StartRefused when another Udvej uses the data, or the server cannot run here.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.onLog ?? (() => undefined);
  const cluster = prepare(options);
  const giveBack = takeDataFolder(cluster.dataDir);
  try {
    await stopOrphan(cluster.serverData, log);
    const password = ensureCluster(cluster);
    const { child, port } = await launchUntilReady(cluster, password, options.port);
    log(`Databasen er klar (${host}:${port}).`);
    return serverOf(child, port, password, giveBack, log);
  } catch (error) {
    giveBack();
    throw error;
  }
}

function prepare(options: EmbeddedOptions): Cluster {
  const wanted = path.resolve(options.dataDir);
  const account = serverAccount(path.join(wanted, 'postgres'));
  openForAccount(wanted, account);
  // PostgreSQL writes the real path on its command line; an orphan is known by it.
  const dataDir = realpathSync(wanted);
  if (account && !canReach(dataDir, account)) {
    throw new StartRefused(
      `Databasen kører som en anden bruger end root og kan ikke nå datamappen ${dataDir}, fordi en mappe over den er lukket. ` +
        'Vælg en datamappe, som alle må gå ind i (for eksempel under /var/lib), eller start Udvej som en anden bruger end root.',
    );
  }
  return { binDir: options.binDir ?? serverBinaries(account), dataDir, serverData: path.join(dataDir, 'postgres'), account };
}

async function launchUntilReady(cluster: Cluster, password: string, fixedPort: number | undefined) {
  for (let attempt = 1; ; attempt++) {
    const port = fixedPort ?? (await freePort());
    const { child, ended } = launch(cluster, port);
    const url = urlOf('postgres', password, port, 'postgres');
    const failure = await Promise.race([ended.then(() => 'ended' as const), ready(child, cluster.serverData, url)]);
    if (failure === undefined) return { child, port };
    const said = tail(logFile(cluster));
    // Another program took the port between our choice and the start; or children of a killed server are still leaving.
    const passing =
      failure === 'ended' && (fixedPort === undefined ? /could not (bind|create any)|still in use/ : /still in use/).test(said);
    if (!passing || attempt === 20) {
      child.kill('SIGQUIT');
      throw new StartRefused(
        `Databasen kunne ikke starte i ${cluster.serverData}. Det sidste, den skrev i ${logFile(cluster)}:\n${said}`,
      );
    }
    await delay(250);
  }
}

function launch(cluster: Cluster, port: number): { child: ChildProcess; ended: Promise<void> } {
  const file = logFile(cluster);
  if (existsSync(file) && statSync(file).size > 10 * 1024 * 1024) truncateSync(file);
  // The log is a file of its own and not a pipe to us: the server must be able to write after we are gone.
  const output = openSync(file, 'a', 0o600);
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(program(cluster.binDir, 'postgres'), ['-D', cluster.serverData, '-p', String(port), ...words], {
    ...surroundings(cluster.account),
    stdio: ['ignore', output, output],
    // A group of its own: Ctrl-C in the terminal is for us, who close the pools before the server.
    detached: true,
    windowsHide: true,
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return { child, ended };
}

/** Resolves with nothing when the server answers the superuser; with a word when it answers no. */
async function ready(child: ChildProcess, serverData: string, url: string): Promise<'refused' | undefined> {
  const starting = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03']);
  while (child.exitCode === null && child.signalCode === null) {
    const now = readServerProcess(serverData);
    if (now?.pid === child.pid && now?.state === 'ready') {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return undefined;
      } catch (error) {
        if (!starting.has((error as { code?: string }).code ?? '')) return 'refused';
      } finally {
        await client.end().catch(() => undefined);
      }
    }
    await delay(10);
  }
  // It died: `ended` says so, and says it once.
  return new Promise(() => undefined);
}

function serverOf(
  child: ChildProcess,
  port: number,
  password: string,
  giveBack: () => void,
  log: (line: string) => void,
): EmbeddedServer {
  let stopping: Promise<void> | undefined;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const alive = () => child.exitCode === null && child.signalCode === null;
  // The last resort, when somebody ends the process without stopping us: the server is asked to stop, and does it alone.
  const atExit = () => {
    if (alive()) child.kill('SIGINT');
    giveBack();
  };
  process.once('exit', atExit);
  child.once('exit', (code, signal) => {
    if (!stopping) log(`Databasen er standset uventet (${signal ?? code ?? 'ukendt årsag'}).`);
  });
  child.unref();

  async function stop(): Promise<void> {
    child.ref();
    if (alive()) {
      child.kill('SIGINT');
      const impatient = setTimeout(() => child.kill('SIGQUIT'), 30_000);
      await gone;
      clearTimeout(impatient);
    }
    process.off('exit', atExit);
    giveBack();
  }
  return {
    host,
    port,
    pid: child.pid ?? 0,
    superuserUrl: urlOf('postgres', password, port, 'postgres'),
    url: (user, database, own) => {
      if (own === undefined && user !== 'postgres') throw new Error(`no password known for ${user}`);
      return urlOf(user, own ?? password, port, database);
    },
    stop: () => (stopping ??= stop()),
  };
}

function urlOf(user: string, password: string, port: number, database: string): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`;
}

function logFile(cluster: Cluster): string {
  return path.join(cluster.dataDir, 'postgres.log');
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
