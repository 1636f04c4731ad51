import { type Pool, withTransaction } from '../postgres/pools.js';
import type { MacService } from '../vault/kms.js';
import { fingerprintOf } from './fingerprint.js';
import { openNumber } from './sealed-number.js';

/** What the worker holds for matching, and nobody else has (control 16). */
export interface MatchKeys {
  /** Opens what was sealed: 32 bytes. */
  readonly secret: Buffer;
  readonly mac: MacService;
}

export interface Matching extends MatchKeys {
  /** The worker's, who takes on the role of matching for it. */
  readonly pool: Pool;
}

interface Waiting {
  readonly id: string;
  readonly case_id: string;
  readonly sealed: Buffer;
}

const AT_ONCE = 20;

/**
 * Looks up the numbers that an emergency asks for, and compares those that wait, in the order they came; a hit lies with the contact point then. Of those beyond somebody's day a colleague is
 * asked first.
 * @returns how many were compared; fewer than there were when another worker is at it.
 * @throws when a number cannot be opened, or the key service does not answer: it waits on.
 */
export async function matchWaiting({ pool, secret, mac }: Matching): Promise<number> {
  await withTransaction(pool, async (client) => {
    await client.query('set local role udvej_match');
    await client.query('select match.ask_for_held()');
    const { rows } = await client.query<Pick<Waiting, 'id' | 'sealed'> & Record<string, unknown>>('select * from match.wanted_waiting($1)', [AT_ONCE]);
    for (const { id, sealed } of rows) await client.query('select match.answer_wanted($1, $2)', [id, await fingerprintOf(mac, openNumber(secret, id, sealed))]);
  });
  let compared = 0;
  for (let more = true; more;) {
    more = await withTransaction(pool, async (client) => {
      await client.query('set local role udvej_match');
      const { rows } = await client.query<Waiting & Record<string, unknown>>('select * from match.waiting($1)', [AT_ONCE]);
      for (const { id, case_id: caseId, sealed } of rows) {
        await client.query('select match.settle($1, $2)', [id, await fingerprintOf(mac, openNumber(secret, caseId, sealed))]);
      }
      compared += rows.length;
      return rows.length === AT_ONCE;
    });
  }
  return compared;
}
