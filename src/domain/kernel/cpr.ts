/**
 * Danish personal numbers (CPR), read by what the numbers say and never refused for their check digit (FM-LAW-3).
 * Whether a number belongs to somebody is not known here.
 */

import { z } from 'zod';
import { dateOfParts, partsOfDate } from './calendar.js';
import type { PlainDate } from './calendar.js';

/** Ten digits without separator. */
export type CprNumber = string & z.$brand<'CprNumber'>;

export const CPR_KINDS = ['cpr', 'replacement', 'demonstration'] as const;
/**
 * `cpr`: a personal number. `replacement`: given to people without one, day + 60; never to be taken for a personal number.
 * `demonstration`: month + 80, a month no authority writes; the only numbers that demonstration people may have.
 */
export type CprKind = (typeof CPR_KINDS)[number];

export type Sex = 'female' | 'male';

export interface Cpr {
  readonly kind: CprKind;
  readonly number: CprNumber;
  readonly birthDate: PlainDate;
  readonly sex: Sex;
  /** Whether the check digit fits. Never a ground to refuse: valid numbers without it are issued since 2007. At most a hint. */
  readonly modulus11: boolean;
}

export interface InvalidCpr {
  readonly kind: 'invalid';
  /** What is wrong and what would be right, in Danish. */
  readonly why: string;
}

const REPLACEMENT_DAY = 60;
const DEMONSTRATION_MONTH = 80;
const WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1] as const;

/** The century from the seventh digit and the two digits of the year, by the table of the CPR office. */
function yearOfBirth(yearOfCentury: number, seventh: number): number {
  if (seventh <= 3) return 1900 + yearOfCentury;
  if (seventh === 4 || seventh === 9) return (yearOfCentury <= 36 ? 2000 : 1900) + yearOfCentury;
  return (yearOfCentury <= 57 ? 2000 : 1800) + yearOfCentury;
}

function kindOf(day: number, month: number): CprKind {
  if (month > DEMONSTRATION_MONTH) return 'demonstration';
  return day > REPLACEMENT_DAY ? 'replacement' : 'cpr';
}

function fitsModulus11(number: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number.charAt(place)), 0);
  return sum % 11 === 0;
}

/**
 * Reads a personal number written 'DDMMYY-SSSS' or 'DDMMYYSSSS', spaces allowed anywhere. The check digit is told, not judged.
 * Century and sex of replacement numbers are read as in personal numbers: an assumption, no public rule was found (FM-LAW-3).
 */
export function parseCpr(text: string): Cpr | InvalidCpr {
  const match = /^(\d\d)(\d\d)(\d\d)[-–]?(\d{4})$/.exec(text.replace(/\s/g, ''));
  if (!match) return { kind: 'invalid', why: 'Skriv CPR-nummeret med ti cifre: dag, måned, år og de fire sidste cifre.' };
  const [day, month, yearOfCentury] = match.slice(1, 4).map(Number) as [number, number, number];
  const number = match.slice(1).join('') as CprNumber;
  const kind = kindOf(day, month);
  const birthDate = dateOfParts({
    year: yearOfBirth(yearOfCentury, Number(number.charAt(6))),
    month: kind === 'demonstration' ? month - DEMONSTRATION_MONTH : month,
    day: kind === 'replacement' ? day - REPLACEMENT_DAY : day,
  });
  if (birthDate === undefined) {
    return { kind: 'invalid', why: 'De første seks cifre er ikke en dato, der findes. Se efter, om to cifre er byttet om.' };
  }
  const sex = Number(number.charAt(9)) % 2 === 0 ? 'female' : 'male';
  return { kind, number, birthDate, sex, modulus11: fitsModulus11(number) };
}

/** Input: a personal number as typed; output: its ten digits. */
export const zCpr: z.ZodType<CprNumber, string> = z
  .string({ error: 'Skriv CPR-nummeret med ti cifre.' })
  .transform((text, ctx) => {
    const cpr = parseCpr(text);
    if (cpr.kind !== 'invalid') return cpr.number;
    ctx.addIssue({ code: 'custom', message: cpr.why });
    return z.NEVER;
  });

/** Whether the number can belong to nobody: its month is written with 80 added. */
export function isDemonstrationCpr(text: string): boolean {
  return parseCpr(text).kind === 'demonstration';
}

/**
 * The number of an invented person: right date of birth and sex, impossible month (FM-LAW-3). `count` 0–499 tells apart people born
 * on the same day. Throws RangeError on another count and on births outside 1900–2036: that is a bug in the demonstration data.
 */
export function demonstrationCpr(birthDate: PlainDate, sex: Sex, count = 0): CprNumber {
  const { year, month, day } = partsOfDate(birthDate);
  if (!Number.isInteger(count) || count < 0 || count > 499) throw new RangeError(`count ${count} is not 0-499`);
  if (year < 1900 || year > 2036) throw new RangeError(`born ${year}: outside 1900-2036`);
  const seventh = year < 2000 ? 3 : 4;
  const serial = seventh * 1000 + count * 2 + (sex === 'male' ? 1 : 0);
  return ([day, month + DEMONSTRATION_MONTH, year % 100].map((part) => String(part).padStart(2, '0')).join('') +
    String(serial)) as CprNumber;
}

/** 'DDMMYY-SSSS' */
export function formatCpr(number: CprNumber): string {
  return `${number.slice(0, 6)}-${number.slice(6)}`;
}

/** What stands on screen until somebody asks for the number; the same for every number, so that it tells nothing. */
export function maskCpr(): string {
  return '••••••-••••';
}

/** Whole years lived on a day. Born on 29 February: the birthday is 1 March in other years. */
export function ageOn(birthDate: PlainDate, on: PlainDate): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

export const AGE_BANDS = ['under18', '18-24', '25-29', '30-39', '40+'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];
export const AGE_BAND_LABELS: Readonly<Record<AgeBand, string>> = { under18: 'Under 18 år', '18-24': '18–24 år', '25-29': '25–29 år', '30-39': '30–39 år', '40+': '40 år eller mere' };

/** The band figures are counted in; `under18` is also where the special rules for young people are named (FM-STA-2, FM-LAW-5). */
export function ageBand(age: number): AgeBand {
  if (age < 18) return 'under18';
  if (age < 25) return '18-24';
  if (age < 30) return '25-29';
  return age < 40 ? '30-39' : '40+';
}
