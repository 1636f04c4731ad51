import { type Shot, shoot } from './load.js';
import type { Operation, Options } from './options.js';
import { serverTimes, spent } from './processor.js';
import { type Target, type TargetName, turns } from './targets.js';

/** One operation at one number of connections on one target. */
export interface Row {
  readonly cases: number;
  readonly operation: Operation;
  readonly connections: number;
  readonly target: TargetName;
  /** Requests a second: the median of the turns, the slowest and the fastest. */
  readonly rps: number;
  readonly slowest: number;
  readonly fastest: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly requests: number;
  readonly bad: number;
  /** Processor time of a request in microseconds: the server's process, and the database's where the system tells. */
  readonly serverTime: number;
  readonly databaseTime?: number;
  /** Of the secured floor's rate, in the same turns. */
  readonly ofSecured: number;
  /** The same of processor time, which other work on the machine hardly touches: the secured floor's for a request by ours. */
  readonly ofSecuredTime: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
};

interface Turn extends Shot {
  readonly server: number;
  readonly database: number | undefined;
}

/** What a measurement needs beside the targets. */
export interface Surroundings {
  readonly cases: number;
  /** Process id of the database server. */
  readonly postmaster: number;
  /** Before an operation: sessions of hours ago are as good as new. */
  readonly renewSessions: () => Promise<void>;
  /** The highest resident memory seen, by target. */
  readonly memory: Map<TargetName, number>;
}

/** Part of the measured time that goes ahead of it, uncounted. */
const WARM_UP = 1 / 8;
/** Before an operation is measured at all, the engine's compiler must have seen it: so many requests, or as many as come in so many seconds. */
const FIRST_WARM_UP = { requests: 4_000, seconds: 15 };
const SAMPLE_MS = 200;

async function turn(target: Target, ask: ReturnType<typeof turns>, connections: number, seconds: number, on: Surroundings): Promise<Turn> {
  const before = { server: await target.child.usage(), database: serverTimes(on.postmaster) };
  const sampler = setInterval(() => void target.child.usage().then(({ rss }) => on.memory.set(target.name, Math.max(rss, on.memory.get(target.name) ?? 0)), () => undefined), SAMPLE_MS);
  const shot = await shoot(target.origin, ask, connections, seconds).finally(() => clearInterval(sampler));
  const after = { server: await target.child.usage(), database: serverTimes(on.postmaster) };
  return { ...shot, server: after.server.cpu - before.server.cpu, database: spent(before.database, after.database) };
}

/** The next round begins with the next target, so that none always follows the same one. */
const rotated = <T>(all: readonly T[], by: number): readonly T[] => [...all.slice(by % all.length), ...all.slice(0, by % all.length)];

/** An operation's first seconds run code that is not compiled yet: they are no part of any figure. */
export async function warmUp(targets: readonly Target[], operation: Operation, options: Options): Promise<void> {
  for (const target of targets) await shoot(target.origin, turns(target, operation), Math.max(...options.connections), FIRST_WARM_UP.seconds, FIRST_WARM_UP.requests);
}

/** All targets in turns, so that noise from outside hits all of them. */
export async function measure(targets: readonly Target[], operation: Operation, connections: number, options: Options, on: Surroundings): Promise<readonly Row[]> {
  const asks = new Map(targets.map((target) => [target.name, turns(target, operation)]));
  const ask = (target: Target) => asks.get(target.name) ?? turns(target, operation);
  const got = new Map<TargetName, Turn[]>(targets.map((target) => [target.name, []]));
  await on.renewSessions();
  for (const target of targets) await shoot(target.origin, ask(target), connections, options.seconds * WARM_UP);
  for (let round = 0; round < options.rounds; round += 1) {
    for (const target of rotated(targets, round)) {
      got.get(target.name)?.push(await turn(target, ask(target), connections, options.seconds / options.rounds, on));
    }
  }
  const rows = targets.map(({ name }) => rowOf(got.get(name) ?? [], { cases: on.cases, operation, connections, target: name }));
  const secured = rows.find((row) => row.target === 'secured');
  const time = (row: Alone | undefined): number => (row ? row.serverTime + (row.databaseTime ?? 0) : Number.NaN);
  return rows.map((row) => ({ ...row, ofSecured: row.rps / (secured?.rps ?? Number.NaN), ofSecuredTime: time(secured) / time(row) }));
}

type Alone = Omit<Row, 'ofSecured' | 'ofSecuredTime'>;

function rowOf(turned: readonly Turn[], head: Pick<Row, 'cases' | 'operation' | 'connections' | 'target'>): Alone {
  const of = (pick: (one: Turn) => number) => turned.map(pick);
  const requests = of((one) => one.requests).reduce((a, b) => a + b, 0);
  const sum = (pick: (one: Turn) => number) => of(pick).reduce((a, b) => a + b, 0);
  const database = turned.every((one) => one.database !== undefined) ? { databaseTime: sum((one) => one.database ?? 0) / requests } : {};
  return {
    ...head, rps: median(of((one) => one.rps)), slowest: Math.min(...of((one) => one.rps)), fastest: Math.max(...of((one) => one.rps)),
    p50: median(of((one) => one.p50)), p95: median(of((one) => one.p95)), requests, bad: sum((one) => one.bad), serverTime: sum((one) => one.server) / requests, ...database,
  };
}
