import { randomUUID } from 'node:crypto';
import { commandSchema } from '../../../app/command-schema.js';
import { execute, type Outcome } from '../../../app/execute.js';
import { isRefused } from '../../../app/house.js';
import { openUnitNaming } from '../../../app/unit-naming.js';
import { copenhagenDate, formatInstant } from '../../../domain/kernel/time.js';
import { authorityName, unitName, UNNAMED_UNIT } from '../../../domain/reference/authorities.js';
import type { UnitNaming, Whereabouts } from '../../../store/unit-naming.js';
import { caseIdOf } from '../../case-id.js';
import { formKey, isOurForm } from '../../idempotency.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Due } from '../../ui/due.js';
import { Badge } from '../../ui/badge.js';
import { PageHead, Section } from '../../ui/layout.js';
import { type FormBody, readForm, SchemaForm } from '../../ui/schema-form.js';
import { fieldErrors } from '../act-errors.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';
import { placeWords } from '../overblik/words.js';
import { channelWords, EMERGENCY, municipalityWords } from './words.js';

const COMMAND = 'contactPoint.nameUnit';
const schema = () => commandSchema(COMMAND) ?? {};
/** Which text was the newest when the form was drawn. */
const SEEN = 'seen';

interface Typed {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly outcome?: Outcome;
  /** Drawn again after a login: nothing was carried out. */
  readonly again?: boolean;
  readonly key: string;
}

const KNOWN: Readonly<Record<Whereabouts['kind'], string>> = { whereabouts: 'Skrevet', reason: 'Derfor udpegede kontaktpunktet en enhed' };

/** Who named which unit while the form stood open. */
const meanwhile = ({ row, known }: UnitNaming): string => {
  const by = known.findLast((one) => one.kind === 'reason')?.by;
  return `${by === undefined ? 'Kontaktpunktet' : authorityName(by)} har udpeget ${unitName(row.unit)}, siden du åbnede siden. Grunden står her på siden. Send kun igen, hvis det skal være en anden enhed.`;
};

const page = (call: SignedInCall, naming: UnitNaming, { values, outcome, again = false, key }: Typed): Answer => {
  const { row, known, seen } = naming;
  const named = row.unit !== UNNAMED_UNIT;
  // Drawn again it carries what is read now; whoever was overtaken is told so, whatever else was wrong.
  const overtaken = named && values !== undefined && values[SEEN] !== seen;
  const faults = outcome ? fieldErrors(outcome) : {};
  return signedInPage(call, { title: outcome || again ? 'Fejl: Udpeg en enhed' : 'Udpeg en enhed', place: 'Overblik', within: true, ...(again ? { status: 403 } : outcome ? { status: 422 } : {}) }, (
    <>
      <PageHead title={`Henvendelse ${row.number}`}>
        <p class="muted">
          {[channelWords(row), `modtaget ${formatInstant(row.received_at)}`, ...(row.place === 'custody' ? [placeWords(row.place).toLowerCase()] : []), ...(row.urgent ? ['haster'] : [])].join(' · ')}
        </p>
        {row.emergency && <p><Badge kind="late">{EMERGENCY}</Badge></p>}
        <p><a href={`${paths.overview()}#uden-enhed`}>Alle henvendelser uden enhed</a></p>
      </PageHead>
      {again && <SignedOutMeanwhile />}
      <div class="form-grid">
        <div>
          <Section id="kendt" title="Hvor hører personen til?">
            {named ? <p>{`I har udpeget ${unitName(row.unit)}, som ikke har taget henvendelsen endnu.`}</p> : <><p>{`Kommune: ${municipalityWords(row)}`}</p><Due due={row.due} today={copenhagenDate(call.now)} /></>}
            {known.map((one) => <><p class="muted small mt-4">{`${KNOWN[one.kind]} ${formatInstant(one.at)}${one.by === undefined ? '' : ` (${authorityName(one.by)})`}`}</p><p class="typed">{one.text}</p></>)}
          </Section>
          <SchemaForm
            schema={schema()} values={{ ...values, [SEEN]: seen }} settled={[SEEN]} {...faults} {...(overtaken && { refusal: { message: meanwhile(naming) } })} action={paths.nameUnit(row.case_id)} csrf={tokenFor(call)} idempotencyKey={key}
            submit={named ? 'Udpeg en anden enhed' : 'Udpeg enheden'} cancelHref={`${paths.overview()}#uden-enhed`}
          />
        </div>
        <aside class="helpcol" aria-label="Hjælp">
          <h2>Hvad sker der bagefter?</h2>
          <p>Henvendelsen ligger i enhedens indbakke. {row.urgent ? 'Den haster, så enheden skal tage den samme dag.' : 'Den skal tage den senest næste arbejdsdag.'} Kun hvis personen er i varetægt eller fængsel, kan den sende den videre.</p>
          <h2>Det kan I ikke se</h2>
          <p>Navnet, og hvad personen sagde. At du har læst teksten her, står i sagens log.</p>
        </aside>
      </div>
    </>
  ));
};

/** What a form of ours is answered with when the inquiry is not at the desk any more, whatever became of it; nobody learns more by it than the list says. */
const gone = { kind: 'redirect', to: paths.overview(), said: 'inquiry.gone' } as const;

const draw = async (call: SignedInCall, typed: Typed): Promise<Answer> => {
  const found = await openUnitNaming(call.house, call.visitor.token, caseIdOf(call));
  return found.kind === 'naming' ? page(call, found, typed) : found;
};

/** One inquiry without a unit: what is known of where the person belongs, and the form that names the unit (FM-INT-7). */
export const unitNamingPage = (call: SignedInCall): Promise<Answer> => draw(call, { key: randomUUID() });

const typedIn = (call: SignedInCall) => {
  const body = (call.body ?? {}) as FormBody;
  return { values: readForm(schema(), body) as Readonly<Record<string, unknown>>, key: formKey(body), ours: isOurForm(body) };
};

/** Names the unit. */
export const sendUnitNaming: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const { values, key, ours } = typedIn(call);
    const outcome = await execute(call.house, { token: call.visitor.token, command: COMMAND, caseId: caseIdOf(call), input: values, key });
    if (outcome.kind === 'done') return { kind: 'redirect', to: paths.overview(), said: COMMAND };
    const answer = isRefused(outcome) ? outcome : await draw(call, { values, outcome, key: outcome.kind === 'key-reused' ? randomUUID() : key });
    return ours && answer.kind === 'absent' ? gone : answer;
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { ...typedIn(call), again: true }) },
);
