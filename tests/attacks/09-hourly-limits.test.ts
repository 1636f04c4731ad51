import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takenCase, testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

const CASES = 6;
const FEW = 2;
let web: TestWeb;
const ids: string[] = [];
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  for (let n = 0; n < CASES; n += 1) ids.push(await takenCase(web.house));
});
afterAll(() => web.close());
const limit = (name: string, value: number) => web.house.db.superuser('update sec.setting set value = $2 where name = $1', [name, value]);
beforeEach(async () => {
  await web.house.db.superuser('delete from sec.case_limit');
  await web.house.db.superuser('delete from sec.named');
  await limit('openings_per_hour', FEW);
  await limit('names_per_hour', FEW);
});

describe('Control 9: how many cases and names somebody gets in an hour', () => {
  it('is no more when all are asked for at once: of cases', async () => {
    for (let round = 0; round < 5; round += 1) {
      await web.house.db.superuser('delete from sec.case_limit');
      const replies = await Promise.all(ids.map((id) => web.get('municipal', `/sager/${id}`)));
      expect(replies.filter((reply) => reply.statusCode === 200)).toHaveLength(FEW);
      expect(replies.filter((reply) => reply.statusCode === 429)).toHaveLength(CASES - FEW);
    }
  });

  it('is no more when all are asked for at once: of names', async () => {
    const replies = await Promise.all(ids.map((id) => web.post('police', `/sager/${id}/navne`, {})));
    expect(replies.filter((reply) => reply.body.includes('Emil Sandbjerg'))).toHaveLength(FEW);
  });

  it('counts different cases: one that counts already is opened again, also by many at once', async () => {
    for (const id of ids.slice(0, FEW)) expect((await web.get('municipal', `/sager/${id}`)).statusCode).toBe(200);
    await web.house.db.superuser(`update sec.case_limit set counted_at = now() - interval '40 minutes'`);
    const again = await Promise.all(ids.slice(0, FEW).flatMap((id) => [1, 2, 3].map(() => web.get('municipal', `/sager/${id}`))));
    expect(new Set(again.map((reply) => reply.statusCode))).toEqual(new Set([200]));
    expect((await web.get('municipal', `/sager/${ids.at(-1) ?? ''}`)).statusCode).toBe(429);
  });

  it('holds for the names a search finds as for those that are asked for', async () => {
    const found = await web.post('police', '/soeg', { q: 'an' });
    expect(found.statusCode).toBe(429);
    expect(found.body).not.toContain('Emil Sandbjerg');
    await limit('names_per_hour', CASES);
    expect((await web.post('police', '/soeg', { q: 'an' })).body).toContain('Emil Sandbjerg');
    expect((await web.post('police', '/soeg', { q: 'an' })).statusCode).toBe(429);
    expect((await web.house.db.superuser('select cases from sec.named where user_id = $1', [people.police.user]))).toEqual([{ cases: CASES }]);
  });
});
