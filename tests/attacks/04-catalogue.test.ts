import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCommands } from '../../src/domain/exit-case/case.js';
import { loginRoles } from '../../src/store/postgres/migrate.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { type TestHouse, testHouse } from '../support/house.js';
import {
  type Catalogue, doublePolicies, faultsOfTheWall, functionsWithoutSearchPath, looseFitting, openTables, openToEverybody, strangersThatRunAsOwner, strayOwners, tables, viewsThatBypass,
} from '../../src/store/postgres/catalogue.js';
import { callable, tableRights } from '../support/wall-catalogue.js';

let db: FreshDatabase;
/** The database of the keys, for what is held against both. */
let ofKeys: Catalogue;
beforeAll(async () => {
  db = await freshDatabase();
  ofKeys = { ask: db.keys };
});
afterAll(() => db.drop());

/** Tables that hold something of a case. Nobody who only reads may write here. */
const CASE_TABLES = ['exit_case', 'case_event', 'case_body', 'case_member', 'scope', 'scope_member', 'block', 'unit_inbox', 'task', 'overview', 'notification', 'question'].map((one) => `app.${one}`);

/** Of a text outside of cases who is asked and when, never the text or its figures (FM-NCP-6, FM-NCP-7); nor who asked it, but of one's own. */
const TEXT = ['answered_at', 'as_of', 'asked_at', 'authority', 'delete_on', 'drawn_at', 'due', 'from_date', 'id', 'kind', 'unit'];
const ofText = (columns: readonly string[]): readonly string[] => [...TEXT, ...columns].map((column) => `SELECT app.text(${column})`);

describe('Control 4: the catalogue of the database', () => {
  it('binds every table by row-level security, its owner too', async () => {
    expect((await tables(db)).length).toBeGreaterThan(25);
    expect(await tables(ofKeys)).toEqual(['keys.release_log', 'keys.scope_key', 'keys.shred_ledger', 'keys.ticket_secret']);
    for (const one of [db, ofKeys]) expect(await openTables(one)).toEqual([]);
  });

  it('has no policy for everybody, none that shows all rows, and never two for one role and act', async () => {
    for (const one of [db, ofKeys]) expect([...(await looseFitting(one)), ...(await doublePolicies(one))]).toEqual([]);
  });

  it('has no view that runs as its owner, and no materialized view', async () => {
    for (const one of [db, ofKeys]) expect(await viewsThatBypass(one)).toEqual([]);
  });

  it('resolves the names in every function in the catalogue first', async () => {
    for (const one of [db, ofKeys]) expect([...(await functionsWithoutSearchPath(one)), ...(await strangersThatRunAsOwner(one))]).toEqual([]);
  });

  it('leaves nothing open to everybody, and nothing owned by another than the owner', async () => {
    for (const one of [db, ofKeys]) expect([...(await openToEverybody(one)), ...(await strayOwners(one))]).toEqual([]);
  });

  it('gives the owner no way in, and lets no new function be called before somebody grants it', async () => {
    const [owner] = await db.superuser<{ login: boolean; members: number; open: number }>(`
      select (select rolcanlogin from pg_roles where rolname = 'udvej_owner') as login,
        (select count(*)::int from pg_auth_members where roleid = 'udvej_owner'::regrole) as members,
        (select count(*)::int from pg_default_acl d, aclexplode(d.defaclacl) a where d.defaclrole = 'udvej_owner'::regrole and d.defaclobjtype = 'f' and a.grantee = 0) as open`);
    expect(owner).toEqual({ login: false, members: 0, open: 0 });
    await db.superuser('set role udvej_owner');
    await db.superuser('create function app.just_made() returns int language sql as $$ select 1 $$');
    await db.superuser('reset role');
    expect(await openToEverybody(db)).toEqual([]);
    await db.superuser('drop function app.just_made()');
  });

  it('keeps what may never be changed from change', async () => {
    const rows = await db.superuser<{ name: string }>(`
      select tgrelid::regclass::text as name from pg_trigger where tgname = 'immutable' and tgenabled = 'O' and (tgtype & 2) = 2 and (tgtype & 8) = 8 and (tgtype & 16) = 16 order by 1`);
    expect(rows.map((row) => row.name)).toEqual(['app.attachment', 'app.attachment_chunk', 'app.case_body', 'app.case_event', 'audit.alarm_reason', 'audit.judgement']);
  });

  it('finds each of these faults when it is there', async () => {
    const bad = await freshDatabase();
    try {
      await bad.superuser(`
        set role udvej_owner;
        create table app.open_one (a int);
        create table app.not_forced (a int); alter table app.not_forced enable row level security; create policy owner_all on app.not_forced to udvej_owner using (true) with check (true);
        create table app.for_all (a int); alter table app.for_all enable row level security; alter table app.for_all force row level security;
        create policy owner_all on app.for_all to udvej_owner using (true) with check (true);
        create policy everybody on app.for_all for select using (a = 1);
        create policy again on app.exit_case for select to udvej_web using (id is null);
        create view app.seen as select * from app.exit_case;
        create materialized view app.frozen as select 1 as a;
        create function app.loose() returns int security definer language sql as $$ select 1 $$;
        grant execute on function app.loose() to public;
        reset role;
        create table sec.of_another (a int)`);
      expect(await openTables(bad)).toEqual(['app.not_forced', 'app.open_one', 'sec.of_another']);
      expect(await looseFitting(bad)).toEqual(['everybody on app.for_all']);
      expect(await doublePolicies(bad)).toEqual(['app.exit_case for r by udvej_web']);
      expect(await viewsThatBypass(bad)).toEqual(['app.frozen', 'app.seen']);
      expect(await functionsWithoutSearchPath(bad)).toEqual(['app.loose()']);
      expect(await openToEverybody(bad)).toEqual(['function app.loose()']);
      expect(await strayOwners(bad)).toEqual(['sec.of_another of postgres']);
      expect(new Set(await faultsOfTheWall(bad)).size).toBe(10);
    } finally {
      await bad.drop();
    }
  });
});

describe('Control 4: the role the web works as', () => {
  it('is nothing but a login: no superuser, no bypass, no owner of anything, and inherits from nobody', async () => {
    const roles = await db.superuser<{ rolname: string }>(`
      select rolname from pg_roles where rolname like 'udvej\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit)`);
    expect(roles).toEqual([]);
    const [inherits] = await db.superuser<{ any: boolean }>(`
      select bool_or(pg_has_role('udvej_web', r.oid, 'usage')) as any from pg_roles r where r.rolname <> 'udvej_web' and r.rolname not like 'pg\\_%' and not r.rolsuper`);
    expect(inherits?.any).toBe(false);
    const owned = await db.superuser(`select 1 from pg_shdepend where deptype = 'o' and refobjid in (select oid from pg_roles where rolname like 'udvej\\_%' and rolname <> 'udvej_owner')`);
    expect(owned).toEqual([]);
  });

  it('may become the commander and the desk, and nobody else', async () => {
    const rows = await db.superuser<{ role: string; member: string; admin: boolean }>(`
      select roleid::regrole::text as role, member::regrole::text as member, admin_option as admin from pg_auth_members
      where roleid::regrole::text like 'udvej%' or member::regrole::text like 'udvej%' order by 1, 2`);
    expect(rows).toEqual([
      { role: 'udvej_command', member: 'udvej_web', admin: false }, { role: 'udvej_maintenance', member: 'udvej_operator', admin: false },
      { role: 'udvej_match', member: 'udvej_worker', admin: false }, { role: 'udvej_national', member: 'udvej_web', admin: false },
    ]);
  });

  it('can create nothing anywhere, not even for the moment', async () => {
    const rows = await db.superuser<{ role: string }>(`
      select r.rolname as role from pg_roles r where r.rolname like 'udvej\\_%' and r.rolname <> 'udvej_owner'
        and (has_database_privilege(r.oid, current_database(), 'create') or has_database_privilege(r.oid, current_database(), 'temp')
          or exists (select 1 from pg_namespace n where n.nspname !~ '^pg_(temp|toast)' and has_schema_privilege(r.oid, n.oid, 'create')))`);
    expect(rows).toEqual([]);
  });

  it('reads some tables and writes none; the rest it has through functions', async () => {
    const rights = await tableRights(db, 'udvej_web');
    expect(rights.filter((right) => !right.startsWith('SELECT '))).toEqual([]);
    const readable = ['attachment', 'attachment_chunk', 'case_body', 'case_event', 'exit_case', 'receipt', 'scope', 'task', 'unit_inbox', 'unit_roster'];
    // The note of this transaction's own opening is read by the policies; nothing else of `sec` is.
    // Of what the contact point was told, when it was read and not by whom.
    const sent = ['acknowledged_at', 'at', 'case_id', 'corrects', 'kind', 'version'].map((column) => `SELECT app.notification(${column})`);
    expect([...rights].sort()).toEqual([...readable.map((table) => `SELECT app.${table}`), ...sent, ...ofText(['asker', 'unread_by_asker']), 'SELECT sec.opening'].sort());
  });

  it('has no way into keys, and none to the tables of sessions, openings and the log', async () => {
    expect(await db.superuser(`select 1 from pg_namespace where nspname = 'keys'`)).toEqual([]);
    const within = await db.keys<{ role: string }>(`
      select r.rolname as role from pg_roles r where r.rolname like 'udvej\\_%' and r.rolname <> 'udvej_owner' and has_schema_privilege(r.oid, 'keys', 'usage') order by 1`);
    expect(within.map(({ role }) => role)).toEqual(['udvej_vault', 'udvej_worker']);
    for (const role of ['udvej_web', 'udvej_command', 'udvej_national', 'udvej_login', 'udvej_vault']) {
      const notes = role === 'udvej_web' ? ['SELECT sec.opening'] : role === 'udvej_command' ? ['SELECT sec.commanding_case'] : [];
      expect((await tableRights(db, role)).filter((right) => / (sec|audit|keys|match)\./.test(right))).toEqual(notes);
    }
  });
});

describe('Control 4: the other roles', () => {
  it('lets the desk see its own structure only, and nothing of a case (access.md, the contact point)', async () => {
    expect(await tableRights(db, 'udvej_national')).toEqual([...ofText(['unread_by_desk']), 'SELECT app.notification', 'SELECT app.overview', 'SELECT app.question'].sort());
    const calls = await callable(db, 'udvej_national');
    expect(calls.filter((name) => /open|begin|resume|commanding|append|names|search/.test(name))).toEqual([]);
  });

  it('lets the vault redeem tickets and put keys, and no more', async () => {
    expect(await callable(ofKeys, 'udvej_vault')).toEqual(['keys.put(uuid[],integer,bytea[])', 'keys.release(text,bytea,bytea)', 'keys.shred_state()']);
    expect(await tableRights(ofKeys, 'udvej_vault')).toEqual([]);
    expect([...(await callable(db, 'udvej_vault')), ...(await tableRights(db, 'udvej_vault'))]).toEqual([]);
  });

  it('lets the worker read when keys were released, wrap them anew, say that rows of the log are there, go through the log by its rules, shred what was ordered, and no more', async () => {
    expect(await callable(ofKeys, 'udvej_worker')).toEqual([
      'keys.released(timestamp with time zone,timestamp with time zone)', 'keys.rewrap(uuid[],integer[],bytea[],integer,bytea[])', 'keys.shred(text,bytea)',
      'keys.shredded()', 'keys.wrapped_page(uuid,integer)',
    ]);
    expect(await callable(db, 'udvej_worker')).toEqual(['audit.alarm_late_reviews()', 'audit.alarm(text,integer)', 'audit.releases_seen()', 'audit.review_turn()', 'audit.seal_is_late()', 'audit.see_releases(timestamp with time zone)', 'audit.without_row(uuid[])', 'sec.order_shreddings()', 'sec.order_texts()',
      'sec.propose_shredding(uuid,text)', 'sec.retention_counts()', 'sec.retention_to_ask(integer)', 'sec.shred_orders()', 'sec.shred(text,bytea)']);
    expect([...(await tableRights(db, 'udvej_worker')), ...(await tableRights(ofKeys, 'udvej_worker'))]).toEqual([]);
  });

  it('lets the operator say that rows of the log are there, and rebuild and shut out by a role of its own, and no more', async () => {
    expect([...(await callable(db, 'udvej_operator')), ...(await tableRights(db, 'udvej_operator'))]).toEqual(['sec.stamp(uuid)']);
    expect([...(await callable(ofKeys, 'udvej_operator')), ...(await tableRights(ofKeys, 'udvej_operator'))]).toEqual([]);
  });

  it('lets the sealer number the log and sign it, and neither change a row of it nor reach anything else', async () => {
    expect(await callable(db, 'udvej_sealer')).toEqual([
      'audit.beside_the_chain()', 'audit.newest_head()', 'audit.put_head(bigint,bytea,integer,bytea)', 'audit.seal(integer)', 'audit.sealed_rows(bigint,integer)',
    ]);
    expect(await tableRights(db, 'udvej_sealer')).toEqual([]);
  });

  it('lets the login start sessions, say which it denied and put away what is over, and no more; and nobody else start one', async () => {
    expect(await callable(db, 'udvej_login')).toEqual([
      'sec.deny_login(text,text,text,text,text[])', 'sec.end_told(bytea,text,text,text)', 'sec.renew_session(bytea,bytea,text,text,text,text,text[],timestamp with time zone,text,text)',
      'sec.rules_in_tables()', 'sec.shred_state()', 'sec.start_session(bytea,text,text,text,text,text[],timestamp with time zone,text,text)', 'sec.sweep()',
    ]);
    expect(await tableRights(db, 'udvej_login')).toEqual([]);
    for (const role of [...loginRoles, 'udvej_command', 'udvej_national', 'udvej_match', 'udvej_maintenance']) {
      if (role !== 'udvej_login') expect((await callable(db, role)).filter((name) => /(start|renew)_session/.test(name))).toEqual([]);
    }
  });

  it('lets the commander write what follows a case, delete none of it but tasks and lines of lists, and neither read nor write a fact or a text by itself', async () => {
    const rights = await tableRights(db, 'udvej_command');
    expect(rights.filter((right) => /^(DELETE|TRUNCATE|REFERENCES|TRIGGER)/.test(right) && !/ app\.(task|overview|retention)$/.test(right))).toEqual([]);
    expect(rights.filter((right) => /^UPDATE app\.(case_event|case_body|scope|block|notification)$/.test(right))).toEqual([]);
    // The stream comes with the admission and is written by app.append, in the name of who began the command.
    expect(rights.filter((right) => /app\.case_(event|body)$/.test(right))).toEqual([]);
    // A new case's row is the database's own, which draws its number; of one that is there some columns follow the stream.
    for (const table of CASE_TABLES) expect([table, rights.includes(`INSERT ${table}`)]).toEqual([table, !['app.exit_case', 'app.case_event', 'app.case_body'].includes(table)]);
    expect(rights).not.toContain('UPDATE app.exit_case');
  });

  it('lets no role cut a table or tie a key to it', async () => {
    for (const role of [...loginRoles, 'udvej_command', 'udvej_national', 'udvej_match', 'udvej_maintenance']) {
      expect((await tableRights(db, role)).filter((right) => /^(TRUNCATE|REFERENCES|TRIGGER|MAINTAIN)/.test(right))).toEqual([]);
    }
  });
});

describe('Control 4: the table of commands', () => {
  let house: TestHouse;
  beforeAll(async () => { house = await testHouse(); });
  afterAll(() => house.close());

  it('says in the database what the domain says: names, what admits, what is written', async () => {
    const rows = await house.db.superuser('select name, admission, writes from sec.command order by name collate "C"');
    const domain = caseCommands.map(({ name, admission, writes }) => ({ name, admission, writes: [...writes] })).sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(rows).toEqual(domain);
    expect(new Set(domain.map((one) => one.name)).size).toBe(domain.length);
  });
});
