import { describe, expect, it } from 'vitest';
import { aCaseInCourse } from '../../../tests/support/agreement-states.js';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { aCompletedCase, aDischargedCase, aFollowUp, anInterruptedCase, revise } from '../../../tests/support/course-states.js';
import { agreementInForce } from './agreement.js';
import { courseTasks, courseUntil, isRunning, notRunning } from './course.js';

describe('a course', () => {
  it('runs from the entry of the first agreement (FM-NOT-1)', () => {
    expect(isRunning(anAcceptedCase().state)).toBe(false);
    const { state } = aCaseInCourse();
    expect(isRunning(state)).toBe(true);
    expect(state.course.since).toBe(agreementInForce(state)?.enteredOn);
  });

  it('runs on until the unit interrupts or completes it (FM-END-7)', () => {
    expect(anInterruptedCase().state.course.status).toBe('interrupted');
    expect(aCompletedCase().state.course.status).toBe('completed');
    expect(notRunning(anInterruptedCase().state)?.detail).toContain('afbrudt');
    expect(notRunning(aCompletedCase().state)?.detail).toContain('afsluttet');
    expect(notRunning(aDischargedCase().state)?.rule).toBe('FM-END-4');
  });

  it('keeps what its follow-ups found when it is over (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    scenario.does('municipal', 'followUp.hold', aFollowUp(scenario));
    for (const who of ['police', 'municipal', 'probation'] as const)
      scenario.does(who, 'course.state', { position: 'complete', reasons: 'Behovet er væk' });
    scenario.does('police', 'course.complete', { remaining: 'ordinary', reasons: 'Behovet er væk' });
    expect(scenario.state.course.followUps).toHaveLength(1);
  });

  it('waits for a decision by the end that was agreed, or extended to (FM-CRS-2)', () => {
    const scenario = aCaseInCourse();
    expect(courseTasks(scenario.state)).toMatchObject([
      { due: agreementInForce(scenario.state)?.validTo, command: 'course.extend' },
    ]);
    scenario.does('municipal', 'course.extend', { to: '2032-01-01', reason: 'Uddannelsen er ikke slut' });
    expect(courseUntil(scenario.state)).toBe('2032-01-01');
    expect(courseTasks(scenario.state)).toMatchObject([{ due: '2032-01-01' }]);
    expect(courseTasks(anInterruptedCase().state)).toEqual([]);
  });

  it('lasts to the later of what was agreed anew and what it was extended to (FM-CRS-2, FM-AGR-4)', () => {
    const scenario = aCaseInCourse().does('municipal', 'course.extend', { to: '2032-01-01', reason: 'Uddannelsen er ikke slut' });
    expect(courseUntil(revise(scenario, { validTo: '2033-01-01' }).state)).toBe('2033-01-01');
    const earlier = aCaseInCourse().does('municipal', 'course.extend', { to: '2032-01-01', reason: 'Uddannelsen er ikke slut' });
    expect(courseUntil(revise(earlier).state)).toBe('2032-01-01');
  });
});
