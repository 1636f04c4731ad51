import { type Matching, matchWaiting } from '../store/matching/inquiries.js';
import { type Repeated, repeatedly } from './repeat.js';

const EVERY_MS = 5_000;

/** Compares the numbers of new inquiries with those of all cases, every few seconds (FM-INT-3). */
export const matchRegularly = (matching: Matching, onFailure: (error: unknown) => void, everyMs = EVERY_MS): Repeated =>
  repeatedly(everyMs, () => matchWaiting(matching), onFailure);
