import { ownRowOf } from '../../../app/own-figures.js';
import { type ExpectedRanges, expectedInWords } from '../../../domain/statistics/expected-cases.js';
import { TABLE_ROWS } from '../../../domain/statistics/published-figures.js';
import { noteOf, tablesOf } from '../../../domain/statistics/publication-words.js';
import type { ReadPublication } from '../../../store/publications.js';
import type { Visitor } from '../../visitor.js';
import { Section } from '../../ui/layout.js';
import { RowTable } from './published-tables.js';

const Expected = ({ expected, municipality }: { readonly expected: ExpectedRanges; readonly municipality: string }) => {
  const { said, why } = expectedInWords(expected, municipality);
  return (
    <Section id="ventet" title={`Nye sager, I kan vente i ${expected.year}`}>
      <p class="big">{said}</p>
      <p class="muted">{why}</p>
    </Section>
  );
};

/** What is published of the reader's own, before everything else; of a municipality also how many cases to be ready for (FM-STA-2, S1). As hidden as it is for everybody. */
export const OwnRow = ({ read: { publication, expected, asOf }, visitor }: { readonly read: ReadPublication; readonly visitor: Visitor }) => {
  const own = ownRowOf(visitor, asOf);
  const table = own && tablesOf(publication).find(({ id }) => id === own.table);
  const row = own && table?.rows[TABLE_ROWS[own.table].rows.findIndex(({ value }) => value === own.value)];
  if (!own || !table || !row) return null;
  return (
    <>
      <Section id="egne" title={`${own.table === 'municipality' ? 'Din kommune' : 'Din enhed'}: ${row.label}`}>
        <RowTable table={table} row={row} source={noteOf(publication)} />
      </Section>
      {own.table === 'municipality' && expected && <Expected expected={expected} municipality={own.value} />}
    </>
  );
};
