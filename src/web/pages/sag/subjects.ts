import { type Action, actionsOf } from '../../../app/actions.js';
import type { OpenedCase } from '../../../app/open-case.js';
import { seesMeasure } from '../../../domain/access/scopes.js';
import { acuteThreat } from '../../../domain/exit-case/acute-threat.js';
import { unheardBreaches } from '../../../domain/exit-case/breach.js';
import { looksAt } from '../../../domain/exit-case/card-opening.js';
import { actsFor } from '../../../domain/exit-case/circle.js';
import { knownExceptions } from '../../../domain/exit-case/contact-person.js';
import { needsCoordination } from '../../../domain/exit-case/coordination.js';
import { taskRows } from '../../../domain/exit-case/follows.js';
import { isAddressProtected, protectionSteps } from '../../../domain/exit-case/protected-address.js';
import type { Measure } from '../../../domain/exit-case/measure.js';
import type { Instant } from '../../../domain/kernel/time.js';

const measureIn = (...status: readonly Measure['status'][]) => ({ state, actor }: OpenedCase): boolean =>
  state.measures.measures.some((one) => status.includes(one.status) && seesMeasure(state, actor.user, one));

/** Commands about one thing among several, with whether the case has any such thing. */
const SUBJECTS: Readonly<Record<string, (opened: OpenedCase) => boolean>> = {
  'measure.request': measureIn('proposed'),
  'measure.decide': measureIn('proposed', 'requested'),
  'measure.chooseLater': measureIn('requested', 'granted'),
  'measure.start': measureIn('granted'),
  'measure.report': measureIn('started'),
  'measure.complete': measureIn('started'),
  'measure.stop': measureIn('started'),
  'measure.setOwner': measureIn('proposed', 'requested', 'granted', 'started'),
  'security.confirmPrecaution': ({ state, actor }) => state.security.precautions.some((one) => actsFor(state, actor.user, one.worker) && one.confirmedOn === undefined),
  'security.confirmAlert': ({ state, actor }) => acuteThreat(state)?.seenBy.every((one) => one !== actor.user) === true,
  'safetyCard.noteOpening': ({ state, actor }) => state.cardOpenings.some((one) => looksAt(state, actor.user, one)),
  'security.liftAcute': ({ state }) => acuteThreat(state) !== undefined,
  'address.protect': ({ state, actor }) => protectionSteps(state, actor.user).length > 0,
  'address.hold': ({ state }) => isAddressProtected(state),
  'address.allow': ({ state }) => isAddressProtected(state) && state.address.heldOn !== undefined,
  'address.withdraw': ({ state }) => state.address.leaves.length > 0,
  'breach.hear': ({ state }) => unheardBreaches(state).length > 0,
  'hearing.answer': ({ state }) => state.hearing.hearings.some((one) => one.deadline !== undefined && one.answeredOn === undefined),
  'agreement.recordCoordination': ({ state }) => needsCoordination(state),
  'contactPerson.endException': ({ state, actor }) => knownExceptions(state, actor.user).length > 0,
  // A note is corrected from where it stands.
  'journal.correct': () => false,
};

/** What pages lead to: the reader's commands, without those that there is nothing for to be about. */
export const pageActions = (opened: OpenedCase, now: Instant): readonly Action[] => actionsOf(opened, now).filter(({ name }) => SUBJECTS[name]?.(opened) ?? true);

/** What waits for the reader himself: of a page's acts the ones that come first. */
export const waitingForMe = ({ state, actor }: OpenedCase): ReadonlySet<string> =>
  new Set(taskRows(state).filter((row) => row.mine && row.reader === actor.user).map((row) => row.command));

/** Commands that are given about a thing where that thing stands, and are no steps of the case by themselves. */
export const isAboutOneThing = (command: string): boolean => Object.hasOwn(SUBJECTS, command);
