import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCase } from '../../src/app/open-case.js';
import { type CasePlace, type TextPlace, ScopeSecret, seal, unseal } from '../../src/store/vault/envelope.js';
import { fileKeyService } from '../../src/store/vault/kms.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { noLimits } from '../support/wall-house.js';

const place: CasePlace = { table: 'case_body', caseId: '00000000-0000-4000-8000-000000000001', version: 3, type: 'NoteAdded', scopeId: '00000000-0000-4000-8000-000000000002' };

describe('Control 7: a sealed text', () => {
  const secret = new ScopeSecret(randomBytes(32), 1);
  const text = 'Møder på biblioteket kl. 16';
  const sealed = seal(secret, place, text);

  it('opens where it was sealed', () => {
    expect(unseal(secret, place, sealed)).toBe(text);
  });

  it.each<readonly [string, Partial<CasePlace>]>([
    ['in another table and column', { table: 'case_event' }], ['in another case', { caseId: '00000000-0000-4000-8000-000000000009' }], ['at another version', { version: 4 }],
    ['under another type', { type: 'NoteCorrected' }], ['in another scope', { scopeId: '00000000-0000-4000-8000-000000000009' }],
  ])('opens not %s', (_where, other) => {
    expect(() => unseal(secret, { ...place, ...other }, sealed)).toThrow();
  });

  it('for guidance opens where it was sealed and not as the answer, at another question or in a case (FM-NCP-6)', () => {
    const question: TextPlace = { table: 'text', column: 'question_ct', id: place.caseId };
    const asked = seal(secret, question, text);
    expect(unseal(secret, question, asked)).toBe(text);
    for (const other of [{ ...question, column: 'answer_ct' as const }, { ...question, id: place.scopeId }, place]) expect(() => unseal(secret, other, asked)).toThrow();
  });

  it('opens not with another key, nor one of another version', () => {
    expect(() => unseal(new ScopeSecret(randomBytes(32), 1), place, sealed)).toThrow();
    expect(() => unseal(new ScopeSecret(randomBytes(32), 2), place, sealed)).toThrow('another version');
  });

  it('opens not with any one bit turned, wherever it stands', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const bent = Buffer.from(sealed);
      bent[at] = (bent[at] ?? 0) ^ (1 << (at % 8));
      expect(() => unseal(secret, place, bent), `byte ${at}`).toThrow();
    }
  });

  it('opens not cut anywhere, lengthened, or with its tag cut to four bytes', () => {
    for (let length = 0; length < sealed.length; length += 1) expect(() => unseal(secret, place, sealed.subarray(0, length)), `${length} bytes`).toThrow();
    expect(() => unseal(secret, place, Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow();
    for (const tag of [4, 8, 12]) expect(() => unseal(secret, place, Buffer.concat([sealed.subarray(0, -16), sealed.subarray(-16, -16 + tag)]))).toThrow();
  });

  it('tells nothing by being sealed twice, and of its length only the step', () => {
    const again = seal(secret, place, text);
    expect(again.equals(sealed)).toBe(false);
    expect(again.subarray(5, 17).equals(sealed.subarray(5, 17))).toBe(false);
    const sizes = (lengths: readonly number[]) => new Set(lengths.map((length) => seal(secret, place, 'x'.repeat(length)).length));
    expect(sizes([0, 1, 30, 60]).size).toBe(1);
    expect(sizes([61, 200, 252]).size).toBe(1);
    expect(sizes(Array.from({ length: 200 }, (_, n) => n * 100)).size).toBeLessThanOrEqual(6);
  });
});

describe('Control 7: a wrapped key', () => {
  it('opens not changed, cut, under another root, or said to be of another one', async () => {
    const keys = fileKeyService(randomBytes(32));
    const [wrapped] = await keys.wrap([randomBytes(32)]);
    if (!wrapped) throw new Error('nothing was wrapped');
    const tries = (change: Buffer, kekVersion = wrapped.kekVersion) => Promise.resolve().then(() => keys.unwrap([{ kekVersion, wrapped: change }]));
    for (let at = 0; at < wrapped.wrapped.length; at += 1) {
      const bent = Buffer.from(wrapped.wrapped);
      bent[at] = (bent[at] ?? 0) ^ 1;
      await expect(tries(bent), `byte ${at}`).rejects.toThrow();
    }
    await expect(tries(wrapped.wrapped.subarray(0, -12))).rejects.toThrow();
    await expect(tries(wrapped.wrapped, 2)).rejects.toThrow();
    await expect(Promise.resolve().then(() => fileKeyService(randomBytes(32)).unwrap([wrapped]))).rejects.toThrow();
  });
});

describe('Control 7: ciphertext in the database, moved by somebody who may write anything there', () => {
  let house: TestHouse;
  let mine: string;
  let other: string;
  beforeAll(async () => {
    house = await testHouse(noLimits);
    mine = await takenCase(house);
    other = await takenCase(house);
    for (const id of [mine, other]) {
      for (const text of ['Første notat', 'Andet notat']) await house.does('municipal', id, 'journal.add', { text, kind: 'personal' });
      for (const text of ['Helbred et', 'Helbred to']) await house.does('municipal', id, 'journal.add', { text, kind: 'health' });
    }
  });
  afterAll(() => house.close());

  /** Exchanges one value of two rows, past all triggers, looks at the case, and puts it back. */
  const exchanged = async (one: string, two: string): Promise<unknown> => {
    const [table = '', column = ''] = one.split(' ');
    const [table2 = '', column2 = ''] = two.split(' ');
    const where = (of: string) => of.split(' where ')[1] ?? 'false';
    const read = async (from: string, what: string, of: string) => (await house.db.superuser<{ v: Buffer }>(`select ${what} as v from ${from} where ${where(of)}`))[0]?.v;
    const [a, b] = [await read(table, column, one), await read(table2, column2, two)];
    if (!a || !b) throw new Error(`nothing to exchange: ${one} | ${two}`);
    const write = (from: string, what: string, of: string, value: Buffer) => house.db.superuser(`update ${from} set ${what} = $1 where ${where(of)}`, [value]);
    await house.db.superuser(`set session_replication_role = replica`);
    try {
      await write(table, column, one, b);
      await write(table2, column2, two, a);
      return await openCase(house, house.tokens.municipal, mine, 'overview').then((opened) => opened.kind, (error: unknown) => error);
    } finally {
      await write(table, column, one, a);
      await write(table2, column2, two, b);
      await house.db.superuser('set session_replication_role = origin');
    }
  };
  const body = (id: string, version: number) => `app.case_body body_ct where case_id = '${id}' and version = ${version} and n = 0`;
  const core = (id: string, version: number) => `app.case_event core_ct where case_id = '${id}' and version = ${version}`;

  it.each<readonly [string, () => readonly [string, string]]>([
    ['between two notes of one scope', () => [body(mine, 3), body(mine, 4)]], ['between two scopes', () => [body(mine, 3), body(mine, 5)]], ['between two cases', () => [body(mine, 3), body(other, 3)]],
    ['of an older version to a newer one', () => [core(mine, 2), core(mine, 3)]], ['between two cores of one type', () => [core(mine, 3), core(mine, 4)]], ['between the cores of two cases', () => [core(mine, 1), core(other, 1)]],
    ['between two columns', () => [core(mine, 3), body(mine, 3)]],
  ])('%s: is refused', async (_what, swap) => {
    const [one, two] = swap();
    expect(await exchanged(one, two)).toBeInstanceOf(Error);
    expect((await openCase(house, house.tokens.municipal, mine, 'overview')).kind).toBe('open');
  });

  it.each<readonly [string, string]>([
    ['cut to a tag of four bytes', 'substr(body_ct, 1, length(body_ct) - 12)'], ['cut in half', 'substr(body_ct, 1, length(body_ct) / 2)'], ['emptied', `''::bytea`], ['with a byte turned', 'set_byte(body_ct, 40, 255 - get_byte(body_ct, 40))'],
    ['said to be of another key', 'set_byte(body_ct, 1, 2)'],
  ])('%s: is refused', async (_what, change) => {
    const where = `case_id = '${mine}' and version = 3 and n = 0`;
    const [row] = await house.db.superuser<{ v: Buffer }>(`select body_ct as v from app.case_body where ${where}`);
    await house.db.superuser(`set session_replication_role = replica`);
    try {
      await house.db.superuser(`update app.case_body set body_ct = ${change} where ${where}`);
      await expect(openCase(house, house.tokens.municipal, mine, 'overview')).rejects.toThrow();
    } finally {
      await house.db.superuser(`update app.case_body set body_ct = $1 where ${where}`, [row?.v]);
      await house.db.superuser('set session_replication_role = origin');
    }
  });

  it.each([['said to be of another kind', `update app.case_event set type = 'NoteCorrected' where type = 'NoteAdded' and version = 3 and case_id = $1`, `update app.case_event set type = 'NoteAdded' where version = 3 and case_id = $1`],
    ['moved to another scope', `update app.case_body set scope_id = (select id from app.scope where case_id = $1 and kind = 'health') where version = 3 and case_id = $1`,
      `update app.case_body set scope_id = (select id from app.scope where case_id = $1 and kind = 'general') where version = 3 and case_id = $1`]])('%s: is refused', async (_what, change, back) => {
    await house.db.superuser(`set session_replication_role = replica`);
    try {
      await house.db.superuser(change, [mine]);
      await expect(openCase(house, house.tokens.municipal, mine, 'overview')).rejects.toThrow();
    } finally {
      await house.db.superuser(back, [mine]);
      await house.db.superuser('set session_replication_role = origin');
    }
  });
});
