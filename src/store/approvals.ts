import type { Instant } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

export type ApprovalKind = 'held-number' | 'match-names' | 'case-bundle' | 'card-by-number' | 'close-alarm' | 'shredding';

/** Something that one asks and another answers; structure only (control 17). */
export interface Approval {
  readonly id: string;
  readonly kind: ApprovalKind;
  /** What those who answer may read about it. */
  readonly line: string;
  /** Who asks; empty where it is the system. */
  readonly asked_by: string;
  readonly asked_at: Instant;
  readonly until: Instant;
  /** The caller asked it himself, and another answers. */
  readonly mine: boolean;
  readonly given: boolean | null;
  /** It lapses within a day. */
  readonly soon: boolean;
}

/** What waits for the caller's answer, and what he asked himself and has not used. @throws with code 28000 without a session. */
export const listApprovals = async (pool: Pool, token: string): Promise<readonly Approval[]> =>
  (await pool.query<Approval & Record<string, unknown>>({ name: 'list-approvals', text: 'select * from app.list_approvals($1)', values: [token] })).rows;

/** What became of it by this answer; `same-authority`: it takes somebody from another authority, and nothing was counted. */
export type Vote = 'given' | 'refused' | 'counted' | 'same-authority';

/** One answer. @returns undefined when it is not there, not for the caller to answer, or answered by him already. @throws with code UV401 where he must prove himself first. */
export const vote = (pool: Pool, token: string, id: string, yes: boolean): Promise<Vote | undefined> =>
  inSession(pool, token, async (client) => {
    return (await client.query<{ became: Vote | null }>('select sec.vote($1, $2) as became', [id, yes])).rows[0]?.became ?? undefined;
  });
