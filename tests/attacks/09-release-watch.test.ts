import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { watchReleases } from '../../src/jobs/watch-releases.js';
import { keysClock, releasesWithoutRow } from '../../src/store/audit/releases.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { noLimits } from '../support/wall-house.js';

let house: TestHouse;
let cases: Pool;
let keys: Pool;
beforeAll(async () => {
  house = await testHouse(noLimits);
  cases = createPool(house.db.url('udvej_worker'), { max: 2, name: 'test worker' });
  keys = createPool(house.db.urlOfKeys('udvej_worker'), { max: 2, name: 'test worker' });
});
afterAll(async () => {
  await Promise.all([cases.end(), keys.end()]);
  await house.close();
});

/** What somebody leaves who has the database of the keys and its secret, and no ticket of the other's. */
const taken = (nonce = randomUUID()) => house.db.keys('insert into keys.release_log (nonce, case_id, scopes) values ($1, gen_random_uuid(), 7)', [nonce]);

describe('Control 9: a key that was released past the log', () => {
  it('is found by holding the two databases against each other, and none of those that went the right way', async () => {
    const from = await keysClock(keys, 1);
    // Six minutes pass at every look: no key is still in memory, and each is asked of the database.
    let minutes = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (minutes += 6) * 60_000);
    const id = await takenCase(house);
    await house.opens('police', id);
    clock.mockRestore();
    const nonce = randomUUID();
    // A second from now: the clock is told in whole milliseconds, and a row of the same one may come after it.
    const span = async () => ({ from, to: await keysClock(keys, -1) });
    expect((await house.db.keys('select 1 from keys.release_log')).length).toBeGreaterThan(0);
    expect(await releasesWithoutRow(cases, keys, await span())).toEqual([]);
    await taken(nonce);
    expect(await releasesWithoutRow(cases, keys, await span())).toEqual([nonce]);
    expect(await releasesWithoutRow(cases, keys, { from, to: from })).toEqual([]);
  });

  it('alarms, once, in words that name nothing, and in the log itself', async () => {
    const said: string[] = [];
    const failed = vi.fn();
    await taken();
    await house.db.keys(`update keys.release_log set at = at - interval '5 seconds'`);
    const asked = vi.spyOn(keys, 'query');
    const watching = watchReleases(cases, keys, (words) => said.push(words), failed, 1);
    await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: 10_000 });
    const then = asked.mock.calls.length;
    await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(then + 6), { timeout: 10_000 });
    await watching.stop();
    asked.mockRestore();
    expect(said).toEqual([expect.stringMatching(/^ALARM: \d gange? er der udleveret nøgler, som loggen ikke ved af\.$/)]);
    expect(failed).not.toHaveBeenCalled();
    expect(await house.db.superuser(`select actor, action, case_ref, purpose from audit.event where action like 'alarm.%'`)).toEqual([
      { actor: null, action: 'alarm.key-without-row', case_ref: null, purpose: said[0]?.replace(/\D/g, '') },
    ]);
  });

  it('is found when the watcher was away: the next one begins where the last look ended', async () => {
    const said: string[] = [];
    const look = async (): Promise<void> => {
      const looked = house.db.superuser<{ n: number }>('select count(*)::int as n from audit.releases_seen');
      await watchReleases(cases, keys, (words) => said.push(words), (error) => said.push(String(error)), 60_000).stop();
      await looked;
    };
    await look();
    said.length = 0;
    await house.db.superuser(`update audit.releases_seen set upto = upto - interval '20 minutes'`);
    const nonce = randomUUID();
    await taken(nonce);
    await house.db.keys(`update keys.release_log set at = at - interval '10 minutes' where nonce = $1`, [nonce]);
    await look();
    expect(said.length).toBe(1);
  });

  it('is found when it was released while a look took five minutes: the next begins where that look ended', async () => {
    const said: string[] = [];
    await house.db.superuser('delete from audit.releases_seen');
    const nonce = randomUUID();
    await taken(nonce);
    await house.db.keys(`update keys.release_log set at = case nonce when $1 then now() - interval '2 minutes' else now() - interval '1 hour' end`, [nonce]);
    const asks = keys.query.bind(keys) as (asked: { readonly name: string; readonly values: number[] }) => Promise<unknown>;
    // The first look begins five minutes ago, by its own clock, and has now what it asked for.
    let back = 300;
    const asked = vi.spyOn(keys, 'query').mockImplementation((async (one: { readonly name: string; readonly values: number[] }) => {
      if (one.name === 'keys-clock') return asks({ ...one, values: one.values.map((seconds) => seconds + back) });
      const answer = await asks(one);
      back = 0;
      return answer;
    }) as never);
    const watching = watchReleases(cases, keys, (words) => said.push(words), (error) => said.push(String(error)), 1);
    await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(9), { timeout: 10_000 });
    await watching.stop();
    asked.mockRestore();
    expect(said).toEqual(['ALARM: 1 gange er der udleveret nøgler, som loggen ikke ved af.']);
  });

  it('goes on watching when a database was away for a moment', async () => {
    const said: string[] = [];
    const failures: unknown[] = [];
    const asked = vi.spyOn(keys, 'query').mockImplementationOnce(() => Promise.reject(new Error('away')) as never);
    const watching = watchReleases(cases, keys, (words) => said.push(words), (error) => failures.push(error), 1);
    await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(4), { timeout: 10_000 });
    await watching.stop();
    expect(failures).toHaveLength(1);
    asked.mockRestore();
  });
});
