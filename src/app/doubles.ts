import type { Fault, Rejection } from '../domain/kernel/rejection.js';
import { basisDoesNotFit, type CaseLine, notTellable, type Telling, type TellingBasis } from '../domain/reference/telling-bases.js';
import type { HitOutcome } from '../store/matching/hits.js';
import { decideTelling, type DeskHit, untoldCases } from '../store/matching/tellings.js';
import { execute } from './execute.js';
import { type House, isRefused, type Refused, refusedBy } from './house.js';
import { type Faulty, matchAmong, type Meanwhile, settledRow } from './matches.js';

/** `waiting`: a unit could not be told, and can be told again. */
export type Told = { readonly kind: 'told' | 'waiting' };

/**
 * Tells the units what was decided, each by a command of its own in its own case, the one that ends first: what was told stands, whatever becomes of the other (FM-INT-3).
 * @throws with code 28000 without a session
 */
async function tellUnits(house: House, token: string, match: string): Promise<Told | Refused> {
  for (const caseId of await untoldCases(house.web, token, match)) {
    const outcome = await execute(house, { token, command: 'contactPoint.tellDouble', caseId, input: {} });
    if (isRefused(outcome) && outcome.kind !== 'absent') return outcome;
  }
  return { kind: (await untoldCases(house.web, token, match)).length === 0 ? 'told' : 'waiting' };
}

const casesOf = ({ numbers, phases, places }: DeskHit): readonly [CaseLine, CaseLine] => [
  { number: numbers[0], phase: phases[0], place: places[0] }, { number: numbers[1], phase: phases[1], place: places[1] },
];

/** Who is told of a match, on which basis, and the official's word that it holds; a part that is none is left out. */
export interface TellingSent {
  readonly telling?: Telling;
  readonly law?: TellingBasis;
  readonly checked: boolean;
}

const asFault = (rejection: Rejection | undefined): readonly Fault[] => (rejection === undefined ? [] : [{ message: rejection.detail, ...(rejection.field === undefined ? {} : { name: rejection.field }) }]);

/** What is wrong with what was sent, each at its field. */
const faultsOf = (row: DeskHit, { telling, law, checked }: TellingSent): readonly Fault[] => {
  if (telling === undefined) return [{ name: 'telling', message: 'Vælg, hvem der skal have besked' }];
  if (telling === 'nobody') return [];
  const cases = casesOf(row);
  const inTheWay = asFault(notTellable(cases, telling));
  if (inTheWay.length > 0) return inTheWay;
  return [
    ...(law === undefined ? [{ name: 'law', message: 'Vælg, hvad beskeden bygger på' }] : asFault(basisDoesNotFit(cases, telling, law))),
    ...(checked ? [] : [{ name: 'checked', message: 'Sig, at du har sikret dig, at grundlaget holder' }]),
  ];
};

/** Who is told, where it is decided that somebody is. */
const decidedAs = ({ telling }: DeskHit): Telling | undefined => (telling === null || telling === 'nobody' ? undefined : telling);

/** Who was told, as it was decided. */
export interface Carried extends Told {
  readonly row: DeskHit;
  readonly telling: Telling;
}

/**
 * Decides who is told of a match that is settled as one person, and tells them; or tells those who were not reached before (FM-INT-3, FM-CON-3). `meanwhile`: a colleague has decided
 * something else, and it was told.
 */
export async function decideAndTell(house: House, token: string, id: string, sent: TellingSent): Promise<Carried | { readonly kind: 'nobody' } | Faulty | Meanwhile | Refused> {
  try {
    const found = await matchAmong(house, token, id, ({ outcome }) => outcome === 'same');
    if (!found) return { kind: 'absent' };
    const { row } = found;
    const { telling, law } = sent;
    const decided = decidedAs(row);
    if (decided !== undefined) {
      if (telling !== undefined && (telling !== decided || law !== (row.law ?? undefined))) return { kind: 'meanwhile', row };
      const told = await tellUnits(house, token, row.id);
      return isRefused(told) ? told : { ...told, row, telling: decided };
    }
    const faults = faultsOf(row, sent);
    if (telling === undefined || faults.length > 0) return { kind: 'faulty', ...found, faults };
    const said = await decideTelling(house.web, token, row.id, telling === 'nobody' || law === undefined ? { telling } : { telling, law });
    if (said === 'absent') {
      const now = await settledRow(house, token, id);
      return now?.outcome === 'same' ? { kind: 'meanwhile', row: now } : { kind: 'absent' };
    }
    if (said === 'closed') return { kind: 'faulty', ...found, faults: [{ name: 'telling', message: 'En af sagerne er afsluttet nu. Vælg, at ingen får besked.' }] };
    if (telling === 'nobody') return { kind: 'nobody' };
    const told = await tellUnits(house, token, row.id);
    return isRefused(told) ? told : { ...told, row, telling };
  } catch (error) {
    return refusedBy(error);
  }
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
