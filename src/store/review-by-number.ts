import type { CaseNumber } from '../domain/kernel/case-number.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/**
 * The case of a refusal that the contact point can have reviewed, by its number; for a minute it admits the caller to that command and to nothing else (FM-DEC-2). Undefined, in the same
 * words of the log: everything else. @param key what he asked for under it before is found again
 * @throws with code 28000 without a session, UV401 when he must prove himself anew.
 */
export const askReview = (pool: Pool, token: string, number: CaseNumber, key: string | undefined): Promise<string | undefined> =>
  inSession(pool, token, async (client) => {
    const { rows: [row] } = await client.query<{ id: string | null }>('select sec.ask_review($1, $2) as id', [number, key ?? null]);
    return row?.id ?? undefined;
  });
