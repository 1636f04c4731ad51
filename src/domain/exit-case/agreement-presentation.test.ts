import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  aConsent,
  aDraftAgreement,
  allWithdrawn,
  anAcceptedCustodyCaseWithConsent,
  aPresentedAgreement,
  candidateAccedes,
  granted,
  latestMeasure,
  partWithdrawn,
  saysNo,
  terms,
  treatmentPlan,
  withPlacement,
  withTreatment,
} from '../../../tests/support/agreement-states.js';
import { aCaseWithConclusions, anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { anInterruptedCase } from '../../../tests/support/course-states.js';
import { people } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { openVersion, wordsOf } from './agreement.js';
import { missingParties } from './accession.js';

const refusal = (scenario: Scenario) => scenario.refusal('municipal', 'agreement.present');
const missing = ({ state }: Scenario) => {
  const version = openVersion(state);
  return version === undefined ? [] : missingParties(state, version).map((one) => one.party);
};

describe('presenting an agreement', () => {
  it('freezes the version for accession (FM-AGR-8)', () => {
    const scenario = aPresentedAgreement();
    expect(openVersion(scenario.state)).toMatchObject({ number: 1, status: 'presented', presentedOn: scenario.today });
    expect(missing(scenario)).toEqual(['candidate', 'unit', 'municipality:0183:jobcentre']);
  });

  it("is the drafter's (FM-AGR-1)", () => {
    expect(aDraftAgreement().refusal('police', 'agreement.present').rule).toBe('FM-CNF-2');
  });

  it('refuses what has no content yet (FM-AGR-2)', () => {
    const scenario = anAcceptedCase().does('police', 'agreement.assignDrafter', { seat: 'municipal' });
    expect(refusal(scenario)).toMatchObject({ rule: 'FM-AGR-2', rests: ['agreement'] });
  });

  it('refuses an agreement without a measure (FM-AGR-2)', () => {
    const scenario = aDraftAgreement();
    scenario.does('municipal', 'agreement.setTerms', terms(scenario, { measures: [], requirements: [] }));
    expect(refusal(scenario)).toMatchObject({ rule: 'FM-AGR-2', detail: expect.stringContaining('mindst ét tiltag') as string });
  });

  it('refuses one whose time has run out (FM-AGR-2)', () => {
    expect(refusal(aDraftAgreement().days(366))).toMatchObject({
      rule: 'FM-AGR-2',
      detail: expect.stringContaining('løb ud') as string,
    });
  });

  it('refuses while a fixed representative has not contributed, and names which (FM-AGR-9)', () => {
    const scenario = withPlacement(anAcceptedCase());
    scenario
      .does('police', 'agreement.assignDrafter', { seat: 'municipal' })
      .does('police', 'agreement.contribute', { nothing: true });
    scenario.does('municipal', 'agreement.setTerms', terms(scenario));
    expect(refusal(scenario)).toMatchObject({
      rule: 'FM-AGR-9',
      detail: expect.stringContaining('kommunen og Kriminalforsorgen') as string,
    });
  });

  it('asks no contribution of a seat left empty by a conflict of interest (FM-AGR-9, FM-DEC-4)', () => {
    const scenario = withPlacement(anAcceptedCase()).does('probation', 'circle.declareConflict', { reason: 'Nabo' });
    scenario.does('police', 'agreement.assignDrafter', { seat: 'municipal' });
    for (const who of ['police', 'municipal'] as const) scenario.does(who, 'agreement.contribute', { nothing: true });
    scenario.does('municipal', 'agreement.setTerms', terms(scenario));
    expect(refusal(scenario).rule).toBe('FM-AGR-7');
  });

  it('refuses without a contact person in the circle (FM-AGR-7)', () => {
    const scenario = aDraftAgreement();
    const { contactPerson: _nobody, ...agreement } = scenario.state.agreement;
    scenario.state = { ...scenario.state, agreement };
    expect(refusal(scenario)).toMatchObject({ rule: 'FM-AGR-7', rests: ['contactPerson'] });
  });

  it('refuses until police has assessed security, and again when the picture changed (FM-SEC-1)', () => {
    const scenario = aDraftAgreement().does('municipal', 'residence.change', { municipality: '0163', from: '2026-11-01' });
    expect(refusal(scenario)).toMatchObject({ rule: 'FM-SEC-1', rests: ['security'] });
    scenario.does('police', 'security.assess', { level: 'low', occasion: 'change', text: 'Uændret' });
    expect(scenario.does('municipal', 'agreement.present').events('AgreementPresented')).toHaveLength(1);
  });

  it('refuses a measure its authority has not granted, or has stopped (FM-AGR-3)', () => {
    const waiting = withTreatment(aDraftAgreement());
    waiting.does('municipal', 'agreement.setTerms', terms(waiting));
    expect(refusal(waiting)).toMatchObject({ rule: 'FM-AGR-3', rests: ['measures'] });
    const stopped = aDraftAgreement();
    stopped.does('jobcentre', 'measure.stop', { measure: latestMeasure(stopped), reason: 'Mødte ikke', law: 'LAB § 57' });
    expect(refusal(stopped).rule).toBe('FM-AGR-3');
  });

  it('refuses without consent, whether none was given, it was refused, withdrawn or has expired (FM-CON-1)', () => {
    const without = withPlacement(anAcceptedCase());
    without
      .does('police', 'security.assess', { level: 'low', occasion: 'before-agreement', text: 'Rolig' })
      .does('police', 'contactPerson.appoint', { user: people.municipal.user, reason: 'Kender ham' })
      .does('police', 'agreement.assignDrafter', { seat: 'municipal' });
    for (const who of ['police', 'municipal', 'probation'] as const) without.does(who, 'agreement.contribute', { nothing: true });
    granted(without, 'jobcentre').does('municipal', 'agreement.setTerms', terms(without));
    expect(refusal(without)).toMatchObject({
      rule: 'FM-CON-1',
      rests: ['consent'],
      detail: expect.stringContaining('Registrér samtykket') as string,
    });
    expect(refusal(without.does('municipal', 'consent.refuse', saysNo)).rule).toBe('FM-CON-1');
    expect(refusal(aDraftAgreement().does('municipal', 'consent.withdraw', allWithdrawn)).rule).toBe('FM-CON-1');
    const expiring = aDraftAgreement();
    expiring.does('municipal', 'consent.give', aConsent(expiring, { expiresOn: expiring.today })).days(1);
    expect(refusal(expiring)).toMatchObject({ rule: 'FM-CON-1', detail: expect.stringContaining('gjaldt til og med') as string });
  });

  it('refuses a consent that leaves out a responsible authority, or a kind its measure needs (FM-CON-6)', () => {
    const others = aDraftAgreement();
    others.does('municipal', 'consent.withdraw', partWithdrawn({ authorities: [people.jobcentre.authority] }));
    expect(refusal(others)).toMatchObject({
      rule: 'FM-CON-6',
      rests: ['consent', 'measures'],
      detail: expect.stringContaining('Jobcenter Ishøj') as string,
    });
    expect(refusal(aDraftAgreement().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['social'] })))).toMatchObject({
      rule: 'FM-CON-6',
      detail: expect.stringContaining('“Sociale forhold”') as string,
    });
  });

  it('permits an agreement within a partial consent (FM-CON-6)', () => {
    const scenario = aDraftAgreement().does(
      'municipal',
      'consent.withdraw',
      partWithdrawn({
        kinds: ['health', 'abuse', 'economic', 'criminal'],
      }),
    );
    expect(scenario.does('municipal', 'agreement.present').events('AgreementPresented')).toHaveLength(1);
    const treatment = withTreatment(aDraftAgreement());
    granted(treatment, 'treatment', treatmentPlan)
      .does('municipal', 'agreement.setTerms', terms(treatment))
      .does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['abuse'] }));
    expect(refusal(treatment).rule).toBe('FM-CON-6');
  });

  it('refuses while permanent relocation is not co-ordinated (FM-AGR-6)', () => {
    const scenario = aDraftAgreement();
    scenario.state = {
      ...scenario.state,
      groundwork: { ...scenario.state.groundwork, relocation: { need: 'permanent', on: scenario.today } },
    };
    expect(refusal(scenario)).toMatchObject({ rule: 'FM-AGR-6', rests: ['agreement'] });
    scenario.does('police', 'agreement.recordCoordination', { unit: 'fyn', askedOn: scenario.today, answer: 'yes' });
    expect(scenario.does('municipal', 'agreement.present').events('AgreementPresented')).toHaveLength(1);
  });

  it('refuses what is presented or entered already (FM-AGR-4, FM-AGR-8)', () => {
    expect(refusal(aPresentedAgreement()).rule).toBe('FM-AGR-8');
    expect(refusal(aCaseInCourse()).rule).toBe('FM-AGR-4');
    expect(aCaseWithConclusions().refusal('municipal', 'agreement.present').rule).toBe('FM-CNF-2');
    expect(refusal(anInterruptedCase())).toMatchObject({ rule: 'FM-AGR-1', rests: ['course'] });
  });

  it("in custody asks one contribution, the custody officer's (FM-CUS-3, FM-AGR-9)", () => {
    const scenario = anAcceptedCustodyCaseWithConsent();
    scenario.does('custody', 'measure.propose', { type: 'forloeb-under-afsoning', coveredByActionPlan: true });
    granted(scenario, 'custody').does('custody', 'agreement.setTerms', terms(scenario)).does('custody', 'agreement.present');
    expect(missing(scenario)).toEqual(['candidate', 'unit', 'dfk']);
  });
});

describe('presenting a later version', () => {
  const reason = { reason: 'Behandling er kommet til' };
  const revised = (but: (scenario: Scenario) => object): Scenario => {
    const scenario = aCaseInCourse('2026-11-02').days(30).does('municipal', 'agreement.revise', reason);
    const { validFrom, validTo, firstFollowUp, measures, requirements } = openVersion(scenario.state) ?? {
      measures: [],
      requirements: [],
    };
    const same = {
      goal: undefined,
      validFrom,
      validTo,
      firstFollowUp,
      measures,
      requirements: requirements.map((one) => ({ requirement: one.id })),
    };
    return scenario.does('municipal', 'agreement.setTerms', terms(scenario, { ...same, ...but(scenario) }));
  };

  it('keeps the accession of an authority whose measure is unchanged; candidate and unit accede anew (FM-AGR-4)', () => {
    const scenario = revised(() => ({ followUpEveryWeeks: 6 })).does('municipal', 'agreement.present');
    expect(missing(scenario)).toEqual(['candidate', 'unit']);
  });

  it("keeps the candidate's word on what is unchanged, and asks for it on what is new (FM-AGR-4, FM-AGR-8)", () => {
    const scenario = revised(({ state }) => {
      const tied =
        openVersion(state)
          ?.requirements.filter((one) => one.measure !== undefined)
          .map((one) => ({ requirement: one.id })) ?? [];
      return { requirements: [{ text: 'Kommer ikke i klubhuset' }, ...tied] };
    }).does('municipal', 'agreement.present');
    const version = openVersion(scenario.state);
    const [fresh, tied] = version?.requirements ?? [];
    expect(version && wordsOf(version).map((one) => one.item)).toEqual([version?.measures[0]?.measure, tied?.id]);
    expect(scenario.refusal('municipal', 'agreement.accede', candidateAccedes(scenario, { words: [] }))).toMatchObject({
      rule: 'FM-AGR-8',
      field: 'words',
    });
    const words = [{ item: fresh?.id, word: 'disagrees' }];
    expect(
      scenario.does('municipal', 'agreement.accede', candidateAccedes(scenario, { words })).events('PartyAcceded'),
    ).toHaveLength(4);
  });

  it('asks an authority again when the time frame of its measure changed (FM-AGR-4)', () => {
    const scenario = revised(({ state }) => ({
      measures: openVersion(state)?.measures.map((one) => ({ ...one, startBy: '2027-01-15' })),
    })).does('municipal', 'agreement.present');
    expect(missing(scenario)).toEqual(['candidate', 'unit', 'municipality:0183:jobcentre']);
  });

  it('asks it again when a requirement of its measure changed (FM-AGR-4)', () => {
    const scenario = revised((of) => ({ requirements: [{ text: 'Møder kl. 7', measure: latestMeasure(of) }] })).does(
      'municipal',
      'agreement.present',
    );
    expect(missing(scenario)).toContain('municipality:0183:jobcentre');
  });

  it("asks the authority of a new measure, and leaves the others' as it was (FM-AGR-4)", () => {
    const scenario = granted(withTreatment(aCaseInCourse('2026-11-02').days(7)), 'treatment', treatmentPlan).does(
      'municipal',
      'agreement.revise',
      reason,
    );
    const { measures = [], validTo, firstFollowUp, validFrom, requirements = [] } = openVersion(scenario.state) ?? {};
    const kept = requirements.map((one) => ({ requirement: one.id }));
    const more = [...measures, { measure: latestMeasure(scenario), startBy: '2026-12-20' }];
    scenario
      .does(
        'municipal',
        'agreement.setTerms',
        terms(scenario, { validFrom, validTo, firstFollowUp, measures: more, requirements: kept }),
      )
      .does('municipal', 'agreement.present');
    expect(missing(scenario)).toEqual(['candidate', 'unit', 'municipality:0183:treatment']);
  });

  it('asks for no more than the one measure of several that changed, and for what returns to the agreement (FM-AGR-4)', () => {
    const scenario = aDraftAgreement('2026-11-02').does('municipal', 'measure.propose', { type: 'social-stoette' });
    granted(scenario, 'municipal')
      .does('municipal', 'agreement.setTerms', terms(scenario))
      .does('municipal', 'agreement.present');
    scenario
      .does('municipal', 'agreement.accede', candidateAccedes(scenario))
      .does('police', 'agreement.accede', { party: 'unit' });
    scenario
      .does('municipal', 'agreement.accede', { party: people.municipal.authority })
      .does('jobcentre', 'agreement.accede', { party: people.jobcentre.authority });
    scenario.days(7).does('municipal', 'agreement.revise', reason);
    const { measures = [], requirements = [] } = openVersion(scenario.state) ?? {};
    const [first, second] = measures;
    const kept = requirements.map((one) => ({ requirement: one.id }));
    scenario.does(
      'municipal',
      'agreement.setTerms',
      terms(scenario, { measures: [first, { ...second, startBy: '2026-12-24' }], requirements: kept }),
    );
    expect(missing(scenario.does('municipal', 'agreement.present'))).toEqual(['candidate', 'unit', people.municipal.authority]);
    scenario.does(
      'municipal',
      'agreement.setTerms',
      terms(scenario, { measures: [second, first], requirements: kept.reverse() }),
    );
    expect(missing(scenario.does('municipal', 'agreement.present'))).toEqual(['candidate', 'unit']);
  });

  it('takes nothing over from an agreement with another unit: that one is made anew (FM-CUS-5)', () => {
    const scenario = revised(() => ({ followUpEveryWeeks: 6 }));
    const versions = scenario.state.agreement.versions.map((one) => (one.status === 'entered' ? { ...one, unit: 'dfk' } : one));
    scenario.state = { ...scenario.state, agreement: { ...scenario.state.agreement, versions } };
    expect(missing(scenario.does('municipal', 'agreement.present'))).toEqual([
      'candidate',
      'unit',
      'municipality:0183:jobcentre',
    ]);
  });
});
