import { randomUUID } from 'node:crypto';
import { commandSchema } from '../../../app/command-schema.js';
import { execute, type Outcome } from '../../../app/execute.js';
import { isRefused } from '../../../app/house.js';
import { openUnitNaming, type UnitNaming } from '../../../app/unit-naming.js';
import { copenhagenDate, formatInstant } from '../../../domain/kernel/time.js';
import { unitName, UNNAMED_UNIT } from '../../../domain/reference/authorities.js';
import type { Whereabouts } from '../../../store/unit-naming.js';
import { caseIdOf } from '../../case-id.js';
import { formKey } from '../../idempotency.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Due } from '../../ui/due.js';
import { PageHead, Section } from '../../ui/layout.js';
import { type FormBody, readForm, SchemaForm } from '../../ui/schema-form.js';
import { fieldErrors } from '../act-errors.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';
import { placeWords } from '../overblik/words.js';
import { channelWords, municipalityWords } from './words.js';

const COMMAND = 'contactPoint.nameUnit';
const schema = () => commandSchema(COMMAND) ?? {};

interface Typed {
  readonly values?: unknown;
  readonly outcome?: Outcome;
  /** Drawn again after a login: nothing was carried out. */
  readonly again?: boolean;
  readonly key: string;
}

const KNOWN: Readonly<Record<Whereabouts['kind'], string>> = { whereabouts: 'Skrevet', reason: 'Derfor udpegede kontaktpunktet en enhed' };

const page = (call: SignedInCall, { row, known }: UnitNaming, { values, outcome, again = false, key }: Typed): Answer => {
  const named = row.unit !== UNNAMED_UNIT;
  return signedInPage(call, { title: outcome || again ? 'Fejl: Udpeg en enhed' : 'Udpeg en enhed', place: 'Overblik', within: true, ...(again ? { status: 403 } : outcome ? { status: 422 } : {}) }, (
    <>
      <PageHead title={`Henvendelse ${row.number}`}>
        <p class="muted">
          {[channelWords(row), `modtaget ${formatInstant(row.received_at)}`, ...(row.place === 'custody' ? [placeWords(row.place).toLowerCase()] : []), ...(row.urgent ? ['haster'] : [])].join(' · ')}
        </p>
        <p><a href={`${paths.overview()}#uden-enhed`}>Alle henvendelser uden enhed</a></p>
      </PageHead>
      {again && <SignedOutMeanwhile />}
      <div class="form-grid">
        <div>
          <Section id="kendt" title="Hvor hører personen til?">
            {named ? <p>{`I har udpeget ${unitName(row.unit)}, som ikke har taget henvendelsen endnu.`}</p> : <><p>{`Kommune: ${municipalityWords(row)}`}</p><Due due={row.due} today={copenhagenDate(call.now)} /></>}
            {known.map((one) => <><p class="muted small mt-4">{`${KNOWN[one.kind]} ${formatInstant(one.at)}`}</p><p class="typed">{one.text}</p></>)}
          </Section>
          <SchemaForm
            schema={schema()} values={values} {...(outcome ? fieldErrors(outcome) : {})} action={paths.nameUnit(row.case_id)} csrf={tokenFor(call)} idempotencyKey={key}
            submit={named ? 'Udpeg en anden enhed' : 'Udpeg enheden'} cancelHref={`${paths.overview()}#uden-enhed`}
          />
        </div>
        <aside class="helpcol" aria-label="Hjælp">
          <h2>Hvad sker der bagefter?</h2>
          <p>Henvendelsen ligger i enhedens indbakke. Den skal tage den senest næste arbejdsdag. Kun hvis personen er i varetægt eller fængsel, kan den sende den videre.</p>
          <h2>Det kan I ikke se</h2>
          <p>Navnet, og hvad personen sagde. At du har læst teksten her, står i sagens log.</p>
        </aside>
      </div>
    </>
  ));
};

const draw = async (call: SignedInCall, typed: Typed): Promise<Answer> => {
  const found = await openUnitNaming(call.house, call.visitor.token, caseIdOf(call));
  return found.kind === 'naming' ? page(call, found, typed) : found;
};

/** One inquiry without a unit: what is known of where the person belongs, and the form that names the unit (FM-INT-7). */
export const unitNamingPage = (call: SignedInCall): Promise<Answer> => draw(call, { key: randomUUID() });

const typedIn = (call: SignedInCall) => {
  const body = (call.body ?? {}) as FormBody;
  return { values: readForm(schema(), body), key: formKey(body) };
};

/** Names the unit. */
export const sendUnitNaming: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const { values, key } = typedIn(call);
    const outcome = await execute(call.house, { token: call.visitor.token, command: COMMAND, caseId: caseIdOf(call), input: values, key });
    if (outcome.kind === 'done') return { kind: 'redirect', to: paths.overview(), said: COMMAND };
    return isRefused(outcome) ? outcome : draw(call, { values, outcome, key: outcome.kind === 'key-reused' ? randomUUID() : key });
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { ...typedIn(call), again: true }) },
);
