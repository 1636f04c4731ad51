import type { Seat } from '../../../domain/exit-case/circle.js';
import type { PlainDate } from '../../../domain/kernel/time.js';
import { authorityName, unitOfMunicipality } from '../../../domain/reference/authorities.js';
import { municipalities } from '../../../domain/reference/denmark.js';
import type { StaffMember } from '../../../store/staff.js';

/** A line of the unit's list: an authority that has one usual person. */
export interface Place {
  /** In addresses: the seat, or the municipality's code. */
  readonly key: string;
  readonly seat: Seat;
  readonly municipality: string;
  readonly label: string;
  readonly fits: (one: StaffMember) => boolean;
}

const place = (seat: Seat, func: string, authority: string | undefined, label: string, municipality = ''): Place => ({
  key: municipality === '' ? seat : municipality, seat, municipality, label,
  fits: (one) => one.functions.includes(func) && (authority === undefined || one.authority === authority),
});

/** The authorities of a unit: police and Kriminalforsorgen of the district and each of its municipalities; in custody Direktoratet for Kriminalforsorgen alone (FM-ORG-1). */
export const placesOf = (unit: string, today: PlainDate): readonly Place[] =>
  unit === 'dfk'
    ? [place('custody', 'custody_exit', undefined, 'Direktoratet for Kriminalforsorgen')]
    : [
        place('police', 'police_exit', `police:${unit}`, authorityName(`police:${unit}`)),
        place('probation', 'probation_exit', `probation:${unit}`, authorityName(`probation:${unit}`)),
        ...municipalities.filter((one) => unitOfMunicipality(one.code, today) === unit)
          .map((one) => place('municipal', 'municipal_exit', `municipality:${one.code}`, authorityName(`municipality:${one.code}`), one.code)),
      ];
