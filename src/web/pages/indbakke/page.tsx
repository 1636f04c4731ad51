import { randomUUID } from 'node:crypto';
import { commandSchema } from '../../../app/command-schema.js';
import { execute, type Outcome } from '../../../app/execute.js';
import { refusedBy } from '../../../app/house.js';
import { openCase } from '../../../app/open-case.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import type { ExitCase } from '../../../domain/exit-case/case.js';
import { mayHoldSeat, type Seat, seatsToSpeak } from '../../../domain/exit-case/circle.js';
import { isUnheard } from '../../../domain/exit-case/double.js';
import { CHANNELS, seatAuthority } from '../../../domain/exit-case/inquiry.js';
import { NAMED_BY_CONTACT_POINT } from '../../../domain/exit-case/inquiry-convey.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { municipalityName } from '../../../domain/reference/denmark.js';
import { listInbox, roster } from '../../../store/lists.js';
import { caseIdOf } from '../../case-id.js';
import { formKey, isOurForm } from '../../idempotency.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton } from '../../ui/buttons.js';
import type { Option } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { type FormBody, readForm, SchemaForm } from '../../ui/schema-form.js';
import { fieldErrors } from '../act-errors.js';
import { whichEnds, WhichOther } from '../sag/other-case.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';

type InboxCommand = 'inquiry.take' | 'inquiry.convey' | 'inquiry.dispute' | 'inquiry.endAsDouble';

/** What each form of an inquiry in the inbox says and where it goes. */
const FORMS: Readonly<Record<InboxCommand, { readonly action: (id: string) => string; readonly submit: string; readonly help: string; readonly after: string; readonly consequence?: string }>> = {
  'inquiry.take': { action: paths.take, submit: 'Tag henvendelsen', help: 'Hvad sker der bagefter?', after: 'De personer, du vælger, kommer med i sagens kreds. Først da kan I se navnet.' },
  'inquiry.convey': { action: paths.convey, submit: 'Send videre', help: 'Forkert enhed?', after: 'Henvendelsen går til den enhed, du vælger, og forsvinder fra jeres indbakke.' },
  'inquiry.dispute': {
    action: paths.dispute, submit: 'Lad kontaktpunktet udpege enheden', help: 'Hvad sker der bagefter?',
    after: 'Henvendelsen forsvinder fra jeres indbakke. Kontaktpunktet udpeger enheden, som regel inden næste arbejdsdag er slut, og samme dag, hvis det haster. Det kan blive jer, og så kan I ikke sende den videre.',
  },
  'inquiry.endAsDouble': {
    action: paths.endAsDouble, submit: 'Luk henvendelsen som dublet', help: 'Hvad sker der bagefter?',
    after: 'Henvendelsen forsvinder fra jeres indbakke. Ingen kommer med i en kreds, og ingen ser navnet.', consequence: 'Henvendelsen lukkes og tæller ikke med i nogen tal. Ingen læser, hvad personen sagde. Det kan ikke fortrydes.',
  },
};
const SEATS: readonly Seat[] = ['police', 'municipal', 'probation', 'custody'];

interface Typed {
  readonly values?: unknown;
  readonly outcome?: Outcome;
  /** Drawn again after a login: nothing was carried out. */
  readonly again?: boolean;
  readonly key: string;
}

/** How what the person said comes along; why that is first, where the inquiry hastes. @param closing the way back to taking it is a link */
const FirstRead = ({ id, state, closing }: { readonly id: string; readonly state: ExitCase; readonly closing: boolean }) => {
  const unheard = isUnheard(state);
  // A unit that is not told which the other case is brings nothing over itself.
  const then = state.double.told?.other === undefined ? 'Sig til kontaktpunktet, hvad der skal med over i den sag, der går videre. Så afslutter I den som dublet i sagen.' : 'Når I har sørget for, at det kommer med over i den sag, der går videre, afslutter I den som dublet i sagen.';
  return (
    <>
      {unheard && <Alert kind="warning" headingLevel={3} title="Den haster, og ingen har læst den">{`Tag henvendelsen først, og læs, hvad personen sagde. ${then} Før kan den ikke lukkes.`}</Alert>}
      {!unheard && <p>Lukkes den uden at være taget, læser ingen, hvad personen sagde. Skal det med over, så {closing ? <a href={paths.take(id)}>tag den</a> : 'tag den'} først. {then}</p>}
      <p>Skal I alligevel føre den videre, så tal med kontaktpunktet, når I har taget den.</p>
    </>
  );
};

/** The other way, under taking it: without anybody's reading it, where it does not haste (FM-INT-3). */
const CloseUnread = ({ id }: { readonly id: string }) => (
  <Section id="luk" title="Luk den uden at læse den">
    <p>Er I sikre på, at der ikke skal mere med over, kan den lukkes herfra. Så læser ingen, hvad personen sagde.</p>
    <LinkButton href={paths.endAsDouble(id)}>Luk henvendelsen som dublet</LinkButton>
  </Section>
);

/** What the contact point has told of an inquiry that nobody has taken (FM-INT-3). @param closing the form that closes it stands under it */
const ToldOfOther = ({ id, state, closing }: { readonly id: string; readonly state: ExitCase; readonly closing: boolean }) => {
  const { told } = state.double;
  if (told === undefined) return null;
  return (
    <Section id="anden-sag" title={told.ends ? 'Henvendelsen slutter som dublet' : 'En anden sag om samme person'}>
      <WhichOther state={state} />
      <p>{whichEnds(state, 'henvendelse')}</p>
      {told.ends && <FirstRead id={id} state={state} closing={closing} />}
    </Section>
  );
};

/** One inquiry of the unit's inbox: what is known without a name, and the form that takes it or sends it on (FM-INT-2, FM-ORG-1). */
async function form(call: SignedInCall, directory: StaffDirectory, asked: InboxCommand, typed: Typed): Promise<Answer> {
  const { house, visitor } = call;
  const id = caseIdOf(call);
  const opened = await openCase(house, visitor.token, id, 'take', [], 0);
  if (opened.kind !== 'open') return opened;
  if (opened.standing !== 'inbox') return { kind: 'redirect', to: paths.case(id) };
  try {
    const row = (await listInbox(house.web, visitor.token)).find((one) => one.case_id === id);
    if (!row) return { kind: 'absent' };
    const { state } = opened;
    const unheard = asked === 'inquiry.endAsDouble' && isUnheard(state);
    if (asked === 'inquiry.endAsDouble' && !typed.outcome && (unheard || state.double.told?.ends !== true)) return { kind: 'redirect', to: paths.take(id) };
    // Where it cannot be closed, the form that comes back is the one that takes it.
    const command = unheard ? 'inquiry.take' : asked;
    const speaking = seatsToSpeak(state);
    const usual = await roster(house.web, visitor.token);
    const staff = await directory.all(visitor.token);
    const values: Record<string, string> = {};
    const choices: Record<string, readonly Option[]> = {};
    for (const seat of speaking) {
      const fit = staff.filter((one) => mayHoldSeat(state, seat, one));
      choices[seat] = fit.map((one) => ({ value: one.id, label: `${one.name}, ${authorityName(one.authority)}` }));
      const named = usual.find((one) => one.seat === seat && (one.municipality === '' || one.municipality === state.inquiry.municipality));
      const first = fit.find((one) => one.id === named?.user_id) ?? fit.find((one) => one.id === visitor.user) ?? (fit.length === 1 ? fit[0] : undefined);
      if (first) values[seat] = first.id;
    }
    const taking = command === 'inquiry.take';
    const words = FORMS[command];
    const ends = taking && state.double.told?.ends === true;
    const theForm = (
      <SchemaForm
        schema={seatSchema(command, speaking, state, choices)} values={unheard ? values : typed.values ?? values} choices={choices} {...(typed.outcome ? fieldErrors(typed.outcome) : {})}
        action={words.action(id)} csrf={tokenFor(call)} idempotencyKey={typed.key} submit={words.submit} cancelHref={paths.home()} consequence={words.consequence}
      />
    );
    return signedInPage(call, {
      title: typed.outcome || typed.again ? 'Fejl: Henvendelse' : 'Henvendelse', place: 'Mit arbejde', within: true, ...(typed.again ? { status: 403 } : typed.outcome ? { status: 422 } : {}),
    }, (
      <>
        <PageHead title={`Henvendelse ${row.number}`}>
          <p class="muted">
            {[
              CHANNELS.find((one) => one.value === row.channel)?.label, row.municipality === null ? undefined : municipalityName(row.municipality),
              `modtaget ${formatInstant(row.received_at)}`, row.urgent ? 'haster' : undefined,
            ].filter((part) => part !== undefined).join(' · ')}
          </p>
        </PageHead>
        {typed.again && <SignedOutMeanwhile />}
        {(taking || command === 'inquiry.endAsDouble') && <ToldOfOther id={id} state={state} closing={!taking} />}
        <div class="form-grid">
          <div>
            {theForm}
            {ends && !isUnheard(state) && <div class="mt-4"><CloseUnread id={id} /></div>}
          </div>
          <aside class="helpcol" aria-label="Hjælp">
            <h2>{words.help}</h2>
            <p>{words.after}</p>
            {taking && !state.inquiry.named && <LinkButton href={paths.convey(id)}>Send videre til en anden enhed</LinkButton>}
            {taking && state.inquiry.named && <p>{NAMED_BY_CONTACT_POINT}</p>}
            {taking && state.inquiry.named && state.inquiry.place === 'freedom' && <LinkButton href={paths.convey(id)}>Personen er i varetægt eller fængsel</LinkButton>}
            {command === 'inquiry.convey' && !state.inquiry.named && state.inquiry.place === 'freedom' && <LinkButton href={paths.dispute(id)}>Lad kontaktpunktet udpege enheden</LinkButton>}
          </aside>
        </div>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

/** Only the seats that this inquiry needs are asked for, each with its own list of colleagues; of an empty one it says whom to call. */
const seatSchema = (command: InboxCommand, speaking: readonly Seat[], state: ExitCase, choices: Readonly<Record<string, readonly Option[]>>): Readonly<Record<string, unknown>> => {
  const schema = commandSchema(command) ?? {};
  if (command !== 'inquiry.take') return schema;
  const properties = schema['properties'] as Readonly<Record<string, object>>;
  const nobody = (seat: Seat): object => {
    if ((choices[seat] ?? []).length > 0) return {};
    const who = seatAuthority(state, seat);
    return { hint: `Ingen fra ${who} er oprettet i Udvej endnu. Ring til ${who}: den, der skal være med, skal logge ind i Udvej én gang. Så står navnet her.` };
  };
  return {
    ...schema, required: speaking,
    properties: Object.fromEntries(SEATS.filter((seat) => speaking.includes(seat)).map((seat) => [seat, { ...properties[seat], ...nobody(seat), widget: seat }])),
  };
};

export const showInboxForm = (directory: StaffDirectory, command: InboxCommand) => (call: SignedInCall): Promise<Answer> => form(call, directory, command, { key: randomUUID() });

export const sendInboxForm = (directory: StaffDirectory, command: InboxCommand): FormHandle =>
  Object.assign((call: SignedInCall) => send(call, directory, command), {
    again: (call: SignedInCall) => {
      const body = (call.body ?? {}) as FormBody;
      return form(call, directory, command, { values: readForm(commandSchema(command) ?? {}, body), again: true, key: formKey(body) });
    },
  });

const send = async (call: SignedInCall, directory: StaffDirectory, command: InboxCommand): Promise<Answer> => {
  const body = (call.body ?? {}) as FormBody;
  const values = readForm(commandSchema(command) ?? {}, body);
  const key = formKey(body);
  const caseId = caseIdOf(call);
  const outcome = await execute(call.house, { token: call.visitor.token, command, caseId, input: values, key });
  switch (outcome.kind) {
    case 'done': {
      const mine = command === 'inquiry.take' && Object.values(values as Readonly<Record<string, unknown>>).includes(call.visitor.user);
      return { kind: 'redirect', to: mine ? paths.case(caseId) : paths.home(), said: command };
    }
    case 'absent':
      // A colleague took it, or the contact point named another unit, while he chose: what the list would say.
      return isOurForm(body) ? { kind: 'redirect', to: paths.home(), said: 'inquiry.gone' } : outcome;
    case 'signed-out':
    case 'limited':
    case 'step-up':
      return outcome;
    default:
      return form(call, directory, command, { values, outcome, key: outcome.kind === 'key-reused' ? randomUUID() : key });
  }
};
