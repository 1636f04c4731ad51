import { describe, expect, it } from 'vitest';
import { prose } from './prose.js';

const accepts = (text: string): boolean => prose({ label: 'Note' }).safeParse(text).success;
/** All the signs there are that have to do with direction. */
const SIGNS = Array.from({ length: 0x10_000 }, (_, at) => String.fromCharCode(at)).filter((sign) => /\p{Bidi_Control}/u.test(sign));
const MARKS = ['\u061c', '\u200e', '\u200f'];

describe('what somebody writes', () => {
  it('has no sign in it that turns what stands after it about', () => {
    const turning = SIGNS.filter((sign) => !MARKS.includes(sign));
    expect(turning).toHaveLength(9);
    for (const sign of turning) expect(accepts(`Aftalen ${sign}gælder`), sign.charCodeAt(0).toString(16)).toBe(false);
  });

  it('may have a mark of direction, a tab and a line break in it', () => {
    for (const sign of [...MARKS, '\t', '\n']) expect(accepts(`Aftalen ${sign}gælder`), sign.charCodeAt(0).toString(16)).toBe(true);
  });

  it('has no control character and no half of one', () => {
    for (const sign of ['\u0000', '\u0007', '\u0085', '\ud800']) expect(accepts(`Aftalen ${sign}gælder`)).toBe(false);
  });
});
