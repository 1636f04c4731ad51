import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** The user a server process runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/** `nobody` and `nogroup` on every Linux: PostgreSQL refuses to run as root, so root hands the server to these. */
const nobody: Account = { uid: 65534, gid: 65534 };

/**
 * The account the server must run as, or `undefined` for our own. Only root changes account: to the owner of data that
 * are there already, otherwise to `nobody`.
 */
export function serverAccount(serverData: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (!existsSync(serverData)) return nobody;
  const { uid, gid } = statSync(serverData);
  return uid === 0 ? nobody : { uid, gid };
}

/** Is every folder from the root down to `target`, and `target` itself, open for the account to walk through? */
export function canReach(target: string, account: Account): boolean {
  const resolved = realpathSync(target);
  for (let at = resolved; ; at = path.dirname(at)) {
    if (!mayWalkThrough(at, account)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function mayWalkThrough(folder: string, account: Account): boolean {
  const { uid, gid, mode } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** Makes the folder if it is missing, and lets others walk through it — never list it — when the server is another account. */
export function openForAccount(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account && !mayWalkThrough(folder, account)) chmodSync(folder, statSync(folder).mode | 0o011);
}

/** Gives a folder and all in it to the account. Links are given, not followed. */
export function giveTo(target: string, account: Account): void {
  const entry = lstatSync(target);
  if (entry.isSymbolicLink()) return;
  chownSync(target, account.uid, account.gid);
  if (entry.isDirectory()) for (const name of readdirSync(target)) giveTo(path.join(target, name), account);
}
