/** What the catalogue of measures says of each type (section MEA of the framework; S0 §6). */

import type { PlainDate } from '../kernel/calendar.js';
import type { KleSubject } from './kle.js';
import type { SharingKind } from './legal-bases.js';

/** The areas of S0 §6 in its order, then those of other authorities; the ids are the law's own words. */
export const MEASURE_AREAS = [
  'bolig',
  'beskaeftigelse',
  'uddannelse',
  'misbrug',
  'psykisk-helbred',
  'skat-og-gaeld',
  'politi',
  'social',
  'kriminalforsorg',
  'pulje',
  'andet',
] as const;
export type MeasureArea = (typeof MEASURE_AREAS)[number];

const AREA_LABELS: Readonly<Record<MeasureArea, string>> = {
  bolig: 'Ny bopæl',
  beskaeftigelse: 'Beskæftigelse',
  uddannelse: 'Uddannelse',
  misbrug: 'Misbrugsbehandling',
  'psykisk-helbred': 'Behandling for psykiske problemer',
  'skat-og-gaeld': 'Skat og gæld',
  politi: 'Bistand fra politiet',
  social: 'Social støtte',
  kriminalforsorg: 'Kriminalforsorgen',
  pulje: 'Den centrale pulje',
  andet: 'Andet',
};

export function measureAreaLabel(area: MeasureArea): string {
  return AREA_LABELS[area];
}

export const MEASURE_TYPE_IDS = [
  'boliganvisning',
  'flyttetilskud',
  'kontaktforloeb',
  'vejledning-og-opkvalificering',
  'virksomhedspraktik',
  'loentilskud',
  'mentor',
  'tilbud-til-selvforsoergende',
  'job-i-ny-kommune',
  'grundlaeggende-faerdigheder',
  'erhvervsuddannelse',
  'voksen-og-efteruddannelse',
  'stofmisbrug',
  'alkohol',
  'steroider',
  'ludomani',
  'laege',
  'psykiatri',
  'psykolog',
  'afdragsordning',
  'skattevejledning',
  'overfaldsalarm',
  'politi-tilsyn',
  'adressebeskyttelse',
  'politi-andet',
  'social-stoette',
  'integration',
  'familiestoette',
  'netvaerk',
  'tilsyn',
  'forloeb-under-afsoning',
  'tatoveringsfjernelse',
  'akut-relokalisering',
  'psykolog-pulje',
  'psykologisk-test',
  'andet',
] as const;
export type MeasureTypeId = (typeof MEASURE_TYPE_IDS)[number];

/** Whose measure it is, before the place makes an authority of it. `any`: chosen with the measure. */
export const RESPONSIBLES = [
  'municipality',
  'municipality:jobcentre',
  'municipality:treatment',
  'municipality:housing',
  'police',
  'probation',
  'region',
  'gaeldsstyrelsen',
  'skattestyrelsen',
  'contact-point',
  'external',
  'any',
] as const;
export type Responsible = (typeof RESPONSIBLES)[number];

/** Who pays: the municipality of residence and the region what the law makes them pay, the pool what no law pays (FM-FIN-1). */
export const PAYERS = ['municipality', 'region', 'state', 'pool'] as const;
export type Payer = (typeof PAYERS)[number];

const PAYER_LABELS: Readonly<Record<Payer, string>> = {
  municipality: 'Bopælskommunen',
  region: 'Regionen',
  state: 'Staten',
  pool: 'Den centrale pulje',
};

export function payerLabel(payer: Payer): string {
  return PAYER_LABELS[payer];
}

/** One type of measure as it is for a time. A change of law is a new row with the same id and other dates. */
export interface MeasureType {
  readonly id: MeasureTypeId;
  readonly area: MeasureArea;
  readonly title: string;
  readonly responsible: Responsible;
  /** Nobody there runs measures in Udvej: a unit member records its decision, reports and accession with evidence. */
  readonly outside: boolean;
  /** The law, in Danish. A jurist confirms it before it is shown as legal advice (FM-LAW-1). */
  readonly legalBasis: string;
  /** The section we believe it to be; not in the framework model, so never printed before a jurist has confirmed it. */
  readonly sectionToConfirm: string | null;
  /** The complaint route of that law, in Danish (FM-DEC-3); likewise to be confirmed. */
  readonly complaintRoute: string;
  /** Calendar days from the request to the start that the law demands (FM-MEA-3); null where it demands none. */
  readonly statutoryDeadlineDays: number | null;
  /** What the measure itself tells of the person: in health and economy, police does not see its type, dates and decisions. */
  readonly kind: SharingKind;
  /** What consent must cover before an agreement with the measure is entered (FM-CON-6). */
  readonly dataKinds: readonly SharingKind[];
  readonly payer: Payer;
  /** Whether the unit can apply for pool money for it (FM-POOL-1). */
  readonly poolAllowed: boolean;
  readonly kle: KleSubject | null;
  /** The forms it is given in, in Danish; one is chosen where there are any. */
  readonly forms?: readonly string[];
  /** What the person proposing it should know, in Danish. */
  readonly hint?: string;
  readonly validFrom?: PlainDate;
  readonly validTo?: PlainDate;
}
