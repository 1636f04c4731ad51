import { describe, expect, it } from 'vitest';
import { basisDoesNotFit, type CaseLine, endingOf, notTellable, TELLING_BASIS_IDS, tellingBasisLabel, toldOf } from './telling-bases.js';

const line = (phase: string, place = 'freedom', number = 'UV-2222-222', urgent = false): CaseLine => ({ number, phase, place, urgent });
const rule = (one: { readonly rule: string } | undefined): string | undefined => one?.rule;

describe('telling a unit of another case', () => {
  it('says which of the two ends, and of nobody told, none (FM-INT-3)', () => {
    expect((['nobody', 'first', 'second', 'both-first', 'both-second'] as const).map(endingOf)).toEqual([undefined, 0, 1, 0, 1]);
  });

  it('is refused where one of the cases is over, whoever is told (FM-END-4)', () => {
    for (const telling of ['first', 'second', 'both-first', 'both-second'] as const) {
      expect(rule(notTellable([line('closed'), line('inquiry')], telling)), telling).toBe('FM-END-4');
      expect(rule(notTellable([line('inquiry'), line('closed')], telling)), telling).toBe('FM-END-4');
    }
    expect(notTellable([line('closed'), line('inquiry')], 'nobody')).toBeUndefined();
  });

  it('is refused where the one that is to end has a course (FM-INT-3)', () => {
    for (const phase of ['course', 'discharge']) {
      expect(rule(notTellable([line(phase), line('inquiry')], 'both-first'))).toBe('FM-INT-3');
      expect(notTellable([line(phase), line('inquiry')], 'both-second')).toBeUndefined();
    }
  });

  it('is refused where an urgent inquiry that nobody has read would end and the other unit hear nothing of it; both, the other way round and nobody can be chosen (FM-INT-3)', () => {
    const cases = [line('inbox', 'freedom', 'UV-2222-222', true), line('assessment')] as const;
    expect(notTellable(cases, 'first')).toMatchObject({ rule: 'FM-INT-3', field: 'telling', detail: expect.stringContaining('UV-2222-222 haster') as unknown });
    for (const telling of ['nobody', 'second', 'both-first', 'both-second'] as const) expect(notTellable(cases, telling), telling).toBeUndefined();
    expect(rule(notTellable([cases[1], cases[0]], 'second'))).toBe('FM-INT-3');
    expect(notTellable([line('inbox'), line('assessment')], 'first')).toBeUndefined();
  });
});

describe('a basis', () => {
  it('of the law before consent holds only while the case that is told of is undecided (FM-CON-3)', () => {
    const cases = [line('inquiry'), line('course')] as const;
    expect(rule(basisDoesNotFit(cases, 'first', 'before-consent'))).toBe('FM-CON-3');
    expect(rule(basisDoesNotFit(cases, 'both-first', 'before-consent'))).toBe('FM-CON-3');
    expect(basisDoesNotFit([line('inquiry'), line('assessment')], 'both-first', 'before-consent')).toBeUndefined();
    // The unit of the second is told of the first, which is undecided.
    expect(basisDoesNotFit([line('inquiry'), line('accepted')], 'second', 'before-consent')).toBeUndefined();
    expect(basisDoesNotFit(cases, 'both-first', 'consent')).toBeUndefined();
  });

  it('of consent is refused where the case that is told of is an inquiry nobody has taken: nobody has asked the person (FM-CON-3)', () => {
    const cases = [line('assessment'), line('inbox', 'freedom', 'UV-3333-333')] as const;
    for (const telling of ['first', 'both-first', 'both-second'] as const) {
      expect(basisDoesNotFit(cases, telling, 'consent'), telling).toMatchObject({ rule: 'FM-CON-3', field: 'law', detail: expect.stringContaining('UV-3333-333') as unknown });
      expect(basisDoesNotFit(cases, telling, 'before-consent'), telling).toBeUndefined();
    }
    // Its own unit is told of the other one.
    expect(basisDoesNotFit(cases, 'second', 'consent')).toBeUndefined();
    expect(basisDoesNotFit([line('assessment'), line('inquiry')], 'first', 'consent')).toBeUndefined();
  });

  it('is looked for in the case that is told of: the other one of each unit that is told', () => {
    expect((['nobody', 'first', 'second', 'both-first', 'both-second'] as const).map(toldOf)).toEqual([[], [1], [0], [0, 1], [0, 1]]);
  });

  it('of section 115 holds only of a case in custody (FM-CON-3)', () => {
    expect(rule(basisDoesNotFit([line('inquiry', 'custody'), line('inquiry')], 'first', 'release'))).toBe('FM-CON-3');
    expect(basisDoesNotFit([line('inquiry', 'custody'), line('inquiry')], 'second', 'release')).toBeUndefined();
    expect(rule(basisDoesNotFit([line('inquiry', 'custody'), line('inquiry')], 'both-first', 'release'))).toBe('FM-CON-3');
  });

  it('is named with its law', () => {
    expect(TELLING_BASIS_IDS.map(tellingBasisLabel).join(' ')).toMatch(/art\. 6.*§ 8.*samtykke.*§ 115/);
  });
});
