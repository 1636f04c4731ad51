import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { startsWith } from './signs.js';

/** One file inside a zip, as both of its heads say it. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local head begins. */
  readonly at: number;
}

/** What is wrong: it cannot be read as what it says it is, or it would be too large. */
export type ZipFault = 'broken' | 'too large';

const END = 22;
const CENTRAL = 46;
const LOCAL = 30;
const MOST_ENTRIES = 4_000;
/** One part of it, which lies in memory as a whole. */
const MOST_PART = 64 * 1024 * 1024;
/** All that a document unpacks to; fifty megabytes of pictures are packed hardly at all. */
const MOST_UNPACKED = 200 * 1024 * 1024;

const inflate = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(inflateRaw);

/** The entries by the list at the end, when the whole file is one zip and nothing else: entries behind one another from the first byte, the list, the end. */
function entriesOf(file: Buffer): readonly Entry[] | ZipFault {
  const end = file.length - END;
  if (end < 0 || !startsWith(file.subarray(end), 'PK\x05\x06') || file.readUInt16LE(end + 20) !== 0) return 'broken';
  const count = file.readUInt16LE(end + 10);
  const list = file.readUInt32LE(end + 16);
  if (count === 0 || count > MOST_ENTRIES || file.readUInt16LE(end + 8) !== count || list + file.readUInt32LE(end + 12) !== end) return 'broken';
  const entries: Entry[] = [];
  let at = list;
  for (let n = 0; n < count; n += 1) {
    if (at + CENTRAL > end || !startsWith(file.subarray(at), 'PK\x01\x02')) return 'broken';
    const [flags, method] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10)];
    const [nameLength, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)];
    // Encrypted, or packed in a way that nobody can look into.
    if ((flags & 0x2041) !== 0 || (method !== 0 && method !== 8)) return 'broken';
    entries.push({
      name: file.toString('utf8', at + CENTRAL, at + CENTRAL + nameLength), method, crc: file.readUInt32LE(at + 16), packed: file.readUInt32LE(at + 20), size: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    });
    at += CENTRAL + nameLength + extra + comment;
  }
  if (at !== end) return 'broken';
  return entries.some(({ size }) => size > MOST_PART) || entries.reduce((sum, { size }) => sum + size, 0) > MOST_UNPACKED ? 'too large' : entries.sort((a, b) => a.at - b.at);
}

const isPlainName = (name: string): boolean => name !== '' && !name.startsWith('/') && !/[\\\0:]/.test(name) && !name.split('/').includes('..');

/** What stands after an entry that was written without knowing its length: its check and lengths once more. */
const DESCRIPTORS = [12, 16, 20, 24];
/** Whether an entry ends where its two heads say: nothing stands between it and the next. */
const endsAt = (file: Buffer, { at, packed }: Entry, begin: number, next: number): boolean =>
  (file.readUInt16LE(at + 6) & 8) === 0 ? file.readUInt32LE(at + 18) === packed && begin + packed === next : DESCRIPTORS.includes(next - begin - packed);

/**
 * Unpacks every file of a zip, one after the other, and shows each to `look`; the first word that it gives ends the reading. Entries that lie over
 * one another, unpack to more than they say, or leave room for something between them are none.
 * @returns what `look` said, a fault, or undefined when all is well
 */
export async function eachOfZip(file: Buffer, look: (name: string, content: Buffer) => string | undefined): Promise<{ readonly said: string } | ZipFault | undefined> {
  const entries = entriesOf(file);
  if (typeof entries === 'string') return entries;
  const list = file.readUInt32LE(file.length - END + 16);
  const names = new Set<string>();
  let expected = 0;
  for (const [index, entry] of entries.entries()) {
    const { name, method, crc, packed, size, at } = entry;
    const next = entries[index + 1]?.at ?? list;
    if (at !== expected || at + LOCAL > list || !startsWith(file.subarray(at), 'PK\x03\x04') || !isPlainName(name) || names.has(name.toLowerCase())) return 'broken';
    names.add(name.toLowerCase());
    const nameLength = file.readUInt16LE(at + 26);
    const begin = at + LOCAL + nameLength + file.readUInt16LE(at + 28);
    if (file.toString('utf8', at + LOCAL, at + LOCAL + nameLength) !== name || file.readUInt16LE(at + 8) !== method || !endsAt(file, entry, begin, next)) return 'broken';
    const content = await unpacked(file.subarray(begin, begin + packed), method, size);
    if (content?.length !== size || crc32(content) !== crc) return 'broken';
    const said = look(name, content);
    if (said !== undefined) return { said };
    expected = next;
  }
  return undefined;
}

/** Never a byte more than was declared, and the sum of that is limited: a bomb bursts before it is unpacked. */
const unpacked = (packed: Buffer, method: number, size: number): Promise<Buffer | undefined> => {
  if (method === 0) return Promise.resolve(packed);
  return size === 0 ? Promise.resolve(Buffer.alloc(0)) : inflate(packed, { maxOutputLength: size }).catch(() => undefined);
};
