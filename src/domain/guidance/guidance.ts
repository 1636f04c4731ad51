import { type Identifying, identifyingFault, identifyingIn, looksLike } from '../kernel/identifying.js';
import { prose } from '../kernel/prose.js';
import { withoutContactPoint } from '../reference/contact-point.js';

/** Longest question or answer, in characters: two pages. */
export const GUIDANCE_LONGEST = 4_000;

const QUESTION = prose({ label: 'Spørgsmålet', missing: 'Skriv, hvad du vil have vejledning om.', max: GUIDANCE_LONGEST });
const ANSWER = prose({ label: 'Svaret', missing: 'Skriv svaret.', max: GUIDANCE_LONGEST });
const faultBy = (schema: typeof QUESTION, among?: readonly Identifying[]) => (text: string): string | undefined => {
  const read = schema.safeParse(text);
  return read.success ? identifyingFault(withoutContactPoint(text), among) : read.error.issues[0]?.message;
};

/** How one is reached: a person, or an authority. */
const REACHED: readonly Identifying[] = ['phone', 'e-mail', 'link'];

/** What is wrong with a question: none, too long, or something in it that may show whom it is about; undefined when it can be sent. The contact point's own number and address show nobody. */
export const questionFault = faultBy(QUESTION);
/** The same of an answer. What may be an authority's is asked about instead (`authorityDoubt`). */
export const answerFault = faultBy(ANSWER, ['cpr', 'case-number']);

/** What in an answer may be an authority's number, address or page and may be a person's: only who wrote it knows. Undefined when there is nothing of the kind. */
export const authorityDoubt = (text: string): string | undefined => {
  const found = identifyingIn(withoutContactPoint(text)).filter((kind) => REACHED.includes(kind));
  return found.length === 0 ? undefined : `${looksLike(found)} Sæt kryds, hvis det er en myndigheds og ikke en persons. Ellers tag det ud.`;
};

/** How long it is kept, in the words of its pages; the database counts the day (035_texts_outside_cases.sql). */
export const GUIDANCE_KEPT = 'et år efter svaret';
export const GUIDANCE_UNANSWERED_KEPT = 'to år efter, at du spurgte';
