import { isMistyped, parseCaseNumber } from './case-number.js';
import { withoutCpr } from './cpr-in-text.js';

/** What a program can recognise in a text that may show whom it is about (FM-NCP-3, FM-NCP-6). Names are not among it: a person reads the text for them. */
export type Identifying = 'cpr' | 'case-number' | 'phone' | 'e-mail' | 'link';

const WORDS: Readonly<Record<Identifying, string>> = {
  cpr: 'et CPR-nummer (ti cifre)', 'case-number': 'et sagsnummer', phone: 'et telefonnummer (otte cifre eller et nummer med landekode)', 'e-mail': 'en mailadresse', link: 'et link',
};

/** What a digit of any script is worth: a script's ten stand beside one another, and begin where the one before nought is none. */
const worth = (digit: string): string => {
  const at = digit.codePointAt(0) ?? 0;
  let nought = at;
  while (at - nought < 9 && /\p{Nd}/u.test(String.fromCodePoint(nought - 1))) nought -= 1;
  return String(at - nought);
};
/** One kind of dash and of digit; characters that are not seen do not hide a number. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '').replaceAll(/\p{Pd}/gu, '-').replaceAll(/(?![0-9])\p{Nd}/gu, worth);

const E_MAIL = /[^\s@]@[\p{L}\d.-]+\.\p{L}{2,}/u;
const LINK = /[a-z]{2,10}:\/\/|(?<![\p{L}\d])www\.|[\p{L}\d]\.(?:dk|com|net|org|eu|info|io|me|nu|de|se|no|gl|fo)(?![\p{L}\d])/iu;
const ABROAD = /(?:\+|(?<!\d)00)[1-9](?:[\s./()-]{0,3}\d){6,13}(?!\d)/gu;
/** Eight digits and no more, with what people write between them. */
const PHONE = /(?<!\d)\d(?:[\s./()-]{0,3}\d){7}(?!\d)/u;
/** Digits that are no phone number: a date, a span of years, an amount with its points. */
const HARMLESS = /(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:(?:19|20)\d{2}|\d{2})|(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d{2}\s?[/-]\s?(?:19|20)\d{2}|\d{1,3}(?:\.\d{3})+)(?!\d|[./-]\d{1,3}(?!\d))/gu;

/** A case number, also one with a wrong character in it, stands in one word or in up to three. */
const hasCaseNumber = (text: string): boolean => {
  const words = text.split(/[^\p{L}\d-]+/u).filter((word) => word !== '');
  return words.some((_, from) => [1, 2, 3].some((count) => {
    const typed = words.slice(from, from + count).join(' ');
    return parseCaseNumber(typed) !== undefined || (/^uv/i.test(typed) && isMistyped(typed));
  }));
};

/** What there is of it in a text, each kind once. */
export function identifyingIn(text: string): readonly Identifying[] {
  const read = plain(text);
  const { text: left, found: cpr } = withoutCpr(read);
  const withoutAbroad = left.replaceAll(ABROAD, ' x ');
  const found: readonly (readonly [Identifying, boolean])[] = [
    ['cpr', cpr],
    ['case-number', hasCaseNumber(read)],
    ['phone', withoutAbroad !== left || PHONE.test(withoutAbroad.replaceAll(HARMLESS, ' x '))],
    ['e-mail', E_MAIL.test(read)],
    // The end of a mail address is no link of its own.
    ['link', LINK.test(read.replaceAll(new RegExp(E_MAIL, 'gu'), ' '))],
  ];
  return found.filter(([, is]) => is).map(([kind]) => kind);
}

const joined = (parts: readonly string[]): string => (parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} og ${parts.at(-1) ?? ''}`);

/** 'Teksten ser ud til at indeholde et telefonnummer …', of what was found, and nothing of what was written. */
export const looksLike = (found: readonly Identifying[]): string => `Teksten ser ud til at indeholde ${joined(found.map((kind) => WORDS[kind]))}.`;

/** What is said at the field; undefined when nothing was found. @param among the kinds that are looked for; all when it is left out */
export const identifyingFault = (text: string, among?: readonly Identifying[]): string | undefined => {
  const found = identifyingIn(text).filter((kind) => among?.includes(kind) ?? true);
  return found.length === 0 ? undefined : `${looksLike(found)} Det kan vise, hvem det drejer sig om. Tag det ud, og send igen.`;
};

/** Of what goes to the contact point, or from it to the unit and the candidate: who he is stands in a part of its own, seen by a look with a row in the log (FM-CNF-2, FM-CNF-4), not in passing in what somebody typed. */
export const cprFault = (text: string): string | undefined => identifyingFault(text, ['cpr']);
