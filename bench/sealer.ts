import { randomBytes } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { verifyLog } from '../src/store/audit/verify.js';
import { createPool } from '../src/store/postgres/pools.js';
import { fileSigner } from '../src/store/vault/kms.js';
import { type Child, runChild } from './child.js';
import type { Cleanup } from './cleanup.js';
import { asSuperuser, type Cluster, dropDatabase, makeDatabase } from './database.js';

/** Rows a second that a whole country at work does not write (security.md, control 13). */
export const ROWS_A_SECOND = 1_000;
const DATABASE = 'udvej_sealer_speed';
const CONNECTIONS = 16;
const TICK_MS = 10;
const START_MS = 30_000;

export interface SealerResult {
  readonly seconds: number;
  /** Rows appended, those of a hundredth of a second in one transaction, and how many a second that was. */
  readonly rows: number;
  readonly rate: number;
  /** From the moment a row was written to the signed head over it, in milliseconds. */
  readonly lag: { readonly p50: number; readonly p99: number; readonly most: number };
  /** Rows without a number at the end, and numbers beyond one a row. */
  readonly lost: number;
  readonly double: number;
  /** What the log's own check finds. */
  readonly findings: number;
}

/** Appends to the log at a steady pace with the real sealer beside it, and works out how far behind it was (control 13). */
export async function measureSealer(cluster: Cluster, seconds: number, program: (source: string) => URL, cleanup: Cleanup): Promise<SealerResult> {
  await makeDatabase(cluster, DATABASE);
  const seed = randomBytes(32);
  const sealer: Child<undefined> = await runChild(program('bench/sealing.ts'), { url: cluster.url('udvej_sealer', DATABASE), seed: seed.toString('base64') }, START_MS);
  cleanup.add(sealer.stop);
  const appended = await append(cluster.url('superuser', DATABASE), seconds);
  await sealer.stop();
  const pool = createPool(cluster.url('udvej_sealer', DATABASE), { max: 1, name: 'bench' });
  const report = await verifyLog(pool, await fileSigner(seed).publicKeys(), []).finally(() => pool.end());
  const seen = await asSuperuser(cluster.url('superuser', DATABASE), async (client) =>
    (await client.query<{ p50: number; p99: number; most: number; lost: string; double: string }>(`
      with lag as (
        select extract(epoch from (select h.at from audit.head h where h.size >= l.n order by h.size limit 1) - e.at)::float8 * 1000 as ms
        from audit.leaf l join audit.event e on e.id = l.event_id)
      select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99, max(ms) as most,
        (select count(*) from audit.event e where not exists (select from audit.leaf l where l.event_id = e.id)) as lost,
        (select count(*) - count(distinct event_id) from audit.leaf) as double
      from lag`)).rows[0]);
  await dropDatabase(cluster, DATABASE);
  if (!seen) throw new Error('the log is empty');
  const { p50, p99, most, lost, double } = seen;
  return {
    seconds, rows: appended.rows, rate: appended.rows / appended.took, lag: { p50, p99, most },
    lost: Number(lost) + report.waiting + (appended.rows - report.rows), double: Number(double), findings: report.findings.length,
  };
}

async function append(url: string, seconds: number): Promise<{ readonly rows: number; readonly took: number }> {
  const pool = createPool(url, { max: CONNECTIONS, name: 'bench' });
  const text = `select audit.append(gen_random_uuid(), 'case.opened', gen_random_uuid(), 'overview') from generate_series(1, $1::int)`;
  const began = performance.now();
  let inLine = 0;
  const waiting: Promise<unknown>[] = [];
  let rows = 0;
  try {
    for (let now = 0; now < seconds * 1_000; now = performance.now() - began) {
      // No line without end before a database that cannot keep the pace: what it manages is what is measured.
      const due = Math.floor((now * ROWS_A_SECOND) / 1_000) - rows;
      if (due > 0 && inLine < CONNECTIONS * 2) {
        inLine += 1;
        rows += due;
        waiting.push(pool.query({ name: 'append', text, values: [due] }).finally(() => { inLine -= 1; }));
      }
      await after(TICK_MS);
    }
    await Promise.all(waiting);
    return { rows, took: (performance.now() - began) / 1_000 };
  } finally {
    await pool.end();
  }
}
