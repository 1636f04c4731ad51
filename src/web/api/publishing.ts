import { refusedBy } from '../../app/house.js';
import { draftPublication, isWithdrawnBecause, publishFigures, withdrawFigures } from '../../app/publishing.js';
import { noteOf } from '../../domain/statistics/publication-words.js';
import type { FiguresFilled } from '../figures-filled.js';
import { NO_REASON, NOT_NEWEST, WHY_NOT } from '../pages/tal/publish-words.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { type AskedPeriod, drawingOf, isDrawing, wrongFigures } from './drawing.js';
import { tablesIn } from './published.js';
import { faulty, sentIn } from './sent.js';

const notPublished = (kind: keyof typeof WHY_NOT, title = 'Tallene er ikke offentliggjort'): Answer => faulty([{ message: WHY_NOT[kind] }], { title, rule: 'FM-STA-4' });

const writtenIn = (fields: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = fields[name];
  return value === undefined ? undefined : typeof value === 'string' ? value : '';
};
/** Drawn now and never as of another moment. */
const periodIn = (fields: Readonly<Record<string, unknown>>): AskedPeriod => ({ from: writtenIn(fields, 'from'), asOf: writtenIn(fields, 'asOf') });

/** What would be published of a period now, as everybody would see it, and what is hidden and why (FM-STA-2, FM-STA-4). */
const draft = (filled: FiguresFilled) => async ({ house, visitor, query, now }: SignedInCall): Promise<Answer> => {
  const drawing = drawingOf(periodIn(query), now);
  if (!isDrawing(drawing)) return wrongFigures(drawing);
  try {
    const drafted = await draftPublication(house, visitor.token, drawing);
    if (drafted.kind === 'absent') return { kind: 'absent' };
    if (drafted.kind !== 'draft') return notPublished(drafted.kind, 'Tallene kan ikke offentliggøres');
    const { publication, hidden, newest, samePeriod } = drafted;
    return { kind: 'json', body: { ...drawing, threshold: publication.threshold, note: noteOf(publication), hidden, newest: newest ?? null, samePeriod: samePeriod ?? null, tables: tablesIn(publication), complete: filled() === undefined } };
  } catch (error) {
    return refusedBy(error);
  }
};

/** Draws anew and publishes, for everybody at once (FM-NCP-5). */
const publish = (filled: FiguresFilled) => async ({ house, visitor, body, now }: SignedInCall): Promise<Answer> => {
  const { fields, other } = sentIn(body, ['from', 'asOf']);
  if (other) return wrongFigures([other]);
  const drawing = drawingOf(periodIn(fields), now);
  if (!isDrawing(drawing)) return wrongFigures(drawing);
  if (filled() !== undefined) return notPublished('filling');
  try {
    const came = await publishFigures(house, visitor.token, drawing);
    if (came.kind === 'absent') return { kind: 'absent' };
    return came.kind === 'published' ? { kind: 'json', status: 201, body: { outcome: 'published' } } : notPublished(came.kind);
  } catch (error) {
    return refusedBy(error);
  }
};

/** Takes the newest back, for a reason. */
async function withdraw({ house, visitor, body }: SignedInCall): Promise<Answer> {
  const { fields: { id, because }, other } = sentIn(body, ['id', 'because']);
  const wrong = (name: string, message: string): Answer => faulty([other ?? { name, message }], { title: 'Tallene er ikke trukket tilbage' });
  if (!isWithdrawnBecause(because)) return wrong('because', NO_REASON);
  try {
    const { kind } = await withdrawFigures(house, visitor.token, typeof id === 'string' ? id : undefined, because);
    return kind === 'absent' ? { kind } : kind === 'none' ? wrong('id', NOT_NEWEST) : { kind: 'json', body: { outcome: 'withdrawn' } };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Publishing figures and taking them back, for the contact point alone, each after a new login. */
export const publishingApi = (filled: FiguresFilled): readonly Route[] => [
  { method: 'GET', path: '/api/v1/statistics/draft', permission: 'contact-point', purpose: 'publish', audit: 'figures.drawn', rate: 'read', stepUp: 'everybody', handle: draft(filled) },
  { method: 'POST', path: '/api/v1/statistics/published', permission: 'contact-point', purpose: 'publish', audit: 'figures.published', rate: 'write', stepUp: 'everybody', handle: publish(filled) },
  { method: 'POST', path: '/api/v1/statistics/withdrawn', permission: 'contact-point', purpose: 'withdraw figures', audit: 'figures.withdrawn', rate: 'write', stepUp: 'everybody', handle: withdraw },
];
