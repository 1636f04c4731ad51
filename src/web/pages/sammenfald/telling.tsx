import { decideAndTell, noLongerHolds, tellAgain, type TellingSent } from '../../../app/doubles.js';
import { isRefused } from '../../../app/house.js';
import { instant, type Instant } from '../../../domain/kernel/time.js';
import { isTelling, isTellingBasis, type Telling, TELLING_BASIS_IDS, tellingBasisLabel, TELLINGS, toldOf } from '../../../domain/reference/telling-bases.js';
import type { DeskHit } from '../../../store/matching/tellings.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { ActButton, LinkButton, SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Checkbox, Form, Hidden, Radios, SubmitLine } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { CaseLines } from './case-lines.js';
import { Hastes } from './haste.js';
import { ByAColleague, type Meanwhile } from './meanwhile.js';
import { aboutWords, isOver, tellingWords, toldWord, untoldWords } from './words.js';

/** What was chosen; of what was before him, the page as it is drawn knows. */
interface Typed extends Omit<TellingSent, 'seen'> {
  readonly errors: readonly FormError[];
}

/** Names the case once it is known; before that the form says of each choice which it is. */
const checkedWords = (row: DeskHit, telling: Telling | undefined): string => {
  const about = telling === undefined ? undefined : aboutWords(row, telling);
  return `Jeg har sikret mig, at grundlaget holder i ${about ?? 'den sag, der fortælles om'}: personen har ikke sagt nej til samtykke eller trukket det tilbage`;
};
/** Of each choice, which case it tells of. */
const aboutHint = (row: DeskHit): string =>
  `Grundlaget skal holde i den sag, der fortælles om. Slutter ${row.numbers[0]}, og hører kun den ene det, er det ${aboutWords(row, 'first') ?? ''}; slutter ${row.numbers[1]}, er det ${aboutWords(row, 'second') ?? ''}. Får begge besked, er det begge.`;

const Decide = ({ call, row, typed: { telling, law, checked, errors } }: { readonly call: SignedInCall; readonly row: DeskHit; readonly typed: Typed }) => {
  const at = (name: string): { readonly error?: string } => {
    const message = errors.find((one) => one.name === name)?.message;
    return message === undefined ? {} : { error: message };
  };
  return (
    <Form action={paths.matchTelling(row.id)} csrf={tokenFor(call)} class="act-form">
      <ErrorSummary errors={errors} />
      <Hidden name="decidedAt" value={row.decided_at ?? ''} />
      <Hidden name="about" value={telling ?? ''} />
      <Radios
        name="telling" label="Hvem skal have besked, og hvilken sag slutter?" required options={TELLINGS.map((value) => ({ value, label: tellingWords(row, value) }))}
        hint="Får begge besked, får de hinandens sagsnummer og enhed. Får kun den ene, hører den ikke, hvor den anden sag er."
        {...(telling === undefined ? {} : { value: telling })} {...at('telling')}
      />
      <Radios
        name="law" label="På hvilket grundlag?" hint="Udfyldes, når nogen skal have besked. Det første kan du kun vælge, hvis personen endnu ikke har svaret på, om oplysninger må deles. Har personen sagt ja, så vælg samtykket. Om en henvendelse, ingen har taget, er der ikke spurgt om samtykke."
        options={TELLING_BASIS_IDS.map((value) => ({ value, label: tellingBasisLabel(value) }))} {...(law === undefined ? {} : { value: law })} {...at('law')}
      />
      <Checkbox name="checked" label={checkedWords(row, telling)} hint={aboutHint(row)} checked={checked} {...at('checked')} />
      <SubmitLine text="Enheden får en opgave i sin egen sag. En besked kan ikke kaldes tilbage.">
        <SubmitButton>Gem beslutningen</SubmitButton>
        <LinkButton href={paths.matches()}>Senere</LinkButton>
      </SubmitLine>
    </Form>
  );
};

/** A unit that was not reached is told again; where the other one has been told, and that does not hold any more, it is not. */
const Untold = ({ call, row }: { readonly call: SignedInCall; readonly row: DeskHit }) => {
  const holds = noLongerHolds(row).length === 0;
  const act = (values: Readonly<Record<string, string>>) => ({ action: paths.matchTelling(row.id), csrf: tokenFor(call), values: { ...values, decidedAt: row.decided_at ?? '' } });
  return holds ? (
    <>
      <p>Beskeden er ikke nået frem til alle. Prøv igen.</p>
      <ActButton {...act({ again: 'yes' })} kind="primary">Send beskeden</ActButton>
    </>
  ) : <ActButton {...act({ telling: 'nobody' })} kind="primary">Giv ikke flere besked</ActButton>;
};

/** What was decided, and what of it is left to do. */
const Decided = ({ call, row }: { readonly call: SignedInCall; readonly row: DeskHit }) => (
  <>
    {row.outcome === 'same' && row.telling === null && <p>En af de to sager er afsluttet. Af en afsluttet sag gives ingen besked, så der er ikke mere at gøre.</p>}
    {row.telling !== null && <p>{`${tellingWords(row, row.telling)}.`}</p>}
    {row.law !== null && <p class="muted">{`På grundlag af: ${tellingBasisLabel(row.law)}.`}</p>}
    {untoldWords(row) !== undefined && <p>{untoldWords(row)}</p>}
    {row.untold > 0 && <Untold call={call} row={row} />}
    <p><a href={paths.matches()}>Alle sammenfald</a></p>
  </>
);

/** What was decided and not told, and does not hold any more. */
const HoldsNoLonger = ({ row }: { readonly row: DeskHit }) => (
  <Alert kind="warning" title="Beskeden er ikke sendt, og det, den bygger på, holder ikke længere">
    {noLongerHolds(row).map(({ message }) => <p key={message} class="alert-text">{message}</p>)}
    {row.told > 0 && <p class="alert-text">Den enhed, hvis sag slutter, har fået besked, og det kan ikke kaldes tilbage. Beslut, at den anden ikke får den.</p>}
    {row.told === 0 && row.telling !== null && <p class="alert-text">{`Det blev besluttet: ${tellingWords(row, row.telling)}. Ingen har fået besked. Beslut det igen.`}</p>}
  </Alert>
);

/** A match that is settled: as one person, who is told is decided here, and on which basis (FM-INT-3, FM-CON-3). */
export const tellingPage = (call: SignedInCall, row: DeskHit, given?: Typed, meanwhile?: Meanwhile): Answer => {
  const typed = given ?? { ...(row.telling === 'nobody' ? { telling: 'nobody' as const } : {}), checked: false, errors: [] };
  const same = row.outcome === 'same';
  const gone = same && noLongerHolds(row).length > 0;
  const failed = typed.errors.length > 0 || meanwhile !== undefined || (gone && given !== undefined);
  const open = same && ((row.telling === null && (!isOver(row) || given !== undefined)) || row.telling === 'nobody' || (gone && row.told === 0));
  return signedInPage(call, { title: failed ? 'Fejl: Besked om sammenfald' : 'Besked om sammenfald', place: 'Sammenfald', within: true, ...(failed ? { status: 422 } : {}) }, (
    <>
      <PageHead title={same ? 'De to sager er om samme person' : 'De to sager er om to forskellige personer'}>
        <p class="muted"><CaseLines row={row} /></p>
      </PageHead>
      {meanwhile !== undefined && <ByAColleague {...meanwhile} />}
      {open && <Hastes row={row} />}
      {gone && typed.errors.length === 0 && <HoldsNoLonger row={row} />}
      {open ? <Section id="besked" title="Besked til enhederne"><Decide call={call} row={row} typed={typed} /></Section> : <Decided call={call} row={row} />}
    </>
  ));
};

/** What the decision has come to: a colleague's, unless it is the very one he had before him. */
const whyNot = (row: DeskHit, seen: Instant | null): string =>
  row.decided_at === seen ? `${untoldWords(row) ?? 'Der er givet besked.'} Det kan ikke ændres.` : byAColleague(row);
const byAColleague = ({ telling, told }: DeskHit): string =>
  told > 0 ? 'En kollega i kontaktpunktet har besluttet det, og der er givet besked. Det kan ikke ændres.'
    : `En kollega i kontaktpunktet har i mellemtiden ${telling === 'nobody' ? 'besluttet, at ingen får besked' : 'besluttet noget andet'}. Tal med kollegaen, før I ændrer det.`;

/** A colleague has decided it meanwhile, or a unit has been told: what he chose himself is shown, and kept where it can still be decided, and not done. */
const decidedMeanwhile = (call: SignedInCall, row: DeskHit, { telling, law, seen }: TellingSent): Answer => {
  const chosen = { ...(telling === undefined ? {} : { telling }), ...(law === undefined ? {} : { law }) };
  return tellingPage(call, row, telling === undefined ? undefined : { ...chosen, checked: false, errors: [] }, {
    title: 'Din beslutning er ikke gemt', why: whyNot(row, seen), chosen: [...(telling === undefined ? [] : [tellingWords(row, telling)]), ...(law === undefined ? [] : [tellingBasisLabel(law)])],
  });
};

/** The tick holds for the cases it named, where it named any: who chooses another after it has not looked at that one. */
const ticked = (given: Readonly<Record<string, unknown>>): boolean => {
  const { checked, about, telling } = given;
  return checked === 'true' && (!isTelling(about) || !isTelling(telling) || toldOf(about).length === 0 || toldOf(about).join() === toldOf(telling).join());
};

const seenIn = (text: unknown): Instant | null => (typeof text === 'string' ? instant(text) : undefined) ?? null;

/** Decides who is told, and tells them; or tells those who were not reached before. */
export async function sendTelling(call: SignedInCall): Promise<Answer> {
  const { house, visitor: { token }, params: { id = '' } } = call;
  const given = (call.body ?? {}) as Readonly<Record<string, unknown>>;
  const { telling, law } = given;
  const typed: TellingSent = { ...(isTelling(telling) ? { telling } : {}), ...(isTellingBasis(law) ? { law } : {}), checked: ticked(given), seen: seenIn(given['decidedAt']) };
  const done = given['again'] === 'yes' ? await tellAgain(house, token, id, typed.seen) : await decideAndTell(house, token, id, typed);
  if (isRefused(done)) return done;
  switch (done.kind) {
    case 'faulty':
      return tellingPage(call, done.row, given['again'] === 'yes' ? { checked: false, errors: [] } : { ...typed, errors: done.faults });
    case 'meanwhile':
      return decidedMeanwhile(call, done.row, typed);
    case 'told':
      return { kind: 'redirect', to: paths.matches(), said: toldWord(done.row, done.telling) };
    case 'nobody':
      return { kind: 'redirect', to: paths.matches(), said: done.row.told > 0 ? 'match.nobody more' : 'match.nobody' };
    default:
      return { kind: 'redirect', to: paths.matches(), said: `match.${done.kind}` };
  }
}
