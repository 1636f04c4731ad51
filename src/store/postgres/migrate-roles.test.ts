import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerHome } from '../../../tests/support/database.server.js';
import { ask, rolePasswords as passwords, serverHome, serverVersions } from '../../../tests/support/database.server.js';
import type { EmbeddedServer } from './embedded.js';
import type { LoginRole } from './migrate.js';
import { bootstrapRoles, loginRoles } from './migrate.js';

describe.each(serverVersions)('the roles on PostgreSQL $version', ({ version, binDir }) => {
  let home: ServerHome;
  let server: EmbeddedServer;
  let admin: pg.Client;

  beforeAll(async () => {
    home = serverHome();
    server = await home.start({ binDir });
    admin = await connect();
    await bootstrapRoles(admin, passwords);
  });

  afterAll(async () => {
    await admin.end();
    await home.remove();
  });

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: server.superuserUrl });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  const as = (role: LoginRole) => server.url(role, 'postgres', passwords[role]);

  it('is the version it claims to be', async () => {
    const [row] = await ask<{ v: number }>(server.superuserUrl, `select current_setting('server_version_num')::int / 10000 as v`);
    expect(row?.v).toBe(version);
  });

  it('every login role enters with its own password and with no other', async () => {
    for (const role of loginRoles) expect(await ask(as(role), 'select current_user as me')).toEqual([{ me: role }]);
    await expect(ask(server.url('udvej_web', 'postgres', passwords.udvej_vault))).rejects.toMatchObject({ code: '28P01' });
  });

  it('none of them is superuser, sees past row-level security, creates roles, or inherits rights', async () => {
    const { rows } = await admin.query(
      `select rolname from pg_roles where rolname like 'udvej\\_%'
          and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit)`,
    );
    expect(rows).toEqual([]);
  });

  it('nobody logs in as the owner or as a role that is taken on', async () => {
    const { rows } = await admin.query<{ rolname: string }>(
      `select rolname from pg_roles where rolname like 'udvej\\_%' and not rolcanlogin order by rolname`,
    );
    expect(rows.map((row) => row.rolname)).toEqual([
      'udvej_command',
      'udvej_maintenance',
      'udvej_match',
      'udvej_national',
      'udvej_owner',
    ]);
  });

  it('the web role has no right of the command role before it takes it on', async () => {
    await ask(server.superuserUrl, 'create schema app', 'create table app.t (id int)');
    await ask(
      server.superuserUrl,
      'grant usage on schema app to udvej_command',
      'grant select, insert on app.t to udvej_command',
    );
    await expect(ask(as('udvej_web'), 'insert into app.t values (1)')).rejects.toMatchObject({ code: '42501' });
    await ask(as('udvej_web'), 'begin', 'set local role udvej_command', 'insert into app.t values (1)', 'commit');
    await expect(
      ask(as('udvej_web'), 'begin', 'set local role udvej_command', 'commit', 'select * from app.t'),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('the worker takes on matching, and nothing of the web or of maintenance; the operator maintenance alone; nobody takes on the owner', async () => {
    await ask(as('udvej_worker'), 'set role udvej_match');
    await ask(as('udvej_operator'), 'set role udvej_maintenance');
    const forbidden: [LoginRole, string][] = [
      ['udvej_worker', 'udvej_command'],
      ['udvej_worker', 'udvej_maintenance'],
      ['udvej_operator', 'udvej_match'],
      ['udvej_web', 'udvej_match'],
      ['udvej_login', 'udvej_command'],
      ['udvej_vault', 'udvej_national'],
      ...loginRoles.map((role): [LoginRole, string] => [role, 'udvej_owner']),
    ];
    for (const [role, other] of forbidden) {
      await expect(ask(as(role), `set role ${other}`)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('may be made again: same roles, new password, and a grant made with inheritance is mended', async () => {
    await admin.query('revoke udvej_command from udvej_web; alter role udvej_web inherit; grant udvej_command to udvej_web');
    await bootstrapRoles(admin, { ...passwords, udvej_sealer: 'another' });
    await expect(ask(as('udvej_sealer'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await bootstrapRoles(admin, passwords);
    await ask(as('udvej_sealer'), 'select 1');
    const { rows } = await admin.query(
      `select pg_has_role('udvej_web', 'udvej_command', 'usage') as uses, pg_has_role('udvej_web', 'udvej_command', 'member') as member`,
    );
    expect(rows).toEqual([{ uses: false, member: true }]);
  });

  it('two starters at once do not clash', async () => {
    const other = await connect();
    await Promise.all([bootstrapRoles(admin, passwords), bootstrapRoles(other, passwords)]);
    await other.end();
  });
});
