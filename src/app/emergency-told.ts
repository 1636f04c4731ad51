import { isId } from '../domain/kernel/ids.js';
import { emergencySeen } from '../store/emergency.js';
import { noteDenied } from '../store/lists.js';
import { type House, type Refused, refusedBy } from './house.js';

/** What a colleague of the contact point has seen already is no try at a case: the id is that of a message. @throws with code 28000 without a session */
export const absentEmergency = (house: House, token: string): Promise<void> => noteDenied(house.web, token, undefined, 'told');

/** An official has seen that a card was opened in an emergency, once for the whole contact point (FM-CNF-10). @param sent the id as it came */
export async function seeEmergency(house: House, token: string, sent: string): Promise<{ readonly kind: 'seen' } | Refused> {
  try {
    if (!isId(sent)) await absentEmergency(house, token);
    return { kind: isId(sent) && (await emergencySeen(house.web, token, sent)) ? 'seen' : 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}
