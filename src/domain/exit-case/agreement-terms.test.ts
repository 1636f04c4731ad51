import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  aConsent,
  aDraftAgreement,
  allWithdrawn,
  aPresentedAgreement,
  candidateAccedes,
  latestMeasure,
  terms,
  withTreatment,
} from '../../../tests/support/agreement-states.js';
import { messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { openVersion } from './agreement.js';

const refusal = (scenario: Scenario, but: object) => scenario.refusal('municipal', 'agreement.setTerms', terms(scenario, but));
const sets = (scenario: Scenario, but: object = {}): Scenario =>
  scenario.does('municipal', 'agreement.setTerms', terms(scenario, but));
const draft = (day = '2026-11-02') => aDraftAgreement(day);

describe('the terms of an agreement', () => {
  it('hold goal, measures with time frames, requirements, follow-up rhythm and period (FM-AGR-2)', () => {
    const version = openVersion(draft().state);
    expect(version).toMatchObject({
      status: 'draft',
      goalOf: 1,
      followUpEveryWeeks: 4,
      firstFollowUp: '2026-11-30',
      validFrom: '2026-11-02',
      validTo: '2027-11-02',
      measures: [{ startBy: '2026-11-30' }],
    });
    expect(version?.requirements.map((one) => one.measure === undefined)).toEqual([true, false]);
  });

  it("tell a measure's requirements its owner too, and the rest the unit alone (FM-CNF-4, FM-AGR-2)", () => {
    const scenario = draft();
    expect(scopesOf(scenario.tries('municipal', 'agreement.setTerms', terms(scenario)))).toEqual([
      'general',
      `measure:${latestMeasure(scenario)}`,
    ]);
  });

  it('are written by the drafter alone (FM-AGR-1)', () => {
    const scenario = draft();
    for (const who of ['police', 'probation', 'jobcentre'] as const) {
      expect(scenario.refusal(who, 'agreement.setTerms', terms(scenario)).rule).toBe('FM-CNF-2');
    }
  });

  it('refuse a first draft without a goal; an unchanged goal need not be written again (FM-AGR-2)', () => {
    const scenario = draft();
    expect(openVersion(sets(scenario, { goal: undefined }).state)?.goalOf).toBe(1);
    const course = aCaseInCourse().does('municipal', 'agreement.revise', { reason: 'Nyt mål' });
    expect(openVersion(sets(course, { goal: 'At blive murer' }).state)?.goalOf).toBe(2);
  });

  it('refuse an empty goal in a first draft (FM-AGR-2)', () => {
    const scenario = draft();
    const emptied = {
      ...scenario.state,
      agreement: {
        ...scenario.state.agreement,
        versions: scenario.state.agreement.versions.map(({ goalOf: _goal, ...one }) => one),
      },
    };
    scenario.state = emptied;
    expect(refusal(scenario, { goal: undefined })).toMatchObject({ rule: 'FM-AGR-2', field: 'goal' });
  });

  it('refuse times that do not fit together (FM-AGR-2)', () => {
    expect(refusal(draft(), { validTo: '2026-11-02' })).toMatchObject({ rule: 'FM-AGR-2', field: 'validTo' });
    expect(refusal(draft(), { firstFollowUp: '2026-11-01' })).toMatchObject({ rule: 'FM-AGR-2', field: 'firstFollowUp' });
    expect(refusal(draft(), { firstFollowUp: '2027-11-03' })).toMatchObject({ rule: 'FM-AGR-2', field: 'firstFollowUp' });
    const scenario = draft();
    expect(refusal(scenario, { measures: [{ measure: latestMeasure(scenario), startBy: '2027-11-03' }] })).toMatchObject({
      rule: 'FM-AGR-2',
      field: 'measures.0.startBy',
    });
  });

  it.each([
    ['0', 'mindst én uge'],
    ['27', 'højst gå 26 uger'],
    ['2.5', 'helt antal'],
    ['ofte', 'hvor mange uger'],
  ])('refuse follow-ups every %s weeks (FM-AGR-2)', (followUpEveryWeeks, said) => {
    const scenario = draft();
    expect(
      messageAt(scenario.tries('municipal', 'agreement.setTerms', terms(scenario, { followUpEveryWeeks })), 'followUpEveryWeeks'),
    ).toContain(said);
  });

  it('refuse a measure that is not in the case, and one that stands twice (FM-AGR-2)', () => {
    const scenario = draft();
    const one = { measure: latestMeasure(scenario), startBy: '2026-12-01' };
    expect(refusal(scenario, { measures: [{ ...one, measure: '99999999-0000-4000-8000-000000000000' }] })).toMatchObject({
      rule: 'FM-AGR-2',
      field: 'measures.0.measure',
    });
    expect(refusal(scenario, { measures: [one, one] })).toMatchObject({ rule: 'FM-AGR-2', field: 'measures.1.measure' });
  });

  it('refuse a measure its authority refused or stopped; one that waits for a decision can be drafted (FM-AGR-3)', () => {
    const scenario = draft();
    scenario.does('jobcentre', 'measure.stop', { measure: latestMeasure(scenario), reason: 'Mødte ikke', law: 'LAB § 57' });
    expect(refusal(scenario, {})).toMatchObject({ rule: 'FM-AGR-3', field: 'measures.0.measure', rests: ['measures'] });
    expect(openVersion(sets(withTreatment(draft())).state)?.measures).toHaveLength(2);
  });

  it('refuse a requirement without words, and one to a measure that is not in the agreement (FM-AGR-2)', () => {
    const scenario = draft();
    expect(refusal(scenario, { requirements: [{}] })).toMatchObject({ rule: 'FM-AGR-2', field: 'requirements.0.text' });
    expect(
      refusal(scenario, { measures: [], requirements: [{ text: 'Møder', measure: latestMeasure(scenario) }] }),
    ).toMatchObject({ rule: 'FM-AGR-2', field: 'requirements.0.measure' });
  });

  it('keep the id of a requirement that stands unchanged, and give new words a new one (FM-AGR-8)', () => {
    const scenario = draft();
    const [first, second] = openVersion(scenario.state)?.requirements ?? [];
    sets(scenario, {
      requirements: [{ requirement: first?.id }, { requirement: second?.id, text: 'Møder kl. 7', measure: second?.measure }],
    });
    const [kept, changed] = openVersion(scenario.state)?.requirements ?? [];
    expect(kept).toEqual(first);
    expect(changed?.id).not.toBe(second?.id);
    expect(changed?.measure).toBe(second?.measure);
  });

  it('refuse to keep a requirement without its measure, or one that never stood there (FM-AGR-8)', () => {
    const scenario = draft();
    const [, second] = openVersion(scenario.state)?.requirements ?? [];
    expect(refusal(scenario, { measures: [], requirements: [{ requirement: second?.id }] })).toMatchObject({
      rule: 'FM-AGR-2',
      field: 'requirements.0.text',
    });
    expect(refusal(scenario, { requirements: [{ requirement: '99999999-0000-4000-8000-000000000000' }] })).toMatchObject({
      rule: 'FM-AGR-2',
      field: 'requirements.0.text',
    });
  });

  it("are not shared without a basis, with the unit or with a measure's owner (FM-CON-2, FM-CON-3)", () => {
    expect(refusal(draft().does('municipal', 'consent.withdraw', allWithdrawn), {})).toMatchObject({
      rule: 'FM-CON-2',
      rests: ['consent'],
    });
    const scenario = draft().days(1);
    scenario.does(
      'municipal',
      'consent.give',
      aConsent(scenario, { authorities: [people.police.authority, people.municipal.authority, people.probation.authority] }),
    );
    expect(refusal(scenario, {})).toMatchObject({ rule: 'FM-CON-3', field: 'requirements.1.text' });
    expect(openVersion(sets(scenario, { requirements: [{ text: 'Møder til samtaler' }] }).state)?.requirements).toHaveLength(1);
  });

  it('void what was acceded when a presented version is edited (FM-AGR-8)', () => {
    const scenario = aPresentedAgreement();
    scenario.does('municipal', 'agreement.accede', candidateAccedes(scenario));
    expect(openVersion(scenario.state)?.accessions).toHaveLength(1);
    const edited = openVersion(sets(scenario).state);
    expect(edited).toMatchObject({ status: 'draft', accessions: [] });
    expect(edited?.presentedOn).toBeUndefined();
    expect(scenario.refusal('police', 'agreement.accede', { party: 'unit' }).rule).toBe('FM-AGR-8');
  });

  it('cannot be edited once entered: a new version is opened (FM-AGR-4)', () => {
    expect(refusal(aCaseInCourse(), {})).toMatchObject({ rule: 'FM-AGR-4', rests: ['agreement'] });
  });
});
