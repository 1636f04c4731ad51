import { refusedBy } from '../../../app/house.js';
import { phaseLabel } from '../../../domain/exit-case/follows.js';
import { isScreener } from '../../../domain/access/functions.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { municipalityName } from '../../../domain/reference/denmark.js';
import { answersForDeletions } from '../../../store/deletions.js';
import { type CaseListRow, listCases } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { DueWords } from '../../ui/due.js';
import { Empty } from '../../ui/empty.js';
import { PageHead } from '../../ui/layout.js';
import { pageNumber, Pages } from '../../ui/pages.js';
import { type Column, Table, TwoLines } from '../../ui/table.js';
import { signedInPage } from '../signed-in-page.js';

const PAGE = 25;
const PLACES: Readonly<Record<string, string>> = { freedom: 'I frihed', custody: 'I varetægt eller fængsel' };

/** Who screens knows of a case whose it is, and nothing of how far it is (FM-SEC-2). */
const FOR_SCREENERS: readonly Column<CaseListRow>[] = [{ label: 'Enhed', cell: (row) => unitName(row.unit) }];
const progress = (today: PlainDate): readonly Column<CaseListRow>[] => [
  { label: 'Fase', cell: (row) => <TwoLines first={phaseLabel(row.phase)} second={`siden ${formatDate(row.since)}`} /> },
  { label: 'Sted', cell: (row) => PLACES[row.place] ?? row.place, quiet: true },
  { label: 'Enhed', cell: (row) => <TwoLines first={unitName(row.unit)} second={row.municipality === null ? '' : municipalityName(row.municipality)} /> },
  { label: 'Næste frist', cell: (row) => (row.next_due === null ? 'Ingen' : <DueWords due={row.next_due} today={today} />) },
];

/** The caller's own cases, a page at a time; structure only, no names (access.md). */
export async function myCases(call: SignedInCall): Promise<Answer> {
  const { house, visitor, now } = call;
  const today = copenhagenDate(now);
  const closed = call.query['vis'] === 'afsluttede';
  const page = pageNumber(call.query['side']);
  try {
    const rows = await listCases(house.web, visitor.token, { closed, limit: PAGE, offset: (page - 1) * PAGE });
    const total = rows[0]?.total ?? 0;
    const deletions = closed && (await answersForDeletions(house.web, visitor.token));
    const screener = isScreener(visitor.functions);
    const columns: readonly Column<CaseListRow>[] = [
      { label: 'Sag', cell: (row) => <TwoLines first={<a href={paths.case(row.id)}>{row.number}</a>} second={`“${row.label}”`} /> },
      ...(screener ? FOR_SCREENERS : progress(today)),
    ];
    return signedInPage(call, { title: 'Sager', place: 'Sager' }, (
      <>
        <PageHead title="Sager">
          <p class="muted">De sager, du er med i. Kun dem.</p>
        </PageHead>
        <p class="tools no-print">
          {closed ? <a href={paths.cases()}>Vis igangværende sager</a> : <a href={paths.cases(1, true)}>Vis afsluttede sager</a>}
          {deletions && <a href={paths.deleted()}>Se slettede sager</a>}
        </p>
        {rows.length === 0
          ? <Empty title={closed ? 'Du er ikke med i nogen afsluttede sager.' : 'Du er ikke med i nogen igangværende sager.'}>
              <p>Når en koordinator føjer dig til en sags kreds, står sagen her.</p>
            </Empty>
          : <Table caption={closed ? 'Afsluttede sager' : 'Igangværende sager'} quietCaption columns={columns} rows={rows} rowKey={(row) => row.id} phone="stack" />}
        <Pages page={page} total={total} size={PAGE} href={(to) => paths.cases(to, closed)} />
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}
