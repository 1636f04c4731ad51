import type { CaseEvent, RecordedEvent } from '../../domain/exit-case/case.js';
import { measureOf } from '../../domain/exit-case/measure.js';
import { decisivePositions } from '../../domain/exit-case/question-outcome.js';
import type { ScopeKind } from '../../domain/kernel/command.js';
import { underLawEnforcementAct } from '../../domain/reference/authorities.js';
import type { OpenedCase } from '../open-case.js';
import type { Shown } from './records.js';

/** What the person is shown; of what was asked of the contact point, only what became its decision. Material of police and Kriminalforsorgen is under the law-enforcement act, and the precautions protect others as well. */
export const INSIGHT_KINDS: readonly ScopeKind[] = ['identity', 'general', 'health', 'economy', 'measure', 'bundle'];

/**
 * What the person is shown of a happening. `told`: he said it or was given it, so its words are his, whoever wrote them down. `there`: he knows that it happened; what
 * police and Kriminalforsorgen noted about it is theirs. `recorded`: an authority's own record, theirs altogether. A type that is not here is never shown: what is done
 * in the circle, what is weighed before it is decided, and all that guards him and others.
 */
const SHOWN: Readonly<Partial<Record<CaseEvent['type'], 'told' | 'there' | 'recorded'>>> = {
  InquiryRegistered: 'told', HearingSent: 'told', HearingAnswered: 'told', CaseAccepted: 'told', CaseRefused: 'told', ReviewDecided: 'told', OfficialPositionGiven: 'told',
  ConsentRefused: 'told', BreachHeard: 'told', CourseInterrupted: 'told',
  // Where his paper lies, how it was learnt that he takes his word back, and why a course is over: he was there, and nobody gave him the words.
  ConsentGiven: 'there', ConsentWithdrawn: 'there', CourseCompleted: 'there',
  DecisionGiven: 'there', InquiryConveyed: 'there', UnitNamed: 'there', InquiryClosed: 'there', SafeContactSet: 'there', AssessmentBegun: 'there', AssessmentInterrupted: 'there', PreventionOffered: 'there',
  ContactPersonAppointed: 'there', AgreementPresented: 'there', PartyAcceded: 'there', AgreementEntered: 'there', FollowUpHeld: 'there', FollowUpRescheduled: 'there', CourseExtended: 'there',
  // What is noted of him and where he lives may be watched for, and he need not know that it is known.
  PersonUpdated: 'recorded', ResidenceChanged: 'recorded', DischargeWritten: 'recorded',
  MeasureRequested: 'recorded', MeasureLaterChosen: 'recorded', MeasureDecided: 'recorded', MeasureStarted: 'recorded', MeasureReported: 'recorded', MeasureCompleted: 'recorded', MeasureStopped: 'recorded',
  DisclosureRecorded: 'recorded', NoteAdded: 'recorded', MeetingRecorded: 'recorded', NoteCorrected: 'recorded', AttachmentAdded: 'recorded',
};

/** How it was known, and what the unit learnt for other units (FM-END-4, FM-NCP-3): the staff's words among themselves, whoever wrote them. */
const UNSAID: Readonly<Partial<Record<CaseEvent['type'], readonly string[]>>> = { PersonUpdated: ['reason'], DischargeWritten: ['experiences'] };

/** That what was left out, or found without him, is not told to him either: a hearing to whom it would have been sent, an account he was not asked for. */
const wasThere = (event: CaseEvent): boolean => {
  switch (event.type) {
    case 'HearingSent':
      return event.deadline !== undefined;
    case 'BreachHeard':
      return event.outcome !== 'unreachable';
    case 'PreventionOffered':
      return event.outcome !== 'no-need';
    default:
      return true;
  }
};

/** The reasons of officials whose position is the decision stand in the letter to him; nobody else's are said, nor what one of them first held (FM-DEC-1). */
const isInTheLetter = ({ questions }: OpenedCase['state'], { question: id }: Extract<CaseEvent, { type: 'OfficialPositionGiven' }>, version: number): boolean => {
  const question = questions.questions.find((one) => one.id === id);
  return question !== undefined && decisivePositions(question).some((one) => one.version === version);
};

/** What the person is shown of one case (FM-LAW-4). @param authorityOf by user; of whom nothing is known is taken for police. */
export function toldOf({ state, entries }: Pick<OpenedCase, 'state' | 'entries'>, authorityOf: (user: string) => string | undefined): Shown {
  const isTheirs = ({ event, actor }: RecordedEvent): boolean => {
    const author = state.circle.members.find((one) => one.user === actor)?.authority ?? authorityOf(actor);
    const owner = 'measure' in event && typeof event.measure === 'string' ? measureOf(state, event.measure)?.authority : undefined;
    // That they were told of him is theirs to say.
    const receiver = event.type === 'DisclosureRecorded' ? event.to : undefined;
    return author === undefined || [author, owner, receiver].some((one) => one !== undefined && underLawEnforcementAct(one)) || correctsTheirs(event);
  };
  /** A correction tells that there is a note, and most of what is in it. */
  const correctsTheirs = (event: CaseEvent): boolean => {
    if (event.type !== 'NoteCorrected') return false;
    const note = entries.find((one) => 'entry' in one.event && one.event.entry === event.corrects);
    return note === undefined || isTheirs(note);
  };
  return {
    event: (one) => {
      const { event } = one;
      if ('scope' in event && !INSIGHT_KINDS.includes(event.scope)) return false;
      if (event.type === 'OfficialPositionGiven' && !isInTheLetter(state, event, one.version)) return false;
      const shown = SHOWN[event.type];
      return shown !== undefined && wasThere(event) && (shown !== 'recorded' || !isTheirs(one));
    },
    // Who he is, is an authority's own record also where it came in with what he said. Of what the contact point read, only the reasons in his letter: not what is known of where he belongs.
    words: (one, kind) => INSIGHT_KINDS.includes(kind) && (kind !== 'bundle' || one.event.type === 'OfficialPositionGiven') && ((SHOWN[one.event.type] === 'told' && kind !== 'identity') || !isTheirs(one)),
    unsaid: ({ event }) => UNSAID[event.type] ?? [],
  };
}
