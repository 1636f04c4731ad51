import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addWorkingDays, type PlainDate } from '../kernel/time.js';
import { agreementInForce } from './agreement.js';
import { areBreachesHeard } from './breach.js';
import type { ExitCase } from './case.js';
import { unitMember } from './circle.js';
import { isRunning, notRunning } from './course.js';
import { command, type Task } from './define.js';
import { isHeard, latestHearing } from './hearing.js';
import { measureOf } from './measure.js';
import {
  endingMethod,
  type EndingMethod,
  INTERRUPTION_GROUNDS,
  interruptionGround,
  type InterruptionGround,
  notDecided,
} from './position.js';
import { leadSeat } from './vote.js';

/** What is left to do for the candidate when a course is completed (FM-END-3). */
export const REMAINING_NEEDS = [
  { value: 'none', label: 'Behovet er væk, og alle tiltag er slut' },
  { value: 'ordinary', label: 'Behovet for exit er væk; tiltag, der er i gang, fortsætter som almindelig hjælp' },
  { value: 'exit', label: 'Der er stadig behov for støtte til at komme ud af miljøet' },
] as const;
const remainingNeed = z.enum(
  REMAINING_NEEDS.map((option) => option.value),
  { error: 'Vælg, om der stadig er behov for støtte og tiltag' },
);

export type CourseEndEvent =
  | {
      readonly type: 'CourseInterrupted';
      readonly ground: InterruptionGround;
      readonly method: EndingMethod;
      readonly on: PlainDate;
    }
  | {
      readonly type: 'CourseCompleted';
      readonly remaining: 'none' | 'ordinary';
      readonly method: EndingMethod;
      readonly on: PlainDate;
    };

/**
 * An interruption is adverse unless the candidate wants it himself, or it cannot be otherwise: those it is done to are heard first and
 * told how to complain (FM-DEC-5, FM-LAW-1).
 */
const isAdverse = (ground: InterruptionGround): boolean => ground === 'breach' || ground === 'consent-withdrawn';

/** The day the facts an adverse interruption rests on were complete: a hearing from before it says nothing about them. */
const factsSince = (state: ExitCase, ground: InterruptionGround): PlainDate | undefined =>
  ground === 'breach' ? state.breaches.breaches.at(-1)?.on : (state.consent.withdrawal?.on ?? state.consent.on);

const notGrounded = (state: ExitCase, ground: InterruptionGround): Rejection | undefined => {
  if (!state.positions.stated.some((one) => one.position === 'interrupt' && one.ground === ground)) {
    return reject(
      'FM-END-6',
      ['course'],
      'Ingen af myndighederne har givet den grund. Vælg en grund, der står i et standpunkt.',
      'ground',
    );
  }
  if (ground === 'consent-withdrawn' && state.consent.status !== 'withdrawn' && state.consent.withdrawal === undefined) {
    return reject(
      'FM-END-6',
      ['consent'],
      'Der er ikke trukket samtykke tilbage. Registrér det først, eller vælg en anden grund.',
      'ground',
    );
  }
  if (ground === 'breach' && !areBreachesHeard(state)) {
    return reject(
      'FM-CRS-3',
      ['breach'],
      'Et forløb kan først afbrydes for brud på kravene, når bruddet er registreret, og kandidaten er spurgt om sin egen forklaring.',
      'ground',
    );
  }
  return undefined;
};

const notHeard = (state: ExitCase, ground: InterruptionGround, today: PlainDate): Rejection | undefined => {
  if (!isAdverse(ground)) return undefined;
  const since = factsSince(state, ground);
  const hearing = latestHearing(state, 'interruption');
  if (hearing === undefined || (since !== undefined && hearing.on < since)) {
    return reject(
      'FM-LAW-1',
      ['hearing'],
      'Kandidaten skal høres, før forløbet afbrydes af den grund. Send en høring om afbrydelsen, eller skriv, hvorfor der ikke skal høres.',
      'ground',
    );
  }
  return isHeard(state, 'interruption', today)
    ? undefined
    : reject('FM-LAW-1', ['hearing'], 'Fristen for kandidatens svar er ikke udløbet. Afvent svaret eller fristen.', 'ground');
};

/**
 * The unit interrupts the course. Only its own co-ordination ends, and pool grants lapse: every measure goes on, until the authority
 * that owns it stops it under its own law (FM-END-1, FM-END-6, FM-END-7, S0 §5.1).
 */
export const courseInterrupt = command({
  name: 'course.interrupt',
  title: 'Afbryd forløbet',
  rules: ['FM-END-1', 'FM-END-6', 'FM-END-7', 'FM-CRS-3', 'FM-LAW-1', 'FM-NOT-1'],
  page: 'opfoelgning',
  input: z.strictObject({
    ground: interruptionGround.meta({
      label: 'Hvorfor afbrydes forløbet?',
      hint: 'Tiltagene fortsætter. Det er kun enhedens koordinering, der ender.',
      widget: 'radio',
      options: INTERRUPTION_GROUNDS,
    }),
    reasons: prose({ label: 'Begrundelse', missing: 'Skriv begrundelsen' }),
    complaint: prose({
      label: 'Klagevejledning',
      hint: 'Skal udfyldes, når kandidaten ikke selv ønsker afbrydelsen.',
      max: 4000,
    }).optional(),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => notRunning(state) ?? notDecided(state, 'interrupt'),
  decide: (state, input, ctx) => {
    const { ground, reasons, complaint } = input;
    const inTheWay = notGrounded(state, ground) ?? notHeard(state, ground, ctx.today);
    if (inTheWay) return inTheWay;
    if (isAdverse(ground) && complaint === undefined) {
      return reject('FM-LAW-1', ['own'], 'Skriv, hvordan kandidaten kan klage over afbrydelsen.', 'complaint');
    }
    return [
      {
        event: { type: 'CourseInterrupted', ground, method: endingMethod(state, 'interrupt'), on: ctx.today },
        bodies: [{ scope: { kind: 'general' }, content: { reasons, complaint } }],
      },
    ];
  },
});

const measuresGoing = (state: ExitCase): boolean =>
  (agreementInForce(state)?.measures ?? []).some(({ measure }) => measureOf(state, measure)?.status === 'started');

/** Completed when the need for support and measures is gone (FM-END-3, FM-END-7, S4). */
export const courseComplete = command({
  name: 'course.complete',
  title: 'Afslut forløbet',
  rules: ['FM-END-3', 'FM-END-7', 'FM-NOT-1'],
  page: 'opfoelgning',
  input: z.strictObject({
    remaining: remainingNeed.meta({ label: 'Er behovet for støtte og tiltag væk?', widget: 'radio', options: REMAINING_NEEDS }),
    reasons: prose({ label: 'Begrundelse', missing: 'Skriv begrundelsen' }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => notRunning(state) ?? notDecided(state, 'complete'),
  decide: (state, input, ctx) => {
    const { remaining } = input;
    if (remaining === 'exit') {
      return reject(
        'FM-END-3',
        ['own'],
        'Et forløb afsluttes først, når behovet for støtte og tiltag er væk. Justér aftalen, eller forlæng forløbet.',
        'remaining',
      );
    }
    if (remaining === 'none' && measuresGoing(state)) {
      return reject(
        'FM-END-3',
        ['measures'],
        'Der er tiltag i gang. Vælg, at de fortsætter som almindelig hjælp, eller vent, til myndighederne har afsluttet dem.',
        'remaining',
      );
    }
    return [
      {
        event: { type: 'CourseCompleted', remaining, method: endingMethod(state, 'complete'), on: ctx.today },
        bodies: [{ scope: { kind: 'general' }, content: { reasons: input.reasons } }],
      },
    ];
  },
});

/** Working days from the last position to the decision it allows `[+]`. */
const DECIDE_WITHIN_WORKING_DAYS = 5;

/** All have spoken, and a majority wants an end: somebody must write the decision. */
export const courseEndTasks = (state: ExitCase): readonly Task[] => {
  const spoken = state.positions.stated
    .map((one) => one.on)
    .sort()
    .at(-1);
  if (!isRunning(state) || spoken === undefined) return [];
  const decided = { owner: { seat: leadSeat(state) }, due: addWorkingDays(spoken, DECIDE_WITHIN_WORKING_DAYS) };
  return [
    ...(notDecided(state, 'interrupt')
      ? []
      : [{ ...decided, key: 'course:interrupt', title: 'Afbryd forløbet, som flertallet vil', command: 'course.interrupt' }]),
    ...(notDecided(state, 'complete')
      ? []
      : [{ ...decided, key: 'course:complete', title: 'Afslut forløbet, som flertallet vil', command: 'course.complete' }]),
  ];
};

export const courseEndCommands = [courseInterrupt, courseComplete];
