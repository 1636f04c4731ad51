import { isRefused, refusedBy } from '../../../app/house.js';
import { askMatchNames, type Finding, isUnsettled, matchAsked, namesAsked, settleMatch as settle } from '../../../app/matches.js';
import { type Identity, showMatch } from '../../../app/names.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import type { Hit } from '../../../store/matching/hits.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { ActButton, LinkButton, SubmitButton } from '../../ui/buttons.js';
import { Due } from '../../ui/due.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Form, Radios, SubmitLine } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { CaseLines } from './case-lines.js';
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

interface Typed extends Finding {
  readonly errors: readonly FormError[];
}
const NOTHING: Typed = { errors: [] };
const errorAt = ({ errors }: Typed, name: string): { readonly error?: string } => {
  const message = errors.find((one) => one.name === name)?.message;
  return message === undefined ? {} : { error: message };
};

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

const draw = async (call: SignedInCall, row: Hit, shown?: Shown, typed: Typed = NOTHING): Promise<Answer> => {
  const asked = await namesAsked(call.house, call.visitor.token, row);
  const failed = typed.errors.length > 0;
  return signedInPage(call, { title: failed ? 'Fejl: Muligt sammenfald' : 'Muligt sammenfald', place: 'Sammenfald', within: true, ...(failed ? { status: 422 } : {}) }, (
    <>
      <PageHead title="Er de to sager om samme person?">
        <p class="muted"><CaseLines row={row} /></p>
      </PageHead>
      <Due due={row.due} today={copenhagenDate(call.now)} />
      <p>Der er registreret det samme CPR-nummer i begge sager. Enhederne ved det ikke. Tal med dem hver for sig, før du afgør det, og spørg kun til deres egen sag: ingen af dem må få at vide, at der er en sag hos den anden.</p>
      {shown ? <Names shown={shown} /> : (
        <>
          <h2>Navnene</h2>
          {asked?.given === true && <p>En kollega har godkendt, at du ser navnene. De vises én gang, og det står i loggen. Se dem, før du afgør det.</p>}
          {asked?.given === null && <p>En kollega i kontaktpunktet er spurgt og har ikke svaret endnu.</p>}
          {asked === undefined && <p>Du kan bede om at se dem. En kollega i kontaktpunktet skal sige ja.</p>}
          {asked?.given !== null && (
            <ActButton action={paths.matchNames(row.id)} csrf={tokenFor(call)}>{asked?.given === true ? 'Vis navnene nu' : 'Bed om at se navnene'}</ActButton>
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

/** Two cases with one CPR number: what the contact point alone knows, and settles; then who is told (FM-INT-3). */
export async function matchPage(call: SignedInCall): Promise<Answer> {
  try {
    const row = await matchAsked(call.house, call.visitor.token, call.params['id'] ?? '');
    return !row ? { kind: 'absent' } : isUnsettled(row) ? await draw(call, row) : tellingPage(call, row);
  } catch (error) {
    return refusedBy(error);
  }
}

/** Settles it, with how it was found out; not unseen while a colleague's yes to the names waits. */
export async function settleMatch(call: SignedInCall): Promise<Answer> {
  const given = (call.body ?? {}) as Readonly<Record<string, unknown>>;
  const typed: Finding = { outcome: OUTCOMES.find(({ value }) => value === given['outcome'])?.value, basis: BASES.find(({ value }) => value === given['basis'])?.value };
  const id = call.params['id'] ?? '';
  const done = await settle(call.house, call.visitor.token, id, typed);
  if (isRefused(done)) return done;
  if (done.kind === 'settled') return { kind: 'redirect', to: done.outcome === 'same' ? paths.match(id) : paths.home(), said: `match.${done.outcome}` };
  return drawn(call, done.row, undefined, { ...typed, errors: done.faults });
}

/** Asks a colleague; or shows the names, when he has said yes. */
export async function matchNames(call: SignedInCall): Promise<Answer> {
  const { house, visitor } = call;
  const asked = await askMatchNames(house, visitor.token, call.params['id'] ?? '');
  if (isRefused(asked)) return asked;
  if (asked.kind === 'asked') return { kind: 'redirect', to: paths.match(call.params['id'] ?? ''), said: 'match.asked' };
  const shown = await showMatch(house, visitor.token, asked.row.id);
  return 'kind' in shown ? shown : drawn(call, asked.row, shown);
}
