import type { Draft } from '../kernel/command.js';
import { type QuestionId, type UserId, zId } from '../kernel/ids.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, membershipsOf } from './circle.js';
import type { CasePermission, EventMeta } from './define.js';
import type { Criterion, Position } from './vote.js';

/** What the contact point is asked for: advice, the decision itself, or a review of the unit's refusal (FM-ASM-6, FM-ASM-7, FM-DEC-2). */
export type QuestionKind = 'advice' | 'decision' | 'review';

export type QuestionEvent =
  | {
      readonly type: 'QuestionAsked';
      readonly question: QuestionId;
      readonly kind: QuestionKind;
      readonly topic?: AdviceTopic;
      /** The contact point itself, for a candidate who turned to it; left out, the unit (FM-DEC-2). */
      readonly by?: 'contactPoint';
      /** Nothing went along with it: neither words nor texts. */
      readonly bare?: true;
      readonly on: PlainDate;
    }
  /** The unit has sent what the contact point is to have for a review that it asked for itself; or, `hearing`, what the candidate answered to his hearing came after the question. */
  | { readonly type: 'QuestionSupplemented'; readonly question: QuestionId; readonly on: PlainDate; readonly with?: 'hearing' }
  | { readonly type: 'QuestionTaken'; readonly question: QuestionId; readonly official: UserId; readonly authority: string }
  /** Back to the queue: a colleague can take it. */
  | { readonly type: 'QuestionHandedBack'; readonly question: QuestionId; readonly official: UserId }
  /** Back to the unit, unanswered. */
  | { readonly type: 'QuestionReturned'; readonly question: QuestionId; readonly on: PlainDate }
  /** Fallen away, because the assessment was decided or ended meanwhile. */
  | { readonly type: 'QuestionWithdrawn'; readonly question: QuestionId; readonly on: PlainDate }
  /** One authority's position; of a review, `refuse` upholds the unit's refusal. */
  | {
      readonly type: 'OfficialPositionGiven';
      readonly question: QuestionId;
      readonly official: UserId;
      readonly authority: string;
      readonly position: Position;
      readonly criterion?: Criterion;
      /** He wrote guidance on complaint beside his reasons. */
      readonly routeWritten?: true;
    }
  | { readonly type: 'QuestionAnswered'; readonly question: QuestionId; readonly on: PlainDate }
  /** Somebody of the unit has read what was answered, or why it came back. */
  | { readonly type: 'QuestionAnswerRead'; readonly question: QuestionId; readonly on: PlainDate }
  /** The candidate has been given what was decided. */
  | { readonly type: 'DecisionGiven'; readonly question: QuestionId; readonly on: PlainDate };

export const ADVICE_TOPICS = [
  { value: 'motivation', label: 'Motivation' },
  { value: 'suitability', label: 'Egnethed' },
] as const;
export type AdviceTopic = (typeof ADVICE_TOPICS)[number]['value'];

export interface Taker {
  readonly user: UserId;
  readonly authority: string;
}
export interface OfficialPosition extends Taker {
  /** The number of the event by which it was given. */
  readonly version: number;
  /** Which of its authority's it is on the question, from 1. */
  readonly nth: number;
  readonly position: Position;
  readonly criterion?: Criterion;
  readonly routeWritten?: true;
  /** The day something first came to the question after it: the authority may give another (FM-DEC-2). */
  readonly overtakenOn?: PlainDate;
}
export interface Question {
  readonly id: QuestionId;
  readonly kind: QuestionKind;
  readonly topic?: AdviceTopic;
  readonly by?: 'contactPoint';
  readonly askedOn: PlainDate;
  readonly askedBy: UserId;
  readonly due: PlainDate;
  readonly status: 'open' | 'answered' | 'returned' | 'withdrawn';
  readonly endedOn?: PlainDate;
  /** The day the unit read the answer, and the day the candidate was given a decision. */
  readonly readOn?: PlainDate;
  readonly givenOn?: PlainDate;
  /** Nothing went along with it. */
  readonly bare?: true;
  /** The day the unit first sent something for a review that it had not asked for. */
  readonly supplementedOn?: PlainDate;
  /** The day the candidate's answer to his hearing came to it. */
  readonly heardOn?: PlainDate;
  /** The officials who have it now. */
  readonly takenBy: readonly Taker[];
  /** One of an authority: its newest. An earlier one stands in the stream. */
  readonly positions: readonly OfficialPosition[];
}
export interface QuestionState {
  readonly questions: readonly Question[];
}
export const noQuestions: QuestionState = { questions: [] };

/** Calendar days the contact point has; after them a decision or review without two equal positions goes back (FM-DEC-2). */
const DAYS_TO_ANSWER = 14;

const change = (state: QuestionState, id: QuestionId, how: (question: Question) => Question): QuestionState => ({
  questions: state.questions.map((one) => (one.id === id ? how(one) : one)),
});

const without = (state: QuestionState, user: UserId): QuestionState =>
  state.questions.some((one) => one.status === 'open' && one.takenBy.some((taker) => taker.user === user))
    ? {
        questions: state.questions.map((one) =>
          one.status === 'open' ? { ...one, takenBy: one.takenBy.filter((taker) => taker.user !== user) } : one,
        ),
      }
    : state;

/** Which position of an authority's its next one on the question is. */
export const nextOf = ({ positions }: Question, authority: string): number => (positions.find((one) => one.authority === authority)?.nth ?? 0) + 1;

export const evolveQuestions = (state: QuestionState, event: CaseEvent, meta: EventMeta): QuestionState => {
  switch (event.type) {
    case 'QuestionAsked': {
      const { question, kind, topic, by, bare, on } = event;
      const asked = { id: question, kind, topic, ...(by && { by }), ...(bare && { bare }), askedOn: on, askedBy: meta.actor, due: addDays(on, DAYS_TO_ANSWER), takenBy: [], positions: [] };
      return { questions: [...state.questions, { ...asked, status: 'open' }] };
    }
    case 'QuestionSupplemented':
      return change(state, event.question, (one) => ({
        ...one,
        ...(event.with === 'hearing' ? { heardOn: event.on } : { supplementedOn: one.supplementedOn ?? event.on }),
        positions: one.positions.map((given) => ({ ...given, overtakenOn: given.overtakenOn ?? event.on })),
      }));
    case 'QuestionTaken':
      return change(state, event.question, (one) => ({
        ...one,
        takenBy: [...one.takenBy, { user: event.official, authority: event.authority }],
      }));
    case 'QuestionHandedBack':
      return change(state, event.question, (one) => ({
        ...one,
        takenBy: one.takenBy.filter((taker) => taker.user !== event.official),
      }));
    case 'OfficialPositionGiven': {
      const { official: user, authority, position, criterion, routeWritten } = event;
      const given = { user, authority, version: meta.version, position, criterion, ...(routeWritten && { routeWritten }) };
      return change(state, event.question, (one) => ({
        ...one,
        positions: [...one.positions.filter((before) => before.authority !== authority), { ...given, nth: nextOf(one, authority) }],
      }));
    }
    case 'QuestionReturned':
      return change(state, event.question, (one) => ({ ...one, status: 'returned', endedOn: event.on }));
    case 'QuestionWithdrawn':
      return change(state, event.question, (one) => ({ ...one, status: 'withdrawn', endedOn: event.on }));
    case 'QuestionAnswered':
      return change(state, event.question, (one) => ({ ...one, status: 'answered', endedOn: event.on }));
    case 'QuestionAnswerRead':
      return change(state, event.question, (one) => ({ ...one, readOn: event.on }));
    case 'DecisionGiven':
      return change(state, event.question, (one) => ({ ...one, givenOn: event.on }));
    // Who is out of the circle has the question no longer: a colleague can take it.
    case 'MemberRemoved':
      return event.role === undefined ? without(state, event.user) : state;
    case 'PersonExcluded':
    case 'ConflictDeclared':
      return without(state, event.user);
    default:
      return state;
  }
};

/** The day the unit first sent something to the contact point: with its own question, or later for a review that it did not ask for. Undefined: nothing yet (FM-DEC-2, FM-NCP-2). */
export const unitSentOn = ({ by, bare, askedOn, supplementedOn }: Question): PlainDate | undefined => (by === 'contactPoint' || bare === true ? supplementedOn : askedOn);

export const openQuestions = (state: ExitCase): readonly Question[] =>
  state.questions.questions.filter((one) => one.status === 'open');

const CONTACT_POINT = ['rigspolitiet', 'kl', 'dfk'];

/** An official of the contact point; he speaks for one of its three authorities (FM-ORG-2). */
export const official: CasePermission = {
  test: (_state, actor) => actor.functions.includes('contact_point') && CONTACT_POINT.includes(actor.authority),
  who: 'Det Nationale Exitkontaktpunkt',
};

/** An official who has taken a question in this case. */
export const questionTaker: CasePermission = {
  test: (state, actor) => membershipsOf(state, actor.user).some((member) => member.role === 'question'),
  who: 'den medarbejder i kontaktpunktet, der har taget spørgsmålet,',
};

export const questionField = zId<QuestionId>('Vælg et spørgsmål fra listen').meta({ label: 'Spørgsmål', widget: 'hidden' });

/** Whether officials are to decide the case, or to review its refusal. */
export const awaitsDecision = (state: ExitCase): boolean => openQuestions(state).some((one) => one.kind !== 'advice');

/** The question as it may be worked on by this official, or why not. */
export const questionInHand = (state: ExitCase, user: UserId, kind: QuestionKind, id: QuestionId): Question | Rejection => {
  const question = openQuestions(state).find((one) => one.id === id && one.kind === kind);
  return question?.takenBy.some((taker) => taker.user === user)
    ? question
    : reject(
        'FM-NCP-2',
        ['question'],
        'Tag spørgsmålet først. Det kan ikke besvares, når det er besvaret eller sendt tilbage.',
        'question',
      );
};

/** For a page: whether the official has a question of the kind in hand at all. */
export const hasInHand =
  (kind: QuestionKind) =>
  (state: ExitCase, { actor }: { readonly actor: { readonly user: UserId } }): Rejection | undefined =>
    openQuestions(state).some((one) => one.kind === kind && one.takenBy.some((taker) => taker.user === actor.user))
      ? undefined
      : reject('FM-NCP-2', ['question'], 'Du har ikke taget et spørgsmål af den slags i sagen.');

/** Everybody who has the question leaves its bundle. */
export const endMemberships = (state: ExitCase, question: QuestionId): readonly Draft<CaseEvent>[] =>
  currentMembers(state)
    .filter((member) => member.role === 'question' && member.question === question)
    .map((member) => ({ event: { type: 'MemberRemoved', user: member.user, role: 'question', question } }));

/** The question is answered: access to its bundle ends at once. */
export const answer = (state: ExitCase, question: QuestionId, on: PlainDate): readonly Draft<CaseEvent>[] => [
  { event: { type: 'QuestionAnswered', question, on } },
  ...endMemberships(state, question),
];

/** All open questions fall away, but the one that is being answered. */
export const withdrawQuestions = (state: ExitCase, on: PlainDate, answered?: QuestionId): readonly Draft<CaseEvent>[] =>
  openQuestions(state)
    .filter((one) => one.id !== answered)
    .flatMap((question) => [
      { event: { type: 'QuestionWithdrawn' as const, question: question.id, on } },
      ...endMemberships(state, question.id),
    ]);
