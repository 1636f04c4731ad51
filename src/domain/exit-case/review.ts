import { z } from 'zod';
import type { CommandContext } from '../kernel/command.js';
import { cprFault } from '../kernel/identifying.js';
import type { QuestionId } from '../kernel/ids.js';
import { prose, type Prose } from '../kernel/prose.js';
import { isRejection, reject, type Rejection } from '../kernel/rejection.js';
import { addDays, addWorkingDays, formatDate, type PlainDate } from '../kernel/time.js';
import type { ExitCase } from './case.js';
import { unitMember } from './circle.js';
import { notReadyToAccept } from './decision-needs.js';
import { command, either, type Task } from './define.js';
import { finalRoute, givePosition, onlyOfRefusal, positionFields } from './official-position.js';
import {
  answer,
  hasInHand,
  official,
  openQuestions,
  type Question,
  questionField,
  questionInHand,
  questionTaker,
} from './question.js';
import { ask, bundleEntries, bundleEntriesAlone, type BundleEntry, supplement } from './question-bundle.js';
import { leadSeat } from './vote.js';

/** Why there is no refusal for the contact point to review now; undefined where there is one (FM-DEC-2). */
const notToBeReviewed = (state: ExitCase): Rejection | undefined => {
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
};

/** The unit's refusal as it stands in the case; whoever sends what the contact point gets lays it in, and it is the first of the texts. */
const refusalField = prose({ label: 'Afslaget', max: 20_000 })
  .optional()
  .meta({ label: 'Afslaget', hint: 'Dag, grund og begrundelse. Det sættes ind fra sagen og går altid med.', widget: 'hidden' });
const withRefusal = (refusal: Prose | undefined, entries: readonly BundleEntry[]): readonly BundleEntry[] => (refusal === undefined ? entries : [{ text: refusal }, ...entries]);

/** Whether the unit's refusal can be put to the contact point; in the store it is what lets the contact point itself ask, by the case's number. */
export const isReviewable = (state: ExitCase): boolean => notToBeReviewed(state) === undefined;

/** The contact point hands over nothing of the case: it has the candidate's words, and the unit sends the rest (FM-CNF-4). */
const askedByOfficial = (account: unknown, entries: readonly unknown[]): Rejection | undefined => {
  if (account === undefined)
    return reject('FM-DEC-2', ['own'], 'Skriv, hvad kandidaten siger til afslaget.', 'account');
  return entries.length > 0 ? reject('FM-CNF-4', ['own'], 'Det er enheden, der sender tekster fra sagen med.', 'entries') : undefined;
};

/**
 * A candidate refused by the local unit has the contact point decide finally, once. The unit asks with what it hands over; the contact point, to which the candidate may turn
 * himself, asks by the number of the case and with his words alone (FM-DEC-2).
 */
export const decisionRequestReview = command({
  name: 'decision.requestReview',
  title: 'Send afslaget til prøvelse hos kontaktpunktet',
  rules: ['FM-DEC-2', 'FM-NCP-2', 'FM-CNF-4'],
  admission: 'refusal',
  page: 'visitation',
  input: z.strictObject({
    account: prose({ label: 'Hvad siger kandidaten til afslaget?', hint: 'Med kandidatens egne ord, uden CPR-nummer.', max: 8000, fault: cprFault }).optional(),
    refusal: refusalField,
    entries: bundleEntries,
  }),
  writes: ['bundle'],
  may: either(unitMember, official),
  when: notToBeReviewed,
  decide: (state, input, ctx: CommandContext) => {
    const asked = { question: ctx.newId<QuestionId>(), kind: 'review' as const, on: ctx.today };
    if (unitMember.test(state, ctx.actor)) return [ask(asked, input.account, withRefusal(input.refusal, input.entries))];
    return askedByOfficial(input.account, input.entries) ?? [ask({ ...asked, by: 'contactPoint' }, input.account, [])];
  },
});

/** The review that the contact point asked for itself, while it is open. */
const askedThere = (state: ExitCase): Question | undefined => openQuestions(state).find((one) => one.kind === 'review' && one.by === 'contactPoint');

/** The unit sends what the contact point is to have for a review that it did not ask for itself; again, when something was forgotten (FM-DEC-2, FM-CNF-4). */
export const decisionSupplementReview = command({
  name: 'decision.supplementReview',
  title: 'Send det, kontaktpunktet skal have til prøvelsen',
  rules: ['FM-DEC-2', 'FM-NCP-2', 'FM-CNF-4'],
  page: 'visitation',
  input: z.strictObject({ refusal: refusalField, entries: bundleEntriesAlone }),
  writes: ['bundle'],
  may: unitMember,
  when: (state) =>
    askedThere(state) === undefined
      ? reject('FM-DEC-2', ['decision'], state.questions.questions.some((one) => one.kind === 'review' && one.by === 'contactPoint')
        ? 'Kontaktpunktet prøver ikke afslaget længere. Se svaret under Kontaktpunktet.'
        : 'Kontaktpunktet har ikke selv bedt om at prøve et afslag.')
      : undefined,
  decide: (state, input, ctx) => {
    const question = askedThere(state);
    if (question === undefined) return [];
    // Once is enough: what is sent later lies beside it.
    const entries = question.supplementedOn === undefined ? withRefusal(input.refusal, input.entries) : input.entries;
    return [supplement(question.id, ctx.today, entries)];
  },
});

/** Working days the unit has to send what is needed, so that the officials have time of the fourteen days left `[+]`. */
const DAYS_TO_SUPPLEMENT = 3;

/** What tells how long the unit is waited for. */
type Awaiting = Pick<Question, 'by' | 'askedOn' | 'supplementedOn'>;

/** The last day on which the unit is waited for, while it has sent nothing for a review that it did not ask for itself: it is not decided without the unit's words before (FM-LAW-1). */
const awaitedUntil = (question: Awaiting): PlainDate | undefined =>
  question.by === 'contactPoint' && question.supplementedOn === undefined ? addWorkingDays(question.askedOn, DAYS_TO_SUPPLEMENT) : undefined;

/** From what day a position is taken on a review that the contact point asked for, or sooner when the unit has sent what is to be read first; undefined where it is waited for no more (FM-DEC-2, FM-LAW-1). */
export const positionFrom = (question: Awaiting, today: PlainDate): PlainDate | undefined => {
  const until = awaitedUntil(question);
  return until !== undefined && today <= until ? addDays(until, 1) : undefined;
};

/** Why no position can be given yet on the review: there is one open at most. */
const unitIsAwaited = (state: ExitCase, { today }: CommandContext): Rejection | undefined => {
  const question = askedThere(state);
  const [until, from] = question === undefined ? [] : [awaitedUntil(question), positionFrom(question, today)];
  return until === undefined || from === undefined
    ? undefined
    : reject('FM-DEC-2', ['question'], `Enheden har til og med ${formatDate(until)} til at sende det, I skal have fra sagen. Du kan give din stilling fra ${formatDate(from)}, eller når enheden har sendt.`);
};

export const reviewTasks = (state: ExitCase): readonly Task[] => {
  const question = askedThere(state);
  const due = question && awaitedUntil(question);
  if (question === undefined || due === undefined) return [];
  return [
    {
      key: `decision.supplementReview:${question.id}`,
      title: 'Kontaktpunktet har bedt om at prøve afslaget. Send det, kontaktpunktet skal have.',
      owner: { seat: leadSeat(state) },
      due,
      command: 'decision.supplementReview',
    },
  ];
};

const ANSWERS = [
  { value: 'uphold', label: 'Afslaget fastholdes' },
  { value: 'overturn', label: 'Afslaget ændres, og kandidaten optages' },
] as const;

/** An official's position on the unit's refusal; the second equal one decides finally, and an overturned refusal is an acceptance (FM-DEC-2). */
export const contactPointDecideReview = command({
  name: 'contactPoint.decideReview',
  title: 'Giv din myndigheds stilling til afslaget',
  rules: ['FM-DEC-2', 'FM-DEC-1', 'FM-LAW-1', 'FM-ASM-11', 'FM-INT-2'],
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
  when: (state, ctx) => hasInHand('review')(state, ctx) ?? unitIsAwaited(state, ctx),
  decide: (state, input, ctx) => {
    const question = questionInHand(state, ctx.actor.user, 'review', input.question);
    if (isRejection(question)) return question;
    const { reasons, complaintRoute } = input;
    const overturned = input.position === 'overturn';
    const inTheWay = overturned ? (onlyOfRefusal({ complaintRoute }) ?? notReadyToAccept(state)) : undefined;
    if (inTheWay) return inTheWay;
    const stand = givePosition(question, { position: overturned ? 'accept' : 'refuse', reasons, complaintRoute }, ctx);
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
            content: overturned ? { reasons } : { reasons, complaintRoute: finalRoute(complaintRoute, stand.decided) },
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

export const reviewCommands = [decisionRequestReview, decisionSupplementReview, contactPointDecideReview];
