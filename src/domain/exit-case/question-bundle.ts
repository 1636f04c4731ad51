import { z } from 'zod';
import type { BodyDraft, Draft } from '../kernel/command.js';
import type { QuestionId } from '../kernel/ids.js';
import { prose, type Prose } from '../kernel/prose.js';
import type { PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { type Seat, SEATS } from './circle.js';
import { type AdviceTopic, openQuestions, type QuestionKind } from './question.js';

const texts = z
  .array(
    z.strictObject({
      // As long as the longest conclusion.
      text: prose({ label: 'Tekst fra sagen', max: 100_000 }),
      seats: z
        .array(z.enum(SEATS))
        .min(1)
        .optional()
        .meta({
          label: 'Hvem i enheden læser den?',
          hint: 'De pladser, der i forvejen læser teksten. Udelades det, læser hele enheden den.',
          widget: 'hidden',
        }),
    }),
  )
  .max(20, 'Vælg højst 20 tekster.');
const TEXTS = {
  label: 'Hvad skal kontaktpunktet have med?',
  hint: 'Kun det, spørgsmålet kræver. Det er alt, hvad kontaktpunktet får at se af sagen.',
  repeat: 5,
};

/** Texts of the case that go along to the contact point; whoever asks picks them among those he can read himself (FM-CNF-4). */
export const bundleEntries = texts.default([]).meta(TEXTS);
/** The same, where nothing but texts is sent: one at least. */
export const bundleEntriesAlone = texts
  .min(1, 'Vælg mindst én tekst, eller skriv selv. Er der ikke mere at sende, så skriv det.')
  .meta(TEXTS);

/** One text that goes along, and who in the unit reads it there: nobody who did not read it in the case; without it all do. */
export interface BundleEntry {
  readonly text: Prose;
  readonly seats?: readonly Seat[] | undefined;
}

/** Text in the bundle of a question: read by the officials who have it until it is answered, and by the unit or those of its seats. */
export const inBundle = (question: QuestionId, content: BodyDraft['content'], seats?: string): BodyDraft => ({
  scope: { kind: 'bundle', subject: seats === undefined ? question : `${question}|${seats}` },
  content,
});

const STAND = 'stand:';
/** The part of a bundle that holds the words of one position: the `nth` that an authority of the contact point gave on the question. */
export const standPart = (question: string, { authority, nth }: { readonly authority: string; readonly nth: number }): string => `${question}|${STAND}${authority}:${nth}`;

/** A part of a bundle: its question, whose in the unit it is when it is not everybody's, and of which position its words are. */
interface BundlePart {
  readonly question: string;
  readonly seats?: readonly string[];
  readonly stand?: { readonly authority: string; readonly nth: number };
}
export const bundlePart = (subject: string): BundlePart => {
  const [question = '', part] = subject.split('|');
  if (part === undefined) return { question };
  if (!part.startsWith(STAND)) return { question, seats: part.split('+') };
  const [authority = '', nth] = part.slice(STAND.length).split(':');
  return { question, stand: { authority, nth: Number(nth) } };
};

const seatsKey = ({ seats }: BundleEntry): string | undefined => seats && SEATS.filter((seat) => seats.includes(seat)).join('+');

/** Texts in parts by who reads them, each with its place in the order in which they were picked. */
const bundleParts = (question: QuestionId, text: Prose | undefined, entries: readonly BundleEntry[]): readonly BodyDraft[] =>
  [...new Set([undefined, ...entries.map(seatsKey)])].map((key) => {
    const places = entries.flatMap((entry, at) => (seatsKey(entry) === key ? [at] : []));
    const part = { entries: places.flatMap((at) => entries[at]?.text ?? []), places };
    return inBundle(question, key === undefined ? { text, ...part } : part, key);
  });

/** Puts a question to the contact point, with what goes along. */
export const ask = (
  facts: {
    readonly question: QuestionId;
    readonly kind: QuestionKind;
    readonly topic?: AdviceTopic;
    readonly by?: 'contactPoint';
    readonly on: PlainDate;
  },
  text: Prose | undefined,
  entries: readonly BundleEntry[],
): Draft<CaseEvent> => ({
  event: { type: 'QuestionAsked', ...facts, ...(text === undefined && entries.length === 0 && { bare: true }) },
  bodies: bundleParts(facts.question, text, entries),
});

/** Lays more texts of the case in the bundle of a question that is open (FM-CNF-4). */
export const supplement = (question: QuestionId, on: PlainDate, entries: readonly BundleEntry[]): Draft<CaseEvent> => ({
  event: { type: 'QuestionSupplemented', question, on },
  bodies: bundleParts(question, undefined, entries),
});

/** What the candidate answered to his hearing goes to the officials who are to decide his case, as soon as it is noted (FM-LAW-1, FM-DEC-5). */
export const passOn = (state: ExitCase, on: PlainDate, hearingAnswer: Prose): readonly Draft<CaseEvent>[] =>
  openQuestions(state)
    .filter((one) => one.kind !== 'advice')
    .map(({ id }) => ({ event: { type: 'QuestionSupplemented', question: id, on, with: 'hearing' }, bodies: [inBundle(id, { hearingAnswer })] }));
