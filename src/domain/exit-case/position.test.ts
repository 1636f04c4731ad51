import { describe, expect, it } from 'vitest';
import { aCaseInCourse, partWithdrawn } from '../../../tests/support/agreement-states.js';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { aFollowUp, allState } from '../../../tests/support/course-states.js';
import { draftsOf, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { addWorkingDays } from '../kernel/time.js';
import { notDecided, positionTasks, seatsNotStated } from './position.js';

const reasons = 'Drøftet på mødet';
const interrupt = { position: 'interrupt', ground: 'breach', reasons };

describe("an authority's position on the course", () => {
  it("is recorded with its ground, each authority's for itself (FM-END-7)", () => {
    const scenario = aCaseInCourse().does('police', 'course.state', interrupt);
    expect(scenario.state.positions.stated).toEqual([
      { seat: 'police', position: 'interrupt', ground: 'breach', on: scenario.today },
    ]);
    expect(seatsNotStated(scenario.state)).toEqual(['municipal', 'probation']);
  });

  it('gives its reasons in the general scope (FM-END-7)', () => {
    const outcome = aCaseInCourse().tries('police', 'course.state', interrupt);
    expect(scopesOf(outcome)).toEqual(['general']);
    expect(JSON.stringify(draftsOf(outcome).map((draft) => draft.event))).not.toContain(reasons);
    expect(messageAt(aCaseInCourse().tries('police', 'course.state', { position: 'continue' }), 'reasons')).toBe(
      'Skriv, hvorfor I mener det',
    );
  });

  it('may change until the unit has decided (FM-END-7)', () => {
    const scenario = aCaseInCourse()
      .does('police', 'course.state', interrupt)
      .does('police', 'course.state', { position: 'continue', reasons });
    expect(scenario.state.positions.stated).toEqual([{ seat: 'police', position: 'continue', on: scenario.today }]);
  });

  it('refuses an interruption without one of the four grounds (FM-END-6)', () => {
    expect(aCaseInCourse().refusal('police', 'course.state', { position: 'interrupt', reasons })).toMatchObject({
      rule: 'FM-END-6',
      field: 'ground',
    });
    expect(() =>
      messageAt(aCaseInCourse().tries('police', 'course.state', { ...interrupt, ground: 'dislike' }), 'ground'),
    ).not.toThrow();
  });

  it('refuses a ground of interruption for letting the course go on (FM-END-6)', () => {
    expect(aCaseInCourse().refusal('police', 'course.state', { position: 'continue', ground: 'breach', reasons })).toMatchObject({
      rule: 'FM-END-6',
      field: 'ground',
    });
  });

  it("is the unit's: the contact person and owners have none (FM-END-7)", () => {
    expect(aCaseInCourse().refusal('jobcentre', 'course.state', interrupt).rule).toBe('FM-CNF-2');
    expect(aCaseInCourse().refusal('municipal2', 'course.state', interrupt).rule).toBe('FM-CNF-2');
  });

  it('is refused when there is no course (FM-END-7)', () => {
    expect(anAcceptedCase().refusal('police', 'course.state', interrupt).rests).toEqual(['course']);
  });
});

describe('the question whether a course goes on', () => {
  it('once raised waits for every authority that has not answered (FM-END-7)', () => {
    const scenario = aCaseInCourse().does('police', 'course.state', interrupt);
    const due = addWorkingDays(scenario.today, 5);
    expect(positionTasks(scenario.state)).toMatchObject([
      { owner: { seat: 'municipal' }, due },
      { owner: { seat: 'probation' }, due },
    ]);
  });

  it('is raised by a follow-up that puts it (FM-CRS-2, FM-END-7)', () => {
    const scenario = aCaseInCourse();
    expect(positionTasks(scenario.state)).toEqual([]);
    scenario.does('municipal', 'followUp.hold', aFollowUp(scenario, { outcome: 'interruption' }));
    expect(positionTasks(scenario.state).map((task) => task.owner)).toEqual([
      { seat: 'police' },
      { seat: 'municipal' },
      { seat: 'probation' },
    ]);
  });

  it('is raised when the course cannot go on without the consent that was withdrawn (FM-CON-2, FM-END-6)', () => {
    const withdrawn = () => aCaseInCourse().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['health'] }));
    expect(
      positionTasks(
        withdrawn().does('municipal', 'consent.weighWithdrawal', { outcome: 'goes-on', reason: 'Vi kan nøjes' }).state,
      ),
    ).toEqual([]);
    expect(
      positionTasks(
        withdrawn().does('municipal', 'consent.weighWithdrawal', { outcome: 'cannot-go-on', reason: 'Vi kan ikke dele noget' })
          .state,
      ),
    ).toHaveLength(3);
  });

  it('is answered by a later follow-up that lets the course go on: old positions count no more (FM-END-7)', () => {
    const scenario = aCaseInCourse().does('police', 'course.state', interrupt);
    scenario.does('municipal', 'followUp.hold', aFollowUp(scenario));
    expect(scenario.state.positions).toEqual({ stated: [] });
    expect(positionTasks(scenario.state)).toEqual([]);
  });

  it('counts the position of nobody who declared a conflict of interest (FM-DEC-4)', () => {
    // The contact person cannot leave without a successor; probation is none in these cases.
    const scenario = allState(aCaseInCourse(), { position: 'interrupt', ground: 'breach' }).does(
      'probation',
      'circle.declareConflict',
      { reason: 'Fætter' },
    );
    expect(scenario.state.positions.stated.map((one) => one.seat)).toEqual(['police', 'municipal']);
    expect(notDecided(scenario.state, 'interrupt')).toBeUndefined();
  });

  it('is refused as decided when the two who are left disagree (FM-END-7)', () => {
    const scenario = aCaseInCourse()
      .does('probation', 'circle.declareConflict', { reason: 'Fætter' })
      .does('police', 'course.state', interrupt)
      .does('municipal', 'course.state', { position: 'continue', reasons });
    expect(notDecided(scenario.state, 'interrupt')).toMatchObject({ rule: 'FM-END-7' });
  });
});
