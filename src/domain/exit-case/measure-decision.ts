import { z } from 'zod';
import { type MeasureId, zId } from '../kernel/ids.js';
import { fixedProse, type Prose, prose } from '../kernel/prose.js';
import { isRejection, reject, type Rejection } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { authorityName, municipalityOfAuthority } from '../reference/authorities.js';
import { isFreeMeasure, type MeasureTypeId, measureType } from '../reference/measures.js';
import { command } from './define.js';
import { evidenceFault, outsideEvidence } from './evidence.js';
import { municipalityCode } from './residence.js';
import { type Measure, measureHand, ownMeasure } from './measure.js';
import { whenOwnMeasure } from './measure-hand.js';

export type MeasureDecisionEvent = {
  readonly type: 'MeasureDecided';
  readonly measure: MeasureId;
  readonly on: PlainDate;
  readonly outcome: 'granted' | 'refused';
};

/** Fields every command on a measure begins and ends with. */
export const measureFields = {
  measure: zId<MeasureId>('Vælg et tiltag').meta({ label: 'Tiltag', widget: 'measure' }),
  evidence: outsideEvidence,
};

/** What an adverse decision tells: asked of every one, judged by {@link adverseGrounds}. */
export const grounds = {
  reason: prose({ label: 'Hvorfor?', max: 4000 }).optional(),
  law: prose({ label: 'Efter hvilken lov og paragraf?', max: 500, widget: 'text' }).optional(),
  complaintRoute: prose({
    label: 'Hvor kan kandidaten klage?',
    hint: 'Lad feltet stå, hvis klagevejen er den, der plejer at gælde for tiltaget.',
    max: 1000,
  }).optional(),
};
type Grounds = Readonly<{ reason?: Prose | undefined; law?: Prose | undefined; complaintRoute?: Prose | undefined }>;

/** An adverse decision's reasons, law and complaint route; the catalogue names the route of its types (FM-DEC-3, FM-LAW-1). */
export const adverseGrounds = (
  measure: Measure,
  input: Grounds,
  today: PlainDate,
): { readonly reason: Prose; readonly law: Prose; readonly complaintRoute: Prose } | Rejection => {
  const type = measureType(measure.measureType, today);
  const usual = type === undefined || isFreeMeasure(type.id) ? undefined : fixedProse(type.complaintRoute);
  const complaintRoute = input.complaintRoute ?? usual;
  if (input.reason === undefined)
    return reject('FM-DEC-3', ['own'], 'Skriv grunden. Kandidaten har ret til at få den at vide.', 'reason');
  if (input.law === undefined) return reject('FM-DEC-3', ['own'], 'Skriv, hvilken lov og paragraf det sker efter.', 'law');
  if (complaintRoute === undefined) return reject('FM-DEC-3', ['own'], 'Skriv, hvor kandidaten kan klage.', 'complaintRoute');
  return { reason: input.reason, law: input.law, complaintRoute };
};

const conditions = {
  pressingNeed: z
    .boolean()
    .default(false)
    .meta({ label: 'Der er et påtrængende boligsocialt behov', hint: 'Kun ved boliganvisning.', widget: 'checkbox' }),
  meetsCriteria: z
    .boolean()
    .default(false)
    .meta({ label: 'Kandidaten er omfattet af kommunens kriterier', hint: 'Kun ved boliganvisning.', widget: 'checkbox' }),
  dwelling: municipalityCode.optional().meta({ label: 'I hvilken kommune ligger boligen?', hint: 'Kun ved boliganvisning.' }),
  planAligned: z.boolean().default(false).meta({
    label: 'Behandlingsplanen er afstemt med de andre exittiltag',
    hint: 'Kun ved stofmisbrugsbehandling.',
    widget: 'checkbox',
  }),
  coherence: prose({
    label: 'Hvem sikrer sammenhængen med den lægelige behandling?',
    hint: 'Kun ved stofmisbrugsbehandling.',
    max: 500,
    widget: 'text',
  }).optional(),
};
interface Conditions {
  readonly pressingNeed: boolean;
  readonly meetsCriteria: boolean;
  readonly dwelling?: string | undefined;
  readonly planAligned: boolean;
  readonly coherence?: Prose | undefined;
}

/** Both conditions of housing assignment, and the municipality where the dwelling lies (FM-MEA-5, S0 §6.1). */
const housingFault = (measure: Measure, input: Conditions): Rejection | undefined => {
  const own = municipalityOfAuthority(measure.authority);
  if (!input.pressingNeed)
    return reject(
      'FM-MEA-5',
      ['own'],
      'En bolig kan kun anvises, når der er et påtrængende boligsocialt behov. Sæt kryds, hvis der er.',
      'pressingNeed',
    );
  if (!input.meetsCriteria)
    return reject(
      'FM-MEA-5',
      ['own'],
      'En bolig kan kun anvises, når kandidaten er omfattet af kommunens kriterier. Sæt kryds, hvis det er sådan.',
      'meetsCriteria',
    );
  if (input.dwelling === undefined) return reject('FM-MEA-5', ['own'], 'Vælg den kommune, boligen ligger i.', 'dwelling');
  return input.dwelling === own
    ? undefined
    : reject(
        'FM-MEA-5',
        ['own'],
        `Kun den kommune, hvor boligen ligger, kan anvise den. Foreslå tiltaget hos ${authorityName(`municipality:${input.dwelling}`)}.`,
        'dwelling',
      );
};

/** The treatment plan fits the exit measures, and somebody answers for coherence with medical treatment (FM-MEA-4, S0 §6.4.1). */
const treatmentFault = (_measure: Measure, input: Conditions): Rejection | undefined => {
  if (!input.planAligned)
    return reject(
      'FM-MEA-4',
      ['own'],
      'Kommunens behandlingsplan skal afstemmes med de andre exittiltag. Sæt kryds, når det er gjort.',
      'planAligned',
    );
  return input.coherence === undefined
    ? reject('FM-MEA-4', ['own'], 'Skriv, hvem der sikrer sammenhængen med den lægelige behandling.', 'coherence')
    : undefined;
};

/** What a grant of the type must also record. */
const grantFault: Readonly<Partial<Record<MeasureTypeId, (measure: Measure, input: Conditions) => Rejection | undefined>>> = {
  boliganvisning: housingFault,
  stofmisbrug: treatmentFault,
};

const OUTCOMES = [
  { value: 'granted', label: 'Bevilget' },
  { value: 'refused', label: 'Afslag' },
] as const;

/** The owning authority's decision under its own law; nobody else can take it (FM-DEC-3, FM-MEA-1). A refusal that was overturned can be granted. */
export const measureDecide = command({
  name: 'measure.decide',
  title: 'Træf afgørelse om tiltaget',
  rules: ['FM-DEC-3', 'FM-MEA-1', 'FM-MEA-4', 'FM-MEA-5'],
  page: 'tiltag',
  input: z.strictObject({
    measure: measureFields.measure,
    outcome: z
      .enum(
        OUTCOMES.map((option) => option.value),
        { error: 'Vælg, om tiltaget er bevilget' },
      )
      .meta({ label: 'Afgørelse', widget: 'radio', options: OUTCOMES }),
    ...grounds,
    ...conditions,
    evidence: measureFields.evidence,
  }),
  writes: ['measure'],
  may: measureHand,
  when: whenOwnMeasure(
    ['proposed', 'requested', 'refused'],
    'Der er truffet afgørelse om tiltaget. Skal det ikke fortsætte, så stop det.',
  ),
  decide: (state, input, ctx) => {
    const measure = ownMeasure(state, input.measure, ctx.actor);
    if (isRejection(measure)) return measure;
    const open =
      measure.status === 'proposed' ||
      measure.status === 'requested' ||
      (measure.status === 'refused' && input.outcome === 'granted');
    if (!open)
      return reject(
        'FM-MEA-1',
        ['measures'],
        'Der er truffet afgørelse om tiltaget. Skal det ikke fortsætte, så stop det.',
        'measure',
      );
    const check = grantFault[measure.measureType as MeasureTypeId];
    const fault =
      evidenceFault(measure, input.evidence, ctx.today) ?? (input.outcome === 'granted' ? check?.(measure, input) : undefined);
    if (fault !== undefined) return fault;
    const adverse = input.outcome === 'refused' ? adverseGrounds(measure, input, ctx.today) : undefined;
    if (isRejection(adverse)) return adverse;
    const { reason, law, coherence } = input;
    return [
      {
        event: {
          type: 'MeasureDecided',
          measure: measure.id,
          on: measure.outside ? (input.evidence?.signedOn ?? ctx.today) : ctx.today,
          outcome: input.outcome,
        },
        bodies: [
          {
            scope: { kind: 'measure', subject: measure.id },
            content: { reason, law, coherence, ...adverse, ...(measure.outside ? { evidence: input.evidence } : {}) },
          },
        ],
      },
    ];
  },
});

export const measureDecisionCommands = [measureDecide];
