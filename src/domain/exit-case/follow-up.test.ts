import { describe, expect, it } from 'vitest';
import { aCaseInCourse, allWithdrawn } from '../../../tests/support/agreement-states.js';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import {
  aCustodyCaseInCourse,
  aDischargedCase,
  aFollowUp,
  allState,
  anInterruptedCase,
  aRevisedCase,
  completion,
  revise,
} from '../../../tests/support/course-states.js';
import { draftsOf, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { addDays } from '../kernel/time.js';
import { agreementInForce } from './agreement.js';
import { courseNotification } from './course.js';
import { followUpTasks, nextFollowUp } from './follow-up.js';

const unknown = '99999999-0000-4000-8000-000000000000';
const hold = (scenario: Scenario, but: object = {}): Scenario =>
  scenario.does('municipal', 'followUp.hold', aFollowUp(scenario, but));
const refusal = (scenario: Scenario, but: object = {}) =>
  scenario.refusal('municipal', 'followUp.hold', aFollowUp(scenario, but));

describe('a follow-up', () => {
  it('records every measure, every requirement and the signs of exit (FM-CRS-1)', () => {
    const scenario = hold(aCaseInCourse());
    const version = agreementInForce(scenario.state);
    const [held] = scenario.state.course.followUps;
    expect(held?.measures.map((one) => one.measure)).toEqual(version?.measures.map((one) => one.measure));
    expect(held?.requirements.map((one) => one.requirement)).toEqual(version?.requirements.map((one) => one.id));
    expect(held).toMatchObject({
      on: scenario.today,
      version: version?.number,
      signs: { crime: 'ceased', interaction: 'lessened', lifestyle: 'unchanged' },
    });
  });

  it('stands beside the earlier ones, each sign by itself: nothing is summed (FM-CRS-1)', () => {
    const scenario = hold(aCaseInCourse()).days(28);
    hold(scenario, { signs: { crime: 'unchanged', interaction: 'ceased', lifestyle: 'unknown' } });
    expect(scenario.state.course.followUps.map((one) => one.signs.crime)).toEqual(['ceased', 'unchanged']);
    expect(scenario.state.course.followUps.map((one) => one.signs.interaction)).toEqual(['lessened', 'ceased']);
    expect(Object.keys(scenario.state.course.followUps[0] ?? {})).not.toContain('score');
  });

  it('refuses to leave a measure out (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    expect(refusal(scenario, { measures: [] })).toMatchObject({ rule: 'FM-CRS-1', field: 'measures', rests: ['agreement'] });
  });

  it('refuses to leave a requirement out (FM-CRS-1)', () => {
    expect(refusal(aCaseInCourse(), { requirements: [] })).toMatchObject({ rule: 'FM-CRS-1', field: 'requirements' });
  });

  it('refuses a clause that is not in the agreement in force (FM-CRS-1)', () => {
    expect(refusal(aCaseInCourse(), { measures: [{ measure: unknown, status: 'agreed' }] })).toMatchObject({
      rule: 'FM-CRS-1',
      field: 'measures',
    });
    expect(refusal(aCaseInCourse(), { requirements: [{ requirement: unknown, fulfilment: 'met' }] })).toMatchObject({
      rule: 'FM-CRS-1',
      field: 'requirements',
    });
  });

  it('refuses one clause too many as well as one too few (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    const whole = (agreementInForce(scenario.state)?.measures ?? []).map(({ measure }) => ({ measure, status: 'agreed' }));
    expect(refusal(scenario, { measures: [...whole, { measure: unknown, status: 'agreed' }] })).toMatchObject({
      field: 'measures',
    });
  });

  it('refuses two answers about the same clause (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    const answered = (agreementInForce(scenario.state)?.requirements ?? []).map(({ id }) => ({
      requirement: id,
      fulfilment: 'met',
    }));
    expect(refusal(scenario, { requirements: [...answered, ...answered] })).toMatchObject({
      rule: 'FM-CRS-1',
      field: 'requirements',
    });
  });

  it('refuses to judge controlling behaviour in freedom: that sign belongs to custody (FM-CRS-1)', () => {
    const signs = { crime: 'ceased', interaction: 'ceased', lifestyle: 'ceased', control: 'ceased' };
    expect(refusal(aCaseInCourse(), { signs })).toMatchObject({ rule: 'FM-CRS-1', field: 'signs.control', rests: ['place'] });
  });

  it('judges it in custody, and refuses to leave it out there (FM-CRS-1)', () => {
    const scenario = aCustodyCaseInCourse();
    const held = aFollowUp(scenario, {
      signs: { crime: 'ceased', interaction: 'lessened', lifestyle: 'unchanged', control: 'lessened' },
    });
    const without = aFollowUp(scenario, { signs: { crime: 'ceased', interaction: 'lessened', lifestyle: 'unchanged' } });
    expect(scenario.refusal('custody', 'followUp.hold', without)).toMatchObject({
      rule: 'FM-CRS-1',
      field: 'signs.control',
      rests: ['place'],
    });
    expect(scenario.does('custody', 'followUp.hold', held).state.course.followUps).toMatchObject([
      { place: 'custody', signs: { control: 'lessened' } },
    ]);
  });

  it('asks for each sign by itself; not knowing is an answer (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    const outcome = scenario.tries(
      'municipal',
      'followUp.hold',
      aFollowUp(scenario, { signs: { crime: 'ceased', interaction: 'unknown' } }),
    );
    expect(messageAt(outcome, 'signs.lifestyle')).toContain('Kan ikke vurderes');
  });

  it('refuses a day that has not come (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    expect(refusal(scenario, { heldOn: addDays(scenario.today, 1) })).toMatchObject({ rule: 'FM-CRS-1', field: 'heldOn' });
  });

  it('refuses a day before the course began (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    expect(refusal(scenario, { heldOn: addDays(scenario.today, -400) })).toMatchObject({ rule: 'FM-CRS-1', field: 'heldOn' });
  });

  it('refuses a day before the last one that was held (FM-CRS-1)', () => {
    const scenario = hold(aCaseInCourse().days(20)).days(5);
    expect(refusal(scenario, { heldOn: addDays(scenario.today, -10) })).toMatchObject({
      rule: 'FM-CRS-1',
      field: 'heldOn',
      rests: ['followUp'],
    });
  });

  it('tells the contact point how the course runs (FM-NOT-1)', () => {
    const [held] = hold(aCaseInCourse()).events('FollowUpHeld');
    expect(held && courseNotification(held)).toBe('course-status');
  });

  it('keeps its remarks in the general scope and out of the core (FM-CNF-4)', () => {
    const scenario = aCaseInCourse();
    const outcome = scenario.tries('municipal', 'followUp.hold', aFollowUp(scenario, { note: 'Møder til tiden' }));
    expect(scopesOf(outcome)).toEqual(['general']);
    expect(JSON.stringify(draftsOf(outcome).map((draft) => draft.event))).not.toContain('Møder');
  });

  it('shares no remarks when consent is withdrawn, and can be held without (FM-CON-2, FM-CON-3)', () => {
    const scenario = aCaseInCourse().does('municipal', 'consent.withdraw', allWithdrawn);
    expect(refusal(scenario, { note: 'Møder til tiden' })).toMatchObject({ rule: 'FM-CON-3', field: 'note' });
    expect(hold(scenario).state.course.followUps).toHaveLength(1);
  });

  it('is held by contact person and unit (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    expect(scenario.refusal('jobcentre', 'followUp.hold', aFollowUp(scenario)).rule).toBe('FM-CNF-2');
    expect(scenario.does('probation', 'followUp.hold', aFollowUp(scenario)).state.course.followUps).toHaveLength(1);
  });

  it.each([
    ['before the course has begun', anAcceptedCase, 'FM-CRS-1'],
    ['after it was interrupted', anInterruptedCase, 'FM-CRS-1'],
    ['when the case is closed', aDischargedCase, 'FM-END-4'],
  ] as const)('is refused %s (FM-CRS-1, FM-END-4)', (_when, given, rule) => {
    expect(refusal(given()).rule).toBe(rule);
  });
});

describe('when the next follow-up is due', () => {
  it('is what the agreement says at first (FM-CRS-1)', () => {
    const { state } = aCaseInCourse();
    expect(nextFollowUp(state)).toBeDefined();
    expect(nextFollowUp(state)).toBe(agreementInForce(state)?.firstFollowUp);
  });

  it('follows the rhythm of the agreement (FM-CRS-1)', () => {
    const scenario = hold(aCaseInCourse());
    expect(nextFollowUp(scenario.state)).toBe(
      addDays(scenario.today, (agreementInForce(scenario.state)?.followUpEveryWeeks ?? 0) * 7),
    );
  });

  it('follows the new rhythm once a new version is entered (FM-AGR-4, FM-CRS-1)', () => {
    const scenario = aRevisedCase();
    expect(nextFollowUp(scenario.state)).toBe(agreementInForce(scenario.state)?.firstFollowUp);
    expect(nextFollowUp(hold(scenario.days(30)).state)).toBe(addDays(scenario.today, 14));
  });

  it('can be agreed otherwise (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    const nextDue = addDays(scenario.today, 9);
    expect(nextFollowUp(hold(scenario, { nextDue }).state)).toBe(nextDue);
  });

  it('refuses to be before the follow-up itself (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    expect(refusal(scenario, { nextDue: scenario.today })).toMatchObject({ rule: 'FM-CRS-1', field: 'nextDue' });
  });

  it('can be moved, with the reason (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    const to = addDays(scenario.today, 11);
    scenario.does('municipal', 'followUp.reschedule', { to, reason: 'Ferie' });
    expect(nextFollowUp(scenario.state)).toBe(to);
    expect(scenario.refusal('municipal', 'followUp.reschedule', { to, reason: 'Ferie' })).toMatchObject({
      rule: 'FM-CRS-1',
      field: 'to',
    });
  });

  it('can be moved to today (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    scenario.does('municipal', 'followUp.reschedule', { to: scenario.today, reason: 'Kandidaten er her nu' });
    expect(nextFollowUp(scenario.state)).toBe(scenario.today);
  });

  it('counts from the last one held when the day the agreement names is past (FM-CRS-1)', () => {
    const scenario = aCaseInCourse();
    const firstFollowUp = agreementInForce(scenario.state)?.firstFollowUp;
    const validFrom = scenario.today;
    hold(scenario.days(28));
    revise(scenario, { firstFollowUp, validFrom });
    expect(nextFollowUp(scenario.state)).toBe(addDays(scenario.today, 14));
  });

  it('refuses to be moved to a day that has passed (FM-CRS-2)', () => {
    const scenario = aCaseInCourse();
    expect(
      scenario.refusal('municipal', 'followUp.reschedule', { to: addDays(scenario.today, -1), reason: 'Ferie' }),
    ).toMatchObject({ rule: 'FM-CRS-1', field: 'to' });
  });

  it('becomes an overdue task when it is missed, until it is held (FM-CRS-2)', () => {
    const scenario = aCaseInCourse();
    const due = nextFollowUp(scenario.state);
    scenario.days(400);
    expect(followUpTasks(scenario.state)).toMatchObject([{ key: 'follow-up', due, command: 'followUp.hold' }]);
    expect(due !== undefined && due < scenario.today).toBe(true);
    expect(hold(scenario).state.course.followUps).toMatchObject([{ due }]);
    expect(followUpTasks(scenario.state)[0]?.due).not.toBe(due);
  });

  it('waits for the contact person (FM-CRS-1)', () => {
    const { state } = aCaseInCourse();
    expect(followUpTasks(state)[0]?.owner).toEqual({ user: state.agreement.contactPerson });
  });

  it('waits for nobody when the course is over (FM-END-1)', () => {
    expect(nextFollowUp(anInterruptedCase().state)).toBeUndefined();
    expect(followUpTasks(anInterruptedCase().state)).toEqual([]);
  });
});

describe('the outcome of a follow-up', () => {
  const commands = (scenario: Scenario) => followUpTasks(scenario.state).map((task) => task.command);

  it('asks for nothing more when the course continues (FM-CRS-2)', () => {
    expect(commands(hold(aCaseInCourse(), { outcome: 'continue' }))).toEqual(['followUp.hold']);
  });

  it('asks for a new version when the agreement is to be adjusted (FM-CRS-2)', () => {
    const scenario = hold(aCaseInCourse(), { outcome: 'adjust' });
    expect(commands(scenario)).toEqual(['followUp.hold', 'agreement.revise']);
    expect(scenario.state.course.status).toBe('running');
  });

  it('asks for it no longer when the new version is open (FM-CRS-2)', () => {
    const scenario = hold(aCaseInCourse(), { outcome: 'adjust' }).does('municipal', 'agreement.revise', {
      reason: 'Praktikken er flyttet',
    });
    expect(commands(scenario)).toEqual(['followUp.hold']);
  });

  it('asks for a later end when the course is to last longer (FM-CRS-2)', () => {
    const scenario = hold(aCaseInCourse(), { outcome: 'extend' });
    expect(commands(scenario)).toEqual(['followUp.hold', 'course.extend']);
    scenario.does('municipal', 'course.extend', { to: '2032-01-01', reason: 'Uddannelsen er ikke slut' });
    expect(commands(scenario)).toEqual(['followUp.hold']);
  });

  it('is not met by an extension from before it (FM-CRS-2)', () => {
    const scenario = aCaseInCourse().does('municipal', 'course.extend', { to: '2032-01-01', reason: 'Uddannelsen' }).days(30);
    expect(commands(hold(scenario, { outcome: 'extend' }))).toEqual(['followUp.hold', 'course.extend']);
  });

  it('asks for nothing when the course is over (FM-END-1)', () => {
    const scenario = hold(aCaseInCourse(), { outcome: 'adjust' });
    allState(scenario, { position: 'complete' }).does('police', 'course.complete', completion);
    expect(commands(scenario)).toEqual([]);
  });

  it.each(['interruption', 'complete'])(
    'puts %s to the authorities and ends nothing by itself (FM-CRS-2, FM-END-7)',
    (outcome) => {
      const scenario = hold(aCaseInCourse(), { outcome });
      expect(scenario.state.course.status).toBe('running');
      expect(scenario.state.positions.raisedOn).toBe(scenario.today);
    },
  );

  it('must be one of the five (FM-CRS-2)', () => {
    const scenario = aCaseInCourse();
    expect(messageAt(scenario.tries('municipal', 'followUp.hold', aFollowUp(scenario, { outcome: undefined })), 'outcome')).toBe(
      'Vælg, hvad opfølgningen førte til',
    );
  });
});

describe('extending a course', () => {
  it('lets it last longer than agreed, and tells the contact point (FM-CRS-2, FM-NOT-1)', () => {
    const scenario = aCaseInCourse().does('municipal', 'course.extend', { to: '2032-01-01', reason: 'Uddannelsen er ikke slut' });
    expect(scenario.state.course.extendedTo).toBe('2032-01-01');
    const [extended] = scenario.events('CourseExtended');
    expect(extended && courseNotification(extended)).toBe('course-status');
  });

  it('refuses an end that is not later than the agreed one (FM-CRS-2)', () => {
    const scenario = aCaseInCourse();
    const agreed = agreementInForce(scenario.state)?.validTo;
    expect(scenario.refusal('municipal', 'course.extend', { to: agreed, reason: 'Fejl' })).toMatchObject({
      rule: 'FM-CRS-2',
      field: 'to',
    });
  });

  it('refuses an end that has passed (FM-CRS-2)', () => {
    const scenario = aCaseInCourse();
    expect(scenario.refusal('municipal', 'course.extend', { to: scenario.today, reason: 'Fejl' })).toMatchObject({
      rule: 'FM-CRS-2',
      field: 'to',
      rests: ['own'],
    });
  });

  it('refuses a course that is over (FM-CRS-2)', () => {
    expect(anInterruptedCase().refusal('municipal', 'course.extend', { to: '2032-01-01', reason: 'Fejl' }).rests).toEqual([
      'course',
    ]);
  });
});
