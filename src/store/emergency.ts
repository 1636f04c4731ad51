import type { Instant } from '../domain/kernel/time.js';
import { type IdentityRow, readBodies } from './identities.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';
import type { Vault } from './vault/vault.js';

/** Something the caller has under way: a card that is open to him for its hour, or a question by CPR number that a second officer answers. */
export interface Emergency {
  readonly id: string;
  /** Absent while it is a question. */
  readonly case_id: string | null;
  readonly number: string | null;
  readonly at: Instant;
  readonly until: Instant;
  readonly asked: boolean;
  /** The second officer has said yes. */
  readonly given: boolean;
  /** The worker has looked whether there is a case; until then nothing can be opened, whatever was said. */
  readonly looked: boolean;
  /** The worker cannot read the number, and will not look. */
  readonly unreadable: boolean;
}

const asking = <T extends object>(pool: Pool, token: string, sql: string, values: readonly unknown[]): Promise<readonly T[]> =>
  inSession(pool, token, async (client) => {
    return (await client.query<T & Record<string, unknown>>(sql, [...values])).rows;
  });

/**
 * Begins an emergency opening by the case's number. @returns the case, for an hour; undefined when there is none with it, or none for the caller.
 * @throws with code UV401 (step-up), UV404 (not for his function), UV423 (the last one waits to be looked at), UV429 (two a day), 28000.
 */
export const emergencyByNumber = async (pool: Pool, token: string, number: string): Promise<string | undefined> =>
  (await asking<{ id: string | null }>(pool, token, 'select sec.emergency_by_number($1) as id', [number]))[0]?.id ?? undefined;

/** Asks by a sealed CPR number: a second officer is asked, whoever has it. @throws as `emergencyByNumber` */
export const askEmergency = async (pool: Pool, token: string, id: string, sealed: Buffer): Promise<void> => {
  await asking(pool, token, 'select sec.ask_emergency($1, $2)', [id, sealed]);
};

/** Begins what a second officer has allowed. @returns undefined when he has not, or when there is no case. @throws as `emergencyByNumber`, but for UV429 */
export const emergencyByWanted = async (pool: Pool, token: string, id: string): Promise<string | undefined> =>
  (await asking<{ id: string | null }>(pool, token, 'select sec.emergency_by_wanted($1) as id', [id]))[0]?.id ?? undefined;

/** The case whose card the caller reads as one of its circle, by its number or by his own answered question; undefined for everybody else. */
export const myCard = async (pool: Pool, token: string, by: { readonly number?: string; readonly wanted?: string }): Promise<string | undefined> =>
  (await asking<{ id: string | null }>(pool, token, 'select sec.my_card($1, $2) as id', [by.number ?? null, by.wanted ?? null]))[0]?.id ?? undefined;

/** What the caller may still make today. */
export interface EmergenciesLeft {
  readonly count: number;
  /** When there may be one again; null while there may be one. */
  readonly again: Instant | null;
  /** His last one waits to be looked at: there is no new one before that. */
  readonly unreviewed: boolean;
}
/** Of what fell over on the way, and goes on, neither bars him. @throws with code 28000 without a session. */
export const emergenciesLeft = async (pool: Pool, token: string): Promise<EmergenciesLeft> => {
  const [left] = await asking<EmergenciesLeft>(pool, token, 'select * from sec.emergencies_left()', []);
  if (left === undefined) throw new Error('the database did not say how many emergencies are left');
  return left;
};

/** @throws with code 28000 without a session. */
export const myEmergencies = async (pool: Pool, token: string): Promise<readonly Emergency[]> =>
  (await pool.query<Emergency & Record<string, unknown>>({ name: 'list-emergencies', text: 'select * from app.list_emergencies($1)', values: [token] })).rows;

/** An emergency opening as the contact point is told of it, until one of its officials has seen it: structure only. */
export interface EmergencyTold {
  readonly id: string;
  readonly number: string;
  readonly unit: string;
  readonly at: Instant;
  /** Of who opened the card. */
  readonly authority: string;
  /** Whether the case has a co-ordinator. */
  readonly attended: boolean;
}
/** For officials of the contact point alone, newest first. @throws with code 28000 without a session. */
export const emergenciesTold = async (pool: Pool, token: string): Promise<readonly EmergencyTold[]> =>
  (await pool.query<EmergencyTold & Record<string, unknown>>({ name: 'list-emergencies-told', text: 'select * from app.list_emergencies_told($1)', values: [token] })).rows;

/** @returns false when it is not there, not the caller's, or was seen already; the log then says that he was refused. */
export const emergencySeen = async (pool: Pool, token: string, id: string): Promise<boolean> =>
  (await asking<{ seen: boolean }>(pool, token, 'select sec.see_emergency($1) as seen', [id]))[0]?.seen === true;

/** What stands on the card, oldest first; none when the hour is over, or the circle has not been told. */
export const emergencyCard = (pool: Pool, vault: Vault, token: string, caseId: string): Promise<readonly IdentityRow[]> =>
  readBodies(pool, vault, token, 'select * from sec.emergency_card($1)', [caseId]);
