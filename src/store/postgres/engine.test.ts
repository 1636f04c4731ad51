import { statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServerHome } from '../../../tests/support/database.server.js';
import { ask, serverHome } from '../../../tests/support/database.server.js';
import type { EmbeddedServer } from './embedded.js';
import type { ServerLook } from './engine-guard.js';
import { weaknesses } from './engine-guard.js';
import type { Database, DatabaseSettings } from './engine.js';
import { openDatabase } from './engine.js';
import type { Pool } from './pools.js';

const roleOf = async (pool: Pool | undefined) => (await pool?.query<{ me: string }>('select current_user as me'))?.rows[0]?.me;

const nowhere = 'postgres://udvej_web:hemmeligt@127.0.0.1:1/udvej';

describe('without an address', () => {
  let home: ServerHome;

  beforeEach(() => {
    home = serverHome();
  });
  afterEach(() => home.remove());

  const open = (more: Partial<DatabaseSettings> = {}) =>
    openDatabase({ dataDir: home.dataDir, production: false, needsMigration: false, ...more });

  it('a database of its own is started and built, with a pool for each role', async () => {
    const database = await open({ urls: { web: '', migrate: undefined } });
    expect(await roleOf(database.web)).toBe('udvej_web');
    expect(await roleOf(database.login)).toBe('udvej_login');
    expect(await roleOf(database.vault)).toBe('udvej_vault');
    expect(await roleOf(database.worker?.())).toBe('udvej_worker');
    expect(await roleOf(database.sealer?.())).toBe('udvej_sealer');
    expect(database.worker?.()).toBe(database.worker?.());
    expect(await ask(database.superuser ?? '', 'select count(*) > 0 as built from public.migration')).toEqual([{ built: true }]);
    await Promise.all([database.close(), database.close()]);
    await expect(ask(database.superuser ?? '', 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('the passwords are kept closed, and the next start has the same data', async () => {
    const first = await open();
    await ask(first.superuser ?? '', 'create table public.kept as select 7 as id');
    await first.close();
    expect(statSync(path.join(home.dataDir, 'secrets', 'roles.json')).mode & 0o777).toBe(0o600);
    const second = await open({ production: true });
    expect(await ask(second.superuser ?? '', 'select id from public.kept')).toEqual([{ id: 7 }]);
    await second.close();
  });

  it('a start that fails leaves no server behind', async () => {
    const first = await open();
    await ask(first.superuser ?? '', `update public.migration set sha256 = 'another'`);
    await first.close();
    await expect(open()).rejects.toThrow('er ændret');
    await expect(open()).rejects.toThrow('er ændret');
  });
});

describe('on a given server', () => {
  let home: ServerHome;
  let server: EmbeddedServer;
  let admin: string;
  let adminOfKeys: string;
  let opened: Database[] = [];
  let databases = 0;

  beforeAll(async () => {
    home = serverHome();
    server = await home.start();
  });
  afterAll(() => home.remove());

  beforeEach(async () => {
    databases += 1;
    opened = [];
    for (const name of [`d${databases}`, `k${databases}`]) await ask(server.superuserUrl, `create database ${name}`);
    admin = server.url('postgres', `d${databases}`);
    adminOfKeys = server.url('postgres', `k${databases}`);
  });
  afterEach(async () => {
    for (const each of opened) await each.close();
  });

  const given = (role: string) => server.url(role, `d${databases}`, `${role} sin kode`);
  const all = () => ({
    migrate: admin,
    web: given('udvej_web'),
    login: given('udvej_login'),
    worker: given('udvej_worker'),
    migrateKeys: adminOfKeys,
    keys: server.url('udvej_vault', `k${databases}`, 'udvej_vault sin kode'),
  });

  async function open(urls: DatabaseSettings['urls'], more: Partial<DatabaseSettings> = {}): Promise<Database> {
    const how = { dataDir: path.join(home.path, 'udvej'), production: true, needsMigration: false, ...more };
    const database = await openDatabase({ urls, ...how });
    opened.push(database);
    return database;
  }

  it('the roles are made with the passwords of the addresses, and the database is built when that is asked', async () => {
    const built = await open(all(), { needsMigration: true });
    expect(await roleOf(built.web)).toBe('udvej_web');
    const { migrate: _, ...withoutAdmin } = all();
    const running = await open(withoutAdmin);
    expect(await roleOf(running.vault)).toBe('udvej_vault');
    expect(await roleOf(running.worker?.())).toBe('udvej_worker');
    expect(running.sealer).toBeUndefined();
    expect(running.superuser).toBeUndefined();
  });

  it('outside production the superuser’s address is enough', async () => {
    const database = await open({ migrate: admin }, { production: false, needsMigration: true });
    expect(await roleOf(database.web)).toBe('udvej_web');
    expect(await roleOf(database.sealer?.())).toBe('udvej_sealer');
    expect(database.superuser).toBe(admin);
  });

  it('in production it is not: the addresses that are missing are named', async () => {
    const tried = open({ migrate: admin }, { needsMigration: true });
    await expect(tried).rejects.toThrow('DATABASE_URL, LOGIN_DATABASE_URL, KEYS_DATABASE_URL');
    await expect(open({ web: given('udvej_web'), keys: given('udvej_vault') })).rejects.toThrow(
      /mangler.*: LOGIN_DATABASE_URL\./,
    );
  });

  it('building without an address that may is refused', async () => {
    const { migrate: _, ...withoutAdmin } = all();
    await expect(open(withoutAdmin, { needsMigration: true })).rejects.toThrow('MIGRATE_DATABASE_URL');
  });

  it('the keys have a database of their own, which nobody but the vault and the worker may enter, and it enters no other', async () => {
    const database = await open(all(), { needsMigration: true });
    expect((await database.vault.query('select current_database() as at')).rows).toEqual([{ at: `k${databases}` }]);
    expect((await database.web.query('select current_database() as at')).rows).toEqual([{ at: `d${databases}` }]);
    expect(await ask(adminOfKeys, `select to_regclass('app.exit_case') as cases`)).toEqual([{ cases: null }]);
    expect(await ask(admin, `select to_regclass('keys.scope_key') as keys`)).toEqual([{ keys: null }]);
    const enters = async (role: string, name: string) => ask(server.url(role, name, `${role} sin kode`), 'select 1 as here').catch((error: unknown) => (error as { code: string }).code);
    for (const role of ['udvej_web', 'udvej_login']) expect(await enters(role, `k${databases}`)).toBe('42501');
    expect(await enters('udvej_vault', `d${databases}`)).toBe('42501');
    expect(await enters('udvej_worker', `k${databases}`)).toEqual([{ here: 1 }]);
  });

  it('the two databases sign and check tickets with the same secret, also after one of them was restored', async () => {
    await open(all(), { needsMigration: true });
    await ask(adminOfKeys, `update keys.ticket_secret set secret = 'another'`);
    await open(all(), { needsMigration: true });
    const [[cases], [keys]] = await Promise.all([ask(admin, `select encode(secret, 'hex') as secret from sec.ticket_secret`), ask(adminOfKeys, `select encode(secret, 'hex') as secret from keys.ticket_secret`)]);
    expect(keys).toEqual(cases);
  });

  it('building without an address that may build the database of the keys is refused', async () => {
    const { migrateKeys: _, ...without } = all();
    await expect(open(without, { needsMigration: true })).rejects.toThrow('MIGRATE_KEYS_DATABASE_URL');
  });

  it('a role that sees past row-level security is refused, also outside production', async () => {
    await open(all(), { needsMigration: true });
    await expect(open({ ...all(), web: admin }, { production: false })).rejects.toThrow(/postgres i DATABASE_URL kan se alt/);
    await ask(server.superuserUrl, 'alter role udvej_worker bypassrls');
    await expect(open(all(), { production: false })).rejects.toThrow(/udvej_worker i WORKER_DATABASE_URL kan se alt/);
    await ask(server.superuserUrl, 'alter role udvej_worker nobypassrls');
  });

  it('a server that answers before it has written is refused in production, and told elsewhere', async () => {
    await open(all(), { needsMigration: true });
    await ask(server.superuserUrl, `alter role udvej_web in database d${databases} set synchronous_commit = 'off'`);
    const { migrate: _, ...withoutAdmin } = all();
    await expect(open(withoutAdmin)).rejects.toThrow('synchronous_commit er off, skal være on');
    const told: string[] = [];
    await open(withoutAdmin, { production: false, onLog: (line) => told.push(line) });
    expect(told.join()).toContain('synchronous_commit er off');
  });

  it('a server that does not answer and a wrong password are told plainly, without the password', async () => {
    await open(all(), { needsMigration: true });
    const { migrate: _, ...withoutAdmin } = all();
    const silent: unknown = await open({ ...withoutAdmin, web: nowhere }).catch((error: unknown) => error);
    expect((silent as Error).message).toMatch(/DATABASE_URL: serveren svarer ikke/);
    expect((silent as Error).message).not.toContain('hemmeligt');
    const wrong = server.url('udvej_login', `d${databases}`, 'forkert');
    await expect(open({ ...withoutAdmin, login: wrong })).rejects.toThrow(/LOGIN_DATABASE_URL: brugeren eller adgangskoden/);
    await expect(open({ ...withoutAdmin, login: 'localhost' })).rejects.toThrow('LOGIN_DATABASE_URL er ikke en adresse');
    const lost = server.url('udvej_login', 'nowhere', 'udvej_login sin kode');
    await expect(open({ ...withoutAdmin, login: lost })).rejects.toThrow('databasen findes ikke');
  });
});

describe('the guard of settings (F3)', () => {
  const sound: ServerLook = {
    version: 150_000,
    me: 'udvej_web',
    past_the_wall: false,
    values: { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', data_checksums: 'on' },
  };
  const withSetting = (name: string, value: string) => ({ ...sound, values: { ...sound.values, [name]: value } });

  it('finds nothing on a sound server, also one that waits for more than itself', () => {
    expect(weaknesses(sound, 'DATABASE_URL')).toEqual([]);
    expect(weaknesses(withSetting('synchronous_commit', 'remote_apply'), 'DATABASE_URL')).toEqual([]);
  });

  it.each([
    ['fsync', 'off'],
    ['full_page_writes', 'off'],
    ['data_checksums', 'off'],
    ['synchronous_commit', 'off'],
    ['synchronous_commit', 'local'],
    ['synchronous_commit', 'remote_write'],
  ])('finds %s = %s', (name, value) => {
    expect(weaknesses(withSetting(name, value), 'DATABASE_URL')).toHaveLength(1);
  });

  it('finds what the server does not tell', () => {
    expect(weaknesses({ ...sound, values: {} }, 'DATABASE_URL')).toHaveLength(4);
  });

  it('refuses PostgreSQL 14', () => {
    expect(() => weaknesses({ ...sound, version: 140_012 }, 'KEYS_DATABASE_URL')).toThrow(/KEYS_DATABASE_URL er for gammel/);
  });
});
