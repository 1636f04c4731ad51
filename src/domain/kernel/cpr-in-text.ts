import { parseCpr } from './cpr.js';
import { partsOfDate } from './calendar.js';

/** A text with no CPR number left in it, and whether there was one. */
export interface WithoutCpr {
  readonly text: string;
  readonly found: boolean;
}

/** What people put between the digits of a number. */
const WITHIN = '[\\s./()-]{0,3}';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)?\\d{2}';
const AMOUNT = '[1-9]\\d{0,2}(?:\\.\\d{3})+';

/** Numbers that are no birthday, taken out before one is looked for: two days with a dash between them, amounts, and eight digits grouped as a telephone number, where no further digit belongs to them. */
const OTHER_NUMBERS = new RegExp([
  `(?<!\\d)${DAY}\\s?-\\s?${DAY}(?![./-]?\\d)`,
  `(?<!\\d[./-]?)${AMOUNT}(?:\\s?-\\s?${AMOUNT})?(?![ ./-]?\\d)`,
  '(?<!\\d[ ./-]?)(?:\\d{2}([ .-])\\d{2}\\1\\d{2}\\1\\d{2}|(?!(?:19|20)\\d{2} |\\d{4} ?(?:19|20))\\d{4} ?\\d{4})(?!\\d|[ ./-]\\d{1,3}(?!\\d))',
].join('|'), 'gu');

const MONTH = '(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\\p{Ll}{0,6}';
/** Six digits however they are grouped, eight with the century, a day and a month of one digit, or the month as a word. */
const BORN = [
  `\\d(?:${WITHIN}\\d){5}`, `\\d(?:${WITHIN}\\d){3}${WITHIN}(?:19|20)\\d{2}`, '\\d{1,2}[./-]\\s?\\d{1,2}[\\s./-]{1,2}(?:19|20)?\\d{2}(?!\\d)', `\\d{1,2}\\.?\\s?${MONTH}\\.?\\s?(?:19|20)?\\d{2}(?!\\d)`,
].join('|');
/** Words between the two that say what the four digits are. */
const SAID = '\\D{0,40}(?:sidste\\s(?:fire|4)|fire\\ssidste|løbenummer|løbenr|cpr|personn)\\D{0,25}';
const NUMBER = new RegExp(`(?<!\\d)(?<born>${BORN})(?:(?<between>[^\\p{L}\\d]{0,6})|(?<said>${SAID}))(?<last>\\d(?:${WITHIN}\\d){3})(?!\\d)`, 'giu');

/** Right before the number. */
const NAMED = /(?:cpr|person)[\s.-]{0,2}(?:nr|nummer|no)?[^\p{L}\d]{0,4}(?:(?:er|på)\s)?[^\p{L}\d]{0,2}$/iu;
/** A number of something else that begins with its year, and an hour that runs on. */
const GOES_ON = /(?<!\d)(?:19|20)\d{2}[/-]$/u;
const HOUR = /\d\d[.:]$/u;
const COUNTED = /^(?:[.,]\d{1,3})?\s?(?:kr|dkk|euro|€|%|mdr|timer|stk)/iu;
const FRACTION = /^[.,]\d{1,3}(?!\d)/u;
const TIGHT = /^ ?[-/]? ?$/u;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
/** Day, month and year in two digits, and the year in four where it stands so. */
function birthday(born: string): { readonly six: string; readonly year?: number } {
  const month = MONTHS.findIndex((one) => born.toLowerCase().includes(one));
  const parts = (month < 0 ? born : born.replace(/\p{L}+/u, `.${month + 1}.`)).split(/\D+/u).filter((part) => part !== '');
  const digits = parts.length === 3 ? parts.map((part) => part.padStart(2, '0')).join('') : parts.join('');
  return digits.length === 8 ? { six: digits.slice(0, 4) + digits.slice(6), year: Number(digits.slice(4)) } : { six: digits };
}

/** Born then, somebody is ninety and more; born after the other, a child. Dates of these years are mostly of something else than a birth. */
const [ELDERLY, CHILDREN] = [1937, 2012];

function isCpr({ 0: whole, index, input, groups = {} }: RegExpExecArray): boolean {
  const { born = '', between, last = '' } = groups;
  const { six, year } = birthday(born);
  const cpr = parseCpr(six + last.replaceAll(/\D/gu, ''));
  if (cpr.kind === 'invalid') return false;
  const before = input.slice(Math.max(0, index - 30), index);
  if (between === undefined || NAMED.test(before)) return true;
  const after = input.slice(index + whole.length, index + whole.length + 12);
  const tight = TIGHT.test(between);
  const inOne = /^\d+$/u.test(born);
  if (GOES_ON.test(before) || (COUNTED.test(after) && !(inOne && tight)) || (FRACTION.test(after) && !tight)) return false;
  if (inOne) return true;
  if (HOUR.test(before)) return false;
  const birthYear = partsOfDate(cpr.birthDate).year;
  if ((year !== undefined && year !== birthYear) || birthYear < ELDERLY || birthYear > 2036) return false;
  return birthYear <= CHILDREN || tight;
}

/**
 * Takes the CPR numbers out of a text (FM-CNF-2): a day of birth that there is, and four digits, with whatever people put between the two, in one line or two. The check digit is not asked for (FM-LAW-3).
 *
 * Six digits in one with four after them are one whatever they say. A day written as a day may be of anything, and is one only where it can be of a birth: by the seventh digit somebody was born then, from 1937 on, and in
 * the year that stands there in four digits. Let through is therefore a day of 1900 to 1936 or of a year that does not fit, as in “21.11.26, 2100 København”; a day after 2012 with a comma, a full stop, a bracket or a line's
 * end before the four digits, as in “21.11.26, 8600 Silkeborg”; digits that are counted (“kr.”), that follow a year (“2026-100126-0001”), or an hour; two days with a dash, and eight digits grouped as a
 * telephone number. Where “CPR” stands before, or “de sidste fire” between, none of it is let through.
 */
export function withoutCpr(text: string): WithoutCpr {
  const read = text.replaceAll(OTHER_NUMBERS, (number) => 'x'.repeat(number.length));
  const found: (readonly [from: number, to: number])[] = [];
  NUMBER.lastIndex = 0;
  for (let match = NUMBER.exec(read); match !== null; match = NUMBER.exec(read)) {
    if (isCpr(match)) found.push([match.index, NUMBER.lastIndex]);
    // The next may begin within what was none.
    else NUMBER.lastIndex = match.index + 1;
  }
  let [left, from] = ['', 0];
  for (const [start, end] of found) {
    left += `${text.slice(from, start)} x `;
    from = end;
  }
  return { text: left + text.slice(from), found: found.length > 0 };
}
