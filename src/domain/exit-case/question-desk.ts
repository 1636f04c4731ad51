import { z } from 'zod';
import type { CommandContext } from '../kernel/command.js';
import { cprFault } from '../kernel/identifying.js';
import type { UserId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { formatDate, type PlainDate } from '../kernel/time.js';
import type { ExitCase } from './case.js';
import { command } from './define.js';
import { authorityName } from '../reference/authorities.js';
import { endMemberships, official, openQuestions, type Question, questionField, questionTaker } from './question.js';
import { inBundle } from './question-bundle.js';
import { authoritiesNeeded } from './question-tasks.js';

const list = new Intl.ListFormat('da', { type: 'conjunction' });
/** Who works on it: 'Rigspolitiet og KL har taget spørgsmålet.' No more officials read a bundle than it takes to answer (FM-CNF-4). */
const isWith = ({ takenBy }: Question): string => `${list.format(takenBy.map((one) => authorityName(one.authority)))} har taget spørgsmålet.`;

/** An official takes a question out of the queue, and becomes a member of its bundle alone (FM-NCP-2). */
export const contactPointTakeQuestion = command({
  name: 'contactPoint.takeQuestion',
  title: 'Tag spørgsmålet',
  rules: ['FM-NCP-2', 'FM-DEC-2'],
  admission: 'question',
  page: 'overblik',
  input: z.strictObject({ question: questionField }),
  writes: [],
  may: official,
  decide: (state, input, ctx) => {
    const { user, authority } = ctx.actor;
    const question = openQuestions(state).find((one) => one.id === input.question);
    // The same words for an official who is shut out of the case: that must not show.
    if (question === undefined || state.circle.excluded.includes(user)) {
      return reject('FM-NCP-2', ['question'], 'Spørgsmålet ligger ikke længere i køen.', 'question');
    }
    if (question.takenBy.some((taker) => taker.authority === authority)) {
      return reject('FM-DEC-2', ['question'], 'Din myndighed har allerede taget spørgsmålet.', 'question');
    }
    if (authoritiesNeeded(question) === 0) return reject('FM-NCP-2', ['own'], `${isWith(question)} Der mangler ikke flere.`, 'question');
    return [
      { event: { type: 'QuestionTaken', question: question.id, official: user, authority } },
      { event: { type: 'MemberAdded', user, role: 'question', authority, question: question.id } },
    ];
  },
});

const TO = [
  { value: 'queue', label: 'Tilbage i køen, så en kollega kan tage det' },
  { value: 'unit', label: 'Tilbage til enheden med et råd' },
] as const;

/** From what day an open question may go back to the unit with advice; undefined where it may now: advice at any time, a decision or a review when its time ran out (FM-DEC-2). */
export const returnableFrom = ({ kind, due }: Question, today: PlainDate): PlainDate | undefined => (kind !== 'advice' && today < due ? due : undefined);

/** From when it may, and why not before. */
export const returnableWords = (from: PlainDate): string => `gå tilbage til enheden med et råd fra ${formatDate(from)}, når der er gået 14 dage uden to ens stillinger.`;

/** Whether the official can lay it back in the queue: not once he has given his authority's position. */
const canBeQueued = ({ positions }: Question, user: UserId): boolean => !positions.some((one) => one.user === user);

/** Why none of the questions that the official has can be handed back today; undefined when one can. */
const notToBeReturned = (state: ExitCase, { actor: { user }, today }: CommandContext): Rejection | undefined => {
  const inHand = openQuestions(state).filter((one) => one.takenBy.some((taker) => taker.user === user));
  const days = inHand.map((one) => (canBeQueued(one, user) ? undefined : returnableFrom(one, today)));
  const [first] = days.filter((day) => day !== undefined).sort();
  return first === undefined || days.includes(undefined)
    ? undefined
    : reject('FM-DEC-2', ['question'], `Du har givet din myndigheds stilling. Spørgsmålet kan ${returnableWords(first)}`, 'question');
};

/** Hands a question back: to the queue, or with advice to the unit when the time for a decision ran out (FM-NCP-2, FM-DEC-2). */
export const contactPointReturnQuestion = command({
  name: 'contactPoint.returnQuestion',
  title: 'Giv spørgsmålet tilbage',
  rules: ['FM-NCP-2', 'FM-DEC-2'],
  admission: 'question-taker',
  page: 'overblik',
  input: z.strictObject({
    question: questionField,
    to: z
      .enum(
        TO.map((option) => option.value),
        { error: 'Vælg, hvor spørgsmålet skal hen' },
      )
      .optional()
      .meta({ label: 'Hvor skal spørgsmålet hen?', widget: 'radio', options: TO }),
    advice: prose({
      label: 'Råd til enheden',
      hint: 'Kun når spørgsmålet skal tilbage til enheden.',
      fault: cprFault,
    }).optional(),
  }),
  writes: ['bundle'],
  may: questionTaker,
  when: notToBeReturned,
  decide: (state, input, ctx) => {
    const question = openQuestions(state).find((one) => one.id === input.question);
    if (!question?.takenBy.some((taker) => taker.user === ctx.actor.user)) {
      return reject('FM-NCP-2', ['question'], 'Du har ikke taget spørgsmålet.', 'question');
    }
    // A program that gives advice says by it that it is for the unit.
    const to = input.to ?? (input.advice === undefined ? undefined : 'unit');
    if (to === undefined) return reject('FM-NCP-2', ['own'], 'Vælg, om spørgsmålet skal i køen eller til enheden.', 'to');
    if (to === 'queue') {
      if (input.advice !== undefined) return reject('FM-NCP-2', ['own'], 'Rådet er til enheden. Slet det, eller vælg, at spørgsmålet skal tilbage til enheden.', 'advice');
      if (!canBeQueued(question, ctx.actor.user)) {
        return reject(
          'FM-DEC-2',
          ['question'],
          'Du har givet din myndigheds stilling. Spørgsmålet kan ikke lægges tilbage i køen.',
          'question',
        );
      }
      return [
        { event: { type: 'QuestionHandedBack', question: question.id, official: ctx.actor.user } },
        { event: { type: 'MemberRemoved', user: ctx.actor.user, role: 'question', question: question.id } },
      ];
    }
    const from = returnableFrom(question, ctx.today);
    if (from !== undefined) {
      return reject('FM-DEC-2', ['question'], `Spørgsmålet kan ${returnableWords(from)}`, input.to === undefined ? 'advice' : 'to');
    }
    if (input.advice === undefined) return reject('FM-NCP-2', ['own'], 'Skriv et råd til enheden, så den ved, hvordan den kommer videre.', 'advice');
    return [
      {
        event: { type: 'QuestionReturned', question: question.id, on: ctx.today },
        bodies: [inBundle(question.id, { advice: input.advice })],
      },
      ...endMemberships(state, question.id),
    ];
  },
});

export const questionCommands = [contactPointTakeQuestion, contactPointReturnQuestion];
