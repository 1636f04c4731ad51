/**
 * The last look at what is to be published (control 35). It knows nothing of how cells were hidden: it reads the shown numbers and the sums as somebody outside would, with every means of
 * linear algebra, and holds what he gets against the truth.
 *
 * He knows every sum, every shown number, earlier publications, and that a hidden cell is not 0. A hidden cell that is 0 in truth is taken as known to him. Looked for is
 * - a shown number under the threshold;
 * - a hidden cell that is fixed by the sums;
 * - people, each counted once, in one or several hidden cells, whose number is fixed and under the threshold: every combination of the sums is looked at, for such people are in fewer cells than the threshold;
 * - a hidden cell that can have one value only when every sum is run through with the bounds of the others (in whole numbers; bounds of single cells, not of cells together);
 * - people of one cell, of a sum's hidden cells, or of all that is hidden under it in the smallest parts, whose number is fixed now and was fixed earlier, and is too little another.
 *
 * Not looked for: what somebody knows besides. One of three hidden cases knows of the two others together; whoever knows that a figure only grows, or how cells are chosen, can bound more than he should.
 */

import { KnownNumbers, put } from './known-numbers.js';
import { type Cell, type Shown, type Sum, THRESHOLD } from './suppression.js';

export interface PublicationFault {
  readonly kind: 'small-shown' | 'not-as-counted' | 'not-a-sum' | 'fixed' | 'few-people' | 'one-value' | 'small-change';
  /** The cells it is about. */
  readonly keys: readonly string[];
}

/** What is wrong with a publication; empty when it may go out. Throws nothing. */
export function audit(cells: readonly Cell[], sums: readonly Sum[], shown: Shown, earlier: readonly Shown[] = [], threshold = THRESHOLD): readonly PublicationFault[] {
  const numbers = new Map(cells.map(({ key, n }) => [key, n]));
  const tooFew = (n: number): boolean => n !== 0 && Math.abs(n) < threshold;
  const wrong: PublicationFault[] = [];
  for (const { key, n } of cells) {
    const told = shown.get(key);
    if (told === undefined || (told !== null && told !== n)) wrong.push({ kind: 'not-as-counted', keys: [key] });
    if (typeof told === 'number' && tooFew(told)) wrong.push({ kind: 'small-shown', keys: [key] });
  }
  for (const { whole, parts } of sums) {
    if (parts.reduce((sum, part) => sum + (numbers.get(part) ?? NaN), 0) !== numbers.get(whole)) wrong.push({ kind: 'not-a-sum', keys: [whole] });
  }
  if (wrong.length > 0) return wrong;

  const seen = new Map(cells.map(({ key, n }) => [key, n === 0 ? 0 : (shown.get(key) ?? null)]));
  const now = new KnownNumbers(sums, seen);
  const hidden = cells.filter(({ key }) => seen.get(key) === null);
  return [
    ...hidden.filter(({ key }) => now.together([key]) !== undefined).map(({ key }): PublicationFault => ({ kind: 'fixed', keys: [key] })),
    ...fewPeople(hidden.filter(({ n }) => n < threshold), now, threshold).map((keys): PublicationFault => ({ kind: 'few-people', keys })),
    ...oneValue(hidden, sums, seen).map((key): PublicationFault => ({ kind: 'one-value', keys: [key] })),
    ...earlier.flatMap((publication) => smallChanges(cells, sums, seen, now, publication, tooFew)),
  ];
}

/** Sets of hidden cells with fewer people than the threshold whose number is fixed: whatever unknown is left must hang on one more cell of the set. */
function fewPeople(small: readonly Cell[], now: KnownNumbers, threshold: number): readonly (readonly string[])[] {
  const traced = small.map((cell) => ({ ...cell, trace: now.trace(cell.key) }));
  const hangingOn = new Map<string, typeof traced>();
  for (const cell of traced) for (const unknown of cell.trace.keys()) hangingOn.set(unknown, [...(hangingOn.get(unknown) ?? []), cell]);
  const found: (readonly string[])[] = [];
  const grow = (chosen: readonly string[], people: number, left: ReadonlyMap<string, bigint>): boolean => {
    const [unknown] = left.keys();
    if (unknown === undefined) return found.push(chosen) > 0;
    return (hangingOn.get(unknown) ?? []).some((cell) => {
      if (chosen.includes(cell.key) || people + cell.n >= threshold) return false;
      const rest = new Map(left);
      for (const [one, factor] of cell.trace) put(rest, one, factor);
      return grow([...chosen, cell.key], people + cell.n, rest);
    });
  };
  for (const cell of traced) grow([cell.key], cell.n, cell.trace);
  return found.filter((keys) => keys.length > 1);
}

/** Cells that bounds leave one value: each sum bounds its whole by its parts, and each part by the whole and the others, until nothing moves. */
function oneValue(hidden: readonly Cell[], sums: readonly Sum[], seen: Shown): readonly string[] {
  const low = new Map([...seen].map(([key, n]) => [key, n ?? 1]));
  const high = new Map([...seen].map(([key, n]) => [key, n ?? Infinity]));
  const lowOf = (key: string): number => low.get(key) ?? 0;
  const highOf = (key: string): number => high.get(key) ?? 0;
  let moved = true;
  const bound = (key: string, from: number, to: number): void => {
    if (from > lowOf(key)) { low.set(key, from); moved = true; }
    if (to < highOf(key)) { high.set(key, to); moved = true; }
  };
  while (moved) {
    moved = false;
    for (const { whole, parts } of sums) {
      const least = parts.reduce((sum, part) => sum + lowOf(part), 0);
      bound(whole, least, parts.reduce((sum, part) => sum + highOf(part), 0));
      for (const part of parts) {
        const others = parts.reduce((sum, other) => (other === part ? sum : sum + highOf(other)), 0);
        bound(part, lowOf(whole) - others, highOf(whole) - (parts.reduce((sum, other) => sum + lowOf(other), 0) - lowOf(part)));
      }
    }
  }
  return hidden.map(({ key }) => key).filter((key) => lowOf(key) === highOf(key));
}

/** People whose number a reader of both publications has twice, and so knows how few came or went. */
function smallChanges(
  cells: readonly Cell[], sums: readonly Sum[], seen: Shown, now: KnownNumbers, publication: Shown, tooFew: (n: number) => boolean,
): readonly PublicationFault[] {
  // A sum that earlier had other parts is not a sum of that publication.
  const then = new KnownNumbers(sums.filter(({ whole, parts }) => [whole, ...parts].every((key) => publication.has(key))), publication);
  const people: (readonly string[])[] = [...cells.map(({ key }) => [key])];
  const divided = new Map(sums.map(({ whole, parts }) => [whole, parts]));
  const leaves = (key: string): readonly string[] => divided.get(key)?.flatMap(leaves) ?? [key];
  for (const { parts } of sums) {
    people.push(parts.flatMap(leaves).filter((leaf) => seen.get(leaf) === null || publication.get(leaf) === null));
    const [out, outThen] = [parts.filter((part) => seen.get(part) === null), parts.filter((part) => publication.get(part) === null)];
    people.push(out, outThen, [...new Set([...out, ...outThen])]);
  }
  return [...new Map(people.map((keys) => [keys.join(' '), keys])).values()].filter((keys) => {
    if (keys.length === 0 || !keys.every((key) => publication.has(key))) return false;
    const [known, knownThen] = [now.together(keys), then.together(keys)];
    return known !== undefined && knownThen !== undefined && tooFew(known - knownThen);
  }).map((keys) => ({ kind: 'small-change', keys }));
}
