import { describe, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import type { Instant } from '../../src/domain/kernel/time.js';
import { municipalitiesOfDistrict } from '../../src/domain/reference/denmark.js';
import type { CountedCell } from '../../src/domain/statistics/breakdown.js';
import type { Publication } from '../../src/domain/statistics/publication.js';
import { publicationOf } from '../../src/domain/statistics/publication.js';
import { DISTRICT_UNITS, type FigureId, TABLE_ROWS, type TableId } from '../../src/domain/statistics/published-figures.js';
import { AS_OF, type Counted, countedFrom, dice, type Dice, everyKind, isIn, peopleIn, somebody } from '../support/published-people.js';

const PAIRS = 10_000;
const PERIOD = { from: knownDate('2015-04-01'), asOf: AS_OF, drawnAt: '2026-11-21T09:42:00.000Z' as Instant };

/** An answer that stands in a table: where, and the number of people. */
interface Answer {
  readonly figure: FigureId;
  readonly table: TableId;
  readonly value: string;
  readonly n: number;
}
const published = (counted: readonly CountedCell[], earlier: readonly Publication[] = []): Publication => {
  const composed = publicationOf(PERIOD, counted, earlier);
  expect(composed.faults).toEqual([]);
  if (composed.publication === undefined) throw new Error('nothing is published');
  return composed.publication;
};
/** What a reader sees: the tables' numbers, and nothing that stands beside them in the file. */
const answersOf = ({ tables, numbers }: Publication): readonly Answer[] =>
  tables.flatMap(({ id, figures }) => figures.flatMap((figure) => TABLE_ROWS[id].rows.flatMap(({ value }) => {
    const n = numbers[`${figure}/${id}/${value}`];
    return typeof n === 'number' ? [{ figure, table: id, value, n }] : [];
  })));

const KINDS = everyKind();
const inAnswer = (one: Counted, { figure, table, value }: Answer): boolean => isIn(one, figure, table, value);
const placeOf = ({ figure, table, value }: Omit<Answer, 'n'>): string => `${figure}/${table}/${value}`;

/** What lies within an answer, one step down, in every way the tables divide it. */
function within(answer: Omit<Answer, 'n'>): readonly (readonly { readonly table: TableId; readonly value: string }[])[] {
  const rows = (table: TableId) => TABLE_ROWS[table].rows.map(({ value }) => ({ table, value }));
  if (answer.table === 'country') return [rows('place'), rows('unit'), rows('category'), rows('age')];
  if (answer.table === 'place') return [answer.value === 'custody' ? [{ table: 'unit', value: 'dfk' }] : DISTRICT_UNITS.map((value) => ({ table: 'unit' as const, value }))];
  const district = DISTRICT_UNITS.find((unit) => answer.table === 'unit' && unit === answer.value);
  return district === undefined ? [] : [municipalitiesOfDistrict(district, AS_OF).map(({ code }) => ({ table: 'municipality' as const, value: code }))];
}

/** Two sets of answers, of which the second often lies in the first: a number and what is shown of it in any depth, neighbouring tables, districts and their municipalities, all of a table. */
function pair(all: readonly Answer[], byPlace: ReadonlyMap<string, Answer>, chance: Dice): readonly [readonly Answer[], readonly Answer[]] {
  const find = (figure: FigureId, { table, value }: { readonly table: TableId; readonly value: string }): Answer | undefined => byPlace.get(placeOf({ figure, table, value }));
  const some = (answers: readonly Answer[]): readonly Answer[] => { const share = chance.next(); return answers.filter(() => chance.next() < share); };
  const inside = (answer: Omit<Answer, 'n'>): readonly Answer[] => {
    const ways = within(answer);
    if (ways.length === 0) return [];
    return chance.one(ways).flatMap((place) => {
      const shown = find(answer.figure, place);
      return shown !== undefined && chance.next() < 0.9 ? [shown] : inside({ figure: answer.figure, ...place });
    });
  };
  const first = chance.one(all);
  const kind = chance.below(4);
  if (kind === 0) {
    const figure = chance.next() < 0.2 && (first.figure === 'completed' || first.figure === 'interrupted') ? (`${first.figure}-re-registered` as const) : first.figure;
    return [[first], figure === first.figure ? inside(first) : [find(figure, first)].flatMap((answer) => answer ?? [])];
  }
  if (kind === 1) {
    const whole = find(first.figure, { table: 'country', value: 'denmark' }) ?? first;
    return [[whole], chance.next() < 0.7 ? inside(whole) : some(all.filter(({ figure, table }) => figure === whole.figure && table === first.table))];
  }
  const one = some(all.filter(({ figure, table }) => figure === first.figure && table === first.table));
  return kind === 2 ? [one, some(one)] : [one, one.flatMap((answer) => (chance.next() < 0.5 ? [answer] : inside(answer)))];
}

/**
 * Asks so many pairs of answers, and tells of each that lies in the other who is left. Whether it does follows from what the tables are of, whoever is counted: that much everybody knows.
 */
function leftOver(all: readonly Answer[], people: readonly Counted[], pairs: number, seed: number): readonly { readonly question: string; readonly left: readonly number[] }[] {
  const byPlace = new Map(all.map((answer) => [placeOf(answer), answer]));
  const kindsIn = new Map(all.map((answer) => [answer, KINDS.flatMap((kind, at) => (inAnswer(kind, answer) ? [at] : []))]));
  const peopleIn = new Map(all.map((answer) => [answer, people.flatMap((one, at) => (inAnswer(one, answer) ? [at] : []))]));
  const chance = dice(seed);
  return Array.from({ length: pairs }, () => pair(all, byPlace, chance)).flatMap(([wide, narrow]) => {
    const kinds = new Uint8Array(KINDS.length);
    for (const answer of wide) for (const kind of kindsIn.get(answer) ?? []) kinds[kind] = 1;
    if (!narrow.every((answer) => (kindsIn.get(answer) ?? []).every((kind) => kinds[kind] === 1))) return [];
    const inNarrow = new Set(narrow.flatMap((answer) => peopleIn.get(answer) ?? []));
    const left = [...new Set(wide.flatMap((answer) => peopleIn.get(answer) ?? []).filter((one) => !inNarrow.has(one)))];
    return [{ question: `${wide.map(placeOf).join(' ')} less ${narrow.map(placeOf).join(' ')}`, left }];
  });
}
const fewIn = (asked: readonly { readonly question: string; readonly left: readonly number[] }[]): readonly string[] =>
  asked.filter(({ left }) => left.length > 0 && left.length < 5).map(({ question, left }) => `${question}: ${left.length}`);

describe('control 35: published figures tell of no fewer than five people (FM-STA-2, FM-NCP-5)', () => {
  it.each([['thirty cases', 30 / 432, 1], ['as many as there were by 2019', 1, 2], ['three thousand', 3000 / 432, 3]] as const)('%s: ten thousand pairs of answers, and what each leaves of the other', (_size, times, seed) => {
    const people = peopleIn(times, dice(seed));
    const publication = published(countedFrom(people));
    for (const answer of answersOf(publication)) {
      const there = people.filter((one) => inAnswer(one, answer)).length;
      expect(answer.n).toBe(there);
      expect(there === 0 || there >= 5).toBe(true);
    }
    const asked = leftOver(answersOf(publication), people, PAIRS, seed + 100);
    expect(fewIn(asked)).toEqual([]);
    expect(asked.length).toBeGreaterThan(PAIRS / 4);
  }, 120_000);

  it('shows much all the same where there are many', () => {
    const { tables, numbers } = published(countedFrom(peopleIn(3000 / 432, dice(3))));
    const share = (table: TableId): number => {
      const values = TABLE_ROWS[table].rows.map(({ value }) => numbers[`completed/${table}/${value}`]);
      return values.filter((n) => typeof n === 'number').length / values.length;
    };
    expect(tables).toHaveLength(6);
    expect([share('country'), share('place')]).toEqual([1, 1]);
    expect(share('unit')).toBeGreaterThan(0.8);
    expect(share('municipality')).toBeGreaterThan(0.3);
  });

  it('a month later: what has come to any population that both tell of is nobody, or five', () => {
    let shownLater = 0;
    for (let seed = 10; seed < 22; seed += 1) {
      const chance = dice(seed);
      const then = peopleIn(seed % 2 === 0 ? 1 : 5, chance);
      const now = [...then, ...Array.from({ length: 3 + 7 * (seed % 5) }, () => somebody(chance.one(['completed', 'interrupted', 'assessment-interrupted']), chance.next() < 0.2, chance))];
      const before = published(countedFrom(then));
      const later = published(countedFrom(now), [before]);
      const toldThen = new Set(answersOf(before).map(placeOf));
      const both = answersOf(later).filter((answer) => toldThen.has(placeOf(answer)));
      shownLater += both.length;
      expect(fewIn(leftOver(both, now.slice(then.length), 1500, seed))).toEqual([]);
    }
    expect(shownLater).toBeGreaterThan(1000);
  }, 120_000);
});
