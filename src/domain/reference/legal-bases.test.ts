import { describe, expect, it } from 'vitest';
import {
  basisAllows,
  basisBeforeConsent,
  isSensitiveKind,
  kindsOfScope,
  legalBasis,
  LEGAL_BASES,
  LEGAL_BASIS_IDS,
  scopeOfKind,
  SHARED_SCOPES,
  SHARING_KINDS,
  sharingKindLabel,
} from './legal-bases.js';

describe('the kinds consent names (FM-CON-1)', () => {
  it('are the eight of the framework model in its order and words', () => {
    expect(SHARING_KINDS.map(sharingKindLabel)).toEqual([
      'Personlige forhold',
      'Økonomiske forhold',
      'Sociale forhold',
      'Strafbare forhold',
      'Helbredsmæssige forhold',
      'Væsentlige sociale problemer',
      'Misbrugsproblemer',
      'Andre rent private forhold',
    ]);
  });

  it('the five it singles out are ticked by themselves', () => {
    expect(SHARING_KINDS.filter(isSensitiveKind)).toEqual(['criminal', 'health', 'social-problems', 'abuse', 'private']);
  });

  it('lie in their scopes: economy, health with abuse, the rest general (FM-CNF-4)', () => {
    expect(scopeOfKind('economic')).toBe('economy');
    expect(kindsOfScope('economy')).toEqual(['economic']);
    expect(kindsOfScope('health')).toEqual(['health', 'abuse']);
    expect(kindsOfScope('general')).toEqual(['personal', 'social', 'criminal', 'social-problems', 'private']);
  });

  it('each lie in exactly one scope', () => {
    const all = SHARED_SCOPES.flatMap(kindsOfScope);
    expect([...all].sort()).toEqual([...SHARING_KINDS].sort());
  });
});

describe('sharing before consent rests on law, by kind (FM-CON-3)', () => {
  it.each([
    ['personal', ['gdpr-6-1-e']],
    ['economic', ['gdpr-6-1-e']],
    ['social', ['gdpr-6-1-e']],
    ['social-problems', ['gdpr-6-1-e']],
    ['private', ['gdpr-6-1-e']],
    ['health', ['gdpr-9-2-g']],
    ['abuse', ['gdpr-9-2-g']],
    ['criminal', ['dbl-8-2-2']],
  ] as const)('%s rests on %j', (kind, bases) => {
    expect(LEGAL_BASES.filter((basis) => !basis.onlyOnRelease && basis.kinds.includes(kind)).map(({ id }) => id)).toEqual(bases);
    expect(basisBeforeConsent(kind)).toBe(bases[0]);
  });

  it('refuses a kind the law does not carry', () => {
    expect(basisAllows('gdpr-6-1-e', 'health')).toBe(false);
    expect(basisAllows('gdpr-6-1-e', 'criminal')).toBe(false);
    expect(basisAllows('gdpr-9-2-g', 'personal')).toBe(false);
    expect(basisAllows('dbl-8-2-2', 'health')).toBe(false);
  });

  it('retsplejeloven § 115 carries every kind, only on release, and is marked', () => {
    const ksp = legalBasis('rpl-115-1-3');
    expect(SHARING_KINDS.every((kind) => basisAllows('rpl-115-1-3', kind))).toBe(true);
    expect(ksp.onlyOnRelease).toBe(true);
    expect(ksp.mark).toContain('Må ikke bruges til at efterforske');
    expect(LEGAL_BASES.filter(({ mark }) => mark !== null)).toEqual([ksp]);
  });

  it('has a row for every basis', () => {
    expect(LEGAL_BASES.map(({ id }) => id)).toEqual(LEGAL_BASIS_IDS);
    for (const id of LEGAL_BASIS_IDS) expect(legalBasis(id).id).toBe(id);
  });
});
