import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginCommand, readCase } from '../../src/store/case-stream.js';
import { createPool, withTransaction } from '../../src/store/postgres/pools.js';
import { KINDS, twoCases, type TwoCases } from '../support/wall-house.js';
import { everyReach } from '../support/wall-sql.js';

let cases: TwoCases;
beforeAll(async () => { cases = await twoCases(); });
afterAll(() => cases.close());

describe('Control 6: a pool of one connection', () => {
  it('carries nothing from one person to the next, whatever went wrong, in a thousand rounds', async () => {
    const { house, mine, others } = cases;
    const pool = createPool(house.db.url('udvej_web'), { max: 1, name: 'one' });
    const tables = (await everyReach(house.db, 'udvej_web')).map((sql) => `(select count(*) from (${sql}) t)::int`);
    const before = async () => {
      const { rows } = await pool.query<{ n: number }>(`select ${tables.join(' + ')}
        + case when sec.ctx_user() is null then 0 else 1 end + case when current_user = 'udvej_web' then 0 else 1 end + length(coalesce(current_setting('app.session', true), '')) as n`);
      return rows[0]?.n;
    };
    const leaks: number[] = [];
    const rounds: readonly ((token: string, caseId: string) => Promise<unknown>)[] = [
      (token, caseId) => readCase(pool, token, caseId, 'overview', KINDS, 20),
      (token, caseId) => withTransaction(pool, async (client) => {
        await beginCommand(client, token, caseId, 'journal.add', 20);
        throw new Error('a bug');
      }),
      (token, caseId) => withTransaction(pool, async (client) => {
        await readCase(client, token, caseId, 'overview', KINDS, 20);
        await client.query('select 1 / 0');
      }),
      (token) => pool.query('select * from app.list_questions($1, $2)', [token, '2011-01-01']),
      (token) => pool.query('select * from app.list_cases($1, false, null, 25, 0)', [token]),
      (token, caseId) => withTransaction(pool, (client) => beginCommand(client, token, caseId, 'journal.add', 20)),
    ];
    try {
      for (let round = 0; round < 1_000; round += 1) {
        const [who, caseId] = round % 2 === 0 ? (['police', mine] as const) : (['odense', others] as const);
        const one = rounds[round % rounds.length];
        await one?.(house.tokens[who], caseId).catch(() => undefined);
        if ((await before()) !== 0) leaks.push(round);
      }
      expect(leaks).toEqual([]);
      // The same question asked inside a session counts rows: the probe can see.
      const seen = await withTransaction(pool, async (client) => {
        await client.query(`select set_config('app.session', $1, true)`, [house.tokens.police]);
        return (await client.query('select 1 from app.exit_case')).rowCount;
      });
      expect(seen).toBeGreaterThan(0);
    } finally {
      await pool.end();
    }
  }, 120_000);
});
