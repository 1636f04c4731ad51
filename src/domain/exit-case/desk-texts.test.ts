import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caseCommands } from './case.js';

/** Every field of the contact point's commands in which somebody writes. */
const written = caseCommands.filter(({ name }) => name.startsWith('contactPoint.')).flatMap(({ name, input }) => {
  const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).flatMap(([field, schema]) => (typeof schema === 'object' && ['text', 'textarea'].includes(String(schema['widget'])) ? [[name, field, input] as const] : []));
});
const faultsAt = (input: z.ZodType, field: string, text: string): readonly string[] =>
  input.safeParse({ [field]: text }).error?.issues.filter(({ path }) => path[0] === field).map(({ message }) => message) ?? [];

describe('what the contact point writes', () => {
  it('is known field by field: none of them is left out below', () => {
    expect(written.map(([name, field]) => `${name} ${field}`).sort()).toEqual([
      'contactPoint.advise advice', 'contactPoint.decide complaintRoute', 'contactPoint.decide reasons', 'contactPoint.decideReview complaintRoute', 'contactPoint.decideReview reasons',
      'contactPoint.nameUnit reason', 'contactPoint.returnQuestion advice',
    ]);
  });

  it.each(written)('has no CPR number in it, for it goes to the unit and into letters: %s, %s (FM-CNF-2, FM-CNF-4, FM-LAW-1)', (_name, field, input) => {
    for (const cpr of ['018190-3001', '018190 3001', '0181903001']) expect(faultsAt(input, field, `Praktikken er passet i fem uger. ${cpr}`), cpr).toEqual([expect.stringContaining('CPR-nummer')]);
    expect(faultsAt(input, field, 'Praktikken er passet i fem uger siden 1. oktober 2026')).toEqual([]);
  });
});

describe('guidance on complaint', () => {
  it.each(written.filter(([, field]) => field === 'complaintRoute'))('may say whom to ring and write to: %s (FM-LAW-1)', (_name, field, input) => {
    expect(faultsAt(input, field, 'Skriv til klage@eksempel.dk, eller ring på 99 12 34 56. Se www.eksempel.dk')).toEqual([]);
  });
});
