import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMinutes, type Instant, knownDate } from '../../src/domain/kernel/time.js';
import { nationalCells } from '../../src/store/figures.js';
import { inboxCase, takenCase, type TestHouse, testHouse } from '../support/house.js';
import { noLimits } from '../support/wall-house.js';

const FROM = knownDate('2026-01-01');
const AS_OF = knownDate('2026-11-02');

let house: TestHouse;
beforeAll(async () => { house = await testHouse(noLimits); });
afterAll(() => house.close());

/** Cases by standing in all units, as the contact point gets them. */
const counts = async (at: Instant = house.clock()): Promise<Readonly<Record<string, number>>> =>
  (await nationalCells(house.web, house.tokens.officialKl, { from: FROM, asOf: AS_OF, drawnAt: at })).filter(({ dimension }) => dimension === 'unit').reduce<Record<string, number>>((all, { state, n }) => ({ ...all, [state]: (all[state] ?? 0) + n }), {});
const inquiries = async (at?: Instant): Promise<number> => (await counts(at))['inquiry'] ?? 0;
const kept = async (): Promise<number> => (await house.db.superuser('select 1 from stat.drawing')).length;

describe('figures that are drawn again (FM-STA-1, FM-STA-3)', () => {
  it('are the same while nothing was recorded, from what was drawn before', async () => {
    await inboxCase(house);
    expect(await inquiries()).toBe(1);
    expect(await kept()).toBe(1);
    // What is kept is what is shown: one that is wrong comes back wrong.
    await house.db.superuser(`update stat.drawing set body = jsonb_set(body, array[(select (nth - 1)::text from jsonb_array_elements(body) with ordinality as c (cell, nth) where cell ->> 0 = 'unit' and cell ->> 2 = 'inquiry'), '3'], '41')`);
    expect(await inquiries()).toBe(41);
    await house.db.superuser('delete from stat.drawing');
    expect(await inquiries()).toBe(1);
  });

  it('count what was recorded since, and what has gone on to another standing', async () => {
    const before = await inquiries();
    await inboxCase(house);
    expect(await inquiries()).toBe(before + 1);
    const taken = await takenCase(house);
    expect(await inquiries()).toBe(before + 2);
    await house.does('police', taken, 'assessment.begin');
    expect(await counts()).toMatchObject({ inquiry: before + 1, assessment: 1 });
    expect(await kept()).toBe(1);
  });

  it('leave out what was not recorded yet at the moment they are asked for', async () => {
    const then = house.clock();
    const before = await inquiries(then);
    house.setClock(addMinutes(then, 60));
    await inboxCase(house);
    expect(await inquiries()).toBe(before + 1);
    expect(await inquiries(then)).toBe(before);
    expect(await inquiries()).toBe(before + 1);
  });

  it('wait for nobody who is still at it, and count him as soon as he is done', async () => {
    const before = await inquiries();
    const writer = new pg.Client({ connectionString: house.db.url('superuser') });
    await writer.connect();
    await writer.query('begin');
    await writer.query(`insert into stat.standing (stat_id, state, from_date, recorded_at, unit, place) values (gen_random_uuid(), 'inquiry', $1, $2, 'fyn', 'freedom')`, [AS_OF, house.clock()]);
    expect(await inquiries()).toBe(before);
    await inboxCase(house);
    expect(await inquiries()).toBe(before + 1);
    await writer.query('commit');
    await writer.end();
    expect(await inquiries()).toBe(before + 2);
  });

  it('are the contact point’s alone, also when they have been drawn', async () => {
    await counts();
    for (const who of ['police', 'auditor', 'admin'] as const) expect(await nationalCells(house.web, house.tokens[who], { from: FROM, asOf: AS_OF, drawnAt: house.clock() })).toEqual([]);
  });
});
