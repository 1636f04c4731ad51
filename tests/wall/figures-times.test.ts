import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, daysBetween, type Instant, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { nextFollowUp } from '../../src/domain/exit-case/follow-up.js';
import { type Standing, standingOf } from '../../src/domain/exit-case/follows.js';
import type { FigureRecords, StandingRecord } from '../../src/domain/statistics/record.js';
import { nationalCells, nationalTimes } from '../../src/store/figures.js';
import { aCaseInCourse } from '../support/agreement-states.js';
import { aCaseHeard, anAcceptedCase, refusal } from '../support/assessment-states.js';
import { aFollowUp } from '../support/course-states.js';
import { drawing, LATER, tellAlone, tellRecords } from '../support/figures-told.js';
import { type TestHouse, testHouse } from '../support/house.js';
import type { Scenario } from '../support/scenario.js';

const day = (text: string): PlainDate => knownDate(text);

let house: TestHouse;
beforeAll(async () => { house = await testHouse(); });
afterAll(() => house.close());

const told = (...scenarios: readonly Scenario[]) => tellAlone(house.db, scenarios);

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
      ({ at: instantOf(day(on), 12, 0), records: { standing: { ...facts, from: day(on), ...standing }, started: [], held: [], ...more } });
    await told();
    await tellRecords(house.db, [[
      entry('2026-02-01', { standing: 'inquiry' }), entry('2026-02-11', { standing: 'accepted' }), entry('2026-02-21', { standing: 'course' }, { nextDue: day('2026-03-10') }),
      { at: instantOf(day('2026-03-12'), 12, 0), records: { started: [], held: [{ due: day('2026-03-10'), held: day('2026-03-12') }], nextDue: day('2026-05-10') } },
      entry('2026-04-01', { standing: 'course', unit: 'bornholm' }),
      { at: instantOf(day('2026-05-10'), 12, 0), records: { started: [], held: [{ due: day('2026-05-10'), held: day('2026-05-10') }], nextDue: null } },
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
      ({ at: instantOf(day(on), 12, 0), records: { standing: { ...facts, standing, from: day(from), replaces: standing === 'duplicate' }, started: [], held: [], ...more } });
    const course = [entry('2026-02-01', 'inquiry'), entry('2026-02-11', 'accepted'), entry('2026-02-21', 'course', { nextDue: day('2026-03-10') })];
    await told();
    await tellRecords(house.db, [course]);
    expect([(await timesOf('2026-12-31')).steps.length, (await timesOf('2026-12-31')).followUps.length]).toEqual([4, 2]);
    await told();
    await tellRecords(house.db, [[...course, entry('2026-04-01', 'duplicate', { nextDue: null }, '2026-02-01')]]);
    expect(await timesOf('2026-12-31')).toEqual({ steps: [], followUps: [] });
    expect(await nationalCells(house.web, house.tokens.officialKl, drawing('2026-12-31'))).toEqual([]);
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
