import { z } from 'zod';
import type { BodyDraft, CommandContext } from '../kernel/command.js';
import { type MeasureId, type RequirementId, zId } from '../kernel/ids.js';
import { type Prose, prose } from '../kernel/prose.js';
import { isRejection, reject, type Rejection } from '../kernel/rejection.js';
import { formatDate, type PlainDate } from '../kernel/time.js';
import {
  type AgreedMeasure,
  agreementNotDue,
  type AgreementVersion,
  drafter,
  openVersion,
  type Requirement,
} from './agreement.js';
import type { ExitCase } from './case.js';
import { sharingBasis } from './consent.js';
import { command } from './define.js';
import { dayField } from './evidence.js';
import { basisForMeasure, measureOf } from './measure.js';

export type TermsEvent = {
  readonly type: 'TermsSet';
  readonly version: number;
  readonly goalOf: number;
  readonly measures: readonly AgreedMeasure[];
  readonly requirements: readonly Requirement[];
  readonly followUpEveryWeeks: number;
  readonly firstFollowUp: PlainDate;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate;
};

const requirementInput = z.strictObject({
  requirement: zId<RequirementId>().optional().meta({ label: 'Krav, der står uændret', widget: 'hidden' }),
  text: prose({
    label: 'Krav til kandidaten',
    hint: 'Skriv, hvad kandidaten skal gøre eller lade være med.',
    max: 2000,
  }).optional(),
  measure: zId<MeasureId>('Vælg et tiltag i aftalen')
    .optional()
    .meta({ label: 'Hører det til et tiltag?', hint: 'Så kan den ansvarlige for tiltaget læse det.', widget: 'measure' }),
});

const input = z.strictObject({
  goal: prose({
    label: 'Det fælles mål',
    hint: 'At forlade det kriminelle miljø, og hvad der skal komme i stedet.',
    max: 4000,
  }).optional(),
  measures: z
    .array(
      z.strictObject({
        measure: zId<MeasureId>('Vælg et tiltag').meta({ label: 'Tiltag', widget: 'measure' }),
        startBy: dayField('Seneste start', 'Hvornår skal det senest begynde?'),
      }),
    )
    .default([])
    .meta({ label: 'Tiltag i aftalen', repeat: 20 }),
  requirements: z.array(requirementInput).default([]).meta({ label: 'Krav til kandidaten', repeat: 20 }),
  followUpEveryWeeks: z.coerce
    .number({ error: 'Skriv, hvor mange uger der er mellem opfølgningerne' })
    .int('Skriv et helt antal uger')
    .min(1, 'Der skal være mindst én uge mellem opfølgningerne')
    .max(26, 'Der må højst gå 26 uger mellem opfølgningerne')
    .meta({ label: 'Hvor mange uger mellem opfølgningerne?', widget: 'text' }),
  firstFollowUp: dayField('Første opfølgning', 'Hvornår er den første opfølgning?'),
  validFrom: dayField('Startdatoen', 'Hvornår begynder aftalen?'),
  validTo: dayField('Slutdatoen', 'Hvornår slutter aftalen?', 'Forløbet kan forlænges.'),
});
type Terms = z.output<typeof input>;

const periodFault = ({ validFrom, validTo, firstFollowUp, measures }: Terms): Rejection | undefined => {
  if (validTo <= validFrom) return reject('FM-AGR-2', ['own'], 'Aftalen skal slutte efter den dag, den begynder.', 'validTo');
  if (firstFollowUp < validFrom || firstFollowUp > validTo) {
    return reject(
      'FM-AGR-2',
      ['own'],
      `Den første opfølgning skal ligge i aftalens tid, fra ${formatDate(validFrom)} til ${formatDate(validTo)}.`,
      'firstFollowUp',
    );
  }
  const late = measures.findIndex((one) => one.startBy > validTo);
  return late === -1
    ? undefined
    : reject('FM-AGR-2', ['own'], 'Tiltaget skal begynde, før aftalen slutter.', `measures.${late}.startBy`);
};

const measureFault = (state: ExitCase, measures: readonly AgreedMeasure[]): Rejection | undefined => {
  for (const [index, { measure: id }] of measures.entries()) {
    const field = `measures.${index}.measure`;
    const measure = measureOf(state, id);
    if (measure === undefined) return reject('FM-AGR-2', ['agreement'], 'Vælg et tiltag i sagen.', field);
    if (measures.findIndex((one) => one.measure === id) !== index)
      return reject('FM-AGR-2', ['own'], 'Tiltaget står der to gange.', field);
    if (measure.status === 'refused' || measure.status === 'stopped') {
      return reject(
        'FM-AGR-3',
        ['measures'],
        'Et tiltag, som myndigheden har givet afslag på eller stoppet, kan ikke stå i aftalen.',
        field,
      );
    }
  }
  return undefined;
};

interface NewRequirement extends Requirement {
  readonly text?: Prose;
}

/** What a requirement is judged against. */
interface Drafting {
  readonly state: ExitCase;
  readonly version: AgreementVersion;
  readonly terms: Terms;
  readonly ctx: CommandContext;
}

/** New words under a new id; a measure's are told its owner, who must be allowed to get them (FM-CON-3). */
const newRequirement = (
  { state, terms, ctx }: Drafting,
  text: Prose,
  id: MeasureId | undefined,
  field: string,
): NewRequirement | Rejection => {
  if (id === undefined) return { id: ctx.newId<RequirementId>(), text };
  const measure = terms.measures.some((one) => one.measure === id) ? measureOf(state, id) : undefined;
  if (measure === undefined)
    return reject(
      'FM-AGR-2',
      ['own'],
      'Kravet hører til et tiltag, der ikke står i aftalen. Vælg et tiltag fra aftalen.',
      `${field}.measure`,
    );
  const basis = measure.owner === undefined ? undefined : basisForMeasure(state, measure, ctx.today);
  return basis === undefined || basis.allowed
    ? { id: ctx.newId<RequirementId>(), measure: id, text }
    : reject('FM-CON-3', ['consent', 'measures'], basis.why, `${field}.text`);
};

/** A requirement that stands unchanged keeps its id and its measure: its words lie in that measure's scope (FM-AGR-8). */
const keptRequirement = (
  { version, terms }: Drafting,
  id: RequirementId | undefined,
  field: string,
): NewRequirement | Rejection => {
  const kept = version.requirements.find((known) => known.id === id);
  if (kept === undefined) return reject('FM-AGR-2', ['own'], 'Skriv kravet.', `${field}.text`);
  return kept.measure === undefined || terms.measures.some(({ measure }) => measure === kept.measure)
    ? kept
    : reject(
        'FM-AGR-2',
        ['own'],
        'Kravet hører til et tiltag, der er taget ud af aftalen. Tag kravet ud, eller skriv det på ny.',
        `${field}.text`,
      );
};

const requirementsOf = (drafting: Drafting): readonly NewRequirement[] | Rejection => {
  const requirements: NewRequirement[] = [];
  for (const [index, { text, requirement, measure }] of drafting.terms.requirements.entries()) {
    const field = `requirements.${index}`;
    const one =
      text === undefined ? keptRequirement(drafting, requirement, field) : newRequirement(drafting, text, measure, field);
    if (isRejection(one)) return one;
    requirements.push(one);
  }
  return requirements;
};

/** New words, each in its scope: goal and general requirements for the unit, a measure's requirements for its owner too (FM-CNF-4). */
const bodiesOf = (terms: Terms, requirements: readonly NewRequirement[]): readonly BodyDraft[] => {
  const written = (measure?: MeasureId) =>
    requirements.filter((one) => one.text !== undefined && one.measure === measure).map(({ id, text }) => ({ id, text }));
  const general = written();
  return [
    ...(terms.goal === undefined && general.length === 0
      ? []
      : [{ scope: { kind: 'general' as const }, content: { goal: terms.goal, requirements: general } }]),
    ...terms.measures
      .map(({ measure }) => ({
        scope: { kind: 'measure' as const, subject: measure },
        content: { requirements: written(measure) },
      }))
      .filter((body) => body.content.requirements.length > 0),
  ];
};

/**
 * The content of the open version: goal, measures with time frames, requirements, follow-up rhythm, period (FM-AGR-2). Written by the
 * drafter alone. An edit of a presented version makes it a draft again and voids what was acceded (FM-AGR-8).
 */
export const agreementSetTerms = command({
  name: 'agreement.setTerms',
  title: 'Skriv aftalens indhold',
  rules: ['FM-AGR-2', 'FM-AGR-3', 'FM-AGR-8'],
  page: 'aftale',
  input,
  writes: ['general', 'measure'],
  may: drafter,
  when: (state) =>
    agreementNotDue(state) ??
    (openVersion(state) !== undefined
      ? undefined
      : reject(
          'FM-AGR-4',
          ['agreement'],
          'Aftalen er indgået og kan ikke rettes. Åbn en ny version; den gamle gælder, indtil den nye er indgået.',
        )),
  decide: (state, terms, ctx) => {
    const version = openVersion(state);
    if (version === undefined) return [];
    const goalOf = terms.goal === undefined ? version.goalOf : version.number;
    if (goalOf === undefined)
      return reject(
        'FM-AGR-2',
        ['own'],
        'Skriv det fælles mål: at forlade det kriminelle miljø, og hvad der skal komme i stedet.',
        'goal',
      );
    const fault = periodFault(terms) ?? measureFault(state, terms.measures);
    if (fault !== undefined) return fault;
    const basis = sharingBasis(state, 'personal', ctx.today);
    if (!basis.allowed) return reject('FM-CON-2', ['consent'], basis.why);
    const requirements = requirementsOf({ state, version, terms, ctx });
    if (isRejection(requirements)) return requirements;
    const { goal: _goal, measures, ...rhythm } = terms;
    return [
      {
        event: {
          type: 'TermsSet',
          version: version.number,
          ...rhythm,
          goalOf,
          measures,
          requirements: requirements.map(({ text: _text, ...core }) => core),
        },
        bodies: bodiesOf(terms, requirements),
      },
    ];
  },
});

export const termsCommands = [agreementSetTerms];
