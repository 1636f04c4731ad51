import type { Actor, Colleague } from '../kernel/command.js';
import type { MeasureId, QuestionId, UserId } from '../kernel/ids.js';
import { addWorkingDays, copenhagenDate, type Instant, type PlainDate } from '../kernel/time.js';
import { municipalityOfAuthority, unitOfMunicipality } from '../reference/authorities.js';
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
  /** When it was last said that he is still to have access; absent: never since he joined (`access/after-the-end.ts`). */
  readonly renewed?: Instant;
  /** Set where somebody is here for a colleague who is away, with the last day of it: he reads and does what the colleague does (FM-WORK-7). */
  readonly deputyFor?: UserId;
  readonly until?: PlainDate;
}

/** "Absence of X until date": who stands in for whom. */
export interface Deputyship {
  readonly user: UserId;
  readonly deputy: UserId;
  readonly from: Instant;
  readonly to?: Instant;
  readonly until: PlainDate;
}

export type CircleEvent =
  /** Of those named, the memberships of the case, or the ownership of one measure: who may not know of the measure may not know of it either. */
  | { readonly type: 'AccessRenewed'; readonly users: readonly UserId[]; readonly measure?: MeasureId }
  | { readonly type: 'DeputyNamed'; readonly user: UserId; readonly deputy: UserId; readonly until: PlainDate }
  /** A colleague has become co-ordinator of a case that had none; what he took on stands beside it. */
  | { readonly type: 'CoordinationTakenOver'; readonly by: UserId }
  /** All that somebody had in the case is another's from now on; he himself is out of it. */
  | { readonly type: 'WorkHandedOver'; readonly user: UserId; readonly to: UserId; readonly authority: string }
  | { readonly type: 'MemberAdded'; readonly user: UserId; readonly role: CircleRole; readonly authority: string; readonly measure?: MeasureId; readonly question?: QuestionId }
  | { readonly type: 'MemberRemoved'; readonly user: UserId; readonly role?: CircleRole; readonly measure?: MeasureId; readonly question?: QuestionId }
  | { readonly type: 'PersonExcluded'; readonly user: UserId }
  | { readonly type: 'ConflictDeclared'; readonly user: UserId; readonly seats: readonly Seat[]; readonly replacement?: UserId };

export interface CircleState {
  /** Everybody's, those of deputies among them. */
  readonly members: readonly Membership[];
  /** Those that people have by themselves. */
  readonly own: readonly Membership[];
  readonly deputyships: readonly Deputyship[];
  readonly excluded: readonly UserId[];
}

export const noCircle: CircleState = { members: [], own: [], deputyships: [], excluded: [] };

const end = (members: readonly Membership[], at: Instant, which: (member: Membership) => boolean): readonly Membership[] =>
  members.map((member) => (member.to === undefined && which(member) ? { ...member, to: at } : member));

const earlier = (one: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  one === undefined || other === undefined ? (one ?? other) : one < other ? one : other;

/** A deputy has what the colleague has for as long as both last; a question at the contact point's desk is nobody's but his who took it. */
const standingIn = (own: readonly Membership[], { user, deputy, from, to, until }: Deputyship): readonly Membership[] =>
  own
    .filter((member) => member.user === user && member.role !== 'question' && (member.to === undefined || member.to > from))
    .map((member) => {
      const ended = earlier(member.to, to);
      return {
        ...member, user: deputy, from: member.from > from ? member.from : from, renewed: member.renewed ?? member.from, deputyFor: user, until,
        ...(ended === undefined ? {} : { to: ended }),
      };
    });

const circleOf = (own: readonly Membership[], deputyships: readonly Deputyship[], excluded: readonly UserId[]): CircleState => ({
  members: [...own, ...deputyships.flatMap((one) => standingIn(own, one))], own, deputyships, excluded,
});

const endDeputyships = (all: readonly Deputyship[], at: Instant, which: (one: Deputyship) => boolean): readonly Deputyship[] =>
  all.map((one) => (one.to === undefined && which(one) ? { ...one, to: at } : one));
/** Those in which somebody stands in for another, and those in which another stands in for him. */
const endDeputyshipsOf = (all: readonly Deputyship[], at: Instant, user: UserId): readonly Deputyship[] =>
  endDeputyships(all, at, (one) => one.deputy === user || one.user === user);

/** Every role but the questions of officials goes over; a role the successor has already is not given twice. */
const handedOver = (own: readonly Membership[], { user, to, authority }: { readonly user: UserId; readonly to: UserId; readonly authority: string }, at: Instant): readonly Membership[] => {
  const current = own.filter((one) => one.to === undefined);
  const has = (role: CircleRole, measure: MeasureId | undefined): boolean => current.some((one) => one.user === to && one.role === role && one.measure === measure);
  const moved = current.filter((one) => one.user === user && one.role !== 'question');
  return [
    ...end(own, at, (one) => moved.includes(one)),
    ...moved.filter((one) => !has(one.role, one.measure)).map(({ role, measure }) => ({
      user: to, role, authority, from: at, ...(measure === undefined ? {} : { measure }),
    })),
  ];
};

export const evolveCircle = (state: CircleState, event: CaseEvent, meta: EventMeta): CircleState => {
  const { own, deputyships, excluded } = state;
  switch (event.type) {
    case 'InquiryTaken':
      return circleOf([...own, ...event.members.map((member) => ({ ...member, from: meta.at }))], deputyships, excluded);
    case 'MemberAdded': {
      const { type: _type, ...member } = event;
      return circleOf([...own, { ...member, from: meta.at }], deputyships, excluded);
    }
    case 'MemberRemoved': {
      const ended = end(own, meta.at, (member) =>
        member.user === event.user && (event.role === undefined || member.role === event.role)
        && (event.measure === undefined || member.measure === event.measure)
        && (event.question === undefined || member.question === event.question));
      const out = event.role === undefined && event.measure === undefined && event.question === undefined;
      return circleOf(ended, out ? endDeputyshipsOf(deputyships, meta.at, event.user) : deputyships, excluded);
    }
    case 'PersonExcluded':
    case 'ConflictDeclared':
      return circleOf(
        end(own, meta.at, (member) => member.user === event.user), endDeputyshipsOf(deputyships, meta.at, event.user), [...excluded, event.user],
      );
    case 'AccessRenewed':
      return circleOf(
        own.map((member) => (member.to === undefined && event.users.includes(member.user) && member.measure === event.measure ? { ...member, renewed: meta.at } : member)),
        deputyships, excluded,
      );
    case 'DeputyNamed': {
      const { type: _type, ...named } = event;
      const others = endDeputyships(deputyships, meta.at, (one) => one.user === event.user);
      return circleOf(own, [...others, { ...named, from: meta.at }], excluded);
    }
    case 'WorkHandedOver':
      return circleOf(handedOver(own, event, meta.at), endDeputyshipsOf(deputyships, meta.at, event.user), excluded);
    default:
      return state;
  }
};

/** Memberships now in force. */
export const currentMembers = (state: ExitCase): readonly Membership[] => state.circle.members.filter((member) => member.to === undefined);

export const membershipsOf = (state: ExitCase, user: string): readonly Membership[] =>
  currentMembers(state).filter((member) => member.user === user);

/** Whether somebody acts for a person named in the case: as himself, or while he stands in for him (FM-WORK-7). */
export const actsFor = (state: ExitCase, user: string, named: string | undefined): boolean =>
  named !== undefined && (user === named || membershipsOf(state, user).some((member) => member.deputyFor === named));

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
    const since = state.circle.own.findLast((member) => member.role === seat)?.to;
    if (since === undefined) return [];
    return left.map((owner) => ({
      key: `seat:${seat}:${owner}`, title: SEAT_TITLES[seat], owner: { seat: owner }, due: addWorkingDays(copenhagenDate(since), 1), command: 'circle.add',
    }));
  });
};

const FULL: readonly CircleRole[] = ['police', 'municipal', 'probation', 'custody', 'contact'];

/** A full member sees the whole case as far as his scopes go; owners and question-takers see their part only. */
export const isFullMember = (state: ExitCase, user: string): boolean => membershipsOf(state, user).some((member) => FULL.includes(member.role));

/** A full member by himself, and not while he stands in for somebody: he stays when the other's absence is over (FM-WORK-7). */
export const isLastingMember = (state: ExitCase, user: string): boolean =>
  membershipsOf(state, user).some((member) => FULL.includes(member.role) && member.deputyFor === undefined);

/** Unit member: a person in *this case's* circle with a seat that speaks; never a holder of a function (access.md). */
export const unitMember: CasePermission = { test: (state, actor) => seatsOf(state, actor.user).length > 0, who: 'et medlem af enheden' };

/** The one named, and only while he is in the whole case: whose part in it is over may still be in it by a measure (FM-AGR-7). */
export const contactPerson: CasePermission = {
  test: (state, actor) => isFullMember(state, actor.user) && actsFor(state, actor.user, state.agreement.contactPerson),
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

/** The co-ordinator's seat: police's, in custody the custody officer's. */
export const coordinatorSeat = (state: ExitCase): Seat => (state.inquiry.place === 'custody' ? 'custody' : 'police');
export const coordinator: CasePermission = {
  test: (state, actor) => membershipsOf(state, actor.user).some((member) => member.role === coordinatorSeat(state)),
  who: 'sagens koordinator',
};

const FUNCTION_OF_SEAT: Readonly<Record<Seat, string>> = {
  police: 'police_exit', municipal: 'municipal_exit', probation: 'probation_exit', custody: 'custody_exit',
};

/** A municipality of the unit's own district, as the districts were when the inquiry came to it. */
const isOfTheDistrict = ({ inquiry }: ExitCase, authority: string): boolean => {
  const code = municipalityOfAuthority(authority);
  return code !== undefined && authority === `municipality:${code}` && unitOfMunicipality(code, copenhagenDate(inquiry.since ?? inquiry.receivedAt)) === inquiry.unit;
};

/**
 * A seat is held by somebody with its function and from its authority: the municipality of residence, the unit's district (FM-ORG-1). While the residence is
 * not known it is one of the district's municipalities; in custody, where the candidate is going, and that may be anywhere.
 */
export const mayHoldSeat = (state: ExitCase, seat: Seat, colleague: Colleague): boolean => {
  if (!colleague.functions.includes(FUNCTION_OF_SEAT[seat])) return false;
  const { unit, municipality, place } = state.inquiry;
  switch (seat) {
    case 'municipal':
      return municipality === undefined ? place === 'custody' || isOfTheDistrict(state, colleague.authority) : colleague.authority === `municipality:${municipality}`;
    // In custody police and probation are asked in from where the candidate is going, which is not yet settled.
    case 'police':
    case 'probation':
      return place === 'custody' || colleague.authority === `${seat}:${unit}`;
    case 'custody':
      return true;
  }
};
