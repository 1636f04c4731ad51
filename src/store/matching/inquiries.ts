import { raiseAlarm } from '../audit/alarm.js';
import { type Pool, type PoolClient, withTransaction } from '../postgres/pools.js';
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

/** The number's fingerprint; undefined when it was sealed for another key than ours, or not by the program. */
async function fingerprint({ secret, mac }: MatchKeys, bound: string, sealed: Buffer): Promise<Buffer | undefined> {
  let number: string;
  try {
    number = openNumber(secret, bound, sealed);
  } catch {
    return undefined;
  }
  return fingerprintOf(mac, number);
}

/**
 * Looks up the numbers that an emergency asks for, and compares those that wait, in the order they came; a hit lies with the contact point then. Of those beyond somebody's day a colleague is
 * asked first. One that cannot be opened is laid aside, with an alarm in the log: it must keep no other waiting.
 * @returns how many were compared; fewer than there were when another worker is at it.
 * @throws when the key service does not answer: all wait on.
 */
export async function matchWaiting({ pool, ...keys }: Matching): Promise<number> {
  let unreadable = 0;
  await asMatcher(pool, async (client) => {
    await client.query('select match.ask_for_held()');
    const { rows } = await client.query<Pick<Waiting, 'id' | 'sealed'> & Record<string, unknown>>('select * from match.wanted_waiting($1)', [AT_ONCE]);
    for (const { id, sealed } of rows) {
      const found = await fingerprint(keys, id, sealed);
      if (found === undefined) {
        unreadable += 1;
        await client.query('select match.lay_wanted_aside($1)', [id]);
      } else await client.query('select match.answer_wanted($1, $2)', [id, found]);
    }
  });
  let compared = 0;
  for (let more = true; more;) {
    more = await asMatcher(pool, async (client) => {
      const { rows } = await client.query<Waiting & Record<string, unknown>>('select * from match.waiting($1)', [AT_ONCE]);
      for (const { id, case_id: caseId, sealed } of rows) {
        const found = await fingerprint(keys, caseId, sealed);
        if (found === undefined) {
          unreadable += 1;
          await client.query('select match.lay_aside($1)', [id]);
        } else {
          compared += 1;
          await client.query('select match.settle($1, $2)', [id, found]);
        }
      }
      return rows.length === AT_ONCE;
    });
  }
  if (unreadable > 0) await raiseAlarm(pool, 'number-not-readable', unreadable);
  return compared;
}

const asMatcher = <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  withTransaction(pool, async (client) => {
    await client.query('set local role udvej_match');
    return work(client);
  });
