import { addDays, addWorkingDays, isWorkingDay, type PlainDate } from '../../domain/kernel/time.js';

/** The day itself when people are at work, else the last working day before it. */
export const workingDayBefore = (day: PlainDate): PlainDate => (isWorkingDay(day) ? day : addWorkingDays(day, -1));

/** Days as the living cases count them: back from today. */
export interface Days {
  readonly today: PlainDate;
  /** A working day, so many calendar days ago or a little more; never today. */
  readonly ago: (days: number) => PlainDate;
  readonly ahead: (days: number) => PlainDate;
}

export const daysFrom = (today: PlainDate): Days => ({
  today,
  ago: (days) => workingDayBefore(addDays(today, -Math.max(days, 1))),
  ahead: (days) => addDays(today, days),
});
