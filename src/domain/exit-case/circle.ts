import type { Actor, Colleague } from '../kernel/command.js';
import type { MeasureId, QuestionId, UserId } from '../kernel/ids.js';
import { addWorkingDays, copenhagenDate, type Instant } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { type CasePermission, either, type EventMeta, type Task } from './define.js';

/** The seats that speak in a case: three in freedom, the custody officer's in custody. */
export const SEATS = ['police', 'municipal', 'probation', 'custody'] as const;
export type Seat = (typeof SEATS)[number];

/**
 * What somebody is in a circle: those alone know of the case, also after it (FM-CNF-1, FM-CNF-2). A seat speaks for its authority;
 * `contact` carries the contact; the last three see their own part.
 */
export type CircleRole = Seat | 'contact' | 'owner' | 'question' | 'screening';

export interface Membership {
  readonly user: UserId;
  readonly role: CircleRole;
  readonly authority: string;
  /** owner: the measure · question: the question. */
  readonly measure?: MeasureId;
  readonly question?: QuestionId;
  readonly from: Instant;
  readonly to?: Instant;
}

export type CircleEvent =
  | { readonly type: 'MemberAdded'; readonly user: UserId; readonly role: CircleRole; readonly authority: string; readonly measure?: MeasureId; readonly question?: QuestionId }
  | { readonly type: 'MemberRemoved'; readonly user: UserId; readonly role?: CircleRole; readonly measure?: MeasureId; readonly question?: QuestionId }
  | { readonly type: 'PersonExcluded'; readonly user: UserId }
  | { readonly type: 'ConflictDeclared'; readonly user: UserId; readonly seats: readonly Seat[]; readonly replacement?: UserId };

export interface CircleState {
  readonly members: readonly Membership[];
  readonly excluded: readonly UserId[];
}

export const noCircle: CircleState = { members: [], excluded: [] };

const end = (members: readonly Membership[], at: Instant, which: (member: Membership) => boolean): readonly Membership[] =>
  members.map((member) => (member.to === undefined && which(member) ? { ...member, to: at } : member));

export const evolveCircle = (state: CircleState, event: CaseEvent, meta: EventMeta): CircleState => {
  switch (event.type) {
    case 'InquiryTaken':
      return { ...state, members: [...state.members, ...event.members.map((member) => ({ ...member, from: meta.at }))] };
    case 'MemberAdded': {
      const { type: _type, ...member } = event;
      return { ...state, members: [...state.members, { ...member, from: meta.at }] };
    }
    case 'MemberRemoved':
      return {
        ...state,
        members: end(state.members, meta.at, (member) =>
          member.user === event.user && (event.role === undefined || member.role === event.role)
          && (event.measure === undefined || member.measure === event.measure)
          && (event.question === undefined || member.question === event.question)),
      };
    case 'PersonExcluded':
    case 'ConflictDeclared':
      return { members: end(state.members, meta.at, (member) => member.user === event.user), excluded: [...state.excluded, event.user] };
    default:
      return state;
  }
};

/** Memberships now in force. */
export const currentMembers = (state: ExitCase): readonly Membership[] => state.circle.members.filter((member) => member.to === undefined);

export const membershipsOf = (state: ExitCase, user: string): readonly Membership[] =>
  currentMembers(state).filter((member) => member.user === user);

/** The seats that must speak in this case: all three in freedom, the custody officer alone in custody (FM-ASM-1, FM-CUS-3). */
export const seatsToSpeak = (state: ExitCase): readonly Seat[] =>
  state.inquiry.place === 'custody' ? ['custody'] : ['police', 'municipal', 'probation'];

export const isSeat = (role: CircleRole): role is Seat => (SEATS as readonly string[]).includes(role);

/** The seats the person holds that speak in this case. */
export const seatsOf = (state: ExitCase, user: string): readonly Seat[] => {
  const speaking = seatsToSpeak(state);
  return membershipsOf(state, user).map((member) => member.role).filter(isSeat).filter((seat) => speaking.includes(seat));
};

/** The seats among those that must speak which nobody holds, because a member left and none took his place. */
export const emptySeats = (state: ExitCase): readonly Seat[] =>
  seatsToSpeak(state).filter((seat) => !currentMembers(state).some((member) => member.role === seat));

const SEAT_TITLES: Readonly<Record<Seat, string>> = {
  police: 'Find en ny repræsentant for politiet', municipal: 'Find en ny repræsentant for kommunen',
  probation: 'Find en ny repræsentant for Kriminalforsorgen', custody: 'Find en ny repræsentant for Direktoratet for Kriminalforsorgen',
};

/** A seat that stands empty is filled by those who are left, the next working day (FM-ORG-1, FM-WORK-1). */
export const circleTasks = (state: ExitCase): readonly Task[] => {
  const empty = state.ending.closed ? [] : emptySeats(state);
  const left = seatsToSpeak(state).filter((seat) => !empty.includes(seat));
  return empty.flatMap((seat) => {
    const since = state.circle.members.findLast((member) => member.role === seat)?.to;
    if (since === undefined) return [];
    return left.map((owner) => ({
      key: `seat:${seat}:${owner}`, title: SEAT_TITLES[seat], owner: { seat: owner }, due: addWorkingDays(copenhagenDate(since), 1), command: 'circle.add',
    }));
  });
};

const FULL: readonly CircleRole[] = ['police', 'municipal', 'probation', 'custody', 'contact'];

/** A full member sees the whole case as far as his scopes go; owners and question-takers see their part only. */
export const isFullMember = (state: ExitCase, user: string): boolean => membershipsOf(state, user).some((member) => FULL.includes(member.role));

/** Unit member: a person in *this case's* circle with a seat that speaks; never a holder of a function (access.md). */
export const unitMember: CasePermission = { test: (state, actor) => seatsOf(state, actor.user).length > 0, who: 'et medlem af enheden' };

export const contactPerson: CasePermission = {
  test: (state, actor) => state.agreement.contactPerson === actor.user && membershipsOf(state, actor.user).length > 0,
  who: 'kontaktpersonen',
};
export const unitOrContact = either(unitMember, contactPerson);
export const fullMember: CasePermission = { test: (state, actor) => isFullMember(state, actor.user), who: 'et medlem af kredsen' };

const holds = (role: CircleRole, who: string): CasePermission => ({
  test: (state: ExitCase, actor: Actor) => membershipsOf(state, actor.user).some((member) => member.role === role),
  who,
});

/** In custody too: there police's parts are done by a police officer added to the circle (FM-CUS-3). */
export const policeMember = holds('police', 'politiets medlem');
export const probationMember = holds('probation', 'Kriminalforsorgens medlem');
export const custodyOfficer = holds('custody', 'Direktoratet for Kriminalforsorgens medlem');

/** The co-ordinator: the police member, in custody the custody officer. */
export const coordinator: CasePermission = {
  test: (state, actor) => (state.inquiry.place === 'custody' ? custodyOfficer : policeMember).test(state, actor),
  who: 'sagens koordinator',
};

const FUNCTION_OF_SEAT: Readonly<Record<Seat, string>> = {
  police: 'police_exit', municipal: 'municipal_exit', probation: 'probation_exit', custody: 'custody_exit',
};

/** A seat is held by somebody with its function and from its authority: the municipality of residence, the unit's district (FM-ORG-1). */
export const mayHoldSeat = (state: ExitCase, seat: Seat, colleague: Colleague): boolean => {
  if (!colleague.functions.includes(FUNCTION_OF_SEAT[seat])) return false;
  const { unit, municipality, place } = state.inquiry;
  switch (seat) {
    case 'municipal':
      return municipality === undefined || colleague.authority === `municipality:${municipality}`;
    // In custody police and probation are asked in from where the candidate is going, which is not yet settled.
    case 'police':
    case 'probation':
      return place === 'custody' || colleague.authority === `${seat}:${unit}`;
    case 'custody':
      return true;
  }
};
