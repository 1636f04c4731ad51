import { describe, expect, it } from 'vitest';
import { anAcceptedCase, aCaseReadyToConclude, concludes } from '../../../tests/support/assessment-states.js';
import { aCaseInCourse } from '../../../tests/support/agreement-states.js';
import { aDischargedCase } from '../../../tests/support/course-states.js';
import { scopesOf } from '../../../tests/support/outcomes.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { coordinationTasks, notCoordinated } from './coordination.js';

/** Accepted, and to be relocated for good. */
const relocating = (day = '2026-11-02'): Scenario => {
  const scenario = aCaseReadyToConclude(day).does('municipal', 'assessment.clarifyRelocation', {
    need: 'permanent',
    reason: 'Trusler i opgangen',
  });
  for (const who of ['police', 'municipal', 'probation'] as const) concludes(scenario, who, 'accept');
  return scenario.does('police', 'decision.accept');
};
const answer = { unit: 'fyn', askedOn: '2026-11-02', answer: 'yes' };
const records = (scenario: Scenario, but: object = {}) =>
  scenario.does('police', 'agreement.recordCoordination', { ...answer, ...but });
const refusal = (scenario: Scenario, but: object = {}) =>
  scenario.refusal('police', 'agreement.recordCoordination', { ...answer, ...but });

describe('co-ordinating the terms with the receiving side', () => {
  it('is needed when permanent relocation is under way, and else not (FM-AGR-6)', () => {
    expect(notCoordinated(relocating().state)).toMatchObject({ rule: 'FM-AGR-6', rests: ['agreement'] });
    expect(notCoordinated(anAcceptedCase().state)).toBeUndefined();
  });

  it("is done by any answer, or 14 days' silence, by the policy in force (FM-AGR-6)", () => {
    expect(notCoordinated(records(relocating()).state)).toBeUndefined();
    expect(notCoordinated(records(relocating(), { answer: 'no' }).state)).toBeUndefined();
    expect(notCoordinated(records(relocating().days(14), { answer: 'silent' }).state)).toBeUndefined();
  });

  it("needs the receiving side's yes where the policy says so (FM-AGR-6)", () => {
    expect(notCoordinated(records(relocating(), { answer: 'no' }).state, 'accepted')?.rule).toBe('FM-AGR-6');
    expect(notCoordinated(records(relocating().days(14), { answer: 'silent' }).state, 'accepted')?.rule).toBe('FM-AGR-6');
    expect(notCoordinated(records(relocating()).state, 'accepted')).toBeUndefined();
  });

  it('refuses silence before 14 days have passed (FM-AGR-6)', () => {
    expect(refusal(relocating().days(13), { answer: 'silent' })).toMatchObject({
      rule: 'FM-AGR-6',
      field: 'answer',
      detail: expect.stringContaining('16. november 2026') as string,
    });
  });

  it("refuses one's own unit, a day to come, and a case not accepted or closed (FM-AGR-6, FM-END-4)", () => {
    expect(refusal(relocating(), { unit: 'koebenhavns-vestegn' })).toMatchObject({ rule: 'FM-AGR-6', field: 'unit' });
    expect(refusal(relocating(), { askedOn: '2026-11-03' })).toMatchObject({ rule: 'FM-AGR-6', field: 'askedOn' });
    expect(refusal(aCase())).toMatchObject({ rule: 'FM-AGR-6', rests: ['decision'] });
    expect(refusal(aDischargedCase()).rule).toBe('FM-END-4');
  });

  it("keeps each unit's latest answer, and what was said for the unit to read (FM-AGR-6)", () => {
    const scenario = records(records(records(relocating(), { answer: 'no' }), { unit: 'koebenhavn', answer: 'no' }));
    expect(scenario.state.coordination.answers.map((one) => [one.unit, one.answer])).toEqual([
      ['koebenhavn', 'no'],
      ['fyn', 'yes'],
    ]);
    expect(scopesOf(scenario.tries('police', 'agreement.recordCoordination', { ...answer, note: 'Har en bolig' }))).toEqual([
      'general',
    ]);
  });

  it("is the unit's (FM-CNF-2)", () => {
    expect(aCaseInCourse().refusal('jobcentre', 'agreement.recordCoordination', answer).rule).toBe('FM-CNF-2');
  });

  it('is a task until somebody was asked (FM-AGR-6)', () => {
    expect(coordinationTasks(relocating().state).map(({ due, command }) => [due, command])).toEqual([
      ['2026-11-16', 'agreement.recordCoordination'],
    ]);
    expect(coordinationTasks(records(relocating()).state)).toEqual([]);
    expect(coordinationTasks(anAcceptedCase().state)).toEqual([]);
    expect(coordinationTasks(aCase().state)).toEqual([]);
  });
});
