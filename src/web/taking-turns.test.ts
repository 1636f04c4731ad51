import { describe, expect, it } from 'vitest';
import { TakingTurns } from './taking-turns.js';

/** Something that lasts until it is told to end. */
const lasting = () => {
  let end = (): void => undefined;
  const work = new Promise<void>((resolve) => { end = resolve; });
  return { work, end };
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('taking turns', () => {
  it('lets so many at a time and no more, and the others in the order they came', async () => {
    const turns = new TakingTurns(2, 10);
    const parts = Array.from({ length: 5 }, lasting);
    const begun: number[] = [];
    const all = parts.map(({ work }, n) => turns.take(async () => { begun.push(n); await work; return n; }));
    await settled();
    expect(begun).toEqual([0, 1]);
    parts[1]?.end();
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    for (const { end } of parts) end();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('turns away who would wait too long, and does nothing for him', async () => {
    const turns = new TakingTurns(1, 1);
    const { work, end } = lasting();
    const [first, second] = [turns.take(() => work), turns.take(() => Promise.resolve('second'))];
    let done = false;
    expect(await turns.take(() => { done = true; return Promise.resolve('third'); })).toBeUndefined();
    expect(done).toBe(false);
    end();
    await first;
    expect(await second).toBe('second');
  });

  it('goes on after one that failed', async () => {
    const turns = new TakingTurns(1, 5);
    await expect(turns.take(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(await turns.take(() => Promise.resolve(1))).toBe(1);
  });
});
