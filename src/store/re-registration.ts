import type { CaseNumber } from '../domain/kernel/case-number.js';
import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/**
 * What came of it: `known` stands already, `none` has nothing to withdraw, `before` is a day before the course had ended, `near`: one stands for a day within thirty of it, and the caller has not said that it is another;
 * `absent`: no ended course with that number for the caller.
 */
export type ReRegistered = { readonly kind: 'recorded' | 'withdrawn' | 'known' | 'none' | 'absent' } | { readonly kind: 'before' | 'near'; readonly day: PlainDate };

/** That police registered somebody again on a day. `withdraw`: it was recorded by mistake; `another`: it is not the one that stands for a day near it. */
export interface ReRegistration {
  readonly number: CaseNumber;
  readonly on: PlainDate;
  readonly withdraw: boolean;
  readonly another: boolean;
}

/**
 * Police has registered somebody again after his course, or it was recorded by mistake (FM-END-5). For officials of the contact point alone, by the number of the case; nothing of the case
 * opens for it, and who has no number learns of none. @throws with code 28000 without a session, UV401 when he must prove himself anew.
 */
export const recordReRegistration = (pool: Pool, token: string, { number, on, withdraw, another }: ReRegistration, at: Instant): Promise<ReRegistered> =>
  inSession(pool, token, async (client): Promise<ReRegistered> => {
    const { rows: [row] } = await client.query<{ said: Exclude<ReRegistered['kind'], 'absent'> | null; day: PlainDate | null }>('select * from sec.record_re_registration($1, $2, $3, $4, $5)', [number, on, withdraw, another, at]);
    if (!row?.said) return { kind: 'absent' };
    return row.said === 'before' || row.said === 'near' ? { kind: row.said, day: row.day ?? on } : { kind: row.said };
  });
