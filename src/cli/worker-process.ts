import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the second process is given, and nothing else: not the way of the web into the database, nor the keys of cases. */
export type WorkerEnvironment = Readonly<Record<string, string | undefined>>;

/** Said by a process of ours to the one it starts, which then ends with it. */
export const STARTED = '--started';

const RESTART_MS = 1_000;

/**
 * Starts the worker as a process of its own, and again when it fell.
 * @returns what ends it, in order.
 */
export function startWorker(environment: WorkerEnvironment, log: (line: string) => void): () => Promise<void> {
  let ended = false;
  let child: ReturnType<typeof fork>;
  let gone: Promise<void>;
  let again: NodeJS.Timeout | undefined;
  const start = (): void => {
    child = fork(fileURLToPath(new URL('./worker-child.js', import.meta.url)), [], { env: { PATH: process.env['PATH'], TZ: process.env['TZ'], ...environment }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    gone = new Promise((resolve) => {
      child.once('exit', () => {
        resolve();
        if (ended) return;
        log('Arbejdsprocessen er faldet og startes igen.');
        again = setTimeout(start, RESTART_MS);
      });
    });
  };
  start();
  return async () => {
    ended = true;
    clearTimeout(again);
    // It ends by itself when nobody is at the other end any more; a signal could reach it twice from a terminal.
    if (child.connected) child.disconnect();
    await gone;
  };
}
