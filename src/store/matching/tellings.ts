import type { TellingFacts } from '../../domain/kernel/command.js';
import type { Instant } from '../../domain/kernel/time.js';
import { isUnitId } from '../../domain/reference/authorities.js';
import type { Telling, TellingBasis } from '../../domain/reference/telling-bases.js';
import { inSession } from '../in-session.js';
import type { Pool, PoolClient } from '../postgres/pools.js';
import type { Hit, HitBasis, HitOutcome } from './hits.js';

/** A match with what became of it, as the contact point's queue shows it: structure only. */
export interface DeskHit extends Hit {
  readonly places: readonly [string, string];
  readonly outcome: HitOutcome | null;
  readonly basis: HitBasis | null;
  readonly settled_at: Instant | null;
  /** Null until it is decided whether anybody is told. */
  readonly telling: Telling | null;
  readonly law: TellingBasis | null;
  readonly decided_at: Instant | null;
  /** How many units are still to be told as decided, and how many have been: what one has been told cannot be decided anew. */
  readonly untold: number;
  readonly told: number;
  /** A colleague has said no to somebody's seeing the names. */
  readonly names_refused: boolean;
}

/** What nobody has settled, the most urgent first; then what is settled and not brought to its end, however long ago; then what was settled in the last ninety days, the newest first. For officials of the contact point alone, and not of cases that shut them out. */
export const listMatchDesk = async (pool: Pool, token: string): Promise<readonly DeskHit[]> =>
  (await pool.query<DeskHit & Record<string, unknown>>({ name: 'list-match-desk', text: 'select * from app.list_match_desk($1)', values: [token] })).rows;

export interface TellingDecision {
  /** After a unit has been told, `nobody` says that the other one is not. */
  readonly telling: Telling;
  /** Absent while nobody is told. */
  readonly law?: TellingBasis;
  /** When what he had before him was decided; null where nothing was. */
  readonly seen: Instant | null;
}
/** `closed`: one of the cases is over. `unheard`: the one that ends hastes and nobody has read it, and the other unit would hear nothing. `absent`: not there, not the caller's, not settled as one person, told already, or decided by a colleague since he saw it. */
export type Decided = { readonly kind: 'decided'; readonly at: Instant } | { readonly kind: 'closed' } | { readonly kind: 'unheard' } | { readonly kind: 'absent' };

/** Decides who is told of a match that is settled as one person, and on which basis; anew, until the first unit has been told (FM-INT-3). */
export const decideTelling = (pool: Pool, token: string, id: string, { telling, law, seen }: TellingDecision): Promise<Decided> =>
  inSession(pool, token, async (client) => {
    const { rows: [row] } = await client.query<{ said: 'decided' | 'closed' | 'unheard' | null; at: Instant | null }>('select said, at from sec.decide_telling($1, $2, $3, $4)', [id, telling, law ?? null, seen]);
    return row?.said === 'decided' && row.at !== null ? { kind: 'decided', at: row.at } : { kind: row?.said === 'closed' || row?.said === 'unheard' ? row.said : 'absent' };
  });

/** When it was decided, the cases whose units are still to be told so, the one that ends first, and how many units have been. A case that is over is told of nothing. */
export interface Untold {
  readonly decided_at: Instant | null;
  readonly cases: readonly string[];
  readonly told: number;
}
/** @returns undefined where the match is not there, or not the caller's. */
export const untoldCases = (pool: Pool, token: string, id: string): Promise<Untold | undefined> =>
  inSession(pool, token, async (client) => (await client.query<Untold & Record<string, unknown>>('select decided_at, cases, told from sec.untold_of_match($1)', [id])).rows[0]);

/** The numbers of the cases that the unit of this one was told would end as doubles of it, and that are over now; of its circle alone, and none for anybody else or without a session (FM-INT-3). */
export const othersOver = async (pool: Pool, token: string, caseId: string): Promise<readonly string[]> =>
  (await pool.query<{ over: readonly string[] }>({ name: 'others-over', text: 'select app.others_over($1, $2) as over', values: [token, caseId] })).rows[0]?.over ?? [];

/** What the command that is under way is to tell its case's unit; undefined when nothing is. */
export async function toTell(client: PoolClient): Promise<TellingFacts | undefined> {
  const [row] = (await client.query<{ ends: boolean; basis: TellingBasis; number: string | null; unit: string | null; hastes: boolean }>('select * from match.to_tell()')).rows;
  if (row === undefined) return undefined;
  const { ends, basis, number, unit, hastes } = row;
  return { ends, basis, ...(number !== null && unit !== null && isUnitId(unit) ? { other: { number, unit, ...(hastes && { hastes }) } } : {}) };
}
