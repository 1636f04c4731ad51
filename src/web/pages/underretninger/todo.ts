import { readBy } from '../../../domain/exit-case/notification.js';
import { copenhagenDate, formatDate, type Instant } from '../../../domain/kernel/time.js';
import { paths } from '../../paths.js';
import type { Todo } from '../../ui/todo-list.js';

/** The inbox of notifications as it waits among the contact point's work, due when its oldest is (FM-NOT-1); nothing when it is empty. */
export const notificationsTodo = ({ waiting, oldest }: { readonly waiting: number; readonly oldest: Instant | null }): readonly Todo[] =>
  oldest === null ? [] : [{
    key: 'notifications', title: waiting === 1 ? 'En underretning venter' : `${waiting} underretninger venter`, due: readBy(oldest), href: paths.notifications(), action: 'Se og kvittér', place: 'Kontaktpunktet',
    who: `${waiting === 1 ? 'Den' : 'Den ældste'} er fra ${formatDate(copenhagenDate(oldest))}`,
  }];
