import { instantFromEpoch, type Instant, type PlainDate } from '../domain/kernel/time.js';
import type { RosterRow } from './lists.js';
import { type Pool, withTransaction } from './postgres/pools.js';

/** What the keeper of a unit's inbox sees of the people of his unit (015_people.sql). */
export interface UnitPage {
  readonly unit: string;
  /** Whom the unit usually names when an inquiry is taken. */
  readonly roster: readonly (Omit<RosterRow, 'user_id'> & { readonly user: string })[];
  /** Who is in how many of the cases that he co-ordinates; nobody who is there for a measure alone. */
  readonly access: readonly { readonly user: string; readonly cases: number; readonly left: boolean }[];
  readonly reviews: readonly { readonly by: string; readonly at: Instant; readonly people: number; readonly cases: number }[];
  /** When he is to look them through; null when he co-ordinates none. */
  readonly reviewDue: PlainDate | null;
  /** Cases of the unit that nobody co-ordinates, those in danger first. */
  readonly unattended: readonly { readonly case: string; readonly number: string; readonly danger: boolean }[];
  /** Of those, the cases whose safety card was opened in an emergency, which nobody has gone through. */
  readonly opened: readonly string[];
  /** Of what the contact point was told of the cases he is in as a full member: how much it has not read yet, and since when (FM-NOT-1). */
  readonly unread: { readonly count: number; readonly oldest: Instant | null };
  /** Who took such a case over within four weeks. */
  readonly takenOver: readonly { readonly number: string; readonly by: string; readonly at: Instant }[];
}

/** The page of the caller's unit, with its row in the log; undefined when he keeps none. @throws with code 28000 without a session. */
export const unitPage = async (pool: Pool, token: string): Promise<UnitPage | undefined> => {
  type Raw = Omit<UnitPage, 'unread'> & { readonly unread: { readonly count: number; readonly oldest: number | null } };
  const page = (await pool.query<{ page: Raw | null }>({ name: 'unit-page', text: 'select app.unit_page($1) as page', values: [token] })).rows[0]?.page ?? undefined;
  return page && { ...page, unread: { count: page.unread.count, oldest: page.unread.oldest === null ? null : instantFromEpoch(page.unread.oldest) } };
};

/** A safety card that was opened in a case without a co-ordinator, until it is taken: that it was, and when last. */
export interface OpenedUnattended {
  readonly case: string;
  readonly number: string;
  /** An inquiry that nobody has taken yet; else a case that nobody co-ordinates any more. */
  readonly inbox: boolean;
  readonly at: Instant;
}

export interface UnitDuties {
  readonly review_due: PlainDate | null;
  readonly unattended: number;
  /** Oldest first. */
  readonly opened: readonly OpenedUnattended[];
  /** How many of them have an acute threat, or an emergency opening nobody has gone through. */
  readonly in_danger: number;
}
/** What of the unit's page concerns his day; undefined when he keeps no unit. */
export const unitDuties = async (pool: Pool, token: string): Promise<UnitDuties | undefined> =>
  (await pool.query<UnitDuties & Record<string, unknown>>({ name: 'unit-duties', text: 'select * from app.unit_duties($1)', values: [token] })).rows[0];

/**
 * Names the unit's usual person for an authority, or nobody.
 * @param municipality code, for the municipality's representative; else empty
 * @returns false for a person of another authority or work, and for who keeps no unit.
 */
export const putRoster = async (pool: Pool, token: string, seat: string, municipality: string, user: string | undefined): Promise<boolean> =>
  (await pool.query<{ put: boolean }>({ name: 'put-roster', text: 'select app.put_roster($1, $2, $3, $4) as put', values: [token, seat, municipality, user ?? null] })).rows[0]?.put ?? false;

/** The caller has looked through who has access to the cases he co-ordinates; false when he co-ordinates none (FM-WORK-7). */
export const confirmReview = async (pool: Pool, token: string): Promise<boolean> =>
  (await pool.query<{ kept: boolean }>({ name: 'confirm-review', text: 'select app.confirm_review($1) as kept', values: [token] })).rows[0]?.kept ?? false;

/**
 * A colleague has left: his sessions are over, none begins, and none of his memberships counts any more (FM-WORK-7, control 44).
 * @param pool of the operator
 * @returns false for somebody nobody knows, or who had left already.
 */
export const endAccess = (pool: Pool, issuer: string, subject: string): Promise<boolean> =>
  withTransaction(pool, async (client) => {
    await client.query('set local role udvej_maintenance');
    return (await client.query<{ left: boolean }>('select sec.leave($1, $2) as left', [issuer, subject])).rows[0]?.left ?? false;
  });

/** Says in the log, once a day, how many reviews are late. @param pool of the worker @returns how many it has just said. */
export const alarmLateReviews = async (pool: Pool): Promise<number> =>
  (await pool.query<{ late: number }>({ name: 'late-reviews', text: 'select audit.alarm_late_reviews() as late' })).rows[0]?.late ?? 0;
