import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endSession } from '../../src/store/lists.js';
import { startSession } from '../../src/store/session-start.js';
import { inboxCase, registration, seats, takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { type Asked, ask, audited, type AuditRow } from '../support/wall-http.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';
import { addresses } from '../support/wall-walk.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

const counted = (rows: readonly AuditRow[]): Readonly<Record<string, number>> => {
  const counter: Record<string, number> = {};
  for (const { action } of rows) counter[action] = (counter[action] ?? 0) + 1;
  return counter;
};

const isWhat = (rows: readonly AuditRow[], leaves: Step['leaves']): boolean =>
  leaves === 'denied'
    ? rows.length === 1 && rows.every((row) => row.action.endsWith('.denied'))
    : JSON.stringify(Object.entries(counted(rows)).sort()) === JSON.stringify(Object.entries(leaves).sort());

interface Step {
  readonly what: string;
  readonly who: PersonName;
  readonly asks: (id: string) => Asked;
  readonly status: number;
  /** Exactly these rows, no more and no fewer; `denied` is one row that says so, whatever was refused. */
  readonly leaves: Readonly<Record<string, number>> | 'denied';
}
const get = (url: (id: string) => string) => (id: string): Asked => ({ method: 'GET', url: url(id) });
const post = (url: (id: string) => string, body: Readonly<Record<string, string>> = {}) => (id: string): Asked => ({ method: 'POST', url: url(id), body });
const NOTE = { text: 'Ringede som aftalt', kind: 'personal' };
const api = (id: string) => `/api/v1/cases/${id}`;

/** A day at work, from a waiting inquiry on; `id` is its case. */
const DAY: readonly Step[] = [
  { what: 'the co-ordinator begins his day', who: 'police', asks: get(() => '/'), status: 200, leaves: { 'tasks.listed': 1, 'news.listed': 1, 'inbox.listed': 1 } },
  { what: 'he looks at the inquiry', who: 'police', asks: get((id) => `/indbakke/${id}`), status: 200, leaves: { 'case.opened': 1, 'inbox.listed': 1 } },
  { what: 'a colleague from elsewhere tries the same', who: 'policeFyn', asks: get((id) => `/indbakke/${id}`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'he forgets somebody', who: 'police', asks: post((id) => `/indbakke/${id}`, { police: seats.police }), status: 422, leaves: { 'case.command': 1, 'case.opened': 1, 'inbox.listed': 1 } },
  { what: 'he takes it', who: 'police', asks: post((id) => `/indbakke/${id}`, seats), status: 303, leaves: { 'case.command': 1 } },
  { what: 'he opens it', who: 'police', asks: get((id) => `/sager/${id}`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'the municipality sees its cases', who: 'municipal', asks: get(() => '/sager'), status: 200, leaves: { 'cases.listed': 1 } },
  { what: 'opens this one', who: 'municipal', asks: get((id) => `/sager/${id}`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'shows the name', who: 'municipal', asks: post((id) => `/sager/${id}/navne`), status: 200, leaves: { 'case.opened': 1, 'case.named': 1 } },
  { what: 'reads the journal', who: 'municipal', asks: get((id) => `/sager/${id}/journal`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'opens the form of a note', who: 'municipal', asks: get((id) => `/sager/${id}/goer/journal.add`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'sends it empty, and gets it back', who: 'municipal', asks: post((id) => `/sager/${id}/goer/journal.add`), status: 422, leaves: { 'case.command': 1, 'case.opened': 1 } },
  { what: 'sends it filled in', who: 'municipal', asks: post((id) => `/sager/${id}/goer/journal.add`, NOTE), status: 303, leaves: { 'case.command': 1 } },
  { what: 'asks for a form that is not there', who: 'municipal', asks: get((id) => `/sager/${id}/goer/findes.ikke`), status: 404, leaves: { 'case.opened': 1 } },
  { what: 'searches and finds', who: 'municipal', asks: post(() => '/soeg', { q: 'Sandbjerg' }), status: 200, leaves: { 'search.own': 1, 'case.named': 1 } },
  { what: 'searches and finds nothing', who: 'municipal', asks: post(() => '/soeg', { q: 'Findesikke' }), status: 200, leaves: { 'search.own': 1 } },
  { what: 'searches for nothing', who: 'municipal', asks: post(() => '/soeg', { q: '' }), status: 200, leaves: { 'search.own': 1 } },
  { what: 'looks for somebody like him before registering', who: 'municipal', asks: post(() => '/ny-henvendelse/ligner', { name: 'Emil Sandbjerg' }), status: 200, leaves: { 'search.own': 1, 'case.named': 1 } },
  { what: 'and for somebody whom no case is like', who: 'municipal', asks: post(() => '/ny-henvendelse/ligner', { name: 'Findes Ikke' }), status: 200, leaves: { 'search.own': 1 } },
  { what: 'a program lists', who: 'probation', asks: get(() => '/api/v1/cases'), status: 200, leaves: { 'cases.listed': 1 } },
  { what: 'lists tasks', who: 'probation', asks: get(() => '/api/v1/tasks'), status: 200, leaves: { 'tasks.listed': 1 } },
  { what: 'lists an inbox that is not its own', who: 'probation', asks: get(() => '/api/v1/inbox'), status: 200, leaves: { 'inbox.listed': 1 } },
  { what: 'reads the case', who: 'probation', asks: get(api), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'asks what can be done', who: 'probation', asks: get((id) => `${api(id)}/actions`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'writes a note', who: 'probation', asks: post((id) => `${api(id)}/commands/journal.add`, NOTE), status: 200, leaves: { 'case.command': 1 } },
  { what: 'writes one that is refused by a rule', who: 'probation', asks: post((id) => `${api(id)}/commands/circle.remove`, { user: people.police2.user, reason: 'x' }), status: 422, leaves: { 'case.command': 1 } },
  { what: 'gives a command that is not there', who: 'probation', asks: post((id) => `${api(id)}/commands/findes.ikke`), status: 422, leaves: { 'case.opened': 1 } },
  { what: 'somebody curious tries the page', who: 'odense', asks: get((id) => `/sager/${id}`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries the journal', who: 'odense', asks: get((id) => `/sager/${id}/journal`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries the name', who: 'odense', asks: post((id) => `/sager/${id}/navne`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries to write', who: 'odense', asks: post((id) => `/sager/${id}/goer/journal.add`, NOTE), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries the program’s way', who: 'odense', asks: get(api), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries to write there', who: 'odense', asks: post((id) => `${api(id)}/commands/journal.add`, NOTE), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries a command that is not there', who: 'odense', asks: post((id) => `${api(id)}/commands/findes.ikke`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'the administrator tries', who: 'admin', asks: get((id) => `/sager/${id}`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'the auditor would register', who: 'auditor', asks: post(() => '/api/v1/cases', { municipality: '0183', said: 'x' }), status: 404, leaves: { 'inquiry.denied': 1 } },
  { what: 'the auditor would see the figures', who: 'auditor', asks: get(() => '/tal'), status: 404, leaves: 'denied' },
  { what: 'the police would see the contact point’s questions', who: 'police', asks: get(() => '/api/v1/questions'), status: 404, leaves: 'denied' },
  { what: 'the municipality would take from the inbox', who: 'municipal', asks: get((id) => `/indbakke/${id}`), status: 404, leaves: 'denied' },
  { what: 'the contact point sees the figures', who: 'officialKl', asks: get(() => '/tal'), status: 200, leaves: { 'figures.drawn': 1 } },
  { what: 'gets them by program', who: 'officialKl', asks: get(() => '/api/v1/statistics?asOf=2026-11-01'), status: 200, leaves: { 'figures.drawn': 1 } },
  { what: 'lists what it was told', who: 'officialKl', asks: get(() => '/api/v1/notifications'), status: 200, leaves: { 'notifications.listed': 1 } },
  { what: 'lists what it was asked', who: 'officialKl', asks: get(() => '/api/v1/questions'), status: 200, leaves: { 'questions.listed': 1 } },
  { what: 'begins its day', who: 'officialKl', asks: get(() => '/'), status: 200, leaves: { 'tasks.listed': 1, 'news.listed': 1, 'questions.listed': 1 } },
  { what: 'somebody receives an inquiry', who: 'jobcentre', asks: get(() => '/ny-henvendelse'), status: 200, leaves: {} },
  { what: 'sends it', who: 'jobcentre', asks: post(() => '/ny-henvendelse', { municipality: '0183', said: 'Vil ud', channel: 'phone' }), status: 200, leaves: { 'inquiry.registered': 1 } },
  { what: 'is still there', who: 'jobcentre', asks: post(() => '/session'), status: 204, leaves: {} },
  { what: 'reads the help', who: 'jobcentre', asks: get(() => '/hjaelp'), status: 200, leaves: {} },
  { what: 'sends an old form', who: 'jobcentre', asks: post(() => '/ny-henvendelse', { _csrf: 'x' }), status: 403, leaves: {} },
];

describe('a day at work (security.md, controls 10 and 11)', () => {
  it('leaves exactly the rows of its acts, each with who did it and about which case', async () => {
    const id = await inboxCase(web.house);
    const wrong: string[] = [];
    for (const { what, who, asks, status, leaves } of DAY) {
      const { result, rows } = await audited(web, () => ask(web, who, asks(id)));
      if (result.statusCode !== status) wrong.push(`${what}: ${result.statusCode}, not ${status}`);
      if (!isWhat(rows, leaves)) wrong.push(`${what}: ${JSON.stringify(counted(rows))}, not ${JSON.stringify(leaves)}`);
      for (const row of rows) {
        if (row.actor !== people[who].user) wrong.push(`${what}: actor ${row.actor ?? 'none'}`);
        if (row.action.startsWith('case.') && row.case_ref !== id) wrong.push(`${what}: case ${row.case_ref ?? 'none'}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('does not say that an inquiry was registered when none was', async () => {
    const { result, rows } = await audited(web, () => ask(web, 'jobcentre', { method: 'POST', url: '/ny-henvendelse', body: { municipality: '0183' } }));
    expect([result.statusCode, counted(rows)['inquiry.registered'] ?? 0]).toEqual([422, 0]);
  });

  it('leaves what the table of routes promises, with the purpose it names', async () => {
    const id = await takenCase(web.house);
    const wrong: string[] = [];
    for (const route of web.routes.filter((one) => one.method === 'GET' && one.permission !== 'public' && one.permission !== 'inbox-keeper' && one.path !== '/spoergsmaal/:id')) {
      const who: PersonName = route.permission === 'contact-point' ? 'officialKl' : 'municipal';
      const url = route.path.includes(':') ? (addresses(route, id)[0] ?? '') : route.path;
      const { result, rows } = await audited(web, () => ask(web, who, { method: 'GET', url: route.path.endsWith('/statistics') ? `${url}?asOf=2026-11-01` : url }));
      if (result.statusCode !== 200) continue;
      // The front page is two lists to everybody; the table names the first.
      const promised = route.audit === 'none: no case data' ? [] : [route.audit, ...(route.path === '/' ? ['news.listed'] : [])];
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
    expect([denied.result, denied.rows]).toEqual([undefined, [{ actor: people.housing.user, action: 'login.denied', case_ref: null, purpose: null }]]);
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

describe('the limit of cases opened in an hour', () => {
  it('stops the next one, says so, and leaves a row of it, as every refusal does', async () => {
    const few = await testWeb(await testHouse({ openingsPerHour: 3, namesPerHour: 2 }), 1_000_000);
    try {
      const ids: string[] = [];
      for (let n = 0; n < 5; n += 1) ids.push(await takenCase(few.house, registration));
      const statuses: number[] = [];
      for (const id of [...ids.slice(0, 3), ids[0] ?? '']) statuses.push((await few.api('municipal', 'GET', api(id))).statusCode);
      expect(statuses).toEqual([200, 200, 200, 200]);
      const stopped = await audited(few, () => few.api('municipal', 'GET', api(ids[3] ?? '')));
      expect(stopped.result.statusCode).toBe(429);
      expect(counted(stopped.rows)).toEqual({ 'case.denied': 1 });
      // Counters never depend on hit or miss: what is not his is absent all the same.
      const fyn = await caseOfFyn(few.house);
      expect((await few.api('municipal', 'GET', api(fyn))).statusCode).toBe(404);
    } finally {
      await few.close();
    }
  });
});
