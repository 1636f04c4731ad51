/** Signs that cannot stand in an archivable document, and how they are shown instead: none is dropped without a trace. */

const codePoint = (letter: string): string => `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** Controls, halves of a pair, private signs, and those that turn the reading direction of what follows: they could show another text than was written. */
const NEVER_SET = /[\p{Cc}\p{Cs}\p{Co}\u202A-\u202E\u2066-\u2069]/gu;

/** The text with line breaks in one form and everything that may not be set spelled out. */
export const settable = (text: string): string =>
  text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replaceAll('\t', ' ').replace(NEVER_SET, (letter) => (letter === '\n' ? letter : codePoint(letter)));

/** The text with these letters spelled out. */
export const spelledOut = (text: string, letters: ReadonlySet<string>): string =>
  letters.size === 0 ? text : Array.from(text, (letter) => (letters.has(letter) ? codePoint(letter) : letter)).join('');

const unescaped = (quoted: string): readonly string[] =>
  Array.from(quoted.replace(/\\+u\{([0-9a-f]{1,6})\}/g, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))));

/** The letters that the compiler says no font has, or that the standard forbids; none when it failed for another reason. */
export function lettersNotSet(error: unknown): readonly string[] {
  const said = error instanceof Error ? error.message : String(error);
  const quoted = said.matchAll(/(?:the text|contains the codepoint) `\\"(.*?)\\"`/gu);
  return [...new Set([...quoted].flatMap(([, letters = '']) => unescaped(letters)))];
}
