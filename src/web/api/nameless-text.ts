import type { Asked } from '../../app/texts-outside-cases.js';
import type { Answer } from '../route.js';
import { outcomeAnswer } from './outcome.js';

interface Wrong {
  readonly pointer: string;
  readonly detail: string;
}

/** The answers to programs that are the same of every text outside of cases. @param rule of the framework that they are given by */
export const textAnswers = (rule: string) => {
  const not = (detail: string): Answer => ({ kind: 'problem', status: 422, title: 'Det kan ikke gøres nu', detail, more: { rule } });
  return {
    wrong: (...errors: readonly Wrong[]): Answer => ({ kind: 'problem', status: 422, title: 'Teksten kan ikke sendes', detail: errors.map(({ detail }) => detail).join(' '), more: { rule, errors } }),
    already: not('Der er allerede svaret på spørgsmålet, og der svares kun én gang. Dit svar er ikke gemt.'),
    tooLate: not('Der er svaret på spørgsmålet, og det kan ikke længere tages tilbage.'),
  };
};

/** What came of asking. */
export const textAsked = (asked: Asked): Answer => (asked.kind === 'asked' ? { kind: 'json', status: 201, body: { id: asked.id } } : asked.kind === 'key-reused' ? outcomeAnswer(asked) : asked);
