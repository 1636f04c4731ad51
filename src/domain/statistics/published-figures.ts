/** What a publication counts and by what: the figures of the official table, the tables they are divided in, and the words they stand under. */

import { AGE_OPTIONS } from '../exit-case/person.js';
import { unitName, units } from '../reference/authorities.js';
import type { PlainDate } from '../kernel/calendar.js';
import { districtOfMunicipality, DISTRICTS, isMunicipalityCode, municipalities, municipalitiesOfDistrict } from '../reference/denmark.js';
import { TARGET_CATEGORIES, targetCategoryLabel } from '../reference/target-group.js';
import type { OfficialFigures } from './official.js';
import type { Sum } from './suppression.js';

/** The columns: the official figures (S4), and of two of them those that police have registered again (FM-STA-1). */
export const FIGURES = [
  { id: 'running-courses', label: 'Igangværende exitforløb', of: (all: OfficialFigures) => all.runningCourses },
  { id: 'running-assessments', label: 'Igangværende visitationer', of: (all: OfficialFigures) => all.runningAssessments },
  { id: 'completed', label: 'Gennemførte exitforløb', of: (all: OfficialFigures) => all.completed.total },
  { id: 'completed-re-registered', label: 'Gennemførte, heraf registreret igen', of: (all: OfficialFigures) => all.completed.reRegistered },
  { id: 'interrupted', label: 'Afbrudte exitforløb', of: (all: OfficialFigures) => all.interrupted.total },
  { id: 'interrupted-re-registered', label: 'Afbrudte, heraf registreret igen', of: (all: OfficialFigures) => all.interrupted.reRegistered },
  { id: 'interrupted-assessments', label: 'Afbrudte visitationer', of: (all: OfficialFigures) => all.interruptedAssessments },
  { id: 'refused', label: 'Afslag', of: (all: OfficialFigures) => all.refused },
] as const;

export type FigureId = (typeof FIGURES)[number]['id'];
/** The figures of which some are registered again. */
export const DIVIDED_FIGURES = ['completed', 'interrupted'] as const;

export const TABLES = ['country', 'place', 'unit', 'municipality', 'category', 'age'] as const;
export type TableId = (typeof TABLES)[number];

/** What stands for a fact that nobody has recorded. */
export const UNKNOWN = 'unknown';

export interface Row {
  /** What the row is of: a unit's id, a municipality's code; 'denmark' in the country's table. */
  readonly value: string;
  readonly label: string;
}

/** A table's words and its rows in their order: districts from north to south and DfK after them, municipalities in Danish alphabetical order. */
export const TABLE_ROWS: Readonly<Record<TableId, { readonly caption: string; readonly heading: string; readonly rows: readonly Row[] }>> = {
  country: { caption: 'Hele landet', heading: 'Område', rows: [{ value: 'denmark', label: 'Danmark' }] },
  place: { caption: 'Frihed og fængsel', heading: 'Sted', rows: [{ value: 'freedom', label: 'Frihed' }, { value: 'custody', label: 'Fængsel eller varetægt' }] },
  unit: { caption: 'Lokale exitenheder', heading: 'Enhed', rows: units.map((unit) => ({ value: unit, label: unitName(unit) })) },
  municipality: { caption: 'Kommuner', heading: 'Kommune', rows: municipalities.map(({ code, name }) => ({ value: code, label: name })) },
  category: {
    caption: 'Målgruppe', heading: 'Kategori',
    rows: [...TARGET_CATEGORIES.map((category) => ({ value: category, label: `${category}. ${targetCategoryLabel(category)}` })), { value: UNKNOWN, label: 'Ikke fastlagt' }],
  },
  age: { caption: 'Alder', heading: 'Alder', rows: [...AGE_OPTIONS, { value: UNKNOWN, label: 'Ikke oplyst' }] },
};

/** Where a number stands: the same in every publication. */
export const keyOf = (figure: string, table: TableId | 'elsewhere', value: string): string => `${figure}/${table}/${value}`;
/** Those of a figure who are not registered again: in no table, but anybody can reckon them out. */
export const notAgainKey = (figure: (typeof DIVIDED_FIGURES)[number], table: TableId, value: string): string => keyOf(`${figure}-not-re-registered`, table, value);
/** The unit of the prisons: its cases stand in no municipality. */
export const DIRECTORATE = 'dfk';
/** The units of the districts: all but the directorate. */
export const DISTRICT_UNITS = DISTRICTS.map(({ id }) => id);

/**
 * Where a case stands below its unit: in its municipality, or *elsewhere* when that is not known or lies in another district. A part of the unit that no table shows, but what the unit's number
 * leaves. Undefined for the directorate's cases.
 */
export function belowUnit(unit: string, municipality: string | null, on: PlainDate): { readonly table: 'municipality' | 'elsewhere'; readonly value: string } | undefined {
  if (unit === DIRECTORATE) return undefined;
  const home = municipality !== null && isMunicipalityCode(municipality) && districtOfMunicipality(municipality, on) === unit;
  return home ? { table: 'municipality', value: municipality } : { table: 'elsewhere', value: unit };
}

/** Every district's unit as the sum of its municipalities and of its cases elsewhere. */
export const districtSums = (figure: string, on: PlainDate): readonly Sum[] => DISTRICT_UNITS.map((unit) => ({
  whole: keyOf(figure, 'unit', unit),
  parts: [...municipalitiesOfDistrict(unit, on).map(({ code }) => keyOf(figure, 'municipality', code)), keyOf(figure, 'elsewhere', unit)],
}));
