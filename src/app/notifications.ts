import { seesEvent } from '../domain/access/core-view.js';
import { isFullMember } from '../domain/exit-case/circle.js';
import type { NotificationKind } from '../domain/exit-case/define.js';
import type { Corrected } from '../domain/exit-case/notification.js';
import type { Instant } from '../domain/kernel/time.js';
import { caseNotifications } from '../store/notifications.js';
import type { House } from './house.js';
import type { OpenedCase } from './open-case.js';

/** What the contact point was told of a case, as one of its circle reads it (FM-NOT-1). */
export interface Sent {
  readonly kind: NotificationKind;
  readonly at: Instant;
  /** Null: nobody of the contact point has read it yet. */
  readonly readAt: Instant | null;
  readonly corrects: Corrected | null;
}

/**
 * What was sent to the contact point of an opened case and when it was read, newest first: for full members, and only of what they may know of in the case; nothing for anybody else.
 */
export async function sentOf(house: House, token: string, { id, state, actor, facts }: OpenedCase): Promise<readonly Sent[]> {
  if (!isFullMember(state, actor.user)) return [];
  const known = new Set(facts.filter((one) => seesEvent(state, actor.user, one)).map(({ version }) => version));
  const rows = (await caseNotifications(house.web, token, id)).filter(({ version }) => known.has(version));
  return rows.map(({ kind, at, acknowledged_at: readAt, corrects }) => {
    const wrong = rows.find(({ version }) => version === corrects);
    return { kind, at, readAt, corrects: wrong === undefined ? null : { kind: wrong.kind, at: wrong.at } };
  });
}
