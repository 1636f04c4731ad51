/** Plain calendar dates: a day in Denmark without a clock. Own integer arithmetic, so that no time zone of a server can move a deadline. */

import type { z } from 'zod';

/** A day that exists in the Gregorian calendar, 'YYYY-MM-DD', years 0001–9999. Sorts as text. */
export type PlainDate = string & z.$brand<'PlainDate'>;

/** The parts of a date: month 1–12, day 1–31. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_TO_1970 = 719_468;
const DAYS_IN_ERA = 146_097;

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** How many days the month has; month 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether there is such a day in the years 0001–9999. */
export function isDay({ year, month, day }: CivilDate): boolean {
  const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day);
  return whole && year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The date with these parts, or undefined when no such day exists. */
export function dateOfParts(parts: CivilDate): PlainDate | undefined {
  return isDay(parts) ? write(parts) : undefined;
}

function write({ year, month, day }: CivilDate): PlainDate {
  const text = `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
  return text as PlainDate;
}

/** Reads 'YYYY-MM-DD'; undefined when the text has another form or names a day that does not exist. */
export function plainDate(text: string): PlainDate | undefined {
  const match = FORM.exec(text);
  return match ? dateOfParts({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }) : undefined;
}

export function isPlainDate(value: unknown): value is PlainDate {
  return typeof value === 'string' && plainDate(value) !== undefined;
}

export function partsOfDate(date: PlainDate): CivilDate {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** Days since 1 January 1970, counted in eras of 400 years that begin on 1 March, so that the leap day comes last. */
export function dayNumber(date: PlainDate): number {
  return dayNumberOfParts(partsOfDate(date));
}

/** {@link dayNumber} of a day given by its parts. */
export function dayNumberOfParts({ year, month, day }: CivilDate): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_ERA + dayOfEra - DAYS_TO_1970;
}

/** The reverse of {@link dayNumber}. Throws RangeError outside the years 0001–9999: no deadline lies there. */
export function dateOfDayNumber(days: number): PlainDate {
  const parts = partsOfDayNumber(days);
  if (!isDay(parts)) throw new RangeError(`day ${days} lies outside the years 0001-9999`);
  return write(parts);
}

/** The parts of the day with this number, in any year. */
export function partsOfDayNumber(days: number): CivilDate {
  const shifted = days + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_IN_ERA);
  const dayOfEra = shifted - era * DAYS_IN_ERA;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** The same day of the month `months` later; the last day of that month where it is shorter (31 January + 1 → 28 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOfDate(date);
  const count = year * 12 + (month - 1) + months;
  const newYear = Math.floor(count / 12);
  const newMonth = count - newYear * 12 + 1;
  const result = dateOfParts({ year: newYear, month: newMonth, day: Math.min(day, daysInMonth(newYear, newMonth)) });
  if (result === undefined) throw new RangeError(`${date} + ${months} months lies outside the years 0001-9999`);
  return result;
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compareDates(a: PlainDate, b: PlainDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(date: PlainDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** Whether a period with open ends covers the day; both days are included. */
export function coversDay(period: { readonly validFrom?: PlainDate; readonly validTo?: PlainDate }, on: PlainDate): boolean {
  return (period.validFrom === undefined || period.validFrom <= on) && (period.validTo === undefined || on <= period.validTo);
}

/**
 * A date written in the source code. Throws when it does not exist: that is a bug, never a user's mistake.
 * Text from outside goes through {@link plainDate}.
 */
export function knownDate(text: string): PlainDate {
  const date = plainDate(text);
  if (date === undefined) throw new RangeError(`${text} is no date`);
  return date;
}
