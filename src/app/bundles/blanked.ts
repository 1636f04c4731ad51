/** Stands where something about another than the person himself was. */
export const BLANK = '[udeladt]';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Two or more words in a row that begin as names do, an initial among them. */
const WORD = String.raw`\p{Lu}(?:\.|[\p{L}’'-]{1,60})`;
const NAMES = new RegExp(String.raw`(?<!\p{L})${WORD}(?:(?:\s+(?:(?:af|de|den|von|van)\s+)?|(?<=\.))${WORD})+`, 'gu');
/** A street with its number, and what follows to floor and town. */
const STREET = String.raw`\p{Lu}[\p{L}’'.-]{0,40}(?:vej|vejen|gade|gaden|allé|alle|stræde|strædet|plads|pladsen|vænge|vænget|park|parken|torv|torvet|toft|toften|haven|bakken|krogen|svinget|boulevard)|Vej|Gade|Allé|Alle|Plads|Torv|Boulevard`;
const FLOOR = String.raw`(?:,?\s*(?:\d{1,2}|st|kl)\.?,?\s*(?:sal|tv|th|mf)(?!\p{L})\.?){0,2}`;
const ADDRESS = new RegExp(String.raw`(?<!\p{L})(?:\p{Lu}[\p{L}’'.-]{0,40}\s+){0,3}(?:${STREET})\s+\d{1,3}(?!\d)(?:\s?\p{L}(?!\p{L}))?${FLOOR}(?:,?\s*\d{4}\s+\p{Lu}\p{L}+)?`, 'gu');
const MAIL = /[^\s@<>()]{1,64}@[^\s@<>()]{1,200}\.\p{L}{2,}/gu;
/** The number of a person, with any stroke and blank in it. */
const CPR = /(?<![\d+])\d{2}[ ./-]?\d{2}[ ./-]?(?:19|20)?\d{2}\s*[-‐‑–—]?\s*\d{4}(?!\d)/g;
/** Abroad or at home; in pairs with the same stroke between them, for a date has years of four. */
const PHONE = /(?<!\d)(?:(?:\+45|0045)[ -]?)?(?:\d{2}([ .\-–]?)\d{2}\1\d{2}\1\d{2}|\d{4} \d{4}|\d{2} \d{3} \d{3})(?!\d)|(?<!\d)(?:\+|00)\d[\d .()\-–]{5,}\d/g;

export interface Spared {
  /** What may stand: the person's own names and numbers, the authorities. */
  readonly own: readonly string[];
  /** What never stands: colleagues by name. */
  readonly others: readonly string[];
}

/**
 * A text without what may tell of others than the person: everything that looks like a full name, a number, an address or a mail address is left out by default, and read
 * through by a person before it is handed over. One name by itself cannot be told from the beginning of a sentence, and stays.
 */
export function blanked(text: string, { own, others }: Spared): string {
  const spared = own.flatMap((one) => one.split(/\s+/)).map((word) => word.toLocaleLowerCase('da-DK'));
  const isOwn = (found: string): boolean => (found.toLocaleLowerCase('da-DK').match(/\p{L}\.|[^\s.]+/gu) ?? []).every((word) => (
    word.endsWith('.') ? spared.some((one) => one.startsWith(word.slice(0, -1))) : spared.includes(word)));
  const digits = own.map((one) => one.replace(/\D/g, '')).filter((one) => one.length >= 8);
  const isOwnNumber = (found: string): boolean => digits.some((one) => found.replace(/\D/g, '').endsWith(one));
  const named = others.filter((one) => one.length > 2).reduce((left, name) => left.replace(new RegExp(escaped(name), 'giu'), BLANK), text);
  return named
    .replace(MAIL, BLANK)
    .replace(ADDRESS, BLANK)
    .replace(NAMES, (found) => (isOwn(found) ? found : BLANK))
    .replace(CPR, (found) => (isOwnNumber(found) ? found : BLANK))
    .replace(PHONE, (found) => (isOwnNumber(found) ? found : BLANK));
}
