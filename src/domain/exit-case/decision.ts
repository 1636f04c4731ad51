import { z } from 'zod';
import type { QuestionId, UserId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { type Seat, unitMember } from './circle.js';
import { isFound, noMajority, notHeard, notReadyToAccept, notReadyToDecide } from './decision-needs.js';
import { command, type EventMeta, type NotificationKind, type Task } from './define.js';
import { latestHearing } from './hearing.js';
import { withdrawQuestions } from './question.js';
import {
  boundConclusions,
  conclusionOf,
  CRITERIA,
  type Criterion,
  type DecisionMethod,
  holderOf,
  leadSeat,
  verdict,
  votingSeats,
} from './vote.js';

/** What is recorded of every decision: how, by whom, on which versions of the conclusions (FM-DEC-1, FM-ASM-12). */
interface DecisionFacts {
  readonly on: PlainDate;
  readonly method: DecisionMethod;
  readonly participants: readonly UserId[];
  readonly conclusions: readonly { readonly seat: Seat; readonly version: number }[];
}

export type DecisionEvent =
  | (DecisionFacts & { readonly type: 'CaseAccepted' })
  | (DecisionFacts & { readonly type: 'CaseRefused'; readonly criteria: readonly Criterion[] })
  /** An overturned refusal is followed by `CaseAccepted` (FM-DEC-2). */
  | {
      readonly type: 'ReviewDecided';
      readonly question: QuestionId;
      readonly result: 'upheld' | 'overturned';
      readonly participants: readonly UserId[];
      readonly on: PlainDate;
    };

export interface Outcome {
  readonly result: 'accepted' | 'refused';
  readonly on: PlainDate;
  readonly method: DecisionMethod;
  readonly criteria: readonly Criterion[];
  readonly conclusions: readonly { readonly seat: Seat; readonly version: number }[];
  /** The event's number in the case. */
  readonly version: number;
}
export interface DecisionState {
  /** As it stands: after an overturned refusal, the acceptance. */
  readonly outcome?: Outcome;
  /** `on`: the day it ended, decided or given back. */
  readonly review?: { readonly question: QuestionId; readonly status: 'open' | 'upheld' | 'overturned' | 'returned'; readonly on?: PlainDate };
}
export const noDecision: DecisionState = {};

export const evolveDecision = (state: DecisionState, event: CaseEvent, meta: EventMeta): DecisionState => {
  switch (event.type) {
    case 'CaseAccepted': {
      const { type: _type, participants: _who, ...facts } = event;
      return { ...state, outcome: { ...facts, result: 'accepted', criteria: [], version: meta.version } };
    }
    case 'CaseRefused': {
      const { type: _type, participants: _who, ...facts } = event;
      return { ...state, outcome: { ...facts, result: 'refused', version: meta.version } };
    }
    case 'QuestionAsked':
      return event.kind === 'review' ? { ...state, review: { question: event.question, status: 'open' } } : state;
    case 'QuestionReturned':
      return state.review?.question === event.question
        ? { ...state, review: { question: event.question, status: 'returned', on: event.on } }
        : state;
    case 'ReviewDecided':
      return { ...state, review: { question: event.question, status: event.result, on: event.on } };
    case 'RecordAnnulled':
      return event.what === 'decision' && event.version === state.outcome?.version ? noDecision : state;
    default:
      return state;
  }
};

/** Accepted, by the unit, the contact point or after review, and not annulled. */
export const isAccepted = (state: ExitCase): boolean => state.decision.outcome?.result === 'accepted';
/** Refused, and no review open or answered with acceptance. */
export const isRefused = (state: ExitCase): boolean =>
  state.decision.outcome?.result === 'refused' && state.decision.review?.status !== 'open';

const unitFacts = (state: ExitCase, on: PlainDate): DecisionFacts => ({
  on,
  method: verdict(state).method,
  participants: votingSeats(state).flatMap((seat) => holderOf(state, seat)?.user ?? []),
  conclusions: boundConclusions(state),
});

/** The unit lets the candidate in: the majority is for, and nothing is missing (FM-ASM-7, FM-DEC-1). */
export const decisionAccept = command({
  name: 'decision.accept',
  title: 'Optag kandidaten i exit',
  rules: ['FM-DEC-1', 'FM-ASM-7', 'FM-ASM-8', 'FM-ASM-11', 'FM-ASM-12', 'FM-TGT-7', 'FM-DEC-4', 'FM-INT-2'],
  page: 'visitation',
  input: z.strictObject({
    reasons: prose({
      label: 'Begrundelse',
      hint: 'De tre vurderinger følger med. Skriv det, der ikke står i dem.',
      max: 8000,
    }).optional(),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => {
    const inTheWay = notReadyToDecide(state) ?? notReadyToAccept(state);
    if (inTheWay) return inTheWay;
    return state.targetGroup.category === 'outside'
      ? reject('FM-TGT-1', ['targetGroup'], 'Personen står som uden for målgruppen. Kun personer i målgruppen kan optages.')
      : noMajority(state, 'accept');
  },
  decide: (state, input, ctx) => [
    {
      event: { type: 'CaseAccepted', ...unitFacts(state, ctx.today) },
      ...(input.reasons === undefined
        ? {}
        : { bodies: [{ scope: { kind: 'general' as const }, content: { reasons: input.reasons } }] }),
    },
    ...withdrawQuestions(state, ctx.today),
  ],
});

/** The unit refuses: the majority is against, the candidate was heard, and criterion, reasons and complaint route are named (FM-DEC-1, FM-DEC-5). */
export const decisionRefuse = command({
  name: 'decision.refuse',
  title: 'Giv afslag',
  rules: ['FM-DEC-1', 'FM-DEC-5', 'FM-LAW-1', 'FM-ASM-7', 'FM-ASM-12', 'FM-TGT-7', 'FM-INT-8', 'FM-NOT-1'],
  page: 'visitation',
  input: z.strictObject({
    criterion: z
      .enum(
        CRITERIA.map((option) => option.value),
        { error: 'Vælg, hvad kandidaten ikke opfylder' },
      )
      .meta({ label: 'Hvad opfylder kandidaten ikke?', widget: 'radio', options: CRITERIA }),
    reasons: prose({ label: 'Begrundelse', missing: 'Skriv begrundelsen for afslaget', max: 8000 }),
    complaintRoute: prose({
      label: 'Vejledning om klage',
      hint: 'Skriv, at kandidaten kan få afslaget prøvet hos Det Nationale Exitkontaktpunkt, og hvordan. I varetægt og fængsel: skriv Kriminalforsorgens klagevej.',
      missing: 'Skriv, hvordan kandidaten kan få afslaget prøvet',
      max: 4000,
    }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state, ctx) => notReadyToDecide(state) ?? noMajority(state, 'refuse') ?? notHeard(state, ctx.today),
  decide: (state, input, ctx) => {
    if (!isFound(state, input.criterion)) {
      return reject(
        'FM-DEC-1',
        ['conclusions', 'targetGroup'],
        input.criterion === 'targetGroup'
          ? 'Personen står i målgruppen. Vælg “Uden for målgruppen” under målgruppen først, eller vælg en anden grund.'
          : 'Ingen af dem, der er imod, har konkluderet det. Vælg den grund, der står i vurderingerne.',
        'criterion',
      );
    }
    return [
      {
        event: { type: 'CaseRefused', ...unitFacts(state, ctx.today), criteria: [input.criterion] },
        bodies: [{ scope: { kind: 'general' }, content: { reasons: input.reasons, complaintRoute: input.complaintRoute } }],
      },
      ...withdrawQuestions(state, ctx.today),
    ];
  },
});

/** Calendar days from the last conclusion, or the end of the hearing, until the decision is due (policy). */
const DAYS_TO_DECIDE = 7;

export const decisionTasks = (state: ExitCase): readonly Task[] => {
  if (notReadyToDecide(state) !== undefined) return [];
  const { result } = verdict(state);
  const hearing = latestHearing(state, 'decision');
  const dates = votingSeats(state).flatMap((seat) => conclusionOf(state, seat)?.on ?? []);
  const last = [...dates, ...(hearing ? [hearing.answeredOn ?? hearing.deadline ?? hearing.on] : [])].sort().at(-1);
  if (last === undefined) return [];
  const task = (title: string, name: string): readonly Task[] => [
    { key: name, title, owner: { seat: leadSeat(state) }, due: addDays(last, DAYS_TO_DECIDE), command: name },
  ];
  if (result === 'accept') return task('Træf afgørelse', 'decision.accept');
  // While the candidate may still answer, the decision waits for that: the hearing has a task of its own.
  if (hearing?.deadline !== undefined && hearing.answeredOn === undefined) return [];
  if (hearing === undefined) return task('Hør kandidaten, før I træffer afgørelse', 'hearing.send');
  return result === 'split'
    ? task('Forelæg uenigheden for kontaktpunktet', 'assessment.referToContactPoint')
    : task('Træf afgørelse', 'decision.refuse');
};

export const decisionNotification = (event: CaseEvent): NotificationKind | undefined =>
  event.type === 'CaseRefused' ? 'refused' : undefined;

export const decisionCommands = [decisionAccept, decisionRefuse];
