/** A period and the moment figures are drawn at, as they are said under every table (FM-STA-4). */

import { addDays, copenhagenDate, formatDate, formatInstant, type Instant, instantOf, type PlainDate } from '../kernel/time.js';

/** '1. april 2015 – 14. januar 2019'; of one day that day. */
export const periodWords = ({ from, asOf }: { readonly from: PlainDate; readonly asOf: PlainDate }): string => (from === asOf ? formatDate(from) : `${formatDate(from)} – ${formatDate(asOf)}`);

/** The day that was over at a moment, when it is the very end of one. */
const dayEndedAt = (moment: Instant): PlainDate | undefined => {
  const day = copenhagenDate(moment);
  return instantOf(day, 0, 0) === moment ? addDays(day, -1) : undefined;
};
/** The last day that was over at a moment, or the day it lies in. */
export const lastDayBy = (moment: Instant): PlainDate => dayEndedAt(moment) ?? copenhagenDate(moment);

/** 'Opgjort 21. november 2026 kl. 10.42'; of the very end of a day 'Opgjort ved udgangen af 14. januar 2019', and not the next day at 0.00. */
export const drawnWords = (moment: Instant): string => {
  const ended = dayEndedAt(moment);
  return `Opgjort ${ended === undefined ? formatInstant(moment) : `ved udgangen af ${formatDate(ended)}`}`;
};
