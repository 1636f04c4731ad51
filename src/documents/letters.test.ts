import { describe, expect, it } from 'vitest';
import { lettersNotSet, settable, spelledOut } from './letters.js';

describe('letters of a document (FM-WORK-3)', () => {
  it('leaves ordinary text alone, whatever it looks like', () => {
    const text = '#evil[*] "quote" <script> æøå ÆØÅ é – “citat” 😀 مرحبا';
    expect(settable(text)).toBe(text);
  });

  it('keeps line breaks, in one form, and makes a tab a space', () => {
    expect(settable('et\r\nto\rtre\nfire\u2028fem\tseks')).toBe('et\nto\ntre\nfire\nfem seks');
  });

  it('spells out what may not be set: controls, halves of a pair, private signs, and turns of the reading direction', () => {
    expect(settable('a\u0000b\u0007')).toBe('a[U+0000]b[U+0007]');
    expect(settable('\uD83D alene')).toBe('[U+D83D] alene');
    expect(settable('\uE000')).toBe('[U+E000]');
    expect(settable('\u202Ecba\u202C')).toBe('[U+202E]cba[U+202C]');
  });

  it('spells out just the letters it is told', () => {
    expect(spelledOut('漢a字', new Set(['漢', '😀']))).toBe('[U+6F22]a字');
    expect(spelledOut('😀!', new Set(['😀']))).toBe('[U+1F600]!');
  });

  it('reads from the compiler which letters no font has', () => {
    const said = (text: string) => new Error(`[SourceDiagnostic { message: "PDF/A-2a error: the text \`\\"${text}\\"\` could not be displayed with font \`\\"IBM Plex Sans\\"\`" }]`);
    expect(lettersNotSet(said('漢'))).toEqual(['漢']);
    expect(lettersNotSet(said('\\\\u{200d}'))).toEqual(['\u200d']);
    expect(lettersNotSet(new Error('the PDF contains the codepoint `\\"\\\\u{e000}\\"`'))).toEqual(['\ue000']);
  });

  it('finds none when the template is at fault', () => {
    expect(lettersNotSet(new Error('[SourceDiagnostic { message: "unknown variable: x" }]'))).toEqual([]);
    expect(lettersNotSet('no error at all')).toEqual([]);
  });
});
