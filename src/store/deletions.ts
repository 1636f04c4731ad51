import type { PlainDate } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** What is left of a deleted case: structure only, and nothing of whom it was about (FM-WORK-4). */
export interface DeletedCase {
  /** Of the receipt, and of the question it answers. */
  readonly id: string;
  /** Null, as the two after it, where the order came out of a newer copy of the keys than the database of the cases is. */
  readonly number: string | null;
  /** How it ended. */
  readonly outcome: string | null;
  /** The day its time was over. */
  readonly dueOn: PlainDate | null;
  readonly deletedOn: PlainDate;
  /** Who said yes; the name to his own colleagues alone. */
  readonly yes: readonly { readonly authority: string; readonly name: string | null }[];
}

export interface DeletedCases {
  /** All of them, not only those of the page. */
  readonly total: number;
  readonly cases: readonly DeletedCase[];
}

/** As many on a page of the list. */
export const DELETED_ON_A_PAGE = 50;

const listed = async (pool: Pool, token: string, id: string | null, offset: number): Promise<DeletedCases | undefined> =>
  (await pool.query<{ page: DeletedCases | null }>({ name: 'list-deleted', text: 'select app.list_deleted($1, $2, $3) as page', values: [token, id, offset] })).rows[0]?.page ?? undefined;

/** The deletions that the caller answers for, newest first, in the log; undefined where he answers for none, which is in the log as a refusal. @throws with code 28000 without a session. */
export const deletedCases = (pool: Pool, token: string, offset: number): Promise<DeletedCases | undefined> => listed(pool, token, null, offset);

/** One receipt, in the log; undefined when it is not there or not for the caller, which is in the log as a refusal. @throws with code 28000 without a session. */
export const receiptOf = async (pool: Pool, token: string, id: string): Promise<DeletedCase | undefined> => (await listed(pool, token, id, 0))?.cases[0];

/** Whether a link to the list, or to one receipt, leads somewhere for the caller. @param id of the receipt */
export const answersForDeletions = (pool: Pool, token: string, id?: string): Promise<boolean> =>
  inSession(pool, token, async (client) => (await client.query<{ yes: boolean }>('select sec.answers_for_deletions($1) as yes', [id ?? null])).rows[0]?.yes === true);
