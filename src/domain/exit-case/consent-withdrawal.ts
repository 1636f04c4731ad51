import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { zAuthorityId } from '../reference/authorities.js';
import { SHARING_KINDS, type SharingKind } from '../reference/legal-bases.js';
import { unitMember, unitOrContact } from './circle.js';
import { kindOptions } from './consent.js';
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

/**
 * Consent withdrawn, all of it or the cells where the named kinds and authorities meet. As easy as giving it: no evidence, no reason
 * (GDPR art. 7(3)). New sharing stops at once; nothing is deleted and no measure ends by it (FM-CON-2).
 */
export const consentWithdraw = command({
  name: 'consent.withdraw',
  title: 'Træk samtykket tilbage',
  rules: ['FM-CON-2'],
  page: 'samtykke',
  input: z.object({
    kinds: z
      .array(z.enum(SHARING_KINDS, { error: 'Vælg oplysninger fra listen' }))
      .min(1, 'Sæt kryds ved mindst én slags oplysninger, eller lad feltet stå')
      .optional()
      .meta({
        label: 'Hvilke oplysninger?',
        hint: 'Uden kryds gælder det alle.',
        widget: 'checkboxes',
        options: kindOptions(SHARING_KINDS),
      }),
    authorities: z
      .array(zAuthorityId)
      .min(1, 'Vælg mindst én myndighed, eller lad feltet stå')
      .optional()
      .meta({ label: 'Hvilke myndigheder?', hint: 'Uden kryds gælder det alle.', widget: 'authorities' }),
    reason: prose({ label: 'Hvad sagde kandidaten?', hint: 'Kandidaten behøver ikke give nogen grund.', max: 2000 }).optional(),
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
    const kinds = consent.kinds.filter((kind) => input.kinds === undefined || input.kinds.includes(kind));
    const authorities = consent.authorities.filter(
      (one) => input.authorities === undefined || input.authorities.some((named) => named === one),
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
        ...(input.reason === undefined
          ? {}
          : { bodies: [{ scope: { kind: 'general' as const }, content: { reason: input.reason } }] }),
      },
    ];
  },
});

const OUTCOMES = [
  { value: 'goes-on', label: 'Ja, sagen kan fortsætte med det samtykke, der er tilbage' },
  { value: 'cannot-go-on', label: 'Nej, forløbet må afbrydes' },
] as const;

/** The unit's answer, within 14 days of a withdrawal, to whether the course can go on; an interruption is decided by itself (FM-CON-2, FM-END-6). */
export const consentWeighWithdrawal = command({
  name: 'consent.weighWithdrawal',
  title: 'Beslut, om sagen kan fortsætte',
  rules: ['FM-CON-2'],
  page: 'samtykke',
  input: z.object({
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
  decide: (_state, input, ctx) => [
    {
      event: { type: 'WithdrawalWeighed', on: ctx.today, goesOn: input.outcome === 'goes-on' },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    },
  ],
});

export const consentWithdrawalCommands = [consentWithdraw, consentWeighWithdrawal];
