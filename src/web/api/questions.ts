import { refusedBy } from '../../app/house.js';
import { questionAsked, questionsAtDesk } from '../../app/questions.js';
import { copenhagenDate } from '../../domain/kernel/time.js';
import { listQuestions, type QuestionRow } from '../../store/lists.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { faulty } from './sent.js';

const rowOf = ({ id, case_id: caseId, kind, number, unit, asked_at: askedAt, asked_on: askedOn, due, taken_by: takenBy, authorities, spoken_by: spokenBy, needed, status, ended_on: endedOn, outcome, heard_on: heardOn, overtaken, by_desk: byDesk, sent_on: sentOn, attended }: QuestionRow) => ({
  id, caseId, kind, number, unit, askedAt, askedOn, due, takenBy, authorities, spokenBy, needed, status, endedOn, outcome, heardOn, overtaken, askedBy: byDesk ? 'contactPoint' : 'unit', sentOn, attended,
});

async function list({ house, visitor, query: { ended }, now }: SignedInCall): Promise<Answer> {
  if (ended !== undefined && ended !== 'true' && ended !== 'false') return faulty([{ name: 'ended', message: 'Skriv ended som true eller false.' }]);
  try {
    return { kind: 'json', body: (ended === 'true' ? await questionsAtDesk(house, visitor.token, copenhagenDate(now)) : await listQuestions(house.web, visitor.token)).map(rowOf) };
  } catch (error) {
    return refusedBy(error);
  }
}

async function one({ house, visitor, params }: SignedInCall): Promise<Answer> {
  try {
    const row = await questionAsked(house, visitor.token, params['id'] ?? '');
    return row ? { kind: 'json', body: rowOf(row) } : { kind: 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}

/** The desk's questions: structure alone. They are taken, answered and returned by the commands of their case, and what the unit sent along is read in it by who has taken one (FM-NCP-2). */
export const questionApi: readonly Route[] = [
  { method: 'GET', path: '/api/v1/questions', permission: 'contact-point', purpose: 'questions', audit: 'questions.listed', rate: 'read', handle: list },
  { method: 'GET', path: '/api/v1/questions/:id', permission: 'contact-point', purpose: 'question', audit: 'questions.listed', rate: 'read', handle: one },
];
