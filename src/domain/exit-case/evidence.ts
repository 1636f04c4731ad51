import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { knownDate, type PlainDate, plainDateBetween } from '../kernel/time.js';

const FIRST_DAY = knownDate('2011-01-01');
const LAST_DAY = knownDate('2099-12-31');

/** Input: a day of the programme's time, with its name in messages and the question on the form. */
export const dayField = (label: string, question: string, hint?: string) =>
  plainDateBetween(FIRST_DAY, LAST_DAY, label).meta({ label: question, widget: 'date', ...(hint === undefined ? {} : { hint }) });

/** How a signature is kept until files can be uploaded: the day it was given, and where the paper lies. */
export const evidenceFields = {
  signedOn: dayField('Datoen for underskriften', 'Hvornår er der skrevet under?'),
  keptAt: prose({
    label: 'Hvor ligger det underskrevne?',
    hint: 'For eksempel journalnummer i jeres eget system.',
    max: 500,
    widget: 'text',
    missing: 'Skriv, hvor det underskrevne ligger',
  }),
};

/** Who at an authority answered for it. */
export const answeredBy = prose({
  label: 'Hvem hos myndigheden?',
  max: 200,
  widget: 'text',
  missing: 'Skriv, hvem hos myndigheden det er',
});

/** What a unit member records the acts of an authority without users with: who there did it, when, and where the paper is (FM-DEC-3). */
export const outsideEvidence = z
  .strictObject(
    { by: answeredBy, ...evidenceFields },
    { error: 'Skriv, hvem hos myndigheden det er, hvornår det er skrevet, og hvor det ligger' },
  )
  .optional()
  .meta({ label: 'Myndighedens svar', hint: 'Kun for myndigheder, der ikke bruger Udvej.' });

/** What an authority without users did is recorded with evidence (FM-DEC-3). */
export const evidenceFault = (
  { outside }: { readonly outside: boolean },
  evidence: { readonly signedOn: PlainDate } | undefined,
  today: PlainDate,
): Rejection | undefined => {
  if (!outside) return undefined;
  if (evidence === undefined) {
    return reject(
      'FM-DEC-3',
      ['own'],
      'Myndigheden bruger ikke Udvej. Skriv, hvem dér der har svaret, hvornår, og hvor svaret ligger.',
      'evidence',
    );
  }
  return evidence.signedOn > today
    ? reject('FM-DEC-3', ['own'], 'Myndighedens svar kan ikke være fra i morgen eller senere.', 'evidence.signedOn')
    : undefined;
};
