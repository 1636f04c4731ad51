import type { OpenedCase } from '../../app/open-case.js';
import { mayCarryContact } from '../../domain/exit-case/circle-change.js';
import { currentMembers, emptySeats, isSeat, mayHoldSeat, membershipsOf, SEATS } from '../../domain/exit-case/circle.js';
import { ownPart, successorFault } from '../../domain/exit-case/deputy.js';
import type { UserId } from '../../domain/kernel/ids.js';
import type { Colleague, StaffMember } from '../../store/staff.js';

/** People who may be named in a case at all: no auditors, no administrators. */
const nameable = (one: StaffMember): boolean => !one.functions.some((each) => each === 'auditor' || each === 'admin');
const canWorkOnCase = (one: StaffMember): boolean => one.functions.some((each) => each === 'measure_owner' || each.endsWith('_exit'));

const canFollow = ({ state, actor }: OpenedCase, absent: string, one: StaffMember): boolean => {
  const part = ownPart(state, absent, actor.user);
  return one.id !== absent && part.length > 0 && successorFault(state, part, one.id as UserId, one, 'user') === undefined;
};

const canReplace = ({ state, actor }: OpenedCase, one: StaffMember): boolean => {
  const seats = membershipsOf(state, actor.user).filter((member) => member.deputyFor === undefined).map((member) => member.role).filter(isSeat);
  return one.id !== actor.user && seats.length > 0 && seats.every((seat) => mayHoldSeat(state, seat, one));
};

/** Whom a form about a colleague offers: nobody whom the rule of its command refuses whatever else is chosen. @param given whose part it is about, where that is known. */
const fits = (opened: OpenedCase, command: string, absent: readonly UserId[], given: string | undefined) => (one: StaffMember): boolean => {
  switch (command) {
    case 'circle.exclude':
      // May concern anyone but oneself, who has a way of his own.
      return one.id !== opened.actor.user;
    case 'circle.declareConflict':
      return canReplace(opened, one);
    case 'circle.depute':
    case 'circle.handOver': {
      const about = absent.filter((id) => id === given);
      return (about.length > 0 ? about : absent).some((id) => canFollow(opened, id, one));
    }
    case 'circle.add':
      return mayCarryContact(one) || SEATS.some((seat) => mayHoldSeat(opened.state, seat, one));
    case 'screening.ask':
      return one.functions.includes('screening');
    default:
      return canWorkOnCase(one);
  }
};

/** 0 for who can take a seat that stands empty, 1 for who is nearby and not in the case yet, 2 for others nearby, 3 for the rest. */
const rank = ({ state }: OpenedCase, command: string, isNear: (authority: string) => boolean) => (one: StaffMember): number => {
  if (command === 'circle.add' && emptySeats(state).some((seat) => mayHoldSeat(state, seat, one))) return 0;
  if (!isNear(one.authority)) return 3;
  return command === 'circle.add' && currentMembers(state).some((member) => member.user === one.id) ? 2 : 1;
};

/**
 * The colleagues a form offers, those who fit best first and otherwise in the order they come. Who is shut out of the case is absent, as unknown people are (control 20).
 * @param given the person the form is about, where the address or what was typed says so: then only who can follow him.
 */
export function whomToChoose(opened: OpenedCase, command: string, all: readonly Colleague[], how: { readonly absent: readonly UserId[]; readonly given: string | undefined; readonly isNear: (authority: string) => boolean }): readonly Colleague[] {
  const ranked = rank(opened, command, how.isNear);
  const shutOut = new Set<string>(opened.state.circle.excluded);
  return all
    .filter((one) => nameable(one) && ![one.id, ...one.formerly].some((id) => shutOut.has(id))).filter(fits(opened, command, how.absent, how.given))
    .map((one) => ({ one, at: ranked(one) })).sort((a, b) => a.at - b.at).map(({ one }) => one);
}
