import { describe, expect, it } from 'vitest';
import { isAcute, onlyOthers } from './task-choice.js';

const row = (key: string, mine: boolean, of = 'a') => ({ key, title: `Find en ny repræsentant: ${key.split(':')[1] ?? ''}`, mine, case_id: of });

describe('what waits for others', () => {
  it('does not say again of an empty seat what is the reader’s own to do in the same case (FM-ORG-1)', () => {
    const rows = [row('seat:probation:police', true), row('seat:probation:municipal', false), row('seat:municipal:police', false), row('seat:probation:municipal', false, 'b'), row('measure:1', false)];
    expect(onlyOthers(rows)).toEqual(rows.slice(2));
  });

  it('knows what stands before all else: an acute threat and an emergency opening (FM-SEC-3, FM-CNF-10)', () => {
    expect(['acute:1', 'opening:1', 'decision.due', 'measure:acute'].map((key) => isAcute({ key }))).toEqual([true, true, false, false]);
  });
});
