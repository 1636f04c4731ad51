import type { UserId } from '../kernel/ids.js';
import type { CaseEvent } from './case.js';

/** An event by which its own actor came into the circle: he took the inquiry, or took the case over. It says nothing of whether he has looked at the case. */
const broughtIn = (event: CaseEvent, user: UserId): boolean => {
  switch (event.type) {
    case 'InquiryTaken':
    case 'CoordinationTakenOver':
      return true;
    case 'MemberAdded':
      return event.user === user;
    case 'WorkHandedOver':
      return event.to === user;
    default:
      return false;
  }
};

/** Whether somebody has worked in the case: done anything in it but come into it. Who has not is asked about a conflict of interest before he sees it (FM-DEC-4). */
export const hasWorked = (events: readonly { readonly actor: UserId; readonly event: CaseEvent }[], user: UserId): boolean =>
  events.some((one) => one.actor === user && !broughtIn(one.event, user));
