import { addDays, daysBetween, knownDate, type PlainDate } from '../../../domain/kernel/time.js';
import { workingDayBefore } from '../working-day.js';
import type { Dice } from './dice.js';

/** How a course ended, or is to end. */
export interface CourseEnd {
  readonly how: 'completed' | 'interrupted';
  readonly on: PlainDate;
  /** Registered again by police afterwards (FM-END-5). */
  readonly reRegistered?: PlainDate;
}

/** What became of an inquiry. */
export type Fate =
  | { readonly kind: 'inquiry-closed'; readonly on: PlainDate }
  | { readonly kind: 'assessment-interrupted'; readonly on: PlainDate }
  | { readonly kind: 'refused'; readonly on: PlainDate }
  | { readonly kind: 'in-assessment'; readonly begun: PlainDate; readonly accepted: boolean }
  | { readonly kind: 'course'; readonly entered: PlainDate; readonly end?: CourseEnd };

export interface Member {
  readonly fate: Fate;
  /** Days from the inquiry to the entry of the agreement, or to the end without one. */
  readonly leadDays: number;
  /** On that day it runs; the districts whose cases of today are told one by one have none of these. */
  readonly toldElsewhere: boolean;
}

/** The day of the official figures, and the first on which a course could have been running under the contact point. */
export const AS_OF = knownDate('2019-01-14');
const FIRST_COURSE = knownDate('2015-06-22');
/** A day moved back to a working day stays after the day of the figures. */
const CLEARLY_AFTER = addDays(AS_OF, 10);

/** The official figures (S4), and refusals, which stand apart from them. */
export const OFFICIAL = {
  runningCourses: 107,
  runningAssessments: 20,
  completed: { total: 115, reRegistered: 15 },
  interrupted: { total: 85, reRegistered: 21 },
  interruptedAssessments: 80,
  refused: 34,
} as const;
const CLOSED_INQUIRIES = 14;

/** After the day of the figures, a year. */
const YEARLY = { ended: 40, interruptedAssessments: 14, refused: 7, closedInquiries: 2 } as const;
/** On the day of the demonstration. */
const TODAY = { courses: 90, assessments: 24, accepted: 6 } as const;
const LONGEST_RUNNING_DAYS = 720;

/** Everybody in the history, group by group. */
export function cohorts(today: PlainDate, dice: Dice): readonly Member[] {
  return [...untilTheFigures(dice), ...runningAtTheFigures(dice), ...sinceTheFigures(today, dice)];
}

const times = <Item>(count: number, make: () => Item): readonly Item[] => Array.from({ length: count }, make);
/** A working day of a period; both ends included, but for the days it is moved back. */
const within = (dice: Dice, from: PlainDate, to: PlainDate): PlainDate =>
  workingDayBefore(addDays(from, dice.between(0, daysBetween(from, to))));

const ended = (dice: Dice, how: CourseEnd['how'], from: PlainDate, to: PlainDate, firstEntered: PlainDate): Member => {
  const on = within(dice, from, to);
  const most = daysBetween(firstEntered, on);
  const days = Math.min(how === 'completed' ? dice.between(270, 820) : dice.between(60, 520), most);
  return {
    fate: { kind: 'course', entered: workingDayBefore(addDays(on, -days)), end: { how, on } },
    leadDays: dice.between(55, 80),
    toldElsewhere: false,
  };
};
const withoutCourse = (
  dice: Dice,
  kind: 'assessment-interrupted' | 'refused' | 'inquiry-closed',
  from: PlainDate,
  to: PlainDate,
): Member => ({
  fate: { kind, on: within(dice, from, to) },
  leadDays: {
    'assessment-interrupted': dice.between(18, 45),
    refused: dice.between(50, 80),
    'inquiry-closed': dice.between(6, 20),
  }[kind],
  toldElsewhere: false,
});

function untilTheFigures(dice: Dice): readonly Member[] {
  const last = addDays(AS_OF, -3);
  return [
    ...again(
      dice,
      times(OFFICIAL.completed.total, () => ended(dice, 'completed', knownDate('2016-05-02'), last, FIRST_COURSE)),
      OFFICIAL.completed.reRegistered,
    ),
    ...again(
      dice,
      times(OFFICIAL.interrupted.total, () => ended(dice, 'interrupted', knownDate('2015-10-01'), last, FIRST_COURSE)),
      OFFICIAL.interrupted.reRegistered,
    ),
    ...times(OFFICIAL.interruptedAssessments, () => withoutCourse(dice, 'assessment-interrupted', knownDate('2015-05-20'), last)),
    ...times(OFFICIAL.refused, () => withoutCourse(dice, 'refused', knownDate('2015-06-25'), last)),
    ...times(CLOSED_INQUIRIES, () => withoutCourse(dice, 'inquiry-closed', knownDate('2015-05-01'), last)),
  ];
}

/** Some of those whose course ended in good time are registered again before the day of the figures. */
function again(dice: Dice, members: readonly Member[], count: number): readonly Member[] {
  const early = dice
    .shuffled(
      members.filter(({ fate }) => fate.kind === 'course' && fate.end !== undefined && fate.end.on < addDays(AS_OF, -120)),
    )
    .slice(0, count);
  return members.map((member) => {
    const { fate } = member;
    if (!early.includes(member) || fate.kind !== 'course' || fate.end === undefined) return member;
    return {
      ...member,
      fate: { ...fate, end: { ...fate.end, reRegistered: within(dice, addDays(fate.end.on, 40), addDays(AS_OF, -4)) } },
    };
  });
}

/** In course or in assessment on the day of the figures: what became of them afterwards. */
function runningAtTheFigures(dice: Dice): readonly Member[] {
  const endOf = (entered: PlainDate): CourseEnd => {
    const on = workingDayBefore(addDays(entered, dice.between(330, 950)));
    return {
      how: dice.next() < 0.6 ? 'completed' : 'interrupted',
      on: on > CLEARLY_AFTER ? on : within(dice, addDays(CLEARLY_AFTER, 5), addDays(CLEARLY_AFTER, 300)),
    };
  };
  const inAssessment = (place: number): Member => {
    const begun = within(dice, addDays(AS_OF, -55), addDays(AS_OF, -12));
    const on = workingDayBefore(addDays(begun, dice.between(75, 95)));
    const leadDays = daysBetween(begun, on) + dice.between(4, 9);
    if (place >= 12)
      return { fate: { kind: place < 17 ? 'assessment-interrupted' : 'refused', on }, leadDays, toldElsewhere: false };
    const entered = workingDayBefore(addDays(on, 14));
    return { fate: { kind: 'course', entered, end: endOf(entered) }, leadDays: leadDays + 14, toldElsewhere: false };
  };
  return [
    ...times(OFFICIAL.runningCourses, (): Member => {
      const entered = within(dice, addDays(AS_OF, -600), addDays(AS_OF, -6));
      return { fate: { kind: 'course', entered, end: endOf(entered) }, leadDays: dice.between(55, 110), toldElsewhere: false };
    }),
    ...Array.from({ length: OFFICIAL.runningAssessments }, (_, place) => inAssessment(place)),
  ];
}

/** From the day of the figures until today. */
function sinceTheFigures(today: PlainDate, dice: Dice): readonly Member[] {
  const begins = addDays(CLEARLY_AFTER, 110);
  const days = daysBetween(begins, today);
  if (days < 60) return [];
  const yearly = (count: number): number => Math.round((count * days) / 365);
  const firstRunning = addDays(today, -Math.min(LONGEST_RUNNING_DAYS, days));
  const share = Math.min(1, days / LONGEST_RUNNING_DAYS);
  const last = addDays(today, -5);
  const endedFrom = addDays(begins, 300);
  return [
    ...(endedFrom > last
      ? []
      : times(Math.max(0, yearly(YEARLY.ended) - Math.round(YEARLY.ended * 0.8)), () =>
          ended(dice, dice.next() < 0.58 ? 'completed' : 'interrupted', endedFrom, last, begins),
        )),
    ...times(Math.round(TODAY.courses * share), (): Member => ({
      fate: { kind: 'course', entered: within(dice, firstRunning, addDays(today, -12)) },
      leadDays: dice.between(55, 100),
      toldElsewhere: true,
    })),
    ...Array.from({ length: TODAY.assessments + TODAY.accepted }, (_, place): Member => {
      const accepted = place >= TODAY.assessments;
      const begun = within(dice, addDays(today, accepted ? -58 : -50), addDays(today, accepted ? -45 : -3));
      return { fate: { kind: 'in-assessment', begun, accepted }, leadDays: dice.between(3, 9), toldElsewhere: true };
    }),
    ...times(yearly(YEARLY.interruptedAssessments), () => withoutCourse(dice, 'assessment-interrupted', begins, last)),
    ...times(yearly(YEARLY.refused), () => withoutCourse(dice, 'refused', begins, last)),
    ...times(yearly(YEARLY.closedInquiries), () => withoutCourse(dice, 'inquiry-closed', begins, last)),
  ];
}
