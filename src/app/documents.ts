import { generationOf, readsScope } from '../domain/access/scopes.js';
import { fold, type RecordedEvent } from '../domain/exit-case/case.js';
import { isFullMember } from '../domain/exit-case/circle.js';
import { isClosed } from '../domain/exit-case/ending.js';
import { standPart } from '../domain/exit-case/question-bundle.js';
import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { copenhagenDate } from '../domain/kernel/time.js';
import { agreement, type AgreementData } from './documents/agreement.js';
import { type ConsentData, consentForm, givenConsent } from './documents/consent.js';
import { decision, type DecisionData, type DecisionOnInquiry, standsBehind } from './documents/decision.js';
import { discharge, type DischargeData, interruption, type InterruptionData } from './documents/ending.js';
import type { Writing } from './documents/frame.js';
import type { OpenedCase } from './open-case.js';

/** A document as the list of a case shows it. */
export interface CaseDocument {
  /** '1', '2', …: its number in the case, in the order they arose; the same for everybody, and never used again. */
  readonly key: string;
  /** 'UV-7K3M-9QX-2': the file's name and title. */
  readonly number: string;
  readonly title: string;
  readonly at: PlainDate;
  /** Whether it can be had now. */
  readonly available: boolean;
  /** Why not, in Danish. */
  readonly why?: string;
}

/** A template and what it is made of. */
export type DocumentContent =
  | { readonly template: 'consent'; readonly data: ConsentData }
  | { readonly template: 'agreement'; readonly data: AgreementData }
  | { readonly template: 'decision'; readonly data: DecisionData }
  | { readonly template: 'interruption'; readonly data: InterruptionData }
  | { readonly template: 'discharge'; readonly data: DischargeData };
export type WrittenDocument = DocumentContent & { readonly number: string; readonly at: Instant };

/** What a document needs beside the case. */
export interface Writer {
  readonly today: PlainDate;
  readonly nameOf: (user: string) => string;
}

/** A document that arose in the case, for whomever it is. */
interface Arisen {
  /** What it tells of: the event that made it arise, or the last that renewed it. */
  readonly fact: RecordedEvent;
  readonly title: string;
  readonly at: PlainDate;
  /** Events whose general words it is made of: who may not read them does not get it. */
  readonly rests: readonly number[];
  /** Positions of officials of whose words it is made as well: on which question, and in which part of its bundle they lie. */
  readonly answered?: readonly { readonly question: string; readonly part: string }[];
  /** There is nothing to hand out now; undefined as a reason: nothing to show either. */
  readonly off?: { readonly why?: string };
  readonly write: (writing: Writing) => DocumentContent | undefined;
}

const as = <T extends DocumentContent['template'], D>(template: T, data: D | undefined): { readonly template: T; readonly data: D } | undefined => data && { template, data };

const DECISION_TITLES = { CaseAccepted: 'Afgørelse: optaget', CaseRefused: 'Afgørelse: afslag', upheld: 'Afgørelse: afslaget fastholdes', overturned: 'Afgørelse: afslaget er ændret' } as const;

const decisionArisen = ({ facts, state }: OpenedCase, fact: RecordedEvent, event: DecisionOnInquiry): Arisen => {
  const stands = standsBehind(facts, { version: fact.version, event });
  const given = state.questions.questions.flatMap(({ id, positions }) => positions.map((one) => ({ ...one, part: standPart(id, one) })));
  return {
    fact, answered: stands.map((one) => ({ question: one.event.question, part: given.find(({ version }) => version === one.version)?.part ?? one.event.question })),
    title: DECISION_TITLES[event.type === 'ReviewDecided' ? event.result : event.type], at: event.on, rests: [fact.version],
    write: (writing) => as('decision', decision(writing, event)),
  };
};

/** A version becomes a document when it is first laid before the parties; while it is rewritten after that, there is none to hand out. */
const agreementArisen = ({ facts, state }: OpenedCase, fact: RecordedEvent, number: number): readonly Arisen[] => {
  const version = state.agreement.versions.find((one) => one.number === number);
  const presented = facts.filter(({ event }) => event.type === 'AgreementPresented' && event.version === number);
  const latest = presented.at(-1);
  if (version === undefined || latest === undefined || presented[0]?.version !== fact.version) return [];
  const written = facts.filter(({ event }) => event.type === 'TermsSet' && (event.version === number || event.version === version.goalOf)).map((one) => one.version);
  return [{
    fact: latest, title: `Exitaftale, version ${number}`, at: version.enteredOn ?? version.presentedOn ?? copenhagenDate(fact.at), rests: written.slice(-1),
    ...(version.status === 'draft' ? { off: { why: 'Aftalen bliver rettet. Den kan hentes, når den er lagt frem igen.' } } : {}),
    write: (writing) => as('agreement', agreement(writing, version)),
  }];
};

const arising = (opened: OpenedCase, fact: RecordedEvent): readonly Arisen[] => {
  const { event, at } = fact;
  switch (event.type) {
    case 'InquiryTaken': {
      const form = { fact, at: copenhagenDate(at), rests: [], ...(isClosed(opened.state) ? { off: {} } : {}) };
      return [
        { ...form, title: 'Samtykke til underskrift', write: (writing) => as('consent', consentForm(writing, 'da')) },
        { ...form, title: 'Samtykke til underskrift, engelsk', write: (writing) => as('consent', consentForm(writing, 'en')) },
      ];
    }
    case 'ConsentGiven':
      return [{ fact, title: 'Samtykke', at: event.on, rests: [fact.version], write: (writing) => as('consent', givenConsent(writing, event)) }];
    case 'CaseAccepted':
      // After a review that overturned the refusal, the review is the decision.
      return opened.facts.some((one) => one.version === fact.version - 1 && one.event.type === 'ReviewDecided') ? [] : [decisionArisen(opened, fact, event)];
    case 'CaseRefused':
    case 'ReviewDecided':
      return [decisionArisen(opened, fact, event)];
    case 'AgreementPresented':
      return agreementArisen(opened, fact, event.version);
    case 'CourseInterrupted':
      return [{ fact, title: 'Afbrydelse af forløbet', at: event.on, rests: [fact.version], write: (writing) => as('interruption', interruption(writing, event)) }];
    case 'DischargeWritten':
      return [{ fact, title: 'Udskrivningsdokument', at: event.on, rests: [fact.version], write: (writing) => as('discharge', discharge(writing, event)) }];
    default:
      return [];
  }
};

/** The case as it was just after one of its events. */
const stateAt = ({ facts }: OpenedCase, version: number) => fold(facts.filter((one) => one.version <= version));

/** Whether the reader may have the document at all: identity and every word it rests on are his to read (FM-CNF-2, FM-CNF-4, FM-CON-2). */
const isFor = (opened: OpenedCase, { rests, answered = [] }: Arisen): boolean => {
  const { state, actor } = opened;
  const reads = (kind: 'identity' | 'general' | 'bundle', generation: number, subject = ''): boolean => readsScope(state, actor.user, { kind, subject, generation });
  return isFullMember(state, actor.user) && reads('identity', 1) && rests.every((version) => reads('general', generationOf(stateAt(opened, version), { kind: 'general' })))
    && answered.every(({ part }) => reads('bundle', 1, part));
};

interface Numbered extends Arisen {
  readonly key: string;
  readonly number: string;
}
const documentsFor = (opened: OpenedCase): readonly Numbered[] =>
  opened.facts
    .flatMap((fact) => arising(opened, fact))
    .map((one, index) => ({ ...one, key: String(index + 1), number: `${opened.number}-${index + 1}` }))
    .filter((one) => isFor(opened, one) && (one.off === undefined || one.off.why !== undefined));

/** The documents of the case that this reader may have, in the order they arose (FM-WORK-3). Needs the core only: no text is opened for a list. */
export const documentsOf = (opened: OpenedCase): readonly CaseDocument[] =>
  documentsFor(opened).map(({ key, number, title, at, off }) => ({ key, number, title, at, available: off === undefined, ...(off?.why === undefined ? {} : { why: off.why }) }));

/** The document that gives the contact point's decision on a question, to a reader who may have it (FM-LAW-1). */
export const decisionOn = (opened: OpenedCase, question: unknown): CaseDocument | undefined => {
  const key = documentsFor(opened).find((one) => one.answered?.some((given) => given.question === question))?.key;
  return key === undefined ? undefined : documentsOf(opened).find((one) => one.key === key);
};

/**
 * What one document is made of. Undefined when the case has none by that key, it is not for the reader, or it cannot be had now.
 * The case must be opened with `DOCUMENT_KINDS`.
 */
export function documentData(opened: OpenedCase, key: string, { today, nameOf }: Writer): WrittenDocument | undefined {
  const found = documentsFor(opened).find((one) => one.key === key);
  if (found === undefined || found.off !== undefined) return undefined;
  const { fact, number } = found;
  const content = found.write({ opened, number, fact, then: stateAt(opened, fact.version), today, nameOf });
  return content && { ...content, number, at: fact.at };
}

/** The scopes a document is made of: name, the unit's words, those of the measures the reader knows of, and those of the contact point's officials. */
export const DOCUMENT_KINDS = ['identity', 'general', 'measure', 'bundle'] as const;
