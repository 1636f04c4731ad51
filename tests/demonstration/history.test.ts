import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nationalFigures } from '../../src/app/statistics.js';
import { fillHistory, historyRunning, historyScripts, type Progress } from '../../src/cli/demonstration/fill-history.js';
import { AS_OF, OFFICIAL } from '../../src/cli/demonstration/history/cohorts.js';
import { HISTORY_ISSUER } from '../../src/cli/demonstration/history/history-staff.js';
import { type HistoryCase, historyPlan } from '../../src/cli/demonstration/history/plan.js';
import { TOLD_DISTRICTS } from '../../src/cli/demonstration/history/places.js';
import { caseCommand } from '../../src/domain/exit-case/case.js';
import { type Standing, standingOf } from '../../src/domain/exit-case/follows.js';
import { AGE_BANDS, isDemonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { addDays, copenhagenDate, instantOf, isWorkingDay, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { DISTRICTS } from '../../src/domain/reference/denmark.js';
import { listInbox, listTasks } from '../../src/store/lists.js';
import { type DemonstrationHouse, demonstrationHouse } from './demonstration-house.js';
import { toldInMemory } from './told-in-memory.js';

const TODAY = knownDate('2026-11-20');
const FROM = knownDate('2015-04-01');

interface ToldCase {
  readonly one: HistoryCase;
  /** The standing at the end of each day on which something happened, oldest first. */
  readonly standings: readonly (readonly [PlainDate, Standing])[];
}

/** Tells the whole history through the rules, and keeps where each case stood when. */
const told = (today: PlainDate): readonly ToldCase[] => {
  const { staff, cases } = historyScripts(today);
  return cases.map(({ one, script }) => ({
    one, standings: toldInMemory(script, staff.all).map((state, place) => [copenhagenDate(script.steps[place]?.at ?? instantOf(today, 0, 0)), standingOf(state).standing] as const),
  }));
};

const standingOn = ({ standings }: ToldCase, day: PlainDate): Standing | undefined => standings.findLast(([on]) => on <= day)?.[1];
const count = (cases: readonly ToldCase[], day: PlainDate, ...standings: readonly (Standing | undefined)[]): number =>
  cases.filter((one) => standings.includes(standingOn(one, day))).length;
const again = (cases: readonly ToldCase[], standing: Standing): number =>
  cases.filter((one) => standingOn(one, AS_OF) === standing && one.one.fate.kind === 'course' && one.one.fate.end?.reRegistered !== undefined).length;

const grouped = <Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, readonly Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
};

describe('the plan of the national history', () => {
  const cases = told(TODAY);

  it('adds up to the official figures of 14 January 2019, and keeps refusals apart (FM-STA-1)', () => {
    expect({
      runningCourses: count(cases, AS_OF, 'course'), runningAssessments: count(cases, AS_OF, 'assessment', 'accepted'),
      completed: { total: count(cases, AS_OF, 'completed'), reRegistered: again(cases, 'completed') },
      interrupted: { total: count(cases, AS_OF, 'interrupted'), reRegistered: again(cases, 'interrupted') },
      interruptedAssessments: count(cases, AS_OF, 'assessment-interrupted'), refused: count(cases, AS_OF, 'refused'),
    }).toEqual({
      runningCourses: 107, runningAssessments: 20, completed: { total: 115, reRegistered: 15 }, interrupted: { total: 85, reRegistered: 21 }, interruptedAssessments: 80, refused: 34,
    });
    expect(OFFICIAL.refused).toBe(34);
  });

  it('says the same whatever day it is told up to, once that day has come', () => {
    for (const day of ['2019-02-20', '2019-08-01', '2021-12-24', '2028-02-29']) {
      const then = told(knownDate(day));
      expect([count(then, AS_OF, 'course'), count(then, AS_OF, 'assessment', 'accepted'), count(then, AS_OF, 'completed'), count(then, AS_OF, 'interrupted')], day).toEqual([107, 20, 115, 85]);
    }
  });

  it('tells nothing that has not happened yet, and is empty before the contact point was', () => {
    for (const day of ['2014-06-01', '2017-03-01', '2026-11-20']) {
      for (const { script } of historyScripts(knownDate(day)).cases) expect((script.steps.at(-1)?.at ?? '') < instantOf(knownDate(day), 0, 0)).toBe(true);
    }
    expect(historyScripts(knownDate('2015-04-01')).cases).toEqual([]);
  });

  it('leaves some 90 in course and 30 in assessment today, outside the districts whose cases are told one by one', () => {
    expect(count(cases, TODAY, 'course')).toBe(90);
    expect(count(cases, TODAY, 'assessment', 'accepted')).toBe(30);
    const running = cases.filter((one) => ['course', 'assessment', 'accepted', 'inquiry'].includes(standingOn(one, TODAY) ?? ''));
    expect(running.filter(({ one }) => TOLD_DISTRICTS.some((district) => district === one.unit))).toEqual([]);
  });

  it('had assessed nobody but registered persons before 5 December 2018 (FM-TGT-4)', () => {
    const early = cases.filter(({ one }) => one.begun < knownDate('2018-12-05'));
    expect(early.length).toBeGreaterThan(400);
    expect(new Set(early.map(({ one }) => one.category))).toEqual(new Set(['1a']));
    expect(new Set(cases.map(({ one }) => one.category)).size).toBeGreaterThan(5);
  });

  it('is spread over all districts, the largest most, over ages, years and places', () => {
    const by = (key: (one: HistoryCase) => string) => grouped(historyPlan(TODAY), key);
    const districts = by((one) => one.district);
    expect([...districts.keys()].sort()).toEqual(DISTRICTS.map(({ id }) => id).sort());
    expect((districts.get('koebenhavn')?.length ?? 0) > 3 * (districts.get('nordsjaelland')?.length ?? 0) / 2).toBe(true);
    expect(by((one) => one.municipality).size).toBeGreaterThan(60);
    const custody = (by((one) => one.place).get('custody')?.length ?? 0) / historyPlan(TODAY).length;
    expect(custody).toBeGreaterThan(0.1);
    expect(custody).toBeLessThan(0.18);
    for (let year = 2015; year <= 2026; year += 1) expect(by((one) => one.registered.slice(0, 4)).get(String(year))?.length ?? 0, String(year)).toBeGreaterThan(20);
  });

  it('names people who cannot exist, no two alike, and works on working days (FM-LAW-3)', () => {
    const plan = historyPlan(TODAY);
    expect(plan.every(({ cpr }) => isDemonstrationCpr(cpr))).toBe(true);
    expect(new Set(plan.map(({ cpr }) => cpr)).size).toBe(plan.length);
    expect(new Set(plan.map(({ name }) => name)).size).toBe(plan.length);
    for (const { one } of cases) expect(isWorkingDay(one.registered) && isWorkingDay(one.begun)).toBe(true);
  });

  it('is the same on every machine, so that it can go on where it stopped', () => {
    expect(historyPlan(TODAY)).toEqual(historyPlan(TODAY));
    expect(JSON.stringify(historyScripts(TODAY).cases.map(({ script }) => script.steps.length))).toBe(JSON.stringify(historyScripts(TODAY).cases.map(({ script }) => script.steps.length)));
  });

  it('gives nobody more cases than he may open in an hour', () => {
    const { cases: all } = historyScripts(TODAY);
    const had = grouped(all, ({ script }) => script.keeper.id);
    expect(Math.max(...[...had.values()].map((some) => some.length))).toBeLessThan(60);
  });

  it('uses commands of the framework alone', () => {
    const names = new Set(historyScripts(TODAY).cases.flatMap(({ script }) => script.steps.map(({ command }) => command)));
    expect([...names].filter((name) => caseCommand(name) === undefined)).toEqual([]);
  });
});

/** Every tenth case, in the order they were registered in. */
const tenth = (plan: readonly HistoryCase[]): ReadonlySet<number> => new Set(plan.filter((_, place) => place % 10 === 3).map(({ n }) => n));

describe('a tenth of the history, told through the store', () => {
  const some = tenth(historyPlan(TODAY));
  const expected = told(TODAY).filter(({ one }) => some.has(one.n));
  const progress: Progress[] = [];
  let house: DemonstrationHouse;
  beforeAll(async () => {
    house = await demonstrationHouse(TODAY);
    const controller = new AbortController();
    // Stopped once on the way, in the middle of cases, as a Ctrl-C does; then gone on with.
    await fillHistory(house.until(controller.signal), ({ done }) => { if (done === 20) controller.abort(); }, ({ n }) => some.has(n));
    expect(historyRunning()).toMatchObject({ total: some.size + 1 });
    house.setClock(instantOf(addDays(TODAY, 1), 8, 0));
    await fillHistory(house, (now) => progress.push(now), ({ n }) => some.has(n));
  }, 240_000);
  afterAll(() => house.close());

  const figures = async (asOf: PlainDate) => nationalFigures(house.house, await house.tokenOf('kontaktpunkt.kl'), FROM, asOf, house.house.clock());

  it.each([AS_OF, knownDate('2017-06-30'), TODAY])('gives the figures that the plan says, as of %s (FM-STA-1)', async (asOf) => {
    expect(await figures(asOf)).toMatchObject({
      runningCourses: count(expected, asOf, 'course'), runningAssessments: count(expected, asOf, 'assessment', 'accepted'), refused: count(expected, asOf, 'refused'),
      completed: { total: count(expected, asOf, 'completed') }, interrupted: { total: count(expected, asOf, 'interrupted') },
      interruptedAssessments: count(expected, asOf, 'assessment-interrupted'),
    });
  });

  it('counts those registered again among those whose course ended (FM-END-5)', async () => {
    const drawn = await figures(AS_OF);
    expect(drawn.completed.reRegistered + drawn.interrupted.reRegistered).toBe(again(expected, 'completed') + again(expected, 'interrupted'));
    expect(drawn.completed.reRegistered).toBe(again(expected, 'completed'));
    const [rows] = await house.db.superuser<{ n: number; late: number }>('select count(*)::int as n, count(*) filter (where recorded_at::date <> on_date)::int as late from stat.re_registration');
    expect(rows).toEqual({ n: again(expected, 'completed') + again(expected, 'interrupted'), late: 0 });
  });

  it('says what was known then: drawn on the day itself the figures are the same (FM-STA-3)', async () => {
    const token = await house.tokenOf('kontaktpunkt.kl');
    const drawnThen = await nationalFigures(house.house, token, FROM, AS_OF, instantOf(addDays(AS_OF, 1), 0, 0));
    expect({ ...drawnThen, drawnAt: '' }).toEqual({ ...(await figures(AS_OF)), drawnAt: '' });
  });

  it('tells every case once, and has come to its end', async () => {
    const [row] = await house.db.superuser<{ cases: number; ended: number }>(
      `select (select count(*)::int from app.exit_case) as cases, (select count(*)::int from app.command where key like '%/slut') as ended`);
    expect(row).toEqual({ cases: some.size, ended: some.size });
    expect(progress.at(-1)).toEqual({ done: some.size + 1, total: some.size + 1 });
    expect(historyRunning()).toBeUndefined();
    await fillHistory(house, () => expect.unreachable('there is nothing left to do'), ({ n }) => some.has(n));
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
      [HISTORY_ISSUER]);
    expect(row).toMatchObject({ idle: 0, signed_in: 0 });
    expect(row?.working).toBeGreaterThan(0);
  });

  it('has ages, categories and places in its figures (FM-STA-2)', async () => {
    const rows = await house.db.superuser<{ age_band: string | null }>('select distinct age_band from stat.standing where superseded_at is null');
    const bands = rows.flatMap((row) => row.age_band ?? []);
    expect(bands.length).toBeGreaterThan(2);
    expect(bands.every((band) => (AGE_BANDS as readonly string[]).includes(band))).toBe(true);
  });
});
