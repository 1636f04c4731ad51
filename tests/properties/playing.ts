import { seesEvent } from '../../src/domain/access/core-view.js';
import {
  type CaseEvent,
  caseCommand,
  emptyCase,
  evolve,
  type ExitCase,
  type RecordedEvent,
} from '../../src/domain/exit-case/case.js';
import type { Actor, BodyDraft, CommandContext } from '../../src/domain/kernel/command.js';
import { isRejection, reject, type Rejection } from '../../src/domain/kernel/rejection.js';
import {
  addDays,
  addMinutes,
  copenhagenDate,
  type Instant,
  instantOf,
  knownDate,
  type PlainDate,
} from '../../src/domain/kernel/time.js';
import { cast, type CastName, colleagueOf } from './cast.js';

/** One fact as it came, with the texts beside it. */
export interface Told extends RecordedEvent {
  readonly bodies: readonly BodyDraft[];
}

/** One command of a history, carried out or not. */
export interface Step {
  readonly number: number;
  readonly who: CastName;
  readonly command: string;
  readonly input: object;
  readonly at: Instant;
  readonly today: PlainDate;
  /** `invalid`: the input could not even be read. */
  readonly kind: 'done' | 'rejected' | 'invalid';
  readonly rejection?: Rejection;
  readonly issues?: readonly string[];
  readonly told: readonly Told[];
  readonly before: ExitCase;
  readonly after: ExitCase;
  /** Facts in the case before and after. */
  readonly length: readonly [before: number, after: number];
}

type Outcome = Pick<Step, 'kind' | 'rejection' | 'issues' | 'told'>;

/** Whoever changes a fact or a state after it was made makes the test fail: both are frozen, all the way down. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const one of Object.values(value)) frozen(one);
  }
  return value;
}

/** A case in memory, with its texts, its clock and every attempt at a command, carried out or refused. */
export class Play {
  readonly stream: Told[] = [];
  readonly steps: Step[] = [];
  state: ExitCase = emptyCase;
  now: Instant;
  /** The day of `now`. */
  today: PlainDate;
  #ids = 0;

  constructor(day = knownDate('2026-11-02')) {
    this.today = day;
    this.now = instantOf(day, 10, 0);
  }

  /** Lets time go on: whole days, or a minute, so that no two moments are the same. */
  later(days: number): void {
    this.at(days > 0 ? instantOf(addDays(this.today, days), 9, 0) : addMinutes(this.now, 1));
  }

  /** Sets the clock. */
  at(now: Instant): void {
    this.now = now;
    this.today = copenhagenDate(now);
  }

  context(actor: Actor): CommandContext {
    return {
      actor,
      now: this.now,
      today: this.today,
      colleague: colleagueOf,
      entry: (entry) =>
        this.stream.some((one) => 'entry' in one.event && one.event.entry === entry && seesEvent(this.state, actor.user, one)),
      // Before the assessment it is this case that ends as the double, later the other one; now and then both units are told.
      telling: {
        ends: this.state.assessment.begun === undefined,
        basis: 'before-consent',
        ...(this.stream.length % 2 === 0 ? { other: { number: 'UV-7K3M-9QX', unit: 'sydsjaelland-og-lolland-falster' as const } } : {}),
      },
      file: { format: 'pdf', bytes: 1000 * (this.stream.length + 1) },
      newId: <T extends string>() => `11111111-0000-4000-8000-${String(++this.#ids).padStart(12, '0')}` as T,
    };
  }

  /** Whether it may be done, and it is time, for this person. */
  isPossible(who: CastName, name: string): boolean {
    const command = caseCommand(name);
    return command?.may.test(this.state, cast[who]) === true && command.when(this.state, this.context(cast[who])) === undefined;
  }

  /** What comes of a command now; nothing is recorded by it. */
  answer(who: CastName, name: string, input: object): Outcome {
    const command = caseCommand(name);
    if (command === undefined) throw new Error(`no such command: ${name}`);
    const parsed = command.input.safeParse(input);
    if (!parsed.success) return { kind: 'invalid', issues: parsed.error.issues.map((issue) => issue.message), told: [] };
    const actor = cast[who];
    const context = this.context(actor);
    const verdict = command.may.test(this.state, actor)
      ? (command.when(this.state, context) ?? command.decide(this.state, parsed.data as never, context))
      : reject('FM-CNF-2', ['own'], `Kun ${command.may.who} kan gøre dette.`);
    if (isRejection(verdict)) return { kind: 'rejected', rejection: verdict, told: [] };
    return {
      kind: 'done',
      told: verdict.map(({ event, bodies = [] }, at) => ({
        event,
        bodies,
        version: this.stream.length + at + 1,
        at: this.now,
        actor: actor.user,
      })),
    };
  }

  /** Tries a command, and records what came of it. */
  tries(who: CastName, command: string, input: object): Step {
    const before = this.state;
    const length = this.stream.length;
    const outcome = this.answer(who, command, input);
    for (const one of outcome.told) {
      this.stream.push(one);
      this.state = frozen(evolve(this.state, frozen(one.event), one));
    }
    const step: Step = {
      number: this.steps.length + 1,
      who,
      command,
      input: frozen(input),
      at: this.now,
      today: this.today,
      ...outcome,
      before,
      after: this.state,
      length: [length, this.stream.length],
    };
    this.steps.push(step);
    return step;
  }

  /** The facts of one kind, in order. */
  events<T extends CaseEvent['type']>(type: T): readonly Extract<CaseEvent, { type: T }>[] {
    return this.stream.map((one) => one.event).filter((event): event is Extract<CaseEvent, { type: T }> => event.type === type);
  }
}
