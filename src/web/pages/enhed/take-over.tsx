import { randomUUID } from 'node:crypto';
import { commandSchema } from '../../../app/command-schema.js';
import { execute, type Outcome } from '../../../app/execute.js';
import { refusedBy } from '../../../app/house.js';
import { noteDenied } from '../../../store/lists.js';
import { unitPage } from '../../../store/people.js';
import { caseIdOf } from '../../case-id.js';
import { formKey } from '../../idempotency.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { PageHead } from '../../ui/layout.js';
import { type FormBody, readForm, SchemaForm } from '../../ui/schema-form.js';
import { fieldErrors } from '../act-errors.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';

const COMMAND = 'circle.takeOver';

interface Typed {
  readonly values?: unknown;
  readonly outcome?: Outcome;
  /** Drawn again after a login: nothing was carried out. */
  readonly again?: boolean;
  readonly key: string;
}

/** The form that makes a colleague co-ordinator of a case that has none; of the case it says its number (FM-WORK-7). */
async function form(call: SignedInCall, typed: Typed): Promise<Answer> {
  const { house, visitor } = call;
  const id = caseIdOf(call);
  try {
    const row = (await unitPage(house.web, visitor.token))?.unattended.find((one) => one.case === id);
    if (row === undefined) {
      await noteDenied(house.web, visitor.token, call.params['id'], 'take over');
      return { kind: 'absent' };
    }
    const failed = typed.outcome !== undefined || typed.again === true;
    return signedInPage(call, { title: failed ? 'Fejl: Bliv koordinator' : 'Bliv koordinator', place: 'Enheden', within: true, ...(typed.again ? { status: 403 } : typed.outcome ? { status: 422 } : {}) }, (
      <>
        <PageHead title={<>Bliv koordinator for <span class="nowrap">{row.number}</span></>}><p class="muted">Den hidtidige koordinators opgaver i sagen bliver dine, og du får adgang til den.</p></PageHead>
        {typed.again && <SignedOutMeanwhile />}
        <SchemaForm
          schema={commandSchema(COMMAND) ?? {}} values={typed.values ?? {}} choices={{}} {...(typed.outcome ? fieldErrors(typed.outcome) : {})}
          action={paths.takeOver(id)} csrf={tokenFor(call)} idempotencyKey={typed.key} submit="Bliv koordinator" cancelHref={paths.unit()}
        />
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

export const takeOver = (call: SignedInCall): Promise<Answer> => form(call, { key: randomUUID() });

const read = (call: SignedInCall) => {
  const body = (call.body ?? {}) as FormBody;
  return { values: readForm(commandSchema(COMMAND) ?? {}, body), key: formKey(body) };
};

const send = async (call: SignedInCall): Promise<Answer> => {
  const { values, key } = read(call);
  const caseId = caseIdOf(call);
  const outcome = await execute(call.house, { token: call.visitor.token, command: COMMAND, caseId, input: values, key });
  switch (outcome.kind) {
    case 'done':
      return { kind: 'redirect', to: paths.case(caseId), said: COMMAND };
    case 'absent':
    case 'signed-out':
    case 'limited':
      return outcome;
    default:
      return form(call, { values, outcome, key: outcome.kind === 'key-reused' ? randomUUID() : key });
  }
};

export const sendTakeOver: FormHandle = Object.assign(send, { again: (call: SignedInCall) => form(call, { ...read(call), again: true }) });
