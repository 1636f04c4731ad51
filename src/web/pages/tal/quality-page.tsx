import { refusedBy } from '../../../app/house.js';
import { type Practice, practiceOf } from '../../../domain/statistics/practice.js';
import { nationalTimes } from '../../../store/figures.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { signedInPage } from '../signed-in-page.js';
import { StillFilling } from '../still-filling.js';
import { FigurePages, PeriodForm, readPeriod, sourceOf } from './period.js';
import { Numeral } from './published-tables.js';

type Told = number | null | undefined;
const Value = ({ of, unit }: { readonly of: Told; readonly unit: (n: number) => string }) => (of === null ? <Numeral number={{ n: null, text: '–', spoken: 'for få' }} /> : of === undefined ? null : <>{unit(of)}</>);
const days = (n: number): string => `${n.toLocaleString('da-DK')} ${n === 1 ? 'dag' : 'dage'}`;
const percent = (n: number): string => `${n} %`;

/** Each column, with what it says and what it does not. */
const COLUMNS: readonly { readonly label: string; readonly of: (row: Practice) => Told; readonly unit: (n: number) => string; readonly says: string }[] = [
  { label: 'Dage til afgørelse', of: (row) => row.toDecision, unit: days, says: 'Halvdelen af sagerne fik en afgørelse hurtigere, regnet fra henvendelsen. En lang tid kan være grundighed, en høring eller en kandidat, der tøvede: den siger ikke, om afgørelsen var rigtig.' },
  { label: 'Dage til exitaftale', of: (row) => row.toAgreement, unit: days, says: 'Fra kandidaten blev optaget, til aftalen var indgået, i den midterste sag. Den siger ikke, hvad aftalen indeholder, eller hvem der blev ventet på.' },
  { label: 'Opfølgninger til tiden', of: (row) => row.onTime, unit: percent, says: 'Andelen holdt senest den aftalte dag. Den siger ikke, hvad opfølgningen førte til.' },
  { label: 'Opfølgninger ikke holdt', of: (row) => row.notHeld, unit: percent, says: 'Andelen, der ikke er noteret som holdt. Den kan også være holdt, men ikke skrevet ind.' },
];

const Units = ({ rows, source }: { readonly rows: readonly Practice[]; readonly source: string }) => (
  <Section id="enheder" title="Enhed for enhed">
    <Table caption="Enhederne ved siden af hinanden" quietCaption rows={rows} rowKey={(row) => row.unit ?? ''} phone="stack" compact source={source}
      columns={[
        { label: 'Enhed', cell: (row) => row.label },
        ...COLUMNS.map(({ label, of, unit }) => ({ label, align: 'right' as const, cell: (row: Practice) => <Value of={of(row)} unit={unit} /> })),
      ]} />
    <p>– betyder, at der er færre end fem at bygge på. Et tomt felt betyder, at der ikke var nogen.</p>
  </Section>
);

/** How the units' practice differs, from structure alone, with small numbers left out (FM-NCP-7). A question to ask, no mark. */
export const quality = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const period = readPeriod(call);
  const { drawing } = period;
  try {
    const drawn = drawing && (await nationalTimes(call.house.web, call.visitor.token, drawing));
    return signedInPage(call, { title: drawing ? 'Kvalitet' : 'Fejl: Kvalitet', place: 'Tal', within: true, ...(drawing ? {} : { status: 422 }) }, (
      <>
        <PageHead title="Kvalitet">
          <p class="muted">Hvor enhedernes praksis er forskellig. Tallene er noget at spørge til, ikke en karakter: de bygger på datoer alene, og ingen sag åbnes for dem.</p>
        </PageHead>
        <FigurePages current="quality" period={period} />
        <StillFilling share={filled()} />
        <PeriodForm period={period} action={paths.figureQuality()} />
        {drawing && drawn && <Units rows={practiceOf(drawn)} source={sourceOf(drawing)} />}
        <Section id="siger" title="Hvad tallene siger">
          <dl>{COLUMNS.map(({ label, says }) => <div key={label}><dt><strong>{label}</strong></dt><dd>{says}</dd></div>)}</dl>
        </Section>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};
