import { describe, expect, it } from 'vitest';
import { knownDate } from '../kernel/time.js';
import { CONSENT_LANGUAGES, CONSENT_TEXTS, consentText, consentTextOn, writtenConsent } from './consent-texts.js';

const latest = consentTextOn(knownDate('2026-11-21'));

describe('the consent texts', () => {
  it('have one version on every day since the programme began (FM-CON-5)', () => {
    expect(consentTextOn(knownDate('2015-04-01')).version).toBe('2011-1');
    expect(consentTextOn(knownDate('2018-05-24')).version).toBe('2011-1');
    expect(consentTextOn(knownDate('2018-05-25')).version).toBe('2018-1');
  });

  it('keep every version under its number, and know no other (FM-CON-5)', () => {
    for (const text of CONSENT_TEXTS) expect(consentText(text.version)).toBe(text);
    expect(consentText('2099-1')).toBeUndefined();
  });

  it.each(CONSENT_LANGUAGES)('name purpose, authorities and kinds in language %s (FM-CON-5)', (language) => {
    const written = writtenConsent(latest, language, ['health', 'personal'], ['municipality:0183', 'police:koebenhavns-vestegn']);
    expect(written.authorities).toEqual(['Ishøj Kommune', 'Københavns Vestegns Politi']);
    expect(written.purpose.length).toBeGreaterThan(80);
    expect(written.kinds).toEqual([language === 'da' ? 'Personlige forhold' : 'Personal circumstances']);
    expect(written.sensitiveKinds).toEqual([language === 'da' ? 'Helbredsmæssige forhold' : 'Health']);
  });

  it('name nothing that was not ticked (FM-CON-5)', () => {
    expect(writtenConsent(latest, 'da', ['social'], [])).toMatchObject({
      kinds: ['Sociale forhold'],
      sensitiveKinds: [],
      authorities: [],
    });
  });
});
