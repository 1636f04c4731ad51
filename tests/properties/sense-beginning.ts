import { concludedSeats } from '../../src/domain/exit-case/conclusion.js';
import { currentMembers, emptySeats, isFullMember, type Seat, seatsOf } from '../../src/domain/exit-case/circle.js';
import { UNKNOWN_RESIDENCE } from '../../src/domain/exit-case/residence.js';
import { decisionsToGive, unreadAnswers } from '../../src/domain/exit-case/question-reading.js';
import { openQuestions, type QuestionKind } from '../../src/domain/exit-case/question.js';
import { CRITERIA } from '../../src/domain/exit-case/vote.js';
import { addDays, copenhagenDate } from '../../src/domain/kernel/time.js';
import {
  registrationNeededFor,
  REGISTRATIONS,
  TARGET_CATEGORIES,
  type TargetCategory,
} from '../../src/domain/reference/target-group.js';
import { againstAcceptance, forAcceptance } from '../support/assessment-states.js';
import { cast, holding } from './cast.js';
import type { Input, Table } from './filling.js';
import type { Goal, Plan } from './plan.js';

/** What makes an input meaningful where the schema alone would not; `undefined` takes a field away. */
export type Sense = (table: Table, plan: Plan) => Input;

const HOMES = { vestegn: '0183', fyn: '0461' } as const;
const UNITS = { vestegn: 'koebenhavns-vestegn', fyn: 'fyn' } as const;
const FUNCTIONS: Readonly<Record<Seat, string>> = {
  police: 'police_exit',
  municipal: 'municipal_exit',
  probation: 'probation_exit',
  custody: 'custody_exit',
};

/** Those who could hold a seat of the case now, none of whom is in it already. */
const candidatesFor = ({ play: { state } }: Table, seat: Seat): readonly string[] => {
  const { unit, municipality, place } = state.inquiry;
  const authority =
    seat === 'custody'
      ? 'dfk'
      : seat === 'municipal'
        ? `municipality:${municipality ?? '0183'}`
        : place === 'custody'
          ? undefined
          : `${seat}:${unit}`;
  const inside = currentMembers(state).map((one) => one.user);
  return holding(FUNCTIONS[seat], authority)
    .map((one) => one.user)
    .filter((user) => !inside.includes(user) && !state.circle.excluded.includes(user));
};

const seatToFill = (table: Table): Seat | undefined => {
  const { state } = table.play;
  const [empty] = emptySeats(state);
  if (empty !== undefined) return empty;
  return state.inquiry.place === 'custody' && !currentMembers(state).some((one) => one.role === 'police') ? 'police' : undefined;
};

const addition: Sense = (table) => {
  const seat = seatToFill(table);
  if (seat !== undefined) return { role: seat, user: table.dice.any(candidatesFor(table, seat)) ?? cast.police2.user };
  const seats: readonly Seat[] = ['police', 'municipal', 'probation'];
  return { role: 'contact', user: table.dice.any(seats.flatMap((one) => candidatesFor(table, one))) ?? cast.municipal2.user };
};

const replacement: Sense = (table) => {
  const [seat] = seatsOf(table.play.state, cast[table.who].user);
  return { replacement: seat === undefined || table.dice.percent(40) ? undefined : table.dice.any(candidatesFor(table, seat)) };
};

const votes = (goal: Goal, dice: Table['dice'], seats: number): boolean => {
  switch (goal) {
    case 'refuse':
    case 'outside':
      return dice.percent(8);
    case 'split':
      // The first for, the second against: whatever the third says, they differ.
      return seats === 0 || (seats > 1 && dice.percent(50));
    default:
      return dice.percent(93);
  }
};

const conclusion: Sense = ({ play: { state }, dice, words }, { goal }) => ({
  ...(votes(goal, dice, concludedSeats(state).length) ? forAcceptance : againstAcceptance),
  motivationFor: words(),
  suitabilityFor: words(),
  needFor: words(),
  motivationAgainst: words(),
  suitabilityAgainst: words(),
  changeReason: concludedSeats(state).length > 1 || dice.percent(10) ? words() : undefined,
  fearJustification: undefined,
});

const target: Sense = ({ play: { state }, who, dice, words }, { goal }) => {
  const police = currentMembers(state).some((one) => one.user === cast[who].user && one.role === 'police');
  const known = state.targetGroup.registration?.status;
  const speaks = seatsOf(state, cast[who].user).length > 0;
  const fitting = TARGET_CATEGORIES.filter((one) => known === undefined || registrationNeededFor(one) === known);
  const set = state.targetGroup.category;
  const category: TargetCategory | 'outside' =
    goal === 'outside' || (goal === 'refuse' && dice.percent(15)) ? 'outside' : dice.one(fitting);
  const chosen = speaks ? category : set;
  const registration =
    chosen === undefined
      ? dice.one(REGISTRATIONS)
      : chosen === 'outside'
        ? dice.one(['formerly', 'not'])
        : registrationNeededFor(chosen);
  return {
    category: speaks ? category : undefined,
    indicators: dice.percent(95) ? ['milieu-crime'] : [],
    description: words(),
    registration: police ? registration : undefined,
  };
};

const inHand = (table: Table, kind: QuestionKind | undefined) =>
  openQuestions(table.play.state)
    .filter(
      (one) => (kind === undefined || one.kind === kind) && one.takenBy.some((taker) => taker.user === cast[table.who].user),
    )
    .map((one) => one.id);
const question = (table: Table, kind?: QuestionKind): Input => ({
  question: table.dice.any(inHand(table, kind)) ?? table.play.state.questions.questions[0]?.id,
});

const heard: Sense = ({ play: { state, today }, dice, words }) => ({
  about: state.course.status === 'running' ? 'interruption' : 'decision',
  ...(dice.percent(30)
    ? { exception: words(), facts: undefined, deadline: undefined }
    : { exception: undefined, facts: words(), deadline: addDays(today, dice.between(1, 14)) }),
});

/** The steps up to the decision, the circle and the contact point. */
export const senseOfBeginning: Readonly<Record<string, Sense>> = {
  // One in eight comes without a known residence: the contact point names the unit.
  'inquiry.register': ({ dice, words }, { goal, place }) => ({
    ...(dice.percent(12) ? { municipality: UNKNOWN_RESIDENCE, whereabouts: words() } : { municipality: HOMES[place] }),
    place: goal === 'custody' ? 'custody' : 'freedom',
    receivedAt: undefined,
    channel: dice.one(['phone', 'visit']),
  }),
  'inquiry.take': (table) => ({
    police: undefined,
    municipal: undefined,
    probation: undefined,
    custody: undefined,
    ...Object.fromEntries(
      (table.play.state.inquiry.place === 'custody' ? ['custody' as const] : (['police', 'municipal', 'probation'] as const)).map(
        (seat) => [seat, table.dice.any(candidatesFor(table, seat))],
      ),
    ),
  }),
  'inquiry.convey': ({ play: { state } }, { goal }) => {
    const there =
      state.inquiry.unit === 'fyn'
        ? { unit: 'koebenhavns-vestegn', municipality: '0183' }
        : { unit: 'fyn', municipality: '0461' };
    return goal === 'custody' && state.inquiry.unit !== 'dfk' ? { unit: 'dfk', municipality: undefined } : there;
  },
  'contactPoint.nameUnit': ({ play: { state } }, { goal, place }) => {
    const home = goal === 'custody' ? 'dfk' : UNITS[place];
    const unit = state.inquiry.unit === home ? (home === 'fyn' ? UNITS.vestegn : UNITS.fyn) : home;
    return { unit, municipality: unit === 'dfk' ? undefined : unit === 'fyn' ? HOMES.fyn : HOMES.vestegn, seen: state.inquiry.aboutUnitAt };
  },
  'circle.add': addition,
  'circle.remove': ({ play: { state }, who, dice }) => ({
    user: dice.any(
      currentMembers(state)
        .map((one) => one.user)
        .filter((user) => user !== cast[who].user && user !== state.agreement.contactPerson),
    ),
  }),
  'circle.exclude': ({ play: { state }, who, dice }) => {
    const inside = currentMembers(state).map((one) => one.user);
    return {
      user: dice.one(
        Object.values(cast)
          .map((one) => one.user)
          .filter((user) => user !== cast[who].user && (!inside.includes(user) || dice.percent(10))),
      ),
    };
  },
  'circle.declareConflict': replacement,
  'person.update': ({ words }) => ({ name: words(200) }),
  'person.correct': ({ words }) => ({ name: words(200) }),
  'residence.change': ({ play: { state, today }, dice }) => ({
    municipality: dice.one(['0183', '0461', '0165', '0101'].filter((one) => one !== state.inquiry.municipality)),
    from: addDays(today, -dice.between(0, 10)),
  }),
  'assessment.begin': ({ play: { today, state }, dice }) => ({
    date: dice.percent(70) ? undefined : dice.one([today, copenhagenDate(state.inquiry.receivedAt)]),
  }),
  'assessment.targetGroup': target,
  'assessment.recordObtained': ({ play: { today }, dice, words }) => {
    const nothingFound = dice.percent(50);
    return { date: dice.percent(70) ? undefined : today, nothingFound, ...(nothingFound ? {} : { material: words() }) };
  },
  'assessment.submit': conclusion,
  'assessment.interrupt': ({ words }) => ({ note: words() }),
  // Whoever is not in the unit asks for a candidate who turned to the contact point.
  'decision.requestReview': ({ play: { state }, who, words }) => (seatsOf(state, cast[who].user).length > 0 ? {} : { account: words(), entries: [] }),
  'contactPoint.takeQuestion': ({ play: { state }, dice }) => ({ question: dice.any(openQuestions(state).map((one) => one.id)) }),
  'contactPoint.returnQuestion': (table) => {
    const back = table.dice.percent(40);
    return { ...question(table), to: back ? 'unit' : 'queue', advice: back ? table.words() : undefined };
  },
  'question.readAnswer': ({ play: { state }, dice }) => ({ question: dice.any(unreadAnswers(state).map((one) => one.id)) }),
  'decision.give': ({ play: { state }, dice }) => ({ question: dice.any(decisionsToGive(state).map((one) => one.id)), on: undefined }),
  'contactPoint.advise': (table) => question(table, 'advice'),
  'contactPoint.decide': (table) => {
    const position = table.dice.one(['accept', 'accept', 'refuse']);
    const ofRefusal = position === 'accept' ? { criterion: 'none', complaintRoute: undefined } : { criterion: table.dice.one(CRITERIA).value };
    return { ...question(table, 'decision'), position, ...ofRefusal };
  },
  'contactPoint.decideReview': (table) => {
    const position = table.dice.one(['uphold', 'overturn']);
    return { ...question(table, 'review'), position, ...(position === 'overturn' ? { complaintRoute: undefined } : {}) };
  },
  'hearing.send': heard,
  'hearing.answer': ({ play: { state }, dice }) => ({
    hearing: dice.percent(50)
      ? undefined
      : dice.any(
          state.hearing.hearings.filter((one) => one.deadline !== undefined && one.answeredOn === undefined).map((one) => one.id),
        ),
  }),
  'decision.refuse': ({ play: { state }, dice }) => ({
    criterion:
      state.targetGroup.category === 'outside'
        ? dice.one(['targetGroup', 'motivation'])
        : dice.one(['motivation', 'motivation', 'suitability', 'need']),
  }),
  'prevention.offer': ({ dice }) => ({ where: dice.one(['ssp', 'gang-council']), consented: true }),
  'contactPerson.appoint': ({ play: { state }, dice }) => ({
    user: dice.any(
      currentMembers(state)
        .map((one) => one.user)
        .filter((user) => isFullMember(state, user) && user !== state.agreement.contactPerson),
    ),
  }),
};
