import { createHmac, randomBytes, verify } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StandInTransit } from '../../../tests/support/stand-in-transit.js';
import { TransitHouse, writings } from '../../../tests/support/transit-house.js';
import type { WrappedKey } from './kms.js';

const KEY = randomBytes(32);
const scopeKeys = (count: number): Buffer[] => Array.from({ length: count }, () => randomBytes(32));
const one = <T>(list: readonly T[]): T => {
  const [only] = list;
  if (only === undefined) throw new Error('nothing there');
  return only;
};

let house: TransitHouse;
beforeAll(async () => {
  house = await TransitHouse.open();
});
afterAll(() => house.transit.close());
afterEach(() => house.transit.recover());

describe('the key service over HTTP (security.md §3, "Keys")', () => {
  it.each([1, 25])('wraps %i scope keys and gives them out again in their order, with one question each time', async (count) => {
    const plain = scopeKeys(count);
    const wrapped = await house.keys().wrap(plain);
    expect(wrapped.map(({ kekVersion }) => kekVersion)).toEqual(plain.map(() => 1));
    expect(await house.keys().unwrap(wrapped)).toEqual(plain);
    expect(house.transit.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST transit/encrypt/scopes', 'POST transit/decrypt/scopes']);
  });

  it('is not asked for the keys of nothing', async () => {
    expect(await house.keys().wrap([])).toEqual([]);
    expect(await house.keys().unwrap([])).toEqual([]);
    expect(await house.keys().rewrap([])).toEqual([]);
    expect(house.transit.asked).toEqual([]);
  });

  it('keeps of a wrapped key what the service made, and nothing of the key', async () => {
    const plain = one(scopeKeys(1));
    const { wrapped } = one(await house.keys().wrap([plain]));
    // The engine's own form: nonce of 12, the key, tag of 16.
    expect(wrapped).toHaveLength(60);
    for (const writing of [plain.toString('latin1'), ...writings(plain)]) expect(wrapped.toString('latin1')).not.toContain(writing);
    expect(one(await house.keys().wrap([plain])).wrapped).not.toEqual(wrapped);
  });

  it('is asked where it is mounted, in its namespace, behind the path it has', async () => {
    const elsewhere = await StandInTransit.open({ mount: 'exit/keys', namespace: 'udvej' });
    try {
      elsewhere.key('scopes', 'aes256-gcm96');
      const there = { url: `${elsewhere.url}/`, token: elsewhere.allow('exit/keys/encrypt/scopes', 'exit/keys/decrypt/scopes'), mount: 'exit/keys' };
      const plain = scopeKeys(2);
      const inside = house.keys({ ...there, namespace: 'udvej' });
      expect(await inside.unwrap(await inside.wrap(plain))).toEqual(plain);
      expect((await house.failureOf(house.keys(there).wrap(plain), plain)).code).toBe('KEYS_REFUSED');
      await house.failureOf(house.keys({ ...there, url: `${elsewhere.url}/behind/`, namespace: 'udvej' }).wrap(plain), plain);
      // An agent may be told to answer nobody who does not say so.
      expect(elsewhere.asked.every(({ headers }) => headers['x-vault-request'] === 'true')).toBe(true);
      expect(elsewhere.asked.at(-1)?.path).toBe('/behind/v1/exit/keys/encrypt/scopes');
    } finally {
      await elsewhere.close();
    }
  });

  it('refuses a scope key of another length before it is sent: it would never come out again', async () => {
    await expect(house.keys().wrap([randomBytes(32), randomBytes(31)])).rejects.toThrow('32 bytes');
    expect(house.transit.asked).toEqual([]);
  });

  it.each<readonly [string, WrappedKey]>([
    ['of version 0', { kekVersion: 0, wrapped: Buffer.alloc(60) }], ['of half a version', { kekVersion: 1.5, wrapped: Buffer.alloc(60) }], ['that is empty', { kekVersion: 1, wrapped: Buffer.alloc(0) }],
  ])('does not ask for a wrapped key %s', async (_what, key) => {
    await expect(house.keys().unwrap([key])).rejects.toThrow('not a key wrapped by this key service');
    await expect(house.keys().rewrap([key])).rejects.toThrow('not a key wrapped by this key service');
    expect(house.transit.asked).toEqual([]);
  });
});

describe('the key service over HTTP: a rotation of the root key (security.md §3, "Root rotation re-wraps only")', () => {
  beforeAll(() => house.startAnew());

  it('wraps new keys under the new version, and still opens the old ones', async () => {
    const plain = scopeKeys(3);
    const before = await house.keys().wrap(plain);
    await house.rotate('scopes');
    const after = await house.keys().wrap(plain);
    expect([before, after].map((all) => all.map(({ kekVersion }) => kekVersion))).toEqual([[1, 1, 1], [2, 2, 2]]);
    expect(await house.keys().unwrap([...before, ...after])).toEqual([...plain, ...plain]);
  });

  it('wraps old keys anew: under the new version, the same key inside, by a token that can open none', async () => {
    const plain = scopeKeys(25);
    const before = await house.keys().wrap(plain);
    await house.rotate('scopes');
    house.transit.recover();
    const rotation = house.rotation();
    const after = await rotation.rewrap(before);
    expect(house.transit.asked.map(({ path }) => path)).toEqual(['transit/rewrap/scopes']);
    expect(new Set(after.map(({ kekVersion }) => kekVersion))).toEqual(new Set([one(before).kekVersion + 1]));
    expect(await house.keys().unwrap(after)).toEqual(plain);
    expect((await house.failureOf(rotation.unwrap(after), plain)).code).toBe('KEYS_REFUSED');
  });

  it('does not open a key under another version than it was wrapped with', async () => {
    const plain = scopeKeys(1);
    const wrapped = await house.keys().wrap(plain);
    await house.rotate('scopes');
    const next = one(wrapped).kekVersion + 1;
    await house.failureOf(house.keys().unwrap(wrapped.map((key) => ({ ...key, kekVersion: next }))), plain);
    await house.failureOf(house.keys().unwrap(wrapped.map((key) => ({ ...key, kekVersion: next + 1 }))), plain);
  });
});

describe('Control 7: a wrapped key opens nowhere else', () => {
  it('is refused under the name of another root key', async () => {
    const plain = scopeKeys(2);
    const token = house.transit.allow('transit/encrypt/others', 'transit/decrypt/others');
    const others = house.keys({ key: 'others', token });
    const wrapped = await others.wrap(plain);
    expect(await others.unwrap(wrapped)).toEqual(plain);
    expect((await house.failureOf(house.keys().unwrap(wrapped), plain)).code).toBe('KEYS_REFUSED');
  });

  it.each<readonly [string, (wrapped: Buffer) => Buffer]>([
    ['with a byte turned', (wrapped) => Buffer.concat([wrapped.subarray(0, 20), Buffer.from([(wrapped[20] ?? 0) ^ 1]), wrapped.subarray(21)])],
    ['with its tag cut to four bytes', (wrapped) => wrapped.subarray(0, -12)],
    ['cut in half', (wrapped) => wrapped.subarray(0, 30)],
  ])('is refused %s, and with it every other key of the question', async (_what, change) => {
    const plain = scopeKeys(3);
    const wrapped = (await house.keys().wrap(plain)).map((key, index) => (index === 1 ? { ...key, wrapped: change(key.wrapped) } : key));
    expect((await house.failureOf(house.keys().unwrap(wrapped), plain)).code).toBe('KEYS_REFUSED');
    // The rewrapping of the others is answered with 200.
    expect((await house.failureOf(house.rotation().rewrap(wrapped), plain)).code).toBe('KEYS_SENSELESS');
  });
});

describe('the key service over HTTP: signatures of the log (security.md §3, "Audit")', () => {
  beforeAll(() => house.startAnew());

  it('signs under the newest version, and every version has its public key', async () => {
    const first = await house.signer().sign(Buffer.from('head 1'));
    await house.rotate('log');
    const second = await house.signer().sign(Buffer.from('head 2'));
    const known = await house.signer().publicKeys();
    expect([first.keyVersion, second.keyVersion, [...known.keys()]]).toEqual([1, 2, [1, 2]]);
    const holds = (said: string, version: number, signature: Buffer): boolean => {
      const key = known.get(version);
      return key !== undefined && verify(null, Buffer.from(said), key, signature);
    };
    expect([holds('head 1', 1, first.signature), holds('head 2', 2, second.signature)]).toEqual([true, true]);
    expect([holds('head 1', 2, first.signature), holds('head 2', 1, second.signature), holds('head 3', 2, second.signature)]).toEqual([false, false, false]);
  });

  it('signs data that is empty, or no text', async () => {
    const known = one([...(await house.signer().publicKeys()).values()].slice(-1));
    for (const data of [Buffer.alloc(0), Buffer.from([0, 255, 254, 10])]) expect(verify(null, data, known, (await house.signer().sign(data)).signature)).toBe(true);
  });

  it('takes no public keys of a key that signs nothing', async () => {
    expect((await house.failureOf(house.signer({ key: 'scopes' }).publicKeys())).code).toBe('KEYS_SENSELESS');
  });
});

describe('the key service over HTTP: the MAC of matching (security.md §3, "Matching")', () => {
  beforeAll(() => house.startAnew());

  it('gives 32 bytes, the same for the same data, and others for other data, another purpose, another key', async () => {
    const macs = [await house.mac().mac(Buffer.from('a')), await house.mac().mac(Buffer.from('b')), await house.mac({ purpose: 'other' }).mac(Buffer.from('a'))];
    expect(macs.map((bytes) => bytes.length)).toEqual([32, 32, 32]);
    expect(await house.mac().mac(Buffer.from('a'))).toEqual(macs[0]);
    house.transit.key('match', 'hmac');
    macs.push(await house.mac().mac(Buffer.from('a')));
    expect(new Set(macs.map((bytes) => bytes.toString('hex'))).size).toBe(4);
  });

  it('stays the same after a rotation, or nobody would be found again; the new version is there for who asks for it', async () => {
    const before = await house.mac().mac(Buffer.from('a'));
    await house.rotate('match');
    expect(await house.mac().mac(Buffer.from('a'))).toEqual(before);
    expect(await house.mac({ keyVersion: 2 }).mac(Buffer.from('a'))).not.toEqual(before);
  });

  it('refuses a MAC of another version than was asked for, and of another length', async () => {
    const answer = (hmac: string) => house.transit.answerWith((real) => ({ ...real, body: { data: { hmac } } }));
    answer(`vault:v2:${randomBytes(32).toString('base64')}`);
    expect((await house.failureOf(house.mac().mac(Buffer.from('a')))).code).toBe('KEYS_SENSELESS');
    answer(`vault:v1:${createHmac('sha512', 'x').digest('base64')}`);
    expect((await house.failureOf(house.mac().mac(Buffer.from('a')))).code).toBe('KEYS_SENSELESS');
    answer(`vault:v1:${randomBytes(32).toString('base64')}`);
    expect(await house.mac().mac(Buffer.from('a'))).toHaveLength(32);
  });

  it.each(['', 'two words', 'match:v1', 'MATCH'])('has a purpose of one word, not "%s"', (purpose) => {
    expect(() => house.mac({ purpose })).toThrow('one word');
  });
});

describe('the key service over HTTP, when its answer is not whole (F8)', () => {
  let wrappedKey: WrappedKey;
  beforeAll(async () => {
    house.startAnew();
    wrappedKey = one(await house.keys().wrap([KEY]));
  });

  const changed = (change: (data: Readonly<Record<string, unknown>>) => unknown): void =>
    house.transit.answerWith((real) => ({ ...real, body: { ...(real.body as object), data: change((real.body as { data: Readonly<Record<string, unknown>> }).data) } }));
  const results = (change: (results: readonly Readonly<Record<string, unknown>>[]) => unknown): void =>
    changed((data) => ({ ...data, batch_results: change(data['batch_results'] as readonly Readonly<Record<string, unknown>>[]) }));

  it.each<readonly [string, (all: readonly Readonly<Record<string, unknown>>[]) => unknown]>([
    ['too few', (all) => all.slice(1)], ['too many', (all) => [...all, ...all.slice(0, 1)]], ['none', () => []], ['none at all', () => undefined],
    ['one with an error', (all) => all.map((result, index) => (index === 2 ? { error: 'cipher: message authentication failed' } : result))],
    ['one with an error beside its result', (all) => all.map((result, index) => (index === 2 ? { ...result, error: 'internal error' } : result))],
    ['one that is missing', (all) => all.map((result, index) => (index === 2 ? null : result))], ['one that is empty', (all) => all.map((result, index) => (index === 2 ? {} : result))],
  ])('gives all keys or none: %s', async (_what, change) => {
    const plain = scopeKeys(4);
    const wrapped = await house.keys().wrap(plain);
    results(change);
    for (const ask of [() => house.keys().wrap(plain), () => house.keys().unwrap(wrapped), () => house.rotation().rewrap(wrapped)])
      expect((await house.failureOf(ask(), plain)).code).toBe('KEYS_SENSELESS');
  });

  it.each([0, 16, 31, 33, 64])('gives no scope key of %i bytes', async (length) => {
    const wrong = randomBytes(length);
    results((all) => all.map((result, index) => (index === 1 ? { plaintext: wrong.toString('base64') } : result)));
    expect((await house.failureOf(house.keys().unwrap([wrappedKey, wrappedKey]), length === 0 ? [KEY] : [KEY, wrong])).code).toBe('KEYS_SENSELESS');
  });

  it.each(['not base64!', `${KEY.toString('base64')}!`, KEY.toString('base64').replace('=', ''), KEY.toString('hex'), ` ${KEY.toString('base64')}`])('gives no scope key written otherwise', async (plaintext) => {
    results((all) => all.map(() => ({ plaintext })));
    expect((await house.failureOf(house.keys().unwrap([wrappedKey]), [KEY])).code).toBe('KEYS_SENSELESS');
  });

  it.each(['vault:v0:AAAA', 'vault:v01:AAAA', 'vault:v-1:AAAA', 'vault:v1.5:AAAA', 'vault:v9999999999:AAAA', 'vault:v1:', 'vault:v1:AAA', 'vault:v1:AA=A', 'vault:v1:A_-A', 'vault:v1:AAAA:AAAA', 'vault:v1:AAAA\n', ' vault:v1:AAAA', 'other:v1:AAAA', 'v1:AAAA', 'AAAA', ''])(
    'takes no wrapped key written as "%s"',
    async (ciphertext) => {
      results((all) => all.map(() => ({ ciphertext })));
      expect((await house.failureOf(house.keys().wrap([KEY]), [KEY])).code).toBe('KEYS_SENSELESS');
      expect((await house.failureOf(house.rotation().rewrap([wrappedKey]), [KEY])).code).toBe('KEYS_SENSELESS');
    },
  );

  it('takes no keys wrapped under two versions at once: the key table writes down one', async () => {
    results((all) => all.map((result, index) => ({ ...result, ciphertext: `vault:v${index + 1}:${Buffer.alloc(60).toString('base64')}` })));
    expect((await house.failureOf(house.keys().wrap(scopeKeys(2)))).code).toBe('KEYS_SENSELESS');
    expect(await house.keys().wrap(scopeKeys(1))).toHaveLength(1);
  });

  it('takes an empty error for none', async () => {
    results((all) => all.map((result) => ({ ...result, error: '' })));
    expect(await house.keys().unwrap([wrappedKey])).toEqual([KEY]);
  });

  it.each([0, 32, 63, 65, 128])('takes no signature of %i bytes', async (length) => {
    changed(() => ({ signature: `vault:v1:${randomBytes(length).toString('base64')}` }));
    expect((await house.failureOf(house.signer().sign(KEY), [KEY])).code).toBe('KEYS_SENSELESS');
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['of another kind', { type: 'ecdsa-p256', keys: { 1: { public_key: randomBytes(32).toString('base64') } } }],
    ['that is empty, as of a derived key', { type: 'ed25519', keys: { 1: { public_key: '' } } }],
    ['that is too short', { type: 'ed25519', keys: { 1: { public_key: randomBytes(31).toString('base64') } } }],
    ['of no version', { type: 'ed25519', keys: { latest: { public_key: randomBytes(32).toString('base64') } } }],
    ['of version 0', { type: 'ed25519', keys: { 0: { public_key: randomBytes(32).toString('base64') } } }],
    ['that is a time', { type: 'ed25519', keys: { 1: 1_700_000_000 } }],
  ])('takes no public key %s', async (_what, data) => {
    changed(() => data);
    expect((await house.failureOf(house.signer().publicKeys())).code).toBe('KEYS_SENSELESS');
  });
});
