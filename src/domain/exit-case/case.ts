import type { AnyCommand } from '../kernel/command.js';
import { accessionCommands, type AccessionEvent } from './accession.js';
import { acuteThreatCommands, type AcuteThreatEvent, type AcuteThreatState, evolveAcuteThreats, noAcuteThreat } from './acute-threat.js';
import { adviceCommands } from './advice.js';
import { draftingCommands } from './agreement-drafting.js';
import { presentationCommands } from './agreement-presentation.js';
import { termsCommands } from './agreement-terms.js';
import { type AgreementEvent, type AgreementState, evolveAgreement, noAgreement } from './agreement.js';
import { annulmentCommands, type AnnulmentEvent, type AnnulmentState, evolveAnnulments, noAnnulments } from './annulment.js';
import { attachmentCommands } from './attachment.js';
import { assessmentCommands, type AssessmentEvent, type AssessmentState, evolveAssessment, noAssessment } from './assessment.js';
import { type BreachEvent, type BreachState, breachCommands, evolveBreaches, noBreaches } from './breach.js';
import { cardOpeningCommands, type CardOpeningEvent, type CardOpeningState, evolveCardOpenings, noCardOpenings } from './card-opening.js';
import { type CircleEvent, type CircleState, evolveCircle, noCircle } from './circle.js';
import { circleCommands } from './circle-change.js';
import { conclusionCommands, type ConclusionEvent, type ConclusionState, evolveConclusions, noConclusions } from './conclusion.js';
import { consentAnswerCommands } from './consent-answer.js';
import { type ConsentEvent, type ConsentState, evolveConsent, noConsent } from './consent.js';
import { consentWithdrawalCommands } from './consent-withdrawal.js';
import { contactPersonCommands } from './contact-person.js';
import { coordinationCommands, type CoordinationEvent, type CoordinationState, evolveCoordination, noCoordination } from './coordination.js';
import { courseEndCommands, type CourseEndEvent } from './course-end.js';
import { courseCommands, type CourseEvent, type CourseState, evolveCourse, noCourse } from './course.js';
import { decisionCommands, type DecisionEvent, type DecisionState, evolveDecision, noDecision } from './decision.js';
import { deputyCommands } from './deputy.js';
import type { EventMeta } from './define.js';
import { disclosureCommands, type DisclosureEvent, type DisclosureState, evolveDisclosures, noDisclosures } from './disclosure.js';
import { doubleCommands, type DoubleEvent, type DoubleState, evolveDouble, noDouble } from './double.js';
import { endingCommands, type EndingEvent, type EndingState, evolveEnding, noEnding } from './ending.js';
import { evolveGroundwork, groundworkCommands, type GroundworkEvent, type GroundworkState, noGroundwork } from './groundwork.js';
import { handOverCommands } from './hand-over.js';
import { followUpHoldCommands } from './follow-up-hold.js';
import { followUpCommands, type FollowUpEvent } from './follow-up.js';
import { evolveHearing, hearingCommands, type HearingEvent, type HearingState, noHearing } from './hearing.js';
import { evolveInquiry, inquiryCommands, type InquiryEvent, type InquiryState, noInquiry } from './inquiry.js';
import { journalCommands, type JournalEvent } from './journal.js';
import { measureDecisionCommands } from './measure-decision.js';
import { measureProposalCommands } from './measure-proposal.js';
import { measureRequestCommands } from './measure-request.js';
import { measureRunCommands } from './measure-run.js';
import { evolveMeasures, type MeasureEvent, type MeasureState, noMeasures } from './measure.js';
import { evolvePerson, noPerson, personCommands, type PersonEvent, type PersonState } from './person.js';
import { evolvePrevention, noPrevention, preventionCommands, type PreventionEvent, type PreventionState } from './prevention.js';
import { evolvePositions, noPositions, positionCommands, type PositionEvent, type PositionState } from './position.js';
import { evolveProtectedAddress, noProtectedAddress, protectedAddressCommands, type ProtectedAddressEvent, type ProtectedAddressState } from './protected-address.js';
import { evolveQuestions, noQuestions, type QuestionEvent, type QuestionState } from './question.js';
import { questionReadingCommands } from './question-reading.js';
import { questionCommands } from './question-desk.js';
import { renewalCommands } from './renewal.js';
import { referralCommands } from './referral.js';
import { reviewCommands } from './review.js';
import { evolveRetention, noRetention, retentionCommands, type RetentionEvent, type RetentionState } from './retention.js';
import { evolveSafetyCard, noSafetyCard, safetyCardCommands, type SafetyCardEvent, type SafetyCardState } from './safety-card.js';
import { evolveScreenings, noScreenings, screeningCommands, type ScreeningEvent, type ScreeningState } from './screening.js';
import { evolveSecurity, noSecurity, securityCommands, type SecurityEvent, type SecurityState } from './security.js';
import { evolveTargetGroup, noTargetGroup, targetGroupCommands, type TargetGroupEvent, type TargetGroupState } from './target-group.js';
import { unitNamingCommands, type UnitNamingEvent } from './unit-naming.js';

/** All that can have happened in a case: one union, a member per step of the framework. */
export type CaseEvent =
  | InquiryEvent | UnitNamingEvent | CircleEvent | PersonEvent | AssessmentEvent | TargetGroupEvent | GroundworkEvent | ConclusionEvent | HearingEvent | QuestionEvent | DecisionEvent | PreventionEvent | ConsentEvent
  | DisclosureEvent | MeasureEvent | AgreementEvent | AccessionEvent | CoordinationEvent | SecurityEvent | SafetyCardEvent | CardOpeningEvent | ScreeningEvent | AcuteThreatEvent | ProtectedAddressEvent | CourseEvent | FollowUpEvent | BreachEvent | PositionEvent | CourseEndEvent | EndingEvent | DoubleEvent | RetentionEvent | AnnulmentEvent | JournalEvent;

/** What rules judge on: the fold of the core, without a word of text in it. */
export interface ExitCase {
  readonly inquiry: InquiryState;
  readonly circle: CircleState;
  readonly person: PersonState;
  readonly assessment: AssessmentState;
  readonly targetGroup: TargetGroupState;
  readonly groundwork: GroundworkState;
  readonly conclusions: ConclusionState;
  readonly hearing: HearingState;
  readonly questions: QuestionState;
  readonly decision: DecisionState;
  readonly prevention: PreventionState;
  readonly consent: ConsentState;
  readonly disclosures: DisclosureState;
  readonly measures: MeasureState;
  readonly agreement: AgreementState;
  readonly coordination: CoordinationState;
  readonly security: SecurityState;
  readonly safetyCard: SafetyCardState;
  readonly cardOpenings: CardOpeningState;
  readonly screening: ScreeningState;
  readonly acute: AcuteThreatState;
  readonly address: ProtectedAddressState;
  readonly course: CourseState;
  readonly breaches: BreachState;
  readonly positions: PositionState;
  readonly ending: EndingState;
  readonly double: DoubleState;
  readonly retention: RetentionState;
  readonly annulments: AnnulmentState;
}

export const emptyCase: ExitCase = {
  inquiry: noInquiry, circle: noCircle, person: noPerson, assessment: noAssessment, targetGroup: noTargetGroup,
  groundwork: noGroundwork, conclusions: noConclusions, hearing: noHearing,
  questions: noQuestions, decision: noDecision, prevention: noPrevention, consent: noConsent, disclosures: noDisclosures, measures: noMeasures, agreement: noAgreement, coordination: noCoordination,
  security: noSecurity, safetyCard: noSafetyCard, cardOpenings: noCardOpenings, screening: noScreenings, acute: noAcuteThreat, address: noProtectedAddress, course: noCourse, breaches: noBreaches, positions: noPositions, ending: noEnding, double: noDouble, retention: noRetention, annulments: noAnnulments,
};

/** The state after one more fact. Each step folds what concerns it, its own events and its neighbours'. */
export const evolve = (state: ExitCase, event: CaseEvent, meta: EventMeta): ExitCase => ({
  inquiry: evolveInquiry(state.inquiry, event, meta),
  circle: evolveCircle(state.circle, event, meta),
  person: evolvePerson(state.person, event, meta),
  assessment: evolveAssessment(state.assessment, event, meta),
  targetGroup: evolveTargetGroup(state.targetGroup, event, meta),
  groundwork: evolveGroundwork(state.groundwork, event, meta),
  conclusions: evolveConclusions(state.conclusions, event, meta),
  hearing: evolveHearing(state.hearing, event, meta),
  questions: evolveQuestions(state.questions, event, meta),
  decision: evolveDecision(state.decision, event, meta),
  prevention: evolvePrevention(state.prevention, event, meta),
  consent: evolveConsent(state.consent, event, meta),
  disclosures: evolveDisclosures(state.disclosures, event, meta),
  measures: evolveMeasures(state.measures, event, meta),
  agreement: evolveAgreement(state.agreement, event, meta),
  coordination: evolveCoordination(state.coordination, event, meta),
  security: evolveSecurity(state.security, event, meta),
  safetyCard: evolveSafetyCard(state.safetyCard, event, meta),
  cardOpenings: evolveCardOpenings(state.cardOpenings, event, meta),
  screening: evolveScreenings(state.screening, event, meta),
  acute: evolveAcuteThreats(state.acute, event, meta),
  address: evolveProtectedAddress(state.address, event, meta),
  course: evolveCourse(state.course, event, meta),
  breaches: evolveBreaches(state.breaches, event, meta),
  positions: evolvePositions(state.positions, event, meta),
  ending: evolveEnding(state.ending, event, meta),
  double: evolveDouble(state.double, event),
  retention: evolveRetention(state.retention, event),
  annulments: evolveAnnulments(state.annulments, event, meta),
});

export interface RecordedEvent extends EventMeta {
  readonly event: CaseEvent;
}

/** The state of a whole stream. */
export const fold = (stream: readonly RecordedEvent[]): ExitCase =>
  stream.reduce((state, { event, ...meta }) => evolve(state, event, meta), emptyCase);

/** Every command of the exit case, by the names of the vocabulary. */
export const caseCommands: readonly AnyCommand<ExitCase, CaseEvent>[] = [
  ...inquiryCommands, ...unitNamingCommands, ...circleCommands, ...renewalCommands, ...deputyCommands, ...handOverCommands, ...personCommands, ...assessmentCommands, ...targetGroupCommands, ...groundworkCommands, ...conclusionCommands,
  ...adviceCommands, ...hearingCommands, ...questionCommands, ...questionReadingCommands, ...referralCommands, ...decisionCommands, ...reviewCommands, ...preventionCommands,
  ...consentAnswerCommands, ...consentWithdrawalCommands, ...disclosureCommands, ...measureProposalCommands, ...measureRequestCommands, ...measureDecisionCommands, ...measureRunCommands, ...draftingCommands, ...termsCommands, ...contactPersonCommands, ...coordinationCommands, ...presentationCommands, ...accessionCommands,
  ...securityCommands, ...safetyCardCommands, ...cardOpeningCommands, ...screeningCommands, ...acuteThreatCommands, ...protectedAddressCommands, ...courseCommands, ...followUpCommands, ...followUpHoldCommands, ...breachCommands, ...positionCommands, ...courseEndCommands, ...endingCommands, ...doubleCommands, ...retentionCommands, ...annulmentCommands, ...journalCommands, ...attachmentCommands,
];

const byName = new Map(caseCommands.map((one) => [one.name, one]));
export const caseCommand = (name: string): AnyCommand<ExitCase, CaseEvent> | undefined => byName.get(name);
