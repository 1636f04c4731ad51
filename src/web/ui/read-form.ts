/** Turns a posted form back into a command's input; the reverse of what `schema-form.tsx` draws. */

import { instantOf, parseDanishDate } from '../../domain/kernel/time.js';
import { formModel, joinName } from './schema-model.js';
import type { FieldNode, GroupNode, JsonSchema, RepeatNode, SchemaNode } from './schema-model.js';

/** A posted form as the server's parser gives it: a field of several values is a list. */
export type FormBody = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads the posted fields of a schema. Texts are trimmed, empty ones left out, and what cannot be read as what it should be (a date,
 * a number) stays as it was typed: validation then says what is wrong with it, and the form shows it again. Never throws.
 */
export const readForm = (schema: JsonSchema, body: FormBody): unknown => readNodes(formModel(schema), body, '');

/** The names of the two inputs a moment is typed in. */
export const instantNames = (name: string): { readonly date: string; readonly time: string } => ({
  date: `${name}-dato`,
  time: `${name}-tid`,
});

/** How a moment that could not be read is kept: the two texts, told apart by this. */
export const INSTANT_JOINT = ' kl. ';

const valuesIn = (body: FormBody, name: string): readonly string[] => {
  const posted = Object.hasOwn(body, name) ? body[name] : undefined;
  const values = posted === undefined ? [] : typeof posted === 'string' ? [posted] : posted;
  return values.map((value) => value.replaceAll('\r\n', '\n').trim()).filter((value) => value !== '');
};

const readNodes = (nodes: readonly SchemaNode[], body: FormBody, path: string): Record<string, unknown> => {
  const read: Record<string, unknown> = {};
  for (const node of nodes) {
    const value = readNode(node, body, joinName(path, node.key));
    if (node.key === '') return value as Record<string, unknown>;
    if (value !== undefined) read[node.key] = value;
  }
  return read;
};

const readNode = (node: SchemaNode, body: FormBody, name: string): unknown => {
  if (node.node === 'field') return readField(node, body, name);
  return node.node === 'group' ? readGroup(node, body, name) : readRepeat(node, body, name);
};

/** Whether anybody filled in anything: an unticked box is not an answer by itself. */
const isFilled = (value: unknown): boolean => {
  if (value === undefined || value === null || value === false) return false;
  if (typeof value !== 'object') return true;
  return Object.values(value).some(isFilled);
};

const askedFor = (nodes: readonly SchemaNode[]): readonly SchemaNode[] =>
  nodes.filter((node) => node.node !== 'field' || node.constant === undefined);

const isGroupFilled = (nodes: readonly SchemaNode[], read: Readonly<Record<string, unknown>>): boolean =>
  askedFor(nodes).some((node) => isFilled(read[node.key]));

/** A group that must be there is there even when empty, so that validation speaks of its fields. */
const readGroup = (group: GroupNode, body: FormBody, name: string): unknown => {
  const read = readNodes(group.children, body, name);
  if (!group.required && !isGroupFilled(group.children, read)) return undefined;
  const keys = group.variants?.keys.get(String(read[group.variants.by]));
  return keys === undefined ? read : Object.fromEntries(Object.entries(read).filter(([key]) => keys.includes(key)));
};

const readRepeat = (repeat: RepeatNode, body: FormBody, name: string): unknown => {
  const groups = Array.from({ length: repeat.most }, (_, at) => readNodes(repeat.children, body, joinName(name, at)));
  const filled = groups.filter((group) => isGroupFilled(repeat.children, group));
  return filled.length > 0 || repeat.required ? filled : undefined;
};

const readField = (field: FieldNode, body: FormBody, name: string): unknown => {
  if (field.constant !== undefined) return field.required || valuesIn(body, name).length > 0 ? field.constant : undefined;
  if (field.kind === 'instant') return readInstant(body, name);
  const values = valuesIn(body, name);
  if (field.value === 'list') return readList(field, values);
  const [value] = values;
  if (field.kind === 'checkbox') return value !== undefined && value !== 'false';
  if (value === undefined) return field.nullable && field.required ? null : undefined;
  if (field.kind === 'date') return parseDanishDate(value) ?? value;
  if (field.value === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return field.value === 'integer' || field.value === 'number' ? readNumber(value) : value;
};

/** An emptied list is still an answer where there is a default or something is demanded. */
const readList = (field: FieldNode, values: readonly string[]): unknown => {
  const items =
    field.kind === 'lines'
      ? values
          .flatMap((value) => value.split('\n'))
          .map((line) => line.trim())
          .filter(Boolean)
      : values;
  if (items.length === 0) return field.required || field.initial !== undefined ? [] : undefined;
  return field.each === 'date' ? items.map((item) => parseDanishDate(item) ?? item) : [...items];
};

/** '12.500,50' and '12500,50' → 12500.5; anything else as typed. */
const readNumber = (value: string): number | string => {
  const grouped = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/u.test(value) ? value.replaceAll('.', '') : value;
  return /^-?\d+(,\d+)?$/u.test(grouped) ? Number(grouped.replace(',', '.')) : value;
};

const CLOCK = /^(?:kl\.?\s*)?(\d{1,2})(?:\s*[.:,]\s*(\d{2})|(\d{2}))?$/iu;

/** '10.25', '10:25', '1025', 'kl. 10' → hour and minute, when the day has them. */
const readClock = (value: string): { readonly hour: number; readonly minute: number } | undefined => {
  const match = CLOCK.exec(value);
  if (!match) return undefined;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? match[3] ?? '0')];
  return hour <= 23 && minute <= 59 ? { hour, minute } : undefined;
};

const readInstant = (body: FormBody, name: string): string | undefined => {
  const [settled] = valuesIn(body, name);
  if (settled !== undefined) return settled;
  const names = instantNames(name);
  const [date = ''] = valuesIn(body, names.date);
  const [time = ''] = valuesIn(body, names.time);
  if (date === '' && time === '') return undefined;
  const day = parseDanishDate(date);
  const clock = readClock(time);
  return day !== undefined && clock !== undefined ? instantOf(day, clock.hour, clock.minute) : `${date}${INSTANT_JOINT}${time}`;
};
