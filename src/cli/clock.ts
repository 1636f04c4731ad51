import { type Instant, instantFromEpoch } from '../domain/kernel/time.js';

/**
 * The clock that events get. `startsAt` (milliseconds since 1970) is what a demonstration's clock shows now; it runs on at the usual pace.
 * Sessions, tickets and the access log keep the database's own time whatever is set here.
 */
export function clockFrom(startsAt?: number): () => Instant {
  const ahead = startsAt === undefined ? 0 : startsAt - Date.now();
  return () => instantFromEpoch(Date.now() + ahead);
}
