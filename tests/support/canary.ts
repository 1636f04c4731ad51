import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FreshDatabase } from './database.js';

/** Where to look for what must stand nowhere in plain text. */
export interface Places {
  /** Every table of the database but the catalogue's, each row as text (bytes as hex), past all row-level security. */
  readonly database?: Pick<FreshDatabase, 'superuser'>;
  /** Folders with all their files, read as bytes: temporary files, a browser's profile, a program's data. */
  readonly folders?: readonly string[];
  readonly files?: readonly string[];
  /** What a program said or was given: standard output, log lines, answers. By name. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** A canary that sang: which, and where it was found. */
export interface Hit {
  readonly canary: string;
  /** Table, file or name of a text. */
  readonly place: string;
  /** How it was written there: 'utf8', 'utf16le', 'hex' … */
  readonly written: string;
}

/**
 * Looks for canaries in plain text: as UTF-8, UTF-16 (little endian) and Latin-1, and in the clothes that are no encryption: hex, base64 at
 * any offset, percent and JSON escapes. Canaries should be random and at least eight characters long.
 * @returns one hit per canary, place and way of writing; none when all is well.
 */
export async function scanFor(canaries: readonly string[], places: Places): Promise<readonly Hit[]> {
  const needles = new Needles(canaries);
  const hits: Hit[] = [];
  const look = (place: string, bytes: Buffer) => hits.push(...needles.in(bytes).map((found) => ({ ...found, place })));
  if (places.database) {
    for (const [table, rows] of await contentsOf(places.database)) look(table, Buffer.from(rows));
  }
  for (const file of [...(places.files ?? []), ...(places.folders ?? []).flatMap(filesIn)]) look(file, bytesOf(file));
  for (const [name, text] of Object.entries(places.texts ?? {})) look(name, Buffer.from(text));
  return hits;
}

/**
 * The files of an embedded server that concern one database: its heap and index pages written out first, the log of changes since a
 * moment, the shared files and the server's own log. Other databases of the same server are left out.
 */
export async function serverFiles(dataDir: string, database: Pick<FreshDatabase, 'superuser'>, since: Date): Promise<readonly string[]> {
  await database.superuser('checkpoint');
  const [row] = await database.superuser<{ oid: string }>('select oid::text as oid from pg_database where datname = current_database()');
  const base = path.join(dataDir, 'postgres', 'base');
  const wal = path.join(dataDir, 'postgres', 'pg_wal');
  return filesIn(dataDir).filter((file) => {
    if (file.startsWith(base + path.sep)) return file.startsWith(path.join(base, row?.oid ?? '-') + path.sep);
    return !file.startsWith(wal + path.sep) || modified(file) >= since.getTime() - 1000;
  });
}

const modified = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Files come and go under a running server: what is gone when its turn comes holds nothing any more. */
function bytesOf(file: string): Buffer {
  try {
    const bytes = readFileSync(file);
    return path.basename(path.dirname(file)) === 'pg_wal' ? withoutPageHeads(bytes) : bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENXIO')) return Buffer.alloc(0);
    throw error;
  }
}

const WAL_PAGE = 8192;
const WAL_PAGE_HEAD = 24;
const WAL_FILE_HEAD = 40;

/** The log of changes with what stands on two of its pages put together: the head of a page in the middle of a word would hide it. */
const withoutPageHeads = (bytes: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: Math.ceil(bytes.length / WAL_PAGE) }, (_, page) =>
    bytes.subarray(page * WAL_PAGE + (page === 0 ? WAL_FILE_HEAD : WAL_PAGE_HEAD), (page + 1) * WAL_PAGE)));

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function contentsOf(database: Pick<FreshDatabase, 'superuser'>): Promise<readonly (readonly [string, string])[]> {
  const tables = await database.superuser<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`);
  const contents: [string, string][] = [];
  for (const { name } of tables) {
    const [row] = await database.superuser<{ all: string | null }>(`select string_agg(t::text, E'\\n') as all from ${name} t`);
    contents.push([name, row?.all ?? '']);
  }
  return contents;
}

interface Needle {
  readonly canary: string;
  readonly written: string;
  readonly bytes: Buffer;
}

const percent = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');
const escaped = (text: string): string => text.replace(/[^\x20-\x7e]/gu, (sign) => [...Buffer.from(sign, 'utf16le').swap16().toString('hex').matchAll(/.{4}/g)].map(([code]) => `\\u${code}`).join(''));

/** The part of a base64 text that a canary fills wholly, when it begins at this place in a group of three bytes. */
const base64At = (bytes: Buffer, offset: number): string => {
  const skip = offset === 0 ? 0 : 4;
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replaceAll('=', '');
  return whole.slice(skip, skip + Math.floor((bytes.length - (offset === 0 ? 0 : 3 - offset)) / 3) * 4);
};

const waysOfWriting = (canary: string): readonly Needle[] => {
  const utf8 = Buffer.from(canary);
  const ways: readonly (readonly [string, Buffer])[] = [
    ['utf8', utf8], ['utf16le', Buffer.from(canary, 'utf16le')], ['latin1', Buffer.from(canary, 'latin1')], ['hex', Buffer.from(utf8.toString('hex'))],
    ['percent', Buffer.from(encodeURIComponent(canary))], ['form', Buffer.from(percent(canary))], ['json', Buffer.from(escaped(canary))],
    ...[0, 1, 2].map((offset) => ['base64', Buffer.from(base64At(utf8, offset))] as const),
  ];
  const known = new Set<string>();
  return ways.flatMap(([written, bytes]) => {
    const key = bytes.toString('latin1');
    if (known.has(key) || bytes.length < 8) return [];
    known.add(key);
    return [{ canary, written, bytes }];
  });
};

/** All ways of writing all canaries, found in one pass: the first two bytes choose which of them are compared. */
class Needles {
  readonly #byStart = new Map<number, Needle[]>();
  readonly #starts = new Uint8Array(65_536);

  constructor(canaries: readonly string[]) {
    for (const needle of canaries.flatMap(waysOfWriting)) {
      const start = needle.bytes.readUInt16LE(0);
      this.#starts[start] = 1;
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), needle]);
    }
  }

  in(bytes: Buffer): readonly Omit<Hit, 'place'>[] {
    const found = new Map<Needle, Omit<Hit, 'place'>>();
    for (let at = 0; at + 1 < bytes.length; at += 1) {
      const start = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
      if (this.#starts[start] === 0) continue;
      for (const needle of this.#byStart.get(start) ?? []) {
        if (!found.has(needle) && bytes[at + 2] === needle.bytes[2] && bytes.subarray(at, at + needle.bytes.length).equals(needle.bytes)) {
          found.set(needle, { canary: needle.canary, written: needle.written });
        }
      }
    }
    return [...found.values()];
  }
}
