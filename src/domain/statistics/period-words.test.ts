import { describe, expect, it } from 'vitest';
import { instant, type Instant, knownDate } from '../kernel/time.js';
import { drawnWords, lastDayBy, periodWords } from './period-words.js';

const at = (text: string): Instant => instant(text) ?? (() => { throw new Error(text); })();

describe('what figures are of and when they were drawn, in words (FM-STA-4)', () => {
  it('a period has two days, and one that is a single day has one', () => {
    expect(periodWords({ from: knownDate('2015-04-01'), asOf: knownDate('2019-01-14') })).toBe('1. april 2015 – 14. januar 2019');
    expect(periodWords({ from: knownDate('2026-11-23'), asOf: knownDate('2026-11-23') })).toBe('23. november 2026');
  });

  it('the end of a day is that day’s, winter and summer, and not the next at 0.00', () => {
    expect(drawnWords(at('2019-01-14T23:00:00.000Z'))).toBe('Opgjort ved udgangen af 14. januar 2019');
    expect(drawnWords(at('2026-06-30T22:00:00.000Z'))).toBe('Opgjort ved udgangen af 30. juni 2026');
    expect(drawnWords(at('2026-11-21T09:42:00.000Z'))).toBe('Opgjort 21. november 2026 kl. 10.42');
    expect([lastDayBy(at('2019-01-14T23:00:00.000Z')), lastDayBy(at('2019-01-14T23:00:01.000Z'))]).toEqual(['2019-01-14', '2019-01-15']);
  });
});
