import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openPending, sealPending } from './pending-login.js';

const key = randomBytes(32);
const pending = { issuer: 'https://id.example', state: 's', nonce: 'n', verifier: 'v', returnTo: '/sager', since: 1, stepUp: { before: 'ab'.repeat(32), level: 'high' } };
const BEGUN = Date.parse('2026-11-23T09:42:00Z');
const MINUTES = 60_000;

test('a login under way is opened by whoever holds the key, for ten minutes', () => {
  const sealed = sealPending(key, pending, BEGUN);
  expect(openPending(key, sealed, BEGUN)).toEqual(pending);
  expect(openPending(key, sealed, BEGUN + 10 * MINUTES - 1)).toEqual(pending);
  expect(openPending(key, sealed, BEGUN + 10 * MINUTES)).toBeUndefined();
});

test('nothing of it can be read in the cookie, and no two are alike', () => {
  const sealed = sealPending(key, pending, BEGUN);
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('/sager');
  expect(sealPending(key, pending, BEGUN)).not.toBe(sealed);
});

test('another key opens nothing', () => {
  expect(openPending(randomBytes(32), sealPending(key, pending, BEGUN), BEGUN)).toBeUndefined();
});

test('a single changed byte, wherever it stands, opens nothing', () => {
  const sealed = Buffer.from(sealPending(key, pending, BEGUN), 'base64url');
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(openPending(key, changed.toString('base64url'), BEGUN), `byte ${at}`).toBeUndefined();
  }
});

test('a cut, empty or missing cookie opens nothing', () => {
  const sealed = sealPending(key, pending, BEGUN);
  for (const cut of [sealed.slice(0, -4), sealed.slice(0, 30), '', 'æøå', undefined])
    expect(openPending(key, cut, BEGUN)).toBeUndefined();
});
