import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** 32 random bytes in letters that need no escaping in a URL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The folder of secrets in the data folder: made if missing, always closed to everyone else (0700). */
export function secretsFolder(dataDir: string): string {
  const folder = path.join(dataDir, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return folder;
}

/** The secret kept under this name in `<dataDir>/secrets`, or `undefined`. */
export function readSecret(dataDir: string, name: string): string | undefined {
  const file = path.join(secretsFolder(dataDir), name);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Keeps a secret (0600). Whole or not at all, and on disk when it returns: a lost password is a lost database. */
export function writeSecret(dataDir: string, name: string, value: string): void {
  const folder = secretsFolder(dataDir);
  const unfinished = path.join(folder, `${name}.${process.pid}.new`);
  const handle = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(handle, `${value}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(unfinished, path.join(folder, name));
}
