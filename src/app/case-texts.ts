import { createHmac } from 'node:crypto';
import { seesEvent } from '../domain/access/core-view.js';
import { readsScope } from '../domain/access/scopes.js';
import type { CaseEvent, RecordedEvent } from '../domain/exit-case/case.js';
import { currentMembers, type Seat, SEATS, seatsOf } from '../domain/exit-case/circle.js';
import { eventTitle } from '../domain/exit-case/event-titles.js';
import { conclusionOf, CRITERIA } from '../domain/exit-case/vote.js';
import type { ScopeKind } from '../domain/kernel/command.js';
import { copenhagenDate, formatDate, type Instant } from '../domain/kernel/time.js';
import { sharingKindLabel } from '../domain/reference/legal-bases.js';
import type { OpenBody } from '../store/case-rows.js';
import { commandSchema } from './command-schema.js';
import type { House } from './house.js';
import type { OpenedCase } from './open-case.js';

/** Scopes that hold what a question may rest on. Who the candidate is goes along by itself; address, card and precautions never do (FM-CNF-4). */
export const TEXT_KINDS: readonly ScopeKind[] = ['general', 'sealed', 'police', 'probation', 'health', 'economy'];
/** The latest journal entries a form offers. */
export const OFFERED_ENTRIES = 200;
/** Among so many a picked one is found again, also when others have written meanwhile. */
export const SOUGHT_ENTRIES = 2_000;

/** One text of a case as it can be handed over (FM-ASM-6, FM-ASM-7, FM-DEC-2). */
export interface CaseText {
  /** Names it to this reader alone; says nothing of where in the case it stands. */
  readonly key: string;
  /** 'Notat (Sociale forhold), 3. november 2026'. */
  readonly title: string;
  readonly at: Instant;
  readonly words: string;
  /** Word for word what is handed over: the words with the title above them. */
  readonly text: string;
  /** Who in the unit reads it, when not all do. */
  readonly seats?: readonly Seat[];
}

/** The fields of an event that are handed over, with what stands before them. A type that is not here is never offered: nothing of it bears on whether somebody is to be accepted. */
const FIELDS: Readonly<Partial<Record<CaseEvent['type'], Readonly<Record<string, string>>>>> = {
  InquiryRegistered: { said: '' },
  AssessmentBegun: { note: '' },
  TargetGroupSet: { description: '' },
  RelocationClarified: { reason: '' },
  InformationObtained: { material: '' },
  SecurityAssessed: { text: '' },
  HearingSent: { facts: '', exception: 'Kandidaten er ikke hørt: ' },
  HearingAnswered: { answer: '' },
  CaseRefused: { reasons: 'Begrundelse: ', complaintRoute: 'Klagevejledning: ' },
  NoteAdded: { text: '' },
  NoteCorrected: { text: '' },
  MeetingRecorded: { participants: 'Deltagere: ', text: '', agreed: 'Aftalt: ' },
};

interface FormField {
  readonly label?: string;
  readonly section?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}
/** The form speaks to who fills it in; who reads it later is somebody else. */
const ofSomebody = (label: string): string => label.replace(/^Din (?:samlede )?konklusion/, 'Konklusion');

/** A conclusion as its form asked for it: what was answered under each question. */
const conclusionLines = (content: OpenBody['content']): readonly string[] => {
  const fields = (commandSchema('assessment.submit')?.['properties'] ?? {}) as Readonly<Record<string, FormField>>;
  return Object.entries(fields).flatMap(([name, { label = name, section, options }]) => {
    const said = (value: unknown): string => (typeof value === 'string' ? (options?.find((one) => one.value === value)?.label ?? value) : '');
    const value = content[name];
    const words = Array.isArray(value) ? value.map(said).join('. ') : said(value);
    return words === '' ? [] : [`${section === undefined ? '' : `${section}. `}${ofSomebody(label)}\n${words}`];
  });
};

/** What the core has of a refusal: the criteria named (FM-DEC-1). */
const criteriaLines = (event: CaseEvent): readonly string[] =>
  event.type === 'CaseRefused' && event.criteria.length > 0 ? [`Det er ikke opfyldt: ${CRITERIA.filter(({ value }) => event.criteria.includes(value)).map(({ label }) => label).join('. ')}`] : [];

const linesOf = (event: CaseEvent, content: OpenBody['content']): readonly string[] =>
  event.type === 'ConclusionSubmitted'
    ? conclusionLines(content)
    : [...criteriaLines(event), ...Object.entries(FIELDS[event.type] ?? {}).flatMap(([field, before]) => {
        const value = content[field];
        return typeof value === 'string' && value !== '' ? [`${before}${value}`] : [];
      })];

/** A conclusion that was given anew stands in the place of the former. */
const isReplaced = ({ state }: OpenedCase, event: CaseEvent): boolean => event.type === 'ConclusionSubmitted' && conclusionOf(state, event.seat)?.version !== event.version;

const titleOf = ({ event, at }: RecordedEvent): string => {
  const kind = event.type === 'NoteAdded' || event.type === 'MeetingRecorded' || event.type === 'NoteCorrected' ? ` (${sharingKindLabel(event.kind)})` : '';
  return `${eventTitle(event)}${kind}, ${formatDate(copenhagenDate(at))}`;
};

/** The seats of the unit whose member reads a scope; undefined when all do. */
const readersIn = ({ state }: OpenedCase, { scope }: OpenBody): readonly Seat[] | undefined => {
  const members = [...new Set(currentMembers(state).map((one) => one.user))];
  const seated = SEATS.filter((seat) => members.some((user) => seatsOf(state, user).includes(seat)));
  const reading = seated.filter((seat) => members.some((user) => seatsOf(state, user).includes(seat) && readsScope(state, user, scope)));
  return reading.length === seated.length ? undefined : reading;
};

/** The texts of the case that its reader can read and may hand over, newest first. What he cannot read is absent without a trace. */
export const textsOf = (house: House, opened: OpenedCase): readonly CaseText[] =>
  [...opened.facts, ...opened.entries]
    .filter((one) => seesEvent(opened.state, opened.actor.user, one) && !isReplaced(opened, one.event))
    .sort((a, b) => b.version - a.version)
    .flatMap((one) =>
      (opened.bodies.get(one.version) ?? []).flatMap((body): readonly CaseText[] => {
        const lines = TEXT_KINDS.includes(body.scope.kind) ? linesOf(one.event, body.content) : [];
        if (lines.length === 0) return [];
        const title = titleOf(one);
        const words = lines.join('\n\n');
        const seats = readersIn(opened, body);
        const key = createHmac('sha256', house.etagKey).update(`text|${opened.actor.user}|${opened.id}|${one.version}|${body.scope.id}`).digest('base64url').slice(0, 22);
        return [{ key, title, at: one.at, words, text: `${title}\n${words}`, ...(seats === undefined ? {} : { seats }) }];
      }));

/** Commands with which the unit's refusal goes to the contact point by itself, whatever else is picked (FM-DEC-2, FM-CNF-4). */
const CARRY_REFUSAL: readonly string[] = ['decision.requestReview', 'decision.supplementReview'];
export const carriesRefusal = (command: string): boolean => CARRY_REFUSAL.includes(command);

/** The unit's refusal as it is handed over: its day, what was not met, and why. Undefined where there is none, or its words are not for the reader. */
export const refusalText = ({ state, facts, bodies }: OpenedCase): Pick<CaseText, 'title' | 'words' | 'text'> | undefined => {
  const { outcome } = state.decision;
  const fact = outcome?.result === 'refused' ? facts.find((one) => one.version === outcome.version) : undefined;
  const lines = fact && (bodies.get(fact.version) ?? []).filter(({ scope }) => scope.kind === 'general').flatMap(({ content }) => linesOf(fact.event, content));
  if (fact === undefined || lines === undefined || lines.length === 0) return undefined;
  const words = lines.join('\n\n');
  return { title: titleOf(fact), words, text: `${titleOf(fact)}\n${words}` };
};

/** The input of such a command, with the refusal as it stands in the case; whatever came in its place is not sent. */
export const withRefusal = (command: string, opened: OpenedCase, input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { refusal: _sent, ...rest } = input;
  const refusal = carriesRefusal(command) ? refusalText(opened)?.text : undefined;
  return refusal === undefined ? rest : { ...rest, refusal };
};
