import { MEASURE_TYPE_IDS, measureTitle } from '../reference/measures.js';
import { type OfficialFigures, officialFigures, type StandingCount } from './official.js';
import { type Row, TABLE_ROWS, UNKNOWN } from './published-figures.js';

/** What figures are told apart by (FM-STA-2). Each divides the same cases, so that its parts add up to the whole; but a case stands at each measure that was started in it. */
export const DIMENSIONS = [
  { value: 'unit', label: 'Enhed', title: 'Enhed for enhed' },
  { value: 'municipality', label: 'Kommune', title: 'Kommune for kommune' },
  { value: 'category', label: 'Kategori', title: 'Efter målgruppens kategorier' },
  { value: 'age', label: 'Alder', title: 'Efter alder' },
  { value: 'place', label: 'Sted', title: 'Frihed og frihedsberøvelse' },
  { value: 'measure', label: 'Tiltag', title: 'Efter tiltag, der er sat i gang' },
] as const;
export type Dimension = (typeof DIMENSIONS)[number]['value'];
export const isDimension = (text: string): text is Dimension => DIMENSIONS.some(({ value }) => value === text);

/**
 * Cases in one standing and one part of a dimension; `value` null: it is not known for them. Of municipalities the unit is told too: which of them add up with a district depends on it.
 * Those registered again stand a second time, under `…-re-registered`.
 */
export type CountedCell = StandingCount & { readonly value: string | null } & ({ readonly dimension: Exclude<Dimension, 'municipality'> } | { readonly dimension: 'municipality'; readonly unit: string });

/** The whole country: in any dimension but measures every case stands once. */
export const nationally = (cells: readonly CountedCell[]): OfficialFigures => officialFigures(cells.filter(({ dimension }) => dimension === 'unit'));

export interface BreakdownRow {
  readonly value: string | null;
  readonly label: string;
  readonly figures: OfficialFigures;
}

const notKnown = (dimension: Dimension): string => (dimension === 'measure' ? 'Intet tiltag sat i gang' : 'Ikke oplyst');

/** Every part a dimension has, in the order and the words of what is published; measures, which are not, as the catalogue has them. */
const partsOf = (dimension: Dimension): readonly Row[] =>
  dimension === 'measure' ? MEASURE_TYPE_IDS.map((id) => ({ value: id, label: measureTitle(id) })) : TABLE_ROWS[dimension].rows.filter(({ value }) => value !== UNKNOWN);
/** Dimensions with so many parts that only those are told that have cases. */
const MANY: readonly Dimension[] = ['municipality', 'measure'];

/** The official figures part by part: every part of a small dimension, of the others those that have cases; last what is not known, where there is any. */
export function breakdown(cells: readonly CountedCell[], dimension: Dimension): readonly BreakdownRow[] {
  const byValue = new Map<string | null, CountedCell[]>();
  for (const cell of cells) if (cell.dimension === dimension) byValue.set(cell.value, [...(byValue.get(cell.value) ?? []), cell]);
  const row = (value: string | null, label: string): BreakdownRow => ({ value, label, figures: officialFigures(byValue.get(value) ?? []) });
  const parts = partsOf(dimension);
  const known = parts.filter(({ value }) => !MANY.includes(dimension) || byValue.has(value));
  // A part that is no more, or never was: its cases are counted all the same.
  const others = [...byValue.keys()].filter((value): value is string => value !== null && !parts.some((one) => one.value === value));
  return [...known.map(({ value, label }) => row(value, label)), ...others.map((value) => row(value, value)), ...(byValue.has(null) ? [row(null, notKnown(dimension))] : [])];
}
