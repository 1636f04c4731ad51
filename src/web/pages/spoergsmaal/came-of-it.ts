import { questionsAtDesk } from '../../../app/questions.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import type { QuestionRow } from '../../../store/lists.js';
import type { SignedInCall } from '../../route.js';
import { areDivided } from './words.js';

/** Commands by which an official answers a question, or gives it from him. */
const ANSWERS: readonly string[] = ['contactPoint.advise', 'contactPoint.decide', 'contactPoint.decideReview', 'contactPoint.returnQuestion'];
export const answersQuestion = (command: string): boolean => ANSWERS.includes(command);

const idIn = (values: unknown): unknown => (typeof values === 'object' && values !== null && 'question' in values ? values.question : undefined);
const rowOf = async ({ house, visitor, now }: SignedInCall, values: unknown): Promise<QuestionRow | undefined> =>
  (await questionsAtDesk(house, visitor.token, copenhagenDate(now))).find((one) => one.id === idIn(values));

/** The word for what came of it, for the next page (`said.ts`): what was decided, or who must still say something (FM-DEC-2). */
export async function cameOf(call: SignedInCall, command: string, values: unknown): Promise<string> {
  const row = await rowOf(call, values);
  if (row === undefined || command === 'contactPoint.advise') return command;
  if (command === 'contactPoint.returnQuestion') return row.status === 'returned' ? 'question.returned' : 'question.queued';
  if (row.outcome !== null) return `question.${row.outcome}`;
  return areDivided(row) ? 'question.divided' : 'question.position';
}

/** The question that ended while this official had it; undefined to everybody who had it not, and to who is shut out (FM-CNF-2). */
export async function endedMeanwhile(call: SignedInCall, caseId: string, values: unknown): Promise<QuestionRow | undefined> {
  const row = await rowOf(call, values);
  return row !== undefined && row.case_id === caseId && row.status !== 'open' && row.taken_by.includes(call.visitor.user) ? row : undefined;
}
