/**
 * A publication: a fixed set of tables that anybody may read, hidden together so that no two of them subtract (FM-STA-2, FM-STA-4, FM-NCP-5).
 *
 * How the tables hang together. The country is the sum of its units, of its categories, of its ages. A unit of a district is the sum of its municipalities and of its cases *elsewhere*: without a known
 * municipality, or moved out of the district while the unit has the case still. A case in custody is the directorate's of Kriminalforsorgen and stands in no municipality's row, also where the municipality of residence
 * is known: otherwise a district's municipalities less its unit would be its residents in prison, who are few. So municipalities and units add up in every district.
 *
 * Who is registered again is a division of a division, by two margins at once, where several sums together tell more than each. A table has this column for all its rows when none of it, and nothing of the rest, need be hidden, and
 * else for none: then it tells nothing but what the country's own number tells.
 */

import { z } from 'zod';
import { type Instant, type PlainDate, zInstant, zPlainDate } from '../kernel/time.js';
import type { CountedCell } from './breakdown.js';
import { officialFigures } from './official.js';
import { audit, type PublicationFault } from './published-audit.js';
import { belowUnit, DIRECTORATE, DISTRICT_UNITS, districtSums, DIVIDED_FIGURES, type FigureId, FIGURES, keyOf, notAgainKey, TABLE_ROWS, type TableId, TABLES, UNKNOWN } from './published-figures.js';
import { type Cell, type Shown, type Sum, suppress, THRESHOLD } from './suppression.js';

export interface Period {
  /** The first day that ended cases are counted from. */
  readonly from: PlainDate;
  /** The day running cases are counted on, and the last that ended ones are. */
  readonly asOf: PlainDate;
  /** The moment it was drawn: what was recorded later is not in it. */
  readonly drawnAt: Instant;
}

/** A publication as it is kept. Words are not kept: they are the reader's, by table and row. */
export const zPublication = z.strictObject({
  from: zPlainDate,
  asOf: zPlainDate,
  drawnAt: zInstant,
  threshold: z.int().min(1),
  tables: z.array(z.strictObject({ id: z.enum(TABLES), figures: z.array(z.enum(FIGURES.map(({ id }) => id))).min(1) })).min(1),
  /** Every number by its key, null where it is hidden; those too that stand in no table but are what the others leave. */
  numbers: z.record(z.string().max(100), z.int().min(0).nullable()),
}).refine(({ tables, numbers }) => tables.every(({ id, figures }) => figures.every((figure) => TABLE_ROWS[id].rows.every(({ value }) => numbers[keyOf(figure, id, value)] !== undefined))), 'a table lacks a number')
  .refine(({ numbers, threshold }) => Object.values(numbers).every((n) => n === null || n === 0 || n >= threshold), 'a small number is shown');
export type Publication = z.infer<typeof zPublication>;

/** A publication, or what stands against it: then nothing is published. */
export type Composed = { readonly publication: Publication; readonly faults: readonly [] } | { readonly publication?: undefined; readonly faults: readonly PublicationFault[] };

/** The numbers of a publication as suppression and audit take them. */
export const shownOf = ({ numbers }: Pick<Publication, 'numbers'>): Shown => new Map(Object.entries(numbers));

/**
 * Composes the tables from what was counted, and hides. The country's numbers are the sums over the units. RangeError when a table does not add up with them, for then something was counted wrongly.
 * Frihed og fængsel is left out where custody is not what the directorate has: then the two would tell of the few who make the difference.
 *
 * @param earlier publications that somebody may lay beside this one
 */
export function publicationOf(period: Period, counted: readonly CountedCell[], earlier: readonly Publication[] = []): Composed {
  const numbers = countedNumbers(counted, period.asOf);
  const tables = TABLES.filter((table) => table !== 'place' || custodyIsDirectorate(numbers));
  const before = earlier.map(shownOf);
  let drawn = FIGURES.map(({ id }) => id).filter((figure) => !isAgain(figure)).map((figure) => divided(figure, tables, period.asOf)).reduce(joined, countryAgain());
  const cellsOf = (sums: readonly Sum[]): readonly Cell[] => [...new Set(sums.flatMap(({ whole, parts }) => [whole, ...parts]))].map((key) => ({ key, n: numbers(key) }));
  let shown = suppress(cellsOf(drawn), drawn, before);
  const again = new Set<string>();
  for (const figure of DIVIDED_FIGURES) {
    for (const table of tables.filter((one) => one !== 'country' && one !== 'municipality')) {
      const more = dividedAgain(figure, table);
      if (!cellsOf(more).every(({ n }) => n === 0 || n >= THRESHOLD)) continue;
      const tried = suppress(cellsOf([...drawn, ...more]), [...drawn, ...more], before);
      if (cellsOf(more).some(({ key }) => tried.get(key) === null)) continue;
      again.add(`${figure}-re-registered/${table}`);
      [drawn, shown] = [[...drawn, ...more], tried];
    }
  }
  const faults = audit(cellsOf(drawn), drawn, shown, before);
  if (faults.length > 0) return { faults };
  const figuresOf = (table: TableId): FigureId[] => FIGURES.map(({ id }) => id).filter((figure) => table === 'country' || !isAgain(figure) || again.has(`${figure}/${table}`));
  return { faults: [], publication: { ...period, threshold: THRESHOLD, tables: tables.map((id) => ({ id, figures: figuresOf(id) })), numbers: Object.fromEntries([...shown].map(([key, n]) => [key, n === 0 && isOfAMunicipality(key) ? null : n])) } };
}

/**
 * Of a municipality nobody is hidden as a few are: where a few are hidden and nobody is shown, that somebody has come to a small island is read off two publications. What is hidden more than
 * was looked at tells less.
 */
const isOfAMunicipality = (key: string): boolean => key.includes('/municipality/') || key.includes('/elsewhere/');

/** A number by its key; 0 where nobody is counted. */
export type Numbers = (key: string) => number;

/** Every number by its key, counted as the official table counts. Nothing of it is hidden. */
export function countedNumbers(counted: readonly CountedCell[], asOf: PlainDate): Numbers {
  const groups = new Map<string, CountedCell[]>();
  for (const cell of counted) {
    const group = groupOf(cell, asOf);
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), cell]);
  }
  const country = counted.filter(({ dimension }) => dimension === 'unit');
  const numbers = new Map<string, number>();
  for (const [group, cells] of [['country/denmark', country] as const, ...groups]) {
    const figures = officialFigures(cells);
    for (const { id, of } of FIGURES) numbers.set(`${id}/${group}`, of(figures));
    for (const figure of DIVIDED_FIGURES) numbers.set(`${figure}-not-re-registered/${group}`, figures[figure].total - figures[figure].reRegistered);
  }
  return (key) => numbers.get(key) ?? 0;
}

/** The row a cell is counted in; undefined for the directorate's municipalities, which are in none. */
function groupOf(cell: CountedCell, asOf: PlainDate): string | undefined {
  if (cell.dimension !== 'municipality') return `${cell.dimension}/${cell.value ?? UNKNOWN}`;
  const place = belowUnit(cell.unit, cell.value, asOf);
  return place && `${place.table}/${place.value}`;
}

const isAgain = (figure: FigureId): boolean => figure.endsWith('-re-registered');
const joined = (one: readonly Sum[], other: readonly Sum[]): readonly Sum[] => [...one, ...other];
const custodyIsDirectorate = (numbers: Numbers): boolean => FIGURES.every(({ id }) => numbers(keyOf(id, 'place', 'custody')) === numbers(keyOf(id, 'unit', DIRECTORATE)));

const wholeCountry = (figure: FigureId): string => keyOf(figure, 'country', 'denmark');
const rowsOf = (figure: FigureId, table: TableId): readonly string[] => TABLE_ROWS[table].rows.map(({ value }) => keyOf(figure, table, value));

/** How the tables divide one figure: the country by place and that by units, districts by municipalities, the country by the rest. Each cell is part of one sum. */
function divided(figure: FigureId, tables: readonly TableId[], asOf: PlainDate): readonly Sum[] {
  const whole = wholeCountry(figure);
  const units = tables.includes('place')
    ? [
      { whole, parts: rowsOf(figure, 'place') },
      { whole: keyOf(figure, 'place', 'custody'), parts: [keyOf(figure, 'unit', DIRECTORATE)] },
      { whole: keyOf(figure, 'place', 'freedom'), parts: DISTRICT_UNITS.map((unit) => keyOf(figure, 'unit', unit)) },
    ]
    : [{ whole, parts: rowsOf(figure, 'unit') }];
  return [...units, ...districtSums(figure, asOf), { whole, parts: rowsOf(figure, 'category') }, { whole, parts: rowsOf(figure, 'age') }];
}

/** Of the whole country those registered again and those not: anybody subtracts the one from all and has the other. */
const countryAgain = (): readonly Sum[] =>
  DIVIDED_FIGURES.map((figure) => ({ whole: wholeCountry(figure), parts: [wholeCountry(`${figure}-re-registered`), notAgainKey(figure, 'country', 'denmark')] }));

/** The same in every row of a table, with the two margins that come of it. */
function dividedAgain(figure: (typeof DIVIDED_FIGURES)[number], table: TableId): readonly Sum[] {
  const values = TABLE_ROWS[table].rows.map(({ value }) => value);
  return [
    ...values.map((value) => ({ whole: keyOf(figure, table, value), parts: [keyOf(`${figure}-re-registered`, table, value), notAgainKey(figure, table, value)] })),
    { whole: wholeCountry(`${figure}-re-registered`), parts: rowsOf(`${figure}-re-registered`, table) },
    { whole: notAgainKey(figure, 'country', 'denmark'), parts: values.map((value) => notAgainKey(figure, table, value)) },
  ];
}
