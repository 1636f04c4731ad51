import { unitName, units } from '../reference/authorities.js';
import { wholePercent } from './share.js';
import { THRESHOLD } from './suppression.js';
import { type FollowUpCount, missing, type Step, type Times } from './times.js';

/** What is told of one unit's practice: undefined where there was nothing to count, null where it is of too few. */
export interface Practice {
  /** Null: the whole country. */
  readonly unit: string | null;
  readonly label: string;
  /** Median days from the inquiry to the decision. */
  readonly toDecision: number | null | undefined;
  /** Median days from acceptance to the agreement. */
  readonly toAgreement: number | null | undefined;
  /** Of follow-ups that were due, the share held by the day, in whole per cent. */
  readonly onTime: number | null | undefined;
  /** The share that was not held at all. */
  readonly notHeld: number | null | undefined;
  /** Of the running courses, the share whose category, age or (in freedom) municipality is not known. */
  readonly lacking: number | null | undefined;
  /** The share without a follow-up to come. */
  readonly unplanned: number | null | undefined;
  /** The share in which no measure has been started. */
  readonly unmeasured: number | null | undefined;
}

/** The running courses of a unit, and in how many of them something is not recorded. */
export interface CompletenessCount {
  /** Null: the whole country. */
  readonly unit: string | null;
  readonly courses: number;
  readonly lacking: number;
  readonly unplanned: number;
  readonly unmeasured: number;
}

/** A row of units beside one another. */
export interface PracticeRow extends Practice {
  /** The country's row as it may be given to this unit, which knows its own and can take it away; the country itself has none. */
  readonly countryBeside?: Practice;
}

interface Counts extends Times {
  readonly completeness: readonly CompletenessCount[];
}
const isOf = (unit: string | null) => (one: { readonly unit: string | null }): boolean => one.unit === unit;
const few = (n: number): boolean => n > 0 && n < THRESHOLD;

/**
 * One row. What is of fewer than five cases or follow-ups is not told: it would be of one person's case, and chance. @param without the unit the row is for: nothing is told that is of fewer than five once its own
 * are taken away, nor a share that a few of the others are in, or all of them but a few; nor two
 * shares that leave a third of so few (FM-STA-4)
 */
function rowOf({ steps, followUps, completeness }: Counts, unit: string | null, without?: string): Practice {
  const told = <Value>(n: number, others: number, value: () => Value): Value | null | undefined => (n === 0 ? undefined : n < THRESHOLD || few(n - others) ? null : value());
  const took = (step: Step): number | null | undefined => {
    const of = (one: string | null | undefined) => steps.find((time) => time.step === step && time.unit === one);
    return told(of(unit)?.n ?? 0, of(without)?.n ?? 0, () => Math.round(of(unit)?.median ?? 0));
  };
  const share = (whole: number, part: number, wholeOwn: number, partOwn: number): number | null | undefined => {
    const hidden = without !== undefined && (few(part - partOwn) || few(whole - wholeOwn - (part - partOwn)));
    return told(whole, wholeOwn, () => (hidden ? null : wholePercent(part, whole)));
  };
  const [due, dueOwn] = [followUps.find(isOf(unit)), followUps.find((one) => one.unit === without)];
  const ofDue = (part: (count: FollowUpCount) => number) => share(due?.due ?? 0, due ? part(due) : 0, dueOwn?.due ?? 0, dueOwn ? part(dueOwn) : 0);
  const onTime = ofDue((count) => count.onTime);
  // Held on time, held later and not held are the whole: who is told two of them knows the third.
  const fewLate = without !== undefined && few((due?.late ?? 0) - (dueOwn?.late ?? 0));
  const notHeld = fewLate && typeof onTime === 'number' ? null : ofDue(missing);
  const [courses, coursesOwn] = [completeness.find(isOf(unit)), completeness.find((one) => one.unit === without)];
  const ofCourses = (part: (count: CompletenessCount) => number) => share(courses?.courses ?? 0, courses ? part(courses) : 0, coursesOwn?.courses ?? 0, coursesOwn ? part(coursesOwn) : 0);
  return {
    unit, label: unit === null ? 'Hele landet' : unitName(unit), toDecision: took('decision'), toAgreement: took('agreement'),
    onTime, notHeld,
    lacking: ofCourses((count) => count.lacking), unplanned: ofCourses((count) => count.unplanned), unmeasured: ofCourses((count) => count.unmeasured),
  };
}

/** Units beside one another, the country first, from structure alone (FM-NCP-7). */
export function practiceOf(times: Times, completeness: readonly CompletenessCount[]): readonly PracticeRow[] {
  const counts = { ...times, completeness };
  return [rowOf(counts, null), ...units.map((unit) => ({ ...rowOf(counts, unit), countryBeside: rowOf(counts, null, unit) }))];
}
