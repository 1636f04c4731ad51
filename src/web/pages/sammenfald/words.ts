import { leftUntold } from '../../../app/doubles.js';
import { addDays, copenhagenDate, type PlainDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { endingOf, type Telling, toldOf } from '../../../domain/reference/telling-bases.js';
import type { Hit, HitBasis, HitOutcome } from '../../../store/matching/hits.js';
import type { DeskHit } from '../../../store/matching/tellings.js';

export const OUTCOMES = [{ value: 'same', label: 'Det er samme person' }, { value: 'different', label: 'Det er to forskellige personer' }] as const satisfies readonly { readonly value: HitOutcome; readonly label: string }[];
export const BASES = [{ value: 'units', label: 'Enhederne har svaret hver for sig' }, { value: 'names', label: 'Jeg har set navnene' }] as const satisfies readonly { readonly value: HitBasis; readonly label: string }[];

/** As who settled it is not who reads it. */
export const BASIS_TOLD: Readonly<Record<HitBasis, string>> = { units: 'Enhederne har svaret hver for sig', names: 'Navnene er set' };

/** The units of the two cases, each once. */
export const unitsOf = ({ units }: Pick<Hit, 'units'>): readonly string[] => [...new Set(units)].map((unit) => unitName(unit));

/** The case that hastes and that nobody has taken: 'UV-7K3M-9QX haster'; both where it is both. Undefined where none does. */
export const hasteWords = ({ numbers, urgent }: Pick<Hit, 'numbers' | 'urgent'>): string | undefined => {
  const hasting = numbers.filter((_number, at) => urgent[at]);
  return hasting.length === 0 ? undefined : `${hasting.join(' og ')} haster`;
};

/** Who is told, and which of the cases ends, in words. */
export const tellingWords = ({ numbers, units }: Hit, telling: Telling): string => {
  const ends = endingOf(telling);
  if (ends === undefined) return 'Ingen endnu';
  const other = ends === 0 ? 1 : 0;
  const named = (at: 0 | 1): string => `${numbers[at]} (${unitName(units[at])})`;
  return telling.startsWith('both') ? `Begge: ${named(ends)} slutter som dublet, og ${named(other)} går videre` : `Kun den ene: ${named(ends)} slutter som dublet, og ${units[0] === units[1] ? 'de, der har den anden sag, hører' : 'den anden enhed hører'} intet`;
};

/** Which case it is that somebody is told of, in which the basis must hold: 'UV-7K3M-9QX hos Fyn'; undefined while nobody is told. */
export const aboutWords = ({ numbers, units }: Pick<Hit, 'numbers' | 'units'>, telling: Telling): string | undefined =>
  toldOf(telling).map((at) => `${numbers[at]} hos ${unitName(units[at])}`).join(' og i ') || undefined;

/** Of a case that is over nothing is told, so that there is nothing to decide (FM-END-4). */
export const isOver = ({ phases }: Pick<Hit, 'phases'>): boolean => phases.includes('closed');

/** Settled as one person, and not brought to its end: nobody has decided who is told, or a unit is still to be told. */
export const waitsForTelling = (row: DeskHit): boolean => row.outcome === 'same' && ((row.decided_at === null && !isOver(row)) || row.untold > 0);

/** That a unit which was to be told was not, for its case was closed before; undefined where there is none. */
export const untoldWords = (row: DeskHit): string | undefined =>
  leftUntold(row) === 0 ? undefined : row.told === 0 ? 'Sagen er afsluttet; ingen fik besked.' : 'Den anden sag er afsluttet; kun den ene enhed fik besked.';

/** One person, and for now nobody is told. */
export const isToldToNobody = (row: DeskHit): boolean => row.outcome === 'same' && row.telling === 'nobody' && !isOver(row);

/** Days after which it is decided anew whether somebody is told `[+]`: "nobody yet" is no end of it; the next day where one hastes and nobody has read it. */
const [DAYS_TO_ASK_AGAIN, HASTENING] = [7, 1];
/** The day it is asked again; null where nobody is to be asked. Who decides the same again is asked as long after that. */
export const askedAgainOn = (row: DeskHit): PlainDate | null =>
  isToldToNobody(row) && row.decided_at !== null ? addDays(copenhagenDate(row.decided_at), row.urgent.includes(true) ? HASTENING : DAYS_TO_ASK_AGAIN) : null;

/** What is said when the units were told: whom, and where nobody has taken it, where they see it. */
export const toldWord = ({ phases }: Hit, telling: Telling): string => {
  const ends = endingOf(telling);
  const both = telling.startsWith('both');
  const untaken = (at: 0 | 1): boolean => (both || at === ends) && phases[at] === 'inbox';
  return `match.told ${both ? 'both' : 'one'}${untaken(0) || untaken(1) ? ' untaken' : ''}`;
};
