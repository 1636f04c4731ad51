/** A part of a whole in whole per cent. Nought and a hundred are said only where they are so: of 226 that are one short of all it is 99. */
export const wholePercent = (part: number, whole: number): number => (part === 0 ? 0 : part === whole ? 100 : Math.min(99, Math.max(1, Math.round((part / whole) * 100))));
