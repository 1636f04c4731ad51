/**
 * So many at a time and no more; the others wait in the order they came, and of those only so many. Files lie in memory as a whole, because not a
 * byte of one is handed out before its last is checked: that is bounded here.
 */
export class TakingTurns {
  readonly #most: number;
  readonly #longest: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number, longest: number) {
    this.#most = most;
    this.#longest = longest;
  }

  /** Does it when its turn has come; undefined, and nothing is done, when too many wait already. */
  async take<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#running >= this.#most) {
      if (this.#waiting.length >= this.#longest) return undefined;
      // Who has done lends his place to the first who waits: it is never free in between.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
