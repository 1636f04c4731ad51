import { askByCpr, type EmergencyCard, type EmergencyOutcome, emergencyReasonFault, openAsked, openByNumber, showCard } from '../../../app/emergency.js';
import { refusedBy } from '../../../app/house.js';
import { LEAST_REASON } from '../../../domain/exit-case/card-opening.js';
import { parseCaseNumber } from '../../../domain/kernel/case-number.js';
import { parseCpr } from '../../../domain/kernel/cpr.js';
import { isId } from '../../../domain/kernel/ids.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { type Emergency, myEmergencies } from '../../../store/emergency.js';
import { noteDenied } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { LinkButton, SubmitButton, Tools } from '../../ui/buttons.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { TextArea, TextField } from '../../ui/fields.js';
import { Form } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';

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
  readonly status?: number;
}

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

const UNREVIEWED = 'Dit sidste nødopslag er ikke gennemgået endnu. Der kan ikke foretages et nyt, før det er sket. Ring til din leder eller til den, der har nøglen til sagen.';
const NONE = 'Der er ikke noget sikkerhedskort, der kan åbnes.';

const errorOf = (typed: Typed | undefined, field: keyof Fields): { readonly error?: string } => (typed?.errors[field] === undefined ? {} : { error: typed.errors[field] });
const Reason = ({ typed }: { readonly typed: Typed | undefined }) => (
  <TextArea name="reason" label="Hvad truer nogens liv?" hint={`Mindst ${LEAST_REASON} tegn. Sagens koordinator læser det, og brugen bliver gennemgået.`} value={typed?.fields.reason ?? ''} {...errorOf(typed, 'reason')} required />
);

const Waiting = ({ one, call, typed }: { readonly one: Emergency; readonly call: SignedInCall; readonly typed: Typed | undefined }) => (
  <article class="entry">
    <h3>Nødopslag med CPR-nummer</h3>
    {one.given === true ? (
      <Form action={paths.emergencyAsked(one.id)} csrf={tokenFor(call)} idPrefix={one.id}>
        <p>En kollega har godkendt det. Skriv grunden, og åbn kortet, hvis der er et.</p>
        <Reason typed={typed?.of === one.id ? typed : undefined} />
        <SubmitButton>Åbn sikkerhedskortet</SubmitButton>
      </Form>
    ) : <p>{`Kollegerne i din myndighed er spurgt, og uden for politiet også politiets exitenheder. Ring til en af dem. Spørgsmålet falder bort ${formatInstant(one.until)}.`}</p>}
  </article>
);

async function draw(call: SignedInCall, typed?: Typed): Promise<Answer> {
  const { house, visitor } = call;
  const mine = await myEmergencies(house.web, visitor.token);
  const open = mine.filter((one) => one.case_id !== null);
  const waiting = mine.filter((one) => one.asked);
  const byNumber = typed?.of === undefined ? typed : undefined;
  const errors = Object.entries(typed?.errors ?? {}).map(([name, message]) => ({ name, message }));
  return signedInPage(call, { title: errors.length > 0 ? 'Fejl: Nødopslag' : 'Nødopslag', place: 'Mit arbejde', within: true, ...(typed ? { status: typed.status ?? 422 } : {}) }, (
    <>
      <PageHead title="Nødopslag ved fare for liv">
        <p>Her åbnes et sikkerhedskort, når nogens liv er i fare, og du ikke er med i sagen. Du ser kortet i en time og intet andet af sagen.</p>
      </PageHead>
      <p>Ring 112, hvis det sker nu. Sagens koordinator, revisoren og kontaktpunktet får besked om opslaget, og det bliver gennemgået inden for 72 timer.</p>
      {typed?.of === undefined && <ErrorSummary errors={errors} />}
      {typed?.said !== undefined && <p role="alert" class="typed">{typed.said}</p>}
      {open.map((one) => (
        <p key={one.id}><LinkButton href={paths.emergencyCard(one.case_id ?? '')} kind="primary">{`Se sikkerhedskortet, åbent til ${formatInstant(one.until)}`}</LinkButton></p>
      ))}
      {waiting.length > 0 && <Section id="venter" title="Under vejs">{waiting.map((one) => <Waiting key={one.id} one={one} call={call} typed={typed} />)}</Section>}
      <Section id="nyt" title="Nyt opslag">
        <Form action={paths.emergency()} csrf={tokenFor(call)}>
          <TextField name="number" label="Sagens nummer" hint="For eksempel UV-7K3M-9QX. Kortet åbnes med det samme." value={byNumber?.fields.number ?? ''} {...errorOf(byNumber, 'number')} />
          <Reason typed={byNumber} />
          <TextField name="cpr" label="Eller CPR-nummer" hint="Hvis du ikke har sagens nummer. En kollega skal først sige ja, og grunden skriver du bagefter." value={byNumber?.fields.cpr ?? ''} {...errorOf(byNumber, 'cpr')} />
          <Tools>
            <SubmitButton>Åbn, eller spørg en kollega</SubmitButton>
            <LinkButton href={paths.home()}>Fortryd</LinkButton>
          </Tools>
        </Form>
      </Section>
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

const denied = async ({ house, visitor }: SignedInCall, sent?: string): Promise<Answer> => {
  await noteDenied(house.web, visitor.token, sent, 'emergency');
  return { kind: 'absent' };
};

const answered = async (call: SignedInCall, outcome: EmergencyOutcome, fields: Fields, of?: string): Promise<Answer> => {
  const typed = { fields, errors: {}, ...(of === undefined ? {} : { of }) };
  switch (outcome.kind) {
    case 'open':
      return { kind: 'redirect', to: paths.emergencyCard(outcome.caseId) };
    case 'reason':
      return draw(call, { ...typed, errors: { reason: outcome.message } });
    case 'none':
      return draw(call, { ...typed, said: NONE, status: 200 });
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
    if (fields.cpr !== '' && fields.number === '') {
      const parsed = parseCpr(fields.cpr);
      if (parsed.kind === 'invalid') return await draw(call, { fields, errors: { cpr: parsed.why } });
      const asked = await askByCpr(house, visitor.token, parsed.number);
      return asked.kind === 'asked' ? { kind: 'redirect', to: paths.emergency(), said: 'emergency.asked' } : await answered(call, asked, fields);
    }
    const number = parseCaseNumber(fields.number);
    const errors: Errors = {
      ...(number === undefined ? { number: 'Skriv sagens nummer, for eksempel UV-7K3M-9QX, eller et CPR-nummer nedenfor.' } : {}), ...reasonError(fields.reason),
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
    if (mine?.given !== true) return await denied(call);
    const errors = reasonError(fields.reason);
    if (Object.keys(errors).length > 0) return await draw(call, { of: id, fields, errors });
    return await answered(call, await openAsked(house, visitor.token, id, fields.reason), fields, id);
  } catch (error) {
    return refusedBy(error);
  }
}
export const sendAsked: FormHandle = Object.assign(sendWanted, { again: (call: SignedInCall) => draw(call, { of: call.params['id'] ?? '', fields: fieldsOf(call.body), errors: {}, status: 403 }) });

const LINES: readonly (readonly [keyof EmergencyCard, string])[] = [['safeContact', 'Sikker kontakt'], ['call', 'Ring til'], ['precautions', 'Pas på'], ['along', 'Hvem er med']];

/** The card, and nothing else of the case (FM-SEC-6). */
export async function emergencyCardPage(call: SignedInCall): Promise<Answer> {
  const id = call.params['id'] ?? '';
  // What is no id is answered and logged as an id of nothing.
  if (!isId(id)) return denied(call, id);
  const card = await showCard(call.house, call.visitor.token, id);
  if (card.kind !== 'card') return card;
  return signedInPage(call, { title: 'Sikkerhedskort', place: 'Mit arbejde', within: true }, (
    <>
      <PageHead title={`Sikkerhedskort ${card.number}`}>
        <p class="muted">{`Åbent for dig til ${formatInstant(card.until)}. Koordinator, revisor og kontaktpunkt har fået besked.`}</p>
      </PageHead>
      <dl>
        {LINES.map(([field, label]) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd class="typed">{card[field] === undefined || card[field] === '' ? 'Ikke oplyst' : card[field]}</dd>
          </div>
        ))}
      </dl>
      <p>Tag ikke kontakt på andre måder, end der står her. Ring til koordinatoren, når faren er over.</p>
    </>
  ));
}
