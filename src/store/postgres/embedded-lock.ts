import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartRefused } from './embedded-error.js';
import { isAlive, startOf } from './embedded-processes.js';

interface Holder {
  pid: number;
  start: string | null;
  token: string;
}

/**
 * Takes the data folder for this process: `<dataDir>/udvej.lock`. A lock whose process is gone is taken over, also when
 * its id now belongs to somebody else.
 * @returns gives the folder back; may be called twice.
 * @throws StartRefused when another living Udvej — or this very process — holds it.
 */
export function takeDataFolder(dataDir: string): () => void {
  const file = path.join(dataDir, 'udvej.lock');
  const mine: Holder = { pid: process.pid, start: startOf(process.pid) ?? null, token: randomUUID() };
  const draft = `${file}.${mine.token}`;
  writeFileSync(draft, `${JSON.stringify(mine)}\n`, { mode: 0o600 });
  try {
    // A link appears whole or not at all, and only for one of two who come at once.
    while (!appears(draft, file)) {
      const other = read(file);
      if (other && holds(other)) {
        throw new StartRefused(
          `Udvej kører allerede på denne maskine med de samme data (proces ${other.pid}, mappen ${dataDir}). ` +
            'Stop den først, eller vælg en anden datamappe.',
        );
      }
      setAside(file, other);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (read(file)?.token === mine.token) rmSync(file, { force: true });
  };
}

function appears(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function holds(other: Holder): boolean {
  if (!isAlive(other.pid)) return false;
  const start = startOf(other.pid);
  return start === undefined || other.start === null ? other.pid !== process.pid : start === other.start;
}

/** Removes a dead lock, and puts it back if a third start had just replaced it with a living one. */
function setAside(file: string, dead: Holder | undefined): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside)?.token !== dead?.token) appears(aside, file);
  rmSync(aside, { force: true });
}
