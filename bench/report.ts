import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeskRow } from './desk.js';
import type { Row } from './measure.js';
import { ROWS_A_SECOND, type SealerResult } from './sealer.js';
import type { Operation, Options } from './options.js';
import type { TargetName } from './targets.js';

/** Part of the secured floor's rate to reach. National counts have no goal of their own. */
const RATE_GOALS: Readonly<Partial<Record<Operation, number>>> = { open: 1 / 3, list: 1 / 2, note: 1 / 3 };
/** What a request may cost more at the largest size than at the smallest. */
const GROWTH_GOAL = 1.3;
const MEMORY_GOAL = 300 * 1024 * 1024;
/** Milliseconds that an official waits, nineteen times of twenty. */
const DESK_GOAL = 300;
/** A tick more or less is no lag. */
const SEALER_PACE = ROWS_A_SECOND * 0.95;
const SEAL_LAG_GOAL = 2_000;

export interface SizeResult {
  readonly cases: number;
  readonly seeded: { readonly seconds: number; readonly rows: number };
  readonly rows: readonly Row[];
  readonly desk: readonly DeskRow[];
  /** Highest resident bytes during the load, by target. */
  readonly memory: Readonly<Partial<Record<TargetName, number>>>;
}

export interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly got: string;
  readonly reached: boolean;
}

const count = (n: number): string => n.toLocaleString('en');
const fixed = (n: number, digits: number): string => (Number.isFinite(n) ? n.toFixed(digits) : '–');
const cells = (widths: readonly number[], texts: readonly string[]): string =>
  texts.map((text, n) => (n < 3 ? text.padEnd(widths[n] ?? 0) : text.padStart(widths[n] ?? 0))).join('  ').trimEnd();

const WIDTHS = [9, 5, 8, 8, 15, 8, 8, 11, 11, 6, 8] as const;
export const HEAD = cells(WIDTHS, ['operation', 'conns', 'target', 'req/s', '(turns)', 'p50 ms', 'p95 ms', 'server µs', 'postgr. µs', 'ratio', 'of time']);

export const rowLine = (row: Row): string => cells(WIDTHS, [
  row.operation, String(row.connections), row.target, fixed(row.rps, 0), `(${fixed(row.slowest, 0)}–${fixed(row.fastest, 0)})`, fixed(row.p50, 2), fixed(row.p95, 2),
  fixed(row.serverTime, 0), fixed(row.databaseTime ?? Number.NaN, 0), fixed(row.ofSecured, 2), fixed(row.ofSecuredTime, 2),
]) + (row.bad > 0 ? `  ${row.bad} BAD ANSWERS` : '');

export const deskLine = ({ page, p50, p95, rps, requests, bad }: DeskRow): string =>
  `desk  ${page.padEnd(14)} p50 ${fixed(p50, 1).padStart(6)} ms  p95 ${fixed(p95, 1).padStart(6)} ms  ${fixed(rps, 0).padStart(5)} req/s  (${requests})${bad > 0 ? `  ${bad} BAD ANSWERS` : ''}`;

const goal = (what: string, wanted: string, got: string, reached: boolean): Goal => ({ what, goal: wanted, got, reached });

const rateGoals = (sizes: readonly SizeResult[]): readonly Goal[] =>
  sizes.flatMap(({ rows }) => rows).flatMap((row): readonly Goal[] => {
    const wanted = RATE_GOALS[row.operation];
    if (row.target !== 'udvej' || wanted === undefined) return [];
    return [goal(`${row.operation}, ${row.connections} conns, ${count(row.cases)} cases`, `≥ ${fixed(wanted, 2)}`, fixed(row.ofSecured, 2), row.ofSecured >= wanted)];
  });

/** Time on the clock and on the processor: the first holds waiting too, the second is free of what else the machine does. */
const costs = (row: Row): { readonly clock: number; readonly processor: number } => ({ clock: 1 / row.rps, processor: row.serverTime + (row.databaseTime ?? Number.NaN) });

const growthGoals = (sizes: readonly SizeResult[]): readonly Goal[] => {
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (!small || !large || small === large) return [];
  const grown = (target: TargetName, row: Row, cost: 'clock' | 'processor'): number => {
    const same = (one: Row) => one.operation === row.operation && one.connections === row.connections && one.target === target;
    const [before, after] = [small.rows.find(same), large.rows.find(same)];
    return before && after ? costs(after)[cost] / costs(before)[cost] : Number.NaN;
  };
  return large.rows.filter((row) => row.target === 'udvej').map((row) => {
    const [clock, processor, floor] = [grown('udvej', row, 'clock'), grown('udvej', row, 'processor'), grown('secured', row, 'processor')];
    const cost = Number.isFinite(processor) ? processor : clock;
    return goal(
      `growth of ${row.operation}, ${row.connections} conns, ${count(small.cases)} → ${count(large.cases)}`, `< ${GROWTH_GOAL}×`,
      `${fixed(cost, 2)}× (clock ${fixed(clock, 2)}×; secured floor ${fixed(floor, 2)}×)`, cost < GROWTH_GOAL,
    );
  });
};

const memoryGoals = (sizes: readonly SizeResult[]): readonly Goal[] =>
  sizes.map(({ cases, memory }) => {
    const most = memory.udvej ?? Number.NaN;
    return goal(`memory of the server, ${count(cases)} cases`, `< ${MEMORY_GOAL / 1024 / 1024} MB`, `${fixed(most / 1024 / 1024, 0)} MB`, most < MEMORY_GOAL);
  });

const deskGoals = (sizes: readonly SizeResult[]): readonly Goal[] =>
  sizes.flatMap(({ desk }) => desk).map(({ cases, page, p95 }) => goal(`desk: ${page}, ${count(cases)} cases, 95 of a hundred`, `≤ ${DESK_GOAL} ms`, `${fixed(p95, 0)} ms`, p95 <= DESK_GOAL));

const sealerGoals = ({ rate, lag, lost, double, findings }: SealerResult): readonly Goal[] => [
  goal('rows in the log a second', `≥ ${SEALER_PACE}`, fixed(rate, 0), rate >= SEALER_PACE),
  goal('seal lag, 99th of a hundred (control 13)', `≤ ${SEAL_LAG_GOAL / 1_000} s`, `${fixed(lag.p99 / 1_000, 2)} s (most ${fixed(lag.most / 1_000, 2)} s)`, lag.p99 <= SEAL_LAG_GOAL),
  goal('rows lost, double, found wrong', '0, 0, 0', `${lost}, ${double}, ${findings}`, lost + double + findings === 0),
];

export const sealerLine = ({ seconds, rows, rate, lag, lost, double }: SealerResult): string =>
  `sealer: ${count(rows)} rows in ${seconds} s (${fixed(rate, 0)}/s), lag p50 ${fixed(lag.p50, 0)} ms, p99 ${fixed(lag.p99, 0)} ms, most ${fixed(lag.most, 0)} ms, ${lost} lost, ${double} double`;

export const goalsOf = (sizes: readonly SizeResult[], sealer?: SealerResult): readonly Goal[] =>
  [...rateGoals(sizes), ...growthGoals(sizes), ...memoryGoals(sizes), ...deskGoals(sizes), ...(sealer ? sealerGoals(sealer) : [])];

export const goalLine = ({ what, goal: wanted, got, reached }: Goal): string => `${reached ? 'reached ' : 'MISSED  '} ${what.padEnd(46)} ${wanted.padEnd(10)} ${got}`;

/** Everything measured, with the machine it was measured on. @returns where it lies. */
export function writeResults(options: Options, postgres: string, sizes: readonly SizeResult[], sealer?: SealerResult): string {
  const file = options.out instanceof URL ? fileURLToPath(options.out) : path.resolve(options.out);
  mkdirSync(path.dirname(file), { recursive: true });
  const machine = { processors: os.cpus().length, model: os.cpus()[0]?.model ?? '', load: os.loadavg().map((one) => Number(one.toFixed(2))), node: process.version, postgres };
  const { seconds, rounds, notes } = options;
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, options: { seconds, rounds, notes }, sizes, sealer, goals: goalsOf(sizes, sealer) }, undefined, 2)}\n`);
  return file;
}
