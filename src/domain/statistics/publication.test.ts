import { describe, expect, it } from 'vitest';
import { AS_OF, countedFrom, dice, peopleIn } from '../../../tests/support/published-people.js';
import { knownDate } from '../kernel/time.js';
import type { Instant } from '../kernel/time.js';
import { noteOf, remarksOn, remarksOnAll, tablesOf } from './publication-words.js';
import type { CountedCell } from './breakdown.js';
import { type Publication, publicationOf, zPublication } from './publication.js';

const PERIOD = { from: knownDate('2015-04-01'), asOf: AS_OF, drawnAt: '2026-11-21T09:42:00.000Z' as Instant };
const ofPeople = (times: number, seed = 1) => countedFrom(peopleIn(times, dice(seed)));
const published = (counted: readonly CountedCell[], earlier: readonly Publication[] = []): Publication => {
  const { publication, faults } = publicationOf(PERIOD, counted, earlier);
  expect(faults).toEqual([]);
  if (publication === undefined) throw new Error('nothing is published');
  return publication;
};
/** As many completed courses with the same facts. */
const completed = (n: number, unit: string, municipality: string, more: Partial<Record<'category' | 'age', string>> = {}): readonly CountedCell[] => [
  { dimension: 'unit', value: unit, state: 'completed', n },
  { dimension: 'municipality', value: municipality, unit, state: 'completed', n },
  { dimension: 'place', value: unit === 'dfk' ? 'custody' : 'freedom', state: 'completed', n },
  { dimension: 'category', value: more.category ?? '1a', state: 'completed', n },
  { dimension: 'age', value: more.age ?? '30-39', state: 'completed', n },
];
const again = (counted: readonly CountedCell[]): readonly CountedCell[] => counted.map((cell) => ({ ...cell, state: `${cell.state}-re-registered` }));

describe('a publication (FM-STA-2, FM-STA-4, FM-NCP-5)', () => {
  it('has the official figures as columns of the country and of five divisions of it', () => {
    const tables = tablesOf(published(ofPeople(1)));
    expect(tables.map(({ caption, rows }) => [caption, rows.length])).toEqual([['Hele landet', 1], ['Frihed og fængsel', 2], ['Lokale exitenheder', 13], ['Kommuner', 98], ['Målgruppe', 10], ['Alder', 6]]);
    expect(tables[0]?.columns).toEqual([
      'Igangværende exitforløb', 'Igangværende visitationer', 'Gennemførte exitforløb', 'Gennemførte, heraf registreret igen', 'Afbrudte exitforløb', 'Afbrudte, heraf registreret igen', 'Afbrudte visitationer', 'Afslag',
    ]);
    expect(tables[0]?.rows[0]?.numbers.map(({ n }) => n)).toEqual([107, 20, 115, 15, 85, 21, 80, 25]);
  });

  it('says start, population and moment, and that small numbers are hidden', () => {
    expect(noteOf(published(ofPeople(1)))).toBe('Opgjort 21. november 2026 kl. 10.42 for 1. april 2015 – 21. november 2026. Hver sag tælles én gang. Tal under 5 er skjult.');
  });

  it('writes a hidden number as a dash that is read aloud as hidden, and thousands with a point', () => {
    const table = tablesOf(published([...completed(1204, 'fyn', '0461'), ...completed(3, 'bornholm', '0400'), ...completed(30, 'dfk', '0461')])).find(({ id }) => id === 'unit');
    const number = (label: string) => table?.rows.find((row) => row.label === label)?.numbers[table.columns.indexOf('Gennemførte exitforløb')];
    expect(number('Bornholm')).toEqual({ n: null, text: '–', spoken: 'skjult' });
    expect(number('Nordjylland')).toEqual({ n: 0, text: '0' });
    expect(tablesOf(published(completed(1204, 'fyn', '0461')))[0]?.rows[0]?.numbers[2]).toEqual({ n: 1204, text: '1.204' });
  });

  it('counts a case in custody at the directorate and in no municipality, whatever is known of where the person lives', () => {
    // Odense's 20 are the unit's; were the 7 from prison among them, the municipalities of Fyn less its unit would be the 7 who live there and are in prison.
    const { numbers } = published([...completed(20, 'fyn', '0461'), ...completed(7, 'dfk', '0461')]);
    expect([numbers['completed/municipality/0461'], numbers['completed/unit/fyn'], numbers['completed/unit/dfk'], numbers['completed/place/custody']]).toEqual([20, 20, 7, 7]);
  });

  it('counts whoever moved out of the district in none of its municipalities, and does not let him be reckoned out', () => {
    const { numbers } = published([...completed(20, 'fyn', '0461'), ...completed(2, 'fyn', '0101'), ...completed(30, 'koebenhavn', '0101')]);
    expect([numbers['completed/unit/fyn'], numbers['completed/municipality/0461'], numbers['completed/municipality/0101']]).toEqual([22, null, 30]);
  });

  it('hides the unit of the prisons and freedom together: they are one division seen twice', () => {
    const { numbers } = published([...completed(40, 'fyn', '0461'), ...completed(30, 'koebenhavn', '0101'), ...completed(3, 'dfk', '0461')]);
    expect([numbers['completed/unit/dfk'], numbers['completed/place/custody'], numbers['completed/place/freedom']]).toEqual([null, null, null]);
    expect(numbers['completed/country/denmark']).toBe(73);
  });

  it('leaves freedom and prison out where they are not what the units say', () => {
    const odd = [...completed(40, 'fyn', '0461'), ...completed(30, 'dfk', '0461')].map((cell) => (cell.dimension === 'place' ? { ...cell, value: 'freedom' } : cell));
    expect(published(odd).tables.map(({ id }) => id)).toEqual(['country', 'unit', 'municipality', 'category', 'age']);
  });

  it('tells who is registered again for a whole table or for none of it', () => {
    const many = [...completed(40, 'fyn', '0461'), ...completed(30, 'koebenhavn', '0101', { category: '1b' }), ...completed(25, 'dfk', '0461')];
    const wide = published([...many, ...again(completed(10, 'fyn', '0461')), ...again(completed(8, 'koebenhavn', '0101', { category: '1b' })), ...again(completed(6, 'dfk', '0461'))]);
    const narrow = published([...many, ...again(completed(10, 'fyn', '0461')), ...again(completed(8, 'koebenhavn', '0101', { category: '1b' })), ...again(completed(2, 'dfk', '0461'))]);
    const divided = (publication: Publication) => publication.tables.filter(({ figures }) => figures.includes('completed-re-registered')).map(({ id }) => id);
    expect(divided(wide)).toEqual(['country', 'place', 'unit', 'category', 'age']);
    expect(divided(narrow)).toEqual(['country', 'category', 'age']);
    expect(Object.keys(narrow.numbers).filter((key) => /completed.*re-registered\/unit/.test(key))).toEqual([]);
    expect(remarksOn(narrow, 'unit')).toContain('Hvor mange der er registreret igen efter et gennemført forløb, kan ikke vises i denne tabel.');
    expect(remarksOn(narrow, 'category').join(' ')).not.toContain('efter et gennemført');
    expect(remarksOn(wide, 'unit').join(' ')).not.toContain('registreret igen');
    // Of all the tables at one place it names those that it is true of, and says it of the whole country where it is (FM-STA-4).
    const said = (publication: Publication): readonly string[] => remarksOnAll(publication).filter((remark) => remark.includes('efter et gennemført'));
    expect(said(narrow)).toEqual(['Hvor mange der er registreret igen efter et gennemført forløb, kan ikke vises i: Frihed og fængsel; Lokale exitenheder; Kommuner.']);
    expect(said(wide)).toEqual(['Hvor mange der er registreret igen efter et gennemført forløb, kan ikke vises i: Kommuner.']);
    expect(said(published([...many, ...again(completed(2, 'fyn', '0461'))]))).toEqual(['Hvor mange der er registreret igen efter et gennemført forløb, kan kun vises for hele landet.']);
  });

  it('says where the country itself is hidden', () => {
    const publication = published([...completed(3, 'fyn', '0461')]);
    expect(publication.numbers['completed/country/denmark']).toBeNull();
    expect(remarksOn(publication, 'country')).toContain('Tallet for hele landet er også skjult for: Gennemførte exitforløb.');
  });

  it('hides the one who came since an earlier publication', () => {
    const before = [...completed(40, 'fyn', '0461'), ...completed(30, 'koebenhavn', '0101')];
    const now = [...before, ...completed(1, 'fyn', '0461')];
    const { numbers } = published(now, [published(before)]);
    expect([numbers['completed/country/denmark'], numbers['completed/unit/fyn'], numbers['completed/municipality/0461'], numbers['completed/unit/koebenhavn']]).toEqual([null, null, null, 30]);
  });

  it('refuses what was counted wrongly', () => {
    expect(() => publicationOf(PERIOD, [...completed(9, 'fyn', '0461'), { dimension: 'age', value: '18-24', state: 'completed', n: 1 }])).toThrow('do not add up');
    expect(() => publicationOf(PERIOD, completed(9, 'fyn', '0461').filter(({ dimension }) => dimension !== 'municipality'))).toThrow('do not add up');
  });

  it('is read back as it was kept, and not when something in it is wrong', () => {
    const publication = published(ofPeople(1));
    const kept: unknown = JSON.parse(JSON.stringify(publication));
    expect(zPublication.parse(kept)).toEqual(publication);
    const { 'refused/country/denmark': _gone, ...fewer } = publication.numbers;
    expect(zPublication.safeParse({ ...publication, numbers: fewer }).success).toBe(false);
    expect(zPublication.safeParse({ ...publication, numbers: { ...publication.numbers, 'refused/country/denmark': 3 } }).success).toBe(false);
    expect(zPublication.safeParse({ ...publication, drawnAt: 'i går' }).success).toBe(false);
    expect(zPublication.safeParse({ ...publication, more: 1 }).success).toBe(false);
  });
});
