import { z } from 'zod';
import { answerForPractice, askUnit, practiceQuestions, readPractice, withdrawFromUnit } from '../../app/practice.js';
import { isRefused } from '../../app/house.js';
import { units } from '../../domain/reference/authorities.js';
import type { TextRow } from '../../store/texts-outside-cases.js';
import { type FiguresFilled, STILL_FILLING } from '../figures-filled.js';
import { headerKey } from '../idempotency.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { BAD_KEY } from './cases.js';
import { drawingOf, isDrawing, wrongFigures } from './drawing.js';
import { textAnswers, textAsked } from './nameless-text.js';

const SAYS = textAnswers('FM-NCP-7');

const rowOf = ({ id, unit, asked_at: askedAt, from_date: from, as_of: asOf, drawn_at: drawnAt, due, answered_at: answeredAt, unread, answers: mine, delete_on: deleteOn }: TextRow<'practice'>) => ({ id, unit, askedAt, from, asOf, drawnAt, due, answeredAt, unread, mine, deleteOn });

async function list({ house, visitor }: SignedInCall): Promise<Answer> {
  const rows = await practiceQuestions(house, visitor.token);
  return 'kind' in rows ? rows : { kind: 'json', body: rows.map(rowOf) };
}

const sentQuestion = z.strictObject({ unit: z.string(), from: z.string().optional(), asOf: z.string(), drawn: z.string().optional(), text: z.string() });
const ask = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const key = headerKey(call.request.headers['idempotency-key']);
  if (key === false) return BAD_KEY;
  const given = sentQuestion.safeParse(call.body);
  if (!given.success) return SAYS.wrong({ pointer: '', detail: 'Skriv unit, asOf og text som tekster, eventuelt from og drawn, og intet andet.' });
  const { unit, text, ...days } = given.data;
  const drawing = drawingOf(days, call.now);
  if (!isDrawing(drawing)) return wrongFigures(drawing);
  // A unit would read as its own what is not all told yet.
  if (filled() !== undefined) return SAYS.wrong({ pointer: '', detail: STILL_FILLING });
  const asked = await askUnit(call.house, call.visitor.token, drawing, { unit: units.find((one) => one === unit), text }, key);
  if (asked.kind !== 'invalid') return textAsked(asked);
  return SAYS.wrong(...Object.entries(asked.faults).map(([field, detail]: readonly [string, string]) => ({ pointer: `/${field}`, detail })));
};

async function one({ house, visitor, params }: SignedInCall): Promise<Answer> {
  const found = await readPractice(house, visitor.token, params['id'] ?? '');
  return found.kind === 'read' ? { kind: 'json', body: { ...rowOf(found.read), question: found.read.asked.text, own: found.read.asked.own, country: found.read.asked.country, answer: found.read.answer ?? null } } : found;
}

const sentText = z.strictObject({ text: z.string() });
/** A question that is not there is said to be so before anything is said of the text. */
async function answer({ house, visitor, params, body }: SignedInCall): Promise<Answer> {
  const given = sentText.safeParse(body);
  const done = await answerForPractice(house, visitor.token, params['id'] ?? '', { text: given.data?.text ?? '', ticked: true });
  if (isRefused(done)) return done;
  if (done.kind === 'answered') return { kind: 'json', body: {} };
  if (done.kind === 'already') return SAYS.already;
  return given.success ? SAYS.wrong({ pointer: '/text', detail: done.fault ?? '' }) : SAYS.wrong({ pointer: '', detail: 'Skriv text som en tekst, og intet andet.' });
}

async function withdraw({ house, visitor, params }: SignedInCall): Promise<Answer> {
  const done = await withdrawFromUnit(house, visitor.token, params['id'] ?? '');
  if (isRefused(done)) return done;
  return done.kind === 'withdrawn' ? { kind: 'json', body: {} } : SAYS.tooLate;
}

/** Drawings that the contact point sends to a unit with a question, and the unit's answers (FM-NCP-7). Programs give no tick: whoever runs one answers for what it sends. */
export const practiceApi = (filled: FiguresFilled): readonly Route[] => [
  { method: 'GET', path: '/api/v1/statistics/practice/questions', permission: 'practice', purpose: 'practice', audit: 'practice.listed', rate: 'read', handle: list },
  { method: 'POST', path: '/api/v1/statistics/practice/questions', permission: 'contact-point', purpose: 'practice', audit: 'practice.asked', rate: 'write', handle: ask(filled) },
  { method: 'GET', path: '/api/v1/statistics/practice/questions/:id', permission: 'practice', purpose: 'practice', audit: 'practice.read', rate: 'read', handle: one },
  { method: 'POST', path: '/api/v1/statistics/practice/questions/:id/withdraw', permission: 'contact-point', purpose: 'practice', audit: 'practice.withdrawn', rate: 'write', handle: withdraw },
  { method: 'POST', path: '/api/v1/statistics/practice/questions/:id/answer', permission: 'inbox-keeper', purpose: 'practice', audit: 'practice.answered', rate: 'write', handle: answer },
];
