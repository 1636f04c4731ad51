import { addressOf } from '../store/protected-address.js';
import { type House, notedIfLimited, type Refused } from './house.js';

/** Why a protected address is read; the log keeps the kind and no words (FM-SEC-4). The database knows the same five (016_address.sql). */
export const ADDRESS_REASONS = [
  { value: 'visit', label: 'Jeg skal besøge eller møde personen' },
  { value: 'protection', label: 'Personen skal beskyttes eller flyttes' },
  { value: 'authority', label: 'En afgørelse eller en ydelse kræver adressen' },
  { value: 'threat', label: 'Der er en akut trussel' },
  { value: 'check', label: 'Jeg skal se, om adressen stadig passer' },
] as const;

export const addressReasonLabel = (reason: string): string | undefined => ADDRESS_REASONS.find((one) => one.value === reason)?.label;

export type AddressAnswer = { readonly kind: 'address'; readonly address: string } | { readonly kind: 'no-reason' } | Refused;

/**
 * Reads the protected address of a case, for a reason: the one way there is. What must be shown before it, a fresh login for one, is put in front of
 * this function (FM-SEC-4; security.md, control 18).
 */
export async function readAddress(house: House, token: string, caseId: string, reason: string): Promise<AddressAnswer> {
  try {
    const found = await addressOf(house.web, house.vault, token, caseId, reason);
    if (found === undefined) return { kind: 'absent' };
    return found.address === undefined ? { kind: 'no-reason' } : { kind: 'address', address: found.address };
  } catch (error) {
    return notedIfLimited(house, token, caseId, 'address', error);
  }
}
