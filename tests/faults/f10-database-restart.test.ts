import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { usualLimits } from '../../src/store/command-table.js';
import { ask, type Answer, noteOver } from './asking.js';
import { type OwnCluster, ownCluster } from './own-cluster.js';
import { type Process, type Production, production, withTheRealClock } from './program.js';
import { stored, writing } from './writers.js';

const READERS = 8;
const WRITERS = 4;
/** The database is away so long. */
const AWAY_MS = 2_000;
let cluster: OwnCluster;
let world: Production;
let house: TestHouse;
let web: Process;
let caseId: string;
beforeAll(async () => {
  cluster = await ownCluster();
  world = await production();
  house = await testHouse(usualLimits, world.keys, cluster.db);
  await withTheRealClock(house.db);
  caseId = await takenCase(house);
  web = await world.start(cluster.db.url);
});
afterAll(async () => {
  await world.close();
  await house.close();
  await cluster.remove();
});

describe('F10: PostgreSQL is started anew while its connections are in use', () => {
  it('the program lives on, says 503 and never 500 meanwhile, and answers within five seconds of its return', async () => {
    const end = new AbortController();
    const answers: { readonly at: number; readonly answer: Answer }[] = [];
    const reading = Promise.all(Array.from({ length: READERS }, async () => {
      while (!end.signal.aborted) {
        const sent = performance.now();
        const { answer } = await ask(web.port, house.tokens.police, `/api/v1/cases/${caseId}`);
        answers.push({ at: sent, answer });
        await after(10);
      }
    }));
    const { tally, over } = writing(WRITERS, noteOver(() => web.port, () => ({ token: house.tokens.municipal, caseId })), end.signal);
    await after(2_000);
    const left = performance.now();
    await cluster.stop();
    await after(AWAY_MS);
    await cluster.start();
    const back = performance.now();
    await after(6_000);
    end.abort();
    await Promise.all([reading, over]);
    const failed = answers.filter(({ answer }) => answer !== 200);
    const last = Math.max(0, ...failed.map(({ at }) => at - back));
    const { lost, twice } = await stored(cluster.db, tally.acked, 0);
    console.log(`F10: away ${((back - left) / 1_000).toFixed(1)} s, ${answers.length} looks of which ${failed.length} failed, the last ${(last / 1_000).toFixed(1)} s after the return; ${tally.acked.size} notes, ${lost} lost, ${twice} twice`);
    expect(web.alive()).toBe(true);
    expect([...new Set(failed.map(({ answer }) => answer))]).toEqual([503]);
    expect(last).toBeLessThan(5_000);
    expect(answers.filter(({ at, answer }) => at > back && answer === 200).length).toBeGreaterThan(50);
    expect({ strange: tally.strange, lost, twice }).toEqual({ strange: [], lost: 0, twice: 0 });
  });
});
