import { seesMeasure } from '../../domain/access/scopes.js';
import type { AgreementVersion } from '../../domain/exit-case/agreement.js';
import type { ExitCase, RecordedEvent } from '../../domain/exit-case/case.js';
import { type HearingSubject, latestHearing } from '../../domain/exit-case/hearing.js';
import { type Measure, measureOf } from '../../domain/exit-case/measure.js';
import type { EndingMethod } from '../../domain/exit-case/position.js';
import { formatDate, type PlainDate } from '../../domain/kernel/time.js';
import { authorityName, unitName } from '../../domain/reference/authorities.js';
import { measureStatusLabel, measureTitle } from '../measure-words.js';
import type { OpenedCase } from '../open-case.js';
import { eventsOf, textOf, wordsOf } from '../texts.js';

/** What every document has: its number, its heading, and who and when. */
export interface DocumentFrame {
  /** 'UV-7K3M-9QX-2' */
  readonly number: string;
  readonly language: 'da' | 'en';
  readonly heading: string;
  readonly facts: readonly Fact[];
  /** How it stands now, where that is not as it reads: annulled, replaced, not yet in force. */
  readonly notice?: string;
}
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** What a document is written from: the case as its reader sees it, now and as it was when the document arose. */
export interface Writing {
  readonly opened: OpenedCase;
  readonly number: string;
  /** What made it arise. */
  readonly fact: RecordedEvent;
  readonly then: ExitCase;
  readonly today: PlainDate;
  readonly nameOf: (user: string) => string;
}

/** The newest name that was recorded; the case's number where there is none. */
export const candidateName = (opened: OpenedCase): string =>
  eventsOf(opened, 'InquiryRegistered', 'PersonUpdated').map((one) => wordsOf(opened, one.version, 'identity')['name']).filter((name): name is string => typeof name === 'string').at(-1)
  ?? `Kandidaten i sag ${opened.number}`;

/** The unit as a party: the local one of a district, or Kriminalforsorgen in custody. */
export const unitAsParty = (unit: string): string => (unit === 'dfk' ? unitName(unit) : `Den lokale exitenhed, ${unitName(unit)}`);
/** The same within a sentence. */
export const unitInSentence = (unit: string): string => (unit === 'dfk' ? unitName(unit) : `den lokale exitenhed, ${unitName(unit)}`);

const UNIT_METHODS: Readonly<Record<EndingMethod, string>> = { unanimous: ', enstemmigt', majority: ', ved flertal', custody: '' };
/** Who decided, and how they came to it: 'Den lokale exitenhed, Fyn, ved flertal'. */
export const decidedByUnit = (unit: string, method: EndingMethod): Fact => ({ label: 'Truffet af', value: `${unitAsParty(unit)}${UNIT_METHODS[method]}` });

/** 'Sag' and 'Vedrører', the first facts of every document. */
export const headFacts = ({ opened }: Writing): readonly Fact[] => [{ label: 'Vedrører', value: candidateName(opened) }, { label: 'Sagsnummer', value: opened.number }];

/** The day the record behind a document was annulled because it was wrong (FM-WORK-2). */
export const annulledOn = ({ opened, fact }: Writing, what: 'decision' | 'consent'): PlainDate | undefined =>
  eventsOf(opened, 'RecordAnnulled').find(({ event }) => event.what === what && event.version === fact.version)?.event.on;
export const annulledWords = (on: PlainDate): string => `Annulleret ${formatDate(on)}, fordi registreringen var forkert. Dokumentet gælder ikke.`;

/** How the candidate was heard before the decision, or why not (FM-LAW-1). */
export const hearingWords = ({ opened, then }: Writing, about: HearingSubject): string | undefined => {
  const hearing = latestHearing(then, about);
  if (hearing === undefined) return undefined;
  const on = formatDate(hearing.on);
  if (hearing.answeredOn !== undefined) return `Kandidaten blev hørt ${on} og svarede ${formatDate(hearing.answeredOn)}.`;
  if (hearing.deadline !== undefined) return `Kandidaten blev hørt ${on} og har ikke svaret inden fristen, ${formatDate(hearing.deadline)}.`;
  const sent = eventsOf(opened, 'HearingSent').find(({ event }) => event.hearing === hearing.id);
  const why = sent && textOf(opened, sent.version, 'exception');
  return why === undefined ? undefined : `Kandidaten er ikke hørt. ${why}`;
};

/** The measures of a version that this reader may know of, and how many there are beside them. */
export interface SeenMeasures {
  /** `place`: which of the version's measures it is, from 1; the same for every reader. */
  readonly seen: readonly { readonly measure: Measure; readonly startBy: PlainDate; readonly place: number }[];
  readonly hidden?: string;
}
export const seenMeasures = ({ opened, then }: Writing, version: AgreementVersion | undefined): SeenMeasures => {
  const all = (version?.measures ?? []).flatMap(({ measure: id, startBy }, index) => {
    const measure = measureOf(then, id);
    return measure === undefined ? [] : [{ measure, startBy, place: index + 1 }];
  });
  const seen = all.filter(({ measure }) => seesMeasure(opened.state, opened.actor.user, measure));
  const hidden = all.length - seen.length;
  if (hidden === 0) return { seen };
  return { seen, hidden: `Dette er et uddrag. Aftalen har også ${hidden === 1 ? 'et tiltag hos en anden myndighed' : `${hidden} tiltag hos andre myndigheder`}.` };
};

/** A measure as a line of a table. */
export interface MeasureRow {
  readonly title: string;
  readonly authority: string;
  readonly status: string;
}
export const measureRows = ({ opened }: Writing, { seen }: SeenMeasures): readonly MeasureRow[] =>
  seen.map(({ measure }) => ({ title: measureTitle(opened, measure), authority: authorityName(measure.authority), status: measureStatusLabel(measure.status) }));
