import { reject, type Rejection } from '../kernel/rejection.js';
import type { ExitCase } from './case.js';
import { currentMembers, emptySeats, type Membership, type Seat, seatsToSpeak } from './circle.js';

/** What an authority, the unit or an official comes to: let in or not. */
export const POSITIONS = ['accept', 'refuse'] as const;
export type Position = (typeof POSITIONS)[number];

/** What a refused candidate does not meet (FM-DEC-1). */
export const CRITERIA = [
  { value: 'targetGroup', label: 'Målgruppe: personen er uden for målgruppen' },
  { value: 'need', label: 'Behov: personen har ikke behov for det, myndighederne kan tilbyde' },
  { value: 'motivation', label: 'Motivation: personen er ikke motiveret' },
  { value: 'suitability', label: 'Egnethed: personen er ikke egnet' },
] as const;
export type Criterion = (typeof CRITERIA)[number]['value'];

/** How a decision came about (FM-DEC-1). */
export type DecisionMethod = 'unanimous' | 'majority' | 'custody' | 'contactPoint';

const SEAT_NAMES: Readonly<Record<Seat, string>> = {
  police: 'politiet',
  municipal: 'kommunen',
  probation: 'Kriminalforsorgen',
  custody: 'Direktoratet for Kriminalforsorgen',
};
const list = new Intl.ListFormat('da', { type: 'conjunction' });

/** 'politiet', 'politiet og kommunen': the seats as they stand in a sentence. */
export const inWords = (seats: readonly Seat[]): string => list.format(seats.map((seat) => SEAT_NAMES[seat]));

/** Who holds the seat now. */
export const holderOf = (state: ExitCase, seat: Seat): Membership | undefined =>
  currentMembers(state).find((member) => member.role === seat);

/**
 * The seats whose conclusions decide. One that stands empty because its member declared a conflict of interest, and nobody could
 * replace him, has no vote; one that is empty for another reason has, and must be filled (FM-ASM-7, FM-DEC-4).
 */
export const votingSeats = (state: ExitCase): readonly Seat[] => {
  const empty = emptySeats(state);
  return seatsToSpeak(state).filter((seat) => !(empty.includes(seat) && state.conclusions.recused.includes(seat)));
};

/** The seat that has the unit's common tasks: the co-ordinator's, or the next one when his is empty. */
export const leadSeat = (state: ExitCase): Seat => {
  const empty = emptySeats(state);
  return seatsToSpeak(state).find((seat) => !empty.includes(seat)) ?? (state.inquiry.place === 'custody' ? 'custody' : 'police');
};

/** A conclusion speaks for the authority that gave it: a seat taken over by another authority has none yet (FM-CUS-9). */
export const conclusionOf = (state: ExitCase, seat: Seat) => {
  const authority = holderOf(state, seat)?.authority;
  return state.conclusions.given.find(
    (one) => one.seat === seat && !one.void && (authority === undefined || one.authority === authority),
  );
};

/** What stands between the unit and a count of votes; undefined when every conclusion is in and rests on today's facts (FM-ASM-1, FM-ASM-12). */
export const conclusionsMissing = (state: ExitCase): Rejection | undefined => {
  const voting = votingSeats(state);
  const unfilled = emptySeats(state).filter((seat) => voting.includes(seat));
  if (unfilled.length > 0) {
    return reject(
      'FM-ORG-1',
      ['circle'],
      `Ingen i kredsen taler for ${inWords(unfilled)}. Føj en repræsentant til kredsen først.`,
    );
  }
  if (voting.length < 2 && state.inquiry.place === 'freedom') {
    return reject(
      'FM-DEC-4',
      ['circle'],
      'Én myndighed kan ikke afgøre sagen alene. Føj en afløser for de inhabile til kredsen.',
    );
  }
  const lacking = voting.filter((seat) => conclusionOf(state, seat) === undefined);
  if (lacking.length > 0) {
    return reject(
      'FM-ASM-1',
      ['conclusions'],
      `Der mangler en vurdering fra ${inWords(lacking)}. Alle skal have afgivet deres vurdering.`,
    );
  }
  const outdated = voting.filter((seat) => conclusionOf(state, seat)?.outdatedOn !== undefined);
  if (outdated.length > 0) {
    return reject(
      'FM-ASM-12',
      ['conclusions'],
      `Oplysningerne er ændret, siden ${inWords(outdated)} vurderede sagen. Vurderingen skal afgives igen.`,
    );
  }
  return undefined;
};

export interface Verdict {
  /** What the majority of the overall conclusions comes to; `split` when as many are for as against. */
  readonly result: Position | 'split';
  readonly method: Exclude<DecisionMethod, 'contactPoint'>;
  /** Whether the overall conclusions differ at all (FM-ASM-7). */
  readonly differs: boolean;
}

/** Counts the overall conclusions, and nothing but them: what is for and against is never summed up (FM-ASM-7, FM-ASM-8). */
export const verdict = (state: ExitCase): Verdict => {
  const votes = votingSeats(state).map((seat) => conclusionOf(state, seat)?.overall);
  const accepting = votes.filter((vote) => vote === 'accept').length;
  const refusing = votes.length - accepting;
  const differs = accepting > 0 && refusing > 0;
  const result = accepting === refusing ? 'split' : accepting > refusing ? 'accept' : 'refuse';
  if (state.inquiry.place === 'custody') return { result, method: 'custody', differs };
  return { result, method: differs ? 'majority' : 'unanimous', differs };
};

/** The versions of the conclusions a decision is made on; it stays bound to them (FM-ASM-12). */
export const boundConclusions = (state: ExitCase): readonly { readonly seat: Seat; readonly version: number }[] =>
  votingSeats(state).flatMap((seat) => {
    const conclusion = conclusionOf(state, seat);
    return conclusion === undefined ? [] : [{ seat, version: conclusion.version }];
  });
