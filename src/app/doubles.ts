import { untoldCases } from '../store/matching/tellings.js';
import { execute } from './execute.js';
import { type House, isRefused, type Refused } from './house.js';

/** `waiting`: a unit could not be told, and can be told again. */
export type Told = { readonly kind: 'told' | 'waiting' };

/**
 * Tells the units what was decided, each by a command of its own in its own case, the one that ends first: what was told stands, whatever becomes of the other (FM-INT-3).
 * @throws with code 28000 without a session
 */
export async function tellUnits(house: House, token: string, match: string): Promise<Told | Refused> {
  for (const caseId of await untoldCases(house.web, token, match)) {
    const outcome = await execute(house, { token, command: 'contactPoint.tellDouble', caseId, input: {} });
    if (isRefused(outcome) && outcome.kind !== 'absent') return outcome;
  }
  return { kind: (await untoldCases(house.web, token, match)).length === 0 ? 'told' : 'waiting' };
}
