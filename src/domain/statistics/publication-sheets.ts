/** A publication as the sheets of a spreadsheet: what it is of, the official table, one sheet for each division, and the cases to be ready for (FM-STA-2). The same is hidden as everywhere else. */

import { type Instant, type PlainDate } from '../kernel/time.js';
import { municipalities } from '../reference/denmark.js';
import { type ExpectedRanges, methodOf, TOO_FEW, TOO_FEW_MEANS } from './expected-cases.js';
import type { Publication } from './publication.js';
import { noteOf, POPULATION, remarksOnAll, tablesOf, type WrittenNumber, type WrittenTable } from './publication-words.js';

/** What a cell holds, said and never guessed: a text stays a text, whatever it begins with. `hidden` is the word in a number's place. */
export type SheetCell = { readonly text: string } | { readonly number: number } | { readonly hidden: string } | { readonly day: PlainDate } | { readonly moment: Instant };

export interface Sheet {
  /** At most 31 characters, and none of []:*?/\ . */
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** Under the table: start, population and moment (FM-STA-4). */
  readonly note?: string;
}

const text = (said: string): SheetCell => ({ text: said });
const cellOf = ({ n, text: written, spoken }: WrittenNumber): SheetCell => (n === null ? { hidden: spoken ?? written } : { number: n });

const divided = (table: WrittenTable, note: string): Sheet => ({
  name: table.caption, headings: [table.heading, ...table.columns], rows: table.rows.map(({ label, numbers }) => [text(label), ...numbers.map(cellOf)]), note,
});
/** The country's one row, line by line as the official table stands. */
const official = ({ columns, rows: [country] }: WrittenTable, note: string): Sheet => ({
  name: 'De officielle tal', headings: ['Opgørelse', 'Antal'],
  rows: columns.flatMap((label, nth) => (country?.numbers[nth] === undefined ? [] : [[text(label), cellOf(country.numbers[nth])]])), note,
});
const FEW = 'for få';
const expectedSheet = (expected: ExpectedRanges): Sheet => ({
  name: 'Nye sager at vente', headings: ['Kommune', `Mindst i ${expected.year}`, `Højst i ${expected.year}`],
  rows: municipalities.map(({ code, name }) => {
    const range = expected.ranges[code] ?? null;
    return range === null ? [text(name), { hidden: FEW }, { hidden: FEW }] : [text(name), { number: range[0] }, { number: range[1] }];
  }),
  note: methodOf(expected),
});

const about = (publication: Publication, publishedAt: Instant, expected: ExpectedRanges | undefined): Sheet => {
  const { from, asOf, drawnAt, threshold } = publication;
  return {
    name: 'Om tallene', headings: ['Om tallene', 'Offentliggjorte tal om exitforløb'],
    rows: [
      [text('Perioden begynder'), { day: from }],
      [text('Perioden slutter'), { day: asOf }],
      [text('Opgjort'), { moment: drawnAt }],
      [text('Offentliggjort'), { moment: publishedAt }],
      [text('Kilde'), text('Det Nationale Exitkontaktpunkt')],
      [text('Hvad der tælles'), text(POPULATION)],
      [text('Små tal'), text(`Tal under ${threshold} er skjult. Hvor et tal er skjult, står der »skjult«.`)],
      ...remarksOnAll(publication).map((remark) => [text('Bemærk'), text(remark)]),
      ...(expected === undefined ? [] : [[text(`Nye sager at vente i ${expected.year}`), text(methodOf(expected))], [text(TOO_FEW), text(TOO_FEW_MEANS)]]),
    ],
  };
};

/** @param expected left out where nothing is said of cases to come */
export function sheetsOf(publication: Publication, publishedAt: Instant, expected: ExpectedRanges | undefined): readonly Sheet[] {
  const note = noteOf(publication);
  return [
    about(publication, publishedAt, expected), ...tablesOf(publication).map((table) => (table.id === 'country' ? official(table, note) : divided(table, note))), ...(expected === undefined ? [] : [expectedSheet(expected)]),
  ];
}
