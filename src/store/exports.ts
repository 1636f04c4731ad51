import type { ScopeKind } from '../domain/kernel/command.js';
import type { SealedCase } from './case-rows.js';
import { LIMITED, readCase } from './case-stream.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** What a case is carried out for, and why: chosen words, for they stand in the log. */
export type ExportPurpose = `insight ${string}` | `archive ${string}`;

/** More than any case has: a bundle holds all of the journal that its reader reads. */
const ALL_ENTRIES = 100_000;

/**
 * Opens a case to be carried out of the system, in one transaction: proof, seat, the day's limit, another's yes where it takes one, and the row in the log (control 33).
 * @returns `ask` when another has not said yes, or that yes is used; undefined when it is not there, or not for the caller.
 * @throws with code 28000, UV401 (step-up), UV429 (the day's limit, or the hour's of cases); then nothing is done, and another's yes is not used.
 */
export const openForExport = (pool: Pool, token: string, caseId: string, purpose: ExportPurpose, kinds: readonly ScopeKind[]): Promise<SealedCase | 'ask' | undefined> =>
  inSession(pool, token, async (client) => {
    const { rows } = await client.query<{ answer: 'ready' | 'ask' | null }>('select sec.begin_export($1, $2) as answer', [caseId, purpose]);
    const answer = rows[0]?.answer;
    if (answer !== 'ready') return answer ?? undefined;
    const sealed = await readCase(client, token, caseId, purpose, kinds, ALL_ENTRIES);
    if (sealed === 'limited') throw Object.assign(new Error('too many cases'), { code: LIMITED });
    return sealed;
  });

/** Asks somebody of another authority in the unit. @returns false when it is not the caller's to ask. @throws as `openForExport` */
export const askExport = (pool: Pool, token: string, caseId: string): Promise<boolean> =>
  inSession(pool, token, async (client) => {
    return (await client.query<{ ok: boolean }>('select sec.ask_export($1) as ok', [caseId])).rows[0]?.ok === true;
  });
