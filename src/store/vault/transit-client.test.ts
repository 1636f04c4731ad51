import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type StandInAnswer, StandInTransit } from '../../../tests/support/stand-in-transit.js';
import { MADE_UP, said, TransitHouse } from '../../../tests/support/transit-house.js';
import type { WrappedKey } from './kms.js';
import type { KeyServiceFailed, TransitOptions } from './transit-client.js';

const KEY = randomBytes(32);
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

/** Every question there is, each by the program whose it is. */
const QUESTIONS: readonly (readonly [string, (given?: Partial<TransitOptions>) => Promise<unknown>])[] = [
  ['encrypt', (given) => house.keys(given).wrap([KEY])],
  ['decrypt', (given) => house.keys(given).unwrap([wrappedKey])],
  ['rewrap', (given) => house.keys({ token: house.tokens.rotation, ...given }).rewrap([wrappedKey])],
  ['sign', (given) => house.signer(given).sign(KEY)],
  ['keys', (given) => house.signer(given).publicKeys()],
  ['hmac', (given) => house.mac(given).mac(KEY)],
];
let wrappedKey: WrappedKey;

describe('the key service over HTTP: who may ask what (control 16)', () => {
  beforeAll(async () => {
    house.startAnew();
    wrappedKey = one(await house.keys().wrap([KEY]));
  });

  it.each(QUESTIONS)('answers nothing to a token it does not know: %s', async (operation, ask) => {
    const failed = await house.failureOf(ask({ token: MADE_UP }), [KEY]);
    expect([failed.code, failed.message]).toEqual(['KEYS_REFUSED', `the key service, asked for ${operation}: it answered 403`]);
  });

  it('lets the program that answers people neither sign for the log, nor read its keys, nor make MACs', async () => {
    const token = house.tokens.web;
    const signer = house.signer({ token });
    for (const ask of [() => signer.sign(KEY), () => signer.publicKeys(), () => house.mac({ token }).mac(KEY), () => house.mac({ token, key: 'scopes' }).mac(KEY)])
      expect((await house.failureOf(ask(), [KEY])).message).toMatch(/answered 403$/);
  });

  it('lets the worker open no scope key, nor wrap one', async () => {
    const keys = house.keys({ token: house.tokens.worker });
    for (const ask of [() => keys.wrap([KEY]), () => keys.unwrap([wrappedKey]), () => keys.rewrap([wrappedKey])])
      expect((await house.failureOf(ask(), [KEY])).message).toMatch(/answered 403$/);
  });

  it('makes no key of a name that is misspelled', async () => {
    const key = 'misspelled';
    const failed: KeyServiceFailed[] = [];
    for (const ask of [() => house.keys({ key }).wrap([KEY]), () => house.signer({ key }).sign(KEY), () => house.mac({ key }).mac(KEY), () => house.signer({ key }).publicKeys()])
      failed.push(await house.failureOf(ask(), [KEY]));
    expect(failed.map(({ message }) => message.slice(-3))).toEqual(['400', '400', '400', '404']);
    expect(failed.map(({ code }) => code)).toEqual(failed.map(() => 'KEYS_REFUSED'));
  });

  it('decrypts nothing with a key that signs', async () => {
    expect((await house.failureOf(house.keys({ key: 'log' }).unwrap([wrappedKey]), [KEY])).message).toMatch(/answered 400$/);
  });
});

describe('the key service over HTTP, when no whole answer comes (F8)', () => {
  beforeAll(async () => {
    house.startAnew();
    wrappedKey = one(await house.keys().wrap([KEY]));
  });

  it.each(QUESTIONS)('is unavailable while it is sealed, and as before afterwards: %s', async (operation, ask) => {
    house.transit.seal();
    const failed = await house.failureOf(ask(), [KEY]);
    expect([failed.code, failed.message]).toEqual(['KEYS_UNAVAILABLE', `the key service, asked for ${operation}: it answered 503`]);
    house.transit.recover();
    await ask();
  });

  it.each(QUESTIONS)('is waited for no longer than agreed: %s', async (_operation, ask) => {
    for (const sends of ['nothing', 'half'] as const) {
      house.transit.hang(sends);
      const failed = await house.failureOf(ask({ timeoutMs: 60 }), [KEY]);
      expect([failed.code, failed.message]).toEqual(['KEYS_UNAVAILABLE', expect.stringMatching(/no answer in 60 ms$/)]);
    }
    // What is said of the time is not enough: it must not have taken longer either.
  }, 4_000);

  it('is waited for five seconds where nothing was agreed', async () => {
    const patience = vi.spyOn(AbortSignal, 'timeout');
    try {
      await house.keys().wrap([KEY]);
      expect(patience.mock.calls).toEqual([[5_000]]);
    } finally {
      patience.mockRestore();
    }
  });

  it.each(QUESTIONS)('has not answered when it hangs up in the middle: %s', async (_operation, ask) => {
    house.transit.hangUp();
    expect((await house.failureOf(ask(), [KEY])).code).toBe('KEYS_UNAVAILABLE');
  });

  it.each(QUESTIONS)('is unavailable when nobody is there: %s', async (_operation, ask) => {
    const gone = await StandInTransit.open();
    const { url } = gone;
    await gone.close();
    const failed = await house.failureOf(ask({ url }), [KEY]);
    expect([failed.code, failed.message]).toEqual(['KEYS_UNAVAILABLE', expect.stringMatching(/no answer \(ECONNREFUSED\)$/)]);
  });

  it.each(QUESTIONS)('says nothing of what the failure of a line says: %s', async (_operation, ask) => {
    const all = Object.values(house.tokens).join(' ');
    const lost = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError(all, { cause: Object.assign(new Error(all), { code: all }) }));
    try {
      expect((await house.failureOf(ask(), [KEY])).message).toMatch(/: no answer$/);
    } finally {
      lost.mockRestore();
    }
  });

  it.each(QUESTIONS)('is not followed to another address, and the token does not go there: %s', async (_operation, ask) => {
    const elsewhere = await StandInTransit.open();
    try {
      house.transit.answerWith(() => ({ status: 307, body: '', headers: { location: `${elsewhere.url}/v1/transit/encrypt/scopes` } }));
      expect((await house.failureOf(ask(), [KEY])).code).toBe('KEYS_UNAVAILABLE');
      expect(elsewhere.asked).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  it.each<readonly [number, KeyServiceFailed['code']]>([
    [400, 'KEYS_REFUSED'], [403, 'KEYS_REFUSED'], [404, 'KEYS_REFUSED'], [429, 'KEYS_UNAVAILABLE'], [500, 'KEYS_UNAVAILABLE'], [502, 'KEYS_UNAVAILABLE'], [204, 'KEYS_SENSELESS'], [202, 'KEYS_SENSELESS'],
  ])('has not answered with a status of %i, whatever stands in it', async (status, code) => {
    house.transit.answerWith((real) => ({ ...real, status, body: status === 204 ? '' : real.body }));
    for (const [, ask] of QUESTIONS) expect((await house.failureOf(ask(), [KEY])).code).toBe(code);
  });

  const quoting = (): string => `${KEY.toString('base64')} ${house.tokens.web} ${house.tokens.worker} ${house.tokens.rotation}`;
  it.each<readonly [string, () => StandInAnswer]>([
    ['a page of HTML', () => ({ status: 200, body: `<html><body>${quoting()}</body></html>`, headers: { 'content-type': 'text/html' } })],
    ['a page of HTML about an error', () => ({ status: 502, body: `<html><body>${quoting()}</body></html>`, headers: { 'content-type': 'text/html' } })],
    ['an error that quotes what was sent', () => ({ status: 400, body: { errors: [quoting()] } })],
    ['a text that begins as JSON does', () => ({ status: 200, body: `{"data": ${quoting()}` })],
    ['a JSON text', () => ({ status: 200, body: JSON.stringify(quoting()) })],
    ['nothing', () => ({ status: 200, body: '' })],
    ['null', () => ({ status: 200, body: 'null' })],
    ['fields of another kind', () => ({ status: 200, body: { data: { batch_results: quoting(), signature: [quoting()], hmac: { [quoting()]: 1 }, type: 'ed25519', keys: { [quoting()]: {} } } } })],
    ['no data', () => ({ status: 200, body: { data: null } })],
    ['data without fields', () => ({ status: 200, body: { data: {} } })],
  ])('has not answered with %s, and nothing of that is told', async (_what, answer) => {
    house.transit.answerWith(answer);
    for (const [, ask] of QUESTIONS) await house.failureOf(ask(), [KEY]);
  });
});

describe('the key service over HTTP: where it is and who asks', () => {
  it.each(['http://vault.example.dk:8200', 'http://10.0.0.5:8200', 'http://localhost.example.dk', 'ftp://127.0.0.1'])('is not asked in clear text outside this machine: %s', (url) => {
    expect(() => house.keys({ url })).toThrow('https');
  });

  it.each(['https://vault.example.dk:8200', 'https://vault.example.dk/keys/', 'http://127.0.0.1:8200', 'http://localhost:8200', 'http://[::1]:8200'])('may be at %s', (url) => {
    expect(() => house.keys({ url })).not.toThrow();
  });

  const refusalOf = (given: Partial<TransitOptions>): string => {
    try {
      house.keys(given);
    } catch (error) {
      return said(error);
    }
    throw new Error('it was taken');
  };

  it.each(['', 'not an address', 'https://user:secret-word@vault.example.dk', 'https://secret-word@vault.example.dk', 'https://vault.example.dk/?a=secret-word', 'https://vault.example.dk/#secret-word'])('is not at "%s", nor is that repeated', (url) => {
    expect(refusalOf({ url })).toContain('the address of the key service');
    expect(refusalOf({ url })).not.toContain('secret-word');
  });

  it.each(['', 'secret-word\r\nx-other: 1', 'secret-word and more', 'secret-wørd'])('takes no token that cannot be sent, nor repeats it: %j', (token) => {
    expect(refusalOf({ token })).toContain('the token of the key service');
    expect(refusalOf({ token })).not.toContain('secret-w');
  });

  it.each<readonly [string, Partial<TransitOptions>]>([
    ['a key that is another path', { key: '../sys/seal' }], ['a key of two parts', { key: 'a/b' }], ['a key with a question', { key: 'a?b' }], ['no key', { key: '' }], ['a key of dots', { key: '..' }],
    ['a mount that is another path', { mount: '../sys' }], ['a mount that ends in one', { mount: 'transit/..' }], ['no mount', { mount: '' }], ['a mount with an empty part', { mount: 'a//b' }],
    ['a namespace of two lines', { namespace: 'a\nb' }], ['an empty namespace', { namespace: '' }],
  ])('takes no name for %s', (_what, given) => {
    expect(refusalOf(given)).toContain('cannot be one');
  });
});
