import { comparedFigures, otherPeriod, type Span, usualOther } from '../../../app/compared-figures.js';
import { refusedBy } from '../../../app/house.js';
import { drawnFault, periodFaults } from '../../../app/statistics.js';
import { addDays, copenhagenDate, formatDate, type Instant, instantOf, knownDate, type PlainDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { lastDayBy, periodWords } from '../../../domain/statistics/period-words.js';
import { OFFICIAL_LINES, type OfficialFigures } from '../../../domain/statistics/official.js';
import type { Correction } from '../../../domain/statistics/times.js';
import { type Corrections, type Drawing, nationalCorrections } from '../../../store/figures.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import type { FormError } from '../../ui/error-summary.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { periodEnd } from '../period-end.js';
import { signedInPage } from '../signed-in-page.js';
import { StillFilling } from '../still-filling.js';
import { FigurePages, type Period, PeriodForm, readPeriod, sourceOf } from './period.js';

const signed = (n: number): string => (n > 0 ? `+${n.toLocaleString('da-DK')}` : n === 0 ? '0' : `−${Math.abs(n).toLocaleString('da-DK')}`);

interface ComparedProps {
  readonly now: OfficialFigures;
  readonly before: OfficialFigures;
  readonly drawing: Drawing;
  /** The period it is compared with. */
  readonly other: Span;
}

const Compared = ({ now, before, drawing, other }: ComparedProps) => (
  <Section id="sammenlignet" title="De to perioder ved siden af hinanden">
    <Table caption={`${periodWords(other)} og ${periodWords(drawing)}`} quietCaption rows={OFFICIAL_LINES} rowKey={(line) => line.key} phone="stack" source={`${sourceOf(drawing)} Ved siden af: ${periodWords(other)}, opgjort samtidig.`}
      columns={[
        { label: 'Opgørelse', cell: (line) => line.label },
        { label: periodWords(other), align: 'right', cell: (line) => line.total(before).toLocaleString('da-DK') },
        { label: periodWords(drawing), align: 'right', cell: (line) => line.total(now).toLocaleString('da-DK') },
        { label: 'Forskel', align: 'right', cell: (line) => signed(line.total(now) - line.total(before)) },
      ]} />
  </Section>
);

const STANDS: Readonly<Record<string, string>> = {
  inquiry: 'henvendelse', assessment: 'visitation', accepted: 'optaget', course: 'forløb', completed: 'gennemført', interrupted: 'afbrudt', 'assessment-interrupted': 'afbrudt visitation',
  refused: 'afslag', 'inquiry-closed': 'lukket henvendelse', duplicate: 'dobbelt', 'completed-re-registered': 'gennemført, registreret igen', 'interrupted-re-registered': 'afbrudt, registreret igen',
};
const stands = (state: string | null): string => (state === null ? 'ikke talt' : (STANDS[state] ?? state));
const whatChanged = ({ was, is, wasUnit, isUnit, otherFacts }: Correction): string => [
  ...(was === is ? [] : [`Fra ${stands(was)} til ${stands(is)}`]), ...(was !== null && is !== null && wasUnit !== isUnit ? ['Anden enhed'] : []), ...(otherFacts ? ['Andre oplysninger om sagen'] : []),
].join('. ');
const unitsOf = ({ wasUnit, isUnit }: Correction): string =>
  wasUnit !== null && isUnit !== null && wasUnit !== isUnit ? `${unitName(wasUnit)} → ${unitName(isUnit)}` : unitName(isUnit ?? wasUnit ?? '');

const Late = ({ corrections: { total, rows }, since }: { readonly corrections: Corrections; readonly since: PlainDate }) => (
  <Section id="rettelser" title="Registreret bagefter" count={total}>
    <p>{total === 0
      ? `Intet er registreret efter ${formatDate(since)}, som ændrer de officielle tal for perioden.`
      : `Det her er registreret efter ${formatDate(since)} og ændrer de officielle tal for perioden. Sagerne nævnes ikke.${total > rows.length ? ` De seneste ${rows.length} vises.` : ''}`}</p>
    <p>Rettelser, der kun ændrer tider eller opfølgninger, står ikke her.</p>
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

/** The day it is compared with, as it was typed; a year before when nothing is, where there were figures then. */
const otherDay = ({ query, now }: SignedInCall, { drawing }: Period): { readonly typed: string; readonly day?: PlainDate; readonly wrong?: string } => {
  const { typed, day, fault } = periodEnd(query['med'], drawing && usualOther(drawing, copenhagenDate(now)));
  const wrong = fault ?? periodFaults(day, undefined, copenhagenDate(now)).from;
  return { typed, ...(wrong === undefined ? { ...(day === undefined ? {} : { day }) } : { wrong }) };
};

/** What is wrong with the other period, at its field: its day, or that the figures are drawn as of a day before it was over, as of the period itself. */
const otherErrors = ({ now }: SignedInCall, { drawn, errors }: Period, { day, wrong }: ReturnType<typeof otherDay>): readonly FormError[] => {
  const early = errors.some(({ name }) => name === 'opgjort') ? undefined : drawnFault(drawn.day, day, copenhagenDate(now));
  return [...(early === undefined ? [] : [{ name: 'opgjort', message: `Som opgjort den: ${early}` }]), ...(wrong === undefined ? [] : [{ name: 'med', message: `Sammenlign med: ${wrong}` }])];
};

/** Two periods beside one another, and what was recorded after the figures were drawn first (FM-STA-3). */
export const compare = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const { house, visitor, now } = call;
  const asked = readPeriod(call);
  const beside = otherDay(call, asked);
  const { typed, day } = beside;
  const period: Period = { ...asked, errors: [...asked.errors, ...otherErrors(call, asked, beside)] };
  const drawing = period.errors.length === 0 ? period.drawing : undefined;
  const other = drawing && day !== undefined ? otherPeriod(drawing, day, copenhagenDate(now)) : undefined;
  try {
    const compared = drawing && (await comparedFigures(house, visitor.token, drawing, other));
    const since = drawing && drawnFirst(period, drawing);
    const late = drawing && since && (await nationalCorrections(house.web, visitor.token, { ...drawing, drawnAt: since }, now));
    return signedInPage(call, { title: drawing ? 'Sammenlign tal' : 'Fejl: Sammenlign tal', place: 'Tal', within: true, ...(drawing ? {} : { status: 422 }) }, (
      <>
        <PageHead title="Sammenlign og rettelser">
          <p class="muted">Tallene for perioden ved siden af dem for en anden slutdag, og det, der er registreret bagefter.</p>
        </PageHead>
        <FigurePages current="compare" period={period} />
        <StillFilling share={filled()} />
        <PeriodForm period={period} action={paths.figureCompare()} also={{ name: 'med', label: 'Sammenlign med dagen', value: typed }} />
        {drawing && compared && 'before' in compared && <Compared now={compared.now} before={compared.before} drawing={drawing} other={compared.other} />}
        {since && late && <Late corrections={late} since={lastDayBy(since)} />}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};
