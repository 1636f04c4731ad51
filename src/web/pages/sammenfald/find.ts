import { noteDenied } from '../../../store/lists.js';
import { type DeskHit, listMatchDesk } from '../../../store/matching/tellings.js';
import type { Answer, SignedInCall } from '../../route.js';

/** A match, and all that the desk has beside it. */
export interface Found {
  readonly row: DeskHit;
  readonly rows: readonly DeskHit[];
}

/** The match of the address, as the caller's desk has it. */
export const findAmong = async ({ house, visitor, params }: SignedInCall): Promise<Found | undefined> => {
  const rows = await listMatchDesk(house.web, visitor.token);
  const row = rows.find((one) => one.id === params['id']);
  return row && { row, rows };
};
export const findMatch = async (call: SignedInCall): Promise<DeskHit | undefined> => (await findAmong(call))?.row;

export const absentMatch = async ({ house, visitor }: SignedInCall): Promise<Answer> => {
  await noteDenied(house.web, visitor.token, undefined, 'match');
  return { kind: 'absent' };
};
