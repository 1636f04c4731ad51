import { comparedFigures, otherPeriod, usualOther } from '../../app/compared-figures.js';
import { practice } from '../../app/practice.js';
import { nationalFigures, periodFaults } from '../../app/statistics.js';
import { copenhagenDate, type PlainDate, plainDate } from '../../domain/kernel/time.js';
import { breakdown, DIMENSIONS, isDimension } from '../../domain/statistics/breakdown.js';
import { OFFICIAL_LINES } from '../../domain/statistics/official.js';
import { type Drawing, nationalCorrections, nationalTimes } from '../../store/figures.js';
import type { FiguresFilled } from '../figures-filled.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { drawn, drawnFaults, drawingOf, isDrawing, wrongFigures } from './drawing.js';

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
const besideOneAnother = async ({ house, visitor }: SignedInCall, drawing: Drawing): Promise<object> => ({ ...drawing, units: (await practice(house, visitor.token, drawing))?.map(({ countryBeside: _, ...row }) => row) ?? [] });

/** The day that was written, and nothing of one that cannot be compared with. */
const otherEnd = (text: string | undefined, today: PlainDate): PlainDate | undefined => {
  const day = plainDate(text ?? '');
  return day === undefined || periodFaults(day, undefined, today).from !== undefined ? undefined : day;
};
/** Two periods, line by line; the other is null where there were no figures a year before (FM-STA-3). */
const compared = async ({ house, visitor, query, now: moment }: SignedInCall, drawing: Drawing): Promise<object> => {
  const today = copenhagenDate(moment);
  const day = otherEnd(query['with'], today) ?? usualOther(drawing, today);
  const { now, ...rest } = await comparedFigures(house, visitor.token, drawing, day && otherPeriod(drawing, day, today));
  const beside = 'before' in rest ? rest : undefined;
  return {
    ...drawing, other: beside?.other ?? null,
    lines: OFFICIAL_LINES.map(({ key, label, total }) => ({ key, label, now: total(now), before: beside ? total(beside.before) : null, difference: beside ? total(now) - total(beside.before) : null })),
  };
};

type Handle = (call: SignedInCall) => Promise<Answer>;
const badDimension = (handle: Handle) => (call: SignedInCall): Promise<Answer> | Answer =>
  call.query['by'] === undefined || isDimension(call.query['by']) ? handle(call) : wrongFigures([{ name: 'by', message: `Skriv by som ${DIMENSIONS.map(({ value }) => value).join(', ')}.` }]);
const badOther = (handle: Handle) => (call: SignedInCall): Promise<Answer> | Answer => {
  const { query, now } = call;
  const day = otherEnd(query['with'], copenhagenDate(now));
  if (query['with'] !== undefined && day === undefined) return wrongFigures([{ name: 'with', message: 'Skriv with som en dato, f.eks. 2018-01-14, fra 1. januar 2011 og til i dag.' }]);
  const drawing = drawingOf(query, now);
  const early = day !== undefined && isDrawing(drawing) ? drawnFaults(query['drawn'], drawing.drawnAt, day, now) : [];
  return early.length === 0 ? handle(call) : wrongFigures(early);
};

export const statisticsApi = (filled: FiguresFilled): readonly Route[] => [
  { method: 'GET', path: '/api/v1/statistics', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: badDimension(drawn(filled, official)) },
  { method: 'GET', path: '/api/v1/statistics/times', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: drawn(filled, times) },
  { method: 'GET', path: '/api/v1/statistics/practice', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: drawn(filled, besideOneAnother) },
  { method: 'GET', path: '/api/v1/statistics/corrections', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: drawn(filled, corrections) },
  { method: 'GET', path: '/api/v1/statistics/compared', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: badOther(drawn(filled, compared)) },
];
