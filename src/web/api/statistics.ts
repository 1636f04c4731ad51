import { refusedBy } from '../../app/house.js';
import { practice } from '../../app/practice.js';
import { nationalFigures, periodFaults } from '../../app/statistics.js';
import { breakdown, DIMENSIONS, isDimension } from '../../domain/statistics/breakdown.js';
import { type Drawing, nationalCorrections, nationalTimes } from '../../store/figures.js';
import { addDays, copenhagenDate, instant, type Instant, instantOf, plainDate } from '../../domain/kernel/time.js';
import type { FiguresFilled } from '../figures-filled.js';
import type { Answer, Route, SignedInCall } from '../route.js';

const wrong = (detail: string): Answer => ({ kind: 'problem', status: 422, title: 'Perioden kan ikke bruges', detail });
const BAD_DATE = wrong('Skriv from og asOf som datoer, f.eks. 2019-01-14, med from før asOf.');
const BAD_DRAWN = wrong(
  'Skriv drawn som en dato, f.eks. 2019-01-14 (det, der var registreret ved dagens slutning), eller som et tidspunkt i UTC med millisekunder, f.eks. 2019-01-14T12:00:00.000Z. Det kan ikke ligge i fremtiden.',
);

/** What was recorded by a moment, or by the end of a day; of today, by now. Undefined: no moment, or one to come. */
const drawnAt = (text: string | undefined, now: Instant): Instant | undefined => {
  if (text === undefined) return now;
  const day = plainDate(text);
  if (day !== undefined && day > copenhagenDate(now)) return undefined;
  const moment = day === undefined ? instant(text) : instantOf(addDays(day, 1), 0, 0);
  return moment === undefined || moment <= now ? moment : day === undefined ? undefined : now;
};

export const isDrawing = (asked: Drawing | Answer): asked is Drawing => 'from' in asked;

/** The period that is asked for, or what is wrong with it. */
export const drawingOf = ({ query, now }: Pick<SignedInCall, 'query' | 'now'>): Drawing | Answer => {
  const from = plainDate(query['from'] ?? '2015-04-01');
  const asOf = plainDate(query['asOf'] ?? '');
  if (!from || !asOf) return BAD_DATE;
  const faults = periodFaults(from, asOf, copenhagenDate(now));
  const fault = [...(faults.from === undefined ? [] : [`Ret from. ${faults.from}`]), ...(faults.asOf === undefined ? [] : [`Ret asOf. ${faults.asOf}`])].join(' ');
  if (fault !== '') return wrong(fault);
  const drawn = drawnAt(query['drawn'], now);
  return drawn === undefined ? BAD_DRAWN : { from, asOf, drawnAt: drawn };
};

/** An answer made of figures; `complete` is false while a part of what should be counted has not been entered yet. */
const drawn = (filled: FiguresFilled, draw: (call: SignedInCall, drawing: Drawing) => Promise<object>) => async (call: SignedInCall): Promise<Answer> => {
  const drawing = drawingOf(call);
  if (!isDrawing(drawing)) return drawing;
  try {
    return { kind: 'json', body: { ...(await draw(call, drawing)), complete: filled() === undefined } };
  } catch (error) {
    return refusedBy(error);
  }
};

/** The official figures for a period and as of a day, both included, and with `by` part by part (FM-STA-1, FM-STA-2); unsuppressed, and so for the contact point alone (FM-STA-4). */
const official = async ({ house, visitor, query }: SignedInCall, drawing: Drawing): Promise<object> => {
  const { figures, cells } = await nationalFigures(house, visitor.token, drawing);
  const by = query['by'] ?? '';
  return isDimension(by) ? { ...figures, by, parts: breakdown(cells, by).map(({ value, label, figures: part }) => ({ value, label, ...part })) } : figures;
};
const times = async ({ house, visitor }: SignedInCall, drawing: Drawing): Promise<object> => ({ ...drawing, ...(await nationalTimes(house.web, visitor.token, drawing)) });
/** What was recorded since the figures were drawn, and changes them (FM-STA-3). */
const corrections = async ({ house, visitor, now }: SignedInCall, drawing: Drawing): Promise<object> => ({ ...drawing, ...(await nationalCorrections(house.web, visitor.token, drawing, now).then(({ total, rows }) => ({ total, corrections: rows }))) });

/** Units beside one another, without what is of fewer than five (FM-NCP-7): null where it is, left out where there is nothing. */
const besideOneAnother = async ({ house, visitor }: SignedInCall, drawing: Drawing): Promise<object> => ({ ...drawing, rows: (await practice(house, visitor.token, drawing)) ?? [] });

const badDimension = (handle: (call: SignedInCall) => Promise<Answer>) => (call: SignedInCall): Promise<Answer> | Answer =>
  call.query['by'] === undefined || isDimension(call.query['by']) ? handle(call) : wrong(`Skriv by som ${DIMENSIONS.map(({ value }) => value).join(', ')}.`);

export const statisticsApi = (filled: FiguresFilled): readonly Route[] => [
  { method: 'GET', path: '/api/v1/statistics', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: badDimension(drawn(filled, official)) },
  { method: 'GET', path: '/api/v1/statistics/times', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: drawn(filled, times) },
  { method: 'GET', path: '/api/v1/statistics/practice', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: drawn(filled, besideOneAnother) },
  { method: 'GET', path: '/api/v1/statistics/corrections', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: drawn(filled, corrections) },
];
