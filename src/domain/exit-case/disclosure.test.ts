import { describe, expect, it } from 'vitest';
import { aConsent, allWithdrawn, anAcceptedCaseWithConsent, saysNo } from '../../../tests/support/agreement-states.js';
import { messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';

const disclosure = {
  kind: 'social',
  to: people.jobcentre.authority,
  why: 'Jobcentret skal forberede en praktikplads',
  basis: 'gdpr-6-1-e',
};
const refusal = (scenario: Scenario, but: object = {}) =>
  scenario.refusal('municipal', 'disclosure.record', { ...disclosure, ...but });

describe('a disclosure', () => {
  it('records what kind, to whom, why, when and on which basis (FM-CON-3, FM-CON-4)', () => {
    const scenario = aCase().does('municipal', 'disclosure.record', { ...disclosure, receiver: 'Teamleder i jobcentret' });
    expect(scenario.state.disclosures.recorded).toEqual([
      {
        version: 3,
        on: scenario.today,
        kind: 'social',
        to: 'municipality:0183:jobcentre',
        basis: 'gdpr-6-1-e',
        notForInvestigating: false,
      },
    ]);
    expect(scopesOf(scenario.tries('municipal', 'disclosure.record', disclosure))).toEqual(['general']);
  });

  it.each([
    ['social', 'gdpr-6-1-e'],
    ['economic', 'gdpr-6-1-e'],
    ['private', 'gdpr-6-1-e'],
    ['health', 'gdpr-9-2-g'],
    ['abuse', 'gdpr-9-2-g'],
    ['criminal', 'dbl-8-2-2'],
  ])('of %s rests on %s before consent (FM-CON-3)', (kind, basis) => {
    expect(aCase().does('police', 'disclosure.record', { ...disclosure, kind, basis }).state.disclosures.recorded).toHaveLength(
      1,
    );
  });

  it.each([
    ['health', 'gdpr-6-1-e'],
    ['criminal', 'gdpr-6-1-e'],
    ['criminal', 'gdpr-9-2-g'],
    ['social', 'gdpr-9-2-g'],
    ['social', 'dbl-8-2-2'],
  ])('of %s is refused on %s, which does not carry it (FM-CON-3)', (kind, basis) => {
    expect(refusal(aCase(), { kind, basis })).toMatchObject({ rule: 'FM-CON-3', field: 'basis' });
  });

  it('under § 115 is marked: not for investigating crime (FM-CON-3)', () => {
    expect(refusal(aCase(), { basis: 'rpl-115-1-3' })).toMatchObject({ rule: 'FM-CON-3', field: 'notForInvestigating' });
    const scenario = aCase().does('probation', 'disclosure.record', {
      ...disclosure,
      basis: 'rpl-115-1-3',
      notForInvestigating: true,
    });
    expect(scenario.state.disclosures.recorded[0]).toMatchObject({ basis: 'rpl-115-1-3', notForInvestigating: true });
  });

  it('rests on consent when the candidate has given it to this receiver and kind (FM-CON-3)', () => {
    const scenario = anAcceptedCaseWithConsent().does('municipal', 'disclosure.record', { ...disclosure, basis: 'consent' });
    expect(scenario.state.disclosures.recorded[0]?.basis).toBe('consent');
  });

  it('is refused on consent before there is one (FM-CON-3)', () => {
    expect(refusal(aCase(), { basis: 'consent' })).toMatchObject({ rule: 'FM-CON-3', field: 'basis', rests: ['consent'] });
  });

  it('is refused on law once consent was given, refused or withdrawn (FM-CON-3)', () => {
    expect(refusal(anAcceptedCaseWithConsent())).toMatchObject({ rule: 'FM-CON-3', field: 'basis' });
    expect(refusal(aCase().does('municipal', 'consent.refuse', saysNo))).toMatchObject({ rule: 'FM-CON-3', rests: ['consent'] });
    expect(refusal(anAcceptedCaseWithConsent().does('municipal', 'consent.withdraw', allWithdrawn))).toMatchObject({
      rule: 'FM-CON-3',
      rests: ['consent'],
    });
  });

  it('is refused to a receiver, or of a kind, the consent does not name (FM-CON-3)', () => {
    const scenario = aCase();
    scenario.does('municipal', 'consent.give', aConsent(scenario, { kinds: ['social'], sensitiveKinds: [] }));
    expect(refusal(scenario, { basis: 'consent', to: 'gaeldsstyrelsen' })).toMatchObject({
      rule: 'FM-CON-3',
      detail: expect.stringContaining('Gældsstyrelsen') as string,
    });
    expect(refusal(scenario, { basis: 'consent', kind: 'economic' })).toMatchObject({ rule: 'FM-CON-3', field: 'kind' });
  });

  it('says why, and comes from somebody who has the whole case (FM-CON-3, FM-CNF-2)', () => {
    expect(messageAt(aCase().tries('municipal', 'disclosure.record', { ...disclosure, why: ' ' }), 'why')).toBe(
      'Skriv, hvorfor det er nødvendigt',
    );
    expect(aCase().refusal('jobcentre', 'disclosure.record', disclosure).rule).toBe('FM-CNF-2');
  });
});
