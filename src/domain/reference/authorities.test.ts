import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownDate } from '../kernel/calendar.js';
import {
  AUTHORITY_IDS,
  authorityKind,
  authorityName,
  isAuthorityId,
  isOutside,
  isUnitId,
  municipalityOfAuthority,
  regionAuthority,
  unitName,
  unitOfAuthority,
  unitOfMunicipality,
  units,
  zAuthorityId,
} from './authorities.js';

const today = knownDate('2026-11-21');

describe('authorities', () => {
  it.each([
    ['police:koebenhavns-vestegn', 'Københavns Vestegns Politi'],
    ['municipality:0183', 'Ishøj Kommune'],
    ['municipality:0101', 'Københavns Kommune'],
    ['municipality:0183:jobcentre', 'Jobcenter Ishøj'],
    ['municipality:0183:treatment', 'Misbrugscenter Ishøj'],
    ['municipality:0183:housing', 'Boligkontoret i Ishøj'],
    ['municipality:0461:jobcentre', 'Jobcenter Odense'],
    ['probation:koebenhavns-vestegn', 'Kriminalforsorgen Københavns Vestegn'],
    ['probation:fyn', 'Kriminalforsorgen Fyn'],
    ['dfk', 'Direktoratet for Kriminalforsorgen'],
    ['rigspolitiet', 'Rigspolitiet'],
    ['kl', 'KL'],
    ['gaeldsstyrelsen', 'Gældsstyrelsen'],
    ['region:1083', 'Region Syddanmark'],
    ['region:oestdanmark', 'Region Østdanmark'],
  ])('%s is called %s', (id, name) => {
    expect(isAuthorityId(id)).toBe(true);
    expect(authorityName(id)).toBe(name);
  });

  it.each([
    '',
    'police',
    'police:sverige',
    'municipality:0411',
    'municipality:0183:skole',
    'probation:dfk',
    'DFK',
    'toString',
    'region:1086',
  ])('%j is none', (id) => {
    expect(isAuthorityId(id)).toBe(false);
    expect(authorityName(id)).toBe(id);
    expect(zAuthorityId.safeParse(id).error?.issues[0]?.message).toBe('Vælg en myndighed fra listen');
  });

  it('all have a name of their own', () => {
    const names = AUTHORITY_IDS.map(authorityName);
    expect(new Set(names).size).toBe(AUTHORITY_IDS.length);
    expect(names.every((name) => name.length > 1)).toBe(true);
  });

  it('can be input, and shown as JSON Schema', () => {
    expect(zAuthorityId.parse('police:fyn')).toBe('police:fyn');
    expect(z.toJSONSchema(zAuthorityId, { io: 'input' })).toMatchObject({ type: 'string' });
  });

  it('tell their kind without the place', () => {
    expect(authorityKind('police:fyn')).toBe('police');
    expect(authorityKind('municipality:0183:housing')).toBe('municipality:housing');
    expect(authorityKind('dfk')).toBe('dfk');
  });

  it('outside Udvej are those where nobody runs measures in it', () => {
    expect(AUTHORITY_IDS.filter(isOutside).map(authorityKind)).toEqual(
      expect.arrayContaining(['region', 'gaeldsstyrelsen', 'skattestyrelsen', 'external', 'rigspolitiet', 'kl']),
    );
    for (const inside of ['police:fyn', 'probation:fyn', 'dfk', 'municipality:0183', 'municipality:0183:jobcentre'] as const) {
      expect(isOutside(inside)).toBe(false);
    }
  });
});

describe('exit units (FM-ORG-1, FM-ORG-3)', () => {
  it('are one for each police district, and DfK', () => {
    expect(units).toHaveLength(13);
    expect(units.at(-1)).toBe('dfk');
    expect(unitName('koebenhavns-vestegn')).toBe('Københavns Vestegn');
    expect(unitName('fyn')).toBe('Fyn');
    expect(unitName('dfk')).toBe('Direktoratet for Kriminalforsorgen');
  });

  it('an inquiry goes to the unit where the person lives (FM-INT-2)', () => {
    expect(unitOfMunicipality('0183', today)).toBe('koebenhavns-vestegn');
    expect(unitOfMunicipality('0461', today)).toBe('fyn');
    expect(() => unitOfMunicipality('0411', today)).toThrow(RangeError);
  });

  it('are not any other text', () => {
    for (const text of ['', 'Fyn', 'police:fyn', 'constructor']) {
      expect(isUnitId(text)).toBe(false);
      expect(unitName(text)).toBe(text);
    }
  });

  it.each([
    ['police:fyn', 'fyn'],
    ['probation:koebenhavn', 'koebenhavn'],
    ['municipality:0183', 'koebenhavns-vestegn'],
    ['municipality:0183:housing', 'koebenhavns-vestegn'],
    ['dfk', 'dfk'],
    ['kl', undefined],
    ['rigspolitiet', undefined],
    ['region:1083', undefined],
    ['police:sverige', undefined],
    ['municipality:0411', undefined],
  ])('%s takes part in %s', (authority, unit) => {
    expect(unitOfAuthority(authority, today)).toBe(unit);
  });

  it('a municipal unit belongs to its municipality, the others to none', () => {
    expect(municipalityOfAuthority('municipality:0183:jobcentre')).toBe('0183');
    expect(municipalityOfAuthority('municipality:0183')).toBe('0183');
    expect(municipalityOfAuthority('police:fyn')).toBeUndefined();
    expect(municipalityOfAuthority('municipality:0411')).toBeUndefined();
  });

  it('the region of Ishøj’s residents changes with the year 2027', () => {
    expect(authorityName(regionAuthority('0183', today))).toBe('Region Hovedstaden');
    expect(authorityName(regionAuthority('0183', knownDate('2027-01-01')))).toBe('Region Østdanmark');
  });
});
