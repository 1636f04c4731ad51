import type { Practice } from '../../../domain/statistics/practice.js';
import { Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { Numeral } from './published-tables.js';

type Told = number | null | undefined;
const Value = ({ of, unit }: { readonly of: Told; readonly unit: (n: number) => string }) => (of === null ? <Numeral number={{ n: null, text: '–', spoken: 'for få' }} /> : of === undefined ? null : <>{unit(of)}</>);
const days = (n: number): string => `${n.toLocaleString('da-DK')} ${n === 1 ? 'dag' : 'dage'}`;
const percent = (n: number): string => `${n} %`;

/** A column of what is told of practice. */
export interface PracticeColumn {
  readonly label: string;
  readonly of: (row: Practice) => Told;
  readonly unit: (n: number) => string;
  readonly says: string;
}
/** Each column, with what it says and what it does not (FM-NCP-7). */
export const TIMELINESS: readonly PracticeColumn[] = [
  { label: 'Dage til afgørelse', of: (row) => row.toDecision, unit: days, says: 'Halvdelen af sagerne fik en afgørelse hurtigere, regnet fra henvendelsen. En lang tid kan være grundighed, en høring eller en kandidat, der tøvede: den siger ikke, om afgørelsen var rigtig.' },
  { label: 'Dage til exitaftale', of: (row) => row.toAgreement, unit: days, says: 'Fra kandidaten blev optaget, til aftalen var indgået, i den midterste sag. Den siger ikke, hvad aftalen indeholder, eller hvem der blev ventet på.' },
  { label: 'Opfølgninger til tiden', of: (row) => row.onTime, unit: percent, says: 'Andelen holdt senest den aftalte dag. Den siger ikke, hvad opfølgningen førte til.' },
  { label: 'Opfølgninger ikke holdt', of: (row) => row.notHeld, unit: percent, says: 'Andelen, der ikke er noteret som holdt. Den kan også være holdt, men ikke skrevet ind.' },
];
/** Of the courses that run at the end of the period. */
export const COMPLETENESS: readonly PracticeColumn[] = [
  { label: 'Oplysninger mangler', of: (row) => row.lacking, unit: percent, says: 'Andelen af de igangværende forløb, hvor kategori, alder eller (for dem i frihed) kommune ikke er kendt. Den siger ikke, om enheden ved det, kun om det er skrevet ind, hvor det kan tælles.' },
  { label: 'Ingen kommende opfølgning', of: (row) => row.unplanned, unit: percent, says: 'Andelen uden en opfølgning den dag eller senere. En opfølgning kan være forsinket og ikke flyttet endnu; den siger ikke, at ingen taler med kandidaten.' },
  { label: 'Intet tiltag sat i gang', of: (row) => row.unmeasured, unit: percent, says: 'Andelen, hvor intet tiltag er noteret som sat i gang. Den siger ikke, om der er brug for et, eller om det er bevilget og venter.' },
];

interface Shown {
  readonly rows: readonly Practice[];
  readonly source: string;
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly columns: readonly PracticeColumn[];
}

/** Units, or one unit and the country, beside one another. */
export const PracticeTable = ({ rows, source, id, title, caption, columns }: Shown) => (
  <Section id={id} title={title}>
    <Table caption={caption} quietCaption rows={rows} rowKey={(row) => row.unit ?? ''} phone="stack" compact source={source}
      columns={[
        { label: 'Enhed', cell: (row) => row.label },
        ...columns.map(({ label, of, unit }) => ({ label, align: 'right' as const, cell: (row: Practice) => <Value of={of(row)} unit={unit} /> })),
      ]} />
    <p>– betyder, at der er færre end fem at bygge på. Et tomt felt betyder, at der ikke var nogen.</p>
  </Section>
);

/** What each column says, and what it does not. */
export const WhatTheySay = () => (
  <Section id="siger" title="Hvad tallene siger">
    <dl>{[...TIMELINESS, ...COMPLETENESS].map(({ label, says }) => <div key={label}><dt><strong>{label}</strong></dt><dd>{says}</dd></div>)}</dl>
  </Section>
);
