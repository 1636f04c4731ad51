import { refusedBy } from '../../../app/house.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { wholePercent } from '../../../domain/statistics/share.js';
import { type FollowUpCount, missing, type Step, STEPS, type StepTime, type Times } from '../../../domain/statistics/times.js';
import { nationalTimes } from '../../../store/figures.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Bars } from '../../ui/bars.js';
import { Empty } from '../../ui/empty.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { signedInPage } from '../signed-in-page.js';
import { StillFilling } from '../still-filling.js';
import { FigurePages, PeriodForm, periodQuery, readPeriod, sourceOf } from './period.js';

const COUNTRY = 'Hele landet';
const placeOf = (unit: string | null): string => (unit === null ? COUNTRY : unitName(unit));
/** The whole country first, then the units by name. */
const inOrder = <Row extends { readonly unit: string | null }>(rows: readonly Row[]): readonly Row[] => {
  const { compare } = new Intl.Collator('da');
  return [...rows].sort((a, b) => (a.unit === null ? -1 : b.unit === null ? 1 : compare(placeOf(a.unit), placeOf(b.unit))));
};
const days = (n: number): string => `${Math.round(n).toLocaleString('da-DK')} ${Math.round(n) === 1 ? 'dag' : 'dage'}`;
const percent = (part: number, whole: number): string => (whole === 0 ? '' : `${wholePercent(part, whole)} %`);

const StepSection = ({ step, label, times, source }: { readonly step: Step; readonly label: string; readonly times: readonly StepTime[]; readonly source: string }) => {
  const rows = inOrder(times.filter((one) => one.step === step));
  return (
    <Section id={step} title={label}>
      {rows.length === 0 ? <Empty title="Ingen sager nåede så langt i perioden." /> : (
        <>
          <Bars title={`${label}, median og den midterste halvdel, i dage`} bars={rows.map((row) => ({ label: placeOf(row.unit), value: row.median, text: String(Math.round(row.median)), spread: [row.lowerQuartile, row.upperQuartile] }))} />
          <Table caption={`${label}, i dage`} quietCaption rows={rows} rowKey={(row) => row.unit ?? ''} phone="stack" compact source={`${source} Halvdelen af sagerne tog mellem nedre og øvre kvartil.`}
            columns={[
              { label: 'Enhed', cell: (row) => placeOf(row.unit) },
              { label: 'Sager', align: 'right', cell: (row) => row.n.toLocaleString('da-DK') },
              { label: 'Nedre kvartil', align: 'right', cell: (row) => days(row.lowerQuartile) },
              { label: 'Median', align: 'right', cell: (row) => days(row.median) },
              { label: 'Øvre kvartil', align: 'right', cell: (row) => days(row.upperQuartile) },
            ]} />
        </>
      )}
    </Section>
  );
};

const FollowUps = ({ rows, source }: { readonly rows: readonly FollowUpCount[]; readonly source: string }) => (
  <Section id="opfoelgninger" title="Opfølgninger til tiden">
    {rows.length === 0 ? <Empty title="Der skulle ikke holdes opfølgninger i perioden." /> : (
      <Table caption="Opfølgninger, der skulle holdes i perioden" quietCaption rows={inOrder(rows)} rowKey={(row) => row.unit ?? ''} phone="stack" compact source={`${source} Til tiden er senest den aftalte dag.`}
        columns={[
          { label: 'Enhed', cell: (row) => placeOf(row.unit) },
          { label: 'Skulle holdes', align: 'right', cell: (row) => row.due.toLocaleString('da-DK') },
          { label: 'Til tiden', align: 'right', cell: (row) => `${row.onTime.toLocaleString('da-DK')} (${percent(row.onTime, row.due)})` },
          { label: 'For sent', align: 'right', cell: (row) => row.late.toLocaleString('da-DK') },
          { label: 'Ikke holdt', align: 'right', cell: (row) => missing(row).toLocaleString('da-DK') },
        ]} />
    )}
  </Section>
);

const Drawn = ({ times, source, corrections }: { readonly times: Times; readonly source: string; readonly corrections: string }) => (
  <>
    {STEPS.map(({ value, label }) => <StepSection key={value} step={value} label={label} times={times.steps} source={source} />)}
    <FollowUps rows={times.followUps} source={source} />
    <p class="muted">{'Hvad der er registreret bagefter og har ændret tider eller opfølgninger, er ikke skrevet op enkeltvis; det er kun sene rettelser af de officielle tal, under '}<a href={corrections}>Sammenlign og rettelser</a>.</p>
  </>
);

/** How long the steps of the framework took, and follow-ups held on time, unit by unit (FM-STA-2, FM-NCP-7). */
export const times = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const period = readPeriod(call);
  const { drawing } = period;
  try {
    const drawn = drawing && (await nationalTimes(call.house.web, call.visitor.token, drawing));
    return signedInPage(call, { title: drawing ? 'Tider og opfølgning' : 'Fejl: Tider og opfølgning', place: 'Tal', within: true, ...(drawing ? {} : { status: 422 }) }, (
      <>
        <PageHead title="Tider og opfølgning">
          <p class="muted">Hvor længe trinnene tog i de sager, der nåede dem i perioden, hos den enhed, der havde sagen da. Tallene er kun kontaktpunktets.</p>
        </PageHead>
        <FigurePages current="times" period={period} />
        <StillFilling share={filled()} />
        <PeriodForm period={period} action={paths.figureTimes()} />
        {drawing && drawn && <Drawn times={drawn} source={sourceOf(drawing)} corrections={`${paths.figureCompare()}?${new URLSearchParams(periodQuery(period)).toString()}`} />}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};
