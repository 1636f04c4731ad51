/** Looking up the catalogue of measures: what a type is on a day, and which authority it falls to in a place. */

import { coversDay } from '../kernel/calendar.js';
import type { PlainDate } from '../kernel/calendar.js';
import { regionAuthority, unitOfMunicipality } from './authorities.js';
import type { AuthorityId, UnitId } from './authorities.js';
import { isMunicipalityCode } from './denmark.js';
import { MEASURE_CATALOGUE } from './measure-catalogue.js';
import type { MeasureArea, MeasureType, MeasureTypeId, Responsible } from './measure-type.js';

export { MEASURE_CATALOGUE } from './measure-catalogue.js';
export { MEASURE_AREAS, measureAreaLabel, MEASURE_TYPE_IDS, payerLabel, PAYERS, RESPONSIBLES } from './measure-type.js';
export type { MeasureArea, MeasureType, MeasureTypeId, Payer, Responsible } from './measure-type.js';

/** The type as it is on a day; undefined when there is none by that id then (protected address before 1 October 2018). */
export function measureType(id: string, on: PlainDate): MeasureType | undefined {
  return MEASURE_CATALOGUE.find((type) => type.id === id && coversDay(type, on));
}

/** All types there are on a day, in the order of S0 §6. */
export function measuresOn(on: PlainDate): readonly MeasureType[] {
  return MEASURE_CATALOGUE.filter((type) => coversDay(type, on));
}

/** The types of one area on a day. */
export function measuresOfArea(area: MeasureArea, on: PlainDate): readonly MeasureType[] {
  return measuresOn(on).filter((type) => type.area === area);
}

/** The Danish title of a type, whichever day it was valid; the id itself where there is none, so that a wrong id is seen. */
export function measureTitle(id: string): string {
  return MEASURE_CATALOGUE.find((type) => type.id === id)?.title ?? id;
}

/** Whether the agreement can hold a measure only with a free text: the type that is none (section MEA: measures outside the catalogue). */
export function isFreeMeasure(id: MeasureTypeId): boolean {
  return id === 'andet';
}

/** Where a measure is to be: the candidate's municipality (for a dwelling the one where it lies) and the responsible unit. */
export interface MeasurePlace {
  readonly municipality: string;
  readonly unit: UnitId;
}

/**
 * The authority a type falls to in a place; undefined when it is chosen with the measure (`any`). In custody Kriminalforsorgen's part is
 * DfK's, police's part that of the district of the municipality (FM-CUS-3). The contact point stands in Rigspolitiet (S0 §1).
 * Throws RangeError on an unknown municipality.
 */
export function responsibleAuthority(
  responsible: Responsible,
  { municipality, unit }: MeasurePlace,
  on: PlainDate,
): AuthorityId | undefined {
  if (!isMunicipalityCode(municipality)) throw new RangeError(`no municipality ${municipality}`);
  switch (responsible) {
    case 'municipality':
      return `municipality:${municipality}`;
    case 'municipality:jobcentre':
      return `municipality:${municipality}:jobcentre`;
    case 'municipality:treatment':
      return `municipality:${municipality}:treatment`;
    case 'municipality:housing':
      return `municipality:${municipality}:housing`;
    case 'police':
      return `police:${unit === 'dfk' ? unitOfMunicipality(municipality, on) : unit}`;
    case 'probation':
      return unit === 'dfk' ? 'dfk' : `probation:${unit}`;
    case 'region':
      return regionAuthority(municipality, on);
    case 'contact-point':
      return 'rigspolitiet';
    case 'any':
      return undefined;
    default:
      return responsible;
  }
}
