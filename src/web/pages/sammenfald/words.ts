import { unitName } from '../../../domain/reference/authorities.js';
import { endingOf, type Telling } from '../../../domain/reference/telling-bases.js';
import type { Hit, HitBasis, HitOutcome } from '../../../store/matching/hits.js';
import type { DeskHit } from '../../../store/matching/tellings.js';

export const OUTCOMES = [{ value: 'same', label: 'Det er samme person' }, { value: 'different', label: 'Det er to forskellige personer' }] as const satisfies readonly { readonly value: HitOutcome; readonly label: string }[];
export const BASES = [{ value: 'units', label: 'Enhederne har svaret hver for sig' }, { value: 'names', label: 'Jeg har set navnene' }] as const satisfies readonly { readonly value: HitBasis; readonly label: string }[];

/** Who is told, and which of the cases ends, in words. */
export const tellingWords = ({ numbers, units }: Hit, telling: Telling): string => {
  const ends = endingOf(telling);
  if (ends === undefined) return 'Ingen endnu';
  const other = ends === 0 ? 1 : 0;
  const named = (at: 0 | 1): string => `${numbers[at]} (${unitName(units[at])})`;
  return telling.startsWith('both') ? `Begge: ${named(ends)} slutter som dublet, og ${named(other)} går videre` : `Kun den ene: ${named(ends)} slutter som dublet, og den anden enhed hører intet`;
};

/** Settled as one person, and not brought to its end: nobody has decided who is told, or a unit is still to be told. */
export const waitsForTelling = ({ outcome, decided_at: decided, untold }: DeskHit): boolean => outcome === 'same' && (decided === null || untold > 0);
