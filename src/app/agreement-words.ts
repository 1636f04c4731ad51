import type { OpenedCase } from './open-case.js';
import { eventsOf, wordsOf } from './texts.js';

/** The words of every requirement the reader may read, by its id; frozen as written (FM-AGR-8). */
export function requirementWords(opened: OpenedCase): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const { version } of eventsOf(opened, 'TermsSet')) {
    for (const body of opened.bodies.get(version) ?? []) {
      const list = body.content['requirements'];
      if (!Array.isArray(list)) continue;
      for (const one of list as readonly { readonly id?: unknown; readonly text?: unknown }[]) {
        if (typeof one.id === 'string' && typeof one.text === 'string') words.set(one.id, one.text);
      }
    }
  }
  return words;
}

/** The goal as it was last written, of the version it belongs to or before. */
export const goalWords = (opened: OpenedCase): string | undefined =>
  eventsOf(opened, 'TermsSet').map(({ version }) => wordsOf(opened, version, 'general')['goal']).filter((goal): goal is string => typeof goal === 'string').at(-1);
