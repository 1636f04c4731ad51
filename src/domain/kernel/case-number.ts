/**
 * The number a case is called by among people: 'UV-7K3M-9QX'. It is random, so that it tells neither when nor where the case began,
 * and its last character checks the others, so that one wrong character never opens somebody else's case.
 */

import { z } from 'zod';
import { BIRD_NAMES, BIRD_PLACES } from './bird-labels.js';

/** 'UV-', four characters, '-', three characters. */
export type CaseNumber = string & z.$brand<'CaseNumber'>;

/** Without vowels (no words), without 0, 1, I, O and what is taken for another in handwriting (2/Z, 5/S, 6/G, 8/B, L, D). */
const ALPHABET = '23456789CDFHJKMNPQRTVWX';
/** Prime: with it every single wrong character and every two characters swapped are found. */
const BASE = ALPHABET.length;
const RANDOM_CHARACTERS = 6;
const CHECK_REMAINDER = 13;
const NEEDED_BYTES = 8;

/** Σ place·value over the characters, place counted from 1. */
function weighted(characters: string): number {
  return Array.from(characters).reduce((sum, character, index) => sum + (index + 1) * ALPHABET.indexOf(character), 0);
}

function checkCharacter(characters: string): string {
  // The check stands in place 7: 7·x ≡ remainder − Σ (mod 23), and 10 is the inverse of 7.
  const value = ((((CHECK_REMAINDER - weighted(characters)) * 10) % BASE) + BASE) % BASE;
  return ALPHABET.charAt(value);
}

function write(characters: string): CaseNumber {
  return `UV-${characters.slice(0, 4)}-${characters.slice(4)}` as CaseNumber;
}

/**
 * The number made from random bytes, at least eight (the first eight count; the uneven spread is below one in 10¹¹). There are 148
 * million numbers: the store tries again when one is taken. A new case's number is drawn by the database, which writes it in the same way
 * (`sec.case_number`). Throws RangeError on fewer bytes.
 */
export function caseNumber(bytes: Uint8Array): CaseNumber {
  if (bytes.length < NEEDED_BYTES) throw new RangeError(`a case number needs ${NEEDED_BYTES} random bytes`);
  let rest = bytes.subarray(0, NEEDED_BYTES).reduce((whole, byte) => whole * 256n + BigInt(byte), 0n);
  let characters = '';
  for (let place = 0; place < RANDOM_CHARACTERS; place += 1) {
    characters += ALPHABET.charAt(Number(rest % BigInt(BASE)));
    rest /= BigInt(BASE);
  }
  return write(characters + checkCharacter(characters));
}

/** How a number looks, for hints. Its check character is right: whoever tries it is not told that it is mistyped and ought to look like itself. One in 148 million is drawn as a case's. */
export const EXAMPLE_NUMBER = 'UV-7K3M-9QX';

const charactersOf = (text: string): string | undefined => {
  const typed = text.toUpperCase().replace(/[\s\-–]/g, '');
  const characters = typed.startsWith('UV') ? typed.slice(2) : typed;
  return characters.length === RANDOM_CHARACTERS + 1 && Array.from(characters).every((one) => ALPHABET.includes(one)) ? characters : undefined;
};

/** Reads a number as people type it: small letters, spaces or no hyphens, with or without 'UV'. Undefined when the check fails. */
export function parseCaseNumber(text: string): CaseNumber | undefined {
  const characters = charactersOf(text);
  return characters === undefined || weighted(characters) % BASE !== CHECK_REMAINDER ? undefined : write(characters);
}

/** Whether it is written as a number is, and no case can have it: a character is wrong, or two are swapped. */
export const isMistyped = (text: string): boolean => charactersOf(text) !== undefined && parseCaseNumber(text) === undefined;

/** Input: a case number as typed. */
export const zCaseNumber: z.ZodType<CaseNumber, string> = z.string({ error: 'Skriv sagens nummer.' }).transform((text, ctx) => {
  const number = parseCaseNumber(text);
  if (number !== undefined) return number;
  ctx.addIssue({
    code: 'custom',
    message: `Sagsnummeret passer ikke. Se efter, om et tegn er skrevet forkert. Et sagsnummer ser sådan ud: ${EXAMPLE_NUMBER}.`,
  });
  return z.NEVER;
});

/** How many labels there are. */
export const LABEL_COUNT = BIRD_NAMES.length * BIRD_PLACES.length;

/** The label of a case in lists, 'Falken ved åen', drawn by a random whole number; labels can repeat, if seldom, numbers cannot. */
export function labelFor(draw: number): string {
  const index = ((Math.trunc(draw) % LABEL_COUNT) + LABEL_COUNT) % LABEL_COUNT;
  return `${BIRD_NAMES[index % BIRD_NAMES.length] ?? ''} ${BIRD_PLACES[Math.floor(index / BIRD_NAMES.length)] ?? ''}`;
}
