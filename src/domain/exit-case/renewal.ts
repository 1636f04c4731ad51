import { z } from 'zod';
import { membershipUntil } from '../access/after-the-end.js';
import { seesMember } from '../access/scopes.js';
import type { Actor } from '../kernel/command.js';
import { type MeasureId, type UserId, zId } from '../kernel/ids.js';
import { reject } from '../kernel/rejection.js';
import { addDays, copenhagenDate, type PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { whileOpen } from './circle-change.js';
import { coordinator, coordinatorSeat, currentMembers, type Membership, type Seat, seatsOf, seatsToSpeak, unitMember } from './circle.js';
import { type CasePermission, command } from './define.js';
import { isEnded, measureOf } from './measure.js';

/** Days before the first access ends that its renewal is on the co-ordinator's list, and before it that the others of the unit are told of it `[+]`. */
const TOLD_DAYS_BEFORE = 14;
const ESCALATED_DAYS_BEFORE = 5;

/** Seats that know of every measure, in the order they are asked: who is in the case for one that the co-ordinator may not know of is renewed by them. */
const KNOW_ALL: readonly Seat[] = ['municipal', 'probation', 'custody'];

/** Of a seat's holder, whether he may know that somebody is in the case. */
const seatSees = (state: ExitCase, seat: Seat, member: Membership): boolean => {
  const holder = currentMembers(state).find((one) => one.role === seat);
  return holder !== undefined && seesMember(state, holder.user, member);
};

/**
 * Whose it is to say that a membership goes on: the co-ordinator's; where he may not know of it, or his seat stands empty, the next of the
 * unit's who may (control 44, FM-CNF-4). None is left without.
 */
export const renewerOf = (state: ExitCase, member: Membership): Seat | undefined => {
  const seats = [coordinatorSeat(state), ...KNOW_ALL.filter((seat) => seat !== coordinatorSeat(state))].filter((seat) => seatsToSpeak(state).includes(seat));
  return seats.find((seat) => seatSees(state, seat, member));
};

/** Memberships that end unless they are renewed, of those the reader may know of: everybody's but the co-ordinator's own and those of deputies. */
export const renewable = (state: ExitCase, user: string): readonly Membership[] =>
  state.circle.own.filter((one) => one.to === undefined && membershipUntil(state, one) !== undefined && seesMember(state, user, one));

/** The co-ordinator renews whom he knows of; the others of the unit those that are theirs to renew. */
const mayRenew = (state: ExitCase, actor: Actor): readonly Membership[] => {
  const mine = seatsOf(state, actor.user);
  const known = renewable(state, actor.user);
  if (coordinator.test(state, actor)) return known;
  return known.filter((one) => mine.some((seat) => seat === renewerOf(state, one)));
};

const renewer: CasePermission = {
  test: (state, actor) => coordinator.test(state, actor) || (unitMember.test(state, actor) && mayRenew(state, actor).length > 0),
  who: coordinator.who,
};

/** The people a form for renewing offers. */
export const renewedBy = (state: ExitCase, actor: Actor): readonly UserId[] => [...new Set(mayRenew(state, actor).map((one) => one.user))];

/** Access is not for ever: it is said anew who needs it, at least every ninety days. Who is not named loses it by himself on his day (control 44). */
export const circleRenew = command({
  name: 'circle.renew',
  title: 'Forny adgangen til sagen',
  rules: ['FM-CNF-2', 'FM-WORK-7'],
  page: 'kreds',
  input: z.strictObject({
    members: z.array(zId<UserId>('Vælg fra listen')).min(1, 'Vælg mindst én, der stadig skal have adgang').max(50, 'Vælg højst 50').meta({
      label: 'Hvem skal stadig have adgang?', hint: 'De andre mister adgangen den dag, der står ved dem. Du kan forny den igen bagefter.', widget: 'renewable',
    }),
  }),
  writes: [],
  may: renewer,
  when: whileOpen,
  decide: (state, input, ctx) => {
    const mine = mayRenew(state, ctx.actor);
    if (input.members.some((user) => !mine.some((one) => one.user === user))) {
      return reject('FM-CNF-2', ['own'], 'Vælg kun blandt dem, der står på listen.', 'members');
    }
    const chosen = mine.filter((one) => input.members.includes(one.user));
    const parts = [...new Set(chosen.map((one) => one.measure))];
    return parts.map((measure) => ({
      event: {
        type: 'AccessRenewed' as const, users: [...new Set(chosen.filter((one) => one.measure === measure).map((one) => one.user))], ...(measure === undefined ? {} : { measure }),
      } satisfies CaseEvent,
    }));
  },
});

/** A row of somebody's list that the calendar or the staff directory brings forward, not an event of the case. */
export interface WatchRow {
  readonly reader: string;
  readonly key: string;
  readonly title: string;
  readonly mine: boolean;
  readonly owner: string;
  readonly due: PlainDate;
  readonly command: string;
  /** The first day it is shown. */
  readonly shown_from: PlainDate | null;
  /** Shown when this colleague has left: by the day he does. */
  readonly if_left: UserId | null;
}

const SEAT_NAMES: Readonly<Record<Seat, string>> = { police: 'Politiet', municipal: 'Kommunen', probation: 'Kriminalforsorgen', custody: 'Direktoratet for Kriminalforsorgen' };
const holdersOf = (state: ExitCase, seat: Seat): readonly UserId[] => currentMembers(state).filter((one) => one.role === seat).map((one) => one.user);

/** Who is through with his part needs no renewing; his access ends by itself. */
const isThrough = (state: ExitCase, measure: MeasureId | undefined): boolean => {
  const found = measure === undefined ? undefined : measureOf(state, measure);
  return found !== undefined && isEnded(found);
};

/** What the calendar asks of a unit: the renewal of those whose access ends next, two weeks before it does; five days before it the others of the unit are told that it waits. */
const renewalRows = (state: ExitCase): readonly WatchRow[] => {
  const first = new Map<Seat, PlainDate>();
  for (const member of state.circle.own) {
    const until = member.to === undefined ? membershipUntil(state, member) : undefined;
    const seat = until === undefined || isThrough(state, member.measure) ? undefined : renewerOf(state, member);
    const known = seat && first.get(seat);
    if (until !== undefined && seat !== undefined && (known === undefined || until < known)) first.set(seat, until);
  }
  return [...first].flatMap(([seat, due]) => {
    const holders = holdersOf(state, seat);
    const row = { key: `access:renew:${seat}`, title: 'Forny adgangen for dem, der stadig skal være med i sagen', owner: SEAT_NAMES[seat], due, command: 'circle.renew', if_left: null };
    const others = seat === coordinatorSeat(state) ? seatsToSpeak(state).filter((one) => one !== seat).flatMap((one) => holdersOf(state, one)).filter((user) => !holders.includes(user)) : [];
    return [
      ...holders.map((reader) => ({ ...row, reader, mine: true, shown_from: addDays(due, -TOLD_DAYS_BEFORE) })),
      ...others.map((reader) => ({ ...row, reader, mine: false, shown_from: addDays(due, -ESCALATED_DAYS_BEFORE) })),
    ];
  });
};

/** What is to be done when a colleague leaves his work: whoever renews his access hands his part on; for the co-ordinator's the others of the unit do. */
const leaverRows = (state: ExitCase): readonly WatchRow[] => {
  const rows = state.circle.own.filter((one) => one.to === undefined && one.role !== 'question').flatMap((member) => {
    const seats = member.role === coordinatorSeat(state) ? seatsToSpeak(state).filter((one) => one !== member.role) : [renewerOf(state, member)].filter((one) => one !== undefined);
    return seats.flatMap((seat) => holdersOf(state, seat)).filter((reader) => reader !== member.user).map((reader) => ({
      reader, key: `access:left:${member.user}`, title: 'En kollega er fratrådt: giv opgaverne videre', mine: true, owner: '', due: copenhagenDate(member.from), command: 'circle.handOver',
      shown_from: null, if_left: member.user,
    }));
  });
  return [...new Map(rows.map((row) => [`${row.reader}|${row.key}`, row])).values()];
};

/** The rows that wait for a day or for somebody's leaving, while the case is open (FM-WORK-7, control 44). */
export const watchRows = (state: ExitCase): readonly WatchRow[] => {
  const taken = state.circle.own.length > 0 && !state.ending.closed;
  const rows = taken ? [...renewalRows(state), ...leaverRows(state)] : [];
  return [...new Map(rows.map((row) => [`${row.reader}|${row.key}`, row])).values()];
};


export const renewalCommands = [circleRenew];
