import { randomUUID } from 'node:crypto';
import type { Child } from './child.js';
import { ANALYST_TOKEN, floorMeasured, floorToken, floorUser } from './floor/seed.js';
import type { FloorFacts } from './floor/server.js';
import type { Ask } from './load.js';
import type { Operation } from './options.js';
import { caseIdOf, casesOf, MEASURED, measuredUsers } from './plan.js';
import type { ServerFacts } from './server.js';

export const TARGETS = ['plain', 'secured', 'udvej'] as const;
export type TargetName = (typeof TARGETS)[number];

/** A server, and how each operation is asked of it. `who` is the n-th of the people measured, `which` one of his cases. */
export interface Target {
  readonly name: TargetName;
  readonly origin: string;
  readonly child: Pick<Child<unknown>, 'usage'>;
  readonly ask: (operation: Operation, who: number, which: string) => Ask;
  readonly casesOf: (who: number) => readonly string[];
}

export const NOTE = 'Ringede som aftalt. Han har sovet dårligt, men holder fast. Vi taler sammen igen på torsdag. '.repeat(3).trim();
const FORM = 'application/x-www-form-urlencoded';

export function udvej(child: Child<ServerFacts>, cases: number): Target {
  const { origin, cookie, tokens } = child.facts;
  const users = measuredUsers(cases);
  const token = (who: number): string => tokens[who] ?? '';
  const page = (who: number, path: string): Ask => ({ method: 'GET', path, headers: { cookie: `${cookie}=${token(who)}` } });
  const today = new Date().toISOString().slice(0, 10);
  return {
    name: 'udvej', origin, child,
    casesOf: (who) => casesOf(cases, users[who] ?? 0).map(caseIdOf),
    ask: (operation, who, which) => {
      switch (operation) {
        case 'list':
          return page(who, '/sager');
        case 'open':
          return page(who, `/sager/${which}/journal`);
        case 'note':
          return {
            method: 'POST', path: `/api/v1/cases/${which}/commands/journal.add`, body: JSON.stringify({ text: NOTE, kind: 'personal' }),
            headers: { authorization: `Bearer ${token(who)}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          };
        case 'counts':
          // The official stands after the people measured.
          return { method: 'GET', path: `/api/v1/statistics?asOf=${today}`, headers: { authorization: `Bearer ${token(MEASURED)}` } };
      }
    },
  };
}

/** @param cases of each of the people measured. */
export function floor(name: 'plain' | 'secured', child: Child<FloorFacts>, users: number, cases: readonly (readonly string[])[]): Target {
  const people = floorMeasured(users, MEASURED);
  const who = (n: number): Readonly<Record<string, string>> =>
    name === 'plain' ? { 'x-user': floorUser(people[n] ?? 0) } : { cookie: `sid=${floorToken(people[n] ?? 0)}` };
  return {
    name, origin: child.facts.origin, child,
    casesOf: (n) => cases[n] ?? [],
    ask: (operation, n, which) => {
      switch (operation) {
        case 'list':
          return { method: 'GET', path: '/cases', headers: who(n) };
        case 'open':
          return { method: 'GET', path: `/cases/${which}`, headers: who(n) };
        case 'note':
          return { method: 'POST', path: `/cases/${which}/notes`, body: `body=${encodeURIComponent(NOTE)}`, headers: { ...who(n), 'content-type': FORM } };
        case 'counts':
          return { method: 'GET', path: '/counts', headers: name === 'plain' ? {} : { cookie: `sid=${ANALYST_TOKEN}` } };
      }
    },
  };
}

/** Requests by turns: the next of the people every time, and the next of his cases every round. */
export function turns(target: Target, operation: Operation): () => Ask {
  const cases = Array.from({ length: MEASURED }, (_, who) => target.casesOf(who));
  let turn = 0;
  return () => {
    const who = turn % MEASURED;
    const mine = cases[who] ?? [];
    const which = mine[(Math.floor(turn / MEASURED) * 7 + who) % mine.length] ?? '';
    turn += 1;
    return target.ask(operation, who, which);
  };
}
