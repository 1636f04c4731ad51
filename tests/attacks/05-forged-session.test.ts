import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { twoCases, type TwoCases } from '../support/wall-house.js';
import { newSession, webReach } from '../support/wall-reach.js';
import { fingerprint, gaveNothing, type Prompt } from '../support/wall-sql.js';

let cases: TwoCases;
let house: TestHouse;
let web: Prompt;
let mine: string;
beforeAll(async () => {
  cases = await twoCases();
  ({ house, web, mine } = cases);
});
afterAll(() => cases.close());

describe('Control 5: a session that is none', () => {
  const reach = () => webReach(house.db, mine);

  const session = async (change: string, user: string = people.police.user): Promise<string> => {
    const token = await newSession(house.db, user);
    if (change !== '') await house.db.superuser(`update sec.session set ${change} where token_hash = $1`, [createHash('sha256').update(token).digest()]);
    return token;
  };

  const kinds: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['of no token', () => ''],
    ['of a forged token', () => randomBytes(32).toString('base64url')],
    ['of the hash that the database keeps', async () => createHash('sha256').update(await session('')).digest('base64url')],
    ['that ended eight hours after its login', () => session(`started_at = now() - interval '9 hours', expires_at = now() - interval '1 second'`)],
    ['idle for fifteen minutes', () => session(`last_seen = now() - interval '15 minutes 1 second'`)],
    ['signed out of', () => session('revoked_at = now()')],
    ['of yesterday', () => session(`started_at = now() - interval '1 day', last_seen = now() - interval '1 day', expires_at = now() - interval '16 hours'`)],
  ];
  it.each(kinds)('%s: gives nothing by any function, table or role the web has, and leaves nothing', async (_name, make) => {
    const token = await make();
    const before = await fingerprint(house.db);
    const given: string[] = [];
    for (const { sql, role } of await reach()) {
      const attempt = await web.tries(token, sql, role === undefined ? {} : { role });
      if (!gaveNothing(attempt)) given.push(`${role ?? 'udvej_web'}: ${sql} gave ${JSON.stringify(attempt.rows).slice(0, 200)}`);
    }
    expect(given).toEqual([]);
    expect(await fingerprint(house.db)).toEqual(before);
  });

  it('would be noticed: a live one gives something by most of them', async () => {
    const token = await session('');
    let gave = 0;
    for (const { sql, role } of await reach()) if (!gaveNothing(await web.tries(token, sql, role === undefined ? {} : { role }))) gave += 1;
    expect(gave).toBeGreaterThanOrEqual(10);
  });

  it('of somebody whose access was ended is none either, at the very next statement (control 27)', async () => {
    const token = await session('');
    await house.db.superuser('update app.staff set disabled_at = now() where id = $1', [people.police.user]);
    try {
      const given: string[] = [];
      for (const { sql, role } of await reach()) if (!gaveNothing(await web.tries(token, sql, role === undefined ? {} : { role }))) given.push(sql);
      expect(given).toEqual([]);
    } finally {
      await house.db.superuser('update app.staff set disabled_at = null where id = $1', [people.police.user]);
    }
  });

  it('of somebody whom a case shuts out says by no function, table or role that it does (control 20)', async () => {
    const shutOut = 'insert into app.block (case_id, user_id) values ($1, $2)';
    const all = await reach();
    // Ids and moments that each call makes anew are all alike; the case's own is not.
    const told = async ({ sql, role }: (typeof all)[number]) => JSON.stringify(await web.tries(await session('', people.municipal2.user), sql, role === undefined ? {} : { role }))
      .replaceAll(mine, 'THE CASE').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, 'moment').replaceAll(/"[\w+/=]{40,}"|\[[\d,]{60,}\]/g, 'sealed').replaceAll(/\|\d{10}\|/g, '|moment|');
    const differences: string[] = [];
    for (const one of all) {
      // His own sessions are his to know: each time there is the one.
      await house.db.superuser('delete from sec.session where user_id = $1', [people.municipal2.user]);
      await house.db.superuser(shutOut, [mine, people.municipal2.user]);
      const shut = await told(one);
      await house.db.superuser('delete from app.block where user_id = $1', [people.municipal2.user]);
      // What he asked for himself, and the day's number of it.
      await house.db.superuser('delete from match.wanted');
      await house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
      await house.db.superuser('delete from sec.session where user_id = $1', [people.municipal2.user]);
      if (shut !== (await told(one))) differences.push(`${one.role ?? 'udvej_web'}: ${one.sql} said ${shut.slice(0, 200)}`);
    }
    expect(differences).toEqual([]);
  });

  /** Statements by which somebody at the web's prompt would help himself to a session, an opening or a key: each with somebody else's case or name. */
  const forged = (): readonly string[] => {
    const hash = `'\\x${randomBytes(32).toString('hex')}'::bytea`;
    const { user } = people.police;
    return [
      `select set_config('app.session', '${user}', true), count(*) from app.exit_case having count(*) > 0`, `select set_config('app.user', '${user}', true), count(*) from app.exit_case having count(*) > 0`,
      `insert into sec.opening (xact, case_id, scopes) values (pg_current_xact_id(), '${mine}', '{}')`, `insert into sec.commanding_case (xact, case_id, user_id) values (pg_current_xact_id(), '${mine}', '${user}')`,
      `update sec.opening set case_id = '${mine}'`, 'delete from sec.opening', 'select * from sec.commanding_case',
      `update sec.session set expires_at = now() + interval '1 year'`, `update sec.session set auth_time = now()`, `update sec.session set level = 'high'`, `update sec.session set revoked_at = null`, `update sec.session set functions = '{police_exit}'`,
      `insert into app.case_member (case_id, user_id, role) values ('${mine}', '${user}', 'police')`, 'update app.case_member set valid_to = null', 'delete from app.block', `insert into app.scope_member (scope_id, case_id, user_id) values ('${mine}', '${mine}', '${user}')`,
      `select sec.renew_session(${hash}, ${hash}, 'test', 'police', 'x', 'x', '{police_exit}', now(), 'high', null)`, `select sec.start_session(${hash}, 'test', 'police', 'x', 'x', '{police_exit}', now(), 'high', null)`,
      `select sec.end_told(${hash}, 'test', 'police', null)`, `select sec.deny_login('test', 'police', 'x')`, 'select * from sec.told_logout', 'update sec.setting set value = 1000000', 'select * from sec.setting',
      `select * from sec.ticket('${mine}', '{}', '${randomUUID()}')`, 'select secret from sec.ticket_secret', `select * from keys.release('${mine}||99999999999|${randomUUID()}', '\\x00', '\\x00')`, 'select * from keys.scope_key',
      `select audit.append('${user}', 'case.opened', '${mine}', 'overview')`, `insert into audit.event (actor, action) values ('${user}', 'login')`, 'update audit.event set actor = null', 'delete from audit.event', 'select sec.sweep()',
      `select sec.need_step_up()`, 'update app.staff set disabled_at = null', `select * from sec.ctx_session()`,
    ];
  };
  it('is not made by any of thirty forged statements, of nobody or of somebody outside the case: all fail', async () => {
    expect(forged().length).toBeGreaterThanOrEqual(30);
    const before = await fingerprint(house.db);
    const given: string[] = [];
    for (const token of ['', randomBytes(32).toString('base64url'), house.tokens.auditor]) {
      for (const sql of forged()) {
        const attempt = await web.tries(token, sql);
        if (attempt.refused === undefined && attempt.rows.length > 0) given.push(`${sql} gave ${JSON.stringify(attempt.rows).slice(0, 100)}`);
        else if (attempt.refused === undefined && !sql.includes('set_config')) given.push(`${sql} was carried out`);
      }
    }
    expect(given).toEqual([]);
    expect(await fingerprint(house.db)).toEqual(before);
  });

  it('cannot be made, changed or read by the web', async () => {
    const token = house.tokens.auditor;
    const hash = `'\\x${randomBytes(32).toString('hex')}'`;
    for (const sql of [
      'select * from sec.session', `update sec.session set user_id = '${people.police.user}'`, 'delete from sec.session',
      `insert into sec.session (token_hash, user_id, functions, authority, auth_time, level) values (${hash}, '${people.police.user}', '{police_exit}', 'x', now(), 'high')`,
      `select sec.start_session(${hash}, 'test', 'police', 'x', 'x', '{police_exit}', now(), 'high', null)`, 'select * from sec.ctx_session()',
      `update app.staff set functions = '{police_exit}'`, 'select * from sec.ticket_secret', `select audit.append(null, 'x', null, null)`,
      'delete from audit.event', 'update audit.event set actor = null', 'select * from audit.event', `insert into audit.event (action) values ('x')`,
    ]) {
      for (const role of [undefined, 'udvej_command', 'udvej_national']) expect((await web.tries(token, sql, role === undefined ? {} : { role })).refused, sql).toBe('42501');
    }
  });

  it('makes nobody else of the web', async () => {
    for (const sql of [
      'set role udvej_owner', 'set local role udvej_vault', 'set role udvej_login', 'set role udvej_worker', 'set role postgres', 'set session authorization udvej_owner', 'set role udvej_match',
      'alter role udvej_web bypassrls', 'alter table app.exit_case disable row level security', 'create table app.x (a int)', 'create temp table x (a int)', 'create schema x',
      `create function public.f() returns int language sql as 'select 1'`, 'alter function sec.ctx_user() security invoker', 'drop policy mine on app.exit_case', 'truncate app.task', 'lock table app.exit_case',
    ]) {
      expect((await web.tries(house.tokens.police, sql)).refused, sql).toMatch(/^(42501|22023)$/);
    }
  });
});
