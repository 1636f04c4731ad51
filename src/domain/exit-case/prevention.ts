import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitMember } from './circle.js';
import { isRefused } from './decision.js';
import { command, type EventMeta, type Task } from './define.js';
import { leadSeat } from './vote.js';

const OUTCOMES = [
  { value: 'offered', label: 'Ja, personen er henvist' },
  { value: 'declined', label: 'Ja, men personen takkede nej' },
  { value: 'no-need', label: 'Nej, der er ikke behov' },
] as const;
const FORUMS = [
  { value: 'district-council', label: 'Kredsrådet' },
  { value: 'local-council', label: 'Lokalrådet' },
  { value: 'gang-council', label: 'Banderådet' },
  { value: 'ssp', label: 'SSP-samarbejdet' },
  { value: 'own-authority', label: 'Egen myndigheds indsats' },
  { value: 'other', label: 'Et andet sted' },
] as const;
const outcome = z.enum(
  OUTCOMES.map((option) => option.value),
  { error: 'Vælg, hvad der blev af tilbuddet' },
);
const forum = z.enum(
  FORUMS.map((option) => option.value),
  { error: 'Vælg, hvor personen er henvist til' },
);

export type PreventionEvent = {
  readonly type: 'PreventionOffered';
  readonly outcome: z.infer<typeof outcome>;
  readonly where?: z.infer<typeof forum>;
  readonly nameGiven: boolean;
  readonly on: PlainDate;
};
export interface PreventionState {
  readonly outcome?: z.infer<typeof outcome>;
}
export const noPrevention: PreventionState = {};

export const evolvePrevention = (state: PreventionState, event: CaseEvent, _meta: EventMeta): PreventionState =>
  event.type === 'PreventionOffered' ? { outcome: event.outcome } : state;

/** Ordinary crime prevention, offered to whom exit is not for, or who left the assessment; a name goes along only with consent (FM-TGT-5). */
export const preventionOffer = command({
  name: 'prevention.offer',
  title: 'Notér tilbud om almindelig forebyggelse',
  rules: ['FM-TGT-5'],
  page: 'visitation',
  input: z.strictObject({
    outcome: outcome.meta({
      label: 'Er personen tilbudt almindelig kriminalitetsforebyggelse?',
      widget: 'radio',
      options: OUTCOMES,
    }),
    where: forum.optional().meta({ label: 'Hvor?', widget: 'select', options: FORUMS }),
    nameGiven: z.boolean().default(false).meta({ label: 'Personens navn er givet videre', widget: 'checkbox' }),
    consented: z.boolean().default(false).meta({ label: 'Personen har sagt ja til, at navnet gives videre', widget: 'checkbox' }),
    note: prose({ label: 'Bemærkning', max: 2000 }).optional(),
  }),
  writes: ['general'],
  may: unitMember,
  // A refusal or an interruption closes the case: this one step comes after it.
  when: (state) =>
    isRefused(state) || state.assessment.interrupted !== undefined
      ? undefined
      : reject(
          'FM-TGT-5',
          ['decision'],
          'Almindelig forebyggelse tilbydes, når der er givet afslag, eller når visitationen er afbrudt.',
        ),
  decide: (_state, input, ctx) => {
    const { where, nameGiven, consented, note } = input;
    if (input.outcome === 'offered' && where === undefined) {
      return reject('FM-TGT-5', ['own'], 'Vælg, hvor personen er henvist til.', 'where');
    }
    if (nameGiven && !consented) {
      return reject('FM-TGT-5', ['own'], 'Navnet må kun gives videre, når personen har sagt ja til det.', 'consented');
    }
    return [
      {
        event: {
          type: 'PreventionOffered',
          outcome: input.outcome,
          ...(where === undefined ? {} : { where }),
          nameGiven,
          on: ctx.today,
        },
        ...(note === undefined ? {} : { bodies: [{ scope: { kind: 'general' as const }, content: { note } }] }),
      },
    ];
  },
});

/** Calendar days from the refusal or the interruption (policy); after a review from the day it ended: while it was open nobody was to offer anything (FM-DEC-2). */
const DAYS_TO_OFFER = 14;

export const preventionTasks = (state: ExitCase): readonly Task[] => {
  const { interrupted } = state.assessment;
  const { outcome: decided, review } = state.decision;
  const ended = isRefused(state) ? (review?.on ?? decided?.on) : interrupted?.reason === 'died' ? undefined : interrupted?.on;
  if (ended === undefined || state.prevention.outcome !== undefined) return [];
  return [
    {
      key: 'prevention.offer',
      title: 'Tilbyd almindelig forebyggelse',
      owner: { seat: leadSeat(state) },
      due: addDays(ended, DAYS_TO_OFFER),
      command: 'prevention.offer',
    },
  ];
};

export const preventionCommands = [preventionOffer];
