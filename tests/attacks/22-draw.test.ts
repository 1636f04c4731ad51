import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reviewRegularly } from '../../src/jobs/review-log.js';
import { reviewTurn } from '../../src/store/audit/review.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { type TestHouse, testHouse } from '../support/house.js';
import { people } from '../support/people.js';

let house: TestHouse;
let worker: Pool;
beforeAll(async () => {
  house = await testHouse();
  worker = createPool(house.db.url('udvej_worker'), { max: 6, name: 'test worker' });
});
afterAll(async () => {
  await worker.end();
  await house.close();
});
/** The week before this one, in Copenhagen. */
const LAST = `(audit.week_of(now()) - 7)`;
beforeEach(async () => {
  for (const table of ['review', 'draw', 'event']) await house.db.superuser(`delete from audit.${table}`);
  await openings(LAST, 400);
});

const openings = (week: string, n: number) => house.db.superuser(
  `insert into audit.event (at, actor, action, case_ref, purpose) select audit.start_of(${week}) + make_interval(hours => 30 + g % 100), $1, 'case.opened', gen_random_uuid(), 'overview' from generate_series(1, ${n}) g`,
  [people.municipal.user]);
const drawn = async () => (await house.db.superuser<{ id: string }>(`select events[1] as id from audit.review where kind = 'sample' order by 1`)).map(({ id }) => id);
const alarms = () => house.db.superuser(`select purpose from audit.event where action = 'alarm.review-overdue'`);

describe('Control 22: the weekly draw', () => {
  it('lays one opening in twenty of the week that is over before the auditor, due in fourteen days', async () => {
    await house.db.superuser(`insert into audit.event (at, actor, action, case_ref) select audit.start_of(${LAST}) + interval '50 hours', $1, 'case.denied', gen_random_uuid() from generate_series(1, 100)`, [people.odense.user]);
    await openings(`(${LAST} - 7)`, 60);
    await openings('audit.week_of(now())', 0);
    expect((await reviewTurn(worker)).drawn).toBe(20);
    const [row] = await house.db.superuser(`select count(*)::int as n, bool_and(e.action = 'case.opened' and audit.week_of(e.at) = ${LAST}) as right, bool_and(r.due - r.found_at between interval '14 days' and interval '14 days 1 second') as due
      from audit.review r join audit.event e on e.id = r.events[1] where r.kind = 'sample'`);
    expect(row).toEqual({ n: 20, right: true, due: true });
    expect(await house.db.superuser('select openings, drawn from audit.draw')).toEqual([{ openings: 400, drawn: 20 }]);
  });

  it('is made once, whoever of many workers comes first, and not again after a restart', async () => {
    const turns = await Promise.all(Array.from({ length: 6 }, () => reviewTurn(worker)));
    expect(turns.map((one) => one.drawn).sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 20]);
    const once = await drawn();
    const failed: unknown[] = [];
    for (let n = 0; n < 3; n += 1) await reviewRegularly(worker, () => undefined, (error) => failed.push(error), 1).stop();
    expect([await drawn(), failed]).toEqual([once, []]);
  });

  it('is made by the database itself once, when two come at the very same moment and no lock keeps them apart', async () => {
    const week = (await house.db.superuser<{ week: string }>(`select ${LAST}::text as week`))[0]?.week;
    const other = createPool(house.db.url('superuser'), { max: 4, name: 'test owner' });
    try {
      const all = await Promise.all([1, 2, 3, 4].map(async () => (await other.query<{ n: number }>('select audit.draw_week($1) as n', [week])).rows[0]?.n ?? 0));
      expect(all.sort((a, b) => a - b)).toEqual([0, 0, 0, 20]);
    } finally {
      await other.end();
    }
  });

  it('cannot be foreseen: of the same openings another draw takes others, and each has its chance', async () => {
    const times = new Map<string, number>();
    const draws = new Set<string>();
    for (let n = 0; n < 60; n += 1) {
      await house.db.superuser('delete from audit.draw');
      await house.db.superuser('delete from audit.review');
      await house.db.superuser(`select audit.draw_week(${LAST})`);
      const ids = await drawn();
      draws.add(ids.join());
      for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
    }
    expect(draws.size).toBe(60);
    // Sixty draws of twenty in four hundred leave about one in twenty out.
    expect(times.size).toBeGreaterThan(340);
    expect(Math.max(...times.values())).toBeLessThan(15);
  });

  it('makes up for weeks in which no worker ran, and takes at least one of a week with few', async () => {
    await reviewTurn(worker);
    await house.db.superuser(`update audit.draw set week = week - 21`);
    await house.db.superuser('delete from audit.review');
    await openings(`(${LAST} - 7)`, 3);
    await reviewTurn(worker);
    expect(await house.db.superuser('select openings, drawn from audit.draw order by week offset 1')).toEqual([{ openings: 0, drawn: 0 }, { openings: 3, drawn: 1 }, { openings: 400, drawn: 20 }]);
  });

  it('alarms once of what was not judged within the fourteen days, and not of what was', async () => {
    await reviewTurn(worker);
    await house.db.superuser(`update audit.review set due = now() - interval '1 minute'`);
    await house.db.superuser(`update audit.review set closed_at = now() where id in (select id from audit.review order by id limit 5)`);
    const said: string[] = [];
    for (let n = 0; n < 3; n += 1) await reviewRegularly(worker, (words) => said.push(words), () => undefined, 1).stop();
    expect(said).toEqual(['ALARM: 15 fund i adgangsloggen skulle være vurderet nu.']);
    expect(await alarms()).toEqual([{ purpose: '15' }]);
    await house.db.superuser(`update audit.review set due = now() + interval '1 day', alarmed_at = null`);
    await reviewTurn(worker);
    expect(await alarms()).toHaveLength(1);
  });
});
