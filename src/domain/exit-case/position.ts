import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addWorkingDays, type PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { emptySeats, type Seat, seatsOf, unitMember } from './circle.js';
import { notRunning } from './course.js';
import { command, type EventMeta, type Task } from './define.js';
import { inWords, votingSeats } from './vote.js';

export const COURSE_POSITIONS = [
  { value: 'continue', label: 'Forløbet skal fortsætte' },
  { value: 'interrupt', label: 'Forløbet skal afbrydes' },
  { value: 'complete', label: 'Forløbet skal afsluttes, fordi behovet er væk' },
] as const;
/** Why a course may be interrupted (FM-END-6). */
export const INTERRUPTION_GROUNDS = [
  { value: 'breach', label: 'Kandidaten lever ikke op til kravene i aftalen' },
  { value: 'own-wish', label: 'Kandidaten ønsker det selv' },
  { value: 'consent-withdrawn', label: 'Kandidaten har trukket sit samtykke tilbage' },
  { value: 'impossible', label: 'Forløbet kan ikke gennemføres: død, rejst til udlandet eller ikke til at få fat på' },
] as const;

const coursePosition = z.enum(
  COURSE_POSITIONS.map((option) => option.value),
  { error: 'Vælg, hvad jeres myndighed mener' },
);
export type CoursePosition = z.infer<typeof coursePosition>;
export const interruptionGround = z.enum(
  INTERRUPTION_GROUNDS.map((option) => option.value),
  { error: 'Vælg grunden til at afbryde' },
);
export type InterruptionGround = z.infer<typeof interruptionGround>;

export type PositionEvent = {
  readonly type: 'PositionStated';
  readonly seat: Seat;
  readonly position: CoursePosition;
  readonly ground?: InterruptionGround;
  readonly on: PlainDate;
};

export interface StatedPosition {
  readonly seat: Seat;
  readonly position: CoursePosition;
  readonly ground?: InterruptionGround;
  readonly on: PlainDate;
}
/** What each authority says to whether the course goes on. Open from the first word until the unit has decided. */
export interface PositionState {
  readonly stated: readonly StatedPosition[];
  /** The day the question was raised: by an authority, a follow-up, or a withdrawn consent without which the course cannot go on. */
  readonly raisedOn?: PlainDate;
}
export const noPositions: PositionState = { stated: [] };

export const evolvePositions = (state: PositionState, event: CaseEvent, _meta: EventMeta): PositionState => {
  switch (event.type) {
    case 'PositionStated': {
      const { type: _type, ...stated } = event;
      return { raisedOn: state.raisedOn ?? event.on, stated: [...state.stated.filter((one) => one.seat !== event.seat), stated] };
    }
    // A follow-up that lets the course go on has answered the question; one that puts it to an end raises it.
    case 'FollowUpHeld':
      return event.outcome === 'interruption' || event.outcome === 'complete'
        ? { ...state, raisedOn: state.raisedOn ?? event.on }
        : noPositions;
    case 'WithdrawalWeighed':
      return event.goesOn ? state : { ...state, raisedOn: state.raisedOn ?? event.on };
    case 'AgreementEntered':
      return noPositions;
    // Out of the votes as well as of the circle (FM-DEC-4).
    case 'ConflictDeclared':
      return { ...state, stated: state.stated.filter((one) => !event.seats.includes(one.seat)) };
    default:
      return state;
  }
};

/** The seats that must still say what they think before the unit can decide (FM-END-7). */
export const seatsNotStated = (state: ExitCase): readonly Seat[] =>
  votingSeats(state).filter((seat) => !state.positions.stated.some((one) => one.seat === seat));

const END_IN_WORDS = { interrupt: 'afbrydes', complete: 'afsluttes' } as const;

/**
 * What is in the way of ending the course like this: a position that is not recorded, or no majority for it. As with the decision the
 * majority rules, among the seats that have a vote; outside custody, where one authority is the unit, one alone ends nothing (FM-END-7, FM-ASM-7).
 */
export const notDecided = (state: ExitCase, wanted: keyof typeof END_IN_WORDS): Rejection | undefined => {
  const voting = votingSeats(state);
  const missing = seatsNotStated(state);
  if (missing.length > 0) {
    const unfilled = emptySeats(state).filter((seat) => missing.includes(seat));
    return reject(
      'FM-END-7',
      ['course', 'circle'],
      unfilled.length > 0
        ? `Ingen i kredsen taler for ${inWords(unfilled)}. Føj en repræsentant til kredsen, som kan skrive myndighedens standpunkt.`
        : `Der mangler et standpunkt fra ${inWords(missing)}. Enheden afgør sammen, om forløbet skal ${END_IN_WORDS[wanted]}.`,
    );
  }
  if (voting.length < 2 && state.inquiry.place === 'freedom') {
    return reject(
      'FM-END-7',
      ['course', 'circle'],
      'Én myndighed kan ikke ende et forløb alene. Føj en afløser for de inhabile til kredsen.',
    );
  }
  const agreeing = state.positions.stated.filter((one) => voting.includes(one.seat) && one.position === wanted);
  if (agreeing.length * 2 <= voting.length) {
    return reject(
      'FM-END-7',
      ['course'],
      `Der er ikke flertal for, at forløbet skal ${END_IN_WORDS[wanted]}. Forløbet fortsætter, til et flertal af myndighederne mener noget andet.`,
    );
  }
  return undefined;
};

/** How the unit came to it: all of one mind, by majority, or DfK as the unit in custody. */
export type EndingMethod = 'unanimous' | 'majority' | 'custody';
export const endingMethod = (state: ExitCase, wanted: CoursePosition): EndingMethod => {
  if (state.inquiry.place === 'custody') return 'custody';
  return votingSeats(state).every((seat) => state.positions.stated.some((one) => one.seat === seat && one.position === wanted))
    ? 'unanimous'
    : 'majority';
};

/** Working days from the question is raised until every authority has answered `[+]`. */
const STATE_WITHIN_WORKING_DAYS = 5;

export const positionTasks = (state: ExitCase): readonly Task[] => {
  const { raisedOn } = state.positions;
  if (raisedOn === undefined || state.course.status !== 'running') return [];
  return seatsNotStated(state).map((seat) => ({
    key: `position:${seat}`,
    title: 'Skriv jeres standpunkt til, om forløbet skal fortsætte',
    owner: { seat },
    due: addWorkingDays(raisedOn, STATE_WITHIN_WORKING_DAYS),
    command: 'course.state',
  }));
};

/** Each authority says whether the course should go on, and why; it can change its mind until the unit has decided (FM-END-7). */
export const courseState = command({
  name: 'course.state',
  title: 'Skriv jeres standpunkt til forløbet',
  rules: ['FM-END-6', 'FM-END-7'],
  page: 'opfoelgning',
  input: z.strictObject({
    position: coursePosition.meta({ label: 'Hvad mener jeres myndighed?', widget: 'radio', options: COURSE_POSITIONS }),
    ground: interruptionGround.optional().meta({
      label: 'Grund til at afbryde',
      hint: 'Udfyldes kun, hvis forløbet skal afbrydes.',
      widget: 'radio',
      options: INTERRUPTION_GROUNDS,
    }),
    reasons: prose({ label: 'Begrundelse', max: 8000, missing: 'Skriv, hvorfor I mener det' }),
  }),
  writes: ['general'],
  may: unitMember,
  when: notRunning,
  decide: (state, input, ctx) => {
    const { position, ground } = input;
    if (position === 'interrupt' && ground === undefined) {
      return reject('FM-END-6', ['own'], 'Vælg en grund. Et forløb kan kun afbrydes af en af de fire grunde.', 'ground');
    }
    if (position !== 'interrupt' && ground !== undefined) {
      return reject(
        'FM-END-6',
        ['own'],
        'En grund til at afbryde hører kun til, når forløbet skal afbrydes. Fjern grunden, eller vælg “afbrydes”.',
        'ground',
      );
    }
    return seatsOf(state, ctx.actor.user).map((seat) => ({
      event: { type: 'PositionStated' as const, seat, position, on: ctx.today, ...(ground === undefined ? {} : { ground }) },
      bodies: [{ scope: { kind: 'general' as const }, content: { reasons: input.reasons } }],
    }));
  },
});

export const positionCommands = [courseState];
