import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  aDraftAgreement,
  anAgreementLackingOneParty,
  aPresentedAgreement,
  candidateAccedes,
  latestMeasure,
  terms,
} from '../../../tests/support/agreement-states.js';
import { anAcceptedCase, aRefusedCase } from '../../../tests/support/assessment-states.js';
import { anInterruptedCase } from '../../../tests/support/course-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { agreementInForce, agreementNotification, agreementTasks, currentVersion, openVersion, versionsOf } from './agreement.js';

const tasks = ({ state }: Scenario) => agreementTasks(state).map(({ owner, due, command }) => [owner, due, command]);
const municipal = { user: people.municipal.user };

describe('the versions of an agreement', () => {
  it('are none before drafting begins (FM-AGR-1)', () => {
    const { state } = anAcceptedCase();
    expect([versionsOf(state), currentVersion(state), agreementInForce(state), openVersion(state)]).toEqual([
      [],
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are the draft, then the presented, then the one in force (FM-AGR-4)', () => {
    expect(currentVersion(aDraftAgreement().state)?.status).toBe('draft');
    expect(currentVersion(aPresentedAgreement().state)?.status).toBe('presented');
    const { state } = aCaseInCourse();
    expect(currentVersion(state)).toBe(agreementInForce(state));
    expect(openVersion(state)).toBeUndefined();
  });
});

describe('an annulled accession', () => {
  const annul = (scenario: Scenario) => {
    const input = { what: 'accession', party: 'unit', reason: 'Forkert sag' };
    return scenario.does('police', 'record.annul', input).does('municipal', 'record.annul', input);
  };

  it('leaves a presented version waiting for the party again (FM-WORK-2)', () => {
    const scenario = annul(anAgreementLackingOneParty());
    expect(openVersion(scenario.state)?.accessions.map((one) => one.party)).toEqual(['candidate']);
  });

  it('of a later version puts the one before back in force (FM-WORK-2, FM-AGR-4)', () => {
    const scenario = aCaseInCourse().days(30).does('municipal', 'agreement.revise', { reason: 'Ny rytme' });
    const { requirements = [], measures } = openVersion(scenario.state) ?? {};
    scenario.does(
      'municipal',
      'agreement.setTerms',
      terms(scenario, { measures, requirements: requirements.map((one) => ({ requirement: one.id })) }),
    );
    scenario
      .does('municipal', 'agreement.present')
      .does('municipal', 'agreement.accede', candidateAccedes(scenario))
      .does('police', 'agreement.accede', { party: 'unit' });
    expect(agreementInForce(scenario.state)?.number).toBe(2);
    annul(scenario);
    expect(versionsOf(scenario.state).map((one) => [one.number, one.status])).toEqual([
      [1, 'entered'],
      [2, 'presented'],
    ]);
    expect(scenario.state.course.status).toBe('running');
  });
});

describe('three versions', () => {
  const again = (scenario: Scenario): Scenario => {
    scenario.days(30).does('municipal', 'agreement.revise', { reason: 'Ny rytme' });
    const { requirements = [], measures } = openVersion(scenario.state) ?? {};
    const followUpEveryWeeks = versionsOf(scenario.state).length;
    scenario.does(
      'municipal',
      'agreement.setTerms',
      terms(scenario, { measures, requirements: requirements.map((one) => ({ requirement: one.id })), followUpEveryWeeks }),
    );
    scenario.does('municipal', 'agreement.present').does('municipal', 'agreement.accede', candidateAccedes(scenario));
    return scenario.does('police', 'agreement.accede', { party: 'unit' });
  };
  const standing = ({ state }: Scenario) => versionsOf(state).map((one) => one.status);

  it('follow each other: one in force, the others readable (FM-AGR-4)', () => {
    const scenario = again(again(aCaseInCourse('2026-11-02')));
    expect(standing(scenario)).toEqual(['superseded', 'superseded', 'entered']);
    expect(versionsOf(scenario.state).map((one) => [one.followUpEveryWeeks, one.supersedes])).toEqual([
      [4, undefined],
      [2, 1],
      [3, 2],
    ]);
    scenario.does('municipal', 'agreement.revise', { reason: 'Endnu en' });
    expect(openVersion(scenario.state)).toMatchObject({ number: 4, followUpEveryWeeks: 3 });
  });

  it('go back one step when an accession to the last is annulled (FM-WORK-2)', () => {
    const scenario = again(again(aCaseInCourse('2026-11-02')));
    const accessions = versionsOf(scenario.state)[0]?.accessions;
    const input = { what: 'accession', party: 'unit', reason: 'Forkert sag' };
    scenario.does('police', 'record.annul', input).does('municipal', 'record.annul', input);
    expect(standing(scenario)).toEqual(['superseded', 'entered', 'presented']);
    expect(versionsOf(scenario.state)[0]).toMatchObject({ enteredOn: '2026-11-02', accessions });
    expect(versionsOf(scenario.state)[2]?.enteredOn).toBeUndefined();
  });
});

describe('tasks of an agreement', () => {
  it('begin with acceptance: contact person, drafter, three contributions (FM-AGR-1, FM-AGR-9)', () => {
    expect(tasks(anAcceptedCase('2026-11-02'))).toEqual([
      [{ seat: 'police' }, '2026-11-16', 'contactPerson.appoint'],
      [{ seat: 'police' }, '2026-11-16', 'agreement.assignDrafter'],
      [{ seat: 'police' }, '2026-11-16', 'agreement.contribute'],
      [{ seat: 'municipal' }, '2026-11-16', 'agreement.contribute'],
      [{ seat: 'probation' }, '2026-11-16', 'agreement.contribute'],
    ]);
    expect(tasks(aCase())).toEqual([]);
    expect(tasks(aRefusedCase())).toEqual([]);
  });

  it('ask the drafter for the draft, then for its presentation (FM-AGR-1)', () => {
    const drafting = anAcceptedCase('2026-11-02').does('police', 'agreement.assignDrafter', { seat: 'probation' });
    expect(tasks(drafting)).toContainEqual([{ seat: 'probation' }, '2026-11-30', 'agreement.setTerms']);
    expect(tasks(aDraftAgreement('2026-11-02'))).toEqual([[{ seat: 'municipal' }, '2026-11-30', 'agreement.present']]);
    expect(tasks(aPresentedAgreement())).toEqual([]);
  });

  it('ask the contact person for status in the rhythm of the follow-ups (FM-AGR-10)', () => {
    const scenario = aCaseInCourse('2026-11-02');
    expect(tasks(scenario)).toEqual([[municipal, '2026-11-30', 'agreement.reportStatus']]);
    scenario
      .days(20)
      .does('municipal', 'agreement.reportStatus', { elements: [{ measure: latestMeasure(scenario), status: 'as-agreed' }] });
    expect(tasks(scenario)).toEqual([[municipal, '2026-12-20', 'agreement.reportStatus']]);
  });

  it('ask for it at once when part of the agreement changes (FM-AGR-10)', () => {
    const scenario = aCaseInCourse('2026-11-02').days(4);
    scenario.does('jobcentre', 'measure.stop', { measure: latestMeasure(scenario), reason: 'Mødte ikke', law: 'LAB § 57' });
    expect(tasks(scenario)).toEqual([[municipal, '2026-11-09', 'agreement.reportStatus']]);
    scenario.does('municipal', 'agreement.reportStatus', { elements: [{ measure: latestMeasure(scenario), status: 'ended' }] });
    expect(tasks(scenario)).toEqual([[municipal, '2026-12-04', 'agreement.reportStatus']]);
  });

  it('do not ask because of a measure that is not in the agreement (FM-AGR-10)', () => {
    const scenario = aCaseInCourse('2026-11-02').does('municipal', 'measure.propose', { type: 'social-stoette' });
    const measure = latestMeasure(scenario);
    scenario
      .does('municipal', 'measure.decide', { measure, outcome: 'granted' })
      .does('municipal', 'measure.stop', { measure, reason: 'x', law: 'SEL § 85' });
    expect(scenario.state.agreement.changedOn).toBeUndefined();
  });

  it('ask the drafter to finish a new version (FM-AGR-4)', () => {
    const scenario = aCaseInCourse('2026-11-02').days(10).does('municipal', 'agreement.revise', { reason: 'Ny rytme' });
    expect(tasks(scenario)).toContainEqual([{ seat: 'municipal' }, '2026-12-10', 'agreement.present']);
  });

  it('are none when the course is over (FM-END-1)', () => {
    expect(tasks(anInterruptedCase())).toEqual([]);
  });
});

it('notifies the contact point of nothing but entry (FM-NOT-1)', () => {
  const scenario = aCaseInCourse();
  expect(scenario.stream.map((one) => agreementNotification(one.event)).filter((kind) => kind !== undefined)).toEqual([
    'agreement-entered',
  ]);
});
