import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

/*
 * A CPR number on its way from whoever registers it to the worker: whoever holds the public key can seal, and nobody but the worker opens
 * (security.md §3, "Matching"). Sealed: the one-time public key, the nonce, the ciphertext, the tag — the same length for every number.
 */

const KEY = 32;
const IV = 12;
const TAG = 16;
/** What stands before the 32 bytes of an X25519 key in its usual envelopes (RFC 8410). */
const PUBLIC = Buffer.from('302a300506032b656e032100', 'hex');
const PRIVATE = Buffer.from('302e020100300506032b656e04220420', 'hex');

const publicOf = (raw: Buffer): KeyObject => createPublicKey({ key: Buffer.concat([PUBLIC, raw]), format: 'der', type: 'spki' });
const privateOf = (raw: Buffer): KeyObject => createPrivateKey({ key: Buffer.concat([PRIVATE, raw]), format: 'der', type: 'pkcs8' });
const rawPublic = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(-KEY);

/** The public half of a private key of 32 bytes, which is what the program that answers people may hold. */
export const publicHalf = (secret: Buffer): Buffer => rawPublic(createPublicKey(privateOf(secret)));

const place = (caseId: string): Buffer => Buffer.from(`exit v1 number ${caseId}`);
const keyFor = (shared: Buffer, oneTime: Buffer, receiver: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', shared, Buffer.concat([oneTime, receiver]), 'udvej match seal v1', KEY));

/** Seals a number for the worker, bound to its case. @param receiver the worker's public key, 32 bytes */
export function sealNumber(receiver: Buffer, caseId: string, number: string): Buffer {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const oneTime = rawPublic(publicKey);
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', keyFor(diffieHellman({ privateKey, publicKey: publicOf(receiver) }), oneTime, receiver), iv, { authTagLength: TAG });
  cipher.setAAD(place(caseId));
  return Buffer.concat([oneTime, iv, cipher.update(number, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** @param secret the worker's private key, 32 bytes @throws when it was sealed for another, for another case, or was changed. */
export function openNumber(secret: Buffer, caseId: string, sealed: Buffer): string {
  const [oneTime, iv, body, tag] = [sealed.subarray(0, KEY), sealed.subarray(KEY, KEY + IV), sealed.subarray(KEY + IV, -TAG), sealed.subarray(-TAG)];
  const shared = diffieHellman({ privateKey: privateOf(secret), publicKey: publicOf(oneTime) });
  const decipher = createDecipheriv('aes-256-gcm', keyFor(shared, oneTime, publicHalf(secret)), iv, { authTagLength: TAG });
  decipher.setAAD(place(caseId));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}
