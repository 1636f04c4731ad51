import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseBrokenWall } from '../../src/cli/serve.js';
import { fillCommandTable } from '../../src/store/command-table.js';
import { LINES } from '../../src/store/postgres/as-built-lines.js';
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
    ['a view beside our schemas that runs as its owner', 'create schema more; create view more.v as select * from app.exit_case', 'drop schema more cascade'],
    ['what was read once, beside them', 'create schema more; create materialized view more.v as select * from app.exit_case', 'drop schema more cascade'],
  ])('is refused with %s', async (_what, opened, shut) => {
    await db.superuser(opened);
    expect((await faultsOfTheWall(db)).length).toBeGreaterThan(0);
    await db.superuser(shut);
    expect(await faultsOfTheWall(db)).toEqual([]);
  });

  it('is let in with every right, rule, function and trigger as this version has them, on every version of the server; what it became stands in as-built.ts', async () => {
    expect([await wallOf(db), await wallOf({ ask: db.keys })]).toEqual(AS_BUILT);
  });

  const lines = async (): Promise<readonly string[]> => (await db.ask<{ line: string }>(`select line from (${LINES}) l`)).map((row) => row.line);
  // Never committed: what roles are is one thing for all databases of the server.
  it.each([
    ['a function of the owner’s given to the web', 'grant execute on function sec.ticket(uuid, uuid[], uuid) to udvej_web', '+ function sec.ticket('],
    ['a right to a table', 'grant select on match.person to udvej_web', '+ udvej_web SELECT f on match.person'],
    ['a right to a column', 'grant select (secret) on sec.ticket_secret to udvej_web', '+ udvej_web SELECT f on sec.ticket_secret(secret)'],
    ['a policy more, however harmless it looks', 'create policy more on match.person for select to udvej_web using (mac is not null)', '+ policy more on match.person'],
    ['a policy with another rule', 'alter policy desk on app.overview using (case_id is not null)', '+ policy desk on app.overview r t for udvej_national: (case_id IS NOT NULL)'],
    ['facts that can be changed', 'alter table app.case_event disable trigger immutable', '- trigger on app.case_event: CREATE TRIGGER immutable'],
    ['rows of the log that wait for no seal', 'drop trigger await_seal on audit.event', '- trigger on audit.event: CREATE TRIGGER await_seal'],
    ['a function with another text', 'create or replace function sec.is_contact_point() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$ select true $$', '+ function sec.is_contact_point()'],
    ['the owner’s rights for the web', 'grant udvej_owner to udvej_web', '+ udvej_web is udvej_owner'],
    ['a right that can be handed on', 'grant select on app.task to udvej_web with grant option', '+ udvej_web SELECT t on app.task'],
    ['a rule that swallows the log', 'create rule quiet as on insert to audit.event do instead nothing', '+ rule on audit.event: CREATE RULE quiet'],
    ['a trigger that never fires', 'drop trigger await_seal on audit.event; create trigger await_seal after insert on audit.event for each row when (false) execute function audit.await_seal()', '+ trigger on audit.event: CREATE TRIGGER await_seal AFTER INSERT ON audit.event FOR EACH ROW WHEN (false)'],
    ['keys between tables that are not looked at', 'alter table app.case_body disable trigger all; alter table app.case_body enable trigger user', '- kept true on app.case_body: case_body_scope_id_case_id_fkey'],
    ['a vote of who asked', 'alter table app.approval_vote drop constraint approval_vote_check', '- constraint on app.approval_vote: approval_vote_check'],
    ['a constraint that is not a table’s any more', 'alter table audit.review drop constraint review_finding_key', '- unique on audit.review: CREATE UNIQUE INDEX review_finding_key'],
    ['sessions of ten years', `alter table sec.session alter expires_at set default now() + interval '10 years'`, '- column of sec.session: expires_at'],
    ['a column that may be empty', 'alter table app.exit_case alter number drop not null', '+ column of app.exit_case: number text f'],
    ['a view', 'create view app.all_cases with (security_invoker = true) as select 1 as a; alter view app.all_cases owner to udvej_owner', '+ rule on app.all_cases'],
    ['another hmac', `create or replace function public.hmac(bytea, bytea, text) returns bytea language sql as $$ select '\\x00'::bytea $$`, '- function public.hmac(bytea, bytea, text) c f pg_hmac'],
    ['a function beside the extension’s', `create function public.hmac(text, bytea, text) returns bytea language sql as $$ select '\\x00'::bytea $$`, '+ function public.hmac(text, bytea, text)'],
    ['a role of commands past the wall', 'alter role udvej_command bypassrls', '+ role udvej_command f t'],
    ['a role that others inherit', 'alter role udvej_web inherit; revoke udvej_command from udvej_web; grant udvej_command to udvej_web', '+ udvej_web is udvej_command f t'],
    ['what a role brings with it', `alter role udvej_login set session_replication_role = 'replica'`, '+ set for udvej_login: session_replication_role=replica'],
    ['what everybody brings with him', `do $$ begin execute format('alter database %I set session_replication_role = replica', current_database()); end $$`, '+ set for : session_replication_role=replica'],
    ['the right to make things in a schema', 'grant create on schema sec to udvej_web', 'udvej_web:CREATE:f,udvej_web:USAGE:f'],
    ['the right to make things for the moment', `do $$ begin execute format('grant temporary on database %I to udvej_web', current_database()); end $$`, 'udvej_web:TEMPORARY:f'],
    ['rights to what is yet to be made', 'alter default privileges for role udvej_owner in schema app grant select on tables to udvej_web', '+ default of udvej_owner in app: r for udvej_web:SELECT'],
    ['a view beside our schemas, which runs as who made it', 'create schema more; create view more.v as select * from sec.session; grant select on more.v to udvej_web', '+ udvej_web SELECT f on more.v'],
    ['one for everybody', 'create schema more; create view more.v as select * from sec.session; grant select on more.v to public', '+ everybody SELECT f on more.v'],
    ['a column of a table beside them', 'create schema more; create table more.t (a int); grant select (a) on more.t to udvej_web', '+ udvej_web SELECT f on more.t(a)'],
    ['a schema beside them', 'create schema more; grant usage on schema more to udvej_web', '+ udvej_web USAGE f on schema more'],
    ['passwords of the server', 'grant select (rolpassword) on pg_authid to udvej_login', '+ udvej_login SELECT f on pg_catalog.pg_authid(rolpassword)'],
    ['files of the server', 'grant execute on function pg_read_file(text) to public', '+ everybody EXECUTE f on pg_read_file(text)'],
    ['a child of a table of ours, whose rows are its own', 'create schema more; create table more.s () inherits (sec.session)', '+ child more.s of sec.session'],
    ['a parent of a table of ours, whom its rows are shown by', 'create schema more; create table more.s (); alter table sec.session inherit more.s', '+ child sec.session of more.s'],
    ['the right to put triggers to sleep', 'grant set on parameter session_replication_role to udvej_web', '+ udvej_web SET f on parameter session_replication_role'],
    ['that right for everybody', 'grant set on parameter session_replication_role to public', '+ everybody SET f on parameter session_replication_role'],
    ['a log that a crash empties', 'alter table audit.event set unlogged', '- relation audit.event r p'],
    ['a trigger of the whole database', `create schema more; create function more.f() returns event_trigger language plpgsql as 'begin end'; create event trigger x on ddl_command_end execute function more.f()`, '+ event trigger x on ddl_command_end more.f()'],
    ['a server that writes down what is asked', `do $$ begin execute format('alter database %I set log_min_duration_statement = 0', current_database()); end $$`, '+ set for : log_min_duration_statement=0'],
  ])('is refused with %s', async (_what, opened, noticed) => {
    const [built, before] = [await wallOf(db), await lines()];
    await db.superuser('begin');
    try {
      await db.superuser(opened);
      const after = await lines();
      const changed = [...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`), ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`)];
      expect(changed).toContainEqual(expect.stringContaining(noticed));
      expect(await wallOf(db)).not.toBe(built);
      expect(await changedSinceBuilt(db)).toHaveLength(1);
    } finally {
      await db.superuser('rollback');
    }
    expect(await wallOf(db)).toBe(built);
  });

  it('is let in with rights of others’ roles beside our schemas, which reach nothing of ours', async () => {
    const before = await wallOf(db);
    await db.superuser('begin');
    try {
      await db.superuser(`create role watcher; grant select on pg_authid to watcher; grant execute on function abs(int), pg_ls_dir(text) to watcher; create schema more; grant usage on schema more to watcher;
        revoke execute on function lo_import(text) from public; create view more.v with (security_invoker = true) as select 1 as a; grant select on more.v to watcher`);
      expect([await wallOf(db), await faultsOfTheWall(db)]).toEqual([before, []]);
    } finally {
      await db.superuser('rollback');
    }
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
