import { describe, expect, it } from 'vitest';
import {
  aCaseHeard,
  aCaseInAssessment,
  aCaseReadyToConclude,
  aCaseWithConclusions,
  aCustodyCaseInAssessment,
  aCustodyCaseReadyToConclude,
  againstAcceptance,
  anAcceptedCase,
  anAcceptedCustodyCase,
  aRefusedCase,
  concludes,
  forAcceptance,
  refusal,
} from '../../../tests/support/assessment-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase } from '../../../tests/support/scenario.js';
import type { Instant } from '../kernel/time.js';
import type { CaseEvent } from './case.js';
import { hearingTasks } from './hearing.js';
import { decisionNotification, decisionTasks, evolveDecision, isAccepted, isRefused } from './decision.js';

const tied = { indicators: ['interaction'], description: 'Omgås medlemmer' };

describe('accepting', () => {
  it('by all three is unanimous, with date, participants and the conclusions it rests on (FM-DEC-1, FM-ASM-12)', () => {
    const scenario = aCaseWithConclusions({}, '2026-11-02').days(4).does('probation', 'decision.accept');
    expect(scenario.events('CaseAccepted')).toEqual([
      {
        type: 'CaseAccepted',
        on: '2026-11-06',
        method: 'unanimous',
        participants: [people.police.user, people.municipal.user, people.probation.user],
        conclusions: [
          { seat: 'police', version: 1 },
          { seat: 'municipal', version: 1 },
          { seat: 'probation', version: 1 },
        ],
      },
    ]);
    expect([isAccepted(scenario.state), isRefused(scenario.state)]).toEqual([true, false]);
  });

  it('is what the majority decides, against whichever one (FM-ASM-7)', () => {
    for (const votes of [{ police: 'refuse' }, { municipal: 'refuse' }, { probation: 'refuse' }] as const) {
      expect(aCaseWithConclusions(votes).does('police', 'decision.accept').state.decision.outcome).toMatchObject({
        result: 'accepted',
        method: 'majority',
      });
    }
  });

  it('is rejected when the majority is against (FM-ASM-7)', () => {
    expect(aCaseHeard().refusal('police', 'decision.accept').rule).toBe('FM-ASM-7');
  });

  it('counts the overall conclusions and not their parts (FM-ASM-7, FM-ASM-8)', () => {
    const scenario = aCaseReadyToConclude();
    for (const who of ['police', 'municipal'] as const)
      scenario.does(who, 'assessment.submit', { ...forAcceptance, overall: 'refuse' });
    scenario.does('probation', 'assessment.submit', forAcceptance);
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-ASM-7');
  });

  it('is bound to the version a conclusion has then (FM-ASM-12)', () => {
    const scenario = aCaseWithConclusions()
      .does('police', 'assessment.submit', { ...forAcceptance, changeReason: 'Nye oplysninger' })
      .does('police', 'decision.accept');
    expect(scenario.state.decision.outcome?.conclusions[0]).toEqual({ seat: 'police', version: 2 });
  });

  it('is rejected while a conclusion is missing, and says whose (FM-ASM-1)', () => {
    const scenario = concludes(aCaseReadyToConclude(), 'municipal', 'accept');
    expect(scenario.refusal('police', 'decision.accept')).toMatchObject({
      rule: 'FM-ASM-1',
      rests: ['conclusions'],
      detail: expect.stringContaining('politiet og Kriminalforsorgen') as string,
    });
    expect(aCase().refusal('police', 'decision.accept').rule).toBe('FM-ASM-1');
  });

  it('is rejected until relocation is clarified; refusing is not (FM-ASM-11)', () => {
    const prepared = () =>
      aCaseInAssessment()
        .does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' })
        .does('police', 'assessment.recordObtained', { nothingFound: true })
        .does('probation', 'assessment.recordObtained', { nothingFound: true });
    const scenario = prepared();
    for (const who of ['police', 'municipal', 'probation'] as const) concludes(scenario, who, 'accept');
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-ASM-11');
    const refused = prepared();
    for (const who of ['police', 'municipal', 'probation'] as const) concludes(refused, who, 'refuse');
    refused.does('police', 'hearing.send', { exception: 'x' }).does('police', 'decision.refuse', refusal);
    expect(isRefused(refused.state)).toBe(true);
  });

  it('is rejected without a target group that police has confirmed and that fits (FM-TGT-1, FM-TGT-7)', () => {
    const scenario = aCaseInAssessment()
      .does('police', 'assessment.recordObtained', { nothingFound: true })
      .does('probation', 'assessment.recordObtained', { nothingFound: true })
      .does('police', 'assessment.clarifyRelocation', { need: 'none', reason: 'x' });
    for (const who of ['police', 'municipal', 'probation'] as const) concludes(scenario, who, 'accept');
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-TGT-1');
    scenario.does('municipal', 'assessment.targetGroup', { category: '2c', ...tied });
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-TGT-7');
    scenario.does('police', 'assessment.targetGroup', { registration: 'formerly' });
    expect(scenario.refusal('police', 'decision.accept')).toMatchObject({ rule: 'FM-TGT-7', rests: ['targetGroup'] });
  });

  it('is rejected for somebody outside the target group (FM-TGT-1)', () => {
    const scenario = aCaseInAssessment()
      .does('police', 'assessment.targetGroup', { category: 'outside', registration: 'not' })
      .does('police', 'assessment.recordObtained', { nothingFound: true })
      .does('probation', 'assessment.recordObtained', { nothingFound: true })
      .does('police', 'assessment.clarifyRelocation', { need: 'none', reason: 'x' });
    for (const who of ['police', 'municipal', 'probation'] as const) concludes(scenario, who, 'accept');
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-TGT-1');
  });

  it('carries the reasons given beside the conclusions, outside the core (FM-DEC-1, FM-CNF-4)', () => {
    expect(aCaseWithConclusions().tries('police', 'decision.accept', { reasons: 'Alle er enige' })).toMatchObject([
      { bodies: [{ scope: { kind: 'general' } }] },
    ]);
    expect(aCaseWithConclusions().tries('police', 'decision.accept')).not.toHaveProperty('0.bodies');
  });

  it('happens once (FM-DEC-1)', () => {
    expect(anAcceptedCase().refusal('police', 'decision.accept').rule).toBe('FM-DEC-1');
    expect(aRefusedCase().refusal('police', 'decision.accept').rule).toBe('FM-DEC-1');
    expect(anAcceptedCase().refusal('police', 'assessment.submit', forAcceptance).rule).toBe('FM-DEC-1');
  });

  it("is the unit's alone (FM-DEC-1)", () => {
    for (const who of ['jobcentre', 'officialKl', 'policeFyn', 'admin'] as const) {
      expect(aCaseWithConclusions().refusal(who, 'decision.accept').rule).toBe('FM-CNF-2');
    }
  });

  it('withdraws a question for advice that nobody needs any more (FM-NCP-2)', () => {
    const scenario = aCaseWithConclusions()
      .does('police', 'assessment.askAdvice', { topic: 'motivation', question: 'x' })
      .does('police', 'decision.accept');
    expect(scenario.state.questions.questions[0]?.status).toBe('withdrawn');
  });
});

describe('refusing', () => {
  it('by the majority names method and criterion, and tells the contact point (FM-DEC-1, FM-NOT-1)', () => {
    const scenario = aRefusedCase();
    expect(scenario.events('CaseRefused')).toMatchObject([
      {
        method: 'majority',
        criteria: ['motivation'],
        participants: [people.police.user, people.municipal.user, people.probation.user],
      },
    ]);
    expect(scenario.events('CaseRefused').map(decisionNotification)).toEqual(['refused']);
    expect([isAccepted(scenario.state), isRefused(scenario.state)]).toEqual([false, true]);
  });

  it('is rejected when the majority is for (FM-ASM-7)', () => {
    const scenario = aCaseWithConclusions({ police: 'refuse' }).does('police', 'hearing.send', { exception: 'x' });
    expect(scenario.refusal('police', 'decision.refuse', refusal).rule).toBe('FM-ASM-7');
  });

  it('is rejected before the candidate is heard, and while he can still answer (FM-DEC-5, FM-LAW-1)', () => {
    const scenario = aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' }, '2026-11-02');
    expect(scenario.refusal('police', 'decision.refuse', refusal)).toMatchObject({ rule: 'FM-LAW-1', rests: ['hearing'] });
    scenario.does('police', 'hearing.send', { facts: 'x', deadline: '2026-11-16' });
    expect(scenario.refusal('police', 'decision.refuse', refusal).detail).toContain('16. november 2026');
    expect(isRefused(scenario.days(15).does('police', 'decision.refuse', refusal).state)).toBe(true);
  });

  it.each(['criterion', 'reasons', 'complaintRoute'])('is rejected without %s (FM-DEC-1, FM-LAW-1)', (field) => {
    expect(aCaseHeard().tries('police', 'decision.refuse', { ...refusal, [field]: undefined })).toMatchObject({
      invalid: true,
      issues: [{ path: field }],
    });
  });

  it.each([
    ['need', { need: 'no-need', needAgainst: 'Har job og bolig' }],
    ['motivation', { motivation: 'not-motivated', motivationAgainst: 'Ser kredsen' }],
    ['suitability', { suitability: 'not-suitable', suitabilityAgainst: 'Ingen planer' }],
  ])('rests on %s only when an authority found it wanting (FM-DEC-1)', (criterion, finding) => {
    const scenario = aCaseReadyToConclude();
    for (const who of ['police', 'municipal', 'probation'] as const) {
      scenario.does(who, 'assessment.submit', { ...forAcceptance, ...finding, overall: 'refuse' });
    }
    scenario.does('police', 'hearing.send', { exception: 'x' });
    for (const other of ['need', 'motivation', 'suitability'].filter((one) => one !== criterion)) {
      expect(scenario.refusal('police', 'decision.refuse', { ...refusal, criterion: other }).rule).toBe('FM-DEC-1');
    }
    expect(scenario.does('police', 'decision.refuse', { ...refusal, criterion }).state.decision.outcome?.criteria).toEqual([
      criterion,
    ]);
  });

  it('names a criterion that somebody against found not met (FM-DEC-1)', () => {
    expect(aCaseHeard().refusal('police', 'decision.refuse', { ...refusal, criterion: 'need' })).toMatchObject({
      rule: 'FM-DEC-1',
      field: 'criterion',
    });
    expect(aCaseHeard().tries('police', 'decision.refuse', { ...refusal, criterion: 'suitability' })).toHaveLength(1);
    expect(aCaseHeard().refusal('police', 'decision.refuse', { ...refusal, criterion: 'targetGroup' })).toMatchObject({
      rule: 'FM-DEC-1',
      field: 'criterion',
    });
  });

  it('is how an inquiry from outside the target group ends (FM-INT-8, FM-DEC-1)', () => {
    const scenario = aCaseInAssessment()
      .does('police', 'assessment.targetGroup', { category: 'outside', registration: 'not' })
      .does('police', 'assessment.recordObtained', { nothingFound: true })
      .does('probation', 'assessment.recordObtained', { nothingFound: true });
    for (const who of ['police', 'municipal', 'probation'] as const)
      scenario.does(who, 'assessment.submit', { ...forAcceptance, overall: 'refuse' });
    scenario
      .does('police', 'hearing.send', { exception: 'x' })
      .does('police', 'decision.refuse', { ...refusal, criterion: 'targetGroup' });
    expect(scenario.state.decision.outcome).toMatchObject({ result: 'refused', method: 'unanimous', criteria: ['targetGroup'] });
    expect(aCaseInAssessment().tries('police', 'inquiry.close', { reason: 'outside', note: 'x' })).toMatchObject({
      invalid: true,
    });
  });

  it('keeps reasons and route out of the core (FM-CNF-4)', () => {
    const outcome = aCaseHeard().tries('police', 'decision.refuse', refusal);
    expect(outcome).toMatchObject([{ bodies: [{ scope: { kind: 'general' } }] }]);
    expect(JSON.stringify(outcome)).not.toContain('To af tre');
  });
});

describe('in custody', () => {
  it('the custody officer alone brings an inquiry to its decision (FM-ASM-1, FM-CUS-3, FM-DEC-1)', () => {
    expect(anAcceptedCustodyCase().state.decision.outcome).toMatchObject({
      result: 'accepted',
      method: 'custody',
      conclusions: [{ seat: 'custody', version: 1 }],
    });
    const refused = aCustodyCaseReadyToConclude()
      .does('custody', 'assessment.submit', againstAcceptance)
      .does('custody', 'hearing.send', { exception: 'x' })
      .does('custody', 'decision.refuse', refusal);
    expect(refused.state.decision.outcome).toMatchObject({ result: 'refused', method: 'custody' });
  });

  it('nobody else in the circle decides, and nothing is decided before the officer concludes (FM-DEC-1)', () => {
    expect(aCustodyCaseReadyToConclude().refusal('police', 'decision.accept').rule).toBe('FM-CNF-2');
    expect(aCustodyCaseReadyToConclude().refusal('custody', 'decision.accept')).toMatchObject({
      rule: 'FM-ASM-1',
      detail: expect.stringContaining('Direktoratet') as string,
    });
    expect(aCustodyCaseInAssessment().refusal('custody', 'decision.accept').rule).toBe('FM-ASM-1');
  });

  it('the officer decides as he concluded (FM-ASM-7)', () => {
    expect(concludes(aCustodyCaseReadyToConclude(), 'custody', 'refuse').refusal('custody', 'decision.accept').rule).toBe(
      'FM-ASM-7',
    );
    expect(
      concludes(aCustodyCaseReadyToConclude(), 'custody', 'accept')
        .does('custody', 'hearing.send', { exception: 'x' })
        .refusal('custody', 'decision.refuse', refusal).rule,
    ).toBe('FM-ASM-7');
  });
});

describe('the record of a decision', () => {
  const refused = aRefusedCase().state.decision;
  const folded = (event: object) =>
    evolveDecision(refused, event as CaseEvent, { version: 99, at: '' as Instant, actor: people.police.user });

  it('is touched by the annulment of this decision, and of nothing else (FM-WORK-2)', () => {
    const version = refused.outcome?.version;
    expect(folded({ type: 'RecordAnnulled', what: 'decision', version }).outcome).toBeUndefined();
    expect(folded({ type: 'RecordAnnulled', what: 'consent', version })).toBe(refused);
    expect(folded({ type: 'RecordAnnulled', what: 'decision', version: 1 })).toBe(refused);
  });

  it('is touched by the return of its review, and of no other question (FM-DEC-2)', () => {
    expect(folded({ type: 'QuestionReturned', question: 'advice', on: '2026-11-02' })).toBe(refused);
  });

  it('of an acceptance tells the contact point nothing of itself (FM-NOT-1)', () => {
    expect(anAcceptedCase().events('CaseAccepted').map(decisionNotification)).toEqual([undefined]);
  });
});

describe('a decision annulled', () => {
  it('stands no more; the unit decides anew on the same conclusions (FM-WORK-2, FM-DEC-1)', () => {
    const scenario = aRefusedCase()
      .does('police', 'record.annul', { what: 'decision', reason: 'Truffet i den forkerte sag' })
      .does('municipal', 'record.annul', { what: 'decision', reason: 'Enig' });
    expect([isAccepted(scenario.state), isRefused(scenario.state), scenario.state.decision.outcome]).toEqual([
      false,
      false,
      undefined,
    ]);
    expect(isRefused(scenario.does('police', 'decision.refuse', refusal).state)).toBe(true);
  });
});

describe('what waits', () => {
  const titles = (scenario: ReturnType<typeof aCase>) => decisionTasks(scenario.state).map(({ command, due }) => [command, due]);

  it('is the decision, a week after the last conclusion; before a refusal the hearing and its answer (FM-WORK-1, FM-DEC-5)', () => {
    expect(titles(aCaseWithConclusions({}, '2026-11-02'))).toEqual([['decision.accept', '2026-11-09']]);
    const against = aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' }, '2026-11-02');
    expect(titles(against)).toEqual([['hearing.send', '2026-11-09']]);
    const asked = against.does('police', 'hearing.send', { facts: 'x', deadline: '2026-11-20' });
    expect(titles(asked)).toEqual([]);
    expect(hearingTasks(asked.state)).toMatchObject([{ command: 'hearing.answer', due: '2026-11-20' }]);
    expect(titles(asked.days(3).does('police', 'hearing.answer', { answer: 'x' }))).toEqual([['decision.refuse', '2026-11-12']]);
    expect(titles(anAcceptedCase())).toEqual([]);
    expect(titles(aCaseReadyToConclude())).toEqual([]);
  });

  it('counts from whatever came last (FM-WORK-1)', () => {
    const scenario = aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' }, '2026-11-02').does(
      'police',
      'hearing.send',
      { exception: 'x' },
    );
    scenario.days(5).does('municipal', 'assessment.submit', { ...againstAcceptance, changeReason: 'Ny samtale' });
    expect(titles(scenario)).toEqual([['decision.refuse', '2026-11-14']]);
  });

  it('is the contact point, when the two who can vote disagree (FM-ASM-7)', () => {
    const split = aCaseWithConclusions({ municipal: 'refuse' }, '2026-11-02')
      .does('police', 'hearing.send', { exception: 'x' })
      .does('police', 'circle.declareConflict', { reason: 'x' });
    expect(decisionTasks(split.state)).toMatchObject([
      { command: 'assessment.referToContactPoint', owner: { seat: 'municipal' } },
    ]);
    expect(
      decisionTasks(split.does('municipal', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' }).state),
    ).toEqual([]);
  });
});
