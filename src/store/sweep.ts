import type { Pool } from './postgres/pools.js';
import { stripDetail } from './postgres/pools.js';

const EVERY_MS = 10 * 60_000;

/**
 * Puts away, every ten minutes, what was noted for one transaction, one hour or one session (009_sweeping.sql). What could not be put away
 * now is put away next time.
 * @param pool of the login role, the only one that may.
 * @returns what ends it.
 */
export function sweepRegularly(pool: Pool, onFailure: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    sweep(pool).catch((error: unknown) => onFailure(stripDetail(error)));
  }, EVERY_MS);
  // It alone keeps no program running.
  timer.unref();
  return () => clearInterval(timer);
}

export const sweep = async (pool: Pool): Promise<void> => {
  await pool.query('select sec.sweep()');
};
