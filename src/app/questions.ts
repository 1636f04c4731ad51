import { addDays, type PlainDate } from '../domain/kernel/time.js';
import { listQuestions, noteDenied, type QuestionRow } from '../store/lists.js';
import type { House } from './house.js';

/** Days for which what was answered or returned still stands at the contact point's desk. */
export const ENDED_DAYS = 30;

/** The questions at the desk, those that lie open first; with those that ended lately after them (FM-NCP-2). @throws with code 28000 without a session */
export const questionsAtDesk = (house: House, token: string, today: PlainDate): Promise<readonly QuestionRow[]> => listQuestions(house.web, token, addDays(today, -ENDED_DAYS));

/** An open question of the desk; one that does not lie there, or not for this official, leaves the row that every refusal leaves. @throws as `questionsAtDesk` */
export async function questionAsked(house: House, token: string, id: string): Promise<QuestionRow | undefined> {
  const row = (await listQuestions(house.web, token)).find((one) => one.id === id);
  if (row === undefined) await noteDenied(house.web, token, undefined, 'question');
  return row;
}
