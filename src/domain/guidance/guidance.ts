import { identifyingFault } from '../kernel/identifying.js';
import { prose } from '../kernel/prose.js';
import { addDays, copenhagenDate, type Instant, type PlainDate } from '../kernel/time.js';

/** A question for guidance without a case is answered within so many days (FM-NCP-6). The framework names no time; it is as long as for advice in a case. */
const DAYS_TO_ANSWER = 14;
export const guidanceDue = (askedAt: Instant): PlainDate => addDays(copenhagenDate(askedAt), DAYS_TO_ANSWER);

/** Longest question or answer, in characters: two pages. */
export const GUIDANCE_LONGEST = 4_000;

const QUESTION = prose({ label: 'Spørgsmålet', missing: 'Skriv, hvad du vil have vejledning om.', max: GUIDANCE_LONGEST });
const ANSWER = prose({ label: 'Svaret', missing: 'Skriv svaret.', max: GUIDANCE_LONGEST });
const faultBy = (schema: typeof QUESTION) => (text: string): string | undefined => {
  const read = schema.safeParse(text);
  return read.success ? identifyingFault(text) : read.error.issues[0]?.message;
};

/** What is wrong with a question: none, too long, or something in it that may show whom it is about; undefined when it can be sent. */
export const questionFault = faultBy(QUESTION);
/** The same of an answer. */
export const answerFault = faultBy(ANSWER);
