import { alarmLateReviews } from '../store/people.js';
import type { Pool } from '../store/postgres/pools.js';
import { type Repeated, repeatedly } from './repeat.js';

const EVERY_MS = 60 * 60_000;

/**
 * Looks every hour whether a half-yearly review of access is late, and says so in the log once a day (FM-WORK-7).
 * @param pool of the worker
 * @param alarm words for operations, which name nobody
 */
export const watchReviews = (pool: Pool, alarm: (words: string) => void, onFailure: (error: unknown) => void, everyMs = EVERY_MS): Repeated =>
  repeatedly(everyMs, async () => {
    const late = await alarmLateReviews(pool);
    if (late > 0) alarm(`ALARM: ${late} ${late === 1 ? 'koordinator har' : 'koordinatorer har'} ikke gennemgået adgangen i tide.`);
  }, onFailure);
