import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const ending = new URL('./ending.ts', import.meta.url).href;

/** A program that watches for its end, says so, and then never comes to it. */
async function watcher(more = '') {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `
    const { watchForEnding } = await import(${JSON.stringify(ending)});
    const { signal, wished } = watchForEnding((line) => console.log(line), 0);
    void wished.then((code) => console.log('wished', code, signal.aborted));
    setInterval(() => undefined, 1000);
    console.log('watching');
    ${more}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines: string[] = [];
  const waiting: { word: string; come: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const { word, come } of waiting) if (line.includes(word)) come();
  });
  const line = (word: string) =>
    new Promise<void>((come) => {
      waiting.push({ word, come });
      if (lines.some((one) => one.includes(word))) come();
    });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  await line('watching');
  return { child, lines, line, exit };
}

describe('the end of the program', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is wished for by %s, and comes at once with the second Ctrl-C',
    async (name) => {
      const { child, lines, line, exit } = await watcher();
      child.kill(name);
      await line('wished 0 true');
      expect(lines.join()).toContain('Udvej stopper.');
      child.kill('SIGINT');
      expect((await exit)[0]).toBe(130);
    },
  );

  it('comes with code 1 after an error nobody caught, told without its message', async () => {
    const { child, lines, line, exit } = await watcher(
      `setTimeout(() => { throw new TypeError('Emil Sandbjerg') }, 0); void Promise.reject(new RangeError('0101501234'));`,
    );
    await line('wished 1 true');
    await line('error TypeError');
    await line('error RangeError');
    expect(lines.join()).not.toMatch(/Emil|0101/);
    child.kill('SIGKILL');
    await exit;
  });
});
