import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { KeyService, MacService, Signer, WrappedKey } from './kms.js';
import { askTransit, type Operation, type TransitOptions, zAnswer } from './transit-client.js';

/**
 * The key service of production: root keys that stay in the Transit engine of HashiCorp Vault or OpenBao (security.md §3, "Keys").
 * A token gets `update` on the paths it needs and never `create`: with that, a misspelled key is made instead of refused.
 * The program that answers people: `encrypt/<wrapping key>` and `decrypt/<wrapping key>`, and no more.
 * The worker: `sign/<log key>`, `hmac/<match key>`, and `read` on `keys/<log key>`. A rotation: `rewrap/<wrapping key>` alone.
 */
export interface TransitKeyService extends KeyService {
  /** Wraps anew under the newest version of the root key; no key leaves the service meanwhile. */
  rewrap(keys: readonly WrappedKey[]): Promise<readonly WrappedKey[]>;
}

const SCOPE_KEY = 32;
const SIGNATURE = 64;
const PUBLIC_KEY = 32;
const MAC = 32;

const VERSION = '[1-9][0-9]{0,8}';
const BASE64 = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})';
const MARKED = new RegExp(`^vault:v(${VERSION}):(${BASE64})$`);

/** Everything the engine makes says which version of the key made it: `vault:v<version>:<base64>`. */
const zMarked = z.string().regex(MARKED).transform((text) => {
  const [, version, base64 = ''] = MARKED.exec(text) ?? [];
  return { version: Number(version), bytes: Buffer.from(base64, 'base64') };
});
const zMarkedOf = (length: number) => zMarked.refine(({ bytes }) => bytes.length === length);
const zBytes = (length: number) => z.base64().transform((text) => Buffer.from(text, 'base64')).refine((bytes) => bytes.length === length);

/** One of a batch can fail while the others do not. */
const zNoError = z.literal('').optional();
const zUnwrapped = z.object({ plaintext: zBytes(SCOPE_KEY), error: zNoError });
const zWrapped = z.object({ ciphertext: zMarked, error: zNoError });

/** The same version all through: a batch is written down with one. */
const isOfOneVersion = (keys: readonly WrappedKey[]): boolean => keys.every(({ kekVersion }) => kekVersion === keys[0]?.kekVersion);

const toCiphertext = ({ kekVersion, wrapped }: WrappedKey): { readonly ciphertext: string } => {
  if (!Number.isInteger(kekVersion) || kekVersion < 1 || wrapped.length === 0) throw new Error('not a key wrapped by this key service');
  return { ciphertext: `vault:v${kekVersion}:${wrapped.toString('base64')}` };
};

/**
 * Wraps, unwraps and rewraps scope keys, each call with one question for all of them, and with none for none.
 * @throws KeyServiceFailed when there is no answer or not a whole one: every key asked for, or none.
 */
export function transitKeyService(options: TransitOptions): TransitKeyService {
  const ask = askTransit(options);
  const askForAll = async <T>(operation: Operation, items: readonly object[], result: z.ZodType<readonly T[]>): Promise<readonly T[]> =>
    items.length === 0 ? [] : (await ask(operation, zAnswer(z.object({ batch_results: result })), { batch_input: items })).data.batch_results;
  const wrappedOf = (count: number) => z.array(zWrapped).length(count)
    .transform((results) => results.map(({ ciphertext }) => ({ kekVersion: ciphertext.version, wrapped: ciphertext.bytes })))
    .refine(isOfOneVersion);
  const unwrappedOf = (count: number) => z.array(zUnwrapped).length(count)
    .transform((results) => results.map(({ plaintext }) => plaintext));

  return {
    wrap: async (keys) => {
      // It would be taken, and never be given out again.
      if (keys.some((key) => key.length !== SCOPE_KEY)) throw new Error(`a scope key has ${SCOPE_KEY} bytes`);
      return await askForAll('encrypt', keys.map((key) => ({ plaintext: key.toString('base64') })), wrappedOf(keys.length));
    },
    unwrap: async (keys) => await askForAll('decrypt', keys.map(toCiphertext), unwrappedOf(keys.length)),
    rewrap: async (keys) => await askForAll('rewrap', keys.map(toCiphertext), wrappedOf(keys.length)),
  };
}

const zSigned = zAnswer(z.object({ signature: zMarkedOf(SIGNATURE) }));
const zKeys = zAnswer(z.object({
  type: z.literal('ed25519'),
  keys: z.record(z.string().regex(new RegExp(`^${VERSION}$`)), z.object({ public_key: zBytes(PUBLIC_KEY) })),
}));

/**
 * The log's signatures by a key of type `ed25519`. Its `min_decryption_version` stays as it is: versions below are no longer told of, and
 * the heads they signed could be held against nothing.
 * @throws KeyServiceFailed
 */
export function transitSigner(options: TransitOptions): Signer {
  const ask = askTransit(options);
  return {
    sign: async (data) => {
      const { data: { signature } } = await ask('sign', zSigned, { input: data.toString('base64') });
      return { keyVersion: signature.version, signature: signature.bytes };
    },
    publicKeys: async () => {
      const { data: { keys } } = await ask('keys', zKeys);
      return new Map(Object.entries(keys).map(([version, { public_key: bytes }]) => [Number(version), publicKey(bytes)]));
    },
  };
}

const publicKey = (bytes: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' });

/** What a MAC is for. It is part of what goes into it, so that one key can serve several uses and none knows another's. */
export interface MacOptions extends TransitOptions {
  readonly purpose: string;
  /** The version of the key, the first when left out. It is held fast: after a rotation the newest would find nobody again. */
  readonly keyVersion?: number;
}

const zMac = (version: number) => zAnswer(z.object({ hmac: zMarkedOf(MAC).refine((hmac) => hmac.version === version) }));

/** MACs for one purpose. @throws KeyServiceFailed */
export function transitMac({ purpose, keyVersion = 1, ...options }: MacOptions): MacService {
  if (!/^[a-z]+$/.test(purpose)) throw new Error('the purpose of a MAC is one word');
  const ask = askTransit(options);
  const before = Buffer.from(`udvej mac ${purpose} v1 `);
  const answer = zMac(keyVersion);
  return {
    mac: async (data) => {
      const input = Buffer.concat([before, data]).toString('base64');
      return (await ask('hmac', answer, { input, key_version: keyVersion, algorithm: 'sha2-256' })).data.hmac.bytes;
    },
  };
}
