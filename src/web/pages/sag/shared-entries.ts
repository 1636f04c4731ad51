import { generationOf, readsScope } from '../../../domain/access/scopes.js';
import { type CaseEvent, type ExitCase, fold, type RecordedEvent } from '../../../domain/exit-case/case.js';
import { currentMembers, isFullMember } from '../../../domain/exit-case/circle.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { SHARED_SCOPES, type SharedScope, sharingKindLabel } from '../../../domain/reference/legal-bases.js';

/** Something written into a scope that others of the circle read: a disclosure inside it (FM-CON-3). */
export interface SharedEntry {
  readonly version: number;
  readonly on: PlainDate;
  /** What it is about: a kind of information, or what was recorded. */
  readonly what: string;
  readonly from: string;
  /** The authorities whose members read it when it was written, each once. */
  readonly to: readonly string[];
  readonly basis: string;
}

interface Text {
  readonly scope: SharedScope;
  readonly what: string;
  /** What the sharing rests on, where that is not the answer about consent. */
  readonly basis?: string;
}
const isShared = (scope: string): scope is SharedScope => (SHARED_SCOPES as readonly string[]).includes(scope);

/** The shared scope an event's words lie in, and what they are about; undefined for what is no entry or is an authority's own. */
const textIn = (event: CaseEvent): Text | undefined => {
  switch (event.type) {
    case 'NoteAdded':
    case 'NoteCorrected':
    case 'MeetingRecorded':
      return isShared(event.scope) ? { scope: event.scope, what: sharingKindLabel(event.kind) } : undefined;
    case 'AttachmentAdded':
      return isShared(event.scope) ? { scope: event.scope, what: `${sharingKindLabel(event.kind)} (bilag)` } : undefined;
    case 'FollowUpHeld':
      return event.kind === undefined ? undefined : { scope: 'general', what: `${sharingKindLabel(event.kind)} (opfølgning)` };
    case 'BreachRecorded':
      return event.kind === undefined ? undefined : { scope: 'general', what: `${sharingKindLabel(event.kind)} (brud på aftalen)` };
    case 'BreachHeard':
      return { scope: 'general', what: 'Kandidatens forklaring om et brud', basis: 'Høring, som ikke kræver samtykke' };
    default:
      return undefined;
  }
};

/** What the sharing rested on: the answer about consent that stood when it was recorded, not the one of today; undefined when that cannot be known. */
const basisOf = (state: ExitCase, version: number, on: PlainDate): string | undefined => {
  const answer = state.consent.answers.findLast((one) => one.version < version)?.after;
  if (answer === undefined) return 'Lov, før samtykke';
  if (answer.status !== 'given' || (answer.expiresOn !== undefined && on > answer.expiresOn)) return undefined;
  return answer.on === undefined ? 'Samtykke' : `Samtykke, som det stod ${formatDate(answer.on)}`;
};

/** The authorities that read a scope as the case stood when the event was recorded, without its author. */
const readersThen = (facts: readonly RecordedEvent[], { version, actor }: RecordedEvent, kind: SharedScope): readonly string[] => {
  const then = fold(facts.filter((one) => one.version < version));
  const scope = { kind, subject: '', generation: generationOf(then, { kind }) };
  const readers = currentMembers(then).filter((one) => one.user !== actor && isFullMember(then, one.user) && readsScope(then, one.user, scope));
  return [...new Set(readers.map((one) => one.authority))];
};

/**
 * Who got what inside the circle, of the entries this reader may read: by the circle and the consent of that moment, never of today
 * (FM-CON-3). An entry whose readers or basis the case does not tell is left out.
 * @param facts what the rules fold; @param entries the journal's entries beside it; @param readable whether the reader has the words.
 */
export function sharedEntries(
  state: ExitCase, facts: readonly RecordedEvent[], entries: readonly RecordedEvent[], readable: (version: number) => boolean,
): readonly SharedEntry[] {
  return [...facts, ...entries].flatMap((one): readonly SharedEntry[] => {
    const text = textIn(one.event);
    if (text === undefined || !readable(one.version)) return [];
    const on = copenhagenDate(one.at);
    const basis = text.basis ?? basisOf(state, one.version, on);
    const to = readersThen(facts, one, text.scope);
    return basis === undefined || to.length === 0 ? [] : [{ version: one.version, on, what: text.what, from: one.actor, to, basis }];
  });
}
