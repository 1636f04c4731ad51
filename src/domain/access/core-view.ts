import type { Actor } from '../kernel/command.js';
import type { CoreFact, Rejection } from '../kernel/rejection.js';
import type { CaseEvent, ExitCase, RecordedEvent } from '../exit-case/case.js';
import { accededMeasures } from '../exit-case/annullable.js';
import { isFullMember, membershipsOf } from '../exit-case/circle.js';
import { measureOf } from '../exit-case/measure.js';
import { isJournalEvent, type JournalEvent } from '../exit-case/journal.js';
import { generationOf, readsScope, seesAuthority, seesMeasure, seesMember, seesParty } from './scopes.js';

const isEntry = (event: CaseEvent): event is JournalEvent => isJournalEvent(event.type);

const INBOX_FACTS: readonly CoreFact[] = ['own', 'inquiry', 'circle', 'place'];
const OWNER_FACTS: readonly CoreFact[] = ['own', 'measures', 'contactPerson', 'accession', 'course'];
const QUESTION_FACTS: readonly CoreFact[] = ['own', 'question'];

/** What a role sees of the core (access.md). A refusal that rests on a fact the asker does not see says only that it waits. */
export const seesFact = (state: ExitCase, actor: Actor, fact: CoreFact): boolean => {
  if (isFullMember(state, actor.user)) {
    return fact !== 'measures' || state.measures.measures.every((measure) => seesMeasure(state, actor.user, measure));
  }
  const memberships = membershipsOf(state, actor.user);
  if (memberships.some((one) => one.role === 'owner') && OWNER_FACTS.includes(fact)) return true;
  if (memberships.some((one) => one.role === 'question') && QUESTION_FACTS.includes(fact)) return true;
  return memberships.length === 0 && INBOX_FACTS.includes(fact);
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

/** Whether an event may be known to have happened, to this member. Owners know of their own measure; officials of their own question. */
export const seesEvent = (state: ExitCase, user: string, { event, actor }: RecordedEvent): boolean => {
  if (actor === user) return true;
  if (isEntry(event)) return readsScope(state, user, { kind: event.scope, subject: '', generation: generationOf(state, { kind: event.scope }) });
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
