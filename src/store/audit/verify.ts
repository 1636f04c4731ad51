import type { KeyObject } from 'node:crypto';
import type { Pool } from '../postgres/pools.js';
import { after, type Head, isSigned, leafOf, NO_ROWS, type SignedHead } from './chain.js';

/** What is wrong with the log, and at which number. */
export type Finding =
  /** The row does not say what it said when it was sealed. */
  | { readonly kind: 'changed'; readonly n: number }
  /** The number is there, the row is not. */
  | { readonly kind: 'gone'; readonly n: number }
  /** Numbers are missing before this one. */
  | { readonly kind: 'gap'; readonly n: number }
  /** The rows up to here do not come to what was signed. */
  | { readonly kind: 'broken'; readonly n: number }
  /** The head after this row is not signed by us; also one that a witness has. */
  | { readonly kind: 'forged'; readonly n: number }
  /** A witness has seen so many rows, and there are fewer. */
  | { readonly kind: 'cut'; readonly n: number }
  /** A witness has seen this many rows come to something else. */
  | { readonly kind: 'rewritten'; readonly n: number }
  /** So many rows have no number and do not wait for one; or so many numbers after the last head are signed by nobody. */
  | { readonly kind: 'outside' | 'unsigned' | 'hanging'; readonly n: number };

export interface Report {
  readonly rows: number;
  readonly heads: number;
  /** Rows that wait to be sealed: they are not vouched for yet. */
  readonly waiting: number;
  /** When the oldest of them was written. */
  readonly waitingSince?: string;
  readonly findings: readonly Finding[];
}

interface Row {
  readonly n: number;
  readonly event_id: string;
  readonly leaf: Buffer;
  readonly there: boolean;
  readonly at_us: string | null;
  readonly actor: string | null;
  readonly action: string | null;
  readonly case_ref: string | null;
  readonly purpose: string | null;
  readonly head: Buffer | null;
  readonly key_version: number | null;
  readonly signature: Buffer | null;
}

const PAGE = 5_000;

/**
 * Works the whole log out anew and holds it against every signed head, and against what the witness has seen (control 12).
 * @param pool of the sealer
 * @param keys of the key service, not of the database that is checked
 * @param witnessed all heads the witness has
 */
export async function verifyLog(pool: Pool, keys: ReadonlyMap<number, KeyObject>, witnessed: readonly SignedHead[]): Promise<Report> {
  const findings: Finding[] = [];
  const seen = new Map<number, SignedHead>();
  for (const head of witnessed) {
    if (!isSigned(head, keys)) findings.push({ kind: 'forged', n: head.size });
    else seen.set(head.size, head);
  }
  let head: Head = NO_ROWS;
  let heads = 0;
  let signed = 0;
  for (let page = await pageAfter(pool, 0); page.length > 0; page = await pageAfter(pool, head.size)) {
    for (const row of page) {
      if (row.n !== head.size + 1) findings.push({ kind: 'gap', n: row.n });
      const leaf = leafOf({ id: row.event_id, at: row.at_us, actor: row.actor, action: row.action, caseRef: row.case_ref, purpose: row.purpose });
      if (!row.there) findings.push({ kind: 'gone', n: row.n });
      else if (!leaf.equals(row.leaf)) findings.push({ kind: 'changed', n: row.n });
      // With the leaf as it stands: that one row was changed is one finding, and not one for every head after it.
      head = { ...after(head, row.leaf), size: row.n };
      findings.push(...atHead(head, row, keys, seen));
      if (row.head) {
        heads += 1;
        signed = row.n;
      }
    }
  }
  for (const { size } of seen.values()) if (size > head.size) findings.push({ kind: 'cut', n: size });
  if (signed < head.size) findings.push({ kind: 'unsigned', n: head.size - signed });
  const { waiting, oldest_waiting: since, outside, hanging_heads: hanging } = await besideTheChain(pool);
  if (outside > 0) findings.push({ kind: 'outside', n: outside });
  if (hanging > 0) findings.push({ kind: 'hanging', n: hanging });
  return { rows: head.size, heads, waiting, ...(since === null ? {} : { waitingSince: since }), findings };
}

function atHead(head: Head, row: Row, keys: ReadonlyMap<number, KeyObject>, seen: ReadonlyMap<number, SignedHead>): readonly Finding[] {
  const findings: Finding[] = [];
  if (row.head && row.signature && row.key_version !== null) {
    if (!row.head.equals(head.hash)) findings.push({ kind: 'broken', n: row.n });
    if (!isSigned({ size: row.n, hash: row.head, keyVersion: row.key_version, signature: row.signature }, keys)) findings.push({ kind: 'forged', n: row.n });
  }
  const witness = seen.get(row.n);
  if (witness && !witness.hash.equals(head.hash)) findings.push({ kind: 'rewritten', n: row.n });
  return findings;
}

const pageAfter = async (pool: Pool, n: number): Promise<readonly Row[]> =>
  (await pool.query<Row>({ name: 'sealed-rows', text: 'select * from audit.sealed_rows($1, $2)', values: [n, PAGE] })).rows;

async function besideTheChain(pool: Pool) {
  const [row] = (await pool.query<{ waiting: number; oldest_waiting: string | null; outside: number; hanging_heads: number }>('select * from audit.beside_the_chain()')).rows;
  if (!row) throw new Error('the database does not say what stands beside the chain');
  return row;
}
