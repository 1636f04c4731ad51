import { seesEvent } from '../../domain/access/core-view.js';
import type { RecordedEvent } from '../../domain/exit-case/case.js';
import { eventTitle } from '../../domain/exit-case/event-titles.js';
import { measureOf } from '../../domain/exit-case/measure.js';
import type { ScopeKind } from '../../domain/kernel/command.js';
import { formatCpr, parseCpr } from '../../domain/kernel/cpr.js';
import { copenhagenDate, type PlainDate } from '../../domain/kernel/time.js';
import { EXIT_SUBJECT, kleTitle } from '../../domain/reference/kle.js';
import { MEASURE_CATALOGUE } from '../../domain/reference/measure-catalogue.js';
import { eventAbout } from '../event-about.js';
import type { OpenedCase } from '../open-case.js';

/** One thing that was recorded, with the words the reader may read. */
export interface BundleRecord {
  readonly on: PlainDate;
  readonly title: string;
  /** The subject it is filed under. */
  readonly kle: string;
  readonly by: string;
  readonly words: readonly string[];
}

const LABELS: Readonly<Record<string, string>> = { name: 'Navn', alias: 'Kaldet', cpr: 'CPR-nummer', phone: 'Telefon', safeContact: 'Sikker kontakt', said: 'Det blev sagt', whereabouts: 'Om, hvor personen hører til', participants: 'Deltagere', agreed: 'Aftalt', keptAt: 'Papiret ligger' };
const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);
/** One word of the program's own, as 'own-wish': the title says what it was. */
const isCode = (text: string): boolean => /^[a-z0-9]+([-.:][a-z0-9]+)*$/.test(text);

/** '248900-4027'; as it was written when it is no number. */
const grouped = (written: string): string => {
  const cpr = parseCpr(written);
  return cpr.kind === 'invalid' ? written : formatCpr(cpr.number);
};

const wordsIn = (value: unknown, field?: string): readonly string[] => {
  if (typeof value === 'string') {
    const label = field === undefined ? undefined : LABELS[field];
    if (label !== undefined) return [`${label}: ${field === 'cpr' ? grouped(value) : value}`];
    return isId(value) || isCode(value) ? [] : [value];
  }
  if (Array.isArray(value)) return value.flatMap((one) => wordsIn(one));
  return value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, one]) => wordsIn(one, key)) : [];
};

const kleOf = ({ state }: OpenedCase, { event }: RecordedEvent): string => {
  const type = 'measure' in event && typeof event.measure === 'string' ? measureOf(state, event.measure)?.measureType : undefined;
  return kleTitle(MEASURE_CATALOGUE.find((one) => one.id === type)?.kle ?? EXIT_SUBJECT);
};

/** What of a case goes along: of what the reader may know, which events, and which of their words. */
export interface Shown {
  readonly event: (one: RecordedEvent) => boolean;
  readonly words: (one: RecordedEvent, kind: ScopeKind) => boolean;
  /** Fields of its words that never go along. */
  readonly unsaid?: (one: RecordedEvent) => readonly string[];
}

/**
 * What happened, oldest first, as far as this reader may know (FM-WORK-6).
 * @param authorOf who recorded it, by authority and never by name.
 */
export const recordsOf = (opened: OpenedCase, shown: Shown, authorOf: (user: string) => string): readonly BundleRecord[] =>
  [...opened.facts, ...opened.entries]
    .filter((one) => seesEvent(opened.state, opened.actor.user, one) && shown.event(one))
    .sort((a, b) => a.version - b.version)
    .map((one) => {
      const unsaid = shown.unsaid?.(one) ?? [];
      const about = eventAbout(opened.state, opened.actor.user, one.event);
      return {
        on: copenhagenDate(one.at), title: about === undefined ? eventTitle(one.event) : `${eventTitle(one.event)}: ${about}`, kle: kleOf(opened, one), by: authorOf(one.actor),
        words: (opened.bodies.get(one.version) ?? []).filter((body) => shown.words(one, body.scope.kind)).flatMap((body) => wordsIn(Object.fromEntries(Object.entries(body.content).filter(([field]) => !unsaid.includes(field))))),
      };
    });
