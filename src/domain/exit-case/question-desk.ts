import { z } from 'zod';
import { cprFault } from '../kernel/identifying.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
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
      if (question.positions.some((one) => one.user === ctx.actor.user)) {
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
    if (input.advice === undefined) return reject('FM-NCP-2', ['own'], 'Skriv et råd til enheden, så den ved, hvordan den kommer videre.', 'advice');
    if (question.kind !== 'advice' && ctx.today < question.due) {
      return reject(
        'FM-DEC-2',
        ['question'],
        'Spørgsmålet kan først gå tilbage til enheden, når der er gået 14 dage uden to ens stillinger.',
        'advice',
      );
    }
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
