import { addDays, type PlainDate } from '../../domain/kernel/time.js';
import type { AuthorityId } from '../../domain/reference/authorities.js';
import { consentTextOn } from '../../domain/reference/consent-texts.js';
import { SENSITIVE_KINDS, type SharingKind } from '../../domain/reference/legal-bases.js';
import type { MeasureTypeId } from '../../domain/reference/measures.js';
import { idAt, type Telling, type Worker } from './case-script.js';
import type { UnitCast } from './unit-cast.js';

/** A measure as it is proposed and decided. */
export interface PlannedMeasure {
  readonly type: MeasureTypeId;
  readonly authority: AuthorityId;
  /** Decides, starts and accedes: the worker at the authority, or for one without users a unit member. */
  readonly hand: Worker;
  /** The hand is named with the proposal and sees the measure alone. */
  readonly owned?: boolean;
  /** Who answered, where nobody there uses Udvej. */
  readonly outside?: string;
  readonly text?: string;
  /** What a grant of the type records besides. */
  readonly grant?: object;
  /** The last day to start, in days from the agreement. */
  readonly startWithin?: number;
}

/** What an agreement says. */
export interface PlannedAgreement {
  readonly goal: string;
  readonly requirements: readonly string[];
  readonly everyWeeks: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly firstFollowUp: PlainDate;
}

/** Where a signed paper lies, in the words of the one who keeps it. */
export interface Paper {
  readonly signedOn: PlainDate;
  readonly keptAt: string;
}

/** Consent to every kind but those left out, for the unit and the authorities of the measures (FM-CON-1, FM-CON-6). */
export const consents = (
  telling: Telling,
  who: Worker,
  authorities: readonly AuthorityId[],
  paper: Paper,
  without: readonly SharingKind[] = [],
): Telling =>
  telling.does(who, 'consent.give', {
    kinds: ['personal', 'economic', 'social'].filter((kind) => !without.some((one) => one === kind)),
    sensitiveKinds: SENSITIVE_KINDS.filter((kind) => !without.includes(kind)),
    authorities: [...new Set(authorities)],
    language: 'da',
    textVersion: consentTextOn(paper.signedOn).version,
    evidence: paper,
  });

/** Every authority a consent must name. */
export const concerned = ({ authorities }: UnitCast, measures: readonly PlannedMeasure[]): readonly AuthorityId[] => [
  ...authorities,
  ...measures.map((one) => one.authority),
];

/** Who writes, who carries the contact (FM-AGR-1). */
export const staffed = (
  telling: Telling,
  { lead, writer, writerSeat }: UnitCast,
  why: string,
  contact: Worker = writer,
): Telling =>
  telling
    .does(lead, 'contactPerson.appoint', { user: contact.id, reason: why })
    .does(lead, 'agreement.assignDrafter', { seat: writerSeat });

/** Police assesses the security, before the agreement or anew (FM-SEC-1). */
export const secured = (
  telling: Telling,
  { police }: UnitCast,
  level: 'low' | 'raised' | 'high',
  text: string,
  more: object = {},
): Telling => telling.does(police, 'security.assess', { occasion: 'before-agreement', level, text, ...more });

/** Police writes the safety card, which is due a week after the assessment (FM-SEC-6). */
export const carded = (telling: Telling, { police, writer }: UnitCast, precautions?: string): Telling =>
  telling.does(police, 'safetyCard.set', {
    call: `${police.name}, døgnet rundt gennem vagtcentralen. Derefter ${writer.name} i dagtimerne.`,
    precautions,
  });

/** What each authority can offer, even nothing (FM-AGR-9). */
export function offered(
  telling: Telling,
  { seats, writer }: UnitCast,
  contribution: { considered: string; chosen: string; notChosen?: string },
): Telling {
  for (const who of seats) telling.does(who, 'agreement.contribute', who === writer ? contribution : { nothing: true });
  return telling;
}

/** The unit proposes; in custody it says whether the plan of action covers it already (FM-AGR-5). */
export const proposes = (
  telling: Telling,
  { writer, custody }: UnitCast,
  { type, authority, hand, owned, text }: PlannedMeasure,
): Telling =>
  telling.does(writer, 'measure.propose', {
    type,
    authority,
    text,
    ...(owned === true ? { owner: hand.id } : {}),
    ...(custody ? { coveredByActionPlan: type === 'forloeb-under-afsoning' } : {}),
  });

/** What an authority without users answered, by whom and where it lies. */
const outsideEvidence = ({ outside }: PlannedMeasure, paper: Paper): object =>
  outside === undefined ? {} : { evidence: { by: outside, ...paper } };

/** The authority grants the measure in this place of the case. */
export const grants = (telling: Telling, measure: PlannedMeasure, place: number, paper: Paper): Telling =>
  telling.does(measure.hand, 'measure.decide', ({ measures }) => ({
    measure: idAt(measures, place),
    outcome: 'granted',
    ...measure.grant,
    ...outsideEvidence(measure, paper),
  }));

export const starts = (telling: Telling, measure: PlannedMeasure, place: number, paper: Paper): Telling =>
  telling.does(measure.hand, 'measure.start', ({ measures }) => ({
    measure: idAt(measures, place),
    on: paper.signedOn,
    ...outsideEvidence(measure, paper),
  }));

/** The terms of the open version; the first requirement belongs to the first measure, if there is one. */
export const writes = (
  telling: Telling,
  { writer }: UnitCast,
  measures: readonly PlannedMeasure[],
  { goal, requirements, everyWeeks, from, to, firstFollowUp }: PlannedAgreement,
): Telling =>
  telling.does(writer, 'agreement.setTerms', (known) => ({
    goal,
    followUpEveryWeeks: everyWeeks,
    firstFollowUp,
    validFrom: from,
    validTo: to,
    measures: measures.map(({ startWithin = 28 }, place) => ({
      measure: idAt(known.measures, place),
      startBy: addDays(from, startWithin),
    })),
    requirements: requirements.map((text, place) => ({
      text,
      ...(place === 0 && measures.length > 0 ? { measure: idAt(known.measures, 0) } : {}),
    })),
  }));

export const presents = (telling: Telling, { writer }: UnitCast): Telling => telling.does(writer, 'agreement.present');

/** The candidate agrees to every clause; where he said more of one, the note goes with it (FM-AGR-8). */
export const candidateAccedes = (telling: Telling, { writer }: UnitCast, paper: Paper, note?: string): Telling =>
  telling.does(writer, 'agreement.accede', ({ measures, requirements }) => ({
    party: 'candidate',
    evidence: paper,
    words: [...measures, ...requirements].map((item, place) => ({
      item,
      word: 'agrees',
      ...(place === 0 && note !== undefined ? { note } : {}),
    })),
  }));

export const unitAccedes = (telling: Telling, { lead }: UnitCast): Telling =>
  telling.does(lead, 'agreement.accede', { party: 'unit' });

/** The authority's own part, by its hand (FM-AGR-3). */
export const authorityAccedes = (telling: Telling, measure: PlannedMeasure, paper: Paper): Telling =>
  telling.does(measure.hand, 'agreement.accede', { party: measure.authority, ...outsideEvidence(measure, paper) });

/** One measure for each authority that has a part: the last to accede enters the agreement. */
export const parties = (measures: readonly PlannedMeasure[]): readonly PlannedMeasure[] =>
  measures.filter((one, place) => measures.findIndex((other) => other.authority === one.authority) === place);
