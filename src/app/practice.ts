import type { UnitId } from '../domain/reference/authorities.js';
import { practiceOf, type PracticeRow } from '../domain/statistics/practice.js';
import { type AskedPractice, packPractice, practiceAnswerFault, practiceQuestionFault, practiceRows, type PracticeRows, unpackPractice } from '../domain/statistics/practice-question.js';
import { type Drawing, nationalCompleteness, nationalTimes } from '../store/figures.js';
import { type House, type Refused, refusedBy } from './house.js';
import { answer, type AnsweredText, ask, type Asked, readText, type ReadText, textsOf, type TextUse, withdraw } from './texts-outside-cases.js';

/** Units beside one another for a period, the country first; undefined for everybody but the contact point (FM-NCP-7). */
export async function practice(house: House, token: string, drawing: Drawing): Promise<readonly PracticeRow[] | undefined> {
  const times = await nationalTimes(house.web, token, drawing);
  const completeness = await nationalCompleteness(house.web, token, drawing);
  return times && completeness && practiceOf(times, completeness);
}

/** The two rows of a question, drawn for the caller: without the cases that shut him out. Undefined for everybody but the contact point. */
async function rowsFor(house: House, token: string, drawing: Drawing, unit: string): Promise<PracticeRows | undefined> {
  const rows = await practice(house, token, drawing);
  return rows && practiceRows(rows, unit);
}

/** A question of practice as its reader has it: the contact point, and who keeps the unit's inbox. */
export type PracticeRead = ReadText<'practice'> & { readonly asked: AskedPractice };
const USE: TextUse<'practice', PracticeRead> = {
  kind: 'practice',
  // The unit reads what was sent. An official reads his own drawing of the same moment: a colleague's may count a case that shuts him out, and by the difference he would know of it (FM-CNF-3).
  show: async (read, house, token) => {
    const sent = unpackPractice(read.question);
    if (!read.asks) return { ...read, asked: sent };
    const own = await rowsFor(house, token, { from: read.from_date, asOf: read.as_of, drawnAt: read.drawn_at }, read.unit);
    return own && { ...read, asked: { text: sent.text, ...own } };
  },
};

/** What the reader may see of the questions of practice, what waits first. */
export const practiceQuestions = (house: House, token: string) => textsOf(house, token, 'practice');

/** Where a question cannot be sent: at its unit, at its text, or both. */
export interface PracticeFaults {
  readonly unit?: string;
  readonly text?: string;
}
/** What is wrong with the text and the choice of a unit. @param unit undefined when none was chosen */
export const practiceFaults = (unit: UnitId | undefined, text: string): PracticeFaults => {
  const fault = practiceQuestionFault(text);
  return { ...(unit === undefined ? { unit: 'Vælg den enhed, der skal svare.' } : {}), ...(fault === undefined ? {} : { text: fault }) };
};

/** Sends a unit its own row of a drawing beside the country's, with a question in words. Both are as hidden as the sender sees them. @param key of the form or the program */
export async function askUnit(
  house: House, token: string, drawing: Drawing, { unit, text }: { readonly unit: UnitId | undefined; readonly text: string }, key?: string,
): Promise<Asked | { readonly kind: 'invalid'; readonly faults: PracticeFaults }> {
  const faults = practiceFaults(unit, text);
  if (unit === undefined || faults.text !== undefined) return { kind: 'invalid', faults };
  try {
    const beside = await rowsFor(house, token, drawing, unit);
    if (!beside) return { kind: 'absent' };
    const question = packPractice({ text: text.trim(), ...beside });
    return await ask(house, token, { kind: 'practice', text: question, about: { unit, from_date: drawing.from, as_of: drawing.asOf, drawn_at: drawing.drawnAt } }, text.trim(), key);
  } catch (error) {
    return refusedBy(error);
  }
}

/** One question with its figures and its answer. @param sent the id as it was sent */
export const readPractice = (house: House, token: string, sent: string) => readText(USE, house, token, sent);

/** The unit's answer. @param sent the id as it was sent; @param ticked whether the writer says that nobody can be known by it. Without a fault it is only his word that is missing. */
export function answerForPractice(
  house: House, token: string, sent: string, { text, ticked }: { readonly text: string; readonly ticked: boolean },
): Promise<AnsweredText<PracticeRead, { readonly fault: string | undefined }>> {
  const fault = practiceAnswerFault(text);
  return answer(USE, house, token, sent, text, fault === undefined && ticked ? undefined : { fault });
}

/** Takes the contact point's question back before the unit has answered; of one that was answered meanwhile comes the answer. @param sent the id as it was sent */
export const withdrawFromUnit = (house: House, token: string, sent: string): Promise<{ readonly kind: 'withdrawn' } | { readonly kind: 'already'; readonly read: PracticeRead } | Refused> => withdraw(USE, house, token, sent);
