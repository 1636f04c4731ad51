import { z } from 'zod';
import type { Actor } from '../kernel/command.js';
import type { MeasureId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { isRejection, reject, type Rejection } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import type { ExitCase } from './case.js';
import { sharingBasis } from './consent.js';
import { command } from './define.js';
import { dayField, evidenceFault } from './evidence.js';
import { type Measure, measureHand, ownMeasure } from './measure.js';
import { adverseGrounds, grounds, measureFields } from './measure-decision.js';
import { STATUS_WORDS, whenOwnMeasure } from './measure-hand.js';

export type MeasureRunEvent =
  | { readonly type: 'MeasureStarted'; readonly measure: MeasureId; readonly on: PlainDate }
  /** The owner's report to the contact person; `deviates` when it does not go as agreed (FM-MEA-2). */
  | { readonly type: 'MeasureReported'; readonly measure: MeasureId; readonly on: PlainDate; readonly deviates: boolean }
  | { readonly type: 'MeasureCompleted'; readonly measure: MeasureId; readonly on: PlainDate }
  | { readonly type: 'MeasureStopped'; readonly measure: MeasureId; readonly on: PlainDate };

const FIRST = {
  start: 'Et tiltag kan begynde, når det er bevilget.',
  report: 'Der kan meldes om et tiltag, der er bevilget eller i gang.',
  complete: 'Kun et tiltag, der er i gang, kan gennemføres.',
  stop: 'Kun et tiltag, der er bevilget eller i gang, kan stoppes.',
} as const;

/** The actor's own measure, in one of the stages the act belongs to (FM-MEA-1). */
const ownMeasureIn = (
  state: ExitCase,
  id: MeasureId,
  actor: Actor,
  stages: readonly Measure['status'][],
  first: string,
): Measure | Rejection => {
  const measure = ownMeasure(state, id, actor);
  if (isRejection(measure) || stages.includes(measure.status)) return measure;
  return reject('FM-MEA-1', ['measures'], `Tiltaget ${STATUS_WORDS[measure.status]}. ${first}`, 'measure');
};

const inFuture = (on: PlainDate, today: PlainDate): Rejection | undefined =>
  on > today ? reject('FM-MEA-1', ['own'], 'Datoen ligger i fremtiden. Registrér det, når det er sket.', 'on') : undefined;

/** Evidence goes with what a unit member records for an authority without users; else there is nothing to write. */
const evidenceBody = (measure: Measure, evidence: z.output<typeof measureFields.evidence>) =>
  measure.outside && evidence !== undefined
    ? { bodies: [{ scope: { kind: 'measure' as const, subject: measure.id }, content: { evidence } }] }
    : {};

/** The measure begins (FM-MEA-1). It needs its authority's grant and nothing else: the law's deadline does not wait for an agreement (FM-MEA-3). */
export const measureStart = command({
  name: 'measure.start',
  title: 'Start tiltaget',
  rules: ['FM-MEA-1', 'FM-MEA-3'],
  page: 'tiltag',
  input: z.strictObject({
    measure: measureFields.measure,
    on: dayField('Startdatoen', 'Hvornår begyndte det?'),
    evidence: measureFields.evidence,
  }),
  writes: ['measure'],
  may: measureHand,
  when: whenOwnMeasure(['granted'], FIRST.start),
  decide: (state, input, ctx) => {
    const measure = ownMeasureIn(state, input.measure, ctx.actor, ['granted'], FIRST.start);
    if (isRejection(measure)) return measure;
    return (
      inFuture(input.on, ctx.today) ??
      evidenceFault(measure, input.evidence, ctx.today) ?? [
        { event: { type: 'MeasureStarted', measure: measure.id, on: input.on }, ...evidenceBody(measure, input.evidence) },
      ]
    );
  },
});

const REPORTS = [
  { value: 'as-agreed', label: 'Det går som aftalt' },
  { value: 'deviates', label: 'Det går ikke som aftalt, eller noget er ændret' },
] as const;

/** The owning authority follows up its own measure and tells the contact person (FM-MEA-2). New sharing, so it needs its basis (FM-CON-2). */
export const measureReport = command({
  name: 'measure.report',
  title: 'Fortæl kontaktpersonen, hvordan tiltaget går',
  rules: ['FM-MEA-2', 'FM-CON-2'],
  page: 'tiltag',
  input: z.strictObject({
    measure: measureFields.measure,
    status: z
      .enum(
        REPORTS.map((option) => option.value),
        { error: 'Vælg, hvordan det går' },
      )
      .meta({ label: 'Hvordan går det?', widget: 'radio', options: REPORTS }),
    text: prose({ label: 'Hvad skal kontaktpersonen vide?', max: 4000 }),
    evidence: measureFields.evidence,
  }),
  writes: ['measure'],
  may: measureHand,
  when: whenOwnMeasure(['granted', 'started'], FIRST.report),
  decide: (state, input, ctx) => {
    const measure = ownMeasureIn(state, input.measure, ctx.actor, ['granted', 'started'], FIRST.report);
    if (isRejection(measure)) return measure;
    const basis = sharingBasis(state, measure.kind, ctx.today);
    if (!basis.allowed) return reject('FM-CON-2', ['consent'], basis.why, 'text');
    const content = { text: input.text, ...(measure.outside ? { evidence: input.evidence } : {}) };
    return (
      evidenceFault(measure, input.evidence, ctx.today) ?? [
        {
          event: { type: 'MeasureReported', measure: measure.id, on: ctx.today, deviates: input.status === 'deviates' },
          bodies: [{ scope: { kind: 'measure', subject: measure.id }, content }],
        },
      ]
    );
  },
});

/** The measure has been carried through (FM-MEA-1). */
export const measureComplete = command({
  name: 'measure.complete',
  title: 'Afslut tiltaget som gennemført',
  rules: ['FM-MEA-1'],
  page: 'tiltag',
  input: z.strictObject({
    measure: measureFields.measure,
    on: dayField('Slutdatoen', 'Hvornår sluttede det?'),
    evidence: measureFields.evidence,
  }),
  writes: ['measure'],
  may: measureHand,
  when: whenOwnMeasure(['started'], FIRST.complete),
  decide: (state, input, ctx) => {
    const measure = ownMeasureIn(state, input.measure, ctx.actor, ['started'], FIRST.complete);
    if (isRejection(measure)) return measure;
    return (
      inFuture(input.on, ctx.today) ??
      evidenceFault(measure, input.evidence, ctx.today) ?? [
        { event: { type: 'MeasureCompleted', measure: measure.id, on: input.on }, ...evidenceBody(measure, input.evidence) },
      ]
    );
  },
});

/**
 * A responsible authority ends its own measure, as its own law allows, saying on what basis (FM-END-1, S0 §5.1). An interrupted course
 * ends none by itself, so this goes on in a closed case.
 */
export const measureStop = command({
  name: 'measure.stop',
  title: 'Stop tiltaget',
  rules: ['FM-END-1', 'FM-DEC-3', 'FM-MEA-1'],
  page: 'tiltag',
  input: z.strictObject({ measure: measureFields.measure, ...grounds, evidence: measureFields.evidence }),
  writes: ['measure'],
  may: measureHand,
  when: whenOwnMeasure(['granted', 'started'], FIRST.stop),
  decide: (state, input, ctx) => {
    const measure = ownMeasureIn(state, input.measure, ctx.actor, ['granted', 'started'], FIRST.stop);
    if (isRejection(measure)) return measure;
    const fault = evidenceFault(measure, input.evidence, ctx.today);
    if (fault !== undefined) return fault;
    const basis = adverseGrounds(measure, input, ctx.today);
    if (isRejection(basis)) return basis;
    return [
      {
        event: { type: 'MeasureStopped', measure: measure.id, on: ctx.today },
        bodies: [
          {
            scope: { kind: 'measure', subject: measure.id },
            content: { ...basis, ...(measure.outside ? { evidence: input.evidence } : {}) },
          },
        ],
      },
    ];
  },
});

export const measureRunCommands = [measureStart, measureReport, measureComplete, measureStop];
