import { describe, expect, it } from 'vitest';
import { anAcceptedCase, aCaseWithConclusions, aCustodyCaseReadyToConclude, aRefusedCase, concludes, refusal } from '../../../tests/support/assessment-states.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { hasAccess } from '../access/after-the-end.js';
import { seesEvent } from '../access/core-view.js';
import { readsScope } from '../access/scopes.js';
import { isRejection } from '../kernel/rejection.js';
import { addWorkingDays } from '../kernel/time.js';
import { caseCommand } from './case.js';
import { currentMembers, membershipsOf } from './circle.js';
import { eventTitle } from './event-titles.js';
import { tasksOf } from './follows.js';
import { isReviewable } from './review.js';
import { waitsFor } from './waits-for.js';

const ACCOUNT = 'De hørte ikke efter';
const asked = (day?: string): Scenario => aRefusedCase(day).does('officialKl', 'decision.requestReview', { account: ACCOUNT });
const sends = { entries: [{ text: 'Afslaget' }] };
const sent = (): Scenario => asked().does('municipal', 'decision.supplementReview', sends);
const idOf = (scenario: Scenario) => scenario.state.questions.questions.at(-1)?.id ?? '';
const takes = (scenario: Scenario, who: PersonName): Scenario => scenario.does(who, 'contactPoint.takeQuestion', { question: idOf(scenario) });
const answers = (scenario: Scenario, who: PersonName, position: 'uphold' | 'overturn'): Scenario =>
  takes(scenario, who).does(who, 'contactPoint.decideReview', { question: idOf(scenario), position, reasons: 'Samlet vurdering' });
const taskIn = (scenario: Scenario) => tasksOf(scenario.state).find((one) => one.command === 'decision.supplementReview');

describe('a candidate who turns to the contact point himself', () => {
  it('has his refusal reviewed: an official of any of the three authorities asks, with the candidate’s words alone (FM-DEC-2)', () => {
    for (const who of ['officialPolice', 'officialKl', 'officialDfk'] as const) {
      const outcome = aRefusedCase().tries(who, 'decision.requestReview', { account: ACCOUNT });
      expect(outcome).toMatchObject([{ event: { type: 'QuestionAsked', kind: 'review', by: 'contactPoint' }, bodies: [{ scope: { kind: 'bundle' }, content: { entries: [] } }] }]);
    }
    expect(asked().state.decision.review?.status).toBe('open');
  });

  it('is asked for his words, and the official hands over nothing of the case (FM-DEC-2, FM-CNF-4)', () => {
    expect(aRefusedCase().refusal('officialKl', 'decision.requestReview')).toMatchObject({ rule: 'FM-DEC-2', field: 'account' });
    expect(aRefusedCase().refusal('officialKl', 'decision.requestReview', { account: ACCOUNT, ...sends })).toMatchObject({ rule: 'FM-CNF-4', field: 'entries' });
  });

  it('has no CPR number in what is said of it: who he is stands in a part of its own (FM-CNF-2)', () => {
    for (const who of ['officialKl', 'municipal'] as const) {
      expect(aRefusedCase().tries(who, 'decision.requestReview', { account: 'Jeg er 018190-3001' })).toMatchObject({ invalid: true, issues: [{ path: 'account' }] });
      expect(aRefusedCase().tries(who, 'decision.requestReview', { account: 'Ring til mig på 99 12 34 56' })).toHaveLength(1);
    }
  });

  it('is not said to have asked there when the unit asks, which needs none of his words (FM-DEC-2)', () => {
    const scenario = aRefusedCase().does('municipal', 'decision.requestReview', sends);
    expect(scenario.state.questions.questions[0]?.by).toBeUndefined();
    expect(taskIn(scenario)).toBeUndefined();
    expect(scenario.events('QuestionAsked').map(eventTitle)).toEqual(['Spørgsmål sendt til kontaktpunktet']);
    expect(asked().events('QuestionAsked').map(eventTitle)).toEqual(['Kontaktpunktet har bedt om at prøve afslaget']);
  });

  it('gives nobody at the contact point anything of the case: who asked is no member, and reads neither the words nor that it happened to others (FM-CNF-2)', () => {
    const scenario = asked();
    for (const who of ['officialKl', 'officialDfk'] as const) {
      expect(membershipsOf(scenario.state, people[who].user)).toEqual([]);
      for (const kind of ['core', 'identity', 'general', 'bundle', 'card'] as const) {
        expect(readsScope(scenario.state, people[who].user, { kind, subject: kind === 'bundle' ? idOf(scenario) : '', generation: 1 })).toBe(false);
      }
      expect(scenario.stream.filter((one) => one.actor !== people[who].user && seesEvent(scenario.state, people[who].user, one))).toEqual([]);
    }
    expect(readsScope(scenario.state, people.municipal.user, { kind: 'bundle', subject: idOf(scenario), generation: 1 })).toBe(true);
  });

  it('is asked for once: not while it is open, nor when it was decided (FM-DEC-2)', () => {
    const again = (scenario: Scenario) => scenario.refusal('officialDfk', 'decision.requestReview', { account: ACCOUNT }).rule;
    expect(again(asked())).toBe('FM-DEC-2');
    expect(again(answers(answers(sent(), 'officialKl', 'uphold'), 'officialDfk', 'uphold'))).toBe('FM-DEC-2');
    expect(again(answers(answers(sent(), 'officialKl', 'overturn'), 'officialDfk', 'overturn'))).toBe('FM-DEC-2');
  });
});

describe('whether a refusal can be reviewed, as the store keeps it', () => {
  it('is so of the unit’s own, until it is under review; and again when it came back undecided (FM-DEC-2)', () => {
    expect(isReviewable(aRefusedCase().state)).toBe(true);
    expect(isReviewable(asked().state)).toBe(false);
    const back = asked().days(14);
    takes(back, 'officialKl').does('officialKl', 'contactPoint.returnQuestion', { question: idOf(back), advice: 'Se på den igen' });
    expect(isReviewable(back.state)).toBe(true);
    expect(back.does('officialPolice', 'decision.requestReview', { account: ACCOUNT }).state.questions.questions).toHaveLength(2);
    expect(isReviewable(answers(answers(sent(), 'officialKl', 'uphold'), 'officialDfk', 'uphold').state)).toBe(false);
  });

  it('is not so of the contact point’s, of DfK’s, of what was accepted or not decided (FM-DEC-2)', () => {
    const final = aCaseWithConclusions({ municipal: 'refuse' }).does('police', 'hearing.send', { exception: 'x' }).does('police', 'assessment.referToContactPoint', { account: 'Uenige' });
    for (const who of ['officialKl', 'officialDfk'] as const) {
      takes(final, who).does(who, 'contactPoint.decide', { question: idOf(final), position: 'refuse', criterion: 'motivation', reasons: 'x' });
    }
    const inCustody = concludes(aCustodyCaseReadyToConclude(), 'custody', 'refuse').does('custody', 'hearing.send', { exception: 'x' }).does('custody', 'decision.refuse', refusal);
    for (const scenario of [final, inCustody, anAcceptedCase(), aCaseWithConclusions()]) expect(isReviewable(scenario.state)).toBe(false);
  });
});

describe('what the contact point is to have for a review it asked for itself', () => {
  it('is asked of the unit within three working days, and the task ends when it is sent (FM-WORK-1, FM-NCP-2)', () => {
    const scenario = asked();
    expect(taskIn(scenario)).toMatchObject({ owner: { seat: 'police' }, due: addWorkingDays(scenario.today, 3), title: 'Kontaktpunktet har bedt om at prøve afslaget. Send det, kontaktpunktet skal have.' });
    expect(waitsFor(taskIn(scenario) ?? { command: '', owner: { seat: 'police' } })).toBe('question');
    scenario.does('municipal', 'decision.supplementReview', sends);
    expect(taskIn(scenario)).toBeUndefined();
  });

  it('comes to the co-ordinator also when the unit’s thirty days of reading were over: until it is answered the case is open (FM-DEC-2, FM-END-4)', () => {
    const scenario = aRefusedCase('2026-11-02').days(40);
    const police = () => currentMembers(scenario.state).filter((one) => one.role === 'police');
    expect(police().map((one) => hasAccess(scenario.state, one, scenario.today))).toEqual([false]);
    scenario.does('officialKl', 'decision.requestReview', { account: ACCOUNT });
    expect(police().map((one) => hasAccess(scenario.state, one, scenario.today))).toEqual([true]);
    expect(taskIn(scenario)).toBeDefined();
  });

  it('lies in the question’s own bundle, in parts by who read it in the case; who takes it later reads all of it (FM-CNF-4)', () => {
    const outcome = asked().tries('municipal', 'decision.supplementReview', { entries: [{ text: 'Afslaget' }, { text: 'Søvn', seats: ['municipal', 'probation'] }] });
    if (isRejection(outcome) || 'invalid' in outcome) throw new Error('refused');
    const [draft] = outcome;
    expect(draft?.event).toMatchObject({ type: 'QuestionSupplemented' });
    const scenario = asked();
    const question = idOf(scenario);
    expect(draft?.bodies?.map(({ scope }) => scope)).toEqual([{ kind: 'bundle', subject: question }, { kind: 'bundle', subject: `${question}|municipal+probation` }]);
    takes(scenario.does('municipal', 'decision.supplementReview', sends), 'officialDfk');
    const reads = (who: PersonName) => readsScope(scenario.state, people[who].user, { kind: 'bundle', subject: `${question}|municipal+probation`, generation: 1 });
    expect([reads('officialDfk'), reads('officialKl'), reads('police'), reads('probation')]).toEqual([true, false, false, true]);
    const sent = scenario.stream.find(({ event }) => event.type === 'QuestionSupplemented');
    expect(['officialDfk', 'officialKl'].map((who) => sent && seesEvent(scenario.state, people[who as PersonName].user, sent))).toEqual([true, false]);
  });

  it('can be sent again when something was forgotten, and is one text at least (FM-NCP-2)', () => {
    const scenario = asked().does('municipal', 'decision.supplementReview', sends).does('police', 'decision.supplementReview', sends);
    expect(scenario.events('QuestionSupplemented')).toHaveLength(2);
    expect(scenario.state.questions.questions[0]?.supplementedOn).toBe(scenario.today);
    expect(asked().tries('police', 'decision.supplementReview', { entries: [] })).toMatchObject({ invalid: true, issues: [{ path: 'entries' }] });
    expect(asked().tries('police', 'decision.supplementReview')).toMatchObject({ invalid: true });
  });

  it('is waited for: no official gives a position before it came or the unit’s days are over (FM-DEC-2, FM-LAW-1)', () => {
    const position = (scenario: Scenario) => scenario.tries('officialKl', 'contactPoint.decideReview', { question: idOf(scenario), position: 'uphold', reasons: 'Samlet vurdering' });
    const waiting = takes(asked('2026-11-02'), 'officialKl');
    expect(position(waiting)).toMatchObject({ rejected: true, rule: 'FM-DEC-2', detail: expect.stringContaining('til og med 5. november 2026') as unknown });
    expect(isRejection(position(waiting.days(3)))).toBe(true);
    expect(isRejection(position(waiting.days(1)))).toBe(false);
    expect(isRejection(position(takes(sent(), 'officialKl')))).toBe(false);
    const theirOwn = aRefusedCase().does('municipal', 'decision.requestReview', sends);
    expect(isRejection(position(takes(theirOwn, 'officialKl')))).toBe(false);
  });

  it('is no act at all for who has the question until then, and says from when; it is at once when the unit has sent (FM-DEC-2)', () => {
    const isTime = (scenario: Scenario) => caseCommand('contactPoint.decideReview')?.when(scenario.state, scenario.context(people.officialKl));
    const waiting = takes(asked('2026-11-02'), 'officialKl');
    expect(isTime(waiting)).toMatchObject({ rule: 'FM-DEC-2', detail: expect.stringContaining('fra 6. november 2026, eller når enheden har sendt') as unknown });
    expect(isTime(waiting.days(3))).toBeDefined();
    expect(isTime(waiting.days(1))).toBeUndefined();
    expect(isTime(takes(sent(), 'officialKl'))).toBeUndefined();
    expect(isTime(asked('2026-11-02'))?.rule).toBe('FM-NCP-2');
  });

  it('is sent by the unit alone, while such a review is open (FM-CNF-2, FM-DEC-2)', () => {
    for (const who of ['officialKl', 'odense', 'jobcentre'] as const) expect(asked().refusal(who, 'decision.supplementReview', sends).rule).toBe('FM-CNF-2');
    expect(aRefusedCase().refusal('police', 'decision.supplementReview', sends).rule).toBe('FM-DEC-2');
    const theirOwn = aRefusedCase().does('municipal', 'decision.requestReview', sends);
    expect(theirOwn.refusal('police', 'decision.supplementReview', sends).rule).toBe('FM-DEC-2');
    const decided = answers(answers(sent(), 'officialKl', 'uphold'), 'officialDfk', 'uphold');
    expect(decided.refusal('police', 'decision.supplementReview', sends)).toMatchObject({ rule: 'FM-DEC-2', detail: 'Kontaktpunktet prøver ikke afslaget længere. Se svaret under Kontaktpunktet.' });
    expect(taskIn(decided)).toBeUndefined();
  });
});
