import { addDays, dateOfParts, daysBetween, knownDate, partsOfDate, type PlainDate } from '../domain/kernel/time.js';
import { type Drawing, nationalLines } from '../store/figures.js';
import type { House } from './house.js';
import { type Figures, periodFaults } from './statistics.js';

/** The days of a period, both included. */
export type Span = Pick<Drawing, 'from' | 'asOf'>;

/** The same day so many years before; the 29th of February is the 28th where there is none. */
const yearsBefore = (day: PlainDate, years: number): PlainDate => {
  const { year, month, day: nth } = partsOfDate(day);
  return dateOfParts({ year: year - years, month, day: nth }) ?? knownDate(`${year - years}-02-28`);
};
/** By how many whole years the one day comes before the other; undefined when it is another day of the year. The last day of February is that in every year. */
const wholeYears = (day: PlainDate, later: PlainDate): number | undefined => {
  const ofYear = (one: PlainDate): string => one.slice(4).replace('-02-29', '-02-28');
  return ofYear(day) === ofYear(later) ? partsOfDate(later).year - partsOfDate(day).year : undefined;
};

/** The day that a period is compared with when none is asked for: a year before its end; undefined where there were no figures then. */
export const usualOther = ({ asOf }: Span, today: PlainDate): PlainDate | undefined => {
  const usual = yearsBefore(asOf, 1);
  return periodFaults(usual, undefined, today).from === undefined ? usual : undefined;
};

/** The period that ends on the other day: from the same day where it has begun by then; else moved as a whole, by years where the end is, else as long. */
export const otherPeriod = ({ from, asOf }: Span, day: PlainDate, today: PlainDate): Span => {
  if (from <= day) return { from, asOf: day };
  const years = wholeYears(day, asOf);
  const begun = years === undefined ? addDays(day, daysBetween(asOf, from)) : yearsBefore(from, years);
  return { from: periodFaults(begun, undefined, today).from === undefined ? begun : day, asOf: day };
};

/** Two periods of the official figures, drawn from what was recorded by the same moment. */
export interface Compared {
  readonly now: Figures;
  readonly other: Span;
  readonly before: Figures;
}

/** The figures of a period, and those of the one it is compared with; without another, the figures alone (FM-STA-3). @throws with code 28000 without a session */
export async function comparedFigures(house: House, token: string, drawing: Drawing, other: Span | undefined): Promise<Compared | Pick<Compared, 'now'>> {
  const figures = async (one: Drawing): Promise<Figures> => ({ ...one, ...(await nationalLines(house.web, token, one)) });
  const now = await figures(drawing);
  return other === undefined ? { now } : { now, other, before: await figures({ ...drawing, ...other }) };
}
