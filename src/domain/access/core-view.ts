import type { Actor } from '../kernel/command.js';
import type { CoreFact, Rejection } from '../kernel/rejection.js';
import type { CaseEvent, ExitCase, RecordedEvent } from '../exit-case/case.js';
import { accededMeasures } from '../exit-case/annullable.js';
import { isAlertedTo } from '../exit-case/acute-threat.js';
import { isFullMember, membershipsOf } from '../exit-case/circle.js';
import { measureOf } from '../exit-case/measure.js';
import { isJournalEvent, type JournalEvent } from '../exit-case/journal.js';
import { isOwnScreening } from '../exit-case/screening.js';
import { generationOf, readsScope, seesAuthority, seesMeasure, seesMember, seesParty } from './scopes.js';

const isEntry = (event: CaseEvent): event is JournalEvent => isJournalEvent(event.type);

const INBOX_FACTS: readonly CoreFact[] = ['own', 'inquiry', 'circle', 'place'];
const OWNER_FACTS: readonly CoreFact[] = ['own', 'measures', 'contactPerson', 'accession', 'course'];
const QUESTION_FACTS: readonly CoreFact[] = ['own', 'question'];
const SCREENING_FACTS: readonly CoreFact[] = ['own', 'screening'];

/** What a role sees of the core (access.md). A refusal that rests on a fact the asker does not see says only that it waits. */
export const seesFact = (state: ExitCase, actor: Actor, fact: CoreFact): boolean => {
  if (isFullMember(state, actor.user)) {
    return fact !== 'measures' || state.measures.measures.every((measure) => seesMeasure(state, actor.user, measure));
  }
  const memberships = membershipsOf(state, actor.user);
  if (memberships.some((one) => one.role === 'owner') && OWNER_FACTS.includes(fact)) return true;
  if (memberships.some((one) => one.role === 'question') && QUESTION_FACTS.includes(fact)) return true;
  if (memberships.some((one) => one.role === 'screening') && SCREENING_FACTS.includes(fact)) return true;
  return memberships.length === 0 && INBOX_FACTS.includes(fact);
};

/** Whether a reader may know how far the case is and who has the contact: everybody in it but a screener (FM-SEC-2). */
export const seesProgress = (state: ExitCase, user: string): boolean => {
  const memberships = membershipsOf(state, user);
  return memberships.length === 0 || memberships.some((one) => one.role !== 'screening');
};

/** What is said of a refusal to this asker: all of it, or only that another authority is awaited. */
export type ShownRejection = { readonly rule?: string; readonly detail: string; readonly field?: string };
export const shownRejection = (state: ExitCase, actor: Actor, rejection: Rejection): ShownRejection =>
  rejection.rests.every((fact) => seesFact(state, actor, fact))
    ? { rule: rejection.rule, detail: rejection.detail, ...(rejection.field === undefined ? {} : { field: rejection.field }) }
    : { detail: 'Afventer en anden myndighed.' };

const OWNER_EVENTS: readonly CaseEvent['type'][] = ['ContactPersonAppointed'];

/** Whether somebody who was in the circle was there, as far as the reader may know; of who never was, everybody may. */
export const seesPerson = (state: ExitCase, user: string, about: string): boolean => {
  const memberships = state.circle.members.filter((one) => one.user === about);
  return memberships.length === 0 || memberships.some((one) => seesMember(state, user, one));
};

/** An event tells of a measure also by the party, the person or the authority that is in the case for it alone (FM-CNF-4). */
export const seesWhoItIsAbout = (state: ExitCase, user: string, event: CaseEvent): boolean => {
  switch (event.type) {
    case 'PartyAcceded':
      return seesParty(state, user, event);
    case 'AnnulmentProposed':
    case 'AnnulmentDeclined':
    case 'RecordAnnulled':
      return event.party === undefined || seesParty(state, user, { party: event.party, measures: accededMeasures(state, event) });
    case 'MemberRemoved':
    case 'PersonExcluded':
    case 'ConflictDeclared':
    case 'DeputyNamed':
    case 'WorkHandedOver':
      return seesPerson(state, user, event.user);
    case 'ContactExceptionAllowed':
    case 'ContactExceptionEnded':
      return seesAuthority(state, user, event.authority);
    default:
      return true;
  }
};

/**
 * Screenings are police's and their screener's; that an address is held, and who may read it, police's and his; of an acute threat the full members and
 * all who were alerted know (FM-SEC-2, FM-SEC-3, FM-SEC-4). Undefined: none of these.
 */
const seesGuarded = (state: ExitCase, user: string, event: CaseEvent): boolean | undefined => {
  const police = () => membershipsOf(state, user).some((one) => one.role === 'police');
  switch (event.type) {
    case 'ScreeningAsked':
    case 'ScreeningSearched':
    case 'ScreeningThreatAssessed':
    case 'ScreeningHandedOver':
      return police() || isOwnScreening(state, user, event.screening);
    case 'AddressHeld':
      return police();
    case 'AddressLeaveGiven':
    case 'AddressLeaveEnded':
      return police() || (event.user === user && membershipsOf(state, user).length > 0);
    case 'AcuteThreatRaised':
    case 'AcuteThreatSeen':
      return isFullMember(state, user) || isAlertedTo(state, user, event.threat);
    default:
      return undefined;
  }
};

/** Whether an event may be known to have happened, to this member. Owners know of their own measure; officials of their own question. */
export const seesEvent = (state: ExitCase, user: string, { event, actor }: RecordedEvent): boolean => {
  if (actor === user) return true;
  if (isEntry(event)) return readsScope(state, user, { kind: event.scope, subject: '', generation: generationOf(state, { kind: event.scope }) });
  const guarded = seesGuarded(state, user, event);
  if (guarded !== undefined) return guarded;
  const measure = 'measure' in event && typeof event.measure === 'string' ? event.measure : undefined;
  if (isFullMember(state, user)) {
    if (measure === undefined) return seesWhoItIsAbout(state, user, event);
    const known = measureOf(state, measure);
    return known === undefined || seesMeasure(state, user, known);
  }
  const memberships = membershipsOf(state, user);
  if (measure !== undefined && memberships.some((one) => one.measure === measure)) return true;
  const question = 'question' in event ? event.question : undefined;
  if (question !== undefined && memberships.some((one) => one.question === question)) return true;
  return memberships.some((one) => one.role === 'owner') && OWNER_EVENTS.includes(event.type);
};

/** The newest event this reader may see, as the number the reader's ETag is made from; 0 when there is none. */
export const newestSeen = (state: ExitCase, user: string, stream: readonly RecordedEvent[]): number =>
  stream.reduce((newest, one) => (one.version > newest && seesEvent(state, user, one) ? one.version : newest), 0);
