import { describe, expect, it } from 'vitest';
import { knownDate } from '../kernel/calendar.js';
import {
  districtOfMunicipality,
  DISTRICTS,
  isMunicipalityCode,
  municipalities,
  municipalitiesOfDistrict,
  municipalityName,
  municipalityOf,
  REGIONS,
  regionOfMunicipality,
  valueOn,
} from './denmark.js';

const today = knownDate('2026-11-21');

describe('Denmark', () => {
  it('has 98 municipalities in twelve police districts (FM-ORG-1)', () => {
    expect(municipalities).toHaveLength(98);
    expect(new Set(municipalities.map(({ code }) => code)).size).toBe(98);
    expect(DISTRICTS).toHaveLength(12);
    const counted = DISTRICTS.map(({ id }) => municipalitiesOfDistrict(id, today).length);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(98);
    expect(Math.min(...counted)).toBe(1);
  });

  it('lists them as Danes do: Aabenraa, Aalborg and Aarhus last', () => {
    const names = municipalities.map(({ name }) => name);
    expect(names).toEqual([...names].sort(new Intl.Collator('da').compare));
    expect(names.slice(-3)).toEqual(['Aabenraa', 'Aalborg', 'Aarhus']);
  });

  it.each([
    ['0183', 'Ishøj', 'koebenhavns-vestegn'],
    ['0461', 'Odense', 'fyn'],
    ['0101', 'København', 'koebenhavn'],
    ['0400', 'Bornholm', 'bornholm'],
    ['0157', 'Gentofte', 'nordsjaelland'],
    ['0630', 'Vejle', 'sydoestjylland'],
  ])('%s is %s in %s', (code, name, district) => {
    expect(municipalityName(code)).toBe(name);
    expect(districtOfMunicipality(code, today)).toBe(district);
  });

  it('knows the official names that are not just name and Kommune', () => {
    expect(municipalityOf('0101')?.officialName).toBe('Københavns Kommune');
    expect(municipalityOf('0400')?.officialName).toBe('Bornholms Regionskommune');
    expect(municipalityOf('0183')?.officialName).toBe('Ishøj Kommune');
  });

  it('moves Ishøj and Næstved to Region Østdanmark on 1 January 2027, and Odense nowhere', () => {
    const lastDay = knownDate('2026-12-31');
    const firstDay = knownDate('2027-01-01');
    expect(regionOfMunicipality('0183', lastDay)).toBe('1084');
    expect(regionOfMunicipality('0183', firstDay)).toBe('oestdanmark');
    expect(regionOfMunicipality('0370', lastDay)).toBe('1085');
    expect(regionOfMunicipality('0370', firstDay)).toBe('oestdanmark');
    expect(regionOfMunicipality('0461', firstDay)).toBe('1083');
  });

  it('gives every municipality exactly one region on both sides of the change', () => {
    for (const day of [knownDate('2015-04-01'), knownDate('2026-12-31'), knownDate('2027-01-01')]) {
      for (const { code } of municipalities) expect(REGIONS.map(({ id }) => id)).toContain(regionOfMunicipality(code, day));
    }
  });

  it('does not know Christiansø, old codes or what is no code', () => {
    for (const code of ['0411', '9999', '183', '', '__proto__']) {
      expect(isMunicipalityCode(code)).toBe(false);
      expect(municipalityOf(code)).toBeUndefined();
      expect(() => districtOfMunicipality(code, today)).toThrow(RangeError);
      expect(() => regionOfMunicipality(code, today)).toThrow(RangeError);
    }
    expect(municipalityName('0411')).toBe('0411');
  });

  it('gives nothing for a day a history does not cover', () => {
    expect(valueOn([{ value: 'old', validTo: knownDate('2020-12-31') }], knownDate('2021-01-01'))).toBeUndefined();
  });
});
