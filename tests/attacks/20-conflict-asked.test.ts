import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/exit-case/event-titles.js';
import { hasWorked } from '../../src/domain/exit-case/new-in-circle.js';
import { mayBeAsked } from '../../src/store/lists.js';
import { inboxCase, seats, takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits)); });
afterAll(() => web.close());

const QUESTION = 'Er du inhabil i sagen?';
const MISSING_FILE = '/bilag/00000000-0000-4000-8000-00000000ffff';
/** Everything that is sent about a case or fetched of it, with no page of it before. */
const SENT: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['/goer/journal.add', {}], ['/goer/journal.add', { text: 'Talte med ham', kind: 'personal' }], ['/indsigt', { grund: 'asked', som: 'json' }], ['/arkiv', { grund: 'journal', som: 'json' }],
  ['/arkiv/godkendelse', {}], ['/adresse', { reason: 'visit' }], ['/udtraek', { som: 'json' }], ['/ugens-opslag', { uge: '2026-11-16' }],
];
const labelOf = async (id: string): Promise<string> => (await web.house.db.superuser<{ label: string }>('select label from app.exit_case where id = $1', [id]))[0]?.label ?? 'none';

/** One request, one question, one row that he opened the case, and nothing of it in the answer. */
async function everythingSentIsAsked(who: PersonName, id: string, label: string): Promise<void> {
  for (const [to, body] of [...SENT, [MISSING_FILE, undefined] as const]) {
    const { result, rows } = await audited(web, () => (body === undefined ? web.get(who, `/sager/${id}${to}`) : web.post(who, `/sager/${id}${to}`, body)));
    expect([who, to, result.statusCode, result.body.includes(QUESTION), rows.map((row) => row.action)]).toEqual([who, to, 200, true, ['case.opened']]);
    for (const word of [label, 'Kun sms efter kl. 16', 'Emil Sandbjerg']) expect(result.body).not.toContain(word);
  }
}

describe('Control 20: before somebody first opens a case', () => {
  it('he is asked whether he has a conflict of interest, on every page of it, and sees neither label nor safe contact (FM-DEC-4)', async () => {
    const id = await takenCase(web.house);
    const label = await labelOf(id);
    for (const page of ['', '/sikkerhed', '/kreds', '/journal', '/goer/journal.add']) {
      const { body, statusCode } = await web.get('probation', `/sager/${id}${page}`);
      expect([page, statusCode]).toEqual([page, 200]);
      expect(body).toContain(QUESTION);
      expect(body).toContain('Din rolle: Kriminalforsorgen');
      for (const word of [label, 'Kun sms efter kl. 16', 'Emil Sandbjerg']) expect(body).not.toContain(word);
    }
  });

  it('he is asked also when he sends something or fetches a file, and nothing is done or shown of it before (FM-DEC-4)', async () => {
    const id = await takenCase(web.house);
    await web.house.does('police', id, 'address.protect', { step: 'notice', on: '2026-11-02', children: 'along' });
    await web.house.does('police', id, 'circle.depute', { user: people.police.user, deputy: people.police2.user, until: '2026-11-20', reason: 'Ferie' });
    const label = await labelOf(id);
    const events = async () => (await web.house.db.superuser('select from app.case_event where case_id = $1', [id])).length;
    const before = await events();
    const exports = async () => (await web.house.db.superuser(`select from audit.event where case_ref = $1 and action in ('case.exported', 'address.read', 'log.extracted', 'log.answered', 'approval.asked')`, [id])).length;
    for (const who of ['probation', 'police2'] as const) {
      await everythingSentIsAsked(who, id, label);
    }
    expect([await events(), await exports()]).toEqual([before, 0]);
    expect((await web.post('probation', `/sager/${id}/habil`, {})).statusCode).toBe(303);
    expect((await web.post('probation', `/sager/${id}/goer/journal.add`, { text: 'Talte med ham', kind: 'personal' })).statusCode).toBe(303);
  });

  it('his no is in the log, and he is not asked again (FM-DEC-4)', async () => {
    const id = await takenCase(web.house);
    const { result, rows } = await audited(web, () => web.post('probation', `/sager/${id}/habil`, {}));
    expect([result.statusCode, result.headers['location']]).toEqual([303, `/sager/${id}`]);
    expect(rows.map((row) => [row.action, row.case_ref])).toEqual([['conflict.none', id]]);
    const { body } = await web.get('probation', `/sager/${id}`);
    expect(body).not.toContain(QUESTION);
    expect(body).toContain('Kun sms efter kl. 16');
    expect((await web.get('police', `/sager/${id}/kreds`)).body).toContain('Svarede, at intet gør personen inhabil');
  });

  it('his no brings him to the page he asked for, of this case and no other', async () => {
    const id = await takenCase(web.house);
    const form = `/sager/${id}/goer/journal.add`;
    expect((await web.get('probation', form)).body).toContain(`name="til" value="${form}"`);
    const sent = async (til: string) => (await web.post('probation', `/sager/${id}/habil`, { til })).headers['location'];
    expect(await sent(form)).toBe(form);
    for (const til of ['https://eksempel.dk', '//eksempel.dk', '/log-ud', `/sager/${id}/..\\\r\nX: 1`]) expect(await sent(til)).toBe(`/sager/${id}`);
  });

  it('he may see the name first, and the log says so (FM-CNF-5)', async () => {
    const id = await takenCase(web.house);
    const { result, rows } = await audited(web, () => web.post('probation', `/sager/${id}/navne`, {}));
    expect(rows.map((row) => row.action)).toContain('case.named');
    expect(result.body).toContain(QUESTION);
    expect(result.body).toContain('Emil Sandbjerg');
    expect(result.body).not.toContain('Kun sms efter kl. 16');
  });

  it('who sees the name first still comes to the page he asked for, of this case and no other', async () => {
    const id = await takenCase(web.house);
    const form = `/sager/${id}/goer/journal.add`;
    const ways = (body: string): readonly (string | undefined)[] => [...body.matchAll(/name="til" value="([^"]*)"/g)].map((one) => one[1]);
    expect(ways((await web.get('probation', form)).body)).toEqual([form, form]);
    expect(ways((await web.post('probation', `/sager/${id}/navne`, { til: form })).body)).toEqual([form]);
    for (const til of ['https://eksempel.dk', '//eksempel.dk', '/log-ud', `/sager/${id}/..\\\r\nX: 1`]) expect(ways((await web.post('probation', `/sager/${id}/navne`, { til })).body)).toEqual([]);
  });

  it('his yes is said on a form that shows nothing of the case, and he is out (FM-DEC-4)', async () => {
    const id = await takenCase(web.house);
    const address = `/sager/${id}/goer/circle.declareConflict`;
    const form = await web.get('probation', address);
    expect(form.body).toContain('Hvad er grunden?');
    for (const word of [await labelOf(id), 'Kun sms efter kl. 16']) expect(form.body).not.toContain(word);
    expect((await web.post('probation', address, { reason: 'Min fætter' })).statusCode).toBe(303);
    expect((await web.get('probation', `/sager/${id}`)).statusCode).toBe(404);
  });

  it('who takes an inquiry is asked as well, before any page of the case (FM-DEC-4)', async () => {
    const id = await inboxCase(web.house);
    expect((await web.post('police', `/sager/${id}/goer/inquiry.take`, seats)).statusCode).toBe(303);
    for (const page of ['', '/sikkerhed', '/goer/journal.add']) {
      const { body } = await web.get('police', `/sager/${id}${page}`);
      expect(body).toContain(QUESTION);
      for (const word of [await labelOf(id), 'Kun sms efter kl. 16', 'Emil Sandbjerg']) expect(body).not.toContain(word);
    }
    await everythingSentIsAsked('police', id, await labelOf(id));
    await web.post('police', `/sager/${id}/habil`, {});
    expect((await web.get('police', `/sager/${id}`)).body).toContain('Kun sms efter kl. 16');
  });

  it('who becomes co-ordinator by take-over is asked as well (FM-DEC-4, FM-WORK-7)', async () => {
    const id = await takenCase(web.house);
    await web.house.db.superuser(`update app.case_member set valid_to = now() where case_id = $1 and role = 'police'`, [id]);
    expect((await web.post('police2', `/enhed/overtag/${id}`, { reason: 'Der er ingen koordinator' })).statusCode).toBe(303);
    const { body } = await web.get('police2', `/sager/${id}`);
    expect(body).toContain(QUESTION);
    for (const word of [await labelOf(id), 'Kun sms efter kl. 16']) expect(body).not.toContain(word);
    await everythingSentIsAsked('police2', id, await labelOf(id));
  });

  it('who opened its safety card before he came into the circle is asked as well: that is no work in it (FM-CNF-10)', async () => {
    const id = await takenCase(web.house);
    const [row] = await web.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]);
    expect((await web.post('municipal2', '/akut', { number: row?.number ?? '', reason: 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.' })).statusCode).toBe(303);
    await web.house.does('police', id, 'circle.add', { user: people.municipal2.user, role: 'contact', reason: 'Kender ham' });
    expect((await web.get('municipal2', `/sager/${id}`)).body).toContain(QUESTION);
    await everythingSentIsAsked('municipal2', id, await labelOf(id));
  });

  it('nobody is asked who has done something in it, nor on a page who is warned of a danger (FM-SEC-3)', async () => {
    const id = await takenCase(web.house);
    // He wrote the inquiry.
    expect((await web.get('municipal', `/sager/${id}`)).body).not.toContain(QUESTION);
    await web.house.does('police', id, 'security.raiseAcute', {});
    expect((await web.get('probation', `/sager/${id}/sikkerhed`)).body).not.toContain(QUESTION);
  });

  it('who is warned of a danger is asked before a form, a file and what he sends: the warning, which stands over the question, is no reason to hand them out', async () => {
    const id = await takenCase(web.house);
    await web.house.does('police', id, 'security.raiseAcute', {});
    const label = await labelOf(id);
    for (const page of ['/goer/journal.add', '/dokumenter/1']) {
      const { body } = await web.get('probation', `/sager/${id}${page}`);
      expect([page, body.includes(QUESTION), body.includes('Akut trussel'), body.includes(label)]).toEqual([page, true, true, false]);
    }
    await everythingSentIsAsked('probation', id, label);
  });

  it('where nobody is asked, what he sends leaves the one row of it, and none that he opened a page (control 11)', async () => {
    const id = await takenCase(web.house);
    await web.post('probation', `/sager/${id}/habil`, {});
    await web.house.does('police', id, 'inquiry.close', { reason: 'withdrawn', note: 'Ringet tre gange' });
    // In a closed case also who has never answered.
    const never = await takenCase(web.house);
    await web.house.does('police', never, 'inquiry.close', { reason: 'withdrawn', note: 'Ringet tre gange' });
    for (const one of [id, never]) {
      const sent = await audited(web, () => web.post('probation', `/sager/${one}/indsigt`, { grund: 'asked', som: 'json' }));
      expect([sent.result.statusCode, sent.rows.map((row) => row.action)]).toEqual([200, ['case.exported']]);
      const fetched = await audited(web, () => web.get('probation', `/sager/${one}${MISSING_FILE}`));
      expect([fetched.result.statusCode, fetched.rows.map((row) => row.action)]).toEqual([404, ['case.denied']]);
    }
  });

  it('the database and the rules say the same of what is work in a case and what only brings somebody into it', async () => {
    const id = await takenCase(web.house);
    const { db, web: pool, tokens } = web.house;
    for (const type of EVENT_TYPES) {
      await db.superuser(`insert into app.case_event (case_id, version, type, at, recorded_at, actor, journal, core_ct) values ($1, 1000, $2, now(), now(), $3, false, '')`, [id, type, people.probation.user]);
      const asked = await mayBeAsked(pool, tokens.probation, id);
      await db.superuser(`alter table app.case_event disable trigger immutable; delete from app.case_event where version = 1000; alter table app.case_event enable trigger immutable`);
      expect([type, asked]).toEqual([type, !hasWorked([{ actor: people.probation.user, event: { type } }], people.probation.user)]);
    }
  });

  it('a stranger who answers gets the bytes of an unknown case (control 2)', async () => {
    const id = await takenCase(web.house);
    const { result, rows } = await audited(web, () => web.post('odense', `/sager/${id}/habil`, {}));
    expect([result.statusCode, rows.map((row) => row.action)]).toEqual([404, ['case.denied']]);
  });
});
