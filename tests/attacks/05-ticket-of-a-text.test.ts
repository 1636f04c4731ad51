import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { releasesWithoutRow } from '../../src/store/audit/releases.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { carryOutShreddings, orderTexts } from '../../src/store/retention.js';
import { askText, openText } from '../../src/store/texts-outside-cases.js';
import type { Ticket } from '../../src/store/vault/vault.js';
import type { TestHouse } from '../support/house.js';
import type { PersonName } from '../support/people.js';
import { twoCases, type TwoCases } from '../support/wall-house.js';
import type { Prompt } from '../support/wall-sql.js';

let cases: TwoCases;
let house: TestHouse;
let web: Prompt;
let pools: { readonly cases: Pool; readonly keys: Pool };
beforeAll(async () => {
  cases = await twoCases();
  ({ house, web } = cases);
  pools = { cases: createPool(house.db.url('udvej_worker'), { max: 2, name: 'test worker' }), keys: createPool(house.db.urlOfKeys('udvej_worker'), { max: 2, name: 'test worker keys' }) };
});
afterEach(() => house.db.superuser('delete from app.text'));
afterAll(async () => {
  await Promise.all([pools.cases.end(), pools.keys.end()]);
  await cases.close();
});

const BEGIN = `select id from sec.begin_text('guidance', null, null)`;
const ASK = `select sec.ask_text('\\x00', null, null, null, null)`;
const asked = async (who: PersonName): Promise<string> => {
  const done = await askText(house.web, house.vault, house.tokens[who], { kind: 'guidance', text: 'Hvad gør andre?' });
  return typeof done === 'object' ? done.id : '';
};
/** Ids that are another's: of a scope that he may not read in his own case, of one in another's, of a case, and of somebody else's text. */
const anothers = async () => ({
  'a scope of his own case': await cases.scopeOf(cases.mine, 'health'), 'a scope of another case': await cases.scopeOf(cases.others, 'core'), 'a case': cases.mine, 'the text of another': await asked('municipal'),
});
const keys = async () => (await house.db.keys<{ id: string }>('select scope_id as id from keys.scope_key order by 1')).map(({ id }) => id);
const kinds = ['guidance', 'practice'] as const;

describe('Control 5: the key of a text outside of cases (FM-NCP-6, FM-NCP-7)', () => {
  it('is of an id that the database draws: it can be given none, neither by the question nor by what was begun elsewhere', async () => {
    for (const id of Object.values(await anothers())) {
      for (const sql of [`select * from sec.begin_text('guidance', '${id}', null)`, `insert into sec.asking_text (xact, id, user_id, kind) values (pg_current_xact_id(), '${id}', sec.ctx_user(), 'guidance')`, `update sec.asking_text set id = '${id}'`, `insert into app.text (id) values ('${id}')`, `update app.text set id = '${id}'`]) {
        const { rows, refused } = await web.tries(house.tokens.police, sql);
        if (sql.includes('begin_text')) expect(rows.map((row) => row['id'])).not.toContain(id);
        else expect([sql, refused]).toEqual([sql, '42501']);
      }
    }
    // Begun in another transaction, not at all, or used up.
    await web.tries(house.tokens.police, BEGIN);
    for (const statements of [[ASK], [BEGIN, ASK, ASK], [BEGIN, `select set_config('app.session', '${house.tokens.jobcentre}', true)`, ASK]]) expect((await web.tries(house.tokens.police, statements)).refused).toBe('28000');
    expect((await web.tries(house.tokens.police, [BEGIN, BEGIN])).refused).toBe('23505');
    expect((await web.tries(house.tokens.police, [BEGIN, ASK])).refused).toBeUndefined();
  });

  it('comes by no other id: not of a scope, a case or another’s text, to nobody, and the log has no release without its row', async () => {
    const from = '2000-01-01T00:00:00Z';
    for (const [what, id] of Object.entries(await anothers())) {
      for (const who of ['police', 'jobcentre', 'custody', 'auditor'] as const) {
        for (const kind of kinds) {
          const { rows } = await web.tries(house.tokens[who], `select payload, mac from sec.open_text('${kind}', '${id}')`);
          expect([what, who, kind, rows]).toEqual([what, who, kind, []]);
        }
      }
    }
    const own = await asked('police');
    const { rows: [ticket] } = await web.tries(house.tokens.police, `select payload, mac from sec.open_text('guidance', '${own}')`);
    expect((await cases.release(ticket as unknown as Ticket)).rows.map((row) => row['scope_id'])).toEqual([own]);
    expect(await releasesWithoutRow(pools.cases, pools.keys, { from, to: '2100-01-01T00:00:00Z' })).toEqual([]);
  });

  it('is the only one that is destroyed with it: by the id of a scope, a case or another’s text nothing is taken back, answered or ordered gone', async () => {
    const ids = await anothers();
    const before = await keys();
    for (const [what, id] of Object.entries(ids)) {
      for (const who of ['police', 'jobcentre', 'custody'] as const) {
        for (const kind of kinds) {
          expect([what, who, kind, (await web.tries(house.tokens[who], `select sec.withdraw_text('${kind}', '${id}') as said`)).rows]).toEqual([what, who, kind, [{ said: null }]]);
          expect([what, who, kind, (await web.tries(house.tokens[who], `select sec.answer_text('${kind}', '${id}', '\\x00') as said`)).rows]).toEqual([what, who, kind, [{ said: null }]]);
        }
      }
    }
    await carryOutShreddings(pools);
    expect([await keys(), await house.db.superuser('select 1 from sec.text_order')]).toEqual([before, []]);
    for (const [who, caseId] of [['police', cases.mine], ['policeFyn', cases.others]] as const) expect((await house.opens(who, caseId)).state.inquiry.status).toBe('taken');
    expect((await openText(house.web, house.vault, house.tokens.municipal, 'guidance', ids['the text of another']))?.question).toBe('Hvad gør andre?');
  });

  it('is not made a case’s by a row that was put in past the wall: it opens nothing, and nothing of the case is destroyed by it', async () => {
    const put = `insert into app.text (id, kind, asked_by, authority, asked_at, due, question_ct, delete_on) select $1, 'guidance', f.id, f.authority, '2020-01-01', '2020-01-15', '\\x00', $2 from app.staff f where f.subject = 'police'`;
    for (const id of [await cases.scopeOf(cases.mine, 'health'), cases.mine]) {
      await expect(house.db.superuser(put, [id, '2030-01-01'])).rejects.toMatchObject({ code: '23000' });
      const before = await keys();
      for (const day of ['2030-01-01', '2022-01-01']) {
        await house.db.superuser('set session_replication_role = replica');
        await house.db.superuser(put, [id, day]);
        await house.db.superuser('set session_replication_role = origin');
        expect((await web.tries(house.tokens.police, `select payload from sec.open_text('guidance', '${id}')`)).rows).toEqual([]);
        expect((await web.tries(house.tokens.police, `select sec.withdraw_text('guidance', '${id}') as said`)).rows).toEqual([{ said: null }]);
        await orderTexts(pools.cases);
        await carryOutShreddings(pools);
        expect([await keys(), await house.db.superuser('select 1 from sec.text_order')]).toEqual([before, []]);
        await house.db.superuser('delete from app.text where id = $1', [id]);
      }
      // Not even by an order with our own signature.
      const { payload, mac } = await cases.signed(`text|${id}|00000000-0000-0000-0000-000000000000|${id}`);
      expect((await pools.cases.query('select sec.shred($1, $2) as done', [payload, mac])).rows).toEqual([{ done: false }]);
    }
  });

  it('names no other key in its order', async () => {
    const [text, scope] = [randomUUID(), await cases.scopeOf(cases.mine, 'core')];
    const before = await keys();
    const { payload, mac } = await cases.signed(`text|${text}|00000000-0000-0000-0000-000000000000|${scope}`);
    expect((await pools.keys.query('select keys.shred($1, $2) as done', [payload, mac])).rows).toEqual([{ done: false }]);
    expect(await keys()).toEqual(before);
  });

  it('is never the key of a scope: a command cannot make one of the id of a text, begun, asked or taken back', async () => {
    const [there, gone] = [await asked('police'), await asked('police')];
    await web.tries(house.tokens.police, `select sec.withdraw_text('guidance', '${gone}')`);
    const command = `select app.begin_command('${house.tokens.police}', '${cases.mine}', 'journal.add', 0, null, null)`;
    const scope = (id: string) => `insert into app.scope (id, case_id, kind) values (${id}, '${cases.mine}', 'economy')`;
    for (const id of [there, gone]) expect((await web.tries(house.tokens.police, [command, scope(`'${id}'`)])).refused).toBe('23000');
    // In one transaction, the other way about.
    const both = [`select set_config('app.test', id::text, true) from sec.begin_text('guidance', null, null)`, command, scope(`current_setting('app.test')::uuid`), 'set local role udvej_web', ASK];
    expect((await web.tries(house.tokens.police, both)).refused).toBe('23000');
    expect((await web.tries(house.tokens.police, [command, scope(`'${randomUUID()}'`)])).refused).toBeUndefined();
  });
});
