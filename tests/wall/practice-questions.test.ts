import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { openText } from '../../src/store/texts-outside-cases.js';
import { sourceOf } from '../../src/web/pages/tal/period.js';
import { scanFor } from '../support/canary.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { STILL_FILLING } from '../../src/web/figures-filled.js';
import { newSession } from '../support/wall-reach.js';
import { fingerprint, LOOKING, type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let smuggled: Prompt;
let filled: number | undefined;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000, () => filled);
  smuggled = await prompt(web.house.db, 'udvej_web');
  const at = '2026-03-01T08:00:00.000Z';
  // Six courses in one unit, four of them without a measure; three in another, six in a third.
  for (let n = 0; n < 15; n += 1) {
    const id = randomUUID();
    await web.house.db.superuser(`insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place, age_band, measures) values ($1, 'course', '2026-02-01', $2, $3, '0183', '1a', 'freedom', '18-24', $4)`, [id, at, n < 6 ? UNIT : n < 9 ? 'bornholm' : 'fyn', n > 3 ? ['mentor'] : []]);
  }
  await web.house.db.superuser('delete from stat.drawing');
});
afterEach(() => web.house.db.superuser('delete from app.text'));
afterAll(async () => {
  await smuggled.close();
  await web.close();
});

const UNIT = 'koebenhavns-vestegn';
const EVERYBODY = Object.keys(people) as PersonName[];
const isOfficial = (who: PersonName) => people[who].functions.some((one) => one === 'contact_point');
/** Who keeps the inbox of the unit that is asked. */
const isAsked = (who: PersonName) => people[who].authority === `police:${UNIT}` && people[who].functions.some((one) => one === 'police_exit');
const QUESTION = 'Hvorfor er der så få tiltag i gang?';
const ANSWER = 'De er bevilget, men venter på en mentor.';
const TICK = { 'uden-identitet': 'true' };

const asks = (who: PersonName, more: Readonly<Record<string, unknown>> = {}) => web.api(who, 'POST', '/api/v1/statistics/practice/questions', { unit: UNIT, from: '2026-01-01', asOf: '2026-11-02', text: QUESTION, ...more });
const asked = async (unit = UNIT): Promise<string> => {
  const reply = await asks('officialKl', { unit });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{ id: string }>().id;
};
const reads = (who: PersonName, id: string) => web.api(who, 'GET', `/api/v1/statistics/practice/questions/${id}`);
const answers = (who: PersonName, id: string, text = ANSWER) => web.api(who, 'POST', `/api/v1/statistics/practice/questions/${id}/answer`, { text });
const listed = async (who: PersonName) => (await web.api(who, 'GET', '/api/v1/statistics/practice/questions')).json<readonly { readonly id: string; readonly unread: boolean; readonly mine: boolean }[]>();
const noted = async (work: () => Promise<unknown>) => (await audited(web, work)).rows.map(({ actor, action, case_ref, purpose }) => [actor, action, case_ref, purpose]);
/** What was drawn is kept, so that it is not counted again. */
const stored = () => fingerprint(web.house.db, [...LOOKING, 'stat.drawing']);

describe('a drawing that a unit can answer (FM-NCP-7)', () => {
  it('comes to the unit as its own row beside the country’s, as hidden as the contact point saw them, and no other unit’s', async () => {
    const id = await asked();
    const today = copenhagenDate(web.house.clock());
    const read = (await reads('police', id)).json<Readonly<Record<string, unknown>>>();
    expect(read).toMatchObject({
      unit: UNIT, from: '2026-01-01', asOf: '2026-11-02', due: addDays(today, 30), deleteOn: '2028-11-02', mine: true, question: QUESTION, answer: null,
      own: { unit: UNIT, unmeasured: 67, unplanned: 100, lacking: 0 }, country: { unit: null, unmeasured: 27 },
    });
    const page = (await web.get('police', `/tal/kvalitet/${id}`)).body;
    for (const text of [QUESTION, '67 %', '27 %', 'Hele landet', 'Den siger ikke', 'Slettes 2. november 2028, hvis ingen svarer']) expect(page).toContain(text);
    expect(page).not.toContain('Bornholm');
    const small = await asked('bornholm');
    expect((await reads('officialDfk', small)).json()).toMatchObject({ own: { unit: 'bornholm', unmeasured: null, lacking: null } });
  });

  it('says start, population and moment of its figures, on the page and by program, also of figures as drawn then (FM-STA-4)', async () => {
    const reply = await asks('officialKl', { from: '2018-01-01', asOf: '2019-01-14', drawn: '2019-01-20' });
    const { id } = reply.json<{ id: string }>();
    for (const who of ['police', 'officialDfk'] as const) {
      expect((await reads(who, id)).json()).toMatchObject({ from: '2018-01-01', asOf: '2019-01-14', drawnAt: '2019-01-20T23:00:00.000Z' });
      const page = (await web.get(who, `/tal/kvalitet/${id}`)).body;
      expect([page.includes('også dem, man ellers kunne regne ud'), page.includes('som kontaktpunktet så tallene')]).toEqual([true, false]);
      expect(page.split(sourceOf({ from: knownDate('2018-01-01'), asOf: knownDate('2019-01-14'), drawnAt: instantOf(knownDate('2019-01-21'), 0, 0) }))).toHaveLength(3);
    }
    expect((await web.api('police', 'GET', '/api/v1/statistics/practice/questions')).json()).toMatchObject([{ id, drawnAt: '2019-01-20T23:00:00.000Z' }]);
  });

  it('sent again under one key is the same question, also where the figures are others by then', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const send = async () => (await web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit: 'fyn', asOf: '2026-11-02', text: QUESTION }, key)).json<{ id?: string }>().id;
    const first = await send();
    const course = randomUUID();
    await web.house.db.superuser(`insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place, age_band) values ($1, 'course', '2026-02-01', '2026-03-01T08:00:00.000Z', 'fyn', '0461', '1a', 'freedom', '18-24')`, [course]);
    await web.house.db.superuser('delete from stat.drawing');
    expect([first === undefined, await send()]).toEqual([false, first]);
    await web.house.db.superuser('delete from stat.standing where stat_id = $1', [course]);
    await web.house.db.superuser('delete from stat.drawing');
  });

  it('is read by an official as he draws it himself: who is shut out of a case reads his own figures, and the unit those that were sent (FM-CNF-3)', async () => {
    const caseId = randomUUID();
    await web.house.db.superuser(`insert into app.exit_case (id, number, label, unit, phase, place, since, version, created_at, touched_at) values ($1, 'T-1', 'Falken', $2, 'closed', 'freedom', '2026-01-01', 1, now(), now())`, [caseId, UNIT]);
    await web.house.db.superuser(`insert into stat.link (case_id, stat_id) select $1, stat_id from stat.standing where unit = $2 and measures = '{}' limit 1`, [caseId, UNIT]);
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [caseId, people.officialDfk.user]);
    const id = await asked();
    const own = async (who: PersonName) => (await reads(who, id)).json<{ own: { unmeasured: number | null } }>().own.unmeasured;
    const drawn = async (who: PersonName) => (await web.api(who, 'GET', '/api/v1/statistics/practice?from=2026-01-01&asOf=2026-11-02')).json<{ units: readonly { unit: string | null; unmeasured: number | null }[] }>().units.find(({ unit }) => unit === UNIT)?.unmeasured;
    // Four of six are without a measure; to him three of five.
    expect([await own('police'), await own('officialKl'), await own('officialDfk'), await drawn('officialKl'), await drawn('officialDfk')]).toEqual([67, 67, 60, 67, 60]);
    const page = (await web.get('officialDfk', `/tal/kvalitet/${id}`)).body;
    expect([page.includes('60 %'), page.includes('67 %')]).toEqual([true, false]);
    // Of the question's own moment: what is recorded later is not in it.
    const now = web.house.clock();
    const later = randomUUID();
    await web.house.db.superuser(`insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place, age_band, measures) values ($1, 'course', '2026-02-01', '2026-11-02T12:00:00.000Z', $2, '0183', '1a', 'freedom', '18-24', '{}')`, [later, UNIT]);
    web.house.setClock(instantOf(knownDate('2026-11-02'), 14, 0));
    expect([await own('officialKl'), await own('officialDfk'), await drawn('officialKl')]).toEqual([67, 60, 71]);
    web.house.setClock(now);
    await web.house.db.superuser('delete from stat.standing where stat_id = $1', [later]);
    await web.house.db.superuser('delete from stat.drawing');
    // What he sends is without it, and his colleague reads the whole.
    const his = (await asks('officialDfk')).json<{ id: string }>().id;
    expect([(await reads('police', his)).json(), (await reads('officialKl', his)).json()]).toMatchObject([{ own: { unmeasured: 60 } }, { own: { unmeasured: 67 } }]);
    await web.house.db.superuser('delete from app.block; delete from stat.link; delete from app.exit_case');
  });

  it('is answered by the unit once, and read by the contact point beside the figures', async () => {
    const id = await asked();
    expect((await answers('police', id)).statusCode).toBe(200);
    const page = (await web.get('officialDfk', `/tal/kvalitet/${id}`)).body;
    for (const text of [QUESTION, ANSWER, '67 %', 'Slettes 2. november 2028']) expect(page).toContain(text);
    const before = await stored();
    expect((await answers('police', id, 'Noget andet')).statusCode).toBe(422);
    const late = await web.post('police', `/tal/kvalitet/${id}`, { tekst: 'Noget andet', ...TICK });
    expect([late.statusCode, late.body.includes('Dit svar er ikke sendt'), late.body.includes('Noget andet'), late.body.includes(ANSWER)]).toEqual([422, true, true, true]);
    expect((await smuggled.tries(await newSession(web.house.db, people.police.user), `select sec.answer_text('practice', '${id}', '\\x00') as said`)).rows).toEqual([{ said: 'already' }]);
    expect(await stored()).toEqual(before);
  });

  it('is not sent while the figures are still being told: the unit would read as its own what is not all there', async () => {
    const before = await stored();
    filled = 0.1;
    try {
      const refused = await asks('officialKl');
      expect([refused.statusCode, refused.json<{ detail: string }>().detail]).toEqual([422, STILL_FILLING]);
      const { statusCode, body } = await web.post('officialKl', '/tal/kvalitet', { enhed: UNIT, tekst: QUESTION, ...TICK });
      expect([statusCode, body.includes(STILL_FILLING), body.includes(QUESTION)]).toEqual([422, true, true]);
    } finally {
      filled = undefined;
    }
    expect(await stored()).toEqual(before);
  });

  it('is read and listed by the unit’s co-ordinators and the contact point alone: to everybody else it is as an id that is nothing', async () => {
    const id = await asked();
    for (const who of EVERYBODY) {
      const may = isOfficial(who) || isAsked(who);
      const nothing = randomUUID();
      for (const address of ['/api/v1/statistics/practice/questions/', '/tal/kvalitet/']) {
        const ask = (one: string) => (address.startsWith('/api') ? web.api(who, 'GET', `${address}${one}`) : web.get(who, `${address}${one}`));
        const [given, none] = [await ask(id), await ask(nothing)];
        expect([who, address, given.statusCode, none.statusCode]).toEqual([who, address, may ? 200 : 404, 404]);
        if (!may) expect(given.body).toBe(none.body);
      }
      if (!may) expect(await noted(() => reads(who, id)), who).toEqual([[people[who].user, 'page.denied', null, 'practice']]);
      for (const sql of [`select payload from sec.open_text('practice', '${id}')`, `select id from app.list_texts(current_setting('app.session'), 'practice')`]) {
        expect([who, sql, (await smuggled.tries(await newSession(web.house.db, people[who].user), sql)).rows.length]).toEqual([who, sql, may ? 1 : 0]);
      }
    }
    expect([EVERYBODY.filter(isAsked).length > 0, EVERYBODY.some((who) => people[who].functions.some((one) => one === 'police_exit') && !isAsked(who))]).toEqual([true, true]);
  });

  it('of the prisons is read by those who work with exit there, and not by police', async () => {
    const id = await asked('dfk');
    expect([(await reads('custody', id)).statusCode, (await reads('police', id)).statusCode, (await answers('custody', id)).statusCode]).toEqual([200, 404, 200]);
  });

  it.each(EVERYBODY.filter((who) => !isOfficial(who)))('is not sent by %s, by page, program or prompt', async (who) => {
    const before = await stored();
    for (const ask of [() => asks(who), () => web.post(who, '/tal/kvalitet', { enhed: UNIT, tekst: QUESTION, ...TICK })]) expect((await ask()).statusCode).toBe(404);
    const begun = `select id from sec.begin_text('practice', null, null)`;
    expect((await smuggled.tries(await newSession(web.house.db, people[who].user), begun)).rows).toEqual([{ id: null }]);
    expect((await smuggled.tries(await newSession(web.house.db, people[who].user), [begun, `select sec.ask_text('\\x00', '${UNIT}', '2026-01-01', '2026-11-02', now())`])).refused).toBe('28000');
    expect(await stored()).toEqual(before);
  });

  it.each(EVERYBODY.filter((who) => !isAsked(who)))('is not answered by %s', async (who) => {
    const id = await asked();
    const before = await stored();
    expect((await answers(who, id)).statusCode).toBe(404);
    expect((await web.post(who, `/tal/kvalitet/${id}`, { tekst: ANSWER, ...TICK })).statusCode).toBe(404);
    expect((await smuggled.tries(await newSession(web.house.db, people[who].user), `select sec.answer_text('practice', '${id}', '\\x00') as said`)).rows).toEqual([{ said: null }]);
    expect(await stored()).toEqual(before);
  });

  it('stands on the front page of the unit until it has answered, then on the contact point’s until one of it has read the answer', async () => {
    const [TO_UNIT, TO_DESK] = ['Svar kontaktpunktet om enhedens tal', 'En enhed har svaret på jeres spørgsmål om kvalitet'];
    const front = async (who: PersonName) => (await web.get(who, '/')).body;
    const told = async () => [(await front('police')).includes(TO_UNIT), (await front('policeFyn')).includes(TO_UNIT), (await front('municipal')).includes(TO_UNIT), (await front('officialKl')).includes(TO_DESK), (await front('officialDfk')).includes(TO_DESK)];
    const id = await asked();
    expect(await told()).toEqual([true, false, false, false, false]);
    expect(await front('police')).toContain(`href="/tal/kvalitet/${id}"`);
    await answers('police', id);
    expect(await told()).toEqual([false, false, false, true, true]);
    expect((await web.get('officialPolice', '/tal/kvalitet')).body).toContain('Ulæst svar');
    await reads('police', id);
    expect(await told()).toEqual([false, false, false, true, true]);
    await reads('officialPolice', id);
    expect(await told()).toEqual([false, false, false, false, false]);
    expect((await listed('officialKl')).map((row) => [row.id, row.unread, row.mine])).toEqual([[id, false, false]]);
    expect((await listed('police')).map((row) => [row.id, row.unread, row.mine])).toEqual([[id, false, true]]);
  });

  it('leaves its rows in the log: asked, listed, read, answered, and by whom', async () => {
    let id = '';
    expect(await noted(async () => { id = await asked(); })).toEqual([[people.officialKl.user, 'figures.drawn', null, null], [people.officialKl.user, 'figures.drawn', null, null], [people.officialKl.user, 'practice.asked', null, id]]);
    expect(await noted(() => listed('police'))).toEqual([[people.police.user, 'practice.listed', null, null]]);
    expect(await noted(() => reads('police', id))).toEqual([[people.police.user, 'practice.read', null, id]]);
    // An official draws his own.
    expect((await noted(() => reads('officialDfk', id))).map(([, action]) => action)).toEqual(['practice.read', 'figures.drawn', 'figures.drawn']);
    expect(await noted(() => answers('police', id))).toEqual([[people.police.user, 'practice.read', null, id], [people.police.user, 'practice.answered', null, id]]);
  });

  it('has its words and figures nowhere in plain', async () => {
    const canary = (): string => `Kanarie${randomBytes(8).toString('hex').replaceAll(/\d/g, 'x')}`;
    const [question, answer] = [canary(), canary()];
    const sent = await web.post('officialKl', '/tal/kvalitet', { fra: '1. januar 2026', til: '2. november 2026', enhed: UNIT, tekst: question, ...TICK });
    const id = (await listed('police'))[0]?.id ?? '';
    const given = await web.post('police', `/tal/kvalitet/${id}`, { tekst: answer, ...TICK });
    expect([sent.statusCode, given.statusCode]).toEqual([303, 303]);
    const page = (await web.get('officialDfk', `/tal/kvalitet/${id}`)).body;
    expect([page.includes(question), page.includes(answer)]).toEqual([true, true]);
    const texts = { addresses: [sent, given].map((reply) => JSON.stringify(reply.headers)).join('\n'), title: /<title>[^<]*/.exec(page)?.[0] ?? '', log: web.log.join('\n') };
    expect(await scanFor([question, answer, 'unmeasured'], { database: web.house.db, texts })).toEqual([]);
  });

  it('cannot be opened where its row is put in the place of another', async () => {
    const [one, other] = [await asked(), await asked()];
    await web.house.db.superuser('update app.text set question_ct = (select question_ct from app.text where id = $2) where id = $1', [one, other]);
    await expect(openText(web.house.web, web.house.vault, web.house.tokens.police, 'practice', one)).rejects.toThrow();
  });

  it('that is wrong comes back with what is wrong at its field, all that was typed kept and nothing stored', async () => {
    const before = await stored();
    const faultsIn = (html: string): readonly string[] => [...html.matchAll(/<a class="function-link" href="#felt-([^"]*)">/g)].map(([, field = '']) => field);
    const reply = await web.post('officialKl', '/tal/kvalitet', { fra: '1. januar 2026', til: '1. oktober 2026', enhed: 'findes-ikke', tekst: 'Hvad med 010190-1234?' });
    expect([reply.statusCode, faultsIn(reply.body)]).toEqual([422, ['enhed', 'tekst', 'uden-identitet']]);
    for (const text of ['>Hvad med 010190-1234?</textarea>', 'value="1. oktober 2026"', 'et CPR-nummer']) expect(reply.body).toContain(text);
    const period = await web.post('officialKl', '/tal/kvalitet', { fra: 'i går', til: '1. oktober 2026', enhed: UNIT, tekst: QUESTION, ...TICK });
    expect([period.statusCode, period.body.includes(`>${QUESTION}</textarea>`)]).toEqual([422, true]);
    for (const [more, pointer] of [[{ unit: 'findes-ikke' }, '/unit'], [{ text: 'UV-7K3M-9QW' }, '/text'], [{ text: ' ' }, '/text'], [{ extra: 1 }, '']] as const) {
      const refused = await asks('officialKl', more);
      expect([refused.statusCode, refused.json<{ errors: readonly { pointer: string }[] }>().errors.map((one) => one.pointer)]).toEqual([422, [pointer]]);
    }
    expect((await asks('officialKl', { asOf: '2126-01-01' })).statusCode).toBe(422);
    expect(await stored()).toEqual(before);
    const id = await asked();
    const answer = await web.post('police', `/tal/kvalitet/${id}`, { tekst: 'Ring 12 34 56 78' });
    expect([answer.statusCode, faultsIn(answer.body), answer.body.includes('>Ring 12 34 56 78</textarea>')]).toEqual([422, ['tekst', 'uden-identitet'], true]);
    expect((await answers('police', id, 'emil@eksempel.dk')).statusCode).toBe(422);
    expect((await reads('police', id)).json()).toMatchObject({ answer: null });
  });

  it('is described', async () => {
    const { paths } = (await web.api(undefined, 'GET', '/api/v1/openapi.json')).json<{ paths: Readonly<Record<string, object>> }>();
    expect(Object.entries(paths).filter(([path]) => path.includes('/practice')).map(([path, verbs]) => [path, Object.keys(verbs)])).toEqual([
      ['/api/v1/statistics/practice/questions', ['get', 'post']], ['/api/v1/statistics/practice/questions/{id}', ['get']], ['/api/v1/statistics/practice/questions/{id}/withdraw', ['post']], ['/api/v1/statistics/practice/questions/{id}/answer', ['post']], ['/api/v1/statistics/practice', ['get']],
    ]);
  });
});
