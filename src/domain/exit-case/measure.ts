import type { Actor } from '../kernel/command.js';
import type { MeasureId, UserId } from '../kernel/ids.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import { scopeOfKind, type SharingKind } from '../reference/legal-bases.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, isFullMember, isSeat, membershipsOf, seatsToSpeak, unitMember } from './circle.js';
import { basisTowards, type SharingBasis } from './consent.js';
import type { CasePermission, EventMeta, Task, TaskOwner } from './define.js';
import { isClosed } from './ending.js';
import type { MeasureDecisionEvent } from './measure-decision.js';
import type { MeasureProposalEvent } from './measure-proposal.js';
import type { MeasureRequestEvent } from './measure-request.js';
import type { MeasureRunEvent } from './measure-run.js';
import { leadSeat } from './vote.js';

export type MeasureEvent = MeasureProposalEvent | MeasureRequestEvent | MeasureDecisionEvent | MeasureRunEvent;

export interface Measure {
  readonly id: MeasureId;
  /** A row of the catalogue, or 'andet'. */
  readonly measureType: string;
  /** The authority that decides it and runs it under its own law (FM-DEC-3). */
  readonly authority: string;
  /** What the measure itself tells of the candidate; police sees no type, dates and decisions of health and economy. */
  readonly kind: SharingKind;
  /** Every kind of information it needs: what consent must cover for its authority (FM-CON-6). */
  readonly kinds: readonly SharingKind[];
  /** The colleague at the authority who runs it; undefined while the authority's seat does, or nobody was named. */
  readonly owner?: UserId;
  /** Nobody there uses Udvej: a unit member records what it decides, with evidence. */
  readonly outside: boolean;
  readonly status: 'proposed' | 'requested' | 'granted' | 'refused' | 'started' | 'completed' | 'stopped';
  readonly proposedOn: PlainDate;
  /** Already in Kriminalforsorgen's plan of action: referred to, not paralleled (FM-AGR-5). */
  readonly coveredByActionPlan?: boolean;
  readonly requestedOn?: PlainDate;
  /** The last day the law allows it to start, where it sets one (FM-MEA-3). */
  readonly statutoryBy?: PlainDate;
  /** A later day the candidate chose himself. */
  readonly chosenStart?: PlainDate;
  readonly decidedOn?: PlainDate;
  /** The last day the agreement in force lets it start. */
  readonly startBy?: PlainDate;
  readonly startedOn?: PlainDate;
  readonly reportedOn?: PlainDate;
  readonly endedOn?: PlainDate;
}
export interface MeasureState {
  readonly measures: readonly Measure[];
}
export const noMeasures: MeasureState = { measures: [] };

const change = (state: MeasureState, which: (measure: Measure) => boolean, how: (measure: Measure) => Measure): MeasureState => ({
  measures: state.measures.map((measure) => (which(measure) ? how(measure) : measure)),
});
const withoutOwner = ({ owner: _owner, ...measure }: Measure): Measure => measure;

export const evolveMeasures = (state: MeasureState, event: CaseEvent, _meta: EventMeta): MeasureState => {
  switch (event.type) {
    case 'MeasureProposed': {
      const { type: _type, measure: id, on, ...facts } = event;
      return { measures: [...state.measures, { id, ...facts, proposedOn: on, status: 'proposed' }] };
    }
    case 'MemberAdded':
      return event.role === 'owner'
        ? change(
            state,
            (one) => one.id === event.measure,
            (one) => ({ ...one, owner: event.user }),
          )
        : state;
    case 'MemberRemoved':
      return change(
        state,
        (one) => one.owner === event.user && (event.role ?? 'owner') === 'owner' && (event.measure ?? one.id) === one.id,
        withoutOwner,
      );
    case 'PersonExcluded':
    case 'ConflictDeclared':
      return change(state, (one) => one.owner === event.user, withoutOwner);
    case 'WorkHandedOver':
      return change(state, (one) => one.owner === event.user, (one) => ({ ...one, owner: event.to }));
    case 'MeasureRequested':
      return change(
        state,
        (one) => one.id === event.measure,
        (one) => ({
          ...one,
          requestedOn: event.on,
          status: one.status === 'proposed' ? 'requested' : one.status,
          ...(event.statutoryBy === undefined ? {} : { statutoryBy: event.statutoryBy }),
        }),
      );
    case 'MeasureLaterChosen':
      return change(
        state,
        (one) => one.id === event.measure,
        (one) => ({ ...one, chosenStart: event.startOn }),
      );
    case 'MeasureDecided':
      return change(
        state,
        (one) => one.id === event.measure,
        (one) => ({ ...one, status: event.outcome, decidedOn: event.on }),
      );
    case 'MeasureStarted':
      return change(
        state,
        (one) => one.id === event.measure,
        (one) => ({ ...one, status: 'started', startedOn: event.on }),
      );
    case 'MeasureReported':
      return change(
        state,
        (one) => one.id === event.measure,
        (one) => ({ ...one, reportedOn: event.on }),
      );
    case 'MeasureCompleted':
      return change(
        state,
        (one) => one.id === event.measure,
        (one) => ({ ...one, status: 'completed', endedOn: event.on }),
      );
    case 'MeasureStopped':
      return change(
        state,
        (one) => one.id === event.measure,
        (one) => ({ ...one, status: 'stopped', endedOn: event.on }),
      );
    case 'AgreementEntered':
      return change(
        state,
        (one) => event.measures.some((agreed) => agreed.measure === one.id),
        (one) => ({
          ...one,
          startBy: event.measures.find((agreed) => agreed.measure === one.id)?.startBy ?? one.startBy,
        }),
      );
    default:
      return state;
  }
};

export const measureOf = (state: ExitCase, id: string): Measure | undefined =>
  state.measures.measures.find((one) => one.id === id);

/** Granted by its authority, and not ended by it: what an agreement can hold (FM-AGR-3). */
export const isGranted = (measure: Measure): boolean =>
  measure.status === 'granted' || measure.status === 'started' || measure.status === 'completed';

/** Refused, stopped or completed: nothing more happens with it. */
export const isEnded = (measure: Measure): boolean =>
  measure.status === 'refused' || measure.status === 'stopped' || measure.status === 'completed';

/** On what the measure's authority may be told of the candidate today: every kind the measure needs (FM-CON-3). */
export const basisForMeasure = (
  state: ExitCase,
  { authority, kinds }: Pick<Measure, 'authority' | 'kinds'>,
  today: string,
): SharingBasis => basisTowards(state, authority, kinds, today);

/**
 * Whether the acting person speaks for the authority that owns the measure: its named owner, or the authority's own seat in the circle;
 * for an authority without users in Udvej any unit member, who then needs evidence (FM-DEC-3).
 */
export const measureOwnerMay = (state: ExitCase, actor: Actor, measure: Measure): boolean =>
  measure.outside
    ? unitMember.test(state, actor)
    : membershipsOf(state, actor.user).some(
        (one) =>
          (one.role === 'owner' && one.measure === measure.id) || (isSeat(one.role) && one.authority === measure.authority),
      );

/** Whoever may speak for some measure's authority; which one is judged with the measure. */
export const measureHand: CasePermission = {
  test: (state, actor) => membershipsOf(state, actor.user).some((one) => one.role === 'owner' || isSeat(one.role)),
  who: 'den myndighed, der har ansvaret for tiltaget,',
};

/** The measure named in the input, when the acting person speaks for its authority (FM-DEC-3). */
export const ownMeasure = (state: ExitCase, id: MeasureId, actor: Actor): Measure | Rejection => {
  const measure = measureOf(state, id);
  if (measure !== undefined && measureOwnerMay(state, actor, measure)) return measure;
  // To an owner another's measure does not exist; neither does one that is not there.
  return measure === undefined || !isFullMember(state, actor.user)
    ? reject('FM-DEC-3', ['own'], 'Vælg et tiltag fra listen.', 'measure')
    : reject(
        'FM-DEC-3',
        ['measures'],
        'Kun den myndighed, der har ansvaret for tiltaget, kan bestemme over det. Bed den om at gøre det.',
        'measure',
      );
};

/** Days to a decision on what was requested, where the law sets no start `[+]`. */
const DECIDE_WITHIN_DAYS = 14;

/** Who is to act on a measure: its owner, its authority's seat, or for those without users whoever carries the contact. */
const handOf = (state: ExitCase, measure: Measure): TaskOwner => {
  if (measure.owner !== undefined) return { user: measure.owner };
  const seat = currentMembers(state).find((one) => isSeat(one.role) && one.authority === measure.authority)?.role;
  if (seat !== undefined && isSeat(seat)) return { seat };
  // Police knows nothing of a measure about health or economy, so it gets no task about it (FM-CNF-4).
  const mayKnow = (authority: string): boolean => scopeOfKind(measure.kind) === 'general' || !authority.startsWith('police:');
  const { contactPerson } = state.agreement;
  const contact = contactPerson !== undefined && isFullMember(state, contactPerson) ? membershipsOf(state, contactPerson) : [];
  if (contactPerson !== undefined && contact.length > 0 && contact.every((one) => mayKnow(one.authority)))
    return { user: contactPerson };
  const members = currentMembers(state);
  const speaking = seatsToSpeak(state).find((one) => members.some((member) => member.role === one && mayKnow(member.authority)));
  return { seat: speaking ?? leadSeat(state) };
};

/** The day a measure must have started: the law's, unless the candidate chose a later one; the agreement's; whichever comes first. */
export const startDue = (measure: Measure): PlainDate | undefined => {
  const byLaw = measure.statutoryBy === undefined ? undefined : (measure.chosenStart ?? measure.statutoryBy);
  const due = [byLaw, measure.startBy].filter((day) => day !== undefined).sort();
  return due[0];
};

const taskOf = (state: ExitCase, measure: Measure): Task | undefined => {
  const owner = handOf(state, measure);
  const start = startDue(measure);
  const task = (title: string, due: PlainDate, command: string): Task => ({
    key: `measure:${measure.id}`,
    title,
    owner,
    due,
    command,
    measure: measure.id,
  });
  switch (measure.status) {
    case 'proposed':
      return start === undefined ? undefined : task('Træf afgørelse om tiltaget', start, 'measure.decide');
    case 'requested':
      return task(
        'Træf afgørelse om tiltaget',
        start ?? addDays(measure.requestedOn ?? measure.proposedOn, DECIDE_WITHIN_DAYS),
        'measure.decide',
      );
    case 'granted':
      return start === undefined ? undefined : task('Start tiltaget inden fristen', start, 'measure.start');
    default:
      return undefined;
  }
};

/**
 * Deadlines as tasks before they are broken (FM-MEA-1, FM-MEA-3). In a closed case the owners' measures go on and so do their deadlines;
 * the unit has nothing more to do there.
 */
export const measureTasks = (state: ExitCase): readonly Task[] =>
  state.measures.measures
    .filter((measure) => !isClosed(state) || measure.owner !== undefined)
    .map((measure) => taskOf(state, measure))
    .filter((task) => task !== undefined);
