/**
 * Denmark as the exit work is organised in: regions, police districts, municipalities. Codes checked against the polygons of the
 * Agency for Data Supply (DAGI) and a newer list of 98 municipalities; Christiansø (0411) stands outside the municipal division.
 */

import { coversDay, knownDate } from '../kernel/calendar.js';
import type { PlainDate } from '../kernel/calendar.js';

/** A value for a time; without an end it holds until something else is decided. Both days are included. */
export interface Dated<Value> {
  readonly value: Value;
  readonly validFrom?: PlainDate;
  readonly validTo?: PlainDate;
}

/** What holds on a day, or undefined when nothing does. */
export function valueOn<Value>(history: readonly Dated<Value>[], on: PlainDate): Value | undefined {
  return history.find((entry) => coversDay(entry, on))?.value;
}

const NEW_REGION_FROM = knownDate('2027-01-01');
const OLD_REGIONS_TO = knownDate('2026-12-31');

/**
 * Ids of regions are their codes. Region Østdanmark takes over from Region Hovedstaden and Region Sjælland on 1 January 2027; its
 * code is not known to us, so its id is a name.
 */
export const REGIONS = [
  { id: '1084', name: 'Region Hovedstaden', validTo: OLD_REGIONS_TO },
  { id: '1085', name: 'Region Sjælland', validTo: OLD_REGIONS_TO },
  { id: '1083', name: 'Region Syddanmark' },
  { id: '1082', name: 'Region Midtjylland' },
  { id: '1081', name: 'Region Nordjylland' },
  { id: 'oestdanmark', name: 'Region Østdanmark', validFrom: NEW_REGION_FROM },
] as const satisfies readonly { id: string; name: string; validFrom?: PlainDate; validTo?: PlainDate }[];

export type RegionId = (typeof REGIONS)[number]['id'];

/** The twelve police districts (FM-ORG-1). `area` names the district's land, and so its local exit unit. */
export const DISTRICTS = [
  { id: 'nordjylland', name: 'Nordjyllands Politi', area: 'Nordjylland' },
  { id: 'oestjylland', name: 'Østjyllands Politi', area: 'Østjylland' },
  { id: 'midt-og-vestjylland', name: 'Midt- og Vestjyllands Politi', area: 'Midt- og Vestjylland' },
  { id: 'sydoestjylland', name: 'Sydøstjyllands Politi', area: 'Sydøstjylland' },
  { id: 'syd-og-soenderjylland', name: 'Syd- og Sønderjyllands Politi', area: 'Syd- og Sønderjylland' },
  { id: 'fyn', name: 'Fyns Politi', area: 'Fyn' },
  {
    id: 'sydsjaelland-og-lolland-falster',
    name: 'Sydsjællands og Lolland-Falsters Politi',
    area: 'Sydsjælland og Lolland-Falster',
  },
  { id: 'midt-og-vestsjaelland', name: 'Midt- og Vestsjællands Politi', area: 'Midt- og Vestsjælland' },
  { id: 'nordsjaelland', name: 'Nordsjællands Politi', area: 'Nordsjælland' },
  { id: 'koebenhavns-vestegn', name: 'Københavns Vestegns Politi', area: 'Københavns Vestegn' },
  { id: 'koebenhavn', name: 'Københavns Politi', area: 'København' },
  { id: 'bornholm', name: 'Bornholms Politi', area: 'Bornholm' },
] as const;

export type DistrictId = (typeof DISTRICTS)[number]['id'];

/** Code, name, official name, police district, region until 2026; in Danish alphabetical order. */
const ROWS = [
  ['0165', 'Albertslund', 'Albertslund Kommune', 'koebenhavns-vestegn', '1084'],
  ['0201', 'Allerød', 'Allerød Kommune', 'nordsjaelland', '1084'],
  ['0420', 'Assens', 'Assens Kommune', 'fyn', '1083'],
  ['0151', 'Ballerup', 'Ballerup Kommune', 'koebenhavns-vestegn', '1084'],
  ['0530', 'Billund', 'Billund Kommune', 'sydoestjylland', '1083'],
  ['0400', 'Bornholm', 'Bornholms Regionskommune', 'bornholm', '1084'],
  ['0153', 'Brøndby', 'Brøndby Kommune', 'koebenhavns-vestegn', '1084'],
  ['0810', 'Brønderslev', 'Brønderslev Kommune', 'nordjylland', '1081'],
  ['0155', 'Dragør', 'Dragør Kommune', 'koebenhavn', '1084'],
  ['0240', 'Egedal', 'Egedal Kommune', 'nordsjaelland', '1084'],
  ['0561', 'Esbjerg', 'Esbjerg Kommune', 'syd-og-soenderjylland', '1083'],
  ['0563', 'Fanø', 'Fanø Kommune', 'syd-og-soenderjylland', '1083'],
  ['0710', 'Favrskov', 'Favrskov Kommune', 'oestjylland', '1082'],
  ['0320', 'Faxe', 'Faxe Kommune', 'sydsjaelland-og-lolland-falster', '1085'],
  ['0210', 'Fredensborg', 'Fredensborg Kommune', 'nordsjaelland', '1084'],
  ['0607', 'Fredericia', 'Fredericia Kommune', 'sydoestjylland', '1083'],
  ['0147', 'Frederiksberg', 'Frederiksberg Kommune', 'koebenhavn', '1084'],
  ['0813', 'Frederikshavn', 'Frederikshavn Kommune', 'nordjylland', '1081'],
  ['0250', 'Frederikssund', 'Frederikssund Kommune', 'nordsjaelland', '1084'],
  ['0190', 'Furesø', 'Furesø Kommune', 'nordsjaelland', '1084'],
  ['0430', 'Faaborg-Midtfyn', 'Faaborg-Midtfyn Kommune', 'fyn', '1083'],
  ['0157', 'Gentofte', 'Gentofte Kommune', 'nordsjaelland', '1084'],
  ['0159', 'Gladsaxe', 'Gladsaxe Kommune', 'koebenhavns-vestegn', '1084'],
  ['0161', 'Glostrup', 'Glostrup Kommune', 'koebenhavns-vestegn', '1084'],
  ['0253', 'Greve', 'Greve Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0270', 'Gribskov', 'Gribskov Kommune', 'nordsjaelland', '1084'],
  ['0376', 'Guldborgsund', 'Guldborgsund Kommune', 'sydsjaelland-og-lolland-falster', '1085'],
  ['0510', 'Haderslev', 'Haderslev Kommune', 'syd-og-soenderjylland', '1083'],
  ['0260', 'Halsnæs', 'Halsnæs Kommune', 'nordsjaelland', '1084'],
  ['0766', 'Hedensted', 'Hedensted Kommune', 'sydoestjylland', '1082'],
  ['0217', 'Helsingør', 'Helsingør Kommune', 'nordsjaelland', '1084'],
  ['0163', 'Herlev', 'Herlev Kommune', 'koebenhavns-vestegn', '1084'],
  ['0657', 'Herning', 'Herning Kommune', 'midt-og-vestjylland', '1082'],
  ['0219', 'Hillerød', 'Hillerød Kommune', 'nordsjaelland', '1084'],
  ['0860', 'Hjørring', 'Hjørring Kommune', 'nordjylland', '1081'],
  ['0316', 'Holbæk', 'Holbæk Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0661', 'Holstebro', 'Holstebro Kommune', 'midt-og-vestjylland', '1082'],
  ['0615', 'Horsens', 'Horsens Kommune', 'sydoestjylland', '1082'],
  ['0167', 'Hvidovre', 'Hvidovre Kommune', 'koebenhavns-vestegn', '1084'],
  ['0169', 'Høje-Taastrup', 'Høje-Taastrup Kommune', 'koebenhavns-vestegn', '1084'],
  ['0223', 'Hørsholm', 'Hørsholm Kommune', 'nordsjaelland', '1084'],
  ['0756', 'Ikast-Brande', 'Ikast-Brande Kommune', 'midt-og-vestjylland', '1082'],
  ['0183', 'Ishøj', 'Ishøj Kommune', 'koebenhavns-vestegn', '1084'],
  ['0849', 'Jammerbugt', 'Jammerbugt Kommune', 'nordjylland', '1081'],
  ['0326', 'Kalundborg', 'Kalundborg Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0440', 'Kerteminde', 'Kerteminde Kommune', 'fyn', '1083'],
  ['0621', 'Kolding', 'Kolding Kommune', 'sydoestjylland', '1083'],
  ['0101', 'København', 'Københavns Kommune', 'koebenhavn', '1084'],
  ['0259', 'Køge', 'Køge Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0482', 'Langeland', 'Langeland Kommune', 'fyn', '1083'],
  ['0350', 'Lejre', 'Lejre Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0665', 'Lemvig', 'Lemvig Kommune', 'midt-og-vestjylland', '1082'],
  ['0360', 'Lolland', 'Lolland Kommune', 'sydsjaelland-og-lolland-falster', '1085'],
  ['0173', 'Lyngby-Taarbæk', 'Lyngby-Taarbæk Kommune', 'nordsjaelland', '1084'],
  ['0825', 'Læsø', 'Læsø Kommune', 'nordjylland', '1081'],
  ['0846', 'Mariagerfjord', 'Mariagerfjord Kommune', 'nordjylland', '1081'],
  ['0410', 'Middelfart', 'Middelfart Kommune', 'fyn', '1083'],
  ['0773', 'Morsø', 'Morsø Kommune', 'midt-og-vestjylland', '1081'],
  ['0707', 'Norddjurs', 'Norddjurs Kommune', 'oestjylland', '1082'],
  ['0480', 'Nordfyns', 'Nordfyns Kommune', 'fyn', '1083'],
  ['0450', 'Nyborg', 'Nyborg Kommune', 'fyn', '1083'],
  ['0370', 'Næstved', 'Næstved Kommune', 'sydsjaelland-og-lolland-falster', '1085'],
  ['0727', 'Odder', 'Odder Kommune', 'oestjylland', '1082'],
  ['0461', 'Odense', 'Odense Kommune', 'fyn', '1083'],
  ['0306', 'Odsherred', 'Odsherred Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0730', 'Randers', 'Randers Kommune', 'oestjylland', '1082'],
  ['0840', 'Rebild', 'Rebild Kommune', 'nordjylland', '1081'],
  ['0760', 'Ringkøbing-Skjern', 'Ringkøbing-Skjern Kommune', 'midt-og-vestjylland', '1082'],
  ['0329', 'Ringsted', 'Ringsted Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0265', 'Roskilde', 'Roskilde Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0230', 'Rudersdal', 'Rudersdal Kommune', 'nordsjaelland', '1084'],
  ['0175', 'Rødovre', 'Rødovre Kommune', 'koebenhavns-vestegn', '1084'],
  ['0741', 'Samsø', 'Samsø Kommune', 'oestjylland', '1082'],
  ['0740', 'Silkeborg', 'Silkeborg Kommune', 'midt-og-vestjylland', '1082'],
  ['0746', 'Skanderborg', 'Skanderborg Kommune', 'sydoestjylland', '1082'],
  ['0779', 'Skive', 'Skive Kommune', 'midt-og-vestjylland', '1082'],
  ['0330', 'Slagelse', 'Slagelse Kommune', 'sydsjaelland-og-lolland-falster', '1085'],
  ['0269', 'Solrød', 'Solrød Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0340', 'Sorø', 'Sorø Kommune', 'sydsjaelland-og-lolland-falster', '1085'],
  ['0336', 'Stevns', 'Stevns Kommune', 'midt-og-vestsjaelland', '1085'],
  ['0671', 'Struer', 'Struer Kommune', 'midt-og-vestjylland', '1082'],
  ['0479', 'Svendborg', 'Svendborg Kommune', 'fyn', '1083'],
  ['0706', 'Syddjurs', 'Syddjurs Kommune', 'oestjylland', '1082'],
  ['0540', 'Sønderborg', 'Sønderborg Kommune', 'syd-og-soenderjylland', '1083'],
  ['0787', 'Thisted', 'Thisted Kommune', 'midt-og-vestjylland', '1081'],
  ['0550', 'Tønder', 'Tønder Kommune', 'syd-og-soenderjylland', '1083'],
  ['0185', 'Tårnby', 'Tårnby Kommune', 'koebenhavn', '1084'],
  ['0187', 'Vallensbæk', 'Vallensbæk Kommune', 'koebenhavns-vestegn', '1084'],
  ['0573', 'Varde', 'Varde Kommune', 'syd-og-soenderjylland', '1083'],
  ['0575', 'Vejen', 'Vejen Kommune', 'syd-og-soenderjylland', '1083'],
  ['0630', 'Vejle', 'Vejle Kommune', 'sydoestjylland', '1083'],
  ['0820', 'Vesthimmerlands', 'Vesthimmerlands Kommune', 'nordjylland', '1081'],
  ['0791', 'Viborg', 'Viborg Kommune', 'midt-og-vestjylland', '1082'],
  ['0390', 'Vordingborg', 'Vordingborg Kommune', 'sydsjaelland-og-lolland-falster', '1085'],
  ['0492', 'Ærø', 'Ærø Kommune', 'fyn', '1083'],
  ['0580', 'Aabenraa', 'Aabenraa Kommune', 'syd-og-soenderjylland', '1083'],
  ['0851', 'Aalborg', 'Aalborg Kommune', 'nordjylland', '1081'],
  ['0751', 'Aarhus', 'Aarhus Kommune', 'oestjylland', '1082'],
] as const;

export type MunicipalityCode = (typeof ROWS)[number][0];

export interface Municipality {
  /** Four digits. */
  readonly code: MunicipalityCode;
  /** 'Ishøj' */
  readonly name: string;
  /** 'Ishøj Kommune' */
  readonly officialName: string;
  readonly districts: readonly Dated<DistrictId>[];
  readonly regions: readonly Dated<RegionId>[];
}

type Row = (typeof ROWS)[number];

function regionsOver(region: Row[4]): readonly Dated<RegionId>[] {
  if (region !== '1084' && region !== '1085') return [{ value: region }];
  return [
    { value: region, validTo: OLD_REGIONS_TO },
    { value: 'oestdanmark', validFrom: NEW_REGION_FROM },
  ];
}

/** The 98 municipalities in Danish alphabetical order. */
export const municipalities: readonly Municipality[] = ROWS.map(([code, name, officialName, district, region]) => ({
  code,
  name,
  officialName,
  districts: [{ value: district }],
  regions: regionsOver(region),
}));

const byCode = new Map<string, Municipality>(municipalities.map((one) => [one.code, one]));

export function isMunicipalityCode(text: string): text is MunicipalityCode {
  return byCode.has(text);
}

/** The municipality with this code, or undefined. */
export function municipalityOf(code: string): Municipality | undefined {
  return byCode.get(code);
}

/** The code as a name, or the code itself where no municipality has it: for lists, where a wrong code should be seen. */
export function municipalityName(code: string): string {
  return byCode.get(code)?.name ?? code;
}

/** The police district of a municipality on a day. Throws RangeError on an unknown code: codes are checked where they come in. */
export function districtOfMunicipality(code: string, on: PlainDate): DistrictId {
  const district = valueOn(byCode.get(code)?.districts ?? [], on);
  if (district === undefined) throw new RangeError(`no municipality ${code} on ${on}`);
  return district;
}

/** The region of a municipality on a day. Throws RangeError on an unknown code. */
export function regionOfMunicipality(code: string, on: PlainDate): RegionId {
  const region = valueOn(byCode.get(code)?.regions ?? [], on);
  if (region === undefined) throw new RangeError(`no municipality ${code} on ${on}`);
  return region;
}

/** The municipalities of a police district on a day, in Danish alphabetical order. */
export function municipalitiesOfDistrict(district: DistrictId, on: PlainDate): readonly Municipality[] {
  return municipalities.filter((one) => valueOn(one.districts, on) === district);
}
