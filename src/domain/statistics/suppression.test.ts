import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from './published-audit.js';
import { type Cell, type Shown, type Sum, suppress } from './suppression.js';

interface Country {
  readonly cells: readonly Cell[];
  readonly sums: readonly Sum[];
}

/** A count of people under a name, or parts that come to it. */
type Tree = number | readonly Tree[];

/** A whole divided in several ways that come to the same number, each a tree of cells under keys of its own. */
function country(ways: readonly Tree[]): Country {
  const cells: Cell[] = [];
  const sums: Sum[] = [];
  const grow = (tree: Tree, key: string): number => {
    if (typeof tree === 'number') {
      cells.push({ key, n: tree });
      return tree;
    }
    const parts = tree.map((_, at) => `${key}.${at}`);
    const n = tree.reduce<number>((sum, part, at) => sum + grow(part, parts[at] ?? ''), 0);
    cells.push({ key, n });
    sums.push({ whole: key, parts });
    return n;
  };
  const totals = ways.map((way, at) => grow(way, `way${at}`));
  cells.push({ key: 'all', n: totals[0] ?? 0 });
  return {
    cells: cells.filter(({ key }) => !/^way\d+$/.test(key)),
    sums: sums.map((sum) => (/^way\d+$/.test(sum.whole) ? { ...sum, whole: 'all' } : sum)),
  };
}

/** Small numbers as often as large ones, and none. */
const people = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 5, max: 12 }), fc.integer({ min: 0, max: 300 }));
const sizes = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, people, fc.array(tie('tree'), { minLength: 1, maxLength: 6 })),
})).tree;
const sumOf = (tree: Tree): number => (typeof tree === 'number' ? tree : tree.reduce<number>((sum, part) => sum + sumOf(part), 0));
/** One way with districts and municipalities in any depth, and two more into shares of the same people. */
const countries = fc.tuple(fc.array(sizes, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(20), { minLength: 2, maxLength: 6 }), fc.nat(10)).map(([tree, shares, again]): Country => {
  const all = sumOf(tree);
  const weight = shares.reduce((sum, share) => sum + share, 1);
  const parts = shares.map((share) => Math.floor((all * share) / weight));
  return country([tree, [...parts, all - sumOf(parts)], [Math.min(again, all), all - Math.min(again, all)]]);
});
/** The same hierarchy at an earlier moment: some of the people had not come yet. */
const withEarlier = countries.chain((now) => {
  const leaves = now.cells.filter(({ key }) => !now.sums.some(({ whole }) => whole === key));
  return fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 7 })), { minLength: leaves.length, maxLength: leaves.length }).map((came) => ({ now, came: new Map(leaves.map(({ key }, at) => [key, came[at] ?? 0])) }));
});
const numberOf = (cells: readonly Cell[], key: string): number => cells.find((cell) => cell.key === key)?.n ?? NaN;
/** The first way as it was; the other ways are not carried back, for their people would not add up. */
function asItWas({ now, came }: { readonly now: Country; readonly came: ReadonlyMap<string, number> }): Country {
  const way = now.sums.filter(({ whole, parts }) => whole.startsWith('way0') || parts.some((part) => part.startsWith('way0')));
  const then = (key: string): number => {
    const sum = way.find(({ whole }) => whole === key);
    return sum === undefined ? Math.max(0, numberOf(now.cells, key) - (came.get(key) ?? 0)) : sum.parts.reduce((all, part) => all + then(part), 0);
  };
  const keys = [...new Set(way.flatMap(({ whole, parts }) => [whole, ...parts]))];
  return { sums: way, cells: keys.map((key) => ({ key, n: then(key) })) };
}
/** Every way to fill in numbers from 1 to 9 that all sums agree with. */
function tryEvery(hidden: readonly string[], sums: readonly Sum[], shown: Shown): readonly ReadonlyMap<string, number>[] {
  const value = (key: string, filled: ReadonlyMap<string, number>): number => {
    const sum = sums.find(({ whole }) => whole === key);
    return shown.get(key) ?? filled.get(key) ?? sumOf((sum?.parts ?? []).map((part) => value(part, filled)));
  };
  const agrees = (filled: ReadonlyMap<string, number>): boolean => sums.every(({ whole, parts }) => value(whole, filled) === sumOf(parts.map((part) => value(part, filled))));
  const fillings = hidden.reduce<readonly ReadonlyMap<string, number>[]>((so, key) => so.flatMap((one) => Array.from({ length: 9 }, (_, n) => new Map(one).set(key, n + 1))), [new Map()]);
  return fillings.filter(agrees);
}
const hiddenIn = (shown: Shown): readonly string[] => [...shown].filter(([, n]) => n === null).map(([key]) => key);

describe('small numbers are hidden, and what would give them away (FM-STA-2, FM-NCP-5)', () => {
  const shownOf = (ways: readonly Tree[], threshold?: number) => Object.fromEntries(suppress(country(ways).cells, country(ways).sums, [], threshold));

  it('hides one to four, shows none and five', () => {
    expect(shownOf([[0, 1, 4, 5, 90]])).toEqual({ 'way0.0': 0, 'way0.1': null, 'way0.2': null, 'way0.3': 5, 'way0.4': 90, all: 100 });
  });

  it('hides the smallest other number where a single one could be subtracted, and where those hidden are too few together', () => {
    expect(shownOf([[4, 9, 7, 0]])).toEqual({ 'way0.0': null, 'way0.1': 9, 'way0.2': null, 'way0.3': 0, all: 20 });
    expect(shownOf([[1, 1, 9, 7]])).toEqual({ 'way0.0': null, 'way0.1': null, 'way0.2': 9, 'way0.3': null, all: 18 });
  });

  it('hides one number more where all that are hidden could only be ones', () => {
    expect(shownOf([[1, 1, 1, 1, 1, 1, 8, 20]])).toMatchObject({ 'way0.5': null, 'way0.6': null, 'way0.7': 20, all: 34 });
  });

  it('hides the whole when nothing else is left', () => {
    expect(shownOf([[3, 0], [1, 2]])).toEqual({ 'way0.0': null, 'way0.1': 0, 'way1.0': null, 'way1.1': null, all: null });
    expect(shownOf([[1, 1, 1, 1, 1, 1]])).toMatchObject({ 'way0.0': null, all: null });
  });

  it('does not let a hidden district be made smaller by what is shown of it', () => {
    // Less the 20 of the second district that are shown, a reader would have the first one and the other's two: three people.
    const shown = shownOf([[1, [2, 20], 40]]);
    expect(shown).toMatchObject({ 'way0.0': null, 'way0.1': null, 'way0.1.0': null, 'way0.1.1': null, 'way0.2': 40 });
  });

  it('leaves large numbers alone', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 5, max: 400 })), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 }), (tree) => {
      const { cells, sums } = country([tree]);
      expect(hiddenIn(suppress(cells, sums))).toEqual([]);
    }));
  });

  it('refuses sums that do not add up, know no cell or go in a circle', () => {
    expect(() => suppress([{ key: 'a', n: 3 }, { key: 'b', n: 2 }], [{ whole: 'a', parts: ['b'] }])).toThrow('do not add up');
    expect(() => suppress([{ key: 'a', n: 3 }], [{ whole: 'a', parts: ['b'] }])).toThrow('no cell b');
    expect(() => suppress([{ key: 'a', n: 3 }, { key: 'b', n: 3 }], [{ whole: 'a', parts: ['b'] }, { whole: 'b', parts: ['a'] }])).toThrow('part of itself');
  });
});

describe('numbers that were shown before (FM-STA-2)', () => {
  const moves = (now: readonly Tree[], then: readonly Tree[], shownThen?: Shown) => {
    const before = shownThen ?? suppress(country(then).cells, country(then).sums);
    return Object.fromEntries(suppress(country(now).cells, country(now).sums, [before]));
  };

  it('hides a number that one person more would be read from, with another beside it', () => {
    expect(moves([[111, 50, 30]], [[110, 45, 25]])).toEqual({ 'way0.0': null, 'way0.1': 50, 'way0.2': null, all: 191 });
  });

  it('hides the whole where it has moved by a few, and the part that moved', () => {
    expect(moves([[111, 50, 30]], [[110, 50, 30]])).toEqual({ 'way0.0': null, 'way0.1': 50, 'way0.2': 30, all: null });
  });

  it('hides another beside it, also where an earlier publication had no more than that one', () => {
    expect(moves([[111, 50, 30]], [], new Map([['way0.0', 110]]))).toEqual({ 'way0.0': null, 'way0.1': 50, 'way0.2': null, all: 191 });
  });

  it('looks below hidden districts too: what has come to all that is hidden in them, when what both publications show is taken away', () => {
    // One has come to the first district, one to the second, five to a municipality of the third, which is shown: whoever takes these five from all seven has the two.
    const [then, now] = [country([[[4, 6, 20], [4, 6, 20], [50, 50]]]), country([[[5, 6, 20], [5, 6, 20], [55, 50]]])];
    const before = suppress(then.cells, then.sums);
    const shown = suppress(now.cells, now.sums, [before]);
    expect(audit(now.cells, now.sums, shown, [before])).toEqual([]);
    expect([before.get('all'), shown.get('all'), before.get('way0.2.0'), shown.get('way0.2.0')]).toEqual([160, 167, 50, null]);
  });

  it('shows what has not moved, and what has moved by five', () => {
    expect(moves([[115, 50, 30]], [[110, 50, 30]])).toEqual({ 'way0.0': 115, 'way0.1': 50, 'way0.2': 30, all: 195 });
  });

  it('hides what would tell how few have come to numbers that were hidden together', () => {
    // Then 3 and 4 were hidden, seven together; now five and five would be ten: three have come.
    expect(moves([[5, 5, 90, 60]], [[3, 4, 90, 53]])).toMatchObject({ 'way0.0': null });
  });
});

describe('whatever was counted', () => {
  const many = { numRuns: 400 };

  it('no number from one to four is shown, a 0 is, and no other than what was counted', () => {
    fc.assert(fc.property(countries, ({ cells, sums }) => {
      const shown = suppress(cells, sums);
      expect(cells.filter(({ key, n }) => !(n === 0 ? [0] : n < 5 ? [null] : [null, n]).includes(shown.get(key) ?? null))).toEqual([]);
    }), many);
  });

  it('the audit finds nothing that somebody could reckon out', () => {
    fc.assert(fc.property(countries, ({ cells, sums }) => { expect(audit(cells, sums, suppress(cells, sums))).toEqual([]); }), many);
  });

  it('nor when earlier publications lie beside it', () => {
    fc.assert(fc.property(withEarlier, (drawn) => {
      const then = asItWas(drawn);
      const before = suppress(then.cells, then.sums);
      expect(audit(drawn.now.cells, drawn.now.sums, suppress(drawn.now.cells, drawn.now.sums, [before]), [before])).toEqual([]);
    }), many);
  });

  it('somebody who tries every number that fits can be sure of no few people', () => {
    const few = fc.array(fc.oneof(fc.integer({ min: 0, max: 7 }), fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 4 });
    let tried = 0;
    fc.assert(fc.property(few, (tree) => {
      const { cells, sums } = country([tree]);
      const shown = suppress(cells, sums);
      const leaves = cells.filter(({ key }) => shown.get(key) === null && !sums.some(({ whole }) => whole === key));
      if (leaves.length > 4) return;
      const sure: unknown[] = [];
      const fitting = tryEvery(leaves.map(({ key }) => key), sums, shown);
      for (let choice = 1; choice < 2 ** leaves.length; choice += 1) {
        const chosen = leaves.filter((_, at) => Math.floor(choice / 2 ** at) % 2 === 1);
        if (sumOf(chosen.map(({ n }) => n)) >= 5) continue;
        tried += 1;
        if (new Set(fitting.map((one) => sumOf(chosen.map(({ key }) => one.get(key) ?? 0)))).size < 2) sure.push(chosen);
      }
      expect(sure).toEqual([]);
    }), { numRuns: 150 });
    expect(tried).toBeGreaterThan(100);
  });

  it('the same is shown again beside itself', () => {
    fc.assert(fc.property(countries, ({ cells, sums }) => {
      const once = suppress(cells, sums);
      expect(suppress(cells, sums, [once])).toEqual(once);
    }), { numRuns: 300 });
  });

  it('a higher threshold hides all that a lower one hides', () => {
    fc.assert(fc.property(countries, fc.integer({ min: 2, max: 9 }), ({ cells, sums }, threshold) => {
      const more = hiddenIn(suppress(cells, sums, [], threshold + 1));
      expect(hiddenIn(suppress(cells, sums, [], threshold)).filter((key) => !more.includes(key))).toEqual([]);
    }), many);
  });
});
