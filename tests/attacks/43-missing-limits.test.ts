import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxCase, takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';

/** PostgreSQL's for a row that is to be there and is not. */
const MISSING = 'P0002';

let house: TestHouse;
let web: Prompt;
let worker: Prompt;
let id: string;
beforeAll(async () => {
  house = await testHouse(noLimits);
  id = await takenCase(house);
  [web, worker] = [await prompt(house.db, 'udvej_web'), await prompt(house.db, 'udvej_worker')];
});
afterAll(async () => {
  await Promise.all([web.close(), worker.close()]);
  await house.close();
});

/** What happens without the row of a setting; afterwards it is there again. */
async function without<T>(name: string, act: () => Promise<T>): Promise<T> {
  const [row] = await house.db.superuser<{ value: number }>('delete from sec.setting where name = $1 returning value', [name]);
  if (row === undefined) throw new Error(`no setting ${name}`);
  try {
    return await act();
  } finally {
    await house.db.superuser('insert into sec.setting values ($1, $2)', [name, row.value]);
  }
}
const asks = (who: PersonName, ...statements: readonly string[]) => async () => (await web.tries(house.tokens[who], statements)).refused;
const code = (error: unknown): unknown => (error as { readonly code?: unknown }).code;
const orders = (who: PersonName, command: string, input: object, of?: string) => () =>
  house.order(who, command, input, of === undefined ? {} : { caseId: of }).then(({ kind }): unknown => kind, code);
const shreddable = (given: boolean | null) => async () => {
  const closed = await takenCase(house);
  await house.db.superuser(`update app.exit_case set phase = 'closed' where id = $1`, [closed]);
  await house.db.superuser(`insert into app.retention values ($1, 'koebenhavns-vestegn', 'closed-inquiry', '2020-01-01', '2021-01-01', null, '{}')`, [closed]);
  if (given !== null) await house.db.superuser(`insert into app.approval (kind, subject, line, until, given, decided_at) values ('shredding', $1, 'x', now() + interval '1 day', $2, now())`, [closed, given]);
  const { refused } = await worker.tries('', 'select * from sec.retention_to_ask(10)');
  await house.db.superuser('delete from app.retention where case_id = $1', [closed]);
  return refused;
};

/** Of each limit somebody who asks for what it bounds, and may have it while it is there. */
const KINDS: Readonly<Record<string, () => Promise<unknown>>> = {
  openings_per_hour: async () => asks('municipal', `select * from sec.open_case('${await takenCase(house)}', 'overview', '{}', 0)`)(),
  names_per_hour: () => asks('municipal', `select * from sec.names(array['${id}']::uuid[])`)(),
  uploads_per_hour: () => asks('municipal', 'select sec.count_upload()')(),
  numbers_per_day: orders('municipal', 'inquiry.register', { municipality: '0183', said: 'Vil ud', name: 'Emil', cpr: '020290-0000', channel: 'phone' }),
  numbers_per_day_desk: orders('officialKl', 'inquiry.register', { municipality: '0183', said: 'Vil ud', name: 'Emil', cpr: '020290-0000', channel: 'phone' }),
  step_up_seconds: () => asks('police', `select sec.begin_export('${id}', 'insight asked')`)(),
  step_up_level: () => asks('police', `select sec.begin_export('${id}', 'insight asked')`)(),
  step_ups: () => asks('police', 'select sec.begin_step_up()')(),
  emergencies_per_day: () => asks('policeFyn', `select sec.emergency_by_number('UV-2222-222')`)(),
  exports_per_day: () => asks('police', `select sec.begin_export('${id}', 'insight asked')`)(),
  reviews_per_day: () => asks('officialKl', `select * from sec.ask_review('UV-2222-222', null)`)(),
  shredding_put_off_days: shreddable(false),
  shreddings_asked_at_once: shreddable(null),
};
/** Not limits: what a demonstration is let off. */
const LEAVES = ['clock_behind', 'telling_past'];

describe('Control 43: a limit whose row is not there', () => {
  it.each(Object.keys(KINDS))('lets nothing through: %s', async (name) => {
    const act = KINDS[name];
    expect(await act?.()).not.toBe(MISSING);
    expect(await without(name, async () => act?.())).toBe(MISSING);
  });

  it('gives no leave either: a membership that has ended stays ended, and what a demonstration’s past is let off counts', async () => {
    const [ended, waiting] = [await takenCase(house), await inboxCase(house)];
    await house.db.superuser(`update app.case_member set until = now() - interval '1 second' where case_id = $1 and user_id = $2`, [ended, people.municipal.user]);
    expect(await without('clock_behind', () => asks('municipal', `select 1 / count(*) from sec.my_cases() c where c = '${ended}'`)())).toBe('22012');
    const counted = async () => (await house.db.superuser<{ n: number }>('select coalesce(sum(n), 0)::int as n from match.counted'))[0]?.n ?? 0;
    const before = await counted();
    await house.does('police', waiting, 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
    expect(await without('telling_past', orders('police', 'person.update', { cpr: '020290-0000', reason: randomUUID() }, waiting))).toBe('done');
    expect(await counted()).toBe(before + 1);
  });

  it('is one of those that are asked for here', async () => {
    const all = await house.db.superuser<{ name: string }>('select name from sec.setting order by name');
    expect(all.map(({ name }) => name)).toEqual([...Object.keys(KINDS), ...LEAVES].sort());
  });
});
