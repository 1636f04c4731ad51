import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownDate } from '../kernel/time.js';
import { expectedByMunicipality, expectedCases, expectedInWords, expectedRanges, lastYearOver, looksAhead, METHOD, type NewCases, nothingExpected, stillExpected, type ThreeYears, TOO_FEW, zExpectedRanges } from './expected-cases.js';

const STEADY: ThreeYears = [100, 100, 100];

describe('how many cases a municipality should be ready for (FM-STA-2, S1)', () => {
  it('is the mean of its own three years, and what chance makes of it', () => {
    // Mean (8 + 10 + 12) / 3 = 10. Next year strays by the root of 10 + 10/3 = 13.33, which is 3.65; times 1.645 is 6.0: from 3.99 to 16.01.
    expect(expectedCases([8, 10, 12], STEADY)).toEqual({ kind: 'range', mean: 10, from: 3, to: 17 });
    // Mean 30; the root of 40 is 6.32; times 1.645 is 10.4: from 19.6 to 40.4.
    expect(expectedCases([30, 30, 30], STEADY)).toEqual({ kind: 'range', mean: 30, from: 19, to: 41 });
  });

  it('goes half as far as the country does', () => {
    // The country's mean is 100 and its last year 120, a fifth above; the municipality's 30 go up by a tenth: 33. The root of 44 is 6.63; times 1.645 is 10.9: from 22.1 to 43.9.
    expect(expectedCases([30, 30, 30], [80, 100, 120])).toEqual({ kind: 'range', mean: 33, from: 22, to: 44 });
    expect(expectedCases([30, 30, 30], [120, 100, 80])).toMatchObject({ mean: 27 });
  });

  it('says that there are too few where a number is hidden, small, or all are fewer than fifteen', () => {
    for (const own of [[null, 10, 12], [8, 10, null], [3, 10, 12], [5, 5, 0], [0, 0, 0], [0, 0, 14]] as const) expect(expectedCases(own, STEADY)).toEqual({ kind: 'too-few' });
    expect(expectedCases([8, 10, 12], [100, null, 100])).toEqual({ kind: 'too-few' });
    expect(expectedCases([5, 5, 5], STEADY)).toMatchObject({ kind: 'range' });
  });

  it('is said in plain words, with the method in one sentence', () => {
    const kept = expectedRanges(new Map([['0461', expectedCases([8, 10, 12], STEADY)], ['0563', expectedCases([1, 0, 0], STEADY)]]), knownDate('2026-11-21'));
    expect(kept).toEqual({ year: 2027, lastYear: 2025, ranges: { '0461': [3, 17], '0563': null } });
    expect(expectedInWords(kept, '0461')).toEqual({ said: 'Mellem 3 og 17', why: `${METHOD} Årene er 2023–2025. Året 2026 er ikke talt med, for det var ikke slut, da tallene blev opgjort.` });
    expect(expectedInWords(kept, '0563').why).toContain('Årene er 2023–2025. Året 2026 er ikke talt med');
    expect([expectedInWords(kept, '0563').said, expectedInWords(kept, '0101').said]).toEqual([TOO_FEW, TOO_FEW]);
    expect(METHOD.match(/\./g)).toHaveLength(1);
  });

  it('counts years that were over when the figures are drawn, and is there for a period that ends in this year or the last', () => {
    expect([lastYearOver(knownDate('2026-11-21')), lastYearOver(knownDate('2027-01-01')), lastYearOver(knownDate('2026-12-31'))]).toEqual([2025, 2026, 2025]);
    const ahead = (asOf: string, drawnOn = '2026-11-21') => looksAhead(knownDate(asOf), knownDate(drawnOn));
    expect([ahead('2026-11-21'), ahead('2025-01-01'), ahead('2024-12-31'), ahead('2019-01-14')]).toEqual([true, true, false, false]);
  });

  it('is for the year after the one of the drawing, from the three that were over then (FM-STA-2)', () => {
    const yearsOn = (day: string) => expectedRanges(new Map(), knownDate(day));
    expect([yearsOn('2026-01-01'), yearsOn('2026-12-31'), yearsOn('2027-01-01')].map(({ year, lastYear }) => [year, lastYear])).toEqual([[2027, 2025], [2027, 2025], [2028, 2026]]);
  });

  it('keeps the year and the years of a publication from before, which was for the year after the newest whole one (FM-STA-2)', () => {
    const old = zExpectedRanges.parse({ year: 2026, ranges: { '0461': [3, 17], '0563': null } });
    expect(stillExpected(old, knownDate('2026-06-30'))).toEqual({ year: 2026, ranges: { '0461': [3, 17], '0563': null } });
    expect([expectedInWords(old, '0461').why, expectedInWords(old, '0563').why]).toEqual([`${METHOD} Årene er 2023–2025.`, expect.stringMatching(/Årene er 2023–2025\.$/)]);
  });

  it('says nothing where none was reckoned, or of a year that was over when it was published', () => {
    const kept = { year: 2026, ranges: { '0461': null } };
    expect(stillExpected(kept, knownDate('2026-11-21'))).toEqual(kept);
    expect([stillExpected(kept, knownDate('2027-01-01')), stillExpected(nothingExpected(knownDate('2026-11-21')), knownDate('2026-11-21'))]).toEqual([undefined, undefined]);
  });

  it('is drawn for every municipality, and for none with a year that would be hidden if it were published', () => {
    const ON = knownDate('2026-11-21');
    const each = (unit: string, municipality: string | null, n: number): readonly NewCases[] => [2023, 2024, 2025].map((year) => ({ year, unit, municipality, n }));
    // Odense has ten a year and Svendborg thirty. Nyborg's three of 2025 can only be hidden with Odense's ten beside them, and who is hidden in a year has no range.
    const counted = [...each('fyn', '0461', 10), ...each('fyn', '0479', 30), ...each('koebenhavn', '0101', 40)];
    const calm = expectedByMunicipality(counted, 2025, ON);
    expect([calm.size, calm.get('0461'), calm.get('0479')?.kind, calm.get('0450')]).toEqual([98, { kind: 'range', mean: 10, from: 3, to: 17 }, 'range', { kind: 'too-few' }]);
    const withFew = expectedByMunicipality([...counted, { year: 2025, unit: 'fyn', municipality: '0450', n: 3 }], 2025, ON);
    expect([withFew.get('0461'), withFew.get('0450'), withFew.get('0479')?.kind]).toEqual([{ kind: 'too-few' }, { kind: 'too-few' }, 'range']);
  });

  it('leaves out who is in prison or moved away, and years that are not the last three', () => {
    const ON = knownDate('2026-11-21');
    const odense: readonly NewCases[] = [2023, 2024, 2025].map((year) => ({ year, unit: 'fyn', municipality: '0461', n: 10 }));
    const plain = expectedByMunicipality(odense, 2025, ON).get('0461');
    expect(plain).toMatchObject({ kind: 'range', mean: 10 });
    expect(expectedByMunicipality([...odense, { year: 2022, unit: 'fyn', municipality: '0461', n: 90 }], 2025, ON).get('0461')).toEqual(plain);
    const prison: readonly NewCases[] = [2023, 2024, 2025].flatMap((year) => [{ year, unit: 'dfk', municipality: '0461', n: 60 }, { year, unit: 'koebenhavn', municipality: '0461', n: 20 }]);
    expect(expectedByMunicipality([...odense, ...prison], 2025, ON).get('0461')).toEqual(plain);
  });

  const year = fc.oneof(fc.constant(0), fc.integer({ min: 5, max: 500 }));
  const years = fc.tuple(year, year, year);
  const countryOf = (own: readonly number[], others: readonly number[]): ThreeYears => [0, 1, 2].map((at) => (own[at] ?? 0) + (others[at] ?? 0)) as unknown as ThreeYears;

  it('is never negative, in whole cases, and has the mean in it', () => {
    fc.assert(fc.property(years, years, (own, others) => {
      const expected = expectedCases(own, countryOf(own, others));
      if (expected.kind === 'too-few') return;
      expect(Number.isInteger(expected.from) && Number.isInteger(expected.to)).toBe(true);
      expect(expected.from >= 0 && expected.from <= expected.mean && expected.mean <= expected.to).toBe(true);
    }));
  });

  it('does not fall when a municipality has had more cases', () => {
    fc.assert(fc.property(years, fc.nat(2), fc.integer({ min: 5, max: 50 }), years, (own, which, more, country) => {
      const [before, after] = [expectedCases(own, countryOf(country, [900, 900, 900])), expectedCases(own.map((n, at) => (at === which ? n + more : n)) as [number, number, number], countryOf(country, [900, 900, 900]))];
      if (before.kind === 'too-few' || after.kind === 'too-few') return;
      expect(after.mean >= before.mean && after.from >= before.from && after.to >= before.to).toBe(true);
    }));
  });
});
