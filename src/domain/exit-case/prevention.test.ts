import { describe, expect, it } from 'vitest';
import { aCaseInAssessment, anAcceptedCase, aRefusedCase } from '../../../tests/support/assessment-states.js';
import { addDays } from '../kernel/time.js';
import { tasksOf } from './follows.js';
import { preventionTasks } from './prevention.js';

describe('ordinary crime prevention', () => {
  it('is offered to who was refused, and to who left the assessment (FM-TGT-5)', () => {
    expect(
      aRefusedCase().does('municipal', 'prevention.offer', { outcome: 'offered', where: 'ssp' }).state.prevention.outcome,
    ).toBe('offered');
    const interrupted = aCaseInAssessment().does('police', 'assessment.interrupt', { reason: 'withdrew' });
    expect(
      interrupted.does('municipal', 'prevention.offer', { outcome: 'offered', where: 'own-authority' }).state.prevention.outcome,
    ).toBe('offered');
  });

  it.each(['declined', 'no-need'])('may come to nothing: %s (FM-TGT-5)', (outcome) => {
    expect(aRefusedCase().does('police', 'prevention.offer', { outcome }).events('PreventionOffered')).toMatchObject([
      { outcome, nameGiven: false },
    ]);
  });

  it('says where the person was referred to (FM-TGT-5)', () => {
    expect(aRefusedCase().refusal('police', 'prevention.offer', { outcome: 'offered' })).toMatchObject({
      rule: 'FM-TGT-5',
      field: 'where',
    });
  });

  it("takes a name along only with the person's consent (FM-TGT-5)", () => {
    const input = { outcome: 'offered', where: 'district-council', nameGiven: true };
    expect(aRefusedCase().refusal('police', 'prevention.offer', input)).toMatchObject({ rule: 'FM-TGT-5', field: 'consented' });
    expect(
      aRefusedCase()
        .does('police', 'prevention.offer', { ...input, consented: true })
        .events('PreventionOffered'),
    ).toMatchObject([{ nameGiven: true }]);
  });

  it('is not offered here to somebody in assessment or in exit, or while a review is open (FM-TGT-5)', () => {
    const input = { outcome: 'no-need' };
    expect(aCaseInAssessment().refusal('police', 'prevention.offer', input).rule).toBe('FM-TGT-5');
    expect(anAcceptedCase().refusal('police', 'prevention.offer', input).rule).toBe('FM-TGT-5');
    expect(aRefusedCase().does('police', 'decision.requestReview').refusal('police', 'prevention.offer', input).rule).toBe(
      'FM-TGT-5',
    );
  });

  it.each(['upheld', 'returned'] as const)('waits for two weeks after the review that was %s, and after the letter on it: while it was open nobody was to offer anything (FM-TGT-5, FM-DEC-2, FM-LAW-1)', (ended) => {
    const scenario = aRefusedCase('2026-11-02').days(28).does('municipal', 'decision.requestReview');
    const question = scenario.state.questions.questions.at(-1)?.id;
    expect(preventionTasks(scenario.state)).toEqual([]);
    if (ended === 'returned') {
      scenario.does('officialKl', 'contactPoint.takeQuestion', { question }).days(14).does('officialKl', 'contactPoint.returnQuestion', { question, advice: 'Afgør den selv' });
    } else {
      for (const who of ['officialKl', 'officialDfk'] as const) scenario.does(who, 'contactPoint.takeQuestion', { question }).does(who, 'contactPoint.decideReview', { question, position: 'uphold', reasons: 'Samlet set' });
    }
    expect(preventionTasks(scenario.state)).toMatchObject([{ due: addDays(scenario.today, 14) }]);
    const order = tasksOf(scenario.state).map(({ command }) => command).filter((command) => ['decision.give', 'prevention.offer'].includes(command));
    expect(order).toEqual(ended === 'upheld' ? ['decision.give', 'prevention.offer'] : ['prevention.offer']);
  });

  it('waits for two weeks after the refusal (FM-WORK-1)', () => {
    const scenario = aRefusedCase('2026-11-02');
    expect(preventionTasks(scenario.state)).toMatchObject([{ due: '2026-11-16', command: 'prevention.offer' }]);
    expect(preventionTasks(scenario.does('police', 'prevention.offer', { outcome: 'no-need' }).state)).toEqual([]);
    expect(preventionTasks(aCaseInAssessment().does('police', 'assessment.interrupt', { reason: 'died' }).state)).toEqual([]);
    expect(preventionTasks(anAcceptedCase().state)).toEqual([]);
  });
});
