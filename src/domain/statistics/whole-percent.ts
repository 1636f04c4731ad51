/** A share in whole per cent that says *all* only of all and *none* only of none: 225 of 226 are 99, 1 of 300 is 1. */
export function wholePercent(part: number, whole: number): number {
  if (part === whole || part === 0) return part === 0 ? 0 : 100;
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
}
