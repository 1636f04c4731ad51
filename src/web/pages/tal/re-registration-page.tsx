import { refusedBy } from '../../../app/house.js';
import { EXAMPLE_NUMBER, parseCaseNumber } from '../../../domain/kernel/case-number.js';
import { copenhagenDate, parseDanishDate } from '../../../domain/kernel/time.js';
import { recordReRegistration } from '../../../store/re-registration.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { LinkButton, SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Checkbox, DateField, Form, Radios, SubmitLine, TextField } from '../../ui/form.js';
import { PageHead } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';
import { faultOf } from './re-registration-words.js';

const WHAT = [{ value: 'record', label: 'Politiet har registreret personen igen' }, { value: 'withdraw', label: 'Det blev registreret her ved en fejl' }] as const;

interface Typed {
  readonly number: string;
  readonly on: string;
  readonly what: string;
  /** It is another than the one that stands for a day near it. */
  readonly another: boolean;
  readonly errors: readonly FormError[];
  /** Drawn again after a login: nothing was carried out. */
  readonly again?: boolean;
}
const ANOTHER = 'another';
const EMPTY: Typed = { number: '', on: '', what: 'record', another: false, errors: [] };

const fieldsOf = (body: unknown): Omit<Typed, 'errors' | 'again'> => {
  const text = (name: string): string => {
    const value = ((body ?? {}) as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? value.trim().slice(0, 60) : '';
  };
  return { number: text('number'), on: text('on'), what: text('what') || 'record', another: text(ANOTHER) === 'true' };
};

const draw = (call: SignedInCall, { number, on, what, another, errors, again = false }: Typed): Answer => {
  const at = (name: string): { readonly error?: string } => {
    const message = errors.find((one) => one.name === name)?.message;
    return message === undefined ? {} : { error: message };
  };
  const failed = errors.length > 0 || again;
  return signedInPage(call, { title: failed ? 'Fejl: Registreret igen' : 'Registreret igen', place: 'Tal', within: true, ...(again ? { status: 403 } : failed ? { status: 422 } : {}) }, (
    <>
      <PageHead title="Registreret igen efter et forløb">
        <p class="muted">Har politiet registreret en person igen efter personens exitforløb, tælles det i tallene fra den dag. Det står ikke i sagen, og sagen åbnes ikke.</p>
      </PageHead>
      <Form action={paths.reRegistration()} csrf={tokenFor(call)} class="act-form">
        <ErrorSummary errors={errors} />
        {again && <SignedOutMeanwhile />}
        <TextField name="number" label="Sagens nummer" hint={`Et sagsnummer ser sådan ud: ${EXAMPLE_NUMBER}.`} value={number} required {...at('number')} />
        <DateField name="on" label="Hvornår blev personen registreret igen?" value={on} required {...at('on')} />
        <Radios name="what" label="Hvad er der sket?" options={WHAT} value={what} {...at('what')} />
        {(another || at(ANOTHER).error !== undefined) && <Checkbox name={ANOTHER} label="Det er en ny registrering" checked={another} {...at(ANOTHER)} />}
        <SubmitLine text="Det kan rettes igen med det samme nummer og den samme dato.">
          <SubmitButton>Gem</SubmitButton>
          <LinkButton href={paths.figures()}>Fortryd</LinkButton>
        </SubmitLine>
      </Form>
    </>
  ));
};

export const reRegistrationPage = (call: SignedInCall): Answer => draw(call, EMPTY);

async function record(call: SignedInCall): Promise<Answer> {
  const typed = fieldsOf(call.body);
  const number = parseCaseNumber(typed.number);
  const on = parseDanishDate(typed.on);
  const today = copenhagenDate(call.now);
  const withdraw = typed.what === 'withdraw';
  const errors: readonly FormError[] = [
    ...(number === undefined ? [{ name: 'number', message: typed.number === '' ? 'Skriv sagens nummer.' : `Nummeret er ikke skrevet rigtigt. Det ser sådan ud: ${EXAMPLE_NUMBER}.` }] : []),
    ...(on === undefined ? [{ name: 'on', message: typed.on === '' ? 'Skriv datoen.' : 'Datoen kan ikke læses. Skriv en dato, der findes, f.eks. 21. november 2026.' }] : on > today ? [{ name: 'on', message: 'Datoen ligger i fremtiden.' }] : []),
    ...(WHAT.some(({ value }) => value === typed.what) ? [] : [{ name: 'what', message: 'Vælg, hvad der er sket.' }]),
  ];
  if (number === undefined || on === undefined || errors.length > 0) return draw(call, { ...typed, errors });
  try {
    const said = await recordReRegistration(call.house.web, call.visitor.token, { number, on, withdraw, another: typed.another }, call.now);
    const fault = faultOf(said, on, 'sæt kryds, og gem igen');
    return fault === undefined ? { kind: 'redirect', to: paths.figures(), said: `reregistration.${said.kind}` } : draw(call, { ...typed, errors: [fault] });
  } catch (error) {
    return refusedBy(error);
  }
}

export const sendReRegistration: FormHandle = Object.assign(record, { again: (call: SignedInCall) => draw(call, { ...fieldsOf(call.body), errors: [], again: true }) });
