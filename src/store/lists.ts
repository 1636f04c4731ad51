import type { CaseEvent } from '../domain/exit-case/case.js';
import type { Question, QuestionKind } from '../domain/exit-case/question.js';
import type { QuestionOutcome } from '../domain/exit-case/question-outcome.js';
import { isId } from '../domain/kernel/ids.js';
import type { PlainDate, Instant } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';
import { type Colleague, colleagues, colleaguesById, type StaffMember } from './staff.js';

/** Every list is one statement and so one transaction of its own, with its row in the log (007_lists.sql). */
const asked = async <Row extends object>(pool: Pool, name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
  (await pool.query<Row & Record<string, unknown>>({ name, text, values: [...values] })).rows;

export interface Me {
  readonly user_id: string;
  readonly name: string;
  readonly authority: string;
  readonly functions: readonly string[];
  readonly last_seen: Instant;
}

/** Who the session is; undefined when it is gone. */
export const whoAmI = async (pool: Pool, token: string): Promise<Me | undefined> => (await asked<Me>(pool, 'whoami', 'select * from app.who_is($1)', [token]))[0];

export const endSession = (pool: Pool, token: string): Promise<void> =>
  inSession(pool, token, async (client) => { await client.query('select sec.end_session()'); });

/** A refusal that the program gives by itself: once in the log, with the id as it was sent (control 10). @throws with code 28000 without a session. */
export const noteDenied = (pool: Pool, token: string, sent: string | undefined, purpose: string): Promise<void> =>
  inSession(pool, token, async (client) => {
    const id = sent === undefined ? null : isId(sent) ? sent : NO_ID;
    await client.query({ name: 'denied', text: 'select sec.deny($1, $2)', values: [id, purpose] });
  });
/** What stands in the log for something that is no id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Starts the idle limit anew, at most once a minute. */
export const touchSession = (pool: Pool, token: string): Promise<void> =>
  inSession(pool, token, async (client) => { await client.query({ name: 'touch', text: 'select sec.touch_session()' }); });

export interface CaseListRow {
  readonly id: string;
  readonly number: string;
  readonly label: string;
  readonly unit: string;
  readonly municipality: string | null;
  readonly phase: string;
  readonly place: string;
  readonly since: PlainDate;
  readonly next_due: PlainDate | null;
  readonly contact_person: string | null;
  readonly total: number;
}

/** A page of the caller's own cases; `total` on each row counts all of them. @throws with code 28000 without a session. */
export const listCases = (
  pool: Pool, token: string, { closed = false, phase, limit = 25, offset = 0 }: { closed?: boolean; phase?: string; limit?: number; offset?: number },
): Promise<readonly CaseListRow[]> => asked(pool, 'list-cases', 'select * from app.list_cases($1, $2, $3, $4, $5)', [token, closed, phase ?? null, limit, offset]);

export interface TaskListRow {
  readonly case_id: string;
  readonly number: string;
  readonly label: string;
  readonly key: string;
  readonly title: string;
  readonly mine: boolean;
  readonly owner: string;
  readonly due: PlainDate;
  readonly command: string;
}
export const listTasks = (pool: Pool, token: string): Promise<readonly TaskListRow[]> => asked(pool, 'list-tasks', 'select * from app.list_tasks($1)', [token]);

export interface NewsRow {
  readonly case_id: string;
  readonly number: string;
  readonly label: string;
  readonly type: CaseEvent['type'];
  readonly at: Instant;
}
/** What others did in the caller's cases since his last login before today, newest first, ten at most. @throws with code 28000 without a session. */
export const listNews = (pool: Pool, token: string): Promise<readonly NewsRow[]> => asked(pool, 'list-news', 'select * from app.list_news($1)', [token]);

export interface InboxRow {
  readonly case_id: string;
  readonly number: string;
  readonly unit: string;
  readonly municipality: string | null;
  readonly place: string;
  readonly channel: string;
  readonly urgent: boolean;
  readonly received_at: Instant;
  readonly due: PlainDate;
  /** The contact point has settled that it ends as a double: one that hastes is taken and read first, another may be closed unread (FM-INT-3). */
  readonly ends_as_double: boolean;
}
export const listInbox = (pool: Pool, token: string): Promise<readonly InboxRow[]> => asked(pool, 'list-inbox', 'select * from app.list_inbox($1)', [token]);

/** A question as it lies on the contact point's desk: structure only (FM-NCP-2). */
export interface QuestionRow {
  readonly id: string;
  readonly case_id: string;
  readonly kind: QuestionKind;
  readonly number: string;
  readonly unit: string;
  readonly asked_at: Instant;
  readonly asked_on: PlainDate;
  readonly due: PlainDate;
  /** The officials who have it now, and their authorities in the same order. */
  readonly taken_by: readonly string[];
  readonly authorities: readonly string[];
  /** The officials who have given their authority's position. */
  readonly spoken_by: readonly string[];
  /** How many authorities must still take it. */
  readonly needed: number;
  readonly status: Question['status'];
  readonly ended_on: PlainDate | null;
  /** What came of it; null also of what ended before it was written down. */
  readonly outcome: QuestionOutcome | null;
  /** The day the candidate's answer to his hearing came to it. */
  readonly heard_on: PlainDate | null;
  /** The authorities whose position something came after. */
  readonly overtaken: readonly string[];
  /** The contact point asked for it itself, for a candidate who turned to it. */
  readonly by_desk: boolean;
  /** The day the unit first sent something: with its question, or afterwards; null: nothing yet. */
  readonly sent_on: PlainDate | null;
  /** Whether anybody who can act co-ordinates its case; null of one that does not lie open. */
  readonly attended: boolean | null;
}
/** The questions that lie open, by what is due first; with `endedSince` those that ended since then as well, after them. @throws with code 28000 without a session. */
export const listQuestions = (pool: Pool, token: string, endedSince?: PlainDate): Promise<readonly QuestionRow[]> =>
  asked(pool, 'list-questions', 'select * from app.list_questions($1, $2)', [token, endedSince ?? null]);


export const allColleagues = (pool: Pool, token: string): Promise<readonly Colleague[]> => inSession(pool, token, colleagues);
export const namesOfColleagues = (pool: Pool, token: string, ids: readonly string[]): Promise<ReadonlyMap<string, StaffMember>> =>
  inSession(pool, token, (client) => colleaguesById(client, ids));

export interface RosterRow {
  readonly seat: string;
  readonly municipality: string;
  readonly user_id: string;
}
/** The unit's usual people, for the keeper of its inbox. */
export const roster = (pool: Pool, token: string): Promise<readonly RosterRow[]> =>
  inSession(pool, token, async (client) => (await client.query<RosterRow & Record<string, unknown>>('select seat, municipality, user_id from app.unit_roster')).rows);

/** Who looked at a case, newest first; rows for its co-ordinator only (FM-CNF-5). */
export interface LookRow {
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly purpose: string | null;
}
export const caseLog = (pool: Pool, token: string, caseId: string): Promise<readonly LookRow[]> =>
  inSession(pool, token, async (client) => (await client.query<LookRow & Record<string, unknown>>('select * from sec.case_log($1)', [caseId])).rows);

/** The caller has no conflict of interest in a case he is in; in the log. False when it is not his, which leaves `case.denied` (FM-DEC-4). */
export const sayImpartial = (pool: Pool, token: string, caseId: string): Promise<boolean> => toldOf(pool, token, 'select sec.say_impartial($1) as told', caseId);
/** Whether he is asked before what he sends: in the whole of a case that goes on, and has neither said so nor done anything in it. False without a session. */
export const mayBeAsked = async (pool: Pool, token: string, caseId: string): Promise<boolean> =>
  (await asked<{ told: boolean }>(pool, 'may-be-asked', 'select app.may_be_asked($1, $2) as told', [token, caseId]))[0]?.told === true;
const toldOf = (pool: Pool, token: string, text: string, caseId: string): Promise<boolean> =>
  inSession(pool, token, async (client) => (await client.query<{ told: boolean }>(text, [caseId])).rows[0]?.told === true);
