import { type Pool, withTransaction } from '../postgres/pools.js';
import type { Signer } from '../vault/kms.js';
import { headBytes, type SignedHead } from './chain.js';

/** Rows numbered in one transaction: a signature costs the same for one as for all of them. */
const AT_ONCE = 2_000;

interface HeadRow {
  readonly size: number;
  readonly hash: Buffer;
}

/**
 * Numbers the rows of the log that wait, and signs what they come to (control 12). Rows, numbers and signature are committed together: one that
 * ends in the middle leaves all of them waiting.
 * @param pool of the sealer
 * @returns how many rows the log has by now; undefined when nothing waited, or another sealer is at it.
 * @throws when the key service does not sign.
 */
export async function sealOnce(pool: Pool, signer: Signer, most = AT_ONCE): Promise<number | undefined> {
  return withTransaction(pool, async (client) => {
    const [head] = (await client.query<HeadRow>({ name: 'seal', text: 'select size, hash from audit.seal($1)', values: [most] })).rows;
    if (!head) return undefined;
    const { keyVersion, signature } = await signer.sign(headBytes(head));
    await client.query({ name: 'put-head', text: 'select audit.put_head($1, $2, $3, $4)', values: [head.size, head.hash, keyVersion, signature] });
    return head.size;
  });
}

/** Seals until nothing waits any more. @returns how many rows the log has; undefined when nothing waited. */
export async function sealAll(pool: Pool, signer: Signer, most = AT_ONCE): Promise<number | undefined> {
  let size: number | undefined;
  for (let next = await sealOnce(pool, signer, most); next !== undefined; next = await sealOnce(pool, signer, most)) size = next;
  return size;
}

/** The newest head, for the witness; undefined while nothing has been sealed. */
export async function newestHead(pool: Pool): Promise<SignedHead | undefined> {
  const [row] = (await pool.query<HeadRow & { readonly key_version: number; readonly signature: Buffer }>({ name: 'newest-head', text: 'select size, hash, key_version, signature from audit.newest_head()' })).rows;
  return row && { size: row.size, hash: row.hash, keyVersion: row.key_version, signature: row.signature };
}
