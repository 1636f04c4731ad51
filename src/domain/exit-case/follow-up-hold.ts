import { z } from 'zod';
import { type FollowUpId, type MeasureId, type RequirementId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { formatDate, type PlainDate, plainDateBetween } from '../kernel/time.js';
import { agreementInForce, type AgreementVersion } from './agreement.js';
import type { ExitCase } from './case.js';
import { unitOrContact } from './circle.js';
import { sharingBasis } from './consent.js';
import { notRunning } from './course.js';
import { command } from './define.js';
import {
  byRhythm,
  FIRST_DAY,
  FOLLOW_UP_OUTCOMES,
  type FollowUp,
  fulfilment,
  FULFILMENTS,
  LAST_DAY,
  lastFollowUp,
  measureStatus,
  MEASURE_STATUSES,
  nextFollowUp,
  outcome,
  sign,
  SIGN_ANSWERS,
  SIGNS,
} from './follow-up.js';

/** Every clause of the agreement once, and no other: a follow-up is on the whole agreement (FM-CRS-1). */
const notWhole = (
  agreed: readonly string[],
  answered: readonly string[],
  field: 'measures' | 'requirements',
): Rejection | undefined => {
  const clause = field === 'measures' ? 'tiltag' : 'krav';
  if (answered.some((id) => !agreed.includes(id))) {
    return reject(
      'FM-CRS-1',
      ['agreement'],
      `Der står et ${clause} på listen, som ikke er i den aftale, der gælder nu. Hent siden igen.`,
      field,
    );
  }
  if (new Set(answered).size < answered.length)
    return reject('FM-CRS-1', ['own'], `Det samme ${clause} står to gange. Skriv ét svar om hvert.`, field);
  const missing = agreed.filter((id) => !answered.includes(id)).length;
  return missing === 0
    ? undefined
    : reject('FM-CRS-1', ['agreement'], `Svar på alle ${clause} i aftalen. Der mangler ${missing}.`, field);
};

const notHeldThen = (state: ExitCase, heldOn: PlainDate, today: PlainDate): Rejection | undefined => {
  const { since } = state.course;
  const last = lastFollowUp(state);
  if (heldOn > today)
    return reject('FM-CRS-1', ['own'], 'Datoen ligger i fremtiden. Registrér opfølgningen, når den er holdt.', 'heldOn');
  if (since !== undefined && heldOn < since) {
    return reject(
      'FM-CRS-1',
      ['course'],
      `Forløbet begyndte ${formatDate(since)}. Opfølgningen kan ikke være holdt før.`,
      'heldOn',
    );
  }
  if (last !== undefined && heldOn < last.on) {
    return reject(
      'FM-CRS-1',
      ['followUp'],
      `Seneste opfølgning blev holdt ${formatDate(last.on)}. Registrér opfølgninger i den rækkefølge, de blev holdt.`,
      'heldOn',
    );
  }
  return undefined;
};

const notOnWholeAgreement = (
  version: AgreementVersion,
  {
    measures,
    requirements,
  }: {
    readonly measures: readonly { readonly measure: string }[];
    readonly requirements: readonly { readonly requirement: string }[];
  },
): Rejection | undefined =>
  notWhole(
    version.measures.map((one) => one.measure),
    measures.map((one) => one.measure),
    'measures',
  ) ??
  notWhole(
    version.requirements.map((one) => one.id),
    requirements.map((one) => one.requirement),
    'requirements',
  );

/** Controlling behaviour is a sign of custody, and only there (FM-CRS-1, S3). */
const controlMisplaced = (place: FollowUp['place'], answered: boolean): Rejection | undefined => {
  if (place === 'custody' && !answered) {
    return reject(
      'FM-CRS-1',
      ['place'],
      'Svar på, om stærkt styrende adfærd er ophørt. Det vurderes, så længe kandidaten er i varetægt eller fængsel.',
      'signs.control',
    );
  }
  return place === 'freedom' && answered
    ? reject(
        'FM-CRS-1',
        ['place'],
        'Stærkt styrende adfærd vurderes kun i varetægt eller fængsel. Lad det felt stå tomt.',
        'signs.control',
      )
    : undefined;
};

const signField = (of: keyof typeof SIGNS) => sign.meta({ label: SIGNS[of], widget: 'radio', options: SIGN_ANSWERS });

/**
 * A follow-up: how every measure goes, whether every requirement is met, the four signs of exit, and what comes of it
 * (FM-CRS-1, FM-CRS-2, S0 §5.1, S3). The control sign is judged in custody only.
 */
export const followUpHold = command({
  name: 'followUp.hold',
  title: 'Hold opfølgning',
  rules: ['FM-CRS-1', 'FM-CRS-2', 'FM-CON-3', 'FM-NOT-1'],
  page: 'opfoelgning',
  input: z.strictObject({
    heldOn: plainDateBetween(FIRST_DAY, LAST_DAY, 'Datoen')
      .optional()
      .meta({ label: 'Hvornår blev opfølgningen holdt?', hint: 'Lad feltet stå, hvis det er i dag.', widget: 'date' }),
    measures: z
      .array(
        z.strictObject({
          measure: zId<MeasureId>('Vælg et tiltag fra aftalen').meta({ label: 'Tiltag', widget: 'measure' }),
          status: measureStatus.meta({ label: 'Hvordan går det?', widget: 'radio', options: MEASURE_STATUSES }),
        }),
      )
      .default([])
      .meta({ label: 'Tiltag', repeat: 20 }),
    requirements: z
      .array(
        z.strictObject({
          requirement: zId<RequirementId>('Vælg et krav fra aftalen').meta({ label: 'Krav', widget: 'hidden' }),
          fulfilment: fulfilment.meta({ label: 'Er kravet opfyldt?', widget: 'radio', options: FULFILMENTS }),
        }),
      )
      .default([])
      .meta({ label: 'Krav', repeat: 20 }),
    signs: z
      .strictObject(
        {
          crime: signField('crime'),
          interaction: signField('interaction'),
          lifestyle: signField('lifestyle'),
          control: signField('control')
            .optional()
            .meta({ label: SIGNS.control, hint: 'Vurderes kun under frihedsberøvelse.', widget: 'radio', options: SIGN_ANSWERS }),
        },
        { error: 'Svar på tegnene' },
      )
      .meta({ label: 'De fire tegn' }),
    outcome: outcome.meta({ label: 'Hvad førte opfølgningen til?', widget: 'radio', options: FOLLOW_UP_OUTCOMES }),
    note: prose({ label: 'Bemærkninger', hint: 'Skriv ikke om helbred og økonomi her. Det hører til i journalen.' }).optional(),
    nextDue: plainDateBetween(FIRST_DAY, LAST_DAY, 'Datoen for næste opfølgning')
      .optional()
      .meta({ label: 'Hvornår er næste opfølgning?', hint: 'Lad feltet stå, hvis I følger aftalens rytme.', widget: 'date' }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notRunning,
  decide: (state, input, ctx) => {
    const version = agreementInForce(state);
    if (version === undefined)
      return reject('FM-CRS-1', ['agreement'], 'Der er ingen aftale, som gælder nu. Indgå den nye version af aftalen først.');
    const on = input.heldOn ?? ctx.today;
    const { place } = state.inquiry;
    const inTheWay =
      notHeldThen(state, on, ctx.today) ??
      notOnWholeAgreement(version, input) ??
      controlMisplaced(place, input.signs.control !== undefined);
    if (inTheWay) return inTheWay;
    const next = input.nextDue ?? byRhythm(state, on);
    if (next !== undefined && next <= on)
      return reject('FM-CRS-1', ['own'], 'Næste opfølgning skal ligge efter denne. Skriv en senere dato.', 'nextDue');
    if (input.note !== undefined) {
      const basis = sharingBasis(state, 'personal', ctx.today);
      if (!basis.allowed)
        return reject('FM-CON-3', ['consent'], `${basis.why} Opfølgningen kan registreres uden bemærkninger.`, 'note');
    }
    const due = nextFollowUp(state);
    return [
      {
        event: {
          type: 'FollowUpHeld',
          id: ctx.newId<FollowUpId>(),
          on,
          version: version.number,
          place,
          measures: input.measures,
          requirements: input.requirements,
          signs: input.signs,
          outcome: input.outcome,
          ...(due === undefined ? {} : { due }),
          ...(next === undefined ? {} : { nextDue: next }),
          ...(input.note === undefined ? {} : { kind: 'personal' as const }),
        },
        ...(input.note === undefined ? {} : { bodies: [{ scope: { kind: 'general' as const }, content: { note: input.note } }] }),
      },
    ];
  },
});

export const followUpHoldCommands = [followUpHold];
