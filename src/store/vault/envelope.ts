import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A place in the stream of a case. */
export interface CasePlace {
  readonly table: 'case_event' | 'case_body';
  readonly caseId: string;
  readonly version: number;
  readonly type: string;
  readonly scopeId: string;
}
/** A place outside of every case: a question for guidance (FM-NCP-6) or of practice (FM-NCP-7), whose key's scope has its own id. */
export interface TextPlace {
  readonly table: 'text';
  readonly column: 'question_ct' | 'answer_ct';
  readonly id: string;
}

/** Where a ciphertext belongs. It opens nowhere else: not in another row, column, case or version (control 7). */
export type Place = CasePlace | TextPlace;

/** What a scope's key is used for; each use has an AES key of its own. */
export type Use = Place['table'] | 'attachment_chunk';

const FORMAT = 1;
const HEADER = 5;
const IV = 12;
const TAG = 16;
const COLUMN = { case_event: 'core_ct', case_body: 'body_ct' } as const;

/** One scope's key of one version, with the AES keys derived from it, one per use. */
export class ScopeSecret {
  readonly #derived = new Map<string, Buffer>();
  readonly #secret: Buffer;
  readonly keyVersion: number;

  constructor(secret: Buffer, keyVersion: number) {
    this.#secret = secret;
    this.keyVersion = keyVersion;
  }

  aes(use: Use): Buffer {
    const known = this.#derived.get(use);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.#secret, Buffer.alloc(0), `udvej ${use} v1`, 32));
    this.#derived.set(use, key);
    return key;
  }
}

/** A part with its length before it (u64, little endian). All parts are short and plain: ids, names of ours, numbers. */
const measured = (part: string): string => {
  if (part.length > 255) throw new RangeError('a part of a place is too long');
  return `${String.fromCharCode(part.length)}\0\0\0\0\0\0\0${part}`;
};

/** The associated data: every part with its length before it, so that no two places read the same. */
export const boundTo = (...parts: readonly (string | number)[]): Buffer =>
  Buffer.from(['exit', 'v1', ...parts].map((part) => measured(String(part))).join(''), 'latin1');

const placeBytes = (place: Place, keyVersion: number): Buffer => 'column' in place
  ? boundTo(place.table, place.column, place.id, keyVersion)
  : boundTo(place.table, COLUMN[place.table], place.caseId, place.version, place.type, place.scopeId, keyVersion);

/** Lengths tell stories too: plaintext is padded to 64, 256, 1,024, 4,096 … bytes, its true length first. */
const pad = (plain: string): Buffer => {
  const length = Buffer.byteLength(plain);
  let size = 64;
  while (size < length + 4) size *= 4;
  const padded = Buffer.alloc(size);
  padded.writeUInt32LE(length, 0);
  padded.write(plain, 4);
  return padded;
};

/** What is bound and with which of a scope's keys: the use it is derived for, and the bytes that say the place. */
export interface Bound {
  readonly use: Use;
  readonly aad: Buffer;
}

/** What `sealBytes` adds to what it encrypts. */
export const SEAL_BYTES = HEADER + IV + TAG;

/** Encrypts bytes for their place. Layout: `0x01 | key version u32 | iv 12 | ciphertext | tag 16`. */
export function sealBytes(secret: ScopeSecret, { use, aad }: Bound, plain: Buffer): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', secret.aes(use), iv, { authTagLength: TAG });
  cipher.setAAD(aad);
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt32LE(secret.keyVersion, 1);
  return Buffer.concat([header, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts what was sealed for this place. @throws when it was sealed for another, changed, or cut. */
export function unsealBytes(secret: ScopeSecret, { use, aad }: Bound, sealed: Buffer): Buffer {
  if (sealed.length < SEAL_BYTES || sealed[0] !== FORMAT) throw new Error('not a sealed text');
  if (sealed.readUInt32LE(1) !== secret.keyVersion) throw new Error('sealed with another version of the key');
  const decipher = createDecipheriv('aes-256-gcm', secret.aes(use), sealed.subarray(HEADER, HEADER + IV), { authTagLength: TAG });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-TAG));
  const plain = decipher.update(sealed.subarray(HEADER + IV, -TAG));
  // Throws when anything was changed; nothing has been given out yet.
  decipher.final();
  return plain;
}

/** Encrypts a text for its place, padded. */
export const seal = (secret: ScopeSecret, place: Place, plain: string): Buffer =>
  sealBytes(secret, { use: place.table, aad: placeBytes(place, secret.keyVersion) }, pad(plain));

/** Decrypts what was sealed for this place. @throws when it was sealed for another, changed, or cut. */
export function unseal(secret: ScopeSecret, place: Place, sealed: Buffer): string {
  const padded = unsealBytes(secret, { use: place.table, aad: placeBytes(place, secret.keyVersion) }, sealed);
  return padded.toString('utf8', 4, 4 + padded.readUInt32LE(0));
}
