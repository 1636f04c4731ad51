import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { after, headBytes, leafOf, NO_ROWS } from '../../src/store/audit/chain.js';
import { newestHead, sealAll, sealOnce } from '../../src/store/audit/sealer.js';
import { verifyLog } from '../../src/store/audit/verify.js';
import { fileWitness, RefusedByWitness, type Witness } from '../../src/store/audit/witness.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { fileSigner } from '../../src/store/vault/kms.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

const ROWS = 30;
const signer = fileSigner(randomBytes(32));
let db: FreshDatabase;
let pool: Pool;
let folder: string;
let witness: Witness;

/** Thirty rows of the log, three heads, and a witness who has seen the second and the third. */
beforeEach(async () => {
  db = await freshDatabase();
  pool = createPool(db.url('udvej_sealer'), { max: 4, name: 'test sealer' });
  folder = mkdtempSync(path.join(os.tmpdir(), 'udvej-witness-'));
  witness = fileWitness(path.join(folder, 'heads.jsonl'));
  await rows(ROWS);
  for (let n = 1; n <= 3; n += 1) {
    await sealOnce(pool, signer, 10);
    if (n > 1) await shown();
  }
});
afterEach(async () => {
  await pool.end();
  await db.drop();
  rmSync(folder, { recursive: true, force: true });
});

const rows = (count: number) => db.superuser(`select audit.append(gen_random_uuid(), 'case.opened', gen_random_uuid(), 'æøå ' || n) from generate_series(1, $1::int) n`, [count]);
const shown = async () => {
  const head = await newestHead(pool);
  if (!head) throw new Error('nothing was sealed');
  await witness.show(head);
};
const report = async () => verifyLog(pool, await signer.publicKeys(), await witness.seen());
const findings = async () => (await report()).findings;
const eventOf = (n: number) => `(select l.event_id from audit.leaf l where l.n = ${n})`;

describe('Control 12: whose turn it is', () => {
  it('is a row nobody but the owner can lock: whoever holds locks by number at the web keeps neither seal, rules nor matching', async () => {
    const web = createPool(db.url('udvej_web'), { max: 1, name: 'test web' });
    const worker = createPool(db.url('udvej_worker'), { max: 2, name: 'test worker' });
    const holder = await web.connect();
    try {
      await holder.query('select pg_advisory_lock(n) from generate_series(7038800, 7038899) n');
      await expect(holder.query('select 1 from sec.turn for update')).rejects.toThrow(/permission denied/);
      await rows(1);
      expect(await sealOnce(pool, signer, 10)).toBe(ROWS + 1);
      // Comparing numbers and going through the log keep each other from nothing either.
      const matcher = await worker.connect();
      await matcher.query('begin; set local role udvej_match');
      await matcher.query('select * from match.waiting(1)');
      expect(await db.superuser(`select name, sec.alone_at(name) as free from sec.turn order by name`)).toEqual([{ name: 'match', free: false }, { name: 'review', free: true }, { name: 'seal', free: true }]);
      await matcher.query('rollback');
      matcher.release();
    } finally {
      await holder.query('select pg_advisory_unlock_all()');
      holder.release();
      await Promise.all([web.end(), worker.end()]);
    }
  });
});

describe('Control 12: an untouched log', () => {
  it('is whole, and says what it does not vouch for yet', async () => {
    await rows(2);
    expect(await report()).toMatchObject({ rows: 30, heads: 3, waiting: 2, findings: [] });
    expect(await sealAll(pool, signer)).toBe(32);
    expect(await report()).toMatchObject({ rows: 32, heads: 4, waiting: 0, findings: [] });
  });

  it('has its rows in the order in which they were written, none twice and none left out', async () => {
    const counted = await db.superuser<{ n: string; leaves: string; first: boolean }>(
      `select count(distinct l.event_id) as n, max(l.n) as leaves, bool_and(e.at >= coalesce(before.at, '-infinity')) as first from audit.leaf l join audit.event e on e.id = l.event_id
       left join audit.leaf p on p.n = l.n - 1 and (l.n - 1) % 10 <> 0 left join audit.event before on before.id = p.event_id`,
    );
    expect(counted).toEqual([{ n: String(ROWS), leaves: String(ROWS), first: true }]);
  });

  it('is sealed by one at a time', async () => {
    await rows(500);
    await Promise.all(Array.from({ length: 4 }, () => sealAll(pool, signer, 50)));
    await sealAll(pool, signer, 50);
    expect(await report()).toMatchObject({ rows: 530, waiting: 0, findings: [] });
  });

  it('waits unsealed when the key service does not sign', async () => {
    await rows(3);
    const silent = { ...signer, sign: () => Promise.reject(new Error('the key service is gone')) };
    await expect(sealOnce(pool, silent)).rejects.toThrow('the key service is gone');
    expect(await report()).toMatchObject({ rows: 30, waiting: 3, findings: [] });
  });
});

describe('Control 12: found is that', () => {
  it('a row was changed', async () => {
    await db.superuser(`update audit.event set actor = gen_random_uuid() where id = ${eventOf(7)}`);
    expect(await findings()).toEqual([{ kind: 'changed', n: 7 }]);
  });

  it.each(['at = at + interval \'1 microsecond\'', `action = 'case.denied'`, 'case_ref = null', 'purpose = null'])('one word of it was changed: %s', async (change) => {
    await db.superuser(`update audit.event set ${change} where id = ${eventOf(7)}`);
    expect(await findings()).toEqual([{ kind: 'changed', n: 7 }]);
  });

  it('a row was changed, and its hash with it', async () => {
    await db.superuser(`update audit.event set purpose = 'noget andet' where id = ${eventOf(7)}`);
    await db.superuser('update audit.leaf l set hash = audit.leaf_hash(e) from audit.event e where e.id = l.event_id');
    expect(await findings()).toContainEqual({ kind: 'broken', n: 10 });
  });

  it('a row was changed and every hash after it, without the key', async () => {
    await db.superuser(`update audit.event set purpose = 'noget andet' where id = ${eventOf(7)}`);
    await rewritten(() => Promise.resolve({ keyVersion: 1, signature: randomBytes(64) }));
    expect((await findings()).map(({ kind }) => kind)).toContain('forged');
  });

  it('a row was taken out', async () => {
    await db.superuser(`delete from audit.event where id = ${eventOf(7)}`);
    expect(await findings()).toEqual([{ kind: 'gone', n: 7 }]);
  });

  it('a row was taken out with its number', async () => {
    await db.superuser(`with gone as (delete from audit.leaf where n = 7 returning event_id) delete from audit.event where id in (select event_id from gone)`);
    expect(await findings()).toContainEqual({ kind: 'gap', n: 8 });
  });

  it('two rows changed places', async () => {
    await db.superuser('update audit.leaf set n = case n when 7 then -8 else -7 end where n in (7, 8)');
    await db.superuser('update audit.leaf set n = -n where n < 0');
    expect(await findings()).toContainEqual({ kind: 'broken', n: 10 });
  });

  it('the end was cut off', async () => {
    await db.superuser('delete from audit.event where id in (select event_id from audit.leaf where n > 20)');
    await db.superuser('delete from audit.head where size > 20');
    await db.superuser('delete from audit.leaf where n > 20');
    expect(await findings()).toEqual([{ kind: 'cut', n: 30 }]);
  });

  it('the end was cut off and others grew in its place', async () => {
    await db.superuser('delete from audit.event where id in (select event_id from audit.leaf where n > 20)');
    await db.superuser('delete from audit.head where size > 20');
    await db.superuser('delete from audit.leaf where n > 20');
    await rows(15);
    await sealAll(pool, signer);
    await expect(shown()).resolves.toBeUndefined();
    expect(await findings()).toEqual([{ kind: 'rewritten', n: 30 }]);
  });

  it('all of it was written anew, by somebody who has the key', async () => {
    await db.superuser(`update audit.event set purpose = 'noget andet'`);
    await rewritten((bytes) => signer.sign(bytes));
    expect(await findings()).toEqual([{ kind: 'rewritten', n: 20 }, { kind: 'rewritten', n: 30 }]);
  });

  it('a row was put in without being noted for the seal', async () => {
    await db.superuser('alter table audit.event disable trigger await_seal');
    await rows(1);
    expect(await findings()).toEqual([{ kind: 'outside', n: 1 }]);
  });

  it('a row was taken out while it waited', async () => {
    await rows(1);
    await db.superuser('delete from audit.event e using audit.pending p where p.event_id = e.id');
    await sealAll(pool, signer);
    expect(await findings()).toEqual([{ kind: 'gone', n: 31 }]);
  });

  it('the last heads were taken away', async () => {
    await db.superuser('delete from audit.head where size = 30');
    expect(await findings()).toEqual([{ kind: 'unsigned', n: 10 }]);
  });
});

describe('Control 12: the witness', () => {
  it('refuses a log that has become shorter, and one that is another', async () => {
    const head = await newestHead(pool);
    if (!head) throw new Error('nothing was sealed');
    await expect(witness.show({ ...head, size: 29 })).rejects.toThrow(RefusedByWitness);
    await expect(witness.show({ ...head, hash: randomBytes(32) })).rejects.toThrow(RefusedByWitness);
    await expect(witness.show(head)).resolves.toBeUndefined();
    expect((await witness.seen()).map(({ size }) => size)).toEqual([20, 30]);
  });

  it('is not believed when what it shows was not signed by us', async () => {
    await witness.show({ size: 31, hash: randomBytes(32), keyVersion: 1, signature: randomBytes(64) });
    expect(await findings()).toEqual([{ kind: 'forged', n: 31 }]);
  });
});

/** Works all hashes and heads out anew, as somebody would who wants the log to look whole. */
async function rewritten(sign: (bytes: Buffer) => Promise<{ readonly keyVersion: number; readonly signature: Buffer }>): Promise<void> {
  const all = await pool.query<{ n: number; event_id: string; at_us: string; actor: string; action: string; case_ref: string; purpose: string; head: Buffer | null }>('select * from audit.sealed_rows(0, 1000)');
  let head = NO_ROWS;
  for (const row of all.rows) {
    const leaf = leafOf({ id: row.event_id, at: row.at_us, actor: row.actor, action: row.action, caseRef: row.case_ref, purpose: row.purpose });
    head = after(head, leaf);
    await db.superuser('update audit.leaf set hash = $2 where n = $1', [row.n, leaf]);
    if (row.head === null) continue;
    const { keyVersion, signature } = await sign(headBytes(head));
    await db.superuser('update audit.head set hash = $2, key_version = $3, signature = $4 where size = $1', [row.n, head.hash, keyVersion, signature]);
  }
}
