import type { ScopeKind } from '../domain/kernel/command.js';
import { noteDenied } from '../store/lists.js';
import { askExport, type ExportPurpose, openForExport } from '../store/exports.js';
import { type House, notedIfLimited, type Refused, refusedBy, type UsedUp, usedUp } from './house.js';
import { opened, type OpenedCase } from './open-case.js';

/** Opens one case to be carried out of the system (FM-LAW-2, FM-LAW-4); `ask`: somebody of another authority must say yes first, each time anew (control 33). */
export async function carryOut(house: House, token: string, caseId: string, purpose: ExportPurpose, kinds: readonly ScopeKind[]): Promise<OpenedCase | { readonly kind: 'ask' } | UsedUp | Refused> {
  try {
    const sealed = await openForExport(house.web, token, caseId, purpose, kinds);
    if (sealed === 'ask') return { kind: sealed };
    if (!sealed?.ticket) return { kind: 'absent' };
    return opened(house, caseId, sealed, await house.vault.redeem(sealed.ticket));
  } catch (error) {
    const gone = usedUp(error);
    if (gone === undefined) return notedIfLimited(house, token, caseId, purpose, error);
    await noteDenied(house.web, token, caseId, purpose);
    return gone;
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
