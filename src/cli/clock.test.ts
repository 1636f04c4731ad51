import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clockFrom } from './clock.js';

describe('the clock of events', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 9) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows the time of day when none is set', () => {
    expect(clockFrom()()).toBe('2026-11-21T09:00:00.000Z');
  });

  it('starts where a demonstration sets it, and runs on from there', () => {
    const clock = clockFrom(Date.UTC(2019, 0, 14, 9));
    expect(clock()).toBe('2019-01-14T09:00:00.000Z');
    vi.advanceTimersByTime(90_500);
    expect(clock()).toBe('2019-01-14T09:01:30.500Z');
  });
});
