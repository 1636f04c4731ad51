import { z } from 'zod';
import { Prose } from './prose-text.js';

export type { Prose } from './prose-text.js';

/** What a body may hold: text that rules cannot read, and plain values beside it. */
export type BodyValue = Prose | string | number | boolean | null | undefined | readonly BodyValue[] | { readonly [key: string]: BodyValue };
export type BodyContent = Readonly<Record<string, BodyValue>>;

interface ProseField {
  readonly label: string;
  readonly hint?: string;
  /** What is said at the field when it stands empty. */
  readonly missing?: string;
  /** Shortest, where a few words would say nothing. */
  readonly least?: number;
  /** What is said of a text that is no words; without it any text will do. */
  readonly wordless?: string;
  /** What is wrong with a text, in words; for what must not stand in it. */
  readonly fault?: (text: string) => string | undefined;
  /** Longest text in characters; a note of a page or two is 20,000. */
  readonly max?: number;
  readonly widget?: 'text' | 'textarea';
  readonly section?: string;
}

// Control characters other than tab and line break have no place in a note, nor has half a character: they come from pasted rubbish.
// Nor has a sign that turns what stands after it about: all of Bidi_Control but the marks, which turn nothing.
const UNCLEAN = /[^\P{Cc}\t\n\r]|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u;
const isClean = (text: string): boolean => !UNCLEAN.test(text);

const UNSEEN = /[\s\p{Cf}]/u;
/** Without blanks and unseen signs at its ends: a text of those alone is none. From the end sign by sign, for a pattern would begin anew at each. */
const trimmed = (text: string): string => {
  let [from, to] = [0, text.length];
  while (from < to && UNSEEN.test(text.charAt(from))) from += 1;
  while (to > from && UNSEEN.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
};

/** Two words: whoever reads a reason later must be able to see what it rests on. */
const IN_WORDS = /\p{L}{2}.*\s.*\p{L}{2}/su;
export const isInWords = (text: string): boolean => IN_WORDS.test(text);

/** An input field whose text goes into a body and which no rule can read. Required unless `.optional()` is added. */
export const prose = ({ label, missing, wordless, fault, least = 1, max = 20_000, widget = 'textarea', hint, section }: ProseField) =>
  z
    .string({ error: missing ?? `Skriv noget i feltet “${label}”` })
    .overwrite(trimmed)
    .min(1, { error: missing ?? `Skriv noget i feltet “${label}”`, abort: true })
    .min(least, `Skriv lidt mere: mindst ${least} tegn.`)
    .max(max, `Teksten er for lang. Der er plads til ${max.toLocaleString('da-DK')} tegn.`)
    .refine(isClean, 'Teksten indeholder tegn, der ikke kan gemmes. Skriv den igen uden dem.')
    .refine((text) => wordless === undefined || isInWords(text), wordless)
    .superRefine((text, check) => {
      const message = fault?.(text);
      if (message !== undefined) check.addIssue({ code: 'custom', message });
    })
    .transform((text) => new Prose(text))
    .meta({ label, hint, widget, section });

/** A constant text put by the system itself into a body; never somebody's words. */
export const fixedProse = (text: string): Prose => new Prose(text);
