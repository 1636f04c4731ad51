import { typeTitle } from '../domain/exit-case/event-titles.js';
import type { OpenedCase } from './open-case.js';
import { eventsOf, wordsOf } from './texts.js';

/** How a hearing begins as the unit handed it over, with its title above its words (`case-texts.ts`). */
const BEGINS = `${typeTitle('HearingSent')}, `;

/**
 * What the candidate was heard on, or why he was not, as far as it went along with a question: read in what the reader has of its bundle, and nothing is opened for it. Empty where
 * the unit did not send it along, or wrote of it in words of its own (FM-LAW-1, FM-CNF-4).
 */
export const heardOn = (opened: OpenedCase, question: unknown): readonly string[] =>
  eventsOf(opened, 'QuestionAsked', 'QuestionSupplemented')
    .filter(({ event }) => event.question === question)
    .flatMap(({ version }) => {
      const { entries } = wordsOf(opened, version, 'bundle');
      return Array.isArray(entries) ? entries.filter((text: unknown): text is string => typeof text === 'string' && text.startsWith(BEGINS)) : [];
    });
