import { membershipUntil } from '../../domain/access/after-the-end.js';
import type { ExitCase } from '../../domain/exit-case/case.js';
import { coordinatorSeat } from '../../domain/exit-case/circle.js';
import { renewerOf } from '../../domain/exit-case/renewal.js';
import type { BreachId, HearingId, MeasureId, PrecautionId, QuestionId, RequirementId, UserId } from '../../domain/kernel/ids.js';
import { addMinutes, type Instant, instantOf, type PlainDate } from '../../domain/kernel/time.js';
import type { DemonstrationPerson } from '../../domain/reference/demonstration-people.js';

/** Somebody of the staff who acts in a script; invented. */
export type Worker = DemonstrationPerson;

/** The ids a case has given to what stands in it, oldest first: what later steps have to name. */
export interface Known {
  readonly measures: readonly MeasureId[];
  /** Of the newest version of the agreement. */
  readonly requirements: readonly RequirementId[];
  readonly precautions: readonly PrecautionId[];
  readonly hearings: readonly HearingId[];
  readonly questions: readonly QuestionId[];
  readonly breaches: readonly BreachId[];
  /** Whose access ends unless it is renewed: by the co-ordinator, or by another of the unit for a measure that he may not know of. */
  readonly toRenew: { readonly coordinator: readonly UserId[]; readonly others: readonly UserId[] };
}

/** Reads the ids out of a case as it stands. */
export const knownOf = (state: ExitCase): Known => ({
  measures: state.measures.measures.map((one) => one.id),
  requirements: state.agreement.versions.at(-1)?.requirements.map((one) => one.id) ?? [],
  precautions: state.security.precautions.map((one) => one.id),
  hearings: state.hearing.hearings.map((one) => one.id),
  questions: state.questions.questions.map((one) => one.id),
  breaches: state.breaches.breaches.map((one) => one.id),
  toRenew: toRenew(state),
});

const toRenew = (state: ExitCase): Known['toRenew'] => {
  const ending = state.circle.own.filter((one) => one.to === undefined && membershipUntil(state, one) !== undefined);
  const by = (his: boolean): readonly UserId[] => [...new Set(ending.filter((one) => (renewerOf(state, one) === coordinatorSeat(state)) === his).map((one) => one.user))];
  return { coordinator: by(true), others: by(false) };
};

/** The id in a place of a list of {@link Known}. @throws RangeError when the script has not come so far: a fault in the script. */
export function idAt<Id>(ids: readonly Id[], place: number): Id {
  const id = ids.at(place);
  if (id === undefined) throw new RangeError(`nothing is known in place ${place}`);
  return id;
}

/** The commands that give out ids which {@link Known} holds. */
export const GIVES_IDS: ReadonlySet<string> = new Set([
  'measure.propose',
  'agreement.setTerms',
  'agreement.revise',
  'security.assess',
  'hearing.send',
  'breach.record',
  'assessment.askAdvice',
  'assessment.referToContactPoint',
  'decision.requestReview',
]);

/** One command of a case: when, by whom, with what. */
export interface Step {
  readonly at: Instant;
  readonly who: Worker;
  readonly command: string;
  /** What it is given; a step that there is nothing for when it comes is left out. */
  readonly input: object | ((known: Known) => object | undefined);
}

/** A case as it is to be told, from its inquiry on, by commands alone. */
export interface CaseScript {
  /** Tells it apart from the others of its series; stable, for by it an interrupted filling goes on. */
  readonly name: string;
  /** A full member all along, who looks up the ids. */
  readonly keeper: Worker;
  /** The first registers the inquiry, the second, if there is one, takes it. */
  readonly steps: readonly Step[];
}

const DAY_BEGINS = { hour: 9, minute: 5 } as const;
const MINUTES_A_STEP = 12;

/** Writes a script down: the clock stands on a day and moves on a little with every command; it never goes back. */
export class Telling {
  readonly #steps: Step[] = [];
  #next: Instant | undefined;
  readonly name: string;
  readonly keeper: Worker;

  constructor(name: string, keeper: Worker) {
    this.name = name;
    this.keeper = keeper;
  }

  /** From here on it is this day's morning; on the same day it goes on where it was. */
  on(day: PlainDate): this {
    return this.at(instantOf(day, DAY_BEGINS.hour, DAY_BEGINS.minute));
  }

  /** From here on it is this moment, or later when the last command was. */
  at(moment: Instant): this {
    if (this.#next === undefined || moment > this.#next) this.#next = moment;
    return this;
  }

  does(who: Worker, command: string, input: Step['input'] = {}): this {
    if (this.#next === undefined) throw new RangeError(`${this.name} begins on no day`);
    this.#steps.push({ at: this.#next, who, command, input });
    this.#next = addMinutes(this.#next, MINUTES_A_STEP);
    return this;
  }

  script(): CaseScript {
    return { name: this.name, keeper: this.keeper, steps: this.#steps };
  }
}
