import { seesEvent, seesProgress, seesWhoItIsAbout } from '../domain/access/core-view.js';
import { seesMeasure, seesMember } from '../domain/access/scopes.js';
import { acuteThreat } from '../domain/exit-case/acute-threat.js';
import { isAddressProtected } from '../domain/exit-case/protected-address.js';
import { actsFor, currentMembers, isFullMember, membershipsOf } from '../domain/exit-case/circle.js';
import { type EventCategory, eventCategory, eventTitle } from '../domain/exit-case/event-titles.js';
import { phaseLabel, phaseOf, stepOf } from '../domain/exit-case/follows.js';
import type { Instant } from '../domain/kernel/time.js';
import { requirementWords } from './agreement-words.js';
import { filesOf } from './attachments.js';
import { eventAbout } from './event-about.js';
import type { OpenedCase } from './open-case.js';
import { reviewedRefusal, unitHasUntil } from './reviewed-refusal.js';
import { safeContactOf, wordsOf } from './texts.js';

/** One line of the time line: what happened, when, by whom, with the words this reader may read. */
export interface Happening {
  readonly key: string;
  readonly title: string;
  /** The party or the measure it is about, as far as this reader may know: 'Bolig'. */
  readonly about?: string;
  readonly category: EventCategory;
  readonly at: Instant;
  readonly actor: string;
  /** Who left the circle, which is not always who did it; as far as this reader may know. */
  readonly person?: string;
  readonly words: Readonly<Record<string, unknown>>;
}

/** What happened in the case as far as this reader may know, newest first; what he may not see leaves no gap (FM-WORK-6). */
export const happenings = (opened: OpenedCase): readonly Happening[] =>
  [...opened.facts, ...opened.entries]
    .filter((one) => seesEvent(opened.state, opened.actor.user, one))
    .sort((a, b) => b.version - a.version)
    .map((one, index, all) => {
      const about = eventAbout(opened.state, opened.actor.user, one.event);
      return {
        key: String(all.length - index), title: eventTitle(one.event), ...(about === undefined ? {} : { about }), category: eventCategory(one.event.type), at: one.at, actor: one.actor,
        ...(one.event.type === 'MemberRemoved' && seesWhoItIsAbout(opened.state, opened.actor.user, one.event) ? { person: one.event.user } : {}), words: wordsOf(opened, one.version),
      };
    });

/** The measures the reader may know of, with the ids that commands ask for (access.md). */
const measuresSeen = ({ state, actor }: OpenedCase) =>
  state.measures.measures.filter((measure) => seesMeasure(state, actor.user, measure));

/** What a full member sees beside his measures: the facts that commands refer to by id. */
const unitPart = (opened: OpenedCase) => {
  const { state, actor } = opened;
  return {
    place: state.inquiry.place, unit: state.inquiry.unit, municipality: state.inquiry.municipality, safeContact: safeContactOf(opened),
    members: currentMembers(state).filter((one) => seesMember(state, actor.user, one)).map(({ user, role, authority, from }) => ({ user, role, authority, from })),
    consent: { status: state.consent.status, kinds: state.consent.kinds, authorities: state.consent.authorities },
    requirements: [...requirementWords(opened)].map(([id, text]) => ({ id, text })),
    hearings: state.hearing.hearings,
    breaches: state.breaches.breaches.map(({ id, on }) => ({ id, on })),
    protectedAddress: isAddressProtected(state),
    acuteThreat: acuteThreat(state) !== undefined,
    precautions: state.security.precautions.filter((one) => actsFor(state, actor.user, one.worker)),
  };
};

/** The questions the reader has taken; of a review with the refusal it is of, and until when the unit is waited for, as on the screen (FM-DEC-2). */
const questionsTaken = (opened: OpenedCase) =>
  membershipsOf(opened.state, opened.actor.user).flatMap(({ question }) => {
    if (question === undefined) return [];
    const [refusal, awaitedUntil] = [reviewedRefusal(opened, question), unitHasUntil(opened, question)];
    return [{ id: question, ...(refusal === undefined ? {} : { refusal, awaitedUntil: awaitedUntil ?? null }) }];
  });

/** A case as the API shows it to one reader. */
export function caseView(opened: OpenedCase) {
  const { state, id, number, label, actor } = opened;
  const { phase, since } = phaseOf(state);
  const full = isFullMember(state, actor.user);
  const measures = measuresSeen(opened);
  const known = new Set<string>(measures.map((measure) => measure.id));
  const progress = seesProgress(state, actor.user) ? { phase, phaseLabel: phaseLabel(phase), since, step: stepOf(state), contactPerson: state.agreement.contactPerson } : {};
  return {
    id, number, label, ...progress,
    ...(full ? unitPart(opened) : {}),
    questions: questionsTaken(opened),
    measures,
    agreement: state.agreement.versions.map((version) => ({
      number: version.number, status: version.status, validFrom: version.validFrom, validTo: version.validTo, measures: version.measures.filter((one) => known.has(one.measure)),
      requirements: full ? version.requirements : version.requirements.filter((one) => one.measure !== undefined && known.has(one.measure)),
    })),
    attachments: filesOf(opened),
    timeline: happenings(opened).map(({ key: _key, ...one }) => one),
  };
}
