/**
 * Moments, and what the clock in Copenhagen shows at them.
 *
 * Summer time follows the rule of the European Union: from the last Sunday of March to the last Sunday of October, both at 01:00 UTC.
 * That is right from 1996 on. Before 1996 the autumn change in Denmark came a month earlier, so moments in October 1980–1995 show an
 * hour too much; the system holds no moments from that time (dates of birth are plain dates).
 */

import type { z } from 'zod';
import { dateOfDayNumber, dayNumber, dayNumberOfParts, isDay, partsOfDayNumber } from './calendar.js';
import type { PlainDate } from './calendar.js';

/** A moment in UTC with milliseconds, '2026-11-21T09:42:00.000Z'. Sorts as text. */
export type Instant = string & z.$brand<'Instant'>;

/** What calendar and clock on the wall in Copenhagen show. */
export interface CopenhagenTime {
  readonly date: PlainDate;
  readonly hour: number;
  readonly minute: number;
}

const FORM = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)\.(\d{3})Z$/;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds since 1 January 1970 UTC, or undefined when the text is no instant. */
function millisecondsIn(text: string): number | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  if (!isDay(date)) return undefined;
  const [hour, minute, second, millisecond] = [Number(match[4]), Number(match[5]), Number(match[6]), Number(match[7])];
  return dayNumberOfParts(date) * DAY + hour * HOUR + minute * MINUTE + second * 1000 + millisecond;
}

/** Reads an instant; undefined when the text is not in the one accepted form or names a moment that does not exist. */
export function instant(text: string): Instant | undefined {
  return millisecondsIn(text) === undefined ? undefined : (text as Instant);
}

export function isInstant(value: unknown): value is Instant {
  return typeof value === 'string' && instant(value) !== undefined;
}

/** Milliseconds since 1 January 1970 UTC. Reads the digits where they stand: an instant has been looked at when it was made. */
export function epochMilliseconds(at: Instant): number {
  const days = dayNumberOfParts({ year: digits(at, 0, 4), month: digits(at, 5, 2), day: digits(at, 8, 2) });
  const milliseconds =
    days * DAY + digits(at, 11, 2) * HOUR + digits(at, 14, 2) * MINUTE + digits(at, 17, 2) * 1000 + digits(at, 20, 3);
  if (!Number.isInteger(milliseconds) || at.length !== 24) throw new RangeError(`${at} is no instant`);
  return milliseconds;
}

/** The number that so many digits make; NaN where another sign stands. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let place = from; place < from + count; place += 1) {
    const digit = text.charCodeAt(place) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** The reverse of {@link epochMilliseconds}. */
export function instantFromEpoch(milliseconds: number): Instant {
  const days = Math.floor(milliseconds / DAY);
  const rest = milliseconds - days * DAY;
  const clock = `${two(rest / HOUR)}:${two((rest % HOUR) / MINUTE)}:${two((rest % MINUTE) / 1000)}`;
  return `${dateOfDayNumber(days)}T${clock}.${String(Math.floor(rest % 1000)).padStart(3, '0')}Z` as Instant;
}

function two(value: number): string {
  return value < 10 ? `0${Math.floor(value)}` : String(Math.floor(value));
}

export function addMinutes(at: Instant, minutes: number): Instant {
  return instantFromEpoch(epochMilliseconds(at) + minutes * MINUTE);
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compareInstants(a: Instant, b: Instant): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** When the clocks change in a year: 01:00 UTC on the last Sunday of the month (3 or 10, both of 31 days). */
function clockChange(year: number, month: 3 | 10): number {
  const last = dayNumberOfParts({ year, month, day: 31 });
  // 1 January 1970 was a Thursday: four days after a Sunday.
  const daysAfterSunday = (((last + 4) % 7) + 7) % 7;
  return (last - daysAfterSunday) * DAY + HOUR;
}

/** Summer's beginning and end, by year: every moment on a page asks for one of the same few years. */
const summers = new Map<number, readonly [from: number, to: number]>();

function summerOf(year: number): readonly [from: number, to: number] {
  const known = summers.get(year) ?? [clockChange(year, 3), clockChange(year, 10)];
  if (!summers.has(year)) summers.set(year, known);
  return known;
}

function isSummerTime(milliseconds: number): boolean {
  const [from, to] = summerOf(partsOfDayNumber(Math.floor(milliseconds / DAY)).year);
  return from <= milliseconds && milliseconds < to;
}

/** The date and clock in Copenhagen at a moment. */
export function copenhagenTime(at: Instant): CopenhagenTime {
  const utc = epochMilliseconds(at);
  const local = utc + (isSummerTime(utc) ? 2 : 1) * HOUR;
  const days = Math.floor(local / DAY);
  const rest = local - days * DAY;
  return { date: dateOfDayNumber(days), hour: Math.floor(rest / HOUR), minute: Math.floor((rest % HOUR) / MINUTE) };
}

/** The date in Copenhagen at a moment: the day every deadline is judged by. */
export function copenhagenDate(at: Instant): PlainDate {
  return copenhagenTime(at).date;
}

/**
 * The moment when the clock in Copenhagen shows this. An hour that comes twice (October) means the first; one that is skipped
 * (March) means the same length after the change. Throws RangeError on an hour outside 0–23 or a minute outside 0–59.
 */
export function instantOf(date: PlainDate, hour: number, minute: number): Instant {
  if (!Number.isInteger(hour) || !Number.isInteger(minute) || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    throw new RangeError(`${hour}:${minute} is no time of day`);
  }
  const local = dayNumber(date) * DAY + hour * HOUR + minute * MINUTE;
  const asSummer = local - 2 * HOUR;
  return instantFromEpoch(isSummerTime(asSummer) ? asSummer : local - HOUR);
}
