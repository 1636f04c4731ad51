import type { CaseNumber } from '../domain/kernel/case-number.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** A refusal to be reviewed: for a minute its number admits the caller to that command and to nothing else. `repeated`: he asked for it before, under the same key, by the order of this keyed hash. */
export interface NamedRefusal {
  readonly caseId: string;
  readonly repeated?: Buffer;
}

/**
 * The refusal that the contact point can have reviewed, by the number of its case (FM-DEC-2). `key-reused`, whatever the number: he did something else under that key. Undefined, in the same words of the log: everything else.
 * @param key what he asked for under it before is found again
 * @throws with code 28000 without a session, UV401 when he must prove himself anew, UV429 (`usedUp`) when he has asked with as many numbers as there may be of a day.
 */
export const askReview = (pool: Pool, token: string, number: CaseNumber, key: string | undefined): Promise<NamedRefusal | 'key-reused' | undefined> =>
  inSession(pool, token, async (client) => {
    const { rows: [row] } = await client.query<{ case_id: string | null; repeated: Buffer | null; key_reused: boolean | null }>('select * from sec.ask_review($1, $2)', [number, key ?? null]);
    if (row?.key_reused === true) return 'key-reused';
    return row?.case_id ? { caseId: row.case_id, ...(row.repeated && { repeated: row.repeated }) } : undefined;
  });
