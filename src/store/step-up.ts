import { isId } from '../domain/kernel/ids.js';
import { type Pool, withTransaction } from './postgres/pools.js';

/** Where somebody proves himself anew, and at which level at least (018_step_up.sql). */
export interface StepUpDemand {
  readonly issuer: string;
  readonly level: string;
}

const inSession = <Row extends object>(pool: Pool, token: string, name: string, text: string, values: readonly unknown[] = []): Promise<Row | undefined> =>
  withTransaction(pool, async (client) => {
    await client.query({ name: 'session', text: `select set_config('app.session', $1, true)`, values: [token] });
    return (await client.query<Row & Record<string, unknown>>({ name, text, values: [...values] })).rows[0];
  });

/** Whether the session has proved itself within the last five minutes, by the database's clock, at the level that is demanded (control 18). */
export const isSteppedUp = async (pool: Pool, token: string): Promise<boolean> =>
  (await inSession<{ yes: boolean }>(pool, token, 'stepped-up', 'select sec.stepped_up() as yes'))?.yes ?? false;

/** One row in the log for an act that was refused because the proof was too old or too weak. @param sent the case's id as it came. @throws with code 28000 without a session. */
export const noteStepUpDenied = async (pool: Pool, token: string, sent: string | undefined, purpose: string): Promise<void> => {
  await inSession(pool, token, 'deny-step-up', 'select sec.deny_step_up($1, $2)', [sent !== undefined && isId(sent) ? sent : null, purpose]);
};

/** Counts a step-up that begins. @throws with code 28000 without a session, UV429 after five in a quarter of an hour. */
export const beginStepUp = (pool: Pool, token: string): Promise<StepUpDemand | undefined> =>
  inSession<StepUpDemand>(pool, token, 'begin-step-up', 'select issuer, level from sec.begin_step_up()');
