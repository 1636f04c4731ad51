import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCommands } from '../../src/domain/exit-case/case.js';
import { instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { people, type PersonName } from '../support/people.js';
import { takenCase, testHouse } from '../support/house.js';
import { ask, audited } from '../support/wall-http.js';
import { kindsSql, noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

const ADDRESS = 'Kanarievej 999, 0000 Ingensteds';
const CANARY = 'Kanarievej';

let web: TestWeb;
let sql: Prompt;
let id: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  sql = await prompt(web.house.db, 'udvej_web');
  const { house } = web;
  id = await takenCase(house);
  await house.does('police', id, 'address.protect', { step: 'notice', on: '2026-11-02', children: 'along' });
  await house.does('municipal', id, 'address.protect', { step: 'receipt', on: '2026-11-02' });
  await house.does('police', id, 'address.hold', { address: ADDRESS, why: 'Skal kunne hentes' });
  // Who has done nothing in the case is asked first whether he has a conflict of interest.
  await web.post('probation', `/sager/${id}/habil`, {});
});
afterAll(async () => {
  await sql.close();
  await web.close();
});

const read = (who: PersonName, body: Readonly<Record<string, string>> = { reason: 'visit' }, about = id) => ask(web, who, { method: 'POST', url: `/sager/${about}/adresse`, body });
const allow = (who: PersonName, until = '2026-11-09') => web.house.does('police', id, 'address.allow', { user: people[who].user, until, why: 'Skal køre ham' });

describe('Control 8: a protected address stands on one answer and nowhere else (FM-SEC-4)', () => {
  it('is shown to police for a reason, with a row in the log that names the kind of it and no word', async () => {
    const { result, rows } = await audited(web, () => read('police'));
    expect([result.statusCode, result.body.includes(ADDRESS)]).toEqual([200, true]);
    expect(rows.filter((row) => row.action === 'address.read')).toEqual([{ actor: people.police.user, action: 'address.read', case_ref: id, purpose: 'visit' }]);
  });

  it('is not shown without a reason, or for one that there is not; then no key is given and no reading logged', async () => {
    for (const body of [{ other: 'x' }, { reason: '' }, { reason: 'nysgerrig' }] as readonly Readonly<Record<string, string>>[]) {
      const { result, rows } = await audited(web, () => read('police', body));
      expect([result.statusCode, result.body.includes(CANARY), result.body.includes('Vælg, hvorfor du skal læse adressen')]).toEqual([422, false, true]);
      expect(rows.map((row) => row.action)).toEqual(['case.opened']);
    }
  });

  it('stands on no page, form, document, list, search, answer or error of anybody, police who may read it included', async () => {
    await allow('municipal');
    const found: string[] = [];
    let looked = 0;
    for (const who of ['police', 'municipal', 'probation'] as const) {
      const pages = ['', '/visitation', '/samtykke', '/aftale', '/tiltag', '/opfoelgning', '/sikkerhed', '/dokumenter', '/kreds', '/journal', '/tidslinje'].map((page) => `/sager/${id}${page}`);
      const forms = caseCommands.map(({ name }) => `/sager/${id}/goer/${name}`);
      const documents = Array.from({ length: 4 }, (_, index) => `/sager/${id}/dokumenter/${index + 1}`);
      const others = ['/', '/sager', `/api/v1/cases/${id}`, `/api/v1/cases/${id}/actions`, '/api/v1/cases', '/api/v1/tasks', '/api/v1/inbox', '/api/v1/openapi.json'];
      for (const url of [...pages, ...forms, ...documents, ...others]) {
        looked += 1;
        const { body, rawPayload } = await ask(web, who, { method: 'GET', url });
        if (body.includes(CANARY) || rawPayload.includes(CANARY)) found.push(`${who} ${url}`);
      }
      for (const [url, body] of [['/soeg', { q: 'Kanarie' }], [`/sager/${id}/navne`, {}], ['/ny-henvendelse/ligner', { name: 'Kanarie' }]] as const) {
        const reply = await ask(web, who, { method: 'POST', url, body });
        // What was searched for stands in its own field again.
        if (reply.body.replace('value="Kanarie"', '').includes(CANARY)) found.push(`${who} ${url}`);
      }
    }
    expect(found).toEqual([]);
    expect(looked).toBeGreaterThan(250);
    expect(web.log.join('\n')).not.toContain(CANARY);
  }, 120_000);

  it('is in no opening, whatever kinds an SQL of one’s own asks for: the one way leaves its row', async () => {
    const { rows } = await sql.tries(web.house.tokens.police, [`select from sec.open_case('${id}', 'sikkerhed', ${kindsSql}, 50)`, `select 1 from app.scope where kind = 'address'`]);
    expect(rows).toEqual([]);
    const [scope] = await web.house.db.superuser<{ id: string }>(`select id from app.scope where case_id = $1 and kind = 'address'`, [id]);
    const ticket = await sql.tries(web.house.tokens.police, `select payload from sec.open_case('${id}', 'sikkerhed', ${kindsSql}, 50)`);
    expect(String(ticket.rows[0]?.['payload'])).not.toContain(scope?.id);
    const before = await web.house.db.superuser(`select 1 from audit.event where action = 'address.read'`);
    const straight = await sql.tries(web.house.tokens.police, `select payload, ct from sec.read_address('${id}', 'check')`);
    expect(straight.rows).toHaveLength(1);
    expect(await web.house.db.superuser(`select 1 from audit.event where action = 'address.read'`)).toHaveLength(before.length + 1);
  });

  it('is refused, as an unknown id is, to every member without leave and to strangers, with one row', async () => {
    const unknown = '4b7d0f5e-2f0b-4a53-9d0f-6d4c2a1e8f77';
    for (const who of ['probation', 'policeFyn', 'screener', 'jobcentre', 'auditor', 'admin'] as const) {
      const { result, rows } = await audited(web, () => read(who));
      expect([who, result.statusCode, result.body]).toEqual([who, 404, (await read(who, { reason: 'visit' }, unknown)).body]);
      expect(rows).toEqual([{ actor: people[who].user, action: 'case.denied', case_ref: id, purpose: 'address' }]);
      expect((await sql.tries(web.house.tokens[who], `select * from sec.read_address('${id}', 'visit')`)).rows).toEqual([]);
    }
  });

  it('is read by leave to its last day and no longer', async () => {
    expect((await read('municipal')).body).toContain(ADDRESS);
    const until = async () => (await web.house.db.superuser<{ until: Date | number }>(
      `select m.until from app.scope_member m join app.scope s on s.id = m.scope_id where s.kind = 'address' and m.user_id = $1 and m.valid_to is null`, [people.municipal.user]))[0]?.until;
    expect(new Date(String(await until())).toISOString()).toBe(instantOf(knownDate('2026-11-10'), 0, 0));
    await web.house.db.superuser(`update app.scope_member set until = '2000-01-01' where user_id = $1 and scope_id in (select id from app.scope where kind = 'address')`, [people.municipal.user]);
    expect((await read('municipal')).statusCode).toBe(404);
  });

  it('is hidden from whoever had leave the moment an acute threat is raised, by anybody; police reads on (FM-SEC-3)', async () => {
    await web.house.does('police', id, 'address.withdraw', { user: people.municipal.user });
    await allow('municipal');
    expect((await read('municipal')).statusCode).toBe(200);
    await web.house.does('probation', id, 'security.raiseAcute', {});
    expect((await read('municipal')).statusCode).toBe(404);
    expect((await sql.tries(web.house.tokens.municipal, `select * from sec.read_address('${id}', 'threat')`)).rows).toEqual([]);
    expect((await read('police', { reason: 'threat' })).body).toContain(ADDRESS);
    expect((await ask(web, 'police', { method: 'POST', url: `/api/v1/cases/${id}/commands/address.allow`, body: { user: people.municipal.user, until: '2026-11-09', why: 'x' } })).statusCode).toBe(422);
  });
});
