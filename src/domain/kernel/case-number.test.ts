import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BIRD_NAMES, BIRD_PLACES } from './bird-labels.js';
import { caseNumber, EXAMPLE_NUMBER, isMistyped, LABEL_COUNT, labelFor, parseCaseNumber, zCaseNumber } from './case-number.js';

const SYMBOLS = '23456789CDFHJKMNPQRTVWX';
const eightBytes = fc.uint8Array({ minLength: 8, maxLength: 8 });

describe('a case number', () => {
  it('reads UV- and four and three characters that nobody mistakes', () => {
    fc.assert(
      fc.property(eightBytes, (bytes) => {
        expect(caseNumber(bytes)).toMatch(/^UV-[2-9CDFHJKMNPQRTVWX]{4}-[2-9CDFHJKMNPQRTVWX]{3}$/);
      }),
    );
  });

  it('is found again as it was given', () => {
    fc.assert(fc.property(eightBytes, (bytes) => parseCaseNumber(caseNumber(bytes)) === caseNumber(bytes)));
  });

  it('comes from the bytes alone, and other bytes give another number', () => {
    const of = (last: number) => caseNumber(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, last));
    expect(of(8)).toBe(of(8));
    expect(new Set(Array.from({ length: 256 }, (_, last) => of(last))).size).toBe(256);
  });

  it('needs eight bytes', () => {
    expect(() => caseNumber(new Uint8Array(7))).toThrow(RangeError);
    expect(caseNumber(new Uint8Array(16))).toBe(caseNumber(new Uint8Array(8)));
  });

  it.each(['UV-7K3M-9QX', 'uv-7k3m-9qx', ' uv 7k3m 9qx ', 'UV7K3M9QX', '7K3M-9QX', '7k3m9qx', 'UV–7K3M–9QX'])(
    'is read from %j as people type it',
    (text) => {
      expect(parseCaseNumber(text)).toBe('UV-7K3M-9QX');
    },
  );

  it.each(['', 'UV-', 'UV-7K3M-9Q', 'UV-7K3M-9QXX', 'UV-7K3M-9Q0', 'XX-7K3M-9QX', 'UV-7K3M-9QW', 'UV_7K3M_9QX'])(
    'is not read from %j',
    (text) => {
      expect(parseCaseNumber(text)).toBeUndefined();
    },
  );

  it('with one wrong character opens nothing', () => {
    fc.assert(
      fc.property(eightBytes, fc.nat({ max: 6 }), fc.nat({ max: 22 }), (bytes, place, symbol) => {
        const right = caseNumber(bytes).replace(/^UV|-/g, '');
        const wrong = right.slice(0, place) + SYMBOLS.charAt(symbol) + right.slice(place + 1);
        expect(parseCaseNumber(wrong) === undefined).toBe(wrong !== right);
      }),
    );
  });

  it('with two characters swapped opens nothing', () => {
    fc.assert(
      fc.property(eightBytes, fc.nat({ max: 6 }), fc.nat({ max: 6 }), (bytes, a, b) => {
        const right = Array.from(caseNumber(bytes).replace(/^UV|-/g, ''));
        const swapped = right
          .with(a, right[b] ?? '')
          .with(b, right[a] ?? '')
          .join('');
        expect(parseCaseNumber(swapped) === undefined).toBe(swapped !== right.join(''));
      }),
    );
  });

  it('shown as an example is written rightly: the check that quotes it does not refuse it', () => {
    expect([parseCaseNumber(EXAMPLE_NUMBER), isMistyped(EXAMPLE_NUMBER)]).toEqual([EXAMPLE_NUMBER, false]);
    expect(zCaseNumber.parse(EXAMPLE_NUMBER)).toBe(EXAMPLE_NUMBER);
  });

  it('is called mistyped when it is written as one and cannot be one', () => {
    expect(['UV-7K3M-9QW', 'uv 7k3m 9qw', 'UV-7K3M-9QX', 'UV-7K3M-9Q', 'nej'].map(isMistyped)).toEqual([true, true, false, false, false]);
  });

  it('as input gives the canonical form or says in Danish what to look for', () => {
    expect(zCaseNumber.parse('uv 7k3m 9qx')).toBe('UV-7K3M-9QX');
    expect(zCaseNumber.safeParse('uv 7k3m 9qw').error?.issues[0]?.message).toContain('Sagsnummeret passer ikke');
    expect(z.toJSONSchema(zCaseNumber, { io: 'input' })).toMatchObject({ type: 'string' });
  });
});

describe('the label of a case', () => {
  it('is a bird and where it is, no two alike, none with a number', () => {
    const labels = Array.from({ length: LABEL_COUNT }, (_, draw) => labelFor(draw));
    expect(new Set(labels).size).toBe(LABEL_COUNT);
    for (const name of BIRD_NAMES) expect(name).toMatch(/^[A-ZÆØÅ][a-zæøå]+(en|et)$/);
    for (const place of BIRD_PLACES) expect(place).toMatch(/^(ved|i|på|under|over) [a-zæøå]+$/);
    expect(labels).toEqual(expect.arrayContaining(['Falken ved åen', 'Viben på heden', 'Svalen under tagskægget']));
  });

  it('is hardly ever that of another of one’s cases: with thirty of them, in fewer than one office of thirty', () => {
    const pairs = (30 * 29) / 2;
    expect(pairs / LABEL_COUNT).toBeLessThan(1 / 30);
  });

  it('is drawn by any whole number', () => {
    expect(labelFor(0)).toBe(`${BIRD_NAMES[0] ?? ''} ${BIRD_PLACES[0] ?? ''}`);
    expect(labelFor(LABEL_COUNT)).toBe(labelFor(0));
    expect(labelFor(-1)).toBe(labelFor(LABEL_COUNT - 1));
    expect(labelFor(4_294_967_295)).toBe(labelFor(4_294_967_295 % LABEL_COUNT));
  });
});
