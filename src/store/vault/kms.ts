import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A scope key as the key table holds it: wrapped by the root key of a version. */
export interface WrappedKey {
  readonly kekVersion: number;
  readonly wrapped: Buffer;
}

/**
 * The key service: root keys never leave it. Four calls, each batched, so that a service over the network costs one round trip a request
 * (security.md, "Keys"). Matching's MAC and the log's signatures come with their own floors and use the last two.
 */
export interface KeyService {
  wrap(keys: readonly Buffer[]): Promise<readonly WrappedKey[]>;
  /** @throws when a key was wrapped by another root key or was changed. */
  unwrap(keys: readonly WrappedKey[]): Promise<readonly Buffer[]>;
  mac(purpose: string, data: Buffer): Promise<Buffer>;
  sign(data: Buffer): Promise<Buffer>;
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
    mac: (purpose, data) => Promise.resolve(createHmac('sha256', derive(root, `mac ${purpose}`)).update(data).digest()),
    sign: (data) => Promise.resolve(createHmac('sha256', derive(root, 'sign')).update(data).digest()),
  };
}
