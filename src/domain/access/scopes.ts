import type { ScopeKind, ScopeRef } from '../kernel/command.js';
import type { ExitCase } from '../exit-case/case.js';
import { isProbation } from '../reference/authorities.js';
import { actsFor, type CircleRole, isFullMember, type Membership, membershipsOf, seatsOf } from '../exit-case/circle.js';
import { mayReadConclusion } from '../exit-case/conclusion.js';
import { type Measure, measureOf } from '../exit-case/measure.js';
import { scopeGeneration, scopeReaders } from '../exit-case/shared-scope.js';
import { isAlertedTo } from '../exit-case/acute-threat.js';
import { addressLeaveOf } from '../exit-case/protected-address.js';
import { bundlePart } from '../exit-case/question-bundle.js';
import { decisivePositions } from '../exit-case/question-outcome.js';
import { isOwnScreening } from '../exit-case/screening.js';
import { scopeOfKind, SHARED_SCOPES, type SharedScope } from '../reference/legal-bases.js';

/** A scope as the store keeps it. */
export interface ScopeKey {
  readonly kind: ScopeKind;
  readonly subject: string;
  readonly generation: number;
}

const holds = (memberships: readonly Membership[], ...roles: readonly CircleRole[]): boolean => memberships.some((one) => roles.includes(one.role));

/** Kinds of data that police does not read by default (FM-CNF-4). */
export const isPrivateMeasure = (measure: Measure): boolean => scopeOfKind(measure.kind) !== 'general';

/** Health and economy: everybody in the circle's core but police, and the contact person unless he is police. */
const readsPrivate = (memberships: readonly Membership[]): boolean =>
  holds(memberships, 'municipal', 'probation', 'custody') || (holds(memberships, 'contact') && !memberships.some((one) => one.authority.startsWith('police:')));

const readsShared = (state: ExitCase, memberships: readonly Membership[], kind: SharedScope, generation: number): boolean =>
  (kind === 'general' ? holds(memberships, 'police', 'municipal', 'probation', 'custody', 'contact') : readsPrivate(memberships))
  && scopeReaders(state, kind, generation, memberships.map((one) => one.authority));

/**
 * Whether a member reads a scope now: the one table behind keys, pages and policies (access.md, "Scopes of a case"; FM-CNF-4).
 * The store keeps the answer as rows of `app.scope_member`, which row-level security obeys.
 */
export const readsScope = (state: ExitCase, user: string, scope: ScopeKey): boolean => {
  const memberships = membershipsOf(state, user);
  if (memberships.length === 0 || state.circle.excluded.some((one) => one === user)) return false;
  const full = isFullMember(state, user);
  switch (scope.kind) {
    case 'core':
      return true;
    case 'identity':
      return full || holds(memberships, 'owner', 'question', 'screening');
    case 'card':
      return full;
    case 'general':
    case 'health':
    case 'economy':
      return readsShared(state, memberships, scope.kind, scope.generation);
    case 'sealed':
      return full && mayReadConclusion(state, seatsOf(state, user)[0], scope.subject as never);
    // One part for each screening: its screener reads his own entries and police reads all (FM-SEC-2).
    case 'police':
      return holds(memberships, 'police') || isOwnScreening(state, user, scope.subject);
    case 'address':
      return holds(memberships, 'police') || addressLeaveOf(state, user) !== undefined;
    case 'probation':
      return holds(memberships, 'probation', 'custody');
    case 'measure': {
      if (memberships.some((one) => one.role === 'owner' && one.measure === scope.subject)) return true;
      const measure = measureOf(state, scope.subject);
      return full && (measure === undefined || !isPrivateMeasure(measure) || readsPrivate(memberships));
    }
    case 'precaution':
      return holds(memberships, 'police') || state.security.precautions.some((one) => one.id === scope.subject && actsFor(state, user, one.worker)) || isAlertedTo(state, user, scope.subject);
    // A part of it is read in the unit by those alone who read it in the case; the words that became the decision also by who carries the contact, and brings them to the candidate (FM-AGR-7, FM-LAW-1).
    case 'bundle': {
      const { question, seats, stand } = bundlePart(scope.subject);
      return seatsOf(state, user).some((seat) => seats?.includes(seat) ?? true) || memberships.some((one) => one.role === 'question' && one.question === question)
        || (stand !== undefined && holds(memberships, 'contact') && state.questions.questions.some((one) => one.id === question && decisivePositions(one).some((given) => given.authority === stand.authority && given.nth === stand.nth)));
    }
  }
};

/** Whether police may know of the measure at all: not its type, dates and decisions when its kind is health or economy (access.md). */
export const seesMeasure = (state: ExitCase, user: string, measure: Measure): boolean => {
  const memberships = membershipsOf(state, user);
  if (memberships.some((one) => one.role === 'owner' && one.measure === measure.id)) return true;
  return isFullMember(state, user) && (!isPrivateMeasure(measure) || readsPrivate(memberships));
};

/** Whether a reader may know that somebody is in the circle: an owner only with the measure he is there for (access.md). */
export const seesMember = (state: ExitCase, user: string, member: Membership): boolean => {
  const measure = member.measure === undefined ? undefined : measureOf(state, member.measure);
  return member.user === user || measure === undefined || seesMeasure(state, user, measure);
};

/** Whether a reader may know of a party of the agreement: an authority that is one by its measures alone shows what they are (FM-CNF-4). */
export const seesParty = (state: ExitCase, user: string, { party, measures }: { readonly party: string; readonly measures: readonly string[] }): boolean =>
  party === 'candidate' || party === 'unit' || measures.some((id) => {
    const measure = measureOf(state, id);
    return measure !== undefined && seesMeasure(state, user, measure);
  });

/** Whether a reader knows of every measure there is or may come: police does not (FM-CNF-4). */
export const knowsOfAllMeasures = (state: ExitCase, user: string): boolean => readsPrivate(membershipsOf(state, user));

/**
 * An authority may be in the case by a measure alone that the reader may not know of. Who knows of all measures knows of every authority, also of
 * one that is in the case for nothing yet; who does not, knows of none but by what he sees, and of Kriminalforsorgen, which is in every case: it
 * must not show when a measure comes.
 */
export const seesAuthority = (state: ExitCase, user: string, authority: string): boolean =>
  knowsOfAllMeasures(state, user) || isProbation(authority)
  || state.circle.members.some((one) => one.authority === authority && seesMember(state, user, one))
  || state.measures.measures.some((one) => one.authority === authority && seesMeasure(state, user, one));

const isShared = (kind: ScopeKind): kind is SharedScope => (SHARED_SCOPES as readonly ScopeKind[]).includes(kind);

/** The generation that new entries of a scope belong to: shared scopes close and open anew when consent leaves a reader out (FM-CON-2). */
export const generationOf = (state: ExitCase, { kind }: ScopeRef): number => (isShared(kind) ? scopeGeneration(state, kind) : 1);
