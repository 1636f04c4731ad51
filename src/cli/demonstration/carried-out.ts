import type pg from 'pg';
import { isPlainDate, type PlainDate } from '../../domain/kernel/time.js';

/** How far a case of a series has come. */
export interface CarriedOut {
  /** Steps done; `all` when the last one is. */
  readonly steps: number | 'all';
  /** The case's id, when a command after its inquiry has been carried out. */
  readonly caseId?: string;
  /** What the registrant was told. */
  readonly number?: string;
}

/** A series of cases as far as it has been made. */
export interface Series {
  /** The day it was made for: a filling that goes on later tells the same cases. */
  readonly day: PlainDate;
  readonly cases: ReadonlyMap<string, CarriedOut>;
}

/** Every command of a filling is carried out under a key of its own, so that none is ever carried out twice. */
export const keyOf = (series: string, day: PlainDate, name: string, step: number, last: boolean): string =>
  [series, day, name, last ? 'slut' : step].join('/');

/**
 * How far a series has come, read from the keys of the commands that were carried out; undefined when nothing is.
 * @param superuser may become `udvej_owner`
 */
export async function carriedOut(superuser: Pick<pg.ClientBase, 'query'>, series: string): Promise<Series | undefined> {
  await superuser.query('begin');
  try {
    await superuser.query('set local role udvej_owner');
    const { rows } = await superuser.query<{
      day: string;
      name: string;
      done: boolean;
      steps: number | null;
      case_id: string | null;
      number: string | null;
    }>(
      `select split_part(key, '/', 2) as day, split_part(key, '/', 3) as name, bool_or(key like '%/slut') as done,
         max(case when key not like '%/slut' then split_part(key, '/', 4)::int + 1 end) as steps, max(result ->> 'caseId') as case_id, max(result ->> 'number') as number
       from app.command where key like $1 group by 1, 2`,
      [`${series}/%`],
    );
    const day = rows.map((row) => row.day).sort()[0];
    return day === undefined || !isPlainDate(day) ? undefined : { day, cases: new Map(rows.map((row) => [row.name, told(row)])) };
  } finally {
    await superuser.query('commit');
  }
}

const told = ({
  done,
  steps,
  case_id,
  number,
}: {
  done: boolean;
  steps: number | null;
  case_id: string | null;
  number: string | null;
}): CarriedOut => ({
  steps: done ? 'all' : (steps ?? 0),
  ...(case_id === null ? {} : { caseId: case_id }),
  ...(number === null ? {} : { number }),
});
