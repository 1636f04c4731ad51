import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { caseCommands } from '../../src/domain/exit-case/case.js';
import { phaseOf } from '../../src/domain/exit-case/follows.js';
import { play } from './driving.js';
import { MOST_STEPS, type Plan, plans, seed } from './plan.js';
import { firstComplaint, inShort, type Watchman } from './watching.js';
import { watchmen } from './watchmen.js';

const HISTORIES = 2_000;
const LEAST_SHARE = 5;

/** The first history that a watchman complains of. */
const complaints = new Map<Watchman, string>();
/** In how many histories each command was carried out. */
const carriedOut = new Map<string, number>();
const ends = new Map<string, number>();
const count = { histories: 0, steps: 0, refused: 0, longest: 0 };

const add = (to: Map<string, number>, key: string): unknown => to.set(key, (to.get(key) ?? 0) + 1);

const look = (plan: Plan): void => {
  const { steps, state } = play(plan);
  count.histories += 1;
  count.steps += steps.length;
  count.refused += steps.filter((one) => one.kind !== 'done').length;
  count.longest = Math.max(count.longest, steps.length);
  for (const command of new Set(steps.filter((one) => one.kind === 'done').map((one) => one.command))) add(carriedOut, command);
  add(ends, state.ending.closed?.outcome ?? phaseOf(state).phase);
  for (const watchman of watchmen) {
    const complaint = complaints.has(watchman) ? undefined : firstComplaint(watchman, steps);
    if (complaint !== undefined) complaints.set(watchman, complaint);
  }
};

/** The smallest history in which the watchman still complains, told in full. */
const smallest = (watchman: Watchman): string => {
  const holds = fc.property(plans, (plan) => firstComplaint(watchman, play(plan).steps) === undefined);
  const { counterexample } = fc.check(holds, { seed, numRuns: HISTORIES });
  if (counterexample === null) return '';
  const { steps } = play(counterexample[0]);
  return `${firstComplaint(watchman, steps) ?? ''}\n${inShort(steps)}`;
};

beforeAll(() => {
  console.log(`UDVEJ_SEED=${seed}`);
  fc.assert(
    fc.property(plans, (plan) => {
      look(plan);
    }),
    { seed, numRuns: HISTORIES },
  );
}, 300_000);

describe(`${HISTORIES} histories of a case, up to ${MOST_STEPS} commands each`, () => {
  it('carry out every command in one history of twenty at least', () => {
    const shares = caseCommands
      .map(({ name }) => [name, ((carriedOut.get(name) ?? 0) / count.histories) * 100] as const)
      .sort((a, b) => a[1] - b[1]);
    console.log(`${count.histories} histories, ${count.steps} commands (${count.refused} refused), longest ${count.longest}`);
    console.log([...ends].map(([end, times]) => `${end} ${times}`).join(', '));
    console.log(shares.map(([name, share]) => `${share.toFixed(1).padStart(5)} % ${name}`).join('\n'));
    expect(count.histories).toBeGreaterThanOrEqual(HISTORIES);
    expect(count.longest).toBeLessThanOrEqual(MOST_STEPS);
    expect(shares.filter(([, share]) => share < LEAST_SHARE)).toEqual([]);
  });

  it.each(watchmen.map((one) => [one.name, one] as const))(
    '%s',
    (_name, watchman) => {
      const complaint = complaints.get(watchman);
      expect(complaint === undefined ? undefined : `${complaint}\nsmallest: ${smallest(watchman)}`).toBeUndefined();
    },
    300_000,
  );
});
