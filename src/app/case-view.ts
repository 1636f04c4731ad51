import { seesEvent } from '../domain/access/core-view.js';
import { isFullMember, currentMembers } from '../domain/exit-case/circle.js';
import { phaseLabel, phaseOf, stepOf } from '../domain/exit-case/follows.js';
import type { Instant } from '../domain/kernel/time.js';
import type { OpenedCase } from './open-case.js';
import { safeContactOf, wordsOf } from './texts.js';
import { eventTitle } from '../domain/exit-case/event-titles.js';

/** One line of the time line: what happened, when, by whom, with the words this reader may read. */
export interface Happening {
  readonly key: string;
  readonly title: string;
  readonly at: Instant;
  readonly actor: string;
  readonly words: Readonly<Record<string, unknown>>;
}

/** What happened in the case as far as this reader may know, newest first; what he may not see leaves no gap (FM-WORK-6). */
export const happenings = (opened: OpenedCase): readonly Happening[] =>
  [...opened.facts, ...opened.entries]
    .filter((one) => seesEvent(opened.state, opened.actor.user, one))
    .sort((a, b) => b.version - a.version)
    .map((one, index, all) => ({
      key: String(all.length - index), title: eventTitle(one.event), at: one.at, actor: one.actor, words: wordsOf(opened, one.version),
    }));

/** A case as the API shows it to one reader. */
export function caseView(opened: OpenedCase) {
  const { state, id, number, label, actor } = opened;
  const { phase, since } = phaseOf(state);
  const full = isFullMember(state, actor.user);
  return {
    id, number, label, phase, phaseLabel: phaseLabel(phase), since, step: stepOf(state),
    ...(full
      ? {
          place: state.inquiry.place, unit: state.inquiry.unit, municipality: state.inquiry.municipality, safeContact: safeContactOf(opened),
          members: currentMembers(state).map(({ user, role, authority, from }) => ({ user, role, authority, from })),
        }
      : {}),
    contactPerson: state.agreement.contactPerson,
    timeline: happenings(opened).map(({ key: _key, ...one }) => one),
  };
}
