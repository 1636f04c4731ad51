/** Chance that can be told again: the same seed throws the same dice. */
export interface Dice {
  /** A whole number from `from` to `to`, both included. */
  readonly between: (from: number, to: number) => number;
  /** True so many times out of a hundred. */
  readonly percent: (chance: number) => boolean;
  /** One of them; a failed test when there is none. */
  readonly one: <T>(of: readonly T[]) => T;
  /** One of them, or undefined when there is none. */
  readonly any: <T>(of: readonly T[]) => T | undefined;
  /** Some of them, each so many times out of a hundred, in the order they stand. */
  readonly some: <T>(of: readonly T[], chance: number) => readonly T[];
  /** One of them, the heavier the oftener; undefined when all weigh nothing. */
  readonly weighed: <T>(of: readonly T[], weight: (one: T) => number) => T | undefined;
}

/** Mulberry32: small, quick, and good enough for play. */
export function diceOf(seed: number): Dice {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const percent = (chance: number): boolean => next() * 100 < chance;
  const any = <T>(of: readonly T[]): T | undefined => (of.length === 0 ? undefined : of[between(0, of.length - 1)]);
  return {
    between,
    percent,
    any,
    one: (of) => {
      const found = any(of);
      if (found === undefined) throw new Error('nothing to choose among');
      return found;
    },
    some: (of, chance) => of.filter(() => percent(chance)),
    weighed: (of, weight) => {
      const weights = of.map(weight);
      let left = next() * weights.reduce((sum, one) => sum + one, 0);
      return of.find((_one, at) => {
        left -= weights[at] ?? 0;
        return left < 0;
      });
    },
  };
}
