import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxCase, takenCase } from '../support/house.js';
import { people } from '../support/people.js';
import { answeredAtDesk, concludedCase, type Numbered, numberOf, refusedAtDesk, refusedCase, refusedInCustody } from '../support/refused-cases.js';
import { ACCOUNT, API, reviewDesk, type ReviewDesk } from '../support/review-desk.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';

/** A number with another check character than it must have. */
const MISTYPED_NUMBER = 'UV-7K3M-9QW';

let desk: ReviewDesk;
beforeAll(async () => { desk = await reviewDesk(); });
afterAll(() => desk.close());

const reviewed = async (position: 'uphold' | 'overturn'): Promise<Numbered> => {
  const one = await refusedCase(desk.house);
  await desk.house.does('municipal', one.caseId, 'decision.requestReview', { account: 'x', entries: [] });
  await answeredAtDesk(desk.house, one.caseId, 'contactPoint.decideReview', { position });
  return one;
};

/** What was answered, without the number as it was typed and what is made anew for every page. */
const told = (body: string, number: string): string => body.slice(body.indexOf('<main'), body.indexOf('</main')).replaceAll(number, 'NUMBER').replaceAll(/name="_(csrf|key)"[^>]*/g, '');

describe('a number there is nothing to review for', () => {
  type Make = () => Promise<Numbered>;
  const of = (make: () => Promise<string>): Make => async () => numberOf(desk.house, await make());
  const kinds: readonly (readonly [string, Make])[] = [
    ['of an inquiry nobody has taken', of(() => inboxCase(desk.house))],
    ['of one that was closed', of(async () => { const id = await takenCase(desk.house); await desk.house.does('police', id, 'inquiry.close', { reason: 'withdrawn', note: 'x' }); return id; })],
    ['of an assessment', of(async () => { const id = await takenCase(desk.house); await desk.house.does('police', id, 'assessment.begin'); return id; })],
    ['of an assessment that was ended', of(async () => { const id = await takenCase(desk.house); await desk.house.does('police', id, 'assessment.begin'); await desk.house.does('police', id, 'assessment.interrupt', { reason: 'withdrew', note: 'x' }); return id; })],
    ['of an accepted case', of(async () => { const id = await concludedCase(desk.house, { police: 'accept', municipal: 'accept', probation: 'accept' }); await desk.house.does('police', id, 'decision.accept'); return id; })],
    ['of a refusal that the unit has put under review', async () => { const one = await refusedCase(desk.house); await desk.house.does('municipal', one.caseId, 'decision.requestReview', { account: 'x', entries: [] }); return one; }],
    ['of one that the contact point has', async () => { const one = await refusedCase(desk.house); expect((await desk.asks('officialPolice', one.number)).statusCode).toBe(303); return one; }],
    ['of one that was upheld', () => reviewed('uphold')],
    ['of one that was overturned', () => reviewed('overturn')],
    ['of the contact point’s own refusal', () => refusedAtDesk(desk.house)],
    ['of DfK’s', () => refusedInCustody(desk.house)],
    ['of one that shuts the official out', async () => { const one = await refusedCase(desk.house); await desk.rows('insert into app.block (case_id, user_id) values ($1, $2)', [one.caseId, people.officialKl.user]); return one; }],
    ['of one that is to be deleted', async () => { const one = await refusedCase(desk.house); await desk.rows(`insert into sec.shred_order (case_id, approval_id, payload, mac) values ($1, gen_random_uuid(), '', '')`, [one.caseId]); return one; }],
  ];

  it.each(kinds)('%s is answered as one that nobody has: status, words, log and what is stored, on the page and by program', async (_what, make) => {
    const { number } = await make();
    const nobodys = await desk.free();
    const [theirs, his] = [await fingerprint(desk.house.db, LOOKING), await desk.logged(() => desk.asks('officialKl', number))];
    expect(await fingerprint(desk.house.db, LOOKING)).toEqual(theirs);
    const unknown = await desk.logged(() => desk.asks('officialKl', nobodys));
    expect([his.result.statusCode, told(his.result.body, number), his.log]).toEqual([unknown.result.statusCode, told(unknown.result.body, nobodys), unknown.log]);
    expect([his.result.statusCode, his.result.body.includes(ACCOUNT)]).toEqual([422, true]);
    expect(his.log).toEqual([{ action: 'case.denied', actor: people.officialKl.user, case_ref: null, purpose: 'review of refusal' }]);
    const [one, other] = [await desk.byProgram('officialKl', number), await desk.byProgram('officialKl', nobodys)];
    expect([one.statusCode, one.body, Object.keys(one.headers)]).toEqual([other.statusCode, other.body, Object.keys(other.headers)]);
  });

  it('says what is wrong with what was typed before any number is looked for, and keeps it', async () => {
    const { result: empty, log } = await desk.logged(() => desk.asks('officialKl', '', ' '));
    expect([empty.statusCode, log]).toEqual([422, []]);
    for (const said of ['Skriv sagens nummer.', 'Skriv, hvad kandidaten siger til afslaget.']) expect(empty.body).toContain(said);
    const one = await refusedCase(desk.house);
    const mistyped = await desk.asks('officialKl', 'UV-1');
    expect([mistyped.statusCode, mistyped.body.includes('Nummeret er ikke skrevet rigtigt'), mistyped.body.includes('value="UV-1"'), mistyped.body.includes(ACCOUNT)]).toEqual([422, true, true, true]);
    const tooLong = await desk.asks('officialKl', one.number, 'x'.repeat(8_001));
    expect([tooLong.statusCode, tooLong.body.includes('Teksten er for lang'), tooLong.body.includes(`value="${one.number}"`)]).toEqual([422, true, true]);
    // By program each at its place, and without a rule: nothing but the typing is wrong.
    const bad: readonly (readonly [unknown, readonly string[]])[] = [
      [undefined, ['/number', '/account']], [{}, ['/number', '/account']], [{ number: one.number }, ['/account']], [{ number: 7, account: ACCOUNT }, ['/number']], [{ number: one.number, account: 7 }, ['/account']],
      [{ number: MISTYPED_NUMBER, account: ACCOUNT }, ['/number']], [{ number: 'x'.repeat(61), account: ACCOUNT }, ['/number']], [{ number: one.number, account: ACCOUNT, entries: [] }, ['']], [[], ['']],
    ];
    for (const [body, pointers] of bad) {
      const reply = await desk.web.api('officialKl', 'POST', API, body);
      const { errors, rule } = reply.json<{ errors: readonly { pointer: string }[]; rule?: string }>();
      expect([reply.statusCode, errors.map(({ pointer }) => pointer), rule], JSON.stringify(body)).toEqual([422, pointers, undefined]);
    }
    expect((await desk.byProgram('officialKl', await desk.free())).json()).toMatchObject({ rule: 'FM-DEC-2', errors: [{ pointer: '/number' }] });
    expect(await desk.rows('select 1 from app.question where case_id = $1', [one.caseId])).toEqual([]);
  });
});

describe('a key that something else was done under', () => {
  it('is said to be used, in the same words and the same row of the log whatever the number, and nothing is asked (FM-CNF-3, FM-DEC-2)', async () => {
    const [first, refused, shutOut] = [await refusedCase(desk.house), await refusedCase(desk.house), await refusedCase(desk.house)];
    await desk.rows('insert into app.block (case_id, user_id) values ($1, $2)', [shutOut.caseId, people.officialKl.user]);
    const key = randomUUID();
    expect((await desk.byProgram('officialKl', first.number, { 'idempotency-key': key })).statusCode).toBe(200);
    // Of a command of another kind, in a case that he has the question of.
    const other = randomUUID();
    const [question] = await desk.rows<{ id: string }>('select id from app.question where case_id = $1', [first.caseId]);
    expect((await desk.house.order('officialKl', 'contactPoint.takeQuestion', { question: question?.id }, { caseId: first.caseId, key: other })).kind).toBe('done');
    const before = await fingerprint(desk.house.db, LOOKING);
    const numbers = [refused.number, shutOut.number, await desk.free()];
    const told = [];
    for (const [under, asked] of [[key, numbers], [other, [first.number, ...numbers]]] as const) {
      for (const number of asked) {
        const { result: { statusCode, body, headers }, log } = await desk.logged(() => desk.byProgram('officialKl', number, { 'idempotency-key': under }));
        told.push({ statusCode, body, headers: Object.keys(headers), log });
      }
    }
    expect(told[0]).toMatchObject({ statusCode: 422, body: expect.stringContaining('Nøglen er brugt') as unknown, log: [{ action: 'page.denied', actor: people.officialKl.user, case_ref: null, purpose: 'review of refusal' }] });
    for (const one of told) expect(one).toEqual(told[0]);
    expect(await fingerprint(desk.house.db, LOOKING)).toEqual(before);
    expect((await desk.byProgram('officialKl', refused.number)).statusCode).toBe(200);
  });
});

describe('the numbers of a day', () => {
  const longAgo = () => desk.rows(`update audit.event set at = at - interval '25 hours' where action in ('review.asked', 'case.denied')`);

  it('are so many, found or not; beyond them every number is answered alike, with when he may ask again, and nothing tells one from another (FM-DEC-2, FM-CNF-3)', async () => {
    await longAgo();
    await desk.ofADay(3);
    try {
      const [hit, other, nobodys] = [await refusedCase(desk.house), await refusedCase(desk.house), await desk.free()];
      const key = randomUUID();
      expect([(await desk.asks('officialKl', await desk.free())).statusCode, (await desk.asks('officialKl', hit.number, ACCOUNT, key)).statusCode, (await desk.byProgram('officialKl', await desk.free())).statusCode]).toEqual([422, 303, 422]);
      const before = await fingerprint(desk.house.db, LOOKING);
      const [known, unknown] = [await desk.logged(() => desk.asks('officialKl', other.number)), await desk.logged(() => desk.asks('officialKl', nobodys))];
      expect([known.result.statusCode, told(known.result.body, other.number), known.log]).toEqual([429, told(unknown.result.body, nobodys), unknown.log]);
      expect(known.log).toEqual([{ action: 'page.denied', actor: people.officialKl.user, case_ref: null, purpose: 'review of refusal' }]);
      for (const words of ['Der er ikke bedt om prøvelse', 'så mange gange, som du kan på et døgn', ACCOUNT, `value="${other.number}"`]) expect(known.result.body).toContain(words);
      const [one, none] = [await desk.byProgram('officialKl', other.number), await desk.byProgram('officialKl', nobodys)];
      expect([one.statusCode, one.body, Object.keys(one.headers)]).toEqual([429, none.body, Object.keys(none.headers)]);
      expect(await fingerprint(desk.house.db, LOOKING)).toEqual(before);
      // What he asked for is told him again under its key; his colleague has his own.
      expect((await desk.asks('officialKl', hit.number, ACCOUNT, key)).statusCode).toBe(303);
      expect((await desk.asks('officialDfk', other.number)).statusCode).toBe(303);
    } finally {
      await desk.ofADay(1_000);
    }
  });

  it('come back one by one, a day after each; being refused puts nothing off', async () => {
    await longAgo();
    await desk.ofADay(1);
    try {
      const asked = async () => (await desk.asks('officialKl', await desk.free())).statusCode;
      expect([await asked(), await asked(), await asked()]).toEqual([422, 429, 429]);
      await desk.rows(`update audit.event set at = at - interval '25 hours' where actor = $1 and action = 'case.denied'`, [people.officialKl.user]);
      expect([await asked(), await asked()]).toEqual([422, 429]);
    } finally {
      await desk.ofADay(1_000);
    }
  });

  it('are counted one after the other also when they come at once', async () => {
    await longAgo();
    await desk.ofADay(2);
    try {
      const numbers = [await desk.free(), await desk.free(), await desk.free(), await desk.free()];
      expect((await Promise.all(numbers.map((number) => desk.asks('officialKl', number)))).map((reply) => reply.statusCode).sort()).toEqual([422, 422, 429, 429]);
    } finally {
      await desk.ofADay(1_000);
    }
  });
});
