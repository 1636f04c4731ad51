import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Instant, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { type Standing, standingOf } from '../../src/domain/exit-case/follows.js';
import { nationally } from '../../src/domain/statistics/breakdown.js';
import { officialFigures } from '../../src/domain/statistics/official.js';
import { nationalCells, nationalCompleteness, nationalCorrections, nationalLines, nationalTimes } from '../../src/store/figures.js';
import { aCaseInCourse, granted, latestMeasure, withPlacement } from '../support/agreement-states.js';
import { aCaseHeard, aCaseInAssessment, anAcceptedCase, aRefusedCase, refusal } from '../support/assessment-states.js';
import { aCompletedCase } from '../support/course-states.js';
import { drawing, LATER, tellAlone, tellRecords } from '../support/figures-told.js';
import { type TestHouse, testHouse } from '../support/house.js';
import type { Scenario } from '../support/scenario.js';

const day = (text: string): PlainDate => knownDate(text);
const endOf = (text: string): Instant => instantOf(addDays(day(text), 1), 0, 0);

let house: TestHouse;
beforeAll(async () => { house = await testHouse(); });
afterAll(() => house.close());

const told = (...scenarios: readonly Scenario[]) => tellAlone(house.db, scenarios);
const cellsOf = (asOf: string, drawnAt?: Instant, from?: PlainDate) => nationalCells(house.web, house.tokens.officialKl, drawing(asOf, drawnAt, from));
const standings = async (asOf: string, drawnAt?: Instant): Promise<readonly string[]> =>
  (await cellsOf(asOf, drawnAt)).flatMap(({ dimension, state, n }) => (dimension === 'unit' ? Array.from({ length: n }, () => state) : []));

describe('what a case counts as on a day (FM-STA-1, FM-STA-3)', () => {
  it('is where it stood then, from the day it came there', async () => {
    const scenario = aCaseInAssessment('2026-03-02');
    await told(scenario);
    expect(await standings('2026-03-01')).toEqual([]);
    expect(await standings('2026-03-02')).toEqual(['assessment']);
    expect(await standings('2026-12-01')).toEqual(['assessment']);
  });

  it('is one thing alone: a refusal that was annulled was never reached, and a figure drawn before says so still (FM-WORK-2)', async () => {
    const scenario = aRefusedCase('2026-03-02').days(10);
    const annulled = { what: 'decision', reason: 'Registreret i den forkerte sag' };
    scenario.does('police', 'record.annul', annulled).does('municipal', 'record.annul', annulled);
    await told(scenario);
    expect(await standings('2026-03-05', endOf('2026-03-05'))).toEqual(['refused']);
    expect(await standings('2026-03-05')).toEqual(['assessment']);
    expect(await standings('2026-12-01')).toEqual(['assessment']);
  });

  it('counts an end in the period it was reached in, and what runs whenever it began (FM-STA-1)', async () => {
    const over = aCompletedCase('2026-03-02');
    await told(over, aCaseInCourse('2026-03-02'));
    const ended = over.state.course.endedOn ?? day('2026-03-02');
    expect(nationally(await cellsOf('2026-12-31'))).toMatchObject({ runningCourses: 1, completed: { total: 1, reRegistered: 0 } });
    expect(nationally(await cellsOf('2026-12-31', LATER, addDays(ended, 1)))).toMatchObject({ runningCourses: 1, completed: { total: 0 } });
  });

  it('has every case once along every dimension (FM-STA-2, FM-STA-4)', async () => {
    await told(aCaseInCourse('2026-03-02'), aCompletedCase('2026-04-01'), anAcceptedCase('2026-05-01'), aCaseInAssessment('2026-06-01'));
    const cells = await cellsOf('2026-12-31');
    for (const dimension of ['unit', 'municipality', 'category', 'age', 'place']) {
      expect(cells.filter((one) => one.dimension === dimension).reduce((sum, { n }) => sum + n, 0), dimension).toBe(4);
    }
  });

  it('changes what it counts under from the day that was recorded, and no earlier: a figure for an earlier day stays (FM-STA-3)', async () => {
    const scenario = aCaseInAssessment('2026-03-02').days(20).does('municipal', 'person.update', { ageBand: '30-39' });
    await told(scenario);
    const ages = async (asOf: string) => (await cellsOf(asOf)).filter((one) => one.dimension === 'age').map(({ value }) => value);
    expect(await ages('2026-03-21')).toEqual([null]);
    expect(await ages('2026-03-22')).toEqual(['30-39']);
  });
});

describe('a refusal that is reviewed (FM-DEC-2, FM-STA-3)', () => {
  it('was a refusal until the review was asked for: no figure of a day before changes, and its decision stays the first', async () => {
    const scenario = aRefusedCase('2026-03-02').days(30);
    const refused = standingOf(scenario.state).from;
    scenario.does('municipal', 'decision.requestReview', { account: 'Kandidaten er uenig' });
    await told(scenario);
    expect(standingOf(scenario.state).standing).toBe('assessment');
    expect(await standings(addDays(refused, 5))).toEqual(['refused']);
    expect(await standings(addDays(scenario.today, -1))).toEqual(['refused']);
    expect(await standings(scenario.today)).toEqual(['assessment']);
    const before = drawing(addDays(scenario.today, -1), endOf(addDays(scenario.today, -1)));
    expect(await nationalCorrections(house.web, house.tokens.officialKl, before, LATER)).toEqual({ total: 0, rows: [] });
    expect((await nationalTimes(house.web, house.tokens.officialKl, drawing('2026-12-31')))?.steps.filter(({ unit }) => unit === null)).toEqual([expect.objectContaining({ step: 'decision', n: 1 })]);
  });
});

describe('a decision that was annulled (FM-WORK-2, FM-STA-3)', () => {
  it('takes nothing back but itself: what the case counted under before is as it was', async () => {
    const scenario = aCaseHeard('2026-03-02').days(5).does('municipal', 'person.update', { ageBand: '30-39' }).days(5).does('police', 'decision.refuse', refusal).days(2);
    const annulled = { what: 'decision', reason: 'Registreret i den forkerte sag' };
    scenario.does('police', 'record.annul', annulled).does('municipal', 'record.annul', annulled);
    await told(scenario);
    const ages = async (asOf: string) => (await cellsOf(asOf)).filter((one) => one.dimension === 'age').map(({ value, state }) => [value, state]);
    const begun = scenario.state.assessment.begun?.on ?? day('2026-03-02');
    expect(await ages(begun)).toEqual([[null, 'assessment']]);
    expect(await ages('2026-12-01')).toEqual([['30-39', 'assessment']]);
  });
});

describe('a figure drawn again as it was drawn then (FM-STA-3)', () => {
  it('leaves out what was recorded since, and tells of it', async () => {
    const scenario = aCaseInAssessment('2026-03-02');
    await told(scenario);
    // Entered in June: it ended in April.
    await house.db.superuser(
      `with was as (update stat.standing set superseded_at = '2026-06-10T08:00:00Z' where superseded_at is null and to_date is null returning *)
       insert into stat.standing (stat_id, state, from_date, to_date, recorded_at, unit, municipality, category, place, age_band)
       select stat_id, state, from_date, date '2026-04-15', timestamptz '2026-06-10T08:00:00Z', unit, municipality, category, place, age_band from was
       union all select stat_id, 'assessment-interrupted', date '2026-04-15', null, timestamptz '2026-06-10T08:00:00Z', unit, municipality, category, place, age_band from was`);
    expect(await standings('2026-05-01', endOf('2026-05-01'))).toEqual(['assessment']);
    expect(await standings('2026-05-01')).toEqual(['assessment-interrupted']);
    const { rows: late } = await nationalCorrections(house.web, house.tokens.officialKl, drawing('2026-05-01', endOf('2026-05-01')), LATER);
    expect(late).toEqual([{ recordedOn: '2026-06-10', was: 'assessment', is: 'assessment-interrupted', wasUnit: 'koebenhavns-vestegn', isUnit: 'koebenhavns-vestegn', otherFacts: false }]);
    expect(await nationalCorrections(house.web, house.tokens.officialKl, drawing('2026-03-31', endOf('2026-03-31')), LATER)).toEqual({ total: 0, rows: [] });
  });

  it('counts who was registered again by what was known then (FM-END-5)', async () => {
    await told(aCompletedCase('2026-03-02'));
    await house.db.superuser(`insert into stat.re_registration select distinct stat_id, date '2026-05-01', timestamptz '2026-07-01T08:00:00Z' from stat.standing`);
    const again = async (asOf: string, drawnAt?: Instant) => nationally(await cellsOf(asOf, drawnAt)).completed.reRegistered;
    expect([await again('2026-04-30'), await again('2026-05-01'), await again('2026-05-01', endOf('2026-05-01'))]).toEqual([0, 1, 0]);
    const { rows: late } = await nationalCorrections(house.web, house.tokens.officialKl, drawing('2026-06-01', endOf('2026-06-01')), LATER);
    expect(late.map(({ was, is }) => [was, is])).toEqual([['completed', 'completed-re-registered']]);
  });
});

describe('cases by measure (FM-STA-2)', () => {
  it('stand at each measure that was started in them, from the day it was, and at none where none was', async () => {
    const scenario = aCaseInCourse('2026-03-02');
    await told(scenario, anAcceptedCase('2026-03-02'));
    const measured = async (asOf: string) => (await cellsOf(asOf)).flatMap(({ dimension, value, state, n }) => (dimension === 'measure' ? [[value, state, n]] : [])).sort();
    expect(await measured('2026-12-31')).toEqual([[null, 'accepted', 1], [null, 'course', 1]]);
    expect(scenario.state.measures.measures.map(({ status }) => status)).not.toContain('started');
    granted(withPlacement(scenario.days(10)), 'jobcentre').does('jobcentre', 'measure.start', { measure: latestMeasure(scenario), on: scenario.today });
    await told(scenario);
    const type = scenario.state.measures.measures.find(({ startedOn }) => startedOn !== undefined)?.measureType;
    expect(await measured(addDays(scenario.today, -1))).toEqual([[null, 'course', 1]]);
    expect(await measured('2026-12-31')).toEqual([[type, 'course', 1]]);
    // Two in one case: it stands at both, and at each of them once.
    await house.db.superuser(`update stat.standing set measures = array['bolig', 'mentor'] where superseded_at is null and to_date is null`);
    await house.db.superuser('delete from stat.drawing');
    expect(await measured('2026-12-31')).toEqual([['bolig', 'course', 1], ['mentor', 'course', 1]]);
  });

  it('stand there from the day it was started also where that was recorded later, which is listed; drawn as it was then, none was (FM-STA-3)', async () => {
    const scenario = aCaseInCourse('2026-03-02');
    granted(withPlacement(scenario.days(10)), 'jobcentre');
    const started = scenario.today;
    scenario.days(5).does('municipal', 'person.update', { ageBand: '30-39' }).days(3).does('jobcentre', 'measure.start', { measure: latestMeasure(scenario), on: started });
    await told(scenario);
    const type = scenario.state.measures.measures.find(({ startedOn }) => startedOn !== undefined)?.measureType;
    const values = async (dimension: string, asOf: PlainDate, drawnAt?: Instant) => (await cellsOf(asOf, drawnAt)).flatMap((one) => (one.dimension === dimension && one.state === 'course' ? [one.value] : []));
    expect([await values('measure', addDays(started, -1)), await values('measure', started), await values('measure', scenario.today)]).toEqual([[null], [type], [type]]);
    // What the case counts under else is as it was: from the day that was recorded.
    expect([await values('age', addDays(started, 4)), await values('age', addDays(started, 5))]).toEqual([[null], ['30-39']]);
    const then = drawing(addDays(started, 3), endOf(addDays(started, 3)));
    expect(await values('measure', then.asOf, then.drawnAt)).toEqual([null]);
    const unit = scenario.state.inquiry.unit;
    expect(await nationalCorrections(house.web, house.tokens.officialKl, then, LATER)).toEqual({ total: 1, rows: [{ recordedOn: scenario.today, was: 'course', is: 'course', wasUnit: unit, isUnit: unit, otherFacts: true }] });
    const unmeasured = async (asOf: PlainDate, drawnAt?: Instant) => (await nationalCompleteness(house.web, house.tokens.officialKl, drawing(asOf, drawnAt)))?.find((one) => one.unit === null)?.unmeasured;
    expect([await unmeasured(then.asOf, then.drawnAt), await unmeasured(then.asOf), await unmeasured(addDays(started, -1))]).toEqual([1, 0, 1]);
  });

  it('stand there as they stood then, with the steps they had taken: on a day it was accepted, as accepted; an end counts from its own day, whole', async () => {
    const facts = { unit: 'fyn', municipality: '0461', category: '1a', place: 'freedom', ageBand: '18-24', measures: [], replaces: false };
    const at = (on: string): Instant => instantOf(day(on), 12, 0);
    const stood = ([standing, from]: readonly [Standing, string]) => ({ at: at(from), records: { standing: { ...facts, standing, from: day(from) }, started: [], held: [] } });
    await told();
    await tellRecords(house.db, [[
      ...([['inquiry', '2026-02-01'], ['accepted', '2026-02-11'], ['course', '2026-02-21'], ['completed', '2026-06-01']] as const).map(stood),
      { at: at('2026-07-01'), records: { started: [{ type: 'mentor', from: day('2026-02-15') }, { type: 'bolig', from: day('2026-06-10') }], held: [] } },
    ]]);
    const rows = await house.db.superuser<{ row: readonly unknown[] }>(`select jsonb_build_array(state, from_date, to_date, array_to_string(measures, ' '), step, days) as row from stat.standing where superseded_at is null order by from_date`);
    expect(rows.map(({ row }) => row)).toEqual([
      ['inquiry', '2026-02-01', '2026-02-11', '', null, null], ['accepted', '2026-02-11', '2026-02-15', '', 'decision', 10], ['accepted', '2026-02-15', '2026-02-21', 'mentor', null, null],
      ['course', '2026-02-21', '2026-06-01', 'mentor', 'agreement', 10], ['completed', '2026-06-01', null, 'bolig mentor', 'end', 100],
    ]);
    expect((await nationalTimes(house.web, house.tokens.officialKl, drawing('2026-12-31')))?.steps.filter(({ unit }) => unit === null).map(({ step, n, median }) => [step, n, median]).sort()).toEqual([['agreement', 1, 10], ['decision', 1, 10], ['end', 1, 100]]);
    expect(nationally(await cellsOf('2026-12-31', LATER, day('2026-06-05'))).completed.total).toBe(0);
    // Only superseded: as it was known before, no measure was.
    expect((await cellsOf('2026-12-31', at('2026-06-20'))).filter(({ dimension }) => dimension === 'measure')).toEqual([{ dimension: 'measure', value: null, state: 'completed', n: 1 }]);
  });

  it('stand there from that day when a later command tells of an earlier one: who goes on to a course as of last week has there what was started yesterday from yesterday', async () => {
    const facts = { unit: 'fyn', municipality: '0461', category: '1a', place: 'freedom', ageBand: '18-24', replaces: false };
    const at = (on: string): Instant => instantOf(day(on), 12, 0);
    await told();
    await tellRecords(house.db, [[
      { at: at('2026-02-01'), records: { standing: { ...facts, standing: 'accepted', from: day('2026-02-01'), measures: [] }, started: [], held: [] } },
      { at: at('2026-02-11'), records: { started: [{ type: 'mentor', from: day('2026-02-10') }], held: [] } },
      { at: at('2026-02-12'), records: { standing: { ...facts, standing: 'course', from: day('2026-02-05'), measures: [] }, started: [{ type: 'mentor', from: day('2026-02-10') }], held: [] } },
    ]]);
    const measured = async (asOf: string) => (await cellsOf(asOf)).flatMap(({ dimension, value, state }) => (dimension === 'measure' ? [[value, state]] : []));
    expect([await measured('2026-02-04'), await measured('2026-02-09'), await measured('2026-02-10')]).toEqual([[[null, 'accepted']], [[null, 'course']], [['mentor', 'course']]]);
  });
});

describe('unsuppressed figures (FM-STA-4)', () => {
  it('are the contact point’s alone, whatever part of them', async () => {
    await told(aCaseInCourse('2026-03-02'));
    for (const who of ['police', 'municipal', 'probation', 'custody', 'auditor', 'admin', 'jobcentre'] as const) {
      const token = house.tokens[who];
      expect(await nationalCells(house.web, token, drawing('2026-12-31')), who).toEqual([]);
      expect(await nationalTimes(house.web, token, drawing('2026-12-31')), who).toBeUndefined();
      expect(await nationalLines(house.web, token, drawing('2026-12-31')), who).toEqual(officialFigures([]));
      expect(await nationalCorrections(house.web, token, drawing('2026-01-01', endOf('2026-01-01')), LATER), who).toEqual({ total: 0, rows: [] });
    }
  });
});
