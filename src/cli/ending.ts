import { neutralError } from './neutral-error.js';

/** The wish to end the program, by whomever it is made. */
export interface Ending {
  /** Aborted when the end is wished for: long work at the start stops at it. */
  readonly signal: AbortSignal;
  /** Resolves with the exit code when the end is wished for: 0 by a signal, 1 by an error nobody caught. */
  readonly wished: Promise<number>;
  /**
   * Whether it was wished for by whoever starts and stops programs (SIGTERM), and not by somebody at a terminal: then requests still come for some
   * seconds, until whoever shares them out has asked whether we are ready.
   */
  readonly isHandover: () => boolean;
}

/**
 * One Ctrl-C arrives twice when npm stands in between: from the terminal, and passed on by npm. A second one is a person's when it comes
 * later than this (milliseconds).
 */
const SAME_PRESS = 500;

/** Longest the orderly end may take before the process goes anyway; the database then stops by itself. */
const LATEST = 25_000;

/**
 * Listens for the signals that end the program, and for errors that nobody caught, from now until the process is gone. A second signal
 * ends it on the spot.
 */
export function watchForEnding(log: (line: string) => void, samePress = SAME_PRESS): Ending {
  const { ending, end, began } = wish(log);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const since = began();
      if (since === undefined) {
        log('Udvej stopper. Vent et øjeblik, eller tryk Ctrl-C igen for at afbryde med det samme.');
        end(0, name === 'SIGTERM');
      } else if (performance.now() - since > samePress) {
        process.exit(130);
      }
    });
  }
  return ending;
}

/**
 * The ending of a process that another of ours started: when that one lets go of it, or is gone. A terminal's Ctrl-C reaches both, and only the
 * first is to act on it.
 */
export function endingWithStarter(log: (line: string) => void): Ending {
  const { ending, end } = wish(log);
  for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
  process.on('SIGTERM', () => end(0));
  process.on('disconnect', () => end(0));
  // It may have gone while this one was still coming up.
  if (!process.connected) end(0);
  return ending;
}

interface Wish {
  readonly ending: Ending;
  readonly end: (code: number, handover?: boolean) => void;
  readonly began: () => number | undefined;
}

function wish(log: (line: string) => void): Wish {
  const controller = new AbortController();
  let wished: ((code: number) => void) | undefined;
  let began: number | undefined;
  let isHandover = false;
  const ending: Ending = {
    signal: controller.signal,
    wished: new Promise<number>((resolve) => {
      wished = resolve;
    }),
    isHandover: () => isHandover,
  };
  const end = (code: number, handover = false): void => {
    if (began !== undefined) return;
    began = performance.now();
    isHandover = handover;
    setTimeout(() => process.exit(1), LATEST).unref();
    controller.abort();
    wished?.(code);
  };
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(name, (error: unknown) => {
      log(neutralError(error));
      end(1);
    });
  }
  // Whoever read our lines may be gone (a closed terminal, `| head`): that is no reason to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return { ending, end, began: () => began };
}
