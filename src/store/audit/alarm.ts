import { type Pool, withTransaction } from '../postgres/pools.js';

/** What can be wrong, in a word: a key was released that no row tells of; the log could not be written, or is not sealed; a CPR number cannot be opened for comparing. */
export type AlarmKind = 'key-without-row' | 'log-not-writable' | 'log-not-sealed' | 'number-not-readable';

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

/** Whether a row of the log has waited for its seal for longer than a minute: the sealer is away, or something holds it. @param cases the worker's */
export const sealIsLate = async (cases: Pool): Promise<boolean> =>
  (await cases.query<{ late: boolean }>({ name: 'seal-is-late', text: 'select audit.seal_is_late() as late' })).rows[0]?.late ?? false;
