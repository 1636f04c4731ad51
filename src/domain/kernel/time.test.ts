import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownDate, plainDateBetween, zInstant, zPlainDate } from './time.js';

function messages(result: z.ZodSafeParseResult<unknown>): string[] {
  return result.success ? [] : [...new Set(result.error.issues.map(({ message }) => message))];
}

describe('input of days and moments', () => {
  it('accepts a day that exists', () => {
    expect(zPlainDate.parse('2024-02-29')).toBe('2024-02-29');
  });

  it.each(['2026-02-29', '0000-01-01', '21. november 2026', '', 20261121, undefined])('refuses %j in Danish', (value) => {
    expect(messages(zPlainDate.safeParse(value))).toEqual(['Skriv en dato, der findes, f.eks. 21. november 2026.']);
  });

  it('accepts an instant in UTC with milliseconds only', () => {
    expect(zInstant.parse('2026-11-21T09:42:00.000Z')).toBe('2026-11-21T09:42:00.000Z');
    expect(messages(zInstant.safeParse('2026-11-21T09:42:00Z'))[0]).toMatch(
      /^Skriv datoen som .* klokkeslættet som 10\.42$/,
    );
    for (const empty of ['', undefined]) expect(messages(zInstant.safeParse(empty))).toEqual(['Skriv dato og klokkeslæt']);
    expect(zInstant.safeParse('0000-01-01T00:00:00.000Z').success).toBe(false);
  });

  it('can be shown as JSON Schema, as the list of actions needs it', () => {
    expect(z.toJSONSchema(zPlainDate)).toMatchObject({ type: 'string', format: 'date' });
    expect(z.toJSONSchema(zInstant)).toMatchObject({ type: 'string', format: 'date-time' });
  });
});

describe('a day within bounds', () => {
  const schema = plainDateBetween(knownDate('2015-04-01'), knownDate('2026-11-21'), 'Samtykket');

  it('accepts both bounds', () => {
    expect(schema.safeParse('2015-04-01').success).toBe(true);
    expect(schema.safeParse('2026-11-21').success).toBe(true);
  });

  it.each(['2015-03-31', '2026-11-22'])('refuses %s and says which days are allowed', (text) => {
    expect(messages(schema.safeParse(text))).toEqual(['Samtykket skal ligge fra 1. april 2015 til 21. november 2026.']);
  });

  it('says of a day that does not exist that it does not', () => {
    expect(messages(schema.safeParse('2026-02-30'))).toEqual(['Skriv en dato, der findes, f.eks. 21. november 2026.']);
  });

  it('carries the label of the field', () => {
    expect(schema.meta()).toMatchObject({ label: 'Samtykket' });
  });
});
