import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { whoAmI } from '../../src/store/lists.js';
import { startSession } from '../../src/store/session-start.js';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import type { Route } from '../../src/web/route.js';
import { csrfToken } from '../../src/web/visitor.js';
import type { TestHouse } from '../support/house.js';
import { loginWeb, tokenIn } from '../support/login-web.js';
import { people, type PersonName } from '../support/people.js';
import { twoCases, type TwoCases } from '../support/wall-house.js';
import { addresses } from '../support/wall-walk.js';
import { testWeb } from '../support/web.js';

let cases: TwoCases;
let house: TestHouse;
let mine: string;
beforeAll(async () => {
  cases = await twoCases();
  ({ house, mine } = cases);
});
afterAll(() => cases.close());

describe('Control 27: the idle limit', () => {
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

describe('Control 27: the next request', () => {
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

describe('Control 27: what a login says of somebody', () => {
  it('holds for all his sessions: one that says he is something else ends those from before, and one that says the same ends none', async () => {
    const { odense } = people;
    const login = async (authority: string, functions: readonly string[]): Promise<string> =>
      (await startSession(house.login, { issuer: 'test', subject: 'odense', name: 'Navn odense', authority, functions, authTime: new Date(), level: 'substantial' })) ?? '';
    const isOpen = async (token: string): Promise<boolean> => (await whoAmI(house.web, token)) !== undefined;
    const phone = await login(odense.authority, odense.functions);
    expect([await isOpen(house.tokens.odense), await isOpen(phone)]).toEqual([true, true]);
    const fewer = await login(odense.authority, ['measure_owner']);
    expect([await isOpen(house.tokens.odense), await isOpen(phone), await isOpen(fewer)]).toEqual([false, false, true]);
    const moved = await login('municipality:0101', ['measure_owner']);
    expect([await isOpen(fewer), await isOpen(moved)]).toEqual([false, true]);
  });
});

describe('Control 27: signing out', () => {
  it('ends the session for every tab and program that has its token, and the browser forgets what it kept', async () => {
    const on = await loginWeb();
    try {
      const token = tokenIn(await on.through('/login', undefined, on.claimsOf('municipal'))) ?? '';
      expect((await on.get(token, '/sager')).statusCode).toBe(200);
      const out = await on.post(token, '/log-ud', { _csrf: csrfToken(on.settings.csrfKey, token) });
      expect([out.statusCode, out.headers['clear-site-data']]).toEqual([200, '"cache", "cookies", "storage"']);
      expect((await on.get(token, '/sager')).statusCode).toBe(303);
      expect((await on.app.inject({ method: 'GET', url: '/api/v1/cases', headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(401);
      expect(on.log.join('\n')).not.toContain(token);
    } finally {
      await on.close();
    }
  });

  it('leaves the person’s other sessions as they are', async () => {
    const on = await loginWeb();
    try {
      const [one = '', other = ''] = [tokenIn(await on.through('/login', undefined, on.claimsOf('municipal'))), tokenIn(await on.through('/login', undefined, on.claimsOf('municipal')))];
      await on.post(one, '/log-ud', { _csrf: csrfToken(on.settings.csrfKey, one) });
      expect((await on.get(other, '/sager')).statusCode).toBe(200);
    } finally {
      await on.close();
    }
  });
});
