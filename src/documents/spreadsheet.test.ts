import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openSpreadsheet } from '../../tests/support/spreadsheet.js';
import { instant, knownDate } from '../domain/kernel/time.js';
import type { Sheet } from '../domain/statistics/publication-sheets.js';
import { spreadsheet } from './spreadsheet.js';

const sheet = (more: Partial<Sheet>): Sheet => ({ name: 'Ark', headings: ['Kommune', 'Sager'], rows: [], ...more });
const texts = (all: readonly string[]): Sheet => sheet({ headings: ['Tekst'], rows: all.map((text) => [{ text }]) });
const opened = async (one: Sheet) => openSpreadsheet(await spreadsheet([one]))[0];

describe('a spreadsheet (FM-STA-2)', () => {
  it('has numbers that are numbers, days and moments as Danes write them, hidden ones as a word, and bold headings that stand still', async () => {
    const at = instant('2026-11-21T09:42:00.000Z');
    const one = await opened(sheet({ rows: [[{ text: 'Ærø' }, { number: 1204 }], [{ text: 'Ishøj' }, { hidden: 'skjult' }], [{ text: 'Dag' }, { day: knownDate('2026-11-21') }], ...(at === undefined ? [] : [[{ text: 'Moment' }, { moment: at }]])], note: 'Opgjort nu.' }));
    expect(one?.rows.map((row) => row.map(({ value }) => value))).toEqual([['Kommune', 'Sager'], ['Ærø', 1204], ['Ishøj', 'skjult'], ['Dag', 46347], ['Moment', 46347 + (10 * 60 + 42) / 1440], [], ['Opgjort nu.']]);
    const formats = one?.rows.slice(1, 5).map((row) => row[1]?.format);
    expect(formats).toEqual(['#,##0', '@', '[$-406]d\\.\\ mmmm\\ yyyy', '[$-406]d\\.\\ mmmm\\ yyyy\\ "kl."\\ h\\.mm']);
    expect([one?.frozenRows, one?.rows[0]?.map(({ bold }) => bold), one?.rows[1]?.map(({ bold }) => bold)]).toEqual([1, [true, true], [false, false]]);
  });

  it.each(['=1+1', '=HYPERLINK("http://x","y")', '+45', '-3', '@SUM(A1)', '\t=1', '＝1'])('keeps %j a text in a text’s cell: no formula is in the file', async (text) => {
    const bytes = await spreadsheet([sheet({ name: '=1+1', headings: [text, text], rows: [[{ text }, { hidden: text }]], note: text })]);
    const [one] = openSpreadsheet(bytes);
    expect(one?.rows.flat().map(({ value, format }) => [value, format])).toEqual(Array.from({ length: 5 }, () => [text, '@']));
    expect(Object.values(unzipSync(bytes)).filter((file) => /<f[ >]/.test(strFromU8(file)))).toEqual([]);
  });

  it('gives every text back as it was', async () => {
    const all = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.stringMatching(/^[ =<>&"'_x0-9a-f\t\r\n]{0,12}$/), fc.constantFrom('constructor', '__proto__', 'toString', '_x0041_', '_x005F_x0041_', ' a ', '\r\n', ']]>', '\uFFFD', '\u0085', '\uD800', 'a\u{10FFFE}b'));
    await fc.assert(fc.asyncProperty(fc.array(all, { minLength: 1, maxLength: 30 }), async (written) => {
      expect((await opened(texts(written)))?.rows.slice(1).map((row) => row[0]?.value)).toEqual(written);
    }), { numRuns: 150 });
  });

  it('makes a column as wide as its longest text, within reason, and a number’s wide enough for its heading', async () => {
    const one = await opened(sheet({ headings: ['Kommune', 'Gennemførte, heraf registreret igen', 'A'], rows: [[{ text: 'Lyngby-Taarbæk Kommune' }, { number: 12 }, { text: 'x'.repeat(200) }]] }));
    expect(one?.widths).toEqual([24, 20, 72]);
  });

  it('names nobody: neither author nor program nor company is in the file', async () => {
    const files = unzipSync(await spreadsheet([texts(['a'])]));
    expect(Object.keys(files).filter((name) => name.startsWith('docProps'))).toEqual([]);
    expect(Object.values(files).map((file) => strFromU8(file)).join('')).not.toMatch(/creator|author|lastModifiedBy|<Application|Company/i);
  });
});
