import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A scope key as the key table holds it: wrapped by the root key of a version. */
export interface WrappedKey {
  readonly kekVersion: number;
  readonly wrapped: Buffer;
}

/**
 * The key service's part for scope keys: the root key never leaves it. Batched, so that a service over the network costs one round trip a
 * request (security.md, "Keys").
 */
export interface KeyService {
  wrap(keys: readonly Buffer[]): Promise<readonly WrappedKey[]>;
  /** @throws when a key was wrapped by another root key or was changed. */
  unwrap(keys: readonly WrappedKey[]): Promise<readonly Buffer[]>;
}

/** The key service's part for the log: only the worker has it, and the program that answers people has not. */
export interface Signer {
  /** Ed25519. */
  sign(data: Buffer): Promise<{ readonly keyVersion: number; readonly signature: Buffer }>;
  /** The public keys by version: what a signature is held against. */
  publicKeys(): Promise<ReadonlyMap<number, KeyObject>>;
}

/** The key service's part for matching: only the worker has it (control 16). */
export interface MacService {
  /** HMAC-SHA256 under a key that never leaves the service, 32 bytes: the same for the same data, always. */
  mac(data: Buffer): Promise<Buffer>;
}

const KEK_VERSION = 1;
const derive = (root: Buffer, use: string): Buffer => Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `udvej ${use}`, 32));

/** The provider of demonstration and development: a root key of 32 bytes read from a file (never in production). */
export function fileKeyService(root: Buffer): KeyService {
  if (root.length !== 32) throw new Error('the root key must have 32 bytes');
  const wrapping = derive(root, 'wrap v1');
  return {
    wrap: (keys) => Promise.resolve(keys.map((key) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', wrapping, iv, { authTagLength: 16 });
      return { kekVersion: KEK_VERSION, wrapped: Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]) };
    })),
    unwrap: (keys) => Promise.resolve(keys.map(({ wrapped, kekVersion }) => {
      if (kekVersion !== KEK_VERSION) throw new Error('the key was wrapped by an unknown root key');
      const decipher = createDecipheriv('aes-256-gcm', wrapping, wrapped.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(wrapped.subarray(-16));
      return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
    })),
  };
}

/** What stands before the 32 bytes of an Ed25519 key in its usual envelope (PKCS #8, RFC 8410). */
const ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The log's signatures in demonstration and development, from a key of 32 bytes read from a file. */
export function fileSigner(seed: Buffer): Signer {
  const privateKey = createPrivateKey({ key: Buffer.concat([ED25519, derive(seed, 'log v1')]), format: 'der', type: 'pkcs8' });
  return {
    sign: (data) => Promise.resolve({ keyVersion: 1, signature: sign(null, data, privateKey) }),
    publicKeys: () => Promise.resolve(new Map([[1, createPublicKey(privateKey)]])),
  };
}

/** The MACs of matching in demonstration and development, from a key of 32 bytes read from a file. */
export function fileMac(seed: Buffer): MacService {
  const key = derive(seed, 'match mac v1');
  return { mac: (data) => Promise.resolve(createHmac('sha256', key).update(data).digest()) };
}
