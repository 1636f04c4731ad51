import type { PlainDate } from '../domain/kernel/time.js';
import type { Pool } from './postgres/pools.js';

/** The worker's ways into the two databases. */
export interface Shredders {
  readonly cases: Pool;
  readonly keys: Pool;
}

/** A closed case whose period is over and about which nobody has been asked; structure only. */
export interface ToAsk {
  readonly case_id: string;
  readonly number: string;
  readonly outcome: string;
  readonly ended_on: PlainDate;
  /** The seats whose archive has what it must. */
  readonly archived: readonly string[];
}

const AT_ONCE = 100;

/** @param pool of the worker */
export const retentionToAsk = async (pool: Pool): Promise<readonly ToAsk[]> =>
  (await pool.query<ToAsk & Record<string, unknown>>({ name: 'retention-to-ask', text: 'select * from sec.retention_to_ask($1)', values: [AT_ONCE] })).rows;

/** Asks the last responsible unit, once; in the log as `shredding.proposed`. @param line what those who answer may read of it */
export const proposeShredding = async (pool: Pool, caseId: string, line: string): Promise<void> => {
  await pool.query({ name: 'propose-shredding', text: 'select sec.propose_shredding($1, $2)', values: [caseId, line] });
};

/** Makes orders of what two authorities have allowed, each once. @returns how many. */
export const orderShreddings = async (pool: Pool): Promise<number> =>
  (await pool.query<{ n: number }>({ name: 'order-shreddings', text: 'select sec.order_shreddings() as n' })).rows[0]?.n ?? 0;

/** Makes orders of the texts outside of cases whose time is over, each once (decision 27). @returns how many. */
export const orderTexts = async (pool: Pool): Promise<number> => (await pool.query<{ n: number }>({ name: 'order-texts', text: 'select sec.order_texts() as n' })).rows[0]?.n ?? 0;

interface Order {
  readonly payload: string;
  readonly mac: Buffer;
  readonly done?: boolean;
}

/** An order that a database did not take for one of ours: somebody has written in the other's ledger. */
export class ForgedOrder extends Error {
  constructor() {
    super('an order to shred was not signed by the database of the cases');
  }
}

const carriedOut = async (pool: Pool, sql: string, { payload, mac }: Order): Promise<void> => {
  const { rows } = await pool.query<{ ok: boolean }>(sql, [payload, mac]);
  if (rows[0]?.ok !== true) throw new ForgedOrder();
};

/**
 * Carries out in each database the orders that it lacks: new ones; one that was broken off between the two; and all that a restored backup, of
 * either, knows nothing of (control 25). The keys go first. May be broken off at any moment and run again.
 * @returns how many it did something for.
 * @throws ForgedOrder
 */
export async function carryOutShreddings({ cases, keys }: Shredders): Promise<number> {
  const ordered = (await cases.query<Order & Record<string, unknown>>('select payload, mac, done from sec.shred_orders()')).rows;
  const ledger = (await keys.query<Order & Record<string, unknown>>('select payload, mac from keys.shredded()')).rows;
  const destroyed = new Set(ledger.map((one) => one.payload));
  const erased = new Set(ordered.filter((one) => one.done).map((one) => one.payload));
  const orders = new Map([...ledger, ...ordered].map((one) => [one.payload, one]));
  let count = 0;
  for (const order of orders.values()) {
    const [keysLeft, rowsLeft] = [!destroyed.has(order.payload), !erased.has(order.payload)];
    if (keysLeft) await carriedOut(keys, 'select keys.shred($1, $2) as ok', order);
    if (rowsLeft) await carriedOut(cases, 'select sec.shred($1, $2) as ok', order);
    if (keysLeft || rowsLeft) count += 1;
  }
  return count;
}

/** Whether the two databases know of the same shredded cases. @param login of the login; @param vault of the vault */
export async function shreddingsAgree(login: Pool, vault: Pool): Promise<boolean> {
  const [cases, keys] = await Promise.all([
    login.query<{ state: string }>('select sec.shred_state() as state'), vault.query<{ state: string }>('select keys.shred_state() as state'),
  ]);
  return cases.rows[0]?.state === keys.rows[0]?.state;
}

/** Closed cases by how they ended; names nothing. */
export interface RetentionCount {
  readonly outcome: string;
  readonly kept: number;
  /** Their period is over. */
  readonly due: number;
  readonly held: number;
  readonly deleted: number;
}
export const retentionCounts = async (pool: Pool): Promise<readonly RetentionCount[]> =>
  (await pool.query<RetentionCount & Record<string, unknown>>('select * from sec.retention_counts()')).rows;
