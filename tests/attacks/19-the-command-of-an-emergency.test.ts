import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { fingerprint, LOOKING, type Prompt, prompt } from '../support/wall-sql.js';

let house: TestHouse;
let web: Prompt;
let id: string;
const me = people.policeFyn.user;
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await prompt(house.db, 'udvej_web');
  id = await takenCase(house);
  const [row] = await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]);
  expect((await web.tries(house.tokens.policeFyn, 'select sec.emergency_by_number($1) as id', { values: [row?.number] })).rows).toEqual([{ id }]);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

/** What a statement smuggled in can do as somebody who may open the card and nothing else. */
const smuggled = (sql: string) => web.tries(house.tokens.policeFyn, [`select * from sec.begin_command('${id}', 'safetyCard.open', 0, null, null)`, 'set local role udvej_command', sql]);
const scopesOf = `select s.id, s.case_id, '${me}' from app.scope s where s.kind <> 'card'`;

describe('Control 19: the command of an emergency', () => {
  it('makes nobody a member or a reader, and gives nobody a standing in the case', async () => {
    const before = await fingerprint(house.db, LOOKING);
    for (const sql of [
      `insert into app.case_member (case_id, user_id, role) values ('${id}', '${me}', 'police')`, `update app.case_member set user_id = '${me}'`, `update app.case_member set valid_to = now()`,
      `insert into app.scope_member (scope_id, case_id, user_id) ${scopesOf}`, `update app.scope_member set user_id = '${me}'`, `insert into app.block values ('${id}', '${people.municipal.user}')`,
      `update app.unit_inbox set unit = 'fyn', taken_at = null`, `insert into app.question values ('${randomUUID()}', '${id}', 'advice', 'UV', 'u', now(), now(), 'open')`,
      // With these two the case would be one that nobody co-ordinates, in a unit of the attacker's.
      `update app.exit_case set unit = 'fyn'`, `insert into app.task values ('${me}', '${id}', 'access:renew:police', 't', true, 'o', '2020-01-01', 'c')`,
      `update app.exit_case set phase = 'closed'`, `update app.exit_case set place = 'custody'`,
    ]) expect([sql, (await smuggled(sql)).refused]).toEqual([sql, '42501']);
    expect(await fingerprint(house.db, LOOKING)).toEqual(before);
  });

  it('opens the card all the same, and tells the circle of it', async () => {
    expect((await house.order('policeFyn', 'safetyCard.open', { reason: 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.' }, { caseId: id })).kind).toBe('done');
    expect((await house.db.superuser(`select 1 from app.task where case_id = $1 and key like 'opening:%' and reader = $2`, [id, people.police.user]))).toHaveLength(1);
  });
});

describe('Control 5: a command writes of its case’s own row what the store writes, and no more', () => {
  it('neither its number, nor that it was shredded, nor when it came (a member’s own command)', async () => {
    for (const set of [`number = 'UV-XXXX'`, 'shredded_at = now()', `label = 'x'`, 'created_at = now()']) {
      const tried = await web.tries(house.tokens.municipal, [`select * from sec.begin_command('${id}', 'journal.add', 0, null, null)`, 'set local role udvej_command', `update app.exit_case set ${set}`]);
      expect([set, tried.refused]).toEqual([set, '42501']);
    }
  });
});
