import { describe, expect, it } from 'vitest';
import { units } from '../reference/authorities.js';
import { practiceOf } from './practice.js';
import type { Times } from './times.js';

const step = (unit: string | null, n: number, median: number): Times['steps'][number] => ({ step: 'decision', unit, n, lowerQuartile: 1, median, upperQuartile: 99 });

describe('units beside one another, from structure alone (FM-NCP-7)', () => {
  const rows = practiceOf({
    steps: [step(null, 12, 30.4), step('fyn', 5, 21), step('bornholm', 4, 3)], measures: [],
    followUps: [{ unit: null, due: 40, onTime: 30, late: 6 }, { unit: 'fyn', due: 8, onTime: 4, late: 2 }, { unit: 'bornholm', due: 4, onTime: 4, late: 0 }],
  });
  const of = (unit: string | null) => rows.find((row) => row.unit === unit);

  it('the country first and then every unit, also one that had nothing to count', () => {
    expect(rows.map(({ unit }) => unit)).toEqual([null, ...units]);
    expect(of('oestjylland')).toMatchObject({ toDecision: undefined, onTime: undefined, notHeld: undefined });
  });

  it('days are medians, follow-ups shares of those that were due', () => {
    expect(of(null)).toMatchObject({ toDecision: 30, toAgreement: undefined, onTime: 75, notHeld: 10 });
    expect(of('fyn')).toMatchObject({ toDecision: 21, onTime: 50, notHeld: 25 });
  });

  it('says all and none only of all and none', () => {
    const [country] = practiceOf({ steps: [], measures: [], followUps: [{ unit: null, due: 226, onTime: 225, late: 0 }] });
    expect(country).toMatchObject({ onTime: 99, notHeld: 1 });
  });

  it('tells nothing of fewer than five', () => {
    expect(of('bornholm')).toMatchObject({ toDecision: null, onTime: null, notHeld: null });
  });
});
