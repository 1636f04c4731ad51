import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StartRefused } from '../store/postgres/embedded-error.js';
import { isAlive, startOf } from '../store/postgres/embedded-processes.js';
import { readSecret, writeSecret } from '../store/postgres/embedded-secrets.js';
import { settingNames } from '../store/postgres/engine-guard.js';

const NAME = 'running.json';

const zRunning = z.object({
  pid: z.int().positive(),
  /** When the process began, as the system says it: process ids are used again. */
  start: z.string().nullable(),
  /** The demonstration's identity provider, one half of a person's key in the staff directory. */
  issuer: z.string(),
  /** The login role's way into the database of the cases, and the vault's into that of the keys, without their passwords. */
  login: z.string(),
  keys: z.string(),
});

/** What other commands on this machine may know of the Udvej that runs on a data folder. */
export type Running = Readonly<z.infer<typeof zRunning>>;

/**
 * Tells other commands, by a closed file in the data folder, that this process runs Udvej.
 * @returns takes it back.
 */
export function tellRunning(dataDir: string, { issuer, login, keys }: Pick<Running, 'issuer' | 'login' | 'keys'>): () => void {
  const running: Running = {
    pid: process.pid,
    start: startOf(process.pid) ?? null,
    issuer,
    login: withoutPassword(login),
    keys: withoutPassword(keys),
  };
  writeSecret(dataDir, NAME, JSON.stringify(running));
  return () => {
    if (readRunning(dataDir)?.pid === process.pid) rmSync(fileIn(dataDir), { force: true });
  };
}

/** The Udvej that runs on a data folder; undefined when there is none, also after one that was killed. */
export function findRunning(dataDir: string): Running | undefined {
  const told = readRunning(dataDir);
  if (told === undefined || !isAlive(told.pid)) return undefined;
  const start = startOf(told.pid);
  return start === undefined || told.start === null || start === told.start ? told : undefined;
}

/**
 * The way one of Udvej's own roles has into the database of the Udvej that runs, with the password that Udvej made for it.
 * @throws StartRefused where that database has a login of its own: then the way has a setting, and it must be set here too.
 */
export function runningUrl(running: Running, way: keyof typeof ROLES, dataDir: string): string {
  const url = new URL(way === 'keys' || way === 'workerKeys' ? running.keys : running.login);
  const role = ROLES[way];
  const password = zPasswords.parse(JSON.parse(readSecret(dataDir, 'roles.json') ?? '{}'))[role];
  if (!['udvej_login', 'udvej_vault'].includes(url.username) || password === undefined) {
    throw new StartRefused(
      `Udvej kører med sit eget login til databasen. Sæt ${settingNames[way]}, som da Udvej blev startet, og prøv igen.`,
    );
  }
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}

const ROLES = {
  login: 'udvej_login',
  worker: 'udvej_worker',
  sealer: 'udvej_sealer',
  operator: 'udvej_operator',
  keys: 'udvej_vault',
  workerKeys: 'udvej_worker',
} as const;

const zPasswords = z.record(z.string(), z.string());

function readRunning(dataDir: string): Running | undefined {
  // Asked first: reading a secret makes the folder, and a mere question must leave nothing behind.
  if (!existsSync(fileIn(dataDir))) return undefined;
  try {
    return zRunning.parse(JSON.parse(readSecret(dataDir, NAME) ?? ''));
  } catch {
    return undefined;
  }
}

const fileIn = (dataDir: string): string => path.join(dataDir, 'secrets', NAME);

function withoutPassword(url: string): string {
  const it = new URL(url);
  it.password = '';
  return it.href;
}
