import fc from 'fast-check';
import { caseCommands } from '../../src/domain/exit-case/case.js';

/** What a history is after: where the votes go, and how far. */
export const GOALS = ['course', 'custody', 'refuse', 'split', 'outside', 'early', 'double'] as const;
export type Goal = (typeof GOALS)[number];

export const ENDS = ['go-on', 'interrupt', 'complete'] as const;

/** A history before it is played: what it aims at, and the dice of each of its steps. Fewer steps make a smaller history. */
export interface Plan {
  readonly goal: Goal;
  readonly place: 'vestegn' | 'fyn';
  /** Where a running course is led. */
  readonly end: (typeof ENDS)[number];
  /** From which step on. */
  readonly endFrom: number;
  /** Goes straight for the course, so that there is time for what comes after. */
  readonly hurried: boolean;
  /** Commands to be given once when they become possible, from a step on. */
  readonly wishes: readonly { readonly command: string; readonly from: number }[];
  /** The dice of each step; a step left out is nothing. */
  readonly steps: readonly (number | undefined)[];
}

export const MOST_STEPS = 60;

const names = caseCommands.map((one) => one.name).filter((name) => name !== 'inquiry.register');
/** These end a case or close it to somebody: wished for late, so that there is a case to end. */
const ENDING = ['inquiry.close', 'case.markDuplicate', 'inquiry.endAsDouble', 'assessment.interrupt', 'course.interrupt', 'course.complete', 'discharge.write'];

const wish = fc.record({
  command: fc.constantFrom(...names.filter((name) => !ENDING.includes(name))),
  from: fc.noShrink(fc.nat(30)),
});

/** The dice of one step, or now and then no step: a history shrinks by leaving steps out. */
const step = fc.option(fc.noBias(fc.noShrink(fc.nat(0x7fffffff))), { nil: undefined, freq: 30 });

/** Every goal in its share of the histories; the dice of a step are one number. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  goal: fc.noShrink(
    fc.oneof(
      { weight: 55, arbitrary: fc.constant('course' as const) },
      { weight: 14, arbitrary: fc.constant('custody' as const) },
      { weight: 14, arbitrary: fc.constant('refuse' as const) },
      { weight: 16, arbitrary: fc.constant('split' as const) },
      { weight: 4, arbitrary: fc.constant('outside' as const) },
      { weight: 10, arbitrary: fc.constant('early' as const) },
      { weight: 18, arbitrary: fc.constant('double' as const) },
    ),
  ),
  place: fc.noShrink(fc.constantFrom('vestegn', 'vestegn', 'vestegn', 'fyn')),
  end: fc.noShrink(fc.constantFrom(...ENDS)),
  endFrom: fc.noShrink(fc.integer({ min: 28, max: 45 })),
  hurried: fc.noShrink(fc.constantFrom(true, true, true, false)),
  wishes: fc.array(wish, { minLength: 3, maxLength: 8, size: 'max' }),
  steps: fc.tuple(...Array.from({ length: MOST_STEPS }, () => step)),
});

const printed = Number(process.env['UDVEJ_SEED'] ?? 20_261_122);
/** The seed of the whole run: fixed, or taken from the surroundings to look further. */
export const seed = Number.isInteger(printed) ? printed : 20_261_122;
