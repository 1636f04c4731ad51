/**
 * The authorities that take part, by ids of one form, and the exit units they meet in (FM-ORG-1 to FM-ORG-4).
 *
 * `police:fyn` · `municipality:0461` · `municipality:0461:jobcentre` · `probation:fyn` · `region:1083` · and by name those there is one of.
 */

import { z } from 'zod';
import type { PlainDate } from '../kernel/calendar.js';
import { districtOfMunicipality, DISTRICTS, municipalities, REGIONS, regionOfMunicipality } from './denmark.js';
import type { DistrictId, MunicipalityCode, RegionId } from './denmark.js';

/** The parts of a municipality that own measures of their own. */
export const MUNICIPAL_UNITS = ['jobcentre', 'treatment', 'housing'] as const;
export type MunicipalUnit = (typeof MUNICIPAL_UNITS)[number];

/**
 * Authorities there is one of. `external` stands for whoever is no authority: a treatment provider, an organisation (FM-ORG-4);
 * who it is, is told in text.
 */
const SINGLE_AUTHORITIES = {
  dfk: 'Direktoratet for Kriminalforsorgen',
  rigspolitiet: 'Rigspolitiet',
  kl: 'KL',
  gaeldsstyrelsen: 'Gældsstyrelsen',
  skattestyrelsen: 'Skattestyrelsen',
  external: 'Ekstern udbyder',
} as const;

export type AuthorityId =
  | `police:${DistrictId}`
  | `probation:${DistrictId}`
  | `municipality:${MunicipalityCode}`
  | `municipality:${MunicipalityCode}:${MunicipalUnit}`
  | `region:${RegionId}`
  | keyof typeof SINGLE_AUTHORITIES;

const MUNICIPAL_UNIT_NAMES: Readonly<Record<MunicipalUnit, (municipality: string) => string>> = {
  jobcentre: (municipality) => `Jobcenter ${municipality}`,
  treatment: (municipality) => `Misbrugscenter ${municipality}`,
  housing: (municipality) => `Boligkontoret i ${municipality}`,
};

const NAMES: ReadonlyMap<string, string> = new Map<AuthorityId, string>([
  ...(Object.entries(SINGLE_AUTHORITIES) as [keyof typeof SINGLE_AUTHORITIES, string][]),
  ...DISTRICTS.map(({ id, name }): [AuthorityId, string] => [`police:${id}`, name]),
  ...DISTRICTS.map(({ id, area }): [AuthorityId, string] => [`probation:${id}`, `Kriminalforsorgen ${area}`]),
  ...municipalities.map(({ code, officialName }): [AuthorityId, string] => [`municipality:${code}`, officialName]),
  ...municipalities.flatMap(({ code, name }) =>
    MUNICIPAL_UNITS.map((unit): [AuthorityId, string] => [`municipality:${code}:${unit}`, MUNICIPAL_UNIT_NAMES[unit](name)]),
  ),
  ...REGIONS.map(({ id, name }): [AuthorityId, string] => [`region:${id}`, name]),
]);

/** Every authority there is or has been. */
export const AUTHORITY_IDS = [...NAMES.keys()] as readonly AuthorityId[];

export function isAuthorityId(text: string): text is AuthorityId {
  return NAMES.has(text);
}

/** The Danish name; the text itself where it is no authority, so that a wrong id is seen. */
export function authorityName(id: string): string {
  return NAMES.get(id) ?? id;
}

/** Input: an authority chosen from a list. */
export const zAuthorityId: z.ZodType<AuthorityId, string> = z
  .string({ error: 'Vælg en myndighed fra listen' })
  .refine(isAuthorityId, 'Vælg en myndighed fra listen');

/** The municipality an authority belongs to, or undefined for those that are no part of one. */
export function municipalityOfAuthority(id: string): MunicipalityCode | undefined {
  const [kind, code] = id.split(':');
  return kind === 'municipality' && isAuthorityId(id) ? (code as MunicipalityCode) : undefined;
}

/** The kind of an authority: what is left of its id without the place ('police', 'municipality:jobcentre', 'dfk'). */
export function authorityKind(id: AuthorityId): string {
  const [kind, , part] = id.split(':');
  return [kind, part].filter((one) => one !== undefined).join(':');
}

/** Kriminalforsorgen, in freedom or in custody. */
export const isProbation = (id: string): boolean => id === 'dfk' || id.startsWith('probation:');

/** Whose own material is under the law-enforcement act and not under the data protection regulation (FM-LAW-4). */
export const underLawEnforcementAct = (id: string): boolean => id === 'rigspolitiet' || id.startsWith('police:') || isProbation(id);

/** A local exit unit carries the id of its police district; in custody Kriminalforsorgen's directorate is the unit (FM-ORG-1, FM-ORG-3). */
export type UnitId = DistrictId | 'dfk';

/** In the place of a unit while the contact point is to name it (FM-INT-7). It is no unit: nobody keeps its inbox, and it cannot be chosen. */
export const UNNAMED_UNIT = 'unnamed';
/** The unit that an inquiry lies with, or that it is still to be named. */
export type UnitOrUnnamed = UnitId | typeof UNNAMED_UNIT;

const UNIT_NAMES: ReadonlyMap<string, string> = new Map<UnitId, string>([
  ...DISTRICTS.map(({ id, area }): [UnitId, string] => [id, area]),
  ['dfk', SINGLE_AUTHORITIES.dfk],
]);

/** All units: the twelve of the districts, then DfK. */
export const units = [...UNIT_NAMES.keys()] as readonly UnitId[];

export function isUnitId(text: string): text is UnitId {
  return UNIT_NAMES.has(text);
}

/** 'Københavns Vestegn', 'Fyn', 'Direktoratet for Kriminalforsorgen'; that it is still to be named; the text itself where it is no unit. */
export function unitName(unit: string): string {
  return UNIT_NAMES.get(unit) ?? (unit === UNNAMED_UNIT ? 'Kontaktpunktet udpeger en enhed' : unit);
}

/** The unit of the district a municipality lies in on a day (FM-INT-2). Throws RangeError on an unknown code. */
export function unitOfMunicipality(code: string, on: PlainDate): DistrictId {
  return districtOfMunicipality(code, on);
}

/** The region that a municipality's residents belong to on a day. Throws RangeError on an unknown code. */
export function regionAuthority(code: string, on: PlainDate): AuthorityId {
  return `region:${regionOfMunicipality(code, on)}`;
}

/** The unit an authority takes part in on a day; undefined for those that stand outside the units. */
export function unitOfAuthority(id: string, on: PlainDate): UnitId | undefined {
  if (id === 'dfk') return 'dfk';
  const municipality = municipalityOfAuthority(id);
  if (municipality !== undefined) return unitOfMunicipality(municipality, on);
  const [kind, district] = id.split(':');
  return (kind === 'police' || kind === 'probation') && isAuthorityId(id) ? (district as DistrictId) : undefined;
}

/** Whether nobody at the authority runs measures in Udvej, so that a unit member records its decisions with evidence (catalogue: `outside`). */
export function isOutside(id: AuthorityId): boolean {
  const kind = authorityKind(id);
  return !['police', 'probation', 'dfk'].includes(kind) && !kind.startsWith('municipality');
}
