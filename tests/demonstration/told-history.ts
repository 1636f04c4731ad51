import type { CaseScript } from '../../src/cli/demonstration/case-script.js';
import { historyUntil } from '../../src/cli/demonstration/fill-history.js';
import { AS_OF } from '../../src/cli/demonstration/history/cohorts.js';
import { historyScript } from '../../src/cli/demonstration/history/history-script.js';
import type { HistoryStaff } from '../../src/cli/demonstration/history/history-staff.js';
import type { HistoryCase } from '../../src/cli/demonstration/history/plan.js';
import { type Standing, standingOf } from '../../src/domain/exit-case/follows.js';
import { copenhagenDate, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { toldInMemory } from './told-in-memory.js';

/** The day that the history is told up to in these tests. */
export const TODAY = knownDate('2026-11-20');

export interface Scripts {
  readonly staff: HistoryStaff;
  readonly cases: readonly { readonly one: HistoryCase; readonly script: CaseScript }[];
}
/** The history up to a day, as it is told. */
export const historyScripts = (today: PlainDate): Scripts => {
  const { cases, staff } = historyUntil(today);
  return { staff, cases: cases.map((one) => ({ one, script: historyScript(one, staff.castOf(one), today) })) };
};

export interface ToldCase {
  readonly one: HistoryCase;
  /** The standing after every step, with its day, oldest first. */
  readonly standings: readonly (readonly [PlainDate, Standing])[];
}

/** Tells the history, or some of it, through the rules, and keeps where each case stood when. */
export const told = (today: PlainDate, some: (one: HistoryCase) => boolean = () => true): readonly ToldCase[] => {
  const { staff, cases } = historyScripts(today);
  return cases
    .filter(({ one }) => some(one))
    .map(({ one, script }) => ({
      one,
      standings: toldInMemory(script, staff.all).map(
        (state, place) =>
          [copenhagenDate(script.steps[place]?.at ?? instantOf(today, 0, 0)), standingOf(state).standing] as const,
      ),
    }));
};

/** Where a case stood at the end of a day; undefined before its inquiry. */
export const standingOn = ({ standings }: ToldCase, day: PlainDate): Standing | undefined =>
  standings.findLast(([on]) => on <= day)?.[1];
/** How many stood so. */
export const count = (cases: readonly ToldCase[], day: PlainDate, ...standings: readonly (Standing | undefined)[]): number =>
  cases.filter((one) => standings.includes(standingOn(one, day))).length;
/** How many of those whose course had ended so by the day of the figures are registered again. */
export const again = (cases: readonly ToldCase[], standing: Standing): number =>
  cases.filter(
    (one) =>
      standingOn(one, AS_OF) === standing && one.one.fate.kind === 'course' && one.one.fate.end?.reRegistered !== undefined,
  ).length;
