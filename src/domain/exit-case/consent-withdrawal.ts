import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { zAuthorityId } from '../reference/authorities.js';
import { SHARING_KINDS, type SharingKind } from '../reference/legal-bases.js';
import { unitMember, unitOrContact } from './circle.js';
import { hasValidConsent, kindOptions } from './consent.js';
import { command } from './define.js';
import { notClosed } from './ending.js';

export type ConsentWithdrawalEvent =
  | {
      readonly type: 'ConsentWithdrawn';
      readonly on: PlainDate;
      readonly kinds: readonly SharingKind[];
      readonly authorities: readonly string[];
    }
  | { readonly type: 'WithdrawalWeighed'; readonly on: PlainDate; readonly goesOn: boolean };

const EXTENTS = [
  { value: 'all', label: 'Hele samtykket' },
  { value: 'part', label: 'Kun noget af det' },
] as const;

/**
 * Consent withdrawn: all of it, or the cells where the named kinds and authorities meet. As easy as giving it: no evidence and no reason
 * (GDPR art. 7(3)), only how much, and what the candidate said. New sharing stops at once; nothing is deleted and no measure ends by
 * it (FM-CON-2).
 */
export const consentWithdraw = command({
  name: 'consent.withdraw',
  title: 'Træk samtykket tilbage',
  rules: ['FM-CON-2'],
  page: 'samtykke',
  input: z.strictObject({
    extent: z
      .enum(
        EXTENTS.map((option) => option.value),
        { error: 'Vælg, om det er hele samtykket eller kun noget af det' },
      )
      .meta({ label: 'Hvad trækker kandidaten tilbage?', widget: 'radio', options: EXTENTS }),
    reason: prose({
      label: 'Hvad sagde kandidaten, og hvordan?',
      hint: 'Hvornår og hvordan I fik det at vide. Kandidaten behøver ikke give nogen grund eller skrive under.',
      missing: 'Skriv, hvad kandidaten sagde, og hvordan',
      max: 2000,
    }),
    kinds: z
      .array(z.enum(SHARING_KINDS, { error: 'Vælg oplysninger fra listen' }))
      .min(1, 'Sæt kryds ved mindst én slags oplysninger, eller lad feltet stå')
      .optional()
      .meta({
        label: 'Hvilke oplysninger?',
        hint: 'Kun hvis det er noget af samtykket. Uden kryds gælder det alle oplysninger.',
        widget: 'checkboxes',
        options: kindOptions(SHARING_KINDS),
      }),
    authorities: z.array(zAuthorityId).min(1, 'Vælg mindst én myndighed, eller lad feltet stå').optional().meta({
      label: 'Hvilke myndigheder?',
      hint: 'Kun hvis det er noget af samtykket. Uden kryds gælder det alle myndigheder.',
      widget: 'authorities',
    }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: (state) =>
    notClosed(state) ??
    (state.consent.status === 'given'
      ? undefined
      : reject(
          'FM-CON-2',
          ['consent'],
          'Der er ikke noget samtykke at trække tilbage. Siger kandidaten nej, så registrér det som et nej.',
        )),
  decide: ({ consent }, input, ctx) => {
    const named = input.kinds !== undefined || input.authorities !== undefined;
    if (input.extent === 'part' && !named) {
      return reject(
        'FM-CON-2',
        ['own'],
        'Sæt kryds ved de oplysninger eller de myndigheder, det gælder, eller vælg “Hele samtykket”.',
        'kinds',
      );
    }
    if (input.extent === 'all' && named) {
      return reject(
        'FM-CON-2',
        ['own'],
        'Der er både valgt hele samtykket og noget af det. Vælg “Kun noget af det”, eller fjern krydserne.',
        'extent',
      );
    }
    const kinds = consent.kinds.filter((kind) => input.kinds === undefined || input.kinds.includes(kind));
    const authorities = consent.authorities.filter(
      (one) => input.authorities === undefined || input.authorities.some((other) => other === one),
    );
    const touches = consent.coverage.some(
      (one) => authorities.includes(one.authority) && one.kinds.some((kind) => kinds.includes(kind)),
    );
    if (!touches) {
      return reject(
        'FM-CON-2',
        ['consent'],
        'Samtykket omfatter ikke det, du har valgt. Vælg oplysninger og myndigheder, som det gælder nu.',
        'kinds',
      );
    }
    return [
      {
        event: { type: 'ConsentWithdrawn', on: ctx.today, kinds, authorities },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
    ];
  },
});

const OUTCOMES = [
  { value: 'goes-on', label: 'Ja, sagen kan fortsætte med det samtykke, der er tilbage' },
  { value: 'cannot-go-on', label: 'Nej, forløbet må afbrydes' },
] as const;

/**
 * The unit's answer, within 14 days of a withdrawal, to whether the course can go on; an interruption is decided by itself (FM-CON-2,
 * FM-END-6). With nothing left of the consent it cannot: there is none to go on with (FM-CON-1).
 */
export const consentWeighWithdrawal = command({
  name: 'consent.weighWithdrawal',
  title: 'Beslut, om sagen kan fortsætte',
  rules: ['FM-CON-1', 'FM-CON-2'],
  page: 'samtykke',
  input: z.strictObject({
    outcome: z
      .enum(
        OUTCOMES.map((option) => option.value),
        { error: 'Vælg, om sagen kan fortsætte' },
      )
      .meta({ label: 'Kan sagen fortsætte?', widget: 'radio', options: OUTCOMES }),
    reason: prose({ label: 'Hvorfor?', max: 4000, missing: 'Skriv, hvorfor sagen kan eller ikke kan fortsætte' }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) =>
    notClosed(state) ??
    (state.consent.withdrawal !== undefined
      ? undefined
      : reject('FM-CON-2', ['consent'], 'Der er ikke trukket samtykke tilbage, som enheden mangler at tage stilling til.')),
  decide: (state, input, ctx) => {
    const goesOn = input.outcome === 'goes-on';
    if (goesOn && !hasValidConsent(state, ctx.today)) {
      return reject(
        'FM-CON-1',
        ['consent'],
        'Der er intet samtykke tilbage at fortsætte med. Registrér et nyt samtykke, hvis kandidaten giver det. Ellers må sagen afsluttes: vælg “Nej”.',
        'outcome',
      );
    }
    return [
      {
        event: { type: 'WithdrawalWeighed', on: ctx.today, goesOn },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
    ];
  },
});

export const consentWithdrawalCommands = [consentWithdraw, consentWeighWithdrawal];
