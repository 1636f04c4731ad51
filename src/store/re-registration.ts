import type { CaseNumber } from '../domain/kernel/case-number.js';
import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** What came of it: `known` stands already, `none` has nothing to withdraw, `before` is a day before the course had ended; `absent`: no ended course with that number for the caller. */
export type ReRegistered = { readonly kind: 'recorded' | 'withdrawn' | 'known' | 'none' | 'absent' } | { readonly kind: 'before'; readonly ended: PlainDate };

/**
 * Police has registered somebody again after his course, or it was recorded by mistake (FM-END-5). For officials of the contact point alone, by the number of the case; nothing of the case
 * opens for it, and who has no number learns of none. @throws with code 28000 without a session, UV401 when he must prove himself anew.
 */
export const recordReRegistration = (pool: Pool, token: string, number: CaseNumber, on: PlainDate, withdraw: boolean, at: Instant): Promise<ReRegistered> =>
  inSession(pool, token, async (client): Promise<ReRegistered> => {
    const { rows: [row] } = await client.query<{ said: Exclude<ReRegistered['kind'], 'absent'> | null; ended: PlainDate | null }>('select * from sec.record_re_registration($1, $2, $3, $4)', [number, on, withdraw, at]);
    if (!row?.said) return { kind: 'absent' };
    return row.said === 'before' ? { kind: 'before', ended: row.ended ?? on } : { kind: row.said };
  });
