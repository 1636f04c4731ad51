import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweep } from '../../src/store/sweep.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { people } from '../support/people.js';
import { type TwoCases, twoCases } from '../support/wall-house.js';

let wall: TwoCases;
let login: Pool;
beforeAll(async () => {
  wall = await twoCases();
  login = createPool(wall.house.db.url('udvej_login'), { max: 1, name: 'sweep' });
});
afterAll(async () => {
  await login.end();
  await wall.close();
});

const NOTES: readonly (readonly [table: string, since: string])[] = [
  ['sec.opening', `at = at - interval '61 minutes'`], ['sec.commanding_case', `at = at - interval '61 minutes'`],
  ['sec.case_limit', `counted_at = counted_at - interval '121 minutes'`], ['sec.named', `at = at - interval '121 minutes'`],
  ['sec.emergency', `until = until - interval '121 minutes'`], ['match.wanted', `at = at - interval '25 hours'`],
  ['sec.session', `expires_at = expires_at - interval '33 hours'`],
];
const count = async (table: string): Promise<number> => (await wall.house.db.superuser<{ n: string }>(`select count(*) as n from ${table}`)).map((row) => Number(row.n))[0] ?? -1;

it.each(NOTES)('%s: what is over is put away, what is not stays, and the log keeps every row', async (table, since) => {
  await wall.ticketOf('police', wall.mine);
  await wall.house.does('police', wall.mine, 'journal.add', { text: 'Igen', kind: 'personal' });
  await wall.web.tries(wall.house.tokens.police, 'select * from sec.names($1)', { values: [[wall.mine]] });
  await wall.house.db.superuser('insert into sec.emergency (event_id, user_id, case_id) values (gen_random_uuid(), $1, $2)', [people.odense.user, wall.mine]);
  await wall.house.db.superuser(`insert into match.wanted (user_id, sealed, looked_at) values ($1, '', now())`, [people.odense.user]);
  const [notes, looks] = [await count(table), await count('audit.event')];
  expect(notes).toBeGreaterThan(0);
  await sweep(login);
  expect(await count(table)).toBe(notes);
  await wall.house.db.superuser(`update ${table} set ${since}`);
  await sweep(login);
  expect(await count(table)).toBe(0);
  expect(await count('audit.event')).toBe(looks);
});

it('is for nobody at the web’s prompt', async () => {
  expect((await wall.web.tries(wall.house.tokens.police, 'select sec.sweep()')).refused).toBe('42501');
});
