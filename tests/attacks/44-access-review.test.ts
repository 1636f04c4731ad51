import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/app/execute.js';
import { watchReviews } from '../../src/jobs/watch-reviews.js';
import { addDays, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { setDatabaseClock } from '../../src/store/command-table.js';
import { listCases, listTasks } from '../../src/store/lists.js';
import { endAccess, unitDuties, unitPage } from '../../src/store/people.js';
import { withClient } from '../../src/store/postgres/engine-guard.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { startSession } from '../../src/store/session-start.js';
import { seats, takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { seen } from '../support/wall-http.js';
import { prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

const UNKNOWN = '4b7d0f5e-2f0b-4a53-9d0f-6d4c2a1e8f77';
const reason = 'Skal være med';

let house: TestHouse;
let web: TestWeb;
let worker: Pool;
let operator: Pool;
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await testWeb(house);
  worker = createPool(house.db.url('udvej_worker'), { max: 2, name: 'test worker' });
  operator = createPool(house.db.url('udvej_operator'), { max: 2, name: 'test operator' });
});
afterAll(async () => {
  await Promise.all([worker.end(), operator.end()]);
  await web.close();
});

/** It is that day, for the program and for the database. */
async function itIs(day: PlainDate): Promise<void> {
  const at = instantOf(day, 10, 0);
  house.setClock(at);
  await withClient('migrate', house.db.url('superuser'), (client) => setDatabaseClock(client, Date.parse(at)));
}
/** Far enough back that all that these tests tell lies before the database's own today. */
const START = knownDate('2025-03-03');
const day = (count: number): PlainDate => addDays(START, count);

/** What the pages and the API answer somebody about a case, and about one that is not there. */
const answers = async (who: PersonName, id: string): Promise<readonly string[]> =>
  Promise.all([
    ...['', '/kreds', '/journal', '/goer/circle.renew'].map((page) => web.get(who, `/sager/${id}${page}`)),
    web.api(who, 'GET', `/api/v1/cases/${id}`), web.api(who, 'GET', `/api/v1/cases/${id}/actions`), web.api(who, 'POST', `/api/v1/cases/${id}/commands/journal.add`, { text: 'x', kind: 'personal' }),
  ]).then((replies) => replies.map((reply) => JSON.stringify(seen(reply))));
const isOutside = async (who: PersonName, id: string): Promise<void> => {
  expect(await answers(who, id)).toEqual(await answers(who, UNKNOWN));
  expect((await listCases(house.web, house.tokens[who], { limit: 100 })).some((row) => row.id === id)).toBe(false);
  expect((await listTasks(house.web, house.tokens[who])).some((row) => row.case_id === id)).toBe(false);
};
const isInside = async (who: PersonName, id: string): Promise<void> => {
  expect((await web.get(who, `/sager/${id}`)).statusCode).toBe(200);
  expect((await listCases(house.web, house.tokens[who], { limit: 100 })).some((row) => row.id === id)).toBe(true);
};
const tasksOf = async (who: PersonName, id: string): Promise<readonly string[]> =>
  (await listTasks(house.web, house.tokens[who])).filter((row) => row.case_id === id && row.mine).map((row) => row.command);

it('Control 44: who reads the name for a part that is over gets it neither shown nor searched, although he is in the case by another', async () => {
  const id = await takenCase(house);
  const statements = [`select distinct case_id from sec.names(array['${id}']::uuid[])`, `select distinct case_id from sec.search_own() where case_id = '${id}'`];
  const at = await prompt(house.db, 'udvej_web');
  try {
    for (const sql of statements) expect((await at.tries(house.tokens.municipal, sql)).rows).toEqual([{ case_id: id }]);
    await house.db.superuser(`update app.scope_member m set until = '2000-01-01' from app.scope s where s.id = m.scope_id and s.kind = 'identity' and s.case_id = $1`, [id]);
    for (const sql of statements) expect((await at.tries(house.tokens.municipal, sql)).rows).toEqual([]);
  } finally {
    await at.close();
  }
});

describe('Control 44: access that nobody renews', () => {
  let id: string;
  beforeEach(async () => {
    await itIs(START);
    id = await takenCase(house);
  });

  it('ends by itself after ninety days: the next request gets the bytes of a case that is not there (control 2)', async () => {
    await itIs(day(90));
    await isInside('municipal', id);
    await itIs(day(91));
    await isOutside('municipal', id);
    await isOutside('probation', id);
    // Nobody could renew the co-ordinator.
    await isInside('police', id);
  });

  it('goes on for whom the co-ordinator renews, comes back to whom he renews too late, and ends for the others', async () => {
    await itIs(day(80));
    await house.does('police', id, 'circle.renew', { members: [people.municipal.user] });
    await itIs(day(120));
    await isInside('municipal', id);
    await isOutside('probation', id);
    await house.does('police', id, 'circle.renew', { members: [people.probation.user] });
    await isInside('probation', id);
    await itIs(day(171));
    await isOutside('municipal', id);
  });

  it('is on the co-ordinator’s list from fourteen days before, stays there until it is done, and is told to the others five days before', async () => {
    await itIs(day(75));
    expect(await tasksOf('police', id)).not.toContain('circle.renew');
    await itIs(day(76));
    expect(await tasksOf('police', id)).toContain('circle.renew');
    const told = async () => (await listTasks(house.web, house.tokens.municipal)).some((row) => row.case_id === id && row.command === 'circle.renew' && !row.mine);
    expect(await told()).toBe(false);
    await itIs(day(85));
    expect(await told()).toBe(true);
    await itIs(day(120));
    expect(await tasksOf('police', id)).toContain('circle.renew');
    await house.does('police', id, 'circle.renew', { members: [people.municipal.user, people.probation.user] });
    expect(await tasksOf('police', id)).not.toContain('circle.renew');
  });

  it('is nobody else’s to renew (FM-CNF-2)', async () => {
    const outcome = await house.order('municipal', 'circle.renew', { members: [people.municipal.user] }, { caseId: id });
    expect(outcome.kind).toBe('rejected');
    expect((await house.order('odense', 'circle.renew', { members: [people.municipal.user] }, { caseId: id })).kind).toBe('absent');
  });
});

describe('Control 44: a deputy', () => {
  it('reads and does what the absent one does until the day he was named for, and is outside the day after (FM-WORK-7)', async () => {
    await itIs(START);
    const id = await takenCase(house);
    await house.does('police', id, 'assessment.begin');
    await isOutside('municipal2', id);
    await house.does('municipal', id, 'circle.depute', { user: people.municipal.user, deputy: people.municipal2.user, until: day(20), reason: 'Ferie' });
    await isInside('municipal2', id);
    expect(await tasksOf('municipal2', id)).toEqual(await tasksOf('municipal', id));
    expect((await tasksOf('municipal2', id)).length).toBeGreaterThan(0);
    await house.does('municipal2', id, 'journal.add', { text: 'Talte med kandidaten', kind: 'personal' });
    await itIs(day(20));
    await isInside('municipal2', id);
    await itIs(day(21));
    await isOutside('municipal2', id);
    await isInside('municipal', id);
  });
});

describe('Control 44: somebody who leaves', () => {
  let id: string;
  const leaves = (who: PersonName) => endAccess(operator, 'test', who);
  /** Back again for the next test, with his session: in life who comes back comes as somebody new. */
  const undo = async (who: PersonName): Promise<void> => {
    await house.db.superuser('update app.staff set disabled_at = null where id = $1', [people[who].user]);
    await house.db.superuser('update sec.session set revoked_at = null where user_id = $1', [people[who].user]);
  };
  beforeEach(async () => {
    await itIs(START);
    id = await takenCase(house);
  });

  it('is out at the next request, everywhere, and cannot come in again: not within the hour but at once', async () => {
    await isInside('municipal', id);
    expect(await leaves('municipal')).toBe(true);
    expect((await web.get('municipal', `/sager/${id}`)).headers['location']).toContain('/login');
    expect((await web.api('municipal', 'GET', `/api/v1/cases/${id}`)).statusCode).toBe(401);
    expect((await execute(house, { token: house.tokens.municipal, command: 'journal.add', caseId: id, input: { text: 'x', kind: 'personal' } })).kind).toBe('signed-out');
    const { authority, functions } = people.municipal;
    expect(await startSession(house.login, { issuer: 'test', subject: 'municipal', name: 'Navn', authority, functions: [...functions], authTime: new Date(), level: 'substantial' })).toBeUndefined();
    const log = await house.db.superuser<{ action: string }>(`select action from audit.event where actor = $1 order by at desc limit 2`, [people.municipal.user]);
    expect(log.map((row) => row.action)).toEqual(['login.denied', 'access.ended']);
    expect(await leaves('municipal')).toBe(false);
    expect(await endAccess(operator, 'test', 'nobody')).toBe(false);
    await undo('municipal');
  });

  it('leaves the co-ordinator a task, which hands seat, contact and access to the successor in one step (FM-WORK-7)', async () => {
    expect(await tasksOf('police', id)).not.toContain('circle.handOver');
    await leaves('municipal');
    expect(await tasksOf('police', id)).toContain('circle.handOver');
    await house.does('police', id, 'circle.handOver', { user: people.municipal.user, to: people.municipal2.user, reason });
    expect(await tasksOf('police', id)).not.toContain('circle.handOver');
    await isInside('municipal2', id);
    await undo('municipal');
    await isOutside('municipal', id);
  });

  it('cannot be ended by the program that answers people', async () => {
    await expect(house.web.query(`select sec.leave('test', 'municipal')`)).rejects.toThrow(/permission denied/);
  });

  it('leaves no case stuck when he is its co-ordinator: another of the unit sees its number, and takes it over with a reason (FM-WORK-7)', async () => {
    const [{ number } = { number: '' }] = await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]);
    const unattended = async (who: PersonName) => (await unitPage(house.web, house.tokens[who]))?.unattended.map((one) => one.number) ?? 'none of his';
    expect(await unattended('police2')).not.toContain(number);
    const tries = (who: PersonName) => house.order(who, 'circle.takeOver', { reason }, { caseId: id });
    expect((await tries('police2')).kind).toBe('absent');
    await leaves('police');
    expect(await unattended('police2')).toContain(number);
    expect((await unitDuties(house.web, house.tokens.police2))?.unattended).toBeGreaterThan(0);
    // Of the case itself he learns nothing before he has it, and others learn nothing at all.
    await isOutside('police2', id);
    for (const who of ['policeFyn', 'custody'] as const) expect(await unattended(who)).not.toContain(number);
    for (const who of ['municipal2', 'officialKl', 'auditor'] as const) expect(await unattended(who)).toBe('none of his');
    for (const who of ['policeFyn', 'custody', 'municipal2'] as const) {
      expect((await tries(who)).kind).toBe('absent');
      expect(seen(await web.get(who, `/enhed/overtag/${id}`))).toEqual(seen(await web.get(who, `/enhed/overtag/${UNKNOWN}`)));
    }
    expect((await web.get('police2', `/enhed/overtag/${id}`)).statusCode).toBe(200);
    expect((await web.post('police2', `/enhed/overtag/${id}`, { reason })).headers['location']).toBe(`/sager/${id}`);
    await isInside('police2', id);
    expect((await unitPage(house.web, house.tokens.police2))?.takenOver[0]).toMatchObject({ number, by: people.police2.user });
    const told = await web.get('police2', '/enhed');
    expect(told.statusCode).toBe(200);
    expect(told.body).toContain('Taget over de seneste fire uger');
    const log = await house.db.superuser<{ actor: string }>(`select actor from audit.event where case_ref = $1 and action = 'case.command' and purpose = 'circle.takeOver'`, [id]);
    expect(log).toEqual([{ actor: people.police2.user }]);
    expect(await unattended('police2')).not.toContain(number);
    await undo('police');
    await isOutside('police', id);
  });

  it('says of such a case that there is danger, before the others and no more than that (FM-SEC-3, FM-WORK-7)', async () => {
    const calm = [await takenCase(house), await takenCase(house)];
    const other = await takenCase(house);
    await house.does('municipal', other, 'security.raiseAcute', {});
    await leaves('police');
    const [first, ...rest] = (await unitPage(house.web, house.tokens.police2))?.unattended ?? [];
    expect(first).toMatchObject({ case: other, danger: true });
    for (const one of calm) expect(rest).toContainEqual(expect.objectContaining({ case: one, danger: false }));
    expect((await unitDuties(house.web, house.tokens.police2))?.in_danger).toBe(1);
    const { body } = await web.get('police2', '/enhed');
    expect(body.split('Der er fare i sagen').length).toBe(2);
    expect(body.split('Du kan først se').length).toBe(2);
    for (const secret of ['trussel', 'Emil']) expect(body).not.toContain(secret);
    expect((await web.get('police2', '/')).body).toContain('og der er fare i én af dem');
    await undo('police');
  });

  it('does not show a case to the colleague it shuts out (control 20)', async () => {
    await house.does('municipal', id, 'circle.exclude', { user: people.police2.user, reason });
    await leaves('police');
    const [{ number } = { number: '' }] = await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]);
    expect((await unitPage(house.web, house.tokens.police2))?.unattended.map((one) => one.number)).not.toContain(number);
    expect((await house.order('police2', 'circle.takeOver', { reason }, { caseId: id })).kind).toBe('absent');
    await undo('police');
  });
});

describe('the unit’s list of usual people', () => {
  const roster = () => house.db.superuser<{ seat: string; municipality: string; user_id: string }>(`select seat, municipality, user_id from app.unit_roster where unit = 'koebenhavns-vestegn' order by seat`);

  it('is changed and emptied by who keeps the unit, each time with a row in the log (FM-WORK-7)', async () => {
    expect((await web.post('police', '/enhed/liste', { hvem: '0183', user: people.municipal2.user })).statusCode).toBe(303);
    expect(await roster()).toEqual([{ seat: 'municipal', municipality: '0183', user_id: people.municipal2.user }]);
    expect((await web.post('police', '/enhed/liste', { hvem: '0183', remove: 'ja' })).statusCode).toBe(303);
    expect(await roster()).toEqual([]);
    const log = await house.db.superuser<{ purpose: string }>(`select purpose from audit.event where actor = $1 and action = 'roster.changed'`, [people.police.user]);
    expect(log.map((row) => row.purpose)).toEqual(['municipal 0183', 'municipal 0183']);
  });

  it('is whoever was named last when several keepers name somebody at once, and each is answered', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, (_, n) => web.post(n % 2 === 0 ? 'police' : 'police2', '/enhed/liste', { hvem: 'police', user: people[n % 3 === 0 ? 'police' : 'police2'].user })));
    expect(new Set(replies.map((reply) => reply.statusCode))).toEqual(new Set([303]));
    expect(await roster()).toHaveLength(1);
    expect((await web.post('police', '/enhed/liste', { hvem: 'police', remove: 'ja' })).statusCode).toBe(303);
  });

  it.each([
    ['a colleague of another municipality', '0183', people.odense.user], ['another work', 'police', people.municipal.user], ['another district', 'police', people.policeFyn.user],
    ['somebody nobody knows', 'probation', UNKNOWN],
  ])('takes nobody of %s', async (_what, hvem, user) => {
    const reply = await web.post('police', '/enhed/liste', { hvem, user });
    expect(reply.statusCode).toBe(422);
    expect(await roster()).toEqual([]);
  });

  it('has no line for what is not the unit’s, and no page for who keeps none', async () => {
    expect((await web.post('police', '/enhed/liste', { hvem: '0461', user: people.odense.user })).statusCode).toBe(404);
    expect((await web.post('police', '/enhed/liste', { hvem: 'custody', user: people.custody.user })).statusCode).toBe(404);
    for (const who of ['municipal', 'officialKl', 'auditor', 'admin', 'jobcentre'] as const) {
      expect(seen(await web.get(who, '/enhed'))).toEqual(seen(await web.get(who, '/findes-ikke')));
    }
  });
});

describe('the half-yearly review of access (FM-WORK-7)', () => {
  it('is due half a year after the first case and after each review, counts only the cases the reader co-ordinates, and is kept', async () => {
    await itIs(START);
    const others = await house.order('municipal', 'inquiry.register', { municipality: '0461', said: 'Vil ud', channel: 'phone' });
    expect(others.kind).toBe('done');
    const id = await takenCase(house);
    await takenCase(house, undefined);
    const before = await unitPage(house.web, house.tokens.police);
    const mine = before?.access.find((one) => one.user === people.police.user)?.cases ?? 0;
    expect(mine).toBeGreaterThan(1);
    expect(before?.access.every((one) => one.cases <= mine)).toBe(true);
    await house.db.superuser('delete from app.access_review');
    expect((await unitPage(house.web, house.tokens.police))?.reviewDue).toBe('2025-09-03');
    await itIs(day(180));
    await house.does('police', id, 'circle.renew', { members: [seats.municipal] });
    expect((await unitDuties(house.web, house.tokens.police))?.review_due).toBe('2025-09-03');
    expect((await web.get('police', '/')).body).toContain('Gennemgå, hvem der har adgang til dine sager');
    expect((await web.post('police', '/enhed/gennemgang', {})).statusCode).toBe(303);
    const after = await unitPage(house.web, house.tokens.police);
    expect(after?.reviews[0]).toMatchObject({ by: people.police.user, cases: mine });
    expect((after?.reviewDue ?? '') > '2026-01-01').toBe(true);
    const shown = await web.get('police2', '/enhed');
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('Enhedens gennemgange');
    const log = await house.db.superuser<{ action: string }>(`select action from audit.event where actor = $1 and action like 'access.%'`, [people.police.user]);
    expect(log).toContainEqual({ action: 'access.reviewed' });
  });

  it('shows no one who is in a case for a measure alone: the reader may not know of all of those (FM-CNF-4)', async () => {
    await itIs(START);
    const id = await takenCase(house);
    await house.db.superuser(`insert into app.case_member (case_id, user_id, role, subject) values ($1, $2, 'owner', 'a measure')`, [id, people.treatment.user]);
    expect((await unitPage(house.web, house.tokens.police))?.access.map((one) => one.user)).not.toContain(people.treatment.user);
  });

  it('alarms in the log once a day when it is late', async () => {
    await itIs(START);
    await takenCase(house);
    await house.db.superuser('delete from app.access_review');
    await itIs(day(200));
    const said: string[] = [];
    const watching = watchReviews(worker, (words) => said.push(words), (error) => said.push(String(error)), 5);
    await expect.poll(() => said.length).toBeGreaterThan(0);
    await watching.stop();
    expect(said).toEqual([expect.stringMatching(/^ALARM: \d+ koordinator(er)? har ikke gennemgået adgangen i tide\.$/)]);
    expect(await house.db.superuser(`select action from audit.event where action = 'alarm.access-review-late'`)).toHaveLength(1);
  });

  it('is not for who co-ordinates nothing', async () => {
    expect((await web.post('policeFyn', '/enhed/gennemgang', {})).statusCode).toBe(303);
    expect(await house.db.superuser('select from app.access_review where by_user = $1', [people.policeFyn.user])).toEqual([]);
  });
});
