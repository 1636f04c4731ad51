import { randomInt } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { isOutage } from '../../src/store/postgres/outage.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import type { PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type OwnCluster, ownCluster } from './own-cluster.js';
import { carriedOutAfter, type Stored, stored, type Tally, type Try, writing } from './writers.js';

const CASES = 6;
const WRITERS = 16;
const MEMBERS = ['police', 'municipal', 'probation'] as const satisfies readonly PersonName[];

/** A house on a PostgreSQL of its own, with cases of three members each. */
export interface KillableHouse {
  readonly cluster: OwnCluster;
  readonly house: TestHouse;
  readonly cases: readonly string[];
  readonly close: () => Promise<void>;
}

export async function killableHouse(): Promise<KillableHouse> {
  const cluster = await ownCluster();
  const house = await testHouse(noLimits, undefined, cluster.db);
  const cases: string[] = [];
  for (let n = 0; n < CASES; n += 1) cases.push(await takenCase(house));
  return {
    cluster, house, cases,
    close: async () => {
      await house.close();
      await cluster.remove();
    },
  };
}

/** A note under a key, given to the program below the web. */
const note = ({ house, cases }: KillableHouse): Try => async (writer, key) => {
  try {
    const who = MEMBERS[Math.floor(writer / CASES) % MEMBERS.length] ?? 'police';
    const outcome = await house.order(who, 'journal.add', { text: `Ringede som aftalt (${writer})`, kind: 'personal' }, { caseId: cases[writer % CASES] ?? '', key });
    if (outcome.kind === 'done') return 'done';
    return outcome.kind === 'stale' ? 'again' : { strange: JSON.stringify(outcome) };
  } catch (error) {
    return isOutage(error) ? 'again' : { strange: String(error) };
  }
};

export interface Killed extends Stored {
  readonly kills: number;
  readonly tally: Tally;
  /** Longest from a kill to the first order that was sent after it and carried out, in milliseconds. */
  readonly recovery: number;
}

/** Kills the server under sixteen writers, again and again. @param goesOn asked after each round with what is lost by then. */
export async function killRounds(on: KillableHouse, rounds: number, goesOn: (lost: number) => boolean = () => true): Promise<Killed> {
  const end = new AbortController();
  const { tally, over } = writing(WRITERS, note(on), end.signal);
  let [kills, recovery] = [0, 0];
  try {
    while (kills < rounds) {
      await after(randomInt(1_000, 2_000));
      const killed = performance.now();
      await on.cluster.kill();
      await on.cluster.start();
      recovery = Math.max(recovery, await carriedOutAfter(tally, killed));
      kills += 1;
      if (!goesOn((await stored(on.cluster.db, new Set(tally.acked), 0)).lost)) break;
    }
  } finally {
    end.abort();
    await over;
  }
  return { ...(await stored(on.cluster.db, tally.acked, 0)), kills, tally, recovery };
}
