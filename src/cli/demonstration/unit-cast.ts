import type { Seat } from '../../domain/exit-case/circle.js';
import type { AuthorityId } from '../../domain/reference/authorities.js';
import type { Worker } from './case-script.js';

/** The people of one case's unit, each where the scripts need him. */
export interface UnitCast {
  readonly custody: boolean;
  /** Takes the inquiry and does the unit's common tasks: the police co-ordinator, in custody the custody officer. */
  readonly lead: Worker;
  /** Confirms registration and assesses security; in custody asked in. */
  readonly police: Worker;
  /** Those who speak, each for his authority. */
  readonly seats: readonly Worker[];
  /** Those who ask in registers or an organisation of their own. */
  readonly obtaining: readonly Worker[];
  /** Writes the agreement and carries the contact. */
  readonly writer: Worker;
  readonly writerSeat: Seat;
  /** What `inquiry.take` is given. */
  readonly seatsTaken: Readonly<Partial<Record<Seat, string>>>;
  /** The authorities that have a member in the circle. */
  readonly authorities: readonly AuthorityId[];
}

/** Police, municipality and Kriminalforsorgen; the municipality writes and carries the contact unless another is named. */
export const inFreedom = (
  police: Worker,
  municipal: Worker,
  probation: Worker,
  writerSeat: 'police' | 'municipal' | 'probation' = 'municipal',
): UnitCast => ({
  custody: false,
  lead: police,
  police,
  seats: [police, municipal, probation],
  obtaining: [police, probation],
  writer: { police, municipal, probation }[writerSeat],
  writerSeat,
  seatsTaken: { police: police.id, municipal: municipal.id, probation: probation.id },
  authorities: [police.authority, municipal.authority, probation.authority],
});

/** The custody officer is the unit; a police officer of the district does police's parts (FM-CUS-3). */
export const inCustody = (officer: Worker, police: Worker): UnitCast => ({
  custody: true,
  lead: officer,
  police,
  seats: [officer],
  obtaining: [officer],
  writer: officer,
  writerSeat: 'custody',
  seatsTaken: { custody: officer.id },
  authorities: [officer.authority, police.authority],
});
