import type { Refused } from '../../../app/house.js';
import { showOverviewNames } from '../../../app/names.js';
import { type Overview, OVERVIEW_PAGE, type OverviewField, type OverviewFilter, nationalOverview, readOverviewFilter } from '../../../app/overview.js';
import { unitNamings } from '../../../app/unit-naming.js';
import type { UntakenRow } from '../../../store/overview.js';
import type { UnitNamingRow } from '../../../store/unit-naming.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { ActButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { PageHead, Section } from '../../ui/layout.js';
import { numberWord, numberWordFirst } from '../../ui/number-words.js';
import { pageNumber, Pages } from '../../ui/pages.js';
import { Table } from '../../ui/table.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { StillTelling } from '../still-filling.js';
import { WholeCountry, WithoutUnit } from '../uden-enhed/lines.js';
import { CaseTable, type Shown } from './case-table.js';
import { filterFrom, filterQuery, Filters, narrows } from './filters.js';
import { Where } from './where.js';
import { casesWords, daysWords, unitWords } from './words.js';

const PAGE_FIELD = 'side';

interface Drawn {
  readonly overview: Overview;
  readonly namings: readonly UnitNamingRow[];
  readonly filter: OverviewFilter;
  readonly wrong: readonly OverviewField[];
  readonly shown?: Shown;
}

/** What is most important about the list, in one sentence. */
const most = ({ total, late }: Overview, narrowed: boolean): string => {
  const said = late === 0 ? 'Ingen sager er for sent' : late === 1 ? 'Én sag er for sent' : `${numberWordFirst(late)} sager er for sent`;
  if (!narrowed) return said;
  const fit = total === 1 ? 'Én sag passer' : `${numberWordFirst(total)} sager passer`;
  return total === 0 ? 'Ingen sager passer' : late === 0 ? `${fit}, ingen er for sent` : `${fit}, ${numberWord(late)} er for sent`;
};

/** '8 sager', '26–50 af 112 sager' */
const range = (from: number, to: number, total: number): string => (to - from + 1 === total ? casesWords(total) : `${from === to ? from : `${from}–${to}`} af ${casesWords(total)}`);

const ORDERS: Readonly<Record<string, string>> = { oldest: 'de ældste i fasen først', newest: 'de nyeste i fasen først' };

const query = (filter: OverviewFilter, page: number): Readonly<Record<string, string>> => ({ ...filterQuery(filter), ...(page > 1 ? { [PAGE_FIELD]: String(page) } : {}) });

/** With a filter that cannot be used all cases are there. */
const isNarrowed = ({ filter, wrong }: Drawn): boolean => wrong.length === 0 && narrows(filter);

const Cases = ({ call, drawn }: { readonly call: SignedInCall; readonly drawn: Drawn }) => {
  const { overview, filter, wrong, shown } = drawn;
  const { rows, today, page, total } = overview;
  const first = (page - 1) * OVERVIEW_PAGE;
  const narrowed = isNarrowed(drawn);
  return (
    <Section id="sager" title={most(overview, narrowed)}>
      {shown && <p><strong>Navnene vises kun nu.</strong> At du har set dem, står i hver sags log.</p>}
      <Filters filter={filter} wrong={wrong} />
      {rows.length === 0 ? <Nothing narrowed={narrowed} /> : (
        <>
          {shown === undefined && wrong.length === 0 && (
            <div class="tools before-table">
              <ActButton action={paths.overview()} csrf={tokenFor(call)} values={query(filter, page)} icon="visibility">{`Vis navne (højst ${OVERVIEW_PAGE})`}</ActButton>
            </div>
          )}
          <CaseTable rows={rows} today={today} shown={shown} caption={`Sager i visitation eller forløb, ${ORDERS[filter.sort ?? ''] ?? 'de mest forsinkede først'}`} />
          <p class="source">{`Viser ${range(first + 1, first + rows.length, total)}. Stregen midt i bjælken er ét år; hele bjælken er to. DfK er Direktoratet for Kriminalforsorgen.`}</p>
          <Pages page={page} total={total} size={OVERVIEW_PAGE} href={(to) => paths.overview(query(wrong.length === 0 ? filter : {}, to))} />
        </>
      )}
    </Section>
  );
};

const Nothing = ({ narrowed }: { readonly narrowed: boolean }) =>
  narrowed
    ? <Empty title="Ingen sager passer til filteret."><a href={paths.overview()}>Vis alle sager</a></Empty>
    : <Empty title="Der er ingen sager i visitation eller forløb.">En sag står her, fra visitationen begynder, til forløbet er slut.</Empty>;

/** All that the contact point is told of them: whose they are, and for how long nobody has taken them (access.md, "The unit's inbox"). */
const Untaken = ({ rows, narrowed }: { readonly rows: readonly UntakenRow[]; readonly narrowed: boolean }) =>
  rows.length === 0 ? null : (
    <Section id="utaget" title="Henvendelser, som ingen har taget" count={rows.length}>
      <WholeCountry narrowed={narrowed} />
      <p>De skulle være taget for mere end en arbejdsdag siden. Ring til enheden: hvem de handler om, ved kun den.</p>
      <Table caption="Henvendelser, som ingen har taget" quietCaption compact phone="scroll" class="figures" rows={rows.map((row, index) => ({ ...row, index }))} rowKey={(row) => String(row.index)} columns={[
        { label: 'Enhed', cell: (row) => unitWords(row.unit) }, { label: 'Skulle være taget', cell: (row) => <Badge kind="late">{`${daysWords(row.days_late)} for sent`}</Badge> },
      ]} />
    </Section>
  );

function draw(call: SignedInCall, drawn: Drawn, filled: FiguresFilled): Answer {
  const { overview, namings, wrong } = drawn;
  const narrowed = isNarrowed(drawn);
  const all = overview.places.reduce((sum, one) => sum + one.cases, 0);
  const late = overview.places.reduce((sum, one) => sum + one.late, 0);
  return signedInPage(call, { title: wrong.length === 0 ? 'Overblik' : 'Fejl: Overblik', place: 'Overblik', ...(wrong.length === 0 ? {} : { status: 422 }) }, (
    <>
      <PageHead title="Nationalt overblik">
        {`${casesWords(all)} i visitation eller forløb, ${late === 0 ? 'ingen' : numberWord(late)} for sent.${drawn.shown === undefined ? ' Navne vises ikke her.' : ''}`}
      </PageHead>
      <StillTelling share={filled()} />
      <WithoutUnit rows={namings} today={overview.today} narrowed={narrowed} />
      <Cases call={call} drawn={drawn} />
      <Untaken rows={overview.untaken} narrowed={narrowed} />
      <Where places={overview.places} now={call.now} />
    </>
  ));
}

/** With a filter that cannot be used all cases are there, and what is wrong stands at its field. */
async function found(call: SignedInCall, given: Readonly<Record<string, unknown>>): Promise<Drawn | Refused> {
  const { filter, wrong } = readOverviewFilter(filterFrom(given));
  const side = given[PAGE_FIELD];
  const overview = await nationalOverview(call.house, call.visitor.token, wrong.length === 0 ? filter : {}, pageNumber(typeof side === 'string' ? side : undefined));
  if ('kind' in overview) return overview;
  const namings = await unitNamings(call.house, call.visitor.token);
  return 'kind' in namings ? namings : { overview, namings, filter, wrong };
}

/** Everyone in assessment and in course, structure only, for the contact point (FM-NCP-1). */
export const overviewPage = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const drawn = await found(call, call.query);
  return 'kind' in drawn ? drawn : draw(call, drawn, filled);
};

/** *Vis navne* for the cases of the page, once: the same list with their names. What it is narrowed to comes with the form and stands in no address. */
export const overviewNames = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const drawn = await found(call, (call.body ?? {}) as Readonly<Record<string, unknown>>);
  if ('kind' in drawn) return drawn;
  if (drawn.wrong.length > 0) return draw(call, drawn, filled);
  const shown = await showOverviewNames(call.house, call.visitor.token, drawn.overview.rows.map((row) => row.case_id));
  return 'kind' in shown ? shown : draw(call, { ...drawn, shown }, filled);
};
