import { CLASS_BYTES, LENGTH_BYTES, sizeClassOf } from '../../domain/exit-case/attachment.js';
import { type Bound, boundTo, SEAL_BYTES, sealBytes, type ScopeSecret, unsealBytes } from './envelope.js';

/** Where a file's ciphertext belongs: each of its chunks opens in this case, scope and file alone, and there at its own number. */
export interface FilePlace {
  readonly caseId: string;
  readonly scopeId: string;
  readonly fileId: string;
}

/** What one chunk holds of the padded file. */
const CHUNK = CLASS_BYTES;
/** Every chunk takes the same room: the last one is known by its key's word alone. */
export const SEALED_CHUNK = CHUNK + SEAL_BYTES;

/**
 * The last chunk is bound as the last and no other is (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár): what is cut at a border
 * ends in a chunk that was not sealed as the last.
 */
const bound = ({ caseId, scopeId, fileId }: FilePlace, n: number, last: boolean, secret: ScopeSecret): Bound =>
  ({ use: 'attachment_chunk', aad: boundTo('attachment_chunk', 'ct', caseId, scopeId, fileId, n, last ? 'last' : 'more', secret.keyVersion) });

/** How many chunks a file of so many bytes becomes: a power of two, so that its length shows only roughly. */
export const chunkCount = (bytes: number): number => 2 ** sizeClassOf(bytes + LENGTH_BYTES);

/** The bytes of the padded file from one place to another: its length (u64, little endian), the file, and nothing but zeros. */
function padded(file: Buffer, from: number, to: number): Buffer {
  const out = Buffer.alloc(to - from);
  if (from === 0) out.writeBigUInt64LE(BigInt(file.length), 0);
  file.subarray(Math.max(0, from - LENGTH_BYTES), Math.max(0, to - LENGTH_BYTES)).copy(out, Math.max(0, LENGTH_BYTES - from));
  return out;
}

/** Encrypts the chunks from one number up to another (which is left out), behind one another. A file is never encrypted as a whole beside itself. */
export function sealChunks(secret: ScopeSecret, place: FilePlace, file: Buffer, from: number, to: number): Buffer {
  const count = chunkCount(file.length);
  const sealed: Buffer[] = [];
  for (let n = from; n < Math.min(to, count); n += 1) {
    sealed.push(sealBytes(secret, bound(place, n, n === count - 1, secret), padded(file, n * CHUNK, (n + 1) * CHUNK)));
  }
  return Buffer.concat(sealed);
}

/**
 * Decrypts a whole file. It gives the file or throws: not one byte of what was cut, put in another order, repeated, changed or brought from elsewhere.
 * @param sealed its chunks behind one another, in the pieces they came in; emptied on the way, so that a file does not lie in memory twice
 * @throws when it is not, chunk by chunk, what was sealed for this place
 */
export function unsealChunks(secret: ScopeSecret, place: FilePlace, sealed: Buffer[]): Buffer {
  const total = sealed.reduce((sum, { length }) => sum + length, 0);
  const count = total / SEALED_CHUNK;
  if (!Number.isInteger(count) || count === 0) throw new Error('a file was cut');
  const plain = Buffer.alloc(count * CHUNK);
  let n = 0;
  for (let piece = sealed.shift(); piece !== undefined; piece = sealed.shift()) {
    if (piece.length % SEALED_CHUNK !== 0) throw new Error('a chunk was cut');
    for (let at = 0; at < piece.length; at += SEALED_CHUNK, n += 1) {
      unsealBytes(secret, bound(place, n, n === count - 1, secret), piece.subarray(at, at + SEALED_CHUNK)).copy(plain, n * CHUNK);
    }
  }
  const length = Number(plain.readBigUInt64LE(0));
  if (chunkCount(length) !== count) throw new Error('a file that is not as long as it says');
  return plain.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
}
