import type { MeasureId, UserId } from '../kernel/ids.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, addWorkingDays, copenhagenDate, type PlainDate } from '../kernel/time.js';
import type { DraftingEvent } from './agreement-drafting.js';
import type { PresentationEvent } from './agreement-presentation.js';
import type { TermsEvent } from './agreement-terms.js';
import { type AgreementVersion, entered, opened, withoutAccession } from './agreement-version.js';
import type { CaseEvent, ExitCase } from './case.js';
import { isFullMember, type Seat, seatsOf, seatsToSpeak } from './circle.js';
import type { ContactException, ContactPersonEvent } from './contact-person.js';
import { coordinationTasks } from './coordination.js';
import { isAccepted } from './decision.js';
import type { CasePermission, EventMeta, NotificationKind, Task } from './define.js';
import { isClosed, notClosed } from './ending.js';
import { holderOf, leadSeat, votingSeats } from './vote.js';

export type { Accession, AgreedMeasure, AgreementVersion, Party, Requirement } from './agreement-version.js';
export { wordsOf } from './agreement-version.js';

export type AgreementEvent = DraftingEvent | TermsEvent | PresentationEvent | ContactPersonEvent;

/** What a fixed representative has recorded before the draft is presented (FM-AGR-9). */
export interface Contribution {
  readonly seat: Seat;
  readonly authority: string;
  readonly nothing: boolean;
}

export interface AgreementState {
  readonly contactPerson?: UserId;
  readonly drafter?: Seat;
  readonly contributions: readonly Contribution[];
  readonly versions: readonly AgreementVersion[];
  /** Authorities that may be in touch with the candidate beside the contact person, and since when (FM-AGR-7). */
  readonly exceptions: readonly ContactException[];
  /** The day the contact person last told the unit how each element stands (FM-AGR-10). */
  readonly statusOn?: PlainDate;
  /** Part of the agreement in force has changed since then: the day it did. */
  readonly changedOn?: PlainDate;
}
export const noAgreement: AgreementState = { contributions: [], versions: [], exceptions: [] };

const change = (state: AgreementState, number: number, how: (version: AgreementVersion) => AgreementVersion): AgreementState => ({
  ...state,
  versions: state.versions.map((version) => (version.number === number ? how(version) : version)),
});

/** A part of the agreement in force has changed: the contact person is to tell the unit at once (FM-AGR-10). */
const changed = (state: AgreementState, measure: MeasureId, on: PlainDate): AgreementState =>
  state.versions.some((version) => version.status === 'entered' && version.measures.some((one) => one.measure === measure))
    ? { ...state, changedOn: state.changedOn ?? on }
    : state;

export const evolveAgreement = (state: AgreementState, event: CaseEvent, meta: EventMeta): AgreementState => {
  switch (event.type) {
    case 'ContactPersonAppointed':
      return { ...state, contactPerson: event.user };
    case 'WorkHandedOver':
      return state.contactPerson === event.user ? { ...state, contactPerson: event.to } : state;
    case 'ContactExceptionAllowed': {
      const { type: _type, ...exception } = event;
      const others = state.exceptions.filter((one) => one.authority !== event.authority);
      return { ...state, exceptions: [...others, { ...exception, by: meta.actor }] };
    }
    case 'ContactExceptionEnded':
      return { ...state, exceptions: state.exceptions.filter((one) => one.authority !== event.authority) };
    case 'DrafterAssigned':
      return { ...state, drafter: event.seat };
    case 'ContributionRecorded': {
      const { type: _type, ...contribution } = event;
      return {
        ...state,
        contributions: [
          ...state.contributions.filter((one) => one.seat !== event.seat || one.authority !== event.authority),
          contribution,
        ],
      };
    }
    case 'AgreementVersionOpened':
      return { ...state, versions: opened(state.versions, event.version, event.on, event.from) };
    case 'TermsSet': {
      const { type: _type, version: _version, ...terms } = event;
      // An edit of what was presented voids what was acceded to it (FM-AGR-8).
      return change(state, event.version, ({ presentedOn: _presented, ...version }) => ({
        ...version,
        ...terms,
        status: 'draft',
        accessions: [],
        keptWords: [],
      }));
    }
    case 'AgreementPresented':
      return change(state, event.version, (version) => ({
        ...version,
        status: 'presented',
        presentedOn: event.on,
        accessions: event.kept,
        keptWords: event.keptWords,
      }));
    case 'PartyAcceded': {
      const accession = { party: event.party, version: meta.version, measures: event.measures, words: event.words };
      return change(state, event.version, (version) => ({ ...version, accessions: [...version.accessions, accession] }));
    }
    case 'AgreementEntered':
      return { ...state, statusOn: event.on, versions: entered(state.versions, event.version, meta.version, event.on, event.unit) };
    case 'RecordAnnulled':
      return event.what === 'accession'
        ? { ...state, versions: withoutAccession(state.versions, event.version, event.leavesForce) }
        : state;
    case 'AgreementStatusReported': {
      const { changedOn: _told, ...rest } = state;
      return { ...rest, statusOn: event.on };
    }
    case 'MeasureStopped':
    case 'MeasureCompleted':
      return changed(state, event.measure, event.on);
    case 'MeasureReported':
      return event.deviates ? changed(state, event.measure, copenhagenDate(meta.at)) : state;
    default:
      return state;
  }
};

/** All versions, oldest first; superseded ones stay readable (FM-AGR-4). */
export const versionsOf = (state: ExitCase): readonly AgreementVersion[] => state.agreement.versions;

/** The newest version that is not superseded: the draft or presented one when there is one, else the one in force. */
export const currentVersion = (state: ExitCase): AgreementVersion | undefined => {
  const newest = state.agreement.versions.at(-1);
  return newest?.status === 'superseded' ? undefined : newest;
};

/** The version in force, if one is; it stays so until the next is entered (FM-AGR-4, FM-CUS-9). */
export const agreementInForce = (state: ExitCase): AgreementVersion | undefined =>
  state.agreement.versions.find((one) => one.status === 'entered');

/** The version that is being written or acceded to. */
export const openVersion = (state: ExitCase): AgreementVersion | undefined =>
  state.agreement.versions.find((one) => one.status === 'draft' || one.status === 'presented');

/** The seats that have not recorded their contribution for the authority that holds them now (FM-AGR-9). */
export const seatsWithoutContribution = (state: ExitCase): readonly Seat[] =>
  votingSeats(state).filter((seat) => {
    const authority = holderOf(state, seat)?.authority;
    return !state.agreement.contributions.some(
      (one) => one.seat === seat && (authority === undefined || one.authority === authority),
    );
  });

/** The case has a contact person, and he is in the circle (FM-AGR-7). */
export const hasContactPerson = (state: ExitCase): boolean =>
  state.agreement.contactPerson !== undefined && isFullMember(state, state.agreement.contactPerson);

/** The seat that writes the agreement; undefined when none was chosen, or it no longer speaks after a change of place (FM-AGR-1). */
export const drafterSeat = (state: ExitCase): Seat | undefined =>
  seatsToSpeak(state).find((seat) => seat === state.agreement.drafter);

/** Who holds the seat that writes the agreement. */
export const drafter: CasePermission = {
  test: (state, actor) => seatsOf(state, actor.user).some((seat) => seat === drafterSeat(state)),
  who: 'den myndighed, der er valgt til at skrive aftalen,',
};

/** Why nothing can be done about an agreement now: not accepted yet, or the course is over; undefined when it can (FM-AGR-1). */
export const agreementNotDue = (state: ExitCase): Rejection | undefined => {
  if (isClosed(state)) return notClosed(state);
  if (!isAccepted(state))
    return reject('FM-AGR-1', ['decision'], 'Aftalen hører til, når kandidaten er optaget. Træf først afgørelse om optagelse.');
  return state.course.status === 'none' || state.course.status === 'running'
    ? undefined
    : reject('FM-AGR-1', ['course'], 'Forløbet er slut. Der skal ikke laves flere aftaler i sagen.');
};

/** Days after acceptance in which the unit settles who writes and who carries the contact, and each says what it can offer `[+]`. */
const SETTLE_WITHIN_DAYS = 14;
/** Days after acceptance in which the draft is presented `[+]`. */
const PRESENT_WITHIN_DAYS = 28;
/** Working days to tell the unit that part of the agreement has changed: "at once" (FM-AGR-10). */
const TELL_WITHIN_WORKING_DAYS = 1;

/** The task of settling the content: from acceptance to the first agreement, and again whenever a new version is open. */
const settlingTasks = (state: ExitCase, acceptedOn: PlainDate): readonly Task[] => {
  const unit = { seat: leadSeat(state) };
  const open = openVersion(state);
  const settling = open !== undefined || agreementInForce(state) === undefined;
  const from = agreementInForce(state) === undefined ? acceptedOn : (open?.openedOn ?? acceptedOn);
  const due = addDays(from, SETTLE_WITHIN_DAYS);
  const writes = drafterSeat(state);
  return [
    ...(hasContactPerson(state)
      ? []
      : [{ key: 'agreement:contact', title: 'Udpeg en kontaktperson', owner: unit, due, command: 'contactPerson.appoint' }]),
    ...(writes !== undefined || !settling
      ? []
      : [
          {
            key: 'agreement:drafter',
            title: 'Beslut, hvem der skriver aftalen',
            owner: unit,
            due,
            command: 'agreement.assignDrafter',
          },
        ]),
    ...(settling
      ? seatsWithoutContribution(state).map((seat) => ({
          key: `agreement:contribution:${seat}`,
          title: 'Skriv, hvad jeres myndighed kan tilbyde',
          owner: { seat },
          due,
          command: 'agreement.contribute',
        }))
      : []),
    ...(open?.status !== 'draft' || writes === undefined
      ? []
      : [
          {
            key: `agreement:present:${open.number}`,
            title: open.goalOf === undefined ? 'Skriv udkastet til aftalen' : 'Læg aftalen frem til tiltrædelse',
            owner: { seat: writes },
            due: addDays(from, PRESENT_WITHIN_DAYS),
            command: open.goalOf === undefined ? 'agreement.setTerms' : 'agreement.present',
          },
        ]),
  ];
};

const statusTasks = (state: ExitCase): readonly Task[] => {
  const { contactPerson: user, statusOn, changedOn } = state.agreement;
  const rhythm = agreementInForce(state)?.followUpEveryWeeks;
  if (user === undefined || statusOn === undefined || rhythm === undefined) return [];
  const regular = addDays(statusOn, rhythm * 7);
  const atOnce = changedOn === undefined ? regular : addWorkingDays(changedOn, TELL_WITHIN_WORKING_DAYS);
  const due = atOnce < regular ? atOnce : regular;
  return [
    {
      key: 'agreement:status',
      title: 'Fortæl enheden, hvordan det går med aftalens dele',
      owner: { user },
      due,
      command: 'agreement.reportStatus',
    },
  ];
};

export const agreementTasks = (state: ExitCase): readonly Task[] => {
  const decided = state.decision.outcome;
  if (decided === undefined || agreementNotDue(state) !== undefined) return [];
  return [...settlingTasks(state, decided.on), ...coordinationTasks(state), ...statusTasks(state)];
};

/** Entered for the first time with this unit: a new agreement. Later versions are the course's running status (FM-NOT-1). */
export const agreementNotification = (event: CaseEvent): NotificationKind | undefined =>
  event.type === 'AgreementEntered' ? (event.revision ? 'course-status' : 'agreement-entered') : undefined;
