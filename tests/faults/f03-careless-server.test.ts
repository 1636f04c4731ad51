import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveTo, serverAccount } from '../../src/store/postgres/embedded-account.js';
import { serverBinaries } from '../../src/store/postgres/embedded-binaries.js';
import { program, surroundings } from '../../src/store/postgres/embedded-cluster.js';
import { bootstrapRoles, type LoginRole } from '../../src/store/postgres/migrate.js';
import { freePort } from '../support/free-port.js';
import { launch, type Production, production } from './program.js';

let world: Production;
let home: string;
const refused: string[] = [];
beforeAll(async () => {
  world = await production();
  home = mkdtempSync(path.join(os.tmpdir(), 'udvej-careless-'));
  chmodSync(home, 0o711);
});
afterAll(async () => {
  console.log(`F3: refused for ${refused.join('; ')}`);
  await world.close();
  rmSync(home, { recursive: true, force: true });
});

const passwords = { udvej_web: 'x', udvej_login: 'x', udvej_vault: 'x' };

/** A server that somebody else has set up, as he thought best. Starts it, asks something, and stops it again. */
async function on<T>(made: string, settings: readonly string[], statement: string | undefined, work: (url: (role: LoginRole | 'superuser') => string) => Promise<T>): Promise<T> {
  const account = serverAccount(path.join(home, made));
  const binDir = serverBinaries(account);
  const data = path.join(home, `${made}-${await freePort()}`);
  mkdirSync(data, { mode: 0o700 });
  if (account) giveTo(data, account);
  const init = spawnSync(program(binDir, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', made], { ...surroundings(account), encoding: 'utf8' });
  if (init.status !== 0) throw new Error(init.stderr);
  const port = await freePort();
  const words = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings].flatMap((one) => ['-c', one]);
  const server = spawn(program(binDir, 'postgres'), ['-D', data, '-p', String(port), ...words], { ...surroundings(account), stdio: 'ignore' });
  const url = (role: string): string => `postgres://${role === 'superuser' ? 'postgres' : `${role}:x`}@127.0.0.1:${port}/postgres`;
  try {
    const client = await answering(server, url('superuser'));
    await bootstrapRoles(client, passwords);
    if (statement !== undefined) await client.query(statement);
    await client.end();
    return await work(url);
  } finally {
    server.kill('SIGQUIT');
    await once(server, 'exit');
  }
}

async function answering(server: ChildProcess, connectionString: string): Promise<pg.Client> {
  while (server.exitCode === null) {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch {
      await after(50);
    }
  }
  throw new Error('the server did not start');
}

const LOSES = 'Databasen kan miste data, den har kvitteret for';
const SUMS = '--data-checksums';

/** What the program says when it is started on a server, and its exit code. */
async function startOn(url: (role: LoginRole | 'superuser') => string): Promise<{ readonly code: number | null; readonly said: string }> {
  const port = await freePort();
  const { process: started } = launch('program-child.ts', port, world.settings(url, port), ['serve']);
  const code = await started.exit;
  return { code, said: started.said.join('\n') };
}

describe('F3: a start in production on a server that may lose what it has answered for', () => {
  it.each([
    ['fsync', SUMS, ['fsync=off'], undefined],
    ['full_page_writes', SUMS, ['full_page_writes=off'], undefined],
    ['synchronous_commit', SUMS, ['synchronous_commit=local'], undefined],
    ['synchronous_commit', SUMS, [], 'alter role udvej_login set synchronous_commit = off'],
    ['data_checksums', '--no-data-checksums', [], undefined],
  ] as const)('is refused for %s (%s, %j, %s), and the setting is named', async (name, made, settings, statement) => {
    const { code, said } = await on(made, settings, statement, startOn);
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`${statement === undefined ? '' : 'LOGIN_'}DATABASE_URL: ${LOSES}: ${name} er `));
    refused.push([made, ...settings, statement ?? ''].join(' ').trim());
  });

  it('is not refused for that on one that keeps it: it goes on to the next that is missing there', async () => {
    const { code, said } = await on(SUMS, [], undefined, startOn);
    expect(code).toBe(1);
    expect(said).not.toContain(LOSES);
    expect(said).toMatch(/error \S+ (42|3F)|Databasen er ikke lukket/);
  });
});
