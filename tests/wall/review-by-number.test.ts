import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDate, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { inboxCase, takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { answeredAtDesk, concludedCase, type Numbered, numberOf, questionOf, refusedAtDesk, refusedCase, refusedInCustody } from '../support/refused-cases.js';
import { noLimits } from '../support/wall-house.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

/** A number with another check character than it must have. */
const MISTYPED_NUMBER = 'UV-7K3M-9QW';

let web: TestWeb;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  await ofADay(1_000);
});
afterAll(() => web.close());

const PAGE = '/spoergsmaal/proev-afslag';
const API = '/api/v1/commands/decision.requestReview';
const ACCOUNT = 'De hørte ikke efter, hvad jeg sagde';
const asks = (who: PersonName, number: string, account = ACCOUNT, key?: string) => web.post(who, PAGE, { number, account, ...(key === undefined ? {} : { _key: key }) });
const byProgram = (who: PersonName, number: string, headers?: Readonly<Record<string, string>>) => web.api(who, 'POST', API, { number, account: ACCOUNT }, headers);
const rows = <Row extends object>(sql: string, values: unknown[] = []) => web.house.db.superuser<Row & Record<string, unknown>>(sql, values);
const command = (who: PersonName, { caseId }: Numbered, name: string, input: object = {}) => web.api(who, 'POST', `/api/v1/cases/${caseId}/commands/${name}`, input);

/** He has no part in the case and no page of it answers him. */
async function nothingOpen(who: PersonName, { caseId }: Numbered): Promise<void> {
  for (const url of [`/sager/${caseId}`, `/sager/${caseId}/visitation`]) expect([url, (await web.get(who, url)).statusCode]).toEqual([url, 404]);
  for (const url of [`/api/v1/cases/${caseId}`, `/api/v1/cases/${caseId}/actions`]) expect([url, (await web.api(who, 'GET', url)).statusCode]).toEqual([url, 404]);
  expect(await rows('select 1 from app.scope_member where case_id = $1 and user_id = $2 union all select 1 from app.case_member where case_id = $1 and user_id = $2', [caseId, people[who].user])).toEqual([]);
}

interface LogRow { readonly action: string; readonly actor: string; readonly case_ref: string | null; readonly purpose: string | null }
/** What an act wrote in the log. */
async function logged<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly log: readonly LogRow[] }> {
  const [before] = await rows<{ n: string }>('select count(*) as n from audit.event');
  const result = await act();
  return { result, log: await rows<LogRow>('select action, actor, case_ref, purpose from audit.event order by at, id offset $1', [before?.n]) };
}
const ofADay = (n: number) => rows(`update sec.setting set value = $1 where name = 'reviews_per_day'`, [n]);
const free = async (): Promise<string> => (await rows<{ n: string }>('select sec.case_number(public.gen_random_bytes(8)) as n'))[0]?.n ?? '';
const reviewed = async (position: 'uphold' | 'overturn'): Promise<Numbered> => {
  const one = await refusedCase(web.house);
  await web.house.does('municipal', one.caseId, 'decision.requestReview', { account: 'x', entries: [] });
  await answeredAtDesk(web.house, one.caseId, 'contactPoint.decideReview', { position });
  return one;
};

describe('the contact point asks for a review by the number of the case (FM-DEC-2)', () => {
  it('and the question lies in the queue, of the case and its unit, taken by nobody yet', async () => {
    const one = await refusedCase(web.house);
    const { result, log } = await logged(() => asks('officialKl', ` ${one.number.toLowerCase().replaceAll('-', ' ')} `));
    expect([result.statusCode, result.headers['location']]).toEqual([303, '/spoergsmaal']);
    expect(await rows('select kind, status, number, unit, taken_by, needed from app.question where case_id = $1', [one.caseId])).toEqual([
      { kind: 'review', status: 'open', number: one.number, unit: 'koebenhavns-vestegn', taken_by: [], needed: 2 },
    ]);
    const actor = people.officialKl.user;
    expect(log).toEqual([
      { action: 'review.asked', actor, case_ref: one.caseId, purpose: null }, { action: 'case.command', actor, case_ref: one.caseId, purpose: 'decision.requestReview' },
    ]);
    expect((await web.get('officialDfk', '/spoergsmaal')).body).toContain(one.number);
  });

  it('and by program, where the same order under its key answers the same (Idempotency-Key)', async () => {
    const one = await refusedCase(web.house);
    const headers = { 'idempotency-key': randomUUID() };
    for (let time = 1; time <= 2; time += 1) {
      const reply = await byProgram('officialDfk', one.number, headers);
      expect([reply.statusCode, reply.json<object>()]).toEqual([200, { outcome: 'asked' }]);
    }
    expect((await byProgram('officialDfk', one.number, { 'idempotency-key': randomUUID() })).statusCode).toBe(422);
    expect((await byProgram('officialDfk', one.number)).statusCode).toBe(422);
    expect(await rows('select 1 from app.question where case_id = $1', [one.caseId])).toHaveLength(1);
    const described = await web.api(undefined, 'GET', '/api/v1/openapi.json');
    expect(Object.keys(described.json<{ paths: object }>().paths)).toContain(API);
  });

  it('and the same order under its key is told the same also when the unit has answered meanwhile, and stands in the log as asked again; under a key of something else nothing is asked, and it is said', async () => {
    const [one, other] = [await refusedCase(web.house), await refusedCase(web.house)];
    const headers = { 'idempotency-key': randomUUID() };
    expect((await byProgram('officialDfk', one.number, headers)).statusCode).toBe(200);
    await web.house.does('municipal', one.caseId, 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
    const { result, log } = await logged(() => byProgram('officialDfk', one.number, headers));
    expect([result.statusCode, log]).toEqual([200, [{ action: 'review.repeated', actor: people.officialDfk.user, case_ref: one.caseId, purpose: null }]]);
    const reused = await byProgram('officialDfk', other.number, headers);
    expect([reused.statusCode, reused.body.includes('Der er ikke noget afslag')]).toEqual([422, false]);
    expect(await rows('select 1 from app.question where case_id = $1', [other.caseId])).toEqual([]);
  });

  it('and other words under its key are refused, by program and on the page, and those that lie there stay: nothing is told of them, and not whose they are', async () => {
    const one = await refusedCase(web.house);
    const key = randomUUID();
    const says = (account: string, who: PersonName = 'officialDfk') => web.api(who, 'POST', API, { number: one.number, account }, { 'idempotency-key': key });
    expect((await says(ACCOUNT)).statusCode).toBe(200);
    const before = await fingerprint(web.house.db, LOOKING);
    const { result: reply, log } = await logged(() => says('Og så var der også noget andet'));
    expect([reply.statusCode, reply.json<{ title: string }>().title, reply.body.includes(ACCOUNT)]).toEqual([422, 'Nøglen er brugt', false]);
    expect(log).toEqual([{ action: 'review.repeated', actor: people.officialDfk.user, case_ref: one.caseId, purpose: null }]);
    const form = await asks('officialDfk', one.number, 'Og så var der også noget andet', key);
    expect([form.statusCode, form.body.includes('Og så var der også noget andet'), form.body.includes(ACCOUNT)]).toEqual([422, true, false]);
    expect(await fingerprint(web.house.db, LOOKING)).toEqual(before);
    expect((await says(ACCOUNT)).statusCode).toBe(200);
    // A colleague's key is his own: to him there is nothing to review with that number, whatever he writes.
    expect((await says('Og så var der også noget andet', 'officialKl')).body).toEqual((await byProgram('officialKl', await free(), { 'idempotency-key': key })).body);
  });

  it('and a second click on the same form does no harm and says the same', async () => {
    const one = await refusedCase(web.house);
    const key = randomUUID();
    expect([(await asks('officialKl', one.number, ACCOUNT, key)).statusCode, (await asks('officialKl', one.number, ACCOUNT, key)).statusCode]).toEqual([303, 303]);
    expect(await rows('select 1 from app.question where case_id = $1', [one.caseId])).toHaveLength(1);
  });

  it('once: two officials at the same moment, and one of them is told what all other numbers are told', async () => {
    const one = await refusedCase(web.house);
    const replies = await Promise.all((['officialKl', 'officialDfk', 'officialPolice'] as const).map((who) => asks(who, one.number)));
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([303, 422, 422]);
    expect(await rows('select 1 from app.question where case_id = $1', [one.caseId])).toHaveLength(1);
  });
});

describe('a number there is nothing to review for', () => {
  type Make = () => Promise<Numbered>;
  const of = (make: () => Promise<string>): Make => async () => numberOf(web.house, await make());
  const kinds: readonly (readonly [string, Make])[] = [
    ['of an inquiry nobody has taken', of(() => inboxCase(web.house))],
    ['of one that was closed', of(async () => { const id = await takenCase(web.house); await web.house.does('police', id, 'inquiry.close', { reason: 'withdrawn', note: 'x' }); return id; })],
    ['of an assessment', of(async () => { const id = await takenCase(web.house); await web.house.does('police', id, 'assessment.begin'); return id; })],
    ['of an assessment that was ended', of(async () => { const id = await takenCase(web.house); await web.house.does('police', id, 'assessment.begin'); await web.house.does('police', id, 'assessment.interrupt', { reason: 'withdrew', note: 'x' }); return id; })],
    ['of an accepted case', of(async () => { const id = await concludedCase(web.house, { police: 'accept', municipal: 'accept', probation: 'accept' }); await web.house.does('police', id, 'decision.accept'); return id; })],
    ['of a refusal that the unit has put under review', async () => { const one = await refusedCase(web.house); await web.house.does('municipal', one.caseId, 'decision.requestReview', { account: 'x', entries: [] }); return one; }],
    ['of one that the contact point has', async () => { const one = await refusedCase(web.house); expect((await asks('officialPolice', one.number)).statusCode).toBe(303); return one; }],
    ['of one that was upheld', () => reviewed('uphold')],
    ['of one that was overturned', () => reviewed('overturn')],
    ['of the contact point’s own refusal', () => refusedAtDesk(web.house)],
    ['of DfK’s', () => refusedInCustody(web.house)],
    ['of one that shuts the official out', async () => { const one = await refusedCase(web.house); await rows('insert into app.block (case_id, user_id) values ($1, $2)', [one.caseId, people.officialKl.user]); return one; }],
    ['of one that is to be deleted', async () => { const one = await refusedCase(web.house); await rows(`insert into sec.shred_order (case_id, approval_id, payload, mac) values ($1, gen_random_uuid(), '', '')`, [one.caseId]); return one; }],
  ];

  /** What was answered, without the number as it was typed and what is made anew for every page. */
  const told = (body: string, number: string): string => body.slice(body.indexOf('<main'), body.indexOf('</main')).replaceAll(number, 'NUMBER').replaceAll(/name="_(csrf|key)"[^>]*/g, '');

  it.each(kinds)('%s is answered as one that nobody has: status, words, log and what is stored, on the page and by program', async (_what, make) => {
    const { number } = await make();
    const nobodys = await free();
    const [theirs, his] = [await fingerprint(web.house.db, LOOKING), await logged(() => asks('officialKl', number))];
    expect(await fingerprint(web.house.db, LOOKING)).toEqual(theirs);
    const unknown = await logged(() => asks('officialKl', nobodys));
    expect([his.result.statusCode, told(his.result.body, number), his.log]).toEqual([unknown.result.statusCode, told(unknown.result.body, nobodys), unknown.log]);
    expect([his.result.statusCode, his.result.body.includes(ACCOUNT)]).toEqual([422, true]);
    expect(his.log).toEqual([{ action: 'case.denied', actor: people.officialKl.user, case_ref: null, purpose: 'review of refusal' }]);
    const [one, other] = [await byProgram('officialKl', number), await byProgram('officialKl', nobodys)];
    expect([one.statusCode, one.body, Object.keys(one.headers)]).toEqual([other.statusCode, other.body, Object.keys(other.headers)]);
  });

  it('says what is wrong with what was typed before any number is looked for, and keeps it', async () => {
    const { result: empty, log } = await logged(() => asks('officialKl', '', ' '));
    expect([empty.statusCode, log]).toEqual([422, []]);
    for (const said of ['Skriv sagens nummer.', 'Skriv, hvad kandidaten siger til afslaget.']) expect(empty.body).toContain(said);
    const one = await refusedCase(web.house);
    const mistyped = await asks('officialKl', 'UV-1');
    expect([mistyped.statusCode, mistyped.body.includes('Nummeret er ikke skrevet rigtigt'), mistyped.body.includes('value="UV-1"'), mistyped.body.includes(ACCOUNT)]).toEqual([422, true, true, true]);
    const tooLong = await asks('officialKl', one.number, 'x'.repeat(8_001));
    expect([tooLong.statusCode, tooLong.body.includes('Teksten er for lang'), tooLong.body.includes(`value="${one.number}"`)]).toEqual([422, true, true]);
    // By program each at its place, and without a rule: nothing but the typing is wrong.
    const bad: readonly (readonly [unknown, readonly string[]])[] = [
      [undefined, ['/number', '/account']], [{}, ['/number', '/account']], [{ number: one.number }, ['/account']], [{ number: 7, account: ACCOUNT }, ['/number']], [{ number: one.number, account: 7 }, ['/account']],
      [{ number: MISTYPED_NUMBER, account: ACCOUNT }, ['/number']], [{ number: 'x'.repeat(61), account: ACCOUNT }, ['/number']], [{ number: one.number, account: ACCOUNT, entries: [] }, ['']], [[], ['']],
    ];
    for (const [body, pointers] of bad) {
      const reply = await web.api('officialKl', 'POST', API, body);
      const { errors, rule } = reply.json<{ errors: readonly { pointer: string }[]; rule?: string }>();
      expect([reply.statusCode, errors.map(({ pointer }) => pointer), rule], JSON.stringify(body)).toEqual([422, pointers, undefined]);
    }
    expect((await byProgram('officialKl', await free())).json()).toMatchObject({ rule: 'FM-DEC-2', errors: [{ pointer: '/number' }] });
    expect(await rows('select 1 from app.question where case_id = $1', [one.caseId])).toEqual([]);
  });
});

describe('the numbers of a day', () => {
  const longAgo = () => rows(`update audit.event set at = at - interval '25 hours' where action in ('review.asked', 'case.denied')`);

  it('are so many, found or not; beyond them every number is answered alike, with when he may ask again, and nothing tells one from another (FM-DEC-2, FM-CNF-3)', async () => {
    await longAgo();
    await ofADay(3);
    try {
      const [hit, other, nobodys] = [await refusedCase(web.house), await refusedCase(web.house), await free()];
      const key = randomUUID();
      expect([(await asks('officialKl', await free())).statusCode, (await asks('officialKl', hit.number, ACCOUNT, key)).statusCode, (await byProgram('officialKl', await free())).statusCode]).toEqual([422, 303, 422]);
      const before = await fingerprint(web.house.db, LOOKING);
      const page = (body: string, number: string): string => body.slice(body.indexOf('<main'), body.indexOf('</main')).replaceAll(number, 'NUMBER').replaceAll(/name="_(csrf|key)"[^>]*/g, '');
      const [known, unknown] = [await logged(() => asks('officialKl', other.number)), await logged(() => asks('officialKl', nobodys))];
      expect([known.result.statusCode, page(known.result.body, other.number), known.log]).toEqual([429, page(unknown.result.body, nobodys), unknown.log]);
      expect(known.log).toEqual([{ action: 'page.denied', actor: people.officialKl.user, case_ref: null, purpose: 'review of refusal' }]);
      for (const words of ['Der er ikke bedt om prøvelse', 'så mange gange, som du kan på et døgn', ACCOUNT, `value="${other.number}"`]) expect(known.result.body).toContain(words);
      const [one, none] = [await byProgram('officialKl', other.number), await byProgram('officialKl', nobodys)];
      expect([one.statusCode, one.body, Object.keys(one.headers)]).toEqual([429, none.body, Object.keys(none.headers)]);
      expect(await fingerprint(web.house.db, LOOKING)).toEqual(before);
      // What he asked for is told him again under its key; his colleague has his own.
      expect((await asks('officialKl', hit.number, ACCOUNT, key)).statusCode).toBe(303);
      expect((await asks('officialDfk', other.number)).statusCode).toBe(303);
    } finally {
      await ofADay(1_000);
    }
  });

  it('come back one by one, a day after each; being refused puts nothing off', async () => {
    await longAgo();
    await ofADay(1);
    try {
      const asked = async () => (await asks('officialKl', await free())).statusCode;
      expect([await asked(), await asked(), await asked()]).toEqual([422, 429, 429]);
      await rows(`update audit.event set at = at - interval '25 hours' where actor = $1 and action = 'case.denied'`, [people.officialKl.user]);
      expect([await asked(), await asked()]).toEqual([422, 429]);
    } finally {
      await ofADay(1_000);
    }
  });

  it('are counted one after the other also when they come at once', async () => {
    await longAgo();
    await ofADay(2);
    try {
      const numbers = [await free(), await free(), await free(), await free()];
      expect((await Promise.all(numbers.map((number) => asks('officialKl', number)))).map((reply) => reply.statusCode).sort()).toEqual([422, 422, 429, 429]);
    } finally {
      await ofADay(1_000);
    }
  });
});

describe('who may not ask, and what does not open by it', () => {
  it('is everybody’s 404 but the contact point’s, on the page and by program, also of a unit member’s own case', async () => {
    const { number } = await refusedCase(web.house);
    for (const who of ['police', 'municipal', 'probation', 'custody', 'jobcentre', 'screener', 'auditor', 'admin'] as const) {
      expect([(await web.get(who, PAGE)).statusCode, (await asks(who, number)).statusCode, (await byProgram(who, number)).statusCode], who).toEqual([404, 404, 404]);
    }
    expect((await asks('officialKl', number)).statusCode).toBe(303);
  });

  it('demands a step-up, and keeps what was typed (control 18)', async () => {
    const { caseId, number } = await refusedCase(web.house);
    const proved = (minutes: number) => rows('update sec.session set auth_time = now() - make_interval(mins => $1) where user_id = $2', [minutes, people.officialKl.user]);
    await proved(6);
    try {
      expect([(await web.get('officialKl', PAGE)).statusCode, (await byProgram('officialKl', number)).statusCode]).toEqual([401, 401]);
      const reply = await asks('officialKl', number);
      expect([reply.statusCode, reply.body.includes(`name="account" value="${ACCOUNT}"`)]).toEqual([401, true]);
      expect(await rows('select 1 from app.question where case_id = $1', [caseId])).toEqual([]);
    } finally {
      await proved(0);
    }
  });

  it('admits to nothing by the id of the case alone, whoever knows it: the number must have been said a moment ago', async () => {
    const one = await refusedCase(web.house);
    const asked = { account: ACCOUNT };
    expect((await command('officialKl', one, 'decision.requestReview', asked)).statusCode).toBe(404);
    const client = await web.house.web.connect();
    const say = async (number: string): Promise<unknown> => {
      await client.query('begin');
      await client.query(`select set_config('app.session', $1, true)`, [web.house.tokens.officialKl]);
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
    await rows(`update audit.event set at = at - interval '61 seconds' where action = 'review.asked' and case_ref = $1`, [one.caseId]);
    expect((await command('officialKl', one, 'decision.requestReview', asked)).statusCode).toBe(404);
  });

  it('opens nothing of the case, before and after, until somebody takes the question: then his words and what the unit sends, and no more (FM-CNF-2, FM-CNF-4)', async () => {
    const one = await refusedCase(web.house);
    await nothingOpen('officialKl', one);
    const { result } = await logged(() => asks('officialKl', one.number));
    expect(result.statusCode).toBe(303);
    for (const who of ['officialKl', 'officialDfk'] as const) await nothingOpen(who, one);
    for (const who of ['officialKl', 'officialDfk'] as const) {
      const queue = (await web.get(who, '/spoergsmaal')).body;
      for (const word of [ACCOUNT, 'Emil', 'Sandbjerg', 'motivation']) expect(queue).not.toContain(word);
    }
    // The unit reads who asked and why, and sends what is needed.
    const unit = (await web.get('police', `/sager/${one.caseId}/visitation`)).body;
    for (const words of ['kontaktpunktet har bedt om prøvelsen', ACCOUNT, 'Send det, kontaktpunktet skal have.', 'Enheden har ikke sendt noget med']) expect(unit).toContain(words);
    expect((await web.get('police', '/')).body).toContain('Kontaktpunktet har bedt om at prøve afslaget. Send det, kontaktpunktet skal have.');

    await web.house.does('officialDfk', one.caseId, 'contactPoint.takeQuestion', { question: await questionOf(web.house, one.caseId) });
    const before = (await web.get('officialDfk', `/sager/${one.caseId}`)).body;
    expect([before.includes(ACCOUNT), before.includes('Enheden har ikke sendt noget med'), before.includes('To af tre myndigheder')]).toEqual([true, true, false]);
    expect(before).toContain('Det er ikke opfyldt: Motivation');
    const form = await web.get('municipal', `/sager/${one.caseId}/goer/decision.supplementReview`);
    expect(form.body).toContain('Afslaget går altid med.');
    const sends = async (own: string) => (await web.post('municipal', `/sager/${one.caseId}/goer/decision.supplementReview`, { _eget: own, _trin: 'send' })).statusCode;
    expect(await sends('Begrundelsen, som vi gav den')).toBe(303);
    expect((await web.get('municipal', `/sager/${one.caseId}/goer/decision.supplementReview`)).body).toContain('Afslaget er sendt.');
    // Once is enough.
    expect(await sends('Mere')).toBe(303);
    expect((await web.get('officialDfk', `/sager/${one.caseId}`)).body.split('To af tre myndigheder')).toHaveLength(2);
    const after = (await web.get('officialDfk', `/sager/${one.caseId}`)).body;
    expect([after.includes('Begrundelsen, som vi gav den'), after.includes('Enheden har ikke sendt noget med'), after.includes('Vil ud af det hele')]).toEqual([true, false, false]);
    await nothingOpen('officialKl', one);
  });

  it('and by program who has taken it reads what stands on his screen: the day of the refusal, what was not met, and until when the unit has; nobody else does (FM-DEC-1, FM-DEC-2, FM-LAW-1)', async () => {
    const one = await refusedCase(web.house);
    expect((await asks('officialKl', one.number)).statusCode).toBe(303);
    const id = await questionOf(web.house, one.caseId);
    await web.house.does('officialDfk', one.caseId, 'contactPoint.takeQuestion', { question: id });
    const reads = async () => (await web.api('officialDfk', 'GET', `/api/v1/cases/${one.caseId}`)).json<{ questions: readonly { refusal: { on: PlainDate }; awaitedUntil: PlainDate | null }[] }>().questions;
    const [question] = await reads();
    expect(question).toEqual({ id, refusal: { on: expect.any(String) as unknown, criteria: ['motivation'] }, awaitedUntil: expect.any(String) as unknown });
    const screen = (await web.get('officialDfk', `/sager/${one.caseId}`)).body;
    expect(screen).toContain(`Enheden gav afslag ${formatDate(question?.refusal.on ?? knownDate('2011-01-01'))}. Det er ikke opfyldt: Motivation`);
    const early = await command('officialDfk', one, 'contactPoint.decideReview', { question: id, position: 'uphold', reasons: 'Ikke motiveret', complaintRoute: 'Ingen' });
    expect(early.json<{ detail: string }>().detail).toContain(`Enheden har til og med ${formatDate(question?.awaitedUntil ?? knownDate('2011-01-01'))}`);
    // Who has not taken it reads nothing of it: not his colleague, and in the list stands structure alone. The unit has no question to take.
    await nothingOpen('officialKl', one);
    for (const url of ['/api/v1/questions', `/api/v1/questions/${id}`]) for (const who of ['officialKl', 'officialDfk'] as const) expect((await web.api(who, 'GET', url)).body).not.toMatch(/refusal|motivation|awaited/);
    expect((await web.api('municipal', 'GET', `/api/v1/cases/${one.caseId}`)).json()).toMatchObject({ questions: [] });
    await web.house.does('municipal', one.caseId, 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
    expect(await reads()).toMatchObject([{ id, refusal: { criteria: ['motivation'] }, awaitedUntil: null }]);
    await web.house.does('officialDfk', one.caseId, 'contactPoint.returnQuestion', { question: id, to: 'queue' });
    expect((await web.api('officialDfk', 'GET', `/api/v1/cases/${one.caseId}`)).statusCode).toBe(404);
  });

  it('stays as it was for the unit: it asks with what it hands over, and gets no task of its own (FM-DEC-2)', async () => {
    const one = await refusedCase(web.house);
    expect((await command('municipal', one, 'decision.requestReview', { entries: [{ text: 'Han har praktik' }] })).statusCode).toBe(200);
    await web.house.does('officialDfk', one.caseId, 'contactPoint.takeQuestion', { question: await questionOf(web.house, one.caseId) });
    // The refusal goes along by itself, by program too (FM-DEC-2, FM-CNF-4).
    expect((await web.get('officialDfk', `/sager/${one.caseId}`)).body).toMatch(/To af tre myndigheder[^]*Han har praktik/);
    expect(await rows(`select 1 from app.task where case_id = $1 and command = 'decision.supplementReview'`, [one.caseId])).toEqual([]);
    expect((await web.get('municipal', `/sager/${one.caseId}/visitation`)).body).not.toContain('kontaktpunktet har bedt om prøvelsen');
  });
});
