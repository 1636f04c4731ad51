import { refusedBy } from '../../../app/house.js';
import { isId } from '../../../domain/kernel/ids.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { isOutcome, outcomeWords } from '../../../domain/reference/retention-periods.js';
import { DELETED_ON_A_PAGE, type DeletedCase, deletedCases, receiptOf } from '../../../store/deletions.js';
import { noteDenied } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Empty } from '../../ui/empty.js';
import { PageHead } from '../../ui/layout.js';
import { pageNumber, Pages } from '../../ui/pages.js';
import { Table } from '../../ui/table.js';
import { signedInPage } from '../signed-in-page.js';

const UNKNOWN = 'Ikke oplyst';
const numberOf = ({ number }: DeletedCase): string => number ?? UNKNOWN;
const endOf = ({ outcome }: DeletedCase): string => {
  if (outcome === null || !isOutcome(outcome)) return UNKNOWN;
  const words = outcomeWords(outcome);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const dueOf = ({ dueOn }: DeletedCase): string => (dueOn === null ? UNKNOWN : formatDate(dueOn));
const Yes = ({ yes }: Pick<DeletedCase, 'yes'>) =>
  yes.length === 0 ? <>{UNKNOWN}</> : <>{yes.map(({ authority, name }) => <div key={authority}>{name === null ? authorityName(authority) : `${authorityName(authority)}: ${name}`}</div>)}</>;

/** The deletions that the caller answers for: their number, how and when they ended, and who said yes; nothing of whom they were about (FM-WORK-4). */
export async function deletedPage(call: SignedInCall): Promise<Answer> {
  const page = pageNumber(call.query['side']);
  try {
    const deleted = await deletedCases(call.house.web, call.visitor.token, (page - 1) * DELETED_ON_A_PAGE);
    if (!deleted) return { kind: 'absent' };
    const { total, cases } = deleted;
    return signedInPage(call, { title: 'Slettede sager', place: 'Mit arbejde', within: true }, (
      <>
        <PageHead title="Slettede sager">
          <p class="muted">Sager, hvis tid er ovre, og som to myndigheder har sagt ja til at slette. Her står ikke, hvem de handlede om.</p>
        </PageHead>
        {cases.length === 0
          ? total === 0
            ? <Empty title="Der er ikke slettet nogen sager endnu.">Når en sags tid er ovre, bliver myndighederne i dens enhed spurgt på Mit arbejde. Har to sagt ja, bliver sagen slettet, og kvitteringen står her.</Empty>
            : <Empty title="Der er ikke flere sider.">Gå til den første.</Empty>
          : <Table caption="Slettede sager, de seneste først" quietCaption phone="stack" rows={cases} rowKey={(row) => row.id} columns={[
              { label: 'Sag', cell: (row) => <a href={paths.receipt(row.id)}>{`Kvittering for ${numberOf(row)}`}</a> },
              { label: 'Sådan sluttede den', cell: endOf },
              { label: 'Tiden var ovre', cell: dueOf },
              { label: 'Slettet', cell: (row) => formatDate(row.deletedOn) },
              { label: 'Ja fra', cell: (row) => <Yes yes={row.yes} /> },
            ]} />}
        <Pages page={page} total={total} size={DELETED_ON_A_PAGE} href={paths.deleted} />
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

/** The receipt of one deletion, a page to print (FM-WORK-4). */
export async function receiptPage(call: SignedInCall): Promise<Answer> {
  const id = call.params['id'] ?? '';
  try {
    if (!isId(id)) {
      await noteDenied(call.house.web, call.visitor.token, undefined, 'receipt');
      return { kind: 'absent' };
    }
    const one = await receiptOf(call.house.web, call.visitor.token, id);
    if (!one) return { kind: 'absent' };
    return signedInPage(call, { title: 'Kvittering', place: 'Mit arbejde', within: true }, (
      <>
        <PageHead title="Kvittering for sletning" />
        <dl class="pairs">
          <dt>Sagsnummer</dt><dd>{numberOf(one)}</dd>
          <dt>Sådan sluttede sagen</dt><dd>{endOf(one)}</dd>
          <dt>Sagens tid var ovre</dt><dd>{dueOf(one)}</dd>
          <dt>Slettet</dt><dd>{formatDate(one.deletedOn)}</dd>
          <dt>Ja til sletningen</dt><dd><Yes yes={one.yes} /></dd>
        </dl>
        <p>Alt, hvad der stod i sagen, er slettet, og det kan ikke fortrydes. Tilbage er nummeret, som ikke bliver brugt igen, denne kvittering og loggen over, hvem der har åbnet sagen. Tallene i statistikken bliver stående og kan ikke føres tilbage til den.</p>
        <p class="no-print muted">Skriv siden ud, hvis kvitteringen skal ligge hos jer. Menuer og knapper kommer ikke med på papiret.</p>
        <p class="no-print"><a href={paths.deleted()}>Se alle slettede sager</a></p>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}
