import { hkdfSync, randomBytes } from 'node:crypto';
import path from 'node:path';
import type pg from 'pg';
import { StartRefused } from '../store/postgres/embedded-error.js';
import type { MatchKeys } from '../store/matching/inquiries.js';
import { readSecret, writeSecret } from '../store/postgres/embedded-secrets.js';
import { fileKeyService, fileMac, fileSigner, type KeyService, type Signer } from '../store/vault/kms.js';

const BYTES = 32;
const ROOT = 'root.key';
const LOG = 'log.key';
const MATCH = 'match.key';

/** A key of its own for each use, so that what one use gives away is worth nothing to another. */
export const deriveKey = (key: Buffer, use: 'etag' | 'csrf' | 'login'): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `udvej ${use} v1`, BYTES));

/** The key behind forms, logins and ETags where none is set: made the first time, kept in `<dataDir>/secrets`. */
export const keptSecretKey = (dataDir: string): Buffer => readKey(dataDir, 'secret.key') ?? makeKey(dataDir, 'secret.key');

/**
 * The file-backed key service: its root key lies in `<dataDir>/secrets/root.key`, made the first time. Never in production.
 * @param superuser into the database whose scope keys it wraps
 * @throws StartRefused when there are keys of cases that this root key does not open: all text would be lost behind a new one.
 */
export async function fileKeys(dataDir: string, superuser: Pick<pg.ClientBase, 'query'>): Promise<KeyService> {
  const { rows } = await superuser.query<{ kek_ver: number; wrapped: Buffer }>(
    'select kek_ver, wrapped from keys.scope_key limit 1',
  );
  const kept = readKey(dataDir, ROOT);
  if (kept === undefined && rows.length > 0)
    throw new StartRefused(`Sagernes hovednøgle mangler (${placeOf(dataDir, ROOT)}). ${RESTORE}`);
  const service = fileKeyService(kept ?? makeKey(dataDir, ROOT));
  try {
    await service.unwrap(rows.map(({ kek_ver: kekVersion, wrapped }) => ({ kekVersion, wrapped })));
  } catch (error) {
    throw new StartRefused(
      `Sagernes hovednøgle (${placeOf(dataDir, ROOT)}) er ikke den, som databasens sager er låst med. ${RESTORE}`,
      { cause: error },
    );
  }
  return service;
}

/** The file-backed key of the log's signatures, made the first time. Only the worker and the log's check read it. */
export const fileLogKey = (dataDir: string): Signer => fileSigner(readKey(dataDir, LOG) ?? makeKey(dataDir, LOG));

/** The file-backed keys of matching, made the first time: what opens the numbers that were sealed, and what they are compared by. */
export function fileMatchKeys(dataDir: string): MatchKeys {
  const seed = readKey(dataDir, MATCH) ?? makeKey(dataDir, MATCH);
  return { secret: Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(0), 'udvej match seal v1', BYTES)), mac: fileMac(seed) };
}

/** The file-backed key service of a folder where Udvej has run. @throws StartRefused when its root key is not there. */
export function keptKeys(dataDir: string): KeyService {
  const kept = readKey(dataDir, ROOT);
  if (kept === undefined) throw new StartRefused(`Sagernes hovednøgle mangler (${placeOf(dataDir, ROOT)}). ${RESTORE}`);
  return fileKeyService(kept);
}

const RESTORE = 'Læg filen tilbage fra sikkerhedskopien: uden den kan ingen sag læses.';

const placeOf = (dataDir: string, name: string): string => path.join(dataDir, 'secrets', name);

function readKey(dataDir: string, name: string): Buffer | undefined {
  const text = readSecret(dataDir, name);
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== BYTES)
    throw new StartRefused(`Nøglen i ${placeOf(dataDir, name)} er beskadiget. Læg filen tilbage fra sikkerhedskopien.`);
  return bytes;
}

function makeKey(dataDir: string, name: string): Buffer {
  const bytes = randomBytes(BYTES);
  writeSecret(dataDir, name, bytes.toString('base64'));
  return bytes;
}
