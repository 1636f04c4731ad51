import type { UserId } from '../kernel/ids.js';
import type { CaseEvent } from './case.js';

/**
 * What brings people into a circle; the opening of a safety card and the naming of a unit, which nobody does as a member: by none of it can be told whether who did it has looked at the
 * case as one who works in it. (Who wrote the inquiry has.) The database asks the same of what is sent (`app.may_be_asked`).
 */
const NO_WORK: readonly CaseEvent['type'][] = ['InquiryTaken', 'CoordinationTakenOver', 'MemberAdded', 'WorkHandedOver', 'CardOpened', 'UnitDisputed', 'UnitNamed'];

/** Whether somebody has worked in the case: done anything in it but come into it. Who has not is asked about a conflict of interest before he sees it (FM-DEC-4). */
export const hasWorked = (events: readonly { readonly actor: UserId; readonly event: Pick<CaseEvent, 'type'> }[], user: UserId): boolean =>
  events.some((one) => one.actor === user && !NO_WORK.includes(one.event.type));
