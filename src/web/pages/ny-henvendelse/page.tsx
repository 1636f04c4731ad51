import { randomUUID } from 'node:crypto';
import { commandSchema } from '../../../app/command-schema.js';
import { execute, type Outcome } from '../../../app/execute.js';
import { formatInstant, type Instant } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { formKey } from '../../idempotency.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton } from '../../ui/buttons.js';
import { PageHead } from '../../ui/layout.js';
import { readForm, SchemaForm, type FormBody } from '../../ui/schema-form.js';
import { fieldErrors } from '../act-errors.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';

const schema = () => commandSchema('inquiry.register') ?? {};

interface FormState {
  readonly values?: unknown;
  readonly outcome?: Outcome;
  readonly key: string;
}

const form = (call: SignedInCall, { values, outcome, key }: FormState, status = 200): Answer =>
  signedInPage(call, { title: outcome ? 'Fejl: Ny henvendelse' : 'Ny henvendelse', place: 'Ny henvendelse', status }, (
    <>
      <PageHead title="Ny henvendelse">Kun bopæl og det, personen sagde, skal udfyldes.</PageHead>
      <div class="form-grid">
        <SchemaForm schema={schema()} values={values} {...(outcome ? fieldErrors(outcome) : {})} action={paths.newInquiry()} csrf={tokenFor(call)} idempotencyKey={key}
          submit="Send til enheden" cancelHref={paths.home()} />
        <aside class="helpcol" aria-label="Hjælp til henvendelsen">
          <h2>Hvad sker der bagefter?</h2>
          <p>Enheden får henvendelsen i sin indbakke. Du får en kvittering med nummer og tidspunkt.</p>
          <h2>Er der akut fare?</h2>
          <p>Ring 112. Skriv bagefter.</p>
          <h2>Sig det til personen</h2>
          <p>Det er frivilligt at være med. Ingen bliver bedt om at angive andre.</p>
        </aside>
      </div>
    </>
  ));

export const newInquiry = (call: SignedInCall): Answer => form(call, { key: randomUUID() });

/** Registers; the receipt is all that the registrant keeps, whether or not the person has a case already (FM-INT-2, FM-INT-3). */
export async function sendInquiry(call: SignedInCall): Promise<Answer> {
  const body = (call.body ?? {}) as FormBody;
  const values = readForm(schema(), body);
  const key = formKey(body);
  const outcome = await execute(call.house, { token: call.visitor.token, command: 'inquiry.register', input: values, key });
  if (outcome.kind === 'done') return receipt(call, outcome.receipt);
  if (outcome.kind === 'signed-out' || outcome.kind === 'limited' || outcome.kind === 'absent') return outcome;
  return form(call, { values, outcome, key: outcome.kind === 'key-reused' ? randomUUID() : key }, 422);
}

const receipt = (call: SignedInCall, { number = '', receivedAt = '', unit = '' }: { number?: string; receivedAt?: string; unit?: string }): Answer =>
  signedInPage(call, { title: 'Kvittering', place: 'Ny henvendelse', within: true }, (
    <>
      <PageHead title="Henvendelsen er sendt" />
      <Alert kind="success" title={`Nummer ${number}`}>
        <p>{`Modtaget ${formatInstant(receivedAt as Instant)}. Den ligger nu hos ${unitName(unit)}.`}</p>
        <p>Skriv nummeret ned, hvis du får brug for at henvise til henvendelsen. Du kan ikke åbne den igen.</p>
      </Alert>
      <div class="tools no-print">
        <LinkButton href={paths.home()}>Gå til Mit arbejde</LinkButton>
        <LinkButton href={paths.newInquiry()}>Skriv en ny henvendelse</LinkButton>
      </div>
    </>
  ));
