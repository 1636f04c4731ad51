import type { NotificationKind } from '../domain/exit-case/define.js';
import type { Corrected } from '../domain/exit-case/notification.js';
import { instantFromEpoch, type Instant } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** Something the contact point was told by itself (FM-NOT-1): structure only. */
export interface Notification {
  readonly id: string;
  readonly caseId: string;
  readonly kind: NotificationKind;
  readonly number: string;
  readonly unit: string;
  readonly at: Instant;
  /** When the first of its officials acknowledged it, and who. */
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
  /** Of a correction: what does not hold any more; null also where the record does not say. */
  readonly corrects: Corrected | null;
  /** When it was itself corrected. */
  readonly correctedAt: Instant | null;
  /** Its case has ended as a double, and counts nowhere (FM-STA-4). */
  readonly endedAsDouble: boolean;
}

export interface UnitWaiting {
  readonly unit: string;
  readonly waiting: number;
  readonly oldest: Instant;
}
export interface Notifications {
  /** Not acknowledged yet, of those that were asked for. */
  readonly waiting: number;
  /** All of those that were asked for, not only those of the page; of what was acknowledged the latest, `PAGES_OF_READ` pages at most. */
  readonly total: number;
  /** From 1; the last one where one beyond it was asked for. */
  readonly page: number;
  readonly rows: readonly Notification[];
  /** Every unit with any that wait, whatever was asked for; the one that has waited longest first. */
  readonly units: readonly UnitWaiting[];
}

/** As the database writes moments in its own JSON: milliseconds since 1970. */
interface RawNotification extends Omit<Notification, 'at' | 'acknowledgedAt' | 'corrects' | 'correctedAt'> {
  readonly at: number;
  readonly acknowledgedAt: number | null;
  readonly corrects: { readonly kind: NotificationKind; readonly at: number } | null;
  readonly correctedAt: number | null;
}
interface RawPage extends Omit<Notifications, 'rows' | 'units'> {
  readonly rows: readonly RawNotification[];
  readonly units: readonly (Omit<UnitWaiting, 'oldest'> & { readonly oldest: number })[];
}
const moment = (at: number | null): Instant | null => (at === null ? null : instantFromEpoch(at));
const readable = ({ at, acknowledgedAt, corrects, correctedAt, ...row }: RawNotification): Notification => ({
  ...row, at: instantFromEpoch(at), acknowledgedAt: moment(acknowledgedAt), corrects: corrects && { kind: corrects.kind, at: instantFromEpoch(corrects.at) }, correctedAt: moment(correctedAt),
});

/** Of what was acknowledged the list goes no further back, whatever the size of its pages. */
export const PAGES_OF_READ = 100;

/** What is asked for of the list. */
export interface NotificationsAsked {
  /** Also what was acknowledged; without it what waits. */
  readonly all: boolean;
  readonly unit?: string;
  /** Left out: every kind, openings in an emergency among them. */
  readonly kinds?: readonly NotificationKind[];
  /** How many on a page. */
  readonly limit: number;
  /** From 1. */
  readonly page: number;
}

/** A page of what the contact point was told, what waits first and oldest first, with its row in the log; nothing for anybody else. @throws with code 28000 without a session. */
export async function listNotifications(pool: Pool, token: string, { all, unit, kinds, limit, page }: NotificationsAsked): Promise<Notifications> {
  const { rows: [row] } = await pool.query<{ list: RawPage }>({
    name: 'list-notifications', text: 'select app.list_notifications($1, $2, $3, $4, $5, $6) as list', values: [token, all, unit ?? null, kinds ?? null, limit, page],
  });
  if (row === undefined) throw new Error('the database gave no list of notifications');
  return { ...row.list, rows: row.list.rows.map(readable), units: row.list.units.map(({ oldest, ...one }) => ({ ...one, oldest: instantFromEpoch(oldest) })) };
}

/** How many wait for the contact point and since when; none for anybody else. @throws with code 28000 without a session. */
export const notificationsWaiting = async (pool: Pool, token: string): Promise<{ readonly waiting: number; readonly oldest: Instant | null }> =>
  (await pool.query<{ waiting: number; oldest: Instant | null }>({ name: 'notifications-waiting', text: 'select * from app.notifications_waiting($1)', values: [token] })).rows[0] ?? { waiting: 0, oldest: null };

/** What came of acknowledging, by their ids, oldest first. */
export interface Acknowledged {
  readonly acknowledged: readonly string[];
  /** Somebody had done so before, the caller himself or a colleague. */
  readonly already: readonly string[];
  /** Openings in an emergency, which are seen on a page of their own and stay as they are. */
  readonly emergencies: readonly string[];
}
/** As many at a time. */
export const MOST_ACKNOWLEDGED = 100;

/**
 * The contact point has read them, once each and in the log of each case. All or, where one of them is unknown, none; unknown is also what belongs to a case that shuts the caller out.
 * @param ids at most `MOST_ACKNOWLEDGED`; undefined: all of the case
 * @param caseId they are of this case
 * @returns undefined when the caller is not of the contact point or was told of no such case, which the log says
 * @throws with code 28000 without a session.
 */
export const acknowledge = (pool: Pool, token: string, ids: readonly string[] | undefined, caseId?: string): Promise<Acknowledged | 'unknown' | undefined> =>
  inSession(pool, token, async (client) => {
    const { rows: [row] } = await client.query<{ done: Acknowledged | { readonly unknown: true } | null }>('select sec.acknowledge($1, $2) as done', [ids ?? null, caseId ?? null]);
    const done = row?.done ?? undefined;
    return done !== undefined && 'unknown' in done ? 'unknown' : done;
  });

/** Something the contact point was told of one of the reader's own cases, and when it was read; never by whom. */
export interface SentNotification {
  /** Of the event that told it. */
  readonly version: number;
  readonly kind: NotificationKind;
  readonly at: Instant;
  readonly acknowledged_at: Instant | null;
  /** Of a correction: the event whose notification does not hold any more. */
  readonly corrects: number | null;
}
/** Newest first; rows for full members of the case only, and none of openings in an emergency. */
export const caseNotifications = async (pool: Pool, token: string, caseId: string): Promise<readonly SentNotification[]> =>
  (await pool.query<SentNotification & Record<string, unknown>>({ name: 'case-notifications', text: 'select * from app.case_notifications($1, $2)', values: [token, caseId] })).rows;
