import { refusedBy } from '../../app/house.js';
import { nationalFigures, periodFaults } from '../../app/statistics.js';
import { addDays, copenhagenDate, instant, type Instant, instantOf, plainDate } from '../../domain/kernel/time.js';
import type { FiguresFilled } from '../figures-filled.js';
import type { Answer, Route, SignedInCall } from '../route.js';

const wrong = (detail: string): Answer => ({ kind: 'problem', status: 422, title: 'Perioden kan ikke bruges', detail });
const BAD_DATE = wrong('Skriv from og asOf som datoer, f.eks. 2019-01-14, med from før asOf.');
const BAD_DRAWN = wrong(
  'Skriv drawn som en dato, f.eks. 2019-01-14 (det, der var registreret ved dagens slutning), eller som et tidspunkt i UTC med millisekunder, f.eks. 2019-01-14T12:00:00.000Z.',
);

/** What was recorded by a moment, or by the end of a day. */
const drawnAt = (text: string | undefined, now: Instant): Instant | undefined => {
  if (text === undefined) return now;
  const day = plainDate(text);
  return day === undefined ? instant(text) : instantOf(addDays(day, 1), 0, 0);
};

/**
 * The official figures for a period and as of a day, both included (FM-STA-1); unsuppressed, and so for the contact point alone
 * (FM-STA-4). `complete` is false while a part of what should be counted has not been entered yet.
 */
const statistics = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const from = plainDate(call.query['from'] ?? '2015-04-01');
  const asOf = plainDate(call.query['asOf'] ?? '');
  if (!from || !asOf) return BAD_DATE;
  const faults = periodFaults(from, asOf, copenhagenDate(call.now));
  const fault = [...(faults.from === undefined ? [] : [`Ret from. ${faults.from}`]), ...(faults.asOf === undefined ? [] : [`Ret asOf. ${faults.asOf}`])].join(' ');
  if (fault !== '') return wrong(fault);
  const drawn = drawnAt(call.query['drawn'], call.now);
  if (drawn === undefined) return BAD_DRAWN;
  try {
    return { kind: 'json', body: { ...(await nationalFigures(call.house, call.visitor.token, from, asOf, drawn)), complete: filled() === undefined } };
  } catch (error) {
    return refusedBy(error);
  }
};

export const statisticsApi = (filled: FiguresFilled): readonly Route[] => [
  { method: 'GET', path: '/api/v1/statistics', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: statistics(filled) },
];
