import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseAnswer } from '../../src/store/case-rows.js';
import { people, type PersonName } from '../support/people.js';
import { KINDS, kindsSql, twoCases, type TwoCases } from '../support/wall-house.js';

let cases: TwoCases;
beforeAll(async () => {
  cases = await twoCases();
});
afterAll(() => cases.close());

/** What the statement of a page gives for an opening: scopes, texts and facts, as lines. */
async function given(who: PersonName, kinds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await cases.web.tries('', 'select answer from app.read_case($1, $2, $3, $4, 50)', { values: [cases.house.tokens[who], cases.mine, 'test', kinds] });
  const answer = JSON.parse((rows[0]?.['answer'] as string | null) ?? 'null') as CaseAnswer['answer'];
  if (!answer) return [];
  return [
    ...(answer.scopes ?? []).map(([id]) => `scope ${id}`),
    ...(answer.events ?? []).map(([version]) => `event ${version}`),
    ...(answer.bodies ?? []).map(([version, scope]) => `text ${version} ${scope}`),
  ].sort();
}

/** What row-level security lets a statement of one's own reach after the same opening. */
async function reachable(who: PersonName, kinds: string): Promise<readonly string[]> {
  const { rows } = await cases.web.tries(cases.house.tokens[who], [
    `select 1 from sec.open_case('${cases.mine}', 'test', ${kinds}, 50)`,
    `select 'scope ' || id as line from app.scope union all select 'event ' || version from app.case_event union all select 'text ' || version || ' ' || scope_id from app.case_body`,
  ]);
  return rows.map((row) => String(row['line'])).sort();
}

describe('a page of a case', () => {
  it('is given what row-level security lets its opening reach, whoever opens and whatever is asked for (FM-CNF-4)', async () => {
    for (const who of Object.keys(people) as PersonName[]) {
      for (const [kinds, sql] of [[KINDS, kindsSql], [['general'], `'{general}'`], [['police', 'health'], `'{police,health}'`], [[], `'{}'`]] as const) {
        const may = await reachable(who, sql);
        const got = await given(who, kinds);
        // Of a journal the page has the entries whose texts its reader may see; the facts of entries of others are types and moments.
        expect(got.filter((line) => !may.includes(line)), `${who} ${sql}`).toEqual([]);
        expect(may.filter((line) => !line.startsWith('event') && !got.includes(line)), `${who} ${sql}`).toEqual([]);
      }
    }
    expect((await given('police', KINDS)).some((line) => line.startsWith('text'))).toBe(true);
    expect(await given('policeFyn', KINDS)).toEqual([]);
  });
});
