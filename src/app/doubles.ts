import type { Rejection } from '../domain/kernel/rejection.js';
import { basisDoesNotFit, type CaseLine, notTellable, type Telling, type TellingBasis } from '../domain/reference/telling-bases.js';
import { decideTelling, type DeskHit, untoldCases } from '../store/matching/tellings.js';
import { execute } from './execute.js';
import { type House, isRefused, type Refused, refusedBy } from './house.js';
import { type Fault, type Faulty, matchAsked } from './matches.js';

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

/** Whether it is still to be decided who is told. */
export const isUndecided = ({ telling }: DeskHit): boolean => telling === null || telling === 'nobody';

/** Decides who is told of a match that is settled as one person, and tells them; or tells those who were not reached before, whatever is sent (FM-INT-3, FM-CON-3). */
export async function decideAndTell(house: House, token: string, id: string, sent: TellingSent): Promise<Told | { readonly kind: 'nobody' } | Faulty | Refused> {
  try {
    const row = await matchAsked(house, token, id, ({ outcome }) => outcome === 'same');
    if (!row) return { kind: 'absent' };
    if (isUndecided(row)) {
      const { telling, law } = sent;
      const faults = faultsOf(row, sent);
      if (telling === undefined || faults.length > 0) return { kind: 'faulty', row, faults };
      const said = await decideTelling(house.web, token, row.id, telling === 'nobody' || law === undefined ? { telling } : { telling, law });
      if (said === 'absent') return { kind: 'absent' };
      if (said === 'closed') return { kind: 'faulty', row, faults: [{ name: 'telling', message: 'En af sagerne er afsluttet nu. Vælg, at ingen får besked.' }] };
      if (telling === 'nobody') return { kind: 'nobody' };
    }
    return await tellUnits(house, token, row.id);
  } catch (error) {
    return refusedBy(error);
  }
}
