import { describe, expect, it } from 'vitest';
import {
  INDICATORS,
  indicatorLabel,
  mainCategory,
  mainCategoryLabel,
  MAIN_CATEGORIES,
  needsDescription,
  needsIndicators,
  REGISTRATIONS,
  registrationLabel,
  registrationNeededFor,
  TARGET_CATEGORIES,
  targetCategoryLabel,
} from './target-group.js';

describe('the target group', () => {
  it('has two categories: the registered (FM-TGT-1) and those with ties who never were (FM-TGT-2)', () => {
    expect(TARGET_CATEGORIES.filter((category) => mainCategory(category) === '1')).toEqual(['1a', '1b']);
    expect(TARGET_CATEGORIES.filter((category) => mainCategory(category) === '2')).toEqual([
      '2a',
      '2b',
      '2c',
      '2d',
      '2e',
      '2f',
      '2g',
    ]);
  });

  it('needs police’s word: 1a registered, 1b formerly, every 2x not (FM-TGT-7)', () => {
    expect(registrationNeededFor('1a')).toBe('registered');
    expect(registrationNeededFor('1b')).toBe('formerly');
    for (const category of TARGET_CATEGORIES.slice(2)) expect(registrationNeededFor(category)).toBe('not');
  });

  it('category 2 rests on indicators, category 1 on the register alone (FM-TGT-3)', () => {
    expect(TARGET_CATEGORIES.filter(needsIndicators)).toEqual(['2a', '2b', '2c', '2d', '2e', '2f', '2g']);
    expect(INDICATORS).toHaveLength(4);
  });

  it('another tie is described (FM-TGT-2)', () => {
    expect(TARGET_CATEGORIES.filter(needsDescription)).toEqual(['2g']);
  });

  it('has a Danish text of its own for everything that can be chosen', () => {
    const texts = [
      ...TARGET_CATEGORIES.map(targetCategoryLabel),
      ...MAIN_CATEGORIES.map(mainCategoryLabel),
      ...INDICATORS.map(indicatorLabel),
      ...REGISTRATIONS.map(registrationLabel),
    ];
    expect(new Set(texts).size).toBe(9 + 2 + 4 + 3);
  });

  it('names the police register by no unit that has been reorganised since (FM-TGT-6)', () => {
    for (const category of TARGET_CATEGORIES) expect(targetCategoryLabel(category)).not.toContain('NEC');
  });
});
