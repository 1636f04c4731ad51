/** What a reader can reckon out from shown numbers and sums: linear equations, solved in whole numbers without rounding. */

import type { Shown, Sum } from './suppression.js';

/** An equation: the hidden cells with their factors, and what they come to. */
interface Row {
  readonly factors: Map<string, bigint>;
  comesTo: bigint;
}

const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? magnitude(a) : gcd(b, a % b));

/** What the shown numbers fix, with hidden cells as unknowns. */
export class KnownNumbers {
  /** By the cell that the row was solved for; no other row has it. */
  private readonly solved = new Map<string, Row>();
  private readonly hidden: ReadonlySet<string>;
  private scale = 1n;

  constructor(sums: readonly Sum[], private readonly shown: Shown) {
    this.hidden = new Set([...shown].filter(([, n]) => n === null).map(([key]) => key));
    for (const { whole, parts } of sums) {
      const row: Row = { factors: new Map(), comesTo: 0n };
      this.addTo(row, whole, 1n);
      for (const part of parts) this.addTo(row, part, -1n);
      this.solve(row);
    }
    for (const [key, row] of this.solved) {
      const own = row.factors.get(key) ?? 1n;
      this.scale = (this.scale / gcd(this.scale, own)) * magnitude(own);
    }
  }

  private addTo(row: Row, key: string, factor: bigint): void {
    if (this.hidden.has(key)) put(row.factors, key, factor);
    else row.comesTo -= factor * BigInt(this.shown.get(key) ?? 0);
  }

  private solve(row: Row): void {
    for (const [key, known] of this.solved) takeOut(row, key, known);
    const [key] = row.factors.keys();
    if (key === undefined) return;
    for (const other of this.solved.values()) takeOut(other, key, row);
    this.solved.set(key, row);
  }

  /** What a cell hangs on: unknowns that no equation fixes, with factors of one common scale. Cells whose traces come to nothing together have a number that is known. */
  trace(key: string): ReadonlyMap<string, bigint> {
    if (!this.hidden.has(key)) return new Map();
    const row = this.solved.get(key);
    if (row === undefined) return new Map([[key, this.scale]]);
    const each = this.scale / (row.factors.get(key) ?? 1n);
    return new Map([...row.factors].filter(([one]) => one !== key).map(([one, factor]) => [one, -factor * each]));
  }

  /** How many people are in these cells together, where that can be reckoned out. */
  together(keys: readonly string[]): number | undefined {
    const left = new Map<string, bigint>();
    let known = 0n;
    for (const key of keys) {
      for (const [one, factor] of this.trace(key)) put(left, one, factor);
      const row = this.solved.get(key);
      if (!this.hidden.has(key)) known += BigInt(this.shown.get(key) ?? 0) * this.scale;
      else if (row !== undefined) known += row.comesTo * (this.scale / (row.factors.get(key) ?? 1n));
    }
    return left.size === 0 ? Number(known) / Number(this.scale) : undefined;
  }
}

/** Adds to a factor; what comes to nothing is gone. */
export function put(factors: Map<string, bigint>, key: string, factor: bigint): void {
  const sum = (factors.get(key) ?? 0n) + factor;
  if (sum === 0n) factors.delete(key);
  else factors.set(key, sum);
}

/** Takes a cell out of a row by means of another row that has it, and makes the row as small as it can be. */
function takeOut(row: Row, key: string, by: Row): void {
  const mine = row.factors.get(key);
  const its = by.factors.get(key);
  if (mine === undefined || its === undefined) return;
  for (const [one, factor] of row.factors) row.factors.set(one, factor * its);
  row.comesTo *= its;
  for (const [one, factor] of by.factors) put(row.factors, one, -factor * mine);
  row.comesTo -= by.comesTo * mine;
  const common = [...row.factors.values()].reduce(gcd, row.comesTo);
  if (common === 0n || common === 1n) return;
  for (const [one, factor] of row.factors) row.factors.set(one, factor / common);
  row.comesTo /= common;
}
