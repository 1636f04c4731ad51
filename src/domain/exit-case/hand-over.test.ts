import { describe, expect, it } from 'vitest';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { withTreatment } from '../../../tests/support/agreement-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase } from '../../../tests/support/scenario.js';
import { coordinator, currentMembers, membershipsOf, seatsOf } from './circle.js';

const reason = 'Er fratrådt';
const toSecond = { user: people.municipal.user, to: people.municipal2.user, reason };

describe('handing a colleague’s work over', () => {
  it('moves seat, contact with the candidate and precautions to the successor in one step, and takes the access (FM-WORK-7)', () => {
    const scenario = anAcceptedCase()
      .does('police', 'contactPerson.appoint', { user: people.municipal.user, reason: 'Kender kandidaten' })
      .does('police', 'security.assess', { level: 'low', occasion: 'before-agreement', text: 'Roligt', precautions: [{ worker: people.municipal.user, text: 'Mød aldrig alene' }] });
    const [precaution] = scenario.state.security.precautions;
    scenario.does('municipal', 'security.confirmPrecaution', { precaution: precaution?.id }).does('police', 'circle.handOver', toSecond);
    const { state } = scenario;
    expect(membershipsOf(state, people.municipal.user)).toEqual([]);
    expect(seatsOf(state, people.municipal2.user)).toEqual(['municipal']);
    expect(state.agreement.contactPerson).toBe(people.municipal2.user);
    // He has not read them.
    expect(state.security.precautions).toEqual([{ id: precaution?.id, worker: people.municipal2.user, since: precaution?.since }]);
  });

  it('moves a measure with its part of the case to another of the same authority (FM-DEC-3)', () => {
    const scenario = withTreatment(anAcceptedCase());
    const refused = scenario.refusal('municipal', 'circle.handOver', { user: people.treatment.user, to: people.jobcentre.user, reason });
    expect(refused).toMatchObject({ rule: 'FM-WORK-7', field: 'to' });
  });

  it('refuses a successor who may not hold the seat, and one whom the case shuts out, like one nobody knows (FM-ORG-1, control 20)', () => {
    expect(aCase().refusal('police', 'circle.handOver', { ...toSecond, to: people.odense.user })).toMatchObject({ rule: 'FM-ORG-1', field: 'to' });
    const scenario = aCase().does('police', 'circle.exclude', { user: people.municipal2.user, reason: 'Nabo' });
    const excluded = scenario.refusal('police', 'circle.handOver', toSecond);
    expect(scenario.refusal('police', 'circle.handOver', { ...toSecond, to: '99999999-0000-4000-8000-000000000000' })).toEqual(excluded);
  });

  it('says of who is there for a measure that police may not know of what it says of a stranger (FM-CNF-4)', () => {
    const scenario = withTreatment(anAcceptedCase());
    const of = (user: string) => scenario.refusal('police', 'circle.handOver', { user, to: people.municipal2.user, reason });
    expect(of(people.treatment.user)).toEqual(of(people.odense.user));
  });

  it('is a unit member’s alone (FM-CNF-2)', () => {
    expect(aCase().refusal('municipal2', 'circle.handOver', toSecond).rule).toBe('FM-CNF-2');
  });
});

describe('taking a case over', () => {
  it('makes a colleague of the unit its co-ordinator in the place of the one before, with the reason (FM-WORK-7)', () => {
    const scenario = aCase().does('police2', 'circle.takeOver', { reason });
    expect(coordinator.test(scenario.state, people.police2)).toBe(true);
    expect(membershipsOf(scenario.state, people.police.user)).toEqual([]);
    expect(scenario.events('CoordinationTakenOver')).toEqual([{ type: 'CoordinationTakenOver', by: people.police2.user }]);
  });

  it('fills a seat that stands empty (FM-WORK-7)', () => {
    const scenario = aCase().does('police', 'circle.declareConflict', { reason: 'Fætter' }).does('police2', 'circle.takeOver', { reason });
    expect(currentMembers(scenario.state).filter((one) => one.role === 'police').map((one) => one.user)).toEqual([people.police2.user]);
  });

  it('is not for another district, another work, or who co-ordinates it (FM-ORG-1)', () => {
    for (const who of ['policeFyn', 'municipal2', 'police'] as const) expect(aCase().refusal(who, 'circle.takeOver', { reason }).rule).toBe('FM-CNF-2');
  });

  it('is refused to who is shut out (control 20)', () => {
    const scenario = aCase().does('municipal', 'circle.exclude', { user: people.police2.user, reason: 'Nabo' });
    expect(scenario.refusal('police2', 'circle.takeOver', { reason }).rests).toEqual(['own']);
  });
});
