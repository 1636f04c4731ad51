/** What must be put away again, last come first gone; also when a run is interrupted. */
export class Cleanup {
  readonly #waiting: (() => Promise<void> | void)[] = [];
  #running: Promise<void> | undefined;

  add(work: () => Promise<void> | void): void {
    this.#waiting.push(work);
  }

  /** Puts everything away, once; what goes wrong with one thing does not keep the others. */
  run(): Promise<void> {
    return (this.#running ??= this.#all());
  }

  async #all(): Promise<void> {
    for (let work = this.#waiting.pop(); work; work = this.#waiting.pop()) {
      try {
        await work();
      } catch (error) {
        console.error('# could not put away:', error);
      }
    }
  }
}
