import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { formatDate, knownDate, type PlainDate, plainDateBetween } from '../kernel/time.js';
import { agreementInForce } from './agreement.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitOrContact } from './circle.js';
import type { InterruptionGround } from './position.js';
import { command, type EventMeta, type NotificationKind, type Task, type TaskOwner } from './define.js';
import { notClosed } from './ending.js';
import type { FollowUp } from './follow-up.js';
import { leadSeat } from './vote.js';

export type CourseEvent = { readonly type: 'CourseExtended'; readonly to: PlainDate; readonly on: PlainDate };

export interface CourseState {
  readonly status: 'none' | 'running' | 'interrupted' | 'completed';
  /** The day the first agreement was entered. */
  readonly since?: PlainDate;
  readonly endedOn?: PlainDate;
  readonly ground?: InterruptionGround;
  /** The version the course began with; while it is annulled there is no course. */
  readonly beganWith?: number;
  /** The course was extended to this day, beyond what the agreement in force says. */
  readonly extendedTo?: PlainDate;
  readonly extendedOn?: PlainDate;
  /** The next follow-up as agreed at the last one, or as moved since. */
  readonly nextDue?: PlainDate;
  /** In the order they were held; each sign of exit and each clause stands by itself in every one of them (FM-CRS-1). */
  readonly followUps: readonly FollowUp[];
}
export const noCourse: CourseState = { status: 'none', followUps: [] };

export const evolveCourse = (state: CourseState, event: CaseEvent, _meta: EventMeta): CourseState => {
  switch (event.type) {
    case 'AgreementEntered': {
      // A new version brings its own rhythm.
      const { nextDue: _old, ...rest } = state;
      return state.status === 'none' ? { ...rest, status: 'running', since: event.on, beganWith: event.version } : rest;
    }
    case 'FollowUpHeld': {
      const { type: _type, nextDue, kind: _kind, ...held } = event;
      return { ...state, nextDue, followUps: [...state.followUps, held] };
    }
    case 'FollowUpRescheduled':
      return { ...state, nextDue: event.to };
    case 'CourseExtended':
      return { ...state, extendedTo: event.to, extendedOn: event.on };
    case 'CourseInterrupted':
      return { ...state, status: 'interrupted', endedOn: event.on, ground: event.ground };
    case 'CourseCompleted':
      return { ...state, status: 'completed', endedOn: event.on };
    case 'RecordAnnulled':
      return event.what === 'accession' && event.leavesForce === state.beganWith ? { ...state, status: 'none' } : state;
    default:
      return state;
  }
};

/** From the entry of the first agreement until the unit interrupts or completes the course. */
export const isRunning = (state: ExitCase): boolean => state.course.status === 'running';

/** Why nothing of a running course can be done; for the beginning of a `when`. */
export const notRunning = (state: ExitCase): Rejection | undefined => {
  const closed = notClosed(state);
  if (closed) return closed;
  switch (state.course.status) {
    case 'running':
      return undefined;
    case 'none':
      return reject('FM-CRS-1', ['course'], 'Exitforløbet er ikke begyndt. Det begynder, når exitaftalen er indgået.');
    case 'interrupted':
      return reject(
        'FM-CRS-1',
        ['course'],
        'Exitforløbet er afbrudt. Skriv udskrivningsdokumentet, eller lav en ny henvendelse.',
      );
    case 'completed':
      return reject(
        'FM-CRS-1',
        ['course'],
        'Exitforløbet er afsluttet. Skriv udskrivningsdokumentet, eller lav en ny henvendelse.',
      );
  }
};

/** The last day of the course: as agreed, or as extended beyond it. */
export const courseUntil = (state: ExitCase): PlainDate | undefined => {
  const agreed = agreementInForce(state)?.validTo;
  const { extendedTo } = state.course;
  return agreed === undefined || (extendedTo !== undefined && extendedTo > agreed) ? extendedTo : agreed;
};

/** Whoever carries the contact; while nobody does, the seat with the unit's common tasks. */
export const contactTaskOwner = (state: ExitCase): TaskOwner =>
  state.agreement.contactPerson === undefined ? { seat: leadSeat(state) } : { user: state.agreement.contactPerson };

export const courseTasks = (state: ExitCase): readonly Task[] => {
  const until = courseUntil(state);
  if (!isRunning(state) || until === undefined) return [];
  return [
    {
      key: 'course:until',
      title: 'Tag stilling til, om forløbet skal forlænges eller afsluttes',
      owner: { seat: leadSeat(state) },
      due: until,
      command: 'course.extend',
    },
  ];
};

/** Running status of a course: follow-ups and extensions; a new version of the agreement tells it by itself (FM-NOT-1). */
export const courseNotification = (event: CaseEvent): NotificationKind | undefined =>
  event.type === 'FollowUpHeld' || event.type === 'CourseExtended' ? 'course-status' : undefined;

/** The candidate is supported for longer than was agreed at first (FM-CRS-2, S0 §5.1). */
export const courseExtend = command({
  name: 'course.extend',
  title: 'Forlæng forløbet',
  rules: ['FM-CRS-2', 'FM-NOT-1'],
  page: 'opfoelgning',
  input: z.strictObject({
    to: plainDateBetween(knownDate('2011-01-01'), knownDate('2099-12-31'), 'Datoen').meta({
      label: 'Hvornår slutter forløbet nu?',
      widget: 'date',
    }),
    reason: prose({ label: 'Hvorfor forlænges det?', max: 4000, missing: 'Skriv, hvorfor forløbet forlænges' }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notRunning,
  decide: (state, input, ctx) => {
    const until = courseUntil(state);
    if (input.to <= ctx.today)
      return reject('FM-CRS-2', ['own'], 'Datoen er ikke efter i dag. Skriv den dag, forløbet nu skal slutte.', 'to');
    if (until !== undefined && input.to <= until) {
      return reject(
        'FM-CRS-2',
        ['agreement', 'course'],
        `Forløbet varer allerede til ${formatDate(until)}. Skriv en senere dato.`,
        'to',
      );
    }
    return [
      {
        event: { type: 'CourseExtended', to: input.to, on: ctx.today },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
    ];
  },
});

export const courseCommands = [courseExtend];
