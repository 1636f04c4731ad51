import { describe, expect, it } from 'vitest';
import { coversDay, knownDate } from '../kernel/calendar.js';
import { isAuthorityId, isOutside } from './authorities.js';
import { SHARING_KINDS } from './legal-bases.js';
import {
  isFreeMeasure,
  MEASURE_AREAS,
  MEASURE_CATALOGUE,
  MEASURE_TYPE_IDS,
  measureAreaLabel,
  measuresOfArea,
  measuresOn,
  measureTitle,
  measureType,
  payerLabel,
  PAYERS,
  responsibleAuthority,
  RESPONSIBLES,
} from './measures.js';

const today = knownDate('2026-11-21');
const ishoej = { municipality: '0183', unit: 'koebenhavns-vestegn' } as const;

describe('the catalogue of measures (section MEA, S0 §6)', () => {
  it('has one row a day for each type, and every type today', () => {
    expect(new Set(MEASURE_CATALOGUE.map(({ id }) => id))).toEqual(new Set(MEASURE_TYPE_IDS));
    for (const day of ['2014-01-01', '2015-04-01', '2018-10-01', '2023-12-31', '2024-01-01'].map(knownDate)) {
      const ids = measuresOn(day).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(measuresOn(today).map(({ id }) => id)).toEqual(MEASURE_TYPE_IDS);
  });

  it('stands in the order of the framework model, every area filled', () => {
    const order = measuresOn(today).map(({ area }) => MEASURE_AREAS.indexOf(area));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    for (const area of MEASURE_AREAS) {
      expect(measuresOfArea(area, today).length).toBeGreaterThan(0);
      expect(measureAreaLabel(area)).not.toBe('');
    }
  });

  it.each(MEASURE_CATALOGUE)(
    '$id names law, complaint route and payer, and what it needs to know (FM-DEC-3, FM-FIN-1, FM-CON-6)',
    (type) => {
      expect(type.title.length).toBeGreaterThan(3);
      expect(type.legalBasis.length).toBeGreaterThan(8);
      expect(type.complaintRoute.endsWith('.')).toBe(true);
      expect(payerLabel(type.payer)).not.toBe('');
      expect(type.dataKinds).toContain('personal');
      expect(type.dataKinds).toContain(type.kind);
      expect(type.dataKinds.every((kind) => SHARING_KINDS.includes(kind))).toBe(true);
      expect(new Set(type.dataKinds).size).toBe(type.dataKinds.length);
    },
  );

  it('prints no section of law that a jurist has not confirmed (FM-LAW-1)', () => {
    for (const type of MEASURE_CATALOGUE)
      expect(`${type.legalBasis} ${type.complaintRoute} ${type.hint ?? ''}`).not.toContain('§');
  });

  it('starts treatment for drugs and alcohol within 14 days, and nothing else by law (FM-MEA-3)', () => {
    const hurried = MEASURE_CATALOGUE.filter(({ statutoryDeadlineDays }) => statutoryDeadlineDays !== null);
    expect(hurried.map(({ id, statutoryDeadlineDays }) => [id, statutoryDeadlineDays])).toEqual([
      ['stofmisbrug', 14],
      ['alkohol', 14],
    ]);
  });

  it('gives treatment for alcohol as ambulatory, day or residential', () => {
    expect(measureType('alkohol', today)?.forms).toEqual(['ambulant', 'dag', 'døgn']);
  });

  it('pays by the pool only what no law pays: tattoos, acute relocation, psychologist, testing (FM-POOL-1, FM-FIN-1)', () => {
    expect(MEASURE_CATALOGUE.filter(({ payer }) => payer === 'pool').map(({ id }) => id)).toEqual([
      'tatoveringsfjernelse',
      'akut-relokalisering',
      'psykolog-pulje',
      'psykologisk-test',
    ]);
    expect(MEASURE_CATALOGUE.filter(({ poolAllowed }) => poolAllowed).map(({ id }) => id)).toEqual([
      ...MEASURE_CATALOGUE.filter(({ payer }) => payer === 'pool').map(({ id }) => id),
      'andet',
    ]);
  });

  it('knows no protected address before 1 October 2018 (FM-SEC-4)', () => {
    expect(measureType('adressebeskyttelse', knownDate('2018-09-30'))).toBeUndefined();
    expect(measureType('adressebeskyttelse', knownDate('2018-10-01'))?.title).toBe('Særlig adressebeskyttelse');
  });

  it('knows no pool before the contact point was set up on 1 April 2015 (FM-ORG-2)', () => {
    expect(measuresOfArea('pulje', knownDate('2015-03-31'))).toEqual([]);
    expect(measuresOfArea('pulje', knownDate('2015-04-01'))).toHaveLength(4);
  });

  it('keeps the law of the day: family support changed with Barnets lov on 1 January 2024', () => {
    expect(measureType('familiestoette', knownDate('2023-12-31'))?.legalBasis).toBe('Lov om social service');
    expect(measureType('familiestoette', knownDate('2024-01-01'))?.legalBasis).toBe('Barnets lov');
  });

  it('allows measures outside it with free text', () => {
    expect(measureType('andet', today)).toMatchObject({ responsible: 'any', kle: null });
    expect(MEASURE_TYPE_IDS.filter(isFreeMeasure)).toEqual(['andet']);
  });

  it('does not know other ids', () => {
    expect(measureType('motorcykel', today)).toBeUndefined();
    expect(measureTitle('motorcykel')).toBe('motorcykel');
    expect(measureTitle('adressebeskyttelse')).toBe('Særlig adressebeskyttelse');
  });

  it('hides from police, by their kind, treatment, health and economy, and not housing and work', () => {
    const kind = (id: string) => measureType(id, today)?.kind;
    expect(['stofmisbrug', 'alkohol', 'steroider', 'ludomani'].map(kind)).toEqual(['abuse', 'abuse', 'abuse', 'abuse']);
    expect(['laege', 'psykiatri', 'psykolog', 'psykolog-pulje', 'psykologisk-test'].map(kind)).toEqual(Array(5).fill('health'));
    expect(['flyttetilskud', 'afdragsordning', 'skattevejledning'].map(kind)).toEqual(Array(3).fill('economic'));
    expect(['boliganvisning', 'mentor', 'erhvervsuddannelse'].map(kind)).toEqual(Array(3).fill('social'));
  });

  it('asks for consent to health and abuse where treatment is given (FM-CON-6)', () => {
    expect(measureType('stofmisbrug', today)?.dataKinds).toEqual(['personal', 'health', 'abuse']);
    expect(measureType('boliganvisning', today)?.dataKinds).toEqual(['personal', 'economic', 'social']);
  });

  it('files the municipality’s measures under their KLE subjects (FM-LAW-2)', () => {
    const kle = (id: string) => measureType(id, today)?.kle;
    expect(['stofmisbrug', 'alkohol', 'boliganvisning', 'mentor'].map(kle)).toEqual([
      '27.51.04',
      '29.24.04',
      '03.10.04',
      '15.20.36',
    ]);
  });
});

describe('whose measure it is (FM-DEC-3)', () => {
  const of = (id: string, place: Parameters<typeof responsibleAuthority>[1] = ishoej, on = today) =>
    responsibleAuthority(measureType(id, on)?.responsible ?? 'any', place, on);

  it.each([
    ['mentor', 'municipality:0183:jobcentre'],
    ['stofmisbrug', 'municipality:0183:treatment'],
    ['boliganvisning', 'municipality:0183:housing'],
    ['social-stoette', 'municipality:0183'],
    ['overfaldsalarm', 'police:koebenhavns-vestegn'],
    ['tilsyn', 'probation:koebenhavns-vestegn'],
    ['psykiatri', 'region:1084'],
    ['afdragsordning', 'gaeldsstyrelsen'],
    ['skattevejledning', 'skattestyrelsen'],
    ['tatoveringsfjernelse', 'rigspolitiet'],
    ['ludomani', 'external'],
    ['andet', undefined],
  ])('%s in Ishøj is %s’s', (id, authority) => {
    expect(of(id)).toBe(authority);
  });

  it('in custody Kriminalforsorgen’s is DfK’s, police’s the district’s the person comes from (FM-CUS-3)', () => {
    expect(of('tilsyn', { municipality: '0461', unit: 'dfk' })).toBe('dfk');
    expect(of('overfaldsalarm', { municipality: '0461', unit: 'dfk' })).toBe('police:fyn');
  });

  it('follows the region of the day', () => {
    expect(of('psykiatri', ishoej, knownDate('2027-01-01'))).toBe('region:oestdanmark');
  });

  it('refuses a municipality that does not exist', () => {
    expect(() => of('mentor', { municipality: '0411', unit: 'fyn' })).toThrow(RangeError);
  });

  it('is an authority for every responsible but the one chosen by hand', () => {
    for (const responsible of RESPONSIBLES.filter((one) => one !== 'any')) {
      expect(isAuthorityId(responsibleAuthority(responsible, ishoej, today) ?? '')).toBe(true);
    }
  });

  it('is outside Udvej where nobody there runs measures in it, in the catalogue as in the list of authorities', () => {
    for (const { id, responsible, outside } of MEASURE_CATALOGUE) {
      const authority = responsibleAuthority(responsible, ishoej, today);
      if (authority !== undefined) expect([id, isOutside(authority)]).toEqual([id, outside]);
    }
  });

  it('is paid by one of four', () => {
    expect(PAYERS.map(payerLabel)).toEqual(['Bopælskommunen', 'Regionen', 'Staten', 'Den centrale pulje']);
    expect(
      MEASURE_CATALOGUE.every(({ validFrom, validTo }) => coversDay({ validFrom, validTo }, validFrom ?? validTo ?? today)),
    ).toBe(true);
  });
});
