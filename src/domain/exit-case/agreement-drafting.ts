import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { agreementInForce, agreementNotDue, drafter, openVersion, versionsOf } from './agreement.js';
import { contactPerson, type Seat, SEATS, seatsOf, seatsToSpeak, unitMember } from './circle.js';
import { sharingBasis } from './consent.js';
import { command, either } from './define.js';
import { holderOf } from './vote.js';

export type DraftingEvent =
  | { readonly type: 'DrafterAssigned'; readonly seat: Seat }
  | { readonly type: 'ContributionRecorded'; readonly seat: Seat; readonly authority: string; readonly nothing: boolean }
  /** A draft opens; it starts with the terms of the version in force when there is one (`from`). */
  | { readonly type: 'AgreementVersionOpened'; readonly version: number; readonly on: PlainDate; readonly from?: number };

const SEAT_OPTIONS = [
  { value: 'police', label: 'Politiet' },
  { value: 'municipal', label: 'Kommunen' },
  { value: 'probation', label: 'Kriminalforsorgen' },
  { value: 'custody', label: 'Direktoratet for Kriminalforsorgen' },
] as const;

/** The unit decides which authority drafts; the first time it opens the draft (FM-AGR-1, S0 §5.1). */
export const agreementAssignDrafter = command({
  name: 'agreement.assignDrafter',
  title: 'Beslut, hvem der skriver aftalen',
  rules: ['FM-AGR-1'],
  page: 'aftale',
  input: z.strictObject({
    seat: z
      .enum(SEATS, { error: 'Vælg, hvilken myndighed der skriver aftalen' })
      .meta({ label: 'Hvilken myndighed skriver aftalen?', widget: 'radio', options: SEAT_OPTIONS }),
  }),
  writes: [],
  may: unitMember,
  when: agreementNotDue,
  decide: (state, { seat }, ctx) => {
    if (!seatsToSpeak(state).includes(seat))
      return reject('FM-AGR-1', ['circle'], 'Vælg en af de myndigheder, der er repræsenteret i enheden i denne sag.', 'seat');
    return [
      { event: { type: 'DrafterAssigned', seat } },
      ...(versionsOf(state).length > 0
        ? []
        : [{ event: { type: 'AgreementVersionOpened' as const, version: 1, on: ctx.today } }]),
    ];
  },
});

/** What each fixed representative's authority considered, chose and did not choose, even "nothing from us" (FM-AGR-9). */
export const agreementContribute = command({
  name: 'agreement.contribute',
  title: 'Skriv jeres bidrag til aftalen',
  rules: ['FM-AGR-9'],
  page: 'aftale',
  input: z.strictObject({
    nothing: z.boolean().default(false).meta({ label: 'Vi har ikke noget at tilbyde i denne sag', widget: 'checkbox' }),
    considered: prose({
      label: 'Hvilke tilbud har I overvejet?',
      hint: 'Skriv om tilbuddene, ikke om helbred og økonomi: alle i enheden kan læse det.',
      max: 4000,
    }).optional(),
    chosen: prose({ label: 'Hvilke tilbud har I valgt?', max: 4000 }).optional(),
    notChosen: prose({ label: 'Hvilke har I valgt fra, og hvorfor?', max: 4000 }).optional(),
  }),
  writes: ['general'],
  may: unitMember,
  when: agreementNotDue,
  decide: (state, input, ctx) => {
    const [seat] = seatsOf(state, ctx.actor.user);
    const authority = seat === undefined ? undefined : holderOf(state, seat)?.authority;
    if (seat === undefined || authority === undefined) return [];
    if (input.nothing && input.chosen !== undefined) {
      return reject(
        'FM-AGR-9',
        ['own'],
        'Du har både skrevet, hvad I har valgt, og sat kryds ved, at I ikke har noget at tilbyde. Ret det ene.',
        'nothing',
      );
    }
    if (!input.nothing && (input.considered === undefined || (input.chosen === undefined && input.notChosen === undefined))) {
      return reject(
        'FM-AGR-9',
        ['own'],
        'Skriv, hvilke tilbud I har overvejet, og hvad I har valgt eller valgt fra. Har I ikke noget at tilbyde, så sæt kryds ved det.',
        'considered',
      );
    }
    const basis = sharingBasis(state, 'personal', ctx.today);
    const { nothing, ...texts } = input;
    const written = [input.considered, input.chosen, input.notChosen].some((text) => text !== undefined);
    if (written && !basis.allowed) return reject('FM-CON-2', ['consent'], basis.why, 'considered');
    return [
      {
        event: { type: 'ContributionRecorded', seat, authority, nothing },
        ...(written ? { bodies: [{ scope: { kind: 'general' as const }, content: texts }] } : {}),
      },
    ];
  },
});

/** Opens a new version beside the one in force, which stays so until the new one is entered (FM-AGR-4, FM-CUS-9). */
export const agreementRevise = command({
  name: 'agreement.revise',
  title: 'Åbn en ny version af aftalen',
  rules: ['FM-AGR-4'],
  page: 'aftale',
  input: z.strictObject({
    reason: prose({ label: 'Hvorfor skal aftalen ændres?', max: 2000, missing: 'Skriv, hvorfor aftalen skal ændres' }),
  }),
  writes: ['general'],
  may: either(drafter, contactPerson),
  when: (state) => {
    const notDue = agreementNotDue(state);
    if (notDue !== undefined) return notDue;
    if (openVersion(state) !== undefined)
      return reject(
        'FM-AGR-4',
        ['agreement'],
        'Der er allerede en version, der ikke er indgået. Ret den, i stedet for at åbne endnu en.',
      );
    return agreementInForce(state) === undefined
      ? reject('FM-AGR-4', ['agreement'], 'Der er ingen aftale at ændre endnu. Beslut først, hvem der skriver den.')
      : undefined;
  },
  decide: (state, input, ctx) => {
    const from = agreementInForce(state)?.number;
    return [
      {
        event: {
          type: 'AgreementVersionOpened',
          version: versionsOf(state).length + 1,
          on: ctx.today,
          ...(from === undefined ? {} : { from }),
        },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
    ];
  },
});

export const draftingCommands = [agreementAssignDrafter, agreementContribute, agreementRevise];
