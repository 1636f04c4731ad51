/**
 * How many cases a municipality should be ready for next year (FM-STA-2; S1 asks: how many more?). A plain range, no forecast of what makes gangs grow.
 *
 * Inhabitants are not in the reference data, so a municipality is not held against a rate per inhabitant. Its own years stand for its size, and the country for the direction: the municipality's yearly
 * mean goes up or down as much as the country's last year did against the country's mean, by half, for one year is not a trend and a municipality is not the country.
 */

import { z } from 'zod';
import type { PlainDate } from '../kernel/calendar.js';
import { municipalities, type MunicipalityCode } from '../reference/denmark.js';
import { units } from '../reference/authorities.js';
import { belowUnit, districtSums, keyOf } from './published-figures.js';
import { type Shown, suppress, THRESHOLD } from './suppression.js';

/** New cases a year, oldest first; null where the number is hidden in what is published, and then nothing is said of it here. */
export type ThreeYears = readonly [number | null, number | null, number | null];

export interface Expected {
  readonly kind: 'range';
  /** The yearly number that the range lies around, to one decimal. */
  readonly mean: number;
  /** Whole cases, both included. */
  readonly from: number;
  readonly to: number;
}

export interface TooFew {
  readonly kind: 'too-few';
}

/** What is said where there is too little to go by. */
export const TOO_FEW = 'For få til at sige noget';
export const TOO_FEW_MEANS = 'Det kræver mindst 15 sager på tre år, og at intet af de tre års tal skal skjules.';

/** The method in one sentence, shown beside the number. */
export const METHOD = 'Gennemsnittet af kommunens sager de seneste tre hele år, rykket halvt så meget op eller ned, som landets seneste hele år ligger over eller under landets gennemsnit; i omtrent ni af ti år ligger tallet inden for spændet, hvis udviklingen fortsætter.';

/** Fewer cases than this in three years, and the range would say no more than that there may be some or none. */
const ENOUGH = 15;
/** How far a number of rare events strays from its mean, in roots of the mean, in nine years of ten. */
const NINE_IN_TEN = 1.645;

/** The range for next year, or that there are too few: when a number is hidden or under the threshold in any of the years, or there are fewer than fifteen cases in all. */
export function expectedCases(own: ThreeYears, country: ThreeYears): Expected | TooFew {
  const [mine, all] = [counted(own), counted(country)];
  if (mine === undefined || all === undefined) return { kind: 'too-few' };
  const [sum, sumOfAll] = [total(mine), total(all)];
  if (sum < ENOUGH || sumOfAll < sum) return { kind: 'too-few' };
  const mean = (sum / 3) * (1 + (all[2] / (sumOfAll / 3) - 1) / 2);
  // The mean itself rests on three years only, so the next year strays from it by a third more than one year from a known mean (variance: mean + mean / 3).
  const stray = NINE_IN_TEN * Math.sqrt(mean + mean / 3);
  return { kind: 'range', mean: Math.round(mean * 10) / 10, from: Math.max(0, Math.floor(mean - stray)), to: Math.ceil(mean + stray) };
}

const total = (years: readonly number[]): number => years.reduce((sum, n) => sum + n, 0);
/** The years where every number may be seen. A hidden one stops it, and so does a small one, which should have been hidden. */
function counted(years: ThreeYears): readonly [number, number, number] | undefined {
  const [first, second, third] = years;
  if (first === null || second === null || third === null) return undefined;
  return [first, second, third].every((n) => n === 0 || n >= THRESHOLD) ? [first, second, third] : undefined;
}

/** Cases whose inquiry came in a year, by the unit they stand at and the municipality of residence. */
export interface NewCases {
  readonly year: number;
  readonly unit: string;
  readonly municipality: string | null;
  readonly n: number;
}

/**
 * Every municipality's range for a coming year, from the three years up to `lastYear`. A range tells of the numbers it is made of, so each of the three years is hidden as if it were published, and a municipality with a hidden year has none.
 * Cases in custody are no municipality's, as in what is published. The years must be over, or the same range drawn a month later tells who came.
 *
 * @param on the day the division of districts into municipalities is taken from
 */
export function expectedByMunicipality(counted: readonly NewCases[], lastYear: number, on: PlainDate): ReadonlyMap<MunicipalityCode, Expected | TooFew> {
  const years = [lastYear - 2, lastYear - 1, lastYear].map((year) => shownIn(counted.filter((cell) => cell.year === year), on));
  const three = (key: string): ThreeYears => [years[0]?.get(key) ?? null, years[1]?.get(key) ?? null, years[2]?.get(key) ?? null];
  return new Map(municipalities.map(({ code }) => [code, expectedCases(three(keyOf('new', 'municipality', code)), three(WHOLE))]));
}

const WHOLE = keyOf('new', 'country', 'denmark');

function shownIn(counted: readonly NewCases[], on: PlainDate): Shown {
  const sums = [{ whole: WHOLE, parts: units.map((unit) => keyOf('new', 'unit', unit)) }, ...districtSums('new', on)];
  const numbers = new Map(sums.flatMap(({ whole, parts }) => [whole, ...parts]).map((key) => [key, 0]));
  for (const { unit, municipality, n } of counted) {
    const below = belowUnit(unit, municipality, on);
    for (const key of [WHOLE, keyOf('new', 'unit', unit), ...(below ? [keyOf('new', below.table, below.value)] : [])]) numbers.set(key, (numbers.get(key) ?? 0) + n);
  }
  return suppress([...numbers].map(([key, n]) => ({ key, n })), sums);
}

/** The last of the three years that are counted: the newest that is over when the figures are drawn. */
export const lastYearOver = (drawnOn: PlainDate): number => yearOf(drawnOn) - 1;
/** Figures of a period that ends in this year or the last say what is to come; those of an older one are of the past alone. */
export const looksAhead = (asOf: PlainDate, drawnOn: PlainDate): boolean => yearOf(asOf) >= lastYearOver(drawnOn);
const yearOf = (day: PlainDate): number => Number(day.slice(0, 4));

/**
 * As they are kept with a publication: the year they are for, the last of the three years they are reckoned from, and by municipality the whole cases from and to; null where there are too few.
 * Publications from before the year told was the one after the drawing's have no `lastYear`: theirs were for the year after it.
 */
export const zExpectedRanges = z.strictObject({ year: z.int(), lastYear: z.int().optional(), ranges: z.record(z.string().max(10), z.tuple([z.int().min(0), z.int().min(0)]).nullable()) });
export type ExpectedRanges = z.infer<typeof zExpectedRanges>;

/** The year to be ready for is the one after that of the drawing; the year that runs is not whole and lies between it and those that are counted. */
const yearsAt = (drawnOn: PlainDate) => ({ year: yearOf(drawnOn) + 1, lastYear: lastYearOver(drawnOn) });

/** What is kept of the ranges: the mean they lie around is not, for it says more than they do. @param drawnOn the day in Copenhagen on which they were drawn */
export const expectedRanges = (expected: ReadonlyMap<string, Expected | TooFew>, drawnOn: PlainDate): ExpectedRanges => ({
  ...yearsAt(drawnOn), ranges: Object.fromEntries([...expected].map(([code, one]) => [code, one.kind === 'range' ? [one.from, one.to] : null])),
});

/** As kept with a publication that says nothing of cases to come. */
export const nothingExpected = (drawnOn: PlainDate): ExpectedRanges => ({ ...yearsAt(drawnOn), ranges: {} });
/** What stands of kept ranges: nothing where there are none, and nothing of a year that was over when they were published, as older publications had them. */
export const stillExpected = (kept: ExpectedRanges, publishedOn: PlainDate): ExpectedRanges | undefined => (Object.keys(kept.ranges).length === 0 || kept.year < yearOf(publishedOn) ? undefined : kept);

/** Which three years a range is reckoned from, and which one between them and its own is left out: it was not over. */
function yearsOf({ year, lastYear = year - 1 }: ExpectedRanges): string {
  const said = `Årene er ${lastYear - 2}–${lastYear}`;
  return lastYear === year - 1 ? `${said}.` : `${said}. Året ${lastYear + 1} er ikke talt med, for det var ikke slut, da tallene blev opgjort.`;
}
/** How the ranges of a publication came about. */
export const methodOf = (expected: ExpectedRanges): string => `${METHOD} ${yearsOf(expected)}`;

/** What there is to say to a municipality, and why: 'Mellem 5 og 15', or that there are too few. */
export function expectedInWords(expected: ExpectedRanges, municipality: string): { readonly said: string; readonly why: string } {
  const range = expected.ranges[municipality] ?? null;
  return range === null ? { said: TOO_FEW, why: `${TOO_FEW_MEANS} ${yearsOf(expected)}` } : { said: `Mellem ${range[0]} og ${range[1]}`, why: methodOf(expected) };
}
