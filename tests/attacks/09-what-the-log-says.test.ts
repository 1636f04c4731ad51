import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endSession } from '../../src/store/lists.js';
import { startSession } from '../../src/store/session-start.js';
import { takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { ask, audited, counted } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { addresses } from '../support/wall-walk.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

describe('Control 9: the log', () => {
  it('does not say that an inquiry was registered when none was', async () => {
    const { result, rows } = await audited(web, () => ask(web, 'jobcentre', { method: 'POST', url: '/ny-henvendelse', body: { municipality: '0183' } }));
    expect([result.statusCode, counted(rows)['inquiry.registered'] ?? 0]).toEqual([422, 0]);
  });

  it('leaves what the table of routes promises, with the purpose it names', async () => {
    const id = await takenCase(web.house);
    const wrong: string[] = [];
    for (const route of web.routes.filter((one) => one.method === 'GET' && one.permission !== 'public' && one.permission !== 'inbox-keeper' && one.path !== '/spoergsmaal/:id')) {
      const who: PersonName = route.permission === 'contact-point' ? 'officialKl' : route.permission === 'auditor' ? 'auditor' : 'municipal';
      const url = route.path.includes(':') ? (addresses(route, id)[0] ?? '') : route.path;
      const { result, rows } = await audited(web, () => ask(web, who, { method: 'GET', url: route.path.endsWith('/statistics') ? `${url}?asOf=2026-11-01` : url }));
      if (result.statusCode !== 200) continue;
      // The front page is three lists to everybody and a fourth to who asks for guidance, the units' figures are with what they were asked, the overview two, and as a page three; the table names the first.
      const promised = route.audit === 'none: no case data' ? [] : [route.audit, ...(route.path === '/' ? ['news.listed', 'guidance.listed', 'approvals.listed'] : route.path === '/tal/kvalitet' ? ['practice.listed'] : route.path.endsWith('overblik') ? ['untaken.listed', 'unnamed.listed'] : route.path.endsWith('/overview') ? ['untaken.listed'] : [])];
      if (JSON.stringify([...new Set(rows.map((row) => row.action))]) !== JSON.stringify(promised)) wrong.push(`${route.path}: ${JSON.stringify(counted(rows))}, not ${route.audit}`);
      for (const row of rows) if (row.action === 'case.opened' && row.purpose !== route.purpose) wrong.push(`${route.path}: for ${row.purpose ?? ''}, not ${route.purpose}`);
    }
    expect(wrong).toEqual([]);
  });

  it('says a login, a login that is closed, and a sign-out', async () => {
    const { functions, authority } = people.housing;
    const claims = { issuer: 'test', subject: 'housing', name: 'Navn housing', authority, functions, authTime: new Date(), level: 'high' };
    const came = await audited(web, () => startSession(web.house.login, claims));
    expect(came.rows).toEqual([{ actor: people.housing.user, action: 'login', case_ref: null, purpose: null }]);
    const left = await audited(web, () => endSession(web.house.web, came.result ?? ''));
    expect(left.rows).toEqual([{ actor: people.housing.user, action: 'logout', case_ref: null, purpose: null }]);
    expect((await audited(web, () => endSession(web.house.web, came.result ?? ''))).rows).toEqual([]);
    await web.house.db.superuser('update app.staff set disabled_at = now() where id = $1', [people.housing.user]);
    const denied = await audited(web, () => startSession(web.house.login, claims));
    expect([denied.result, denied.rows]).toEqual([undefined, [{ actor: people.housing.user, action: 'login.denied', case_ref: null, purpose: 'ended' }]]);
  });

  it('cannot be made to say what is only the database’s to say', async () => {
    for (const action of ['case.opened', 'case.denied', 'case.named', 'key.released', 'inquiry.registered', 'login', 'logout', 'login.denied', 'log.read', 'search.own']) {
      const noted = await audited(web, async () => {
        const client = await web.house.web.connect();
        try {
          await client.query('begin');
          await client.query(`select set_config('app.session', $1, true)`, [web.house.tokens.auditor]);
          return await client.query('select audit.note($1)', [action]).then(() => 'noted', () => 'refused');
        } finally {
          await client.query('commit');
          client.release();
        }
      });
      expect([action, noted.result, noted.rows]).toEqual([action, 'refused', []]);
    }
  });
});
