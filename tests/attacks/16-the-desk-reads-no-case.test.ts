import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../support/people.js';
import { twoCases, type TwoCases } from '../support/wall-house.js';
import { newSession, type Reach, webReach } from '../support/wall-reach.js';
import { gaveNothing } from '../support/wall-sql.js';

let cases: TwoCases;
beforeAll(async () => {
  cases = await twoCases();
  const { house, mine } = cases;
  await house.does('police', mine, 'assessment.begin');
});
afterAll(() => cases.close());

/** Everything that a row of the answer says, with bytes as the driver, JSON and a page could have them. */
const said = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value ? Buffer.from(value.data as number[]).toString('hex') : value));

/** What only who is in the case has: every ciphertext of it, whole or in part, the label its people know it by, and the ids of its scopes. */
async function ofTheCase(): Promise<readonly string[]> {
  const { house, mine } = cases;
  const bytes = await house.db.superuser<{ ct: Buffer }>('select core_ct as ct from app.case_event where case_id = $1 union all select body_ct from app.case_body where case_id = $1', [mine]);
  const [head] = await house.db.superuser<{ label: string }>('select label from app.exit_case where id = $1', [mine]);
  const scopes = await house.db.superuser<{ id: string }>('select id from app.scope where case_id = $1', [mine]);
  // In base64 a part of something longer begins at any of three places: a piece from the middle of each is in it.
  const pieces = bytes.flatMap(({ ct }) => [ct.toString('hex').slice(8, 40), ...[0, 1, 2].map((from) => ct.subarray(6 + from, 18 + from).toString('base64'))]);
  return [...pieces, `"${head?.label ?? ''}"`, ...scopes.map(({ id }) => id)];
}

/** Shows names of the overview at the official's wish: with a fresh proof of who he is, for at most 25 cases, a row in the log of each (access.md). */
const NAMES = 'select * from sec.overview_names(';

async function gives(who: 'officialKl' | 'police', { sql, role }: Reach): Promise<string> {
  const { house, web } = cases;
  const attempt = await web.tries(await newSession(house.db, people[who].user), sql, role === undefined ? {} : { role });
  return gaveNothing(attempt) ? '' : said(attempt.rows);
}

describe('a case in assessment that no question covers (FM-NCP-1, FM-CNF-2, controls 16 and 36)', () => {
  it('stands in what the contact point reads by number, phase and unit', async () => {
    const { rows } = await cases.web.tries(cases.house.tokens.officialKl, 'select * from app.overview', { role: 'udvej_national' });
    expect(rows).toMatchObject([{ case_id: cases.mine, phase: 'assessment', unit: 'koebenhavns-vestegn' }]);
  });

  it('gives an official not a byte of it by any table, function or role that the web has', async () => {
    const secrets = await ofTheCase();
    const told: string[] = [];
    for (const one of await webReach(cases.house.db, cases.mine)) {
      if (one.sql.startsWith(NAMES)) continue;
      const answer = await gives('officialKl', one);
      if (secrets.some((secret) => answer.includes(secret))) told.push(`${one.role ?? 'udvej_web'}: ${one.sql}`);
    }
    expect(told).toEqual([]);
  });

  it('would be noticed: its police gets bytes by many of them, and an official by the one that shows names', async () => {
    const secrets = await ofTheCase();
    const all = await webReach(cases.house.db, cases.mine);
    let heard = 0;
    for (const one of all) {
      const answer = await gives('police', one);
      if (secrets.some((secret) => answer.includes(secret))) heard += 1;
    }
    expect(heard).toBeGreaterThanOrEqual(5);
    const shows = all.find(({ sql }) => sql.startsWith(NAMES));
    const names = shows === undefined ? '' : await gives('officialKl', shows);
    expect(secrets.some((secret) => names.includes(secret))).toBe(true);
    const logged = await cases.house.db.superuser(`select from audit.event where action = 'case.named' and case_ref = $1 and actor = $2`, [cases.mine, people.officialKl.user]);
    expect(logged).toHaveLength(1);
  });
});
