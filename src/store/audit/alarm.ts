import { type Pool, withTransaction } from '../postgres/pools.js';

/** What can be wrong, in a word: a key was released that no row tells of; the log could not be written. */
export type AlarmKind = 'key-without-row' | 'log-not-writable';

const ROW = 'select audit.alarm($1, $2)';

/** A row of the log that says what is wrong. @param n how often. */
export const raiseAlarm = async (cases: Pool, kind: AlarmKind, n: number): Promise<void> => {
  await cases.query(ROW, [kind, n]);
};

class TakenBack extends Error {}

/** Writes a row into the log and takes it back. @throws when the log cannot be written: then no case can be opened either. */
export async function tryLog(cases: Pool): Promise<void> {
  await withTransaction(cases, async (client) => {
    await client.query(ROW, ['log-not-writable', 0]);
    throw new TakenBack();
  }).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
}
