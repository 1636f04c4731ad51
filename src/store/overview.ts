import type { QuestionKind } from '../domain/exit-case/question.js';
import type { PlainDate } from '../domain/kernel/time.js';
import type { Pool } from './postgres/pools.js';

/** A case as the contact point's overview has it: structure only, and the names of nobody but staff (access.md, "The contact point"). */
export interface OverviewRow {
  readonly case_id: string;
  readonly number: string;
  readonly unit: string;
  readonly municipality: string | null;
  readonly phase: string;
  readonly place: string;
  readonly since: PlainDate;
  readonly next_due: PlainDate | null;
  /** A code of `WAITS_FOR`. */
  readonly waits_for: string | null;
  /** The name of the contact person. */
  readonly contact_person: string | null;
  /** Those that lie open at the contact point. */
  readonly questions: readonly { readonly id: string; readonly kind: QuestionKind }[] | null;
  /** Of all that fit, on every page. */
  readonly total: number;
  readonly late: number;
}

export const OVERVIEW_SORTS = ['due', 'oldest', 'newest'] as const;
/** Due earliest first; longest in its phase first; shortest first. */
export type OverviewSort = (typeof OVERVIEW_SORTS)[number];

export interface OverviewWanted {
  readonly unit?: string;
  readonly municipality?: string;
  readonly phase?: string;
  readonly place?: string;
  readonly late: boolean;
  readonly sort: OverviewSort;
  /** Rows, and how many come before them. */
  readonly limit: number;
  readonly offset: number;
}

const asked = async <Row extends object>(pool: Pool, name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
  (await pool.query<Row & Record<string, unknown>>({ name, text, values: [...values] })).rows;

/** A page of the overview (028_overview.sql). Rows for the contact point only, and none that the official is shut out of. @throws with code 28000 without a session. */
export const listOverview = (pool: Pool, token: string, today: PlainDate, { unit, municipality, phase, place, late, sort, limit, offset }: OverviewWanted): Promise<readonly OverviewRow[]> =>
  asked(pool, 'list-overview', 'select * from app.list_overview($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
    token, today, unit ?? null, municipality ?? null, phase ?? null, place ?? null, late, sort, limit, offset,
  ]);

export interface MunicipalityCount {
  /** Null where no municipality is known. */
  readonly municipality: string | null;
  readonly cases: number;
  readonly late: number;
}
export const countOverview = (pool: Pool, token: string, today: PlainDate): Promise<readonly MunicipalityCount[]> =>
  asked(pool, 'count-overview', 'select * from app.count_overview($1, $2)', [token, today]);

/** All that is told of an inquiry which nobody takes. */
export interface UntakenRow {
  readonly unit: string;
  /** Calendar days since it should have been taken. */
  readonly days_late: number;
}
/** Inquiries that nobody has taken and that were due before a day, the latest first. */
export const listUntaken = (pool: Pool, token: string, today: PlainDate, dueBefore: PlainDate): Promise<readonly UntakenRow[]> =>
  asked(pool, 'list-untaken', 'select * from app.list_untaken($1, $2, $3)', [token, today, dueBefore]);
