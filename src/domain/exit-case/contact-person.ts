import { z } from 'zod';
import { seesAuthority } from '../access/scopes.js';
import type { Actor } from '../kernel/command.js';
import { type MeasureId, type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { authorityName, isProbation, zAuthorityId } from '../reference/authorities.js';
import { agreementInForce, agreementNotDue } from './agreement.js';
import type { ExitCase } from './case.js';
import { contactPerson, isFullMember, isLastingMember, membershipsOf, unitMember, unitOrContact } from './circle.js';
import { sharingBasis } from './consent.js';
import { command } from './define.js';
import { measureOf } from './measure.js';

/** An authority that is in touch with the candidate beside the contact person; a supervision condition is one that cannot be set aside. */
interface AllowedException {
  readonly authority: string;
  readonly supervision: boolean;
  readonly since: PlainDate;
}
export interface ContactException extends AllowedException {
  /** Who allowed it. */
  readonly by: UserId;
}

const STATUSES = [
  { value: 'not-started', label: 'Ikke begyndt' },
  { value: 'as-agreed', label: 'Går som aftalt' },
  { value: 'deviates', label: 'Går ikke som aftalt' },
  { value: 'changed', label: 'Er ændret' },
  { value: 'ended', label: 'Er slut' },
] as const;
const status = z.enum(
  STATUSES.map((option) => option.value),
  { error: 'Vælg, hvordan det går' },
);

export type ContactPersonEvent =
  | { readonly type: 'ContactPersonAppointed'; readonly user: UserId }
  | ({ readonly type: 'ContactExceptionAllowed' } & AllowedException)
  | { readonly type: 'ContactExceptionEnded'; readonly authority: string; readonly on: PlainDate }
  | {
      readonly type: 'AgreementStatusReported';
      readonly on: PlainDate;
      readonly elements: readonly { readonly measure: MeasureId; readonly status: z.infer<typeof status> }[];
    };

/** The one person in the unit who carries the contact with the candidate, and why he (FM-AGR-1, FM-AGR-7, S0 §5.1). A new one stands in his place. */
export const contactPersonAppoint = command({
  name: 'contactPerson.appoint',
  title: 'Udpeg en kontaktperson',
  rules: ['FM-AGR-1', 'FM-AGR-7'],
  page: 'aftale',
  input: z.strictObject({
    user: zId<UserId>('Vælg en fra kredsen').meta({ label: 'Hvem skal være kandidatens kontaktperson?', widget: 'member' }),
    reason: prose({ label: 'Hvorfor netop den person?', max: 2000, missing: 'Skriv, hvorfor det er den rigtige kontaktperson' }),
  }),
  writes: ['general'],
  may: unitMember,
  when: agreementNotDue,
  decide: (state, input) => {
    if (!isFullMember(state, input.user)) {
      return reject(
        'FM-AGR-7',
        ['circle'],
        'Kontaktpersonen skal være med i kredsen om hele sagen. Føj kollegaen til kredsen først.',
        'user',
      );
    }
    if (!isLastingMember(state, input.user)) {
      return reject('FM-AGR-7', ['circle'], 'Kollegaen er vikar og kun med til en bestemt dag. Vælg en, der selv er med i kredsen.', 'user');
    }
    if (state.agreement.contactPerson === input.user)
      return reject('FM-AGR-7', ['contactPerson'], 'Kollegaen er allerede kontaktperson.', 'user');
    return [
      {
        event: { type: 'ContactPersonAppointed', user: input.user },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
    ];
  },
});

/** A supervision condition is there, and the acting person is not Kriminalforsorgen, which alone can say that it is over (FM-AGR-7). */
const setsSupervisionAside = (state: ExitCase, authority: string, actor: Actor): boolean =>
  state.agreement.exceptions.some((one) => one.authority === authority && one.supervision) &&
  !membershipsOf(state, actor.user).some((one) => isProbation(one.authority));
const onlyProbation = (authority: string, field: string): Rejection =>
  reject(
    'FM-AGR-7',
    ['contactPerson'],
    `Et vilkår om tilsyn kan aldrig sættes til side. Kun ${authorityName(authority)} kan registrere, at vilkåret er ophørt.`,
    field,
  );

/** An authority keeps its own contact with the candidate, with the reason; Kriminalforsorgen's supervision is the one the framework names (FM-AGR-7). */
export const contactPersonAllowException = command({
  name: 'contactPerson.allowException',
  title: 'Lad en myndighed have sin egen kontakt',
  rules: ['FM-AGR-7'],
  page: 'aftale',
  input: z.strictObject({
    authority: zAuthorityId.meta({ label: 'Hvilken myndighed?', widget: 'authority' }),
    supervision: z
      .boolean()
      .default(false)
      .meta({ label: 'Det er et vilkår om tilsyn fra Kriminalforsorgen', widget: 'checkbox' }),
    reason: prose({ label: 'Hvorfor?', max: 2000, missing: 'Skriv, hvorfor myndigheden skal have sin egen kontakt' }),
  }),
  writes: ['general'],
  may: unitMember,
  when: agreementNotDue,
  decide: (state, input, ctx) => {
    if (!input.supervision && setsSupervisionAside(state, input.authority, ctx.actor))
      return onlyProbation(input.authority, 'supervision');
    if (input.supervision && !isProbation(input.authority))
      return reject(
        'FM-AGR-7',
        ['own'],
        'Et vilkår om tilsyn hører under Kriminalforsorgen. Vælg Kriminalforsorgen, eller fjern krydset.',
        'supervision',
      );
    return [
      {
        event: { type: 'ContactExceptionAllowed', authority: input.authority, supervision: input.supervision, since: ctx.today },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
    ];
  },
});

/** Those the reader may know of: his own, and of authorities that are no secret to him (FM-CNF-4). */
export const knownExceptions = (state: ExitCase, user: UserId): ExitCase['agreement']['exceptions'] =>
  state.agreement.exceptions.filter((one) => one.by === user || seesAuthority(state, user, one.authority));

/** The contact person carries that contact too from now on. A supervision condition stays: only Kriminalforsorgen can say that it is over (FM-AGR-7). */
export const contactPersonEndException = command({
  name: 'contactPerson.endException',
  title: 'Lad kontaktpersonen overtage kontakten',
  rules: ['FM-AGR-7'],
  page: 'aftale',
  input: z.strictObject({ authority: zAuthorityId.meta({ label: 'Hvilken myndighed?', widget: 'authority' }) }),
  writes: [],
  may: unitOrContact,
  when: agreementNotDue,
  decide: (state, input, ctx) => {
    if (!knownExceptions(state, ctx.actor.user).some((one) => one.authority === input.authority)) {
      return reject('FM-AGR-7', ['contactPerson'], 'Myndigheden har ikke sin egen kontakt med kandidaten.', 'authority');
    }
    if (setsSupervisionAside(state, input.authority, ctx.actor)) return onlyProbation(input.authority, 'authority');
    return [{ event: { type: 'ContactExceptionEnded', authority: input.authority, on: ctx.today } }];
  },
});

/** How each element of the agreement in force stands, told to the unit by the contact person (FM-AGR-10, S0 §5.1). */
export const agreementReportStatus = command({
  name: 'agreement.reportStatus',
  title: 'Fortæl enheden, hvordan det går med aftalen',
  rules: ['FM-AGR-10', 'FM-CON-2'],
  page: 'aftale',
  input: z.strictObject({
    elements: z
      .array(
        z.strictObject({
          measure: zId<MeasureId>('Vælg et tiltag').meta({ label: 'Tiltag', widget: 'measure' }),
          status: status.meta({ label: 'Hvordan går det?', widget: 'radio', options: STATUSES }),
          note: prose({ label: 'Bemærkning', max: 2000 }).optional(),
        }),
      )
      .meta({ label: 'Aftalens dele', repeat: 20 }),
    note: prose({ label: 'Hvad skal enheden ellers vide?', max: 4000 }).optional(),
  }),
  writes: ['general', 'measure'],
  may: contactPerson,
  when: (state) =>
    agreementNotDue(state) ??
    (agreementInForce(state) === undefined
      ? reject('FM-AGR-10', ['agreement'], 'Der er ingen aftale, der gælder. Status kan meldes, når aftalen er indgået.')
      : undefined),
  decide: (state, input, ctx) => {
    const agreed = agreementInForce(state)?.measures ?? [];
    const foreign = input.elements.findIndex(
      (one, index) =>
        !agreed.some(({ measure }) => measure === one.measure) ||
        input.elements.findIndex((other) => other.measure === one.measure) !== index,
    );
    if (foreign !== -1)
      return reject('FM-AGR-10', ['agreement'], 'Vælg hvert tiltag i aftalen én gang.', `elements.${foreign}.measure`);
    if (input.elements.length < agreed.length)
      return reject(
        'FM-AGR-10',
        ['agreement'],
        'Skriv, hvordan det går med hvert tiltag i aftalen. Der mangler mindst ét.',
        'elements',
      );
    for (const [index, { measure, note }] of input.elements.entries()) {
      const basis = sharingBasis(state, measureOf(state, measure)?.kind ?? 'personal', ctx.today);
      if (note !== undefined && !basis.allowed) return reject('FM-CON-2', ['consent'], basis.why, `elements.${index}.note`);
    }
    const basis = sharingBasis(state, 'personal', ctx.today);
    if (input.note !== undefined && !basis.allowed) return reject('FM-CON-2', ['consent'], basis.why, 'note');
    return [
      {
        event: {
          type: 'AgreementStatusReported',
          on: ctx.today,
          elements: input.elements.map(({ measure, status: stands }) => ({ measure, status: stands })),
        },
        bodies: [
          ...(input.note === undefined ? [] : [{ scope: { kind: 'general' as const }, content: { note: input.note } }]),
          ...input.elements.flatMap(({ measure, note }) =>
            note === undefined ? [] : [{ scope: { kind: 'measure' as const, subject: measure }, content: { note } }],
          ),
        ],
      },
    ];
  },
});

export const contactPersonCommands = [
  contactPersonAppoint,
  contactPersonAllowException,
  contactPersonEndException,
  agreementReportStatus,
];
