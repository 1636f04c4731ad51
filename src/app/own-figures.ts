import type { PlainDate } from '../domain/kernel/time.js';
import { municipalityOfAuthority, unitOfAuthority } from '../domain/reference/authorities.js';

/** The row of what is published that is about somebody's own municipality or unit. */
export interface OwnRow {
  readonly table: 'municipality' | 'unit';
  readonly value: string;
}

/** None for those who stand outside of the units, and for the contact point, which looks at all (FM-STA-2). @param asOf the day the units are taken from */
export const ownRowOf = ({ authority, functions }: { readonly authority: string; readonly functions: readonly string[] }, asOf: PlainDate): OwnRow | undefined => {
  if (functions.includes('contact_point')) return undefined;
  const municipality = municipalityOfAuthority(authority);
  if (municipality !== undefined) return { table: 'municipality', value: municipality };
  const unit = unitOfAuthority(authority, asOf);
  return unit && { table: 'unit', value: unit };
};
