import { noteDenied } from '../../../store/lists.js';
import { type DeskHit, listMatchDesk } from '../../../store/matching/tellings.js';
import type { Answer, SignedInCall } from '../../route.js';

/** The match of the address, as the caller's desk has it. */
export const findMatch = async ({ house, visitor, params }: SignedInCall): Promise<DeskHit | undefined> =>
  (await listMatchDesk(house.web, visitor.token)).find((one) => one.id === params['id']);

export const absentMatch = async ({ house, visitor }: SignedInCall): Promise<Answer> => {
  await noteDenied(house.web, visitor.token, undefined, 'match');
  return { kind: 'absent' };
};
