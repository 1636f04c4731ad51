import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOfDayNumber, knownDate } from './calendar.js';
import { instantOf } from './copenhagen.js';
import { dueInWords, formatDate, formatDay, formatInstant, formatTime, parseDanishDate } from './danish-dates.js';

const saturday = knownDate('2026-11-21');

describe('dates as Danes write them', () => {
  it('writes day, month in words and year', () => {
    expect(formatDate(saturday)).toBe('21. november 2026');
    expect(formatDate(knownDate('2026-03-01'))).toBe('1. marts 2026');
    expect(formatDay(saturday)).toBe('Lørdag 21. november 2026');
    expect(formatDay(knownDate('2026-11-22'))).toBe('Søndag 22. november 2026');
  });

  it('writes the time with a full stop and Copenhagen hours', () => {
    expect(formatTime(instantOf(saturday, 10, 42))).toBe('kl. 10.42');
    expect(formatTime(instantOf(saturday, 9, 5))).toBe('kl. 9.05');
    expect(formatInstant(instantOf(knownDate('2026-07-01'), 0, 0))).toBe('1. juli 2026 kl. 0.00');
  });
});

describe('how far off something is due', () => {
  it.each([
    [0, 'I dag'],
    [1, 'I morgen'],
    [2, 'Mandag, om 2 dage'],
    [6, 'Fredag, om 6 dage'],
    [7, 'Om 7 dage'],
    [9, 'Om 9 dage'],
    [-1, '1 dag for sent'],
    [-2, '2 dage for sent'],
    [-40, '40 dage for sent'],
    [-3373, '3.373 dage for sent'],
  ])('%i days: %s', (days, words) => {
    expect(dueInWords(addDays(saturday, days), saturday)).toBe(words);
  });
});

describe('reading a typed date', () => {
  it.each([
    '21. november 2026',
    '21 november 2026',
    '21. November 2026',
    'den 21. november 2026',
    '21. nov. 2026',
    '21.11.2026',
    '21. 11. 2026',
    '21-11-2026',
    '21/11 2026',
    '21/11-2026',
    '21/11/2026',
    '  2026-11-21 ',
  ])('reads %j', (text) => {
    expect(parseDanishDate(text)).toBe('2026-11-21');
  });

  it('reads the day before the month, as Danes do', () => {
    expect(parseDanishDate('3/4 2026')).toBe('2026-04-03');
    expect(parseDanishDate('1.5.2026')).toBe('2026-05-01');
    expect(parseDanishDate('3. maj 2026')).toBe('2026-05-03');
  });

  it.each([
    '21112026',
    '21.11.26',
    '211126',
    '31.2.2026',
    '29. februar 2026',
    '21. novembr 2026',
    '21. m 2026',
    '21. ma 2026',
    '11/21 2026',
    '2026/11/21',
    'i morgen',
    '21 11',
    '',
  ])('refuses %j', (text) => {
    expect(parseDanishDate(text)).toBeUndefined();
  });

  it('reads back every date it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (days) => {
        const date = dateOfDayNumber(days);
        expect(parseDanishDate(formatDate(date))).toBe(date);
      }),
    );
  });
});
