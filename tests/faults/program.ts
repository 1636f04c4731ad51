import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { KeyService } from '../../src/store/vault/kms.js';
import { transitKeyService } from '../../src/store/vault/transit.js';
import type { FreshDatabase } from '../support/database.js';
import { StandInTransit } from '../support/stand-in-transit.js';
import { freePort } from '../support/free-port.js';

const ISSUERS = JSON.stringify([{ issuer: 'https://login.test', clientId: 'udvej', clientSecret: 'x', authorities: ['police:fyn'], functions: ['police_exit'], label: 'Login' }]);

/** A process of the real program. */
export interface Process {
  readonly port: number;
  readonly said: readonly string[];
  readonly alive: () => boolean;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves with the exit code, or null after a signal. */
  readonly exit: Promise<number | null>;
}

/** What the program in production needs beside a database: a key service with its keys, and settings. */
export interface Production {
  readonly keys: KeyService;
  /** The settings of a process that answers people. */
  readonly settings: (urls: FreshDatabase['url'], port: number) => Readonly<Record<string, string>>;
  /** Starts a process that answers people. @returns when it says that it is ready. */
  readonly start: (urls: FreshDatabase['url'], port?: number) => Promise<Process>;
  /** Kills what is left, and puts everything away. */
  readonly close: () => Promise<void>;
}

/** A start in production refuses a database whose clock or past is a demonstration's (control 43). */
export const withTheRealClock = (db: Pick<FreshDatabase, 'superuser'>): Promise<unknown> =>
  db.superuser(`update sec.setting set value = 0 where name in ('clock_behind', 'telling_past')`);

export async function production(): Promise<Production> {
  const transit = await StandInTransit.open();
  transit.key('udvej-scopes', 'aes256-gcm96');
  const token = transit.allow('transit/encrypt/udvej-scopes', 'transit/decrypt/udvej-scopes');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'udvej-faults-'));
  const [secretKey, matchKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const running = new Set<ChildProcess>();
  const settings: Production['settings'] = (url, port) => ({
    UDVEJ_MODE: 'production', UDVEJ_DATA_DIR: path.join(folder, String(port)), PORT: String(port), UDVEJ_ORIGIN: 'https://udvej.test', ISSUERS,
    UDVEJ_SECRET_KEY: secretKey, UDVEJ_MATCH_PUBLIC_KEY: matchKey, UDVEJ_KMS_URL: transit.url, UDVEJ_KMS_TOKEN: token,
    DATABASE_URL: url('udvej_web'), LOGIN_DATABASE_URL: url('udvej_login'), KEYS_DATABASE_URL: url('udvej_vault'),
  });
  return {
    settings,
    keys: transitKeyService({ url: transit.url, token, key: 'udvej-scopes' }),
    start: async (url, wanted) => {
      const port = wanted ?? (await freePort());
      const { child, process: started } = launch('serving-child.ts', port, settings(url, port));
      running.add(child);
      await said(started, ' er klar på ');
      return started;
    },
    close: async () => {
      for (const child of running) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await transit.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a program that stands in this folder, with these settings and none of our own. */
export function launch(file: string, port: number, env: Readonly<Record<string, string>>, args: readonly string[] = []): { readonly child: ChildProcess; readonly process: Process } {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL(`./${file}`, import.meta.url)), ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => { lines.push(line); });
  const exit = once(child, 'close').then(() => child.exitCode);
  return {
    child,
    process: { port, said: lines, alive: () => child.exitCode === null && child.signalCode === null, signal: (name) => child.kill(name), exit },
  };
}

const LATEST_MS = 120_000;

/** Waits until the process has said this. @returns the line. @throws what it said, when it ended instead. */
export async function said(started: Process, words: string, latestMs = LATEST_MS): Promise<string> {
  const began = performance.now();
  for (;;) {
    const line = started.said.find((one) => one.includes(words));
    if (line !== undefined) return line;
    if (!started.alive() || performance.now() - began > latestMs) throw new Error(`did not say "${words}", but:\n${started.said.join('\n')}`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}
