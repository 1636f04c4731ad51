import { refusedBy } from '../../app/house.js';
import { drawnFault, periodFaults } from '../../app/statistics.js';
import type { Fault } from '../../domain/kernel/rejection.js';
import { addDays, copenhagenDate, instant, type Instant, instantOf, type PlainDate, plainDate } from '../../domain/kernel/time.js';
import type { Drawing } from '../../store/figures.js';
import type { FiguresFilled } from '../figures-filled.js';
import type { Answer, SignedInCall } from '../route.js';
import { faulty } from './sent.js';

/** What is wrong with what figures were asked for. */
export const wrongFigures = (faults: readonly Fault[]): Answer => faulty(faults, { title: 'Perioden kan ikke bruges' });

const BAD_DATE = 'Skriv from og asOf som datoer, f.eks. 2019-01-14, med from før asOf.';
const BAD_DRAWN = 'Skriv drawn som en dato, f.eks. 2019-01-14 (det, der var registreret ved dagens slutning), eller som et tidspunkt i UTC med millisekunder, f.eks. 2019-01-14T12:00:00.000Z. Det kan ikke ligge i fremtiden.';

/** What was recorded by a moment, or by the end of a day; of today, by now. Undefined: no moment, or one to come. */
const drawnAt = (text: string | undefined, now: Instant): Instant | undefined => {
  if (text === undefined) return now;
  const day = plainDate(text);
  if (day !== undefined && day > copenhagenDate(now)) return undefined;
  const moment = day === undefined ? instant(text) : instantOf(addDays(day, 1), 0, 0);
  return moment === undefined || moment <= now ? moment : day === undefined ? undefined : now;
};

/** The days and the moment of figures, as a program writes them. */
export interface AskedPeriod {
  readonly from?: string | undefined;
  readonly asOf?: string | undefined;
  readonly drawn?: string | undefined;
}

/** What is wrong with the moment that figures are drawn as of, for a period that ends on the day: it must not come before it (FM-STA-3). @param drawn as it was written @param at the moment it is */
export const drawnFaults = (drawn: string | undefined, at: Instant, asOf: PlainDate, now: Instant): readonly Fault[] => {
  const early = drawnFault(plainDate(drawn ?? '') ?? copenhagenDate(at), asOf, copenhagenDate(now));
  return early === undefined ? [] : [{ name: 'drawn', message: `Ret drawn. ${early}` }];
};

/** The period that is asked for, or what is wrong with it. */
export function drawingOf({ from: begins, asOf: ends, drawn }: AskedPeriod, now: Instant): Drawing | readonly Fault[] {
  const from = plainDate(begins ?? '2015-04-01');
  const asOf = plainDate(ends ?? '');
  if (!from || !asOf) return [{ name: from ? 'asOf' : 'from', message: BAD_DATE }];
  const wrong = periodFaults(from, asOf, copenhagenDate(now));
  const faults = [...(wrong.from === undefined ? [] : [{ name: 'from', message: `Ret from. ${wrong.from}` }]), ...(wrong.asOf === undefined ? [] : [{ name: 'asOf', message: `Ret asOf. ${wrong.asOf}` }])];
  if (faults.length > 0) return faults;
  const at = drawnAt(drawn, now);
  if (at === undefined) return [{ name: 'drawn', message: BAD_DRAWN }];
  const early = drawnFaults(drawn, at, asOf, now);
  return early.length === 0 ? { from, asOf, drawnAt: at } : early;
}
export const isDrawing = (asked: Drawing | readonly Fault[]): asked is Drawing => 'drawnAt' in asked;

/** An answer made of figures; `complete` is false while a part of what should be counted has not been entered yet. */
export const drawn = (filled: FiguresFilled, draw: (call: SignedInCall, drawing: Drawing) => Promise<object>) => async (call: SignedInCall): Promise<Answer> => {
  const drawing = drawingOf(call.query, call.now);
  if (!isDrawing(drawing)) return wrongFigures(drawing);
  try {
    return { kind: 'json', body: { ...(await draw(call, drawing)), complete: filled() === undefined } };
  } catch (error) {
    return refusedBy(error);
  }
};
