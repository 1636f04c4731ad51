import { addDays, instantOf, type PlainDate } from '../../../domain/kernel/time.js';
import {
  authorityAccedes,
  candidateAccedes,
  carded,
  concerned,
  consents,
  grants,
  offered,
  type Paper,
  parties,
  type PlannedMeasure,
  presents,
  proposes,
  secured,
  staffed,
  starts,
  unitAccedes,
  writes,
} from '../agreement-chapters.js';
import { type CaseScript, Telling } from '../case-script.js';
import {
  breachHeard,
  completes,
  discharged,
  followsUp,
  type Ground,
  interrupts,
  reports,
  type SignAnswer,
} from '../course-chapters.js';
import { renewed } from '../renewed.js';
import type { UnitCast } from '../unit-cast.js';
import { workingDayBefore } from '../working-day.js';
import type { CourseEnd, Fate } from './cohorts.js';
import { Dice } from './dice.js';
import { measuresThen } from './measures-then.js';
import type { HistoryCase } from './plan.js';
import type { Story } from './story.js';
import { textsBy } from './texts.js';
import { assessed, interruptedAssessment, received, stillOpen, turnedDown } from './told-assessment.js';

/** A case of the history in the fewest commands that the framework lets it be told with, as far as it had come before a day. */
export function historyScript(one: HistoryCase, unit: UnitCast, today: PlainDate): CaseScript {
  const dice = new Dice(one.seed);
  const telling = new Telling(String(one.n), unit.writer);
  tell({ telling, one, unit, dice, texts: textsBy(dice), today });
  const script = telling.script();
  const until = instantOf(today, 0, 0);
  return renewed({ ...script, steps: script.steps.filter((step) => step.at < until) }, today);
}

function tell(story: Story): void {
  const {
    one: { fate },
    telling,
    unit,
  } = story;
  received(story);
  switch (fate.kind) {
    case 'inquiry-closed':
      telling.on(fate.on).does(unit.writer, 'inquiry.close', {
        reason: story.dice.next() < 0.5 ? 'withdrawn' : 'unreachable',
        note: 'Forsøgt kontaktet fire gange på den aftalte måde.',
      });
      break;
    case 'assessment-interrupted':
      assessed(story, 1);
      interruptedAssessment(story, fate.on);
      break;
    case 'refused':
      turnedDown(story, fate.on);
      break;
    case 'in-assessment':
      stillOpen(story);
      break;
    case 'course':
      assessed(story, 4, addDays(fate.entered, -30));
      agreed(story, fate);
      break;
  }
}

const LONGEST_AGREED = 1_000;

function agreed(story: Story, { entered, end }: Extract<Fate, { kind: 'course' }>): void {
  const { telling, one, unit, dice, texts } = story;
  const measures = measuresThen(dice, one, unit);
  const paper = (signedOn: PlainDate): Paper => ({ signedOn, keptAt: `Sag ${signedOn.slice(2, 4)}/${1000 + one.n}` });
  const on = (daysBefore: number): PlainDate => workingDayBefore(addDays(entered, -daysBefore));
  consents(telling.on(on(27)), unit.writer, concerned(unit, measures), paper(on(27)));
  staffed(telling.on(on(22)), unit, 'Har fulgt kandidaten fra begyndelsen.');
  secured(telling, unit, 'low', 'Ingen konkret trussel.');
  carded(telling, unit);
  offered(telling, unit, { considered: 'Det, kandidaten bad om.', chosen: 'Det, der står i aftalen.' });
  for (const measure of measures) proposes(telling.on(on(18)), unit, measure);
  for (const [place, measure] of measures.entries()) grants(telling.on(on(10)), measure, place, paper(on(10)));
  const everyWeeks = dice.between(18, 26);
  writes(telling.on(on(5)), unit, measures, {
    goal: texts.goal,
    requirements: texts.requirements,
    everyWeeks,
    from: on(5),
    to: addDays(entered, LONGEST_AGREED),
    firstFollowUp: addDays(entered, everyWeeks * 7),
  });
  presents(telling, unit);
  candidateAccedes(telling.on(entered), unit, paper(entered));
  unitAccedes(telling, unit);
  for (const measure of parties(measures)) authorityAccedes(telling, measure, paper(entered));
  inCourse(story, measures, entered, everyWeeks, end);
}

const BETTER: readonly (readonly [SignAnswer, SignAnswer, SignAnswer])[] = [
  ['lessened', 'unchanged', 'unchanged'],
  ['ceased', 'lessened', 'lessened'],
  ['ceased', 'ceased', 'lessened'],
  ['ceased', 'ceased', 'ceased'],
];

function inCourse(
  story: Story,
  measures: readonly PlannedMeasure[],
  entered: PlainDate,
  everyWeeks: number,
  end: CourseEnd | undefined,
): void {
  const { telling, one, unit, today } = story;
  const started = workingDayBefore(addDays(entered, 14));
  for (const [place, measure] of measures.entries())
    starts(telling.on(started), measure, place, { signedOn: started, keptAt: `Sag ${1000 + one.n}` });
  const last = end?.on ?? today;
  let day = workingDayBefore(addDays(entered, everyWeeks * 7));
  for (let held = 0; day < last; held += 1, day = workingDayBefore(addDays(day, everyWeeks * 7))) {
    const signs = BETTER[Math.min(held, BETTER.length - 1)] ?? ['unknown', 'unknown', 'unknown'];
    followsUp(telling.on(day), unit.writer, { signs: unit.custody ? [...signs, 'lessened'] : signs });
    // Told with each follow-up in courses that run; in those that are over nobody waits for it any more.
    if (end === undefined) reports(telling, unit.writer);
  }
  if (end !== undefined) ended(story, end);
}

function ended({ telling, unit, dice, texts }: Story, { how, on }: CourseEnd): void {
  const ground = dice.weighted<Ground>([
    ['own-wish', 50],
    ['breach', 28],
    ['impossible', 22],
  ]);
  telling.on(on);
  if (how === 'completed') completes(telling, unit, texts.completed);
  else {
    if (ground === 'breach')
      breachHeard(telling, unit, 'Udeblevet gentagne gange og igen set i gruppen.', 'Jeg orkede det ikke.');
    interrupts(telling, unit, ground, texts.interrupted[ground]);
  }
  discharged(telling.on(addDays(on, 9)), unit, texts.results[how], texts.experiences);
}
