import { z } from 'zod';
import type { Actor } from '../kernel/command.js';
import type { UserId } from '../kernel/ids.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addWorkingDays, type PlainDate } from '../kernel/time.js';
import { dayField, notInAssessment } from './assessment.js';
import type { ExitCase } from './case.js';
import { isSeat, membershipsOf, unitMember } from './circle.js';
import { command, type Task } from './define.js';
import { type Question, questionField } from './question.js';
import { holderOf, leadSeat } from './vote.js';

/** Whether what the contact point said still bears on what the unit does: advice until the unit has decided, a decision until the course it led to has begun. */
const matters = (state: ExitCase, { kind, status }: Question): boolean =>
  kind === 'advice' || (kind === 'decision' && status === 'returned') ? notInAssessment(state) === undefined : state.course.status === 'none';

/** Answers, or questions given back with advice, that nobody of the unit has said he has read (FM-ASM-6, FM-DEC-2). */
export const unreadAnswers = (state: ExitCase): readonly Question[] =>
  state.questions.questions.filter((one) => (one.status === 'answered' || one.status === 'returned') && one.readOn === undefined && matters(state, one));

/** Decisions of the contact point that the candidate has not been given (FM-LAW-1, FM-DEC-1). */
export const decisionsToGive = (state: ExitCase): readonly Question[] =>
  state.questions.questions.filter((one) => one.kind !== 'advice' && one.status === 'answered' && one.givenOn === undefined && matters(state, one));

const which = (found: readonly Question[], id: string): Question | Rejection =>
  found.find((one) => one.id === id) ?? reject('FM-WORK-1', ['question'], 'Det er allerede noteret.', 'question');

/** Somebody of the unit has read what the contact point said; it ends the task and nothing else. */
export const questionReadAnswer = command({
  name: 'question.readAnswer',
  title: 'Jeg har læst kontaktpunktets svar',
  rules: ['FM-ASM-6', 'FM-DEC-2', 'FM-WORK-1'],
  page: 'overblik',
  input: z.strictObject({ question: questionField }),
  writes: [],
  may: unitMember,
  when: (state) => (unreadAnswers(state).length > 0 ? undefined : reject('FM-WORK-1', ['question'], 'Der er intet svar fra kontaktpunktet, som ikke er læst.')),
  decide: (state, input, ctx) => {
    const question = which(unreadAnswers(state), input.question);
    return 'rejected' in question ? question : [{ event: { type: 'QuestionAnswerRead', question: question.id, on: ctx.today } }];
  },
});

/** Who asked; where he is not in the unit any more, or the contact point asked itself, the unit's lead. */
const readerOf = (state: ExitCase, { askedBy }: Question): Task['owner'] => {
  const user: UserId | undefined = membershipsOf(state, askedBy).some((one) => isSeat(one.role)) ? askedBy : undefined;
  return user === undefined ? { seat: leadSeat(state) } : { user };
};

/** Whether the actor is the one for whom the answer waits to be read. */
const isReader = (state: ExitCase, question: Question, { user }: Actor): boolean => {
  const owner = readerOf(state, question);
  return ('user' in owner ? owner.user : 'seat' in owner ? holderOf(state, owner.seat)?.user : undefined) === user;
};

/** The candidate has been given the contact point's decision, in the way agreed with him (FM-LAW-1, FM-SEC-5). */
export const decisionGive = command({
  name: 'decision.give',
  title: 'Notér, at kandidaten har fået afgørelsen',
  rules: ['FM-LAW-1', 'FM-DEC-1', 'FM-DEC-2'],
  page: 'overblik',
  input: z.strictObject({
    question: questionField,
    on: dayField.optional().meta({ label: 'Hvornår fik kandidaten afgørelsen?', hint: 'Lad feltet stå, hvis det er i dag.', widget: 'date' }),
  }),
  writes: [],
  may: unitMember,
  when: (state) => (decisionsToGive(state).length > 0 ? undefined : reject('FM-LAW-1', ['question'], 'Der er ingen afgørelse fra kontaktpunktet, som kandidaten mangler at få.')),
  decide: (state, input, ctx) => {
    const question = which(decisionsToGive(state), input.question);
    if ('rejected' in question) return question;
    const on = input.on ?? ctx.today;
    if (on > ctx.today || (question.endedOn !== undefined && on < question.endedOn)) {
      return reject('FM-LAW-1', ['own'], 'Skriv en dag fra den dag, afgørelsen blev truffet, og til og med i dag.', 'on');
    }
    // Who gives it has read it. When another asked, that one is still to be told: of a refused case nothing else does.
    const read = question.readOn === undefined && isReader(state, question, ctx.actor);
    return [{ event: { type: 'DecisionGiven', question: question.id, on } }, ...(read ? [{ event: { type: 'QuestionAnswerRead' as const, question: question.id, on: ctx.today } }] : [])];
  },
});

/** Working days from the answer until it should have been read, and a decision given to the candidate (policy). */
const DAYS_TO_READ = 2;
const DAYS_TO_GIVE = 3;
const dueFrom = ({ endedOn, due }: Question, days: number): PlainDate => addWorkingDays(endedOn ?? due, days);

export const questionReadingTasks = (state: ExitCase): readonly Task[] => [
  ...unreadAnswers(state).map((one) => ({
    key: `question.readAnswer:${one.id}`, title: 'Læs kontaktpunktets svar', owner: readerOf(state, one), due: dueFrom(one, DAYS_TO_READ), command: 'question.readAnswer',
  })),
  ...decisionsToGive(state).map((one) => ({
    key: `decision.give:${one.id}`, title: 'Giv kandidaten afgørelsen', owner: { seat: leadSeat(state) }, due: dueFrom(one, DAYS_TO_GIVE), command: 'decision.give',
  })),
];

export const questionReadingCommands = [questionReadAnswer, decisionGive];
