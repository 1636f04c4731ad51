import { requirementWords } from '../../../app/agreement-words.js';
import type { OpenedCase } from '../../../app/open-case.js';
import { seesMeasure } from '../../../domain/access/scopes.js';
import { canBeShared } from '../../../domain/exit-case/breach-words.js';
import { openQuestions } from '../../../domain/exit-case/question.js';
import { returnableFrom } from '../../../domain/exit-case/question-desk.js';
import { seatsOf, seatsToSpeak } from '../../../domain/exit-case/circle.js';
import type { PlainDate } from '../../../domain/kernel/time.js';
import { conclusionOf } from '../../../domain/exit-case/vote.js';
import { type Measure, measureOf } from '../../../domain/exit-case/measure.js';
import type { JsonSchema } from '../../ui/schema-form.js';
import { measureTitle } from '../../../app/measure-words.js';

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The measure a form is about, when that is settled or there is but one, and the reader may know of it. */
export const measureMeant = (opened: OpenedCase, values: Readonly<Record<string, unknown>>): Measure | undefined => {
  const id = values['measure'];
  const measure = typeof id === 'string' ? measureOf(opened.state, id) : undefined;
  return measure && seesMeasure(opened.state, opened.actor.user, measure) ? measure : undefined;
};

const HOUSING = ['pressingNeed', 'meetsCriteria', 'dwelling'];
const TREATMENT = ['planAligned', 'coherence'];

/** The day from which the question of this form may go back to the unit, where it may not yet (FM-DEC-2). */
export const returnDay = ({ state }: OpenedCase, values: Readonly<Record<string, unknown>>, today: PlainDate): PlainDate | undefined => {
  const question = openQuestions(state).find((one) => one.id === values['question']);
  return question && returnableFrom(question, today);
};

/** Fields of a command that do not concern this case or this reader; they are not asked for. */
export function fieldsLeftOut(command: string, opened: OpenedCase, values: Readonly<Record<string, unknown>>, today: PlainDate): readonly string[] {
  const { state, actor } = opened;
  switch (command) {
    case 'measure.decide':
    case 'measure.start':
    case 'measure.report':
    case 'measure.complete':
    case 'measure.stop': {
      const measure = measureMeant(opened, values);
      if (!measure) return [];
      return [
        ...(measure.outside ? [] : ['evidence']),
        ...(measure.measureType === 'boliganvisning' ? [] : HOUSING),
        ...(measure.measureType === 'stofmisbrug' ? [] : TREATMENT),
      ];
    }
    case 'agreement.accede': {
      const { party } = values;
      if (party === undefined || party === 'candidate') return [];
      const outside = state.measures.measures.some((one) => one.authority === party && one.outside);
      return outside ? ['words'] : ['words', 'evidence'];
    }
    case 'assessment.submit': {
      const [mine] = seatsOf(state, actor.user);
      const given = mine !== undefined && conclusionOf(state, mine) !== undefined;
      const mayBeRead = given && seatsToSpeak(state).some((seat) => seat !== mine && conclusionOf(state, seat) !== undefined);
      return mayBeRead ? [] : ['changeReason'];
    }
    case 'breach.record':
      // What was written stays in sight, also when it may be shared no longer.
      return values['what'] !== undefined || canBeShared(state, undefined, today) ? [] : ['what', 'kind'];
    case 'address.protect':
      return values['step'] === 'notice' ? [] : ['children'];
    case 'case.keepDespiteDouble':
      // A reason is owed by the unit that was asked to end its own; what was written stays in sight.
      return state.double.told?.ends === true || values['note'] !== undefined ? [] : ['note'];
    case 'contactPoint.returnQuestion':
      // Advice goes with what goes to the unit; what was written stays in sight.
      return returnDay(opened, values, today) === undefined || values['advice'] !== undefined ? [] : ['advice'];
    case 'attachment.add':
      // It comes with the file.
      return ['name'];
    case 'assessment.targetGroup':
      return actor.authority.startsWith('police:') ? [] : ['registration'];
    default:
      return [];
  }
}

/** The title a row of a prefilled list has of its own: the measure's or the requirement's. */
const rowTitle = (opened: OpenedCase, id: unknown): string => {
  const measure = typeof id === 'string' ? measureOf(opened.state, id) : undefined;
  if (measure) return seesMeasure(opened.state, opened.actor.user, measure) ? measureTitle(opened, measure) : 'Tiltag hos en anden myndighed';
  return typeof id === 'string' ? (requirementWords(opened).get(id) ?? 'Krav') : 'Krav';
};

/** Lists with one row for each measure or requirement of the agreement, by the field that names it. */
const ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'followUp.hold': { measures: 'measure', requirements: 'requirement' },
  'agreement.accede': { words: 'item' },
  'agreement.reportStatus': { elements: 'measure' },
};

/** Draws those lists as one named group a row, with no room for more and nothing to choose. */
export function withNamedRows(command: string, schema: JsonSchema, opened: OpenedCase, values: unknown): JsonSchema {
  const rows = ROWS[command];
  if (!rows || !isSchema(schema['properties'])) return schema;
  const drawn = Object.entries(schema['properties']).map(([key, field]): [string, unknown] => {
    const naming = rows[key];
    const list = isSchema(values) ? values[key] : undefined;
    if (naming === undefined || !isSchema(field) || !isSchema(field['items']) || !Array.isArray(list)) return [key, field];
    const { items, hint: _hint, ...rest } = field;
    const properties = isSchema(items) && isSchema(items['properties']) ? items['properties'] : {};
    const settled = isSchema(properties[naming]) ? { ...properties[naming], widget: 'hidden' } : {};
    const row = (one: unknown): JsonSchema => ({ ...(isSchema(items) ? items : {}), label: rowTitle(opened, isSchema(one) ? one[naming] : undefined), properties: { ...properties, [naming]: settled } });
    const named = Object.fromEntries(list.map((one: unknown, at) => [String(at), row(one)]));
    return [key, { ...rest, type: 'object', required: Object.keys(named), properties: named }];
  });
  const empty = (field: unknown): boolean => isSchema(field) && isSchema(field['properties']) && Object.keys(field['properties']).length === 0;
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly unknown[]) : [];
  return { ...schema, required: [...required, ...Object.keys(rows)], properties: Object.fromEntries(drawn.filter(([, field]) => !empty(field))) };
}

/** Without one of the things to choose among. */
const withoutOption = (schema: JsonSchema, field: string, value: string): JsonSchema => {
  const { properties } = schema;
  if (!isSchema(properties) || !isSchema(properties[field]) || !Array.isArray(properties[field]['options'])) return schema;
  const options = (properties[field]['options'] as readonly unknown[]).filter((one) => !isSchema(one) || one['value'] !== value);
  return { ...schema, properties: { ...properties, [field]: { ...properties[field], options } } };
};

const without = (schema: JsonSchema, group: string, field: string, more: JsonSchema = {}): JsonSchema => {
  const properties = schema['properties'];
  if (!isSchema(properties) || !isSchema(properties[group]) || !isSchema(properties[group]['properties'])) return schema;
  const rest = Object.fromEntries(Object.entries(properties[group]['properties']).filter(([key]) => key !== field));
  return { ...schema, properties: { ...properties, [group]: { ...properties[group], ...more, properties: rest } } };
};

/** Parts of groups that this case does not have, and what this step of several must have: the fourth sign is judged in custody only; a candidate signs for himself (FM-CRS-1, FM-AGR-8). */
export function withoutStrangeParts(command: string, schema: JsonSchema, opened: OpenedCase, values: Readonly<Record<string, unknown>>, today: PlainDate): JsonSchema {
  if (command === 'contactPoint.returnQuestion' && returnDay(opened, values, today) !== undefined) return withoutOption(schema, 'to', 'unit');
  if (command === 'followUp.hold' && opened.state.inquiry.place === 'freedom') return without(schema, 'signs', 'control', { label: 'Tegn på exit' });
  if (command === 'address.protect' && values['step'] === 'notice') return { ...schema, required: [...(schema['required'] as readonly unknown[]), 'children'] };
  if (command === 'case.keepDespiteDouble' && opened.state.double.told?.ends === true) return { ...schema, required: ['note'] };
  if (command !== 'agreement.accede' || values['party'] !== 'candidate') return schema;
  return without({ ...schema, required: [...(schema['required'] as readonly unknown[]), 'evidence'] }, 'evidence', 'by', { hint: undefined });
}
