/**
 * Tables as files that a Danish spreadsheet opens with a double click: semicolons between fields, a decimal comma, lines that end in CRLF, and the mark that says UTF-8. (It is called comma-separated all the same.)
 */

/** What a field holds: text, a number, or nothing. */
export type Field = string | number | null;

/** The mark without which Excel takes 'ø' for two signs. */
const MARK = '\uFEFF';
const END = '\r\n';
/** What a spreadsheet takes for the beginning of a formula, also behind blanks, and in the wide forms that some turn into the narrow ones. */
const FORMULA = /^\s*[=+\-@\t\r\n|%＝＋－＠]/u;
const NUMBER = /^-?\d+(?:,\d+)?$/;

/**
 * The rows as one file. Text that a spreadsheet would reckon with gets an apostrophe before it, so that it is only text; a text that is a negative number, with or without decimals, stays one.
 * RangeError for a number that is none (NaN, infinite): it would stand in the file as a word.
 */
export function commaSeparated(rows: readonly (readonly Field[])[]): string {
  return MARK + rows.map((row) => row.map(fieldOf).join(';') + END).join('');
}

function fieldOf(field: Field): string {
  if (field === null) return '';
  if (typeof field === 'number') return numberOf(field);
  const safe = FORMULA.test(field) && !NUMBER.test(field) ? `'${field}` : field;
  return /[";\r\n\t]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With a decimal comma and never with a power of ten: '1204', '-0,5', '0,0000001'. */
function numberOf(n: number): string {
  if (!Number.isFinite(n)) throw new RangeError(`${n} is no number for a table`);
  const text = String(n);
  return (text.includes('e') ? n.toFixed(20).replace(/\.?0+$/, '') : text).replace('.', ',');
}
