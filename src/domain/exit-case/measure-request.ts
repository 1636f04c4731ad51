import { z } from 'zod';
import { type MeasureId, zId } from '../kernel/ids.js';
import { isRejection, reject, type Rejection } from '../kernel/rejection.js';
import { addDays, formatDate, type PlainDate } from '../kernel/time.js';
import { measureType } from '../reference/measures.js';
import type { ExitCase } from './case.js';
import { unitOrContact } from './circle.js';
import { command } from './define.js';
import { notClosed } from './ending.js';
import { dayField } from './evidence.js';
import { isEnded, type Measure, measureOf } from './measure.js';
import { whenToChooseLater, whenToRequest } from './measure-hand.js';

export type MeasureRequestEvent =
  | { readonly type: 'MeasureRequested'; readonly measure: MeasureId; readonly on: PlainDate; readonly statutoryBy?: PlainDate }
  | { readonly type: 'MeasureLaterChosen'; readonly measure: MeasureId; readonly on: PlainDate; readonly startOn: PlainDate };

const measureId = zId<MeasureId>('Vælg et tiltag').meta({ label: 'Tiltag', widget: 'measure' });

/** The measures a person can speak of when asking for one: a named one that is neither requested nor ended. */
const requestable = (state: ExitCase, id: MeasureId): Measure | Rejection => {
  const measure = measureOf(state, id);
  if (measure === undefined) return reject('FM-MEA-1', ['own'], 'Vælg et tiltag i sagen.', 'measure');
  return isEnded(measure)
    ? reject('FM-MEA-1', ['measures'], 'Tiltaget er slut. Foreslå det igen, hvis kandidaten beder om det på ny.', 'measure')
    : measure;
};

const chosenLater = (question: string, hint?: string) => dayField('Det senere tidspunkt', question, hint);
const laterFault = (startOn: PlainDate, statutoryBy: PlainDate | undefined, field: string): Rejection | undefined => {
  if (statutoryBy === undefined)
    return reject('FM-MEA-3', ['own'], 'Loven sætter ingen frist for det tiltag. Et senere tidspunkt skrives i aftalen.', field);
  return startOn > statutoryBy
    ? undefined
    : reject(
        'FM-MEA-3',
        ['own'],
        `Kandidatens valg er kun nødvendigt efter lovens frist, som er ${formatDate(statutoryBy)}. Skriv en senere dato.`,
        field,
      );
};

/**
 * The candidate asks for the measure: from this day the law's deadline runs, in calendar days, whether or not he is accepted, has
 * consented or has an agreement (FM-MEA-3, S0 §6.4).
 */
export const measureRequest = command({
  name: 'measure.request',
  title: 'Registrér, at kandidaten har bedt om tiltaget',
  rules: ['FM-MEA-1', 'FM-MEA-3'],
  page: 'tiltag',
  input: z.strictObject({
    measure: measureId,
    on: dayField('Datoen', 'Hvornår bad kandidaten om det?', 'Lovens frist løber fra den dag.'),
    chosenLater: chosenLater(
      'Har kandidaten selv valgt et senere tidspunkt?',
      'Skriv datoen, hvis det er efter lovens frist.',
    ).optional(),
  }),
  writes: [],
  may: unitOrContact,
  when: (state, ctx) => notClosed(state) ?? whenToRequest(state, ctx),
  decide: (state, input, ctx) => {
    const measure = requestable(state, input.measure);
    if (isRejection(measure)) return measure;
    if (measure.requestedOn !== undefined)
      return reject(
        'FM-MEA-3',
        ['measures'],
        'Det er allerede registreret, hvornår kandidaten bad om tiltaget. Fristen løber fra den dag.',
        'measure',
      );
    if (input.on > ctx.today)
      return reject('FM-MEA-3', ['own'], 'Datoen ligger i fremtiden. Skriv, hvornår kandidaten bad om tiltaget.', 'on');
    const days = measureType(measure.measureType, input.on)?.statutoryDeadlineDays ?? null;
    const statutoryBy = days === null ? undefined : addDays(input.on, days);
    const fault = input.chosenLater === undefined ? undefined : laterFault(input.chosenLater, statutoryBy, 'chosenLater');
    if (fault !== undefined) return fault;
    return [
      {
        event: {
          type: 'MeasureRequested',
          measure: measure.id,
          on: input.on,
          ...(statutoryBy === undefined ? {} : { statutoryBy }),
        },
      },
      ...(input.chosenLater === undefined
        ? []
        : [{ event: { type: 'MeasureLaterChosen' as const, measure: measure.id, on: ctx.today, startOn: input.chosenLater } }]),
    ];
  },
});

/** The candidate himself chooses a start after the law's deadline (FM-MEA-3). */
export const measureChooseLater = command({
  name: 'measure.chooseLater',
  title: 'Registrér, at kandidaten har valgt et senere tidspunkt',
  rules: ['FM-MEA-3'],
  page: 'tiltag',
  input: z.strictObject({ measure: measureId, startOn: chosenLater('Hvilken dato har kandidaten valgt?') }),
  writes: [],
  may: unitOrContact,
  when: (state, ctx) => notClosed(state) ?? whenToChooseLater(state, ctx),
  decide: (state, input, ctx) => {
    const measure = requestable(state, input.measure);
    if (isRejection(measure)) return measure;
    if (measure.status === 'started') return reject('FM-MEA-3', ['measures'], 'Tiltaget er begyndt.', 'measure');
    return (
      laterFault(input.startOn, measure.statutoryBy, 'startOn') ?? [
        { event: { type: 'MeasureLaterChosen', measure: measure.id, on: ctx.today, startOn: input.startOn } },
      ]
    );
  },
});

export const measureRequestCommands = [measureRequest, measureChooseLater];
