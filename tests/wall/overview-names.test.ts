import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseNumberOf, inboxCase, registration, takenCase, testHouse } from '../support/house.js';
import { assessedCase, clearOverview, goTo, MONDAY } from '../support/overview-world.js';
import { people } from '../support/people.js';
import { audited, counted, textOf } from '../support/wall-http.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let sql: Prompt;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  sql = await prompt(web.house.db, 'udvej_web');
});
afterAll(async () => {
  await sql.close();
  await web.close();
});
beforeEach(() => goTo(web.house, MONDAY));
afterEach(() => clearOverview(web.house));

describe('names at the contact point’s desk (access.md, "vis navne")', () => {
  it('are shown for the cases of the page, once, with a row in the log of each; what the list was narrowed to stays', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    const other = await caseOfFyn(house);
    await house.does('policeFyn', other, 'assessment.begin');
    const { result, rows } = await audited(web, () => web.post('officialKl', '/overblik', { kommune: '0183' }));
    expect(result.statusCode).toBe(200);
    expect(textOf(result.body)).toContain(`Emil Sandbjerg ${await caseNumberOf(web.house, id)}`);
    expect(result.body).not.toContain('Karl Lund');
    expect(result.body).toContain('<strong>Navnene vises kun nu.</strong>');
    expect(result.body).toContain('<option value="0183" selected>Ishøj</option>');
    expect(result.headers['cache-control']).toBe('no-store');
    expect(rows.filter((row) => row.action === 'case.named').map((row) => [row.actor, row.case_ref])).toEqual([[people.officialKl.user, id]]);
    expect((await web.get('officialKl', '/overblik')).body).not.toContain('Emil Sandbjerg');
    expect((await web.post('officialKl', '/overblik', {})).body).toContain('Karl Lund');
  });

  it('are not shown without a new login (control 18)', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    await house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes' where user_id = $1`, [people.officialDfk.user]);
    const { result, rows } = await audited(web, () => web.post('officialDfk', '/overblik', {}));
    expect([result.statusCode, result.body.includes('Emil'), counted(rows)]).toEqual([401, false, { 'step-up.denied': 1 }]);
    expect((await sql.tries(house.tokens.officialDfk, `select * from sec.overview_names(array['${id}']::uuid[])`)).refused).toBe('UV401');
    await house.db.superuser('update sec.session set auth_time = now() where user_id = $1', [people.officialDfk.user]);
  });

  it('are of twenty-five cases at most, and of none that does not stand in the overview', async () => {
    const { house } = web;
    const inside = await assessedCase(house);
    const taken = await takenCase(house);
    const waiting = await inboxCase(house);
    const asks = (ids: readonly string[]) => sql.tries(house.tokens.officialKl, 'select distinct case_id from sec.overview_names($1)', { values: [ids] });
    expect((await asks(Array.from({ length: 26 }, () => inside))).refused).toBe('22023');
    expect((await asks([inside, taken, waiting])).rows).toEqual([{ case_id: inside }]);
    const { rows } = await audited(web, () => asks([taken, waiting]));
    expect(rows).toEqual([]);
  });

  it('count among the names of an hour, and are refused when those are used up', async () => {
    const { house } = web;
    await assessedCase(house);
    await house.db.superuser(`update sec.setting set value = 1 where name = 'names_per_hour'`);
    await house.db.superuser('delete from sec.named');
    try {
      expect((await web.post('officialKl', '/overblik', {})).statusCode).toBe(200);
      const { result, rows } = await audited(web, () => web.post('officialKl', '/overblik', {}));
      expect([result.statusCode, result.body.includes('Emil'), rows.filter((row) => !row.action.endsWith('.listed')).map((row) => [row.action, row.purpose])]).toEqual([429, false, [['page.denied', 'names']]]);
    } finally {
      await house.db.superuser(`update sec.setting set value = 1000000 where name = 'names_per_hour'`);
    }
  });

  it('stand in no address: the page with the names is asked for by post, with the form’s token', async () => {
    await assessedCase(web.house);
    expect((await web.post('officialKl', '/overblik', { _csrf: 'x' })).statusCode).toBe(403);
    expect((await web.post('officialKl', '/overblik', { enhed: 'mars' })).body).not.toContain('Emil Sandbjerg');
    expect(registration.name).toBe('Emil Sandbjerg');
  });
});
