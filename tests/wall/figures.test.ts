import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMinutes, type Instant, knownDate } from '../../src/domain/kernel/time.js';
import { nationalCells, nationalCorrections, nationalTimes } from '../../src/store/figures.js';
import { inboxCase, seats, takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';

const FROM = knownDate('2026-01-01');
const AS_OF = knownDate('2026-11-02');

let house: TestHouse;
beforeAll(async () => { house = await testHouse(noLimits); });
afterAll(() => house.close());

/** Cases by standing in all units, as the contact point gets them. */
const counts = async (at: Instant = house.clock()): Promise<Readonly<Record<string, number>>> =>
  (await nationalCells(house.web, house.tokens.officialKl, { from: FROM, asOf: AS_OF, drawnAt: at })).filter(({ dimension }) => dimension === 'unit').reduce<Record<string, number>>((all, { state, n }) => ({ ...all, [state]: (all[state] ?? 0) + n }), {});
const assessments = async (at?: Instant): Promise<number> => (await counts(at))['assessment'] ?? 0;
/** A case whose assessment has begun: before that it is none of the contact point's. */
async function begun(): Promise<string> {
  const id = await takenCase(house);
  await house.does('police', id, 'assessment.begin');
  return id;
}
const kept = async (): Promise<number> => (await house.db.superuser('select 1 from stat.drawing')).length;

describe('figures that are drawn again (FM-STA-1, FM-STA-3)', () => {
  it('are the same while nothing was recorded, from what was drawn before', async () => {
    await begun();
    expect(await assessments()).toBe(1);
    expect(await kept()).toBe(1);
    // What is kept is what is shown: one that is wrong comes back wrong.
    await house.db.superuser(`update stat.drawing set body = jsonb_set(body, array[(select (nth - 1)::text from jsonb_array_elements(body) with ordinality as c (cell, nth) where cell ->> 0 = 'unit' and cell ->> 2 = 'assessment'), '3'], '41')`);
    expect(await assessments()).toBe(41);
    await house.db.superuser('delete from stat.drawing');
    expect(await assessments()).toBe(1);
  });

  it('count what was recorded since, and what has gone on to another standing', async () => {
    const before = await assessments();
    await begun();
    expect(await assessments()).toBe(before + 1);
    const goesOn = await begun();
    expect(await assessments()).toBe(before + 2);
    await house.does('police', goesOn, 'assessment.interrupt', { reason: 'withdrew', note: 'Vil ikke mere' });
    expect(await counts()).toMatchObject({ assessment: before + 1, 'assessment-interrupted': 1 });
    expect(await kept()).toBe(1);
  });

  it('leave out what was not recorded yet at the moment they are asked for', async () => {
    const then = house.clock();
    const before = await assessments(then);
    house.setClock(addMinutes(then, 60));
    await begun();
    expect(await assessments()).toBe(before + 1);
    expect(await assessments(then)).toBe(before);
    expect(await assessments()).toBe(before + 1);
  });

  it('wait for nobody who is still at it, and count him as soon as he is done', async () => {
    const before = await assessments();
    const writer = new pg.Client({ connectionString: house.db.url('superuser') });
    await writer.connect();
    await writer.query('begin');
    await writer.query(`insert into stat.standing (stat_id, state, from_date, recorded_at, unit, place) values (gen_random_uuid(), 'assessment', $1, $2, 'fyn', 'freedom')`, [AS_OF, house.clock()]);
    expect(await assessments()).toBe(before);
    await begun();
    expect(await assessments()).toBe(before + 1);
    await writer.query('commit');
    await writer.end();
    expect(await assessments()).toBe(before + 2);
  });

  it('are the contact point’s alone, also when they have been drawn', async () => {
    await counts();
    for (const who of ['police', 'auditor', 'admin'] as const) expect(await nationalCells(house.web, house.tokens[who], { from: FROM, asOf: AS_OF, drawnAt: house.clock() })).toEqual([]);
  });
});

describe('an inquiry that no assessment has come of (access.md, FM-INT-2)', () => {
  it('is in no figure and no list of corrections, so that nothing of it is read there before its line in the overview', async () => {
    const drawing = { from: FROM, asOf: AS_OF, drawnAt: house.clock() };
    const all = async () => JSON.stringify([await nationalCells(house.web, house.tokens.officialKl, drawing), await nationalCorrections(house.web, house.tokens.officialKl, { ...drawing, drawnAt: addMinutes(house.clock(), -60 * 24 * 30) }, house.clock())]);
    const before = await all();
    const id = await inboxCase(house);
    expect(await all()).toBe(before);
    await house.does('police', id, 'inquiry.take', seats);
    await house.does('police', id, 'inquiry.close', { reason: 'withdrawn', note: 'Ringet tre gange' });
    expect(await all()).toBe(before);
  });
});

describe('figures for an official whom a case shuts out (FM-DEC-4, control 20)', () => {
  it('leave that case out of every part, in every dimension and in what came late, for him alone', async () => {
    const drawing = { from: FROM, asOf: AS_OF, drawnAt: house.clock() };
    const early = { ...drawing, drawnAt: addMinutes(house.clock(), -60 * 24 * 30) };
    const seenBy = async (who: 'officialKl' | 'officialPolice') => [
      await nationalCells(house.web, house.tokens[who], drawing), await nationalTimes(house.web, house.tokens[who], drawing),
      await nationalCorrections(house.web, house.tokens[who], early, house.clock()),
    ];
    const before = await seenBy('officialKl');
    const id = await begun();
    const withIt = await seenBy('officialPolice');
    expect(withIt).not.toEqual(before);
    expect(await seenBy('officialKl')).toEqual(withIt);
    await house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.officialKl.user]);
    expect(await seenBy('officialKl')).toEqual(before);
    // What was drawn for him is not what a colleague gets, nor the other way round.
    expect(await seenBy('officialPolice')).toEqual(withIt);
    expect(await seenBy('officialKl')).toEqual(before);
  });
});

describe('figures drawn at a moment between two records (FM-STA-3)', () => {
  it('are those of the moment, whichever was drawn first: a re-registration that was taken back later counts then and not now', async () => {
    await house.db.superuser(`insert into stat.standing (stat_id, state, from_date, recorded_at, unit, place) values ('00000000-0000-4000-8000-000000000001', 'completed', '2026-03-01', '2026-03-01T08:00:00Z', 'fyn', 'freedom')`);
    await house.db.superuser(`insert into stat.re_registration values ('00000000-0000-4000-8000-000000000001', '2026-05-01', '2026-07-01T08:00:00Z', '2026-08-01T08:00:00Z')`);
    const again = async (drawnAt: string) =>
      (await nationalCells(house.web, house.tokens.officialKl, { from: FROM, asOf: AS_OF, drawnAt: drawnAt as Instant })).filter(({ dimension, state }) => dimension === 'unit' && state === 'completed-re-registered').length;
    const [then, now] = ['2026-07-15T08:00:00.000Z', addMinutes(house.clock(), 600)];
    expect([await again(then), await again(now), await again(then)]).toEqual([1, 0, 1]);
    await house.db.superuser('delete from stat.drawing');
    expect([await again(now), await again(then), await again(now)]).toEqual([0, 1, 0]);
  });
});
