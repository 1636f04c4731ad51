import { refusedBy } from '../../app/house.js';
import { publicationAsked } from '../../app/publishing.js';
import { noteOf } from '../../domain/statistics/publication-words.js';
import type { Publication } from '../../domain/statistics/publication.js';
import { FIGURES, keyOf, TABLE_ROWS } from '../../domain/statistics/published-figures.js';
import type { Answer, Route, SignedInCall } from '../route.js';

/** The tables by their ids, with the words; a hidden number is null. Numbers that stand in no table are not told. */
const tablesIn = ({ tables, numbers }: Publication): readonly object[] => tables.map(({ id, figures }) => {
  const columns = FIGURES.filter((figure) => figures.includes(figure.id));
  return {
    id, caption: TABLE_ROWS[id].caption, columns: columns.map((figure) => ({ id: figure.id, label: figure.label })),
    rows: TABLE_ROWS[id].rows.map(({ value, label }) => ({ value, label, numbers: columns.map((figure) => numbers[keyOf(figure.id, id, value)] ?? null) })),
  };
});

async function published({ house, visitor, params }: SignedInCall): Promise<Answer> {
  const id = params['id'];
  try {
    const { all, read } = await publicationAsked(house, visitor.token, id, 'published figures');
    if (id === undefined) return { kind: 'json', body: all };
    if (read === undefined) return { kind: 'absent' };
    const { publication, expected: _expected, ...row } = read;
    return { kind: 'json', body: { ...row, threshold: publication.threshold, note: noteOf(publication), tables: tablesIn(publication) } };
  } catch (error) {
    return refusedBy(error);
  }
}

/** What is published of the figures, for everybody signed in (FM-STA-2). */
export const publishedApi: readonly Route[] = [
  { method: 'GET', path: '/api/v1/statistics/published', permission: 'signed-in', purpose: 'published figures', audit: 'publications.listed', rate: 'read', handle: published },
  { method: 'GET', path: '/api/v1/statistics/published/:id', permission: 'signed-in', purpose: 'published figures', audit: 'publications.listed', rate: 'read', handle: published },
];
