import { copenhagenDate, type PlainDate } from '../kernel/time.js';
import { authorityName, unitName } from '../reference/authorities.js';
import { outcomeWords } from '../reference/retention-periods.js';
import { accessionTasks } from './accession.js';
import { acuteThreatTasks } from './acute-threat.js';
import { agreementNotification, agreementTasks } from './agreement.js';
import { annulmentNotification, annulmentTasks } from './annulment.js';
import { assessmentNotification, assessmentTasks } from './assessment.js';
import type { CaseEvent, ExitCase } from './case.js';
import { cardOpeningNotification, cardOpeningTasks } from './card-opening.js';
import { actsFor, circleTasks, currentMembers, isFullMember, type Membership, membershipsOf, seatsToSpeak } from './circle.js';
import { conclusionTasks } from './conclusion.js';
import { consentTasks } from './consent.js';
import { courseNotification, courseTasks } from './course.js';
import { decisionNotification, decisionTasks } from './decision.js';
import type { NotificationKind, Task, TaskOwner } from './define.js';
import { doubleTasks } from './double.js';
import { endingNotification, endingTasks } from './ending.js';
import { hearingTasks } from './hearing.js';
import { measureOf, measureTasks } from './measure.js';
import { personTasks } from './person.js';
import { protectedAddressTasks } from './protected-address.js';
import { questionReadingTasks } from './question-reading.js';
import { questionTasks } from './question-tasks.js';
import { reviewTasks } from './review.js';
import { screeningTasks } from './screening.js';
import { securityTasks } from './security.js';
import { breachTasks } from './breach.js';
import { courseEndTasks } from './course-end.js';
import { followUpTasks } from './follow-up.js';
import { groundworkTasks } from './groundwork.js';
import { positionTasks } from './position.js';
import { preventionTasks } from './prevention.js';
import { safetyCardTasks } from './safety-card.js';
import { targetGroupTasks } from './target-group.js';
import { seesMeasure } from '../access/scopes.js';

/** Where a case is, in the framework's own steps. */
export const PHASES = ['inbox', 'inquiry', 'assessment', 'accepted', 'course', 'discharge', 'closed'] as const;
export type Phase = (typeof PHASES)[number];

const PHASE_LABELS: Readonly<Record<string, string>> = {
  inbox: 'Henvendelse i indbakken', inquiry: 'Henvendelse', assessment: 'Visitation', accepted: 'Optaget, aftale forberedes', course: 'Exitforløb',
  discharge: 'Forløb slut, udskrivning mangler', closed: 'Afsluttet',
};
export const phaseLabel = (phase: string): string => PHASE_LABELS[phase] ?? phase;

/** The day on which the review was asked for that opened a refused case again: before it the case was closed (FM-DEC-2, FM-END-4). */
const reopenedOn = ({ ending, questions }: ExitCase): PlainDate | undefined => questions.questions.find((one) => one.id === ending.review)?.askedOn;

/** The phase of a case and the day it began. */
export const phaseOf = (state: ExitCase): { readonly phase: Phase; readonly since: PlainDate } => {
  const received = copenhagenDate(state.inquiry.takenAt ?? state.inquiry.receivedAt);
  if (state.ending.closed) return { phase: 'closed', since: state.ending.closed.on };
  if (state.course.status === 'running') return { phase: 'course', since: state.course.since ?? received };
  if (state.course.status !== 'none') return { phase: 'discharge', since: state.course.endedOn ?? received };
  if (state.decision.outcome?.result === 'accepted') return { phase: 'accepted', since: state.decision.outcome.on };
  if (state.assessment.begun) return { phase: 'assessment', since: reopenedOn(state) ?? state.assessment.begun.on };
  return { phase: state.inquiry.status === 'inbox' ? 'inbox' : 'inquiry', since: received };
};

/** Every step says for itself what it waits for. */
const TASKS: readonly ((state: ExitCase) => readonly Task[])[] = [
  accessionTasks, acuteThreatTasks, agreementTasks, annulmentTasks, assessmentTasks, breachTasks, cardOpeningTasks, circleTasks, conclusionTasks, consentTasks, courseEndTasks, courseTasks,
  decisionTasks, doubleTasks, endingTasks, followUpTasks, groundworkTasks, hearingTasks, measureTasks, personTasks, positionTasks, preventionTasks, protectedAddressTasks, questionReadingTasks, questionTasks, reviewTasks, safetyCardTasks, screeningTasks, securityTasks, targetGroupTasks,
];

/** Everything that waits in the case, earliest due first (FM-WORK-1). */
export const tasksOf = (state: ExitCase): readonly Task[] =>
  TASKS
    .flatMap((of) => of(state))
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.key < b.key ? -1 : 1));

/** A task as one reader's list shows it: his own, or one he waits for. */
export interface TaskRow {
  readonly reader: string;
  readonly key: string;
  readonly title: string;
  readonly mine: boolean;
  readonly owner: string;
  readonly due: PlainDate;
  readonly command: string;
}

const SEAT_NAMES = { police: 'Politiet', municipal: 'Kommunen', probation: 'Kriminalforsorgen', custody: 'Direktoratet for Kriminalforsorgen' } as const;
const ownerName = (owner: TaskOwner, members: readonly Membership[]): string => {
  if ('seat' in owner) return SEAT_NAMES[owner.seat];
  if ('desk' in owner) return 'Kontaktpunktet';
  const authority = members.find((one) => one.user === owner.user)?.authority;
  return authority === undefined ? 'En i kredsen' : authorityName(authority);
};

/** The case as a task's reader has it: what he is in it decides whether a task is his, or one he waits for. Undefined: neither. */
const rowFor = (reader: string, task: Task, his: ExitCase): { readonly mine: boolean } | undefined => {
  const { owner } = task;
  const members = membershipsOf(his, reader);
  const full = isFullMember(his, reader);
  // What falls to the contact person falls to who is in the whole case; who is left in it by a measure has that, and is warned of danger.
  const isNamed = 'user' in owner && (full || owner.user !== his.agreement.contactPerson || task.measure !== undefined || task.command.startsWith('security.'));
  if ('seat' in owner ? members.some((one) => one.role === owner.seat) : isNamed && actsFor(his, reader, owner.user)) return { mine: true };
  const measure = task.measure === undefined ? undefined : measureOf(his, task.measure);
  const waits = full && (task.policeOnly !== true || members.some((one) => one.role === 'police')) && (measure === undefined || seesMeasure(his, reader, measure));
  return waits ? { mine: false } : undefined;
};

/**
 * The task lists' rows: to its owner as his own; to the full members who may know of it as something they wait for.
 * @param as the case as a reader has it, where that is not as it stands; what waits in it and whose it is stays the same.
 */
export const taskRows = (state: ExitCase, as: (reader: string) => ExitCase = () => state): readonly TaskRow[] => {
  const members = currentMembers(state);
  const readers = [...new Set(members.map((member) => member.user))].map((reader) => ({ reader, his: as(reader) }));
  return tasksOf(state).flatMap((task) => readers.flatMap(({ reader, his }): readonly TaskRow[] => {
    const row = rowFor(reader, task, his);
    return row === undefined ? [] : [{ reader, key: task.key, title: task.title, ...row, owner: ownerName(task.owner, members), due: task.due, command: task.command }];
  }));
};

/** The notification an event gives the contact point, by itself (FM-NOT-1). */
export const notificationOf = (event: CaseEvent): NotificationKind | undefined =>
  assessmentNotification(event) ?? decisionNotification(event) ?? agreementNotification(event) ?? courseNotification(event) ?? endingNotification(event) ?? annulmentNotification(event) ?? cardOpeningNotification(event);

/** The states of the official figures (FM-STA-1), with the day each began. */
export type Standing = 'inquiry' | 'assessment' | 'accepted' | 'course' | 'completed' | 'interrupted' | 'assessment-interrupted' | 'refused' | 'inquiry-closed' | 'duplicate';
const CLOSED_STANDING = { 'closed-inquiry': 'inquiry-closed', 'interrupted-assessment': 'assessment-interrupted', refused: 'refused', interrupted: 'interrupted', completed: 'completed', duplicate: 'duplicate' } as const;

export const standingOf = (state: ExitCase): { readonly standing: Standing; readonly from: PlainDate } => {
  const { phase, since } = phaseOf(state);
  switch (phase) {
    case 'inbox':
    case 'inquiry':
      return { standing: 'inquiry', from: copenhagenDate(state.inquiry.receivedAt) };
    case 'assessment':
    case 'accepted':
    case 'course':
      return { standing: phase, from: since };
    case 'discharge':
      return { standing: state.course.status === 'completed' ? 'completed' : 'interrupted', from: since };
    case 'closed': {
      const outcome = state.ending.closed?.outcome ?? 'closed-inquiry';
      // A double never was a case of its own: from the day it came (FM-STA-4).
      if (outcome === 'duplicate') return { standing: 'duplicate', from: copenhagenDate(state.inquiry.receivedAt) };
      // A course counts from the day it ended, not from the day its document was written.
      return { standing: CLOSED_STANDING[outcome], from: state.course.endedOn ?? since };
    }
  }
};

/** The eight steps of the case's head, and which one it stands at (screens.md). */
export const STEPS = ['Henvendelse', 'Enhed', 'Visitation', 'Indhold', 'Kontaktperson', 'Aftale', 'Iværksat', 'Opsamling'] as const;
/** A case that ended before there was an agreement came no further than that. */
const LAST_STEP = { 'closed-inquiry': 2, 'interrupted-assessment': 3, refused: 3, interrupted: 8, completed: 8, duplicate: 2 } as const;
/** How a closed case ended, in words; undefined while it is open. */
export const endedAs = (state: ExitCase): string | undefined => state.ending.closed && outcomeWords(state.ending.closed.outcome);

export const stepOf = (state: ExitCase): number => {
  const { phase } = phaseOf(state);
  switch (phase) {
    case 'inbox':
      return 1;
    case 'inquiry':
      return 2;
    case 'assessment':
      return 3;
    case 'accepted':
      if (state.agreement.versions.some((one) => one.status === 'presented')) return 6;
      return state.agreement.contactPerson === undefined ? 4 : 5;
    case 'course':
      return 7;
    case 'discharge':
      return 8;
    case 'closed':
      return LAST_STEP[state.ending.closed?.outcome ?? 'completed'];
  }
};

/** The unit that answers for the case, in words. */
export const responsibleUnit = (state: ExitCase): string => unitName(state.inquiry.unit);

/** How many of the seats that must speak are filled. */
export const seatsFilled = (state: ExitCase): number => seatsToSpeak(state).filter((seat) => currentMembers(state).some((one) => one.role === seat)).length;
