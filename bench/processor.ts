import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICK_MICROSECONDS = 10_000;

/**
 * Processor time in microseconds that the database server and all its processes have used, by process; undefined where the system does
 * not tell. One database server works for one target at a time, so a difference is that target's.
 */
export function serverTimes(postmaster: number): ReadonlyMap<number, number> | undefined {
  try {
    const times = new Map<number, number>();
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = statOf(name);
      if (stat && (stat.parent === postmaster || Number(name) === postmaster)) times.set(Number(name), stat.time);
    }
    return times;
  } catch {
    return undefined;
  }
}

function statOf(pid: string): { readonly parent: number; readonly time: number } | undefined {
  try {
    // After the name, which may hold blanks and ends with the last bracket: state, parent, …; user and kernel time are the 12th and 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return { parent: Number(fields[1]), time: (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS };
  } catch {
    return undefined;
  }
}

/** What was used between two looks; processes that ended in between are lost. */
export function spent(before: ReadonlyMap<number, number> | undefined, after: ReadonlyMap<number, number> | undefined): number | undefined {
  if (!before || !after) return undefined;
  return [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);
}
