import type { PlainDate } from '../../../domain/kernel/time.js';
import { type DistrictId, municipalitiesOfDistrict, type MunicipalityCode } from '../../../domain/reference/denmark.js';
import type { Dice } from './dice.js';

/** How much of the work lies in each district. */
const DISTRICT_WEIGHTS: readonly (readonly [DistrictId, number])[] = [
  ['koebenhavn', 21],
  ['koebenhavns-vestegn', 14],
  ['oestjylland', 13],
  ['fyn', 11],
  ['midt-og-vestsjaelland', 9],
  ['nordsjaelland', 7],
  ['sydoestjylland', 7],
  ['sydsjaelland-og-lolland-falster', 6],
  ['nordjylland', 6],
  ['midt-og-vestjylland', 5],
  ['syd-og-soenderjylland', 5],
  ['bornholm', 1],
];

/** The towns that most come from; every other municipality counts one. */
const TOWNS: Readonly<Partial<Record<MunicipalityCode, number>>> = {
  '0101': 18,
  '0147': 3,
  '0751': 14,
  '0461': 12,
  '0851': 9,
  '0561': 6,
  '0730': 5,
  '0621': 4,
  '0630': 4,
  '0615': 4,
  '0607': 3,
  '0740': 3,
  '0657': 3,
  '0791': 3,
  '0265': 4,
  '0259': 3,
  '0253': 3,
  '0316': 3,
  '0330': 4,
  '0370': 4,
  '0376': 3,
  '0219': 3,
  '0217': 3,
  '0167': 4,
  '0169': 4,
  '0153': 3,
  '0165': 3,
  '0183': 4,
  '0151': 3,
  // The small islands: seldom anybody.
  '0825': 0.05,
  '0741': 0.05,
  '0563': 0.05,
  '0492': 0.05,
  '0482': 0.1,
};

/** The districts whose cases of today are told one by one. */
export const TOLD_DISTRICTS: readonly DistrictId[] = ['koebenhavns-vestegn', 'fyn'];

export interface Place {
  readonly district: DistrictId;
  readonly municipality: MunicipalityCode;
}

/** Where somebody lives, as likely as work lies there. */
export function somewhere(dice: Dice, on: PlainDate, without: readonly DistrictId[] = []): Place {
  const district = dice.weighted(DISTRICT_WEIGHTS.filter(([id]) => !without.includes(id)));
  const municipality = dice.weighted(municipalitiesOfDistrict(district, on).map(({ code }) => [code, TOWNS[code] ?? 1] as const));
  return { district, municipality };
}
