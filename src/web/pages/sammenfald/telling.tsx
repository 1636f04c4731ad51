import { tellUnits } from '../../../app/doubles.js';
import { isRefused, refusedBy } from '../../../app/house.js';
import type { Rejection } from '../../../domain/kernel/rejection.js';
import { basisDoesNotFit, isTelling, isTellingBasis, notTellable, type Telling, TELLING_BASIS_IDS, type TellingBasis, tellingBasisLabel, TELLINGS } from '../../../domain/reference/telling-bases.js';
import { type DeskHit, decideTelling } from '../../../store/matching/tellings.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { ActButton, LinkButton, SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Checkbox, Form, Radios, SubmitLine } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { absentMatch, findMatch } from './find.js';
import { CaseLines } from './case-lines.js';
import { ByAColleague, type Meanwhile } from './meanwhile.js';
import { casesOf, isOver, tellingWords, toldWord } from './words.js';

interface Typed {
  readonly telling?: Telling;
  readonly law?: TellingBasis;
  readonly checked: boolean;
  readonly errors: readonly FormError[];
}

const CHECKED = 'Jeg har sikret mig, at grundlaget holder i den sag, der fortælles om: personen har ikke sagt nej til samtykke eller trukket det tilbage';

const Decide = ({ call, row, typed: { telling, law, checked, errors } }: { readonly call: SignedInCall; readonly row: DeskHit; readonly typed: Typed }) => {
  const at = (name: string): { readonly error?: string } => {
    const message = errors.find((one) => one.name === name)?.message;
    return message === undefined ? {} : { error: message };
  };
  return (
    <Form action={paths.matchTelling(row.id)} csrf={tokenFor(call)} class="act-form">
      <ErrorSummary errors={errors} />
      <Radios
        name="telling" label="Hvem skal have besked, og hvilken sag slutter?" required options={TELLINGS.map((value) => ({ value, label: tellingWords(row, value) }))}
        hint="Får begge besked, får de hinandens sagsnummer og enhed. Får kun den ene, hører den ikke, hvor den anden sag er."
        {...(telling === undefined ? {} : { value: telling })} {...at('telling')}
      />
      <Radios
        name="law" label="På hvilket grundlag?" hint="Udfyldes, når nogen skal have besked. Har personen svaret om samtykke, kan du ikke i stedet bygge på loven før samtykke."
        options={TELLING_BASIS_IDS.map((value) => ({ value, label: tellingBasisLabel(value) }))} {...(law === undefined ? {} : { value: law })} {...at('law')}
      />
      <Checkbox name="checked" label={CHECKED} checked={checked} {...at('checked')} />
      <SubmitLine text="Enheden får en opgave i sin egen sag. En besked kan ikke kaldes tilbage.">
        <SubmitButton>Gem beslutningen</SubmitButton>
        <LinkButton href={paths.matches()}>Senere</LinkButton>
      </SubmitLine>
    </Form>
  );
};

/** What was decided, and what of it is left to do. */
const Decided = ({ call, row }: { readonly call: SignedInCall; readonly row: DeskHit }) => (
  <>
    {row.outcome === 'same' && row.telling === null && <p>En af de to sager er afsluttet. Af en afsluttet sag gives ingen besked, så der er ikke mere at gøre.</p>}
    {row.telling !== null && <p>{`${tellingWords(row, row.telling)}.`}</p>}
    {row.law !== null && <p class="muted">{`På grundlag af: ${tellingBasisLabel(row.law)}.`}</p>}
    {row.untold > 0 && (
      <>
        <p>Beskeden er ikke nået frem til alle. Prøv igen.</p>
        <ActButton action={paths.matchTelling(row.id)} csrf={tokenFor(call)} kind="primary">Send beskeden</ActButton>
      </>
    )}
    <p><a href={paths.matches()}>Alle sammenfald</a></p>
  </>
);

/** A match that is settled: as one person, who is told is decided here, and on which basis (FM-INT-3, FM-CON-3). */
export const tellingPage = (call: SignedInCall, row: DeskHit, given?: Typed, meanwhile?: Meanwhile): Answer => {
  const typed = given ?? { ...(row.telling === 'nobody' ? { telling: 'nobody' as const } : {}), checked: false, errors: [] };
  const failed = typed.errors.length > 0 || meanwhile !== undefined;
  const same = row.outcome === 'same';
  const open = same && ((row.telling === null && (!isOver(row) || given !== undefined)) || row.telling === 'nobody');
  return signedInPage(call, { title: failed ? 'Fejl: Besked om sammenfald' : 'Besked om sammenfald', place: 'Mit arbejde', within: true, ...(failed ? { status: 422 } : {}) }, (
    <>
      <PageHead title={same ? 'De to sager er om samme person' : 'De to sager er om to forskellige personer'}>
        <p class="muted"><CaseLines row={row} /></p>
      </PageHead>
      {meanwhile !== undefined && <ByAColleague {...meanwhile} />}
      {open ? <Section id="besked" title="Besked til enhederne"><Decide call={call} row={row} typed={typed} /></Section> : <Decided call={call} row={row} />}
    </>
  ));
};

const asError = (rejection: Rejection | undefined): readonly FormError[] => (rejection === undefined ? [] : [{ message: rejection.detail, ...(rejection.field === undefined ? {} : { name: rejection.field }) }]);

/** What is wrong with what was typed, each at its field. */
const errorsOf = (row: DeskHit, { telling, law, checked }: Omit<Typed, 'errors'>): readonly FormError[] => {
  if (telling === undefined) return [{ name: 'telling', message: 'Vælg, hvem der skal have besked' }];
  if (telling === 'nobody') return [];
  const cases = casesOf(row);
  const inTheWay = asError(notTellable(cases, telling));
  if (inTheWay.length > 0) return inTheWay;
  return [
    ...(law === undefined ? [{ name: 'law', message: 'Vælg, hvad beskeden bygger på' }] : asError(basisDoesNotFit(cases, telling, law))),
    ...(checked ? [] : [{ name: 'checked', message: 'Sig, at du har sikret dig, at grundlaget holder' }]),
  ];
};

/** A colleague has decided it meanwhile: what he chose himself is shown, and not done. */
const decidedMeanwhile = (call: SignedInCall, row: DeskHit, { telling, law }: Pick<Typed, 'telling' | 'law'>): Answer => tellingPage(call, row, undefined, {
  title: 'Din beslutning er ikke gemt', why: 'En kollega i kontaktpunktet har besluttet det, og der er givet besked. Det kan ikke ændres.',
  chosen: [...(telling === undefined ? [] : [tellingWords(row, telling)]), ...(law === undefined ? [] : [tellingBasisLabel(law)])],
});

/** Decides who is told, and tells them; or tells those who were not reached before. */
export async function sendTelling(call: SignedInCall): Promise<Answer> {
  const { house, visitor } = call;
  const given = (call.body ?? {}) as Readonly<Record<string, unknown>>;
  const { telling, law } = given;
  try {
    const row = await findMatch(call);
    if (row?.outcome !== 'same') return await absentMatch(call);
    const typed = { ...(isTelling(telling) ? { telling } : {}), ...(isTellingBasis(law) ? { law } : {}), checked: given['checked'] === 'true' };
    let decided = row.telling;
    if (decided === null || decided === 'nobody') {
      const errors = errorsOf(row, typed);
      if (typed.telling === undefined || errors.length > 0) return tellingPage(call, row, { ...typed, errors });
      const decision = typed.telling === 'nobody' || typed.law === undefined ? { telling: typed.telling } : { telling: typed.telling, law: typed.law };
      const said = await decideTelling(house.web, visitor.token, row.id, decision);
      if (said === 'absent') return await lostRace(call, typed);
      if (said === 'closed') return tellingPage(call, row, { ...typed, errors: [{ name: 'telling', message: 'En af sagerne er afsluttet nu. Vælg, at ingen får besked.' }] });
      if (decision.telling === 'nobody') return { kind: 'redirect', to: paths.matches(), said: 'match.nobody' };
      decided = typed.telling;
    } else if (typed.telling !== undefined && (typed.telling !== decided || typed.law !== row.law)) return decidedMeanwhile(call, row, typed);
    const told = await tellUnits(house, visitor.token, row.id);
    return isRefused(told) ? told : { kind: 'redirect', to: paths.matches(), said: told.kind === 'told' ? toldWord(row, decided) : 'match.waiting' };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Between his look and his word a colleague was faster; or it is not his any more. */
const lostRace = async (call: SignedInCall, typed: Pick<Typed, 'telling' | 'law'>): Promise<Answer> => {
  const row = await findMatch(call);
  return row?.outcome === 'same' ? decidedMeanwhile(call, row, typed) : { kind: 'absent' };
};
