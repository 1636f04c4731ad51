import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../../src/store/postgres/embedded-processes.js';
import { freePort } from '../support/free-port.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a finished command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A started Udvej, as a person at a terminal has it. */
export interface Started {
  readonly origin: string;
  /** From the start of the process until it said that it is ready, in milliseconds, less what it stood in line for a busy machine's processor. */
  readonly tookMs: number;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Waits until the process is gone. */
  readonly finished: Promise<Finished>;
}

/** A folder of data, and everything that is started on it. */
export interface Home {
  readonly dataDir: string;
  /** @param env more settings than port and folder */
  readonly start: (env?: Record<string, string>) => Promise<Started>;
  readonly command: (args: readonly string[], env?: Record<string, string>) => Promise<Finished>;
  /** The process id of the database, or undefined where none has run. */
  readonly databasePid: () => number | undefined;
  /** Ends what a test has left running, the database too. */
  readonly stop: () => Promise<void>;
  /** Ends everything and removes the folder. */
  readonly remove: () => Promise<void>;
}

/** Nothing here takes longer on a machine that works; a start that hangs must not hang the tests. */
const LATEST_MS = 120_000;

export function programHome(): Home {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'udvej-start-'));
  // The database may run as another user, who must be able to walk through.
  chmodSync(folder, 0o711);
  const dataDir = path.join(folder, 'data');
  const children = new Set<ChildProcess>();

  const launch = (args: readonly string[], env: Record<string, string>) => {
    // None of our own settings but those given: the tests' surroundings must not decide.
    const child = spawn(process.execPath, [path.join(root, 'scripts', 'start.mjs'), ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], UDVEJ_DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    const said = { out: '', err: '' };
    child.stderr.on('data', (text: Buffer) => {
      said.err += text.toString();
    });
    child.stdout.on('data', (text: Buffer) => {
      said.out += text.toString();
    });
    const finished = once(child, 'close').then((): Finished => {
      children.delete(child);
      return { code: child.exitCode, ...said };
    });
    return { child, said, finished };
  };

  const databasePid = () => {
    try {
      return Number(readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    } catch {
      return undefined;
    }
  };

  const stop = async () => {
    const left = [...children].map((child) => once(child, 'close'));
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(left);
    const pid = databasePid();
    if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGINT');
  };

  return {
    dataDir,
    databasePid,
    stop,
    start: async (env = {}) => {
      const port = String(await freePort());
      const began = performance.now();
      const { child, said, finished } = launch([], { ...env, PORT: port });
      const ready = new Promise<number>((resolve) => {
        createInterface({ input: child.stdout }).on('line', (line) => {
          if (line.includes(' er klar på http')) resolve(performance.now() - began - inLineMs(child.pid));
        });
      });
      const died = finished.then(({ code }) => {
        throw new Error(`ended with ${code ?? 'a signal'} instead of starting:\n${said.out}${said.err}`);
      });
      const tookMs = await within(Promise.race([ready, died]), () => `did not become ready:\n${said.out}${said.err}`);
      return {
        origin: `http://127.0.0.1:${port}`,
        tookMs,
        signal: (name) => child.kill(name),
        finished: within(finished, () => 'did not stop'),
      };
    },
    command: (args, env = {}) => within(launch(args, env).finished, () => `${args.join(' ')} did not finish`),
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

async function within<T>(work: Promise<T>, what: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(what())), LATEST_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** How long a process was ready to run while others ran, in milliseconds; 0 where the system does not say. */
function inLineMs(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid ?? 0}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
