import type { Actor } from '../../src/domain/kernel/command.js';
import type { UserId } from '../../src/domain/kernel/ids.js';
import { caseCommand, emptyCase, evolve, type ExitCase } from '../../src/domain/exit-case/case.js';
import { isRejection } from '../../src/domain/kernel/rejection.js';
import { copenhagenDate } from '../../src/domain/kernel/time.js';
import { type CaseScript, knownOf, type Step, type Worker } from '../../src/cli/demonstration/case-script.js';

const actorOf = (who: Worker): Actor => ({ user: who.id, authority: who.authority, functions: who.functions });

/** Everybody a script names, as the staff directory would know them. */
const staffOf = (script: CaseScript): ReadonlyMap<UserId, Actor> =>
  new Map(script.steps.map(({ who }) => [who.id, actorOf(who)]));

/**
 * Tells a script through the real table of commands, without a database.
 * @returns the case after every step.
 * @throws when a command is refused, as the player does.
 */
export function toldInMemory(script: CaseScript, colleagues: Iterable<Worker> = []): readonly ExitCase[] {
  const staff = new Map([...staffOf(script), ...[...colleagues].map((one) => [one.id, actorOf(one)] as const)]);
  const states: ExitCase[] = [];
  let state = emptyCase;
  let version = 0;
  let ids = 0;
  for (const step of script.steps) {
    const now = step.at;
    const drafts = decided(script, step, state, {
      actor: actorOf(step.who),
      now,
      today: copenhagenDate(now),
      colleague: (user) => staff.get(user),
      entry: () => false,
      newId: <T extends string>() => `11111111-0000-4000-8000-${String(++ids).padStart(12, '0')}` as T,
    });
    for (const { event } of drafts) state = evolve(state, event, { version: ++version, at: now, actor: step.who.id });
    states.push(state);
  }
  return states;
}

function decided(
  script: CaseScript,
  { command: name, input, who, at }: Step,
  state: ExitCase,
  context: Parameters<NonNullable<ReturnType<typeof caseCommand>>['when']>[1],
) {
  const fails = (why: unknown): never => {
    throw new Error(`${script.name}: ${name} by ${who.login} on ${at}: ${JSON.stringify(why)}`);
  };
  const command = caseCommand(name) ?? fails('no such command');
  const given: object | undefined = typeof input === 'function' ? (input as (known: ReturnType<typeof knownOf>) => object | undefined)(knownOf(state)) : input;
  if (given === undefined) return [];
  const parsed = command.input.safeParse(given);
  if (!parsed.success) return fails(parsed.error.issues);
  if (!command.may.test(state, context.actor)) return fails(`only ${command.may.who}`);
  const decision = command.when(state, context) ?? command.decide(state, parsed.data as never, context);
  return isRejection(decision) ? fails(decision) : decision;
}
