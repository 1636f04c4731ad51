import { describe, expect, it } from 'vitest';
import { AS_OF } from '../../src/cli/demonstration/history/cohorts.js';
import { TOLD_DISTRICTS } from '../../src/cli/demonstration/history/places.js';
import { type HistoryCase, historyPlan } from '../../src/cli/demonstration/history/plan.js';
import { isDemonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { instantOf, isWorkingDay, knownDate } from '../../src/domain/kernel/time.js';
import { DISTRICTS } from '../../src/domain/reference/denmark.js';
import { overviewRows, structureOf } from '../../src/store/followed-rows.js';
import { again, count, historyScripts, standingOn, TODAY, told } from './told-history.js';
import { toldInMemory } from './told-in-memory.js';

const grouped = <Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, readonly Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
};

describe('the plan of the national history', () => {
  const cases = told(TODAY);

  it('adds up to the official figures of 14 January 2019, and keeps refusals apart (FM-STA-1)', () => {
    expect({
      runningCourses: count(cases, AS_OF, 'course'),
      runningAssessments: count(cases, AS_OF, 'assessment', 'accepted'),
      completed: { total: count(cases, AS_OF, 'completed'), reRegistered: again(cases, 'completed') },
      interrupted: { total: count(cases, AS_OF, 'interrupted'), reRegistered: again(cases, 'interrupted') },
      interruptedAssessments: count(cases, AS_OF, 'assessment-interrupted'),
      refused: count(cases, AS_OF, 'refused'),
    }).toEqual({
      runningCourses: 107,
      runningAssessments: 20,
      completed: { total: 115, reRegistered: 15 },
      interrupted: { total: 85, reRegistered: 21 },
      interruptedAssessments: 80,
      refused: 34,
    });
  });

  it('says the same whatever day it is told up to, once that day has come', () => {
    for (const day of ['2019-02-20', '2021-12-24']) {
      const then = told(knownDate(day));
      expect(
        [
          count(then, AS_OF, 'course'),
          count(then, AS_OF, 'assessment', 'accepted'),
          count(then, AS_OF, 'completed'),
          count(then, AS_OF, 'interrupted'),
        ],
        day,
      ).toEqual([107, 20, 115, 85]);
    }
  });

  it('tells nothing that has not happened yet, and is empty before the contact point was', () => {
    for (const day of ['2014-06-01', '2017-03-01', '2026-11-20']) {
      for (const { script } of historyScripts(knownDate(day)).cases)
        expect((script.steps.at(-1)?.at ?? '9999') < instantOf(knownDate(day), 0, 0)).toBe(true);
    }
    expect(historyScripts(knownDate('2015-04-01')).cases).toEqual([]);
  });

  it('leaves some 90 in course and 30 in assessment today, outside the districts whose cases are told one by one', () => {
    expect(count(cases, TODAY, 'course')).toBe(90);
    expect(count(cases, TODAY, 'assessment', 'accepted')).toBe(30);
    const running = cases.filter((one) => ['course', 'assessment', 'accepted', 'inquiry'].includes(standingOn(one, TODAY) ?? ''));
    expect(running.filter(({ one }) => TOLD_DISTRICTS.some((district) => district === one.unit))).toEqual([]);
  });

  it.each(['2026-11-20', '2026-12-27', '2027-04-02'])('leaves next to nothing late behind, so that what is late in the overview is to be acted on: %s (FM-NCP-3)', (day) => {
    const { staff, cases: all } = historyScripts(knownDate(day));
    const open = all.map(({ script }) => toldInMemory(script, staff.all).at(-1)).flatMap((state) => (state === undefined || overviewRows({ caseId: '', number: '' }, state).length === 0 ? [] : [structureOf(state)]));
    expect(open.length).toBeGreaterThan(100);
    expect(open.filter(({ nextDue }) => nextDue !== null && nextDue < day).length).toBeLessThan(5);
    expect(new Set(open.map(({ phase }) => phase))).toEqual(new Set(['assessment', 'accepted', 'course']));
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
    expect((districts.get('koebenhavn')?.length ?? 0) > (3 * (districts.get('nordsjaelland')?.length ?? 0)) / 2).toBe(true);
    expect(by((one) => one.municipality).size).toBeGreaterThan(60);
    const custody = (by((one) => one.place).get('custody')?.length ?? 0) / historyPlan(TODAY).length;
    expect(custody).toBeGreaterThan(0.1);
    expect(custody).toBeLessThan(0.18);
    for (let year = 2015; year <= 2026; year += 1)
      expect(by((one) => one.registered.slice(0, 4)).get(String(year))?.length ?? 0, String(year)).toBeGreaterThan(20);
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
    const lengths = () => historyScripts(TODAY).cases.map(({ script }) => script.steps.length);
    expect(lengths()).toEqual(lengths());
  });

  it('gives nobody more cases than he may open in an hour', () => {
    const { cases: all } = historyScripts(TODAY);
    const had = grouped(all, ({ script }) => script.keeper.id);
    expect(Math.max(...[...had.values()].map((some) => some.length))).toBeLessThan(60);
  });
});
