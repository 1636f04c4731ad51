import { listUnitNamings, readWhereabouts, type UnitNamingRow, type Whereabouts } from '../store/unit-naming.js';
import { type House, notedIfLimited, type Refused, refusedBy } from './house.js';

/** An inquiry whose unit the contact point names, with all that it may read of it (FM-INT-7). */
export interface UnitNaming {
  readonly row: UnitNamingRow;
  /** Oldest first. */
  readonly known: readonly Whereabouts[];
}

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
    const known = await readWhereabouts(house.web, house.vault, token, caseId);
    if (known === undefined) return { kind: 'absent' };
    const row = (await listUnitNamings(house.web, token)).find((one) => one.case_id === caseId);
    return row === undefined ? { kind: 'absent' } : { kind: 'naming', row, known };
  } catch (error) {
    return notedIfLimited(house, token, caseId, 'unit', error);
  }
}
