import { randomUUID } from 'node:crypto';
import { isId } from '../domain/kernel/ids.js';
import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';
import { type Place, type ScopeSecret, seal, unseal } from './vault/envelope.js';
import type { Vault } from './vault/vault.js';

/** A question for guidance as it stands on a list: structure, never its text (FM-NCP-6). */
export interface GuidanceRow {
  readonly id: string;
  /** That asks. */
  readonly authority: string;
  readonly asked_at: Instant;
  readonly due: PlainDate;
  /** Null: nobody has answered yet. */
  readonly answered_at: Instant | null;
  /** The reader asked it himself. */
  readonly mine: boolean;
  /** His own, answered, and he has not opened the answer. */
  readonly unread: boolean;
  /** The day it is removed: a year after the answer, without one two years after it was asked. */
  readonly delete_on: PlainDate;
}

/** One question in full, and the key that an answer is sealed with. */
export interface OpenGuidance extends GuidanceRow {
  readonly question: string;
  readonly answer?: string;
  readonly secret: ScopeSecret;
}

const placeOf = (id: string, column: 'question_ct' | 'answer_ct'): Place => ({ table: 'guidance', column, id });

/** The caller's own questions; to the contact point all that wait and what was answered in the last 90 days. What waits first. @throws with code 28000 without a session. */
export const listGuidance = async (pool: Pool, token: string, today: PlainDate): Promise<readonly GuidanceRow[]> =>
  (await pool.query<GuidanceRow & Record<string, unknown>>({ name: 'list-guidance', text: 'select * from app.list_guidance($1, $2)', values: [token, today] })).rows;

/** Asks, under a key of the question's own. @returns its id; undefined when the caller may not ask, which the log says. */
export async function askGuidance(pool: Pool, vault: Vault, token: string, text: string, at: Instant, due: PlainDate): Promise<string | undefined> {
  const id = randomUUID();
  const secret = (await vault.create([id])).get(id);
  if (!secret) throw new Error('the vault made no key');
  const sealed = seal(secret, placeOf(id, 'question_ct'), text);
  const asked = await inSession(pool, token, async (client) => (await client.query<{ asked: boolean }>('select sec.ask_guidance($1, $2, $3, $4) as asked', [id, at, due, sealed])).rows[0]?.asked);
  return asked === true ? id : undefined;
}

interface SealedGuidance extends Omit<GuidanceRow, 'id'> {
  readonly payload: string;
  readonly mac: Buffer;
  readonly question_ct: Buffer;
  readonly answer_ct: Buffer | null;
}

/** Opens one question, with its row in the log. @param sent the id as it was sent @returns undefined when it is nothing, or somebody else's */
export async function openGuidance(pool: Pool, vault: Vault, token: string, sent: string): Promise<OpenGuidance | undefined> {
  const row = await inSession(pool, token, async (client) =>
    (await client.query<SealedGuidance & Record<string, unknown>>('select * from sec.open_guidance($1)', [isId(sent) ? sent : null])).rows[0]);
  if (!row) return undefined;
  const { payload, mac, question_ct: question, answer_ct: answer, authority, asked_at, due, answered_at, mine, unread, delete_on } = row;
  const secret = (await vault.redeem({ payload, mac })).get(sent);
  if (!secret) throw new Error('the ticket opened no key');
  return {
    id: sent, authority, asked_at, due, answered_at, mine, unread, delete_on, secret, question: unseal(secret, placeOf(sent, 'question_ct'), question),
    ...(answer === null ? {} : { answer: unseal(secret, placeOf(sent, 'answer_ct'), answer) }),
  };
}

/** Answers one that was opened, once. @returns `already` when somebody was sooner; undefined when the caller may not answer it, which the log says */
export const answerGuidance = (pool: Pool, token: string, { id, secret }: Pick<OpenGuidance, 'id' | 'secret'>, text: string, at: Instant): Promise<'answered' | 'already' | undefined> =>
  inSession(pool, token, async (client) =>
    (await client.query<{ said: 'answered' | 'already' | null }>('select sec.answer_guidance($1, $2, $3) as said', [id, at, seal(secret, placeOf(id, 'answer_ct'), text)])).rows[0]?.said ?? undefined);

/** Takes one's own question back, which removes it. @param sent the id as it was sent @returns `already` when it is answered; undefined when it is nothing of the caller's, which the log says */
export const withdrawGuidance = (pool: Pool, token: string, sent: string): Promise<'withdrawn' | 'already' | undefined> =>
  inSession(pool, token, async (client) =>
    (await client.query<{ said: 'withdrawn' | 'already' | null }>('select sec.withdraw_guidance($1) as said', [isId(sent) ? sent : null])).rows[0]?.said ?? undefined);
