import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KillableHouse, killableHouse, killRounds } from './killed-database.js';

/** One is nearly always enough. */
const MOST = 10;
let on: KillableHouse;
beforeAll(async () => {
  on = await killableHouse();
  await on.cluster.db.superuser('alter database udvej set synchronous_commit = off');
});
afterAll(() => on.close());

describe('F2: the test of F1', () => {
  it('sees what is lost when the database answers before it has written (synchronous_commit = off)', async () => {
    const { kills, tally, lost } = await killRounds(on, MOST, (yet) => yet === 0);
    console.log(`F2: ${kills} kills, ${tally.acked.size} acked, ${lost} lost, as it must be`);
    expect(lost).toBeGreaterThan(0);
  });
});
