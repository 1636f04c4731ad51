import { commandSchema } from '../../src/app/command-schema.js';
import { agreementInForce, openVersion } from '../../src/domain/exit-case/agreement.js';
import { currentMembers, membershipsOf } from '../../src/domain/exit-case/circle.js';
import { openQuestions } from '../../src/domain/exit-case/question.js';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { addDays, addMinutes, knownDate } from '../../src/domain/kernel/time.js';
import { cast, type CastName, castNames } from './cast.js';
import type { Dice } from './dice.js';
import type { Play } from './playing.js';

/** What an input is made from: the case as it stands, whose command it is, the dice. */
export interface Table {
  readonly play: Play;
  readonly who: CastName;
  readonly dice: Dice;
  /** Words that no other text of the history holds. */
  readonly words: (longest?: number) => string;
}

type Schema = Readonly<Record<string, unknown>>;
export type Input = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (schema: Schema): readonly (readonly [string, Schema])[] =>
  Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}).filter((pair): pair is [string, Schema] =>
    isSchema(pair[1]),
  );
const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const optionsOf = (schema: Schema): readonly string[] =>
  Array.isArray(schema['options'])
    ? schema['options'].flatMap((one: unknown) => (isSchema(one) && typeof one['value'] === 'string' ? [one['value']] : []))
    : [];

const users = castNames.map((name) => cast[name].user);
const NOBODY = '99999999-0000-4000-8000-000000000000';

/** The ids of the case that a field asks for, by its widget or its name. */
const idsFor = ({ play: { state, stream } }: Table, field: string): readonly string[] => {
  const agreed = openVersion(state) ?? agreementInForce(state);
  switch (field) {
    case 'staff':
    case 'roster':
      return users;
    case 'member':
      return currentMembers(state).map((one) => one.user);
    case 'measure':
      return state.measures.measures.map((one) => one.id);
    case 'question':
      return openQuestions(state).map((one) => one.id);
    case 'hearing':
      return state.hearing.hearings.map((one) => one.id);
    case 'precaution':
      return state.security.precautions.map((one) => one.id);
    case 'breach':
      return state.breaches.breaches.map((one) => one.id);
    case 'requirement':
      return agreed?.requirements.map((one) => one.id) ?? [];
    case 'item':
      return [...(agreed?.requirements.map((one) => one.id) ?? []), ...(agreed?.measures.map((one) => one.measure) ?? [])];
    case 'entry':
      return stream.flatMap(({ event }) => ('entry' in event ? [event.entry] : []));
    default:
      return [];
  }
};

/** The authorities of those in the circle and of the measures: what a consent is about. */
export const authoritiesOf = ({ play: { state } }: Table): readonly string[] => [
  ...new Set([
    ...currentMembers(state).map((one) => one.authority),
    ...state.measures.measures.map((one) => one.authority),
    'municipality:0183:jobcentre',
  ]),
];

const text = (table: Table, schema: Schema, name: string): unknown => {
  const { dice } = table;
  const widget = String(schema['widget']);
  if (schema['enum'] !== undefined) return dice.one(strings(schema['enum']));
  if (schema['format'] === 'date') return addDays(table.play.today, dice.between(-20, 40));
  if (schema['format'] === 'date-time') return addMinutes(table.play.now, -dice.between(0, 60 * 24 * 5));
  if (schema['pattern'] !== undefined) return dice.any(idsFor(table, widget === 'hidden' ? name : widget)) ?? NOBODY;
  if (widget === 'select') return dice.one(optionsOf(schema));
  if (widget === 'party') return dice.one(['candidate', 'unit', ...authoritiesOf(table)]);
  if (widget === 'authority' || (widget === 'undefined' && name === 'authorities')) return dice.one(authoritiesOf(table));
  if (name === 'cpr') return demonstrationCpr(addDays(knownDate('1990-01-01'), dice.between(0, 5000)), 'male');
  return table.words(typeof schema['maxLength'] === 'number' ? schema['maxLength'] : undefined);
};

const value = (table: Table, schema: Schema, name: string): unknown => {
  const { dice } = table;
  switch (schema['type']) {
    case 'object':
      return filled(table, schema);
    case 'boolean':
      return dice.percent(50);
    case 'integer':
      return dice.between(1, 26);
    case 'array': {
      const { items } = schema;
      if (!isSchema(items)) return [];
      if (items['enum'] !== undefined) return dice.some(strings(items['enum']), 60);
      return Array.from({ length: dice.between(typeof schema['minItems'] === 'number' ? schema['minItems'] : 0, 3) }, () =>
        value(table, items, name),
      );
    }
    default:
      return text(table, schema, name);
  }
};

const filled = (table: Table, schema: Schema): Input => {
  const required = strings(schema['required']);
  return Object.fromEntries(
    fieldsOf(schema).flatMap(([name, field]) =>
      required.includes(name) || table.dice.percent(40) ? [[name, value(table, field, name)]] : [],
    ),
  );
};

/** An input by the command's own schema alone, with the ids of the case in it; it may be sense or nonsense. */
export const byTheSchema = (table: Table, command: string): Input => filled(table, commandSchema(command) ?? {});

/** The table's own memberships. */
export const mine = ({ play, who }: Table) => membershipsOf(play.state, cast[who].user);
