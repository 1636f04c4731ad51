import type { Pool } from '../postgres/pools.js';

/** A span of time, by the clock of the database of the keys. */
interface Span {
  /** ISO, in UTC. */
  readonly from: string;
  readonly to: string;
}

/** The clock of the database of the keys now, less so many seconds. */
export const keysClock = async (keys: Pool, secondsAgo: number): Promise<string> => {
  const [row] = (await keys.query<{ at: string }>({ name: 'keys-clock', text: 'select clock_timestamp() - make_interval(secs => $1) as at', values: [secondsAgo] })).rows;
  if (!row) throw new Error('the database of the keys has no clock');
  return row.at;
};

/** Until when releases have been held against the log, by the clock of the keys; undefined when nobody has looked yet. @param cases the worker's */
export const releasesSeen = async (cases: Pool): Promise<string | undefined> =>
  (await cases.query<{ upto: string | null }>({ name: 'releases-seen', text: 'select audit.releases_seen() as upto' })).rows[0]?.upto ?? undefined;
/** Keeps how far the look has come. @param cases the worker's @param upto ISO, by the clock of the keys */
export const seeReleases = async (cases: Pool, upto: string): Promise<void> => {
  await cases.query({ name: 'see-releases', text: 'select audit.see_releases($1)', values: [upto] });
};

/**
 * Releases of keys in a span of time that the log has no row of: keys that were taken past the log (security.md, "Key release").
 * @param cases the worker's pool into the database that has the log; @param keys into that of the keys.
 */
export async function releasesWithoutRow(cases: Pool, keys: Pool, { from, to }: Span): Promise<readonly string[]> {
  const { rows } = await keys.query<{ nonce: string }>({ name: 'released', text: 'select nonce from keys.released($1, $2)', values: [from, to] });
  if (rows.length === 0) return [];
  const missing = await cases.query<{ nonce: string }>({ name: 'without-row', text: 'select audit.without_row($1) as nonce', values: [rows.map(({ nonce }) => nonce)] });
  return missing.rows.map(({ nonce }) => nonce);
}

