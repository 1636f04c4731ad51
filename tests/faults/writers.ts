import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { FreshDatabase } from '../support/database.js';

/** What came of one try of one order: carried out, to be tried again, or something that no fault excuses. */
export type Tried = 'done' | 'again' | { readonly strange: string };

/** One order: the same again under the same key until somebody said that it is carried out. */
export type Try = (writer: number, key: string) => Promise<Tried>;

export interface Tally {
  /** Keys of orders that were answered as carried out. */
  readonly acked: Set<string>;
  /** Tries that had to be made again. */
  again: number;
  /** What no fault excuses. */
  readonly strange: string[];
  /** When the youngest of the orders carried out was sent, by performance.now(). */
  newest: number;
}

const PAUSE_MS = 20;

/**
 * Gives orders until told to stop, so many writers at once; each ends with an order carried out.
 * @param more called between two orders of a writer, to keep a pace.
 */
export function writing(writers: number, order: Try, until: AbortSignal, more: () => Promise<unknown> = () => Promise.resolve()): { readonly tally: Tally; readonly over: Promise<unknown> } {
  const tally: Tally = { acked: new Set(), again: 0, strange: [], newest: 0 };
  const write = async (writer: number): Promise<void> => {
    while (!until.aborted) {
      const key = randomUUID();
      for (;;) {
        const sent = performance.now();
        const tried = await order(writer, key);
        if (tried === 'done') {
          tally.acked.add(key);
          tally.newest = Math.max(tally.newest, sent);
          break;
        }
        if (tried !== 'again') {
          tally.strange.push(tried.strange);
          break;
        }
        tally.again += 1;
        await after(PAUSE_MS);
      }
      await more();
    }
  };
  return { tally, over: Promise.all(Array.from({ length: writers }, (_, writer) => write(writer))) };
}

/** Waits for an order that was sent after a moment and carried out. @returns how long after the moment, in milliseconds. */
export async function carriedOutAfter(tally: Tally, moment: number, latestMs = 60_000): Promise<number> {
  while (tally.newest < moment) {
    if (performance.now() - moment > latestMs) throw new Error('nothing is carried out any more');
    await after(5);
  }
  return performance.now() - moment;
}

/** What the database has of the notes that were written under keys. */
export interface Stored {
  /** Acknowledged, and not there. */
  readonly lost: number;
  /** Notes beyond one a key. */
  readonly twice: number;
  /** Notes of a person in a case beyond the log's rows of his commands there. */
  readonly unlogged: number;
  readonly notes: number;
}

/** @param before notes that were written without a key. */
export async function stored(db: FreshDatabase, acked: ReadonlySet<string>, before: number): Promise<Stored> {
  const keys = new Set((await db.superuser<{ key: string }>('select key from app.command')).map(({ key }) => key));
  const [row] = await db.superuser<{ notes: string; commands: string; unlogged: string }>(`
    select (select count(*) from app.case_event where journal) as notes, (select count(*) from app.command) as commands,
      (select coalesce(sum(greatest(0, n.notes - coalesce(l.rows, 0))), 0) from
        (select case_id, actor, count(*) as notes from app.case_event where journal group by 1, 2) n left join
        (select case_ref, actor, count(*) as rows from audit.event where action = 'case.command' and purpose = 'journal.add' group by 1, 2) l
          on l.case_ref = n.case_id and l.actor = n.actor) as unlogged`);
  const notes = Number(row?.notes) - before;
  return { lost: [...acked].filter((key) => !keys.has(key)).length, twice: notes - Number(row?.commands), unlogged: Number(row?.unlogged), notes };
}
