import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Instant, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { standingOf } from '../../src/domain/exit-case/follows.js';
import { nationally } from '../../src/domain/statistics/breakdown.js';
import { officialFigures } from '../../src/domain/statistics/official.js';
import { nationalCells, nationalCorrections, nationalLines, nationalTimes } from '../../src/store/figures.js';
import { aCaseInCourse, granted, latestMeasure, withPlacement } from '../support/agreement-states.js';
import { aCaseHeard, aCaseInAssessment, anAcceptedCase, aRefusedCase, refusal } from '../support/assessment-states.js';
import { aCompletedCase } from '../support/course-states.js';
import { drawing, LATER, tellAlone } from '../support/figures-told.js';
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
  it('stand at each measure that was started in them, from the day that was recorded, and at none where none was', async () => {
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
