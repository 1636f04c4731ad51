import { ageBand, ageOn } from '../../../domain/kernel/cpr.js';
import { addDays, daysBetween, type PlainDate } from '../../../domain/kernel/time.js';
import {
  begun,
  concludesAgainst,
  concludesFor,
  examined,
  type Factor,
  heardAbout,
  inquires,
  placed,
  refused,
  taken,
} from '../assessment-chapters.js';
import { workingDayBefore } from '../working-day.js';
import type { Story } from './story.js';

const FACTORS: readonly (readonly Factor[])[] = [
  ['family', 'weary'],
  ['weary', 'ordinary-life'],
  ['work', 'ordinary-life'],
  ['disappointed', 'family'],
  ['punishment', 'weary'],
  ['pressure', 'ordinary-life'],
];

/** The inquiry comes in, is taken, and the age is noted. */
export function received({ telling, one, unit, dice, texts }: Story): void {
  const by = unit.seats[dice.between(0, unit.seats.length - 1)] ?? unit.lead;
  telling.on(one.registered);
  inquires(
    telling,
    by,
    { name: one.name, cpr: one.cpr, municipality: one.municipality, said: texts.said, contact: texts.contact },
    unit.custody
      ? { place: 'custody', channel: 'custody' }
      : { channel: dice.one(['phone', 'phone', 'visit', 'outreach', 'message'] as const) },
  );
  taken(telling.on(addDays(one.registered, 1)), unit).does(unit.writer, 'person.update', {
    ageBand: ageBand(ageOn(one.born, one.registered)),
  });
}

/** Up to a stage: 0 begun, 1 placed, 2 examined, 3 some have concluded, 4 accepted; by a day when it is given. */
export function assessed(
  { telling, one, unit, dice, texts }: Story,
  stage: number,
  acceptedBy: PlainDate = addDays(one.begun, 24),
): void {
  const between = (share: number): PlainDate =>
    workingDayBefore(addDays(one.begun, Math.floor(Math.max(daysBetween(one.begun, acceptedBy), 8) * share)));
  begun(telling.on(one.begun), unit);
  if (stage > 0)
    placed(
      telling.on(between(0.2)),
      unit,
      one.category,
      'Færdes fast sammen med medlemmer og er dømt for forhold begået sammen med dem.',
    );
  if (stage > 1)
    examined(
      telling.on(between(0.4)),
      unit,
      undefined,
      dice.next() < 0.1 ? 'Flytter midlertidigt, til der er ro.' : 'Ingen kendte trusler.',
    );
  if (stage < 3) return;
  telling.on(between(0.7));
  const factors = dice.one(FACTORS);
  for (const who of stage === 3 ? unit.seats.slice(1) : unit.seats) concludesFor(telling, who, factors, texts.reasonsFor);
  if (stage > 3) telling.on(acceptedBy).does(unit.lead, 'decision.accept');
}

/** Days from the beginning to the acceptance where every step is done in its time: facts within a week, conclusions within two, the decision a week after them. */
const IN_TIME = 18;
/** In assessment today, every step in its time: the young as far as they have come, the older ones accepted in these weeks, so that what comes after is not late either. */
export function stillOpen(story: Story): void {
  const { one, dice, today } = story;
  const lately = workingDayBefore(addDays(today, -dice.between(3, 11)));
  const inTime = workingDayBefore(addDays(one.begun, IN_TIME));
  assessed(story, 4, lately > inTime ? lately : inTime);
}

/** Ends without a decision; ordinary prevention is offered (FM-ASM-10, FM-TGT-5). */
export function interruptedAssessment({ telling, unit, dice }: Story, on: PlainDate): void {
  const reason = dice.weighted([
    ['withdrew', 48],
    ['unreachable', 40],
    ['moved-abroad', 10],
    ['died', 2],
  ] as const);
  telling.on(on).does(unit.lead, 'assessment.interrupt', { reason });
  if (reason !== 'died')
    telling.on(addDays(on, 3)).does(unit.writer, 'prevention.offer', { outcome: dice.one(['declined', 'no-need'] as const) });
}

/** Assessed, heard and refused by the majority (FM-DEC-1, FM-DEC-5). */
export function turnedDown({ telling, one, unit, dice, texts }: Story, on: PlainDate): void {
  const heard = workingDayBefore(addDays(on, -20));
  begun(telling.on(one.begun), unit);
  placed(telling.on(addDays(one.begun, 3)), unit, one.category, 'Færdes sammen med medlemmer.');
  examined(telling.on(addDays(one.begun, 6)), unit, undefined, 'Ingen kendte trusler.');
  telling.on(addDays(heard, -3));
  for (const [seat, who] of unit.seats.entries()) {
    if (seat === 2 && dice.next() < 0.5) concludesFor(telling, who, dice.one(FACTORS), texts.reasonsFor);
    else concludesAgainst(telling, who, ['punishment'], texts.reasonsAgainst);
  }
  heardAbout(telling.on(heard), unit.lead, texts.reasonsAgainst.motivation, heard);
  refused(telling.on(on), unit, texts.reasonsAgainst.motivation);
  telling.on(addDays(on, 3)).does(unit.writer, 'prevention.offer', {
    outcome: 'offered',
    where: dice.one(['own-authority', 'ssp', 'local-council'] as const),
  });
}
