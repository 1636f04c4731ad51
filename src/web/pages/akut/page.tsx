import { askByCpr, type EmergencyOutcome, emergencyReasonFault, openAsked, openByNumber } from '../../../app/emergency.js';
import { refusedBy } from '../../../app/house.js';
import { LEAST_REASON } from '../../../domain/exit-case/card-opening.js';
import { EXAMPLE_NUMBER, parseCaseNumber } from '../../../domain/kernel/case-number.js';
import { parseCpr } from '../../../domain/kernel/cpr.js';
import { formatInstant, formatTime } from '../../../domain/kernel/time.js';
import { emergenciesLeft, type EmergenciesLeft, type Emergency, myEmergencies } from '../../../store/emergency.js';
import { noteDenied } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton, SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { TextArea, TextField } from '../../ui/fields.js';
import { Fold } from '../../ui/fold.js';
import { Form, SubmitLine } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { AFTER_REVIEW, askedWords, barredWords, COUNTED, leftWords, LOOKING, NONE, numberFault, UNREADABLE, UNREVIEWED, usedUpWords, WHO_IS_TOLD } from './words.js';

type Fields = Readonly<Record<'number' | 'cpr' | 'reason', string>>;
type Errors = Partial<Fields>;
/** A form of this page that came back: what was typed in it, and what is wrong. */
interface Typed {
  /** The question by CPR number it belongs to; the first form when it is none. */
  readonly of?: string;
  readonly fields: Fields;
  readonly errors: Errors;
  /** Said above the forms: about the asker, never about a case. */
  readonly said?: string;
  /** The asker's own case that the number is of. */
  readonly yours?: string;
  readonly status?: number;
}
/** Which form sent it: the one by CPR number has no field for the case's. */
const isByCpr = (body: unknown): boolean => typeof body === 'object' && body !== null && 'cpr' in body && fieldsOf(body).number === '';

const fieldsOf = (body: unknown): Fields => {
  const text = (name: string): string => {
    const value = ((body ?? {}) as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return { number: text('number'), cpr: text('cpr'), reason: text('reason') };
};
const reasonError = (reason: string): Errors => {
  const fault = emergencyReasonFault(reason);
  return fault === undefined ? {} : { reason: fault };
};

const errorOf = (typed: Typed | undefined, field: keyof Fields): { readonly error?: string } => (typed?.errors[field] === undefined ? {} : { error: typed.errors[field] });
const errorsOf = (typed: Typed | undefined) => Object.entries(typed?.errors ?? {}).map(([name, message]) => ({ name, message }));
const Reason = ({ typed }: { readonly typed: Typed | undefined }) => (
  <TextArea name="reason" label="Hvad truer nogens liv?" hint={`Mindst ${LEAST_REASON} tegn. Sagens koordinator læser det, og brugen bliver gennemgået.`} value={typed?.fields.reason ?? ''} {...errorOf(typed, 'reason')} required />
);

interface WaitingProps {
  readonly one: Emergency;
  readonly call: SignedInCall;
  readonly typed: Typed | undefined;
  readonly unreviewed: boolean;
}
const Waiting = ({ one, call, typed, unreviewed }: WaitingProps) => (
  <article class="entry">
    <h3>{`CPR-nummeret, du spurgte om ${formatTime(one.at)}`}</h3>
    {one.given && one.looked && unreviewed ? <p>{AFTER_REVIEW}</p> : one.given && one.looked ? (
      <Form action={paths.emergencyAsked(one.id)} csrf={tokenFor(call)} idPrefix={one.id} class="act-form" label="Åbn kortet med en kollegas ja">
        {typed?.of === one.id && <ErrorSummary errors={errorsOf(typed)} />}
        <p>{`En kollega har sagt ja. Skriv grunden, og åbn kortet, hvis der er et, inden ${formatTime(one.until)}.`}</p>
        <Reason typed={typed?.of === one.id ? typed : undefined} />
        <SubmitLine><SubmitButton>Åbn kortet for dette CPR-nummer</SubmitButton></SubmitLine>
      </Form>
    ) : one.given ? <p>{one.unreadable ? UNREADABLE : LOOKING}</p> : <p>{askedWords(call.visitor.authority, one.until)}</p>}
  </article>
);

/** The two ways to ask anew, each in a form of its own. */
const Anew = ({ call, typed, left }: { readonly call: SignedInCall; readonly typed: Typed | undefined; readonly left: EmergenciesLeft }) => {
  const first = typed?.of === undefined ? typed : undefined;
  // What is wrong with a CPR number belongs to the form that asks by it; all else to the first.
  const byCpr = first?.errors.cpr === undefined ? undefined : first;
  const byNumber = byCpr === undefined ? first : undefined;
  return (
    <>
      <Section id="nyt" title="Du har sagens nummer">
        <Form action={paths.emergency()} csrf={tokenFor(call)} class="act-form" label="Nødopslag med sagens nummer">
          <ErrorSummary errors={errorsOf(byNumber)} />
          <p class="muted">{leftWords(left)}</p>
          <TextField name="number" label="Sagens nummer" hint={`Et sagsnummer ser sådan ud: ${EXAMPLE_NUMBER}. Kortet åbnes med det samme.`} value={first?.fields.number ?? ''} {...errorOf(byNumber, 'number')} required />
          <Reason typed={first} />
          <SubmitLine>
            <SubmitButton>Åbn sikkerhedskortet</SubmitButton>
            <LinkButton href={paths.home()}>Fortryd</LinkButton>
          </SubmitLine>
        </Form>
      </Section>
      <Section id="med-cpr" title="Du har kun et CPR-nummer">
        <Form action={paths.emergency()} csrf={tokenFor(call)} idPrefix="med" class="act-form" label="Nødopslag med CPR-nummer">
          <ErrorSummary errors={errorsOf(byCpr)} />
          <TextField name="cpr" label="CPR-nummer" hint="En kollega skal først sige ja. Grunden skriver du bagefter." value={first?.fields.cpr ?? ''} {...errorOf(byCpr, 'cpr')} required />
          <SubmitLine><SubmitButton kind="secondary">Spørg en kollega</SubmitButton></SubmitLine>
        </Form>
      </Section>
      <p class="muted">{COUNTED}</p>
    </>
  );
};

/** What he wrote, where it came back and no form takes it now: it is not lost, and can be read to a colleague. */
const Kept = ({ fields }: { readonly fields: Fields }) => (
  <Section id="skrevet" title="Det, du skrev">
    <dl class="pairs">
      {fields.number !== '' && <><dt>Sagens nummer</dt><dd>{fields.number}</dd></>}
      {fields.cpr !== '' && <><dt>CPR-nummer</dt><dd>{fields.cpr}</dd></>}
      {fields.reason !== '' && <><dt>Hvad truer nogens liv?</dt><dd class="typed">{fields.reason}</dd></>}
    </dl>
  </Section>
);

async function draw(call: SignedInCall, typed?: Typed): Promise<Answer> {
  const { house, visitor } = call;
  const mine = await myEmergencies(house.web, visitor.token);
  const left = await emergenciesLeft(house.web, visitor.token);
  const open = mine.filter((one) => one.case_id !== null);
  const waiting = mine.filter((one) => one.asked);
  // One question at a time: what a colleague has said yes to comes before a new one.
  const ready = !left.unreviewed && waiting.some((one) => one.given && one.looked);
  const barred = barredWords(left);
  const anew = barred === undefined ? <Anew call={call} typed={typed} left={left} /> : null;
  // Where no form is left to say it at its field, it is said on top.
  const said = [...(typed?.said === undefined ? [] : [typed.said]), ...(barred === undefined || typed?.of !== undefined ? [] : errorsOf(typed).map(({ message }) => message))];
  const failed = typed?.said !== undefined || errorsOf(typed).length > 0;
  return signedInPage(call, { title: failed ? 'Fejl: Nødopslag' : 'Nødopslag', place: 'Mit arbejde', within: true, ...(typed ? { status: typed.status ?? 422 } : {}) }, (
    <>
      <PageHead title="Nødopslag ved fare for liv">
        <p><strong>Ring 112, hvis det sker nu.</strong> Her ser du et sikkerhedskort i en time og intet andet af sagen.</p>
      </PageHead>
      {said.length > 0 && <ErrorSummary title="Kortet er ikke åbnet" errors={said.map((message) => ({ message }))} />}
      {typed?.yours !== undefined && (
        <Alert kind="info" title="Du er med i sagen. Åbn den her." announce>
          <p>Der er ikke foretaget noget nødopslag, og ingen har fået besked.</p>
          <p><LinkButton href={paths.case(typed.yours, 'sikkerhed')} kind="primary">Åbn sagen</LinkButton></p>
        </Alert>
      )}
      {open.map((one) => (
        <p key={one.id}><LinkButton href={paths.emergencyCard(one.case_id ?? '')} kind="primary">{`Se sikkerhedskortet i ${one.number ?? ''}, åbent til ${formatInstant(one.until)}`}</LinkButton></p>
      ))}
      {barred !== undefined && typed?.said !== barred && <Alert kind="warning" title="Du kan ikke foretage et nødopslag nu">{barred}</Alert>}
      {barred !== undefined && typed !== undefined && typed.yours === undefined && (left.unreviewed || typed.of === undefined) && <Kept fields={typed.fields} />}
      {waiting.length > 0 && <Section id="venter" title="Undervejs">{waiting.map((one) => <Waiting key={one.id} one={one} call={call} typed={typed} unreviewed={left.unreviewed} />)}</Section>}
      {ready && anew !== null && (typed === undefined || typed.of !== undefined) ? <Fold summary="Foretag et andet nødopslag">{anew}</Fold> : anew}
      <p class="muted">{WHO_IS_TOLD}</p>
    </>
  ));
}

export async function emergencyPage(call: SignedInCall): Promise<Answer> {
  try {
    return await draw(call);
  } catch (error) {
    return refusedBy(error);
  }
}

export const denied = async ({ house, visitor }: SignedInCall, sent?: string): Promise<Answer> => {
  await noteDenied(house.web, visitor.token, sent, 'emergency');
  return { kind: 'absent' };
};

const answered = async (call: SignedInCall, outcome: EmergencyOutcome, fields: Fields, of?: string): Promise<Answer> => {
  const typed = { fields, errors: {}, ...(of === undefined ? {} : { of }) };
  switch (outcome.kind) {
    case 'open':
      return { kind: 'redirect', to: paths.emergencyCard(outcome.caseId) };
    case 'yours':
      return draw(call, { ...typed, yours: outcome.caseId, status: 200 });
    case 'reason':
      return draw(call, { ...typed, errors: { reason: outcome.message } });
    case 'none':
      return draw(call, { ...typed, ...(of === undefined ? { errors: { number: NONE } } : { said: NONE }), status: 200 });
    case 'used-up':
      await noteDenied(call.house.web, call.visitor.token, undefined, 'emergency');
      return draw(call, { ...typed, said: usedUpWords(outcome.again), status: 429 });
    case 'unreviewed':
      await denied(call);
      return draw(call, { ...typed, said: UNREVIEWED });
    case 'absent':
      return denied(call);
    case 'limited':
      await denied(call);
      return outcome;
    default:
      return outcome;
  }
};

async function send(call: SignedInCall): Promise<Answer> {
  const { house, visitor } = call;
  const fields = fieldsOf(call.body);
  try {
    if (fields.cpr !== '' && fields.number !== '') return await draw(call, { fields, errors: { number: 'Skriv enten sagens nummer eller et CPR-nummer, ikke begge.' } });
    if (isByCpr(call.body)) {
      const parsed = parseCpr(fields.cpr);
      if (parsed.kind === 'invalid') return await draw(call, { fields, errors: { cpr: parsed.why } });
      const asked = await askByCpr(house, visitor.token, parsed.number);
      return asked.kind === 'asked' ? { kind: 'redirect', to: paths.emergency(), said: 'emergency.asked' } : await answered(call, asked, fields);
    }
    const number = parseCaseNumber(fields.number);
    const errors: Errors = {
      ...(number === undefined ? { number: numberFault(fields.number) } : {}), ...reasonError(fields.reason),
    };
    if (number === undefined || Object.keys(errors).length > 0) return await draw(call, { fields, errors });
    return await answered(call, await openByNumber(house, visitor.token, number, fields.reason), fields);
  } catch (error) {
    return refusedBy(error);
  }
}
const again = (call: SignedInCall): Promise<Answer> => draw(call, { fields: fieldsOf(call.body), errors: {}, status: 403 });
export const sendEmergency: FormHandle = Object.assign(send, { again });

async function sendWanted(call: SignedInCall): Promise<Answer> {
  const { house, visitor, params } = call;
  const fields = fieldsOf(call.body);
  const id = params['id'] ?? '';
  try {
    const mine = (await myEmergencies(house.web, visitor.token)).find((one) => one.id === id && one.asked);
    if (mine === undefined || !mine.given || !mine.looked) return await denied(call);
    const errors = reasonError(fields.reason);
    if (Object.keys(errors).length > 0) return await draw(call, { of: id, fields, errors });
    return await answered(call, await openAsked(house, visitor.token, id, fields.reason), fields, id);
  } catch (error) {
    return refusedBy(error);
  }
}
export const sendAsked: FormHandle = Object.assign(sendWanted, { again: (call: SignedInCall) => draw(call, { of: call.params['id'] ?? '', fields: fieldsOf(call.body), errors: {}, status: 403 }) });
