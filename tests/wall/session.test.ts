import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { beginCommand, readCase } from '../../src/store/case-stream.js';
import { createPool, withTransaction } from '../../src/store/postgres/pools.js';
import { startSession } from '../../src/store/session-start.js';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import type { Route } from '../../src/web/route.js';
import { csrfToken } from '../../src/web/visitor.js';
import type { TestHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { KINDS, kindsSql, twoCases, type TwoCases } from '../support/wall-house.js';
import { type Arguments, everyReach, fingerprint, gaveNothing, type Prompt } from '../support/wall-sql.js';
import { addresses } from '../support/wall-walk.js';
import { testWeb } from '../support/web.js';

let cases: TwoCases;
let house: TestHouse;
let web: Prompt;
let mine: string;
let others: string;
beforeAll(async () => {
  cases = await twoCases();
  ({ house, web, mine, others } = cases);
});
afterAll(() => cases.close());

describe('a session that is none (security.md, control 5)', () => {
  /** Everything the web's three roles can say, with the case and its people as arguments. */
  const reach = async (): Promise<readonly { readonly role?: string; readonly sql: string }[]> => {
    const given: Arguments = {
      p_token: `current_setting('app.session')`, p_case: `'${mine}'`, p_cases: `array['${mine}']::uuid[]`, p_ids: `array['${people.police.user}']::uuid[]`, p_actor: `'${people.police.user}'`,
      p_command: `'journal.add'`, p_purpose: `'overview'`, p_kinds: kindsSql, p_entries: '20', p_key: `'key-1'`, p_hash: `'\\x00'::bytea`, p_action: `'cases.listed'`, p_name: `'national'`,
      p_payload: `'${mine}||99999999999|${randomUUID()}'`, p_mac: `'\\x00'::bytea`, p_closed: 'false', p_phase: 'null', p_limit: '25', p_offset: '0', p_expected: '1', p_types: `array['NoteAdded']`,
      p_journal: 'array[true]', p_cores: `array['\\x00'::bytea]`, p_body_versions: `'{}'::int[]`, p_body_ns: `'{}'::int[]`, p_body_scopes: `'{}'::uuid[]`, p_bodies: `'{}'::bytea[]`, p_result: `'{}'::jsonb`, p_versions: `'{}'::int[]`, p_session: 'null::json', p_ticket: 'null::json', p_at: 'now()',
      p_attachment: `'${randomUUID()}'`, p_scope: `'${randomUUID()}'`, p_size: '1', p_chunks: `'\\x00'::bytea`,
      p_nonce: `'${randomUUID()}'`, p_recorded_at: 'now()', p_from: `'2000-01-01'`, p_as_of: `'2100-01-01'`, p_drawn_at: 'now()', p_state: `'course'`, p_unit: `'fyn'`, p_municipality: 'null', p_category: 'null', p_place: `'freedom'`, p_age_band: 'null',
    };
    const of = async (role: string) => (await everyReach(house.db, role, given)).map((sql) => ({ sql, ...(role === 'udvej_web' ? {} : { role }) }));
    return [...(await of('udvej_web')), ...(await of('udvej_command')), ...(await of('udvej_national'))];
  };

  const session = async (change: string): Promise<string> => {
    const token = randomBytes(32).toString('base64url');
    await house.db.superuser(`insert into sec.session (token_hash, user_id, functions, authority, auth_time, level)
      select $1, id, functions, authority, now(), 'high' from app.staff where id = $2`, [createHash('sha256').update(token).digest(), people.police.user]);
    if (change !== '') await house.db.superuser(`update sec.session set ${change} where token_hash = $1`, [createHash('sha256').update(token).digest()]);
    return token;
  };

  const kinds: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['of no token', () => ''],
    ['of a forged token', () => randomBytes(32).toString('base64url')],
    ['of the hash that the database keeps', async () => createHash('sha256').update(await session('')).digest('base64url')],
    ['that ended eight hours after its login', () => session(`started_at = now() - interval '9 hours', expires_at = now() - interval '1 second'`)],
    ['idle for fifteen minutes', () => session(`last_seen = now() - interval '15 minutes 1 second'`)],
    ['signed out of', () => session('revoked_at = now()')],
    ['of yesterday', () => session(`started_at = now() - interval '1 day', last_seen = now() - interval '1 day', expires_at = now() - interval '16 hours'`)],
  ];
  it.each(kinds)('%s: gives nothing by any function, table or role the web has, and leaves nothing', async (_name, make) => {
    const token = await make();
    const before = await fingerprint(house.db);
    const given: string[] = [];
    for (const { sql, role } of await reach()) {
      const attempt = await web.tries(token, sql, role === undefined ? {} : { role });
      if (!gaveNothing(attempt)) given.push(`${role ?? 'udvej_web'}: ${sql} gave ${JSON.stringify(attempt.rows).slice(0, 200)}`);
    }
    expect(given).toEqual([]);
    expect(await fingerprint(house.db)).toEqual(before);
  });

  it('would be noticed: a live one gives something by most of them', async () => {
    const token = await session('');
    let gave = 0;
    for (const { sql, role } of await reach()) if (!gaveNothing(await web.tries(token, sql, role === undefined ? {} : { role }))) gave += 1;
    expect(gave).toBeGreaterThanOrEqual(10);
  });

  it('of somebody whose access was ended is none either, at the very next statement (control 27)', async () => {
    const token = await session('');
    await house.db.superuser('update app.staff set disabled_at = now() where id = $1', [people.police.user]);
    try {
      const given: string[] = [];
      for (const { sql, role } of await reach()) if (!gaveNothing(await web.tries(token, sql, role === undefined ? {} : { role }))) given.push(sql);
      expect(given).toEqual([]);
    } finally {
      await house.db.superuser('update app.staff set disabled_at = null where id = $1', [people.police.user]);
    }
  });

  it('cannot be made, changed or read by the web', async () => {
    const token = house.tokens.auditor;
    const hash = `'\\x${randomBytes(32).toString('hex')}'`;
    for (const sql of [
      'select * from sec.session', `update sec.session set user_id = '${people.police.user}'`, 'delete from sec.session',
      `insert into sec.session (token_hash, user_id, functions, authority, auth_time, level) values (${hash}, '${people.police.user}', '{police_exit}', 'x', now(), 'high')`,
      `select sec.start_session(${hash}, 'test', 'police', 'x', 'x', '{police_exit}', now(), 'high')`, 'select * from sec.ctx_session()',
      `update app.staff set functions = '{police_exit}'`, 'select * from sec.ticket_secret', `select audit.append(null, 'x', null, null)`,
      'delete from audit.event', 'update audit.event set actor = null', 'select * from audit.event', `insert into audit.event (action) values ('x')`,
    ]) {
      for (const role of [undefined, 'udvej_command', 'udvej_national']) expect((await web.tries(token, sql, role === undefined ? {} : { role })).refused, sql).toBe('42501');
    }
  });

  it('makes nobody else of the web', async () => {
    for (const sql of [
      'set role udvej_owner', 'set local role udvej_vault', 'set role udvej_login', 'set role udvej_worker', 'set role postgres', 'set session authorization udvej_owner', 'set role udvej_match',
      'alter role udvej_web bypassrls', 'alter table app.exit_case disable row level security', 'create table app.x (a int)', 'create temp table x (a int)', 'create schema x',
      `create function public.f() returns int language sql as 'select 1'`, 'alter function sec.ctx_user() security invoker', 'drop policy mine on app.exit_case', 'truncate app.task', 'lock table app.exit_case',
    ]) {
      expect((await web.tries(house.tokens.police, sql)).refused, sql).toMatch(/^(42501|22023)$/);
    }
  });
});

describe('a pool of one connection (security.md, control 6)', () => {
  it('carries nothing from one person to the next, whatever went wrong, in 300 rounds', async () => {
    const pool = createPool(house.db.url('udvej_web'), { max: 1, name: 'one' });
    const tables = (await everyReach(house.db, 'udvej_web')).map((sql) => `(select count(*) from (${sql}) t)::int`);
    const before = async () => {
      const { rows } = await pool.query<{ n: number }>(`select ${tables.join(' + ')}
        + case when sec.ctx_user() is null then 0 else 1 end + case when current_user = 'udvej_web' then 0 else 1 end + length(coalesce(current_setting('app.session', true), '')) as n`);
      return rows[0]?.n;
    };
    const leaks: number[] = [];
    const rounds: readonly ((token: string, caseId: string) => Promise<unknown>)[] = [
      (token, caseId) => readCase(pool, token, caseId, 'overview', KINDS, 20),
      (token, caseId) => withTransaction(pool, async (client) => {
        await beginCommand(client, token, caseId, 'journal.add', 20);
        throw new Error('a bug');
      }),
      (token, caseId) => withTransaction(pool, async (client) => {
        await readCase(client, token, caseId, 'overview', KINDS, 20);
        await client.query('select 1 / 0');
      }),
      (token) => pool.query('select * from app.list_questions($1)', [token]),
      (token) => pool.query('select * from app.list_cases($1, false, null, 25, 0)', [token]),
      (token, caseId) => withTransaction(pool, (client) => beginCommand(client, token, caseId, 'journal.add', 20)),
    ];
    try {
      for (let round = 0; round < 300; round += 1) {
        const [who, caseId] = round % 2 === 0 ? (['police', mine] as const) : (['odense', others] as const);
        const one = rounds[round % rounds.length];
        await one?.(house.tokens[who], caseId).catch(() => undefined);
        if ((await before()) !== 0) leaks.push(round);
      }
      expect(leaks).toEqual([]);
      // The same question asked inside a session counts rows: the probe can see.
      const seen = await withTransaction(pool, async (client) => {
        await client.query(`select set_config('app.session', $1, true)`, [house.tokens.police]);
        return (await client.query('select 1 from app.exit_case')).rowCount;
      });
      expect(seen).toBeGreaterThan(0);
    } finally {
      await pool.end();
    }
  });
});

describe('the idle limit (security.md, control 27)', () => {
  const quiet = async (who: PersonName): Promise<number> =>
    (await house.db.superuser<{ s: number }>('select extract(epoch from now() - last_seen)::int as s from sec.session where token_hash = $1', [createHash('sha256').update(house.tokens[who]).digest()]))[0]?.s ?? NaN;
  const away = (who: PersonName, minutes: number) =>
    house.db.superuser(`update sec.session set last_seen = now() - make_interval(mins => $2) where token_hash = $1`, [createHash('sha256').update(house.tokens[who]).digest(), minutes]);

  it('begins anew for who asks for anything, a list as well as a case', async () => {
    for (const url of ['/', '/sager', `/sager/${mine}`]) {
      const server = await testWeb(house, 1_000_000);
      await away('municipal', 14);
      expect((await server.get('municipal', url)).statusCode).toBe(200);
      expect(await quiet('municipal')).toBeLessThan(60);
      await server.app.close();
    }
  });

  it('begins anew a minute at most after somebody asked: no session ends earlier than that', async () => {
    const server = await testWeb(house, 1_000_000);
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000_000);
    try {
      await house.db.superuser(`update sec.session set last_seen = now() - interval '50 seconds' where token_hash = $1`, [createHash('sha256').update(house.tokens.municipal).digest()]);
      await server.get('municipal', '/sager');
      expect(await quiet('municipal')).toBeGreaterThanOrEqual(50);
      await house.db.superuser(`update sec.session set last_seen = last_seen - interval '15 seconds' where token_hash = $1`, [createHash('sha256').update(house.tokens.municipal).digest()]);
      clock.mockReturnValue(1_015_000);
      await server.get('municipal', '/sager');
      expect(await quiet('municipal')).toBeLessThan(50);
    } finally {
      clock.mockRestore();
      await server.app.close();
    }
  });

  it('does not begin anew for what a program reads again and again', async () => {
    const server = await testWeb(house, 1_000_000);
    await away('municipal', 5);
    for (const url of ['/api/v1/tasks', '/api/v1/cases', `/api/v1/cases/${mine}`]) expect((await server.api('municipal', 'GET', url)).statusCode).toBe(200);
    expect(await quiet('municipal')).toBeGreaterThanOrEqual(300);
    await server.app.close();
  });
});

describe('the next request (security.md, control 27)', () => {
  const ends: readonly (readonly [string, string])[] = [
    ['has signed out elsewhere', `update sec.session set revoked_at = now() where user_id = $1 and token_hash = $2`],
    ['has been away for fifteen minutes', `update sec.session set last_seen = now() - interval '15 minutes 1 second' where user_id = $1 and token_hash = $2`],
    ['came eight hours ago', `update sec.session set expires_at = now() - interval '1 second' where user_id = $1 and token_hash = $2`],
    ['has lost his access', `update app.staff set disabled_at = now() where id = $1 and $2::bytea is not null`],
  ];
  it.each(ends)('of somebody who %s is answered by the login, on every route', async (_what, sql) => {
    const server = await testWeb(house, 1_000_000);
    const { municipal: who } = people;
    const token = await startSession(house.login, { issuer: 'test', subject: 'municipal', name: 'Navn municipal', authority: who.authority, functions: who.functions, authTime: new Date(), level: 'high' });
    const headers = { cookie: `${sessionCookieName(false)}=${token ?? ''}`, authorization: `Bearer ${token ?? ''}`, 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams({ _csrf: csrfToken(server.settings.csrfKey, token ?? '') }).toString();
    const asks = (route: Route) => {
      const url = route.path.includes(':') ? (addresses(route, mine)[0] ?? '') : route.path;
      return server.app.inject({ method: route.method, url, headers, ...(route.method === 'POST' ? { payload: url.startsWith('/api/') ? '{}' : payload, headers: { ...headers, ...(url.startsWith('/api/') ? { 'content-type': 'application/json' } : {}) } } : {}) });
    };
    const routes = server.routes.filter((route) => route.permission !== 'public');
    try {
      expect((await server.app.inject({ method: 'GET', url: `/sager/${mine}`, headers })).statusCode).toBe(200);
      await house.db.superuser(sql, [who.user, createHash('sha256').update(token ?? '').digest()]);
      const still: string[] = [];
      for (const route of routes) {
        const { statusCode, headers: said } = await asks(route);
        if (route.path.startsWith('/api/') ? statusCode !== 401 : statusCode !== 303 || !/^\/login(\?til=|$)/.test(said.location ?? '')) still.push(`${route.method} ${route.path}: ${statusCode}`);
      }
      expect(still).toEqual([]);
    } finally {
      await house.db.superuser('update app.staff set disabled_at = null');
      await server.app.close();
    }
  });

  it('carries its token in no address, and leaves it in no log', async () => {
    const server = await testWeb(house, 1_000_000);
    try {
      await server.get('municipal', `/sager/${mine}`);
      for (const url of [`/sager?token=${house.tokens.municipal}`, `/api/v1/cases?access_token=${house.tokens.municipal}`]) {
        expect([303, 401]).toContain((await server.app.inject({ method: 'GET', url })).statusCode);
      }
      const page = await server.get('municipal', `/sager/${mine}/goer/journal.add`);
      expect(page.body).not.toContain(house.tokens.municipal);
      expect(server.log.join('\n')).not.toContain(house.tokens.municipal);
    } finally {
      await server.app.close();
    }
  });
});
