import { describe, expect, it } from 'vitest';
import {
  granted,
  latestMeasure,
  saysNo,
  treatmentPlan,
  withPlacement,
  withTreatment,
} from '../../../tests/support/agreement-states.js';
import { aDischargedCase } from '../../../tests/support/course-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { measureTasks } from './measure.js';

const proposed = (type: string, day = '2026-11-02'): Scenario => aCase(day).does('municipal', 'measure.propose', { type });
const asks = (scenario: Scenario, but: object = {}): Scenario =>
  scenario.does('municipal', 'measure.request', { measure: latestMeasure(scenario), on: scenario.today, ...but });
const refusal = (scenario: Scenario, but: object = {}) =>
  scenario.refusal('municipal', 'measure.request', { measure: latestMeasure(scenario), on: scenario.today, ...but });
const measure = (scenario: Scenario) => scenario.state.measures.measures.at(-1);

describe('asking for a measure', () => {
  it.each(['stofmisbrug', 'alkohol'])(
    '%s starts within 14 calendar days of the request, over weekends and holidays (FM-MEA-3)',
    (type) => {
      expect(measure(asks(proposed(type, '2026-12-18')))).toMatchObject({
        status: 'requested',
        requestedOn: '2026-12-18',
        statutoryBy: '2027-01-01',
      });
    },
  );

  it('counts from the day the candidate asked, not from the day it was recorded (FM-MEA-3)', () => {
    expect(measure(asks(proposed('alkohol').days(3), { on: '2026-11-01' }))?.statutoryBy).toBe('2026-11-15');
  });

  it('runs a deadline without acceptance, without consent and after a refusal of consent (FM-MEA-3)', () => {
    const scenario = proposed('stofmisbrug').does('municipal', 'consent.refuse', saysNo);
    expect(asks(scenario).state.decision.outcome).toBeUndefined();
    expect(measure(scenario)?.statutoryBy).toBe('2026-11-16');
  });

  it('sets no deadline where the law sets none (FM-MEA-3)', () => {
    expect(measure(asks(proposed('mentor')))).toMatchObject({ status: 'requested', requestedOn: '2026-11-02' });
    expect(measure(asks(proposed('mentor')))?.statutoryBy).toBeUndefined();
  });

  it('moves no deadline when it is recorded again, or lies in the future (FM-MEA-3)', () => {
    expect(refusal(asks(proposed('alkohol')))).toMatchObject({ rule: 'FM-MEA-3', field: 'measure' });
    expect(refusal(proposed('alkohol'), { on: '2026-11-03' })).toMatchObject({ rule: 'FM-MEA-3', field: 'on' });
  });

  it('refuses an unknown measure, one that has ended, and a closed case (FM-MEA-1, FM-END-4)', () => {
    const scenario = proposed('alkohol');
    expect(refusal(scenario, { measure: '99999999-0000-4000-8000-000000000000' })).toMatchObject({
      rule: 'FM-MEA-1',
      field: 'measure',
    });
    const refused = withPlacement(aCase());
    refused.does('jobcentre', 'measure.decide', {
      measure: latestMeasure(refused),
      outcome: 'refused',
      reason: 'Ikke berettiget',
      law: 'LAB § 2',
    });
    expect(refusal(refused)).toMatchObject({ rule: 'FM-MEA-1', field: 'measure' });
    expect(refusal(aDischargedCase()).rule).toBe('FM-END-4');
  });

  it('can follow the grant, which it does not undo (FM-MEA-1)', () => {
    expect(measure(asks(granted(withPlacement(aCase()), 'jobcentre')))?.status).toBe('granted');
  });
});

describe('a later start that the candidate chose', () => {
  it("is recorded with the request, or afterwards, and moves the task and not the law's deadline (FM-MEA-3)", () => {
    const scenario = asks(proposed('alkohol'), { chosenLater: '2026-12-01' });
    expect(measure(scenario)).toMatchObject({ statutoryBy: '2026-11-16', chosenStart: '2026-12-01' });
    scenario.does('municipal', 'measure.chooseLater', { measure: latestMeasure(scenario), startOn: '2026-12-10' });
    expect(measureTasks(scenario.state)[0]?.due).toBe('2026-12-10');
  });

  it("refuses one within the law's deadline, and one where the law sets none (FM-MEA-3)", () => {
    expect(refusal(proposed('alkohol'), { chosenLater: '2026-11-16' })).toMatchObject({
      rule: 'FM-MEA-3',
      field: 'chosenLater',
      detail: expect.stringContaining('16. november 2026') as string,
    });
    const mentor = asks(proposed('mentor'));
    expect(
      mentor.refusal('municipal', 'measure.chooseLater', { measure: latestMeasure(mentor), startOn: '2026-12-10' }),
    ).toMatchObject({ rule: 'FM-MEA-3', field: 'measure' });
  });

  it('refuses when the measure has begun (FM-MEA-3)', () => {
    const scenario = granted(withTreatment(aCase('2026-11-02')), 'treatment', treatmentPlan);
    scenario.does('treatment', 'measure.start', { measure: latestMeasure(scenario), on: scenario.today });
    expect(
      scenario.refusal('municipal', 'measure.chooseLater', { measure: latestMeasure(scenario), startOn: '2026-12-10' }),
    ).toMatchObject({ rule: 'FM-MEA-3', field: 'measure' });
  });

  it('is recorded by those who speak with the candidate (FM-CNF-2)', () => {
    const scenario = withTreatment(aCase());
    expect(people.treatment.user).toBe(measure(scenario)?.owner);
    expect(
      scenario.refusal('treatment', 'measure.chooseLater', { measure: latestMeasure(scenario), startOn: '2027-12-10' }).rule,
    ).toBe('FM-CNF-2');
  });
});
