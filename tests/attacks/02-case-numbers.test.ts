import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseNumber, parseCaseNumber } from '../../src/domain/kernel/case-number.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';

let house: TestHouse;
let web: Prompt;
let taken: string;
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await prompt(house.db, 'udvej_web');
  const [row] = await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [await takenCase(house)]);
  taken = row?.number ?? '';
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const asNew = (number: string, then: readonly string[] = []) => web.tries(house.tokens.jobcentre, [
  `select set_config('x.id', (select id::text from sec.begin_case(null)), true)`, 'set local role udvej_command',
  `insert into app.exit_case (id, number, label, unit, phase, place, since, version, created_at, touched_at)
    values (current_setting('x.id')::uuid, '${number}', '', '', 'inbox', 'freedom', current_date, 0, now(), now())`, ...then,
]);

describe('Control 2: a case’s number', () => {
  it('cannot be tried by a new case that is taken back: the database draws it, and nobody chooses one', async () => {
    for (const number of [taken, caseNumber(randomBytes(8))]) expect([number, (await asNew(number, ['select 1/0'])).refused]).toEqual([number, '42501']);
    expect((await web.tries(house.tokens.jobcentre, [`select set_config('x.id', (select id::text from sec.begin_case(null)), true)`, 'set local role udvej_command', `update app.exit_case set number = '${taken}'`])).refused).toBe('42501');
  });

  it('is drawn as the domain writes it, whatever the bytes, and never twice', async () => {
    for (let n = 0; n < 200; n += 1) {
      const bytes = n === 0 ? Buffer.alloc(8) : n === 1 ? Buffer.alloc(8, 0xff) : randomBytes(8);
      const [row] = await house.db.superuser<{ number: string }>('select sec.case_number($1) as number', [bytes]);
      expect(row?.number).toBe(caseNumber(bytes));
    }
    expect(parseCaseNumber(taken)).toBe(taken);
  });

  it('comes of a registration alone: not of another command, nor of none', async () => {
    const draw = `select sec.register_case('Falken', 'fyn', null, 'freedom', current_date, now())`;
    for (const before of [[], [`select * from sec.begin_command((select id from app.exit_case limit 1), 'journal.add', 0, null, null)`]]) {
      expect((await web.tries(house.tokens.police, [...before, 'set local role udvej_command', draw])).refused).toBe('28000');
    }
    expect((await web.tries(house.tokens.police, draw)).refused).toBe('42501');
  });
});
