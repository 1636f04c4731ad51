import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  compareDates,
  coversDay,
  dateOfDayNumber,
  dateOfParts,
  dayNumber,
  daysBetween,
  isPlainDate,
  knownDate,
  partsOfDate,
  plainDate,
  weekday,
} from './calendar.js';

const FIRST = dayNumber(knownDate('0001-01-01'));
const LAST = dayNumber(knownDate('9999-12-31'));
const anyDay = fc.integer({ min: FIRST, max: LAST });

describe('a plain date', () => {
  it.each(['2026-11-21', '2024-02-29', '2000-02-29', '1900-02-28', '0001-01-01', '9999-12-31'])('reads %s', (text) => {
    expect(plainDate(text)).toBe(text);
    expect(isPlainDate(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '0000-01-01',
    '2026-1-1',
    '2026-11-21T00:00:00.000Z',
    ' 2026-11-21',
    '21-11-2026',
    '',
  ])('refuses %j, which names no day in this form', (text) => {
    expect(plainDate(text)).toBeUndefined();
    expect(isPlainDate(text)).toBe(false);
  });

  it('refuses what is no text at all', () => {
    expect(isPlainDate(20261121)).toBe(false);
    expect(isPlainDate(null)).toBe(false);
  });

  it('refuses parts that are not whole numbers', () => {
    expect(dateOfParts({ year: 2026, month: 1.5, day: 1 })).toBeUndefined();
    expect(dateOfParts({ year: 2026, month: 1, day: Number.NaN })).toBeUndefined();
  });

  it('throws on a date in the source code that does not exist', () => {
    expect(() => knownDate('2026-02-30')).toThrow('2026-02-30 is no date');
  });

  it('falls apart into year, month and day', () => {
    expect(partsOfDate(knownDate('2026-11-05'))).toEqual({ year: 2026, month: 11, day: 5 });
  });
});

describe('counting days', () => {
  it('counts from 1 January 1970', () => {
    expect(dayNumber(knownDate('1970-01-01'))).toBe(0);
    expect(dayNumber(knownDate('1969-12-31'))).toBe(-1);
    expect(dayNumber(knownDate('2000-03-01'))).toBe(11_017);
  });

  it('finds every day back from its number', () => {
    fc.assert(fc.property(anyDay, (days) => dayNumber(dateOfDayNumber(days)) === days));
  });

  it('agrees with another calendar on every day', () => {
    fc.assert(
      fc.property(anyDay, (days) => {
        const other = new Date(days * 86_400_000);
        expect(dateOfDayNumber(days)).toBe(other.toISOString().slice(0, 10));
        expect(weekday(dateOfDayNumber(days)) % 7).toBe(other.getUTCDay());
      }),
    );
  });

  it('moves over month ends, leap days and new year', () => {
    expect(addDays(knownDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(knownDate('2026-12-31'), 1)).toBe('2027-01-01');
    expect(addDays(knownDate('2026-01-01'), -1)).toBe('2025-12-31');
  });

  it('counts the 14 days of a treatment guarantee in calendar days, holidays included (FM-MEA-3)', () => {
    expect(addDays(knownDate('2026-12-20'), 14)).toBe('2027-01-03');
    expect(daysBetween(knownDate('2026-12-20'), knownDate('2027-01-03'))).toBe(14);
  });

  it('gives negative days backwards', () => {
    expect(daysBetween(knownDate('2026-11-21'), knownDate('2026-11-20'))).toBe(-1);
  });

  it('throws outside the years it knows', () => {
    expect(() => addDays(knownDate('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(knownDate('0001-01-01'), -1)).toThrow(RangeError);
    expect(() => addMonths(knownDate('9999-12-31'), 1)).toThrow(RangeError);
  });
});

describe('counting months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-21', 6, '2027-05-21'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-21', 0, '2026-11-21'],
    ['2026-10-31', 13, '2027-11-30'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(knownDate(from), months)).toBe(to);
  });
});

describe('order and periods', () => {
  it('sorts days in time', () => {
    const days = ['2026-11-21', '2025-12-31', '2026-02-01'].map(knownDate);
    expect([...days].sort(compareDates)).toEqual(['2025-12-31', '2026-02-01', '2026-11-21']);
    expect(compareDates(knownDate('2026-11-21'), knownDate('2026-11-21'))).toBe(0);
  });

  it('counts both ends of a period in', () => {
    const year = { validFrom: knownDate('2026-01-01'), validTo: knownDate('2026-12-31') };
    expect(coversDay(year, knownDate('2026-01-01'))).toBe(true);
    expect(coversDay(year, knownDate('2026-12-31'))).toBe(true);
    expect(coversDay(year, knownDate('2025-12-31'))).toBe(false);
    expect(coversDay(year, knownDate('2027-01-01'))).toBe(false);
    expect(coversDay({}, knownDate('1950-01-01'))).toBe(true);
  });

  it('calls 21 November 2026 a Saturday', () => {
    expect(weekday(knownDate('2026-11-21'))).toBe(6);
    expect(weekday(knownDate('1969-12-29'))).toBe(1);
  });
});
