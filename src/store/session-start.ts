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
  /** Level of assurance: low, substantial, high (NSIS). */
  readonly level: string;
}

/** A new opaque token: 32 random bytes. The database keeps its SHA-256 only. */
const newToken = (): string => randomBytes(32).toString('base64url');

/**
 * Starts a session on the login's own connection, the only one that can.
 * @returns the token, once; undefined when the person's access was ended.
 */
export async function startSession(login: Pool, claims: Claims): Promise<string | undefined> {
  const token = newToken();
  const { rows } = await login.query<{ user: string | null }>({
    name: 'start-session', text: 'select sec.start_session($1, $2, $3, $4, $5, $6, $7, $8) as user',
    values: [createHash('sha256').update(token).digest(), claims.issuer, claims.subject, claims.name, claims.authority, claims.functions, claims.authTime, claims.level],
  });
  return rows[0]?.user ? token : undefined;
}

/** One row in the log for a person whom his identity provider knows and who is not let in (control 10). @param token the ID token's claims, not checked. */
export async function denyLogin(login: Pool, issuer: string, token: unknown, reason: string): Promise<void> {
  const subject = typeof token === 'object' && token !== null && 'sub' in token && typeof token.sub === 'string' ? token.sub : '';
  await login.query({ name: 'deny-login', text: 'select sec.deny_login($1, $2, $3)', values: [issuer, subject.slice(0, 255).replaceAll('\0', ''), reason] });
}
