import { spreadsheet, SPREADSHEET_TYPE } from '../../../documents/spreadsheet.js';
import { commaSeparated, type Field } from '../../../domain/statistics/comma-separated.js';
import { noteOf, remarksOn, tablesOf, type WrittenNumber } from '../../../domain/statistics/publication-words.js';
import type { TableId } from '../../../domain/statistics/published-figures.js';
import type { Publication } from '../../../domain/statistics/publication.js';
import { sheetsOf } from '../../../domain/statistics/publication-sheets.js';
import type { ReadPublication } from '../../../store/publications.js';

/** Neutral names: they stand in a list of downloads. */
const NAMES: Readonly<Record<TableId, string>> = { country: 'landet', place: 'sted', unit: 'enheder', municipality: 'kommuner', category: 'kategorier', age: 'alder' };

const fieldOf = ({ n, spoken }: WrittenNumber): Field => n ?? spoken ?? null;

/** A file as it is sent. */
interface Sent {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly name: string;
}

/** A table with its headings first and its note and remarks last, hidden numbers as the word 'skjult'; undefined when the publication has no such table. */
export function publicationFile(publication: Publication, asked: string): Sent | undefined {
  const table = tablesOf(publication).find(({ id }) => id === asked);
  if (table === undefined) return undefined;
  const rows: readonly (readonly Field[])[] = [
    [table.heading, ...table.columns], ...table.rows.map(({ label, numbers }) => [label, ...numbers.map(fieldOf)]),
    [], [noteOf(publication)], ...remarksOn(publication, table.id).map((remark) => [remark]),
  ];
  return { bytes: Buffer.from(commaSeparated(rows), 'utf8'), type: 'text/csv; charset=utf-8', name: `tal-${NAMES[table.id]}-${publication.asOf}.csv` };
}

/** The whole of a publication as a spreadsheet, a sheet for each table. */
export const publicationSpreadsheet = async ({ publication, publishedAt, expected }: ReadPublication): Promise<Sent> => ({
  bytes: await spreadsheet(sheetsOf(publication, publishedAt, expected)), type: SPREADSHEET_TYPE, name: `tal-${publication.asOf}.xlsx`,
});
