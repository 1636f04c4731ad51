import {
  copenhagenDate,
  copenhagenTime,
  daysBetween,
  formatDate,
  formatClock,
  formatDay,
  formatInstant,
  partsOfDate,
} from '../../domain/kernel/time.js';
import type { Instant, PlainDate } from '../../domain/kernel/time.js';

/** A day without its year when that is this year's: '16. november'. */
export const shortDate = (date: PlainDate, today: PlainDate): string => {
  const full = formatDate(date);
  return partsOfDate(date).year === partsOfDate(today).year ? full.slice(0, -5) : full;
};

/** A day as the head of a narrow column: '29.9.' */
export const narrowDate = (date: PlainDate): string => `${partsOfDate(date).day}.${partsOfDate(date).month}.`;

const dayInWords = (date: PlainDate, today: PlainDate): string => {
  const days = daysBetween(date, today);
  if (days === 0) return 'i dag';
  if (days === 1) return 'i går';
  return days > 1 && days <= 6 ? (formatDay(date).split(' ')[0] ?? '').toLowerCase() : shortDate(date, today);
};

/** 'i dag kl. 8.15', 'fredag kl. 15.20', '16. november kl. 9.05'. */
export const whenInWords = (at: Instant, now: Instant): string => {
  const time = copenhagenTime(at);
  return `${dayInWords(time.date, copenhagenDate(now))} ${formatClock(time)}`;
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** A past moment in words, exact on pointing at it; in print only the exact one. `begins`: it begins the line. */
export const When = ({ at, now, begins = false }: { readonly at: Instant; readonly now: Instant; readonly begins?: boolean }) => {
  const exact = formatInstant(at);
  const words = whenInWords(at, now);
  return (
    <>
      <time class="no-print" dateTime={at} title={exact}>
        {begins ? capital(words) : words}
      </time>
      <span class="print-only">{exact}</span>
    </>
  );
};
