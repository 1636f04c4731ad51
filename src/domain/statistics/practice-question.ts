import { z } from 'zod';
import { identifyingFault } from '../kernel/identifying.js';
import { prose } from '../kernel/prose.js';
import { withoutContactPoint } from '../reference/contact-point.js';
import type { Practice, PracticeRow } from './practice.js';

/** Longest question or answer, in characters. */
export const PRACTICE_LONGEST = 4_000;
/** How long question and answer are kept, in the words of their pages; the database counts the day (035_texts_outside_cases.sql). */
export const PRACTICE_KEPT = 'to år efter svaret; uden svar to år efter, at det er sendt';

const faultBy = (schema: ReturnType<typeof prose>) => (text: string): string | undefined => {
  const read = schema.safeParse(text);
  return read.success ? identifyingFault(withoutContactPoint(text)) : read.error.issues[0]?.message;
};
/** What is wrong with the contact point's question: none, too long, or something in it that may show whom it is about; undefined when it can be sent. */
export const practiceQuestionFault = faultBy(prose({ label: 'Spørgsmålet', missing: 'Skriv, hvad du vil spørge enheden om.', max: PRACTICE_LONGEST }));
/** The same of the unit's answer. */
export const practiceAnswerFault = faultBy(prose({ label: 'Svaret', missing: 'Skriv svaret.', max: PRACTICE_LONGEST }));

/** The two rows that a question is about: the unit's own and the country's, without what is of fewer than five, nor would be once the unit's own is taken away. */
export interface PracticeRows {
  readonly own: Practice;
  readonly country: Practice;
}
export interface AskedPractice extends PracticeRows {
  readonly text: string;
}

const told = z.number().nullable().optional();
const row = z.object({ unit: z.string().nullable(), label: z.string(), toDecision: told, toAgreement: told, onTime: told, notHeld: told, lacking: told, unplanned: told, unmeasured: told });
const asked = z.object({ text: z.string(), own: row, country: row });

/** A question and its figures as one text, to be sealed. */
export const packPractice = (question: AskedPractice): string => JSON.stringify(question);
export const unpackPractice = (packed: string): AskedPractice => asked.parse(JSON.parse(packed)) as AskedPractice;

/** What is set beside one another of a unit and the country; undefined for a unit that there is not. */
export function practiceRows(rows: readonly PracticeRow[], unit: string): PracticeRows | undefined {
  const row = rows.find((one) => one.unit === unit);
  if (row?.countryBeside === undefined) return undefined;
  const { countryBeside: country, ...own } = row;
  return { own, country };
}
