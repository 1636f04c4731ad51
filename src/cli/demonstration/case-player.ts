import { execute, type Receipt } from '../../app/execute.js';
import type { House } from '../../app/house.js';
import { openCase } from '../../app/open-case.js';
import type { PlainDate } from '../../domain/kernel/time.js';
import { endSession, listCases, listInbox } from '../../store/lists.js';
import type { Pool } from '../../store/postgres/pools.js';
import { startSession } from '../../store/session-start.js';
import { type CarriedOut, keyOf } from './carried-out.js';
import { type CaseScript, GIVES_IDS, type Known, knownOf, type Step, type Worker } from './case-script.js';

export interface Stage {
  readonly house: House;
  /** The login's own connections: those who act are signed in as anybody is. */
  readonly login: Pool;
  /** Who says who they are. */
  readonly issuer: string;
  /** The keys of the commands begin with these. */
  readonly series: string;
  readonly day: PlainDate;
  readonly signal: AbortSignal;
}

const NOT_BEGUN: CarriedOut = { steps: 0 };

/** Tells cases by carrying out their commands: signed in, judged by every rule, logged. Nothing is written past them. */
export class CasePlayer {
  readonly #stage: Stage;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(stage: Stage) {
    this.#stage = { ...stage, house: { ...stage.house, tellingPast: true } };
  }

  /**
   * Carries out what is left of a script.
   * @param beforeLast done before the last command, so that a case that has come to its end has it too; may be done again.
   * @returns the id of the case; undefined for one nobody has taken, or when the end was wished for in between.
   * @throws when a command is refused: a fault in the script or in a rule.
   */
  async play(
    script: CaseScript,
    carried: CarriedOut = NOT_BEGUN,
    beforeLast?: (caseId: string) => Promise<void>,
  ): Promise<string | undefined> {
    const { steps } = script;
    let { caseId, number } = carried;
    let known: Known | undefined;
    for (let place = carried.steps === 'all' ? steps.length : carried.steps; place < steps.length; place += 1) {
      if (this.#stage.signal.aborted) return undefined;
      const step = steps[place];
      if (step === undefined) break;
      if (place > 0) caseId ??= await this.#find(step.who, number ?? '');
      if (place === steps.length - 1 && caseId !== undefined) await beforeLast?.(caseId);
      // Who is in the case changes with many a command.
      if (step.command === 'circle.renew') known = undefined;
      if (typeof step.input === 'function') known ??= await this.#look(script, caseId ?? '');
      const receipt = await this.#carryOut(script, place, step, caseId, known);
      if (receipt !== undefined) ({ caseId = caseId, number = number } = receipt);
      if (GIVES_IDS.has(step.command)) known = undefined;
    }
    return caseId;
  }

  /** Signs out everybody who acted. */
  async leave(): Promise<void> {
    const tokens = await Promise.all(this.#tokens.values());
    this.#tokens.clear();
    for (const token of tokens) await endSession(this.#stage.house.web, token);
  }

  async #carryOut(
    { name, steps }: CaseScript,
    place: number,
    step: Step,
    caseId: string | undefined,
    known: Known | undefined,
  ): Promise<Receipt | undefined> {
    const { house, series, day } = this.#stage;
    const { at, who, command, input } = step;
    const given = typeof input === 'function' ? (known === undefined ? {} : (input as (known: Known) => object | undefined)(known)) : input;
    if (given === undefined) return undefined;
    const key = keyOf(series, day, name, place, place === steps.length - 1);
    const order = { command, input: given, key, ...(place === 0 || caseId === undefined ? {} : { caseId }) };
    const outcome = await this.#signedIn(who, (token) => execute({ ...house, clock: () => at }, { ...order, token }));
    if (outcome.kind === 'done') return outcome.receipt;
    throw new Error(`${name}: ${command} by ${who.login} on ${at} came to ${JSON.stringify(outcome)}`);
  }

  /** The registrant never learns the id: whoever takes the inquiry finds it by its number in his inbox, and later among his cases. */
  async #find(who: Worker, number: string): Promise<string> {
    const { web } = this.#stage.house;
    const token = await this.#tokenOf(who);
    const waiting = (await listInbox(web, token)).find((one) => one.number === number)?.case_id;
    const id = waiting ?? (await listCases(web, token, { limit: 1_000 })).find((one) => one.number === number)?.id;
    if (id === undefined) throw new Error('an inquiry is not in the inbox it was registered for');
    return id;
  }

  async #look({ keeper, name }: CaseScript, caseId: string): Promise<Known> {
    const opened = await this.#signedIn(keeper, (token) => openCase(this.#stage.house, token, caseId, 'overview', [], 0));
    if (opened.kind !== 'open') throw new Error(`${name}: ${keeper.login} did not get in: ${opened.kind}`);
    return knownOf(opened.state);
  }

  /** Once more with a new session when the old one has run out: the machine may have slept. */
  async #signedIn<Answer extends { readonly kind: string }>(
    who: Worker,
    act: (token: string) => Promise<Answer>,
  ): Promise<Answer> {
    const answer = await act(await this.#tokenOf(who));
    if (answer.kind !== 'signed-out') return answer;
    this.#tokens.delete(who.login);
    return act(await this.#tokenOf(who));
  }

  #tokenOf(who: Worker): Promise<string> {
    const there = this.#tokens.get(who.login) ?? this.#signIn(who);
    this.#tokens.set(who.login, there);
    return there;
  }

  async #signIn({ login: subject, name, authority, functions }: Worker): Promise<string> {
    const { login, issuer } = this.#stage;
    const token = await startSession(login, {
      issuer,
      subject,
      name,
      authority,
      functions,
      authTime: new Date(),
      level: 'substantial',
    });
    if (token === undefined) throw new Error(`the access of ${subject} is closed`);
    return token;
  }
}

/** Works through a list, some at a time, in order; stops taking new ones when the end is wished for or one fails. */
export async function together<Item>(
  items: readonly Item[],
  atOnce: number,
  signal: AbortSignal,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      if (failed || signal.aborted) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const fault = ended.find((one) => one.status === 'rejected');
  if (fault !== undefined) throw fault.reason;
}
