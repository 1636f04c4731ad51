import { describe, expect, it } from 'vitest';
import {
  aCaseInAssessment,
  aCaseReadyToConclude,
  aCaseWithConclusions,
  aCustodyCaseReadyToConclude,
  againstAcceptance,
  concludes,
  forAcceptance,
  refusal,
} from '../../../tests/support/assessment-states.js';
import { messageAt } from '../../../tests/support/outcomes.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import type { Draft } from '../kernel/command.js';
import { Prose } from '../kernel/prose-text.js';
import { caseCommand, type CaseEvent } from './case.js';
import { membershipsOf } from './circle.js';
import { decisionNotification, decisionTasks, isAccepted, isRefused } from './decision.js';
import { questionTasks } from './question-tasks.js';

const divided = (day?: string): Scenario => aCaseWithConclusions({ municipal: 'refuse' }, day);
const heard = (scenario: Scenario): Scenario =>
  scenario.does('police', 'hearing.send', { exception: 'Kandidaten kender oplysningerne' });
const referred = (day?: string): Scenario =>
  heard(divided(day)).does('municipal', 'assessment.referToContactPoint', { account: 'Om motivationen' });
const idOf = (scenario: Scenario) => scenario.state.questions.questions.at(-1)?.id;
const decides = (scenario: Scenario, who: PersonName, position: 'accept' | 'refuse', more: object = {}): Scenario => {
  scenario.does(who, 'contactPoint.takeQuestion', { question: idOf(scenario) });
  return scenario.does(who, 'contactPoint.decide', {
    question: idOf(scenario),
    position,
    reasons: 'Samlet vurdering',
    ...(position === 'refuse' ? { criterion: 'motivation' } : {}),
    ...more,
  });
};

describe('putting a disagreement to the contact point', () => {
  it.each(['police', 'municipal', 'probation'] as const)('is open to %s, whichever side it was on (FM-ASM-7)', (who) => {
    expect(
      heard(divided()).does(who, 'assessment.referToContactPoint', { account: 'Uenige om motivationen' }).state.questions
        .questions,
    ).toMatchObject([{ kind: 'decision', status: 'open' }]);
  });

  it('needs the question in words, and no entries beside it (FM-ASM-7, FM-NCP-2)', () => {
    const scenario = heard(divided());
    expect(messageAt(scenario.tries('police', 'assessment.referToContactPoint', { entries: [] }), 'account')).toMatch(
      'Skriv, hvad',
    );
    expect(scenario.tries('police', 'assessment.referToContactPoint', { account: 'Om motivationen' })).toHaveLength(1);
  });

  it('needs all conclusions (FM-ASM-7)', () => {
    const scenario = heard(concludes(concludes(aCaseReadyToConclude(), 'police', 'accept'), 'municipal', 'refuse'));
    expect(scenario.refusal('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' })).toMatchObject({
      rule: 'FM-ASM-1',
      detail: expect.stringContaining('Kriminalforsorgen') as string,
    });
  });

  it('needs the overall conclusions to differ: who agree decide themselves (FM-ASM-7)', () => {
    expect(
      heard(aCaseWithConclusions()).refusal('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' })
        .rule,
    ).toBe('FM-ASM-7');
    const custody = concludes(aCustodyCaseReadyToConclude(), 'custody', 'refuse').does('custody', 'hearing.send', {
      exception: 'x',
    });
    expect(custody.refusal('custody', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' }).rule).toBe(
      'FM-ASM-7',
    );
  });

  it('needs the hearing sent, or its exception recorded, since a refusal may come (FM-ASM-7, FM-LAW-1)', () => {
    expect(divided().refusal('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' }).rule).toBe(
      'FM-LAW-1',
    );
    expect(heard(divided()).tries('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' })).toHaveLength(1);
  });

  it('waits for the answer to the hearing or for its deadline, and no task asks for it before (FM-LAW-1, FM-DEC-5, FM-WORK-1)', () => {
    const open = () => divided('2026-11-02').does('police', 'hearing.send', { facts: 'x', deadline: '2026-11-10' });
    const refer = { account: 'Uenige om motivationen' };
    expect(open().refusal('police', 'assessment.referToContactPoint', refer)).toMatchObject({
      rule: 'FM-LAW-1',
      detail: expect.stringContaining('til og med 10. november 2026. Notér først svaret') as string,
    });
    const split = divided('2026-11-02').does('police', 'circle.declareConflict', { reason: 'Nabo' });
    const tasks = () => decisionTasks(split.state).map((one) => one.command);
    expect(tasks()).toEqual(['hearing.send']);
    split.does('municipal', 'hearing.send', { facts: 'x', deadline: '2026-11-10' });
    expect(tasks()).toEqual([]);
    split.does('municipal', 'hearing.answer', { answer: 'Nej' });
    expect(tasks()).toEqual(['assessment.referToContactPoint']);
    expect(open().days(8).refusal('police', 'assessment.referToContactPoint', refer).rule).toBe('FM-LAW-1');
    expect(open().days(9).tries('police', 'assessment.referToContactPoint', refer)).toHaveLength(1);
    expect(open().does('police', 'hearing.answer', { answer: 'Nej' }).tries('police', 'assessment.referToContactPoint', refer)).toHaveLength(1);
  });

  it('passes an answer that comes later on to the officials who are to decide, and tells them (FM-LAW-1, FM-DEC-5)', () => {
    const scenario = divided('2026-11-02').does('police', 'hearing.send', { facts: 'x', deadline: '2026-11-10' }).days(9);
    scenario.does('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' });
    const question = idOf(scenario);
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question });
    const outcome = scenario.tries('municipal', 'hearing.answer', { answer: 'Ikke enig' });
    expect(outcome).toMatchObject([
      { event: { type: 'HearingAnswered' }, bodies: [{ scope: { kind: 'general' } }] },
      { event: { type: 'QuestionSupplemented', question, with: 'hearing' }, bodies: [{ scope: { kind: 'bundle', subject: question } }] },
    ]);
    expect(JSON.stringify(outcome)).not.toContain('Ikke enig');
    scenario.does('municipal', 'hearing.answer', { answer: 'Ikke enig' });
    expect(questionTasks(scenario.state).find((one) => 'user' in one.owner)?.title).toContain('Kandidaten har svaret på høringen');
  });

  it('passes no answer on to who is only asked for advice (FM-CNF-4)', () => {
    const scenario = divided('2026-11-02').does('police', 'hearing.send', { facts: 'x', deadline: '2026-11-10' });
    scenario.does('police', 'assessment.askAdvice', { topic: 'motivation', question: 'x' });
    expect(scenario.tries('municipal', 'hearing.answer', { answer: 'Nej' })).toHaveLength(1);
  });

  it('stops the unit: nothing is decided, concluded or settled meanwhile (FM-ASM-7)', () => {
    const scenario = referred();
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-ASM-7');
    expect(scenario.refusal('police', 'decision.refuse', refusal).rule).toBe('FM-ASM-7');
    expect(scenario.refusal('municipal', 'assessment.submit', { ...forAcceptance, changeReason: 'Enig nu' }).rule).toBe(
      'FM-ASM-7',
    );
    expect(scenario.refusal('police', 'assessment.targetGroup', { category: '1b' }).rule).toBe('FM-ASM-7');
    expect(scenario.refusal('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' }).rule).toBe(
      'FM-ASM-7',
    );
  });
});

describe("the contact point's decision", () => {
  it('is taken by two equal positions, and is the decision in the case (FM-ASM-7, FM-DEC-2)', () => {
    const scenario = decides(referred(), 'officialKl', 'accept');
    expect(scenario.state.decision.outcome).toBeUndefined();
    decides(scenario, 'officialDfk', 'accept');
    expect(isAccepted(scenario.state)).toBe(true);
    expect(scenario.events('CaseAccepted')).toMatchObject([
      {
        method: 'contactPoint',
        participants: [people.officialKl.user, people.officialDfk.user],
        conclusions: [{ seat: 'police', version: 1 }, { seat: 'municipal' }, { seat: 'probation' }],
      },
    ]);
  });

  it('refuses with the criteria named, reasons and guidance on complaint, and tells of itself (FM-DEC-1, FM-LAW-1, FM-NOT-1)', () => {
    const scenario = decides(decides(referred(), 'officialKl', 'refuse'), 'officialPolice', 'refuse', {
      criterion: 'suitability',
    });
    expect(isRefused(scenario.state)).toBe(true);
    expect(scenario.events('CaseRefused')).toMatchObject([{ method: 'contactPoint', criteria: ['motivation', 'suitability'] }]);
    expect(scenario.events('CaseRefused').map(decisionNotification)).toEqual(['refused']);
  });

  it('gives the unit reasons and route, and keeps positions in the bundle (FM-DEC-1, FM-CNF-4)', () => {
    const scenario = decides(referred(), 'officialKl', 'refuse').does('officialDfk', 'contactPoint.takeQuestion', {
      question: idOf(referred()),
    });
    const input = { question: idOf(scenario), position: 'refuse', criterion: 'motivation', reasons: 'Hemmelig grund' };
    const outcome = scenario.tries('officialDfk', 'contactPoint.decide', input);
    expect(outcome).toMatchObject([
      { event: { type: 'OfficialPositionGiven' }, bodies: [{ scope: { kind: 'bundle' } }] },
      {
        event: { type: 'CaseRefused' },
        bodies: [{ scope: { kind: 'general' }, content: { complaintRoute: expect.anything() as unknown } }],
      },
      {},
      {},
      {},
    ]);
    expect(JSON.stringify(outcome)).not.toContain('Hemmelig');
  });

  it('writes that it is final into the decision, unless one whose position it is wrote guidance himself, before or now (FM-LAW-1)', () => {
    const route = (first: object, second: object): unknown => {
      const scenario = decides(referred(), 'officialKl', 'refuse', first).does('officialDfk', 'contactPoint.takeQuestion', { question: idOf(referred()) });
      const [stand, decision] = scenario.tries('officialDfk', 'contactPoint.decide', { question: idOf(scenario), position: 'refuse', criterion: 'motivation', reasons: 'x', ...second }) as readonly Draft<CaseEvent>[];
      const said = (draft: Draft<CaseEvent> | undefined) => { const text = draft?.bodies?.[0]?.content['complaintRoute']; return text instanceof Prose ? Prose.read(text) : text; };
      return [said(stand), said(decision)];
    };
    expect(route({}, {})).toEqual([undefined, expect.stringContaining('kan ikke indbringes')]);
    expect(route({ complaintRoute: 'Hans' }, {})).toEqual([undefined, undefined]);
    expect(route({}, { complaintRoute: 'Min' })).toEqual(['Min', 'Min']);
    // Of one who is against it, it is no matter.
    const scenario = decides(decides(referred(), 'officialPolice', 'refuse', { complaintRoute: 'Hans' }), 'officialKl', 'accept');
    decides(scenario, 'officialDfk', 'accept');
    expect(isAccepted(scenario.state)).toBe(true);
  });

  it('lets no criterion and no guidance on complaint stand beside an acceptance, and lets a chosen criterion be taken back (FM-DEC-1, FM-LAW-1)', () => {
    const scenario = referred().does('officialKl', 'contactPoint.takeQuestion', { question: idOf(referred()) });
    const input = { question: idOf(scenario), position: 'accept', reasons: 'x' };
    expect(scenario.refusal('officialKl', 'contactPoint.decide', { ...input, criterion: 'need' })).toMatchObject({ rule: 'FM-DEC-1', field: 'criterion' });
    expect(scenario.refusal('officialKl', 'contactPoint.decide', { ...input, complaintRoute: 'x' })).toMatchObject({ rule: 'FM-LAW-1', field: 'complaintRoute' });
    expect(scenario.tries('officialKl', 'contactPoint.decide', { ...input, criterion: 'none' })).toHaveLength(1);
    expect(scenario.refusal('officialKl', 'contactPoint.decide', { ...input, position: 'refuse', criterion: 'none' })).toMatchObject({ rule: 'FM-DEC-1', field: 'criterion' });
  });

  it('ends the access of all who took it (FM-NCP-2)', () => {
    const scenario = decides(decides(referred(), 'officialKl', 'accept'), 'officialPolice', 'refuse');
    decides(scenario, 'officialDfk', 'accept');
    for (const who of ['officialPolice', 'officialKl', 'officialDfk'] as const)
      expect(membershipsOf(scenario.state, people[who].user)).toEqual([]);
  });

  it('is not taken by two who differ: the third authority settles it (FM-DEC-2)', () => {
    const scenario = decides(decides(referred(), 'officialKl', 'accept'), 'officialDfk', 'refuse');
    expect(scenario.state.decision.outcome).toBeUndefined();
    expect(isRefused(decides(scenario, 'officialPolice', 'refuse').state)).toBe(true);
  });

  it('counts an authority once (FM-DEC-2)', () => {
    const scenario = decides(referred(), 'officialKl', 'accept');
    expect(
      scenario.refusal('officialKl', 'contactPoint.decide', { question: idOf(scenario), position: 'accept', reasons: 'x' }).rule,
    ).toBe('FM-DEC-2');
  });

  it('as a refusal names its criterion and waits for the hearing (FM-DEC-1, FM-LAW-1)', () => {
    const scenario = divided('2026-11-02')
      .does('police', 'hearing.send', { exception: 'x' })
      .does('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' })
      .does('police', 'hearing.send', { facts: 'Nyt', deadline: '2026-11-10' });
    const question = idOf(scenario);
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question });
    const input = { question, position: 'refuse', reasons: 'x' };
    expect(scenario.refusal('officialKl', 'contactPoint.decide', input)).toMatchObject({ rule: 'FM-DEC-1', field: 'criterion' });
    expect(scenario.refusal('officialKl', 'contactPoint.decide', { ...input, criterion: 'need' }).rule).toBe('FM-LAW-1');
    expect(scenario.days(9).tries('officialKl', 'contactPoint.decide', { ...input, criterion: 'need' })).toHaveLength(1);
  });

  it("as an acceptance needs the relocation clarified, as the unit's does; the unit can still do it (FM-ASM-11)", () => {
    const scenario = aCaseInAssessment()
      .does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' })
      .does('police', 'assessment.recordObtained', { nothingFound: true })
      .does('probation', 'assessment.recordObtained', { nothingFound: true })
      .does('police', 'assessment.submit', forAcceptance)
      .does('municipal', 'assessment.submit', againstAcceptance)
      .does('probation', 'assessment.submit', forAcceptance);
    heard(scenario).does('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' });
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question: idOf(scenario) });
    const input = { question: idOf(scenario), position: 'accept', reasons: 'x' };
    expect(scenario.refusal('officialKl', 'contactPoint.decide', input).rule).toBe('FM-ASM-11');
    scenario.does('municipal', 'assessment.clarifyRelocation', { need: 'none', reason: 'x' });
    expect(scenario.tries('officialKl', 'contactPoint.decide', input)).toHaveLength(1);
  });

  it('leaves no way back for an official who has given a position (FM-DEC-2)', () => {
    const scenario = decides(referred(), 'officialKl', 'accept');
    expect(scenario.refusal('officialKl', 'contactPoint.returnQuestion', { question: idOf(scenario), to: 'queue' }).rule).toBe('FM-DEC-2');
  });

  it('is no way at all for him until the 14 days are over, and says from when; a colleague can still lay it back (FM-DEC-2)', () => {
    const scenario = decides(referred(), 'officialKl', 'accept').does('officialDfk', 'contactPoint.takeQuestion', { question: idOf(referred()) });
    const isTime = (who: PersonName) => caseCommand('contactPoint.returnQuestion')?.when(scenario.state, scenario.context(people[who]));
    expect([isTime('officialKl')?.detail, isTime('officialDfk')]).toEqual([expect.stringContaining('med et råd fra 16. november 2026'), undefined]);
    scenario.days(14);
    expect(isTime('officialKl')).toBeUndefined();
  });
});

describe('a disagreement that is not settled in 14 days', () => {
  it('returns to the unit with advice, not before; then the majority decides (FM-DEC-2, FM-ASM-7)', () => {
    const scenario = decides(referred(), 'officialKl', 'accept').days(13);
    const input = { question: idOf(scenario), advice: 'Vi når det ikke. Tal med ham igen.' };
    scenario.does('officialDfk', 'contactPoint.takeQuestion', { question: idOf(scenario) });
    for (const [more, field] of [[{}, 'advice'], [{ to: 'unit' }, 'to']] as const) {
      expect(scenario.refusal('officialDfk', 'contactPoint.returnQuestion', { ...input, ...more })).toMatchObject({ rule: 'FM-DEC-2', field, detail: expect.stringContaining('fra 16. november 2026') as string });
    }
    scenario.days(1).does('officialKl', 'contactPoint.returnQuestion', input);
    expect(scenario.state.questions.questions[0]?.status).toBe('returned');
    expect(scenario.does('police', 'decision.accept').events('CaseAccepted')).toMatchObject([{ method: 'majority' }]);
  });
});

describe('two who can vote', () => {
  const without = (who: 'police' | 'municipal' | 'probation') => (votes: Parameters<typeof aCaseWithConclusions>[0]) =>
    aCaseWithConclusions(votes).does(who, 'circle.declareConflict', { reason: 'I familie med kandidaten' });

  it('decide when they agree (FM-DEC-4, FM-ASM-7)', () => {
    const scenario = without('police')({ police: 'refuse' }).does('municipal', 'decision.accept');
    expect(scenario.events('CaseAccepted')).toMatchObject([
      {
        method: 'unanimous',
        participants: [people.municipal.user, people.probation.user],
        conclusions: [{ seat: 'municipal' }, { seat: 'probation' }],
      },
    ]);
  });

  it('must go to the contact point when they disagree (FM-ASM-7, FM-DEC-4)', () => {
    const scenario = heard(aCaseWithConclusions({ municipal: 'refuse' })).does('police', 'circle.declareConflict', {
      reason: 'Inhabil',
    });
    for (const answer of [
      scenario.refusal('probation', 'decision.accept'),
      scenario.refusal('municipal', 'decision.refuse', refusal),
    ]) {
      expect(answer).toMatchObject({ rule: 'FM-ASM-7', detail: expect.stringContaining('uenige') as string });
    }
    scenario.does('probation', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' });
    expect(isAccepted(decides(decides(scenario, 'officialKl', 'accept'), 'officialDfk', 'accept').state)).toBe(true);
  });

  it('are not two when the third seat is empty for another reason: it is filled first (FM-ORG-1, FM-DEC-4)', () => {
    const scenario = aCaseWithConclusions().does('municipal', 'circle.remove', { user: people.police.user, reason: 'Nyt job' });
    expect(scenario.refusal('municipal', 'decision.accept')).toMatchObject({
      rule: 'FM-ORG-1',
      detail: expect.stringContaining('politiet') as string,
    });
    scenario.does('municipal', 'circle.add', { user: people.police2.user, role: 'police', reason: 'Afløser' });
    expect(isAccepted(scenario.does('police2', 'decision.accept').state)).toBe(true);
  });

  it('become three when the replacement leaves again: the seat is no longer empty for the conflict (FM-DEC-4)', () => {
    const scenario = without('police')({})
      .does('municipal', 'circle.add', { user: people.police2.user, role: 'police', reason: 'Afløser' })
      .does('municipal', 'circle.remove', { user: people.police2.user, reason: 'Nyt job' });
    expect(scenario.refusal('municipal', 'decision.accept').rule).toBe('FM-ORG-1');
  });

  it('one alone never decides (FM-DEC-4)', () => {
    const scenario = without('police')({}).does('municipal', 'circle.declareConflict', { reason: 'Nabo' });
    expect(scenario.refusal('probation', 'decision.accept').rule).toBe('FM-DEC-4');
  });

  it('are three again when a replacement comes (FM-DEC-4)', () => {
    const scenario = without('police')({}).does('municipal', 'circle.add', {
      user: people.police2.user,
      role: 'police',
      reason: 'Afløser',
    });
    expect(scenario.refusal('municipal', 'decision.accept').rule).toBe('FM-ASM-1');
    expect(isAccepted(concludes(scenario, 'police2', 'refuse').does('municipal', 'decision.accept').state)).toBe(true);
  });
});
