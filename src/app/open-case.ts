import type { Actor, ScopeKind } from '../domain/kernel/command.js';
import type { UserId } from '../domain/kernel/ids.js';
import { asSomebodyHasIt } from '../domain/access/after-the-end.js';
import { type ExitCase, fold, type RecordedEvent } from '../domain/exit-case/case.js';
import { copenhagenDate } from '../domain/kernel/time.js';
import { type OpenBody, openStream, type SealedCase } from '../store/case-rows.js';
import { readCase, readCaseWithFiles } from '../store/case-stream.js';
import type { KeyRing } from '../store/vault/vault.js';
import { etagFor } from './etag.js';
import { type House, type Refused, refusedBy } from './house.js';

/** A case as one reader gets it: the state, and the words of the scopes he reads. What he may not see is absent. */
export interface OpenedCase {
  readonly kind: 'open';
  readonly id: string;
  readonly number: string;
  readonly label: string;
  readonly actor: Actor;
  /** How he came in: the circle, or the unit's inbox (then the core only). */
  readonly standing: string;
  /** He has said that he has no conflict of interest (FM-DEC-4). */
  readonly impartial: boolean;
  readonly state: ExitCase;
  readonly facts: readonly RecordedEvent[];
  /** The latest journal entries, newest last. */
  readonly entries: readonly RecordedEvent[];
  readonly bodies: ReadonlyMap<number, readonly OpenBody[]>;
  readonly etag: string;
}

/** All scopes of a case but the protected address, which each reading asks for by itself with a reason (FM-SEC-4). */
export const ALL_KINDS: readonly ScopeKind[] = ['identity', 'general', 'sealed', 'police', 'probation', 'health', 'economy', 'card', 'measure', 'precaution', 'bundle'];

/** The latest journal entries that a page shows and an ETag looks at. */
export const NEWEST_ENTRIES = 20;

export const actorOf = (sealed: SealedCase): Actor => ({ user: sealed.actor.user as UserId, authority: sealed.actor.authority, functions: sealed.actor.functions });

/** The whole case as somebody has it now: without what he no longer is in the circle. */
export const asHisNow = (house: House, whole: ExitCase, user: UserId): ExitCase =>
  house.tellingPast === true ? whole : asSomebodyHasIt(whole, user, copenhagenDate(house.clock()));

/** What was opened, as its reader has it now: without what he no longer is in the circle. */
export function opened(house: House, caseId: string, sealed: SealedCase, ring: KeyRing): OpenedCase {
  const stream = openStream(caseId, sealed, ring);
  const actor = actorOf(sealed);
  const state = asHisNow(house, fold(stream.facts), actor.user);
  return {
    kind: 'open', id: caseId, number: sealed.number, label: sealed.label, actor, standing: sealed.standing, impartial: sealed.impartial, state, ...stream,
    etag: etagFor(house, actor.user, caseId, state, [...stream.facts, ...stream.entries]),
  };
}

/**
 * Opens a case for a purpose: the audit row is committed before a key is released, and no row comes without it (`docs/security.md`).
 * @param kinds the scopes the page needs; those the reader is not in stay away by themselves.
 * @param entries how many of the latest journal entries.
 * @param files every entry that tells of a file stands among them, however old.
 */
export async function openCase(
  house: House, token: string, caseId: string, purpose: string, kinds: readonly ScopeKind[] = ALL_KINDS, entries = NEWEST_ENTRIES, files = false,
): Promise<OpenedCase | Refused> {
  try {
    const sealed = await (files ? readCaseWithFiles : readCase)(house.web, token, caseId, purpose, kinds, entries);
    if (sealed === 'limited') return { kind: 'limited' };
    if (!sealed?.ticket) return { kind: 'absent' };
    return opened(house, caseId, sealed, await house.vault.redeem(sealed.ticket));
  } catch (error) {
    return refusedBy(error);
  }
}
