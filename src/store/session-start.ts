import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from './postgres/pools.js';

/** The claims of a login, checked against its issuer before they get here. */
export interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly authority: string;
  readonly functions: readonly string[];
  /** When the person proved who he is, at the identity provider. */
  readonly authTime: Date;
  /** Level of assurance: substantial or high (NSIS). */
  readonly level: string;
  /** The identity provider's own name of the login, by which it can end it. */
  readonly sid?: string | undefined;
}

/** A new opaque token: 32 random bytes. The database keeps its SHA-256 only. */
const newToken = (): string => randomBytes(32).toString('base64url');
/** What the database knows a session by. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

const parametersOf = (token: string, claims: Claims): readonly unknown[] =>
  [hashOfToken(token), claims.issuer, claims.subject, claims.name, claims.authority, claims.functions, claims.authTime, claims.level, claims.sid ?? null];

/**
 * Starts a session on the login's own connection, the only one that can.
 * @returns the token, once; undefined when the person's access was ended.
 */
export async function startSession(login: Pool, claims: Claims): Promise<string | undefined> {
  const token = newToken();
  const { rows } = await login.query<{ user: string | null }>({
    name: 'start-session', text: 'select sec.start_session($1, $2, $3, $4, $5, $6, $7, $8, $9) as user', values: [...parametersOf(token, claims)],
  });
  return rows[0]?.user ? token : undefined;
}

/**
 * Starts a session in the place of another, for a person who has proved himself anew (control 18). The other ends with it.
 * @param before the hash of the token of the session that asked.
 * @returns the token, once; or why not: it was another person than the session's, or his access was ended.
 */
export async function renewSession(login: Pool, claims: Claims, before: Buffer): Promise<{ readonly token: string } | { readonly refused: 'another' | 'ended' }> {
  const token = newToken();
  const { rows } = await login.query<{ said: 'started' | 'another' | 'ended' }>({
    name: 'renew-session', text: 'select sec.renew_session($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as said', values: [before, ...parametersOf(token, claims)],
  });
  const said = rows[0]?.said ?? 'ended';
  return said === 'started' ? { token } : { refused: said };
}

/** Authority and functions that an identity provider says somebody has now; the authority undefined where it says none. */
export interface SaidOfHim extends Pick<Claims, 'functions'> {
  readonly authority: string | undefined;
}

/**
 * One row in the log for a person whom his identity provider knows and who is not let in (control 10).
 * @param token the ID token's claims, not checked.
 * @param said where what it says he is can be judged: if it is less than he was, or elsewhere, his access ends (control 27).
 */
export async function denyLogin(login: Pool, issuer: string, token: unknown, reason: string, said?: SaidOfHim): Promise<void> {
  const subject = typeof token === 'object' && token !== null && 'sub' in token && typeof token.sub === 'string' ? token.sub : '';
  await login.query({
    name: 'deny-login', text: 'select sec.deny_login($1, $2, $3, $4, $5)',
    values: [issuer, subject.slice(0, 255).replaceAll('\0', ''), reason, said?.authority ?? null, said?.functions ?? null],
  });
}

/** What an identity provider says is over: a person's logins there, or the one of this name. */
export interface ToldLogout {
  readonly issuer: string;
  readonly subject?: string | undefined;
  readonly sid?: string | undefined;
}

/** Ends the sessions that an identity provider has told are over. @param id what the telling is known by; @returns false when it was told before. */
export async function endTold(login: Pool, { issuer, subject, sid }: ToldLogout, id: string): Promise<boolean> {
  const { rows } = await login.query<{ done: boolean }>({
    name: 'end-told', text: 'select sec.end_told($1, $2, $3, $4) as done', values: [hashOfToken(`${issuer} ${id}`), issuer, subject ?? null, sid ?? null],
  });
  return rows[0]?.done ?? false;
}
