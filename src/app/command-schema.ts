import { z } from 'zod';
import { caseCommand } from '../domain/exit-case/case.js';

const made = new Map<string, Readonly<Record<string, unknown>>>();

/** The JSON Schema (2020-12) of a command's input, as the API publishes it and forms are drawn from it; undefined for an unknown name. */
export function commandSchema(name: string): Readonly<Record<string, unknown>> | undefined {
  const known = made.get(name);
  if (known) return known;
  const command = caseCommand(name);
  if (!command) return undefined;
  const schema = z.toJSONSchema(command.input, { io: 'input', unrepresentable: 'any' }) as Readonly<Record<string, unknown>>;
  made.set(name, schema);
  return schema;
}
