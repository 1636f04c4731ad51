import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { policeMember } from './circle.js';
import { command, type EventMeta, type Task } from './define.js';
import { isClosed, notClosed } from './ending.js';

/** Whether persons are along is core: the address protection asks for it; who they are lies on the card. */
export type SafetyCardEvent = { readonly type: 'SafetyCardSet'; readonly on: PlainDate; readonly personsAlong: boolean };
export interface SafetyCardState {
  readonly setOn?: PlainDate;
  readonly personsAlong: boolean;
}
export const noSafetyCard: SafetyCardState = { personsAlong: false };

export const evolveSafetyCard = (state: SafetyCardState, event: CaseEvent, _meta: EventMeta): SafetyCardState =>
  event.type === 'SafetyCardSet' ? { setOn: event.on, personsAlong: event.personsAlong } : state;

/** Calendar days from the first security assessment to the card `[+]`. */
const CARD_WITHIN_DAYS = 7;

export const safetyCardTasks = (state: ExitCase): readonly Task[] => {
  const { assessedOn } = state.security;
  if (isClosed(state) || assessedOn === undefined || state.safetyCard.setOn !== undefined) return [];
  return [
    {
      key: 'safety-card',
      title: 'Udfyld sikkerhedskortet',
      owner: { seat: 'police' },
      due: addDays(assessedOn, CARD_WITHIN_DAYS),
      command: 'safetyCard.set',
    },
  ];
};

/**
 * The safety card: whom to call, what to take care of, who is along. Kept by police, and what break-glass opens; the safe contact
 * stands on it too (`safeContact.set`). The card set last is the whole card (FM-SEC-6).
 */
export const safetyCardSet = command({
  name: 'safetyCard.set',
  title: 'Udfyld sikkerhedskortet',
  rules: ['FM-SEC-6'],
  page: 'sikkerhed',
  input: z.strictObject({
    call: prose({
      label: 'Hvem skal der ringes til?',
      hint: 'Navn, myndighed og telefonnummer, også uden for kontortid.',
      max: 2000,
      missing: 'Skriv, hvem der skal ringes til',
    }),
    precautions: prose({
      label: 'Hvad skal man passe på?',
      hint: 'Det, en kollega uden for sagen skal vide, hvis der er fare for liv.',
      max: 2000,
    }).optional(),
    along: prose({
      label: 'Hvem er med?',
      hint: 'Partner og børn. Lad feltet stå tomt, hvis ingen er med.',
      max: 2000,
    }).optional(),
  }),
  writes: ['card'],
  may: policeMember,
  when: notClosed,
  decide: (_state, input, ctx) => [
    {
      event: { type: 'SafetyCardSet', on: ctx.today, personsAlong: input.along !== undefined },
      bodies: [{ scope: { kind: 'card' }, content: { call: input.call, precautions: input.precautions, along: input.along } }],
    },
  ],
});

export const safetyCardCommands = [safetyCardSet];
