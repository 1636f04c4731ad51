import { mayAskGuidance } from '../domain/access/functions.js';
import { answerFault, authorityDoubt, guidanceDue, questionFault } from '../domain/guidance/guidance.js';
import { copenhagenDate } from '../domain/kernel/time.js';
import { answerGuidance, askGuidance, type GuidanceRow, listGuidance, openGuidance, type OpenGuidance, withdrawGuidance } from '../store/guidance.js';
import { type House, type Refused, refusedBy } from './house.js';

/** A question as its reader has it: who asked and the contact point (FM-NCP-6). */
export type GuidanceRead = Omit<OpenGuidance, 'secret'>;

const withoutKey = ({ secret: _secret, ...read }: OpenGuidance): GuidanceRead => read;

/** What the reader may see of the questions for guidance, what waits first. */
export async function guidanceList(house: House, token: string): Promise<readonly GuidanceRow[] | Refused> {
  try {
    return await listGuidance(house.web, token, copenhagenDate(house.clock()));
  } catch (error) {
    return refusedBy(error);
  }
}

/** Text that cannot be sent, and why. */
interface Faulty {
  readonly kind: 'invalid';
  readonly fault: string;
}

/** Asks the contact point for guidance without a case. Nothing is stored of a text that may show whom it is about, as far as a program can see it. */
export async function askForGuidance(house: House, { token, functions }: { readonly token: string; readonly functions: readonly string[] }, text: string): Promise<{ readonly kind: 'asked'; readonly id: string } | Faulty | Refused> {
  if (!mayAskGuidance(functions)) return { kind: 'absent' };
  const fault = questionFault(text);
  if (fault !== undefined) return { kind: 'invalid', fault };
  const now = house.clock();
  try {
    const id = await askGuidance(house.web, house.vault, token, text.trim(), now, guidanceDue(now));
    return id === undefined ? { kind: 'absent' } : { kind: 'asked', id };
  } catch (error) {
    return refusedBy(error);
  }
}

/** One question with its answer. @param sent the id as it was sent */
export async function readGuidance(house: House, token: string, sent: string): Promise<{ readonly kind: 'read'; readonly read: GuidanceRead } | Refused> {
  try {
    const opened = await openGuidance(house.web, house.vault, token, sent);
    if (!opened) return { kind: 'absent' };
    return { kind: 'read', read: withoutKey(opened) };
  } catch (error) {
    return refusedBy(error);
  }
}

/** What came of an answer; with what was not carried out comes the question, to be shown again. */
export type Answered =
  | { readonly kind: 'answered' }
  /** Somebody was sooner. */
  | { readonly kind: 'already'; readonly read: GuidanceRead }
  /** Without a fault or a doubt it is only the writer's word that is missing. */
  | { readonly kind: 'invalid'; readonly fault: string | undefined; readonly doubt: string | undefined; readonly read: GuidanceRead };

/**
 * The contact point's answer, which is given once. Whether there is such a question is said before anything is said of the text.
 * @param sent the id as it was sent; @param ticked whether the writer says that nobody can be known by it; @param authoritys and that a number, address or link in it is an authority's
 */
export async function answerForGuidance(house: House, token: string, sent: string, { text, ticked, authoritys }: { readonly text: string; readonly ticked: boolean; readonly authoritys: boolean }): Promise<Answered | Refused> {
  try {
    const opened = await openGuidance(house.web, house.vault, token, sent);
    if (!opened) return { kind: 'absent' };
    if (opened.answered_at !== null) return { kind: 'already', read: withoutKey(opened) };
    const fault = answerFault(text);
    const doubt = authoritys ? undefined : authorityDoubt(text);
    if (fault !== undefined || doubt !== undefined || !ticked) return { kind: 'invalid', fault, doubt, read: withoutKey(opened) };
    const said = await answerGuidance(house.web, token, opened, text.trim(), house.clock());
    if (said === 'answered') return { kind: 'answered' };
    // A colleague was sooner by a moment: what he wrote is read.
    const read = said === undefined ? { kind: 'absent' as const } : await readGuidance(house, token, sent);
    return read.kind === 'read' ? { kind: 'already', read: read.read } : read;
  } catch (error) {
    return refusedBy(error);
  }
}

/** Takes one's own question back before it is answered; of one that was answered meanwhile comes the answer. @param sent the id as it was sent */
export async function withdrawQuestion(house: House, token: string, sent: string): Promise<{ readonly kind: 'withdrawn' } | { readonly kind: 'already'; readonly read: GuidanceRead } | Refused> {
  try {
    const said = await withdrawGuidance(house.web, token, sent);
    if (said === undefined) return { kind: 'absent' };
    if (said === 'withdrawn') return { kind: said };
    const read = await readGuidance(house, token, sent);
    return read.kind === 'read' ? { kind: 'already', read: read.read } : read;
  } catch (error) {
    return refusedBy(error);
  }
}
