import type { Instant } from '../domain/kernel/time.js';
import { readable } from './case-rows.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';
import { unseal } from './vault/envelope.js';
import type { Vault } from './vault/vault.js';

/** What was recorded of a person at one time, decrypted. */
export interface IdentityRow {
  readonly caseId: string;
  readonly number?: string;
  readonly label?: string;
  /** Whose case it is, where the number does not lead to it. */
  readonly unit?: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Until when it may be read, where that is short. */
  readonly until?: Instant;
  /** Whether somebody co-ordinates it, where that is said. */
  readonly attended?: boolean;
}

interface SealedIdentity {
  readonly payload: string;
  readonly mac: Buffer;
  readonly case_id: string;
  readonly number?: string;
  readonly label?: string;
  readonly unit?: string;
  readonly version: number;
  readonly type: string;
  readonly scope_id: string;
  readonly ct: Buffer;
  readonly until?: Instant;
  readonly attended?: boolean;
}

/** Bodies with the ticket that opens them, from one function of the database. Asks in one transaction, so that the log's rows are committed before a key is released; then one redemption for all. */
export async function readBodies(pool: Pool, vault: Vault, token: string, sql: string, values: readonly unknown[]): Promise<readonly IdentityRow[]> {
  const rows = await inSession(pool, token, async (client) => {
    return (await client.query<SealedIdentity & Record<string, unknown>>(sql, [...values])).rows;
  });
  const [first] = rows;
  if (!first) return [];
  const ring = await vault.redeem({ payload: first.payload, mac: first.mac });
  return rows.flatMap((row): readonly IdentityRow[] => {
    const secret = ring.get(row.scope_id);
    if (!secret) return [];
    const place = { table: 'case_body', caseId: row.case_id, version: row.version, type: row.type, scopeId: row.scope_id } as const;
    const content = readable(row.type, () => JSON.parse(unseal(secret, place, row.ct)) as Readonly<Record<string, unknown>>);
    return content === undefined ? [] : [{ caseId: row.case_id, content, ...(row.number === undefined ? {} : { number: row.number }), ...(row.label === undefined ? {} : { label: row.label }), ...(row.unit === undefined ? {} : { unit: row.unit }), ...(row.until === undefined ? {} : { until: row.until }), ...(row.attended === undefined ? {} : { attended: row.attended }) }];
  });
}

/** The identities of these cases, as far as they are the caller's own. @throws code UV429 when the hour's names are used up. */
export const namesOf = (pool: Pool, vault: Vault, token: string, caseIds: readonly string[]): Promise<readonly IdentityRow[]> =>
  readBodies(pool, vault, token, 'select * from sec.names($1)', [caseIds]);

/** The identities of these cases of the national overview, for an official of the contact point. @throws code UV401 without a new login, UV429 when the hour's names are used up. */
export const namesInOverview = (pool: Pool, vault: Vault, token: string, caseIds: readonly string[]): Promise<readonly IdentityRow[]> =>
  readBodies(pool, vault, token, 'select * from sec.overview_names($1)', [caseIds]);

/** The identities of all the caller's own cases, to look through; leaves one row in the log. */
export const searchOwn = (pool: Pool, vault: Vault, token: string): Promise<readonly IdentityRow[]> =>
  readBodies(pool, vault, token, 'select * from sec.search_own()', []);

/** The persons behind a match, for the official who was allowed to see them, once (FM-INT-3). */
export const namesBehindMatch = (pool: Pool, vault: Vault, token: string, match: string): Promise<readonly IdentityRow[]> =>
  readBodies(pool, vault, token, 'select * from sec.match_names($1)', [match]);

/** One of the caller's own cases, as far as its head goes. */
export interface OwnCase {
  readonly id: string;
  readonly number: string;
  readonly label: string;
  readonly phase: string;
}

/** The caller's own cases, to look through by number and label; belongs to a search, whose row in the log it has. */
export const ownCases = (pool: Pool, token: string): Promise<readonly OwnCase[]> =>
  inSession(pool, token, async (client) => {
    const sql = 'select id, number, label, phase from app.exit_case where id = any (array(select sec.my_cases())) order by number';
    return (await client.query<OwnCase & Record<string, unknown>>(sql)).rows;
  });

/** Notes which cases a search showed. */
export const shownInSearch = (pool: Pool, token: string, caseIds: readonly string[]): Promise<void> =>
  inSession(pool, token, async (client) => {
    await client.query('select sec.shown($1)', [caseIds]);
  });
