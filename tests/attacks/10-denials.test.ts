import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepUpBegun } from '../../src/app/step-up.js';
import { startSession } from '../../src/store/session-start.js';
import type { Route } from '../../src/web/route.js';
import { registration, takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { ask, audited, type AuditRow, counted, seen } from '../support/wall-http.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';
import { addresses } from '../support/wall-walk.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let mine: string;
let others: string;
let finding: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  mine = await takenCase(web.house);
  others = await caseOfFyn(web.house);
  for (let n = 0; n < 3; n += 1) await web.get('police2', `/sager/${others}`);
  await web.house.db.superuser(`select audit.find(now() - interval '10 minutes', clock_timestamp())`);
  finding = (await web.house.db.superuser<{ id: string }>(`select id from audit.review where kind = 'denials'`))[0]?.id ?? '';
});
afterAll(() => web.close());

const isOneDenial = (rows: readonly AuditRow[], who: PersonName): boolean =>
  rows.length === 1 && rows.every((row) => row.action.endsWith('.denied') && row.actor === people[who].user);
const of = (route: Route, id: string) => ({ method: route.method, url: route.path.includes(':') ? (addresses(route, id)[0] ?? '') : route.path, body: { text: 'x' } });
const api = (id: string): string => `/api/v1/cases/${id}`;
const NOWHERE = '4b7d0f5e-2f0b-4a53-9d0f-6d4c2a1e8f77';

/** Who asks for what is not for him, at every address there is. */
const OUTSIDERS: readonly (readonly [what: string, who: PersonName, id: () => string, routes: (route: Route) => boolean])[] = [
  ['a member of another circle at the addresses of a case', 'odense', () => mine, (route) => route.permission === 'circle'],
  ['the auditor at the addresses of a case', 'auditor', () => mine, (route) => route.permission === 'circle'],
  ['the administrator at the addresses of a case', 'admin', () => others, (route) => route.permission === 'circle'],
  ['the co-ordinator at the auditor’s', 'police', () => finding, (route) => route.permission === 'auditor'],
  ['the administrator at the auditor’s', 'admin', () => finding, (route) => route.permission === 'auditor'],
  ['the contact point at the auditor’s', 'officialKl', () => finding, (route) => route.permission === 'auditor'],
  ['the auditor at findings that are none', 'auditor', () => mine, (route) => route.permission === 'auditor' && route.path.includes(':id')],
  ['the auditor at the contact point’s', 'auditor', () => NOWHERE, (route) => route.permission === 'contact-point'],
  ['the municipality at the inbox', 'municipal', () => NOWHERE, (route) => route.permission === 'inbox-keeper'],
];

describe('Control 10: a request that is denied', () => {
  it.each(OUTSIDERS)('leaves exactly one row that says so and who he was: %s', async (_what, who, id, routes) => {
    const asked = web.routes.filter(routes);
    expect(asked.length).toBeGreaterThan(1);
    const wrong: string[] = [];
    for (const route of asked) {
      const { result, rows } = await audited(web, () => ask(web, who, of(route, id())));
      if (result.statusCode !== 404 || !isOneDenial(rows, who)) wrong.push(`${route.method} ${route.path}: ${result.statusCode} ${JSON.stringify(rows)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('is a try at a case only where a case was asked for: an old link to an approval, a match, a question or a finding is none (control 21)', async () => {
    const notCases = ['/godkendelser/:id', '/sammenfald/:id', '/sammenfald/:id/navne', '/spoergsmaal/:id', '/akut/:id', '/adgang/fund/:id', '/adgang/alarm/:id', '/adgang/person/:id', '/slettede-sager/:id', '/api/v1/matches/:id', '/api/v1/matches/:id/settle', '/api/v1/matches/:id/tell', '/api/v1/questions/:id', '/api/v1/notifications/emergencies/:id/seen'];
    const asked = web.routes.filter((route) => notCases.includes(route.path));
    expect(new Set(asked.map((route) => route.path))).toEqual(new Set(notCases));
    const wrong: string[] = [];
    for (const route of asked) {
      for (const who of ['probation2', 'officialDfk', 'auditor'] as const) {
        const { rows } = await audited(web, () => ask(web, who, of(route, NOWHERE)));
        if (!isOneDenial(rows.filter((row) => row.action.endsWith('.denied')), who) || rows.some((row) => row.case_ref !== null)) wrong.push(`${route.method} ${route.path} by ${who}: ${JSON.stringify(rows)}`);
      }
    }
    expect(wrong).toEqual([]);
    const before = await web.house.db.superuser('select 1 from audit.review');
    await web.house.db.superuser(`select audit.find(now() - interval '10 minutes', clock_timestamp())`);
    expect((await web.house.db.superuser('select kind from audit.review where person = $1', [people.probation2.user]))).toEqual([]);
    expect(before.length).toBeGreaterThan(0);
    for (const sent of [mine, 'x']) expect((await audited(web, () => web.get('probation2', `/sager/${sent}`))).rows.map((row) => row.action)).toEqual(['case.denied']);
  });

  it('is answered as an address that is not there, byte for byte, whoever is no auditor (control 2)', async () => {
    const nowhere = seen(await web.get('police', '/findes-ikke'));
    for (const who of ['police', 'municipal', 'officialKl', 'jobcentre', 'admin'] as const) {
      for (const url of ['/adgang', `/adgang/fund/${finding}`, `/adgang/person/${people.police2.user}`, '/adgang/kollega']) expect(seen(await web.get(who, url)), `${who} ${url}`).toEqual(nowhere);
    }
    expect(seen(await web.get('auditor', `/sager/${mine}`))).toEqual(nowhere);
  });

  it('judges nothing: a finding is as it was after everybody but the auditor has tried', async () => {
    for (const who of ['police', 'police2', 'admin', 'officialKl'] as const) await web.post(who, `/adgang/fund/${finding}`, { vurdering: 'justified', ord: 'Det var i orden' });
    expect(await web.house.db.superuser('select 1 from audit.judgement')).toEqual([]);
    expect(await web.house.db.superuser('select closed_at from audit.review where id = $1', [finding])).toEqual([{ closed_at: null }]);
  });

  it('is a login of somebody whose access is closed, too', async () => {
    const { functions, authority } = people.housing;
    await web.house.db.superuser('update app.staff set disabled_at = now() where id = $1', [people.housing.user]);
    const { result, rows } = await audited(web, () => startSession(web.house.login, { issuer: 'test', subject: 'housing', name: 'Navn housing', authority, functions, authTime: new Date(), level: 'high' }));
    expect([result, isOneDenial(rows, 'housing')]).toEqual([undefined, true]);
  });
});

describe('The auditor (FM-CNF-5)', () => {
  const judge = (fields: Readonly<Record<string, string>>) => web.post('auditor', `/adgang/fund/${finding}`, fields);

  it('finds the officer who tried cases of others within three clicks from his front page, and sees of them the number alone', async () => {
    const front = await web.get('auditor', '/');
    expect([front.statusCode, front.headers.location]).toEqual([303, '/adgang']);
    const desk = await web.get('auditor', '/adgang');
    const href = /href="(\/adgang\/fund\/[^"]+)"/.exec(desk.body)?.[1] ?? '';
    const found = (await web.get('auditor', href)).body;
    expect(found).toContain('Navn police2');
    const [known] = await web.house.db.superuser<{ number: string; label: string }>('select number, label from app.exit_case where id = $1', [others]);
    for (const body of [desk.body, found, (await web.get('auditor', `/adgang/person/${people.police2.user}`)).body]) {
      expect(body).not.toContain(known?.label);
      expect(body).not.toContain(others);
      expect(body).not.toContain('Karl Lund');
    }
    expect(found).toContain(known?.number);
  });

  it('gives back a judgement without a reason as it was typed, and stores nothing', async () => {
    const { result, rows } = await audited(web, () => judge({ vurdering: '', ord: 'Spurgt <i>her</i>' }));
    expect(result.statusCode).toBe(422);
    expect(result.body).toContain('Spurgt &lt;i>her');
    expect(counted(rows)).toEqual({ 'log.read': 1 });
  });

  it('asks for a basis in words', async () => {
    for (const ord of ['👍', '.', '??? !!!', 'ok']) {
      const { result, rows } = await audited(web, () => judge({ vurdering: 'unjustified', ord }));
      expect([ord, result.statusCode, result.body.includes('Skriv med ord'), counted(rows)]).toEqual([ord, 422, true, { 'log.read': 1 }]);
    }
  });

  it('judges, each time with a row in the log; what was asked waits, what is judged is closed, and every word stays', async () => {
    for (const [vurdering, closed] of [['asked', false], ['unjustified', true], ['justified', true]] as const) {
      const { result, rows } = await audited(web, () => judge({ vurdering, ord: `Fordi ${vurdering}` }));
      expect(result.statusCode).toBe(303);
      expect(rows).toEqual([{ actor: people.auditor.user, action: 'review.judged', case_ref: null, purpose: vurdering }]);
      expect((await web.house.db.superuser<{ closed: boolean }>('select closed_at is not null as closed from audit.review where id = $1', [finding]))[0]?.closed).toBe(closed);
    }
    await web.house.db.superuser('update audit.review set closed_at = now() where closed_at is null');
    const desk = (await web.get('auditor', '/adgang')).body;
    expect([desk.includes('Intet venter på vurdering'), desk.includes('ikke fundet noget usædvanligt')]).toEqual([true, false]);
    const { body } = await web.get('auditor', `/adgang/fund/${finding}`);
    for (const words of ['Fordi asked', 'Fordi unjustified', 'Fordi justified']) expect(body).toContain(words);
    for (const change of [`update audit.judgement set words = 'Noget andet'`, 'delete from audit.judgement']) await expect(web.house.db.superuser(change)).rejects.toThrow();
  });

  it('is told by other functions of the owner of what is to be reviewed: break-glass within three days, and first of all', async () => {
    const [event] = await web.house.db.superuser<{ id: string }>('select id from audit.event where actor = $1 limit 1', [people.municipal.user]);
    for (let n = 0; n < 2; n += 1) await web.house.db.superuser(`select audit.to_review('break-glass', $1)`, [event?.id]);
    expect(await web.house.db.superuser(`select person, due - found_at between interval '71 hours 59 minutes' and interval '72 hours 1 minute' as due from audit.review where kind = 'break-glass'`)).toEqual([
      { person: people.municipal.user, due: true },
    ]);
    const [granted] = await web.house.db.superuser<{ n: number }>(`select count(*)::int as n from pg_proc p, aclexplode(p.proacl) a where p.proname = 'to_review' and a.grantee <> 'udvej_owner'::regrole`);
    expect(granted?.n).toBe(0);
    expect((await web.get('auditor', '/adgang')).body).toContain('Navn municipal brugte nødadgang');
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

  it.each([
    ['the day’s exports', 'exports_per_day', 'insight asked', (id: string) => web.post('municipal', `/sager/${id}/indsigt`, { grund: 'asked', som: 'json' })],
    ['the hour’s cases, of an export', 'openings_per_hour', 'insight asked', (id: string) => web.post('municipal', `/sager/${id}/indsigt`, { grund: 'asked', som: 'json' })],
    ['the hour’s names', 'names_per_hour', 'names', (id: string) => web.post('municipal', `/sager/${id}/navne`, {})],
    ['the hour’s cases, of an address', 'openings_per_hour', 'address', (id: string) => web.post('police', `/sager/${id}/adresse`, { reason: 'visit' })],
  ] as const)('leaves its row where the whole transaction falls with it: %s', async (_what, limit, purpose, act) => {
    const id = await takenCase(web.house);
    await web.house.does('police', id, 'address.protect', { step: 'notice', on: '2026-11-02', children: 'along' });
    await web.house.does('municipal', id, 'address.protect', { step: 'receipt', on: '2026-11-02' });
    await web.house.does('police', id, 'address.hold', { address: 'Skovduevej 14', why: 'Skal kunne hentes' });
    const usual = (await web.house.db.superuser<{ value: number }>('select value from sec.setting where name = $1', [limit]))[0]?.value;
    await web.house.db.superuser('update sec.setting set value = 0 where name = $1', [limit]);
    try {
      const { result, rows } = await audited(web, () => act(id));
      expect(result.statusCode).toBe(429);
      expect(rows).toEqual([{ actor: people[purpose === 'address' ? 'police' : 'municipal'].user, action: 'case.denied', case_ref: id, purpose }]);
    } finally {
      await web.house.db.superuser('update sec.setting set value = $2 where name = $1', [limit, usual]);
    }
  });

  it('leaves one row of a third file of a day, of a sixth step-up, and of a search beyond the hour’s names', async () => {
    const id = await takenCase(web.house);
    await web.house.db.superuser(`update audit.event set at = at - interval '2 days' where action = 'case.exported'`);
    const fetches = () => audited(web, () => web.post('municipal', `/sager/${id}/indsigt`, { grund: 'asked', som: 'json' }));
    for (let n = 0; n < 2; n += 1) expect((await fetches()).result.statusCode).toBe(200);
    const third = await fetches();
    expect([third.result.statusCode, third.rows]).toEqual([429, [{ actor: people.municipal.user, action: 'case.denied', case_ref: id, purpose: 'insight asked' }]]);

    const begun = [];
    for (let n = 0; n < 6; n += 1) begun.push(await audited(web, () => stepUpBegun(web.house, web.house.tokens.probation)));
    expect(begun.slice(0, 5).map(({ rows }) => rows.map((row) => row.action))).toEqual(Array(5).fill(['step-up.begun']));
    expect([begun[5]?.result, begun[5]?.rows]).toEqual(['limited', [{ actor: people.probation.user, action: 'page.denied', case_ref: null, purpose: 'step-up' }]]);

    await web.house.db.superuser(`update sec.setting set value = 0 where name = 'names_per_hour'`);
    try {
      const { result, rows } = await audited(web, () => web.post('municipal', '/soeg', { q: 'Emil Sandbjerg' }));
      expect([result.statusCode, rows.filter((row) => row.action.endsWith('.denied'))]).toEqual([429, [{ actor: people.municipal.user, action: 'page.denied', case_ref: null, purpose: 'search' }]]);
    } finally {
      await web.house.db.superuser(`update sec.setting set value = 1000000 where name = 'names_per_hour'`);
    }
  });

  it('leaves a row of the day’s break-glass, which tells of no case whether there is one', async () => {
    const [known] = await web.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [mine]);
    await web.house.db.superuser(`update sec.setting set value = 0 where name = 'emergencies_per_day'`);
    const asks: readonly Readonly<Record<string, string>>[] = [{ number: known?.number ?? '' }, { number: 'UV-7K3M-9QX' }, { cpr: '020290-0000' }];
    for (const fields of asks) {
      const { result, rows } = await audited(web, () => web.post('odense', '/akut', { ...fields, reason: 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.' }));
      expect([result.statusCode, rows], JSON.stringify(fields)).toEqual([429, [{ actor: people.odense.user, action: 'page.denied', case_ref: null, purpose: 'emergency' }]]);
    }
  });
});
