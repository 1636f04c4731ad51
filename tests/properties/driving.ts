import { openProposals } from '../../src/domain/exit-case/annulment.js';
import { coordinatorSeat, currentMembers } from '../../src/domain/exit-case/circle.js';
import { isUnheard } from '../../src/domain/exit-case/double.js';
import { type CaseEvent, caseCommands, type ExitCase } from '../../src/domain/exit-case/case.js';
import type { Task } from '../../src/domain/exit-case/define.js';
import { isAtContactPoint } from '../../src/domain/exit-case/unit-naming.js';
import { tasksOf } from '../../src/domain/exit-case/follows.js';
import { unheardBreaches } from '../../src/domain/exit-case/breach.js';
import { isEnded, type Measure } from '../../src/domain/exit-case/measure.js';
import { concludedSeats } from '../../src/domain/exit-case/conclusion.js';
import { decisionsToGive, unreadAnswers } from '../../src/domain/exit-case/question-reading.js';
import { official, openQuestions } from '../../src/domain/exit-case/question.js';
import { isReviewable, reviewTasks } from '../../src/domain/exit-case/review.js';
import type { Admission, AnyCommand } from '../../src/domain/kernel/command.js';
import { cast, type CastName, castNames, nameOfUser } from './cast.js';
import { type Dice, diceOf } from './dice.js';
import { byTheSchema, type Input, type Table } from './filling.js';
import { hasNeed, lacking } from './needs.js';
import type { Plan } from './plan.js';
import { Play, type Step } from './playing.js';
import { senseOfAgreement } from './sense-agreement.js';
import { type Sense, senseOfBeginning } from './sense-beginning.js';
import { senseOfCourse } from './sense-course.js';
import { senseOfMeasures } from './sense-measures.js';
import { senseOfSecurity } from './sense-security.js';
import { senseOfPeople } from './sense-people.js';
import { spoiled } from './spoiling.js';

const SENSE: Readonly<Record<string, Sense>> = { ...senseOfBeginning, ...senseOfMeasures, ...senseOfAgreement, ...senseOfSecurity, ...senseOfCourse, ...senseOfPeople };

/** How often chance gives a command, beside the others' once. Those that end the case, take somebody out of it or undo what was done: seldom, or no history would come far. A file oftener: it has a wall of its own. */
const OFTEN: Readonly<Record<string, number>> = {
  'attachment.add': 3,
  'inquiry.close': 0.15,
  'inquiry.convey': 0.3,
  'inquiry.dispute': 0.3,
  'contactPoint.nameUnit': 0.5,
  'assessment.interrupt': 0.15,
  'circle.add': 0.3,
  'circle.remove': 0.1,
  'circle.exclude': 0.2,
  'circle.declareConflict': 0.1,
  'circle.depute': 0.2,
  'circle.handOver': 0.15,
  'circle.takeOver': 0.1,
  'circle.renew': 0.4,
  'residence.change': 0.3,
  'consent.refuse': 0.25,
  'consent.withdraw': 0.28,
  'record.annul': 0.25,
  'measure.stop': 0.2,
  'assessment.targetGroup': 0.4,
  'security.assess': 0.5,
  'security.raiseAcute': 0.1,
  'screening.ask': 0.7,
  'agreement.setTerms': 0.5,
  'agreement.assignDrafter': 0.3,
};
/** What each goal is after beside the tasks that the case itself sets. */
const AFTER: Readonly<Record<Plan['goal'], readonly string[]>> = {
  course: ['measure.chooseLater', 'contactPerson.endException'],
  custody: ['measure.propose'],
  outside: ['prevention.offer'],
  early: [],
  double: [],
  refuse: ['contactPoint.decideReview', 'prevention.offer'],
  split: ['contactPoint.decide', 'contactPoint.returnQuestion'],
};
const IN_COURSE = [
  'breach.record',
  'sanction.refer',
  'followUp.reschedule',
  'agreement.revise',
  'followUp.hold',
  'contactPerson.endException',
];

const isByLaw = (measure: Measure): boolean => ['stofmisbrug', 'alkohol'].includes(measure.measureType);

/** The protected address has a chain of its own, which a history in four goes to its end. */
const ADDRESS = ['address.protect', 'address.hold', 'address.allow', 'address.withdraw'];
const ofAddress = ({ steps, state }: Play, { endFrom }: Plan): string | undefined =>
  endFrom % 4 > 0 || steps.length < 12 || state.ending.closed !== undefined || state.acute.standing !== undefined
    ? undefined
    : ADDRESS.find((name) => !steps.some((one) => one.kind === 'done' && one.command === name));

/** A double is confirmed and ends, where a history is after that, three in four of them before anybody has taken it, where it does not haste; elsewhere one in nine has its unit told late that another case ends. */
const ofDouble = ({ state, steps }: Play, { goal, endFrom }: Plan): string | undefined => {
  const { told } = state.double;
  if (state.ending.closed !== undefined) return undefined;
  if (state.inquiry.status !== 'taken') return goal !== 'double' || endFrom % 4 === 0 ? undefined : told === undefined ? 'contactPoint.tellDouble' : isUnheard(state) ? undefined : 'inquiry.endAsDouble';
  if (goal === 'double') return told === undefined ? 'contactPoint.tellDouble' : 'case.markDuplicate';
  if (endFrom % 9 !== 1 || steps.length < 14 || told?.kept === true) return undefined;
  return told === undefined ? 'contactPoint.tellDouble' : 'case.keepDespiteDouble';
};

/** Nobody holds the co-ordinator's seat. */
const isUnattended = (state: ExitCase): boolean =>
  state.inquiry.status === 'taken' && !currentMembers(state).some((one) => one.role === coordinatorSeat(state));

/** What a history is after now, the most pressing first. */
const pressing = (game: Play, plan: Plan): readonly string[] => {
  const { course, ending, inquiry, assessment, decision, consent, measures } = game.state;
  if (inquiry.unit === 'unnamed') return ['contactPoint.nameUnit'];
  if (isUnattended(game.state)) return ['circle.takeOver'];
  if (openProposals(game.state).length > 0) return ['record.keep'];
  if (game.state.questions.questions.some((one) => one.status === 'open' && one.by === 'contactPoint' && one.supplementedOn === undefined)) return ['decision.supplementReview'];
  if (unreadAnswers(game.state).length > 0) return ['question.readAnswer', 'decision.give'];
  if (decisionsToGive(game.state).length > 0) return ['decision.give'];
  const address = ofAddress(game, plan);
  if (address !== undefined) return [address];
  const double = ofDouble(game, plan);
  if (double !== undefined) return [double];
  if (consent.withdrawal?.cannotGoOn === false) return ['consent.weighWithdrawal'];
  if (unheardBreaches(game.state).length > 0 && plan.end !== 'complete') return ['breach.hear'];
  const lawful = measures.measures.find((one) => isByLaw(one) && !isEnded(one));
  if (lawful?.requestedOn === undefined ? lawful !== undefined : lawful.chosenStart === undefined && plan.end === 'go-on')
    return ['measure.request', 'measure.chooseLater'];
  if (course.status === 'running')
    return game.steps.length >= plan.endFrom && plan.end !== 'go-on' ? [`course.${plan.end}`, 'course.state'] : [];
  if (course.status !== 'none' && ending.closed === undefined) return ['discharge.write'];
  if (plan.goal === 'early' && inquiry.status === 'taken' && assessment.begun === undefined) return ['inquiry.close'];
  if (plan.goal === 'refuse' && decision.review === undefined) return ['decision.requestReview'];
  if (plan.goal === 'refuse' && reviewTasks(game.state).length > 0) return ['decision.supplementReview'];
  return plan.goal === 'split' && decision.outcome === undefined && concludedSeats(game.state).length > 1
    ? ['assessment.referToContactPoint', 'hearing.answer', 'hearing.send']
    : [];
};
const aims = (game: Play, plan: Plan): readonly string[] => [
  ...(game.state.course.status === 'running' ? IN_COURSE : []),
  ...AFTER[plan.goal],
  ...(game.state.screening.screenings.some((one) => one.handedOverOn === undefined) ? ['screening.handOver', 'screening.assessThreat'] : []),
];

type CaseCommand = AnyCommand<ExitCase, CaseEvent>;

/** Who the database would let in to a command of this admission at all. */
const admitted = ({ state }: Play, admission: Admission): readonly CastName[] => {
  const inside = (): readonly CastName[] => [...new Set(currentMembers(state).flatMap((one) => nameOfUser(one.user) ?? []))];
  switch (admission) {
    case 'staff':
      return state.inquiry.status === 'none' ? castNames : [];
    case 'inbox':
      return state.inquiry.status !== 'inbox'
        ? []
        : castNames.filter(
            (name) => cast[name].authority === (state.inquiry.unit === 'dfk' ? 'dfk' : `police:${state.inquiry.unit}`),
          );
    case 'question':
      return openQuestions(state).length === 0
        ? []
        : castNames.filter((name) => cast[name].functions.some((one) => one === 'contact_point'));
    case 'refusal': {
      const officials = isReviewable(state) ? castNames.filter((name) => cast[name].functions.some((one) => one === 'contact_point') && !inside().includes(name)) : [];
      // A refused candidate turns to the contact point itself as often as not.
      return [...inside(), ...officials, ...officials];
    }
    case 'unit-desk':
      return isAtContactPoint(state) ? castNames.filter((name) => cast[name].functions.some((one) => one === 'contact_point')) : [];
    case 'emergency':
      return state.inquiry.status === 'none' ? [] : castNames.filter((name) => cast[name].functions.some((one) => one === 'police_exit') && !inside().includes(name));
    case 'match':
      return state.inquiry.status === 'none' ? [] : castNames.filter((name) => cast[name].functions.some((one) => one === 'contact_point'));
    // Whether a case has a co-ordinator the database asks of the staff; here any colleague of the unit may come.
    case 'unattended': {
      const { unit, place } = state.inquiry;
      const mine = (name: CastName): boolean => (place === 'custody' ? cast[name].functions.some((one) => one === 'custody_exit') : cast[name].authority === `police:${unit}`);
      return state.inquiry.status === 'taken' ? castNames.filter((name) => mine(name) && !inside().includes(name)) : [];
    }
    default:
      return inside();
  }
};

const whoMay = (play: Play, command: CaseCommand): readonly CastName[] =>
  admitted(play, command.admission).filter((who) => play.isPossible(who, command.name) && hasNeed(play, who, command.name));

interface Move {
  readonly who: CastName;
  readonly command: string;
}

/** Somebody to do a command that is possible now. */
const moveFor = (play: Play, name: string, dice: Dice): Move | undefined => {
  const command = caseCommands.find((one) => one.name === name);
  if (command === undefined) return undefined;
  const people = whoMay(play, command);
  // Most of those who are refused turn to the contact point themselves, in these histories: what follows from it is the rarer way.
  const officials = people.filter((one) => official.test(play.state, cast[one]));
  const who = dice.any(command.admission === 'refusal' && officials.length > 0 && dice.percent(90) ? officials : people);
  return who && { who, command: name };
};

const ownerOf = ({ state }: Play, { owner }: Task, dice: Dice): CastName | undefined => {
  if ('user' in owner) return nameOfUser(owner.user);
  if ('desk' in owner) return dice.any(castNames.filter((name) => cast[name].functions.some((one) => one === owner.desk)));
  return currentMembers(state).flatMap((one) => (one.role === owner.seat ? (nameOfUser(one.user) ?? []) : []))[0];
};

/** One of the things that wait in the case, by the one whose turn it is. */
const byTask = (play: Play, dice: Dice): Move | undefined => {
  const task = dice.any(tasksOf(play.state));
  const who = task && ownerOf(play, task, dice);
  return task && who && play.isPossible(who, task.command) ? { who, command: task.command } : undefined;
};

/** The way a case goes by itself: what an agreement lacks, else a thing that waits. */
const onTheWay = (play: Play, plan: Plan, dice: Dice): Move | undefined => {
  const lacks = lacking(play);
  const move = (lacks !== undefined && dice.percent(75) ? moveFor(play, lacks, dice) : undefined) ?? byTask(play, dice);
  // Those who are of two minds ask the contact point before they decide.
  return plan.goal === 'split' && move?.command.startsWith('decision.') === true && dice.percent(75) ? undefined : move;
};

/** Anything that somebody can do now. */
const byChance = (play: Play, dice: Dice): Move | undefined => {
  const doors = (['circle', 'inbox', 'question', 'unit-desk'] as const).map((door) => [door, admitted(play, door)] as const);
  const who = dice.any(doors.flatMap(([, people]) => people));
  if (who === undefined) return undefined;
  const open = doors.filter(([, people]) => people.includes(who)).map(([door]) => door);
  const fits = (one: CaseCommand): boolean =>
    open.some((door) => door === one.admission || (door === 'circle' && (one.admission === 'question-taker' || one.admission === 'refusal')));
  const possible = caseCommands.filter((one) => fits(one) && play.isPossible(who, one.name) && hasNeed(play, who, one.name));
  const command = dice.weighed(possible, (one) => OFTEN[one.name] ?? 1);
  return command && { who, command: command.name };
};

/** Something that this person cannot do, or not now, or that nobody would. */
const byMistake = (play: Play, dice: Dice): Move => ({
  who: dice.any(dice.percent(70) ? admitted(play, 'circle') : castNames) ?? dice.one(castNames),
  command: dice.one(caseCommands).name,
});

/** The next command of a history: what presses, what waits, what is wished for, what chance brings. */
const nextMove = (game: Play, plan: Plan, wishes: ReadonlySet<Plan['wishes'][number]>, dice: Dice): Move | undefined => {
  const wished = (): Move | undefined => {
    const wish = dice.any([...wishes].filter((one) => one.from <= game.steps.length));
    const aim = dice.any(aims(game, plan));
    return (wish && moveFor(game, wish.command, dice)) ?? (aim === undefined ? undefined : moveFor(game, aim, dice));
  };
  const press = (): Move | undefined => {
    for (const name of pressing(game, plan)) {
      const move = moveFor(game, name, dice);
      if (move !== undefined) return move;
    }
    return undefined;
  };
  const { course, ending } = game.state;
  const hurried = plan.hurried && course.status === 'none' && ending.closed === undefined;
  return (
    (dice.percent(60) ? press() : undefined) ??
    (dice.percent(hurried ? 15 : 45) ? wished() : undefined) ??
    (dice.percent(hurried ? 88 : 45) ? onTheWay(game, plan, dice) : undefined) ??
    byChance(game, dice)
  );
};

/** A command somebody gives next, with an input that makes sense, or none where it is a mistake. */
export interface Given {
  readonly who: CastName;
  readonly command: string;
  readonly input: object;
}

/** Plays one history by its plan, one command at a time; what is carried out is the caller's. */
export class Director {
  readonly #game: Play;
  readonly #plan: Plan;
  readonly #wishes: Set<Plan['wishes'][number]>;
  readonly #mark: string;
  #said = 0;

  /** @param mark stands before the number of every text, so that those of several histories differ. */
  constructor(game: Play, plan: Plan, mark = '') {
    this.#game = game;
    this.#plan = plan;
    this.#wishes = new Set(plan.wishes);
    this.#mark = mark;
  }

  readonly #words = (longest = 60): string => {
    this.#said += 1;
    return `tekst ${this.#mark}${this.#said.toString(36)} ${'om sagen '.repeat(this.#said % 4)}`.slice(0, longest).trim();
  };

  /** The next command; `later` lets the days go by before it. */
  next(dice: Dice, later: (days: number) => void): Given | undefined {
    const game = this.#game;
    const mistaken = game.steps.length > 0 && dice.percent(13);
    later(dice.percent(72) ? 0 : dice.percent(70) ? dice.between(1, 7) : dice.between(8, 40));
    const move =
      game.steps.length === 0
        ? moveFor(game, 'inquiry.register', dice)
        : mistaken
          ? byMistake(game, dice)
          : nextMove(game, this.#plan, this.#wishes, dice);
    if (move === undefined) return undefined;
    const table: Table = { play: game, who: move.who, dice, words: this.#words };
    const input: Input = { ...byTheSchema(table, move.command), ...SENSE[move.command]?.(table, this.#plan) };
    return { ...move, input: mistaken && dice.percent(50) ? spoiled(input, dice) : (JSON.parse(JSON.stringify(input)) as object) };
  }

  /** What was wished for and done is not wished for again. */
  done(command: string): void {
    for (const wish of this.#wishes) if (wish.command === command) this.#wishes.delete(wish);
  }
}

/** Plays one history as planned, with a mistake now and then. */
export function play(plan: Plan, onStep: (step: Step) => void = () => undefined): Play {
  const game = new Play();
  const director = new Director(game, plan);
  for (const seed of plan.steps) {
    if (seed === undefined) continue;
    const dice = diceOf(seed);
    const given = director.next(dice, (days) => { game.later(days); });
    if (given === undefined) continue;
    const step = game.tries(given.who, given.command, given.input);
    if (step.kind === 'done') director.done(step.command);
    onStep(step);
    // A closed case has little left in it; whoever goes on plays for what is done afterwards.
    if (game.state.ending.closed !== undefined && dice.percent(15)) break;
  }
  return game;
}
