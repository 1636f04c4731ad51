import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canReach } from './embedded-account.js';
import { makeLibraryLinks, platformPackage, serverBinaries } from './embedded-binaries.js';

const asRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };

let home: string;

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'udvej-binaries-'));
  chmodSync(home, 0o711);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** A package as it is unpacked when no install step may run: everything but the links. */
function packageWithoutLinks(): string {
  const folder = path.join(home, 'closed', 'package');
  const from = platformPackage();
  cpSync(from, folder, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() });
  return folder;
}

const versionOf = (binDir: string, account?: typeof nobody) =>
  execFileSync(path.join(binDir, 'postgres'), ['--version'], { encoding: 'utf8', cwd: '/', ...account });

it('a platform without a package is told to use a server of its own', () => {
  expect(() => platformPackage('linux', 'mips')).toThrow(/linux-mips er ikke installeret.*DATABASE_URL/);
});

it('the package is used where it is when all is well', () => {
  expect(serverBinaries(undefined)).toBe(path.join(platformPackage(), 'native', 'bin'));
});

describe('a package installed without its scripts', () => {
  it('gets its library links from its own list, and then runs', () => {
    const folder = packageWithoutLinks();
    const [link] = JSON.parse(readFileSync(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    expect(existsSync(path.join(folder, link?.target ?? ''))).toBe(false);
    expect(versionOf(serverBinaries(undefined, folder))).toContain('PostgreSQL) 18');
    expect(lstatSync(path.join(folder, link?.target ?? '')).isSymbolicLink()).toBe(true);
    expect(makeLibraryLinks(folder)).toBe(true);
  });
});

describe.runIf(asRoot)('a package the database’s user cannot reach', () => {
  beforeEach(() => {
    mkdirSync(path.join(home, 'closed'), { mode: 0o700 });
    mkdirSync(path.join(home, 'tmp'));
    vi.stubEnv('TMPDIR', path.join(home, 'tmp'));
  });

  it('is copied once, whole and readable, and runs from the copy', () => {
    const folder = packageWithoutLinks();
    chmodSync(path.join(folder, 'native', 'bin', 'postgres'), 0o700);
    const binDir = serverBinaries(nobody, folder);
    expect(binDir).toMatch(/tmp\/udvej-postgres-18[^/]*\/native\/bin$/);
    expect(versionOf(binDir, nobody)).toContain('PostgreSQL) 18');
    const made = statSync(path.join(binDir, 'postgres')).mtimeMs;
    expect(serverBinaries(nobody, folder)).toBe(binDir);
    expect(statSync(path.join(binDir, 'postgres')).mtimeMs).toBe(made);
  });

  it('is not replaced by programs somebody else put under the same name', () => {
    const folder = packageWithoutLinks();
    const copy = path.dirname(path.dirname(serverBinaries(nobody, folder)));
    chmodSync(copy, 0o777);
    expect(() => serverBinaries(nobody, folder)).toThrow(/ikke lavet af Udvej/);
  });

  it('is told plainly when the temporary folder is closed as well', () => {
    chmodSync(path.join(home, 'tmp'), 0o700);
    expect(() => serverBinaries(nobody, packageWithoutLinks())).toThrow(/Sæt TMPDIR/);
  });

  it('is judged by every folder above it', () => {
    const folder = packageWithoutLinks();
    expect(canReach(path.join(folder, 'native', 'bin'), nobody)).toBe(false);
    chmodSync(path.join(home, 'closed'), 0o711);
    expect(canReach(path.join(folder, 'native', 'bin'), nobody)).toBe(true);
  });
});
