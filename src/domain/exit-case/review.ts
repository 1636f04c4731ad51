import { z } from 'zod';
import type { QuestionId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { isRejection, reject } from '../kernel/rejection.js';
import { unitMember } from './circle.js';
import { relocationUnclear } from './decision.js';
import { command, either } from './define.js';
import { finalRoute, givePosition, positionFields } from './official-position.js';
import { answer, ask, bundleEntries, hasInHand, official, questionField, questionInHand, questionTaker } from './question.js';

/** A candidate refused by the local unit has the contact point decide finally, once (FM-DEC-2). */
export const decisionRequestReview = command({
  name: 'decision.requestReview',
  title: 'Send afslaget til prøvelse hos kontaktpunktet',
  rules: ['FM-DEC-2', 'FM-NCP-2', 'FM-CNF-4'],
  page: 'visitation',
  input: z.strictObject({
    account: prose({ label: 'Hvad siger kandidaten til afslaget?', hint: 'Med kandidatens egne ord.', max: 8000 }).optional(),
    entries: bundleEntries,
  }),
  writes: ['bundle'],
  may: either(unitMember, official),
  when: (state) => {
    const { outcome, review } = state.decision;
    if (review?.status === 'open')
      return reject('FM-DEC-2', ['decision'], 'Afslaget ligger allerede til prøvelse hos kontaktpunktet.');
    if (review?.status === 'upheld' || review?.status === 'overturned') {
      return reject(
        'FM-DEC-2',
        ['decision'],
        'Kontaktpunktet har prøvet sagen. Det kan kun ske én gang. Kandidaten kan altid henvende sig igen.',
      );
    }
    if (outcome?.result !== 'refused') return reject('FM-DEC-2', ['decision'], 'Der er intet afslag at prøve.');
    if (outcome.method === 'contactPoint') {
      return reject(
        'FM-DEC-2',
        ['decision'],
        'Kontaktpunktet har selv givet afslaget. Det er endeligt. Kandidaten kan altid henvende sig igen.',
      );
    }
    if (outcome.method === 'custody') {
      return reject(
        'FM-DEC-2',
        ['decision'],
        'Kontaktpunktet prøver kun afslag fra de lokale enheder. Følg Kriminalforsorgens egen klagevej.',
      );
    }
    return undefined;
  },
  decide: (_state, input, ctx) => [
    ask({ question: ctx.newId<QuestionId>(), kind: 'review', on: ctx.today }, input.account, input.entries),
  ],
});

const ANSWERS = [
  { value: 'uphold', label: 'Afslaget fastholdes' },
  { value: 'overturn', label: 'Afslaget ændres, og kandidaten optages' },
] as const;

/** An official's position on the unit's refusal; the second equal one decides finally, and an overturned refusal is an acceptance (FM-DEC-2). */
export const contactPointDecideReview = command({
  name: 'contactPoint.decideReview',
  title: 'Giv din myndigheds stilling til afslaget',
  rules: ['FM-DEC-2', 'FM-DEC-1', 'FM-LAW-1', 'FM-ASM-11'],
  admission: 'question-taker',
  page: 'overblik',
  input: z.strictObject({
    question: questionField,
    position: z
      .enum(
        ANSWERS.map((option) => option.value),
        { error: 'Vælg din myndigheds stilling' },
      )
      .meta({ label: 'Hvad er din myndigheds stilling?', widget: 'radio', options: ANSWERS }),
    reasons: positionFields.reasons,
    complaintRoute: positionFields.complaintRoute,
  }),
  writes: ['bundle', 'general'],
  may: questionTaker,
  when: hasInHand('review'),
  decide: (state, input, ctx) => {
    const question = questionInHand(state, ctx.actor.user, 'review', input.question);
    if (isRejection(question)) return question;
    const { reasons } = input;
    const overturned = input.position === 'overturn';
    const unclear = overturned ? relocationUnclear(state) : undefined;
    if (unclear) return unclear;
    const stand = givePosition(question, { position: overturned ? 'accept' : 'refuse', reasons }, ctx);
    if (isRejection(stand)) return stand;
    if (stand.decided === undefined) return [stand.draft];
    const { participants } = stand.decided;
    const conclusions = state.decision.outcome?.conclusions ?? [];
    return [
      stand.draft,
      {
        event: {
          type: 'ReviewDecided',
          question: question.id,
          result: overturned ? 'overturned' : 'upheld',
          participants,
          on: ctx.today,
        },
        bodies: [
          {
            scope: { kind: 'general' },
            content: overturned ? { reasons } : { reasons, complaintRoute: finalRoute(input.complaintRoute) },
          },
        ],
      },
      ...(overturned
        ? [
            {
              event: { type: 'CaseAccepted' as const, on: ctx.today, method: 'contactPoint' as const, participants, conclusions },
            },
          ]
        : []),
      ...answer(state, question.id, ctx.today),
    ];
  },
});

export const reviewCommands = [decisionRequestReview, contactPointDecideReview];
