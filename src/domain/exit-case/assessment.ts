import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addWorkingDays, copenhagenDate, formatDate, knownDate, type PlainDate, plainDateBetween } from '../kernel/time.js';
import { type FrameworkVersionId, versionOn } from '../reference/framework-versions.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitMember } from './circle.js';
import { command, type EventMeta, type NotificationKind, type Task } from './define.js';
import { notClosed } from './ending.js';
import { openQuestions, withdrawQuestions } from './question.js';
import { leadSeat } from './vote.js';

/** Why an assessment ends without a decision. Imprisonment is none of them: then the case is handed over (FM-ASM-10, FM-CUS-4). */
export const INTERRUPTION_REASONS = [
  { value: 'withdrew', label: 'Kandidaten har trukket sig' },
  { value: 'unreachable', label: 'Det er ikke lykkedes at få kontakt' },
  { value: 'moved-abroad', label: 'Kandidaten er flyttet til udlandet' },
  { value: 'died', label: 'Kandidaten er død' },
  { value: 'other', label: 'En anden grund' },
] as const;
const interruptionReason = z.enum(
  INTERRUPTION_REASONS.map((option) => option.value),
  { error: 'Vælg, hvorfor visitationen afbrydes. Fængsling er ikke en grund: så overdrages sagen.' },
);
export type InterruptionReason = z.infer<typeof interruptionReason>;

export type AssessmentEvent =
  | { readonly type: 'AssessmentBegun'; readonly on: PlainDate; readonly framework: FrameworkVersionId }
  | { readonly type: 'AssessmentInterrupted'; readonly on: PlainDate; readonly reason: InterruptionReason };

export interface AssessmentState {
  readonly begun?: { readonly on: PlainDate; readonly framework: FrameworkVersionId };
  readonly interrupted?: { readonly on: PlainDate; readonly reason: InterruptionReason };
}
export const noAssessment: AssessmentState = {};

export const evolveAssessment = (state: AssessmentState, event: CaseEvent, _meta: EventMeta): AssessmentState => {
  switch (event.type) {
    case 'AssessmentBegun':
      return { ...state, begun: { on: event.on, framework: event.framework } };
    case 'AssessmentInterrupted':
      return { ...state, interrupted: { on: event.on, reason: event.reason } };
    default:
      return state;
  }
};

/** What is in the way of working on the assessment; undefined from its beginning until it is decided or interrupted. */
export const notInAssessment = (state: ExitCase): Rejection | undefined => {
  if (!state.assessment.begun) return reject('FM-ASM-1', ['assessment'], 'Visitationen er ikke begyndt. Begynd den først.');
  if (state.assessment.interrupted) return reject('FM-ASM-10', ['assessment'], 'Visitationen er afbrudt.');
  if (state.decision.outcome) return reject('FM-DEC-1', ['decision'], 'Der er truffet afgørelse i sagen.');
  // Begun, neither interrupted nor decided, and ended all the same: as a double.
  return notClosed(state);
};

/** What is in the way of ending it without a course: an accepted candidate may still say no until the agreement is entered (FM-ASM-10, S4). */
const notInterruptible = (state: ExitCase): Rejection | undefined => {
  if (state.decision.outcome?.result !== 'accepted') return notInAssessment(state);
  if (state.course.status !== 'none') return reject('FM-END-1', ['course'], 'Exitforløbet er begyndt. Afbryd forløbet i stedet.');
  return state.assessment.interrupted ? reject('FM-ASM-10', ['assessment'], 'Visitationen er afbrudt.') : notClosed(state);
};

/** While the contact point has the decision, the unit changes nothing that it rests on (FM-ASM-7). */
export const notAtContactPoint = (state: ExitCase): Rejection | undefined =>
  openQuestions(state).some((question) => question.kind === 'decision')
    ? reject(
        'FM-ASM-7',
        ['question'],
        'Sagen ligger til endelig afgørelse hos Det Nationale Exitkontaktpunkt. Afvent afgørelsen.',
      )
    : undefined;

/** A day in the life of a case, as input; whether it may lie ahead is for the command to say. */
export const dayField = plainDateBetween(knownDate('2011-01-01'), knownDate('2099-12-31'), 'Datoen');

/** The unit begins its assessment; the day fixes which version of the framework model the case follows (FM-TGT-4). */
export const assessmentBegin = command({
  name: 'assessment.begin',
  title: 'Begynd visitationen',
  rules: ['FM-TGT-4', 'FM-NOT-1', 'FM-LAW-5'],
  page: 'visitation',
  input: z.strictObject({
    date: dayField.optional().meta({
      label: 'Hvornår begyndte visitationen?',
      widget: 'date',
      hint: 'Lad feltet stå, hvis det er i dag. Er personen under 18 år, gælder særlige regler: inddrag forældremyndigheden og børne- og ungeområdet.',
    }),
  }),
  writes: [],
  may: unitMember,
  when: (state) => {
    if (state.inquiry.status !== 'taken')
      return reject('FM-INT-2', ['inquiry'], 'Visitationen kan først begynde, når enheden har taget henvendelsen.');
    if (state.assessment.begun) return reject('FM-TGT-4', ['assessment'], 'Visitationen er allerede begyndt.');
    return undefined;
  },
  decide: (state, input, ctx) => {
    const on = input.date ?? ctx.today;
    const received = copenhagenDate(state.inquiry.receivedAt);
    if (on > ctx.today)
      return reject('FM-TGT-4', ['own'], 'Datoen ligger i fremtiden. Skriv den dag, visitationen begyndte.', 'date');
    if (on < received) {
      return reject(
        'FM-TGT-4',
        ['inquiry'],
        `Henvendelsen kom ${formatDate(received)}. Visitationen kan ikke være begyndt før.`,
        'date',
      );
    }
    return [{ event: { type: 'AssessmentBegun', on, framework: versionOn(on).id } }];
  },
});

/** Ends the assessment without a decision (FM-ASM-10); a question that lies with the contact point falls away with it. */
export const assessmentInterrupt = command({
  name: 'assessment.interrupt',
  title: 'Afbryd visitationen',
  rules: ['FM-ASM-10', 'FM-NOT-1'],
  page: 'visitation',
  input: z.strictObject({
    reason: interruptionReason.meta({
      label: 'Hvorfor afbrydes visitationen?',
      widget: 'radio',
      options: INTERRUPTION_REASONS,
      hint: 'Bliver kandidaten fængslet, afbrydes visitationen ikke. Så overdrages sagen til Direktoratet for Kriminalforsorgen.',
    }),
    note: prose({ label: 'Hvad er der sket?', hint: 'Skal udfyldes, hvis du vælger “En anden grund”.', max: 4000 }).optional(),
  }),
  writes: ['general'],
  may: unitMember,
  when: notInterruptible,
  decide: (state, input, ctx) => {
    if (input.reason === 'other' && input.note === undefined) {
      return reject('FM-ASM-10', ['own'], 'Skriv, hvad grunden er, når den ikke er en af de andre.', 'note');
    }
    return [
      {
        event: { type: 'AssessmentInterrupted', on: ctx.today, reason: input.reason },
        ...(input.note === undefined ? {} : { bodies: [{ scope: { kind: 'general' as const }, content: { note: input.note } }] }),
      },
      ...withdrawQuestions(state, ctx.today),
    ];
  },
});

/** Working days from the inquiry is taken until its assessment should have begun (policy). */
const DAYS_TO_BEGIN = 5;

export const assessmentTasks = (state: ExitCase): readonly Task[] => {
  const { takenAt, status } = state.inquiry;
  if (status !== 'taken' || takenAt === undefined || state.assessment.begun) return [];
  const due = addWorkingDays(copenhagenDate(takenAt), DAYS_TO_BEGIN);
  return [
    { key: 'assessment.begin', title: 'Begynd visitationen', owner: { seat: leadSeat(state) }, due, command: 'assessment.begin' },
  ];
};

export const assessmentNotification = (event: CaseEvent): NotificationKind | undefined => {
  switch (event.type) {
    case 'AssessmentBegun':
      return 'assessment-begun';
    case 'AssessmentInterrupted':
      return 'assessment-ended';
    default:
      return undefined;
  }
};

export const assessmentCommands = [assessmentBegin, assessmentInterrupt];
