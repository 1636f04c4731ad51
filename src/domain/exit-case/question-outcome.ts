import type { OfficialPosition, Question } from './question.js';
import type { Position } from './vote.js';

/** How the contact point answered, as structure: advice given, or what two equal positions decided (FM-ASM-6, FM-ASM-7, FM-DEC-2). */
export const QUESTION_OUTCOMES = ['answered', 'accepted', 'refused', 'upheld', 'overturned'] as const;
export type QuestionOutcome = (typeof QUESTION_OUTCOMES)[number];

const DECIDED = {
  decision: { accept: 'accepted', refuse: 'refused' },
  review: { accept: 'overturned', refuse: 'upheld' },
} as const satisfies Record<string, Record<Position, QuestionOutcome>>;

/** The position that two authorities share; undefined while there are no two. */
export const sharedPosition = ({ positions }: Pick<Question, 'positions'>): Position | undefined =>
  positions.find((one) => positions.some((other) => other !== one && other.position === one.position))?.position;

/** The position of an authority after which something has come to the question; it may give another while the question is open (FM-DEC-2). */
export const overtakenPosition = ({ positions, status }: Question, authority: string): OfficialPosition | undefined =>
  status === 'open' ? positions.find((one) => one.authority === authority && one.overtakenOn !== undefined) : undefined;

/** What came of a question; undefined for one that is open, went back to the unit or fell away. */
export const outcomeOf = (question: Question): QuestionOutcome | undefined => {
  if (question.status !== 'answered') return undefined;
  if (question.kind === 'advice') return 'answered';
  const position = sharedPosition(question);
  return position && DECIDED[question.kind][position];
};

/** The positions that became the contact point's decision, as two equal ones do at once: their words are the letter's (FM-DEC-1, FM-DEC-2, FM-LAW-1). None while there are no two. */
export const decisivePositions = (question: Pick<Question, 'positions'>): readonly OfficialPosition[] => {
  const shared = sharedPosition(question);
  return question.positions.filter((one) => one.position === shared);
};
