import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';
import type { TextKind } from './texts-outside-cases.js';

/** Whether the answer that stands is the caller's own; which words it has is read by who opens it (decision 27). @param id of one that he may answer */
export const isOwnAnswer = (pool: Pool, token: string, kind: TextKind, id: string): Promise<boolean> =>
  inSession(pool, token, async (client) => (await client.query<{ own: boolean }>('select sec.is_own_answer($1, $2) as own', [kind, id])).rows[0]?.own === true);
