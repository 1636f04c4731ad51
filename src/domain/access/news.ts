import type { CaseEvent } from '../exit-case/case.js';
import { EVENT_TYPES } from '../exit-case/event-titles.js';
import { isJournalEvent, type JournalEvent } from '../exit-case/journal.js';

type Fact = Exclude<CaseEvent, JournalEvent>;
type OfAMeasure<Event extends Fact = Fact> = Event extends Fact ? ('measure' extends keyof Event ? Event['type'] : never) : never;
type OfWhoIsInItForOne = 'PartyAcceded' | 'AnnulmentProposed' | 'AnnulmentDeclined' | 'RecordAnnulled' | 'PersonExcluded' | 'ConflictDeclared' | 'ContactExceptionAllowed' | 'ContactExceptionEnded' | 'DeputyNamed' | 'WorkHandedOver';

type OfPoliceAlone = 'ScreeningAsked' | 'ScreeningSearched' | 'ScreeningThreatAssessed' | 'ScreeningHandedOver' | 'AddressHeld' | 'AddressLeaveGiven' | 'AddressLeaveEnded';

/** Facts that may be of one measure, or of who is in the case for it alone, and so of one that police does not learn of, and those of police alone (`seesEvent`). */
const NOT_FOR_ALL: Readonly<Record<OfAMeasure | OfWhoIsInItForOne | OfPoliceAlone, true>> = {
  MemberAdded: true, MemberRemoved: true, PartyAcceded: true, AnnulmentProposed: true, AnnulmentDeclined: true, RecordAnnulled: true, PersonExcluded: true, ConflictDeclared: true, ContactExceptionAllowed: true, ContactExceptionEnded: true, DeputyNamed: true, WorkHandedOver: true, AccessRenewed: true,
  MeasureProposed: true, MeasureRequested: true, MeasureLaterChosen: true, MeasureDecided: true, MeasureStarted: true, MeasureReported: true, MeasureCompleted: true, MeasureStopped: true,
  ScreeningAsked: true, ScreeningSearched: true, ScreeningThreatAssessed: true, ScreeningHandedOver: true, AddressHeld: true, AddressLeaveGiven: true, AddressLeaveEnded: true,
};

/** The facts that every full member may know of, whatever his authority: what the list of news is made of without opening a case (FM-WORK-1, FM-CNF-4). */
export const NEWS_TYPES: readonly CaseEvent['type'][] = EVENT_TYPES.filter((type) => !isJournalEvent(type) && !(type in NOT_FOR_ALL));
