import type { CaseEvent, RecordedEvent } from '../../domain/exit-case/case.js';
import { measureOf } from '../../domain/exit-case/measure.js';
import type { ScopeKind } from '../../domain/kernel/command.js';
import { underLawEnforcementAct } from '../../domain/reference/authorities.js';
import type { OpenedCase } from '../open-case.js';
import type { Shown } from './records.js';

/** What the person is shown: material of police and Kriminalforsorgen is under the law-enforcement act, and the precautions protect others as well. */
export const INSIGHT_KINDS: readonly ScopeKind[] = ['identity', 'general', 'health', 'economy', 'measure'];

/**
 * What the person is shown of a happening. `told`: he said it or was given it, so its words are his, whoever wrote them down. `there`: he knows that it happened; what
 * police and Kriminalforsorgen noted about it is theirs. `recorded`: an authority's own record, theirs altogether. A type that is not here is never shown: what is done
 * in the circle, what is weighed before it is decided, and all that guards him and others.
 */
const SHOWN: Readonly<Partial<Record<CaseEvent['type'], 'told' | 'there' | 'recorded'>>> = {
  InquiryRegistered: 'told', PersonUpdated: 'told', HearingSent: 'told', HearingAnswered: 'told', CaseAccepted: 'told', CaseRefused: 'told', ReviewDecided: 'told',
  ConsentGiven: 'told', ConsentRefused: 'told', ConsentWithdrawn: 'told', BreachHeard: 'told', CourseInterrupted: 'told', CourseCompleted: 'told', DischargeWritten: 'told',
  InquiryConveyed: 'there', InquiryClosed: 'there', ResidenceChanged: 'there', SafeContactSet: 'there', AssessmentBegun: 'there', AssessmentInterrupted: 'there', PreventionOffered: 'there',
  ContactPersonAppointed: 'there', AgreementPresented: 'there', PartyAcceded: 'there', AgreementEntered: 'there', FollowUpHeld: 'there', FollowUpRescheduled: 'there', CourseExtended: 'there',
  MeasureRequested: 'recorded', MeasureLaterChosen: 'recorded', MeasureDecided: 'recorded', MeasureStarted: 'recorded', MeasureReported: 'recorded', MeasureCompleted: 'recorded', MeasureStopped: 'recorded',
  DisclosureRecorded: 'recorded', NoteAdded: 'recorded', MeetingRecorded: 'recorded', NoteCorrected: 'recorded', AttachmentAdded: 'recorded',
};

/** What the person is shown of one case (FM-LAW-4). @param authorityOf by user; of whom nothing is known is taken for police. */
export function toldOf({ state }: OpenedCase, authorityOf: (user: string) => string | undefined): Shown {
  const isTheirs = ({ event, actor }: RecordedEvent): boolean => {
    const author = state.circle.members.find((one) => one.user === actor)?.authority ?? authorityOf(actor);
    const owner = 'measure' in event && typeof event.measure === 'string' ? measureOf(state, event.measure)?.authority : undefined;
    return author === undefined || underLawEnforcementAct(author) || (owner !== undefined && underLawEnforcementAct(owner));
  };
  return {
    event: (one) => {
      const { event } = one;
      if ('scope' in event && !INSIGHT_KINDS.includes(event.scope)) return false;
      // A hearing that was left out is not told to whom it would have been sent.
      if (event.type === 'HearingSent' && event.deadline === undefined) return false;
      const shown = SHOWN[event.type];
      return shown !== undefined && (shown !== 'recorded' || !isTheirs(one));
    },
    words: (one, kind) => INSIGHT_KINDS.includes(kind) && (SHOWN[one.event.type] === 'told' || !isTheirs(one)),
  };
}
