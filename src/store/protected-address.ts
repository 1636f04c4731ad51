import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';
import { unseal } from './vault/envelope.js';
import type { Vault } from './vault/vault.js';

interface SealedAddress {
  /** Absent when the reason was none: then no key is given and nothing comes. */
  readonly payload: string | null;
  readonly mac: Buffer | null;
  readonly version: number;
  readonly type: string;
  readonly scope_id: string;
  readonly ct: Buffer;
}

/**
 * The newest protected address of a case, decrypted; its row in the log is committed before the key is released (FM-SEC-4).
 * @returns undefined: not there, or not for the caller · without `address`: his to read, but the reason is none.
 * @throws code UV429 when the hour's cases are used up, 28000 without a session.
 */
export async function addressOf(pool: Pool, vault: Vault, token: string, caseId: string, reason: string): Promise<{ readonly address?: string } | undefined> {
  const [row] = await inSession(pool, token, async (client) => {
    return (await client.query<SealedAddress & Record<string, unknown>>('select * from sec.read_address($1, $2)', [caseId, reason])).rows;
  });
  if (row === undefined) return undefined;
  if (row.payload === null || row.mac === null) return {};
  const ring = await vault.redeem({ payload: row.payload, mac: row.mac });
  const secret = ring.get(row.scope_id);
  if (!secret) throw new Error('a protected address without its key');
  const place = { table: 'case_body', caseId, version: row.version, type: row.type, scopeId: row.scope_id } as const;
  const { address } = JSON.parse(unseal(secret, place, row.ct)) as { readonly address: string };
  return { address };
}
