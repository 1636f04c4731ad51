import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkCount, SEALED_CHUNK, sealChunks, unsealChunks } from '../../src/store/vault/chunks.js';
import { ScopeSecret } from '../../src/store/vault/envelope.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';
import { takenCase, testHouse } from '../support/house.js';
import { laid, pdf } from '../support/uploads.js';
import { type TestWeb, testWeb } from '../support/web.js';

const KIB = 1024;
const place = { caseId: randomUUID(), scopeId: randomUUID(), fileId: randomUUID() };
const secret = new ScopeSecret(randomBytes(32), 1);
const file = randomBytes(200 * KIB);
const sealed = (bytes = file, at = place, by = secret): Buffer[] =>
  Array.from({ length: chunkCount(bytes.length) }, (_, n) => sealChunks(by, at, bytes, n, n + 1));
const opens = (chunks: readonly Buffer[], at = place, by = secret): Buffer => unsealChunks(by, at, [...chunks]);

describe('a file of chunks (security.md, control 32)', () => {
  it.each([0, 1, 64 * KIB - 9, 64 * KIB - 8, 64 * KIB - 7, 64 * KIB, 64 * KIB + 1, 128 * KIB - 8, 128 * KIB - 7, 200 * KIB, 600 * KIB])('of %i bytes comes back as it was', (length) => {
    const bytes = randomBytes(length);
    expect(opens(sealed(bytes)).equals(bytes)).toBe(true);
    // In whatever pieces the database gives it.
    expect(opens([Buffer.concat(sealed(bytes))]).equals(bytes)).toBe(true);
  });

  it('shows of its length only a power of two', () => {
    expect([0, 1, 64 * KIB - 8, 64 * KIB, 130 * KIB, 200 * KIB, 50 * KIB * KIB].map(chunkCount)).toEqual([1, 1, 1, 2, 4, 4, 1024]);
    expect(new Set([...sealed(), ...sealed(randomBytes(1))].map(({ length }) => length))).toEqual(new Set([SEALED_CHUNK]));
  });

  it('throws when it is cut, at each border and inside each chunk, from either end', () => {
    const whole = Buffer.concat(sealed());
    for (let n = 0; n <= 4; n += 1) {
      for (const inside of [0, 1, 5, 17, 100, SEALED_CHUNK / 2, SEALED_CHUNK - 16, SEALED_CHUNK - 1]) {
        const at = Math.floor(n * SEALED_CHUNK + inside);
        if (at >= whole.length) continue;
        expect(() => opens([whole.subarray(0, at)]), `cut at ${at}`).toThrow();
        if (at > 0) expect(() => opens([whole.subarray(at)]), `begun at ${at}`).toThrow();
      }
    }
    for (let n = 0; n < 4; n += 1) expect(() => opens(sealed().filter((_, one) => one !== n)), `without ${n}`).toThrow();
  });

  it('throws when its chunks stand in another order, come twice, or have others among them', () => {
    const [a, b, c, d] = sealed() as [Buffer, Buffer, Buffer, Buffer];
    const other = sealed(randomBytes(200 * KIB), { ...place, fileId: randomUUID() });
    const again = sealed();
    for (const chunks of [[b, a, c, d], [a, c, b, d], [a, b, d, c], [a, a, b, c], [a, b, b, d], [a, b, c, d, d], [a, a, b, c, d], [d, d, d, d], [a, b, c, d, a, b, c, d], [a, b, c, other[3] ?? a], [other[0] ?? a, b, c, d]]) {
      expect(() => opens(chunks)).toThrow();
    }
    // Of the very same file, sealed twice: each chunk is in its place, and says the same.
    expect(opens([a, again[1] ?? b, c, d]).equals(file)).toBe(true);
  });

  it('throws when a shorter file’s end is put behind a longer one’s beginning', () => {
    const short = sealed(file.subarray(0, 100 * KIB));
    expect(() => opens([sealed()[0] ?? Buffer.alloc(0), short[1] ?? Buffer.alloc(0)])).toThrow();
  });

  it.each([['case', { caseId: randomUUID() }], ['scope', { scopeId: randomUUID() }], ['file', { fileId: randomUUID() }]])('throws in another %s', (_name, other) => {
    expect(() => opens(sealed(), { ...place, ...other })).toThrow();
  });

  it('throws under another key, and under the key of another version', () => {
    expect(() => opens(sealed(), place, new ScopeSecret(randomBytes(32), 1))).toThrow();
    const one = randomBytes(32);
    expect(() => opens(sealed(file, place, new ScopeSecret(one, 1)), place, new ScopeSecret(one, 2))).toThrow();
  });

  it('throws when a single bit of it is changed, wherever it stands', () => {
    const whole = Buffer.concat(sealed());
    for (let n = 0; n < 200; n += 1) {
      const at = Math.floor((whole.length / 200) * n);
      const changed = Buffer.from(whole);
      changed.writeUInt8((changed[at] ?? 0) ^ 1, at);
      expect(() => opens([changed]), `at ${at}`).toThrow();
    }
  });
});

describe('a file in the database that somebody laid hands on', () => {
  let web: TestWeb;
  let mine: string;
  let others: string;
  let one: string;
  let two: string;
  let theirs: string;
  let health: string;
  const inside = (sql: string) => web.house.db.superuser(`do $$ begin set local session_replication_role = replica; ${sql}; end $$`);
  const fetched = (file_: string) => web.get('municipal', `/sager/${mine}/bilag/${file_}`);
  beforeAll(async () => {
    web = await testWeb(await testHouse(noLimits), 1_000_000);
    mine = await takenCase(web.house);
    others = await caseOfFyn(web.house);
    one = await laid(web, 'municipal', mine, pdf('Den første', 200 * KIB));
    two = await laid(web, 'municipal', mine, pdf('Den anden', 200 * KIB));
    health = await laid(web, 'municipal', mine, pdf('Helbred', 200 * KIB), { kind: 'health' });
    theirs = await laid(web, 'odense', others, pdf('Deres', 200 * KIB));
  });
  afterAll(() => web.close());

  it('is not handed out at all, whatever was done to it', async () => {
    const chunk = (of: string, n: number): string => `(select ct from app.attachment_chunk where attachment_id = '${of}' and n = ${n})`;
    const put = (n: number, ct: string): string => `update app.attachment_chunk set ct = ${ct} where attachment_id = '${one}' and n = ${n}`;
    const swapped = (n: number, m: number): string =>
      `update app.attachment_chunk c set ct = (select o.ct from app.attachment_chunk o where o.attachment_id = '${one}' and o.n = ${n + m} - c.n) where c.attachment_id = '${one}' and c.n in (${n}, ${m})`;
    await web.house.db.superuser('create table public.whole as select * from app.attachment_chunk');
    await web.house.db.superuser('create table public.whole_files as select * from app.attachment');
    const acts: Readonly<Record<string, string>> = {
      ...Object.fromEntries([0, 1, 2, 3].map((n) => [`without chunk ${n}`, `delete from app.attachment_chunk where attachment_id = '${one}' and n = ${n}`])),
      ...Object.fromEntries([0, 1, 2, 3].map((n) => [`cut at border ${n}`, `delete from app.attachment_chunk where attachment_id = '${one}' and n >= ${n}`])),
      ...Object.fromEntries([0, 1, 2, 3].map((n) => [`cut inside chunk ${n}`, put(n, 'substr(ct, 1, 1000)')])),
      'two chunks in each other’s place': swapped(0, 1),
      'the last in the place of the one before': swapped(2, 3),
      'a chunk twice': put(1, chunk(one, 0)),
      'the last once more at the end': `insert into app.attachment_chunk select attachment_id, 4, case_id, scope_id, ct from app.attachment_chunk where attachment_id = '${one}' and n = 3`,
      'a chunk of another file of the case': put(1, chunk(two, 1)),
      'a chunk of another scope': put(1, chunk(health, 1)),
      'a chunk of another case': put(1, chunk(theirs, 1)),
      'the whole of another file of the case': `update app.attachment_chunk c set ct = (select o.ct from app.attachment_chunk o where o.attachment_id = '${two}' and o.n = c.n) where c.attachment_id = '${one}'`,
      'the whole of another case’s file': `update app.attachment_chunk c set ct = (select o.ct from app.attachment_chunk o where o.attachment_id = '${theirs}' and o.n = c.n) where c.attachment_id = '${one}'`,
      'said to be told of by another event': `update app.attachment set version = (select version from app.case_event where case_id = '${mine}' and type = 'InquiryTaken') where id = '${one}'`,
      'a bit changed': put(2, 'set_byte(ct, 5000, get_byte(ct, 5000) # 1)'),
    };
    const served: string[] = [];
    for (const [what, sql] of Object.entries(acts)) {
      await inside(sql);
      const reply = await fetched(one);
      if (reply.statusCode === 200 || reply.body.includes('%PDF') || reply.headers['content-disposition'] !== undefined) served.push(`${what}: ${reply.statusCode}`);
      await inside('delete from app.attachment_chunk; delete from app.attachment; insert into app.attachment select * from public.whole_files; insert into app.attachment_chunk select * from public.whole');
    }
    expect(served).toEqual([]);
    // And when it is as it was, it is handed out.
    expect((await fetched(one)).rawPayload.equals(pdf('Den første', 200 * KIB))).toBe(true);
  });

  it('cannot be changed or taken away while its case stands, not by the owner either; and goes when the case’s keys have gone', async () => {
    for (const sql of [`update app.attachment_chunk set ct = ''`, 'delete from app.attachment_chunk', `update app.attachment set version = 1`, `select sec.remove_attachments('${mine}')`]) {
      await expect(web.house.db.superuser(sql), sql).rejects.toThrow('immutable');
    }
    await web.house.db.superuser('update app.exit_case set shredded_at = now() where id = $1', [mine]);
    expect(await web.house.db.superuser('select sec.remove_attachments($1) as n', [mine])).toEqual([{ n: 3 }]);
    const left = await web.house.db.superuser<{ of: string; n: string }>('select case_id as of, count(*) as n from app.attachment_chunk group by case_id');
    expect(left).toEqual([{ of: others, n: '4' }]);
  });
});
