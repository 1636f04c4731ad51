import { describe, expect, it } from 'vitest';
import { addDays, coversDay, dateOfDayNumber, dayNumber, knownDate } from '../kernel/calendar.js';
import { admits, FRAMEWORK_VERSION_IDS, FRAMEWORK_VERSIONS, frameworkVersion, versionOn } from './framework-versions.js';
import { TARGET_CATEGORIES } from './target-group.js';

describe('framework versions (FM-TGT-4)', () => {
  it.each([
    ['2011-06-01', '2011'],
    ['2015-04-01', '2011'],
    ['2018-12-04', '2011'],
    ['2018-12-05', '2018'],
    ['2026-11-21', '2018'],
  ])('an assessment begun on %s follows the model of %s', (date, version) => {
    expect(versionOn(knownDate(date)).id).toBe(version);
  });

  it('2011 admits only the registered', () => {
    expect(TARGET_CATEGORIES.filter((category) => admits('2011', category))).toEqual(['1a']);
  });

  it('2018 admits both categories in full', () => {
    expect(TARGET_CATEGORIES.filter((category) => admits('2018', category))).toEqual(TARGET_CATEGORIES);
  });

  it('exactly one version is in force on every day', () => {
    const first = dayNumber(knownDate('2011-01-01'));
    const days = Array.from({ length: 8000 }, (_, index) => dateOfDayNumber(first + index));
    expect(days.filter((day) => FRAMEWORK_VERSIONS.filter((version) => coversDay(version, day)).length !== 1)).toEqual([]);
  });

  it('follow each other without a gap', () => {
    for (const [index, version] of FRAMEWORK_VERSIONS.slice(1).entries()) {
      const before = FRAMEWORK_VERSIONS[index]?.validTo;
      expect(before && addDays(before, 1)).toBe(version.validFrom);
    }
  });

  it('have a row each', () => {
    expect(FRAMEWORK_VERSIONS.map(({ id }) => id)).toEqual(FRAMEWORK_VERSION_IDS);
    for (const id of FRAMEWORK_VERSION_IDS) expect(frameworkVersion(id).id).toBe(id);
  });
});
