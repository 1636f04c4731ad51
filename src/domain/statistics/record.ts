import type { RecordedEvent, ExitCase } from '../exit-case/case.js';
import { nextFollowUp } from '../exit-case/follow-up.js';
import { type Standing, standingOf } from '../exit-case/follows.js';
import { copenhagenDate, type PlainDate } from '../kernel/time.js';

/** What a case counts under: no text, nobody's name, nothing that only one authority may know (FM-STA-2). */
interface CountedAs {
  readonly unit: string;
  readonly municipality: string | null;
  readonly category: string | null;
  readonly place: string;
  readonly ageBand: string | null;
}

/** From a day on the case stands so in the figures. */
export interface StandingRecord extends CountedAs {
  readonly standing: Standing;
  readonly from: PlainDate;
  /** The types of measures that had been started in it by that day, each once, in order; where the case is over, all that have been. */
  readonly measures: readonly string[];
  /** What was recorded as reached that day never was: a record was annulled, or the case is a double. */
  readonly replaces: boolean;
}
/** From the day a measure was started the case counts under its type too, in whatever it stood as: the day is known, and is when it happened (FM-STA-3). */
export interface StartedRecord {
  readonly type: string;
  readonly from: PlainDate;
}
/** A follow-up that was agreed for a day, with the day it was held; the one that is to come has none. */
export interface FollowUpRecord {
  readonly due: PlainDate;
  readonly held: PlainDate | null;
}

/** What one command adds to the figures' own record (FM-STA-3). */
export interface FigureRecords {
  readonly standing?: StandingRecord;
  /** To be recorded after the standing. */
  readonly started: readonly StartedRecord[];
  readonly held: readonly FollowUpRecord[];
  /** The day the next follow-up is due, when that is another than before; null: none is due any more. */
  readonly nextDue?: PlainDate | null;
}

/** The types of measures that have been started, each with the first day that one was. */
function startsIn({ measures }: ExitCase): ReadonlyMap<string, PlainDate> {
  const first = new Map<string, PlainDate>();
  for (const { measureType, startedOn } of measures.measures) if (startedOn !== undefined && startedOn < (first.get(measureType) ?? '9999')) first.set(measureType, startedOn);
  return first;
}
const countedAs = (state: ExitCase): CountedAs => ({
  unit: state.inquiry.unit, municipality: state.inquiry.municipality ?? null, category: state.targetGroup.category ?? null, place: state.inquiry.place, ageBand: state.person.ageBand ?? null,
});
const same = (one: CountedAs, other: CountedAs): boolean =>
  one.unit === other.unit && one.municipality === other.municipality && one.category === other.category && one.place === other.place && one.ageBand === other.ageBand;

const RUNNING: readonly Standing[] = ['inquiry', 'assessment', 'accepted', 'course'];

/**
 * A new standing begins on its own day, which may lie before today. What a running case counts under changes from the day it was recorded, so that a
 * figure for an earlier day stays as it was (measures are told for themselves: {@link StartedRecord}); of a case that is over it is a correction of how it ended (FM-STA-3). A case that comes back to where it stood before, as a refusal does that is reviewed (FM-DEC-2),
 * stands there again from that day: until then it was refused. What was annulled is taken back from its own day on: what the case counted under before that is as it was.
 */
const standingRecord = (before: ExitCase, after: ExitCase, events: readonly RecordedEvent[]): StandingRecord | undefined => {
  const now = standingOf(after);
  const was = before.inquiry.status === 'none' ? undefined : standingOf(before);
  const facts = countedAs(after);
  const moved = was === undefined || was.standing !== now.standing || was.from !== now.from;
  if (!moved && same(countedAs(before), facts)) return undefined;
  const last = events.at(-1);
  const today = last === undefined ? now.from : copenhagenDate(last.at);
  const annulled = events.some(({ event }) => event.type === 'RecordAnnulled');
  const isBack = was !== undefined && now.standing !== 'duplicate' && (was.from > now.from || (RUNNING.includes(now.standing) && !RUNNING.includes(was.standing)));
  const from = isBack ? (annulled ? was.from : today) : moved || !RUNNING.includes(now.standing) || today < now.from ? now.from : today;
  const started = [...startsIn(after)].filter(([, on]) => !RUNNING.includes(now.standing) || on <= from).map(([type]) => type).sort();
  return { standing: now.standing, from, replaces: annulled || now.standing === 'duplicate', measures: started, ...facts };
};

/** What a command that took the case from one state to the next adds to the record. */
export function figureRecords(before: ExitCase, after: ExitCase, events: readonly RecordedEvent[]): FigureRecords {
  const standing = standingRecord(before, after, events);
  const known = startsIn(before);
  // A standing that is told of from an earlier day takes the place of all that was said of the time since, and so of what was started in it.
  const replaced = (on: PlainDate): boolean => standing !== undefined && RUNNING.includes(standing.standing) && on > standing.from;
  const next = nextFollowUp(after) ?? null;
  return {
    ...(standing === undefined ? {} : { standing }),
    started: [...startsIn(after)].flatMap(([type, from]) => (known.get(type) !== from || replaced(from) ? [{ type, from }] : [])),
    held: after.course.followUps.slice(before.course.followUps.length).flatMap(({ due, on }) => (due === undefined ? [] : [{ due, held: on }])),
    ...((nextFollowUp(before) ?? null) === next ? {} : { nextDue: next }),
  };
}
