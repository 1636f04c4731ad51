import { z } from 'zod';
import { cprFault } from '../kernel/identifying.js';
import type { QuestionId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { isRejection } from '../kernel/rejection.js';
import { notInAssessment } from './assessment.js';
import { unitMember } from './circle.js';
import { command } from './define.js';
import { ADVICE_TOPICS, answer, hasInHand, questionField, questionInHand, questionTaker } from './question.js';
import { ask, bundleEntries, inBundle } from './question-bundle.js';

/** Asks the contact point for police or social-work advice on motivation or suitability (FM-ASM-6). */
export const assessmentAskAdvice = command({
  name: 'assessment.askAdvice',
  title: 'Bed kontaktpunktet om råd',
  rules: ['FM-ASM-6', 'FM-NCP-2', 'FM-CNF-4'],
  page: 'visitation',
  input: z.strictObject({
    topic: z
      .enum(
        ADVICE_TOPICS.map((option) => option.value),
        { error: 'Vælg, hvad I vil have råd om' },
      )
      .meta({ label: 'Hvad vil I have råd om?', widget: 'radio', options: ADVICE_TOPICS }),
    question: prose({ label: 'Hvad vil I spørge om?', missing: 'Skriv jeres spørgsmål', max: 8000 }),
    entries: bundleEntries,
  }),
  writes: ['bundle'],
  may: unitMember,
  when: notInAssessment,
  decide: (_state, input, ctx) => [
    ask({ question: ctx.newId<QuestionId>(), kind: 'advice', topic: input.topic, on: ctx.today }, input.question, input.entries),
  ],
});

/** The contact point's advice; one official is enough, and the unit still decides itself (FM-ASM-6, FM-DEC-2). */
export const contactPointAdvise = command({
  name: 'contactPoint.advise',
  title: 'Giv enheden råd',
  rules: ['FM-ASM-6', 'FM-NCP-2'],
  admission: 'question-taker',
  page: 'overblik',
  input: z.strictObject({ question: questionField, advice: prose({ label: 'Råd til enheden', missing: 'Skriv rådet', fault: cprFault }) }),
  writes: ['bundle'],
  may: questionTaker,
  when: hasInHand('advice'),
  decide: (state, input, ctx) => {
    const question = questionInHand(state, ctx.actor.user, 'advice', input.question);
    if (isRejection(question)) return question;
    const [answered, ...rest] = answer(state, question.id, ctx.today);
    return answered === undefined ? [] : [{ ...answered, bodies: [inBundle(question.id, { advice: input.advice })] }, ...rest];
  },
});

export const adviceCommands = [assessmentAskAdvice, contactPointAdvise];
