import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { type CountedCell, isDimension } from '../domain/statistics/breakdown.js';
import type { CompletenessCount } from '../domain/statistics/practice.js';
import { type OfficialFigures, officialFigures } from '../domain/statistics/official.js';
import type { Correction, FollowUpCount, Step, StepTime, Times } from '../domain/statistics/times.js';
import type { Pool } from './postgres/pools.js';

/** The days figures are for, both included, and by when what they count had been recorded. */
export interface Drawing {
  readonly from: PlainDate;
  readonly asOf: PlainDate;
  readonly drawnAt: Instant;
}

async function drawn<Body>(pool: Pool, token: string, part: 'cells' | 'country' | 'times' | 'completeness', { from, asOf, drawnAt }: Drawing): Promise<Body | undefined> {
  const { rows } = await pool.query<{ body: Body | null }>({ name: 'national-figures', text: 'select app.national_figures($1, $2, $3, $4, $5) as body', values: [token, part, from, asOf, drawnAt] });
  return rows[0]?.body ?? undefined;
}

/** A cell as the database gives it. */
export type CellRow = readonly [dimension: string, value: string | null, state: string, n: number, unit: string | null];
export const cellsOf = (rows: readonly CellRow[]): readonly CountedCell[] =>
  rows.flatMap(([dimension, value, state, n, unit]): readonly CountedCell[] =>
    !isDimension(dimension) ? [] : dimension === 'municipality' ? [{ dimension, value, state, n, unit: unit ?? '' }] : [{ dimension, value, state, n }]);

/**
 * Cases by standing along every dimension, without those that shut the caller out; empty for everybody but the contact point (FM-STA-4).
 * @throws with code 28000 without a session.
 */
export const nationalCells = async (pool: Pool, token: string, drawing: Drawing): Promise<readonly CountedCell[]> => cellsOf((await drawn<readonly CellRow[]>(pool, token, 'cells', drawing)) ?? []);

/** The official figures of the whole country alone, as the cells of any dimension add up to; nothing but noughts for everybody but the contact point (FM-STA-1). @throws as `nationalCells` */
export const nationalLines = async (pool: Pool, token: string, drawing: Drawing): Promise<OfficialFigures> =>
  officialFigures(((await drawn<readonly (readonly [string, number])[]>(pool, token, 'country', drawing)) ?? []).map(([state, n]) => ({ state, n })));

interface TimesBody {
  readonly times: readonly (readonly [Step, string | null, number, number, number, number])[];
  readonly followUps: readonly (readonly [string | null, number, number, number])[];
}
/** How long the steps took, and whether follow-ups were held on time; undefined for everybody but the contact point. */
export async function nationalTimes(pool: Pool, token: string, drawing: Drawing): Promise<Times | undefined> {
  const body = await drawn<TimesBody>(pool, token, 'times', drawing);
  return body && {
    steps: body.times.map(([step, unit, n, lowerQuartile, median, upperQuartile]): StepTime => ({ step, unit, n, lowerQuartile, median, upperQuartile })),
    followUps: body.followUps.map(([unit, due, onTime, late]): FollowUpCount => ({ unit, due, onTime, late })),
  };
}

/** How complete the record is of the running courses; undefined for everybody but the contact point (FM-NCP-7). */
export async function nationalCompleteness(pool: Pool, token: string, drawing: Drawing): Promise<readonly CompletenessCount[] | undefined> {
  type Row = readonly [string | null, number, number, number, number];
  return (await drawn<readonly Row[]>(pool, token, 'completeness', drawing))?.map(([unit, courses, lacking, unplanned, unmeasured]) => ({ unit, courses, lacking, unplanned, unmeasured }));
}

/** Corrections, the newest first and five hundred at most; `total` counts all. */
export interface Corrections {
  readonly total: number;
  readonly rows: readonly Correction[];
}
/** What was recorded after a moment and changes the official figures drawn at it; none for everybody but the contact point (FM-STA-3). */
export async function nationalCorrections(pool: Pool, token: string, { from, asOf, drawnAt }: Drawing, until: Instant): Promise<Corrections> {
  type Row = readonly [string, string | null, string | null, string | null, string | null, boolean];
  const { rows } = await pool.query<{ body: { readonly total: number; readonly rows: readonly Row[] } | null }>({ name: 'national-corrections', text: 'select app.national_corrections($1, $2, $3, $4, $5) as body', values: [token, from, asOf, drawnAt, until] });
  const body = rows[0]?.body ?? { total: 0, rows: [] };
  return { total: body.total, rows: body.rows.map(([recordedOn, was, is, wasUnit, isUnit, otherFacts]): Correction => ({ recordedOn, was, is, wasUnit, isUnit, otherFacts })) };
}
