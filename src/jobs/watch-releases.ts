import { raiseAlarm } from '../store/audit/alarm.js';
import { keysClock, releasesSeen, releasesWithoutRow, seeReleases } from '../store/audit/releases.js';
import type { Pool } from '../store/postgres/pools.js';
import { type Repeated, repeatedly } from './repeat.js';

const EVERY_MS = 20_000;
/** A release is looked at when its row has had time to come, and once more than once: a clock that stands a little apart hides none. */
const LEAST_SECONDS = 1;
const OVERLAP_SECONDS = 60;

/**
 * Holds the releases of keys against the log, three times a minute: one without a row alarms (security.md, "Key release").
 * @param cases the worker's pool into the database of the cases; @param keys into that of the keys.
 * @param alarm words for operations, which name nothing
 */
export function watchReleases(
  cases: Pool, keys: Pool, alarm: (words: string) => void, onFailure: (error: unknown) => void, everyMs = EVERY_MS,
): Repeated {
  const known = new Set<string>();
  return repeatedly(everyMs, async () => {
    // Asked before the look: what is released while it goes on, however long, is the next one's.
    const upto = await keysClock(keys, OVERLAP_SECONDS);
    // Where the last look ended, whoever made it: a worker that was away looks at what happened meanwhile.
    const from = (await releasesSeen(cases)) ?? upto;
    const to = await keysClock(keys, LEAST_SECONDS);
    const found = (await releasesWithoutRow(cases, keys, { from, to })).filter((nonce) => !known.has(nonce));
    if (found.length > 0) {
      await raiseAlarm(cases, 'key-without-row', found.length);
      for (const nonce of found) known.add(nonce);
      alarm(`ALARM: ${found.length} gange er der udleveret nøgler, som loggen ikke ved af.`);
    }
    await seeReleases(cases, upto);
  }, onFailure);
}
