import type { ScopeKind } from '../domain/kernel/command.js';
import { fold } from '../domain/exit-case/case.js';
import { openStream } from '../store/case-rows.js';
import { askExport, type ExportPurpose, openForExport } from '../store/exports.js';
import { etagFor } from './etag.js';
import { type House, type Refused, refusedBy, type UsedUp, usedUp } from './house.js';
import { actorOf, type OpenedCase } from './open-case.js';

/** Opens one case to be carried out of the system (FM-LAW-2, FM-LAW-4); `ask`: somebody of another authority must say yes first, each time anew (control 33). */
export async function carryOut(house: House, token: string, caseId: string, purpose: ExportPurpose, kinds: readonly ScopeKind[]): Promise<OpenedCase | { readonly kind: 'ask' } | UsedUp | Refused> {
  try {
    const sealed = await openForExport(house.web, token, caseId, purpose, kinds);
    if (sealed === 'ask' || sealed === 'limited') return { kind: sealed };
    if (!sealed?.ticket) return { kind: 'absent' };
    const stream = openStream(caseId, sealed, await house.vault.redeem(sealed.ticket));
    const state = fold(stream.facts);
    const actor = actorOf(sealed);
    return {
      kind: 'open', id: caseId, number: sealed.number, label: sealed.label, actor, standing: sealed.standing, state, ...stream,
      etag: etagFor(house, actor.user, caseId, state, [...stream.facts, ...stream.entries]),
    };
  } catch (error) {
    return usedUp(error) ?? refusedBy(error);
  }
}

/** Asks another authority in the unit whether the caller may take the case over in his archive. */
export async function askToCarryOut(house: House, token: string, caseId: string): Promise<{ readonly kind: 'asked' } | Refused> {
  try {
    return (await askExport(house.web, token, caseId)) ? { kind: 'asked' } : { kind: 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}
