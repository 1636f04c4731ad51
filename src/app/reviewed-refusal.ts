import type { QuestionId } from '../domain/kernel/ids.js';
import type { PlainDate } from '../domain/kernel/time.js';
import { reviewTasks } from '../domain/exit-case/review.js';
import type { Criterion } from '../domain/exit-case/vote.js';
import type { OpenedCase } from './open-case.js';
import { eventsOf } from './texts.js';

/** The unit's refusal that a question is a review of: known of the core, whether the unit's words have been sent or not (FM-DEC-1). */
export interface ReviewedRefusal {
  /** The day it was given. */
  readonly on: PlainDate;
  /** What was not met. */
  readonly criteria: readonly Criterion[];
}

/** The refusal that the review is of, to whoever reads the question; undefined of a question that is no review (FM-DEC-2). */
export const reviewedRefusal = (opened: OpenedCase, question: unknown): ReviewedRefusal | undefined => {
  const asked = eventsOf(opened, 'QuestionAsked').find(({ event }) => event.question === question && event.kind === 'review');
  const refused = asked && eventsOf(opened, 'CaseRefused').findLast(({ version }) => version < asked.version);
  return refused && { on: refused.event.on, criteria: refused.event.criteria };
};

/** The last day on which the unit is waited for, while it has sent nothing for a review that it did not ask for (FM-LAW-1). */
export const unitHasUntil = ({ state }: OpenedCase, question: QuestionId): PlainDate | undefined => reviewTasks(state).find(({ key }) => key.endsWith(`:${question}`))?.due;
