import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownDate } from './calendar.js';
import {
  addMinutes,
  compareInstants,
  copenhagenDate,
  copenhagenTime,
  epochMilliseconds,
  instant,
  instantFromEpoch,
  instantOf,
  isInstant,
} from './copenhagen.js';
import type { Instant } from './copenhagen.js';

function at(text: string): Instant {
  const moment = instant(text);
  if (moment === undefined) throw new Error(text);
  return moment;
}

const anyMoment = fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2099, 11, 31) });
const wallClock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'short' });

describe('an instant', () => {
  it.each([
    '2026-11-21T09:42:00Z',
    '2026-11-21T09:42:00.000+01:00',
    '2026-11-21T24:00:00.000Z',
    '2026-11-21T23:60:00.000Z',
    '2026-02-29T09:42:00.000Z',
    '2026-11-21 09:42:00.000Z',
    '2026-11-21',
    '',
  ])('refuses %j', (text) => {
    expect(instant(text)).toBeUndefined();
    expect(isInstant(text)).toBe(false);
  });

  it('is milliseconds and back, before 1970 too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -6e13, max: 2e14 }), (milliseconds) => {
        const moment = instantFromEpoch(milliseconds);
        expect(moment).toBe(new Date(milliseconds).toISOString());
        expect(isInstant(moment)).toBe(true);
        expect(epochMilliseconds(moment)).toBe(milliseconds);
      }),
    );
  });

  it('moves by minutes and sorts in time', () => {
    const start = at('2026-12-31T23:30:00.000Z');
    expect(addMinutes(start, 60)).toBe('2027-01-01T00:30:00.000Z');
    expect(addMinutes(start, -1440)).toBe('2026-12-30T23:30:00.000Z');
    expect(compareInstants(start, addMinutes(start, 1))).toBe(-1);
    expect(compareInstants(addMinutes(start, 1), start)).toBe(1);
    expect(compareInstants(start, start)).toBe(0);
  });

  it('throws on a text that was forced into the type', () => {
    expect(() => epochMilliseconds('i går' as Instant)).toThrow(RangeError);
  });
});

describe('the clock in Copenhagen', () => {
  it.each([
    ['2026-11-21T09:42:00.000Z', '2026-11-21', 10, 42],
    ['2026-07-01T22:30:00.000Z', '2026-07-02', 0, 30],
    ['2026-12-31T23:00:00.000Z', '2027-01-01', 0, 0],
    ['2026-03-29T00:59:59.999Z', '2026-03-29', 1, 59],
    ['2026-03-29T01:00:00.000Z', '2026-03-29', 3, 0],
    ['2026-10-25T00:59:00.000Z', '2026-10-25', 2, 59],
    ['2026-10-25T01:00:00.000Z', '2026-10-25', 2, 0],
    ['2024-03-31T01:00:00.000Z', '2024-03-31', 3, 0],
  ])('%s is %s at %i.%i', (moment, date, hour, minute) => {
    expect(copenhagenTime(at(moment))).toEqual({ date, hour, minute });
    expect(copenhagenDate(at(moment))).toBe(date);
  });

  it('agrees with the time zone database from 1996 on', () => {
    fc.assert(
      fc.property(anyMoment, (milliseconds) => {
        const { date, hour, minute } = copenhagenTime(instantFromEpoch(milliseconds));
        const shown = `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        expect(shown).toBe(wallClock.format(milliseconds));
      }),
    );
  });
});

describe('from wall clock to moment', () => {
  it('a deadline at the end of the day lies on that day in Copenhagen', () => {
    expect(instantOf(knownDate('2026-11-21'), 23, 59)).toBe('2026-11-21T22:59:00.000Z');
    expect(instantOf(knownDate('2026-07-01'), 0, 0)).toBe('2026-06-30T22:00:00.000Z');
  });

  it('the hour that comes twice in October means the first', () => {
    expect(instantOf(knownDate('2026-10-25'), 2, 30)).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf(knownDate('2026-10-25'), 3, 0)).toBe('2026-10-25T02:00:00.000Z');
  });

  it('the hour that is skipped in March lies after the change', () => {
    const moment = instantOf(knownDate('2026-03-29'), 2, 30);
    expect(copenhagenTime(moment)).toEqual({ date: '2026-03-29', hour: 3, minute: 30 });
    expect(instantOf(knownDate('2026-03-29'), 3, 0)).toBe('2026-03-29T01:00:00.000Z');
  });

  it('finds its way back from every moment but the second of a doubled hour', () => {
    fc.assert(
      fc.property(anyMoment, (milliseconds) => {
        const whole = milliseconds - (milliseconds % 60_000);
        const shown = copenhagenTime(instantFromEpoch(whole));
        const back = epochMilliseconds(instantOf(shown.date, shown.hour, shown.minute));
        expect([whole, whole - 3_600_000]).toContain(back);
        expect(copenhagenTime(instantFromEpoch(back))).toEqual(shown);
      }),
    );
  });

  it.each([
    [24, 0],
    [-1, 0],
    [12, 60],
    [12, -1],
    [12.5, 0],
    [12, 0.5],
  ])('throws on %d:%d', (hour, minute) => {
    expect(() => instantOf(knownDate('2026-11-21'), hour, minute)).toThrow('is no time of day');
  });
});
