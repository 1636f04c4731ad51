import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caseCommands } from './case.js';

type Schema = Readonly<Record<string, unknown>>;
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** Every object in a schema that would take a field it does not know, by its place. */
const loose = (schema: unknown, place: string): readonly string[] => {
  if (!isSchema(schema)) return [];
  const here = isSchema(schema['properties']) && schema['additionalProperties'] !== false ? [place] : [];
  return [...here, ...Object.entries(schema).flatMap(([name, one]) => loose(one, `${place}/${name}`))];
};

describe('the input of a command', () => {
  it.each(caseCommands.map((one) => [one.name, one] as const))('%s takes no field that it does not know, in no group of it (spec/commands.md)', (_name, one) => {
    expect(loose(z.toJSONSchema(one.input, { io: 'input', unrepresentable: 'any' }), '')).toEqual([]);
  });

  it('would be found if it did', () => {
    expect(loose(z.toJSONSchema(z.strictObject({ a: z.array(z.object({ b: z.string() })) }), { io: 'input' }), '')).toEqual(['/properties/a/items']);
  });
});
