import { isId } from '../domain/kernel/ids.js';
import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';
import { type Place, type ScopeSecret, seal, unseal } from './vault/envelope.js';
import type { Vault } from './vault/vault.js';

/** What stands in plain of a question outside of cases, by its kind (decision 27). */
interface Plain {
  /** To the contact point (FM-NCP-6). */
  readonly guidance: {
    /** That asks. */
    readonly authority: string;
  };
  /** From the contact point (FM-NCP-7). */
  readonly practice: {
    /** That is asked. */
    readonly unit: string;
    /** The period of the drawing, both days included, and its moment. */
    readonly from_date: PlainDate;
    readonly as_of: PlainDate;
    readonly drawn_at: Instant;
  };
}
export type TextKind = keyof Plain;
/** Of a row that has more, what stands in plain by its kind. */
const plainOf: { readonly [K in TextKind]: (row: Plain[K]) => Plain[K] } = {
  guidance: ({ authority }) => ({ authority }),
  practice: ({ unit, from_date, as_of, drawn_at }) => ({ unit, from_date, as_of, drawn_at }),
};

/** What stands in plain of every question, whatever its kind. */
interface Known {
  readonly id: string;
  readonly asked_at: Instant;
  readonly due: PlainDate;
  /** Null: nobody has answered yet. */
  readonly answered_at: Instant | null;
  /** The reader asked it: of guidance himself, of practice the contact point. */
  readonly asks: boolean;
  /** The reader may answer it, while nobody has. */
  readonly answers: boolean;
  /** It is answered, and who asked has not opened the answer: of practice nobody of the contact point has. Told to who asked alone. */
  readonly unread: boolean;
  /** The day it is removed, by the database's count. */
  readonly delete_on: PlainDate;
}
/** A question as it stands on a list, never its text. */
export type TextRow<K extends TextKind = TextKind> = Plain[K] & Known;

interface Opened extends Known {
  readonly question: string;
  readonly answer?: string;
  readonly secret: ScopeSecret;
}
/** One in full, and the key that an answer is sealed with. */
export type OpenText<K extends TextKind = TextKind> = Plain[K] & Opened;

const placeOf = (id: string, column: 'question_ct' | 'answer_ct'): Place => ({ table: 'text', column, id });

/** To who asked his own, to who is asked what he may answer; what waits first. @throws with code 28000 without a session. */
export const listTexts = async <K extends TextKind>(pool: Pool, token: string, kind: K): Promise<readonly TextRow<K>[]> =>
  (await pool.query<TextRow<K> & Record<string, unknown>>({ name: 'list-texts', text: 'select * from app.list_texts($1, $2)', values: [token, kind] })).rows;

/** A question to be asked: its text, and what of it stands in plain that is not the session's. */
export interface NewText {
  readonly kind: TextKind;
  readonly text: string;
  readonly about?: Plain['practice'];
  /** The key it came under, and a keyed hash of what is asked: the same again is the same question. */
  readonly mark?: { readonly key: string; readonly hash: Buffer };
}
interface Begun {
  readonly id: string;
  readonly mac: Buffer | null;
}
type AskedText = { readonly id: string } | 'key-reused' | undefined;
/** Asks, under an id that the database draws and a key of its own. @returns the id; `key-reused` when something else was asked under the key; undefined when the caller may not ask, which the log says */
export async function askText(pool: Pool, vault: Vault, token: string, asked: NewText): Promise<AskedText> {
  const made: Begun[] = [];
  try {
    return await askOnce(pool, vault, token, asked, (begun) => { made.push(begun); });
  } catch (error) {
    for (const begun of made) await abandon(pool, token, begun);
    throw error;
  }
}

/** @param makes called before a key is made, which the end of this transaction does not take back */
const askOnce = (pool: Pool, vault: Vault, token: string, { kind, text, about, mark }: NewText, makes: (begun: Begun) => void): Promise<AskedText> =>
  inSession(pool, token, async (client) => {
    const { rows: [begun] } = await client.query<{ id: string | null; repeated: boolean | null; mac: Buffer | null }>('select id, repeated, mac from sec.begin_text($1, $2, $3)', [kind, mark?.key, mark?.hash]);
    if (begun?.id == null) return begun?.repeated === true ? 'key-reused' : undefined;
    const { id, mac } = begun;
    if (begun.repeated === true) return { id };
    makes({ id, mac });
    const secret = (await vault.create([id])).get(id);
    if (!secret) throw new Error('the vault made no key');
    await client.query('select sec.ask_text($1, $2, $3, $4, $5)', [seal(secret, placeOf(id, 'question_ct'), text), about?.unit, about?.from_date, about?.as_of, about?.drawn_at]);
    return { id };
  });

/** Orders the key gone that was made for a text that came to nothing. Nothing is sealed by it: where that fails as well, what failed first is told. */
async function abandon(pool: Pool, token: string, { id, mac }: Begun): Promise<void> {
  try {
    await inSession(pool, token, (client) => client.query('select sec.abandon_text($1, $2)', [id, mac]));
  } catch {
    // Told is why it could not be asked.
  }
}

interface Sealed {
  readonly payload: string;
  readonly mac: Buffer;
  readonly question_ct: Buffer;
  readonly answer_ct: Buffer | null;
}

/** Opens one, with its row in the log. @param sent the id as it was sent @returns undefined when it is nothing, or not the caller's to read */
export async function openText<K extends TextKind>(pool: Pool, vault: Vault, token: string, kind: K, sent: string): Promise<OpenText<K> | undefined> {
  const found = await inSession(pool, token, async (client) =>
    (await client.query<Sealed & Plain[K] & Omit<Known, 'id'> & Record<string, unknown>>('select * from sec.open_text($1, $2)', [kind, isId(sent) ? sent : null])).rows[0]);
  if (!found) return undefined;
  const { payload, mac, question_ct: question, answer_ct: answer, asked_at, due, answered_at, asks, answers, unread, delete_on } = found;
  const secret = (await vault.redeem({ payload, mac })).get(sent);
  if (!secret) throw new Error('the ticket opened no key');
  const opened: Opened = {
    id: sent, asked_at, due, answered_at, asks, answers, unread, delete_on, secret, question: unseal(secret, placeOf(sent, 'question_ct'), question),
    ...(answer === null ? {} : { answer: unseal(secret, placeOf(sent, 'answer_ct'), answer) }),
  };
  return { ...plainOf[kind](found), ...opened };
}

/** Answers one that was opened, once. @returns `already` when somebody was sooner; undefined when it is not the caller's to answer, which the log says */
export const answerText = (pool: Pool, token: string, kind: TextKind, { id, secret }: Pick<OpenText, 'id' | 'secret'>, text: string): Promise<'answered' | 'already' | undefined> =>
  inSession(pool, token, async (client) =>
    (await client.query<{ said: 'answered' | 'already' | null }>('select sec.answer_text($1, $2, $3) as said', [kind, id, seal(secret, placeOf(id, 'answer_ct'), text)])).rows[0]?.said ?? undefined);

/** Takes a question back, which removes it. @param sent the id as it was sent @returns `already` when it is answered; undefined when it is nothing of the caller's, which the log says */
export const withdrawText = (pool: Pool, token: string, kind: TextKind, sent: string): Promise<'withdrawn' | 'already' | undefined> =>
  inSession(pool, token, async (client) =>
    (await client.query<{ said: 'withdrawn' | 'already' | null }>('select sec.withdraw_text($1, $2) as said', [kind, isId(sent) ? sent : null])).rows[0]?.said ?? undefined);
