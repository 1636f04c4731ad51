import type { Instant, PlainDate } from '../../domain/kernel/time.js';
import { inSession } from '../in-session.js';
import type { Pool } from '../postgres/pools.js';

/** Two cases that may be about the same person, as the contact point sees them: structure only. */
export interface Hit {
  readonly id: string;
  readonly numbers: readonly [string, string];
  readonly units: readonly [string, string];
  readonly phases: readonly [string, string];
  /** It hastes, and nobody has taken it. */
  readonly urgent: readonly [boolean, boolean];
  readonly found_at: Instant;
  readonly due: PlainDate;
}

export type HitOutcome = 'same' | 'different';
/** How it was found out: the units said so, each for itself; or the names were seen. */
export type HitBasis = 'units' | 'names';

/** @returns `unseen` by names that the caller has not been shown; undefined when it is not there, not the caller's, or settled already. Of both the log says that he was refused. */
export const settleHit = (pool: Pool, token: string, id: string, outcome: HitOutcome, basis: HitBasis): Promise<'settled' | 'unseen' | undefined> =>
  inSession(pool, token, async (client) => {
    return (await client.query<{ said: 'settled' | 'unseen' | null }>('select sec.settle_match($1, $2, $3) as said', [id, outcome, basis])).rows[0]?.said ?? undefined;
  });

/** Asks another official to allow that the names are shown (control 17). @returns false when the match is not there, or not the caller's. */
export const askForNames = (pool: Pool, token: string, id: string): Promise<boolean> =>
  inSession(pool, token, async (client) => {
    return (await client.query<{ asked: boolean }>('select sec.ask_match_names($1) as asked', [id])).rows[0]?.asked === true;
  });
