import { goalWords } from '../../../app/agreement-words.js';
import type { OpenedCase } from '../../../app/open-case.js';
import { agreementInForce, openVersion } from '../../../domain/exit-case/agreement.js';
import { lastFollowUp } from '../../../domain/exit-case/follow-up.js';
import { taskRows } from '../../../domain/exit-case/follows.js';
import { addDays, type PlainDate } from '../../../domain/kernel/time.js';
import { consentTextOn } from '../../../domain/reference/consent-texts.js';
import type { Option } from '../../ui/form.js';
import type { JsonSchema } from '../../ui/schema-form.js';
import { choiceOf } from '../task-choice.js';

type Choices = Readonly<Record<string, readonly Option[]>>;
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields the schema leaves to the page (`hidden`) become lists where the case has something to choose among, by the field's name. */
export function withOwnLists(schema: JsonSchema, choices: Choices, settled: readonly string[], key = ''): JsonSchema {
  const own = schema['widget'] === 'hidden' && !settled.includes(key) && (choices[key]?.length ?? 0) > 0 ? { widget: key } : {};
  const inner = Object.fromEntries(['items', 'properties', 'anyOf', 'oneOf'].flatMap((part): [string, unknown][] => {
    const value = schema[part];
    if (part === 'properties' && isSchema(value)) return [[part, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, isSchema(one) ? withOwnLists(one, choices, settled, name) : one]))]];
    if (Array.isArray(value)) return [[part, value.map((one: unknown) => (isSchema(one) ? withOwnLists(one, choices, settled, key) : one))]];
    return isSchema(value) ? [[part, withOwnLists(value, choices, settled, key)]] : [];
  }));
  return { ...schema, ...inner, ...own };
}

/** Where there is but one question, precaution or hearing, nobody is asked which. */
export function onlyChoices(schema: JsonSchema, choices: Choices): Readonly<Record<string, string>> {
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly unknown[]) : [];
  return Object.fromEntries(Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}).flatMap(([key, field]) => {
    const [only, ...more] = choices[key] ?? [];
    return isSchema(field) && field['widget'] === 'hidden' && required.includes(key) && only && more.length === 0 ? [[key, only.value]] : [];
  }));
}

/** What the case itself settles, so that nobody is asked: whose accession waits for the reader, what a hearing is about now. */
export function settledByCase(command: string, { state, actor }: OpenedCase): Readonly<Record<string, string>> {
  switch (command) {
    case 'agreement.accede': {
      const mine = taskRows(state).find((row) => row.mine && row.reader === actor.user && row.command === command);
      return mine ? choiceOf(mine.key) : {};
    }
    case 'hearing.send':
      return { about: state.course.status === 'running' ? 'interruption' : 'decision' };
    case 'security.assess':
      return state.security.assessedOn === undefined ? { occasion: 'before-agreement' } : {};
    default:
      return {};
  }
}

/** Days that leave to read an address is proposed for. */
const USUAL_LEAVE = 7;

/** What is known before anything is typed: last time's answers, the agreement's clauses, the only thing there is to choose. */
export function knownValues(command: string, opened: OpenedCase, choices: Choices, today: PlainDate): Readonly<Record<string, unknown>> {
  const { state } = opened;
  const only = (field: string): Readonly<Record<string, string>> => (choices[field]?.length === 1 && choices[field][0] ? { [field]: choices[field][0].value } : {});
  switch (command) {
    case 'followUp.hold': {
      const version = agreementInForce(state);
      const last = lastFollowUp(state);
      return {
        measures: version?.measures.map(({ measure }) => ({ measure, status: last?.measures.find((one) => one.measure === measure)?.status })) ?? [],
        requirements: version?.requirements.map(({ id }) => ({ requirement: id, fulfilment: last?.requirements.find((one) => one.requirement === id)?.fulfilment })) ?? [],
        ...(last ? { signs: last.signs } : {}),
      };
    }
    case 'agreement.setTerms': {
      const version = openVersion(state);
      return {
        goal: goalWords(opened), followUpEveryWeeks: version?.followUpEveryWeeks, firstFollowUp: version?.firstFollowUp, validFrom: version?.validFrom ?? today, validTo: version?.validTo,
        measures: version && version.measures.length > 0 ? version.measures : state.measures.measures.filter((one) => one.status === 'granted' || one.status === 'started').map((one) => ({ measure: one.id })),
        requirements: version?.requirements.map(({ id, measure }) => ({ requirement: id, measure })) ?? [],
      };
    }
    case 'agreement.accede': {
      const version = openVersion(state);
      return { ...only('party'), words: [...(version?.measures ?? []).map(({ measure }) => ({ item: measure })), ...(version?.requirements ?? []).map(({ id }) => ({ item: id }))] };
    }
    case 'agreement.reportStatus':
      return { elements: agreementInForce(state)?.measures.map(({ measure }) => ({ measure })) ?? [] };
    case 'consent.give':
      return { textVersion: consentTextOn(today).version, language: 'da' };
    case 'security.assess':
      return { occasion: 'change' };
    case 'address.protect':
      return { on: today };
    case 'address.allow':
      return { until: addDays(today, USUAL_LEAVE) };
    case 'screening.ask':
      return choices['staff']?.length === 1 && choices['staff'][0] ? { screener: choices['staff'][0].value } : {};
    case 'measure.request':
    case 'measure.start':
    case 'measure.complete':
      return { ...only('measure'), on: today };
    default:
      return { ...only('question'), ...only('precaution'), ...only('breach'), ...only('hearing'), ...only('measure') };
  }
}

/** The candidate's words are the candidate's alone: of another party's accession, and unanswered ones, nothing is sent on. */
export function tidied(command: string, values: unknown): unknown {
  if (command !== 'agreement.accede' || !isSchema(values)) return values;
  const { words, ...rest } = values;
  if (values['party'] !== 'candidate' || !Array.isArray(words)) return rest;
  return { ...rest, words };
}
