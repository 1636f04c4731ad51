import { createHmac } from 'node:crypto';
import { isOwnAnswer } from '../store/own-answers.js';
import { answerText, askText, listTexts, type NewText, openText, type OpenText, type TextKind, type TextRow, withdrawText } from '../store/texts-outside-cases.js';
import { type House, type Refused, refusedBy } from './house.js';

/** A text as its reader has it: without its key. */
export type ReadText<K extends TextKind> = Omit<OpenText<K>, 'secret'>;

/** A kind of text outside of cases (decision 27): what its readers get of one, where that is more than what was sealed. */
export interface TextUse<K extends TextKind, Read> {
  readonly kind: K;
  /** @returns undefined when the reader is none after all. */
  readonly show: (read: ReadText<K>, house: House, token: string) => Promise<Read | undefined>;
}

const orRefused = async <T>(work: () => Promise<T>): Promise<T | Refused> => {
  try {
    return await work();
  } catch (error) {
    return refusedBy(error);
  }
};

/** What the reader may see of the texts of a kind, what waits first. */
export const textsOf = <K extends TextKind>(house: House, token: string, kind: K): Promise<readonly TextRow<K>[] | Refused> => orRefused(() => listTexts(house.web, token, kind));

export type Asked = { readonly kind: 'asked'; readonly id: string } | { readonly kind: 'key-reused' } | Refused;
/**
 * Asks. @param words of who asks, which is all that tells two questions apart but whom and what they are about: figures and their moment may be others at a repeat
 * @param key of the form or the program: what is asked again under it is the question that was asked before, and anything else is refused
 */
export const ask = (house: House, token: string, asked: Omit<NewText, 'mark'>, words: string, key: string | undefined): Promise<Asked> =>
  orRefused(async () => {
    const { kind, about } = asked;
    // Keyed: by a plain hash a short question could be guessed.
    const hash = createHmac('sha256', house.etagKey).update(JSON.stringify([kind, words, about?.unit, about?.from_date, about?.as_of])).digest();
    const done = await askText(house.web, house.vault, token, { ...asked, ...(key === undefined ? {} : { mark: { key, hash } }) });
    return done === undefined ? { kind: 'absent' } : done === 'key-reused' ? { kind: 'key-reused' } : { kind: 'asked', id: done.id };
  });

async function shown<K extends TextKind, Read>({ show }: TextUse<K, Read>, house: House, token: string, { secret: _secret, ...read }: OpenText<K>): Promise<{ readonly read: Read } | undefined> {
  const made = await show(read, house, token);
  return made === undefined ? undefined : { read: made };
}

/** One question with its answer. @param sent the id as it was sent */
export const readText = <K extends TextKind, Read>(use: TextUse<K, Read>, house: House, token: string, sent: string): Promise<{ readonly kind: 'read'; readonly read: Read } | Refused> =>
  orRefused(async () => {
    const opened = await openText(house.web, house.vault, token, use.kind, sent);
    const found = opened && (await shown(use, house, token, opened));
    return found ? { kind: 'read', ...found } : { kind: 'absent' };
  });

/** What came of an answer; with what was not carried out comes the question, to be shown again. */
export type AnsweredText<Read, Wrong> =
  | { readonly kind: 'answered' }
  /** Somebody was sooner. */
  | { readonly kind: 'already'; readonly read: Read }
  | ({ readonly kind: 'invalid'; readonly read: Read } & Wrong)
  | Refused;

/** What is said to an answer where one stands: the caller's own in the same words was given, once, however often it was sent; any other is read. */
async function beside<K extends TextKind, Read>(use: TextUse<K, Read>, house: House, token: string, stands: OpenText<K>, text: string): Promise<{ readonly kind: 'answered' } | { readonly kind: 'already'; readonly read: Read } | Refused> {
  if (stands.answer === text.trim() && (await isOwnAnswer(house.web, token, use.kind, stands.id))) return { kind: 'answered' };
  const found = await shown(use, house, token, stands);
  return found ? { kind: 'already', ...found } : { kind: 'absent' };
}

/** The answer, which is given once. Whether there is such a question is said before anything is said of the text. @param wrong what is wrong with the text, if anything is */
export const answer = <K extends TextKind, Read, Wrong>(use: TextUse<K, Read>, house: House, token: string, sent: string, text: string, wrong: Wrong | undefined): Promise<AnsweredText<Read, Wrong>> =>
  orRefused(async () => {
    const opened = await openText(house.web, house.vault, token, use.kind, sent);
    if (!opened?.answers) return { kind: 'absent' };
    if (opened.answered_at !== null) return beside(use, house, token, opened, text);
    if (wrong === undefined) {
      if ((await answerText(house.web, token, use.kind, opened, text.trim())) === 'answered') return { kind: 'answered' };
      // Sooner by a moment was a colleague, or he himself with a second click.
      const stands = await openText(house.web, house.vault, token, use.kind, sent);
      return stands ? beside(use, house, token, stands, text) : { kind: 'absent' };
    }
    const found = await shown(use, house, token, opened);
    return found ? { kind: 'invalid', ...wrong, ...found } : { kind: 'absent' };
  });

/** Takes a question back before it is answered; of one that was answered meanwhile comes the answer. @param sent the id as it was sent */
export const withdraw = <K extends TextKind, Read>(use: TextUse<K, Read>, house: House, token: string, sent: string): Promise<{ readonly kind: 'withdrawn' } | { readonly kind: 'already'; readonly read: Read } | Refused> =>
  orRefused(async () => {
    const said = await withdrawText(house.web, token, use.kind, sent);
    return said === undefined ? { kind: 'absent' } : said === 'withdrawn' ? { kind: said } : again(use, house, token, sent);
  });

const again = async <K extends TextKind, Read>(use: TextUse<K, Read>, house: House, token: string, sent: string): Promise<{ readonly kind: 'already'; readonly read: Read } | Refused> => {
  const found = await readText(use, house, token, sent);
  return found.kind === 'read' ? { kind: 'already', read: found.read } : found;
};
