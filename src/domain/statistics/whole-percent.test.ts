import { expect, it } from 'vitest';
import { wholePercent } from './whole-percent.js';

it('a share says all only of all, and none only of none (FM-NCP-7)', () => {
  expect([wholePercent(226, 226), wholePercent(225, 226), wholePercent(0, 226), wholePercent(1, 226), wholePercent(3, 8), wholePercent(1, 3)]).toEqual([100, 99, 0, 1, 38, 33]);
});
