import { z } from 'zod';
import { type BreachId, type RequirementId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addWorkingDays, type PlainDate } from '../kernel/time.js';
import type { SharingKind } from '../reference/legal-bases.js';
import { agreementInForce } from './agreement.js';
import { besides, canBeShared, kindOfWords, wordsNotShared } from './breach-words.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitOrContact } from './circle.js';
import { contactTaskOwner, isRunning, notRunning } from './course.js';
import { command, type EventMeta, type Task } from './define.js';
import { notClosed } from './ending.js';

/** What came of asking the candidate. Being asked is what the rule demands; nobody is bound to answer. */
export const HEARING_OUTCOMES = [
  { value: 'account', label: 'Kandidaten har fortalt sin side' },
  { value: 'no-comment', label: 'Kandidaten er spurgt og ønsker ikke at sige noget' },
  { value: 'unreachable', label: 'Kandidaten kan ikke nås' },
] as const;
/** Terms set by a court or by Kriminalforsorgen, each sanctioned by its own rules (FM-END-2). */
export const SANCTIONED_TERMS = [
  { value: 'parole', label: 'Vilkår for prøveløsladelse' },
  { value: 'conditional-sentence', label: 'Vilkår i en betinget dom' },
  { value: 'community-service', label: 'Vilkår for samfundstjeneste' },
  { value: 'ankle-tag', label: 'Vilkår for afsoning med fodlænke' },
] as const;

const hearingOutcome = z.enum(
  HEARING_OUTCOMES.map((option) => option.value),
  { error: 'Vælg, hvad kandidaten svarede' },
);
const sanctionedTerm = z.enum(
  SANCTIONED_TERMS.map((option) => option.value),
  { error: 'Vælg, hvilke vilkår det drejer sig om' },
);

export type BreachEvent =
  /** `kind`: of the words shared with it, when there are some (FM-CON-3). */
  | {
      readonly type: 'BreachRecorded';
      readonly breach: BreachId;
      readonly requirement?: RequirementId;
      readonly on: PlainDate;
      readonly kind?: SharingKind;
    }
  | {
      readonly type: 'BreachHeard';
      readonly breach: BreachId;
      readonly outcome: z.infer<typeof hearingOutcome>;
      readonly on: PlainDate;
    }
  | { readonly type: 'SanctionReferred'; readonly term: z.infer<typeof sanctionedTerm>; readonly on: PlainDate };

export interface Breach {
  readonly id: BreachId;
  readonly requirement?: RequirementId;
  readonly on: PlainDate;
  readonly heard?: { readonly on: PlainDate; readonly outcome: z.infer<typeof hearingOutcome> };
}
export interface BreachState {
  readonly breaches: readonly Breach[];
  readonly referred: readonly { readonly term: z.infer<typeof sanctionedTerm>; readonly on: PlainDate }[];
}
export const noBreaches: BreachState = { breaches: [], referred: [] };

export const evolveBreaches = (state: BreachState, event: CaseEvent, _meta: EventMeta): BreachState => {
  switch (event.type) {
    case 'BreachRecorded':
      return { ...state, breaches: [...state.breaches, { id: event.breach, requirement: event.requirement, on: event.on }] };
    case 'BreachHeard':
      return {
        ...state,
        breaches: state.breaches.map((one) =>
          one.id === event.breach ? { ...one, heard: { on: event.on, outcome: event.outcome } } : one,
        ),
      };
    case 'SanctionReferred':
      return { ...state, referred: [...state.referred, { term: event.term, on: event.on }] };
    default:
      return state;
  }
};

/** Breaches on which the candidate has not been asked for his own account. */
export const unheardBreaches = (state: ExitCase): readonly Breach[] =>
  state.breaches.breaches.filter((one) => one.heard === undefined);

/** There is a breach, and the candidate was asked about every one of them (FM-CRS-3). */
export const areBreachesHeard = (state: ExitCase): boolean =>
  state.breaches.breaches.length > 0 && unheardBreaches(state).length === 0;

/** Working days from a breach to the candidate's own account of it `[+]`. */
const HEAR_WITHIN_WORKING_DAYS = 5;

export const breachTasks = (state: ExitCase): readonly Task[] =>
  !isRunning(state)
    ? []
    : unheardBreaches(state).map((one) => ({
        key: `breach:${one.id}`,
        title: 'Registrér kandidatens egen forklaring på et brud',
        owner: contactTaskOwner(state),
        due: addWorkingDays(one.on, HEAR_WITHIN_WORKING_DAYS),
        command: 'breach.hear',
      }));

/**
 * A requirement of the agreement was not kept. It ends nothing by itself: the unit may interrupt (FM-CRS-3, FM-END-1, S0 §5.1). What happened
 * is told where there is a basis for its kind; without one the breach is recorded without words (FM-CON-2, FM-CON-3).
 */
export const breachRecord = command({
  name: 'breach.record',
  title: 'Registrér et brud på kravene',
  rules: ['FM-CRS-3', 'FM-END-1', 'FM-CON-2', 'FM-CON-3'],
  page: 'opfoelgning',
  input: z.strictObject({
    requirement: zId<RequirementId>('Vælg et krav fra aftalen').optional().meta({
      label: 'Hvilket krav?',
      hint: 'Lad feltet stå tomt, hvis det gælder aftalen som helhed.',
      widget: 'hidden',
    }),
    what: prose({
      label: 'Hvad er der sket?',
      hint: 'Hvad, hvornår, og hvor I ved det fra.',
    }).optional(),
    kind: kindOfWords,
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notRunning,
  decide: (state, input, ctx) => {
    const { requirement } = input;
    const known = agreementInForce(state)?.requirements ?? [];
    if (requirement !== undefined && !known.some((one) => one.id === requirement)) {
      return reject(
        'FM-CRS-3',
        ['agreement'],
        'Kravet står ikke i den aftale, der gælder nu. Vælg et krav fra aftalen.',
        'requirement',
      );
    }
    const words = { text: input.what, kind: input.kind };
    if (words.text === undefined && canBeShared(state, words.kind, ctx.today))
      return reject('FM-CRS-3', ['own'], 'Skriv, hvad der er sket.', 'what');
    const notShared = wordsNotShared(state, words, ctx.today, 'Bruddet kan registreres uden tekst.');
    if (notShared) return notShared;
    const { on, beside } = besides(words);
    return [
      {
        event: {
          type: 'BreachRecorded',
          breach: ctx.newId<BreachId>(),
          on: ctx.today,
          ...(requirement === undefined ? {} : { requirement }),
          ...on,
        },
        ...beside,
      },
    ];
  },
});

/**
 * The candidate's own account of a breach; comes before an interruption for breach is decided (FM-CRS-3). A hearing is procedure and needs no
 * consent (access.md): what he says for himself is written down also when he has withdrawn it. What others have to say of it needs its basis, and
 * belongs in the journal.
 */
export const breachHear = command({
  name: 'breach.hear',
  title: 'Registrér kandidatens egen forklaring',
  rules: ['FM-CRS-3'],
  page: 'opfoelgning',
  input: z.strictObject({
    breach: zId<BreachId>('Vælg det brud, kandidaten er spurgt om').meta({ label: 'Brud', widget: 'hidden' }),
    outcome: hearingOutcome
      .default('account')
      .meta({ label: 'Hvad svarede kandidaten?', widget: 'radio', options: HEARING_OUTCOMES }),
    account: prose({
      label: 'Kandidatens egen forklaring',
      hint: 'Med kandidatens ord, og kun når kandidaten har svaret. Hele kredsen læser det, også politiet: Fortæller kandidaten om helbred, misbrug eller økonomi, så skriv den del i journalen.',
    }).optional(),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notRunning,
  decide: (state, input, ctx) => {
    const breach = state.breaches.breaches.find((one) => one.id === input.breach);
    if (breach === undefined) return reject('FM-CRS-3', ['breach'], 'Vælg et brud, der er registreret i sagen.', 'breach');
    if (breach.heard !== undefined && breach.heard.outcome === 'account') {
      return reject(
        'FM-CRS-3',
        ['breach'],
        'Kandidaten har allerede forklaret sig om bruddet. Skriv en tilføjelse i journalen.',
        'breach',
      );
    }
    if (input.outcome === 'account' && input.account === undefined) {
      return reject(
        'FM-CRS-3',
        ['own'],
        'Skriv, hvad kandidaten selv siger om bruddet, eller vælg, at kandidaten ikke har sagt noget.',
        'account',
      );
    }
    if (input.outcome !== 'account' && input.account !== undefined) {
      return reject(
        'FM-CON-3',
        ['own'],
        'Her står kun, hvad kandidaten selv siger. Skriv i journalen, hvordan I har forsøgt.',
        'account',
      );
    }
    return [
      {
        event: { type: 'BreachHeard', breach: breach.id, outcome: input.outcome, on: ctx.today },
        ...(input.account === undefined ? {} : { bodies: [{ scope: { kind: 'general' }, content: { account: input.account } }] }),
      },
    ];
  },
});

/**
 * Breach of terms that a court or Kriminalforsorgen set is sanctioned by their own rules: it is recorded here that the matter was
 * referred, and to whom; what comes of it is not decided here and is no part of the record (FM-END-2, S0 §5.1).
 */
export const sanctionRefer = command({
  name: 'sanction.refer',
  title: 'Registrér, at et brud på vilkår er sendt videre',
  rules: ['FM-END-2'],
  page: 'opfoelgning',
  input: z.strictObject({
    term: sanctionedTerm.meta({ label: 'Hvilke vilkår er overtrådt?', widget: 'radio', options: SANCTIONED_TERMS }),
    text: prose({
      label: 'Hvad er sendt videre, og til hvem?',
      hint: 'Hvad bruddet betyder for dommen, afgøres efter reglerne for den og ikke her.',
      max: 4000,
    }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: (state) =>
    notClosed(state) ??
    (state.course.status === 'none'
      ? reject('FM-END-2', ['course'], 'Der er ikke noget exitforløb i sagen endnu. Skriv et notat i journalen.')
      : undefined),
  decide: (_state, input, ctx) => [
    {
      event: { type: 'SanctionReferred', term: input.term, on: ctx.today },
      bodies: [{ scope: { kind: 'general' }, content: { text: input.text } }],
    },
  ],
});

export const breachCommands = [breachRecord, breachHear, sanctionRefer];
