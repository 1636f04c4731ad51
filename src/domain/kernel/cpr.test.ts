import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfDayNumber, dayNumber, knownDate } from './calendar.js';
import { ageBand, ageOn, demonstrationCpr, formatCpr, isDemonstrationCpr, maskCpr, parseCpr, zCpr } from './cpr.js';
import type { Cpr } from './cpr.js';

function read(text: string): Cpr {
  const cpr = parseCpr(text);
  if (cpr.kind === 'invalid') throw new Error(cpr.why);
  return cpr;
}

// Months of 81 to 92 stand in for January to December, so that no number in this file can be somebody's.
describe('reading a CPR number (FM-LAW-3)', () => {
  it.each(['058101-3457', '0581013457', ' 0581 01 3457 ', '058101 - 3457', '058101–3457', '058101 3457'])('reads %j', (text) => {
    expect(read(text)).toMatchObject({ number: '0581013457', birthDate: '1901-01-05', sex: 'male' });
  });

  it.each([
    ['0', '00', '1900'],
    ['3', '99', '1999'],
    ['4', '00', '2000'],
    ['4', '36', '2036'],
    ['4', '37', '1937'],
    ['4', '99', '1999'],
    ['5', '00', '2000'],
    ['5', '57', '2057'],
    ['5', '58', '1858'],
    ['8', '57', '2057'],
    ['8', '99', '1899'],
    ['9', '36', '2036'],
    ['9', '37', '1937'],
  ])('seventh digit %s and year %s mean %s', (seventh, year, full) => {
    expect(read(`0181${year}-${seventh}120`).birthDate).toBe(`${full}-01-01`);
  });

  it('tells the sex by the last digit', () => {
    expect(read('018190-3120').sex).toBe('female');
    expect(read('018190-3121').sex).toBe('male');
  });

  it('never rejects a number for its check digit, but tells whether it fits', () => {
    const flags = Array.from({ length: 10 }, (_, last) => read(`018165-312${last}`).modulus11);
    expect(flags.filter(Boolean)).toHaveLength(1);
    expect(flags).toContain(false);
  });

  it('computes the check by the official weights 4 3 2 7 6 5 4 3 2 1', () => {
    // 0·4 + 1·3 + 8·2 + 1·7 + 6·6 + 5·5 + 3·4 + 1·3 + 2·2 + 4·1 = 110 = 10·11
    expect(read('018165-3124').modulus11).toBe(true);
    expect(read('108165-3124').modulus11).toBe(false);
  });

  it('reads 29 February only in the years that have it', () => {
    expect(read('298200-4120').birthDate).toBe('2000-02-29');
    expect(parseCpr('298200-0120')).toMatchObject({ kind: 'invalid' });
  });

  it('keeps replacement numbers, day + 60, as a kind of their own', () => {
    expect(read('670165-0001')).toMatchObject({ kind: 'replacement', birthDate: '1965-01-07', number: '6701650001' });
    expect(read('910165-0001').birthDate).toBe('1965-01-31');
    expect(parseCpr('920165-0001').kind).toBe('invalid');
    expect(parseCpr('600165-0001').kind).toBe('invalid');
  });

  it('does not turn one date into another, as the public package does', () => {
    expect(parseCpr('310299-1234').kind).toBe('invalid');
  });

  it.each([
    '310299-1234',
    '000165-0001',
    '320165-0001',
    '011365-0001',
    '010065-0001',
    '993165-0001',
    '618165-0001',
    '019365-0001',
  ])('refuses %s: no such day', (text) => {
    expect(parseCpr(text)).toEqual({
      kind: 'invalid',
      why: 'De første seks cifre er ikke en dato, der findes. Se efter, om to cifre er byttet om.',
    });
  });

  it.each(['', '018165', '018165-312', '018165-31200', '01-81-65-3120', '018165-312A', '0181653120;', 'cpr 018165-3120'])(
    'refuses %j: not ten digits',
    (text) => {
      expect(parseCpr(text)).toEqual({
        kind: 'invalid',
        why: 'Skriv CPR-nummeret med ti cifre: dag, måned, år og de fire sidste cifre.',
      });
    },
  );

  it('gives the ten digits as input, or the reason', () => {
    expect(zCpr.parse(' 018165-3120')).toBe('0181653120');
    const refused = zCpr.safeParse('310299-1234');
    expect(refused.error?.issues[0]?.message).toContain('ikke en dato');
  });
});

describe('demonstration people (FM-LAW-3)', () => {
  const births = fc.integer({ min: dayNumber(knownDate('1900-01-01')), max: dayNumber(knownDate('2036-12-31')) });

  it('carry numbers that can be nobody’s, yet tell birth and sex', () => {
    fc.assert(
      fc.property(
        births,
        fc.constantFrom('female' as const, 'male' as const),
        fc.integer({ min: 0, max: 499 }),
        (day, sex, count) => {
          const birthDate = dateOfDayNumber(day);
          const number = demonstrationCpr(birthDate, sex, count);
          expect(Number(number.slice(2, 4))).toBeGreaterThan(12);
          expect(Number(number.slice(0, 2))).toBeLessThan(32);
          expect(read(number)).toMatchObject({ kind: 'demonstration', birthDate, sex, number });
          expect(isDemonstrationCpr(formatCpr(number))).toBe(true);
        },
      ),
    );
  });

  it('differ when born on the same day', () => {
    const day = knownDate('1994-03-12');
    const numbers = new Set(Array.from({ length: 500 }, (_, count) => demonstrationCpr(day, 'male', count)));
    expect(numbers.size).toBe(500);
  });

  it('are told from personal and replacement numbers', () => {
    expect(isDemonstrationCpr('670165-0001')).toBe(false);
    expect(isDemonstrationCpr('310299-1234')).toBe(false);
    expect(isDemonstrationCpr('nonsense')).toBe(false);
  });

  it('cannot be made outside what a number can tell', () => {
    expect(() => demonstrationCpr(knownDate('1899-12-31'), 'male')).toThrow(RangeError);
    expect(() => demonstrationCpr(knownDate('2037-01-01'), 'male')).toThrow(RangeError);
    expect(() => demonstrationCpr(knownDate('1994-03-12'), 'male', 500)).toThrow(RangeError);
    expect(() => demonstrationCpr(knownDate('1994-03-12'), 'male', -1)).toThrow(RangeError);
    expect(() => demonstrationCpr(knownDate('1994-03-12'), 'male', 0.5)).toThrow(RangeError);
  });
});

describe('a number on screen', () => {
  it('is grouped, and masked alike for everybody', () => {
    expect(formatCpr(read('0181653120').number)).toBe('018165-3120');
    expect(maskCpr()).toBe('••••••-••••');
  });
});

describe('age', () => {
  it.each([
    ['2000-06-15', '2018-06-14', 17],
    ['2000-06-15', '2018-06-15', 18],
    ['2000-12-31', '2018-01-01', 17],
    ['2004-02-29', '2022-02-28', 17],
    ['2004-02-29', '2022-03-01', 18],
  ])('born %s is on %s aged %i', (born, on, age) => {
    expect(ageOn(knownDate(born), knownDate(on))).toBe(age);
  });

  it.each([
    [0, 'under18'],
    [17, 'under18'],
    [18, '18-24'],
    [24, '18-24'],
    [25, '25-29'],
    [29, '25-29'],
    [30, '30-39'],
    [39, '30-39'],
    [40, '40+'],
    [81, '40+'],
  ])('%i is counted as %s (FM-STA-2, FM-LAW-5)', (age, band) => {
    expect(ageBand(age)).toBe(band);
  });
});
