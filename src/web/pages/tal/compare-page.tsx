import { refusedBy } from '../../../app/house.js';
import { nationalFigures, periodFaults } from '../../../app/statistics.js';
import { addDays, copenhagenDate, formatDate, type Instant, instantOf, knownDate, type PlainDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { OFFICIAL_LINES, type OfficialFigures } from '../../../domain/statistics/official.js';
import type { Correction } from '../../../domain/statistics/times.js';
import { type Drawing, nationalCorrections } from '../../../store/figures.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { periodEnd } from '../period-end.js';
import { signedInPage } from '../signed-in-page.js';
import { FigurePages, type Period, PeriodForm, readPeriod, sourceOf, StillFilling } from './period.js';

/** The same day a year before. */
const yearBefore = (day: PlainDate): PlainDate => {
  const year = String(Number(day.slice(0, 4)) - 1);
  return knownDate(`${year}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`);
};
const signed = (n: number): string => (n > 0 ? `+${n.toLocaleString('da-DK')}` : n === 0 ? '0' : `−${Math.abs(n).toLocaleString('da-DK')}`);

const Compared = ({ now, before, asOf, other, source }: { readonly now: OfficialFigures; readonly before: OfficialFigures; readonly asOf: PlainDate; readonly other: PlainDate; readonly source: string }) => (
  <Section id="sammenlignet" title="De to dage ved siden af hinanden">
    <Table caption={`${formatDate(other)} og ${formatDate(asOf)}`} quietCaption rows={OFFICIAL_LINES} rowKey={(line) => line.key} phone="stack" source={source}
      columns={[
        { label: 'Opgørelse', cell: (line) => line.label },
        { label: formatDate(other), align: 'right', cell: (line) => line.total(before).toLocaleString('da-DK') },
        { label: formatDate(asOf), align: 'right', cell: (line) => line.total(now).toLocaleString('da-DK') },
        { label: 'Forskel', align: 'right', cell: (line) => signed(line.total(now) - line.total(before)) },
      ]} />
  </Section>
);

const STANDS: Readonly<Record<string, string>> = {
  inquiry: 'henvendelse', assessment: 'visitation', accepted: 'optaget', course: 'forløb', completed: 'gennemført', interrupted: 'afbrudt', 'assessment-interrupted': 'afbrudt visitation',
  refused: 'afslag', 'inquiry-closed': 'lukket henvendelse', duplicate: 'dobbelt', 'completed-re-registered': 'gennemført, registreret igen', 'interrupted-re-registered': 'afbrudt, registreret igen',
};
const stands = (state: string | null): string => (state === null ? 'ikke talt' : (STANDS[state] ?? state));
const whatChanged = ({ was, is, otherFacts }: Correction): string => (was === is ? (otherFacts ? 'Andre oplysninger om sagen' : 'Enheden') : `Fra ${stands(was)} til ${stands(is)}`);
const unitsOf = ({ wasUnit, isUnit }: Correction): string =>
  wasUnit !== null && isUnit !== null && wasUnit !== isUnit ? `${unitName(wasUnit)} → ${unitName(isUnit)}` : unitName(isUnit ?? wasUnit ?? '');

const Corrections = ({ rows, since }: { readonly rows: readonly Correction[]; readonly since: PlainDate }) => (
  <Section id="rettelser" title="Registreret bagefter" count={rows.length}>
    <p>{rows.length === 0
      ? `Intet er registreret efter ${formatDate(since)}, som ændrer tallene for perioden. De er de samme, som da de blev opgjort.`
      : `Det her er registreret efter ${formatDate(since)} og ændrer tallene for perioden. Sagerne nævnes ikke.`}</p>
    {rows.length > 0 && (
      <Table caption="Sene rettelser" quietCaption rows={rows.map((row, nth) => ({ ...row, nth }))} rowKey={(row) => String(row.nth)} phone="stack" compact
        columns={[
          { label: 'Registreret', cell: (row) => formatDate(knownDate(row.recordedOn)) },
          { label: 'Ændring', cell: whatChanged },
          { label: 'Enhed', cell: unitsOf },
        ]} />
    )}
  </Section>
);

/** The moment the corrections are counted from: the one that was asked for, or when the last day was over. */
const drawnFirst = ({ drawn }: Period, { asOf, drawnAt }: Drawing): Instant => {
  const end = instantOf(addDays(asOf, 1), 0, 0);
  return drawn.day !== undefined || drawnAt < end ? drawnAt : end;
};

/** The day it is compared with, as it was typed; a year before when nothing is. */
const otherDay = ({ query, now }: SignedInCall, { drawing }: Period): { readonly typed: string; readonly day?: PlainDate; readonly wrong?: string } => {
  const { typed, day, fault } = periodEnd(query['med'], drawing && yearBefore(drawing.asOf));
  const wrong = fault ?? periodFaults(drawing && day !== undefined && query['med'] !== undefined ? drawing.from : undefined, day, copenhagenDate(now)).asOf;
  return { typed, ...(wrong === undefined ? { ...(day === undefined ? {} : { day }) } : { wrong }) };
};

/** Two days beside one another, and what was recorded after the figures were drawn first (FM-STA-3). */
export const compare = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const { house, visitor, now } = call;
  const asked = readPeriod(call);
  const other = otherDay(call, asked);
  const period: Period = other.wrong === undefined ? asked : { ...asked, errors: [...asked.errors, { name: 'med', message: `Sammenlign med: ${other.wrong}` }] };
  const drawing = period.errors.length === 0 ? period.drawing : undefined;
  try {
    const drawn = drawing && other.day !== undefined ? await compared(call, drawing, other.day) : undefined;
    const since = drawing && drawnFirst(period, drawing);
    const late = drawing && since ? await nationalCorrections(house.web, visitor.token, { ...drawing, drawnAt: since }, now) : [];
    return signedInPage(call, { title: drawing ? 'Sammenlign tal' : 'Fejl: Sammenlign tal', place: 'Tal', within: true, ...(drawing ? {} : { status: 422 }) }, (
      <>
        <PageHead title="Sammenlign og rettelser">
          <p class="muted">Tallene for perioden ved siden af dem for en anden slutdag, og det, der er registreret bagefter.</p>
        </PageHead>
        <FigurePages current="compare" period={period} />
        <StillFilling share={filled()} />
        <PeriodForm period={period} action={paths.figureCompare()} also={{ name: 'med', label: 'Sammenlign med dagen', value: other.typed }} />
        {drawing && drawn && other.day !== undefined && <Compared now={drawn.now} before={drawn.before} asOf={drawing.asOf} other={other.day} source={sourceOf(drawing)} />}
        {drawing && since && <Corrections rows={late} since={copenhagenDate(since)} />}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};

async function compared({ house, visitor }: SignedInCall, drawing: Drawing, other: PlainDate): Promise<{ readonly now: OfficialFigures; readonly before: OfficialFigures }> {
  const { figures: now } = await nationalFigures(house, visitor.token, drawing);
  const { figures: before } = await nationalFigures(house, visitor.token, { ...drawing, from: drawing.from < other ? drawing.from : other, asOf: other });
  return { now, before };
}
