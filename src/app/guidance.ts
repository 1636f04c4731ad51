import { mayAskGuidance } from '../domain/access/functions.js';
import { answerFault, authorityDoubt, questionFault } from '../domain/guidance/guidance.js';
import type { House, Refused } from './house.js';
import { answer, type AnsweredText, ask, type Asked, readText, type ReadText, textsOf, type TextUse, withdraw } from './texts-outside-cases.js';

/** A question as its reader has it: who asked and the contact point (FM-NCP-6). */
export type GuidanceRead = ReadText<'guidance'>;
const USE: TextUse<'guidance', GuidanceRead> = { kind: 'guidance', show: (read) => Promise.resolve(read) };

/** What the reader may see of the questions for guidance, what waits first. */
export const guidanceList = (house: House, token: string) => textsOf(house, token, 'guidance');

/** Asks the contact point for guidance without a case. Nothing is stored of a text that may show whom it is about, as far as a program can see it. @param key of the form or the program */
export async function askForGuidance(
  house: House, { token, functions }: { readonly token: string; readonly functions: readonly string[] }, text: string, key?: string,
): Promise<Asked | { readonly kind: 'invalid'; readonly fault: string }> {
  if (!mayAskGuidance(functions)) return { kind: 'absent' };
  const fault = questionFault(text);
  return fault === undefined ? ask(house, token, { kind: 'guidance', text: text.trim() }, text.trim(), key) : { kind: 'invalid', fault };
}

/** One question with its answer. @param sent the id as it was sent */
export const readGuidance = (house: House, token: string, sent: string) => readText(USE, house, token, sent);

/** What stands in the way of an answer. Without a fault or a doubt it is only the writer's word that is missing. */
interface WrongAnswer {
  readonly fault: string | undefined;
  readonly doubt: string | undefined;
}
/** The contact point's answer. @param sent the id as it was sent; @param ticked whether the writer says that nobody can be known by it; @param authoritys and that a number, address or link in it is an authority's */
export function answerForGuidance(
  house: House, token: string, sent: string, { text, ticked, authoritys }: { readonly text: string; readonly ticked: boolean; readonly authoritys: boolean },
): Promise<AnsweredText<GuidanceRead, WrongAnswer>> {
  const fault = answerFault(text);
  const doubt = authoritys ? undefined : authorityDoubt(text);
  return answer(USE, house, token, sent, text, fault === undefined && doubt === undefined && ticked ? undefined : { fault, doubt });
}

/** Takes one's own question back before it is answered; of one that was answered meanwhile comes the answer. @param sent the id as it was sent */
export const withdrawQuestion = (house: House, token: string, sent: string): Promise<{ readonly kind: 'withdrawn' } | { readonly kind: 'already'; readonly read: GuidanceRead } | Refused> => withdraw(USE, house, token, sent);
