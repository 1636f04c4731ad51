import type { Instant } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { InboxRow } from './lists.js';
import type { Pool } from './postgres/pools.js';
import { unseal } from './vault/envelope.js';
import type { Vault } from './vault/vault.js';

/**
 * An inquiry as it lies where units are named: structure only (037_unit_naming.sql; FM-INT-7). Its unit is `UNNAMED_UNIT` until it is named, then the one that has not taken it; its
 * municipality the one it was registered with, or that was named with the unit.
 */
export interface UnitNamingRow extends Omit<InboxRow, 'ends_as_double'> {
  /** The safety card was opened in an emergency that nobody has gone through: while there is no unit, no police are told (FM-CNF-10). */
  readonly emergency: boolean;
}

/** What lies there, without a unit first. Rows for the contact point only, and none that the official is shut out of. @throws with code 28000 without a session. */
export const listUnitNamings = async (pool: Pool, token: string): Promise<readonly UnitNamingRow[]> =>
  (await pool.query<UnitNamingRow & Record<string, unknown>>({ name: 'list-unit-namings', text: 'select * from app.list_unit_namings($1)', values: [token] })).rows;

/** One text about where the person belongs: what is known of it, or why the contact point named a unit. */
export interface Whereabouts {
  readonly at: Instant;
  readonly kind: 'whereabouts' | 'reason';
  readonly text: string;
  /** Of a reason: the authority whose official named the unit. */
  readonly by?: string;
}

/** An inquiry whose unit the contact point names, with all that it may read of it (FM-INT-7). */
export interface UnitNaming {
  readonly row: UnitNamingRow;
  /** Oldest first. */
  readonly known: readonly Whereabouts[];
  /** The number of the newest of them in its case: whoever names the unit tells by it what he had read. */
  readonly seen: number;
}

interface SealedText extends UnitNamingRow {
  readonly payload: string;
  readonly mac: Buffer;
  readonly version: number;
  readonly type: string;
  readonly at: Instant;
  readonly by: string | null;
  readonly scope_id: string;
  readonly ct: Buffer;
}

/**
 * One inquiry with what is known of where the person belongs; its row in the log is committed before the key is released.
 * @returns undefined: not there, or not for the caller, which the log says. @throws code UV429 when the hour's cases are used up, 28000 without a session.
 */
export async function readWhereabouts(pool: Pool, vault: Vault, token: string, caseId: string): Promise<UnitNaming | undefined> {
  const rows = await inSession(pool, token, async (client) => (await client.query<SealedText & Record<string, unknown>>('select * from sec.read_whereabouts($1)', [caseId])).rows);
  const [first] = rows;
  if (first === undefined) return undefined;
  const ring = await vault.redeem({ payload: first.payload, mac: first.mac });
  const known = rows.flatMap(({ version, type, at, by, scope_id: scopeId, ct }): readonly Whereabouts[] => {
    const secret = ring.get(scopeId);
    if (!secret) throw new Error('a text about the unit without its key');
    const said = JSON.parse(unseal(secret, { table: 'case_body', caseId, version, type, scopeId }, ct)) as Readonly<Partial<Record<Whereabouts['kind'], string>>>;
    return (['whereabouts', 'reason'] as const).flatMap((kind) => (said[kind] === undefined ? [] : [{ at, kind, text: said[kind], ...(by === null ? {} : { by }) }]));
  });
  const { case_id, number, unit, municipality, place, channel, urgent, received_at, due, emergency } = first;
  return { row: { case_id, number, unit, municipality, place, channel, urgent, received_at, due, emergency }, known, seen: Math.max(...rows.map((row) => row.version)) };
}
