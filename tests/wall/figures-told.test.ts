import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, daysBetween, type Instant, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { nextFollowUp } from '../../src/domain/exit-case/follow-up.js';
import { type Standing, standingOf } from '../../src/domain/exit-case/follows.js';
import { nationally } from '../../src/domain/statistics/breakdown.js';
import { officialFigures } from '../../src/domain/statistics/official.js';
import type { FigureRecords, StandingRecord } from '../../src/domain/statistics/record.js';
import { nationalCells, nationalCorrections, nationalLines, nationalTimes } from '../../src/store/figures.js';
import { aCaseInCourse, granted, latestMeasure, withPlacement } from '../support/agreement-states.js';
import { aCaseHeard, aCaseInAssessment, anAcceptedCase, aRefusedCase, refusal } from '../support/assessment-states.js';
import { aCompletedCase, aFollowUp } from '../support/course-states.js';
import { tellFigures, tellRecords } from '../support/figures-told.js';
import { type TestHouse, testHouse } from '../support/house.js';
import type { Scenario } from '../support/scenario.js';

const day = (text: string): PlainDate => knownDate(text);
const endOf = (text: string): Instant => instantOf(addDays(day(text), 1), 0, 0);
const LATER = instantOf(day('2027-12-31'), 12, 0);
const FROM = day('2026-01-01');

let house: TestHouse;
beforeAll(async () => { house = await testHouse(); });
afterAll(() => house.close());

/** A record of these cases alone. */
async function told(...scenarios: readonly Scenario[]): Promise<void> {
  await house.db.superuser('truncate stat.link, stat.standing, stat.measure, stat.follow_up, stat.re_registration, stat.drawing');
  await tellFigures(house.db, scenarios);
}
const drawing = (asOf: string, drawnAt: Instant = LATER, from: PlainDate = FROM) => ({ from, asOf: day(asOf), drawnAt });
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

describe('how long it took, and whether it was on time (FM-STA-2)', () => {
  const timesOf = async (asOf: string, from?: PlainDate) => {
    const times = await nationalTimes(house.web, house.tokens.officialKl, drawing(asOf, LATER, from));
    if (times === undefined) throw new Error('no times');
    return times;
  };

  it('is counted in days, by the step that was taken in the period, for the country and for each unit', async () => {
    const scenario = aCaseHeard('2026-03-02').days(5).does('police', 'decision.refuse', refusal);
    await told(scenario);
    const { standing, from: on } = standingOf(scenario.state);
    const days = daysBetween(copenhagenDate(scenario.state.inquiry.receivedAt), on);
    expect([standing, days > 0]).toEqual(['refused', true]);
    const took = { step: 'decision', n: 1, lowerQuartile: days, median: days, upperQuartile: days };
    const { steps } = await timesOf('2026-12-31');
    expect(steps).toHaveLength(2);
    expect(steps).toEqual(expect.arrayContaining([{ ...took, unit: null }, { ...took, unit: 'koebenhavns-vestegn' }]));
    expect((await timesOf('2026-12-31', addDays(on, 1))).steps).toEqual([]);
    expect((await timesOf(addDays(on, -1))).steps).toEqual([]);
    expect((await timesOf(on, on)).steps).toHaveLength(2);
  });

  it('is counted once: what a case counts under may change after the step, and the same day', async () => {
    const scenario = anAcceptedCase('2026-03-02').does('municipal', 'person.update', { ageBand: '30-39' }).days(3).does('municipal', 'person.update', { ageBand: '40+' });
    await told(scenario);
    expect((await timesOf('2026-12-31')).steps.map(({ step, unit, n }) => [step, unit, n])).toEqual(expect.arrayContaining([['decision', null, 1]]));
    expect((await timesOf('2026-12-31')).steps).toHaveLength(2);
  });

  it('leaves out a decision that was annulled, and counts the one that came in its place from the inquiry; drawn as it was then, the first stands (FM-WORK-2, FM-STA-3)', async () => {
    const scenario = aCaseHeard('2026-03-02').days(5).does('police', 'decision.refuse', refusal);
    const [first, recorded] = [standingOf(scenario.state).from, scenario.now];
    const annulled = { what: 'decision', reason: 'Registreret i den forkerte sag' };
    scenario.days(10).does('police', 'record.annul', annulled).does('municipal', 'record.annul', annulled);
    await told(scenario);
    expect((await timesOf('2026-12-31')).steps).toEqual([]);
    scenario.days(4).does('police', 'decision.refuse', refusal);
    await told(scenario);
    const days = daysBetween(copenhagenDate(scenario.state.inquiry.receivedAt), scenario.today);
    expect((await timesOf('2026-12-31')).steps.find(({ unit }) => unit === null)).toMatchObject({ n: 1, median: days });
    const then = await nationalTimes(house.web, house.tokens.officialKl, drawing('2026-12-31', recorded));
    expect(then?.steps.find(({ unit }) => unit === null)).toMatchObject({ n: 1, median: daysBetween(copenhagenDate(scenario.state.inquiry.receivedAt), first) });
  });

  it('stays with the unit that had the case when the step was taken, and what is to come goes with the case; drawn as it was then, it had not moved (FM-STA-3)', async () => {
    const facts = { unit: 'fyn', municipality: '0461', category: '1a', place: 'freedom', ageBand: '18-24', measures: [], replaces: false };
    const entry = (on: string, standing: Partial<StandingRecord> & Pick<StandingRecord, 'standing'>, more: object = {}): { at: Instant; records: FigureRecords } =>
      ({ at: instantOf(day(on), 12, 0), records: { standing: { ...facts, from: day(on), ...standing }, measures: [], held: [], ...more } });
    await told();
    await tellRecords(house.db, [[
      entry('2026-02-01', { standing: 'inquiry' }), entry('2026-02-11', { standing: 'accepted' }), entry('2026-02-21', { standing: 'course' }, { nextDue: day('2026-03-10') }),
      { at: instantOf(day('2026-03-12'), 12, 0), records: { measures: [], held: [{ due: day('2026-03-10'), held: day('2026-03-12') }], nextDue: day('2026-05-10') } },
      entry('2026-04-01', { standing: 'course', unit: 'bornholm' }),
      { at: instantOf(day('2026-05-10'), 12, 0), records: { measures: [], held: [{ due: day('2026-05-10'), held: day('2026-05-10') }], nextDue: null } },
      entry('2026-06-01', { standing: 'completed', unit: 'bornholm' }),
    ]]);
    const { steps, followUps } = await timesOf('2026-12-31');
    expect(steps.filter(({ unit }) => unit !== null).map(({ step, unit, median }) => [step, unit, median]).sort()).toEqual([['agreement', 'fyn', 10], ['decision', 'fyn', 10], ['end', 'bornholm', 100]]);
    expect(followUps.filter(({ unit }) => unit !== null)).toEqual(expect.arrayContaining([{ unit: 'fyn', due: 1, onTime: 0, late: 1 }, { unit: 'bornholm', due: 1, onTime: 1, late: 0 }]));
    expect(followUps).toHaveLength(3);
    const then = await nationalTimes(house.web, house.tokens.officialKl, drawing('2026-12-31', instantOf(day('2026-03-20'), 12, 0)));
    expect(then?.followUps.find(({ unit }) => unit === 'fyn')).toEqual({ unit: 'fyn', due: 2, onTime: 0, late: 1 });
  });

  it('has nothing of a case that is a double, whenever it came to light (FM-STA-4)', async () => {
    const facts = { unit: 'fyn', municipality: '0461', category: '1a', place: 'freedom', ageBand: '18-24', measures: ['bolig'] };
    const entry = (on: string, standing: Standing, more: Partial<FigureRecords> = {}, from = on): { at: Instant; records: FigureRecords } =>
      ({ at: instantOf(day(on), 12, 0), records: { standing: { ...facts, standing, from: day(from), replaces: standing === 'duplicate' }, measures: [], held: [], ...more } });
    const course = [entry('2026-02-01', 'inquiry'), entry('2026-02-11', 'accepted'), entry('2026-02-21', 'course', { nextDue: day('2026-03-10') })];
    await told();
    await tellRecords(house.db, [course]);
    expect([(await timesOf('2026-12-31')).steps.length, (await timesOf('2026-12-31')).followUps.length]).toEqual([4, 2]);
    await told();
    await tellRecords(house.db, [[...course, entry('2026-04-01', 'duplicate', { nextDue: null }, '2026-02-01')]]);
    expect(await timesOf('2026-12-31')).toEqual({ steps: [], followUps: [] });
    expect(await cellsOf('2026-12-31')).toEqual([]);
  });

  it('gives median and quartiles of several', async () => {
    await told();
    for (const [nth, days] of [2, 4, 6, 8, 100].entries()) {
      await house.db.superuser(
        `insert into stat.standing (stat_id, state, from_date, recorded_at, unit, place, step, days) values (gen_random_uuid(), 'accepted', date '2026-01-01' + $1::int + $2::int, '2026-01-01T08:00:00Z', 'fyn', 'freedom', 'decision', $2)`, [nth, days]);
    }
    expect((await timesOf('2026-12-31')).steps[0]).toMatchObject({ n: 5, lowerQuartile: 4, median: 6, upperQuartile: 8 });
  });

  it('tells a follow-up that was held by its day from one held later, and one not held from one whose day has not passed', async () => {
    const scenario = aCaseInCourse('2026-03-02');
    const { nextDue } = { nextDue: scenario.state.agreement.versions[0]?.firstFollowUp };
    if (nextDue === undefined) throw new Error('no first follow-up');
    await told(scenario);
    const counted = async (asOf: PlainDate) => (await timesOf(asOf)).followUps.find(({ unit }) => unit === null);
    expect(await counted(nextDue)).toBeUndefined();
    expect(await counted(addDays(nextDue, 1))).toEqual({ unit: null, due: 1, onTime: 0, late: 0 });
    while (scenario.today < addDays(nextDue, 3)) scenario.days(1);
    scenario.does('municipal', 'followUp.hold', aFollowUp(scenario));
    await told(scenario);
    expect(await counted(addDays(nextDue, 2))).toEqual({ unit: null, due: 1, onTime: 0, late: 0 });
    expect(await counted(addDays(nextDue, 3))).toEqual({ unit: null, due: 1, onTime: 0, late: 1 });
  });

  it('leaves a follow-up that was missed missed, whoever moves it afterwards and however the course ends', async () => {
    const scenario = aCaseInCourse('2026-03-02');
    const due = nextFollowUp(scenario.state);
    if (due === undefined) throw new Error('no follow-up');
    while (scenario.today <= due) scenario.days(1);
    const counted = async (asOf: PlainDate) => (await timesOf(asOf)).followUps.find(({ unit }) => unit === null);
    await told(scenario);
    expect(await counted(addDays(due, 1))).toEqual({ unit: null, due: 1, onTime: 0, late: 0 });
    scenario.does('municipal', 'followUp.reschedule', { to: addDays(due, 20), reason: 'Kunne ikke nås' });
    await told(scenario);
    expect(await counted(addDays(due, 1))).toEqual({ unit: null, due: 1, onTime: 0, late: 0 });
    while (scenario.today < addDays(due, 18)) scenario.days(1);
    scenario.does('municipal', 'followUp.hold', aFollowUp(scenario));
    await told(scenario);
    expect(await counted(addDays(due, 21))).toEqual({ unit: null, due: 2, onTime: 1, late: 0 });
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
