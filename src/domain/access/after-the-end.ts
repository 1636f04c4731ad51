import type { ExitCase } from '../exit-case/case.js';
import { coordinatorSeat, type Membership, membershipsOf } from '../exit-case/circle.js';
import { circleReadsUntil, READING_DAYS } from '../exit-case/ending.js';
import { isEnded, measureOf } from '../exit-case/measure.js';
import { addressLeaveOf } from '../exit-case/protected-address.js';
import { addDays, copenhagenDate, type PlainDate } from '../kernel/time.js';
import { readsScope, type ScopeKey } from './scopes.js';

/** Calendar days that somebody has access without anybody saying anew that he is to have it (security.md, control 44). */
export const RENEWED_FOR_DAYS = 90;

const later = (one: PlainDate, other: PlainDate | undefined): PlainDate => (other !== undefined && other > one ? other : one);
const earlier = (one: PlainDate | undefined, other: PlainDate | undefined): PlainDate | undefined =>
  one === undefined || other === undefined ? (one ?? other) : one < other ? one : other;

/** Whoever sits on the co-ordinator's own seat renews the others, and so has nobody to renew him; a deputy of his ends by his own date. */
const isCoordinator = (state: ExitCase, user: string): boolean =>
  state.circle.own.some((one) => one.user === user && one.to === undefined && one.role === coordinatorSeat(state));

/**
 * The last day a membership counts that nobody renews; undefined for the co-ordinator's, and for a question's, which ends with its answer.
 * A deputy's does not outlast that of the one he stands in for.
 */
const unrenewedUntil = (state: ExitCase, { user, role, from, renewed, deputyFor }: Membership): PlainDate | undefined =>
  role === 'question' || isCoordinator(state, deputyFor ?? user) ? undefined : addDays(copenhagenDate(renewed ?? from), RENEWED_FOR_DAYS);

/** The last day the end of the case leaves to a membership: none is set while it is open, nor for the owner of a measure that goes on. */
const closedUntil = (state: ExitCase, member: Membership): PlainDate | undefined => {
  const circle = circleReadsUntil(state);
  const measure = member.role === 'owner' && member.measure !== undefined ? measureOf(state, member.measure) : undefined;
  if (circle === undefined || measure === undefined) return circle;
  if (!isEnded(measure)) return undefined;
  return later(circle, measure.endedOn && addDays(measure.endedOn, READING_DAYS));
};

/**
 * The last day a membership counts; undefined when it has no end. While the case is open: ninety days after it began or was last renewed
 * (control 44), and for a deputy no longer than he was named for (FM-WORK-7). When the case is closed nobody renews any more: the circle reads it
 * for a while, the owner of a measure that goes on for as long as after that (FM-END-4); who had no access when it closed gets none by it.
 */
export const membershipUntil = (state: ExitCase, member: Membership): PlainDate | undefined => {
  const unrenewed = earlier(unrenewedUntil(state, member), member.until);
  const closed = state.ending.closed?.on;
  if (closed === undefined || (unrenewed !== undefined && unrenewed < closed)) return unrenewed;
  return earlier(closedUntil(state, member), member.until);
};

/** Whether a membership counts on a day. */
export const hasAccess = (state: ExitCase, member: Membership, today: PlainDate): boolean => {
  const until = membershipUntil(state, member);
  return member.to === undefined && (until === undefined || until >= today);
};

/** The last day on which somebody who reads a scope still does: by the memberships that are left when the others no longer count. */
export const scopeUntil = (state: ExitCase, user: string, scope: ScopeKey): PlainDate | undefined => {
  const ends = membershipsOf(state, user).flatMap((one) => membershipUntil(state, one) ?? []);
  const last = [...new Set(ends)].sort().find((day) => !readsScope(withoutThoseUntil(state, user, day), user, scope));
  const leave = scope.kind === 'address' && !readsScope(withoutLeaves(state), user, scope) ? addressLeaveOf(state, user)?.until : undefined;
  return [last, leave].filter((day) => day !== undefined).sort()[0];
};

/**
 * What somebody has of a case from one end of his parts to the next: the case without those that are over by then, and the first and last day of it; a first
 * day of undefined is now, a last one that it has no end. Of most people there is one such time, for their parts end together.
 */
export const timesOf = (state: ExitCase, user: string): readonly { readonly state: ExitCase; readonly first: PlainDate | undefined; readonly last: PlainDate | undefined }[] => {
  const parts = membershipsOf(state, user).map((one) => membershipUntil(state, one));
  const ends = [...new Set(parts.filter((day) => day !== undefined))].sort();
  const lasting = parts.includes(undefined);
  return [...ends, ...(lasting || parts.length === 0 ? [undefined] : [])].map((last, index) => {
    const before = ends[index - 1];
    return { state: before === undefined ? state : withoutThoseUntil(state, user, before), first: before && addDays(before, 1), last };
  });
};

/** Police reads a protected address by its seat; another by leave alone, to the leave's last day (FM-SEC-4). */
const withoutLeaves = (state: ExitCase): ExitCase => ({ ...state, address: { ...state.address, leaves: [] } });

const keeping = (state: ExitCase, user: string, counts: (member: Membership) => boolean): ExitCase => ({
  ...state, circle: { ...state.circle, members: state.circle.members.filter((member) => member.user !== user || counts(member)) },
});
const withoutThoseUntil = (state: ExitCase, user: string, day: PlainDate): ExitCase =>
  keeping(state, user, (member) => (membershipUntil(state, member) ?? '9999') > day);

/**
 * The case as somebody reads it and acts in it on a day: of what he is in its circle, only what counts still. Otherwise a part that has ended would speak
 * for him as long as he is in the case by another. Others' parts stand as they are: an ended one can be renewed (FM-WORK-7, control 44).
 * To be judged and shown, never to be gone on from: what follows the stream follows all of it.
 */
export const asSomebodyHasIt = (state: ExitCase, user: string, today: PlainDate): ExitCase =>
  keeping(state, user, (member) => member.to !== undefined || hasAccess(state, member, today));
