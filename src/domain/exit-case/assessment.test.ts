import { aCaseInCourse } from '../../../tests/support/agreement-states.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  aCaseHeard,
  aCaseInAssessment,
  aCaseReadyToConclude,
  aCaseWithConclusions,
  aCustodyCaseInAssessment,
  anAcceptedCase,
  aRefusedCase,
} from '../../../tests/support/assessment-states.js';
import { aCase, aCustodyCase, anInquiry } from '../../../tests/support/scenario.js';
import { isRejection } from '../kernel/rejection.js';
import { assessmentNotification, assessmentTasks, INTERRUPTION_REASONS } from './assessment.js';
import { caseCommands } from './case.js';

describe('beginning the assessment', () => {
  it('begins today when no date is given, and tells the contact point (FM-NOT-1)', () => {
    const scenario = aCase('2026-11-02').does('municipal', 'assessment.begin');
    expect(scenario.state.assessment.begun).toEqual({ on: '2026-11-02', framework: '2018' });
    expect(scenario.events('AssessmentBegun').map(assessmentNotification)).toEqual(['assessment-begun']);
  });

  it.each([
    ['2018-12-04', '2011'],
    ['2018-12-05', '2018'],
  ])('an assessment begun on %s follows the framework model of %s (FM-TGT-4)', (day, framework) => {
    expect(aCase(day).does('police', 'assessment.begin').state.assessment.begun?.framework).toBe(framework);
  });

  it('keeps the version of the day it began when it is recorded later (FM-TGT-4)', () => {
    const scenario = aCase('2018-12-03').days(10).does('police', 'assessment.begin', { date: '2018-12-04' });
    expect(scenario.state.assessment.begun).toEqual({ on: '2018-12-04', framework: '2011' });
  });

  it('refuses a day in the future and a day before the inquiry (FM-TGT-4)', () => {
    expect(aCase('2026-11-02').refusal('police', 'assessment.begin', { date: '2026-11-03' })).toMatchObject({
      rule: 'FM-TGT-4',
      field: 'date',
    });
    expect(aCase('2026-11-02').refusal('police', 'assessment.begin', { date: '2026-11-01' }).detail).toContain(
      '2. november 2026',
    );
  });

  it('begins once, and not before the unit has taken the inquiry (FM-INT-2)', () => {
    expect(aCaseInAssessment().refusal('police', 'assessment.begin').rule).toBe('FM-TGT-4');
    expect(anInquiry().refusal('police', 'assessment.begin').rule).toBe('FM-CNF-2');
    expect(
      aCase().does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Ringede' }).refusal('police', 'assessment.begin')
        .rule,
    ).toBe('FM-INT-2');
  });

  it('is begun by a member of the unit and nobody else; in custody by the custody officer (FM-ASM-1)', () => {
    expect(aCase().refusal('jobcentre', 'assessment.begin').rule).toBe('FM-CNF-2');
    expect(aCase().refusal('policeFyn', 'assessment.begin').rule).toBe('FM-CNF-2');
    expect(aCustodyCase().does('custody', 'assessment.begin').state.assessment.begun).toBeDefined();
    expect(aCustodyCaseInAssessment().refusal('police', 'assessment.clarifyRelocation', { need: 'none', reason: 'x' }).rule).toBe(
      'FM-CNF-2',
    );
  });

  it('waits as a task until five working days after the case was taken (FM-WORK-1)', () => {
    expect(assessmentTasks(aCase('2026-11-06').state)).toMatchObject([
      { owner: { seat: 'police' }, due: '2026-11-13', command: 'assessment.begin' },
    ]);
    expect(assessmentTasks(aCustodyCase().state)).toMatchObject([{ owner: { seat: 'custody' } }]);
    expect(assessmentTasks(aCaseInAssessment().state)).toEqual([]);
    expect(assessmentTasks(anInquiry().state)).toEqual([]);
  });
});

describe('a candidate under 18', () => {
  it('is warned about by naming the special rules, never blocked (FM-LAW-5)', () => {
    const begin = caseCommands.find((one) => one.name === 'assessment.begin');
    expect(JSON.stringify(z.toJSONSchema(begin?.input ?? z.never(), { io: 'input' }))).toContain('under 18 år');
    const scenario = aCaseWithConclusions()
      .does('municipal', 'person.update', { ageBand: 'under18' })
      .does('police', 'decision.accept');
    expect(scenario.state.person.ageBand).toBe('under18');
    expect(scenario.state.decision.outcome?.result).toBe('accepted');
  });
});

describe('an assessment that ends without a decision', () => {
  it.each(['withdrew', 'unreachable', 'moved-abroad', 'died'])('is interrupted: %s (FM-ASM-10)', (reason) => {
    const scenario = aCaseInAssessment().does('probation', 'assessment.interrupt', { reason });
    expect(scenario.state.assessment.interrupted?.reason).toBe(reason);
    expect(scenario.events('AssessmentInterrupted').map(assessmentNotification)).toEqual(['assessment-ended']);
  });

  it('knows imprisonment as no reason: then the case is handed over (FM-ASM-10)', () => {
    expect(INTERRUPTION_REASONS.map((one) => one.value)).toEqual(['withdrew', 'unreachable', 'moved-abroad', 'died', 'other']);
    expect(aCaseInAssessment().tries('police', 'assessment.interrupt', { reason: 'imprisoned' })).toMatchObject({
      invalid: true,
      issues: [{ path: 'reason', message: expect.stringContaining('overdrages') as string }],
    });
  });

  it('says in words what another reason is (FM-ASM-10)', () => {
    expect(aCaseInAssessment().refusal('police', 'assessment.interrupt', { reason: 'other' })).toMatchObject({
      rule: 'FM-ASM-10',
      field: 'note',
    });
    const scenario = aCaseInAssessment().does('police', 'assessment.interrupt', {
      reason: 'other',
      note: 'Optaget i et andet program',
    });
    expect(scenario.state.assessment.interrupted?.reason).toBe('other');
  });

  it('is not interrupted before it begins, twice, after a refusal or in a course (FM-ASM-10)', () => {
    expect(aCase().refusal('police', 'assessment.interrupt', { reason: 'withdrew' }).rule).toBe('FM-ASM-1');
    const interrupted = aCaseInAssessment().does('police', 'assessment.interrupt', { reason: 'withdrew' });
    expect(interrupted.refusal('police', 'assessment.interrupt', { reason: 'died' }).rule).toBe('FM-ASM-10');
    expect(aRefusedCase().refusal('police', 'assessment.interrupt', { reason: 'withdrew' }).rule).toBe('FM-DEC-1');
    expect(aCaseInCourse().refusal('police', 'assessment.interrupt', { reason: 'withdrew' }).rule).toBe('FM-END-1');
  });

  it('can be interrupted after acceptance too, as long as no agreement is entered: nobody is held in a case (FM-ASM-10)', () => {
    const { state } = anAcceptedCase().does('police', 'assessment.interrupt', { reason: 'withdrew' });
    expect(state.ending.closed?.outcome).toBe('interrupted-assessment');
  });

  it('lets no more be assessed or decided (FM-ASM-10)', () => {
    const scenario = aCaseWithConclusions().does('police', 'assessment.interrupt', { reason: 'withdrew' });
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-ASM-10');
    expect(scenario.refusal('police', 'assessment.targetGroup', { category: '1b' }).rule).toBe('FM-ASM-10');
  });

  it('ends the access of officials who had a question of it (FM-NCP-2)', () => {
    const scenario = aCaseInAssessment().does('police', 'assessment.askAdvice', {
      topic: 'motivation',
      question: 'Hvordan vurderes frygt?',
    });
    const question = scenario.state.questions.questions[0]?.id;
    scenario
      .does('officialKl', 'contactPoint.takeQuestion', { question })
      .does('police', 'assessment.interrupt', { reason: 'withdrew' });
    expect(scenario.state.questions.questions[0]?.status).toBe('withdrawn');
    expect(scenario.state.circle.members.filter((one) => one.role === 'question' && one.to === undefined)).toEqual([]);
  });
});

describe('sources', () => {
  const hint = /\b(kilde|kilden|kilder|kilderne|source|sources|informant\w*|meddeler(en|e|ne)?)\b/i;

  it('no command hints in title, field or rule that one can be a source (FM-ASM-9)', () => {
    for (const { name, title, rules, input } of caseCommands) {
      const schema = JSON.stringify(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }));
      expect(`${name} ${title} ${schema}`, name).not.toMatch(hint);
      expect(rules, name).not.toContain('FM-ASM-9');
    }
  });

  it('no refusal hints at it either, in words or by its rule (FM-ASM-9)', () => {
    const scenarios = [
      anInquiry(),
      aCase(),
      aCaseInAssessment(),
      aCaseReadyToConclude(),
      aCaseWithConclusions(),
      aCaseHeard(),
      anAcceptedCase(),
      aRefusedCase(),
      aCustodyCaseInAssessment(),
    ];
    const refusals = scenarios.flatMap((scenario) =>
      caseCommands.flatMap(({ name }) =>
        (['police', 'municipal', 'custody', 'officialKl'] as const).map((who) => scenario.tries(who, name)).filter(isRejection),
      ),
    );
    expect(refusals.length).toBeGreaterThan(100);
    for (const { rule, detail } of refusals) {
      expect(detail).not.toMatch(hint);
      expect(rule).not.toBe('FM-ASM-9');
    }
  });
});
