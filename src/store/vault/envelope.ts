import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Where a ciphertext belongs. It opens nowhere else: not in another row, column, case or version (control 7). */
export interface Place {
  readonly table: 'case_event' | 'case_body';
  readonly caseId: string;
  readonly version: number;
  readonly type: string;
  readonly scopeId: string;
}

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

  aes(table: Place['table']): Buffer {
    const known = this.#derived.get(table);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.#secret, Buffer.alloc(0), `udvej ${table} v1`, 32));
    this.#derived.set(table, key);
    return key;
  }
}

/** A part with its length before it (u64, little endian). All parts are short and plain: ids, names of ours, numbers. */
const measured = (part: string): string => {
  if (part.length > 255) throw new RangeError('a part of a place is too long');
  return `${String.fromCharCode(part.length)}\0\0\0\0\0\0\0${part}`;
};

/** The associated data: every part with its length before it, so that no two places read the same. */
const placeBytes = ({ table, caseId, version, type, scopeId }: Place, keyVersion: number): Buffer =>
  Buffer.from(
    measured('exit') + measured('v1') + measured(table) + measured(COLUMN[table]) + measured(caseId) + measured(String(version)) + measured(type) + measured(scopeId) + measured(String(keyVersion)),
    'latin1',
  );

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

/** Encrypts a text for its place. Layout: `0x01 | key version u32 | iv 12 | ciphertext | tag 16`. */
export function seal(secret: ScopeSecret, place: Place, plain: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', secret.aes(place.table), iv, { authTagLength: TAG });
  cipher.setAAD(placeBytes(place, secret.keyVersion));
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt32LE(secret.keyVersion, 1);
  return Buffer.concat([header, iv, cipher.update(pad(plain)), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts what was sealed for this place. @throws when it was sealed for another, changed, or cut. */
export function unseal(secret: ScopeSecret, place: Place, sealed: Buffer): string {
  if (sealed.length < HEADER + IV + TAG || sealed[0] !== FORMAT) throw new Error('not a sealed text');
  const keyVersion = sealed.readUInt32LE(1);
  if (keyVersion !== secret.keyVersion) throw new Error('sealed with another version of the key');
  const decipher = createDecipheriv('aes-256-gcm', secret.aes(place.table), sealed.subarray(HEADER, HEADER + IV), { authTagLength: TAG });
  decipher.setAAD(placeBytes(place, keyVersion));
  decipher.setAuthTag(sealed.subarray(-TAG));
  const padded = decipher.update(sealed.subarray(HEADER + IV, -TAG));
  // Throws when anything was changed; nothing has been given out yet.
  decipher.final();
  return padded.toString('utf8', 4, 4 + padded.readUInt32LE(0));
}
