/**
 * Which figures may be shown to everybody (FM-STA-2, FM-NCP-5): small numbers are hidden, and so many others that no sum gives them away.
 *
 * What is known of a hidden cell comes from the sums: a shown whole less its shown parts is the number of those in the hidden parts together, and a hidden part that is itself a whole
 * with shown parts can be made smaller in the same way. Hidden cells are at least 1, for a 0 is shown. So every sum is kept such that
 *
 * - of whole and parts none is hidden, or two at least;
 * - under a shown whole the smallest population that can be reached among the hidden is as large as the threshold, and could be spread in more than one way;
 * - what was shown earlier, of a cell or of the same hidden cells together, is the same as now or differs by the threshold at least.
 *
 * Where every cell is part of one sum at most (a whole may be divided in many ways) this is all there is to know: a combination of the sums that adds up to people, each once, takes of every
 * hidden part itself or what is reached in one of its own sums, and the second rule is about the smallest of them. Of cells that are parts twice (a table with two margins) several sums together
 * may tell more. Such cells are published only where none of them is hidden (`publication.ts`), and {@link audit} in `published-audit.ts` looks at what has come out, whatever it was made of.
 *
 * Not protected against: see `docs/decisions/0022-what-is-published.md`.
 */

/** The smallest number of cases that is shown, but for none at all. */
export const THRESHOLD = 5;

/** A counted population. The key is the same in every publication. */
export interface Cell {
  readonly key: string;
  readonly n: number;
}

/** The parts divide the whole: everybody in the whole is in one of them, and nobody in two. */
export interface Sum {
  readonly whole: string;
  readonly parts: readonly string[];
}

/** Every cell's number, or null where it is hidden. */
export type Shown = ReadonlyMap<string, number | null>;

const tooFew = (people: number, threshold: number): boolean => people !== 0 && Math.abs(people) < threshold;
const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/**
 * Hides as little as the rules let it, small cells before large ones and wholes last. The same input gives the same answer. It ends: every step hides one cell more and none is shown again,
 * so there are no more steps than cells. RangeError for sums that do not add up, know no cell or go in a circle.
 *
 * @param earlier what other publications showed, under the same keys
 */
export function suppress(cells: readonly Cell[], sums: readonly Sum[], earlier: readonly Shown[] = [], threshold = THRESHOLD): Shown {
  const drawn = new Drawn(cells, sums, earlier, threshold);
  drawn.hide(cells.filter(({ key, n }) => n !== 0 && (tooFew(n, threshold) || earlier.some((publication) => {
    const then = publication.get(key);
    return typeof then === 'number' && tooFew(n - then, threshold);
  }))).map(({ key }) => key));
  for (let before = -1; before !== drawn.hiddenCells;) {
    before = drawn.hiddenCells;
    for (const sum of drawn.partsFirst) {
      for (let told = drawn.tellsIn(sum); told !== undefined; told = drawn.tellsIn(sum)) {
        const next = drawn.nextToHide(sum, told);
        if (next === undefined) break;
        drawn.hide([next]);
      }
    }
  }
  return new Map(cells.map(({ key, n }) => [key, drawn.hides(key) ? null : n]));
}

/** The cells while they are being hidden. */
class Drawn {
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly order: ReadonlyMap<string, number>;
  private readonly divisions = new Map<string, Sum[]>();
  private readonly hidden = new Set<string>();
  /** The sums, those of a part before those that it is part of. */
  readonly partsFirst: readonly Sum[];

  constructor(cells: readonly Cell[], sums: readonly Sum[], private readonly earlier: readonly Shown[], private readonly threshold: number) {
    this.numbers = new Map(cells.map(({ key, n }) => [key, n]));
    this.order = new Map(cells.map(({ key }, at) => [key, at]));
    for (const sum of sums) {
      if (this.of(sum.whole) !== total(sum.parts.map((part) => this.of(part)))) throw new RangeError(`the parts of ${sum.whole} do not add up`);
      this.divisions.set(sum.whole, [...(this.divisions.get(sum.whole) ?? []), sum]);
    }
    const heights = this.heights(sums);
    this.partsFirst = [...sums].sort((a, b) => (heights.get(a.whole) ?? 0) - (heights.get(b.whole) ?? 0));
  }

  get hiddenCells(): number { return this.hidden.size; }
  hides(key: string): boolean { return this.hidden.has(key); }

  /** With a whole goes a part of every division of it, for else its parts would add up to it. */
  hide(keys: readonly string[]): void {
    for (const key of keys) this.hidden.add(key);
    for (const { parts } of keys.flatMap((key) => this.divisions.get(key) ?? [])) {
      const least = parts.some((part) => this.hides(part)) ? undefined : this.smallestShown(parts);
      if (least !== undefined) this.hide([least]);
    }
  }

  private of(key: string): number {
    const n = this.numbers.get(key);
    if (n === undefined) throw new RangeError(`no cell ${key}`);
    return n;
  }

  /** How many sums lie under a cell, one below the other. */
  private heights(sums: readonly Sum[]): ReadonlyMap<string, number> {
    const known = new Map<string, number>();
    const height = (key: string, above: ReadonlySet<string>): number => {
      if (above.has(key)) throw new RangeError(`${key} is a part of itself`);
      const found = known.get(key) ?? Math.max(0, ...(this.divisions.get(key) ?? []).flatMap(({ parts }) => parts.map((part) => 1 + height(part, new Set([...above, key])))));
      known.set(key, found);
      return found;
    };
    for (const { whole } of sums) height(whole, new Set());
    return known;
  }

  /** The cells among which one more must be hidden, because of what the sum tells; undefined when it tells too much of nobody. */
  tellsIn(sum: Sum): readonly string[] | undefined {
    const out = sum.parts.filter((part) => this.hides(part));
    if (!this.hides(sum.whole) && out.length > 0) {
      const spread = total(out.map((part) => this.of(part))) > total(out.map((part) => this.atLeast(part)));
      if (out.length === 1 || !spread || total(out.map((part) => this.reached(part))) < this.threshold) return sum.parts;
    }
    return this.changeTold(sum, out);
  }

  /** The smallest population that a hidden cell can be brought down to by taking away what is shown within it. */
  private reached(key: string): number {
    if (!this.hides(key)) return 0;
    return Math.min(this.of(key), ...(this.divisions.get(key) ?? []).map(({ parts }) => total(parts.map((part) => this.reached(part)))));
  }

  /** The smallest number a reader must reckon with: a hidden cell is not 0, and not smaller than what is seen within it. */
  private atLeast(key: string): number {
    if (!this.hides(key)) return this.of(key);
    return Math.max(1, ...(this.divisions.get(key) ?? []).map(({ parts }) => total(parts.map((part) => this.atLeast(part)))));
  }

  /** Those of a sum whose number is known now and was known in an earlier publication, and is too little another. */
  private changeTold(sum: Sum, out: readonly string[]): readonly string[] | undefined {
    for (const publication of this.earlier) {
      const isHidden = { now: (key: string) => this.hides(key), then: (key: string) => (publication.get(key) ?? null) === null };
      const either = (key: string): boolean => isHidden.now(key) || isHidden.then(key);
      const groups = [out, sum.parts.filter(isHidden.then), sum.parts.filter(either)].map((group) => ({ group, rest: sum.parts.filter((part) => !group.includes(part)) }));
      for (const { group, rest } of [...groups, this.broughtDown(sum, either)]) {
        const known = (hidden: (key: string) => boolean): boolean => !group.some(hidden) || ![sum.whole, ...rest].some(hidden);
        if ([...group, ...rest].some((key) => publication.get(key) === undefined) || !known(isHidden.now) || !known(isHidden.then)) continue;
        const then = (keys: readonly string[]): number => total(keys.map((key) => publication.get(key) ?? 0));
        const readThen = group.some(isHidden.then) ? then([sum.whole]) - then(rest) : then(group);
        if (tooFew(total(group.map((key) => this.of(key))) - readThen, this.threshold)) return group;
      }
    }
    return undefined;
  }

  /** What is left of a sum when all is taken away that both publications show, in any depth. Of a part that is divided in several ways the first way is gone down. */
  private broughtDown({ parts }: Sum, either: (key: string) => boolean): { readonly group: readonly string[]; readonly rest: readonly string[] } {
    return parts.reduce<{ group: readonly string[]; rest: readonly string[] }>(({ group, rest }, part) => {
      const [division] = this.divisions.get(part) ?? [];
      if (!either(part)) return { group, rest: [...rest, part] };
      if (division === undefined) return { group: [...group, part], rest };
      const deeper = this.broughtDown(division, either);
      return { group: [...group, ...deeper.group], rest: [...rest, ...deeper.rest] };
    }, { group: [], rest: [] });
  }

  /** Among those told of the smallest that is shown; else in the whole sum, then within its hidden parts, and the whole at last. */
  nextToHide(sum: Sum, told: readonly string[]): string | undefined {
    return this.smallestShown(told) ?? this.smallestShown(sum.parts) ?? this.smallestShown(sum.parts.flatMap((part) => this.within(part))) ?? this.smallestShown([sum.whole]);
  }

  private smallestShown(keys: readonly string[]): string | undefined {
    const place = (key: string): number => this.order.get(key) ?? 0;
    return keys.filter((key) => !this.hides(key) && this.of(key) !== 0)
      .reduce<string | undefined>((least, key) => (least === undefined || this.of(key) < this.of(least) || (this.of(key) === this.of(least) && place(key) < place(least)) ? key : least), undefined);
  }

  private within(key: string): readonly string[] {
    if (!this.hides(key)) return [];
    return (this.divisions.get(key) ?? []).flatMap(({ parts }) => [...parts, ...parts.flatMap((part) => this.within(part))]);
  }
}
