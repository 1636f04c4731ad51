import { agreementInForce } from '../../domain/exit-case/agreement.js';
import type { CaseEvent } from '../../domain/exit-case/case.js';
import { REMAINING_NEEDS } from '../../domain/exit-case/course-end.js';
import { SIGN_ANSWERS, SIGNS } from '../../domain/exit-case/follow-up.js';
import { INTERRUPTION_GROUNDS } from '../../domain/exit-case/position.js';
import { formatDate } from '../../domain/kernel/time.js';
import { eventsOf, textOf } from '../texts.js';
import { decidedByUnit, type DocumentFrame, type Fact, headFacts, hearingWords, type MeasureRow, measureRows, seenMeasures, unitAsParty, type Writing } from './frame.js';

export interface InterruptionData extends DocumentFrame {
  readonly decision: string;
  readonly reasons: string;
  readonly goesOn: string;
  readonly measures: readonly MeasureRow[];
  readonly hidden?: string;
  readonly hearing?: string;
  readonly complaintRoute?: string;
}

export interface DischargeData extends DocumentFrame {
  readonly results: string;
  readonly experiences: string;
  readonly measures: readonly MeasureRow[];
  readonly hidden?: string;
  /** The signs of exit that were judged, as headings. */
  readonly signs: readonly string[];
  /** One a follow-up: its day, and the answer to each sign by itself (FM-CRS-1). */
  readonly followUps: readonly { readonly on: string; readonly answers: readonly string[] }[];
}

const labelOf = (options: readonly { readonly value: string; readonly label: string }[], value: string): string => options.find((one) => one.value === value)?.label ?? value;
const GOES_ON = 'Det er kun enhedens koordinering, der ender. Hvert tiltag fortsætter, til den myndighed, der har ansvaret for det, beslutter andet efter sin egen lov. Bevillinger fra den centrale pulje, der ikke er brugt eller bundet, bortfalder.';

const began = ({ then }: Writing): readonly Fact[] => (then.course.since === undefined ? [] : [{ label: 'Forløbet begyndte', value: formatDate(then.course.since) }]);

/** The unit's decision to interrupt the course (FM-END-1, FM-END-6, FM-LAW-1). */
export function interruption(writing: Writing, event: Extract<CaseEvent, { type: 'CourseInterrupted' }>): InterruptionData | undefined {
  const { opened, fact, then, number } = writing;
  const reasons = textOf(opened, fact.version, 'reasons');
  if (reasons === undefined) return undefined;
  const complaintRoute = textOf(opened, fact.version, 'complaint');
  const measures = seenMeasures(writing, agreementInForce(then));
  // Only an adverse one is heard about; the interruption the candidate wants himself has nothing to answer (FM-DEC-5).
  const hearing = event.ground === 'breach' || event.ground === 'consent-withdrawn' ? hearingWords(writing, 'interruption') : undefined;
  return {
    number, language: 'da', heading: 'Afbrydelse af exitforløb',
    facts: [
      ...headFacts(writing),
      { label: 'Dato', value: formatDate(event.on) },
      decidedByUnit(then.inquiry.unit, event.method),
      { label: 'Grund', value: labelOf(INTERRUPTION_GROUNDS, event.ground) },
      ...began(writing),
    ],
    decision: `Exitforløbet afbrydes ${formatDate(event.on)}.`,
    reasons, goesOn: GOES_ON, measures: measureRows(writing, measures),
    ...(measures.hidden === undefined ? {} : { hidden: measures.hidden }),
    ...(hearing === undefined ? {} : { hearing }),
    ...(complaintRoute === undefined ? {} : { complaintRoute }),
  };
}

/** How the course ended: completed with what is left to do, or interrupted and why. */
const ended = ({ opened }: Writing): string => {
  const last = eventsOf(opened, 'CourseInterrupted', 'CourseCompleted').at(-1);
  if (last === undefined) return '';
  return last.event.type === 'CourseInterrupted' ? `Afbrudt. ${labelOf(INTERRUPTION_GROUNDS, last.event.ground)}` : `Afsluttet. ${labelOf(REMAINING_NEEDS, last.event.remaining)}`;
};

const SIGN_KEYS = Object.keys(SIGNS) as readonly (keyof typeof SIGNS)[];

/** What came of the effort and the course, and what was learnt (FM-END-4). */
export function discharge(writing: Writing, event: Extract<CaseEvent, { type: 'DischargeWritten' }>): DischargeData | undefined {
  const { opened, fact, then, number, nameOf } = writing;
  const results = textOf(opened, fact.version, 'results');
  const experiences = textOf(opened, fact.version, 'experiences');
  if (results === undefined || experiences === undefined) return undefined;
  const measures = seenMeasures(writing, agreementInForce(then));
  const held = then.course.followUps;
  const judged = SIGN_KEYS.filter((sign) => held.some((one) => one.signs[sign] !== undefined));
  const { contactPerson } = then.agreement;
  return {
    number, language: 'da', heading: 'Udskrivningsdokument',
    facts: [
      ...headFacts(writing),
      { label: 'Dato', value: formatDate(event.on) },
      { label: 'Enhed', value: unitAsParty(then.inquiry.unit) },
      ...began(writing),
      ...(then.course.endedOn === undefined ? [] : [{ label: 'Forløbet sluttede', value: formatDate(then.course.endedOn) }]),
      { label: 'Udfald', value: ended(writing) },
      ...(contactPerson === undefined ? [] : [{ label: 'Kontaktperson', value: nameOf(contactPerson) }]),
    ],
    results, experiences, measures: measureRows(writing, measures),
    ...(measures.hidden === undefined ? {} : { hidden: measures.hidden }),
    signs: judged.map((sign) => SIGNS[sign]),
    followUps: held.map((one) => ({ on: formatDate(one.on), answers: judged.map((sign) => labelOf(SIGN_ANSWERS, one.signs[sign] ?? '–')) })),
  };
}
