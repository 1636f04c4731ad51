import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { setDatabaseClock } from '../../src/store/command-table.js';
import { listWeekQuestions } from '../../src/store/access-log.js';
import { listTasks } from '../../src/store/lists.js';
import { withClient } from '../../src/store/postgres/engine-guard.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

const ADDRESS = 'Skovduevej 14, 4. tv., 9999 Ingensteds';
const START = knownDate('2025-03-03');
const day = (count: number): PlainDate => addDays(START, count);

let house: TestHouse;
let web: TestWeb;
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await testWeb(house);
});
afterAll(() => web.close());

/** It is that day, for the program and for the database. */
async function itIs(on: PlainDate): Promise<void> {
  const at = instantOf(on, 10, 0);
  house.setClock(at);
  await withClient('migrate', house.db.url('superuser'), (client) => setDatabaseClock(client, Date.parse(at)));
}

describe('Control 44: a part that has ended, of somebody who is in the case by another', () => {
  let id: string;
  const week = async (): Promise<number> => (await listWeekQuestions(house.web, house.tokens.police2)).filter((one) => one.case_id === id).length;
  beforeEach(async () => {
    await itIs(START);
    id = await takenCase(house);
    await house.does('police', id, 'circle.add', { user: people.police2.user, role: 'contact', reason: 'Kender ham' });
    for (const who of ['police', 'municipal'] as const) await house.does(who, id, 'address.protect', { step: who === 'police' ? 'notice' : 'receipt', on: START, ...(who === 'police' ? { children: 'along' } : {}) });
    await house.does('police', id, 'address.hold', { address: ADDRESS, why: 'Skal kunne hentes' });
    await web.post('police2', `/sager/${id}/habil`, {});
    await house.does('police', id, 'circle.depute', { user: people.police.user, deputy: people.police2.user, until: day(7), reason: 'Ferie' });
  });

  it('counts while it lasts: who stands in for the co-ordinator reads the log and the address (FM-WORK-7)', async () => {
    expect((await web.get('police2', `/sager/${id}/kreds`)).body).toContain('Hvem har åbnet sagen');
    expect((await web.post('police2', `/sager/${id}/adresse`, { reason: 'visit' })).body).toContain(ADDRESS);
  });

  it('gives its tasks while it lasts, and no longer: what was the colleague’s is again another’s, and that a screening was asked for is police’s to know (FM-WORK-7, FM-SEC-2)', async () => {
    await house.does('municipal', id, 'assessment.begin');
    const mine = async () => (await listTasks(house.web, house.tokens.police2)).filter((one) => one.case_id === id);
    expect((await mine()).filter((one) => one.mine).length).toBeGreaterThan(0);
    await itIs(day(20));
    await house.does('police', id, 'screening.ask', { screener: people.screener.user, what: 'Alt om ham' });
    await itIs(day(40));
    const left = await mine();
    expect(left.filter((one) => one.mine || one.key.startsWith('screening'))).toEqual([]);
    // As a full member he still sees what the others are to do, police's own tasks among them.
    const polices = (await listTasks(house.web, house.tokens.police)).filter((one) => one.case_id === id && one.mine).map((one) => one.key);
    expect(left.filter((one) => polices.includes(one.key))).not.toEqual([]);
    expect((await web.api('police2', 'GET', '/api/v1/tasks')).body).not.toContain('screening');
  });

  it('gives no act, no page and no list any more, and not itself back: he has what his own part gives (FM-CNF-2, FM-SEC-4)', async () => {
    await web.get('municipal', `/sager/${id}`);
    await house.db.superuser('insert into audit.week_question (case_id, week) values ($1, audit.week_of(now()))', [id]);
    expect(await week()).toBe(1);
    await itIs(day(20));
    const page = await web.get('police2', `/sager/${id}/kreds`);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('Hvem har åbnet sagen');
    expect(page.body).not.toContain(`/sager/${id}/goer/circle.renew`);
    expect((await web.post('police2', `/sager/${id}/udtraek`, { som: 'json' })).statusCode).toBe(404);
    expect((await web.post('police2', `/sager/${id}/ugens-opslag`, { uge: '2025-03-10' })).statusCode).toBe(404);
    expect(await week()).toBe(0);
    const acts: readonly (readonly [string, object])[] = [
      ['circle.depute', { user: people.police.user, deputy: people.police2.user, until: day(60), reason: 'Ferie' }],
      ['circle.exclude', { user: people.municipal2.user, reason: 'Fætter til kandidaten' }], ['circle.renew', { members: [people.municipal.user] }],
      ['security.assess', { occasion: 'before-agreement', level: 'low', text: 'Ingen fare' }], ['address.allow', { user: people.police2.user, until: day(40), why: 'Kører for ham' }],
    ];
    for (const [command, input] of acts) expect((await house.order('police2', command, input, { caseId: id })).kind, command).toBe('rejected');
    const offered = (await web.api('police2', 'GET', `/api/v1/cases/${id}/actions`)).body;
    for (const [command] of acts.slice(1)) expect(offered).not.toContain(command);
    expect((await web.post('police2', `/sager/${id}/adresse`, { reason: 'visit' })).statusCode).toBe(404);
    // His own part goes on, and a colleague's that has ended can still be renewed.
    await house.does('police2', id, 'journal.add', { text: 'Talte med kandidaten', kind: 'personal' });
    await itIs(day(95));
    await house.does('police', id, 'circle.renew', { members: [people.police2.user] });
    expect((await web.get('police2', `/sager/${id}`)).statusCode).toBe(200);
  });
});
