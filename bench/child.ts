import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a server under load says of itself. */
export interface Usage {
  /** Processor time since its start, in microseconds, in user and kernel. */
  readonly cpu: number;
  /** Resident memory in bytes. */
  readonly rss: number;
}

type ToChild = { readonly kind: 'start'; readonly settings: unknown } | { readonly kind: 'usage' } | { readonly kind: 'stop' };
type FromChild =
  | { readonly kind: 'ready'; readonly facts: unknown }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'failed'; readonly why: string };

/** What a program of a child process has running. */
export interface Running<Facts> {
  readonly facts: Facts;
  readonly stop: () => Promise<void>;
}

/** The child's side: starts when told how, answers what it uses, and ends with its parent whatever becomes of that. */
export function asChild(start: (settings: never) => Promise<Running<unknown>>): void {
  let running: Running<unknown> | undefined;
  const tell = (message: FromChild) => process.send?.(message);
  const end = () => void (running?.stop() ?? Promise.resolve()).finally(() => process.exit(0));
  // Ctrl-C reaches the whole group; the parent says when.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', end);
  process.on('message', (message: ToChild) => {
    switch (message.kind) {
      case 'start':
        start(message.settings as never).then(
          (one) => { running = one; tell({ kind: 'ready', facts: one.facts }); },
          (error: unknown) => tell({ kind: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
        );
        break;
      case 'usage': {
        const { user, system } = process.cpuUsage();
        tell({ kind: 'usage', usage: { cpu: user + system, rss: process.memoryUsage.rss() } });
        break;
      }
      case 'stop':
        end();
    }
  });
}

/** The parent's side of one child process. */
export interface Child<Facts> {
  readonly facts: Facts;
  readonly usage: () => Promise<Usage>;
  readonly stop: () => Promise<void>;
}

const ANSWER_MS = 30_000;
const STOP_MS = 15_000;

/**
 * Runs a translated program of the benchmark in a process of its own, settings and secrets by message and not on its command line.
 * @param within milliseconds it may take to get ready.
 * @throws what the child failed with, or that it ended.
 */
export async function runChild<Facts>(file: URL, settings: unknown, within: number): Promise<Child<Facts>> {
  const child = spawn(process.execPath, [fileURLToPath(file)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const say = (message: ToChild) => child.connected && child.send(message);
  say({ kind: 'start', settings });
  try {
    const first = await answer(child, 'ready', within);
    return {
      facts: first.facts as Facts,
      usage: async () => {
        const waiting = answer(child, 'usage', ANSWER_MS);
        say({ kind: 'usage' });
        return (await waiting).usage;
      },
      stop: () => stopped(child, () => say({ kind: 'stop' })),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function answer<Kind extends FromChild['kind']>(child: ChildProcess, kind: Kind, within: number): Promise<Extract<FromChild, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const end = (done: () => void) => {
      clearTimeout(late);
      child.off('message', heard).off('exit', gone);
      done();
    };
    const heard = (message: FromChild) => {
      if (message.kind === 'failed') end(() => reject(new Error(message.why)));
      else if (message.kind === kind) end(() => resolve(message as Extract<FromChild, { kind: Kind }>));
    };
    const gone = (code: number | null, signal: string | null) => end(() => reject(new Error(`a process of the benchmark ended (${signal ?? code ?? ''})`)));
    const late = setTimeout(() => end(() => reject(new Error(`no answer within ${within} ms`))), within);
    child.on('message', heard).on('exit', gone);
  });
}

function stopped(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => { clearTimeout(impatient); resolve(); });
    ask();
  });
}
