import { z } from 'zod';
import type { QuestionId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, copenhagenDate, type PlainDate } from '../kernel/time.js';
import type { Outcome } from '../reference/retention-periods.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitMember } from './circle.js';
import { command, type EventMeta, type NotificationKind, type Task } from './define.js';
import { leadSeat } from './vote.js';

export type EndingEvent = {
  readonly type: 'DischargeWritten';
  readonly on: PlainDate;
  readonly outcome: 'interrupted' | 'completed';
};

export interface EndingState {
  /** The question by which a refusal is being reviewed: until it is answered the case is open. */
  readonly review?: QuestionId;
  /** Set when nothing more can be done but the owners' commands, `record.annul` and what its keeping needs; the circle reads for a while more. */
  readonly closed?: {
    readonly on: PlainDate;
    readonly outcome: Outcome;
  };
}
export const noEnding: EndingState = {};

/** A refusal closes the case; a review asked for opens it again until it is answered, and a case let in after all stays open (FM-DEC-2). */
export const evolveEnding = (state: EndingState, event: CaseEvent, meta: EventMeta): EndingState => {
  switch (event.type) {
    case 'InquiryClosed':
      return { closed: { on: copenhagenDate(meta.at), outcome: 'closed-inquiry' } };
    case 'AssessmentInterrupted':
      return { closed: { on: event.on, outcome: 'interrupted-assessment' } };
    case 'CaseMarkedDuplicate':
      return { closed: { on: event.on, outcome: 'duplicate' } };
    case 'CaseRefused':
      return { closed: { on: event.on, outcome: 'refused' } };
    case 'CaseAccepted':
      return {};
    case 'QuestionAsked':
      return event.kind === 'review' ? { review: event.question } : state;
    case 'QuestionReturned':
      return state.review === event.question ? { closed: { on: event.on, outcome: 'refused' } } : state;
    case 'ReviewDecided':
      return event.result === 'upheld' ? { closed: { on: event.on, outcome: 'refused' } } : {};
    // What ended the case after the acceptance stands when the acceptance is annulled: there is no assessment to go back to.
    case 'RecordAnnulled':
      return event.what === 'decision' && state.closed?.outcome !== 'interrupted-assessment' && state.closed?.outcome !== 'duplicate' ? {} : state;
    case 'DischargeWritten':
      return { closed: { on: event.on, outcome: event.outcome } };
    default:
      return state;
  }
};

/** How long the circle still reads a closed case, in calendar days (policy). */
export const READING_DAYS = 30;

/** The case is closed: only the owners' measure commands, `record.annul` and what its keeping needs remain (FM-END-4, FM-WORK-4). */
export const isClosed = (state: ExitCase): boolean => state.ending.closed !== undefined;

/** The refusal of everything that is too late in a closed case; undefined while it is open. For the beginning of a `when`. */
export const notClosed = (state: ExitCase): Rejection | undefined =>
  isClosed(state) ? reject('FM-END-4', ['ending'], 'Sagen er afsluttet. Der kan ikke registreres mere i den.') : undefined;

/** The last day the circle reads a closed case; undefined while it is open. */
export const circleReadsUntil = (state: ExitCase): PlainDate | undefined =>
  state.ending.closed === undefined ? undefined : addDays(state.ending.closed.on, READING_DAYS);

/** Calendar days from the end of a course to its discharge document `[+]`. */
const DISCHARGE_WITHIN_DAYS = 14;

export const endingTasks = (state: ExitCase): readonly Task[] => {
  const { endedOn } = state.course;
  if (isClosed(state) || endedOn === undefined) return [];
  return [
    {
      key: 'discharge',
      title: 'Skriv udskrivningsdokumentet',
      owner: { seat: leadSeat(state) },
      due: addDays(endedOn, DISCHARGE_WITHIN_DAYS),
      command: 'discharge.write',
    },
  ];
};

/** The contact point is told at the end of the course, not when its document is written (FM-NOT-1). */
export const endingNotification = (event: CaseEvent): NotificationKind | undefined => {
  switch (event.type) {
    case 'CourseInterrupted':
      return 'course-interrupted';
    case 'CourseCompleted':
      return 'course-completed';
    default:
      return undefined;
  }
};

/** The unit gathers up effort and course; with it the case is closed, and no course is closed without it (FM-END-4, S0 §5.1, §8). */
export const dischargeWrite = command({
  name: 'discharge.write',
  title: 'Skriv udskrivningsdokumentet',
  rules: ['FM-END-4'],
  page: 'dokumenter',
  input: z.strictObject({
    results: prose({
      label: 'Hvad kom der ud af indsatsen?',
      hint: 'Resultater af tiltagene og af forløbet.',
      missing: 'Skriv, hvad der kom ud af indsatsen',
    }),
    experiences: prose({
      label: 'Hvad har I lært?',
      hint: 'Det, andre enheder kan bruge. Skriv ikke navne.',
      missing: 'Skriv, hvad I har lært',
    }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => {
    const { status } = state.course;
    if (isClosed(state)) return notClosed(state);
    if (status === 'none')
      return reject(
        'FM-END-4',
        ['course'],
        'Udskrivningsdokumentet skrives efter et exitforløb. Der har ikke været noget forløb i sagen.',
      );
    if (status === 'running') return reject('FM-END-4', ['course'], 'Forløbet er i gang. Afbryd eller afslut det først.');
    return undefined;
  },
  decide: (state, input, ctx) => [
    {
      event: {
        type: 'DischargeWritten',
        on: ctx.today,
        outcome: state.course.status === 'completed' ? 'completed' : 'interrupted',
      },
      bodies: [{ scope: { kind: 'general' }, content: { results: input.results, experiences: input.experiences } }],
    },
  ],
});

export const endingCommands = [dischargeWrite];
