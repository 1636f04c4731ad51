import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askToCloseAlarm, reviewDesk } from '../../src/store/access-log.js';
import { listApprovals, vote } from '../../src/store/approvals.js';
import { raiseAlarm } from '../../src/store/audit/alarm.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { startSession } from '../../src/store/session-start.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { prompt, type Prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let worker: Pool;
let smuggled: Prompt;
/** A second auditor's session. */
let second: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  worker = createPool(web.house.db.url('udvej_worker'), { max: 1, name: 'test worker' });
  smuggled = await prompt(web.house.db, 'udvej_web');
  second = (await startSession(web.house.login, { issuer: 'test', subject: 'auditor2', name: 'Navn auditor2', authority: 'rigspolitiet', functions: ['auditor'], authTime: new Date(), level: 'substantial' })) ?? '';
});
afterAll(async () => {
  await Promise.all([worker.end(), smuggled.close()]);
  await web.close();
});

const WORDS = 'Driften prøvede en sikkerhedskopi af';
const newest = async (): Promise<string> =>
  (await web.house.db.superuser<{ id: string }>(`select id from audit.event where action like 'alarm.%' order by at desc, id limit 1`))[0]?.id ?? '';
const alarm = async (kind: 'key-without-row' | 'log-not-sealed' = 'key-without-row'): Promise<string> => {
  await web.house.db.superuser(`update audit.event set at = at - interval '1 minute' where action like 'alarm.%'`);
  await raiseAlarm(worker, kind, 1);
  return newest();
};
const asks = (id: string, ord = WORDS, who: PersonName = 'auditor') => web.post(who, `/adgang/alarm/${id}`, { ord });
const approvalOf = async (id: string): Promise<string> =>
  (await web.house.db.superuser<{ id: string }>('select id from app.approval where subject = $1 order by asked_at desc limit 1', [id]))[0]?.id ?? '';
const wordsOf = async (token: string, approval: string): Promise<unknown> => (await smuggled.tries(token, `select sec.alarm_reason($1)->>'words' as words`, { values: [approval] })).rows[0]?.['words'];
const open = async (): Promise<readonly string[]> => ((await reviewDesk(web.house.web, web.house.tokens.auditor))?.alarms ?? []).map((one) => one.id);
const state = async (id: string): Promise<string> => {
  const desk = await reviewDesk(web.house.web, web.house.tokens.auditor);
  const row = [...(desk?.alarms ?? []), ...(desk?.closedAlarms ?? [])].find((one) => one.id === id);
  return row === undefined ? 'none' : row.asked === null ? 'open' : row.asked.given === null ? 'waiting' : row.asked.given ? 'closed' : 'refused';
};

describe('Control 17: closing an alarm takes two', () => {
  it('stands first on the auditor’s page until a colleague has said yes to what he wrote, and in the log for ever', async () => {
    const id = await alarm();
    const desk = await web.get('auditor', '/adgang');
    expect(desk.body.indexOf('En nøgle er udleveret uden om loggen')).toBeGreaterThan(0);
    expect(desk.body.indexOf('id="alarmer"')).toBeLessThan(desk.body.indexOf('id="vurderes"'));
    const asked = await audited(web, () => asks(id));
    expect(asked.result.statusCode).toBe(303);
    expect(asked.rows.map((row) => [row.actor, row.action])).toEqual([[people.auditor.user, 'approval.asked']]);
    expect([await state(id), (await web.get('auditor', '/adgang')).body.includes('Venter på en kollegas svar')]).toEqual(['waiting', true]);
    const approval = await approvalOf(id);
    const page = await web.get('admin', `/godkendelser/${approval}`);
    expect(page.body).toContain(WORDS);
    expect(page.body).toContain('Navn auditor');
    expect((await web.get('admin', '/')).body).toContain(`/godkendelser/${approval}`);
    expect((await web.post('admin', `/godkendelser/${approval}`, { answer: 'yes', slags: 'close-alarm' })).statusCode).toBe(303);
    expect([await state(id), await open()]).toEqual(['closed', []]);
    expect((await web.get('auditor', `/adgang/alarm/${id}`)).body).toContain('Navn admin sagde ja');
    expect(await web.house.db.superuser('select id from audit.event where id = $1', [id])).toHaveLength(1);
  });

  it('is not done by who asked, whatever he sends, nor by anybody who does not see to the log or the system', async () => {
    const id = await alarm();
    await asks(id);
    const approval = await approvalOf(id);
    expect(await vote(web.house.web, web.house.tokens.auditor, approval, true)).toBeUndefined();
    for (const who of (Object.keys(people) as PersonName[]).filter((one) => one !== 'admin')) {
      expect((await web.post(who, `/godkendelser/${approval}`, { answer: 'yes' })).statusCode, who).toBe(404);
      if (who !== 'auditor') for (const of of [id, randomUUID()]) expect([(await asks(of, WORDS, who)).statusCode, (await web.get(who, `/adgang/alarm/${of}`)).statusCode], who).toEqual([404, 404]);
    }
    expect(await state(id)).toBe('waiting');
    // Asked again it is the same question, with the words it was first asked with.
    await asks(id, 'Noget helt andet end før');
    expect(await web.house.db.superuser('select a.id, r.words from app.approval a join audit.alarm_reason r on r.approval_id = a.id where a.subject = $1', [id])).toEqual([{ id: approval, words: WORDS }]);
    expect(await vote(web.house.web, second, approval, true)).toBe('given');
    await asks(id);
    expect(await approvalOf(id)).toBe(approval);
  });

  it('looks like an alarm: marked, with how many stand in it and since when', async () => {
    const id = await alarm();
    await web.house.db.superuser(`update audit.event set purpose = '3' where id = $1`, [id]);
    const { body } = await web.get('auditor', '/adgang');
    const row = /<li class="is-late">(?:(?!<\/li>).)*<\/li>/s.exec(body)?.[0] ?? '';
    expect([row.includes('En nøgle er udleveret uden om loggen'), row.includes('3 nøgler, siden '), row.includes(`/adgang/alarm/${id}`), row.includes('button-primary')]).toEqual([true, true, true, true]);
  });

  it('tells who is asked what the alarm means and how many stand in it, begs for no yes, and waits for him the same day', async () => {
    const id = await alarm();
    await asks(id);
    const approval = await approvalOf(id);
    const { body } = await web.get('admin', `/godkendelser/${approval}`);
    for (const words of ['Nogen kan have taget nøgler ud', 'Én nøgle, siden ', WORDS, 'Nej, lad alarmen stå åben']) expect(body, words).toContain(words);
    expect(/<main.*<\/main>/s.exec(body)?.[0]).not.toContain('button-primary');
    const front = (await web.get('admin', '/')).body;
    expect(front.indexOf(`/godkendelser/${approval}`)).toBeGreaterThan(front.indexOf('id="nu"'));
    expect(front.slice(0, front.indexOf(`/godkendelser/${approval}`))).not.toMatch(/id="(?:uge|senere)"/);
    const refused = await web.post('admin', `/godkendelser/${approval}`, { answer: 'no', slags: 'close-alarm' });
    expect([refused.statusCode, await state(id)]).toEqual([303, 'refused']);
  });

  it('shows a second auditor the way to his answer', async () => {
    const id = await alarm();
    expect(await askToCloseAlarm(web.house.web, second, id, WORDS)).toBe(true);
    const approval = await approvalOf(id);
    for (const address of ['/adgang', `/adgang/alarm/${id}`]) expect((await web.get('auditor', address)).body).toContain(`Venter på dit svar eller en anden kollegas`);
    expect((await web.get('auditor', `/adgang/alarm/${id}`)).body).toContain(`/godkendelser/${approval}`);
    expect((await web.post('auditor', `/godkendelser/${approval}`, { answer: 'yes', slags: 'close-alarm' })).statusCode).toBe(303);
    expect(await state(id)).toBe('closed');
  });

  it('is neither asked nor answered by whom it is about: the people of the findings that lay too long', async () => {
    await web.house.db.superuser(`insert into audit.review (kind, person, at, found_at, due, finding, events)
      select 'denials', p, now(), now(), now() - interval '1 day', gen_random_uuid()::text, '{}' from unnest($1::uuid[]) as p`, [[people.auditor.user, people.admin.user]]);
    await web.house.db.superuser(`update audit.event set at = at - interval '1 minute' where action like 'alarm.%'`);
    await worker.query('select audit.review_turn()');
    const id = await newest();
    const page = await web.get('auditor', `/adgang/alarm/${id}`);
    expect(page.body).toContain('Et fund er ikke vurderet i tide');
    expect(page.body).toContain('den handler også om dig');
    expect(page.body).not.toContain('name="ord"');
    const refused = await audited(web, () => asks(id));
    expect(refused.result.statusCode).toBe(404);
    expect(refused.rows.map((row) => [row.actor, row.action])).toEqual([[people.auditor.user, 'page.denied']]);
    expect(await approvalOf(id)).toBe('');
    expect(await askToCloseAlarm(web.house.web, second, id, WORDS)).toBe(true);
    const approval = await approvalOf(id);
    for (const who of ['auditor', 'admin'] as const) {
      expect((await listApprovals(web.house.web, web.house.tokens[who])).map((one) => one.id)).not.toContain(approval);
      expect((await web.post(who, `/godkendelser/${approval}`, { answer: 'yes' })).statusCode).toBe(404);
    }
    expect(await state(id)).toBe('waiting');
  });

  it('is neither asked nor answered, where somebody’s review of access is late, by who keeps cases, whatever else he is; nor does he read what was written of it', async () => {
    await web.house.db.superuser(`update audit.event set at = at - interval '1 minute' where action like 'alarm.%'`);
    await web.house.db.superuser(`insert into audit.event (action, purpose) values ('alarm.access-review-late', '2')`);
    const id = await newest();
    const keeps = await Promise.all([['auditor', 'police_exit'], ['auditor', 'custody_exit'], ['admin', 'police_exit']].map(async (functions) =>
      (await startSession(web.house.login, { issuer: 'test', subject: functions.join(), name: 'Navn anden', authority: 'rigspolitiet', functions, authTime: new Date(), level: 'high' })) ?? ''));
    for (const token of keeps) expect(await askToCloseAlarm(web.house.web, token, id, WORDS)).toBe(false);
    expect([await state(id), await approvalOf(id)]).toEqual(['open', '']);
    await asks(id);
    const approval = await approvalOf(id);
    for (const token of keeps) {
      expect((await listApprovals(web.house.web, token)).map((one) => one.id)).not.toContain(approval);
      expect(await vote(web.house.web, token, approval, true)).toBeUndefined();
      expect(await wordsOf(token, approval)).toBeNull();
    }
    expect(await state(id)).toBe('waiting');
    // Other alarms are theirs to close, and this one is any other auditor's.
    const other = await alarm();
    expect(await askToCloseAlarm(web.house.web, keeps[0] ?? '', other, WORDS)).toBe(true);
    expect(await vote(web.house.web, second, approval, true)).toBe('given');
  });

  it('gives what was written of it to who is to answer, and by smuggled SQL to nobody else, not to who wrote it', async () => {
    const id = await alarm();
    await asks(id);
    const approval = await approvalOf(id);
    for (const who of Object.keys(people) as PersonName[]) expect([who, await wordsOf(web.house.tokens[who], approval)]).toEqual([who, who === 'admin' ? WORDS : null]);
    expect([await wordsOf(second, approval), await wordsOf('', approval)]).toEqual([WORDS, null]);
  });

  it('is asked anew when a colleague said no, or nobody answered in time', async () => {
    const id = await alarm('log-not-sealed');
    await asks(id);
    const first = await approvalOf(id);
    expect(await vote(web.house.web, second, first, false)).toBe('refused');
    expect([await state(id), (await web.get('auditor', '/adgang')).body.includes('En kollega sagde nej til at lukke den')]).toEqual(['refused', true]);
    await web.house.db.superuser(`update app.approval set asked_at = asked_at - interval '1 hour' where id = $1`, [first]);
    await asks(id);
    const again = await approvalOf(id);
    expect(again).not.toBe(first);
    // Who is asked anew, and who asked, see that it was refused before, and what was said then.
    for (const body of [(await web.get('admin', `/godkendelser/${again}`)).body, (await web.get('auditor', `/adgang/alarm/${id}`)).body]) {
      expect([body.includes('Der er sagt nej før'), body.includes('Navn auditor2 sagde nej')]).toEqual([true, true]);
    }
    await web.house.db.superuser(`update app.approval set until = now() - interval '1 second' where id = $1`, [again]);
    expect(await vote(web.house.web, second, again, true)).toBeUndefined();
    expect(await state(id)).toBe('refused');
  });

  it('takes words, which come back with what is missing', async () => {
    const id = await alarm();
    for (const ord of ['', 'ok', '....']) {
      const reply = await asks(id, ord);
      expect([reply.statusCode, reply.body.includes('Fejl: Adgang')]).toEqual([422, true]);
    }
    expect(await approvalOf(id)).toBe('');
  });

  it('is of alarms: no other row of the log can be closed, and one that is nothing neither', async () => {
    const [row] = await web.house.db.superuser<{ id: string }>(`select id from audit.event where action = 'login' limit 1`);
    const [forged] = await web.house.db.superuser<{ id: string }>(`insert into audit.event (actor, action, purpose) values ($1, 'alarm.key-without-row', '1') returning id`, [people.police.user]);
    for (const id of [row?.id ?? '', forged?.id ?? '', randomUUID(), 'x']) {
      expect((await asks(id)).statusCode).toBe(404);
      expect((await web.get('auditor', `/adgang/alarm/${id}`)).statusCode).toBe(404);
    }
  });
});
