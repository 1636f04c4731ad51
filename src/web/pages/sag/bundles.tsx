import { archiveBundle, ARCHIVE_KINDS, type Bundle, type Carrier, insightBundle } from '../../../app/bundles/bundle.js';
import { INSIGHT_KINDS } from '../../../app/bundles/told.js';
import { askToCarryOut, carryOut } from '../../../app/carry-out.js';
import type { OpenedCase } from '../../../app/open-case.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { documentsUnavailable, renderDocument } from '../../../documents/render.js';
import { formatDate, formatInstant } from '../../../domain/kernel/time.js';
import { seatsOf } from '../../../domain/exit-case/circle.js';
import { caseIdOf } from '../../case-id.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import type { UsedUp } from '../../../app/house.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton, SubmitButton, Tools } from '../../ui/buttons.js';
import { Fold } from '../../ui/fold.js';
import { Form, Select } from '../../ui/form.js';
import { PageHead } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';
import type { CaseCall } from './case-page.js';

/** Chosen and not written, so that the log holds no words about the person. */
const INSIGHT_REASONS = [{ value: 'asked', label: 'Personen har bedt om indsigt' }, { value: 'attorney', label: 'Personens repræsentant har bedt om indsigt på personens vegne' }] as const;
const ARCHIVE_REASONS = [{ value: 'journal', label: 'Akterne skal i vores eget journalsystem' }, { value: 'ended', label: 'Sagen er slut, og akterne skal arkiveres' }] as const;

const given = ({ body }: SignedInCall, field: string): unknown => ((body ?? {}) as Readonly<Record<string, unknown>>)[field];

/** A file of the bundle, as PDF or as data. */
function file(call: SignedInCall, bundle: Bundle): Answer {
  const { now } = call;
  if (given(call, 'som') === 'json') {
    return { kind: 'file', type: 'application/json; charset=utf-8', name: `${bundle.number}.json`, bytes: Buffer.from(JSON.stringify(bundle, null, 2)) };
  }
  const printed = { ...bundle, records: bundle.records.map((one) => ({ ...one, date: formatDate(one.on) })) };
  const made = renderDocument('bundle', printed, { at: now });
  return 'unavailable' in made ? { kind: 'redirect', to: paths.case(caseIdOf(call), 'dokumenter') } : { kind: 'file', type: 'application/pdf', name: `${bundle.number}.pdf`, bytes: made.bytes };
}

const carrierOf = async (directory: StaffDirectory, call: SignedInCall, { facts, entries, state }: OpenedCase): Promise<Carrier> => {
  const people = await directory.named(call.visitor.token, [...[...facts, ...entries].map((one) => one.actor), ...state.circle.members.map((one) => one.user)]);
  return { name: call.visitor.name, authority: call.visitor.authorityName, now: call.now, authorityOf: (user) => people.get(user)?.authority, nameOf: (user) => people.get(user)?.name };
};

/** Both of the day are fetched: says so, and when there may be one again. Shows nothing of a case. */
const usedUpPage = (call: SignedInCall, { again }: UsedUp): Answer =>
  signedInPage(call, { title: 'Fejl: Hent akter', place: 'Sager', within: true, status: 429 }, (
    <>
      <PageHead title="Filen er ikke hentet" />
      <Alert kind="error" title="Du har hentet to gange" announce>{`Du kan hente to filer på et døgn, til indsigt og til arkiv i alt. Du kan hente igen ${formatInstant(again)}. Haster det, så bed en anden i enheden om at hente filen.`}</Alert>
      <Tools><LinkButton href={paths.case(caseIdOf(call), 'dokumenter')} kind="primary">Tilbage til Dokumenter</LinkButton></Tools>
    </>
  ));

/** What is held about the person, for him (FM-LAW-4, GDPR art. 15). */
export const insightFile = (directory: StaffDirectory) => async (call: SignedInCall): Promise<Answer> => {
  const reason = INSIGHT_REASONS.find(({ value }) => value === given(call, 'grund')) ?? INSIGHT_REASONS[0];
  const opened = await carryOut(call.house, call.visitor.token, caseIdOf(call), `insight ${reason.value}`, INSIGHT_KINDS);
  if (opened.kind === 'ask') return { kind: 'absent' };
  if (opened.kind === 'used-up') return usedUpPage(call, opened);
  return opened.kind === 'open' ? file(call, insightBundle(opened, await carrierOf(directory, call, opened))) : opened;
};

/** What the caller's authority reads in the case, for its own archive (FM-LAW-2); once for each yes of another authority. */
export const archiveFile = (directory: StaffDirectory) => async (call: SignedInCall): Promise<Answer> => {
  const reason = ARCHIVE_REASONS.find(({ value }) => value === given(call, 'grund')) ?? ARCHIVE_REASONS[0];
  const opened = await carryOut(call.house, call.visitor.token, caseIdOf(call), `archive ${reason.value}`, ARCHIVE_KINDS);
  if (opened.kind === 'ask') return { kind: 'redirect', to: paths.case(caseIdOf(call), 'dokumenter'), said: 'export.ask' };
  if (opened.kind === 'used-up') return usedUpPage(call, opened);
  return opened.kind === 'open' ? file(call, archiveBundle(opened, await carrierOf(directory, call, opened))) : opened;
};

export async function askArchive(call: SignedInCall): Promise<Answer> {
  const asked = await askToCarryOut(call.house, call.visitor.token, caseIdOf(call));
  return asked.kind === 'asked' ? { kind: 'redirect', to: paths.case(caseIdOf(call), 'dokumenter'), said: 'export.asked' } : asked;
}

/** One of the two forms as it was sent, drawn again after a login: nothing was carried out. */
export interface CarryOutTyped {
  readonly what: 'insight' | 'archive';
  readonly reason: string;
}
/** A reason that is none of ours is the first one, as when the file is made. */
export const carryOutTyped = (call: SignedInCall, what: CarryOutTyped['what']): CarryOutTyped => {
  const reasons: readonly { readonly value: string }[] = what === 'insight' ? INSIGHT_REASONS : ARCHIVE_REASONS;
  return { what, reason: reasons.find(({ value }) => value === given(call, 'grund'))?.value ?? reasons[0]?.value ?? '' };
};

/** Where a member of the unit carries the case out: for the person, or for his authority's own archive. */
export const CarryOut = ({ on: { call, opened }, typed }: { readonly on: CaseCall; readonly typed?: CarryOutTyped | undefined }) => {
  if (seatsOf(opened.state, opened.actor.user).length === 0) return null;
  const pdf = documentsUnavailable() === undefined;
  const fetches = (
    <>
      {pdf && <SubmitButton kind="secondary" name="som" value="pdf">Hent som PDF</SubmitButton>}
      <SubmitButton kind="secondary" name="som" value="json">Hent som data (JSON)</SubmitButton>
    </>
  );
  return (
    <>
      <Fold summary="Indsigt til personen" open={typed?.what === 'insight'} unprinted>
        {typed?.what === 'insight' && <SignedOutMeanwhile />}
        <p>Personen har ret til indsigt i det, I har skrevet om personen. Filen viser det, din myndighed må læse, uden politiets og Kriminalforsorgens eget materiale og uden en beskyttet adresse. Det, der ligner andres navne, numre og adresser, er taget ud, men et fornavn alene bliver stående, og det gør også det, politiet eller Kriminalforsorgen har fortalt, hvis andre har skrevet det ned. Læs filen igennem for begge dele, før du giver den videre, og giv den kun på en måde, der er aftalt som sikker.</p>
        <Form action={paths.insight(opened.id)} csrf={tokenFor(call)} idPrefix="indsigt" label="Indsigt til personen">
          <Select name="grund" label="Hvorfor hentes den?" options={INSIGHT_REASONS} value={typed?.what === 'insight' ? typed.reason : 'asked'} hint="Det kommer til at stå i sagens log. Du kan hente to filer på et døgn." />
          <Tools>{fetches}</Tools>
        </Form>
      </Fold>
      <Fold summary="Akter til eget arkiv" open={typed?.what === 'archive'} unprinted>
        {typed?.what === 'archive' && <SignedOutMeanwhile />}
        <p>Jeres eget journalsystem er arkivet. Filen har alt det, din myndighed må læse i sagen, med titler, datoer, parter og emner. En fra en anden myndighed i enheden skal sige ja hver gang.</p>
        <Form action={paths.askArchive(opened.id)} csrf={tokenFor(call)} idPrefix="spoerg" label="Bed om at hente akterne">
          <Tools><SubmitButton kind="secondary">Bed en anden myndighed om et ja</SubmitButton></Tools>
        </Form>
        <Form action={paths.archive(opened.id)} csrf={tokenFor(call)} idPrefix="arkiv" label="Akter til eget arkiv">
          <Select name="grund" label="Hvorfor hentes de?" options={ARCHIVE_REASONS} value={typed?.what === 'archive' ? typed.reason : 'journal'} hint="Det kommer til at stå i sagens log. Du kan hente to filer på et døgn." />
          <Tools>{fetches}</Tools>
        </Form>
      </Fold>
    </>
  );
};
