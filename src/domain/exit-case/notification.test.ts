import { describe, expect, it } from 'vitest';
import { addDays, formatDate, instantOf, knownDate } from '../kernel/time.js';
import { ACKNOWLEDGED_KINDS, notificationAge, notificationWords, NOTIFICATION_WORDS, readBy } from './notification.js';

const day = knownDate('2026-11-20');
const evening = instantOf(day, 23, 59);
const morning = instantOf(day, 0, 0);

describe('the age of a notification (FM-NOT-1)', () => {
  it.each([
    [0, 'new', 'I dag'], [1, 'new', '1 dag'], [2, 'new', '2 dage'], [3, 'old', '3 dage'], [6, 'old', '6 dage'], [7, 'too-old', '7 dage'], [400, 'too-old', '400 dage'],
  ] as const)('after %d days it is %s: %s', (days, state, words) => {
    for (const at of [morning, evening]) expect(notificationAge(at, addDays(day, days))).toEqual({ days, state, words });
  });

  it('goes by the days of Copenhagen, also where UTC has another', () => {
    // 00.30 on the 20th in Copenhagen is the 19th in UTC; in summer 01.30 is.
    expect(notificationAge(instantOf(day, 0, 30), day).days).toBe(0);
    expect(notificationAge(instantOf(knownDate('2026-07-20'), 1, 30), knownDate('2026-07-23')).state).toBe('old');
    // Over the night on which the clock is set back.
    expect(notificationAge(instantOf(knownDate('2026-10-24'), 23, 30), knownDate('2026-10-25')).words).toBe('1 dag');
  });

  it('is no less than today for what a clock ahead has sent', () => {
    expect(notificationAge(instantOf(addDays(day, 1), 8, 0), day)).toMatchObject({ days: 0, state: 'new' });
  });

  it('is due on the last day before it is too old', () => {
    const last = readBy(evening);
    expect([notificationAge(evening, last).state, notificationAge(evening, addDays(last, 1)).state]).toEqual(['old', 'too-old']);
  });
});

describe('what a notification says (FM-NOT-1)', () => {
  it('is said in words of its own for every kind, and an opening in an emergency is not acknowledged with the rest (FM-CNF-10)', () => {
    expect(new Set(Object.values(NOTIFICATION_WORDS)).size).toBe(9);
    expect(ACKNOWLEDGED_KINDS).toHaveLength(8);
    expect(ACKNOWLEDGED_KINDS).not.toContain('card-opened');
  });

  it('is of a correction what does not hold, from which day, or that the record does not say (FM-WORK-2)', () => {
    expect(notificationWords('corrected', { kind: 'refused', at: evening })).toBe(`Rettelse: “Der er givet afslag” fra ${formatDate(day)} var registreret forkert og gælder ikke`);
    expect(notificationWords('corrected', null)).toContain('noget, I tidligere har fået besked om');
    expect(notificationWords('course-status', null)).toBe('Status på forløbet');
  });
});
