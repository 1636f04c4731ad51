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

/**
 * Units beside one another, the country first, from structure alone (FM-NCP-7). What is of fewer than five cases or follow-ups is not told: it would be of one person's case, and chance.
 */
export function practiceOf({ steps, followUps }: Times, completeness: readonly CompletenessCount[]): readonly Practice[] {
  const enough = <Value>(n: number | undefined, value: () => Value): Value | null | undefined => (n === undefined || n === 0 ? undefined : n < THRESHOLD ? null : value());
  return [null, ...units].map((unit) => {
    const took = (step: Step): number | null | undefined => {
      const one = steps.find((time) => time.step === step && time.unit === unit);
      return enough(one?.n, () => Math.round(one?.median ?? 0));
    };
    const due = followUps.find((one) => one.unit === unit);
    const recorded = completeness.find((one) => one.unit === unit);
    const ofDue = (part: (count: FollowUpCount) => number) => enough(due?.due, () => (due === undefined ? 0 : wholePercent(part(due), due.due)));
    const ofCourses = (part: (count: CompletenessCount) => number) => enough(recorded?.courses, () => (recorded === undefined ? 0 : wholePercent(part(recorded), recorded.courses)));
    return {
      unit, label: unit === null ? 'Hele landet' : unitName(unit), toDecision: took('decision'), toAgreement: took('agreement'),
      onTime: ofDue((count) => count.onTime), notHeld: ofDue(missing),
      lacking: ofCourses((count) => count.lacking), unplanned: ofCourses((count) => count.unplanned), unmeasured: ofCourses((count) => count.unmeasured),
    };
  });
}
