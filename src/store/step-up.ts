import { isId } from '../domain/kernel/ids.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** Where somebody proves himself anew, and at which level at least (018_step_up.sql). */
export interface StepUpDemand {
  readonly issuer: string;
  readonly level: string;
}

const asked = <Row extends object>(pool: Pool, token: string, name: string, text: string, values: readonly unknown[] = []): Promise<Row | undefined> =>
  inSession(pool, token, async (client) => {
    return (await client.query<Row & Record<string, unknown>>({ name, text, values: [...values] })).rows[0];
  });

/** Whether the session has proved itself within the last five minutes, by the database's clock, at the level that is demanded (control 18). */
export const isSteppedUp = async (pool: Pool, token: string): Promise<boolean> =>
  (await asked<{ yes: boolean }>(pool, token, 'stepped-up', 'select sec.stepped_up() as yes'))?.yes ?? false;

/** One row in the log for an act that was refused because the proof was too old or too weak. @param sent the case's id as it came. @throws with code 28000 without a session. */
export const noteStepUpDenied = async (pool: Pool, token: string, sent: string | undefined, purpose: string): Promise<void> => {
  await asked(pool, token, 'deny-step-up', 'select sec.deny_step_up($1, $2)', [sent !== undefined && isId(sent) ? sent : null, purpose]);
};

/** Counts a step-up that begins. @throws with code 28000 without a session, UV429 after five in a quarter of an hour. */
export const beginStepUp = (pool: Pool, token: string): Promise<StepUpDemand | undefined> =>
  asked<StepUpDemand>(pool, token, 'begin-step-up', 'select issuer, level from sec.begin_step_up()');
