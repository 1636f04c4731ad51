import { DISTRICTS, type DistrictId, municipalities, type MunicipalityCode } from './denmark.js';

/**
 * Denmark as tiles of one size, one for each municipality, laid about where it lies and together with the others of its police district: a small one can be
 * seen, and none looks greater than it is. Places are columns and rows from the upper left corner; drawn by us.
 */
export interface Tile {
  readonly municipality: MunicipalityCode;
  readonly column: number;
  readonly row: number;
  /** Three letters that stand on it. */
  readonly short: string;
}

/** Where a district's name stands beside its tiles, in units of which a tile has forty, and at which end of it. */
export interface DistrictName {
  readonly district: DistrictId;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
  readonly lines: readonly string[];
}

const ROWS = [
  // Nordjylland
  ['0860', 4, 0, 'Hjø'], ['0813', 5, 0, 'Frh'], ['0825', 6, 0, 'Læs'], ['0849', 3, 1, 'Jam'], ['0810', 4, 1, 'Brs'], ['0851', 5, 1, 'Aal'],
  ['0820', 3, 2, 'Ves'], ['0840', 4, 2, 'Reb'], ['0846', 5, 2, 'Mar'],
  // Midt- og Vestjylland
  ['0787', 2, 2, 'Thi'], ['0773', 2, 3, 'Mor'], ['0779', 3, 3, 'Ski'], ['0791', 4, 3, 'Vib'], ['0665', 1, 4, 'Lem'], ['0671', 2, 4, 'Str'],
  ['0661', 3, 4, 'Hos'], ['0740', 4, 4, 'Sil'], ['0760', 1, 5, 'RiS'], ['0657', 2, 5, 'Her'], ['0756', 3, 5, 'IkB'],
  // Østjylland
  ['0730', 5, 3, 'Ran'], ['0707', 6, 3, 'NoD'], ['0710', 5, 4, 'Fav'], ['0706', 6, 4, 'SyD'], ['0751', 5, 5, 'Aar'], ['0727', 5, 6, 'Odd'],
  ['0741', 6, 6, 'Sam'],
  // Sydøstjylland
  ['0746', 4, 5, 'Ska'], ['0530', 2, 6, 'Bil'], ['0766', 3, 6, 'Hed'], ['0615', 4, 6, 'Hor'], ['0630', 3, 7, 'Vjl'], ['0607', 4, 7, 'Frc'],
  ['0621', 3, 8, 'Kol'],
  // Syd- og Sønderjylland
  ['0573', 1, 6, 'Var'], ['0563', 0, 7, 'Fan'], ['0561', 1, 7, 'Esb'], ['0575', 2, 7, 'Vjn'], ['0550', 1, 8, 'Tøn'], ['0510', 2, 8, 'Had'],
  ['0580', 2, 9, 'Aab'], ['0540', 3, 9, 'Søn'],
  // Fyn
  ['0410', 6, 8, 'Mid'], ['0480', 7, 8, 'NoF'], ['0440', 8, 8, 'Ker'], ['0420', 6, 9, 'Ass'], ['0461', 7, 9, 'Ode'], ['0450', 8, 9, 'Nyb'],
  ['0430', 6, 10, 'FaM'], ['0479', 7, 10, 'Sve'], ['0482', 8, 10, 'Lan'], ['0492', 7, 11, 'Ærø'],
  // Nordsjælland
  ['0270', 15, 1, 'Gri'], ['0217', 16, 1, 'Hsg'], ['0260', 14, 2, 'Hal'], ['0219', 15, 2, 'Hil'], ['0210', 16, 2, 'Fre'], ['0250', 14, 3, 'Frs'],
  ['0201', 15, 3, 'All'], ['0223', 16, 3, 'Hør'], ['0240', 14, 4, 'Ege'], ['0190', 15, 4, 'Fur'], ['0230', 16, 4, 'Rud'], ['0173', 16, 5, 'LyT'],
  ['0157', 17, 5, 'Gen'],
  // Københavns Vestegn
  ['0151', 14, 5, 'Bal'], ['0159', 15, 5, 'Gla'], ['0165', 13, 6, 'Alb'], ['0161', 14, 6, 'Glo'], ['0163', 15, 6, 'Hel'], ['0169', 13, 7, 'HøT'],
  ['0153', 14, 7, 'Brb'], ['0175', 15, 7, 'Rød'], ['0183', 13, 8, 'Ish'], ['0187', 14, 8, 'Val'], ['0167', 15, 8, 'Hvi'],
  // København
  ['0147', 16, 6, 'Frb'], ['0101', 17, 6, 'Køb'], ['0185', 17, 7, 'Tår'], ['0155', 17, 8, 'Dra'],
  // Midt- og Vestsjælland
  ['0306', 12, 5, 'Ods'], ['0326', 11, 6, 'Kal'], ['0316', 12, 6, 'Hob'], ['0350', 11, 7, 'Lej'], ['0265', 12, 7, 'Ros'], ['0329', 11, 8, 'Rin'],
  ['0253', 12, 8, 'Gre'], ['0259', 12, 9, 'Køg'], ['0269', 13, 9, 'Sol'], ['0336', 14, 9, 'Ste'],
  // Sydsjælland og Lolland-Falster
  ['0330', 11, 9, 'Sla'], ['0340', 11, 10, 'Sor'], ['0370', 12, 10, 'Næs'], ['0320', 13, 10, 'Fax'], ['0360', 11, 11, 'Lol'], ['0376', 12, 11, 'Gul'],
  ['0390', 13, 11, 'Vor'],
  // Bornholm
  ['0400', 19, 11, 'Bor'],
] as const satisfies readonly (readonly [MunicipalityCode, number, number, string])[];

export const TILES: readonly Tile[] = ROWS.map(([municipality, column, row, short]) => ({ municipality, column, row, short }));

export const DISTRICT_NAMES: readonly DistrictName[] = [
  { district: 'nordjylland', x: 288, y: 28, anchor: 'start', lines: ['Nordjylland'] },
  { district: 'midt-og-vestjylland', x: 0, y: 100, anchor: 'start', lines: ['Midt- og', 'Vestjylland'] },
  { district: 'oestjylland', x: 288, y: 188, anchor: 'start', lines: ['Østjylland'] },
  { district: 'sydoestjylland', x: 208, y: 308, anchor: 'start', lines: ['Sydøstjylland'] },
  { district: 'syd-og-soenderjylland', x: 0, y: 422, anchor: 'start', lines: ['Syd- og', 'Sønderjylland'] },
  { district: 'fyn', x: 328, y: 468, anchor: 'start', lines: ['Fyn'] },
  { district: 'nordsjaelland', x: 592, y: 68, anchor: 'end', lines: ['Nordsjælland'] },
  { district: 'koebenhavns-vestegn', x: 648, y: 384, anchor: 'start', lines: ['Københavns', 'Vestegn'] },
  { district: 'koebenhavn', x: 728, y: 268, anchor: 'start', lines: ['København'] },
  { district: 'midt-og-vestsjaelland', x: 432, y: 236, anchor: 'end', lines: ['Midt- og', 'Vestsjælland'] },
  { district: 'sydsjaelland-og-lolland-falster', x: 568, y: 452, anchor: 'start', lines: ['Sydsjælland og', 'Lolland-Falster'] },
  { district: 'bornholm', x: 752, y: 468, anchor: 'end', lines: ['Bornholm'] },
];

export interface DistrictTiles {
  readonly district: DistrictId;
  readonly area: string;
  readonly tiles: readonly Tile[];
  readonly name: DistrictName | undefined;
}

/** The tiles by police district, as the districts are now: a map is of today. */
export const districtTiles: readonly DistrictTiles[] = DISTRICTS.map(({ id, area }) => {
  const codes = new Set<string>(municipalities.filter((one) => one.districts.at(-1)?.value === id).map((one) => one.code));
  return { district: id, area, tiles: TILES.filter((tile) => codes.has(tile.municipality)), name: DISTRICT_NAMES.find((one) => one.district === id) };
});
