/** What the contact point is told by itself, in words, and how long it has lain unread (FM-NOT-1). The events that tell it stand with their own steps; `follows.ts` gathers them. */

import { addDays, copenhagenDate, daysBetween, formatDate, type Instant, type PlainDate } from '../kernel/time.js';
import type { NotificationKind } from './define.js';

/** Every kind as people read it, in the order of a course. The last is told and seen in its own way (FM-CNF-10). */
export const NOTIFICATION_WORDS: Readonly<Record<NotificationKind, string>> = {
  'assessment-begun': 'Visitationen er begyndt',
  'assessment-ended': 'Visitationen er afbrudt uden afgørelse',
  refused: 'Der er givet afslag',
  'agreement-entered': 'Exitaftalen er indgået',
  'course-status': 'Status på forløbet',
  'course-interrupted': 'Forløbet er afbrudt',
  'course-completed': 'Forløbet er gennemført',
  corrected: 'Rettelse',
  'card-opened': 'Nødopslag',
};

export const isNotificationKind = (text: string): text is NotificationKind => Object.hasOwn(NOTIFICATION_WORDS, text);
/** The kinds that the contact point acknowledges in its inbox; an opening in an emergency is seen on a page of its own. */
export const ACKNOWLEDGED_KINDS: readonly NotificationKind[] = Object.keys(NOTIFICATION_WORDS).filter(isNotificationKind).filter((kind) => kind !== 'card-opened');

/** A notification that a correction says was wrong. */
export interface Corrected {
  readonly kind: NotificationKind;
  readonly at: Instant;
}
/** What a notification tells; of a correction, what does not hold any more, as far as the record says (FM-WORK-2). */
export const notificationWords = (kind: NotificationKind, corrects: Corrected | null): string =>
  kind !== 'corrected'
    ? NOTIFICATION_WORDS[kind]
    : corrects === null
      ? 'Rettelse: noget, I tidligere har fået besked om, var registreret forkert'
      : `Rettelse: “${NOTIFICATION_WORDS[corrects.kind]}” fra ${formatDate(copenhagenDate(corrects.at))} var registreret forkert og gælder ikke`;

/** From so many days on an unread notification looks old, and too old `[+]`. Calendar days in Copenhagen: what came yesterday evening is a day old this morning. */
const OLD_FROM_DAYS = 3;
const TOO_OLD_FROM_DAYS = 7;

export interface NotificationAge {
  readonly days: number;
  readonly state: 'new' | 'old' | 'too-old';
  /** 'I dag', '1 dag', '8 dage'. */
  readonly words: string;
}
/** How long a notification has waited; what the program's clock has not reached yet came today. */
export const notificationAge = (at: Instant, today: PlainDate): NotificationAge => {
  const days = Math.max(0, daysBetween(copenhagenDate(at), today));
  return {
    days,
    state: days >= TOO_OLD_FROM_DAYS ? 'too-old' : days >= OLD_FROM_DAYS ? 'old' : 'new',
    words: days === 0 ? 'I dag' : days === 1 ? '1 dag' : `${days.toLocaleString('da-DK')} dage`,
  };
};

/** The last day on which it is not too old. */
export const readBy = (at: Instant): PlainDate => addDays(copenhagenDate(at), TOO_OLD_FROM_DAYS - 1);
