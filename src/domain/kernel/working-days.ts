/** Danish holidays and working days. */

import { addDays, dateOfParts, weekday } from './calendar.js';
import type { PlainDate } from './calendar.js';

export interface Holiday {
  readonly date: PlainDate;
  readonly name: string;
}

/** Store bededag was a holiday for the last time in 2023 (abolished from 1 January 2024). */
const LAST_STORE_BEDEDAG = 2023;

function date(year: number, month: number, day: number): PlainDate {
  const found = dateOfParts({ year, month, day });
  if (found === undefined) throw new RangeError(`${year}-${month}-${day} is no date`);
  return found;
}

/** Easter Sunday in the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher). */
export function easterSunday(year: number): PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const count = epact + toSunday - 7 * late + 114;
  return date(year, Math.floor(count / 31), (count % 31) + 1);
}

/**
 * The statutory holidays of a year in order. Left out on purpose, because no law makes them holidays: 5 June (Grundlovsdag, and the
 * half day many agree on), 24 December and 31 December. Store bededag is in until 2023, the last year it was kept.
 */
export function danishHolidays(year: number): readonly Holiday[] {
  const easter = easterSunday(year);
  const fromEaster = (days: number, name: string): Holiday => ({ date: addDays(easter, days), name });
  return [
    { date: date(year, 1, 1), name: 'Nytårsdag' },
    fromEaster(-3, 'Skærtorsdag'),
    fromEaster(-2, 'Langfredag'),
    fromEaster(0, 'Påskedag'),
    fromEaster(1, '2. påskedag'),
    ...(year <= LAST_STORE_BEDEDAG ? [fromEaster(26, 'Store bededag')] : []),
    fromEaster(39, 'Kristi himmelfartsdag'),
    fromEaster(49, 'Pinsedag'),
    fromEaster(50, '2. pinsedag'),
    { date: date(year, 12, 25), name: 'Juledag' },
    { date: date(year, 12, 26), name: '2. juledag' },
  ];
}

/** Monday to Friday and no statutory holiday. */
export function isWorkingDay(day: PlainDate): boolean {
  return weekday(day) <= 5 && !danishHolidays(Number(day.slice(0, 4))).some((holiday) => holiday.date === day);
}

/**
 * The `count`-th working day after the date (before it when negative). Zero gives the date itself, working day or not:
 * a deadline of no days is the same day.
 */
export function addWorkingDays(from: PlainDate, count: number): PlainDate {
  const step = count < 0 ? -1 : 1;
  let day = from;
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}
