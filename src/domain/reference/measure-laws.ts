/** What the measures of one law have in common: who is responsible, on which ground, where to complain, who pays. */

import { knownDate } from '../kernel/calendar.js';
import type { MeasureType } from './measure-type.js';

type Shared = Omit<MeasureType, 'id' | 'title' | 'validFrom' | 'validTo'>;

const ANKESTYRELSEN =
  'Klag til kommunen. Kommunen vurderer sagen igen og sender klagen videre til Ankestyrelsen, hvis den holder fast i afgørelsen.';
export const PATIENTKLAGER = 'Klag til Styrelsen for Patientklager.';
const RIGSPOLITIET = 'Klag over politikredsens afgørelse til Rigspolitiet.';
export const SKATTEANKESTYRELSEN = 'Klag til Skatteankestyrelsen.';

/** What most types have in common; each says for itself what differs. */
export const NOTHING_SPECIAL = {
  outside: false,
  sectionToConfirm: null,
  statutoryDeadlineDays: null,
  poolAllowed: false,
  kle: null,
} as const satisfies Partial<Shared>;

export const EMPLOYMENT: Shared = {
  ...NOTHING_SPECIAL,
  area: 'beskaeftigelse',
  responsible: 'municipality:jobcentre',
  legalBasis: 'Lov om en aktiv beskæftigelsesindsats',
  complaintRoute: ANKESTYRELSEN,
  kind: 'social',
  dataKinds: ['personal', 'social'],
  payer: 'municipality',
};

export const EDUCATION: Shared = {
  ...EMPLOYMENT,
  area: 'uddannelse',
  complaintRoute: `${ANKESTYRELSEN} Klag over optagelse til uddannelsesstedet.`,
};

export const SUBSTANCE_ABUSE: Shared = {
  ...NOTHING_SPECIAL,
  area: 'misbrug',
  responsible: 'municipality:treatment',
  legalBasis: 'Lov om social service (social behandling for stofmisbrug)',
  complaintRoute: ANKESTYRELSEN,
  kind: 'abuse',
  dataKinds: ['personal', 'health', 'abuse'],
  payer: 'municipality',
};

export const HEALTH_SERVICE: Shared = {
  ...NOTHING_SPECIAL,
  area: 'psykisk-helbred',
  responsible: 'region',
  outside: true,
  legalBasis: 'Sundhedsloven',
  complaintRoute: PATIENTKLAGER,
  kind: 'health',
  dataKinds: ['personal', 'health'],
  payer: 'region',
};

export const TAX: Shared = {
  ...NOTHING_SPECIAL,
  area: 'skat-og-gaeld',
  responsible: 'gaeldsstyrelsen',
  outside: true,
  legalBasis: 'Lov om inddrivelse af gæld til det offentlige',
  complaintRoute: SKATTEANKESTYRELSEN,
  kind: 'economic',
  dataKinds: ['personal', 'economic'],
  payer: 'state',
};

export const POLICE: Shared = {
  ...NOTHING_SPECIAL,
  area: 'politi',
  responsible: 'police',
  legalBasis: 'Politiets egen lovgivning om forebyggelse og beskyttelse',
  complaintRoute: RIGSPOLITIET,
  kind: 'personal',
  dataKinds: ['personal'],
  payer: 'state',
};

export const SOCIAL: Shared = {
  ...NOTHING_SPECIAL,
  area: 'social',
  responsible: 'municipality',
  legalBasis: 'Lov om social service',
  complaintRoute: ANKESTYRELSEN,
  kind: 'social',
  dataKinds: ['personal', 'social', 'social-problems'],
  payer: 'municipality',
};

export const PROBATION: Shared = {
  ...NOTHING_SPECIAL,
  area: 'kriminalforsorg',
  responsible: 'probation',
  legalBasis: 'Lov om fuldbyrdelse af straf',
  complaintRoute: 'Klag til Direktoratet for Kriminalforsorgen.',
  kind: 'criminal',
  dataKinds: ['personal', 'criminal'],
  payer: 'state',
};

/** The pool has paid for special measures since the contact point was set up on 1 April 2015 (FM-ORG-2, S0 §5.2). */
export const POOL = {
  ...NOTHING_SPECIAL,
  area: 'pulje',
  responsible: 'contact-point',
  outside: true,
  legalBasis: 'Den centrale pulje til særlige exittiltag (bandepakken “Fast greb om banderne” fra 2014)',
  complaintRoute: 'Det Nationale Exitkontaktpunkt afgør ansøgningen. Rammemodellen nævner ingen klageinstans.',
  kind: 'personal',
  dataKinds: ['personal'],
  payer: 'pool',
  poolAllowed: true,
  validFrom: knownDate('2015-04-01'),
} as const satisfies Partial<MeasureType>;
