import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServerHome } from '../../../tests/support/database.server.js';
import { ask, rolePasswords as passwords, serverHome, serverVersions } from '../../../tests/support/database.server.js';
import type { EmbeddedServer } from './embedded.js';
import type { LoginRole } from './migrate.js';
import { bootstrapRoles, closeDatabase, migrate, migrationFolder, readMigrations } from './migrate.js';

describe.each(serverVersions)('on PostgreSQL $version', ({ binDir }) => {
  let home: ServerHome;
  let server: EmbeddedServer;
  let admin: pg.Client;
  let url: string;
  let folder: string;
  let databases = 0;

  beforeAll(async () => {
    home = serverHome();
    server = await home.start({ binDir });
    admin = await connect(server.superuserUrl);
    await bootstrapRoles(admin, passwords);
  });

  afterAll(async () => {
    await admin.end();
    await home.remove();
  });

  beforeEach(async () => {
    databases += 1;
    folder = path.join(home.path, `migrations-${databases}`);
    mkdirSync(folder);
    await admin.query(`create database d${databases}`);
    url = server.url('postgres', `d${databases}`);
  });

  async function connect(to: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: to });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  const write = (file: string, sql: string) => writeFileSync(path.join(folder, file), sql);
  const as = (role: LoginRole) => server.url(role, `d${databases}`, passwords[role]);

  const numbers = async () =>
    (await ask<{ number: number }>(url, 'select number from public.migration order by number')).map((row) => row.number);

  it('applies the files in order, as the owner, and each once', async () => {
    write('002_more.sql', 'set role udvej_owner; insert into app.t values (2);');
    write('001_first.sql', 'set role udvej_owner; create schema app; create table app.t (id int); insert into app.t values (1);');
    expect(await migrate(url, folder)).toEqual(['001_first', '002_more']);
    expect(await migrate(url, folder)).toEqual([]);
    expect(await numbers()).toEqual([1, 2]);
    expect(await ask(url, 'select id from app.t order by id')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await ask(url, `select tableowner from pg_tables where tablename in ('t', 'migration') order by 1`)).toEqual([
      { tableowner: 'postgres' },
      { tableowner: 'udvej_owner' },
    ]);
  });

  it('applies only what is new the next time', async () => {
    write('001_first.sql', 'set role udvej_owner; create schema app;');
    await migrate(url, folder);
    write('002_second.sql', 'set role udvej_owner; create table app.t (id int);');
    expect(await migrate(url, folder)).toEqual(['002_second']);
  });

  it('refuses when an applied file was changed, and touches nothing', async () => {
    write('001_first.sql', 'create schema app;');
    await migrate(url, folder);
    write('001_first.sql', 'create schema app; ');
    write('002_second.sql', 'create table app.t (id int);');
    await expect(migrate(url, folder)).rejects.toThrow('001_first.sql er ændret');
    expect(await numbers()).toEqual([1]);
  });

  it('does not mind line endings turned by another system', async () => {
    write('001_first.sql', 'create schema app;\n-- end\n');
    await migrate(url, folder);
    write('001_first.sql', 'create schema app;\r\n-- end\r\n');
    expect(await migrate(url, folder)).toEqual([]);
  });

  it('refuses a database built by a newer Udvej', async () => {
    write('001_first.sql', 'create schema app;');
    write('002_second.sql', 'create table app.t (id int);');
    await migrate(url, folder);
    rmSync(path.join(folder, '002_second.sql'));
    await expect(migrate(url, folder)).rejects.toThrow('nyere udgave');
  });

  it('refuses a new file with an old number', async () => {
    write('002_second.sql', 'create schema app;');
    await migrate(url, folder);
    write('001_late.sql', 'create schema late;');
    await expect(migrate(url, folder)).rejects.toThrow('001_late.sql har et lavere nummer');
  });

  it('a file that fails leaves nothing of itself, keeps those before it, and is told by line', async () => {
    write('001_first.sql', 'create schema app;');
    write('002_wrong.sql', 'create table app.t (id int);\n\ninsert into app.nowhere values (1);\n');
    await expect(migrate(url, folder)).rejects.toThrow(/002_wrong\.sql .*linje 3.*app\.nowhere/);
    expect(await numbers()).toEqual([1]);
    expect(await ask(url, `select to_regclass('app.t') as t`)).toEqual([{ t: null }]);
  });

  it('waits at most five seconds for a lock', async () => {
    write('001_waits.sql', `create schema app; create table app.t as select current_setting('lock_timeout') as waits;`);
    await migrate(url, folder);
    expect(await ask(url, 'select waits from app.t')).toEqual([{ waits: '5s' }]);
  });

  it('two starters at once take turns', async () => {
    write('001_first.sql', 'create schema app; create table app.t (id int);');
    const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
    expect(applied.map((each) => each.length).sort()).toEqual([0, 0, 1]);
  });

  it('leaves nothing open to everybody: no stranger connects, creates, or reads the list', async () => {
    await migrate(url, folder);
    await admin.query(`create role stranger_${databases} login password 'x'`);
    await expect(ask(server.url(`stranger_${databases}`, `d${databases}`, 'x'), 'select 1')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(ask(as('udvej_web'), 'create table public.mine ()')).rejects.toMatchObject({ code: '42501' });
    await expect(ask(as('udvej_web'), 'create temporary table mine ()')).rejects.toMatchObject({ code: '42501' });
    await expect(ask(as('udvej_web'), 'select * from public.migration')).rejects.toMatchObject({ code: '42501' });
  });

  it('the owner reaches pgcrypto by its full name', async () => {
    await migrate(url, folder);
    const rows = await ask<{ d: string }>(url, 'set role udvej_owner', `select encode(public.digest('x', 'sha256'), 'hex') as d`);
    expect(rows[0]?.d).toHaveLength(64);
  });

  it('a copy of the database needs its doors closed again', async () => {
    await migrate(url, folder);
    await admin.query(`create database copy${databases} template d${databases}`);
    const copy = server.url('postgres', `copy${databases}`);
    const open = () => ask(copy, `select has_database_privilege('udvej_web', current_database(), 'temporary') as open`);
    expect(await open()).toEqual([{ open: true }]);
    const client = await connect(copy);
    await closeDatabase(client);
    await client.end();
    expect(await open()).toEqual([{ open: false }]);
  });

  it.runIf(existsSync(migrationFolder))(
    'the house’s own files apply to an empty database, and again without effect',
    async () => {
      expect(await migrate(url)).toHaveLength(readMigrations(migrationFolder).length);
      expect(await migrate(url)).toEqual([]);
    },
  );
});

describe('the files', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'udvej-migrations-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it('two with one number are refused', () => {
    writeFileSync(path.join(folder, '001_one.sql'), '');
    writeFileSync(path.join(folder, '001_other.sql'), '');
    expect(() => readMigrations(folder)).toThrow('samme nummer');
  });

  it('a file without a number is refused, and what is no SQL is not looked at', () => {
    writeFileSync(path.join(folder, 'README.md'), '');
    expect(readMigrations(folder)).toEqual([]);
    writeFileSync(path.join(folder, 'fix.sql'), '');
    expect(() => readMigrations(folder)).toThrow('NNN_navn.sql');
  });

  it('a missing folder is told plainly', () => {
    expect(() => readMigrations(path.join(folder, 'nowhere'))).toThrow('mangler');
  });
});
