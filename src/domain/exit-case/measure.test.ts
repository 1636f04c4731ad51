import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  granted,
  latestMeasure,
  treatmentPlan,
  withPlacement,
  withTreatment,
} from '../../../tests/support/agreement-states.js';
import { aDischargedCase } from '../../../tests/support/course-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { measureTasks, startDue } from './measure.js';

const tasks = (scenario: Scenario) => measureTasks(scenario.state).map(({ owner, due, command }) => [owner, due, command]);
const treatment = { user: people.treatment.user };

describe('tasks of a measure', () => {
  it("show the law's deadline from the request on, first for the decision, then for the start (FM-MEA-1, FM-MEA-3)", () => {
    const scenario = withTreatment(aCase('2026-11-02'));
    expect(tasks(scenario)).toEqual([[treatment, '2026-11-16', 'measure.decide']]);
    granted(scenario, 'treatment', treatmentPlan);
    expect(tasks(scenario)).toEqual([[treatment, '2026-11-16', 'measure.start']]);
    scenario.does('treatment', 'measure.start', { measure: latestMeasure(scenario), on: scenario.today });
    expect(tasks(scenario)).toEqual([]);
  });

  it('give the start deadline of the agreement when it is entered, and not before (FM-MEA-3)', () => {
    expect(tasks(granted(withPlacement(aCase('2026-11-02')), 'jobcentre'))).toEqual([]);
    expect(tasks(aCaseInCourse('2026-11-02'))).toEqual([[{ user: people.jobcentre.user }, '2026-11-30', 'measure.start']]);
  });

  it('take the earlier of law and agreement (FM-MEA-3)', () => {
    const scenario = withTreatment(aCaseInCourse('2026-11-02'));
    const [placement, drugs] = scenario.state.measures.measures;
    expect(placement && startDue(placement)).toBe('2026-11-30');
    expect(drugs && startDue({ ...drugs, startBy: scenario.today })).toBe(scenario.today);
    expect(drugs && placement?.startBy && startDue({ ...drugs, startBy: placement.startBy })).toBe('2026-11-16');
  });

  it('wait a fortnight for a decision the law sets no deadline for (FM-MEA-1)', () => {
    const scenario = withPlacement(aCase('2026-11-02'));
    expect(tasks(scenario)).toEqual([]);
    scenario.does('municipal', 'measure.request', { measure: latestMeasure(scenario), on: '2026-11-01' });
    expect(tasks(scenario)).toEqual([[{ user: people.jobcentre.user }, '2026-11-15', 'measure.decide']]);
  });

  it("are the seat's where its authority owns the measure, and the unit's where nobody there is in the case; never police's for one about economy (FM-WORK-1, FM-CNF-4)", () => {
    const asked = (type: string) => {
      const scenario = aCase().does('municipal', 'measure.propose', { type });
      return tasks(
        scenario.does('municipal', 'measure.request', { measure: latestMeasure(scenario), on: scenario.today }),
      )[0]?.[0];
    };
    expect(asked('social-stoette')).toEqual({ seat: 'municipal' });
    expect(asked('overfaldsalarm')).toEqual({ seat: 'police' });
    expect(asked('afdragsordning')).toEqual({ seat: 'municipal' });
  });

  it("are the contact person's where nobody there is in the case and there is one (FM-WORK-1)", () => {
    const scenario = aCaseInCourse().does('municipal', 'measure.propose', { type: 'afdragsordning' });
    scenario.does('municipal', 'measure.request', { measure: latestMeasure(scenario), on: scenario.today });
    expect(measureTasks(scenario.state).find((one) => one.command === 'measure.decide')?.owner).toEqual({
      user: people.municipal.user,
    });
  });

  it('say which measure they are about, so that they reach nobody who may not know of it (FM-CNF-4)', () => {
    const scenario = withTreatment(aCase());
    expect(measureTasks(scenario.state)).toMatchObject([
      { measure: latestMeasure(scenario), title: 'Træf afgørelse om tiltaget' },
    ]);
  });

  it('go on for the owners in a closed case, and for nobody else (FM-END-1, FM-END-4)', () => {
    const scenario = aDischargedCase('2026-11-02');
    expect(tasks(scenario)).toEqual([[{ user: people.jobcentre.user }, '2026-11-30', 'measure.start']]);
  });
});
