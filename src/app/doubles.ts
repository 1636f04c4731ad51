import type { HitOutcome } from '../store/matching/hits.js';
import { type DeskHit, untoldCases } from '../store/matching/tellings.js';
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

/**
 * What the matches that are settled say of another one: the same person where a chain of them leads from one of its cases to the other, two persons where one link of the chain is
 * between two. Undefined where they say nothing. Seen are those of the desk's queue, and of them no other than the caller's own.
 */
export function followsFrom(settled: readonly DeskHit[], { id, numbers: [first, second] }: Pick<DeskHit, 'id' | 'numbers'>): HitOutcome | undefined {
  const links = settled.filter((one) => one.id !== id && one.outcome !== null);
  const samePerson = (number: string): ReadonlySet<string> => {
    const found = new Set([number]);
    for (const known of found) {
      for (const { numbers, outcome } of links) if (outcome === 'same' && numbers.includes(known)) numbers.forEach((one) => found.add(one));
    }
    return found;
  };
  const [one, other] = [samePerson(first), samePerson(second)];
  if (one.has(second)) return 'same';
  const apart = ({ numbers: [a, b], outcome }: DeskHit): boolean => outcome === 'different' && ((one.has(a) && other.has(b)) || (one.has(b) && other.has(a)));
  return links.some(apart) ? 'different' : undefined;
}
