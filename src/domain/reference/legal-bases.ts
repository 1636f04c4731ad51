/** What may be shared, and on what ground before the candidate has answered about consent (FM-CON-1, FM-CON-3; S0 §5.3). */

/** The kinds of information consent names, in the order of S0 §5.3. */
export const SHARING_KINDS = [
  'personal',
  'economic',
  'social',
  'criminal',
  'health',
  'social-problems',
  'abuse',
  'private',
] as const;
export type SharingKind = (typeof SHARING_KINDS)[number];

const KIND_LABELS: Readonly<Record<SharingKind, string>> = {
  personal: 'Personlige forhold',
  economic: 'Økonomiske forhold',
  social: 'Sociale forhold',
  criminal: 'Strafbare forhold',
  health: 'Helbredsmæssige forhold',
  'social-problems': 'Væsentlige sociale problemer',
  abuse: 'Misbrugsproblemer',
  private: 'Andre rent private forhold',
};

export function sharingKindLabel(kind: SharingKind): string {
  return KIND_LABELS[kind];
}

/** The kinds S0 §5.3 singles out ("herunder"): each is ticked by itself on the consent (FM-CON-1). */
export const SENSITIVE_KINDS = [
  'criminal',
  'health',
  'social-problems',
  'abuse',
  'private',
] as const satisfies readonly SharingKind[];

export function isSensitiveKind(kind: SharingKind): boolean {
  return (SENSITIVE_KINDS as readonly SharingKind[]).includes(kind);
}

/** The scopes of a case that consent opens and closes. */
export const SHARED_SCOPES = ['general', 'health', 'economy'] as const;
export type SharedScope = (typeof SHARED_SCOPES)[number];

/** Where information of a kind lies: economic → economy; health and abuse → health; the rest → general (FM-CNF-4). */
export function scopeOfKind(kind: SharingKind): SharedScope {
  if (kind === 'economic') return 'economy';
  return kind === 'health' || kind === 'abuse' ? 'health' : 'general';
}

/** The kinds that share a scope; it stays open for an authority while it has consent to one of them. */
export function kindsOfScope(scope: SharedScope): readonly SharingKind[] {
  return SHARING_KINDS.filter((kind) => scopeOfKind(kind) === scope);
}

export const LEGAL_BASIS_IDS = ['gdpr-6-1-e', 'gdpr-9-2-g', 'dbl-8-2-2', 'rpl-115-1-3'] as const;
export type LegalBasisId = (typeof LEGAL_BASIS_IDS)[number];

/** A law to disclose on before consent was asked for; none is a fallback once it was given, refused or withdrawn. */
export interface LegalBasis {
  readonly id: LegalBasisId;
  /** As it stands on the disclosure list, in Danish. */
  readonly title: string;
  readonly kinds: readonly SharingKind[];
  /** Holds only around the release of a convicted person (the KSP co-operation). */
  readonly onlyOnRelease: boolean;
  /** The mark what is shared on this ground carries, in Danish; null when it needs none. */
  readonly mark: string | null;
}

const KSP_MARK =
  'Delt efter retsplejelovens § 115. Må ikke bruges til at efterforske straffesager, og ingen har pligt til at give oplysningerne.';

/**
 * Which kinds each law carries: ordinary data art. 6, special categories art. 9, criminal offences databeskyttelsesloven § 8. Abuse
 * counts as health. Serious social problems and other private matters are no special category of the regulation, so they are ordinary.
 */
export const LEGAL_BASES: readonly LegalBasis[] = [
  {
    id: 'gdpr-6-1-e',
    title: 'Databeskyttelsesforordningens art. 6, stk. 1, litra e',
    kinds: ['personal', 'economic', 'social', 'social-problems', 'private'],
    onlyOnRelease: false,
    mark: null,
  },
  {
    id: 'gdpr-9-2-g',
    title: 'Databeskyttelsesforordningens art. 9, stk. 2, litra g',
    kinds: ['health', 'abuse'],
    onlyOnRelease: false,
    mark: null,
  },
  {
    id: 'dbl-8-2-2',
    title: 'Databeskyttelseslovens § 8, stk. 2, nr. 2',
    kinds: ['criminal'],
    onlyOnRelease: false,
    mark: null,
  },
  {
    id: 'rpl-115-1-3',
    title: 'Retsplejelovens § 115, stk. 1, nr. 3 (samarbejde om dømtes løsladelse)',
    kinds: SHARING_KINDS,
    onlyOnRelease: true,
    mark: KSP_MARK,
  },
];

const byId = new Map(LEGAL_BASES.map((basis) => [basis.id, basis]));

/** The basis with this id. */
export function legalBasis(id: LegalBasisId): LegalBasis {
  const basis = byId.get(id);
  if (basis === undefined) throw new RangeError(`no legal basis ${id}`);
  return basis;
}

/** Whether a law carries a kind of information; whether it holds in the case at all is for the rule to judge (`onlyOnRelease`). */
export function basisAllows(id: LegalBasisId, kind: SharingKind): boolean {
  return legalBasis(id).kinds.includes(kind);
}

/** The law that carries a kind in every case, release or not: what the list of disclosures names when nobody chose another. */
export function basisBeforeConsent(kind: SharingKind): LegalBasisId {
  if (kind === 'criminal') return 'dbl-8-2-2';
  return basisAllows('gdpr-9-2-g', kind) ? 'gdpr-9-2-g' : 'gdpr-6-1-e';
}
