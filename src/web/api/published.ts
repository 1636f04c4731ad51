import { refusedBy } from '../../app/house.js';
import { ownRowOf } from '../../app/own-figures.js';
import { publicationAsked } from '../../app/publishing.js';
import { expectedInWords } from '../../domain/statistics/expected-cases.js';
import { noteOf } from '../../domain/statistics/publication-words.js';
import type { Publication } from '../../domain/statistics/publication.js';
import { FIGURES, keyOf, TABLE_ROWS } from '../../domain/statistics/published-figures.js';
import type { ReadPublication } from '../../store/publications.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import type { Visitor } from '../visitor.js';

/** The tables by their ids, with the words; a hidden number is null. Numbers that stand in no table are not told. */
export const tablesIn = ({ tables, numbers }: Publication) => tables.map(({ id, figures }) => {
  const columns = FIGURES.filter((figure) => figures.includes(figure.id));
  return {
    id, caption: TABLE_ROWS[id].caption, columns: columns.map((figure) => ({ id: figure.id, label: figure.label })),
    rows: TABLE_ROWS[id].rows.map(({ value, label }) => ({ value, label, numbers: columns.map((figure) => numbers[keyOf(figure.id, id, value)] ?? null) })),
  };
});

/** The reader's own row of it, as hidden as it is for everybody, and of a municipality how many cases to be ready for, where the period is not of the past alone; null for those who have none (FM-STA-2, S1). */
const ownIn = ({ publication, expected, asOf }: ReadPublication, visitor: Visitor): object | null => {
  const own = ownRowOf(visitor, asOf);
  const table = own && tablesIn(publication).find(({ id }) => id === own.table);
  const row = table?.rows.find(({ value }) => value === own?.value);
  if (!own || !table || !row) return null;
  return {
    table: own.table, value: row.value, label: row.label, numbers: table.columns.map(({ id, label }, nth) => ({ id, label, n: row.numbers[nth] ?? null })),
    expected: own.table === 'municipality' && expected !== undefined ? { year: expected.year, range: expected.ranges[own.value] ?? null, ...expectedInWords(expected, own.value) } : null,
  };
};

async function published({ house, visitor, params }: SignedInCall): Promise<Answer> {
  const id = params['id'];
  try {
    const { all, read } = await publicationAsked(house, visitor.token, id, 'published figures');
    if (id === undefined) return { kind: 'json', body: all };
    if (read === undefined) return { kind: 'absent' };
    const { publication, expected: _expected, ...row } = read;
    return { kind: 'json', body: { ...row, threshold: publication.threshold, note: noteOf(publication), tables: tablesIn(publication), own: ownIn(read, visitor) } };
  } catch (error) {
    return refusedBy(error);
  }
}

/** What is published of the caller's own, as the first page of figures has it. */
async function own({ house, visitor }: SignedInCall): Promise<Answer> {
  try {
    const { read } = await publicationAsked(house, visitor.token, undefined, 'published figures', visitor.functions.includes('contact_point') ? 'newest' : 'foremost');
    if (read === undefined) return { kind: 'json', body: { publication: null, note: null, own: null } };
    const { publication, expected: _expected, ...row } = read;
    return { kind: 'json', body: { publication: row, note: noteOf(publication), own: ownIn(read, visitor) } };
  } catch (error) {
    return refusedBy(error);
  }
}

/** What is published of the figures, for everybody signed in (FM-STA-2). */
export const publishedApi: readonly Route[] = [
  { method: 'GET', path: '/api/v1/statistics/published', permission: 'signed-in', purpose: 'published figures', audit: 'publications.listed', rate: 'read', handle: published },
  { method: 'GET', path: '/api/v1/statistics/published/:id', permission: 'signed-in', purpose: 'published figures', audit: 'publications.listed', rate: 'read', handle: published },
  { method: 'GET', path: '/api/v1/statistics/own', permission: 'signed-in', purpose: 'published figures', audit: 'publications.listed', rate: 'read', handle: own },
];
