import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { ask } from '../support/wall-http.js';
import { kindsSql, noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';
import { delayed, difference, interleaved, told } from './arms.js';

const SAMPLES = Number(process.env['TIMING_SAMPLES'] ?? 5_000);
/** Plans are made and code is compiled in the first rounds. */
const WARM_UP = 200;
const CASES = 4;

let web: TestWeb;
let sql: Prompt;
const outsiders: Record<string, { readonly who: PersonName; readonly ids: readonly string[] }> = {};
beforeAll(async () => {
  const house = await testHouse(noLimits);
  // Nobody waits for the disk here: what it takes would hide what is looked for.
  await house.db.superuser(`alter database ${house.db.name} set synchronous_commit = off`);
  web = await testWeb(house, 1_000_000);
  const cases = async (then: (id: string) => Promise<void> = () => Promise.resolve()): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < CASES; n += 1) {
      const id = await takenCase(house);
      await then(id);
      ids.push(id);
    }
    return ids;
  };
  outsiders['a stranger'] = { who: 'policeFyn', ids: await cases() };
  outsiders['somebody who has left the circle'] = {
    who: 'probation', ids: await cases((id) => house.does('municipal', id, 'circle.remove', { user: people.probation.user, reason: 'Har skiftet arbejde' })),
  };
  outsiders['somebody who was shut out'] = { who: 'police', ids: await cases((id) => house.does('municipal', id, 'circle.exclude', { user: people.police.user, reason: 'Fætter' })) };
  sql = await prompt(house.db, 'udvej_web');
});
afterAll(async () => {
  await sql.close();
  await web.close();
});

const gone = (status: number): void => {
  if (status !== 404) throw new Error(`not the common answer, but ${status}`);
};
/** The ways in which somebody asks for a case; each ends with the answer that it is not there. */
const WAYS: Readonly<Record<string, (who: PersonName, id: string) => Promise<void>>> = {
  'the page': async (who, id) => gone((await ask(web, who, { method: 'GET', url: `/sager/${id}` })).statusCode),
  'the API': async (who, id) => gone((await ask(web, who, { method: 'GET', url: `/api/v1/cases/${id}` })).statusCode),
  'a command': async (who, id) => gone((await ask(web, who, { method: 'POST', url: `/api/v1/cases/${id}/commands/journal.add`, body: { text: 'x', kind: 'personal' } })).statusCode),
  'the database, looking': async (who, id) => {
    const { rows, refused } = await sql.tries(web.house.tokens[who], `select payload from sec.open_case($1, 'api', ${kindsSql}, 20) where payload is not null`, { values: [id] });
    if (rows.length > 0 || refused !== undefined) throw new Error('not the common answer');
  },
  'the database, commanding': async (who, id) => {
    const { rows, refused } = await sql.tries(web.house.tokens[who], `select payload from sec.begin_command($1, 'journal.add', 0, null, null) where payload is not null`, { values: [id] });
    if (rows.length > 0 || refused !== undefined) throw new Error('not the common answer');
  },
};

/** One case's id after the other, against as many ids of nothing that are asked for as often: an id that comes for the first time is slower in itself. */
const arms = (way: (who: PersonName, id: string) => Promise<void>, who: PersonName, ids: readonly string[]) => {
  const inTurn = (some: readonly string[]) => {
    let turn = 0;
    return () => way(who, some[(turn += 1) % some.length] ?? '');
  };
  return { there: inTurn(ids), nowhere: inTurn(ids.map(() => randomUUID())) };
};

describe(`the time of an answer, ${SAMPLES} samples an arm (security.md, control 3)`, () => {
  const all = ['a stranger', 'somebody who has left the circle', 'somebody who was shut out'].flatMap((whom) => Object.keys(WAYS).map((way) => [whom, way] as const));

  it.each(all)('does not tell %s, by %s, a case from an id of nothing', async (whom, way) => {
    const { who, ids } = outsiders[whom] ?? { who: 'policeFyn', ids: [] };
    const samples = await interleaved(arms(WAYS[way] ?? (() => Promise.reject(new Error('no such way'))), who, ids), SAMPLES, WARM_UP);
    const found = difference(samples.there, samples.nowhere);
    console.log(`03: ${whom}, ${way}: ${told(found)}`);
    expect(found.tells, told(found)).toBe(false);
  });

  it.each(Object.keys(WAYS))('would tell half a millisecond, by %s: the same measure catches an arm that is delayed', async (way) => {
    const { who, ids } = outsiders['a stranger'] ?? { who: 'policeFyn', ids: [] };
    const { nowhere } = arms(WAYS[way] ?? (() => Promise.reject(new Error('no such way'))), who, ids);
    const samples = await interleaved({ later: delayed(nowhere, 0.5), nowhere }, SAMPLES, WARM_UP);
    const found = difference(samples.later, samples.nowhere);
    console.log(`03: half a millisecond more, ${way}: ${told(found)}${found.tells ? ', caught' : ''}`);
    expect(found.tells, told(found)).toBe(true);
  });
});
