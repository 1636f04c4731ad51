import { describe, expect, it } from 'vitest';
import { units } from '../reference/authorities.js';
import { practiceOf } from './practice.js';
import { practiceRows } from './practice-question.js';
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

  const counted = (unit: string | null, courses: number, unmeasured: number) => ({ unit, courses, lacking: 0, unplanned: courses, unmeasured });
  /** What Fyn is told of the country beside its own five courses, none of which lacks a measure. */
  const besideFyn = (others: number, unmeasured: number) => practiceRows(practiceOf({ steps: [], followUps: [] }, [counted(null, 5 + others, unmeasured), counted('fyn', 5, 0)]), 'fyn')?.country;

  it('gives a unit of the country nothing that is of fewer than five others, who are what is left when it takes its own away (FM-STA-4)', () => {
    expect([1, 4, 5].map((others) => besideFyn(others, 0)?.unplanned)).toEqual([null, null, 100]);
    expect(besideFyn(0, 0)?.unplanned).toBe(100);
    const days = (others: number) => practiceRows(practiceOf({ steps: [step(null, 5 + others, 30), step('fyn', 5, 21)], followUps: [] }, []), 'fyn')?.country.toDecision;
    expect([days(4), days(5)]).toEqual([null, 30]);
    const onTime = (late: number) => practiceRows(practiceOf({ steps: [], followUps: [{ unit: null, due: 20, onTime: 20 - late, late }, { unit: 'fyn', due: 6, onTime: 6, late: 0 }] }, []), 'fyn')?.country.onTime;
    expect([0, 1, 4, 5].map(onTime)).toEqual([100, null, null, 75]);
  });

  it('nor a share that one to four of the others are in, or all of them but so many', () => {
    expect([0, 1, 4, 5, 15, 16, 19, 20].map((unmeasured) => besideFyn(20, unmeasured)?.unmeasured)).toEqual([0, null, null, 20, 60, null, null, 80]);
  });

  it('nor two shares of the follow-ups that leave a third of one to four', () => {
    const told = (onTime: number, late: number, notHeld: number) => {
      const country = practiceRows(practiceOf({ steps: [], followUps: [{ unit: null, due: 6 + onTime + late + notHeld, onTime: 6 + onTime, late }, { unit: 'fyn', due: 6, onTime: 6, late: 0 }] }, []), 'fyn')?.country;
      return [country?.onTime, country?.notHeld];
    };
    expect(told(10, 1, 9)).toEqual([62, null]);
    expect(told(0, 4, 16)).toEqual([23, null]);
    expect(told(10, 0, 10)).toEqual([62, 38]);
    expect(told(9, 5, 6)).toEqual([58, 23]);
    // The country as the contact point has it is whole.
    expect(practiceOf({ steps: [], followUps: [{ unit: null, due: 26, onTime: 16, late: 1 }] }, []).find(({ unit }) => unit === null)).toMatchObject({ onTime: 62, notHeld: 35 });
  });

  it('gives the unit its own row as it stands beside the others, and no country in it', () => {
    expect(practiceRows(rows, 'fyn')?.own).toEqual(expect.objectContaining({ unit: 'fyn', toDecision: 21 }));
    expect(practiceRows(rows, 'fyn')?.own).not.toHaveProperty('countryBeside');
    expect([practiceRows(rows, 'nowhere'), of(null)?.countryBeside]).toEqual([undefined, undefined]);
  });

  it('tells nothing of fewer than five', () => {
    expect(of('bornholm')).toMatchObject({ toDecision: null, onTime: null, notHeld: null, lacking: null, unplanned: null, unmeasured: null });
  });
});
