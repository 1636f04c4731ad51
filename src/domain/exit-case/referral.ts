import { z } from 'zod';
import type { QuestionId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { isRejection, reject } from '../kernel/rejection.js';
import { formatDate } from '../kernel/time.js';
import { unitMember } from './circle.js';
import { notHeard, notReadyToAccept, notReadyToDecide } from './decision-needs.js';
import { command } from './define.js';
import { isHeard, latestHearing } from './hearing.js';
import { criterionMeant, finalRoute, givePosition, onlyOfRefusal, positionFields } from './official-position.js';
import { answer, hasInHand, questionField, questionInHand, questionTaker, withdrawQuestions } from './question.js';
import { ask, bundleEntries } from './question-bundle.js';
import { boundConclusions, verdict } from './vote.js';

/** Any of the disagreeing authorities puts the case to the contact point for final decision, before the majority decides (FM-ASM-7). */
export const assessmentReferToContactPoint = command({
  name: 'assessment.referToContactPoint',
  title: 'Forelæg uenigheden for kontaktpunktet',
  rules: ['FM-ASM-7', 'FM-LAW-1', 'FM-NCP-2', 'FM-CNF-4'],
  page: 'visitation',
  input: z.strictObject({
    account: prose({
      label: 'Hvad er I uenige om?',
      missing: 'Skriv, hvad I er uenige om, så kontaktpunktet ved, hvad det skal afgøre',
      max: 8000,
    }),
    entries: bundleEntries,
  }),
  writes: ['bundle'],
  may: unitMember,
  when: (state, ctx) => {
    const inTheWay = notReadyToDecide(state);
    if (inTheWay) return inTheWay;
    if (!verdict(state).differs) {
      return reject(
        'FM-ASM-7',
        ['conclusions'],
        'Myndighederne er enige. Træf selv afgørelsen. Kun uenighed kan forelægges kontaktpunktet.',
      );
    }
    const hearing = latestHearing(state, 'decision');
    if (hearing === undefined) {
      return reject(
        'FM-LAW-1',
        ['hearing'],
        'Sagen kan ende med afslag. Hør kandidaten først, eller notér, hvorfor høringen undlades.',
      );
    }
    // What he answers must reach those who decide (forvaltningsloven § 19).
    return isHeard(state, 'decision', ctx.today)
      ? undefined
      : reject(
          'FM-LAW-1',
          ['hearing'],
          `Kandidaten kan svare på høringen til og med ${formatDate(hearing.deadline ?? ctx.today)}. Notér først svaret, eller at kandidaten ikke vil svare, så kontaktpunktet kan få det med. Ellers kan I forelægge sagen, når fristen er gået.`,
        );
  },
  decide: (_state, input, ctx) => [
    ask({ question: ctx.newId<QuestionId>(), kind: 'decision', on: ctx.today }, input.account, input.entries),
  ],
});

const DECISIONS = [
  { value: 'accept', label: 'Kandidaten optages' },
  { value: 'refuse', label: 'Kandidaten får afslag' },
] as const;

/** An official's position in a case the unit disagrees on; the second equal one is the decision itself (FM-ASM-7, FM-DEC-2). */
export const contactPointDecide = command({
  name: 'contactPoint.decide',
  title: 'Giv din myndigheds stilling til sagen',
  rules: ['FM-ASM-7', 'FM-DEC-1', 'FM-DEC-2', 'FM-LAW-1', 'FM-ASM-11', 'FM-INT-2', 'FM-NOT-1'],
  admission: 'question-taker',
  page: 'overblik',
  input: z.strictObject({
    question: questionField,
    position: z
      .enum(
        DECISIONS.map((option) => option.value),
        { error: 'Vælg din myndigheds stilling' },
      )
      .meta({ label: 'Hvad er din myndigheds stilling?', widget: 'radio', options: DECISIONS }),
    ...positionFields,
  }),
  writes: ['bundle', 'general'],
  may: questionTaker,
  when: hasInHand('decision'),
  decide: (state, input, ctx) => {
    const question = questionInHand(state, ctx.actor.user, 'decision', input.question);
    if (isRejection(question)) return question;
    const { position, reasons, complaintRoute } = input;
    const criterion = criterionMeant(input.criterion);
    if (position === 'refuse' && criterion === undefined) {
      return reject('FM-DEC-1', ['own'], 'Et afslag skal sige, hvad kandidaten ikke opfylder. Vælg det.', 'criterion');
    }
    const inTheWay = position === 'refuse' ? notHeard(state, ctx.today) : (onlyOfRefusal({ criterion, complaintRoute }) ?? notReadyToAccept(state));
    if (inTheWay) return inTheWay;
    const stand = givePosition(question, { position, reasons, complaintRoute, criterion }, ctx);
    if (isRejection(stand)) return stand;
    if (stand.decided === undefined) return [stand.draft];
    const { participants, criteria } = stand.decided;
    const facts = { on: ctx.today, method: 'contactPoint' as const, participants, conclusions: boundConclusions(state) };
    return [
      stand.draft,
      position === 'accept'
        ? { event: { type: 'CaseAccepted', ...facts }, bodies: [{ scope: { kind: 'general' }, content: { reasons } }] }
        : {
            event: { type: 'CaseRefused', ...facts, criteria },
            bodies: [{ scope: { kind: 'general' }, content: { reasons, complaintRoute: finalRoute(complaintRoute, stand.decided) } }],
          },
      ...answer(state, question.id, ctx.today),
      ...withdrawQuestions(state, ctx.today, question.id),
    ];
  },
});

export const referralCommands = [assessmentReferToContactPoint, contactPointDecide];
