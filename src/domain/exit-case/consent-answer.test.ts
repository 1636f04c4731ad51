import { describe, expect, it } from 'vitest';
import {
  aConsent,
  allWithdrawn,
  anAcceptedCaseWithConsent,
  consentingAuthorities,
  saysNo,
  signed,
} from '../../../tests/support/agreement-states.js';
import { aDischargedCase } from '../../../tests/support/course-states.js';
import { messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';

const gives = (scenario: Scenario, but: object = {}): Scenario =>
  scenario.does('municipal', 'consent.give', aConsent(scenario, but));
const refusal = (scenario: Scenario, but: object) => scenario.refusal('municipal', 'consent.give', aConsent(scenario, but));

describe('giving consent', () => {
  it('names the kinds and the authorities it covers, and where the signature is kept (FM-CON-1)', () => {
    const scenario = gives(aCase(), { kinds: ['social'], sensitiveKinds: ['health'], authorities: [people.municipal.authority] });
    expect(scenario.state.consent).toMatchObject({
      status: 'given',
      on: scenario.today,
      kinds: ['social', 'health'],
      authorities: ['municipality:0183'],
    });
    expect(scopesOf(scenario.tries('municipal', 'consent.give', aConsent(scenario)))).toEqual(['general']);
  });

  it('can be recorded in custody by the custody officer (FM-CUS-3, FM-CON-1)', () => {
    const scenario = aCustodyCase();
    expect(scenario.does('custody', 'consent.give', aConsent(scenario)).state.consent.status).toBe('given');
  });

  it('takes sensitive kinds only where they are ticked by themselves (FM-CON-1)', () => {
    const scenario = aCase();
    const outcome = scenario.tries('municipal', 'consent.give', aConsent(scenario, { kinds: ['personal', 'health'] }));
    expect(messageAt(outcome, 'kinds.1')).toBe('Sæt kryds ved følsomme oplysninger for sig');
    const ordinary = scenario.tries('municipal', 'consent.give', aConsent(scenario, { sensitiveKinds: ['economic'] }));
    expect(messageAt(ordinary, 'sensitiveKinds.0')).toBe('Vælg følsomme oplysninger fra listen');
  });

  it('covers no sensitive kind that was not ticked (FM-CON-1)', () => {
    expect(gives(aCase(), { sensitiveKinds: [] }).state.consent.kinds).toEqual(['personal', 'economic', 'social']);
  });

  it('refuses a consent to nothing, or for nobody (FM-CON-1)', () => {
    expect(refusal(aCase(), { kinds: [], sensitiveKinds: [] })).toMatchObject({ rule: 'FM-CON-1', field: 'kinds' });
    const scenario = aCase();
    expect(
      messageAt(scenario.tries('municipal', 'consent.give', aConsent(scenario, { authorities: [] })), 'authorities'),
    ).toMatch('mindst én myndighed');
    expect(
      messageAt(scenario.tries('municipal', 'consent.give', aConsent(scenario, { authorities: ['naboen'] })), 'authorities.0'),
    ).toMatch('Vælg en myndighed');
  });

  it('refuses a signature that is not there yet, and one that is nowhere (FM-CON-1)', () => {
    const scenario = aCase('2026-11-02');
    expect(refusal(scenario, { evidence: { signedOn: '2026-11-03', keptAt: 'Ishøj 26/1' } })).toMatchObject({
      rule: 'FM-CON-1',
      field: 'evidence.signedOn',
    });
    expect(
      messageAt(
        scenario.tries('municipal', 'consent.give', aConsent(scenario, { evidence: { signedOn: '2026-11-02', keptAt: '' } })),
        'evidence.keptAt',
      ),
    ).toMatch('Skriv');
    expect(
      messageAt(scenario.tries('municipal', 'consent.give', aConsent(scenario, { evidence: undefined })), 'evidence'),
    ).toMatch('skrevet under');
  });

  it('keeps the text version and the language it was signed in (FM-CON-5)', () => {
    expect(gives(aCase(), { language: 'en' }).state.consent).toMatchObject({ language: 'en', textVersion: '2018-1' });
  });

  it('refuses a text that was not in use when it was signed (FM-CON-5)', () => {
    expect(refusal(aCase(), { textVersion: '2011-1' })).toMatchObject({ rule: 'FM-CON-5', field: 'textVersion' });
    expect(gives(aCase('2016-03-01'), { textVersion: '2011-1' }).state.consent.status).toBe('given');
  });

  it('refuses one that has expired already (FM-CON-5)', () => {
    const scenario = aCase('2026-11-02').days(10);
    const but = { evidence: { signedOn: '2026-11-02', keptAt: 'Ishøj 26/1' }, expiresOn: '2026-11-11' };
    expect(refusal(scenario, but)).toMatchObject({ rule: 'FM-CON-5', field: 'expiresOn' });
    expect(gives(scenario, { ...but, expiresOn: '2026-11-12' }).state.consent.expiresOn).toBe('2026-11-12');
  });

  it('stands in place of the consent before it (FM-CON-1)', () => {
    const scenario = gives(anAcceptedCaseWithConsent().days(1), {
      kinds: ['social'],
      sensitiveKinds: [],
      authorities: [people.police.authority],
    });
    expect(scenario.state.consent).toMatchObject({ kinds: ['social'], authorities: ['police:koebenhavns-vestegn'] });
  });

  it('is not revived by a paper older than the withdrawal (FM-CON-2)', () => {
    const scenario = anAcceptedCaseWithConsent('2026-11-02').days(5).does('municipal', 'consent.withdraw', allWithdrawn).days(1);
    const old = { evidence: { signedOn: '2026-11-06', keptAt: 'Ishøj 26/1' } };
    expect(refusal(scenario, old)).toMatchObject({ rule: 'FM-CON-2', field: 'evidence.signedOn', rests: ['consent'] });
    expect(gives(scenario).state.consent.status).toBe('given');
  });

  it('belongs to the unit and the contact person, and to an open case (FM-CON-1, FM-END-4)', () => {
    const scenario = aCase();
    expect(scenario.refusal('jobcentre', 'consent.give', aConsent(scenario)).rule).toBe('FM-CNF-2');
    const closed = aDischargedCase();
    expect(closed.refusal('municipal', 'consent.give', aConsent(closed)).rule).toBe('FM-END-4');
    expect(closed.refusal('municipal', 'consent.refuse', saysNo).rule).toBe('FM-END-4');
  });
});

describe('refusing consent', () => {
  it('is recorded as well as a yes (FM-CON-5)', () => {
    const scenario = aCase().does('police', 'consent.refuse', { reason: 'Stoler ikke på kommunen' });
    expect(scenario.state.consent).toMatchObject({ status: 'refused', on: scenario.today, kinds: [] });
    expect(scopesOf(aCase().tries('police', 'consent.refuse', { reason: 'Stoler ikke på kommunen' }))).toEqual(['general']);
  });

  it('refuses a no without what was said: an untouched form ends nothing (FM-CON-5)', () => {
    expect(messageAt(aCase().tries('police', 'consent.refuse'), 'reason')).toBe('Skriv, hvad kandidaten sagde');
  });

  it('refuses a second no, and a no beside a consent that holds: that is a withdrawal (FM-CON-5)', () => {
    expect(aCase().does('police', 'consent.refuse', saysNo).refusal('police', 'consent.refuse', saysNo)).toMatchObject({
      rule: 'FM-CON-5',
      rests: ['consent'],
    });
    expect(anAcceptedCaseWithConsent().refusal('police', 'consent.refuse', saysNo)).toMatchObject({
      rule: 'FM-CON-5',
      rests: ['consent'],
    });
  });

  it('can be the answer when an expired consent is asked for again (FM-CON-5)', () => {
    const scenario = aCase();
    gives(scenario, { expiresOn: scenario.today }).days(1);
    expect(scenario.does('municipal', 'consent.refuse', saysNo).state.consent.status).toBe('refused');
  });

  it('can be followed by a yes of the same day or later (FM-CON-5)', () => {
    const scenario = aCase().does('municipal', 'consent.refuse', saysNo);
    expect(gives(scenario, { evidence: signed(scenario) }).state.consent.authorities).toEqual(consentingAuthorities);
  });
});
