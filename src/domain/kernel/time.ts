/**
 * Everything about days and moments, under one name. A {@link PlainDate} is a day (deadlines, birth, validity), an {@link Instant} a
 * moment (when something happened); a day never becomes a moment by itself, only through `instantOf` and `copenhagenDate`.
 * There is no clock here: what time it is comes in with the command's context.
 */

import { z } from 'zod';
import { isPlainDate } from './calendar.js';
import type { PlainDate } from './calendar.js';
import { isInstant } from './copenhagen.js';
import { formatDate } from './danish-dates.js';

export {
  addDays,
  addMonths,
  compareDates,
  coversDay,
  dateOfParts,
  daysBetween,
  daysInMonth,
  isPlainDate,
  knownDate,
  partsOfDate,
  plainDate,
  weekday,
} from './calendar.js';
export type { CivilDate, PlainDate } from './calendar.js';
export {
  addMinutes,
  compareInstants,
  copenhagenDate,
  copenhagenTime,
  epochMilliseconds,
  instant,
  instantFromEpoch,
  instantOf,
  isInstant,
} from './copenhagen.js';
export type { CopenhagenTime, Instant } from './copenhagen.js';
export { dueInWords, formatClock, formatDate, formatDay, formatInstant, formatInstantToSecond, formatTime, parseDanishDate } from './danish-dates.js';
export { addWorkingDays, danishHolidays, easterSunday, isWorkingDay } from './working-days.js';
export type { Holiday } from './working-days.js';

const NO_DATE = 'Skriv en dato, der findes, f.eks. 21. november 2026.';

/**
 * Input: a day as 'YYYY-MM-DD'. Forms turn what a person typed into this with `parseDanishDate` first; the schema stays without a
 * transformation, so that it can be shown as JSON Schema.
 */
export const zPlainDate = z.iso
  .date({ error: NO_DATE, abort: true })
  .refine(isPlainDate, { error: NO_DATE })
  .brand<'PlainDate'>();

const NO_MOMENT = 'Skriv datoen som 21. november 2026 og klokkeslættet som 10.42';

/** Input: a moment in UTC with milliseconds. */
export const zInstant = z.iso
  .datetime({
    precision: 3,
    error: ({ input }) => (input === undefined || input === '' ? 'Skriv dato og klokkeslæt' : NO_MOMENT),
    abort: true,
  })
  .refine(isInstant, { error: 'Tidspunktet findes ikke.' })
  .brand<'Instant'>();

/** Input: a day within bounds, both included. `label` is the field's Danish name: it starts the message and stands on the form. */
export function plainDateBetween(min: PlainDate, max: PlainDate, label: string) {
  return z.iso
    .date({ error: NO_DATE, abort: true })
    .refine((text) => isPlainDate(text) && text >= min && text <= max, {
      error: `${label} skal ligge fra ${formatDate(min)} til ${formatDate(max)}.`,
    })
    .brand<'PlainDate'>()
    .meta({ label });
}
