import { describe, expect, it } from 'vitest';
import { EXIT_SUBJECT, isKleSubject, isTitleAsPublished, KLE_SOURCE, KLE_SUBJECTS, kleTitle } from './kle.js';

describe('KLE (FM-LAW-2)', () => {
  it('files every exit case under 27.12.36', () => {
    expect(kleTitle(EXIT_SUBJECT)).toBe('27.12.36 Exit-programmer');
    expect(isTitleAsPublished(EXIT_SUBJECT)).toBe(true);
  });

  it.each([
    ['27.51.04', '27.51.04 Social behandling af stofmisbrug'],
    ['29.24.04', '29.24.04 Alkoholbehandling'],
    ['03.10.04', '03.10.04 Anvisningsret'],
    ['15.20.36', '15.20.36 Mentorstøtte'],
  ] as const)('%s is %s', (subject, title) => {
    expect(kleTitle(subject)).toBe(title);
  });

  it('numbers are main group, group and subject, each once and in order', () => {
    for (const subject of KLE_SUBJECTS) expect(subject).toMatch(/^\d{2}\.\d{2}\.\d{2}$/);
    expect(new Set(KLE_SUBJECTS).size).toBe(KLE_SUBJECTS.length);
    expect([...KLE_SUBJECTS].sort()).toEqual(KLE_SUBJECTS);
  });

  it('says where and when it was read, and which titles are only ours', () => {
    expect(KLE_SOURCE.asOf).toBe('2025-09');
    expect(isTitleAsPublished('27.69.16')).toBe(false);
  });

  it('does not know other subjects', () => {
    expect(isKleSubject('27.12.36')).toBe(true);
    expect(isKleSubject('27.12.37')).toBe(false);
    expect(isKleSubject('toString')).toBe(false);
  });
});
