import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reviewRegularly } from '../../src/jobs/review-log.js';
import { reviewTurn } from '../../src/store/audit/review.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { type ReplayedLog, replayedLog } from '../support/replayed-log.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';

let house: TestHouse;
let log: ReplayedLog;
let worker: Pool;
/** Of `police`, `municipal` and `probation`, since long before the replayed days; quiet in all of them. */
let quiet: string;
let others: string;
beforeAll(async () => {
  house = await testHouse(noLimits);
  log = replayedLog(house.db);
  worker = createPool(house.db.url('udvej_worker'), { max: 4, name: 'test worker' });
  quiet = await takenCase(house);
  others = await caseOfFyn(house);
  await house.db.superuser(`update sec.setting set value = 0 where name = 'clock_behind'`);
  await house.db.superuser(`update app.case_member set valid_from = '2020-01-01'`);
  await house.db.superuser(`update app.unit_inbox set received_at = '2019-12-30', taken_at = '2020-01-01'`);
});
afterAll(async () => {
  await worker.end();
  await house.close();
});
beforeEach(async () => {
  await house.db.superuser('delete from audit.review');
  await house.db.superuser('delete from audit.unexplained');
  await house.db.superuser(`delete from audit.event where at < '2026-01-01'`);
});

const DAY = '2025-03-11';
const at = (day: string, clock = '10:00'): string => `${day} ${clock}:00 Europe/Copenhagen`;
/** So many days from the day of the replay. */
const day = (days: number): string => new Date(Date.parse(`${DAY}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

describe('Control 21: somebody who opens a case he has nothing to do in', () => {
  it('once a day for thirty days is found within seven days, and in each of the weeks once', async () => {
    await house.db.superuser(
      `insert into audit.event (at, actor, action, case_ref, purpose) select d, $1, 'case.opened', $2, 'overview' from generate_series($3::timestamptz, $3::timestamptz + interval '29 days', interval '1 day') d`,
      [people.police.user, quiet, at(DAY)]);
    await log.turns(day(-1), day(45));
    const found = await log.findings('unrelated');
    expect(found[0]).toMatchObject({ person: people.police.user, at: DAY });
    expect(Date.parse(found[0]?.found_at ?? '') - Date.parse(DAY)).toBeLessThanOrEqual(7 * 86_400_000);
    expect(found).toHaveLength(5);
    // The same days gone through again find nothing new.
    await log.turns(day(-1), day(45));
    expect(await log.findings('unrelated')).toHaveLength(5);
  });

  it.each([
    ['a task of his is due within fourteen days', async () => { await task(true, day(14)); }],
    ['a task of his is late', async () => { await task(true, day(-60)); }],
    ['an appointment or a deadline on his list lies within fourteen days ahead', async () => { await task(false, day(13)); }],
    ['it was fourteen days ago', async () => { await task(false, day(-14)); }],
    ['he did something in the case thirteen days before', () => log.event('police', quiet, 'NoteAdded', at(day(-13)))],
    ['he did something in it five days later', () => log.event('police', quiet, 'NoteAdded', at(day(5)))],
    ['a follow-up was held in it ten days before, by another', () => log.event('municipal', quiet, 'FollowUpHeld', at(day(-10)))],
    ['the candidate was heard in it', () => log.event('municipal', quiet, 'HearingAnswered', at(day(-3)))],
    ['he had come into its circle the week before', () => joined(day(-7))],
  ])('is not alarmed of when %s', async (_reason, arrange) => {
    await log.row('police', 'case.opened', quiet, at(DAY));
    await arrange();
    await log.turns(day(-1), day(20));
    await undo();
    expect(await log.findings('unrelated')).toEqual([]);
  });

  it.each([
    ['a task that is due later than that', () => task(true, day(15))],
    ['a deadline of others later than that', () => task(false, day(15))],
    ['an act of another that is no appointment', () => log.event('municipal', quiet, 'NoteAdded', at(day(-1)))],
    ['an act of his fifteen days before', () => log.event('police', quiet, 'NoteAdded', at(day(-15)))],
  ])('is alarmed of in spite of %s', async (_reason, arrange) => {
    await log.row('police', 'case.opened', quiet, at(DAY));
    await arrange();
    await log.turns(day(-1), day(20));
    await undo();
    expect(await log.findings('unrelated')).toHaveLength(1);
  });

  it('is alarmed of when the log notes no purpose; to take an inquiry is a reason by itself', async () => {
    for (const [who, purpose] of [['police', null], ['probation', 'take']] as const) {
      await house.db.superuser(`insert into audit.event (at, actor, action, case_ref, purpose) values ($1, $2, 'case.opened', $3, $4)`, [at(DAY), people[who].user, quiet, purpose]);
    }
    await log.turns(day(-1), day(20));
    expect(await log.findings('unrelated')).toMatchObject([{ person: people.police.user, n: 1 }]);
  });

  it('was alarmed of, and is let go when he acts in the case within the fourteen days after; not once the auditor has taken it up', async () => {
    for (const taken of [false, true]) {
      await house.db.superuser('delete from audit.review');
      await log.row('probation', 'case.opened', quiet, at(DAY));
      await log.turns(day(-1), day(8));
      expect(await log.findings('unrelated')).toMatchObject([{ lapsed: false }]);
      const [row] = await house.db.superuser<{ id: string }>('select id from audit.review');
      if (taken) await house.db.superuser(`insert into audit.judgement (review_id, actor, outcome, words) values ($1, $2, 'asked', 'Spurgt')`, [row?.id, people.auditor.user]);
      await log.event('probation', quiet, 'NoteAdded', at(day(10)));
      await log.turns(day(9), day(13));
      expect(await log.findings('unrelated')).toMatchObject([{ lapsed: !taken }]);
      await undo();
      if (taken) await house.db.superuser('alter table audit.judgement disable trigger immutable; delete from audit.judgement; alter table audit.judgement enable trigger immutable');
    }
  });

  const task = async (mine: boolean, due: string): Promise<void> => {
    await house.db.superuser(`insert into app.task (reader, case_id, key, title, mine, owner, due, command) values ($1, $2, 'test', 'Gør noget', $3, '', $4, 'journal.add')`, [people.police.user, quiet, mine, due]);
  };
  const joined = async (on: string): Promise<void> => {
    await house.db.superuser(`update app.case_member set valid_from = $1 where case_id = $2 and user_id = $3`, [on, quiet, people.police.user]);
  };
  const undo = async (): Promise<void> => {
    await house.db.superuser(`delete from app.task where key = 'test'`);
    await house.db.superuser(`update app.case_member set valid_from = '2020-01-01' where case_id = $1`, [quiet]);
    await house.db.superuser('alter table app.case_event disable trigger immutable; delete from app.case_event where version > 10000; alter table app.case_event enable trigger immutable');
  };
});

describe('Control 21: the three other rules', () => {
  it('find three looks of a day into cases of others, whatever stands at the addresses; not two, nor those of a member whose hour was used up', async () => {
    for (const clock of ['09:00', '13:00']) await log.row('odense', 'case.denied', randomUUID(), at(DAY, clock));
    await log.row('police2', 'case.denied', others, at(DAY, '10:00'));
    await log.row('police2', 'case.denied', randomUUID(), at(DAY, '10:01'));
    for (const clock of ['10:02', '10:03', '10:04']) await log.row('police', 'case.denied', quiet, at(DAY, clock));
    await log.turns(day(-1), day(1));
    expect(await log.findings('denials')).toEqual([]);
    await log.row('police2', 'case.denied', quiet, at(DAY, '23:30'));
    await log.turns(day(-1), day(1));
    expect(await log.findings('denials')).toMatchObject([{ person: people.police2.user, n: 3 }]);
  });

  it('find a look into a case by who has left it, from the first, and none by who never was in it', async () => {
    await house.db.superuser(`insert into app.case_member (case_id, user_id, role, valid_from, valid_to) values ($1, $2, 'contact', '2021-01-01', '2024-01-01')`, [others, people.housing.user]);
    await log.row('housing', 'case.denied', others, at(DAY));
    await log.row('treatment', 'case.denied', others, at(DAY));
    await log.turns(day(-1), day(1));
    expect(await log.findings()).toMatchObject([{ kind: 'ended', person: people.housing.user, n: 1 }]);
  });

  it.each([
    ['23:00', true], ['02:30', true], ['04:59', true], ['05:00', false], ['22:59', false],
  ])('find an opening at %s in Copenhagen: %s', async (clock, isFound) => {
    await log.row('policeFyn', 'case.opened', others, at(DAY, clock));
    await log.turns(day(-1), day(1));
    expect(await log.findings('night')).toHaveLength(isFound ? 1 : 0);
  });

  it.each([['case.exported', true], ['address.read', true], ['log.read', false]] as const)('look at %s by night as at an opening: %s', async (action, isFound) => {
    await log.row('policeFyn', action, others, at(DAY, '02:30'));
    await log.turns(day(-1), day(1));
    expect(await log.findings('night')).toHaveLength(isFound ? 1 : 0);
  });

  it('are applied by the worker to what really was refused, once, however many workers there are', async () => {
    for (let n = 0; n < 4; n += 1) await house.opens('police2', others).catch(() => undefined);
    await Promise.all([reviewTurn(worker), reviewTurn(worker), reviewTurn(worker)]);
    const failed: unknown[] = [];
    await reviewRegularly(worker, () => undefined, (error) => failed.push(error), 1).stop();
    expect(failed).toEqual([]);
    expect(await log.findings('denials')).toMatchObject([{ person: people.police2.user, n: 4 }]);
  });

  it('rest while a demonstration’s past is told', async () => {
    await house.db.superuser(`update sec.setting set value = 1 where name = 'telling_past'`);
    for (let n = 0; n < 3; n += 1) await house.opens('housing', quiet).catch(() => undefined);
    expect((await reviewTurn(worker)).found).toBe(0);
    await house.db.superuser(`update sec.setting set value = 0 where name = 'telling_past'`);
    await reviewTurn(worker);
    expect((await log.findings('denials')).filter((one) => one.person === people.housing.user)).toHaveLength(1);
  });
});
