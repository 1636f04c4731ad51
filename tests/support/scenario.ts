import type { Actor, CommandContext, Draft, FileFacts, TellingFacts } from '../../src/domain/kernel/command.js';
import { type CaseEvent, caseCommand, emptyCase, evolve, type ExitCase, type RecordedEvent } from '../../src/domain/exit-case/case.js';
import { isRejection, reject, type Rejection } from '../../src/domain/kernel/rejection.js';
import { addDays, copenhagenDate, type Instant, instantOf, type PlainDate } from '../../src/domain/kernel/time.js';
import { people, type PersonName } from './people.js';

/** What a command that could not even be parsed answers in a scenario. */
export interface InputErrors {
  readonly invalid: true;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
}
export type Outcome = readonly Draft<CaseEvent>[] | Rejection | InputErrors;

const isInvalid = (outcome: Outcome): outcome is InputErrors => 'invalid' in outcome;

/**
 * One case in memory: given the events so far, when a command, then events or a refusal. Every step goes through the real command
 * table: input schema, `may`, `when`, `decide`, fold. Time stands still until `days()` moves it.
 */
export class Scenario {
  readonly stream: RecordedEvent[] = [];
  state: ExitCase = emptyCase;
  now: Instant;
  /** The file that comes with the next `attachment.add`. */
  file: FileFacts | undefined;
  /** What the next `contactPoint.tellDouble` is to tell. */
  telling: TellingFacts | undefined;
  #ids = 0;

  constructor(day = '2026-11-02') {
    this.now = instantOf(day as PlainDate, 10, 0);
  }

  get today(): PlainDate {
    return copenhagenDate(this.now);
  }

  context(actor: Actor): CommandContext {
    return {
      actor, now: this.now, today: this.today,
      colleague: (user) => Object.values(people).find((one) => one.user === user),
      entry: (entry) => this.stream.some(({ event }) => 'entry' in event && event.entry === entry),
      ...(this.file && { file: this.file }),
      ...(this.telling && { telling: this.telling }),
      newId: <T extends string>() => `11111111-0000-4000-8000-${String(++this.#ids).padStart(12, '0')}` as T,
    };
  }

  /** What the command answers; the state stays as it is. */
  tries(who: PersonName, name: string, input: object = {}): Outcome {
    const command = caseCommand(name);
    if (!command) throw new Error(`no such command: ${name}`);
    const actor = people[who];
    const parsed = command.input.safeParse(input);
    if (!parsed.success) {
      return { invalid: true, issues: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })) };
    }
    if (!command.may.test(this.state, actor)) return reject('FM-CNF-2', ['own'], `Kun ${command.may.who} kan gøre dette.`);
    const context = this.context(actor);
    return command.when(this.state, context) ?? command.decide(this.state, parsed.data as never, context);
  }

  /** The refusal, or a failed test when there is none. */
  refusal(who: PersonName, name: string, input: object = {}): Rejection {
    const outcome = this.tries(who, name, input);
    if (!isRejection(outcome)) throw new Error(`${name} was not refused: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  /** Carries the command out; a failed test when it is refused. */
  does(who: PersonName, name: string, input: object = {}): this {
    const outcome = this.tries(who, name, input);
    if (isRejection(outcome) || isInvalid(outcome)) throw new Error(`${name} by ${who} was refused: ${JSON.stringify(outcome)}`);
    for (const { event } of outcome) {
      const meta = { version: this.stream.length + 1, at: this.now, actor: people[who].user };
      this.stream.push({ event, ...meta });
      this.state = evolve(this.state, event, meta);
    }
    return this;
  }

  days(count: number): this {
    this.now = instantOf(addDays(this.today, count), 10, 0);
    return this;
  }

  events(type: CaseEvent['type']): readonly CaseEvent[] {
    return this.stream.map((one) => one.event).filter((event) => event.type === type);
  }
}

const register = { municipality: '0183', said: 'Vil ud', name: 'Emil Sandbjerg', safeContact: 'Kun sms efter kl. 16', channel: 'phone' };

/** A case in a unit's inbox. */
/** @param but what is registered otherwise: `urgent` */
export const anInquiry = (day?: string, but: object = {}): Scenario => new Scenario(day).does('municipal', 'inquiry.register', { ...register, ...but });

/** A case taken by the three authorities of Københavns Vestegn and Ishøj. */
export const aCase = (day?: string): Scenario =>
  anInquiry(day).does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });

/** A case in custody, taken by DfK. */
export const aCustodyCase = (day?: string): Scenario =>
  new Scenario(day).does('custody', 'inquiry.register', { ...register, place: 'custody', channel: 'custody' }).does('custody', 'inquiry.take', { custody: people.custody.user });
