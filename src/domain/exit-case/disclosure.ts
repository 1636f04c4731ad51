import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { zAuthorityId } from '../reference/authorities.js';
import {
  basisAllows,
  basisBeforeConsent,
  LEGAL_BASES,
  legalBasis,
  LEGAL_BASIS_IDS,
  type LegalBasisId,
  SHARING_KINDS,
  type SharingKind,
} from '../reference/legal-bases.js';
import type { CaseEvent } from './case.js';
import { fullMember } from './circle.js';
import { basisTowards, kindOptions } from './consent.js';
import { command, type EventMeta } from './define.js';
import { notClosed } from './ending.js';

const BASES = ['consent', ...LEGAL_BASIS_IDS] as const;
export type DisclosureBasis = 'consent' | LegalBasisId;

export type DisclosureEvent = {
  readonly type: 'DisclosureRecorded';
  readonly on: PlainDate;
  readonly kind: SharingKind;
  readonly to: string;
  readonly basis: DisclosureBasis;
  /** Shared under retsplejeloven § 115: never for investigating crime, and nobody was bound to give it. */
  readonly notForInvestigating: boolean;
};

export interface Disclosure {
  readonly version: number;
  readonly on: PlainDate;
  readonly kind: SharingKind;
  readonly to: string;
  readonly basis: DisclosureBasis;
  readonly notForInvestigating: boolean;
}
/** What has left the circle, in order: the consent page lists it with what was shared inside (FM-CON-4). */
export interface DisclosureState {
  readonly recorded: readonly Disclosure[];
}
export const noDisclosures: DisclosureState = { recorded: [] };

export const evolveDisclosures = (state: DisclosureState, event: CaseEvent, meta: EventMeta): DisclosureState => {
  if (event.type !== 'DisclosureRecorded') return state;
  const { type: _type, ...facts } = event;
  return { recorded: [...state.recorded, { version: meta.version, ...facts }] };
};

const BASIS_OPTIONS = [
  { value: 'consent', label: 'Kandidatens samtykke' },
  ...LEGAL_BASES.map((basis) => ({ value: basis.id, label: basis.title })),
];

/**
 * Something about the candidate is told to somebody outside the circle: what kind, to whom, why and on what basis (FM-CON-3, FM-CON-4).
 * Law carries it only until the candidate has answered about consent; then only a consent that names receiver and kind does.
 */
export const disclosureRecord = command({
  name: 'disclosure.record',
  title: 'Registrér, at oplysninger er videregivet',
  rules: ['FM-CON-3', 'FM-CON-4'],
  page: 'samtykke',
  input: z.strictObject({
    kind: z
      .enum(SHARING_KINDS, { error: 'Vælg, hvilke oplysninger det er' })
      .meta({ label: 'Hvilke oplysninger?', widget: 'select', options: kindOptions(SHARING_KINDS) }),
    to: zAuthorityId.meta({
      label: 'Hvilken myndighed?',
      hint: 'Vælg “Ekstern udbyder”, hvis det ikke er en myndighed.',
      widget: 'authority',
    }),
    receiver: prose({ label: 'Hvem dér?', hint: 'Navn eller afdeling.', max: 300, widget: 'text' }).optional(),
    why: prose({ label: 'Hvorfor er det nødvendigt?', max: 2000, missing: 'Skriv, hvorfor det er nødvendigt' }),
    basis: z
      .enum(BASES, { error: 'Vælg, hvad det sker på grundlag af' })
      .meta({ label: 'På hvilket grundlag?', widget: 'radio', options: BASIS_OPTIONS }),
    notForInvestigating: z.boolean().default(false).meta({
      label:
        'Modtageren ved, at oplysningen ikke må bruges til at efterforske straffesager, og at ingen har pligt til at give den',
      hint: 'Skal markeres, når grundlaget er retsplejelovens § 115.',
      widget: 'checkbox',
    }),
  }),
  writes: ['general'],
  may: fullMember,
  when: notClosed,
  decide: (state, input, ctx) => {
    const { kind, to, basis } = input;
    const ground = basisTowards(state, to, [kind], ctx.today);
    if (!ground.allowed) return reject('FM-CON-3', ['consent'], ground.why, 'kind');
    if (ground.basis === 'law' && basis === 'consent') {
      return reject(
        'FM-CON-3',
        ['consent'],
        'Kandidaten har ikke givet samtykke endnu. Vælg den lov, oplysningen gives efter, eller registrér samtykket først.',
        'basis',
      );
    }
    if (ground.basis === 'consent' && basis !== 'consent') {
      return reject(
        'FM-CON-3',
        ['consent'],
        'Kandidaten har givet samtykke. Så er det samtykket, der er grundlaget, og ikke loven.',
        'basis',
      );
    }
    if (basis !== 'consent' && !basisAllows(basis, kind)) {
      return reject(
        'FM-CON-3',
        ['own'],
        `Den lov gælder ikke den slags oplysninger. Vælg ${legalBasis(basisBeforeConsent(kind)).title}.`,
        'basis',
      );
    }
    const ksp = basis !== 'consent' && legalBasis(basis).onlyOnRelease;
    if (ksp && !input.notForInvestigating) {
      return reject(
        'FM-CON-3',
        ['own'],
        'Efter retsplejelovens § 115 må oplysningen ikke bruges til efterforskning, og ingen har pligt til at give den. Sæt kryds ved, at modtageren ved det.',
        'notForInvestigating',
      );
    }
    return [
      {
        event: {
          type: 'DisclosureRecorded',
          on: ctx.today,
          kind,
          to,
          basis,
          notForInvestigating: ksp || input.notForInvestigating,
        },
        bodies: [{ scope: { kind: 'general' }, content: { why: input.why, receiver: input.receiver } }],
      },
    ];
  },
});

export const disclosureCommands = [disclosureRecord];
