import { describe, expect, it } from 'vitest';
import { units } from '../reference/authorities.js';
import { practiceOf } from './practice.js';
import { wholePercent } from './share.js';
import type { Times } from './times.js';

const step = (unit: string | null, n: number, median: number): Times['steps'][number] => ({ step: 'decision', unit, n, lowerQuartile: 1, median, upperQuartile: 99 });

describe('units beside one another, from structure alone (FM-NCP-7)', () => {
  const rows = practiceOf({
    steps: [step(null, 12, 30.4), step('fyn', 5, 21), step('bornholm', 4, 3)],
    followUps: [{ unit: null, due: 40, onTime: 30, late: 6 }, { unit: 'fyn', due: 8, onTime: 4, late: 2 }, { unit: 'bornholm', due: 4, onTime: 4, late: 0 }],
  }, [{ unit: null, courses: 300, lacking: 1, unplanned: 299, unmeasured: 150 }, { unit: 'fyn', courses: 5, lacking: 0, unplanned: 1, unmeasured: 5 }, { unit: 'bornholm', courses: 4, lacking: 2, unplanned: 2, unmeasured: 0 }]);
  const of = (unit: string | null) => rows.find((row) => row.unit === unit);

  it('the country first and then every unit, also one that had nothing to count', () => {
    expect(rows.map(({ unit }) => unit)).toEqual([null, ...units]);
    expect(of('oestjylland')).toMatchObject({ toDecision: undefined, onTime: undefined, notHeld: undefined });
  });

  it('days are medians, follow-ups shares of those that were due', () => {
    expect(of(null)).toMatchObject({ toDecision: 30, toAgreement: undefined, onTime: 75, notHeld: 10 });
    expect(of('fyn')).toMatchObject({ toDecision: 21, onTime: 50, notHeld: 25 });
  });

  it('how complete the record is are shares of the running courses', () => {
    expect(of('fyn')).toMatchObject({ lacking: 0, unplanned: 20, unmeasured: 100 });
    expect(of(null)).toMatchObject({ lacking: 1, unplanned: 99, unmeasured: 50 });
    expect(of('oestjylland')).toMatchObject({ lacking: undefined, unplanned: undefined, unmeasured: undefined });
  });

  it('says nought and a hundred per cent only where they are so', () => {
    expect([[0, 226], [1, 226], [225, 226], [226, 226], [1, 3], [113, 226]].map(([part = 0, whole = 0]) => wholePercent(part, whole))).toEqual([0, 1, 99, 100, 33, 50]);
  });

  it('tells nothing of fewer than five', () => {
    expect(of('bornholm')).toMatchObject({ toDecision: null, onTime: null, notHeld: null, lacking: null, unplanned: null, unmeasured: null });
  });
});
