/** Work that is done again and again. */
export interface Repeated {
  /** Returns when the turn that was on its way is over; none follows. */
  readonly stop: () => Promise<void>;
}

/**
 * Does the work now, and so long after the end of each turn: two turns never overlap, however long one takes.
 * @param onFailure one failed turn is no reason to give up; the next comes all the same.
 */
export function repeatedly(everyMs: number, work: () => Promise<unknown>, onFailure: (error: unknown) => void): Repeated {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const next = (): void => {
    turn = work()
      .then(() => undefined, onFailure)
      .then(() => {
        if (!stopped) timer = setTimeout(next, everyMs);
      });
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
