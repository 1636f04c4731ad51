/**
 * Text that a rule may carry but never read: names, notes, reasons. The house rules let only the store import this file,
 * so a rule that needs the words does not compile (`docs/decisions/0002`).
 */
export class Prose {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The words themselves; for the store, on the way to encryption. */
  static read(prose: Prose): string {
    return prose.#text;
  }

  /** Keeps the words out of logs and of JSON made by mistake. */
  toJSON(): string {
    return '[tekst]';
  }
}
