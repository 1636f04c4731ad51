import { randomUUID } from 'node:crypto';
import { isId } from '../domain/kernel/ids.js';
import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { type AskedPractice, packPractice, unpackPractice } from '../domain/statistics/practice-question.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';
import { type Place, type ScopeSecret, seal, unseal } from './vault/envelope.js';
import type { Vault } from './vault/vault.js';

/** A question of practice as it stands on a list, never its text or figures (FM-NCP-7). */
export interface PracticeQuestionRow {
  readonly id: string;
  readonly unit: string;
  readonly asked_at: Instant;
  /** The period of the drawing, both days included. */
  readonly from_date: PlainDate;
  readonly as_of: PlainDate;
  readonly due: PlainDate;
  /** Null: the unit has not answered yet. */
  readonly answered_at: Instant | null;
  /** To the contact point: answered, and none of it has opened the answer. */
  readonly unread: boolean;
  /** The reader keeps the unit's inbox, and may answer. */
  readonly mine: boolean;
  /** The day it is removed. */
  readonly delete_on: PlainDate;
}

/** One in full, and the key that an answer is sealed with. */
export interface OpenPracticeQuestion extends PracticeQuestionRow {
  readonly asked: AskedPractice;
  readonly answer?: string;
  readonly secret: ScopeSecret;
}

const placeOf = (id: string, column: 'question_ct' | 'answer_ct'): Place => ({ table: 'practice_question', column, id });

/** To who keeps a unit's inbox the unit's, to the contact point all; what waits first. @throws with code 28000 without a session. */
export const listPractice = async (pool: Pool, token: string): Promise<readonly PracticeQuestionRow[]> =>
  (await pool.query<PracticeQuestionRow & Record<string, unknown>>({ name: 'list-practice', text: 'select * from app.list_practice($1)', values: [token] })).rows;

export interface SentPractice {
  readonly unit: string;
  readonly from: PlainDate;
  readonly asOf: PlainDate;
  readonly at: Instant;
  readonly due: PlainDate;
}
/** Sends a question with its figures, under a key of its own. @returns its id; undefined when the caller may not, which the log says */
export async function askPractice(pool: Pool, vault: Vault, token: string, { unit, from, asOf, at, due }: SentPractice, asked: AskedPractice): Promise<string | undefined> {
  const id = randomUUID();
  const secret = (await vault.create([id])).get(id);
  if (!secret) throw new Error('the vault made no key');
  const sealed = seal(secret, placeOf(id, 'question_ct'), packPractice(asked));
  const done = await inSession(pool, token, async (client) => (await client.query<{ asked: boolean }>('select sec.ask_practice($1, $2, $3, $4, $5, $6, $7) as asked', [id, unit, at, from, asOf, due, sealed])).rows[0]?.asked);
  return done === true ? id : undefined;
}

interface SealedPractice extends Omit<PracticeQuestionRow, 'id'> {
  readonly payload: string;
  readonly mac: Buffer;
  readonly question_ct: Buffer;
  readonly answer_ct: Buffer | null;
}

/** Opens one, with its row in the log. @param sent the id as it was sent @returns undefined when it is nothing, or another unit's */
export async function openPractice(pool: Pool, vault: Vault, token: string, sent: string): Promise<OpenPracticeQuestion | undefined> {
  const found = await inSession(pool, token, async (client) =>
    (await client.query<SealedPractice & Record<string, unknown>>('select * from sec.open_practice($1)', [isId(sent) ? sent : null])).rows[0]);
  if (!found) return undefined;
  const { payload, mac, question_ct: question, answer_ct: answer, ...row } = found;
  const secret = (await vault.redeem({ payload, mac })).get(sent);
  if (!secret) throw new Error('the ticket opened no key');
  return {
    ...row, id: sent, secret, asked: unpackPractice(unseal(secret, placeOf(sent, 'question_ct'), question)),
    ...(answer === null ? {} : { answer: unseal(secret, placeOf(sent, 'answer_ct'), answer) }),
  };
}

/** Answers one that was opened, once. @returns `already` when a colleague was sooner; undefined when the caller may not answer it, which the log says */
export const answerPractice = (pool: Pool, token: string, { id, secret }: Pick<OpenPracticeQuestion, 'id' | 'secret'>, text: string, at: Instant): Promise<'answered' | 'already' | undefined> =>
  inSession(pool, token, async (client) =>
    (await client.query<{ said: 'answered' | 'already' | null }>('select sec.answer_practice($1, $2, $3) as said', [id, at, seal(secret, placeOf(id, 'answer_ct'), text)])).rows[0]?.said ?? undefined);
