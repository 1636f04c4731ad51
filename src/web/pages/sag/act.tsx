import { randomUUID } from 'node:crypto';
import { actionsOf, type Action } from '../../../app/actions.js';
import { commandSchema } from '../../../app/command-schema.js';
import { execute, type Outcome } from '../../../app/execute.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { caseCommand } from '../../../domain/exit-case/case.js';
import { isId } from '../../../domain/kernel/ids.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { LinkButton } from '../../ui/buttons.js';
import { RuleLine } from '../../ui/can-do.js';
import { type FormBody, readForm, SchemaForm } from '../../ui/schema-form.js';
import { fieldErrors } from '../act-errors.js';
import { caseChoices } from '../choices.js';
import { tokenFor } from '../signed-in-page.js';
import { type CaseCall, casePage } from './case-page.js';
import { caseIdOf, withCase } from './open.js';
import { knownValues, onlyChoices, tidied, withOwnLists } from './prefill.js';

interface Typed {
  readonly values?: unknown;
  readonly outcome?: Outcome;
  readonly key: string;
}

/** Ids given in the address settle a field: which entry to correct, which measure it is about. */
const settledBy = (call: SignedInCall): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(call.query).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && isId(pair[1])));

const blocked = (on: CaseCall, action: Action): Answer => casePage(on, {
  page: action.page,
  children: (
    <section class="section" aria-labelledby="handling">
      <h2 id="handling">{action.title}</h2>
      <p>{action.why ?? ''}</p>
      <RuleLine {...(action.rule === undefined ? {} : { rules: [action.rule] })} />
      <LinkButton href={paths.case(on.opened.id)}>Tilbage til sagen</LinkButton>
    </section>
  ),
});

async function form(on: CaseCall, directory: StaffDirectory, name: string, { values, outcome, key }: Typed): Promise<Answer> {
  const { call, opened } = on;
  const action = actionsOf(opened, call.now).find((one) => one.name === name);
  const schema = commandSchema(name);
  if (!action || !schema) return { kind: 'absent' };
  if (!action.possible && !outcome) return blocked(on, action);
  const choices = await caseChoices(directory, call.visitor.token, opened, name, call.now);
  const settled = { ...onlyChoices(schema, choices), ...settledBy(call) };
  return casePage(on, {
    page: action.page,
    failed: outcome !== undefined,
    ...(outcome ? { status: 422 } : {}),
    children: (
      <section class="section" aria-labelledby="handling">
        <h2 id="handling">{action.title}</h2>
        <SchemaForm
          schema={withOwnLists(schema, choices, Object.keys(settled))} values={values ?? { ...knownValues(name, opened, choices), ...settled }} settled={Object.keys(settled)}
          choices={choices} headingLevel={3}
          {...(outcome ? fieldErrors(outcome) : {})} action={paths.act(opened.id, name, settled)} csrf={tokenFor(call)} idempotencyKey={key} submit={action.title}
          cancelHref={paths.case(opened.id, action.page)}
        />
      </section>
    ),
  });
}

/** The form of a command, drawn from its schema; blocked ones say what is in the way. */
export const showAct = (directory: StaffDirectory) =>
  withCase(directory, 'actions', ['card', 'identity', 'general', 'measure'], (on) => form(on, directory, on.call.params['command'] ?? '', { key: randomUUID() }));

/** Carries the command out; a refusal comes back at its field with everything typed kept. */
export const doAct = (directory: StaffDirectory) => async (call: SignedInCall): Promise<Answer> => {
  const name = call.params['command'] ?? '';
  const command = caseCommand(name);
  const schema = commandSchema(name);
  if (!command || !schema || command.admission === 'staff') return showAct(directory)(call);
  const body = (call.body ?? {}) as FormBody;
  const values = tidied(name, readForm(schema, body));
  const key = typeof body['_key'] === 'string' ? body['_key'] : randomUUID();
  const caseId = caseIdOf(call);
  const outcome = await execute(call.house, { token: call.visitor.token, command: name, caseId, input: values, key });
  if (outcome.kind === 'done') {
    // Who has just left the circle has no case to go back to.
    const left = name === 'circle.declareConflict' || name === 'contactPoint.returnQuestion';
    return { kind: 'redirect', to: left ? paths.home() : paths.case(caseId, command.page), said: name };
  }
  if (outcome.kind === 'absent' || outcome.kind === 'signed-out' || outcome.kind === 'limited') return outcome;
  return withCase(directory, 'actions', ['card', 'identity', 'general', 'measure'], (on) => form(on, directory, name, { values, outcome, key: outcome.kind === 'key-reused' ? randomUUID() : key }))(call);
};
