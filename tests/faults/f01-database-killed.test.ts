import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KillableHouse, killableHouse, killRounds } from './killed-database.js';

const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 12);
let on: KillableHouse;
beforeAll(async () => { on = await killableHouse(); });
afterAll(() => on.close());

describe('F1: the database is killed under sixteen people who write', () => {
  it(`${ROUNDS} times: nothing that was answered for is lost, nothing stands twice, and within ten seconds it goes on`, async () => {
    const { kills, tally, lost, twice, unlogged, notes, recovery } = await killRounds(on, ROUNDS);
    console.log(`F1: ${kills} kills, ${tally.acked.size} acked, ${tally.again} tried again, ${lost} lost, ${twice} twice, ${(recovery / 1_000).toFixed(1)} s recovery`);
    expect({ strange: tally.strange, lost, twice, unlogged }).toEqual({ strange: [], lost: 0, twice: 0, unlogged: 0 });
    expect(kills).toBe(ROUNDS);
    // It was hit at work, every time.
    expect(tally.again).toBeGreaterThanOrEqual(ROUNDS);
    expect(notes).toBeGreaterThan(ROUNDS * 16);
    expect(recovery).toBeLessThan(10_000);
  });
});
