import { listUnitNamings, readWhereabouts, type UnitNaming, type UnitNamingRow } from '../store/unit-naming.js';
import { type House, notedIfLimited, type Refused, refusedBy } from './house.js';

/** Inquiries whose unit the contact point names, or has named while nobody has taken them, without a unit first. */
export async function unitNamings(house: House, token: string): Promise<readonly UnitNamingRow[] | Refused> {
  try {
    return await listUnitNamings(house.web, token);
  } catch (error) {
    return refusedBy(error);
  }
}

/** Opens one for an official of the contact point, with its row in the log: structure, and what is known of where the person belongs. Nobody else learns that it is there. */
export async function openUnitNaming(house: House, token: string, caseId: string): Promise<({ readonly kind: 'naming' } & UnitNaming) | Refused> {
  try {
    const naming = await readWhereabouts(house.web, house.vault, token, caseId);
    return naming === undefined ? { kind: 'absent' } : { kind: 'naming', ...naming };
  } catch (error) {
    return notedIfLimited(house, token, caseId, 'unit', error);
  }
}
