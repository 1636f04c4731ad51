import { describe, expect, it } from 'vitest';
import { aCaseInCourse, allWithdrawn, latestMeasure, statusOf } from '../../../tests/support/agreement-states.js';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import {
  aCustodyCaseInCourse,
  aHeardBreach,
  allState,
  anInterruptedCase,
  completion,
  discharge,
  hearing,
  interruption,
} from '../../../tests/support/course-states.js';
import { messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { addDays, addWorkingDays } from '../kernel/time.js';
import { courseEndTasks } from './course-end.js';
import { endingNotification, isClosed } from './ending.js';

const reasons = 'Drøftet på mødet';
const state = (
  scenario: Scenario,
  who: 'police' | 'municipal' | 'probation',
  position: 'interrupt' | 'continue' | 'complete',
  ground = 'own-wish',
) => scenario.does(who, 'course.state', { position, reasons, ...(position === 'interrupt' ? { ground } : {}) });
const complaint = 'Du kan klage til …';
const forBreach = { ...interruption, ground: 'breach', complaint };
const allForBreach = () => allState(aCaseInCourse(), { position: 'interrupt', ground: 'breach' });

describe('interrupting a course', () => {
  it('is decided by the three together, and the contact point is told (FM-END-6, FM-END-7, FM-NOT-1)', () => {
    const scenario = anInterruptedCase();
    expect(scenario.state.course).toMatchObject({ status: 'interrupted', ground: 'own-wish', endedOn: scenario.today });
    const [event] = scenario.events('CourseInterrupted');
    expect(event).toMatchObject({ method: 'unanimous' });
    expect(event && endingNotification(event)).toBe('course-interrupted');
  });

  it('refuses while a position is missing, and says whose (FM-END-7)', () => {
    const scenario = state(aCaseInCourse(), 'police', 'interrupt');
    const refusal = scenario.refusal('police', 'course.interrupt', interruption);
    expect(refusal.rule).toBe('FM-END-7');
    expect(refusal.detail).toContain('kommunen og Kriminalforsorgen');
  });

  it("is the majority's: two of three are enough (FM-END-7)", () => {
    const scenario = state(
      state(state(aCaseInCourse(), 'police', 'interrupt'), 'municipal', 'continue'),
      'probation',
      'interrupt',
    );
    scenario.does('police', 'course.interrupt', interruption);
    expect(scenario.events('CourseInterrupted')).toMatchObject([{ method: 'majority' }]);
  });

  it('refuses one authority alone (FM-END-7)', () => {
    const scenario = state(
      state(state(aCaseInCourse(), 'police', 'interrupt'), 'municipal', 'continue'),
      'probation',
      'continue',
    );
    expect(scenario.refusal('police', 'course.interrupt', interruption)).toMatchObject({ rule: 'FM-END-7', rests: ['course'] });
  });

  it('refuses one authority alone also when the two others are in conflict of interest (FM-END-7, FM-DEC-4)', () => {
    const scenario = state(
      aCaseInCourse()
        .does('probation', 'circle.declareConflict', { reason: 'Fætter' })
        .does('police', 'circle.declareConflict', { reason: 'Nabo' }),
      'municipal',
      'interrupt',
    );
    expect(scenario.refusal('municipal', 'course.interrupt', interruption).rule).toBe('FM-END-7');
  });

  it('refuses a majority that is divided between interrupting and completing (FM-END-7)', () => {
    const scenario = state(
      state(state(aCaseInCourse(), 'police', 'interrupt'), 'municipal', 'complete'),
      'probation',
      'continue',
    );
    expect(scenario.refusal('police', 'course.interrupt', interruption).rule).toBe('FM-END-7');
    expect(scenario.refusal('police', 'course.complete', completion).rule).toBe('FM-END-7');
  });

  it('refuses a ground that no authority has given (FM-END-6)', () => {
    const scenario = allState(aCaseInCourse(), { position: 'interrupt', ground: 'own-wish' });
    expect(scenario.refusal('police', 'course.interrupt', { ...interruption, ground: 'impossible' })).toMatchObject({
      rule: 'FM-END-6',
      field: 'ground',
    });
  });

  it('asks for a ground and for reasons (FM-END-6)', () => {
    const scenario = allState(aCaseInCourse(), { position: 'interrupt', ground: 'own-wish' });
    expect(messageAt(scenario.tries('police', 'course.interrupt', {}), 'ground')).toBe('Vælg grunden til at afbryde');
    expect(messageAt(scenario.tries('police', 'course.interrupt', {}), 'reasons')).toBe('Skriv begrundelsen');
  });

  it('happens once, and only to a running course (FM-END-7)', () => {
    expect(anInterruptedCase().refusal('police', 'course.interrupt', interruption).rests).toEqual(['course']);
    expect(anAcceptedCase().refusal('police', 'course.interrupt', interruption).rests).toEqual(['course']);
  });

  it("is the unit's (FM-END-7)", () => {
    const scenario = allState(aCaseInCourse(), { position: 'interrupt', ground: 'own-wish' });
    expect(scenario.refusal('jobcentre', 'course.interrupt', interruption).rule).toBe('FM-CNF-2');
  });

  it("ends the unit's co-ordination alone: every measure stands as it did (FM-END-1)", () => {
    const before = aCaseInCourse().state.measures;
    const { state: after } = anInterruptedCase();
    expect(after.measures).toEqual(before);
    expect(isClosed(after)).toBe(false);
  });
});

describe('in custody, where Kriminalforsorgen is the unit', () => {
  it("the custody officer's position is enough (FM-END-7, FM-CUS-3)", () => {
    const scenario = aCustodyCaseInCourse();
    expect(scenario.refusal('custody', 'course.interrupt', interruption).rule).toBe('FM-END-7');
    scenario
      .does('custody', 'course.state', { position: 'interrupt', ground: 'own-wish', reasons })
      .does('custody', 'course.interrupt', interruption);
    expect(scenario.events('CourseInterrupted')).toMatchObject([{ method: 'custody' }]);
  });

  it('the police officer asked in has no position on it (FM-END-7)', () => {
    expect(aCustodyCaseInCourse().refusal('police', 'course.state', { position: 'continue', reasons }).rule).toBe('FM-CNF-2');
  });
});

describe('a measure of an interrupted course', () => {
  const started = () => {
    const scenario = aCaseInCourse();
    scenario.does('jobcentre', 'measure.start', { measure: latestMeasure(scenario), on: scenario.today });
    return allState(scenario, { position: 'interrupt', ground: 'own-wish' }).does('police', 'course.interrupt', interruption);
  };
  const stop = (scenario: Scenario) => ({
    measure: latestMeasure(scenario),
    reason: 'Er udeblevet fra praktikken',
    law: 'Lov om en aktiv beskæftigelsesindsats',
    complaintRoute: 'Ankestyrelsen',
  });

  it('goes on, and is run by its owner also when the case is closed (FM-END-1)', () => {
    const scenario = started().does('municipal', 'discharge.write', discharge);
    expect(statusOf(scenario, latestMeasure(scenario))).toBe('started');
    scenario.does('jobcentre', 'measure.complete', { measure: latestMeasure(scenario), on: scenario.today });
    expect(statusOf(scenario, latestMeasure(scenario))).toBe('completed');
  });

  it('is stopped by its owner under its own law (FM-END-1)', () => {
    const scenario = started();
    scenario.does('jobcentre', 'measure.stop', stop(scenario));
    expect(statusOf(scenario, latestMeasure(scenario))).toBe('stopped');
  });

  it('is stopped by nobody else (FM-END-1, FM-DEC-3)', () => {
    const scenario = started();
    for (const who of ['police', 'municipal', 'probation', 'treatment'] as const)
      scenario.refusal(who, 'measure.stop', stop(scenario));
    expect(statusOf(scenario, latestMeasure(scenario))).toBe('started');
  });
});

describe('what all have spoken for', () => {
  it('waits to be decided (FM-END-7)', () => {
    const scenario = state(state(aCaseInCourse(), 'police', 'interrupt'), 'municipal', 'interrupt');
    expect(courseEndTasks(scenario.state)).toEqual([]);
    state(scenario, 'probation', 'continue');
    expect(courseEndTasks(scenario.state)).toMatchObject([
      { owner: { seat: 'police' }, due: addWorkingDays(scenario.today, 5), command: 'course.interrupt' },
    ]);
    expect(courseEndTasks(allState(aCaseInCourse(), { position: 'complete' }).state)).toMatchObject([
      { command: 'course.complete' },
    ]);
    expect(courseEndTasks(anInterruptedCase().state)).toEqual([]);
  });
});

describe('interrupting for breach', () => {
  it('is possible when the breach is heard and the candidate was heard as a party (FM-CRS-3, FM-LAW-1)', () => {
    const scenario = aHeardBreach(allForBreach())
      .does('police', 'hearing.send', hearing)
      .does('police', 'course.interrupt', forBreach);
    expect(scenario.state.course.ground).toBe('breach');
  });

  it('refuses when no breach is recorded (FM-CRS-3)', () => {
    const scenario = allForBreach().does('police', 'hearing.send', hearing);
    expect(scenario.refusal('police', 'course.interrupt', forBreach)).toMatchObject({
      rule: 'FM-CRS-3',
      field: 'ground',
      rests: ['breach'],
    });
  });

  it("refuses before the candidate's own account of the breach (FM-CRS-3)", () => {
    const scenario = allForBreach()
      .does('municipal', 'breach.record', { what: 'Udeblevet', kind: 'personal' })
      .does('police', 'hearing.send', hearing);
    expect(scenario.refusal('police', 'course.interrupt', forBreach)).toMatchObject({ rule: 'FM-CRS-3', rests: ['breach'] });
  });

  it('refuses without a party hearing (FM-LAW-1, FM-DEC-5)', () => {
    expect(aHeardBreach(allForBreach()).refusal('police', 'course.interrupt', forBreach)).toMatchObject({
      rule: 'FM-LAW-1',
      rests: ['hearing'],
    });
  });

  it('waits for the answer or the end of its time (FM-LAW-1)', () => {
    const scenario = aHeardBreach(allForBreach());
    scenario.does('police', 'hearing.send', {
      about: 'interruption',
      facts: 'Udeblevet tre gange',
      deadline: addDays(scenario.today, 7),
    });
    expect(scenario.refusal('police', 'course.interrupt', forBreach)).toMatchObject({ rule: 'FM-LAW-1', rests: ['hearing'] });
    scenario.does('police', 'hearing.answer', { answer: 'Jeg var syg' }).does('police', 'course.interrupt', forBreach);
    expect(scenario.state.course.status).toBe('interrupted');
  });

  it('refuses a hearing from before the latest breach: he was not heard about it (FM-LAW-1)', () => {
    const scenario = aHeardBreach(aCaseInCourse()).does('police', 'hearing.send', hearing).days(30);
    allState(aHeardBreach(scenario), { position: 'interrupt', ground: 'breach' });
    expect(scenario.refusal('police', 'course.interrupt', forBreach)).toMatchObject({ rule: 'FM-LAW-1', rests: ['hearing'] });
  });

  it('refuses without a complaint route (FM-LAW-1)', () => {
    const scenario = aHeardBreach(allForBreach()).does('police', 'hearing.send', hearing);
    expect(scenario.refusal('police', 'course.interrupt', { ...interruption, ground: 'breach' })).toMatchObject({
      rule: 'FM-LAW-1',
      field: 'complaint',
    });
  });
});

describe('interrupting on another ground', () => {
  it("by the candidate's own wish needs no hearing: participation is voluntary (FM-END-6)", () => {
    expect(anInterruptedCase().state.hearing.hearings).toEqual([]);
  });

  it('because it is impossible needs none either (FM-END-6)', () => {
    const scenario = allState(aCaseInCourse(), { position: 'interrupt', ground: 'impossible' });
    expect(scenario.does('police', 'course.interrupt', { ...interruption, ground: 'impossible' }).state.course.ground).toBe(
      'impossible',
    );
  });

  it('because consent is withdrawn refuses while it is not (FM-END-6)', () => {
    const scenario = allState(aCaseInCourse(), { position: 'interrupt', ground: 'consent-withdrawn' });
    expect(
      scenario.refusal('police', 'course.interrupt', { ...interruption, ground: 'consent-withdrawn', complaint }),
    ).toMatchObject({ rule: 'FM-END-6', rests: ['consent'] });
  });

  it('because consent is withdrawn is adverse: the candidate is heard first (FM-END-6, FM-DEC-5)', () => {
    const scenario = allState(aCaseInCourse().does('municipal', 'consent.withdraw', allWithdrawn), {
      position: 'interrupt',
      ground: 'consent-withdrawn',
    });
    const input = { ...interruption, ground: 'consent-withdrawn', complaint };
    expect(scenario.refusal('police', 'course.interrupt', input)).toMatchObject({ rule: 'FM-LAW-1', rests: ['hearing'] });
    expect(scenario.does('police', 'hearing.send', hearing).does('police', 'course.interrupt', input).state.course.ground).toBe(
      'consent-withdrawn',
    );
  });
});

describe('completing a course', () => {
  const agreed = () => allState(aCaseInCourse(), { position: 'complete' });

  it("is the unit's when the need for support and measures is gone, and the contact point is told (FM-END-3, FM-END-7, FM-NOT-1)", () => {
    const scenario = agreed().does('municipal', 'course.complete', completion);
    expect(scenario.state.course).toMatchObject({ status: 'completed', endedOn: scenario.today });
    const [event] = scenario.events('CourseCompleted');
    expect(event && endingNotification(event)).toBe('course-completed');
  });

  it('refuses while the need is still there (FM-END-3)', () => {
    expect(agreed().refusal('municipal', 'course.complete', { ...completion, remaining: 'exit' })).toMatchObject({
      rule: 'FM-END-3',
      field: 'remaining',
    });
  });

  it('refuses to call the need gone while a measure runs, until its owner has ended it (FM-END-3)', () => {
    const scenario = aCaseInCourse();
    const measure = { measure: latestMeasure(scenario), on: scenario.today };
    allState(scenario.does('jobcentre', 'measure.start', measure), { position: 'complete' });
    const gone = { ...completion, remaining: 'none' };
    expect(scenario.refusal('police', 'course.complete', gone)).toMatchObject({
      rule: 'FM-END-3',
      field: 'remaining',
      rests: ['measures'],
    });
    scenario.does('jobcentre', 'measure.complete', measure).does('police', 'course.complete', gone);
    expect(scenario.events('CourseCompleted')).toMatchObject([{ remaining: 'none' }]);
  });

  it('refuses without the positions of the three (FM-END-7)', () => {
    const scenario = state(state(aCaseInCourse(), 'police', 'complete'), 'municipal', 'complete');
    expect(scenario.refusal('police', 'course.complete', completion)).toMatchObject({ rule: 'FM-END-7' });
    expect(
      state(scenario, 'probation', 'continue').does('police', 'course.complete', completion).events('CourseCompleted'),
    ).toMatchObject([{ method: 'majority' }]);
  });

  it('keeps its reasons in the general scope (FM-CNF-4)', () => {
    expect(scopesOf(agreed().tries('municipal', 'course.complete', completion))).toEqual(['general']);
  });
});
