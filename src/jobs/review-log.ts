import { reviewTurn } from '../store/audit/review.js';
import type { Pool } from '../store/postgres/pools.js';
import { type Repeated, repeatedly } from './repeat.js';

const EVERY_MS = 60_000;

/**
 * Goes through the log once a minute: the four rules, the weekly draw, what the auditor should have judged by now (security.md, "People").
 * Two workers do no more than one.
 * @param cases the worker's pool into the database of the cases
 * @param alarm words for operations, which name nothing
 */
export function reviewRegularly(cases: Pool, alarm: (words: string) => void, onFailure: (error: unknown) => void, everyMs = EVERY_MS): Repeated {
  return repeatedly(everyMs, async () => {
    const { overdue } = await reviewTurn(cases);
    if (overdue > 0) alarm(`ALARM: ${overdue === 1 ? 'Ét fund' : `${overdue} fund`} i adgangsloggen skulle være vurderet nu.`);
  }, onFailure);
}
