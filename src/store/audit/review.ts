import type { Pool } from '../postgres/pools.js';

/** What one turn through the log came to. */
export interface ReviewTurn {
  /** Findings of the four rules that were not there before. */
  readonly found: number;
  /** Openings drawn for the sample of weeks that are over. */
  readonly drawn: number;
  /** Findings that should have been judged by now, alarmed of for the first time. */
  readonly overdue: number;
}

/** Applies the rules to what is new in the log, draws the week's sample once it is over, and alarms of what lies too long (controls 21, 22). @param pool of the worker */
export const reviewTurn = async (pool: Pool): Promise<ReviewTurn> => {
  const [turn] = (await pool.query<ReviewTurn & Record<string, unknown>>({ name: 'review-turn', text: 'select found, drawn, overdue from audit.review_turn()' })).rows;
  if (!turn) throw new Error('the turn through the log came to nothing');
  return turn;
};
