/** Dates and times as Danes write and read them: '21. november 2026', 'kl. 10.42'. */

import { dateOfParts, daysBetween, partsOfDate, plainDate, weekday } from './calendar.js';
import type { PlainDate } from './calendar.js';
import { copenhagenTime } from './copenhagen.js';
import type { CopenhagenTime, Instant } from './copenhagen.js';

const MONTHS = [
  'januar',
  'februar',
  'marts',
  'april',
  'maj',
  'juni',
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'december',
] as const;

const WEEKDAYS = ['Mandag', 'Tirsdag', 'Onsdag', 'Torsdag', 'Fredag', 'Lørdag', 'Søndag'] as const;

function weekdayName(date: PlainDate): string {
  return WEEKDAYS[weekday(date) - 1] ?? '';
}

/** '21. november 2026' */
export function formatDate(date: PlainDate): string {
  const { year, month, day } = partsOfDate(date);
  return `${day}. ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** 'Lørdag 21. november 2026' */
export function formatDay(date: PlainDate): string {
  return `${weekdayName(date)} ${formatDate(date)}`;
}

/** 'kl. 10.42', as the clock in Copenhagen shows it. */
export function formatClock({ hour, minute }: CopenhagenTime): string {
  return `kl. ${hour}.${minute < 10 ? '0' : ''}${minute}`;
}

/** 'kl. 10.42', Copenhagen time. */
export function formatTime(at: Instant): string {
  return formatClock(copenhagenTime(at));
}

/** '21. november 2026 kl. 10.42', Copenhagen time. */
export function formatInstant(at: Instant): string {
  const time = copenhagenTime(at);
  return `${formatDate(time.date)} ${formatClock(time)}`;
}

/** '21. november 2026 kl. 10.42.07', Copenhagen time: where two moments of one minute are told apart. */
export function formatInstantToSecond(at: Instant): string {
  return `${formatInstant(at)}.${at.slice('2026-11-21T09:42:'.length, '2026-11-21T09:42:07'.length)}`;
}

/** How far off a due date is: 'I dag', 'I morgen', 'Onsdag, om 2 dage', 'Om 9 dage', '1 dag for sent'. */
export function dueInWords(due: PlainDate, today: PlainDate): string {
  const days = daysBetween(today, due);
  if (days < 0) return days === -1 ? '1 dag for sent' : `${(-days).toLocaleString('da-DK')} dage for sent`;
  if (days === 0) return 'I dag';
  if (days === 1) return 'I morgen';
  return days <= 6 ? `${weekdayName(due)}, om ${days} dage` : `Om ${days} dage`;
}

const IN_NUMBERS = /^(\d{1,2})(?:\.\s*|\s*[-/]\s*)(\d{1,2})(?:\.\s*|\s*[-/]\s*|\s+)(\d{4})$/;
const IN_WORDS = /^(?:den\s+)?(\d{1,2})\.?\s*([a-zæøå]{3,9})\.?\s+(\d{4})$/;

/** The number of a month written out or shortened to three or more letters ('nov', 'sept'); no three letters begin two months. */
function monthNamed(name: string): number | undefined {
  const index = MONTHS.findIndex((month) => month.startsWith(name));
  return index < 0 ? undefined : index + 1;
}

/**
 * Reads a date as Danes write it, day before month and the year in four digits: '21. november 2026', '21.11.2026', '21-11-2026',
 * '21/11 2026', and '2026-11-21'. Undefined for all else: eight digits in a row and years of two digits can be read in more than
 * one way.
 */
export function parseDanishDate(text: string): PlainDate | undefined {
  const trimmed = text.trim().toLowerCase();
  const inNumbers = IN_NUMBERS.exec(trimmed);
  if (inNumbers) return dateOfParts({ year: Number(inNumbers[3]), month: Number(inNumbers[2]), day: Number(inNumbers[1]) });
  const inWords = IN_WORDS.exec(trimmed);
  if (!inWords) return plainDate(trimmed);
  const month = monthNamed(inWords[2] ?? '');
  return month === undefined ? undefined : dateOfParts({ year: Number(inWords[3]), month, day: Number(inWords[1]) });
}
