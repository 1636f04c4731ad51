import { refusedBy } from '../../../app/house.js';
import { type Identity, showMatch } from '../../../app/names.js';
import { phaseLabel } from '../../../domain/exit-case/follows.js';
import { isId } from '../../../domain/kernel/ids.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { listApprovals } from '../../../store/approvals.js';
import { noteDenied } from '../../../store/lists.js';
import { askForNames, type Hit, listHits, settleHit } from '../../../store/matching/hits.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { ActButton, LinkButton, SubmitButton, Tools } from '../../ui/buttons.js';
import { Due } from '../../ui/due.js';
import { Hidden } from '../../ui/form.js';
import { PageHead } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';

const find = async ({ house, visitor, params }: SignedInCall): Promise<Hit | undefined> =>
  (await listHits(house.web, visitor.token)).find((one) => one.id === params['id']);

const absent = async ({ house, visitor }: SignedInCall): Promise<Answer> => {
  await noteDenied(house.web, visitor.token, undefined, 'match');
  return { kind: 'absent' };
};

type Shown = readonly { readonly number: string; readonly identity: Identity }[];
const NAMED = [['name', 'Navn'], ['cpr', 'CPR-nummer'], ['alias', 'Kaldenavn']] as const;

const Names = ({ shown }: { readonly shown: Shown }) => (
  <>
    {shown.map(({ number, identity }) => (
      <section key={number}>
        <h2>{number}</h2>
        <dl>{NAMED.map(([field, label]) => <div key={field}><dt>{label}</dt><dd>{identity[field] ?? 'Ikke oplyst'}</dd></div>)}</dl>
      </section>
    ))}
    <p class="muted">Navnene vises kun nu. Vil du se dem igen, skal en kollega godkende det igen.</p>
  </>
);

const draw = async (call: SignedInCall, row: Hit, shown?: Shown): Promise<Answer> => {
  const asked = (await listApprovals(call.house.web, call.visitor.token)).find((one) => one.mine && one.kind === 'match-names' && row.numbers.every((number) => one.line.includes(number)));
  return signedInPage(call, { title: 'Muligt sammenfald', place: 'Mit arbejde', within: true }, (
    <>
      <PageHead title="Er de to sager om samme person?">
        <p class="muted">{row.numbers.map((number, index) => `${number}, ${unitName(row.units[index] ?? '')}, ${phaseLabel(row.phases[index] ?? '').toLowerCase()}`).join(' · ')}</p>
      </PageHead>
      <Due due={row.due} today={copenhagenDate(call.now)} />
      <p>Der er registreret det samme CPR-nummer i begge sager. Enhederne ved det ikke. Tal med dem hver for sig, før du afgør det.</p>
      {shown ? <Names shown={shown} /> : (
        <>
          <h2>Navnene</h2>
          {asked?.given === true && <p>En kollega har godkendt, at du ser navnene. De vises én gang, og det står i loggen.</p>}
          {asked?.given === null && <p>En kollega i kontaktpunktet er spurgt og har ikke svaret endnu.</p>}
          {asked === undefined && <p>Du kan bede om at se dem. En kollega i kontaktpunktet skal sige ja.</p>}
          {asked?.given !== null && (
            <ActButton action={paths.matchNames(row.id)} csrf={tokenFor(call)}>{asked?.given === true ? 'Vis navnene nu' : 'Bed om at se navnene'}</ActButton>
          )}
        </>
      )}
      <form method="post" action={paths.match(row.id)} data-guard>
        <Hidden name="_csrf" value={tokenFor(call)} />
        <h2>Afgør det</h2>
        <Tools>
          <SubmitButton name="outcome" value="same">Det er samme person</SubmitButton>
          <SubmitButton name="outcome" value="different" kind="secondary">Det er to forskellige</SubmitButton>
          <LinkButton href={paths.home()}>Senere</LinkButton>
        </Tools>
      </form>
    </>
  ));
};

/** Two cases with one CPR number: what the contact point alone knows, and settles (FM-INT-3). */
export async function matchPage(call: SignedInCall): Promise<Answer> {
  try {
    const row = await find(call);
    return row ? await draw(call, row) : await absent(call);
  } catch (error) {
    return refusedBy(error);
  }
}

export async function settleMatch(call: SignedInCall): Promise<Answer> {
  const { house, visitor, params } = call;
  const id = params['id'] ?? '';
  const outcome = ((call.body ?? {}) as Readonly<Record<string, unknown>>)['outcome'];
  try {
    if (!isId(id) || (outcome !== 'same' && outcome !== 'different')) return await absent(call);
    return (await settleHit(house.web, visitor.token, id, outcome)) ? { kind: 'redirect', to: paths.home(), said: `match.${outcome}` } : { kind: 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Asks a colleague; or shows the names, when he has said yes. */
export async function matchNames(call: SignedInCall): Promise<Answer> {
  const { house, visitor } = call;
  try {
    const row = await find(call);
    if (!row) return await absent(call);
    const given = (await listApprovals(house.web, visitor.token)).some((one) => one.mine && one.given === true && one.kind === 'match-names' && row.numbers.every((number) => one.line.includes(number)));
    if (!given) return (await askForNames(house.web, visitor.token, row.id)) ? { kind: 'redirect', to: paths.match(row.id), said: 'match.asked' } : { kind: 'absent' };
    const shown = await showMatch(house, visitor.token, row.id);
    return 'kind' in shown ? shown : await draw(call, row, shown);
  } catch (error) {
    return refusedBy(error);
  }
}
