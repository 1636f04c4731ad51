import { describe, expect, it } from 'vitest';
import { progressShown } from '../../src/cli/demonstration/history-behind.js';

const shown = (isTTY: boolean, total = 40): { readonly lines: readonly string[]; readonly written: readonly string[] } => {
  const lines: string[] = [];
  const written: string[] = [];
  const tell = progressShown((line) => lines.push(line), { isTTY, write: (text: unknown) => written.push(String(text)) > 0 });
  for (let done = 0; done <= total; done += 1) tell({ done, total });
  return { lines, written };
};

describe('how far the history has come', () => {
  it('is a line for every tenth in a log, and says until the last that the figures are not whole', () => {
    const { lines, written } = shown(false);
    expect(written).toEqual([]);
    expect(lines).toHaveLength(11);
    expect(lines.slice(0, -1).every((line) => line.endsWith('Tallene er ikke hele endnu.'))).toBe(true);
    expect(lines.at(5)).toContain('50 %');
    expect(lines.at(-1)).toBe('Landets historie er lavet, og tallene er hele.');
  });

  it('is a bar that fills up in a terminal, and ends its line', () => {
    const { lines, written } = shown(true);
    expect(lines).toEqual([]);
    expect(written.every((text) => text.startsWith('\r'))).toBe(true);
    expect(written[0]).toContain(`[${' '.repeat(30)}] 0 %`);
    expect(written.at(-1)).toBe(`\rLandets historie laves: [${'█'.repeat(30)}] 100 %, tallene er klar\n`);
  });

  it('goes on from where an earlier start stopped', () => {
    const lines: string[] = [];
    const tell = progressShown((line) => lines.push(line), { isTTY: false, write: () => true });
    tell({ done: 73, total: 100 });
    tell({ done: 74, total: 100 });
    expect(lines).toEqual(['Landets historie laves: 73 %. Tallene er ikke hele endnu.']);
  });
});
