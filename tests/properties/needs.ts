import { acuteThreat } from '../../src/domain/exit-case/acute-threat.js';
import { agreementInForce, openVersion } from '../../src/domain/exit-case/agreement.js';
import { openProposals } from '../../src/domain/exit-case/annulment.js';
import { type ExitCase } from '../../src/domain/exit-case/case.js';
import { membershipsOf, seatsOf } from '../../src/domain/exit-case/circle.js';
import { coveredFor, hasValidConsent } from '../../src/domain/exit-case/consent.js';
import { isEnded, type Measure, measureOwnerMay } from '../../src/domain/exit-case/measure.js';
import { seatsNotStated } from '../../src/domain/exit-case/position.js';
import { cast, type CastName } from './cast.js';
import type { Play } from './playing.js';

type Need = (play: Play, who: CastName) => boolean;

const ownMeasure =
  (...status: readonly Measure['status'][]): Need =>
  ({ state }, who) =>
    state.measures.measures.some((one) => status.includes(one.status) && measureOwnerMay(state, cast[who], one));
const someMeasure =
  (fits: (measure: Measure) => boolean): Need =>
  ({ state }) =>
    state.measures.measures.some(fits);

const isProbation = (state: ExitCase, who: CastName): boolean =>
  membershipsOf(state, cast[who].user).some((one) => one.role === 'probation' || one.role === 'custody');

/** What must be there for a command to be about anything; where it is not, it is only given by mistake. */
const NEEDS: Readonly<Record<string, Need>> = {
  'measure.propose': ({ state }) => state.measures.measures.filter((one) => !isEnded(one)).length < 2,
  'measure.setOwner': someMeasure((one) => !isEnded(one) && !one.outside),
  'measure.request': someMeasure((one) => !isEnded(one) && one.requestedOn === undefined),
  'measure.chooseLater': someMeasure((one) => !isEnded(one) && one.statutoryBy !== undefined && one.status !== 'started'),
  'measure.decide': ownMeasure('proposed', 'requested'),
  'measure.start': ownMeasure('granted'),
  'measure.report': ownMeasure('granted', 'started'),
  'measure.complete': ownMeasure('started'),
  'measure.stop': ownMeasure('granted', 'started'),
  'contactPerson.endException': ({ state }, who) =>
    state.agreement.exceptions.some((one) => !one.supervision || isProbation(state, who)),
  'address.withdraw': ({ state }) => state.address.leaves.length > 0,
  'security.confirmAlert': ({ state }, who) => acuteThreat(state)?.seenBy.includes(cast[who].user) === false,
  'breach.hear': ({ state }) => state.breaches.breaches.some((one) => one.heard === undefined),
  'journal.correct': ({ stream }) => stream.some(({ event }) => event.type === 'NoteAdded' || event.type === 'MeetingRecorded'),
  'record.annul': ({ state }, who) => {
    const proposals = openProposals(state);
    if (proposals.length > 0) return proposals.some((one) => one.by !== cast[who].user);
    return state.decision.outcome !== undefined || state.consent.answers.length > 0;
  },
  'course.state': ({ state }, who) =>
    seatsNotStated(state).length === 0 || seatsOf(state, cast[who].user).some((seat) => seatsNotStated(state).includes(seat)),
  'hearing.send': ({ state }) =>
    state.hearing.hearings.every((one) => one.deadline === undefined || one.answeredOn !== undefined),
  'agreement.present': ({ state }) => openVersion(state)?.goalOf !== undefined,
  'agreement.setTerms': ({ state }) => state.measures.measures.length > 0,
};

export const hasNeed = (play: Play, who: CastName, command: string): boolean => NEEDS[command]?.(play, who) ?? true;

/** What an accepted candidate's case lacks most before an agreement can be entered; undefined when its own tasks say the rest. */
export const lacking = ({ state, today }: Play): string | undefined => {
  if (state.decision.outcome?.result !== 'accepted' || state.course.status !== 'none' || state.ending.closed !== undefined)
    return undefined;
  if (!hasValidConsent(state, today)) return 'consent.give';
  const { measures } = state.measures;
  const alive = measures.filter((one) => !isEnded(one));
  if (alive.length === 0) return 'measure.propose';
  if (alive.some((one) => one.kinds.some((kind) => !coveredFor(state, one.authority, kind, today)))) return 'consent.give';
  const unowned = alive.some((one) => one.owner === undefined && !one.outside && one.status === 'proposed');
  if (!alive.some((one) => one.status === 'granted' || one.status === 'started'))
    return unowned && alive.length === 1 ? 'measure.setOwner' : 'measure.decide';
  const version = openVersion(state);
  const badTerms =
    version?.goalOf !== undefined &&
    (version.measures.length === 0 ||
      version.measures.some(({ measure }) =>
        alive.some((one) => one.id === measure && (one.status === 'proposed' || one.status === 'requested')),
      ));
  return badTerms && agreementInForce(state) === undefined ? 'agreement.setTerms' : undefined;
};
