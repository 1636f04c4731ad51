import { followsFrom } from '../../../app/doubles.js';
import { isRefused, refusedBy } from '../../../app/house.js';
import { askMatchNames, type Finding, type Found, isUnsettled, matchAmong, namesAsked, namesToShow, settleMatch as settle } from '../../../app/matches.js';
import { type Identity, showMatch } from '../../../app/names.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import type { Hit, HitOutcome } from '../../../store/matching/hits.js';
import type { DeskHit } from '../../../store/matching/tellings.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { ActButton, LinkButton, SubmitButton } from '../../ui/buttons.js';
import { Due } from '../../ui/due.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Form, Radios, SubmitLine } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { CaseLines } from './case-lines.js';
import { Hastes } from './haste.js';
import { tellingPage } from './telling.js';
import { BASES, OUTCOMES } from './words.js';

type Shown = readonly { readonly number: string; readonly identity: Identity }[];
const NAMED = [['name', 'Navn'], ['cpr', 'CPR-nummer'], ['alias', 'Kaldenavn']] as const;

const Names = ({ shown }: { readonly shown: Shown }) => (
  <>
    {shown.map(({ number, identity }) => (
      <section key={number}>
        <h2>{number}</h2>
        <dl class="pairs">{NAMED.map(([field, label]) => <><dt>{label}</dt><dd>{identity[field] ?? 'Ikke oplyst'}</dd></>)}</dl>
      </section>
    ))}
    <p class="muted">Navnene vises kun nu. Vil du se dem igen, skal en kollega godkende det igen.</p>
  </>
);

/** Whom to speak with, and what nobody may learn by it; also where one unit has both cases. */
const HowToAsk = ({ row }: { readonly row: Hit }) => (
  <p>
    {row.units[0] === row.units[1]
      ? 'Der er registreret det samme CPR-nummer i begge sager, og de ligger hos samme enhed. Tal med dem, der har hver sag, hver for sig, før du afgør det, og spørg kun til deres egen sag: ingen af dem må få at vide, at der er en sag mere.'
      : 'Der er registreret det samme CPR-nummer i begge sager. Enhederne ved det ikke. Tal med dem hver for sig, før du afgør det, og spørg kun til deres egen sag: ingen af dem må få at vide, at der er en sag hos den anden.'}
  </p>
);

const FOLLOWS: Readonly<Record<HitOutcome, string>> = {
  same: 'Det følger af de sammenfald, der er afgjort: de siger, at begge sager er om samme person.',
  different: 'Det følger af de sammenfald, der er afgjort: de siger, at de to sager er om to forskellige personer.',
};
/** What is known of it already, so that it is not settled against what was settled. */
const Known = ({ row, rows }: { readonly row: DeskHit; readonly rows: readonly DeskHit[] }) => {
  const follows = followsFrom(rows, row);
  const over = row.numbers.filter((_number, at) => row.phases[at] === 'closed');
  if (follows === undefined && over.length === 0) return null;
  return (
    <Alert kind="info">
      {follows !== undefined && <p class="alert-text">{`${FOLLOWS[follows]} Er du kommet frem til noget andet, så tal med kollegaerne i kontaktpunktet, før du afgør det.`}</p>}
      {over.length > 0 && <p class="alert-text">{`${over.join(' og ')} er afsluttet. Derfor gives ingen besked, heller ikke hvis det er samme person.`}</p>}
    </Alert>
  );
};

interface Typed extends Finding {
  readonly errors: readonly FormError[];
}
const NOTHING: Typed = { errors: [] };
const errorAt = ({ errors }: Typed, name: string): { readonly error?: string } => {
  const message = errors.find((one) => one.name === name)?.message;
  return message === undefined ? {} : { error: message };
};

/** `usedUp`: he asked to see the names, and has no yes any more. */
interface Drawn {
  readonly shown?: Shown;
  readonly typed?: Typed;
  readonly usedUp?: boolean;
}

const Settle = ({ call, row, typed }: { readonly call: SignedInCall; readonly row: Hit; readonly typed: Typed }) => (
  <Section id="afgoer" title="Afgør det">
    <Form action={paths.match(row.id)} csrf={tokenFor(call)} class="act-form">
      <ErrorSummary errors={typed.errors} />
      <Radios name="outcome" label="Hvad er du kommet frem til?" required options={OUTCOMES} {...(typed.outcome === undefined ? {} : { value: typed.outcome })} {...errorAt(typed, 'outcome')} />
      <Radios name="basis" label="Hvordan ved du det?" required options={BASES} {...(typed.basis === undefined ? {} : { value: typed.basis })} {...errorAt(typed, 'basis')} />
      <SubmitLine text="Det kan ikke fortrydes.">
        <SubmitButton>Afgør sammenfaldet</SubmitButton>
        <LinkButton href={paths.home()}>Senere</LinkButton>
      </SubmitLine>
    </Form>
  </Section>
);

const draw = async (call: SignedInCall, { row, rows }: Found, { shown, typed = NOTHING, usedUp = false }: Drawn = {}): Promise<Answer> => {
  const asked = await namesAsked(call.house, call.visitor.token, row);
  const failed = typed.errors.length > 0;
  return signedInPage(call, { title: failed ? 'Fejl: Muligt sammenfald' : 'Muligt sammenfald', place: 'Sammenfald', within: true, ...(failed ? { status: 422 } : {}) }, (
    <>
      <PageHead title="Er de to sager om samme person?">
        <p class="muted"><CaseLines row={row} /></p>
      </PageHead>
      <Due due={row.due} today={copenhagenDate(call.now)} />
      <Hastes row={row} />
      <HowToAsk row={row} />
      <Known row={row} rows={rows} />
      {shown ? <Names shown={shown} /> : (
        <>
          <h2>Navnene</h2>
          {asked?.given === true && <p>En kollega har godkendt, at du ser navnene. De vises én gang, og det står i loggen. Har enhederne svaret, så du ikke behøver navnene, så afgør det på deres svar: navnene bliver ikke vist, og kollegaens ja bortfalder.</p>}
          {asked?.given === null && <p>En kollega i kontaktpunktet er spurgt og har ikke svaret endnu.</p>}
          {asked?.given === false && <p>En kollega har sagt nej til, at du ser navnene. Tal med enhederne, eller spørg igen, hvis det ikke kan afgøres på anden måde.</p>}
          {usedUp && <Alert kind="info" announce>Navnene er vist, eller kollegaens ja er udløbet. Vil du se dem igen, så bed om det.</Alert>}
          {asked === undefined && !usedUp && <p>Du kan bede om at se dem. En kollega i kontaktpunktet skal sige ja.</p>}
          {row.names_refused && <p>{[...(asked?.given === false ? [] : ['Der er før sagt nej til, at navnene vises.']), ...(asked?.given === true ? [] : ['Den, der spørges, får at vide, at der er sagt nej.'])].join(' ')}</p>}
          {asked?.given !== null && (
            <ActButton action={paths.matchNames(row.id)} csrf={tokenFor(call)} {...(asked?.given === true ? { values: { vis: 'ja' } } : {})}>{asked?.given === true ? 'Vis navnene nu' : asked?.given === false ? 'Bed om det igen' : 'Bed om at se navnene'}</ActButton>
          )}
        </>
      )}
      <Settle call={call} row={row} typed={typed} />
    </>
  ));
};

const drawn = async (...of: Parameters<typeof draw>): Promise<Answer> => {
  try {
    return await draw(...of);
  } catch (error) {
    return refusedBy(error);
  }
};

/** A colleague has settled it meanwhile: what was chosen is shown, and not done. */
const settledMeanwhile = (call: SignedInCall, row: DeskHit, chosen: readonly string[]): Answer => tellingPage(call, row, undefined, {
  title: 'Din afgørelse er ikke gemt', why: 'En kollega i kontaktpunktet har afgjort sammenfaldet i mellemtiden, og det afgøres kun én gang.', chosen,
});

/** Two cases with one CPR number: what the contact point alone knows, and settles; then who is told (FM-INT-3). */
export async function matchPage(call: SignedInCall): Promise<Answer> {
  try {
    const found = await matchAmong(call.house, call.visitor.token, call.params['id'] ?? '');
    return !found ? { kind: 'absent' } : isUnsettled(found.row) ? await draw(call, found) : tellingPage(call, found.row);
  } catch (error) {
    return refusedBy(error);
  }
}

/** Settles it, with how it was found out; by the names when they were seen. */
export async function settleMatch(call: SignedInCall): Promise<Answer> {
  const given = (call.body ?? {}) as Readonly<Record<string, unknown>>;
  const [outcome, basis] = [OUTCOMES.find(({ value }) => value === given['outcome']), BASES.find(({ value }) => value === given['basis'])];
  const typed: Finding = { outcome: outcome?.value, basis: basis?.value };
  const id = call.params['id'] ?? '';
  const done = await settle(call.house, call.visitor.token, id, typed);
  if (isRefused(done)) return done;
  if (done.kind === 'settled') return { kind: 'redirect', to: done.outcome === 'same' ? paths.match(id) : paths.home(), said: `match.${done.outcome}` };
  if (done.kind === 'meanwhile') return settledMeanwhile(call, done.row, [outcome, basis].flatMap((one) => one?.label ?? []));
  return drawn(call, done, { typed: { ...typed, errors: done.faults } });
}

const namesNotShown = (call: SignedInCall, row: DeskHit): Answer => tellingPage(call, row, undefined, { title: 'Navnene vises ikke', why: 'En kollega i kontaktpunktet har afgjort sammenfaldet i mellemtiden.', chosen: [] });

/** Shows the names by a colleague's yes, once; who sends the form again, as by loading the page anew, asks nobody by it. */
async function showNames(call: SignedInCall): Promise<Answer> {
  const { house, visitor } = call;
  const found = await namesToShow(house, visitor.token, call.params['id'] ?? '');
  if (isRefused(found)) return found;
  if (found.kind === 'meanwhile') return namesNotShown(call, found.row);
  if (found.kind === 'unasked') return drawn(call, found, { usedUp: found.asked === undefined });
  const shown = await showMatch(house, visitor.token, found.row.id);
  if ('kind' in shown) return shown;
  // He pressed twice at once.
  return drawn(call, found, shown.length === 0 ? { usedUp: true } : { shown });
}

/** Asks a colleague, where none has said yes; showing the names is a form of its own. */
async function askNames(call: SignedInCall): Promise<Answer> {
  const asked = await askMatchNames(call.house, call.visitor.token, call.params['id'] ?? '');
  if (isRefused(asked)) return asked;
  if (asked.kind === 'meanwhile') return namesNotShown(call, asked.row);
  return { kind: 'redirect', to: paths.match(call.params['id'] ?? ''), ...(asked.kind === 'asked' ? { said: 'match.asked' } : {}) };
}

/** The two forms of the names of a match: the one that shows, which says so, and the one that asks. */
export const matchNames = (call: SignedInCall): Promise<Answer> => ((call.body as Readonly<Record<string, unknown>> | undefined)?.['vis'] === 'ja' ? showNames(call) : askNames(call));
