import { AGE_BANDS } from '../../src/domain/kernel/cpr.js';
import { districtOfMunicipality, municipalities } from '../../src/domain/reference/denmark.js';
import { units } from '../../src/domain/reference/authorities.js';
import { TARGET_CATEGORIES } from '../../src/domain/reference/target-group.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import type { CountedCell } from '../../src/domain/statistics/breakdown.js';

/** A case as somebody could know it: one person in each. */
export interface Counted {
  readonly state: string;
  readonly again: boolean;
  readonly unit: string;
  readonly municipality: string | null;
  readonly category: string | null;
  readonly age: string | null;
  readonly place: string;
}

/** A small generator of its own, so that every run draws the same people. */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return { next, below, one: <Value>(of: readonly Value[]): Value => of[below(of.length)] as Value };
}
export type Dice = ReturnType<typeof dice>;

export const AS_OF = knownDate('2026-11-21');
const homes = municipalities.map(({ code }) => ({ code, unit: districtOfMunicipality(code, AS_OF) }));
/** København, Aarhus, Odense, Aalborg and the western suburbs have many, islands few. */
const WEIGHTS: Readonly<Record<string, number>> = { '0101': 30, '0751': 14, '0461': 12, '0851': 8, '0183': 6, '0169': 6, '0157': 1, '0825': 0.1, '0741': 0.1, '0563': 0.1 };
const weighted = homes.flatMap((home) => Array.from({ length: Math.max(1, Math.round((WEIGHTS[home.code] ?? 1.5) * 2)) }, () => home));

/** Somebody whose case has come to this state. Nearly one in ten is in custody; some have moved, of some the municipality, category or age is not known. */
export function somebody(state: string, again: boolean, chance: Dice): Counted {
  const home = chance.one(weighted);
  const custody = chance.next() < 0.09;
  const moved = chance.next();
  return {
    state, again,
    unit: custody ? 'dfk' : home.unit,
    place: custody ? 'custody' : 'freedom',
    municipality: moved < 0.03 ? null : moved < 0.06 ? chance.one(homes).code : home.code,
    category: state === 'assessment' && chance.next() < 0.5 ? null : (TARGET_CATEGORIES[Math.min(TARGET_CATEGORIES.length - 1, Math.floor(chance.next() ** 2 * 10))] ?? null),
    age: chance.next() < 0.04 ? null : chance.one(AGE_BANDS.filter((band) => band !== 'under18' || chance.next() < 0.3)),
  };
}

/** As many in every state, of which so many are registered again. */
export const STATES: readonly (readonly [state: string, share: number, again: number])[] = [
  ['course', 107, 0], ['assessment', 14, 0], ['accepted', 6, 0], ['completed', 115, 15], ['interrupted', 85, 21], ['assessment-interrupted', 80, 0], ['refused', 25, 0],
];
export function peopleIn(times: number, chance: Dice): readonly Counted[] {
  return STATES.flatMap(([state, share, again]) => Array.from({ length: Math.round(share * times) }, (_, at) => somebody(state, at < Math.round(again * times), chance)));
}

/** The counts as the record gives them: by one fact at a time, and those registered again a second time. */
export function countedFrom(people: readonly Counted[]): readonly CountedCell[] {
  const cells = new Map<string, CountedCell>();
  const add = (cell: CountedCell): void => {
    const key = JSON.stringify({ ...cell, n: 0 });
    cells.set(key, { ...cell, n: (cells.get(key)?.n ?? 0) + 1 });
  };
  for (const one of people) {
    for (const state of one.again ? [one.state, `${one.state}-re-registered`] : [one.state]) {
      add({ dimension: 'unit', value: one.unit, state, n: 1 });
      add({ dimension: 'municipality', value: one.municipality, unit: one.unit, state, n: 1 });
      add({ dimension: 'category', value: one.category, state, n: 1 });
      add({ dimension: 'age', value: one.age, state, n: 1 });
      add({ dimension: 'place', value: one.place, state, n: 1 });
    }
  }
  return [...cells.values()];
}

/** Whether a case is in the population that a published number is of, in the words of the number's key. */
export function isIn(one: Counted, figure: string, table: string, value: string): boolean {
  const states: Readonly<Record<string, readonly string[]>> = {
    'running-courses': ['course'], 'running-assessments': ['assessment', 'accepted'], completed: ['completed'], 'completed-re-registered': ['completed'],
    interrupted: ['interrupted'], 'interrupted-re-registered': ['interrupted'], 'interrupted-assessments': ['assessment-interrupted'], refused: ['refused'],
  };
  if (states[figure]?.includes(one.state) !== true || (figure.endsWith('-re-registered') && !one.again)) return false;
  switch (table) {
    case 'country': return true;
    case 'unit': return one.unit === value;
    case 'place': return one.place === value;
    case 'category': return (one.category ?? 'unknown') === value;
    case 'age': return (one.age ?? 'unknown') === value;
    case 'municipality': return one.municipality === value && one.unit === districtOfMunicipality(value, AS_OF);
    default: throw new Error(`no table ${table}`);
  }
}

/** One of every kind of case there can be, as far as two facts about it can tell it from another: what a reader reckons with who knows nobody. */
export function everyKind(): readonly Counted[] {
  const places = [
    ...homes.map(({ code, unit }) => ({ unit, municipality: code, place: 'freedom' })),
    ...units.filter((unit) => unit !== 'dfk').flatMap((unit) => [null, homes.find((home) => home.unit !== unit)?.code ?? null].map((municipality) => ({ unit, municipality, place: 'freedom' }))),
    { unit: 'dfk', municipality: '0101', place: 'custody' },
  ];
  const categories = [...TARGET_CATEGORIES, null];
  const ages = [...AGE_BANDS, null];
  const kinds = [
    ...places.flatMap((place) => [...categories.map((category) => ({ ...place, category, age: null })), ...ages.map((age) => ({ ...place, category: null, age }))]),
    ...categories.flatMap((category) => ages.map((age) => ({ ...places[0], category, age }) as Omit<Counted, 'state' | 'again'>)),
  ];
  return STATES.flatMap(([state, , again]) => (again > 0 ? [false, true] : [false]).flatMap((re) => kinds.map((kind) => ({ ...kind, state, again: re }))));
}
