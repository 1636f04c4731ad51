import type { UnitId } from '../domain/reference/authorities.js';
import { practiceOf, type PracticeRow } from '../domain/statistics/practice.js';
import { type AskedPractice, practiceAnswerFault, practiceDue, practiceQuestionFault, practiceRows } from '../domain/statistics/practice-question.js';
import { type Drawing, nationalCompleteness, nationalTimes } from '../store/figures.js';
import { answerPractice, askPractice, listPractice, openPractice, type OpenPracticeQuestion, type PracticeQuestionRow } from '../store/practice-questions.js';
import { type House, type Refused, refusedBy } from './house.js';

/** Units beside one another for a period, the country first; undefined for everybody but the contact point (FM-NCP-7). */
export async function practice(house: House, token: string, drawing: Drawing): Promise<readonly PracticeRow[] | undefined> {
  const times = await nationalTimes(house.web, token, drawing);
  const completeness = await nationalCompleteness(house.web, token, drawing);
  return times && completeness && practiceOf(times, completeness);
}

/** A question of practice as its reader has it: the contact point, and who keeps the unit's inbox. */
export type PracticeRead = Omit<OpenPracticeQuestion, 'secret'>;
const withoutKey = ({ secret: _secret, ...read }: OpenPracticeQuestion): PracticeRead => read;

export async function practiceQuestions(house: House, token: string): Promise<readonly PracticeQuestionRow[] | Refused> {
  try {
    return await listPractice(house.web, token);
  } catch (error) {
    return refusedBy(error);
  }
}

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

/** Sends a unit its own row of a drawing beside the country's, with a question in words. Both are as hidden as the sender sees them. */
export async function askUnit(house: House, token: string, drawing: Drawing, { unit, text }: { readonly unit: UnitId | undefined; readonly text: string }): Promise<{ readonly kind: 'asked'; readonly id: string } | { readonly kind: 'invalid'; readonly faults: PracticeFaults } | Refused> {
  try {
    const rows = await practice(house, token, drawing);
    if (!rows) return { kind: 'absent' };
    const faults = practiceFaults(unit, text);
    const beside = unit && practiceRows(rows, unit);
    if (!beside || faults.text !== undefined) return { kind: 'invalid', faults };
    const asked: AskedPractice = { text: text.trim(), ...beside };
    const now = house.clock();
    const id = await askPractice(house.web, house.vault, token, { unit, from: drawing.from, asOf: drawing.asOf, at: now, due: practiceDue(now) }, asked);
    return id === undefined ? { kind: 'absent' } : { kind: 'asked', id };
  } catch (error) {
    return refusedBy(error);
  }
}

/** One question with its figures and its answer. @param sent the id as it was sent */
export async function readPractice(house: House, token: string, sent: string): Promise<{ readonly kind: 'read'; readonly read: PracticeRead } | Refused> {
  try {
    const opened = await openPractice(house.web, house.vault, token, sent);
    return opened ? { kind: 'read', read: withoutKey(opened) } : { kind: 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}

/** What came of an answer; with what was not carried out comes the question, to be shown again. */
export type PracticeAnswered =
  | { readonly kind: 'answered' }
  /** A colleague was sooner. */
  | { readonly kind: 'already'; readonly read: PracticeRead }
  /** Without a fault it is only the writer's word that is missing. */
  | { readonly kind: 'invalid'; readonly fault: string | undefined; readonly read: PracticeRead };

/** The unit's answer, which is given once. @param sent the id as it was sent; @param ticked whether the writer says that nobody can be known by it */
export async function answerForPractice(house: House, token: string, sent: string, { text, ticked }: { readonly text: string; readonly ticked: boolean }): Promise<PracticeAnswered | Refused> {
  try {
    const opened = await openPractice(house.web, house.vault, token, sent);
    if (!opened?.mine) return { kind: 'absent' };
    if (opened.answered_at !== null) return { kind: 'already', read: withoutKey(opened) };
    const fault = practiceAnswerFault(text);
    if (fault !== undefined || !ticked) return { kind: 'invalid', fault, read: withoutKey(opened) };
    const said = await answerPractice(house.web, token, opened, text.trim(), house.clock());
    if (said === 'answered') return { kind: 'answered' };
    const read = said === undefined ? { kind: 'absent' as const } : await readPractice(house, token, sent);
    return read.kind === 'read' ? { kind: 'already', read: read.read } : read;
  } catch (error) {
    return refusedBy(error);
  }
}
