import { FIGURES, keyOf, TABLE_ROWS, type TableId } from '../../../domain/statistics/published-figures.js';
import type { Publication } from '../../../domain/statistics/publication.js';
import { noteOf, remarksOnAll, tablesOf, type WrittenNumber, type WrittenTable } from '../../../domain/statistics/publication-words.js';
import { Bars } from '../../ui/bars.js';
import { SubmitButton } from '../../ui/buttons.js';
import { FormScope } from '../../ui/field-id.js';
import { Fold } from '../../ui/fold.js';
import { Hidden, Select } from '../../ui/form.js';
import { Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { TileMap, type TileValue } from '../../ui/tile-map.js';

/** A figure that pictures are drawn of: those that every table has. */
export const PICTURED = FIGURES.filter(({ id }) => !id.endsWith('-re-registered'));
type Pictured = (typeof PICTURED)[number];
export const picturedOf = (asked: string | undefined): Pictured => PICTURED.find(({ id }) => id === asked) ?? FIGURES[0];

export const Numeral = ({ number: { text, spoken } }: { readonly number: WrittenNumber }) =>
  spoken === undefined ? <>{text}</> : (
    <>
      <span aria-hidden="true">{text}</span>
      <span class="sr-only">{spoken}</span>
    </>
  );

/** One row of a table, figure by figure. */
export const RowTable = ({ table, row, source }: { readonly table: WrittenTable; readonly row: WrittenTable['rows'][number]; readonly source: string }) => (
  <Table caption={row.label} quietCaption phone="stack" class="figures--official" source={source} rowKey={(line) => line.label}
    rows={table.columns.flatMap((label, nth) => (row.numbers[nth] === undefined ? [] : [{ label, number: row.numbers[nth] }]))}
    columns={[{ label: 'Opgørelse', cell: (line) => line.label }, { label: 'Antal', align: 'right', cell: (line) => <Numeral number={line.number} /> }]} />
);

const Whole = ({ table, source }: { readonly table: WrittenTable; readonly source: string }) => (
  <Table caption={`${table.caption}: alle tal`} quietCaption phone="stack" wide compact class="figures--parts" rows={table.rows} rowKey={(row) => row.label} source={source}
    columns={[
      { label: table.heading, cell: (row) => row.label },
      ...table.columns.map((label, nth) => ({ label, align: 'right' as const, cell: (row: WrittenTable['rows'][number]) => row.numbers[nth] && <Numeral number={row.numbers[nth]} /> })),
    ]} />
);

/** The first number of each shade: nothing below five is shown. */
const STEPS = [5, 10, 20] as const;
const wordsOf = ({ label }: Pictured): string => label.toLocaleLowerCase('da-DK');
const saidOf = (value: TileValue): string => (value === 'hidden' ? 'skjult' : value.toLocaleString('da-DK'));

const bars = (publication: Publication, table: TableId, figure: Pictured) => TABLE_ROWS[table].rows.map(({ value, label }) => {
  const n = publication.numbers[keyOf(figure.id, table, value)] ?? null;
  return { label, value: n ?? 0, text: saidOf(n ?? 'hidden') };
});

const Where = ({ publication, table, figure, source }: { readonly publication: Publication; readonly table: WrittenTable; readonly figure: Pictured; readonly source: string }) => (
  <Section id="municipality" title={table.caption}>
    <p class="chart-title wide-only">{`${table.caption}: ${wordsOf(figure)}`}</p>
    <TileMap label={`${figure.label}: Danmark som fliser, én for hver af de 98 kommuner, samlet i 12 politikredse. Tallene står også i tabellen.`} steps={STEPS} say={saidOf}
      values={new Map(TABLE_ROWS.municipality.rows.map(({ value }) => [value, publication.numbers[keyOf(figure.id, 'municipality', value)] ?? 'hidden']))} />
    <Fold summary="Vis kommunerne som tabel"><Whole table={table} source={source} /></Fold>
  </Section>
);

interface TablesProps {
  readonly publication: Publication;
  readonly figure: Pictured;
  /** The page itself, asked for another figure; and what else its address says. */
  readonly action: string;
  readonly keep?: Readonly<Record<string, string>>;
}

/** Every table of a publication, with its pictures, as everybody sees it (FM-STA-2, FM-STA-4). */
export const PublicationTables = ({ publication, figure, action, keep = {} }: TablesProps) => {
  const tables = tablesOf(publication);
  const source = noteOf(publication);
  return (
    <>
      {tables.filter(({ id }) => id === 'country').map((table) => (
        <Section key={table.id} id={table.id} title={table.caption}>{table.rows.map((row) => <RowTable key={row.label} table={table} row={row} source={source} />)}</Section>
      ))}
      <form method="get" action={action} class="filters wide-only no-print">
        {Object.entries(keep).map(([name, value]) => <Hidden key={name} name={name} value={value} />)}
        <FormScope.Provider value="vis">
          <Select name="vis" label="Vis på kortet og i søjlerne" value={figure.id} options={PICTURED.map(({ id, label }) => ({ value: id, label }))} />
        </FormScope.Provider>
        <SubmitButton kind="secondary">Vis</SubmitButton>
      </form>
      {tables.filter(({ id }) => id !== 'country').map((table) => (table.id === 'municipality'
        ? <Where key={table.id} publication={publication} table={table} figure={figure} source={source} />
        : (
          <Section key={table.id} id={table.id} title={table.caption}>
            <Bars title={`${table.caption}: ${wordsOf(figure)}`} bars={bars(publication, table.id, figure)} />
            <Whole table={table} source={source} />
          </Section>
        )))}
      <Section id="laesevejledning" title="Sådan læses tallene">
        <ul>
          <li>{`– betyder, at tallet er skjult: det er under ${publication.threshold}, eller det kan bruges til at regne et så lille tal ud.`}</li>
          {remarksOnAll(publication).map((remark) => <li key={remark}>{remark}</li>)}
        </ul>
      </Section>
    </>
  );
};
