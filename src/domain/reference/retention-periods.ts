/** How long a closed case is kept, by how it ended (FM-WORK-4). The periods are a policy `[+]` (docs/decisions/0020). */

export const OUTCOMES = ['closed-inquiry', 'interrupted-assessment', 'refused', 'interrupted', 'completed', 'duplicate'] as const;
export type Outcome = (typeof OUTCOMES)[number];

interface Period {
  /** How it ended, in words: 'afslag'. */
  readonly words: string;
  /** Months from the end until the case is to be deleted. */
  readonly months: number;
}

const PERIODS: Readonly<Record<Outcome, Period>> = {
  // Nobody was let in, and nothing was assessed: long enough for somebody who asks again within the year.
  'closed-inquiry': { words: 'henvendelsen blev lukket', months: 12 },
  'interrupted-assessment': { words: 'visitationen blev afbrudt', months: 24 },
  // A refusal is looked at again, and people come back.
  refused: { words: 'afslag', months: 36 },
  interrupted: { words: 'forløbet blev afbrudt', months: 60 },
  completed: { words: 'forløbet blev gennemført', months: 60 },
  // The other case is kept for its own time; of this one there is as little as of a closed inquiry.
  duplicate: { words: 'dublet af en anden sag', months: 12 },
};

export const outcomeWords = (outcome: Outcome): string => PERIODS[outcome].words;
/** Calendar months. */
export const monthsKept = (outcome: Outcome): number => PERIODS[outcome].months;

/** The period in words: '1 år', '18 måneder'. */
export const periodWords = (outcome: Outcome): string => {
  const months = monthsKept(outcome);
  return months % 12 === 0 ? `${months / 12} år` : `${months} måneder`;
};

export const isOutcome = (text: string): text is Outcome => (OUTCOMES as readonly string[]).includes(text);
