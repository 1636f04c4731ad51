import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './embedded-account.js';
import { giveTo } from './embedded-account.js';
import { StartRefused } from './embedded-error.js';
import { isAlive, isServerOf } from './embedded-processes.js';
import { newSecret, readSecret, writeSecret } from './embedded-secrets.js';

/** Where the server lives: its programs, its data and the account it runs as (`undefined`: ours). */
export interface Cluster {
  binDir: string;
  dataDir: string;
  serverData: string;
  account: Account | undefined;
}

const passwordName = 'superuser.password';

/**
 * Makes the data of the server if there are none: passwords by SCRAM, Danish sorting, checksums on every page.
 * @returns the password of the superuser `postgres`, kept in `<dataDir>/secrets`.
 * @throws StartRefused when the data are of another version, or their password is gone.
 */
export function ensureCluster(cluster: Cluster): string {
  const { binDir, dataDir, serverData, account } = cluster;
  const kept = readSecret(dataDir, passwordName);
  if (existsSync(serverData)) {
    if (kept === undefined) {
      throw new StartRefused(
        `Databasens adgangskode mangler (${path.join(dataDir, 'secrets', passwordName)}), men der ligger data i ${serverData}. ` +
          'Læg filen tilbage fra sikkerhedskopien.',
      );
    }
    refuseOtherVersion(binDir, serverData);
    if (account && statSync(serverData).uid !== account.uid) giveTo(serverData, account);
    return kept;
  }
  const password = kept ?? newSecret();
  if (kept === undefined) writeSecret(dataDir, passwordName, password);
  initialise(cluster, password);
  return password;
}

/** In a folder beside, renamed when it is whole: a start that is cut short leaves nothing half made. */
function initialise({ binDir, dataDir, serverData, account }: Cluster, password: string): void {
  const unfinished = `${serverData}.new`;
  const passwordFile = path.join(dataDir, `${passwordName}.once`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  chmodSync(passwordFile, 0o600);
  if (account) {
    giveTo(unfinished, account);
    giveTo(passwordFile, account);
  }
  try {
    // prettier-ignore
    const made = spawnSync(program(binDir, 'initdb'), [
      '-D', unfinished, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8',
      '--locale-provider=icu', '--icu-locale=da', '--locale=C', ...letterTypes(), '--data-checksums',
    ], { ...surroundings(account), encoding: 'utf8' });
    if (made.status !== 0) {
      const why = made.error?.message ?? made.stderr.trim();
      throw new StartRefused(`Databasen kunne ikke oprettes i ${serverData}.\n${why}`);
    }
    renameSync(unfinished, serverData);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** What counts as a letter; each system has its own name for the same thing. */
function letterTypes(): string[] {
  if (process.platform === 'win32') return [];
  return [`--lc-ctype=${process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8'}`];
}

/** The path of one of the server's programs. */
export function program(binDir: string, name: 'initdb' | 'postgres'): string {
  return path.join(binDir, process.platform === 'win32' ? `${name}.exe` : name);
}

/** How the server's programs are run: as the account, from a folder everybody may stand in, with none of our settings. */
export function surroundings(account: Account | undefined): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } {
  const env = process.platform === 'win32' ? process.env : { PATH: process.env['PATH'], LC_ALL: 'C' };
  return { ...account, cwd: path.parse(process.cwd()).root, env };
}

function refuseOtherVersion(binDir: string, serverData: string): void {
  const made = readFileSync(path.join(serverData, 'PG_VERSION'), 'utf8').trim();
  const asked = spawnSync(program(binDir, 'postgres'), ['--version'], { encoding: 'utf8', cwd: path.parse(binDir).root });
  const runs = /(\d+)/.exec(asked.stdout)?.[1];
  if (runs !== undefined && runs !== made) {
    throw new StartRefused(
      `Data i ${serverData} er lavet af PostgreSQL ${made}, og her kører PostgreSQL ${runs}. ` +
        'Start den udgave af Udvej, der lavede dem, og flyt data med en sikkerhedskopi.',
    );
  }
}

/** The first line of `postmaster.pid` is the process, the last its state. */
export function readServerProcess(serverData: string): { pid: number; state: string } | undefined {
  try {
    const lines = readFileSync(path.join(serverData, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), state: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/**
 * When only our process was killed, the server lives on without us: stops it, and waits until it is gone. A process
 * that merely has its old number is left in peace.
 * @throws StartRefused when the orphan has not stopped after 60 seconds.
 */
export async function stopOrphan(serverData: string, log: (line: string) => void): Promise<void> {
  const left = readServerProcess(serverData);
  if (!left || !isAlive(left.pid)) return;
  const ours = isServerOf(left.pid, serverData);
  if (ours === undefined) return;
  if (!ours) {
    // PostgreSQL itself would take the stranger for a running server and refuse to start.
    rmSync(path.join(serverData, 'postmaster.pid'), { force: true });
    return;
  }
  log(`Databasen fra sidste kørsel kører endnu (proces ${left.pid}) og standses først.`);
  process.kill(left.pid, 'SIGINT');
  const latest = Date.now() + 60_000;
  while (isAlive(left.pid)) {
    if (Date.now() > latest)
      throw new StartRefused(`Databasen fra sidste kørsel (proces ${left.pid}) vil ikke standse. Stop den, og start igen.`);
    await delay(25);
  }
}
