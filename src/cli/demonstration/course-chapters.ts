import { idAt, type Telling, type Worker } from './case-script.js';
import type { UnitCast } from './unit-cast.js';

export type SignAnswer = 'ceased' | 'lessened' | 'unchanged' | 'unknown';
export type MeasureStatus = 'agreed' | 'partly' | 'not' | 'not-started' | 'ended';

/** How it stands at a follow-up. */
export interface Standing {
  /** Crime, interaction, lifestyle; in custody controlling behaviour too. */
  readonly signs: readonly [SignAnswer, SignAnswer, SignAnswer, SignAnswer?];
  readonly measures?: MeasureStatus;
  readonly requirements?: 'met' | 'partly' | 'not';
  readonly outcome?: 'continue' | 'adjust' | 'extend' | 'interruption' | 'complete';
  readonly note?: string;
  readonly nextDue?: string;
}

/** A follow-up on every clause of the agreement (FM-CRS-1). */
export const followsUp = (
  telling: Telling,
  who: Worker,
  { signs, measures = 'agreed', requirements = 'met', outcome = 'continue', note, nextDue }: Standing,
): Telling =>
  telling.does(who, 'followUp.hold', (known) => {
    const [crime, interaction, lifestyle, control] = signs;
    return {
      measures: known.measures.map((measure) => ({ measure, status: measures })),
      requirements: known.requirements.map((requirement) => ({ requirement, fulfilment: requirements })),
      signs: { crime, interaction, lifestyle, control },
      outcome,
      note,
      nextDue,
    };
  });

/** The contact person tells the unit how each part goes (FM-AGR-10). */
export const reports = (telling: Telling, who: Worker, status: 'as-agreed' | 'deviates' = 'as-agreed', note?: string): Telling =>
  telling.does(who, 'agreement.reportStatus', ({ measures }) => ({
    elements: measures.map((measure) => ({ measure, status })),
    note,
  }));

export type Ground = 'breach' | 'own-wish' | 'impossible';

/** A breach, the candidate's own account, and the hearing that goes before an interruption for it (FM-CRS-3, FM-LAW-1). */
export const breachHeard = (telling: Telling, { writer, lead }: UnitCast, what: string, account: string): Telling =>
  telling
    .does(writer, 'breach.record', { what, kind: 'personal' })
    .does(writer, 'breach.hear', ({ breaches }) => ({ breach: idAt(breaches, -1), outcome: 'account', account }))
    .does(lead, 'hearing.send', {
      about: 'interruption',
      exception: 'Kandidaten kender oplysningerne og har udtalt sig om dem ved samtalen i dag.',
    });

/** The unit interrupts the course: all say so, and the reasons are told (FM-END-6, FM-END-7). */
export function interrupts(telling: Telling, { seats, lead }: UnitCast, ground: Ground, reasons: string): Telling {
  for (const who of seats) telling.does(who, 'course.state', { position: 'interrupt', ground, reasons });
  const complaint =
    ground === 'breach'
      ? {
          complaint:
            'Afbrydelsen kan tages op med enheden igen, og kandidaten kan altid henvende sig på ny. Hver myndigheds afgørelser har deres egen klagevej.',
        }
      : {};
  return telling.does(lead, 'course.interrupt', { ground, reasons, ...complaint });
}

/** The need is gone: all say so, and what is under way goes on as ordinary help (FM-END-3, FM-END-7). */
export function completes(telling: Telling, { seats, lead }: UnitCast, reasons: string): Telling {
  for (const who of seats) telling.does(who, 'course.state', { position: 'complete', reasons });
  return telling.does(lead, 'course.complete', { remaining: 'ordinary', reasons });
}

export const discharged = (telling: Telling, { writer }: UnitCast, results: string, experiences: string): Telling =>
  telling.does(writer, 'discharge.write', { results, experiences });
