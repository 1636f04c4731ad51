import { randomUUID } from 'node:crypto';
import { actionsOf, type Action } from '../../../app/actions.js';
import { attach, wasTooLarge } from '../../../app/attachments.js';
import { OFFERED_ENTRIES, SOUGHT_ENTRIES } from '../../../app/case-texts.js';
import { commandSchema } from '../../../app/command-schema.js';
import { execute, type Outcome } from '../../../app/execute.js';
import { isRefused } from '../../../app/house.js';
import { NEWEST_ENTRIES } from '../../../app/open-case.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { caseCommand } from '../../../domain/exit-case/case.js';
import { PROTECTION_STEPS } from '../../../domain/exit-case/protected-address.js';
import { isId } from '../../../domain/kernel/ids.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import { caseIdOf } from '../../case-id.js';
import { formKey } from '../../idempotency.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { LinkButton } from '../../ui/buttons.js';
import { RuleBehind } from '../../ui/can-do.js';
import { Hidden, type Option } from '../../ui/form.js';
import { type FormBody, readForm, SchemaForm } from '../../ui/schema-form.js';
import { fieldErrors } from '../act-errors.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';
import { caseChoices } from '../choices.js';
import { tokenFor } from '../signed-in-page.js';
import { answersQuestion, cameOf, endedMeanwhile } from '../spoergsmaal/came-of-it.js';
import { STEP_ACTS } from './address.js';
import { BeforeAct, kindsForAct } from './act-before.js';
import { fieldsLeftOut, withNamedRows, withoutStrangeParts } from './act-fields.js';
import { ATTACH, AttachmentField } from './attachment-field.js';
import { barePage, type CaseCall, casePage } from './case-page.js';
import { consequenceOf } from './consequences.js';
import { DECLARE_CONFLICT } from './first-opening.js';
import { HANDED, type Handed, handedIn, handOver, handsOver, LOOK_FIRST, nothingHanded, PickTexts, REFUSAL } from './handing-over.js';
import { askedFirst, withCaseAsked, withCaseUnasked } from './open.js';
import { unsentAnswer } from './unsent-answer.js';
import { knownValues, onlyChoices, settledByCase, tidied, withOwnLists } from './prefill.js';

/** How the case stood when the form was drawn. */
const SEEN = '_seen';
/** What these mean depends on the case as it was read: if somebody was faster, the form comes back and says so. */
const RESTS_ON_WHAT_WAS_SEEN: ReadonlySet<string> = new Set([
  'decision.accept', 'decision.refuse', 'agreement.setTerms', 'agreement.present', 'agreement.accede', 'consent.give', 'consent.withdraw', 'consent.weighWithdrawal', 'security.assess', 'security.liftAcute', 'address.protect',
  'safetyCard.set', 'safeContact.set', 'course.interrupt', 'course.complete', 'discharge.write', 'contactPerson.appoint',
]);

export interface Typed {
  readonly values?: unknown;
  /** What was picked to go along to the contact point. */
  readonly handed?: Handed;
  readonly outcome?: Outcome;
  /** Drawn again after a login, with how the case stood when it was typed: nothing was carried out. */
  readonly again?: { readonly seen: string | undefined };
  readonly key: string;
}

/** The command of the address; the one that takes a file has an address of its own. */
const commandOf = ({ params }: SignedInCall): string => params['command'] ?? ATTACH;

/** What the address says is settled: which entry to correct, which measure it is about, which party. */
const settledBy = (call: SignedInCall, choices: Readonly<Record<string, readonly Option[]>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(call.query).filter((pair): pair is [string, string] => {
    const [field, value] = pair;
    return value !== undefined && (isId(value) || (Object.hasOwn(choices, field) ? (choices[field] ?? []) : []).some((one) => one.value === value));
  }));

/** Whom a form with a field `user` is about: as it was typed, or as the address says. */
const personMeant = (call: SignedInCall, values: unknown): string | undefined => {
  const user = typeof values === 'object' && values !== null && 'user' in values ? values.user : call.query['user'];
  return typeof user === 'string' ? user : undefined;
};

/** Who has a conflict of interest sees nothing of the case where he says so. */
const frameFor = (name: string): typeof casePage => (name === DECLARE_CONFLICT ? barePage : casePage);

const blocked = (on: CaseCall, action: Action): Answer => frameFor(action.name)(on, {
  page: action.page,
  children: (
    <section class="section" aria-labelledby="handling">
      <h2 id="handling">{action.title}</h2>
      <p>{action.why ?? ''}<RuleBehind {...(action.rule === undefined ? {} : { rules: [action.rule] })} /></p>
      <LinkButton href={paths.case(on.opened.id)}>Tilbage til sagen</LinkButton>
    </section>
  ),
});

async function form(on: CaseCall, directory: StaffDirectory, name: string, { values, handed = nothingHanded, outcome, again, key }: Typed): Promise<Answer> {
  const { call, opened } = on;
  const action = actionsOf(opened, call.now).find((one) => one.name === name);
  const schema = commandSchema(name);
  if (!action || !schema) return { kind: 'absent' };
  if (!action.possible && !outcome && !again) return blocked(on, action);
  const choices = await caseChoices(directory, call.visitor.token, opened, name, call.now, personMeant(call, values));
  const settled = { ...onlyChoices(schema, choices), ...settledByCase(name, opened), ...settledBy(call, choices) };
  const shown = values ?? { ...knownValues(name, opened, choices, copenhagenDate(call.now)), ...settled };
  const given = { ...(shown as Readonly<Record<string, unknown>>), ...settled };
  const drawn = withoutStrangeParts(name, withNamedRows(name, withOwnLists(schema, choices, Object.keys(settled)), opened, shown), opened, given, copenhagenDate(call.now));
  const consequence = consequenceOf(name);
  const chosen = call.file !== undefined && call.file !== 'none';
  const told = outcome ? fieldErrors(outcome) : {};
  // What is missing is said at once, the file with the rest.
  const errors = name === ATTACH && outcome?.kind === 'invalid' && !chosen ? { ...told, errors: { ...told.errors, file: 'Vælg den fil, der skal lægges på sagen' } } : told;
  const step = name === 'address.protect' ? PROTECTION_STEPS.find((one) => one.value === given['step'])?.value : undefined;
  const act = step === undefined ? action.title : STEP_ACTS[step];
  return frameFor(name)(on, {
    page: action.page,
    failed: outcome !== undefined || again !== undefined,
    ...(again ? { status: 403 } : outcome ? { status: wasTooLarge(outcome) ? 413 : 422 } : {}),
    children: (
      <section class="section" aria-labelledby="handling">
        <h2 id="handling">{act}</h2>
        {again && <SignedOutMeanwhile />}
        <BeforeAct on={on} command={name} values={given} />
        <SchemaForm
          schema={drawn} values={shown} settled={Object.keys(settled)} except={[...fieldsLeftOut(name, opened, given, copenhagenDate(call.now)), ...(handsOver(name) ? [HANDED, REFUSAL] : [])]} choices={choices} headingLevel={3}
          {...errors} action={paths.act(opened.id, name, settled)} csrf={tokenFor(call)} idempotencyKey={key} submit={handsOver(name) ? LOOK_FIRST : act}
          cancelHref={paths.case(opened.id, action.page)} {...(consequence === undefined ? {} : { consequence })} withFile={name === ATTACH}
        >
          <Hidden name={SEEN} value={again?.seen ?? opened.etag} />
          {handsOver(name) && <PickTexts on={on} command={name} handed={handed} error={errors.errors?.[HANDED]} />}
          {name === ATTACH && <AttachmentField on={on} failed={chosen && (outcome !== undefined || again !== undefined)} error={errors.errors?.['file']} />}
        </SchemaForm>
      </section>
    ),
  });
}

/** Everybody is asked before a form, also one that comes back, but who says on it that he has a conflict of interest (FM-DEC-4). */
const caseFor = (name: string): typeof withCaseAsked => (name === DECLARE_CONFLICT ? withCaseUnasked : withCaseAsked);

const entriesFor = (name: string): number => (handsOver(name) ? OFFERED_ENTRIES : NEWEST_ENTRIES);

/** The form of a command, drawn from its schema; blocked ones say what is in the way. */
export const showAct = (directory: StaffDirectory) => (call: SignedInCall): Promise<Answer> => {
  const name = commandOf(call);
  return caseFor(name)(directory, 'actions', kindsForAct(name), (on) => form(on, directory, name, { key: randomUUID() }), entriesFor(name))(call);
};

const seenIn = (body: FormBody): string | undefined => (typeof body[SEEN] === 'string' ? body[SEEN] : undefined);

/** The form with everything typed kept, and nothing carried out. */
const actAgain = (directory: StaffDirectory) => (call: SignedInCall): Promise<Answer> => {
  const name = commandOf(call);
  const schema = commandSchema(name);
  if (!schema || caseCommand(name)?.admission === 'staff') return showAct(directory)(call);
  const body = (call.body ?? {}) as FormBody;
  const again: Typed = { values: tidied(name, readForm(schema, body)), handed: handedIn(body), again: { seen: seenIn(body) }, key: formKey(body) };
  return caseFor(name)(directory, 'actions', kindsForAct(name), (on) => form(on, directory, name, again), entriesFor(name))(call);
};

/** Carries the command out; a refusal comes back at its field with everything typed kept. */
export const doAct = (directory: StaffDirectory): FormHandle => Object.assign(
  (call: SignedInCall) => (commandOf(call) === DECLARE_CONFLICT ? act(directory, call) : askedFirst(directory, 'actions', (asked) => act(directory, asked))(call)), { again: actAgain(directory) },
);

const act = async (directory: StaffDirectory, call: SignedInCall): Promise<Answer> => {
  const name = commandOf(call);
  const command = caseCommand(name);
  const schema = commandSchema(name);
  if (!command || !schema || command.admission === 'staff') return showAct(directory)(call);
  const body = (call.body ?? {}) as FormBody;
  const values = tidied(name, readForm(schema, body));
  const key = formKey(body);
  const caseId = caseIdOf(call);
  if (handsOver(name)) {
    const draw = (on: CaseCall, typed: Typed) => form(on, directory, name, typed);
    return caseFor(name)(directory, 'actions', kindsForAct(name), (on) => handOver(on, { name, schema, values, body, key }, draw), SOUGHT_ENTRIES)(call);
  }
  const seen = seenIn(body);
  const order = { token: call.visitor.token, caseId, input: values, key, ...(RESTS_ON_WHAT_WAS_SEEN.has(name) && seen !== undefined ? { ifMatch: seen } : {}) };
  const outcome = name === ATTACH ? await attach(call.house, { ...order, file: call.file ?? 'none' }) : await execute(call.house, { ...order, command: name });
  if (outcome.kind === 'done') {
    // Who may just have left the circle has no case to go back to.
    const left = name === DECLARE_CONFLICT || name === 'screening.handOver' || (name.startsWith('contactPoint.') && name !== 'contactPoint.takeQuestion');
    return { kind: 'redirect', to: left ? (name.startsWith('contactPoint.') ? paths.questions() : paths.home()) : paths.case(caseId, command.page), said: answersQuestion(name) ? await cameOf(call, name, values) : name };
  }
  if (isRefused(outcome)) {
    const ended = outcome.kind === 'absent' && answersQuestion(name) ? await endedMeanwhile(call, caseId, values) : undefined;
    return ended === undefined ? outcome : unsentAnswer(call, ended, name, values);
  }
  return caseFor(name)(directory, 'actions', kindsForAct(name), (on) => form(on, directory, name, { values, outcome, key: outcome.kind === 'key-reused' ? randomUUID() : key }))(call);
};
