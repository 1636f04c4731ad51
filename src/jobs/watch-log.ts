import { raiseAlarm, sealIsLate, tryLog } from '../store/audit/alarm.js';
import type { Pool } from '../store/postgres/pools.js';
import { type Repeated, repeatedly } from './repeat.js';

const EVERY_MS = 20_000;

/**
 * Tries three times a minute whether the log can be written: while it cannot, nobody opens a case, and operations are to know before people call
 * (fault F9). When it can again, a row of the log tells the auditor how often it could not. One that is written and not sealed alarms as well: what
 * waits for its seal could be changed unseen (control 12).
 * @param cases the worker's pool into the database of the cases
 * @param alarm words for operations, which name nothing
 */
export function watchLog(cases: Pool, alarm: (words: string) => void, onFailure: (error: unknown) => void, everyMs = EVERY_MS): Repeated {
  let failed = 0;
  let late = false;
  return repeatedly(everyMs, async () => {
    try {
      await tryLog(cases);
    } catch (error) {
      failed += 1;
      alarm('ALARM: Der kan ikke skrives i adgangsloggen. Ingen kan åbne en sag, før der kan.');
      throw error;
    }
    if (failed > 0) await raiseAlarm(cases, 'log-not-writable', failed);
    failed = 0;
    const wasLate = late;
    late = await sealIsLate(cases);
    if (!late) return;
    alarm('ALARM: Adgangsloggen er ikke forseglet i over et minut.');
    if (!wasLate) await raiseAlarm(cases, 'log-not-sealed', 1);
  }, onFailure);
}
