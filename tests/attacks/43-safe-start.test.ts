import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_BUILT, changedSinceBuilt, wallOf } from '../../src/store/postgres/as-built.js';
import { faultsOfTheWall } from '../../src/store/postgres/catalogue.js';
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
