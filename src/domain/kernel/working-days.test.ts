import { describe, expect, it } from 'vitest';
import { knownDate } from './calendar.js';
import { addWorkingDays, danishHolidays, easterSunday, isWorkingDay } from './working-days.js';

describe('Danish holidays', () => {
  it.each([
    [1954, '1954-04-18'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2024, '2024-03-31'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('Easter of %i falls on %s', (year, date) => {
    expect(easterSunday(year)).toBe(date);
  });

  it('lists those of 2026 in order', () => {
    expect(danishHolidays(2026).map(({ date, name }) => `${date} ${name}`)).toEqual([
      '2026-01-01 Nytårsdag',
      '2026-04-02 Skærtorsdag',
      '2026-04-03 Langfredag',
      '2026-04-05 Påskedag',
      '2026-04-06 2. påskedag',
      '2026-05-14 Kristi himmelfartsdag',
      '2026-05-24 Pinsedag',
      '2026-05-25 2. pinsedag',
      '2026-12-25 Juledag',
      '2026-12-26 2. juledag',
    ]);
  });

  it('keeps Store bededag until 2023 and not after', () => {
    const bededag = (year: number) => danishHolidays(year).find(({ name }) => name === 'Store bededag')?.date;
    expect(bededag(2023)).toBe('2023-05-05');
    expect(bededag(2024)).toBeUndefined();
    expect(isWorkingDay(knownDate('2024-04-26'))).toBe(true);
  });

  it('holds neither 5 June nor 24 or 31 December, which no law makes holidays', () => {
    for (const day of ['2026-06-05', '2026-12-24', '2026-12-31']) expect(isWorkingDay(knownDate(day))).toBe(true);
  });
});

describe('working days', () => {
  it.each(['2026-11-21', '2026-11-22', '2026-04-06', '2026-12-25', '2026-01-01'])('%s is none', (day) => {
    expect(isWorkingDay(knownDate(day))).toBe(false);
  });

  it('an inquiry of Friday evening is late after Monday (one working day)', () => {
    expect(addWorkingDays(knownDate('2026-11-20'), 1)).toBe('2026-11-23');
  });

  it('three working days leap over Easter (FM-POOL-3)', () => {
    expect(addWorkingDays(knownDate('2026-04-01'), 3)).toBe('2026-04-09');
  });

  it('counts from a Saturday on, and backwards', () => {
    expect(addWorkingDays(knownDate('2026-11-21'), 1)).toBe('2026-11-23');
    expect(addWorkingDays(knownDate('2026-11-23'), -1)).toBe('2026-11-20');
    expect(addWorkingDays(knownDate('2026-01-02'), -1)).toBe('2025-12-31');
  });

  it('no days is the same day, also on a Sunday', () => {
    expect(addWorkingDays(knownDate('2026-11-22'), 0)).toBe('2026-11-22');
  });
});
