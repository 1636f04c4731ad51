import type { ExitCase } from '../exit-case/case.js';
import { type Membership, membershipsOf } from '../exit-case/circle.js';
import { circleReadsUntil, READING_DAYS } from '../exit-case/ending.js';
import { isEnded, measureOf } from '../exit-case/measure.js';
import { addressLeaveOf } from '../exit-case/protected-address.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import { readsScope, type ScopeKey } from './scopes.js';

const later = (one: PlainDate, other: PlainDate | undefined): PlainDate => (other !== undefined && other > one ? other : one);

/**
 * The last day a membership of a closed case counts; undefined while the case is open, and for the owner of a measure that goes on.
 * When his measure ends too, he reads for as long after it as the circle did (FM-END-4).
 */
export const membershipUntil = (state: ExitCase, member: Pick<Membership, 'role' | 'measure'>): PlainDate | undefined => {
  const circle = circleReadsUntil(state);
  const measure = member.role === 'owner' && member.measure !== undefined ? measureOf(state, member.measure) : undefined;
  if (circle === undefined || measure === undefined) return circle;
  if (!isEnded(measure)) return undefined;
  return later(circle, measure.endedOn && addDays(measure.endedOn, READING_DAYS));
};

/** The last day on which one of somebody's memberships counts; undefined when one has no end, or he has none. */
export const memberUntil = (state: ExitCase, user: string): PlainDate | undefined => lastOf(membershipsOf(state, user).map((one) => membershipUntil(state, one)));

const lastOf = (days: readonly (PlainDate | undefined)[]): PlainDate | undefined =>
  days.reduce((last, day) => (last === undefined || day === undefined ? undefined : later(last, day)), days[0]);

/** The last day on which somebody who reads a scope still does: by the memberships that are left when the others no longer count. */
export const scopeUntil = (state: ExitCase, user: string, scope: ScopeKey): PlainDate | undefined => {
  const ends = membershipsOf(state, user).flatMap((one) => membershipUntil(state, one) ?? []);
  const last = [...new Set(ends)].sort().find((day) => !readsScope(withoutThoseUntil(state, user, day), user, scope));
  const leave = scope.kind === 'address' && !readsScope(withoutLeaves(state), user, scope) ? addressLeaveOf(state, user)?.until : undefined;
  return [last, leave].filter((day) => day !== undefined).sort()[0];
};

/** Police reads a protected address by its seat; another by leave alone, to the leave's last day (FM-SEC-4). */
const withoutLeaves = (state: ExitCase): ExitCase => ({ ...state, address: { ...state.address, leaves: [] } });

const withoutThoseUntil = (state: ExitCase, user: string, day: PlainDate): ExitCase => {
  const counts = (member: Membership): boolean => member.user !== user || (membershipUntil(state, member) ?? '9999') > day;
  return { ...state, circle: { ...state.circle, members: state.circle.members.filter(counts) } };
};
