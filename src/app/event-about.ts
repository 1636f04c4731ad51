import { generationOf, readsScope, seesMeasure, seesMember } from '../domain/access/scopes.js';
import type { CaseEvent, ExitCase } from '../domain/exit-case/case.js';
import { SEAT_NAMES } from '../domain/exit-case/event-titles.js';
import { measureOf } from '../domain/exit-case/measure.js';
import { authorityName, unitName } from '../domain/reference/authorities.js';
import { scopeOfKind } from '../domain/reference/legal-bases.js';
import { measureTitle } from '../domain/reference/measures.js';

const measureName = (state: ExitCase, user: string, id: string): string | undefined => {
  const measure = measureOf(state, id);
  return measure && seesMeasure(state, user, measure) ? measureTitle(measure.measureType) : undefined;
};

/** An authority may be in the case by a measure alone that the reader may not know of; then it is not named. */
const knownAuthority = (state: ExitCase, user: string, authority: string): string | undefined =>
  state.circle.members.some((one) => one.authority === authority && seesMember(state, user, one))
  || state.measures.measures.some((one) => one.authority === authority && seesMeasure(state, user, one))
    ? authorityName(authority)
    : undefined;

const partyName = (state: ExitCase, user: string, { party, measures }: Extract<CaseEvent, { type: 'PartyAcceded' }>): string | undefined => {
  if (party === 'candidate') return 'kandidaten';
  if (party === 'unit') return 'enheden';
  return measures.some((id) => measureName(state, user, id) !== undefined) ? authorityName(party) : undefined;
};

/**
 * The party or the measure that an event is about, from its core alone, for a reader who may know that it happened; undefined where it
 * is about neither, or where naming it would tell of a measure, a member or a kind of information he may not know of (FM-WORK-6, FM-CNF-4).
 */
export function eventAbout(state: ExitCase, user: string, event: CaseEvent): string | undefined {
  if ('measure' in event && typeof event.measure === 'string') return measureName(state, user, event.measure);
  switch (event.type) {
    case 'PartyAcceded':
      return partyName(state, user, event);
    case 'MemberAdded':
    case 'QuestionTaken':
    case 'OfficialPositionGiven':
    case 'InformationObtained':
    case 'ContributionRecorded':
      return authorityName(event.authority);
    case 'ContactExceptionAllowed':
    case 'ContactExceptionEnded':
      return knownAuthority(state, user, event.authority);
    case 'DrafterAssigned':
    case 'PositionStated':
      return SEAT_NAMES[event.seat];
    case 'InquiryConveyed':
    case 'TermsCoordinated':
      return unitName(event.unit);
    case 'DisclosureRecorded': {
      const kind = scopeOfKind(event.kind);
      return readsScope(state, user, { kind, subject: '', generation: generationOf(state, { kind }) }) ? authorityName(event.to) : undefined;
    }
    default:
      return undefined;
  }
}
