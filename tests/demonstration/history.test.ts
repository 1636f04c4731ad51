import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nationalFigures } from '../../src/app/statistics.js';
import { fillHistory, historyRunning, type Progress } from '../../src/cli/demonstration/fill-history.js';
import { AS_OF } from '../../src/cli/demonstration/history/cohorts.js';
import { HISTORY_ISSUER } from '../../src/cli/demonstration/history/history-staff.js';
import { type HistoryCase, historyPlan } from '../../src/cli/demonstration/history/plan.js';
import { AGE_BANDS } from '../../src/domain/kernel/cpr.js';
import { addDays, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { nationalTimes } from '../../src/store/figures.js';
import { listInbox, listTasks } from '../../src/store/lists.js';
import { createPool } from '../../src/store/postgres/pools.js';
import { rebuildable, rebuildCase } from '../../src/store/rebuild.js';
import { carryOutShreddings, orderShreddings } from '../../src/store/retention.js';
import { type DemonstrationHouse, demonstrationHouse } from './demonstration-house.js';
import { again, count, TODAY, told } from './told-history.js';

const FROM = knownDate('2015-04-01');

/** Every tenth case, in the order they were registered in. */
const tenth = (plan: readonly HistoryCase[]): ReadonlySet<number> =>
  new Set(plan.filter((_, place) => place % 10 === 3).map(({ n }) => n));

describe('a tenth of the history, told through the store', () => {
  const some = tenth(historyPlan(TODAY));
  const expected = told(TODAY, ({ n }) => some.has(n));
  const progress: Progress[] = [];
  let house: DemonstrationHouse;
  beforeAll(async () => {
    house = await demonstrationHouse(TODAY);
    const controller = new AbortController();
    // Stopped once on the way, in the middle of cases, as a Ctrl-C does; then gone on with.
    await fillHistory(
      house.until(controller.signal),
      ({ done }) => {
        if (done === 20) controller.abort();
      },
      ({ n }) => some.has(n),
    );
    expect(historyRunning()).toMatchObject({ total: some.size + 1 });
    house.setClock(instantOf(addDays(TODAY, 1), 8, 0));
    await fillHistory(
      house,
      (now) => progress.push(now),
      ({ n }) => some.has(n),
    );
  }, 240_000);
  afterAll(() => house.close());

  const figures = async (asOf: PlainDate) =>
    (await nationalFigures(house.house, await house.tokenOf('kontaktpunkt.kl'), { from: FROM, asOf, drawnAt: house.house.clock() })).figures;

  it.each([AS_OF, knownDate('2017-06-30'), TODAY])('gives the figures that the plan says, as of %s (FM-STA-1)', async (asOf) => {
    expect(await figures(asOf)).toMatchObject({
      runningCourses: count(expected, asOf, 'course'),
      runningAssessments: count(expected, asOf, 'assessment', 'accepted'),
      refused: count(expected, asOf, 'refused'),
      completed: { total: count(expected, asOf, 'completed') },
      interrupted: { total: count(expected, asOf, 'interrupted') },
      interruptedAssessments: count(expected, asOf, 'assessment-interrupted'),
    });
  });

  it('leaves nothing of long ago unread by the contact point (FM-NOT-1)', async () => {
    const [rows] = await house.db.superuser<{ unread: number; read: number }>(
      `select count(*) filter (where acknowledged_at is null and at < $1)::int as unread, count(*) filter (where acknowledged_at is not null)::int as read from app.notification`, [instantOf(addDays(TODAY, -9), 0, 0)],
    );
    expect(rows?.unread).toBe(0);
    expect(rows?.read).toBeGreaterThan(100);
  });

  it('counts those registered again among those whose course ended (FM-END-5)', async () => {
    const drawn = await figures(AS_OF);
    expect(drawn.completed.reRegistered + drawn.interrupted.reRegistered).toBe(
      again(expected, 'completed') + again(expected, 'interrupted'),
    );
    expect(drawn.completed.reRegistered).toBe(again(expected, 'completed'));
    const [rows] = await house.db.superuser<{ n: number; late: number }>(
      'select count(*)::int as n, count(*) filter (where recorded_at::date <> on_date)::int as late from stat.re_registration',
    );
    expect(rows).toEqual({ n: again(expected, 'completed') + again(expected, 'interrupted'), late: 0 });
  });

  it('says what was known then: drawn on the day itself the figures are the same (FM-STA-3)', async () => {
    const token = await house.tokenOf('kontaktpunkt.kl');
    const { figures: drawnThen } = await nationalFigures(house.house, token, { from: FROM, asOf: AS_OF, drawnAt: instantOf(addDays(AS_OF, 1), 0, 0) });
    expect({ ...drawnThen, drawnAt: '' }).toEqual({ ...(await figures(AS_OF)), drawnAt: '' });
  });

  it('tells every case once, and has come to its end', async () => {
    const [row] = await house.db.superuser<{ cases: number; ended: number }>(
      `select (select count(*)::int from app.exit_case) as cases, (select count(*)::int from app.command where key like '%/slut') as ended`,
    );
    expect(row).toEqual({ cases: some.size, ended: some.size });
    expect(progress.at(-1)).toEqual({ done: some.size + 1, total: some.size + 1 });
    expect(historyRunning()).toBeUndefined();
    await fillHistory(
      house,
      () => expect.unreachable('there is nothing left to do'),
      ({ n }) => some.has(n),
    );
  });

  it('leaves nothing in the inboxes and lists of those one can log in as', async () => {
    for (const login of ['politi.vestegnen', 'politi.fyn', 'dfk.exit'] as const) {
      const token = await house.tokenOf(login);
      expect(await listInbox(house.house.web, token)).toEqual([]);
      expect(await listTasks(house.house.web, token)).toEqual([]);
    }
  });

  it('leaves its people behind as colleagues who work in open cases, and signs them out', async () => {
    const [row] = await house.db.superuser<{ idle: number; working: number; signed_in: number }>(
      `select count(*) filter (where f.disabled_at is null and not w)::int as idle, count(*) filter (where f.disabled_at is null)::int as working,
         (select count(*)::int from sec.session s join app.staff g on g.id = s.user_id where g.issuer = $1 and s.revoked_at is null) as signed_in
       from (select s.*, exists (select from app.case_member m join app.exit_case c on c.id = m.case_id where m.user_id = s.id and c.phase <> 'closed') as w from app.staff s where issuer = $1) f`,
      [HISTORY_ISSUER],
    );
    expect(row).toMatchObject({ idle: 0, signed_in: 0 });
    expect(row?.working).toBeGreaterThan(0);
  });

  it('has ages, categories and places in its figures (FM-STA-2)', async () => {
    const rows = await house.db.superuser<{ age_band: string | null }>(
      'select distinct age_band from stat.standing where superseded_at is null',
    );
    const bands = rows.flatMap((row) => row.age_band ?? []);
    expect(bands.length).toBeGreaterThan(2);
    expect(bands.every((band) => (AGE_BANDS as readonly string[]).includes(band))).toBe(true);
  });

  describe('after what may happen to cases later (FM-STA-3)', () => {
    const everything = async () => {
      const token = await house.tokenOf('kontaktpunkt.kl');
      await house.db.superuser('delete from stat.drawing');
      const drawings = [AS_OF, knownDate('2017-06-30'), TODAY].flatMap((asOf) => [house.house.clock(), instantOf(addDays(asOf, 1), 0, 0)].map((drawnAt) => ({ from: FROM, asOf, drawnAt })));
      return Promise.all(drawings.map(async (drawing) => ({
        cells: (await nationalFigures(house.house, token, drawing)).cells, times: await nationalTimes(house.house.web, token, drawing),
      })));
    };

    it('every figure is what it was when all that follows the cases has been built anew', async () => {
      const before = await everything();
      const operator = createPool(house.db.url('udvej_operator'), { max: 2, name: 'test operator' });
      const ids = await rebuildable(operator, 'revisor');
      for (const id of ids) await rebuildCase(operator, house.house.vault, id, 'revisor');
      await operator.end();
      expect(ids.length).toBe(some.size);
      expect(await everything()).toEqual(before);
    });

    it('and when ten of them are deleted', async () => {
      const before = await everything();
      // Approved by two authorities, as the worker would have asked them in its time.
      await house.db.superuser(`
        insert into app.approval (id, kind, subject, line, asked_at, until, given, decided_at)
        select gen_random_uuid(), 'shredding', r.case_id, 'Slet sagen', now(), now() + interval '1 day', true, now() from (select * from sec.retention_over() order by case_id limit 10) r`);
      const [cases, keys] = [createPool(house.db.url('udvej_worker'), { max: 1, name: 'test worker' }), createPool(house.db.urlOfKeys('udvej_worker'), { max: 1, name: 'test worker keys' })];
      expect(await orderShreddings(cases)).toBe(10);
      expect(await carryOutShreddings({ cases, keys })).toBe(10);
      await Promise.all([cases.end(), keys.end()]);
      const [left] = await house.db.superuser<{ links: number; cases: number }>('select (select count(*)::int from stat.link) as links, (select count(*)::int from app.case_event e join app.exit_case c on c.id = e.case_id where c.shredded_at is not null) as cases');
      expect(left).toEqual({ links: some.size - 10, cases: 0 });
      expect(await everything()).toEqual(before);
    });
  });
});
