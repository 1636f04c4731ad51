import { type Instant, instant } from '../domain/kernel/time.js';
import { noteDenied } from '../store/lists.js';
import type { Scanner } from '../store/scanning/clamd.js';
import type { Pool } from '../store/postgres/pools.js';
import type { Vault } from '../store/vault/vault.js';

/** What every use case works with: the reading and commanding pool, the vault, and the clock. */
export interface House {
  readonly web: Pool;
  readonly vault: Vault;
  /** The time that events get. In demonstration it can be set; sessions, tickets and the log use the database's own. */
  readonly clock: () => Instant;
  /** Keys ETags, one per user and case; stable across nodes and restarts. */
  readonly etagKey: Buffer;
  /** What CPR numbers are sealed with for the worker, who alone opens them: his public key, 32 bytes (FM-INT-3). */
  readonly matchKey: Buffer;
  /** Who looks through files for malicious programs; without one nobody does. */
  readonly scan?: Scanner;
  /** Only while a demonstration's past is told: what somebody was in a case counts on, as it does in the database, whose clock stands where the telling began. */
  readonly tellingPast?: true;
}

/** What a use case can answer instead of its result. */
export type Refused =
  /** Not there, or not for you: the caller must not be able to tell which (CNF-3). */
  | { readonly kind: 'absent' }
  | { readonly kind: 'signed-out' }
  /** The hour's limit of cases or names is used up. */
  | { readonly kind: 'limited' }
  /** The session's proof is too old or too weak for this act: log in anew first (control 18). */
  | { readonly kind: 'step-up' };

const REFUSED: readonly string[] = ['absent', 'signed-out', 'limited', 'step-up'] satisfies readonly Refused['kind'][];
/** Whether the use case was not even begun, so that the server's common answers say what there is to say. */
export const isRefused = <T extends { readonly kind: string }>(answer: T): answer is Extract<T, Refused> => REFUSED.includes(answer.kind);

/** As many as there may be of a day are made. */
export interface UsedUp {
  readonly kind: 'used-up';
  /** From when there may be one again. */
  readonly again: Instant;
}

const partOf = (error: unknown, part: 'code' | 'message'): unknown => (typeof error === 'object' && error !== null && part in error ? (error as Readonly<Record<string, unknown>>)[part] : undefined);

/** A day's limit that says when there may be one again; undefined for every other error. */
export const usedUp = (error: unknown): UsedUp | undefined => {
  const message = partOf(error, 'code') === 'UV429' ? partOf(error, 'message') : undefined;
  const again = typeof message === 'string' ? instant(message.replace(/^again from /, '')) : undefined;
  return again && { kind: 'used-up', again };
};

/** Turns the database's own refusals into answers; anything else is a bug and goes on up. */
export const refusedBy = (error: unknown): Refused => {
  const code = partOf(error, 'code');
  if (code === '28000') return { kind: 'signed-out' };
  if (code === 'UV429') return { kind: 'limited' };
  if (code === 'UV401') return { kind: 'step-up' };
  throw error;
};

/** As `refusedBy`. What a limit stops is rolled back with the row that would have told of it, so the row is written by itself (control 10). @param sent the id as it was sent */
export const notedIfLimited = async (house: House, token: string, sent: string | undefined, purpose: string, error: unknown): Promise<Refused> => {
  const refused = refusedBy(error);
  if (refused.kind === 'limited') await noteDenied(house.web, token, sent, purpose);
  return refused;
};
