/** Stands where something about another than the person himself was. */
export const BLANK = '[udeladt]';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Two or more words in a row that begin as names do, an initial among them. */
const WORD = String.raw`\p{Lu}(?:\.|[\p{L}’'-]{1,60})`;
const NAMES = new RegExp(String.raw`(?<!\p{L})${WORD}(?:(?:\s+(?:(?:af|de|den|von|van)\s+)?|(?<=\.))${WORD})+`, 'gu');

/** A street by how its name ends, with its number, and what follows to floor and town; so many days at a place of work are none. */
const ENDS = [
  'vej', 'vejen', 'gade', 'gaden', 'gader', 'allé', 'alle', 'alléen', 'stræde', 'strædet', 'plads', 'pladsen', 'vænge', 'vænget', 'park', 'parken', 'torv', 'torvet', 'toft', 'toften', 'have', 'haven', 'bakke', 'bakken',
  'krog', 'krogen', 'sving', 'svinget', 'boulevard', 'boulevarden', 'mark', 'marken', 'sti', 'stien', 'vang', 'vangen', 'lund', 'lunden', 'promenade', 'promenaden', 'kaj', 'kajen', 'brink', 'brinken', 'dal', 'dalen',
  'høj', 'højen', 'eng', 'engen', 'skov', 'skoven', 'kær', 'kæret', 'bro', 'broen', 'gård', 'gården', 'passage', 'passagen', 'ringen', 'banen', 'skrænten', 'kilden', 'husene', 'kvarteret',
].join('|');
const STREET = String.raw`(?:\p{Lu}[\p{L}’'.-]{0,40}|\p{Ll}[\p{L}’'.-]{1,40})(?:${ENDS}|${ENDS.toUpperCase()})|Vej|Gade|Allé|Alle|Plads|Torv|Boulevard`;
const SO_MANY = String.raw`\s{0,3}(?:dag|time|uge|måned|år|gang|minut|kr)`;
const FLOOR = String.raw`(?:,?\s*(?:\d{1,2}|st|kl)\.?,?\s*(?:sal|tv|th|mf)(?!\p{L})\.?){0,2}`;
const ADDRESS = new RegExp(
  String.raw`(?<!\p{L})(?:\p{Lu}[\p{L}’'.-]{0,40}\s+){0,3}(?:${STREET}),?\s+(?:(?:nr|no)\.?\s*|nummer\s+)?\d{1,3}(?!\d)(?!${SO_MANY})(?:\s?\p{L}(?!\p{L}))?${FLOOR}(?:,?\s*\d{4}\s+\p{Lu}\p{L}+)?`, 'gu');
const MAIL = /[^\s@<>()]{1,64}@[^\s@<>()]{1,200}\.\p{L}{2,}/gu;

/**
 * How the last four digits of a person's number are set off. Blanks are few wherever as many as there are could be tried: a text of them alone, begun at each
 * number anew, would hold up everybody else on the server.
 */
const SET_OFF = String.raw`\s{0,3}[-‐‑–—/,.]?\s{0,3}\d{2} ?\d{2}(?!\d)`;
/** The number of a person as it is written most, with what digits follow it: a telephone after a day looks like one. Any other way is a number like others. */
const CPR = new RegExp(String.raw`(?<![\d+])\d{2}[ ./-]?\d{2}[ ./-]?(?:19|20)?\d{2}${SET_OFF}(?:[^\p{L}\d\n\uE000-\uF8FF]{0,3}\d)*`, 'gu');
/** Eight digits or more with at most three signs between one and the next: a telephone, at home or abroad, or a person's number. */
const NUMBER = /(?:\+|\((?=\d+\)))?\d(?:[^\p{L}\d\n\uE000-\uF8FF]{0,3}\d){7,}/gu;
/** As many digits, and nobody's: a day that is one, years and hours from and to, a sum of money. A case tells of no year further on. */
const YEAR = '(?:19\\d|20[0-3])\\d';
const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const HOUR = '(?:[01]?\\d|2[0-3])[.:][0-5]\\d';
const NOBODYS = [
  `${DAY}[./-]${MONTH}[./ -]${YEAR}(?!${SET_OFF})`, `${YEAR}-${MONTH}-${DAY}`, `${YEAR}\\s?[-–]\\s?${YEAR}`, `${HOUR}\\s?[-–]\\s?${HOUR}`, `(?<=kl\\.?\\s?)${HOUR}`, '\\d{1,3}(?:\\.\\d{3}){1,4}(?:,\\d\\d)?(?=\\s{0,3}kr|,-)',
].join('|');

/** A number however it is written, with or without the country's. */
const anyWay = (digits: string): string => `(?:(?:\\+|00)45[ -]?)?${digits.replace(/(?<=\d)(?=\d)/g, '[^\\p{L}\\d\\n]{0,3}')}`;

export interface Spared {
  /** What may stand: the person's own names and numbers, the authorities. */
  readonly own: readonly string[];
  /** What never stands: colleagues by name. */
  readonly others: readonly string[];
}

/** Numbers of others and of nobody that is known; what may stand is set aside meanwhile, so that it breaks no number that stands beside it. */
function withoutNumbers(text: string, own: readonly string[]): string {
  const aside: string[] = [];
  const spared = new RegExp(`(?<!\\d)(?:${[...own.map(anyWay), NOBODYS].join('|')})(?!\\d)`, 'gu');
  return text
    .replace(spared, (found) => (aside.length < 6000 ? String.fromCharCode(0xe000 + aside.push(found) - 1) : BLANK))
    .replace(CPR, BLANK)
    .replace(NUMBER, BLANK)
    .replace(/[\uE000-\uF8FF]/g, (mark) => aside[mark.charCodeAt(0) - 0xe000] ?? '');
}

/**
 * A text without what may tell of others than the person: what looks like a full name, a number, an address or a mail address is left out by default, and read
 * through by a person before it is handed over. A name by itself cannot be told from the beginning of a sentence, nor a name in small letters from words, and they stay.
 */
export function blanked(text: string, { own, others }: Spared): string {
  const spared = own.flatMap((one) => one.split(/\s+/)).map((word) => word.toLocaleLowerCase('da-DK'));
  const isOwn = (found: string): boolean => (found.toLocaleLowerCase('da-DK').match(/\p{L}\.|[^\s.]+/gu) ?? []).every((word) => (
    word.endsWith('.') ? spared.some((one) => one.startsWith(word.slice(0, -1))) : spared.includes(word)));
  const digits = own.map((one) => one.replace(/\D/g, '')).filter((one) => one.length >= 8);
  const named = others.filter((one) => one.length > 2).reduce((left, name) => left.replace(new RegExp(escaped(name), 'giu'), BLANK), text.replace(/[\uE000-\uF8FF]/g, ''));
  return withoutNumbers(named.replace(MAIL, BLANK).replace(ADDRESS, BLANK).replace(NAMES, (found) => (isOwn(found) ? found : BLANK)), digits);
}
