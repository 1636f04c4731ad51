import { formatDate, parseDanishDate, type PlainDate } from '../../domain/kernel/time.js';

/** One end of a period: what was typed, the day it is, and what is wrong with it. */
export interface PeriodEnd {
  readonly typed: string;
  readonly day?: PlainDate;
  readonly fault?: string;
}

const UNREADABLE = 'Datoen kan ikke læses. Skriv en dato, der findes, f.eks. 21. november 2026.';

/** @param usual the day that is meant when nothing is typed */
export const periodEnd = (text: string | undefined, usual: PlainDate | undefined): PeriodEnd => {
  const typed = (text ?? '').trim().slice(0, 60);
  if (typed === '') return usual === undefined ? { typed } : { typed: formatDate(usual), day: usual };
  const day = parseDanishDate(typed);
  return day === undefined ? { typed, fault: UNREADABLE } : { typed: formatDate(day), day };
};
