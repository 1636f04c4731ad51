import { z } from 'zod';
import { type OpeningId, zId, type UserId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { copenhagenDate, formatTime, type Instant, type PlainDate } from '../kernel/time.js';
import { authorityName } from '../reference/authorities.js';
import type { CaseEvent, ExitCase } from './case.js';
import { coordinator, coordinatorSeat, currentMembers, membershipsOf, type Seat, SEATS } from './circle.js';
import { type CasePermission, command, type EventMeta, type NotificationKind, type Task } from './define.js';

export type CardOpeningEvent =
  | { readonly type: 'CardOpened'; readonly opening: OpeningId; readonly on: PlainDate; readonly authority: string }
  | { readonly type: 'CardOpeningNoted'; readonly opening: OpeningId };

/** Openings that the co-ordinator has not looked at. */
export interface CardOpening {
  readonly id: OpeningId;
  readonly by: UserId;
  /** Of who made it: what may be said of him where his name does not stand. */
  readonly authority: string;
  readonly on: PlainDate;
  readonly at: Instant;
  readonly noted: boolean;
}
export type CardOpeningState = readonly CardOpening[];
export const noCardOpenings: CardOpeningState = [];

export const evolveCardOpenings = (state: CardOpeningState, event: CaseEvent, meta: EventMeta): CardOpeningState => {
  switch (event.type) {
    case 'CardOpened':
      return [...state, { id: event.opening, by: meta.actor, authority: event.authority, on: copenhagenDate(meta.at), at: meta.at, noted: false }];
    case 'CardOpeningNoted':
      return state.map((one) => (one.id === event.opening ? { ...one, noted: true } : one));
    default:
      return state;
  }
};

/**
 * Who looks at an opening: the co-ordinator; when he made it himself before he became that, the first seat that somebody else holds. Nobody as long as he is
 * alone: the auditor and the contact point have it all the same, and the task comes with the first who joins him.
 */
const lookingSeat = (state: ExitCase, { by }: CardOpening): Seat | undefined => {
  const own = coordinatorSeat(state);
  const members = currentMembers(state);
  const another = [own, ...SEATS].find((seat) => members.some((one) => one.role === seat && one.user !== by));
  return another ?? (members.some((one) => one.role === own) ? undefined : own);
};

/** Whether an opening waits for somebody to look at it: nobody looks at his own (FM-CNF-10). */
export const looksAt = (state: ExitCase, user: string, opening: CardOpening): boolean =>
  !opening.noted && opening.by !== user && membershipsOf(state, user).some((one) => one.role === lookingSeat(state, opening));

export const cardOpeningTasks = (state: ExitCase): readonly Task[] =>
  state.cardOpenings.flatMap((one) => {
    const seat = lookingSeat(state, one);
    return one.noted || seat === undefined ? [] : [{
      key: `opening:${one.id}`,
      // With the hour and the authority, as the contact point has it: two openings of a day are two tasks, told from one another.
      title: `Sikkerhedskortet blev åbnet i en nødsituation ${formatTime(one.at)} af ${authorityName(one.authority)}: se hvorfor`,
      owner: { seat },
      // The same day: somebody's life was in danger. The seventy-two hours are the auditor's (FM-CNF-10).
      due: one.on,
      command: 'safetyCard.noteOpening',
    }];
  });

export const cardOpeningNotification = (event: CaseEvent): NotificationKind | undefined => (event.type === 'CardOpened' ? 'card-opened' : undefined);

/** Who is let in to it the database has decided: somebody whose emergency opening of this very case is still running. */
const anybodyLetIn: CasePermission = { test: () => true, who: 'den, der har foretaget et nødopslag,' };

/** Characters: fewer say nothing to who reads them afterwards. */
export const LEAST_REASON = 40;

/**
 * A threat to life: somebody outside of the circle opens the safety card, and never the file (FM-CNF-10, FM-SEC-6). The reason lies with the card, where the circle reads it; the
 * co-ordinator and the contact point are told by this very event, and no card is shown before it is recorded.
 */
export const safetyCardOpen = command({
  name: 'safetyCard.open',
  title: 'Åbn sikkerhedskortet i en nødsituation',
  rules: ['FM-CNF-10'],
  admission: 'emergency',
  page: 'sikkerhed',
  input: z.strictObject({
    reason: prose({
      label: 'Hvad truer nogens liv?',
      hint: 'Mindst 40 tegn. Sagens koordinator læser det, og brugen bliver gennemgået.',
      max: 2000,
      least: LEAST_REASON,
      missing: 'Skriv, hvad der truer nogens liv',
      wordless: 'Skriv med ord, hvad der truer nogens liv',
    }),
  }),
  writes: ['card'],
  may: anybodyLetIn,
  decide: (_state, input, ctx) => [
    { event: { type: 'CardOpened', opening: ctx.newId<OpeningId>(), on: ctx.today, authority: ctx.actor.authority }, bodies: [{ scope: { kind: 'card' }, content: { reason: input.reason } }] },
  ],
});

/** The co-ordinator, and whoever looks in his place at what he made himself. */
const whoLooks: CasePermission = {
  test: (state, actor) => coordinator.test(state, actor) || state.cardOpenings.some((one) => looksAt(state, actor.user, one)),
  who: coordinator.who,
};

/** The co-ordinator has seen why the card was opened, and what came of it (FM-CNF-10). */
export const safetyCardNoteOpening = command({
  name: 'safetyCard.noteOpening',
  title: 'Notér, at du har set nødopslaget',
  rules: ['FM-CNF-10'],
  page: 'sikkerhed',
  input: z.strictObject({
    opening: zId<OpeningId>('Vælg det nødopslag, du har set').meta({ label: 'Nødopslag', widget: 'hidden' }),
    note: prose({ label: 'Hvad kom der ud af det?', hint: 'Tal med kollegaen, før du skriver.', max: 2000 }).optional(),
  }),
  writes: ['card'],
  may: whoLooks,
  when: (state) => (state.cardOpenings.some((one) => !one.noted) ? undefined : reject('FM-CNF-10', ['own'], 'Der er ingen nødopslag, der venter på dig.')),
  decide: (state, input, ctx) => {
    const opening = state.cardOpenings.find((one) => one.id === input.opening && !one.noted);
    if (opening === undefined) return reject('FM-CNF-10', ['own'], 'Nødopslaget er set allerede. Vælg et, der venter.', 'opening');
    if (opening.by === ctx.actor.user) return reject('FM-CNF-10', ['own'], 'Du har selv foretaget dette nødopslag. En anden i kredsen ser på det, og revisoren gennemgår det.', 'opening');
    if (!looksAt(state, ctx.actor.user, opening)) return reject('FM-CNF-10', ['own'], 'Sagens koordinator ser på dette nødopslag.', 'opening');
    return [
      {
        event: { type: 'CardOpeningNoted', opening: opening.id },
        ...(input.note === undefined ? {} : { bodies: [{ scope: { kind: 'card' as const }, content: { note: input.note } }] }),
      },
    ];
  },
});

export const cardOpeningCommands = [safetyCardOpen, safetyCardNoteOpening];
