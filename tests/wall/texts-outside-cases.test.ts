import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, instantOf } from '../../src/domain/kernel/time.js';
import { listTexts } from '../../src/store/texts-outside-cases.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterEach(() => web.house.db.superuser('delete from app.text'));
afterAll(() => web.close());

const UNIT = 'koebenhavns-vestegn';
const TICK = { 'uden-identitet': 'true' };
/** The two kinds of text outside of cases: who asks, who answers, and where. */
const KINDS = [
  { kind: 'guidance', asks: 'jobcentre', answers: 'officialKl', api: '/api/v1/guidance', page: '/vejledning', fields: {}, body: {}, late: 'Kontaktpunktet har ikke svaret', days: 14, rule: 'FM-NCP-6' },
  { kind: 'practice', asks: 'officialKl', answers: 'police', api: '/api/v1/statistics/practice/questions', page: '/tal/kvalitet', fields: { fra: '1. januar 2026', til: '2. november 2026', enhed: UNIT }, body: { unit: UNIT, asOf: '2026-11-02' }, late: 'Enheden har ikke svaret', days: 30, rule: 'FM-NCP-7' },
] as const satisfies readonly { readonly asks: PersonName; readonly answers: PersonName; readonly [key: string]: unknown }[];
const stored = async () => (await web.house.db.superuser<{ id: string }>('select id from app.text order by asked_at, id')).map(({ id }) => id);
const keys = async () => (await web.house.db.keys('select 1 from keys.scope_key')).length;
const keyOn = (html: string): string => /<form method="post"[^>]*action="\/(?:vejledning|tal\/kvalitet)"[^]*?name="_key" value="([^"]+)"/.exec(html)?.[1] ?? '';

describe.each(KINDS)('a text outside of cases, of $kind ($rule)', ({ kind, asks, answers, api, page, fields, body, late, days }) => {
  const ask = (text: string, headers: Readonly<Record<string, string>> = {}) => web.api(asks, 'POST', api, { ...body, text }, headers);
  const asked = async (): Promise<string> => (await ask('Hvad gør andre?')).json<{ id: string }>().id;

  it('sent twice from one form, also at once, is one question with one key', async () => {
    const key = keyOn((await web.get(asks, page)).body);
    expect(key).not.toBe('');
    const before = await keys();
    const form = { ...fields, ...TICK, tekst: 'Hvad gør andre?', _key: key };
    for (const reply of await Promise.all([0, 1, 2].map(() => web.post(asks, page, form)))) expect(reply.statusCode).toBe(303);
    expect([(await stored()).length, await keys()]).toEqual([1, before + 1]);
  });

  it('sent from the same form with other words is not lost and not taken for the first: it comes back, and goes when it is sent again', async () => {
    const key = keyOn((await web.get(asks, page)).body);
    const form = { ...fields, ...TICK, _key: key };
    expect((await web.post(asks, page, { ...form, tekst: 'Det første' })).statusCode).toBe(303);
    const other = await web.post(asks, page, { ...form, tekst: 'Det andet' });
    expect([other.statusCode, other.body.includes('>Det andet</textarea>'), other.body.includes('Siden har været sendt før'), (await stored()).length]).toEqual([422, true, true, 1]);
    const anew = keyOn(other.body);
    expect(anew).not.toBe(key);
    expect((await web.post(asks, page, { ...form, tekst: 'Det andet', _key: anew })).statusCode).toBe(303);
    expect(await stored()).toHaveLength(2);
  });

  it('keeps its key when something was wrong with it', async () => {
    const key = randomUUID();
    expect(keyOn((await web.post(asks, page, { ...fields, tekst: 'Hvad med 010190-1234?', _key: key })).body)).toBe(key);
  });

  it('sent twice under one Idempotency-Key is one question, in the log by its one id; another under it is refused', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = (await ask('Samme', key)).json<{ id: string }>().id;
    const { rows } = await audited(web, async () => { expect((await ask('Samme', key)).json()).toEqual({ id: first }); });
    expect(rows.map(({ action, purpose }) => [action, purpose]).at(-1)).toEqual([`${kind}.repeated`, first]);
    expect([(await ask('Noget andet', key)).statusCode, (await ask('Samme', { 'idempotency-key': 'to ord' })).statusCode, await stored()]).toEqual([422, 422, [first]]);
    // Without a key, or under somebody else's, it is another.
    await ask('Samme');
    if (kind === 'guidance') await web.api('municipal', 'POST', api, { text: 'Samme' }, key);
    expect((await stored()).length).toBe(kind === 'guidance' ? 3 : 2);
  });

  it('stands from the day it was due on the front page of who asked, as one that nobody has answered', async () => {
    const id = await asked();
    const due = addDays(copenhagenDate(web.house.clock()), days);
    const front = async (who: PersonName) => (await web.get(who, '/')).body;
    const now = web.house.clock();
    const told: boolean[] = [];
    for (const day of [addDays(due, -1), due, addDays(due, 1)]) {
      web.house.setClock(instantOf(day, 9, 0));
      told.push((await front(asks)).includes(late));
      expect((await front(answers)).includes(late)).toBe(false);
    }
    web.house.setClock(now);
    expect(told).toEqual([false, true, true]);
    await web.api(answers, 'POST', `${api}/${id}/answer`, { text: 'Et svar' });
    web.house.setClock(instantOf(due, 9, 0));
    expect(await front(asks)).not.toContain(late);
    web.house.setClock(now);
  });

  it('that is taken back while somebody answers it leaves him what he wrote', async () => {
    const id = await asked();
    expect((await web.post(asks, `${page}/${id}/tilbage`, {})).statusCode).toBe(303);
    const reply = await web.post(answers, `${page}/${id}`, { tekst: 'Et langt svar', ...TICK });
    expect(reply.statusCode).toBe(404);
    for (const text of ['Dit svar er ikke sendt', 'Et langt svar']) expect(reply.body).toContain(text);
  });

  it('is answered by nobody who asked it himself, under any of his names', async () => {
    const id = await asked();
    // Who asked has come to the other side: as the same of the staff directory, or as somebody new of the same login.
    await web.house.db.superuser('update app.text set asked_by = $2 where id = $1', [id, people[answers].user]);
    expect((await web.api(answers, 'POST', `${api}/${id}/answer`, { text: 'Mit eget svar' })).statusCode).toBe(404);
    expect((await web.get(answers, `${page}/${id}`)).body).not.toContain('Send svaret');
    expect((await web.api(answers, 'GET', api)).json<readonly { readonly id: string }[]>().map((row) => row.id)).toEqual([id]);
    const before = randomUUID();
    await web.house.db.superuser(`insert into app.staff (id, issuer, subject, name, authority, functions, disabled_at) select $1, issuer, subject, name, 'municipality:0461', functions, now() from app.staff where id = $2`, [before, people[answers].user]);
    await web.house.db.superuser('update app.text set asked_by = $2 where id = $1', [id, before]);
    expect((await web.api(answers, 'POST', `${api}/${id}/answer`, { text: 'Mit eget svar' })).statusCode).toBe(404);
    expect((await web.api(answers === 'police' ? 'police2' : 'officialDfk', 'POST', `${api}/${id}/answer`, { text: 'En kollegas svar' })).statusCode).toBe(200);
    await web.house.db.superuser('delete from app.text');
    await web.house.db.superuser('delete from app.staff where id = $1', [before]);
  });

  it('is no task to who asked it himself under another of his names, and is one to his colleague', async () => {
    const id = await asked();
    const colleague = answers === 'police' ? 'police2' : 'officialDfk';
    const before = randomUUID();
    await web.house.db.superuser(`insert into app.staff (id, issuer, subject, name, authority, functions, disabled_at) select $1, issuer, subject, name, 'municipality:0461', functions, now() from app.staff where id = $2`, [before, people[answers].user]);
    const seenBy = async (who: PersonName) => [
      (await web.get(who, '/')).body.includes(`${page}/${id}`), (await listTexts(web.house.web, web.house.tokens[who], kind)).map((row) => [row.id, row.answers]), (await web.get(who, `${page}/${id}`)).body.includes('Send svaret'),
    ];
    expect(await seenBy(answers)).toEqual([true, [[id, true]], true]);
    await web.house.db.superuser('update app.text set asked_by = $2 where id = $1', [id, before]);
    expect(await seenBy(answers)).toEqual([false, [[id, false]], false]);
    expect(await seenBy(colleague)).toEqual([true, [[id, true]], true]);
    await web.house.db.superuser('delete from app.text');
    await web.house.db.superuser('delete from app.staff where id = $1', [before]);
  });
});

it('the contact point’s own number and address pass in a question to a unit and in its answer (FM-NCP-7)', async () => {
  const { statusCode, body } = await web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit: UNIT, asOf: '2026-11-02', text: 'Ring til os på 4515 3630 eller skriv til KP-Exit@politi.dk' });
  expect(statusCode, body).toBe(201);
  expect((await web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit: UNIT, asOf: '2026-11-02', text: 'Ring til os på 4515 3631' })).statusCode).toBe(422);
});

it('a question to a unit that cannot be sent draws no figures (FM-NCP-7)', async () => {
  for (const text of ['', ' ', 'Hvad med 010190-1234?']) {
    const { rows } = await audited(web, async () => { expect((await web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit: UNIT, asOf: '2026-11-02', text })).statusCode).toBe(422); });
    expect(rows.filter(({ action }) => action === 'figures.drawn')).toEqual([]);
  }
});
