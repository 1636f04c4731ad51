import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cprOf, grown, type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import type { PersonName } from '../support/people.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

describe('Control 15: numbers beyond the day’s', () => {
  it('are registered with the same answer, rows and statements, and compared when a colleague has said yes', async () => {
    await desk.web.house.db.superuser(`update sec.setting set value = 5 where name = 'numbers_per_day'`);
    await desk.web.house.db.superuser('delete from match.counted');
    const known = desk.numberOf(await desk.register('odense', cprOf(51)));
    await desk.compare();
    const arms: object[] = [];
    for (let n = 1; n <= 7; n += 1) {
      const before = await desk.rowCounts();
      const statements = desk.statementsSoFar();
      const reply = await desk.register('municipal', n === 6 ? cprOf(51) : cprOf(60 + n));
      arms.push({ status: reply.statusCode, rows: { ...grown(before, await desk.rowCounts()), 'match.counted': 0 }, statements: desk.statementsSoFar() - statements });
    }
    expect(arms.slice(1)).toEqual(arms.slice(1).map(() => arms[1]));
    await desk.compare();
    expect((await desk.hits('officialKl')).flat()).not.toContain(known);

    const asked = async (who: PersonName) => (await desk.web.house.web.query<{ id: string; kind: string }>('select id, kind from app.list_approvals($1)', [desk.web.house.tokens[who]])).rows;
    expect(await asked('municipal')).toEqual([]);
    for (const who of ['police', 'odense', 'officialKl', 'auditor', 'admin'] as const) expect(await asked(who), who).toEqual([]);
    const waiting = await asked('municipal2');
    expect(waiting.map(({ kind }) => kind)).toEqual(['held-number', 'held-number']);
    const answer = (who: PersonName, id: string, yes: boolean) =>
      desk.web.post(who, `/godkendelser/${id}`, { answer: yes ? 'yes' : 'no' });
    expect((await answer('municipal', waiting[0]?.id ?? '', true)).statusCode).toBe(404);
    for (const { id } of waiting) expect((await answer('municipal2', id, true)).statusCode).toBe(303);
    await desk.compare();
    expect((await desk.hits('officialKl')).flat()).toContain(known);
    expect(await desk.web.house.db.superuser('select 1 from match.inquiry')).toEqual([]);
  });
});
