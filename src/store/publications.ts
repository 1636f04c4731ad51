import { copenhagenDate, type Instant, type PlainDate } from '../domain/kernel/time.js';
import type { CountedCell } from '../domain/statistics/breakdown.js';
import { type ExpectedRanges, type NewCases, stillExpected, zExpectedRanges } from '../domain/statistics/expected-cases.js';
import { type Publication, zPublication } from '../domain/statistics/publication.js';
import { type CellRow, cellsOf, type Drawing } from './figures.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** A publication that stands, as it is told of in a list. */
export interface PublicationRow {
  readonly id: string;
  readonly from: PlainDate;
  readonly asOf: PlainDate;
  readonly drawnAt: Instant;
  readonly publishedAt: Instant;
  /** Whom the official who published it spoke for. */
  readonly authority: string;
}
/** One that is read as a whole. */
export interface ReadPublication extends PublicationRow {
  readonly publication: Publication;
  /** Absent where nothing is said of cases to come. */
  readonly expected?: ExpectedRanges;
}

interface Row {
  readonly id: string;
  readonly from_date: PlainDate;
  readonly as_of: PlainDate;
  readonly drawn_at: Instant;
  readonly published_at: Instant;
  readonly authority: string;
  readonly body: unknown;
  readonly expected: unknown;
}
const rowOf = ({ id, from_date, as_of, drawn_at, published_at, authority }: Row): PublicationRow => ({ id, from: from_date, asOf: as_of, drawnAt: drawn_at, publishedAt: published_at, authority });

/**
 * Every publication that stands, newest first, and one of them whole: the one asked for, else the newest; undefined when there is none such. For everybody signed in (031_publication.sql).
 * @throws with code 28000 without a session.
 */
export async function listPublications(pool: Pool, token: string, id?: string): Promise<{ readonly all: readonly PublicationRow[]; readonly read?: ReadPublication }> {
  const { rows } = await pool.query<Row & Record<string, unknown>>({ name: 'list-publications', text: 'select * from app.list_publications($1, $2)', values: [token, id ?? null] });
  const whole = rows.find(({ body }) => body !== null);
  const expected = whole && stillExpected(zExpectedRanges.parse(whole.expected), copenhagenDate(whole.published_at));
  return { all: rows.map(rowOf), ...(whole && { read: { ...rowOf(whole), publication: zPublication.parse(whole.body), ...(expected && { expected }) } }) };
}

/** What a new publication is laid beside: all that were ever readable, newest first; the new cases of three years; and of those that stand the newest, and the newest of the same period. */
export interface Beside {
  /** What is counted, whole: to be hidden in before anybody sees it. */
  readonly cells: readonly CountedCell[];
  readonly earlier: readonly Publication[];
  readonly newCases: readonly NewCases[];
  readonly newest?: PublicationRow;
  readonly samePeriod?: PublicationRow;
}
/** Undefined for everybody but the contact point. @param lastYear the last of the three years @throws with code 28000 without a session. */
export async function besidePublication(pool: Pool, token: string, { from, asOf, drawnAt }: Drawing, lastYear: number): Promise<Beside | undefined> {
  type Body = { readonly cells: readonly CellRow[]; readonly earlier: readonly unknown[]; readonly newCases: readonly (readonly [number, string, string | null, number])[]; readonly newest: PublicationRow | null; readonly samePeriod: PublicationRow | null };
  const { rows } = await pool.query<{ body: Body | null }>({ name: 'beside-publication', text: 'select app.beside_publication($1, $2, $3, $4, $5) as body', values: [token, from, asOf, lastYear, drawnAt] });
  const body = rows[0]?.body ?? undefined;
  return body && { cells: cellsOf(body.cells), earlier: body.earlier.map((one) => zPublication.parse(one)), newCases: body.newCases.map(([year, unit, municipality, n]) => ({ year, unit, municipality, n })), ...(body.newest && { newest: body.newest }), ...(body.samePeriod && { samePeriod: body.samePeriod }) };
}

const said = <Word extends string>(pool: Pool, token: string, text: string, values: readonly unknown[]): Promise<Word | undefined> =>
  inSession(pool, token, async (client) => (await client.query<{ said: Word | null }>(`select ${text} as said`, [...values])).rows[0]?.said ?? undefined);

/**
 * Keeps a publication. `overtaken`: another came since it was laid beside `before` of them; undefined for everybody but the contact point.
 * @throws with code 28000 without a session, UV401 when he must prove himself anew.
 */
export const keepPublication = (pool: Pool, token: string, publication: Publication, expected: ExpectedRanges, before: number, at: Instant): Promise<'published' | 'overtaken' | undefined> =>
  said(pool, token, 'sec.publish_figures($1, $2, $3, $4)', [JSON.stringify(publication), JSON.stringify(expected), before, at]);

/** Why a publication is taken back: the record it was drawn from was wrong, it was for the wrong period, or it came too early. */
export const WITHDRAWN_BECAUSE = ['record', 'period', 'early'] as const;
export type WithdrawnBecause = (typeof WITHDRAWN_BECAUSE)[number];
/** Takes the newest back; what has been seen counts on. `none`: it is not the newest that stands. As for `keepPublication`. */
export const withdrawPublication = (pool: Pool, token: string, id: string, because: WithdrawnBecause, at: Instant): Promise<'withdrawn' | 'none' | undefined> =>
  said(pool, token, 'sec.withdraw_figures($1, $2, $3)', [id, because, at]);
