import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { NOT_DONE } from './login-paths.js';

/** Longest a person may take at the identity provider. */
export const PENDING_SECONDS = 10 * 60;

const IV = 12;
const TAG = 16;
const PURPOSE = Buffer.from('udvej pending login v1');

const zPending = z.object({
  issuer: z.string(),
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  returnTo: z.string().startsWith('/'),
  /** When it began, in milliseconds since 1970. */
  since: z.number(),
  /** For a person who is to prove himself anew (control 18): whose session asked, by the hash of its token in hex, the least level, and what he is to do again afterwards. */
  stepUp: z.strictObject({ before: z.string().regex(/^[0-9a-f]{64}$/), level: z.string(), notDone: z.enum(NOT_DONE).optional() }).optional(),
});

/**
 * A login under way. It lives in the browser that began it, sealed: no node needs to remember it, and a callback in any other
 * browser has nothing to show for it.
 */
export type PendingLogin = Readonly<z.infer<typeof zPending>>;

const zSealed = zPending.extend({ until: z.number() });

/** Seals a login under way for its cookie, for ten minutes from `now` (milliseconds). `key` is 32 bytes. */
export function sealPending(key: Buffer, pending: PendingLogin, now: number): string {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG });
  cipher.setAAD(PURPOSE);
  const plain = JSON.stringify({ ...pending, until: now + PENDING_SECONDS * 1000 });
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** The login under way; undefined when the cookie is missing, changed, sealed with another key, or too old at `now`. */
export function openPending(key: Buffer, sealed: string | undefined, now: number): PendingLogin | undefined {
  const bytes = Buffer.from(sealed ?? '', 'base64url');
  if (bytes.length <= IV + TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV), { authTagLength: TAG });
  decipher.setAAD(PURPOSE);
  decipher.setAuthTag(bytes.subarray(-TAG));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(IV, -TAG)), decipher.final()]).toString('utf8');
    const { until, ...pending } = zSealed.parse(JSON.parse(plain));
    return now < until ? pending : undefined;
  } catch {
    return undefined;
  }
}
