import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServerHome } from '../../../tests/support/database.server.js';
import { ask, serverHome } from '../../../tests/support/database.server.js';
import type { EmbeddedServer } from './embedded.js';
import { isAlive } from './embedded-processes.js';

const asRoot = process.getuid?.() === 0;

describe('a first start', () => {
  let home: ServerHome;
  let server: EmbeddedServer;

  beforeAll(async () => {
    home = serverHome();
    server = await home.start();
  });
  afterAll(() => home.remove());

  const modeOf = (...parts: string[]) => statSync(path.join(home.dataDir, ...parts)).mode & 0o777;

  it('gives a PostgreSQL 18 with Danish sorting, checksums and everything written to disk', async () => {
    const [row] = await ask<Record<string, string>>(
      server.superuserUrl,
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('data_checksums') as checksums,
              current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
              current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding,
              (select string_agg(w, ' ' order by w) from unnest(array['Åse', 'Ærø', 'Østers', 'Zoo', 'Abe']) w) as sorted`,
    );
    expect(row).toEqual({
      version: 18,
      checksums: 'on',
      fsync: 'on',
      pages: 'on',
      commit: 'on',
      encoding: 'UTF8',
      sorted: 'Abe Zoo Ærø Østers Åse',
    });
  });

  it('listens on this machine alone, and on no socket', async () => {
    expect(
      await ask(
        server.superuserUrl,
        `select current_setting('listen_addresses') as a, current_setting('unix_socket_directories') as s`,
      ),
    ).toEqual([{ a: '127.0.0.1', s: '' }]);
  });

  it('lets nobody in without the password', async () => {
    const url = new URL(server.superuserUrl);
    url.password = 'wrong';
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
    expect(readFileSync(path.join(home.dataDir, 'postgres', 'pg_hba.conf'), 'utf8')).not.toMatch(/^[^#]*\btrust\b/m);
  });

  it('keeps the secrets for its own user, and leaves no copy of the password', () => {
    expect(modeOf('secrets')).toBe(0o700);
    expect(modeOf('secrets', 'superuser.password')).toBe(0o600);
    expect(modeOf('postgres')).toBe(0o700);
    expect(modeOf('postgres.log')).toBe(0o600);
    expect(existsSync(path.join(home.dataDir, 'superuser.password.once'))).toBe(false);
    expect(server.superuserUrl).toContain(readFileSync(path.join(home.dataDir, 'secrets', 'superuser.password'), 'utf8').trim());
  });

  it('makes URLs for other databases and users', () => {
    expect(server.url('postgres', 'other')).toBe(server.superuserUrl.replace(/postgres$/, 'other'));
    expect(server.url('udvej_web', 'udvej', 'p@ss/word')).toBe(
      `postgres://udvej_web:p%40ss%2Fword@127.0.0.1:${server.port}/udvej`,
    );
    expect(() => server.url('udvej_web', 'udvej')).toThrow('no password');
  });

  it.runIf(asRoot)('runs as another user than root, who cannot read the secrets', () => {
    expect(statSync(`/proc/${server.pid}`).uid).toBe(65534);
    expect(statSync(path.join(home.dataDir, 'postgres')).uid).toBe(65534);
    expect(statSync(path.join(home.dataDir, 'secrets')).uid).toBe(0);
  });

  it.runIf(asRoot)('says plainly when the data lie where the database’s user cannot go', async () => {
    const closed = path.join(home.path, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    await expect(home.start({ dataDir: path.join(closed, 'data') })).rejects.toThrow(/kan ikke nå datamappen .*closed/);
  });

  it.runIf(existsSync('/proc/self/stat'))('is in a process group of its own, so Ctrl-C in the terminal does not reach it', () => {
    const [, , group] = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    expect(Number(group)).toBe(server.pid);
  });

  it('writes no personal data in its log, though a statement fails on them', async () => {
    await ask(server.superuserUrl, 'create table t (cpr text primary key); insert into t values ($$311299-hemmelig$$)');
    await expect(ask(server.superuserUrl, 'insert into t values ($$311299-hemmelig$$)')).rejects.toThrow();
    await expect(ask(server.superuserUrl, `select '311299-hemmelig'::uuid`)).rejects.toThrow();
    const written = readFileSync(path.join(home.dataDir, 'postgres.log'), 'utf8');
    expect(written).toContain('ready to accept connections');
    expect(written).not.toContain('hemmelig');
  });
});

describe('stop and start', () => {
  let home: ServerHome;

  beforeEach(() => {
    home = serverHome();
  });
  afterEach(() => home.remove());

  it('stops for good, may be asked twice, and gives the folder back', async () => {
    const server = await home.start();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(existsSync(path.join(home.dataDir, 'udvej.lock'))).toBe(false);
    expect(home.log.join('\n')).not.toContain('uventet');
  });

  it('does not wait for those who are still connected', async () => {
    const server = await home.start();
    const client = new pg.Client({ connectionString: server.superuserUrl });
    const dropped = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await server.stop();
    await dropped;
  });

  it('the second start has the data and the password of the first, on the port it is given', async () => {
    const first = await home.start();
    await ask(first.superuserUrl, 'create table t (id int); insert into t values (7)');
    await first.stop();
    const second = await home.start({ port: first.port });
    expect(second.superuserUrl).toBe(first.superuserUrl);
    expect(await ask(second.superuserUrl, 'select id from t')).toEqual([{ id: 7 }]);
  });

  it('refuses data whose password is gone, rather than start afresh', async () => {
    await (await home.start()).stop();
    rmSync(path.join(home.dataDir, 'secrets'), { recursive: true });
    await expect(home.start()).rejects.toThrow('adgangskode mangler');
  });

  it('refuses data of another version', async () => {
    await (await home.start()).stop();
    writeFileSync(path.join(home.dataDir, 'postgres', 'PG_VERSION'), '14\n');
    await expect(home.start()).rejects.toThrow('lavet af PostgreSQL 14');
  });

  it('makes the data afresh when the very first start was cut short', async () => {
    mkdirSync(path.join(home.dataDir, 'postgres.new', 'base'), { recursive: true });
    await home.start();
    expect(existsSync(path.join(home.dataDir, 'postgres.new'))).toBe(false);
  });

  it('tells what the server said when it cannot start, and gives the folder back', async () => {
    const other = await home.start({ dataDir: path.join(home.path, 'other') });
    await expect(home.start({ port: other.port })).rejects.toThrow(/kunne ikke starte[^]*could not bind/);
    await home.start();
  });

  it('begins a new log when the old is over ten megabytes', async () => {
    mkdirSync(home.dataDir);
    const file = path.join(home.dataDir, 'postgres.log');
    writeFileSync(file, 'an old line\n');
    truncateSync(file, 11 * 1024 * 1024);
    await home.start();
    expect(statSync(file).size).toBeLessThan(100_000);
  });

  it('keeps a log below ten megabytes', async () => {
    mkdirSync(home.dataDir);
    appendFileSync(path.join(home.dataDir, 'postgres.log'), 'an old line\n');
    await home.start();
    expect(readFileSync(path.join(home.dataDir, 'postgres.log'), 'utf8')).toContain('an old line');
  });
});
