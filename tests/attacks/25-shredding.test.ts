import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCase } from '../../src/app/open-case.js';
import { refuseUnshredded } from '../../src/cli/serve.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { carryOutShreddings, ForgedOrder, orderShreddings, shreddingsAgree } from '../../src/store/retention.js';
import { fileKeyService } from '../../src/store/vault/kms.js';
import { Vault } from '../../src/store/vault/vault.js';
import { tables } from '../../src/store/postgres/catalogue.js';
import { withClient } from '../../src/store/postgres/engine-guard.js';
import type { Ask } from '../support/database.js';
import { type RetentionWorld, retentionWorld } from '../support/retention-world.js';

let world: RetentionWorld;
let id: string;
/** What a backup of either database holds, and puts back. */
let yesterday: { readonly cases: Backup; readonly keys: Backup };
/** All ciphertext of the case, as yesterday's backup has it. */
let rows: number;

interface Backup { readonly restore: () => Promise<void> }
const backup = async (ask: Ask, except: readonly string[] = []): Promise<Backup> => {
  const names = (await tables({ ask })).filter((name) => !except.includes(name));
  const copyOf = (name: string) => `backup.${name.replace('.', '__')}`;
  await ask('drop schema if exists backup cascade; create schema backup');
  for (const name of names) await ask(`create table ${copyOf(name)} as table ${name}`);
  return {
    restore: async () => {
      // As a restore does it: no trigger speaks, no tie is looked at.
      await ask('set session_replication_role = replica');
      for (const name of names) await ask(`delete from ${name}; insert into ${name} select * from ${copyOf(name)}`);
      await ask('set session_replication_role = origin');
    },
  };
};
const { superuser, keys } = { superuser: () => world.house.db.superuser, keys: () => world.house.db.keys };
const ciphertexts = async (): Promise<number> =>
  (await superuser()<{ n: number }>('select ((select count(*) from app.case_event where case_id = $1) + (select count(*) from app.case_body where case_id = $1))::int as n', [id]))[0]?.n ?? 0;
/** Keys that the order was to destroy. */
const keysOf = async (): Promise<number> => {
  const scopes = (await keys()<{ scopes: string }>(`select split_part(payload, '|', 4) as scopes from keys.shred_ledger where case_id = $1`, [id]))[0]?.scopes.split(',') ?? [];
  return (await keys()<{ n: number }>('select count(*)::int as n from keys.scope_key where scope_id = any ($1)', [scopes]))[0]?.n ?? 0;
};
const asMaintenance = async (sql: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: world.house.db.url('udvej_operator') });
  await client.connect();
  try {
    await client.query('begin; set local role udvej_maintenance');
    const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
    await client.query('commit');
    return rows;
  } finally {
    await client.end();
  }
};
const inStep = () => shreddingsAgree(world.house.login, world.house.vaultPool);
const startsUp = () => refuseUnshredded({ login: world.house.login, vault: world.house.vaultPool });
/** Whoever was in the circle opens the case, in a program that was started just now: no key is in its memory. */
const opens = async (): Promise<string> => {
  const { house } = world;
  try {
    return (await openCase({ ...house, vault: new Vault(house.vaultPool, house.web, fileKeyService(randomBytes(32))) }, house.tokens.police, id, 'overview')).kind;
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
};

beforeAll(async () => {
  world = await retentionWorld();
  id = await world.closedCase();
  rows = await ciphertexts();
  await world.setDay(knownDate('2027-11-02'));
  await world.turn();
  await world.answers('police', id);
  await world.answers('municipal', id);
  yesterday = { cases: await backup(superuser()), keys: await backup(keys()) };
});
afterAll(() => world.close());
beforeEach(async () => {
  await yesterday.cases.restore();
  await yesterday.keys.restore();
});

describe('Control 25: what was shredded stays shredded', () => {
  it('in both databases, when the worker has done it', async () => {
    expect(rows).toBeGreaterThan(5);
    await world.turn();
    expect([await ciphertexts(), await keysOf(), await inStep()]).toEqual([0, 0, true]);
    await expect(startsUp()).resolves.toBeUndefined();
  });

  it('when yesterday’s cases are laid back: not one row can be decrypted, nobody is let in, and the ledger shreds them again', async () => {
    await world.turn();
    await yesterday.cases.restore();
    expect(await ciphertexts()).toBe(rows);
    // Every one of them lies under a key that is not there any more.
    const scopes = (await superuser()<{ id: string }>('select id from app.scope where case_id = $1', [id])).map((row) => row.id);
    const [left] = await keys()<{ n: number }>('select count(*)::int as n from keys.scope_key where scope_id = any ($1)', [scopes]);
    expect(left?.n).toBe(0);
    const [outside] = await superuser()<{ n: number }>('select count(*)::int as n from app.case_body where case_id = $1 and scope_id <> all ($2)', [id, scopes]);
    expect(outside?.n).toBe(0);
    // Also where somebody is let in to the rows, there is no key for one of them.
    await world.setDay(knownDate('2026-11-02'));
    expect(await opens()).toBe('the ticket was not honoured');
    expect(await inStep()).toBe(false);
    await expect(startsUp()).rejects.toThrow(/udvej restored/);
    expect(await carryOutShreddings(world.pools)).toBe(1);
    expect([await ciphertexts(), await inStep(), await opens()]).toEqual([0, true, 'absent']);
    await expect(startsUp()).resolves.toBeUndefined();
    expect(await world.rowsOf(id)).toEqual({ 'app.approval': 1 });
    expect(await carryOutShreddings(world.pools)).toBe(0);
  });

  it('when yesterday’s keys are laid back: the other database’s ledger destroys them again', async () => {
    await world.turn();
    await yesterday.keys.restore();
    expect((await keys()('select 1 from keys.shred_ledger')).length).toBe(0);
    expect(await inStep()).toBe(false);
    await expect(startsUp()).rejects.toThrow(/udvej restored/);
    expect(await carryOutShreddings(world.pools)).toBe(1);
    expect([await keysOf(), await inStep()]).toEqual([0, true]);
  });

  it('when the worker is killed between the two databases: the next turn does the rest, and shreds nothing twice', async () => {
    await orderShreddings(world.pools.cases);
    const [order] = await superuser()<{ payload: string; mac: Buffer }>('select payload, mac from sec.shred_order');
    await world.pools.keys.query('select keys.shred($1, $2)', [order?.payload, order?.mac]);
    expect([await ciphertexts(), await keysOf()]).toEqual([rows, 0]);
    expect(await inStep()).toBe(false);
    expect((await world.turn()).shredded).toBe(1);
    expect([await ciphertexts(), await inStep()]).toEqual([0, true]);
    expect((await world.turn()).shredded).toBe(0);
    expect(await superuser()(`select 1 from audit.event where action = 'case.shredded' and case_ref = $1`, [id])).toHaveLength(1);
  });

  it('not where the case was taken up again while the order waited for its row: it is looked at once more', async () => {
    await withClient('migrate', world.house.db.url('superuser'), async (another) => {
      await another.query('begin');
      await another.query(`update app.exit_case set touched_at = touched_at where id = $1`, [id]);
      await another.query(`update app.retention set due_on = '2028-03-01', held_until = '2028-02-29' where case_id = $1`, [id]);
      const ordered = orderShreddings(world.pools.cases);
      await vi.waitUntil(async () => (await superuser()('select 1 from pg_locks where not granted')).length > 0);
      await another.query('commit');
      expect(await ordered).toBe(0);
    });
    expect(await superuser()('select 1 from sec.shred_order')).toEqual([]);
    expect(await superuser()(`select used_at from app.approval where subject = $1`, [id])).toEqual([{ used_at: null }]);
    expect((await superuser()('select 1 from app.case_member where case_id = $1', [id])).length).toBeGreaterThan(0);
  });

  it('nor is anybody put back into its circle by a rebuild that was begun before the order', async () => {
    const [ticket] = await asMaintenance(`select payload, mac from sec.begin_rebuild($1, 'auditor')`, [id]);
    const resumes = async () => (await asMaintenance('select sec.resume_rebuild($1, $2, $3) as answer', [id, ticket?.['payload'], ticket?.['mac']]))[0]?.['answer'];
    expect(await resumes()).not.toBeNull();
    expect(await orderShreddings(world.pools.cases)).toBe(1);
    expect(await resumes()).toBeNull();
    expect(await superuser()('select 1 from app.case_member where case_id = $1', [id])).toEqual([]);
  });

  it('from the order on: no hold comes too late, and a command that was on its way writes nothing more', async () => {
    await world.setDay(knownDate('2026-11-02'));
    const client = await world.house.web.connect();
    try {
      await client.query('begin');
      const [begun] = (await client.query<{ answer: string }>(`select answer from app.begin_command($1, $2, 'journal.add', 0, 'on-its-way', '\\x00')`, [world.house.tokens.police, id])).rows;
      const { head } = JSON.parse(begun?.answer ?? '{}') as { head: [string, string, number] };
      await world.setDay(knownDate('2027-11-02'));
      expect(await orderShreddings(world.pools.cases)).toBe(1);
      await world.setDay(knownDate('2026-11-02'));
      expect(await world.house.order('police', 'retention.hold', { reason: 'Der er en retssag', until: '2028-03-01' }, { caseId: id })).toEqual({ kind: 'absent' });
      expect(await opens()).toBe('absent');
      const append = `select app.append($1, $2, array['NoteAdded'], now(), now(), array[true], array['\\x01'::bytea], '{}', '{}', '{}', '{}', null, null, null)`;
      await expect(client.query(append, [id, head[2]])).rejects.toThrow(/stale version/);
    } finally {
      await client.query('rollback');
      client.release();
    }
    await world.setDay(knownDate('2027-11-02'));
    expect((await world.turn()).shredded).toBe(1);
    expect(await superuser()('select 1 from app.exit_case where id = $1 and created_at > now() - interval \'1 hour\' and version = 0', [id])).toHaveLength(1);
  });

  it('and nothing else is: a worker that was taken over destroys nothing without the answer of two authorities', async () => {
    const other = await world.closedCase(false);
    const scopes = (await superuser()<{ id: string }>('select id from app.scope where case_id = $1', [other])).map((row) => row.id);
    const payload = `shred|${other}|${other}|${scopes.join(',')}`;
    for (const mac of [randomBytes(32), Buffer.alloc(0), null]) {
      for (const [pool, sql] of [[world.pools.keys, 'select keys.shred($1, $2) as ok'], [world.pools.cases, 'select sec.shred($1, $2) as ok']] as const) {
        expect((await pool.query<{ ok: boolean }>(sql, [payload, mac])).rows).toEqual([{ ok: false }]);
      }
    }
    // A ticket is signed with the same secret, and is no order.
    const ticket = await world.house.db.superuser<{ payload: string; mac: Buffer }>(`select payload, mac from sec.ticket($1, $2, $1)`, [other, scopes]);
    expect((await world.pools.keys.query<{ ok: boolean }>('select keys.shred($1, $2) as ok', [ticket[0]?.payload, ticket[0]?.mac])).rows).toEqual([{ ok: false }]);
    await keys()(`insert into keys.shred_ledger (what, case_id, approval_id, payload, mac) values ('shred', $1, $1, $2, '')`, [other, payload]);
    await expect(carryOutShreddings(world.pools)).rejects.toThrow(ForgedOrder);
    const [left] = await keys()<{ n: number }>('select count(*)::int as n from keys.scope_key where scope_id = any ($1)', [scopes]);
    expect(left?.n).toBe(scopes.length);
    await expect(world.pools.cases.query('delete from app.case_event where case_id = $1', [other])).rejects.toThrow(/permission denied/);
    await expect(superuser()('delete from app.case_event where case_id = $1', [other])).rejects.toThrow(/immutable/);
  });
});
