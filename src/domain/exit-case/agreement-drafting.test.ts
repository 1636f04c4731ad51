import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  aDraftAgreement,
  anAcceptedCaseWithConsent,
  aPresentedAgreement,
  saysNo,
  terms,
} from '../../../tests/support/agreement-states.js';
import { anAcceptedCase, anAcceptedCustodyCase } from '../../../tests/support/assessment-states.js';
import { anInterruptedCase } from '../../../tests/support/course-states.js';
import { scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase } from '../../../tests/support/scenario.js';
import { agreementInForce, currentVersion, seatsWithoutContribution, versionsOf } from './agreement.js';

const nothing = { nothing: true };
const considered = { considered: 'Praktik, mentor', chosen: 'Praktik' };

describe('deciding who drafts', () => {
  it("is the unit's, when the candidate is accepted, and opens the first draft (FM-AGR-1)", () => {
    const scenario = anAcceptedCase().does('probation', 'agreement.assignDrafter', { seat: 'municipal' });
    expect(scenario.state.agreement).toMatchObject({
      drafter: 'municipal',
      versions: [{ number: 1, status: 'draft', openedOn: scenario.today }],
    });
  });

  it('can be changed without opening another draft (FM-AGR-1)', () => {
    const scenario = aDraftAgreement().does('police', 'agreement.assignDrafter', { seat: 'probation' });
    expect(scenario.state.agreement.versions).toHaveLength(1);
    expect(scenario.refusal('municipal', 'agreement.setTerms', terms(scenario)).rule).toBe('FM-CNF-2');
  });

  it('refuses before acceptance, and a seat that does not speak in the case (FM-AGR-1)', () => {
    expect(aCase().refusal('police', 'agreement.assignDrafter', { seat: 'police' })).toMatchObject({
      rule: 'FM-AGR-1',
      rests: ['decision'],
    });
    expect(anAcceptedCase().refusal('police', 'agreement.assignDrafter', { seat: 'custody' })).toMatchObject({
      rule: 'FM-AGR-1',
      field: 'seat',
    });
    expect(anAcceptedCustodyCase().refusal('custody', 'agreement.assignDrafter', { seat: 'police' })).toMatchObject({
      rule: 'FM-AGR-1',
      field: 'seat',
    });
  });

  it('refuses when the course is over (FM-AGR-1)', () => {
    expect(anInterruptedCase().refusal('police', 'agreement.assignDrafter', { seat: 'police' })).toMatchObject({
      rule: 'FM-AGR-1',
      rests: ['course'],
    });
  });
});

describe('a contribution to the agreement', () => {
  it('says what was considered, chosen and not chosen, to the unit (FM-AGR-9)', () => {
    const scenario = anAcceptedCase();
    expect(scopesOf(scenario.tries('municipal', 'agreement.contribute', considered))).toEqual(['general']);
    scenario.does('municipal', 'agreement.contribute', considered);
    expect(seatsWithoutContribution(scenario.state)).toEqual(['police', 'probation']);
  });

  it('can be nothing (FM-AGR-9)', () => {
    expect(anAcceptedCase().does('police', 'agreement.contribute', nothing).state.agreement.contributions).toEqual([
      { seat: 'police', authority: people.police.authority, nothing: true },
    ]);
  });

  it('refuses one that says neither something nor nothing, or both (FM-AGR-9)', () => {
    const refusal = (input: object) => anAcceptedCase().refusal('police', 'agreement.contribute', input);
    expect(refusal({})).toMatchObject({ rule: 'FM-AGR-9', field: 'considered' });
    expect(refusal({ considered: 'Alarm' })).toMatchObject({ rule: 'FM-AGR-9', field: 'considered' });
    expect(refusal({ nothing: true, chosen: 'Alarm' })).toMatchObject({ rule: 'FM-AGR-9', field: 'nothing' });
  });

  it('is not shared without a basis; nothing can still be said (FM-CON-2)', () => {
    const scenario = anAcceptedCase().does('municipal', 'consent.refuse', saysNo);
    expect(scenario.refusal('municipal', 'agreement.contribute', considered)).toMatchObject({
      rule: 'FM-CON-2',
      rests: ['consent'],
    });
    expect(scenario.does('municipal', 'agreement.contribute', nothing).state.agreement.contributions).toHaveLength(1);
  });

  it('counts for the authority, whoever holds its seat (FM-AGR-9, FM-DEC-4)', () => {
    const scenario = anAcceptedCase().does('municipal', 'agreement.contribute', nothing);
    scenario.does('municipal', 'circle.declareConflict', { reason: 'Nabo', replacement: people.municipal2.user });
    expect(seatsWithoutContribution(scenario.state)).toEqual(['police', 'probation']);
  });

  it('is made by the unit, after acceptance (FM-AGR-1, FM-AGR-9)', () => {
    expect(aCase().refusal('police', 'agreement.contribute', nothing).rule).toBe('FM-AGR-1');
    expect(aDraftAgreement().refusal('jobcentre', 'agreement.contribute', nothing).rule).toBe('FM-CNF-2');
  });
});

describe('revising an agreement', () => {
  const reason = { reason: 'Praktikken er slut' };

  it('opens a new version with the old terms, which stay in force (FM-AGR-4)', () => {
    const scenario = aCaseInCourse().days(30).does('municipal', 'agreement.revise', reason);
    expect(versionsOf(scenario.state).map(({ number, status }) => [number, status])).toEqual([
      [1, 'entered'],
      [2, 'draft'],
    ]);
    const [first, second] = versionsOf(scenario.state);
    expect(second).toMatchObject({
      openedOn: scenario.today,
      goalOf: 1,
      measures: first?.measures,
      requirements: first?.requirements,
      accessions: [],
    });
    expect(second?.enteredOn).toBeUndefined();
    expect(agreementInForce(scenario.state)?.number).toBe(1);
    expect(currentVersion(scenario.state)?.number).toBe(2);
  });

  it("is the drafter's or the contact person's (FM-AGR-4)", () => {
    const scenario = aCaseInCourse().does('police', 'agreement.assignDrafter', { seat: 'probation' });
    expect(scenario.refusal('police', 'agreement.revise', reason).rule).toBe('FM-CNF-2');
    expect(scenario.tries('probation', 'agreement.revise', reason)).toHaveLength(1);
    expect(scenario.tries('municipal', 'agreement.revise', reason)).toHaveLength(1);
  });

  it('refuses a second open version, and before anything was entered (FM-AGR-4)', () => {
    expect(
      aCaseInCourse().does('municipal', 'agreement.revise', reason).refusal('municipal', 'agreement.revise', reason),
    ).toMatchObject({ rule: 'FM-AGR-4', rests: ['agreement'] });
    expect(aPresentedAgreement().refusal('municipal', 'agreement.revise', reason).rule).toBe('FM-AGR-4');
    const settled = anAcceptedCaseWithConsent().does('police', 'contactPerson.appoint', {
      user: people.municipal.user,
      reason: 'Kender ham',
    });
    expect(settled.refusal('municipal', 'agreement.revise', reason).rule).toBe('FM-AGR-4');
  });

  it('refuses when the course is over (FM-AGR-4)', () => {
    expect(anInterruptedCase().refusal('municipal', 'agreement.revise', reason).rule).toBe('FM-AGR-1');
  });
});
