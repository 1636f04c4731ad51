import { z } from 'zod';
import type { Actor, Colleague } from '../kernel/command.js';
import { type MeasureId, type QuestionId, type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addWorkingDays, copenhagenDate, type Instant } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { type CasePermission, command, either, type EventMeta, type Task } from './define.js';

/** The seats that speak in a case: three in freedom, the custody officer's in custody. */
export const SEATS = ['police', 'municipal', 'probation', 'custody'] as const;
export type Seat = (typeof SEATS)[number];

/** What somebody is in a circle: those alone know of the case, also after it (FM-CNF-1, FM-CNF-2). A seat speaks for its authority; `contact` carries the contact; the last two see their own part. */
export type CircleRole = Seat | 'contact' | 'owner' | 'question';

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

const CHOOSE_ANOTHER = 'Vælg en anden kollega fra listen.';
const wrongSeat = (seat: Seat): string =>
  ({
    police: 'Vælg en kollega fra politikredsens exitenhed.',
    municipal: 'Vælg en exitkoordinator fra den kommune, hvor kandidaten bor.',
    probation: 'Vælg en kollega fra Kriminalforsorgens afdeling i politikredsen.',
    custody: 'Vælg en kollega fra Direktoratet for Kriminalforsorgen.',
  })[seat];

const whileOpen = (state: ExitCase): Rejection | undefined =>
  state.ending.closed ? reject('FM-CNF-2', ['ending'], 'Sagen er afsluttet. Kredsen kan ikke ændres.') : undefined;

/** Functions whose people may carry the contact: those who work in a unit; never operations, auditors or officials (FM-CNF-6). */
const CONTACT_FUNCTIONS = ['police_exit', 'municipal_exit', 'probation_exit', 'custody_exit'];
const mayCarryContact = (colleague: Colleague): boolean => colleague.functions.some((one) => CONTACT_FUNCTIONS.includes(one));

const ROLE_OPTIONS = [
  { value: 'police', label: 'Politiets repræsentant' },
  { value: 'municipal', label: 'Kommunens repræsentant' },
  { value: 'probation', label: 'Kriminalforsorgens repræsentant' },
  { value: 'custody', label: 'Repræsentant for Direktoratet for Kriminalforsorgen' },
  { value: 'contact', label: 'Medarbejder, der skal have kontakten med kandidaten' },
] as const;
const addableRole = z.enum(ROLE_OPTIONS.map((option) => option.value));

/** Adds a colleague to the circle: a replacement, police asked in by custody, somebody to carry the contact (FM-CNF-2, FM-DEC-4). */
export const circleAdd = command({
  name: 'circle.add',
  title: 'Føj en kollega til kredsen',
  rules: ['FM-CNF-2', 'FM-ORG-1'],
  page: 'kreds',
  input: z.object({
    user: zId<UserId>('Vælg en anden kollega fra listen').meta({ label: 'Kollega', widget: 'staff' }),
    role: addableRole.meta({ label: 'Rolle i kredsen', widget: 'radio', options: ROLE_OPTIONS }),
    reason: prose({ label: 'Hvorfor skal kollegaen med?', max: 1000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    const colleague = ctx.colleague(input.user);
    // The same words as for a colleague who is not on the list: an exclusion must not show (security.md, control 20).
    if (colleague === undefined || state.circle.excluded.includes(input.user)) return reject('FM-CNF-2', ['own'], CHOOSE_ANOTHER, 'user');
    if (input.role === 'contact' && !mayCarryContact(colleague)) return reject('FM-CNF-6', ['own'], CHOOSE_ANOTHER, 'user');
    if (isSeat(input.role) && !mayHoldSeat(state, input.role, colleague)) return reject('FM-ORG-1', ['own'], wrongSeat(input.role), 'user');
    if (membershipsOf(state, input.user).some((member) => member.role === input.role)) {
      return reject('FM-CNF-2', ['circle'], 'Kollegaen har allerede den rolle i kredsen.', 'user');
    }
    const seatTaken = isSeat(input.role) && currentMembers(state).some((member) => member.role === input.role);
    if (seatTaken) {
      return reject('FM-ORG-1', ['circle'], 'Hver myndighed har én repræsentant i kredsen. Fjern den nuværende, før du føjer en ny til.', 'role');
    }
    return [{
      event: { type: 'MemberAdded', user: input.user, role: input.role, authority: colleague.authority },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    }];
  },
});

/** Ends a membership; access ends with it at once (FM-CNF-2). A seat that must speak is handed on first. */
export const circleRemove = command({
  name: 'circle.remove',
  title: 'Fjern fra kredsen',
  rules: ['FM-CNF-2'],
  page: 'kreds',
  input: z.object({
    user: zId<UserId>().meta({ label: 'Hvem skal ud af kredsen?', widget: 'member' }),
    reason: prose({ label: 'Hvorfor?', max: 1000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    if (membershipsOf(state, input.user).length === 0) return reject('FM-CNF-2', ['circle'], 'Vælg en, der er i kredsen.', 'user');
    if (state.agreement.contactPerson === input.user) {
      return reject('FM-AGR-7', ['contactPerson'], 'Kollegaen er kandidatens kontaktperson. Udpeg en ny kontaktperson først.', 'user');
    }
    const others = currentMembers(state).filter((member) => member.user !== input.user);
    if (!others.some((member) => isSeat(member.role) && seatsToSpeak(state).includes(member.role))) {
      return reject('FM-CNF-2', ['circle'], 'Der skal være mindst ét medlem af enheden i kredsen.', 'user');
    }
    return [{
      event: { type: 'MemberRemoved', user: input.user },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason, by: ctx.actor.user } }],
    }];
  },
});

/** Shuts a named person out of the case; looks like non-membership to him and to all who ask (security.md, control 20). */
export const circleExclude = command({
  name: 'circle.exclude',
  title: 'Udeluk en person fra sagen',
  rules: ['FM-CNF-2', 'FM-DEC-4'],
  page: 'kreds',
  input: z.object({
    user: zId<UserId>('Vælg en anden kollega fra listen').meta({ label: 'Hvem må ikke se sagen?', widget: 'staff' }),
    reason: prose({ label: 'Hvorfor?', hint: 'For eksempel slægtskab eller nært bekendtskab.', max: 1000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    if (input.user === ctx.actor.user) return reject('FM-DEC-4', ['own'], 'Er du selv inhabil, så brug “Meld dig inhabil”.', 'user');
    if (state.circle.excluded.includes(input.user)) return [];
    if (state.agreement.contactPerson === input.user) {
      return reject('FM-AGR-7', ['contactPerson'], 'Kollegaen er kandidatens kontaktperson. Udpeg en ny kontaktperson først.', 'user');
    }
    return [{
      event: { type: 'PersonExcluded', user: input.user },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    }];
  },
});

/** One's own conflict of interest: out of circle and votes, with a replacement named where there is one (FM-DEC-4, forvaltningsloven § 3). */
export const circleDeclareConflict = command({
  name: 'circle.declareConflict',
  title: 'Meld dig inhabil',
  rules: ['FM-DEC-4'],
  page: 'kreds',
  input: z.object({
    reason: prose({ label: 'Hvad er grunden?', hint: 'For eksempel slægtskab, nært bekendtskab eller en egen interesse i sagen.', max: 1000 }),
    replacement: zId<UserId>('Vælg en anden kollega fra listen').optional().meta({ label: 'Hvem overtager din plads?', hint: 'Lad feltet stå tomt, hvis ingen kan.', widget: 'staff' }),
  }),
  writes: ['general'],
  may: fullMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    const mine = membershipsOf(state, ctx.actor.user);
    const seats = mine.map((member) => member.role).filter(isSeat);
    const { replacement } = input;
    const colleague = replacement === undefined ? undefined : ctx.colleague(replacement);
    if (replacement !== undefined) {
      if (seats.length === 0) return reject('FM-DEC-4', ['own'], 'Du har ingen plads, der skal overtages. Lad feltet stå tomt.', 'replacement');
      if (colleague === undefined || replacement === ctx.actor.user || state.circle.excluded.includes(replacement)) {
        return reject('FM-DEC-4', ['own'], CHOOSE_ANOTHER, 'replacement');
      }
      const wrong = seats.find((seat) => !mayHoldSeat(state, seat, colleague));
      if (wrong !== undefined) return reject('FM-ORG-1', ['own'], wrongSeat(wrong), 'replacement');
    }
    if (state.agreement.contactPerson === ctx.actor.user) {
      return reject('FM-AGR-7', ['contactPerson'], 'Du er kandidatens kontaktperson. Enheden udpeger en ny kontaktperson først.');
    }
    const alone = !currentMembers(state).some((member) => member.user !== ctx.actor.user && isSeat(member.role) && seatsToSpeak(state).includes(member.role));
    if (replacement === undefined && alone) {
      return reject('FM-DEC-4', ['circle'], 'Du er den eneste fra enheden i kredsen. Vælg, hvem der overtager.', 'replacement');
    }
    return [
      {
        event: { type: 'ConflictDeclared', user: ctx.actor.user, seats, ...(replacement === undefined ? {} : { replacement }) },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
      ...(replacement === undefined || colleague === undefined ? [] : seats.map((seat) => ({
        event: { type: 'MemberAdded' as const, user: replacement, role: seat, authority: colleague.authority },
      }))),
    ];
  },
});

export const circleCommands = [circleAdd, circleRemove, circleExclude, circleDeclareConflict];
