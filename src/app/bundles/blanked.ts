/** Stands where something about another than the person himself was. */
export const BLANK = '[udeladt]';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Two or more words in a row that begin as names do; a number as of a person; a telephone. */
const NAMES = /\p{Lu}[\p{L}’'-]+(?:\s+(?:(?:af|de|den|von|van)\s+)?\p{Lu}[\p{L}’'-]+)+/gu;
const CPR = /\b\d{6}[ -]?\d{4}\b/g;
const PHONE = /(?<!\d)(?:\+45 ?)?\d{2}(?: ?\d{2}){3}(?!\d)/g;

export interface Spared {
  /** What may stand: the person's own names and numbers, the authorities. */
  readonly own: readonly string[];
  /** What never stands: colleagues by name. */
  readonly others: readonly string[];
}

/**
 * A text without what may tell of others than the person: everything that looks like a full name or a number is left out by default, and read through by a person before it is
 * handed over. One name by itself cannot be told from the beginning of a sentence, and stays.
 */
export function blanked(text: string, { own, others }: Spared): string {
  const spared = own.flatMap((one) => one.split(/\s+/)).map((word) => word.toLocaleLowerCase('da-DK'));
  const isOwn = (found: string): boolean => found.split(/\s+/).every((word) => spared.includes(word.toLocaleLowerCase('da-DK')));
  const digits = own.map((one) => one.replace(/\D/g, '')).filter((one) => one.length >= 8);
  const isOwnNumber = (found: string): boolean => digits.some((one) => found.replace(/\D/g, '').endsWith(one));
  const named = others.filter((one) => one.length > 2).reduce((left, name) => left.replace(new RegExp(escaped(name), 'giu'), BLANK), text);
  return named
    .replace(NAMES, (found) => (isOwn(found) ? found : BLANK))
    .replace(CPR, (found) => (isOwnNumber(found) ? found : BLANK))
    .replace(PHONE, (found) => (isOwnNumber(found) ? found : BLANK));
}
