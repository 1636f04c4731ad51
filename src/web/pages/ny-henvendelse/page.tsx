import { randomUUID } from 'node:crypto';
import { type Hit, similarToMine } from '../../../app/names.js';
import { commandSchema } from '../../../app/command-schema.js';
import { execute, type Outcome } from '../../../app/execute.js';
import { isRefused } from '../../../app/house.js';
import { UNKNOWN_RESIDENCE } from '../../../domain/exit-case/residence.js';
import { phaseLabel } from '../../../domain/exit-case/follows.js';
import { copenhagenDate, formatInstant, type Instant, type PlainDate } from '../../../domain/kernel/time.js';
import { unitName, UNNAMED_UNIT, unitOfMunicipality } from '../../../domain/reference/authorities.js';
import { municipalities } from '../../../domain/reference/denmark.js';
import { formKey } from '../../idempotency.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton } from '../../ui/buttons.js';
import { Select } from '../../ui/form.js';
import { PageHead } from '../../ui/layout.js';
import { AlsoSearched, SearchField } from '../../ui/search-field.js';
import type { OwnFields } from '../../ui/schema-nodes.js';
import { readForm, SchemaForm, type FormBody } from '../../ui/schema-form.js';
import { fieldErrors } from '../act-errors.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';

const schema = () => commandSchema('inquiry.register') ?? {};

interface FormState {
  readonly values?: unknown;
  readonly outcome?: Outcome;
  /** What a look in one's own cases found; undefined before the first. */
  readonly hits?: readonly Hit[];
  /** Drawn again after a login: nothing was carried out. */
  readonly again?: boolean;
  readonly key: string;
}

const form = (call: SignedInCall, { values, outcome, hits, again = false, key }: FormState, status = 200): Answer =>
  signedInPage(call, { title: outcome || again ? 'Fejl: Ny henvendelse' : 'Ny henvendelse', place: 'Ny henvendelse', status }, (
    <>
      <PageHead title="Ny henvendelse">Kun bopæl og det, personen sagde, skal udfyldes.</PageHead>
      {again && <SignedOutMeanwhile />}
      <div class="form-grid">
        <SchemaForm schema={schema()} values={values} own={ownFields(copenhagenDate(call.now), hits)} {...(outcome ? fieldErrors(outcome) : {})} action={paths.newInquiry()} csrf={tokenFor(call)} idempotencyKey={key}
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

/** The fields that do something while one fills them in: a look in one's own cases first (FM-INT-4), and which unit it goes to (FM-INT-2). */
const ownFields = (today: PlainDate, hits: readonly Hit[] | undefined): OwnFields => ({
  name: (field) => <SearchField {...field} action={paths.similarCases()} button="Søg i mine sager" found={hits && <Similar hits={hits} />} />,
  cpr: (field) => <AlsoSearched {...field} with="name" />,
  alias: (field) => <AlsoSearched {...field} with="name" />,
  phone: (field) => <AlsoSearched {...field} with="name" />,
  municipality: (field, options) => <Select {...field} options={options} empty="Vælg" notes={unitNotes(today)} />,
});

const unitNotes = (today: PlainDate): Readonly<Record<string, string>> => ({
  [UNKNOWN_RESIDENCE]: 'Kontaktpunktet udpeger en enhed, hvis personen ikke er i varetægt eller fængsel. Skriv herunder, hvad I ved.',
  ...Object.fromEntries(municipalities.map(({ code }) => [code, `Henvendelsen går til ${unitName(unitOfMunicipality(code, today))}, hvis personen ikke er i varetægt eller fængsel.`])),
});

const Similar = ({ hits }: { readonly hits: readonly Hit[] }) =>
  hits.length === 0 ? <p>Ingen af dine sager ligner.</p> : (
    <>
      {hits.map(({ caseId, number, label, phase }) => (
        <p key={caseId}>Ligner en af dine sager: <a href={paths.case(caseId)} target="_blank" rel="noopener">{number}<span class="sr-only"> (åbner i et nyt faneblad)</span></a>{` “${label}”, ${phaseLabel(phase)}`}</p>
      ))}
    </>
  );

/** What was typed, to be read through; nothing is searched for or registered. */
const typedAgain = (call: SignedInCall): Answer => {
  const body = (call.body ?? {}) as FormBody;
  return form(call, { values: readForm(schema(), body), again: true, key: formKey(body) }, 403);
};

/** Looks in one's own cases for the person being written about; what was typed comes back untouched and nothing is registered (FM-INT-4). */
export const searchSimilar: FormHandle = Object.assign(similarCases, { again: typedAgain });

async function similarCases(call: SignedInCall): Promise<Answer> {
  const body = (call.body ?? {}) as FormBody;
  const values = readForm(schema(), body) as Readonly<Record<string, unknown>>;
  const typed = Object.fromEntries(['name', 'alias', 'cpr', 'phone'].flatMap((field) => (typeof values[field] === 'string' ? [[field, values[field]]] : [])));
  const hits = await similarToMine(call.house, call.visitor.token, typed);
  return 'kind' in hits ? hits : form(call, { values, hits, key: formKey(body) });
}

/** Registers; the receipt is all that the registrant keeps, whether or not the person has a case already (FM-INT-2, FM-INT-3). */
export const sendInquiry: FormHandle = Object.assign(registerInquiry, { again: typedAgain });

async function registerInquiry(call: SignedInCall): Promise<Answer> {
  const body = (call.body ?? {}) as FormBody;
  const values = readForm(schema(), body);
  const key = formKey(body);
  const outcome = await execute(call.house, { token: call.visitor.token, command: 'inquiry.register', input: values, key });
  if (outcome.kind === 'done') return receipt(call, outcome.receipt);
  if (isRefused(outcome)) return outcome;
  return form(call, { values, outcome, key: outcome.kind === 'key-reused' ? randomUUID() : key }, 422);
}

const receipt = (call: SignedInCall, { number = '', receivedAt = '', unit = '' }: { number?: string; receivedAt?: string; unit?: string }): Answer =>
  signedInPage(call, { title: 'Kvittering', place: 'Ny henvendelse', within: true }, (
    <>
      <PageHead title="Henvendelsen er sendt" />
      <Alert kind="success" title={`Nummer ${number}`}>
        <p>{`Modtaget ${formatInstant(receivedAt as Instant)}. ${unit === UNNAMED_UNIT ? unitName(unit) : `Den ligger nu hos ${unitName(unit)}`}.`}</p>
        <p>Skriv nummeret ned, hvis du får brug for at henvise til henvendelsen. Du kan ikke åbne den igen.</p>
      </Alert>
      <div class="tools no-print">
        <LinkButton href={paths.home()}>Gå til Mit arbejde</LinkButton>
        <LinkButton href={paths.newInquiry()}>Skriv en ny henvendelse</LinkButton>
      </div>
    </>
  ));
