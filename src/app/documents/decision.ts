import type { CaseEvent, RecordedEvent } from '../../domain/exit-case/case.js';
import { isSeat } from '../../domain/exit-case/circle.js';
import type { Outcome } from '../../domain/exit-case/decision.js';
import { CRITERIA, type DecisionMethod } from '../../domain/exit-case/vote.js';
import { formatDate } from '../../domain/kernel/time.js';
import { authorityName } from '../../domain/reference/authorities.js';
import { eventsOf, textOf } from '../texts.js';
import { annulledOn, annulledWords, candidateName, decidedByUnit, type DocumentFrame, headFacts, hearingWords, type Writing } from './frame.js';

export type DecisionOnInquiry = Extract<CaseEvent, { type: 'CaseAccepted' | 'CaseRefused' | 'ReviewDecided' }>;

export interface DecisionData extends DocumentFrame {
  readonly decision: string;
  readonly criteria: readonly string[];
  readonly reasons: string;
  readonly hearing?: string;
  readonly next?: string;
  readonly complaintRoute?: string;
}

const CONTACT_POINT = 'Det Nationale Exitkontaktpunkt';
const NEXT = 'Enheden laver en exitaftale sammen med kandidaten. Det er frivilligt at være med, og aftalen kræver kandidatens samtykke.';

const list = new Intl.ListFormat('da', { type: 'conjunction' });

/** The authorities that took part. People are not named: who sits in a case is as secret as the case (security.md, asset A5). */
const participants = ({ then }: Writing, users: readonly string[]): string => {
  const seats = then.circle.members.filter((member) => isSeat(member.role) && users.includes(member.user)).map((member) => member.authority);
  const officials = then.questions.questions.flatMap((question) => question.positions).filter((one) => users.includes(one.user)).map((one) => one.authority);
  return list.format([...new Set((seats.length > 0 ? seats : officials).map(authorityName))]);
};

/** What the vote itself says of an acceptance, where nobody wrote more (FM-ASM-1). */
const reasonsOf = (method: DecisionMethod): string =>
  `${{ unanimous: 'Alle myndighederne har', majority: 'Flertallet af myndighederne har', custody: 'Kriminalforsorgen har', contactPoint: 'Kontaktpunktet har' }[method]} vurderet kandidatens motivation, egnethed og behov og fundet, at kandidaten bør optages.`;

type OfficialStand = RecordedEvent & { readonly event: Extract<CaseEvent, { type: 'OfficialPositionGiven' }> };
const isStand = (one: RecordedEvent): one is OfficialStand => one.event.type === 'OfficialPositionGiven';

/** The positions of the officials that are the contact point's decision, in the order they were given; none behind the unit's own (FM-DEC-2). */
export const standsBehind = (facts: readonly RecordedEvent[], { version, event }: { readonly version: number; readonly event: DecisionOnInquiry }): readonly OfficialStand[] => {
  if (event.type !== 'ReviewDecided' && event.method !== 'contactPoint') return [];
  const theirs = facts.filter(isStand).filter((one) => one.version < version && event.participants.includes(one.event.official));
  const question = theirs.at(-1)?.event.question;
  const ofIt = theirs.filter((one) => one.event.question === question);
  // Who gave another after something more had come decided by his newest.
  return ofIt.filter((one) => !ofIt.some((later) => later.version > one.version && later.event.official === one.event.official));
};

/** What those whose position it is wrote, each under his authority; undefined when the reader does not read it. */
const standReasons = ({ opened }: Writing, stands: readonly OfficialStand[]): string | undefined => {
  const said = stands.map(({ version, event }) => ({ by: authorityName(event.authority), text: textOf(opened, version, 'reasons') }));
  return said.some(({ text }) => text === undefined) ? undefined : said.map(({ by, text }) => `${by}:\n${text ?? ''}`).join('\n\n');
};

/** The guidance on complaint that they wrote; two that differ each under its authority. Undefined when nobody wrote any. */
const standRoute = ({ opened }: Writing, stands: readonly OfficialStand[]): string | undefined => {
  const written = stands.flatMap(({ version, event }) => {
    const text = textOf(opened, version, 'complaintRoute');
    return text === undefined ? [] : [{ by: authorityName(event.authority), text }];
  });
  const [only, ...more] = new Set(written.map(({ text }) => text));
  return more.length === 0 ? only : written.map(({ by, text }) => `${by}:\n${text}`).join('\n\n');
};

/** What was decided, in a sentence; a review's says which refusal it is about, by its day (FM-DEC-2). */
const outcome = (event: DecisionOnInquiry, name: string, refused: Outcome | undefined): string => {
  switch (event.type) {
    case 'CaseAccepted':
      return `${name} optages i exit.`;
    case 'CaseRefused':
      return `${name} optages ikke i exit.`;
    case 'ReviewDecided': {
      const refusal = refused === undefined ? 'Afslaget' : `Afslaget af ${formatDate(refused.on)}`;
      return event.result === 'upheld' ? `${refusal} fastholdes. ${name} optages ikke i exit.` : `${refusal} ændres. ${name} optages i exit.`;
    }
  }
};

/** Annulled, or a refusal that was reviewed since. */
const standing = (writing: Writing, event: DecisionOnInquiry): string | undefined => {
  const reviewed = event.type === 'CaseRefused' ? eventsOf(writing.opened, 'ReviewDecided').find((one) => one.version > writing.fact.version) : undefined;
  if (reviewed === undefined) {
    const annulled = annulledOn(writing, 'decision');
    return annulled && annulledWords(annulled);
  }
  const { result, on } = reviewed.event;
  return `${CONTACT_POINT} har ${formatDate(on)} ${result === 'upheld' ? 'fastholdt' : 'ændret'} afslaget.`;
};

/** The decision on the inquiry, or the contact point's on the unit's refusal (FM-DEC-1, FM-DEC-2, FM-LAW-1); undefined when its words are not for the reader. */
export function decision(writing: Writing, event: DecisionOnInquiry): DecisionData | undefined {
  const { opened, fact, then, number } = writing;
  const accepted = event.type === 'CaseAccepted' || (event.type === 'ReviewDecided' && event.result === 'overturned');
  const method = event.type === 'ReviewDecided' ? 'contactPoint' : event.method;
  const stands = standsBehind(opened.facts, { version: fact.version, event });
  const reasons = stands.length > 0 ? standReasons(writing, stands) : (textOf(opened, fact.version, 'reasons') ?? (event.type === 'CaseAccepted' ? reasonsOf(event.method) : undefined));
  const complaintRoute = standRoute(writing, stands) ?? textOf(opened, fact.version, 'complaintRoute');
  if (reasons === undefined || (!accepted && complaintRoute === undefined)) return undefined;
  const hearing = accepted ? undefined : hearingWords(writing, 'decision');
  const notice = standing(writing, event);
  const refused = event.type === 'ReviewDecided' ? then.decision.outcome : undefined;
  // What a refusal that is upheld said of the candidate stands as it was; one that is overturned says nothing of him any more.
  const criteria: readonly string[] = event.type === 'CaseRefused' ? event.criteria : accepted ? [] : (refused?.criteria ?? []);
  return {
    number, language: 'da', heading: event.type === 'ReviewDecided' ? 'Afgørelse om afslag på exit' : 'Afgørelse om exit',
    facts: [
      ...headFacts(writing),
      { label: 'Dato', value: formatDate(event.on) },
      method === 'contactPoint' ? { label: 'Truffet af', value: `${CONTACT_POINT}, ${event.type === 'ReviewDecided' ? 'som har prøvet enhedens afslag' : 'som enheden har forelagt sagen for'}` } : decidedByUnit(then.inquiry.unit, method),
      { label: 'Deltagere', value: participants(writing, event.participants) },
    ],
    decision: outcome(event, candidateName(opened), refused),
    criteria: CRITERIA.filter(({ value }) => criteria.includes(value)).map(({ label }) => label),
    reasons,
    ...(hearing === undefined ? {} : { hearing }),
    ...(accepted ? { next: NEXT } : { complaintRoute }),
    ...(notice === undefined ? {} : { notice }),
  };
}
