import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Is there a process with this id, ours or another user's? One that is dead but not yet fetched by its parent is not alive. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !['Z', 'X'].includes(statusFields(pid)?.[0] ?? '');
}

/**
 * When the process began, in words of the operating system that only serve to be compared. Process ids are used again,
 * in a container nearly always: id and beginning together name one process. `undefined` when it cannot be told.
 */
export function startOf(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? statusFields(pid)?.[19] : askPs(pid, 'lstart=');
}

/** Linux: the fields of `/proc/<pid>/stat` after the program's name, which may hold blanks and brackets itself. */
function statusFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * Is this process the PostgreSQL server of this data folder? Judged by its command line: `true`, `false`, or
 * `undefined` when the system will not say — and then nobody may stop it.
 */
export function isServerOf(pid: number, serverData: string): boolean | undefined {
  const words = commandLine(pid);
  if (words === undefined) return undefined;
  if (typeof words === 'string') return /postgres/i.test(words) && words.includes(serverData);
  return path.basename(words[0] ?? '').startsWith('postgres') && words.includes(serverData);
}

function commandLine(pid: number): string[] | string | undefined {
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    } catch {
      return undefined;
    }
  }
  return askPs(pid, 'command=');
}

function askPs(pid: number, what: string): string | undefined {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', what], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
