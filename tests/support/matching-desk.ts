import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { vi } from 'vitest';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { type DeskHit, listMatchDesk } from '../../src/store/matching/tellings.js';
import { matchWaiting } from '../../src/store/matching/inquiries.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { fileMac } from '../../src/store/vault/kms.js';
import { registration, testHouse } from './house.js';
import type { PersonName } from './people.js';
import { noLimits } from './wall-house.js';
import { type TestWeb, testWeb } from './web.js';

/** A CPR number that is nobody's, the same for the same `n`. */
export const cprOf = (n: number): string => demonstrationCpr(knownDate('1994-03-07'), 'male', n);

/** The matches that nobody has settled. */
export const listHits = async (pool: Pool, token: string): Promise<readonly DeskHit[]> => (await listMatchDesk(pool, token)).filter((one) => one.outcome === null);

type Counts = Readonly<Record<string, string>>;

/** By how much each table has grown. */
export const grown = (before: Counts, after: Counts): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(after).map(([table, n]): [string, number] => [table, Number(n) - Number(before[table])]).filter(([, n]) => n !== 0));

/** A house with a worker that compares CPR numbers, and a counter of the statements that were sent. */
export async function matchingDesk() {
  const web: TestWeb = await testWeb(await testHouse(noLimits), 1_000_000);
  const worker: Pool = createPool(web.house.db.url('udvej_worker'), { max: 2, name: 'test worker' });
  await web.house.db.superuser(`update sec.setting set value = 1000 where name like 'numbers_per_day%'`);
  const mac = fileMac(randomBytes(32));
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  const register = (who: PersonName, cpr: string | undefined) => web.api(who, 'POST', '/api/v1/cases', { ...registration, ...(cpr === undefined ? {} : { cpr }) }, { 'idempotency-key': randomUUID() });
  return {
    web, worker, register,
    statementsSoFar: (): number => sent.mock.calls.length,
    compare: () => matchWaiting({ pool: worker, secret: web.house.matchSecret, mac }),
    numberOf: (reply: Awaited<ReturnType<typeof register>>): string => reply.json<{ number: string }>().number,
    hits: async (who: PersonName) => (await listHits(web.house.web, web.house.tokens[who])).map(({ numbers }) => [...numbers].sort()),
    /** How many rows every table has but the log's, which is asked for by itself. */
    rowCounts: async (): Promise<Counts> => {
      const names = await web.house.db.superuser<{ name: string }>(`
        select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname in ('app', 'sec', 'match', 'stat') order by 1`);
      const counts = await web.house.db.superuser<Record<string, string>>(`select ${names.map(({ name }) => `(select count(*) from ${name}) as "${name}"`).join(', ')}`);
      return counts[0] ?? {};
    },
    close: async () => {
      await worker.end();
      await web.close();
    },
  };
}

export type MatchingDesk = Awaited<ReturnType<typeof matchingDesk>>;
