import { randomInt } from 'node:crypto';

/** One thing that is timed. */
export type Arm = () => Promise<unknown>;

/**
 * Times the arms by turns, each once a round and in an order that is drawn anew: what the machine does meanwhile strikes all alike.
 * @returns for each arm its samples, in milliseconds.
 */
export async function interleaved<Name extends string>(arms: Readonly<Record<Name, Arm>>, rounds: number, warmUp: number): Promise<Readonly<Record<Name, readonly number[]>>> {
  const names = Object.keys(arms) as Name[];
  const samples = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of shuffled(names)) {
      const began = performance.now();
      await arms[name]();
      const took = performance.now() - began;
      if (round >= 0) samples[name].push(took);
    }
  }
  return samples;
}

function shuffled<T>(all: readonly T[]): readonly T[] {
  const left = [...all];
  return all.flatMap(() => left.splice(randomInt(left.length), 1));
}

/** The same, so many milliseconds later: no timer is as fine, so it turns on the spot. */
export const delayed = (arm: Arm, ms: number): Arm => async () => {
  await arm();
  const until = performance.now() + ms;
  while (performance.now() < until);
};

const middle = (sorted: readonly number[]): number => {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
};
const median = (samples: readonly number[]): number => middle([...samples].sort((a, b) => a - b));

/** How likely a sample of the first takes longer than one of the second: 0.5 when nobody can tell them apart. */
function auc(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((ms) => ({ ms, first: true })), ...other.map((ms) => ({ ms, first: false }))].sort((a, b) => a.ms - b.ms);
  let ranks = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to + 1 < all.length && all[to + 1]?.ms === all[from]?.ms) to += 1;
    // Equal ones share the ranks they take up.
    for (let at = from; at <= to; at += 1) if (all[at]?.first) ranks += (from + to) / 2 + 1;
    from = to + 1;
  }
  return (ranks - (one.length * (one.length + 1)) / 2) / (one.length * other.length);
}

const MEDIANS_MS = 0.5;
const AUC = 0.025;
/** So many standard errors is the margin at the 5,000 samples of the control; of fewer, chance alone asks for as many. */
const ERRORS = 4.3;

export interface Difference {
  /** Of the medians, in milliseconds: the first less the second. */
  readonly ms: number;
  readonly auc: number;
  /** Whether somebody with a watch could tell them apart (control 3). */
  readonly tells: boolean;
}

/** Holds two arms against each other: medians more than half a millisecond apart, or an AUC outside 0.475–0.525. */
export function difference(one: readonly number[], other: readonly number[]): Difference {
  const margin = Math.max(AUC, ERRORS * Math.sqrt((one.length + other.length + 1) / (12 * one.length * other.length)));
  const [ms, area] = [median(one) - median(other), auc(one, other)];
  return { ms, auc: area, tells: Math.abs(ms) > MEDIANS_MS || Math.abs(area - 0.5) > margin };
}

export const told = ({ ms, auc: area }: Difference): string => `${ms < 0 ? '−' : '+'}${Math.abs(ms).toFixed(3)} ms, AUC ${area.toFixed(3)}`;
