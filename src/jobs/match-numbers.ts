import { type Matching, type MatchKeys, matchWaiting } from '../store/matching/inquiries.js';
import { type Repeated, repeatedly } from './repeat.js';

const EVERY_MS = 5_000;

/**
 * Compares the numbers of new inquiries with those of all cases, every few seconds (FM-INT-3).
 * @param keys asked for until they come: a key service that does not answer must keep the worker from nothing else
 */
export function matchRegularly(pool: Matching['pool'], keys: () => Promise<MatchKeys>, onFailure: (error: unknown) => void, everyMs = EVERY_MS): Repeated {
  let held: MatchKeys | undefined;
  return repeatedly(everyMs, async () => matchWaiting({ pool, ...(held ??= await keys()) }), onFailure);
}
