import { describe, expect, it } from 'vitest';
import { audit } from './published-audit.js';
import type { Cell, Shown, Sum } from './suppression.js';

/** Cells from numbers; a number that is shown stands as it is, one that is hidden in a list of its own. */
const drawn = (numbers: Readonly<Record<string, number | readonly [number]>>): { readonly cells: readonly Cell[]; readonly shown: Shown } => ({
  cells: Object.entries(numbers).map(([key, n]) => ({ key, n: typeof n === 'number' ? n : n[0] })),
  shown: new Map(Object.entries(numbers).map(([key, n]) => [key, typeof n === 'number' ? n : null])),
});
const finds = (numbers: Readonly<Record<string, number | readonly [number]>>, sums: readonly Sum[], earlier: readonly Shown[] = []) => {
  const { cells, shown } = drawn(numbers);
  return audit(cells, sums, shown, earlier).map(({ kind, keys }) => `${kind}: ${keys.join(' ')}`);
};
const sum = (whole: string, ...parts: string[]): Sum => ({ whole, parts });

describe('the last look at a publication (FM-STA-2, FM-NCP-5)', () => {
  it('finds a small number that is shown, and a number that was never counted', () => {
    expect(finds({ a: 3, b: 90, all: 93 }, [sum('all', 'a', 'b')])).toEqual(['small-shown: a']);
    expect(audit([{ key: 'a', n: 8 }], [], new Map([['a', 9]]))).toEqual([{ kind: 'not-as-counted', keys: ['a'] }]);
    expect(audit([{ key: 'a', n: 8 }], [], new Map())).toEqual([{ kind: 'not-as-counted', keys: ['a'] }]);
    expect(finds({ a: 8, all: 9 }, [sum('all', 'a')])).toEqual(['not-a-sum: all']);
  });

  it('finds a hidden number that the others leave', () => {
    expect(finds({ a: [3], b: 90, all: 93 }, [sum('all', 'a', 'b')])).toContain('fixed: a');
  });

  it('finds a few people in several hidden cells', () => {
    expect(finds({ a: [3], b: [1], c: 90, all: 94 }, [sum('all', 'a', 'b', 'c')])).toEqual(['few-people: a b', 'few-people: b a']);
  });

  it('finds them where a hidden whole can be made smaller by what is shown of it', () => {
    expect(finds({ a: [1], b: [22], b1: [2], b2: 20, all: 23 }, [sum('all', 'a', 'b'), sum('b', 'b1', 'b2')])).toContain('few-people: a b1');
  });

  it('finds them where only two margins together tell of them', () => {
    // Registered again are eight, all in the first two districts, of whose ten cases two then are not. Every sum has two hidden parts or more, and five people or more in them.
    const found = finds(
      { C1: 5, C2: 5, C3: [3], C4: [3], C: 16, R1: [4], R2: [4], R3: 0, R4: 0, R: 8, S1: [1], S2: [1], S3: [3], S4: [3], S: 8 },
      [sum('C', 'C1', 'C2', 'C3', 'C4'), sum('R', 'R1', 'R2', 'R3', 'R4'), sum('S', 'S1', 'S2', 'S3', 'S4'), sum('C', 'R', 'S'), ...[1, 2, 3, 4].map((n) => sum(`C${n}`, `R${n}`, `S${n}`))],
    );
    expect(found).toContain('few-people: S1 S2');
  });

  it('finds the district that a path of four sums leads to', () => {
    // A table of three rows and columns without one corner: rows and columns each hide two, and the cell in the middle is fixed all the same.
    const found = finds(
      { a1: [9], a2: [9], b1: [9], b2: [9], b3: [2], c3: [9], c4: [9], d3: [9], d4: [9], rowA: 18, rowB: 20, rowC: 18, rowD: 18, col1: 18, col2: 18, col3: 20, col4: 18, all: 74 },
      [sum('rowA', 'a1', 'a2'), sum('rowB', 'b1', 'b2', 'b3'), sum('rowC', 'c3', 'c4'), sum('rowD', 'd3', 'd4'), sum('col1', 'a1', 'b1'), sum('col2', 'a2', 'b2'), sum('col3', 'b3', 'c3', 'd3'), sum('col4', 'c4', 'd4')],
    );
    expect(found).toContain('fixed: b3');
  });

  it('finds cells that can only be ones', () => {
    const ones = { a: [1], b: [1], c: [1], d: [1], e: [1], f: 20, all: 25 } as const;
    expect(finds(ones, [sum('all', 'a', 'b', 'c', 'd', 'e', 'f')])).toEqual(['a', 'b', 'c', 'd', 'e'].map((key) => `one-value: ${key}`));
  });

  it('finds how few have come since an earlier publication, to one cell or to several hidden ones', () => {
    const sums = [sum('all', 'a', 'b', 'c')];
    expect(finds({ a: 111, b: 50, c: 40, all: 201 }, sums, [drawn({ a: 110, b: 50, c: 40, all: 200 }).shown])).toEqual(['small-change: a', 'small-change: all']);
    expect(finds({ a: [4], b: [6], c: 40, all: 50 }, sums, [drawn({ a: [4], b: [4], c: 42, all: 50 }).shown])).toEqual(['small-change: c', 'small-change: a b']);
    expect(finds({ a: [4], b: [9], c: 40, all: 53 }, sums, [drawn({ a: [4], b: [4], c: 40, all: 48 }).shown])).toEqual([]);
  });

  it('finds nothing where there is nothing', () => {
    expect(finds({ a: [3], b: [4], c: 90, d: 0, all: 97 }, [sum('all', 'a', 'b', 'c', 'd')])).toEqual([]);
  });
});
