import { addWorkingDays, type PlainDate } from '../kernel/time.js';
import type { ExitCase } from './case.js';
import type { Task } from './define.js';
import { openQuestions, type Question, type QuestionKind, type Taker } from './question.js';

/** Working days before its due date from which a question that nobody has taken is to be taken now (FM-NCP-2; policy). */
const WORKING_DAYS_TO_TAKE = 3;

/** From this day on a question that nobody has taken is to be taken now. */
export const takeSoonFrom = (due: PlainDate): PlainDate => addWorkingDays(due, -WORKING_DAYS_TO_TAKE);

const ANSWERING: Readonly<
  Record<QuestionKind, { readonly command: string; readonly title: string; readonly officials: number }>
> = {
  advice: { command: 'contactPoint.advise', title: 'Giv enheden råd', officials: 1 },
  decision: { command: 'contactPoint.decide', title: 'Giv din myndigheds stilling til sagen', officials: 2 },
  review: { command: 'contactPoint.decideReview', title: 'Giv din myndigheds stilling til afslaget', officials: 2 },
};

/** Who has taken the question and has not given his authority's position. */
const waitingFor = (question: Question): readonly Taker[] =>
  question.takenBy.filter((taker) => !question.positions.some((one) => one.user === taker.user));

/**
 * How many authorities must still take the question before it can be answered: one for advice, two equal ones for a decision or a
 * review; when those who took it have spoken and disagree, a third (FM-DEC-2).
 */
export const authoritiesNeeded = (question: Question): number => {
  const missing = ANSWERING[question.kind].officials - question.takenBy.length;
  if (missing > 0) return missing;
  return waitingFor(question).length === 0 ? 1 : 0;
};

export const questionTasks = (state: ExitCase): readonly Task[] =>
  openQuestions(state).flatMap((question): readonly Task[] => {
    const { command: name, title } = ANSWERING[question.kind];
    return [
      ...waitingFor(question).map(({ user }) => ({
        key: `${name}:${question.id}:${user}`,
        title: question.heardOn === undefined ? title : `${title}. Kandidaten har svaret på høringen.`,
        owner: { user },
        due: question.due,
        command: name,
      })),
      ...(authoritiesNeeded(question) > 0
        ? [
            {
              key: `contactPoint.takeQuestion:${question.id}`,
              title: 'Tag spørgsmålet fra enheden',
              owner: { desk: 'contact_point' as const },
              due: question.due,
              command: 'contactPoint.takeQuestion',
            },
          ]
        : []),
    ];
  });
