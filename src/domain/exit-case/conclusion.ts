import type { UserId } from '../kernel/ids.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, copenhagenDate, type PlainDate } from '../kernel/time.js';
import { notAtContactPoint, notInAssessment } from './assessment.js';
import type { CaseEvent, ExitCase } from './case.js';
import { isSeat, type Seat, SEATS, seatsOf, unitMember } from './circle.js';
import {
  conclusionForm,
  type ConclusionInput,
  type MotivationConclusion,
  type NeedConclusion,
  type SuitabilityConclusion,
} from './conclusion-form.js';
import { command, type EventMeta, type Task } from './define.js';
import { hasObtained } from './groundwork.js';
import { conclusionOf, holderOf, inWords, type Position, votingSeats } from './vote.js';

interface ConclusionFacts {
  readonly seat: Seat;
  /** Which of the seat's conclusions this is, from 1. Earlier ones stay in the stream (FM-ASM-12). */
  readonly version: number;
  readonly authority: string;
  readonly motivation: MotivationConclusion;
  readonly suitability: SuitabilityConclusion;
  readonly need: NeedConclusion;
  readonly overall: Position;
  readonly on: PlainDate;
}

export type ConclusionEvent = ConclusionFacts & { readonly type: 'ConclusionSubmitted'; readonly changeReasonGiven: boolean };

/** The latest conclusion of a seat. */
export interface Conclusion extends ConclusionFacts {
  readonly by: UserId;
  /** The day a fact it rests on was changed. */
  readonly outdatedOn?: PlainDate;
  /** Its author left for a conflict of interest: it counts no more (FM-DEC-4). */
  readonly void: boolean;
}
export interface ConclusionState {
  readonly given: readonly Conclusion[];
  /** Seats left for a conflict of interest and not taken over (FM-DEC-4). */
  readonly recused: readonly Seat[];
}
export const noConclusions: ConclusionState = { given: [], recused: [] };

export const evolveConclusions = (state: ConclusionState, event: CaseEvent, meta: EventMeta): ConclusionState => {
  switch (event.type) {
    case 'ConclusionSubmitted': {
      const { type: _type, changeReasonGiven: _reason, ...facts } = event;
      return {
        ...state,
        given: [...state.given.filter((one) => one.seat !== event.seat), { ...facts, by: meta.actor, void: false }],
      };
    }
    case 'TargetGroupSet':
    case 'RegistrationConfirmed':
      return event.changes
        ? { ...state, given: state.given.map((one) => ({ ...one, outdatedOn: one.outdatedOn ?? copenhagenDate(meta.at) })) }
        : state;
    case 'ConflictDeclared':
      return {
        given: state.given.map((one) => (one.by === event.user ? { ...one, void: true } : one)),
        recused: [...state.recused, ...event.seats],
      };
    case 'MemberAdded':
      return isSeat(event.role) ? { ...state, recused: state.recused.filter((seat) => seat !== event.role) } : state;
    default:
      return state;
  }
};

/** The seats that have given their conclusion; those who have read the others' (FM-ASM-12). */
export const concludedSeats = (state: ExitCase): readonly Seat[] =>
  SEATS.filter((seat) => conclusionOf(state, seat) !== undefined);

const allIn = (state: ExitCase): boolean => {
  const voting = votingSeats(state);
  return voting.length > 0 && voting.every((seat) => conclusionOf(state, seat) !== undefined);
};

/**
 * Whether a full member may read a seat's conclusion: its own authority always; another that speaks in the case when its own is in;
 * the rest of the circle when all are in (FM-ASM-12).
 */
export const mayReadConclusion = (state: ExitCase, reader: Seat | undefined, of: Seat): boolean => {
  if (reader === of) return true;
  if (reader !== undefined && votingSeats(state).includes(reader)) return conclusionOf(state, reader) !== undefined;
  return allIn(state);
};

/** Nobody but its own authority has been able to read it. */
const isSealed = (state: ExitCase, seat: Seat): boolean =>
  !allIn(state) && votingSeats(state).every((other) => other === seat || conclusionOf(state, other) === undefined);

/** Police, and Kriminalforsorgen, ask in their own registers before they conclude (FM-ASM-5). */
const notObtained = (state: ExitCase, seat: Seat): Rejection | undefined => {
  if (hasObtained(state, seat)) return undefined;
  const where = seat === 'police' ? 'politiets egne registre' : 'Kriminalforsorgens sikkerheds- og efterretningsorganisation';
  return reject(
    'FM-ASM-5',
    ['own'],
    `Notér først, at der er indhentet oplysninger fra ${where}. Det er nok at notere, at der ikke blev fundet noget.`,
  );
};

/** What is missing or contradicts itself in the assessment as filled in. */
const incomplete = (input: ConclusionInput): Rejection | undefined => {
  const missing = (field: keyof ConclusionInput, detail: string) => reject('FM-ASM-12', ['own'], detail, field);
  if (input.motivation === 'motivated') {
    if (input.factors.length === 0) {
      return reject(
        'FM-ASM-2',
        ['own'],
        'Vælg mindst én ting, der skubber eller trækker, når du finder kandidaten motiveret.',
        'factors',
      );
    }
    if (input.factors.every((factor) => factor === 'fear') && input.fearJustification === undefined) {
      return reject(
        'FM-ASM-2',
        ['own'],
        'Motivation, der kun er båret af frygt, kan ikke bære alene. Begrund, hvorfor den gør det her, eller konkludér “Ikke motiveret”.',
        'fearJustification',
      );
    }
    if (input.motivationFor === undefined)
      return missing('motivationFor', 'Skriv, hvad der taler for, at kandidaten er motiveret.');
  } else if (input.motivationAgainst === undefined) {
    return missing('motivationAgainst', 'Skriv, hvad der taler imod, at kandidaten er motiveret.');
  }
  if (input.suitability === 'suitable' && input.suitabilityFor === undefined) {
    return missing('suitabilityFor', 'Skriv, hvad der taler for, at kandidaten er egnet.');
  }
  if (input.suitability === 'not-suitable' && input.suitabilityAgainst === undefined) {
    return missing('suitabilityAgainst', 'Skriv, hvad der taler imod, at kandidaten er egnet.');
  }
  if (input.need === 'need' && input.needFor === undefined) return missing('needFor', 'Skriv, hvad kandidaten har behov for.');
  if (input.need === 'no-need' && input.needAgainst === undefined) {
    return missing('needAgainst', 'Skriv, hvorfor kandidaten ikke har behov for hjælp.');
  }
  const allThree = input.motivation === 'motivated' && input.suitability === 'suitable' && input.need === 'need';
  if (input.overall === 'accept' && !allThree) {
    return reject(
      'FM-ASM-1',
      ['own'],
      'Kun den, der er motiveret og egnet og har behov, kan optages. Ret din samlede konklusion eller den konklusion, der taler imod.',
      'overall',
    );
  }
  return undefined;
};

/** An authority's assessment of motivation, suitability and need, with its overall conclusion; sealed until the others may read it (FM-ASM-12). */
export const assessmentSubmit = command({
  name: 'assessment.submit',
  title: 'Afgiv din myndigheds vurdering',
  rules: ['FM-ASM-1', 'FM-ASM-2', 'FM-ASM-3', 'FM-ASM-4', 'FM-ASM-5', 'FM-ASM-8', 'FM-ASM-12', 'FM-ASM-13'],
  page: 'visitation',
  input: conclusionForm,
  writes: ['sealed'],
  may: unitMember,
  when: (state, ctx) => {
    const inTheWay = notInAssessment(state) ?? notAtContactPoint(state);
    if (inTheWay) return inTheWay;
    return seatsOf(state, ctx.actor.user)
      .map((seat) => notObtained(state, seat))
      .find((rejection) => rejection !== undefined);
  },
  decide: (state, input, ctx) => {
    const seat = seatsOf(state, ctx.actor.user)[0];
    const authority = seat === undefined ? undefined : holderOf(state, seat)?.authority;
    if (seat === undefined || authority === undefined)
      return reject('FM-ASM-1', ['own'], 'Du taler ikke for en myndighed i sagen.');
    const wrong = incomplete(input);
    if (wrong) return wrong;
    const before = conclusionOf(state, seat);
    if (before !== undefined && before.outdatedOn === undefined && !isSealed(state, seat) && input.changeReason === undefined) {
      return reject(
        'FM-ASM-12',
        ['own', 'conclusions'],
        'Andre har kunnet læse din vurdering. Skriv, hvorfor du ændrer den. Begge udgaver gemmes.',
        'changeReason',
      );
    }
    const { motivation, suitability, need, overall } = input;
    const version = (state.conclusions.given.find((one) => one.seat === seat)?.version ?? 0) + 1;
    return [
      {
        event: {
          type: 'ConclusionSubmitted',
          seat,
          version,
          authority,
          motivation,
          suitability,
          need,
          overall,
          on: ctx.today,
          changeReasonGiven: input.changeReason !== undefined,
        },
        bodies: [{ scope: { kind: 'sealed', subject: seat }, content: { ...input } }],
      },
    ];
  },
});

/** Calendar days from the assessment begins, or from a fact is changed, until a conclusion is due (policy). */
const DAYS_TO_CONCLUDE = 14;

export const conclusionTasks = (state: ExitCase): readonly Task[] => {
  const { begun } = state.assessment;
  if (begun === undefined || notInAssessment(state) || notAtContactPoint(state)) return [];
  return votingSeats(state).flatMap((seat): readonly Task[] => {
    const conclusion = conclusionOf(state, seat);
    if (conclusion !== undefined && conclusion.outdatedOn === undefined) return [];
    // Its turn comes when the authority has asked in its own registers: that is a task by itself (FM-ASM-5).
    if (!hasObtained(state, seat) && holderOf(state, seat) !== undefined) return [];
    const title =
      conclusion === undefined ? `Afgiv vurderingen fra ${inWords([seat])}` : `Afgiv vurderingen fra ${inWords([seat])} igen`;
    const due = addDays(conclusion?.outdatedOn ?? begun.on, DAYS_TO_CONCLUDE);
    return [{ key: `assessment.submit:${seat}`, title, owner: { seat }, due, command: 'assessment.submit' }];
  });
};

export const conclusionCommands = [assessmentSubmit];
