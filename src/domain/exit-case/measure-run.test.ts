import { describe, expect, it } from 'vitest';
import { aCaseInCourse, granted, latestMeasure, partWithdrawn, withPlacement } from '../../../tests/support/agreement-states.js';
import { aDischargedCase, anInterruptedCase } from '../../../tests/support/course-states.js';
import { fieldsIn, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { type PersonName } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';

const of = (scenario: Scenario, input: object = {}): object => ({ measure: latestMeasure(scenario), ...input });
const starts = (scenario: Scenario): Scenario =>
  scenario.does('jobcentre', 'measure.start', of(scenario, { on: scenario.today }));
const refusal = (scenario: Scenario, name: string, input: object = {}, who: PersonName = 'jobcentre') =>
  scenario.refusal(who, name, of(scenario, input));
const measure = (scenario: Scenario) => scenario.state.measures.measures.at(-1);
const stop = { reason: 'Er ikke mødt i tre uger', law: 'Lov om en aktiv beskæftigelsesindsats § 57' };
const placed = () => granted(withPlacement(aCase('2026-11-02')), 'jobcentre');

describe('starting a measure', () => {
  it('follows its grant, and waits for no agreement (FM-MEA-1, FM-MEA-3)', () => {
    const scenario = starts(placed());
    expect(measure(scenario)).toMatchObject({ status: 'started', startedOn: '2026-11-02' });
    expect(scenario.state.agreement.versions).toEqual([]);
  });

  it('refuses before the grant, twice, and tomorrow (FM-MEA-1)', () => {
    expect(refusal(withPlacement(aCase('2026-11-02')), 'measure.start', { on: '2026-11-02' })).toMatchObject({
      rule: 'FM-MEA-1',
      field: 'measure',
    });
    expect(refusal(starts(placed()), 'measure.start', { on: '2026-11-02' })).toMatchObject({
      rule: 'FM-MEA-1',
      field: 'measure',
    });
    expect(refusal(placed(), 'measure.start', { on: '2026-11-03' })).toMatchObject({ rule: 'FM-MEA-1', field: 'on' });
  });

  it("is the owning authority's, as everything that follows (FM-DEC-3)", () => {
    for (const name of ['measure.start', 'measure.complete'])
      expect(refusal(placed(), name, { on: '2026-11-02' }, 'municipal').rule).toBe('FM-DEC-3');
    expect(refusal(placed(), 'measure.report', { status: 'as-agreed', text: 'x' }, 'municipal').rule).toBe('FM-DEC-3');
    expect(refusal(placed(), 'measure.stop', stop, 'police').rule).toBe('FM-DEC-3');
  });

  it('needs evidence for an authority without users, as everything that follows (FM-DEC-3)', () => {
    const scenario = aCase().does('municipal', 'measure.propose', { type: 'afdragsordning' });
    const evidence = { by: 'Gældsstyrelsen', signedOn: scenario.today, keptAt: 'Ishøj 26/77' };
    granted(scenario, 'municipal', { evidence });
    expect(refusal(scenario, 'measure.start', { on: scenario.today }, 'municipal')).toMatchObject({
      rule: 'FM-DEC-3',
      field: 'evidence',
    });
    scenario.does('municipal', 'measure.start', of(scenario, { on: scenario.today, evidence }));
    expect(refusal(scenario, 'measure.report', { status: 'as-agreed', text: 'Betaler' }, 'municipal').field).toBe('evidence');
    expect(refusal(scenario, 'measure.complete', { on: scenario.today }, 'municipal').field).toBe('evidence');
    expect(refusal(scenario, 'measure.stop', stop, 'municipal').field).toBe('evidence');
    expect(
      scenario.does('municipal', 'measure.complete', of(scenario, { on: scenario.today, evidence })).state.measures.measures[0]
        ?.status,
    ).toBe('completed');
  });
});

describe('reporting on a measure', () => {
  it("tells the contact person how it goes, in the measure's own scope (FM-MEA-2)", () => {
    const scenario = starts(placed());
    const report = { status: 'as-agreed', text: 'Møder hver dag' };
    expect(scopesOf(scenario.tries('jobcentre', 'measure.report', of(scenario, report)))).toEqual([
      `measure:${latestMeasure(scenario)}`,
    ]);
    expect(measure(scenario.days(3).does('jobcentre', 'measure.report', of(scenario, report)))?.reportedOn).toBe('2026-11-05');
    expect(messageAt(scenario.tries('jobcentre', 'measure.report', of(scenario, { text: 'x' })), 'status')).toBe(
      'Vælg, hvordan det går',
    );
  });

  it('refuses before the grant and after the end (FM-MEA-2)', () => {
    const report = { status: 'as-agreed', text: 'x' };
    expect(refusal(withPlacement(aCase()), 'measure.report', report).rule).toBe('FM-MEA-1');
    const scenario = placed();
    expect(refusal(scenario.does('jobcentre', 'measure.stop', of(scenario, stop)), 'measure.report', report).rule).toBe(
      'FM-MEA-1',
    );
  });

  it('refuses once consent to its kind is withdrawn: a report is new sharing (FM-CON-2)', () => {
    const scenario = aCaseInCourse().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['social'] }));
    expect(refusal(scenario, 'measure.report', { status: 'as-agreed', text: 'x' })).toMatchObject({
      rule: 'FM-CON-2',
      rests: ['consent'],
    });
  });

  it('makes the contact person tell the unit at once when it deviates (FM-AGR-10)', () => {
    const scenario = starts(aCaseInCourse());
    expect(
      scenario.does('jobcentre', 'measure.report', of(scenario, { status: 'as-agreed', text: 'x' })).state.agreement.changedOn,
    ).toBeUndefined();
    expect(
      scenario.does('jobcentre', 'measure.report', of(scenario, { status: 'deviates', text: 'x' })).state.agreement.changedOn,
    ).toBe(scenario.today);
  });
});

describe('completing a measure', () => {
  it('ends one that has begun (FM-MEA-1)', () => {
    const scenario = starts(placed()).days(91);
    expect(measure(scenario.does('jobcentre', 'measure.complete', of(scenario, { on: scenario.today })))).toMatchObject({
      status: 'completed',
      endedOn: '2027-02-01',
    });
  });

  it('refuses one that has not, and a day to come (FM-MEA-1)', () => {
    expect(refusal(placed(), 'measure.complete', { on: '2026-11-02' })).toMatchObject({ rule: 'FM-MEA-1', field: 'measure' });
    expect(refusal(starts(placed()), 'measure.complete', { on: '2026-11-03' })).toMatchObject({ rule: 'FM-MEA-1', field: 'on' });
  });
});

describe('stopping a measure', () => {
  it("is the responsible authority's own, on the basis it states (FM-END-1)", () => {
    const scenario = starts(placed());
    expect(refusal(scenario, 'measure.stop', { ...stop, law: undefined })).toMatchObject({ rule: 'FM-DEC-3', field: 'law' });
    expect(refusal(scenario, 'measure.stop', { ...stop, reason: undefined })).toMatchObject({
      rule: 'FM-DEC-3',
      field: 'reason',
    });
    expect(fieldsIn(scenario.tries('jobcentre', 'measure.stop', of(scenario, stop)), 'measure')).toEqual([
      'reason',
      'law',
      'complaintRoute',
    ]);
    expect(measure(scenario.does('jobcentre', 'measure.stop', of(scenario, stop)))).toMatchObject({
      status: 'stopped',
      endedOn: scenario.today,
    });
  });

  it('can be done before it begins, and not after it ended (FM-MEA-1)', () => {
    const scenario = placed();
    expect(measure(scenario.does('jobcentre', 'measure.stop', of(scenario, stop)))?.status).toBe('stopped');
    expect(refusal(scenario, 'measure.stop', stop).rule).toBe('FM-MEA-1');
  });

  it('does not follow from an interrupted course: the owner goes on, or stops by himself, also in a closed case (FM-END-1)', () => {
    expect(measure(anInterruptedCase())?.status).toBe('granted');
    const closed = aDischargedCase();
    expect(measure(starts(closed))?.status).toBe('started');
    expect(measure(closed.does('jobcentre', 'measure.stop', of(closed, stop)))?.status).toBe('stopped');
  });
});
