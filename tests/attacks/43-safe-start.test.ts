import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseBrokenWall } from '../../src/cli/serve.js';
import { fillCommandTable } from '../../src/store/command-table.js';
import { AS_BUILT, changedSinceBuilt, wallOf } from '../../src/store/postgres/as-built.js';
import { faultsOfTheWall } from '../../src/store/postgres/catalogue.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { faults, production, workerInProduction as worker } from '../support/production-settings.js';

describe('Control 43: a start in production', () => {
  it.each([
    ['UDVEJ_ORIGIN', 'UDVEJ_ORIGIN mangler.'],
    ['ISSUERS', 'ISSUERS mangler.'],
    ['UDVEJ_SECRET_KEY', 'UDVEJ_SECRET_KEY mangler.'],
    ['DATABASE_URL', 'DATABASE_URL mangler.'],
    ['LOGIN_DATABASE_URL', 'LOGIN_DATABASE_URL mangler.'],
    ['KEYS_DATABASE_URL', 'KEYS_DATABASE_URL mangler.'],
    ['UDVEJ_KMS_URL', 'UDVEJ_KMS_URL mangler. I drift må nøglerne kun ligge i en nøgletjeneste'],
    ['UDVEJ_KMS_TOKEN', 'UDVEJ_KMS_TOKEN mangler.'],
    ['UDVEJ_MATCH_PUBLIC_KEY', 'UDVEJ_MATCH_PUBLIC_KEY mangler.'],
  ])('is refused without %s', (name, said) => {
    expect(faults({ ...production, [name]: '' })).toEqual([expect.stringContaining(said)]);
  });
  it.each(['WORKER_DATABASE_URL', 'WORKER_KEYS_DATABASE_URL', 'SEALER_DATABASE_URL', 'UDVEJ_KMS_URL', 'UDVEJ_KMS_TOKEN', 'UDVEJ_WITNESS', 'UDVEJ_MATCH_PRIVATE_KEY'])('of the worker is refused without %s', (name) => {
    expect(faults({ ...worker, [name]: '' }, 'worker')).toEqual([expect.stringContaining(`${name} mangler.`)]);
  });
});

describe('Control 43: the database at a start in production', () => {
  let db: FreshDatabase;
  beforeAll(async () => { db = await freshDatabase(); });
  afterAll(() => db.drop());

  it('is let in as it was built, that of the keys as well', async () => {
    for (const one of [db, { ask: db.keys }]) expect(await faultsOfTheWall(one)).toEqual([]);
  });

  it.each([
    ['a table without row-level security', 'create table app.open_one (a int); alter table app.open_one owner to udvej_owner', 'drop table app.open_one'],
    ['a table that its owner is not bound by', 'alter table app.exit_case no force row level security', 'alter table app.exit_case force row level security'],
    ['a function that everybody may call', 'grant execute on function sec.ctx_user() to public', 'revoke execute on function sec.ctx_user() from public'],
  ])('is refused with %s', async (_what, opened, shut) => {
    await db.superuser(opened);
    expect((await faultsOfTheWall(db)).length).toBeGreaterThan(0);
    await db.superuser(shut);
    expect(await faultsOfTheWall(db)).toEqual([]);
  });

  it('is let in with every right, rule, function and trigger as this version has them, on every version of the server; what it became stands in as-built.ts', async () => {
    expect([await wallOf(db), await wallOf({ ask: db.keys })]).toEqual(AS_BUILT);
  });

  // Never committed: what roles are is one thing for all databases of the server.
  it.each([
    ['a function of the owner’s given to the web', 'grant execute on function sec.ticket(uuid, uuid[], uuid) to udvej_web'],
    ['a right to a table', 'grant select on match.person to udvej_web'],
    ['a right to a column', 'grant select (secret) on sec.ticket_secret to udvej_web'],
    ['a policy more, however harmless it looks', 'create policy more on match.person for select to udvej_web using (mac is not null)'],
    ['a policy with another rule', 'alter policy desk on app.overview using (case_id is not null)'],
    ['facts that can be changed', 'alter table app.case_event disable trigger immutable'],
    ['rows of the log that wait for no seal', 'drop trigger await_seal on audit.event'],
    ['a function with another text', 'create or replace function sec.is_contact_point() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$ select true $$'],
    ['the owner’s rights for the web', 'grant udvej_owner to udvej_web'],
    ['a right that can be handed on', 'grant select on app.task to udvej_web with grant option'],
    ['a rule that swallows the log', 'create rule quiet as on insert to audit.event do instead nothing'],
    ['a trigger that never fires', 'drop trigger await_seal on audit.event; create trigger await_seal after insert on audit.event for each row when (false) execute function audit.await_seal()'],
    ['keys between tables that are not looked at', 'alter table app.case_body disable trigger all; alter table app.case_body enable trigger user'],
    ['a vote of who asked', 'alter table app.approval_vote drop constraint approval_vote_check'],
    ['a constraint that is not a table’s any more', 'alter table audit.review drop constraint review_finding_key'],
    ['sessions of ten years', `alter table sec.session alter expires_at set default now() + interval '10 years'`],
    ['a column that may be empty', 'alter table app.exit_case alter number drop not null'],
    ['a view', 'create view app.all_cases with (security_invoker = true) as select 1 as a; alter view app.all_cases owner to udvej_owner'],
    ['another hmac', `create or replace function public.hmac(bytea, bytea, text) returns bytea language sql as $$ select '\\x00'::bytea $$`],
    ['a function beside the extension’s', `create function public.hmac(text, bytea, text) returns bytea language sql as $$ select '\\x00'::bytea $$`],
    ['a role of commands past the wall', 'alter role udvej_command bypassrls'],
    ['a role that others inherit', 'alter role udvej_web inherit; revoke udvej_command from udvej_web; grant udvej_command to udvej_web'],
    ['what a role brings with it', `alter role udvej_login set session_replication_role = 'replica'`],
    ['what everybody brings with him', `do $$ begin execute format('alter database %I set session_replication_role = replica', current_database()); end $$`],
    ['the right to make things in a schema', 'grant create on schema sec to udvej_web'],
    ['the right to make things for the moment', `do $$ begin execute format('grant temporary on database %I to udvej_web', current_database()); end $$`],
    ['rights to what is yet to be made', 'alter default privileges for role udvej_owner in schema app grant select on tables to udvej_web'],
  ])('is refused with %s', async (_what, opened) => {
    await db.superuser('begin');
    try {
      await db.superuser(opened);
      expect(await changedSinceBuilt(db)).toHaveLength(1);
    } finally {
      await db.superuser('rollback');
    }
    expect(await changedSinceBuilt(db)).toEqual([]);
  });
});

describe('Control 43: rules that stand in rows', () => {
  let db: FreshDatabase;
  let pools: Record<'web' | 'vault' | 'login', Pool>;
  beforeAll(async () => {
    db = await freshDatabase();
    await fillCommandTable({ query: (sql: string, values?: unknown[]) => db.superuser(sql, values) } as never);
    const pool = (url: string): Pool => createPool(url, { max: 1, name: 'test start' });
    pools = { web: pool(db.url('udvej_web')), vault: pool(db.urlOfKeys('udvej_vault')), login: pool(db.url('udvej_login')) };
  });
  afterAll(async () => {
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
    await db.drop();
  });

  it('are those of this version, seen with the eyes of the roles that come in', async () => {
    await expect(refuseBrokenWall(pools)).resolves.toBeUndefined();
  });

  it.each([
    ['a command that admits everybody', 'sec.command: journal.add', `update sec.command set admission = 'staff' where name = 'journal.add'`],
    ['a command that writes more', 'sec.command: journal.add', `update sec.command set writes = writes || '{card}' where name = 'journal.add'`],
    ['a command that nobody knows', 'sec.command: all.read', `insert into sec.command values ('all.read', 'staff', '{}')`],
    ['a command that is gone', 'sec.command: circle.exclude', `delete from sec.command where name = 'circle.exclude'`],
    ['news that all are told', 'sec.news_type: ScreeningAsked', `insert into sec.news_type values ('ScreeningAsked')`],
    ['a deletion by one', 'sec.approval_kind: shredding', `update sec.approval_kind set votes = 1 where kind = 'shredding'`],
    ['a yes of the same authority', 'sec.approval_kind: case-bundle', `update sec.approval_kind set apart = false where kind = 'case-bundle'`],
    ['a yes that lasts for years', 'sec.approval_kind: card-by-number', `update sec.approval_kind set lasts = '3 years' where kind = 'card-by-number'`],
    ['no step-up', 'sec.setting: step_up_seconds', `update sec.setting set value = 100000000 where name = 'step_up_seconds'`],
    ['a step-up of a lower level', 'sec.setting: step_up_level', `update sec.setting set value = 0 where name = 'step_up_level'`],
    ['no limit to openings', 'sec.setting: openings_per_hour', `delete from sec.setting where name = 'openings_per_hour'`],
    ['a higher limit of names', 'sec.setting: names_per_hour', `update sec.setting set value = 501 where name = 'names_per_hour'`],
    ['memberships that never end', 'sec.setting: clock_behind', `update sec.setting set value = 2000000000 where name = 'clock_behind'`],
    ['rules of the log that rest', 'sec.setting: telling_past', `update sec.setting set value = 1 where name = 'telling_past'`],
    ['a setting that nobody knows', 'sec.setting: open', `insert into sec.setting values ('open', 1)`],
  ])('refuse the start when there is %s', async (_what, named, changed) => {
    const table = /(sec\.\w+)/.exec(changed)?.[1] ?? '';
    await db.superuser(`create temporary table kept as select * from ${table}; ${changed}`);
    const refused = await refuseBrokenWall(pools).catch((error: unknown) => String(error));
    await db.superuser(`delete from ${table} t where not exists (select from kept k where k is not distinct from t); insert into ${table} select * from kept k where not exists (select from ${table} t where t is not distinct from k); drop table kept`);
    expect(refused).toContain(`Ret det, før Udvej startes: ${named}.`);
    await expect(refuseBrokenWall(pools)).resolves.toBeUndefined();
  });

  it('may be stricter: operations can lower a limit and ask for more of a login', async () => {
    await db.superuser(`update sec.setting set value = 30 where name = 'openings_per_hour'; update sec.setting set value = 3 where name = 'step_up_level'`);
    await expect(refuseBrokenWall(pools)).resolves.toBeUndefined();
  });
});
