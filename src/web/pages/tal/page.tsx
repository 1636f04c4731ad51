import { refusedBy } from '../../../app/house.js';
import { nationalFigures } from '../../../app/statistics.js';
import { breakdown, type BreakdownRow, type Dimension, DIMENSIONS, isDimension } from '../../../domain/statistics/breakdown.js';
import { OFFICIAL_LINES, type OfficialFigures } from '../../../domain/statistics/official.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Bars } from '../../ui/bars.js';
import { Empty } from '../../ui/empty.js';
import { PageHead, Section } from '../../ui/layout.js';
import { type Column, Table } from '../../ui/table.js';
import { signedInPage } from '../signed-in-page.js';
import { StillFilling } from '../still-filling.js';
import { DeletionsLink, leadsToDeletions } from '../slettede-sager/link.js';
import { publishedPage } from './published-page.js';
import { FigurePages, PeriodForm, readPeriod, sourceOf } from './period.js';

const inDanish = (n: number): string => n.toLocaleString('da-DK');

/** The table of S4, exactly, and refusals in a row of their own. */
export const OfficialTable = ({ figures, source }: { readonly figures: OfficialFigures; readonly source: string }) => (
  <Table caption="De officielle tal" quietCaption rows={OFFICIAL_LINES} rowKey={(line) => line.key} phone="stack" source={source}
    columns={[
      { label: 'Opgørelse', cell: (line) => line.label },
      { label: 'Antal', align: 'right', cell: (line) => inDanish(line.total(figures)) },
      { label: 'Heraf registreret igen', align: 'right', cell: (line) => (line.again === undefined ? '' : inDanish(line.again(figures))) },
    ]} />
);

const running = ({ figures }: BreakdownRow): number => figures.runningCourses + figures.runningAssessments;
const partColumns = (label: string): readonly Column<BreakdownRow>[] => [
  { label, cell: (row) => row.label },
  ...OFFICIAL_LINES.map((line): Column<BreakdownRow> => ({
    label: line.label, align: 'right',
    cell: ({ figures }) => `${inDanish(line.total(figures))}${line.again === undefined || line.again(figures) === 0 ? '' : ` (${inDanish(line.again(figures))})`}`,
  })),
];
/** More bars than this are no picture. */
const MOST_BARS = 15;

const Parts = ({ rows, dimension, source }: { readonly rows: readonly BreakdownRow[]; readonly dimension: Dimension; readonly source: string }) => {
  const chosen = DIMENSIONS.find(({ value }) => value === dimension) ?? DIMENSIONS[0];
  return (
    <Section id="fordelt" title={chosen.title}>
      {rows.length === 0 ? <Empty title="Der er ingen sager i perioden." /> : (
        <>
          {rows.length <= MOST_BARS && <Bars title="Igangværende exitforløb og visitationer tilsammen" bars={rows.map((row) => ({ label: row.label, value: running(row), text: inDanish(running(row)) }))} />}
          <Table caption={`${chosen.title}: de officielle tal`} quietCaption rows={rows} rowKey={(row) => row.value ?? ''} phone="stack" compact class="figures--parts" columns={partColumns(chosen.label)}
            source={`${source} I parentes: heraf registreret igen.${dimension === 'measure' ? ' En sag med flere tiltag står ved hvert af dem, så rækkerne kan ikke lægges sammen.' : ''}`} />
        </>
      )}
    </Section>
  );
};

/** The official figures for any period and day, as they are known now or were then, and along one dimension (FM-STA-1 to FM-STA-4). */
export const figures = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  // That there are figures is no secret. What is published of them is for everybody, the rest for the contact point.
  if (!call.visitor.functions.includes('contact_point')) return publishedPage(call);
  const asked = call.query['fordelt'] ?? '';
  const dimension: Dimension = isDimension(asked) ? asked : 'unit';
  const period = readPeriod(call, { wrong: asked === '' || isDimension(asked) ? [] : [{ name: 'fordelt', message: 'Fordelt på: Den fordeling findes ikke. Vælg en fra listen.' }] });
  const { drawing } = period;
  try {
    const drawn = drawing && (await nationalFigures(call.house, call.visitor.token, drawing));
    const deletions = await leadsToDeletions(call);
    return signedInPage(call, { title: drawing ? 'Tal' : 'Fejl: Tal', place: 'Tal', ...(drawing ? {} : { status: 422 }) }, (
      <>
        <PageHead title="Tal">
          <p class="muted">Hver sag tælles én gang. Frihed og fængsel tælles sammen. Tallene er kun kontaktpunktets: vis dem ikke videre, før små tal er skjult.</p>
        </PageHead>
        <FigurePages current="figures" period={period} />
        <StillFilling share={filled()} />
        <PeriodForm period={period} action={paths.figures()} choice={{ name: 'fordelt', label: 'Fordelt på', value: dimension, options: DIMENSIONS }} />
        {drawing && drawn && (
          <>
            <Section id="officielle" title="De officielle tal"><OfficialTable figures={drawn.figures} source={sourceOf(drawing)} /></Section>
            <Parts rows={breakdown(drawn.cells, dimension)} dimension={dimension} source={sourceOf(drawing)} />
          </>
        )}
        <p class="no-print">En fil til deling: <a href={paths.publish()}>offentliggør tallene</a>, så små tal bliver skjult. Der er ingen fil med de fulde tal.</p>
        <p class="tools no-print"><a href={paths.reRegistration()}>Registrér, at en person er registreret igen</a></p>
        <DeletionsLink shown={deletions} />
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};
