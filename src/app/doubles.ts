import type { Fault, Rejection } from '../domain/kernel/rejection.js';
import type { Instant } from '../domain/kernel/time.js';
import { basisDoesNotFit, type CaseLine, notTellable, type Telling, type TellingBasis } from '../domain/reference/telling-bases.js';
import type { HitOutcome } from '../store/matching/hits.js';
import { decideTelling, type DeskHit, untoldCases } from '../store/matching/tellings.js';
import { execute } from './execute.js';
import { type House, isRefused, type Refused, refusedBy } from './house.js';
import { type Faulty, type Found, matchAmong, type Meanwhile, settledRow } from './matches.js';

/** Nothing was told, or not all: a colleague has decided it anew meanwhile. */
interface Overtaken {
  readonly kind: 'overtaken';
}
/** `waiting`: a unit could not be told, and can be told again. `closed`: its case is over by now, and it is not told. */
export type Told = { readonly kind: 'told' | 'waiting' | 'closed' };

/** How many units were to be told and are not, for their case was closed before. */
export const leftUntold = ({ telling, told, untold }: Pick<DeskHit, 'telling' | 'told' | 'untold'>): number =>
  (telling === null || telling === 'nobody' ? 0 : telling.startsWith('both') ? 2 : 1) - told - untold;

/**
 * Tells the units what was decided at `decided`, each by a command of its own in its own case, the one that ends first and the other not before it: what was told stands, whatever becomes of the
 * other (FM-INT-3). @throws with code 28000 without a session
 */
async function tellUnits(house: House, token: string, match: string, telling: Telling, decided: Instant | null): Promise<Told | Overtaken | Refused> {
  const before = await untoldCases(house.web, token, match);
  for (const caseId of before?.decided_at === decided ? before.cases : []) {
    const outcome = await execute(house, { token, command: 'contactPoint.tellDouble', caseId, input: {} });
    if (isRefused(outcome) && outcome.kind !== 'absent') return outcome;
    if (outcome.kind !== 'done') break;
  }
  const after = await untoldCases(house.web, token, match);
  if (after?.decided_at !== decided) return { kind: 'overtaken' };
  return { kind: after.cases.length > 0 ? 'waiting' : leftUntold({ telling, told: after.told, untold: 0 }) > 0 ? 'closed' : 'told' };
}

const casesOf = ({ numbers, phases, places, urgent }: DeskHit): readonly [CaseLine, CaseLine] => [
  { number: numbers[0], phase: phases[0], place: places[0], urgent: urgent[0] }, { number: numbers[1], phase: phases[1], place: places[1], urgent: urgent[1] },
];

/** Who is told of a match, on which basis, and the official's word that it holds; a part that is none is left out. */
export interface TellingSent {
  readonly telling?: Telling;
  readonly law?: TellingBasis;
  readonly checked: boolean;
  /** When what he had before him was decided; null where nothing was. */
  readonly seen: Instant | null;
}

const asFault = (rejection: Rejection | undefined): readonly Fault[] => (rejection === undefined ? [] : [{ message: rejection.detail, ...(rejection.field === undefined ? {} : { name: rejection.field }) }]);

/** What is to be said of a part that is missing, or is none. */
export const TELLING_MISSING = {
  telling: { name: 'telling', message: 'Vælg, hvem der skal have besked' }, law: { name: 'law', message: 'Vælg, hvad beskeden bygger på' }, checked: { name: 'checked', message: 'Sig, at du har sikret dig, at grundlaget holder' },
} as const satisfies Record<string, Fault>;

/** What is wrong with what was sent, each at its field. */
const faultsOf = (row: DeskHit, { telling, law, checked }: TellingSent): readonly Fault[] => {
  if (telling === undefined) return [TELLING_MISSING.telling];
  if (telling === 'nobody') return [];
  const cases = casesOf(row);
  const inTheWay = asFault(notTellable(cases, telling));
  if (inTheWay.length > 0) return inTheWay;
  return [...(law === undefined ? [TELLING_MISSING.law] : asFault(basisDoesNotFit(cases, telling, law))), ...(checked ? [] : [TELLING_MISSING.checked])];
};

/** Who is told, where it is decided that somebody is. */
const decidedAs = ({ telling }: DeskHit): Telling | undefined => (telling === null || telling === 'nobody' ? undefined : telling);

/** What stands in the way of telling what was decided and not told, as the cases are by now: then it is decided anew (FM-CON-3). */
export const noLongerHolds = (row: DeskHit): readonly Fault[] => {
  const telling = decidedAs(row);
  return telling === undefined || row.law === null || row.untold === 0 ? [] : faultsOf(row, { telling, law: row.law, checked: true, seen: row.decided_at });
};

/** Who was told, as it was decided. */
export interface Carried extends Told {
  readonly row: DeskHit;
  readonly telling: Telling;
}
/** Nobody is told; or no more than were, as `row` was before. */
interface Nobody {
  readonly kind: 'nobody';
  readonly row: DeskHit;
}

const isSame = ({ outcome }: DeskHit): boolean => outcome === 'same';
/** The same was decided already, as by a press too many. */
const isDecidedSo = (row: DeskHit, { telling, law, checked }: TellingSent): boolean => checked && telling !== undefined && telling === decidedAs(row) && law === (row.law ?? undefined);

/** After it turned out that a colleague was faster: the match as he left it. */
async function asItIsNow(house: House, token: string, id: string): Promise<Meanwhile | Refused> {
  const row = await settledRow(house, token, id);
  return row && isSame(row) ? { kind: 'meanwhile', row } : { kind: 'absent' };
}

/** Tells what was decided, where its basis still holds. */
async function tellDecided(house: House, token: string, found: Found, telling: Telling): Promise<Carried | Faulty | Meanwhile | Refused> {
  const { row } = found;
  const faults = noLongerHolds(row);
  if (faults.length > 0) return { kind: 'faulty', ...found, faults };
  const told = await tellUnits(house, token, row.id, telling, row.decided_at);
  return told.kind === 'overtaken' ? asItIsNow(house, token, row.id) : isRefused(told) ? told : { ...told, row, telling };
}

/** Tells those who were not reached before. @param seen when it was decided, as he had it before him; undefined from who sends it again whatever was decided. */
export async function tellAgain(house: House, token: string, id: string, seen?: Instant | null): Promise<Carried | Faulty | Meanwhile | Refused> {
  try {
    const found = await matchAmong(house, token, id, isSame);
    if (!found) return { kind: 'absent' };
    if (seen !== undefined && found.row.decided_at !== seen) return { kind: 'meanwhile', row: found.row };
    const decided = decidedAs(found.row);
    return decided === undefined ? { kind: 'faulty', ...found, faults: [TELLING_MISSING.telling] } : await tellDecided(house, token, found, decided);
  } catch (error) {
    return refusedBy(error);
  }
}

/**
 * Decides who is told of a match that is settled as one person, and tells them (FM-INT-3, FM-CON-3). `meanwhile`: a colleague has decided something else since the caller saw it, or a unit has
 * been told: then what it was decided at is as he saw it. @param wrong what is wrong already with how it was sent: nothing is carried out then
 */
export async function decideAndTell(house: House, token: string, id: string, sent: TellingSent, wrong: readonly Fault[] = []): Promise<Carried | Nobody | Faulty | Meanwhile | Refused> {
  try {
    const found = await matchAmong(house, token, id, isSame);
    if (!found) return { kind: 'absent' };
    const { row } = found;
    const { telling, law, seen } = sent;
    if (wrong.length > 0) return { kind: 'faulty', ...found, faults: wrong };
    if (telling !== undefined && isDecidedSo(row, sent) && noLongerHolds(row).length === 0) return await tellDecided(house, token, found, telling);
    if (row.decided_at !== seen || (row.told > 0 && !(telling === 'nobody' && row.untold > 0))) return { kind: 'meanwhile', row };
    const faults = faultsOf(row, sent);
    if (telling === undefined || faults.length > 0) return { kind: 'faulty', ...found, faults };
    const said = await decideTelling(house.web, token, row.id, telling === 'nobody' || law === undefined ? { telling, seen } : { telling, law, seen });
    if (said.kind === 'absent') {
      const now = await asItIsNow(house, token, id);
      return now.kind === 'meanwhile' && isDecidedSo(now.row, sent) ? await tellDecided(house, token, { ...found, row: now.row }, telling) : now;
    }
    if (said.kind === 'closed') return { kind: 'faulty', ...found, faults: [{ name: 'telling', message: 'En af sagerne er afsluttet nu. Vælg, at ingen får besked.' }] };
    if (said.kind === 'unheard') return { kind: 'faulty', ...found, faults: [{ name: 'telling', message: 'Den sag, der slutter, haster nu, og ingen har læst den. Vælg, at begge får besked, eller at ingen får det.' }] };
    if (telling === 'nobody') return { kind: 'nobody', row };
    const told = await tellUnits(house, token, row.id, telling, said.at);
    return told.kind === 'overtaken' ? await asItIsNow(house, token, id) : isRefused(told) ? told : { ...told, row, telling };
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
