import type { Instant } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** The caller's own sessions and logins (control 27). */
export interface OwnLogins {
  /** Those that live now, the one that asks first. */
  readonly sessions: readonly { readonly begun: Instant; readonly lastUsed: Instant; readonly this: boolean }[];
  /** A month of them, newest first. `refused`: why, in a word; null where he was let in. */
  readonly logins: readonly { readonly at: Instant; readonly refused: string | null }[];
}

/** With its row in the log. @throws with code 28000 without a session. */
export const ownLogins = async (pool: Pool, token: string): Promise<OwnLogins> => {
  const { rows } = await pool.query<{ page: OwnLogins }>({ name: 'list-logins', text: 'select app.list_logins($1) as page', values: [token] });
  return rows[0]?.page ?? { sessions: [], logins: [] };
};

/** Ends all sessions of the caller's but this one, with a row in the log. @throws with code 28000 without a session. */
export const endOtherSessions = (pool: Pool, token: string): Promise<void> =>
  inSession(pool, token, async (client) => { await client.query('select sec.end_other_sessions()'); });
