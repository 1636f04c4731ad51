import { unitName, units } from '../reference/authorities.js';
import { THRESHOLD } from './suppression.js';
import { missing, type Step, type Times } from './times.js';
import { wholePercent } from './whole-percent.js';

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
}

/**
 * Units beside one another, the country first, from structure alone (FM-NCP-7). What is of fewer than five cases or follow-ups is not told: it would be of one person's case, and chance.
 */
export function practiceOf({ steps, followUps }: Times): readonly Practice[] {
  const enough = <Value>(n: number | undefined, value: () => Value): Value | null | undefined => (n === undefined || n === 0 ? undefined : n < THRESHOLD ? null : value());
  return [null, ...units].map((unit) => {
    const took = (step: Step): number | null | undefined => {
      const one = steps.find((time) => time.step === step && time.unit === unit);
      return enough(one?.n, () => Math.round(one?.median ?? 0));
    };
    const due = followUps.find((one) => one.unit === unit);
    const share = (part: number): number => wholePercent(part, due?.due ?? 1);
    return {
      unit, label: unit === null ? 'Hele landet' : unitName(unit), toDecision: took('decision'), toAgreement: took('agreement'),
      onTime: enough(due?.due, () => share(due?.onTime ?? 0)), notHeld: enough(due?.due, () => share(due === undefined ? 0 : missing(due))),
    };
  });
}
