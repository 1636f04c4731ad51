import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commaSeparated } from './comma-separated.js';

/** Reads a file back as a spreadsheet does: fields between semicolons, in quotes where there is need, lines to CRLF. */
function readBack(file: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let [row, field, quoted]: [string[], string, boolean] = [[], '', false];
  const text = file.slice(1);
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign === '"' && text.charAt(at + 1) === '"') { field += '"'; at += 1; }
      else if (sign === '"') quoted = false;
      else field += sign;
    } else if (sign === '"' && field === '') quoted = true;
    else if (sign === ';') { row.push(field); field = ''; }
    else if (sign === '\r' && text.charAt(at + 1) === '\n') { rows.push([...row, field]); [row, field] = [[], '']; at += 1; }
    else field += sign;
  }
  return rows;
}
const one = (field: string | number | null): string => commaSeparated([[field]]).slice(1, -2);

describe('a table as a file (FM-STA-2)', () => {
  it('opens in a Danish spreadsheet: the mark of UTF-8, semicolons, a decimal comma, CRLF', () => {
    expect(commaSeparated([['Kommune', 'Sager', 'År'], ['Ærø', 12, 0.5], ['Ishøj', null, -3]])).toBe('\uFEFFKommune;Sager;År\r\nÆrø;12;0,5\r\nIshøj;;-3\r\n');
    expect(commaSeparated([])).toBe('\uFEFF');
  });

  it.each([
    ['=1+1', `'=1+1`], ['+45 12', `'+45 12`], ['-cmd', `'-cmd`], ['@SUM(A1)', `'@SUM(A1)`], ['\t=1', `"'\t=1"`], ['\r=1', `"'\r=1"`], [' =1', `' =1`], ['＝1', `'＝1`], ['-3+2', `'-3+2`],
    ['=HYPERLINK("http://x";"y")', `"'=HYPERLINK(""http://x"";""y"")"`],
  ])('makes text of %j, which a spreadsheet would reckon with', (text, written) => expect(one(text)).toBe(written));

  it('keeps negative numbers numbers, also where they come as text', () => {
    expect([one(-3), one(-2.5), one('-3'), one('-2,5')]).toEqual(['-3', '-2,5', '-3', '-2,5']);
  });

  it('writes no power of ten, and nothing for a number that is none', () => {
    expect([one(1e-7), one(1204567.25), one(0)]).toEqual(['0,0000001', '1204567,25', '0']);
    expect(() => one(NaN)).toThrow(RangeError);
    expect(() => one(Infinity)).toThrow(RangeError);
  });

  it('quotes what would break a row', () => {
    expect([one('a;b'), one('a "b"'), one('a\nb'), one('–')]).toEqual(['"a;b"', '"a ""b"""', '"a\nb"', '–']);
  });

  it('reads back as it was written, and no field begins a formula', () => {
    const fields = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[=+\-@\t\r\n;", 0-9a]{0,8}$/));
    fc.assert(fc.property(fc.array(fc.array(fields, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), (rows) => {
      const back = readBack(commaSeparated(rows));
      expect(back.map((row) => row.length)).toEqual(rows.map((row) => row.length));
      const wrong = back.flatMap((row, at) => row.filter((field, place) => {
        const meant = rows[at]?.[place] ?? '';
        return (field !== meant && field !== `'${meant}`) || (/^\s*[=+\-@\t\r]/.test(field) && !/^-\d+(,\d+)?$/.test(field));
      }));
      expect(wrong).toEqual([]);
    }), { numRuns: 2000 });
  });
});
