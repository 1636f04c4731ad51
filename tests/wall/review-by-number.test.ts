import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, formatDate, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { people, type PersonName } from '../support/people.js';
import { type Numbered, questionOf, refusedCase } from '../support/refused-cases.js';
import { ACCOUNT, API, PAGE, reviewDesk, type ReviewDesk } from '../support/review-desk.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';

let desk: ReviewDesk;
beforeAll(async () => { desk = await reviewDesk(); });
afterAll(() => desk.close());

const command = (who: PersonName, { caseId }: Numbered, name: string, input: object = {}) => desk.web.api(who, 'POST', `/api/v1/cases/${caseId}/commands/${name}`, input);

/** He has no part in the case and no page of it answers him. */
async function nothingOpen(who: PersonName, { caseId }: Numbered): Promise<void> {
  for (const url of [`/sager/${caseId}`, `/sager/${caseId}/visitation`]) expect([url, (await desk.web.get(who, url)).statusCode]).toEqual([url, 404]);
  for (const url of [`/api/v1/cases/${caseId}`, `/api/v1/cases/${caseId}/actions`]) expect([url, (await desk.web.api(who, 'GET', url)).statusCode]).toEqual([url, 404]);
  expect(await desk.rows('select 1 from app.scope_member where case_id = $1 and user_id = $2 union all select 1 from app.case_member where case_id = $1 and user_id = $2', [caseId, people[who].user])).toEqual([]);
}

describe('the contact point asks for a review by the number of the case (FM-DEC-2)', () => {
  it('and the question lies in the queue, of the case and its unit, taken by nobody yet', async () => {
    const one = await refusedCase(desk.house);
    const { result, log } = await desk.logged(() => desk.asks('officialKl', ` ${one.number.toLowerCase().replaceAll('-', ' ')} `));
    expect([result.statusCode, result.headers['location']]).toEqual([303, '/spoergsmaal']);
    expect(await desk.rows('select kind, status, number, unit, taken_by, needed from app.question where case_id = $1', [one.caseId])).toEqual([
      { kind: 'review', status: 'open', number: one.number, unit: 'koebenhavns-vestegn', taken_by: [], needed: 2 },
    ]);
    const actor = people.officialKl.user;
    expect(log).toEqual([
      { action: 'review.asked', actor, case_ref: one.caseId, purpose: null }, { action: 'case.command', actor, case_ref: one.caseId, purpose: 'decision.requestReview' },
    ]);
    expect((await desk.web.get('officialDfk', '/spoergsmaal')).body).toContain(one.number);
  });

  it('and by program, where the same order under its key answers the same (Idempotency-Key)', async () => {
    const one = await refusedCase(desk.house);
    const headers = { 'idempotency-key': randomUUID() };
    for (let time = 1; time <= 2; time += 1) {
      const reply = await desk.byProgram('officialDfk', one.number, headers);
      expect([reply.statusCode, reply.json<object>()]).toEqual([200, { outcome: 'asked' }]);
    }
    expect((await desk.byProgram('officialDfk', one.number, { 'idempotency-key': randomUUID() })).statusCode).toBe(422);
    expect((await desk.byProgram('officialDfk', one.number)).statusCode).toBe(422);
    expect(await desk.rows('select 1 from app.question where case_id = $1', [one.caseId])).toHaveLength(1);
    const described = await desk.web.api(undefined, 'GET', '/api/v1/openapi.json');
    expect(Object.keys(described.json<{ paths: object }>().paths)).toContain(API);
  });

  it('and the same order under its key is told the same also when the unit has answered meanwhile, and stands in the log as asked again; under a key of something else nothing is asked, and it is said', async () => {
    const [one, other] = [await refusedCase(desk.house), await refusedCase(desk.house)];
    const headers = { 'idempotency-key': randomUUID() };
    expect((await desk.byProgram('officialDfk', one.number, headers)).statusCode).toBe(200);
    await desk.house.does('municipal', one.caseId, 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
    const { result, log } = await desk.logged(() => desk.byProgram('officialDfk', one.number, headers));
    expect([result.statusCode, log]).toEqual([200, [{ action: 'review.repeated', actor: people.officialDfk.user, case_ref: one.caseId, purpose: null }]]);
    const reused = await desk.byProgram('officialDfk', other.number, headers);
    expect([reused.statusCode, reused.body.includes('Der er ikke noget afslag')]).toEqual([422, false]);
    expect(await desk.rows('select 1 from app.question where case_id = $1', [other.caseId])).toEqual([]);
  });

  it('and other words under its key are refused, by program and on the page, and those that lie there stay: nothing is told of them, and not whose they are', async () => {
    const one = await refusedCase(desk.house);
    const key = randomUUID();
    const says = (account: string, who: PersonName = 'officialDfk') => desk.web.api(who, 'POST', API, { number: one.number, account }, { 'idempotency-key': key });
    expect((await says(ACCOUNT)).statusCode).toBe(200);
    const before = await fingerprint(desk.house.db, LOOKING);
    const { result: reply, log } = await desk.logged(() => says('Og så var der også noget andet'));
    expect([reply.statusCode, reply.json<{ title: string }>().title, reply.body.includes(ACCOUNT)]).toEqual([422, 'Nøglen er brugt', false]);
    expect(log).toEqual([{ action: 'review.repeated', actor: people.officialDfk.user, case_ref: one.caseId, purpose: null }]);
    const form = await desk.asks('officialDfk', one.number, 'Og så var der også noget andet', key);
    expect([form.statusCode, form.body.includes('Og så var der også noget andet'), form.body.includes(ACCOUNT)]).toEqual([422, true, false]);
    expect(await fingerprint(desk.house.db, LOOKING)).toEqual(before);
    expect((await says(ACCOUNT)).statusCode).toBe(200);
    // A colleague's key is his own: to him there is nothing to review with that number, whatever he writes.
    expect((await says('Og så var der også noget andet', 'officialKl')).body).toEqual((await desk.byProgram('officialKl', await desk.free(), { 'idempotency-key': key })).body);
  });

  it('and a second click on the same form does no harm and says the same', async () => {
    const one = await refusedCase(desk.house);
    const key = randomUUID();
    expect([(await desk.asks('officialKl', one.number, ACCOUNT, key)).statusCode, (await desk.asks('officialKl', one.number, ACCOUNT, key)).statusCode]).toEqual([303, 303]);
    expect(await desk.rows('select 1 from app.question where case_id = $1', [one.caseId])).toHaveLength(1);
  });

  it('once: two officials at the same moment, and one of them is told what all other numbers are told', async () => {
    const one = await refusedCase(desk.house);
    const replies = await Promise.all((['officialKl', 'officialDfk', 'officialPolice'] as const).map((who) => desk.asks(who, one.number)));
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([303, 422, 422]);
    expect(await desk.rows('select 1 from app.question where case_id = $1', [one.caseId])).toHaveLength(1);
  });
});

describe('who may not ask, and what does not open by it', () => {
  it('is everybody’s 404 but the contact point’s, on the page and by program, also of a unit member’s own case', async () => {
    const { number } = await refusedCase(desk.house);
    for (const who of ['police', 'municipal', 'probation', 'custody', 'jobcentre', 'screener', 'auditor', 'admin'] as const) {
      expect([(await desk.web.get(who, PAGE)).statusCode, (await desk.asks(who, number)).statusCode, (await desk.byProgram(who, number)).statusCode], who).toEqual([404, 404, 404]);
    }
    expect((await desk.asks('officialKl', number)).statusCode).toBe(303);
  });

  it('demands a step-up, and keeps what was typed (control 18)', async () => {
    const { caseId, number } = await refusedCase(desk.house);
    const proved = (minutes: number) => desk.rows('update sec.session set auth_time = now() - make_interval(mins => $1) where user_id = $2', [minutes, people.officialKl.user]);
    await proved(6);
    try {
      expect([(await desk.web.get('officialKl', PAGE)).statusCode, (await desk.byProgram('officialKl', number)).statusCode]).toEqual([401, 401]);
      const reply = await desk.asks('officialKl', number);
      expect([reply.statusCode, reply.body.includes(`name="account" value="${ACCOUNT}"`)]).toEqual([401, true]);
      expect(await desk.rows('select 1 from app.question where case_id = $1', [caseId])).toEqual([]);
    } finally {
      await proved(0);
    }
  });

  it('admits to nothing by the id of the case alone, whoever knows it: the number must have been said a moment ago', async () => {
    const one = await refusedCase(desk.house);
    const asked = { account: ACCOUNT };
    expect((await command('officialKl', one, 'decision.requestReview', asked)).statusCode).toBe(404);
    const client = await desk.house.web.connect();
    const say = async (number: string): Promise<unknown> => {
      await client.query('begin');
      await client.query(`select set_config('app.session', $1, true)`, [desk.house.tokens.officialKl]);
      const { rows: [row] } = await client.query<{ id: string | null }>('select case_id as id from sec.ask_review($1, null)', [number]);
      await client.query('commit');
      return row?.id;
    };
    try {
      expect(await say(one.number)).toBe(one.caseId);
    } finally {
      client.release();
    }
    for (const [name, input] of [['journal.add', { text: 'x', kind: 'personal' }], ['decision.supplementReview', { entries: [{ text: 'x' }] }], ['contactPoint.takeQuestion', { question: randomUUID() }]] as const) {
      expect((await command('officialKl', one, name, input)).statusCode, name).toBe(404);
    }
    await nothingOpen('officialKl', one);
    // A colleague of his has said nothing.
    expect((await command('officialDfk', one, 'decision.requestReview', asked)).statusCode).toBe(404);
    expect((await command('officialKl', one, 'decision.requestReview', { ...asked, entries: [{ text: 'Mine ord om sagen' }] })).statusCode).toBe(422);
    await desk.rows(`update audit.event set at = at - interval '61 seconds' where action = 'review.asked' and case_ref = $1`, [one.caseId]);
    expect((await command('officialKl', one, 'decision.requestReview', asked)).statusCode).toBe(404);
  });

  it('opens nothing of the case, before and after, until somebody takes the question: then his words and what the unit sends, and no more (FM-CNF-2, FM-CNF-4)', async () => {
    const one = await refusedCase(desk.house);
    await nothingOpen('officialKl', one);
    const { result } = await desk.logged(() => desk.asks('officialKl', one.number));
    expect(result.statusCode).toBe(303);
    for (const who of ['officialKl', 'officialDfk'] as const) await nothingOpen(who, one);
    for (const who of ['officialKl', 'officialDfk'] as const) {
      const queue = (await desk.web.get(who, '/spoergsmaal')).body;
      for (const word of [ACCOUNT, 'Emil', 'Sandbjerg', 'motivation']) expect(queue).not.toContain(word);
    }
    // The unit reads who asked and why, and sends what is needed.
    const unit = (await desk.web.get('police', `/sager/${one.caseId}/visitation`)).body;
    for (const words of ['kontaktpunktet har bedt om prøvelsen', ACCOUNT, 'Send det, kontaktpunktet skal have.', 'I har ikke sendt noget med fra sagen endnu. I er bedt om begrundelsen og det andet, kontaktpunktet skal have.']) expect(unit).toContain(words);
    expect(unit).not.toContain('I skal have');
    expect((await desk.web.get('police', '/')).body).toContain('Kontaktpunktet har bedt om at prøve afslaget. Send det, kontaktpunktet skal have.');

    await desk.house.does('officialDfk', one.caseId, 'contactPoint.takeQuestion', { question: await questionOf(desk.house, one.caseId) });
    const before = (await desk.web.get('officialDfk', `/sager/${one.caseId}`)).body;
    expect([before.includes(ACCOUNT), before.includes('Enheden har ikke sendt noget med'), before.includes('To af tre myndigheder')]).toEqual([true, true, false]);
    expect(before).toContain('Det er ikke opfyldt: Motivation');
    const form = await desk.web.get('municipal', `/sager/${one.caseId}/goer/decision.supplementReview`);
    expect(form.body).toContain('Afslaget går altid med.');
    const sends = async (own: string) => (await desk.web.post('municipal', `/sager/${one.caseId}/goer/decision.supplementReview`, { _eget: own, _trin: 'send' })).statusCode;
    expect(await sends('Begrundelsen, som vi gav den')).toBe(303);
    expect((await desk.web.get('municipal', `/sager/${one.caseId}/goer/decision.supplementReview`)).body).toContain('Afslaget er sendt.');
    // Once is enough.
    expect(await sends('Mere')).toBe(303);
    expect((await desk.web.get('officialDfk', `/sager/${one.caseId}`)).body.split('To af tre myndigheder')).toHaveLength(2);
    const after = (await desk.web.get('officialDfk', `/sager/${one.caseId}`)).body;
    expect([after.includes('Begrundelsen, som vi gav den'), after.includes('Enheden har ikke sendt noget med'), after.includes('Vil ud af det hele')]).toEqual([true, false, false]);
    await nothingOpen('officialKl', one);
  });

  it('and by program who has taken it reads what stands on his screen: the day of the refusal, what was not met, and until when the unit has; nobody else does (FM-DEC-1, FM-DEC-2, FM-LAW-1)', async () => {
    const one = await refusedCase(desk.house);
    expect((await desk.asks('officialKl', one.number)).statusCode).toBe(303);
    const id = await questionOf(desk.house, one.caseId);
    await desk.house.does('officialDfk', one.caseId, 'contactPoint.takeQuestion', { question: id });
    const reads = async () => (await desk.web.api('officialDfk', 'GET', `/api/v1/cases/${one.caseId}`)).json<{ questions: readonly { refusal: { on: PlainDate }; awaitedUntil: PlainDate | null }[] }>().questions;
    const [question] = await reads();
    expect(question).toEqual({ id, refusal: { on: expect.any(String) as unknown, criteria: ['motivation'] }, awaitedUntil: expect.any(String) as unknown });
    const screen = (await desk.web.get('officialDfk', `/sager/${one.caseId}`)).body;
    expect(screen).toContain(`Enheden gav afslag ${formatDate(question?.refusal.on ?? knownDate('2011-01-01'))}. Det er ikke opfyldt: Motivation`);
    const early = await command('officialDfk', one, 'contactPoint.decideReview', { question: id, position: 'uphold', reasons: 'Ikke motiveret', complaintRoute: 'Ingen' });
    expect(early.json<{ detail: string }>().detail).toContain(`Enheden har til og med ${formatDate(question?.awaitedUntil ?? knownDate('2011-01-01'))}`);
    // Who has not taken it reads nothing of it: not his colleague, and in the list stands structure alone. The unit has no question to take.
    await nothingOpen('officialKl', one);
    for (const url of ['/api/v1/questions', `/api/v1/questions/${id}`]) for (const who of ['officialKl', 'officialDfk'] as const) expect((await desk.web.api(who, 'GET', url)).body).not.toMatch(/refusal|motivation|awaited/);
    expect((await desk.web.api('municipal', 'GET', `/api/v1/cases/${one.caseId}`)).json()).toMatchObject({ questions: [] });
    await desk.house.does('municipal', one.caseId, 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
    expect(await reads()).toMatchObject([{ id, refusal: { criteria: ['motivation'] }, awaitedUntil: null }]);
    await desk.house.does('officialDfk', one.caseId, 'contactPoint.returnQuestion', { question: id, to: 'queue' });
    expect((await desk.web.api('officialDfk', 'GET', `/api/v1/cases/${one.caseId}`)).statusCode).toBe(404);
  });

  it('and *Giv stilling* is not offered to who has it before its day, in the case or on his front page, which say from when; it is when the unit has sent (FM-DEC-2)', async () => {
    const one = await refusedCase(desk.house);
    expect((await desk.asks('officialKl', one.number)).statusCode).toBe(303);
    const id = await questionOf(desk.house, one.caseId);
    await desk.house.does('officialPolice', one.caseId, 'contactPoint.takeQuestion', { question: id });
    const { json } = await desk.web.api('officialPolice', 'GET', `/api/v1/cases/${one.caseId}`);
    const until = json<{ questions: readonly { awaitedUntil: PlainDate }[] }>().questions[0]?.awaitedUntil ?? knownDate('2011-01-01');
    const from = `ra ${formatDate(addDays(until, 1))}, eller når enheden har sendt`;
    const act = `/sager/${one.caseId}/goer/contactPoint.decideReview`;
    const line = async () => [...(await desk.web.get('officialPolice', '/')).body.matchAll(/<li.*?<\/li>/gs)].map(([row]) => row).find((row) => row.includes(one.number) && row.includes('stilling til afslaget')) ?? '';
    const seen = async () => {
      const [{ body }, row] = [await desk.web.get('officialPolice', `/sager/${one.caseId}`), await line()];
      return { offered: body.includes(act), from: body.includes(from), front: row.includes(act), frontFrom: row.includes(from), sees: row.includes('Se sagen') };
    };
    expect(await seen()).toEqual({ offered: false, from: true, front: false, frontFrom: true, sees: true });
    const { body } = await desk.web.get('officialPolice', `${act}?question=${id}`);
    expect([body.includes(from), body.includes('name="reasons"')]).toEqual([true, false]);
    expect(body).toContain('<span class="rule-id"> FM-DEC-2</span>');
    const typed = await desk.web.post('officialPolice', act, { question: id, position: 'uphold', reasons: 'Ikke motiveret' });
    expect([typed.statusCode, typed.body.includes('Ikke motiveret'), typed.body.includes(from)]).toEqual([422, true, true]);
    await desk.house.does('municipal', one.caseId, 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
    expect(await seen()).toEqual({ offered: true, from: false, front: true, frontFrom: false, sees: false });
  });

  it('stays as it was for the unit: it asks with what it hands over, and gets no task of its own (FM-DEC-2)', async () => {
    const one = await refusedCase(desk.house);
    expect((await command('municipal', one, 'decision.requestReview', { entries: [{ text: 'Han har praktik' }] })).statusCode).toBe(200);
    await desk.house.does('officialDfk', one.caseId, 'contactPoint.takeQuestion', { question: await questionOf(desk.house, one.caseId) });
    // The refusal goes along by itself, by program too (FM-DEC-2, FM-CNF-4).
    expect((await desk.web.get('officialDfk', `/sager/${one.caseId}`)).body).toMatch(/To af tre myndigheder[^]*Han har praktik/);
    expect(await desk.rows(`select 1 from app.task where case_id = $1 and command = 'decision.supplementReview'`, [one.caseId])).toEqual([]);
    expect((await desk.web.get('municipal', `/sager/${one.caseId}/visitation`)).body).not.toContain('kontaktpunktet har bedt om prøvelsen');
  });
});
