import type pg from 'pg';
import { addDays, instantOf, type PlainDate } from '../../domain/kernel/time.js';
import { asOwner } from './history/history-staff.js';

/** What the contact point of a demonstration has left unread: enough to see it age. */
const LEFT_DAYS = 9;

/**
 * The contact point has read what was sent long ago, the day after it came: it reads at its desk and by no command of a case, so the telling of the cases leaves everything unread. By whom is
 * not said, for the log knows of none (FM-NOT-1).
 * @param caseId of this case alone; else of all
 */
export const readLongAgo = (client: pg.Client, day: PlainDate, caseId?: string): Promise<void> =>
  asOwner(
    client,
    `update app.notification set acknowledged_at = at + interval '1 day'
       where acknowledged_at is null and kind <> 'card-opened' and at < $1 and case_id = coalesce($2, case_id)`,
    [instantOf(addDays(day, -LEFT_DAYS), 0, 0), caseId ?? null],
  );
