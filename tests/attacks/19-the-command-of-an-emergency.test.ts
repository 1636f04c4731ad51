import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { setDatabaseClock } from '../../src/store/command-table.js';
import { withClient } from '../../src/store/postgres/engine-guard.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

const REASON = 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.';

let house: TestHouse;
let page: TestWeb;
let web: Prompt;
let id: string;
let number: string;
let version: number;
let card: string;
/** How far the house’s clock is set back. */
let behind: string;
let general: string;
const me = people.policeFyn.user;
beforeAll(async () => {
  house = await testHouse(noLimits);
  page = await testWeb(house, 1_000_000);
  web = await prompt(house.db, 'udvej_web');
  behind = (await house.db.superuser<{ value: string }>(`select value from sec.setting where name = 'clock_behind'`))[0]?.value ?? '';
});
/** Every test has a case of its own, in assessment, and an emergency that was begun by policeFyn and not told. */
beforeEach(async () => {
  for (const table of ['audit.review', 'sec.emergency']) await house.db.superuser(`delete from ${table}`);
  await house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
  id = await takenCase(house);
  await house.does('police', id, 'safetyCard.set', { call: 'Vagthavende', precautions: 'Hund', along: 'Kæreste' });
  await house.does('municipal', id, 'assessment.begin');
  const [row] = await house.db.superuser<{ number: string; version: number }>('select number, version from app.exit_case where id = $1', [id]);
  number = row?.number ?? '';
  version = row?.version ?? 0;
  [card, general] = [await scopeOf('card'), await scopeOf('general')];
  expect((await begins('policeFyn')).rows).toEqual([{ id }]);
});
afterAll(async () => {
  await web.close();
  await page.close();
});

const scopeOf = async (kind: string) => (await house.db.superuser<{ id: string }>('select id from app.scope where case_id = $1 and kind = $2', [id, kind]))[0]?.id ?? '';
const begins = (who: PersonName) => web.tries(house.tokens[who], 'select sec.emergency_by_number($1) as id', { values: [number] });
/** What a statement smuggled in can do as somebody who may open the card and nothing else. */
const smuggled = (...sql: readonly string[]) => web.tries(house.tokens.policeFyn, [`select * from sec.begin_command('${id}', 'safetyCard.open', 0, null, null)`, 'set local role udvej_command', ...sql]);
const opened = ({ types = ['CardOpened'], journal = [false, false].slice(0, types.length), at = 'now()', of = [version + 1], scopes = [card], expected = version }: {
  readonly types?: readonly string[]; readonly journal?: readonly boolean[]; readonly at?: string; readonly of?: readonly number[]; readonly scopes?: readonly string[]; readonly expected?: number;
} = {}) =>
  `select app.append('${id}', ${expected}, array[${types.map((one) => `'${one}'`).join()}], ${at}, ${at}, array[${journal.join()}], array[${types.map(() => `'\\x00'::bytea`).join()}],
    array[${of.join()}]::int[], array[${of.map((_, n) => n).join()}]::int[], array[${scopes.map((one) => `'${one}'`).join()}]::uuid[], array[${of.map(() => `'\\x00'`).join()}]::bytea[], null, null, null)`;
const told = (of = version + 1) => `insert into app.notification (kind, case_id, version, number, unit, at) select 'card-opened', id, ${of}, number, unit, touched_at from app.exit_case`;
/** Ends with everything undone, and says whether it touched a row. */
const touches = (sql: string) =>
  `do $do$ declare n int; begin ${sql.replace(/^select/, 'perform')}; get diagnostics n = row_count; raise exception 'undone' using errcode = case when n > 0 then 'UV001' else 'UV000' end; end $do$`;
const shows = async (who: PersonName) => (await page.get(who, `/akut/${id}/kort`)).statusCode;

describe('Control 19: the command of an emergency', () => {
  it('makes nobody a member or a reader, takes nothing from anybody, and gives nobody a standing in the case, before the card is opened and after', async () => {
    const tried = [
      `insert into app.case_member (case_id, user_id, role) values ('${id}', '${me}', 'police')`, `update app.case_member set user_id = '${me}'`, `update app.case_member set valid_to = now()`,
      `insert into app.scope_member (scope_id, case_id, user_id) values ('${general}', '${id}', '${me}')`, `insert into app.scope_member (scope_id, case_id, user_id) values ('${card}', '${id}', '${me}')`,
      `update app.scope_member set valid_to = now()`, `insert into app.scope (id, case_id, kind, subject) values ('${randomUUID()}', '${id}', 'card', 'x')`,
      `insert into app.block values ('${id}', '${people.municipal.user}')`, `update app.unit_inbox set unit = 'fyn', taken_at = null`, `insert into app.question values ('${randomUUID()}', '${id}', 'advice', 'UV', 'u', now(), now(), 'open')`,
      // With these the case would be one that nobody co-ordinates, in a unit of the attacker's, or one that is to be deleted.
      `update app.exit_case set unit = 'fyn'`, `insert into app.task values ('${me}', '${id}', 'access:renew:police', 't', true, 'o', '2020-01-01', 'c')`,
      `insert into app.task values ('${me}', '${id}', 'opening:x', 't', true, 'o', '2020-01-01', 'circle.add')`, `insert into app.task values ('${me}', '${id}', 'x', 't', true, 'o', '2020-01-01', 'safetyCard.noteOpening')`, `update app.exit_case set phase = 'closed'`, `update app.exit_case set place = 'custody'`,
      `update app.exit_case set next_due = '9999-01-01'`, `insert into app.retention values ('${id}', 'x', 'closed', '2000-01-01', '2000-01-01', null, '{}')`, 'delete from app.retention',
      'delete from app.task', `update app.task set title = 'x'`, 'delete from app.overview', `update app.overview set unit = 'fyn'`, `update app.overview set next_due = '9999-01-01'`, `update app.overview set waits_for = 'decision'`,
      `insert into app.overview select id, number, 'fyn', null, phase, place, since from app.exit_case on conflict (case_id) do update set unit = 'fyn'`,
      `insert into app.take_over (case_id, version, unit, number, by_user, at) values ('${id}', 1, 'fyn', 'UV', '${me}', now())`, `insert into app.receipt values ('${me}', 'UV-9999-999', now(), 'fyn')`,
      `insert into app.notification (kind, case_id, version, number, unit, at) select 'refused', id, version, number, unit, touched_at from app.exit_case`, told(version),
      `insert into app.notification (kind, case_id, version, number, unit, at, acknowledged_at) select 'card-opened', id, version, number, unit, touched_at, now() from app.exit_case`,
      `insert into app.notification (kind, case_id, version, number, unit, at) select 'card-opened', id, version, number, unit, 'infinity' from app.exit_case`,
      `select match.submit('\\x00')`, `select stat.record('course', '2026-11-01', now(), false, 'fyn', null, null, 'freedom', null, '{}')`, `select stat.record_measure('mentor', '2026-11-01', now())`,
    ];
    for (const before of [[], [opened()]]) {
      for (const sql of tried) expect([before.length, sql, (await smuggled(...before, touches(sql))).refused]).toEqual([before.length, sql, expect.stringMatching(/^(42501|UV000)$/)]);
    }
    // What the program writes there is not refused.
    for (const sql of [told(), `update app.exit_case set next_due = '2026-11-02'`]) expect([sql, (await smuggled(opened(), touches(sql))).refused]).toEqual([sql, 'UV001']);
  });

  it('reads nothing of the case but what it was given to judge by', async () => {
    for (const before of [[], [opened()]]) {
      for (const sql of ['select * from app.case_member', 'select * from app.scope_member', `select * from app.task where key not like 'opening:%'`, 'select * from app.notification', 'select * from app.question']) {
        expect([sql, (await smuggled(...before, touches(sql))).refused]).toEqual([sql, 'UV000']);
      }
    }
  });

  it('appends that the card was opened, once, with the reason on the card, and nothing else', async () => {
    for (const sql of [
      opened({ journal: [true] }), opened({ types: ['MemberAdded'] }), opened({ types: ['NoteAdded'], journal: [true] }), opened({ types: ['CardOpened', 'CardOpened'] }), opened({ types: ['CardOpened', 'PersonExcluded'] }),
      opened({ of: [], scopes: [] }), opened({ of: [version + 1, version + 1], scopes: [card, card] }), opened({ of: [1] }), opened({ scopes: [general] }), opened({ at: `'infinity'` }), opened({ at: `'-infinity'` }), opened({ at: `now() + interval '1 year'` }),
    ]) expect([sql, (await smuggled(sql)).refused]).toEqual([sql, '42501']);
    expect((await smuggled(opened(), opened({ expected: version + 1, of: [version + 2] }))).refused).toBe('42501');
    expect(await smuggled(opened())).toMatchObject({ rows: [{ append: '' }] });
    expect((await smuggled(opened({ expected: version + 1, of: [version + 2] }))).refused).toBe('42501');
  });

  it('takes its moment from a demonstration’s clock where that is ahead of the database’s own, and none beyond that', async () => {
    await house.db.superuser(`update sec.setting set value = -100 * 24 * 60 * 60 where name = 'clock_behind'`);
    try {
      for (const at of [`now() + interval '102 days'`, `'infinity'`]) expect([at, (await smuggled(opened({ at }))).refused]).toEqual([at, '42501']);
      expect(await smuggled(opened({ at: `now() + interval '100 days'` }))).toMatchObject({ rows: [{ append: '' }] });
    } finally {
      await house.db.superuser(`update sec.setting set value = $1 where name = 'clock_behind'`, [behind]);
    }
  });

  it.each(['2027-03-03', '2097-03-03'])('opens the card in a demonstration of %s (UDVEJ_DEMO_NOW)', async (day) => {
    const own = await testHouse(noLimits);
    const on = await testWeb(own, 1_000_000);
    try {
      const at = instantOf(knownDate(day), 10, 0);
      own.setClock(at);
      await withClient('migrate', own.db.url('superuser'), (client) => setDatabaseClock(client, epochMilliseconds(at)));
      const its = await takenCase(own);
      const [row] = await own.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [its]);
      const reply = await on.post('policeFyn', '/akut', { number: row?.number ?? '', reason: REASON });
      expect([reply.statusCode, (await on.get('policeFyn', `/akut/${its}/kort`)).statusCode]).toEqual([303, 200]);
    } finally {
      await on.close();
    }
  });

  it('shows the card when the circle and the contact point were told of it, by himself, and not before', async () => {
    // Another has begun at the same time, and tells nobody.
    expect((await begins('odense')).rows).toEqual([{ id }]);
    expect((await smuggled(opened())).refused).toBeUndefined();
    expect(await shows('policeFyn')).toBe(404);
    // In the journal it would be folded by nobody.
    await house.db.superuser(`insert into app.case_event (case_id, version, type, at, recorded_at, actor, journal, core_ct) values ($1, $2, 'CardOpened', now(), now(), $3, true, '\\x00')`, [id, version + 2, me]);
    await house.db.superuser(`insert into app.notification (kind, case_id, version, number, unit, at) values ('card-opened', $1, $2, $3, 'u', now())`, [id, version + 2, number]);
    expect(await shows('policeFyn')).toBe(404);
    await house.db.superuser(`delete from app.notification where case_id = $1`, [id]);
    await house.db.superuser(`insert into app.notification (kind, case_id, version, number, unit, at) values ('card-opened', $1, $2, $3, 'u', now())`, [id, version + 1, number]);
    expect(await shows('policeFyn')).toBe(200);
    // What the one told opens nothing to the other.
    expect(await shows('odense')).toBe(404);
  });

  it('leaves the case and its card readable, also when nothing of what it wrote can be read', async () => {
    expect((await smuggled(opened(), told())).refused).toBeUndefined();
    for (const [who, url] of [['municipal', `/sager/${id}`], ['police', `/sager/${id}/sikkerhed`], ['police', `/sager/${id}/tidslinje`], ['policeFyn', `/akut/${id}/kort`]] as const) expect([url, (await page.get(who, url)).statusCode]).toEqual([url, 200]);
    await house.does('police', id, 'safetyCard.set', { call: 'En anden', precautions: 'Hund', along: 'Ingen' });
    expect((await page.post('odense', '/akut', { number, reason: REASON })).statusCode).toBe(303);
    expect((await page.get('odense', `/akut/${id}/kort`)).body).toContain('En anden');
  });

  it('opens no card to who was shut out of the case since, and says so as of a case that is not there', async () => {
    await house.does('municipal', id, 'journal.add', { kind: 'personal', text: 'Et notat' });
    expect((await house.order('policeFyn', 'safetyCard.open', { reason: REASON }, { caseId: id })).kind).toBe('done');
    expect(await shows('policeFyn')).toBe(200);
    await house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, me]);
    expect(await shows('policeFyn')).toBe(404);
  });

  it('opens the card of a case that nobody has put anything on, and tells the circle of it', async () => {
    const bare = await takenCase(house, { municipality: '0183', said: 'Vil ud', name: 'Emil Sandbjerg', channel: 'phone' });
    await house.db.superuser('delete from audit.review');
    const [row] = await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [bare]);
    expect((await page.post('policeFyn', '/akut', { number: row?.number ?? '', reason: REASON })).headers.location).toBe(`/akut/${bare}/kort`);
    expect((await page.get('policeFyn', `/akut/${bare}/kort`)).body).toContain('Politiet har ikke udfyldt kortet endnu');
    expect(await house.db.superuser(`select 1 from app.task where case_id = $1 and key like 'opening:%' and reader = $2`, [bare, people.police.user])).toHaveLength(1);
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
