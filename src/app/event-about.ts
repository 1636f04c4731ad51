import { seesWhoItIsAbout } from '../domain/access/core-view.js';
import { seesMeasure } from '../domain/access/scopes.js';
import type { CaseEvent, ExitCase } from '../domain/exit-case/case.js';
import { SEAT_NAMES } from '../domain/exit-case/event-titles.js';
import { measureOf } from '../domain/exit-case/measure.js';
import { authorityName, unitName } from '../domain/reference/authorities.js';
import { measureTitle } from '../domain/reference/measures.js';

const measureName = (state: ExitCase, user: string, id: string): string | undefined => {
  const measure = measureOf(state, id);
  return measure && seesMeasure(state, user, measure) ? measureTitle(measure.measureType) : undefined;
};

const partyName = (party: string): string => (party === 'candidate' ? 'kandidaten' : party === 'unit' ? 'enheden' : authorityName(party));

/**
 * The party or the measure that an event is about, or which of two things it was, from its core alone, for a reader who may know that it happened; undefined where it
 * is about neither, or where naming it would tell of a measure he may not know of. Who got something is not named: the name would be missing
 * just where the kind is not the reader's (FM-WORK-6, FM-CNF-4).
 */
export function eventAbout(state: ExitCase, user: string, event: CaseEvent): string | undefined {
  if ('measure' in event && typeof event.measure === 'string') return measureName(state, user, event.measure);
  if (!seesWhoItIsAbout(state, user, event)) return undefined;
  switch (event.type) {
    case 'PartyAcceded':
      return partyName(event.party);
    case 'MemberAdded':
    case 'QuestionTaken':
    case 'OfficialPositionGiven':
    case 'InformationObtained':
    case 'ContributionRecorded':
    case 'ContactExceptionAllowed':
    case 'ContactExceptionEnded':
      return authorityName(event.authority);
    case 'HearingSent':
      return event.deadline === undefined ? 'undladt med begrundelse' : 'sendt';
    case 'DoubleTold':
      return event.other && `${event.other.number}, ${unitName(event.other.unit)}`;
    case 'DrafterAssigned':
    case 'PositionStated':
      return SEAT_NAMES[event.seat];
    case 'InquiryConveyed':
    case 'UnitNamed':
    case 'TermsCoordinated':
      return unitName(event.unit);
    default:
      return undefined;
  }
}
