import { fork } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealAll } from '../../src/store/audit/sealer.js';
import { verifyLog } from '../../src/store/audit/verify.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { fileSigner } from '../../src/store/vault/kms.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

const KILLS = 50;
/** A thousand rows a second, as a whole country at work does not write. */
const ROWS_A_TURN = 20;
const TURN_MS = 20;
const seed = randomBytes(32);
let db: FreshDatabase;
let pool: Pool;
beforeAll(async () => {
  db = await freshDatabase();
  pool = createPool(db.url('udvej_sealer'), { max: 2, name: 'faults' });
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});

/** Writes to the log until told to stop. @returns how many rows it wrote. */
async function writing(until: AbortSignal): Promise<number> {
  let rows = 0;
  while (!until.aborted) {
    await db.superuser(`select audit.append(gen_random_uuid(), 'case.opened', gen_random_uuid(), 'overview') from generate_series(1, ${ROWS_A_TURN})`);
    rows += ROWS_A_TURN;
    await after(TURN_MS);
  }
  return rows;
}

describe('F7: the sealer is killed in the middle of its work', () => {
  it(`${KILLS} times: no row is lost, none has two numbers, and what was left waiting is sealed within five seconds`, async () => {
    const end = new AbortController();
    const written = writing(end.signal);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const sealer = fork(fileURLToPath(new URL('./sealing-child.ts', import.meta.url)), [], {
        execArgv: ['--import', 'tsx'], env: { ...process.env, SEALER_URL: db.url('udvej_sealer'), SEED: seed.toString('base64') }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      await once(sealer, 'message');
      // The point of it: anywhere in a round.
      await after(randomInt(5, 500));
      sealer.kill('SIGKILL');
      await once(sealer, 'exit');
    }
    end.abort();
    const rows = await written;
    const signer = fileSigner(seed);
    const waited = (await verifyLog(pool, await signer.publicKeys(), [])).waiting;
    const began = performance.now();
    await sealAll(pool, signer);
    const took = performance.now() - began;
    const report = await verifyLog(pool, await signer.publicKeys(), []);
    console.log(`F7: ${KILLS} kills, ${rows} rows, ${report.heads} heads, ${waited} left waiting, sealed in ${Math.round(took)} ms`);
    expect(report).toMatchObject({ rows, waiting: 0, findings: [] });
    // It did seal between the kills: more than the batches of the end.
    expect(report.heads).toBeGreaterThan(Math.ceil(waited / 2_000) + 5);
    expect(took).toBeLessThan(5_000);
  });
});
