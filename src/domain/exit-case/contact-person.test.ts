import { describe, expect, it } from 'vitest';
import { aCaseInCourse, aDraftAgreement, allWithdrawn, latestMeasure } from '../../../tests/support/agreement-states.js';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { anInterruptedCase } from '../../../tests/support/course-states.js';
import { messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';

const appoint = (user: string) => ({ user, reason: 'Kandidaten kender hende' });

describe('the contact person', () => {
  it('is appointed by the unit from the circle, with the reason for the choice (FM-AGR-1, FM-AGR-7)', () => {
    const scenario = anAcceptedCase();
    expect(scopesOf(scenario.tries('police', 'contactPerson.appoint', appoint(people.municipal.user)))).toEqual(['general']);
    expect(scenario.does('police', 'contactPerson.appoint', appoint(people.municipal.user)).state.agreement.contactPerson).toBe(
      people.municipal.user,
    );
    expect(messageAt(scenario.tries('police', 'contactPerson.appoint', { user: people.municipal.user }), 'reason')).toMatch(
      'Skriv, hvorfor',
    );
  });

  it('can be a colleague who was brought in for it (FM-AGR-7)', () => {
    const scenario = anAcceptedCase().does('municipal', 'circle.add', {
      user: people.municipal2.user,
      role: 'contact',
      reason: 'Mentor',
    });
    expect(
      scenario.does('municipal', 'contactPerson.appoint', appoint(people.municipal2.user)).state.agreement.contactPerson,
    ).toBe(people.municipal2.user);
  });

  it('is exactly one: a new one stands in place of the one before (FM-AGR-7)', () => {
    const scenario = aCaseInCourse().does('police', 'contactPerson.appoint', appoint(people.probation.user));
    expect(scenario.state.agreement.contactPerson).toBe(people.probation.user);
    expect(scenario.refusal('municipal', 'agreement.reportStatus', { elements: [] }).rule).toBe('FM-CNF-2');
  });

  it('does not leave the case before another is appointed (FM-AGR-7)', () => {
    const scenario = aCaseInCourse();
    expect(scenario.refusal('police', 'circle.remove', { user: people.municipal.user, reason: 'Ny stilling' }).rule).toBe(
      'FM-AGR-7',
    );
    expect(scenario.refusal('municipal', 'circle.declareConflict', { reason: 'Nabo' }).rule).toBe('FM-AGR-7');
  });

  it('refuses one who is not in on the whole case, and one who is it already (FM-AGR-7)', () => {
    expect(anAcceptedCase().refusal('police', 'contactPerson.appoint', appoint(people.municipal2.user))).toMatchObject({
      rule: 'FM-AGR-7',
      field: 'user',
      rests: ['circle'],
    });
    expect(aCaseInCourse().refusal('police', 'contactPerson.appoint', appoint(people.jobcentre.user))).toMatchObject({
      rule: 'FM-AGR-7',
      field: 'user',
    });
    expect(aCaseInCourse().refusal('police', 'contactPerson.appoint', appoint(people.municipal.user))).toMatchObject({
      rule: 'FM-AGR-7',
      rests: ['contactPerson'],
    });
  });

  it('refuses before acceptance and after the course (FM-AGR-1)', () => {
    expect(aCase().refusal('police', 'contactPerson.appoint', appoint(people.municipal.user)).rule).toBe('FM-AGR-1');
    expect(anInterruptedCase().refusal('police', 'contactPerson.appoint', appoint(people.probation.user)).rule).toBe('FM-AGR-1');
  });
});

describe('contact beside the contact person', () => {
  const supervision = { authority: people.probation.authority, supervision: true, reason: 'Vilkår om tilsyn' };
  const ends = { authority: people.probation.authority };

  it('is an exception with its reason (FM-AGR-7)', () => {
    const scenario = aCaseInCourse().does('municipal', 'contactPerson.allowException', {
      ...supervision,
      authority: people.police.authority,
      supervision: false,
    });
    expect(scenario.state.agreement.exceptions).toEqual([
      { authority: people.police.authority, supervision: false, since: scenario.today, by: people.municipal.user },
    ]);
    expect(
      messageAt(scenario.tries('municipal', 'contactPerson.allowException', { ...supervision, reason: '' }), 'reason'),
    ).toMatch('Skriv, hvorfor');
    expect(
      scenario.does('municipal', 'contactPerson.endException', { authority: people.police.authority }).state.agreement.exceptions,
    ).toEqual([]);
  });

  it('of an authority that police may not know of is answered to police as none, and by who allowed it ended (FM-CNF-4)', () => {
    const exception = { authority: people.treatment.authority, supervision: false, reason: 'Lægen holder kontakten' };
    const end = { authority: people.treatment.authority };
    const scenario = aCaseInCourse();
    const none = scenario.refusal('police', 'contactPerson.endException', end);
    scenario.does('municipal', 'contactPerson.allowException', exception);
    expect(scenario.refusal('police', 'contactPerson.endException', end)).toEqual(none);
    expect(scenario.does('probation', 'contactPerson.endException', end).state.agreement.exceptions).toEqual([]);
    expect(scenario.does('police', 'contactPerson.allowException', exception).does('police', 'contactPerson.endException', end).state.agreement.exceptions).toEqual([]);
  });

  it('by a condition of supervision can never be set aside; only Kriminalforsorgen can say that it is over (FM-AGR-7)', () => {
    const scenario = aCaseInCourse().does('police', 'contactPerson.allowException', supervision);
    for (const who of ['police', 'municipal'] as const) {
      expect(scenario.refusal(who, 'contactPerson.endException', ends)).toMatchObject({
        rule: 'FM-AGR-7',
        field: 'authority',
        rests: ['contactPerson'],
      });
    }
    expect(scenario.does('probation', 'contactPerson.endException', ends).state.agreement.exceptions).toEqual([]);
  });

  it('is not turned into an ordinary exception either (FM-AGR-7)', () => {
    const scenario = aCaseInCourse().does('police', 'contactPerson.allowException', supervision);
    expect(scenario.refusal('municipal', 'contactPerson.allowException', { ...supervision, supervision: false })).toMatchObject({
      rule: 'FM-AGR-7',
      field: 'supervision',
    });
  });

  it("by supervision is Kriminalforsorgen's alone, and none can be ended that is not there (FM-AGR-7)", () => {
    expect(
      aCaseInCourse().refusal('police', 'contactPerson.allowException', { ...supervision, authority: people.police.authority }),
    ).toMatchObject({ rule: 'FM-AGR-7', field: 'supervision' });
    expect(aCaseInCourse().refusal('police', 'contactPerson.endException', ends)).toMatchObject({
      rule: 'FM-AGR-7',
      field: 'authority',
    });
  });
});

describe('the status of the agreement', () => {
  const report = (scenario: Scenario, but: object = {}): object => ({
    elements: [{ measure: latestMeasure(scenario), status: 'as-agreed' }],
    ...but,
  });
  const refusal = (scenario: Scenario, but: object = {}) =>
    scenario.refusal('municipal', 'agreement.reportStatus', report(scenario, but));

  it('is told to the unit by the contact person, element by element (FM-AGR-10)', () => {
    const scenario = aCaseInCourse().days(10);
    scenario.does('municipal', 'agreement.reportStatus', report(scenario));
    expect(scenario.state.agreement.statusOn).toBe(scenario.today);
    expect(scenario.refusal('police', 'agreement.reportStatus', report(scenario)).rule).toBe('FM-CNF-2');
  });

  it('keeps what is said of a measure in its scope, and the rest where the unit reads it (FM-CNF-4)', () => {
    const scenario = aCaseInCourse();
    const elements = [{ measure: latestMeasure(scenario), status: 'deviates', note: 'Kommer for sent' }];
    expect(scopesOf(scenario.tries('municipal', 'agreement.reportStatus', { elements, note: 'Ellers godt' }))).toEqual([
      'general',
      `measure:${latestMeasure(scenario)}`,
    ]);
  });

  it('refuses to leave an element out, name one twice, or one that is not in the agreement (FM-AGR-10)', () => {
    const scenario = aCaseInCourse();
    const one = { measure: latestMeasure(scenario), status: 'as-agreed' };
    expect(refusal(scenario, { elements: [] })).toMatchObject({ rule: 'FM-AGR-10', field: 'elements' });
    expect(refusal(scenario, { elements: [one, one] })).toMatchObject({ rule: 'FM-AGR-10', field: 'elements.1.measure' });
    expect(refusal(scenario, { elements: [{ ...one, measure: '99999999-0000-4000-8000-000000000000' }] })).toMatchObject({
      rule: 'FM-AGR-10',
      field: 'elements.0.measure',
    });
  });

  it('refuses while no agreement is in force (FM-AGR-10)', () => {
    expect(refusal(aDraftAgreement())).toMatchObject({ rule: 'FM-AGR-10', rests: ['agreement'] });
  });

  it('is told without words once there is no basis to share them (FM-CON-2)', () => {
    const scenario = aCaseInCourse().does('municipal', 'consent.withdraw', allWithdrawn);
    expect(refusal(scenario, { note: 'Går godt' })).toMatchObject({ rule: 'FM-CON-2', field: 'note' });
    expect(
      refusal(scenario, { elements: [{ measure: latestMeasure(scenario), status: 'as-agreed', note: 'Går godt' }] }),
    ).toMatchObject({ rule: 'FM-CON-2', field: 'elements.0.note' });
    expect(scenario.does('municipal', 'agreement.reportStatus', report(scenario)).events('AgreementStatusReported')).toHaveLength(
      1,
    );
  });
});
