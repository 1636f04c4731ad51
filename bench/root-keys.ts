import { randomBytes } from 'node:crypto';
import { KEYS } from '../src/cli/key-services.js';
import { fileKeyService, type KeyService } from '../src/store/vault/kms.js';
import { transitKeyService } from '../src/store/vault/transit.js';

/** Who wraps the keys of cases: a root key in a file, or a key service over HTTP. Goes to the processes of the benchmark by message. */
export type RootKeys = { readonly kind: 'file'; readonly key: string } | { readonly kind: 'transit'; readonly url: string; readonly token: string };

export const ownRootKey = (): RootKeys => ({ kind: 'file', key: randomBytes(32).toString('base64') });

export const keyServiceOf = (keys: RootKeys): KeyService =>
  keys.kind === 'file' ? fileKeyService(Buffer.from(keys.key, 'base64')) : transitKeyService({ url: keys.url, token: keys.token, key: KEYS.scopes });
