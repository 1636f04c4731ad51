import { z } from 'zod';
import { answerForPractice, askUnit, practiceQuestions, readPractice } from '../../app/practice.js';
import { isRefused } from '../../app/house.js';
import { units } from '../../domain/reference/authorities.js';
import type { PracticeQuestionRow } from '../../store/practice-questions.js';
import { type FiguresFilled, STILL_FILLING } from '../figures-filled.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { drawingOf, isDrawing, wrongFigures } from './drawing.js';

const rowOf = ({ id, unit, asked_at: askedAt, from_date: from, as_of: asOf, due, answered_at: answeredAt, unread, mine, delete_on: deleteOn }: PracticeQuestionRow) => ({ id, unit, askedAt, from, asOf, due, answeredAt, unread, mine, deleteOn });

async function list({ house, visitor }: SignedInCall): Promise<Answer> {
  const rows = await practiceQuestions(house, visitor.token);
  return 'kind' in rows ? rows : { kind: 'json', body: rows.map(rowOf) };
}

const wrong = (...errors: readonly { readonly pointer: string; readonly detail: string }[]): Answer => ({ kind: 'problem', status: 422, title: 'Teksten kan ikke sendes', detail: errors.map(({ detail }) => detail).join(' '), more: { rule: 'FM-NCP-7', errors } });

const sentQuestion = z.strictObject({ unit: z.string(), from: z.string().optional(), asOf: z.string(), drawn: z.string().optional(), text: z.string() });
const ask = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const given = sentQuestion.safeParse(call.body);
  if (!given.success) return wrong({ pointer: '', detail: 'Skriv unit, asOf og text som tekster, eventuelt from og drawn, og intet andet.' });
  const { unit, text, ...days } = given.data;
  const drawing = drawingOf(days, call.now);
  if (!isDrawing(drawing)) return wrongFigures(drawing);
  // A unit would read as its own what is not all told yet.
  if (filled() !== undefined) return wrong({ pointer: '', detail: STILL_FILLING });
  const asked = await askUnit(call.house, call.visitor.token, drawing, { unit: units.find((one) => one === unit), text });
  if (isRefused(asked)) return asked;
  if (asked.kind === 'asked') return { kind: 'json', status: 201, body: { id: asked.id } };
  return wrong(...Object.entries(asked.faults).map(([field, detail]: readonly [string, string]) => ({ pointer: `/${field}`, detail })));
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
  if (done.kind === 'already') return { kind: 'problem', status: 422, title: 'Det kan ikke gøres nu', detail: 'Der er allerede svaret på spørgsmålet, og der svares kun én gang. Dit svar er ikke gemt.', more: { rule: 'FM-NCP-7' } };
  return given.success ? wrong({ pointer: '/text', detail: done.fault ?? '' }) : wrong({ pointer: '', detail: 'Skriv text som en tekst, og intet andet.' });
}

/** Drawings that the contact point sends to a unit with a question, and the unit's answers (FM-NCP-7). Programs give no tick: whoever runs one answers for what it sends. */
export const practiceApi = (filled: FiguresFilled): readonly Route[] => [
  { method: 'GET', path: '/api/v1/statistics/practice/questions', permission: 'practice', purpose: 'practice', audit: 'practice.listed', rate: 'read', handle: list },
  { method: 'POST', path: '/api/v1/statistics/practice/questions', permission: 'contact-point', purpose: 'practice', audit: 'practice.asked', rate: 'write', handle: ask(filled) },
  { method: 'GET', path: '/api/v1/statistics/practice/questions/:id', permission: 'practice', purpose: 'practice', audit: 'practice.read', rate: 'read', handle: one },
  { method: 'POST', path: '/api/v1/statistics/practice/questions/:id/answer', permission: 'inbox-keeper', purpose: 'practice', audit: 'practice.answered', rate: 'write', handle: answer },
];
