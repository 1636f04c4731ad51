import { describe, expect, it } from 'vitest';
import {
  aCaseInAssessment,
  aCaseHeard,
  aCaseWithConclusions,
  aCustodyCaseReadyToConclude,
  anAcceptedCase,
  aRefusedCase,
  concludes,
  refusal,
} from '../../../tests/support/assessment-states.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { membershipsOf } from './circle.js';
import { isAccepted, isRefused } from './decision.js';
import { groundworkTasks } from './groundwork.js';

const underReview = (): Scenario =>
  aRefusedCase().does('municipal', 'decision.requestReview', {
    account: 'Føler sig misforstået',
    entries: [{ text: 'Afslaget' }],
  });
const idOf = (scenario: Scenario) => scenario.state.questions.questions.at(-1)?.id;
const answers = (scenario: Scenario, who: PersonName, position: 'uphold' | 'overturn'): Scenario => {
  scenario.does(who, 'contactPoint.takeQuestion', { question: idOf(scenario) });
  return scenario.does(who, 'contactPoint.decideReview', { question: idOf(scenario), position, reasons: 'Samlet vurdering' });
};

describe('a refusal by the local unit', () => {
  it('can be put to the contact point; until it is answered it does not stand (FM-DEC-2)', () => {
    expect(isRefused(aRefusedCase().state)).toBe(true);
    const scenario = underReview();
    expect(isRefused(scenario.state)).toBe(false);
    expect(isAccepted(scenario.state)).toBe(false);
    expect(scenario.state.questions.questions).toMatchObject([{ kind: 'review', status: 'open' }]);
  });

  it('can be put there by nobody outside (FM-DEC-2)', () => {
    expect(aRefusedCase().refusal('odense', 'decision.requestReview').rule).toBe('FM-CNF-2');
  });

  it('is upheld by two authorities, and then stands for good (FM-DEC-2)', () => {
    const scenario = answers(underReview(), 'officialKl', 'uphold');
    expect(isRefused(scenario.state)).toBe(false);
    answers(scenario, 'officialDfk', 'uphold');
    expect([isRefused(scenario.state), isAccepted(scenario.state), scenario.state.decision.review?.status]).toEqual([
      true,
      false,
      'upheld',
    ]);
    expect(membershipsOf(scenario.state, people.officialKl.user)).toEqual([]);
    expect(scenario.events('ReviewDecided')).toMatchObject([
      { result: 'upheld', participants: [people.officialKl.user, people.officialDfk.user] },
    ]);
  });

  it('is overturned by two authorities: the candidate is accepted (FM-DEC-2)', () => {
    const scenario = answers(answers(underReview(), 'officialPolice', 'overturn'), 'officialKl', 'overturn');
    expect([isRefused(scenario.state), isAccepted(scenario.state)]).toEqual([false, true]);
    expect(scenario.state.decision.outcome).toMatchObject({
      result: 'accepted',
      method: 'contactPoint',
      conclusions: [{ seat: 'police' }, { seat: 'municipal' }, { seat: 'probation' }],
    });
    expect(scenario.events('CaseRefused')).toHaveLength(1);
  });

  it('is overturned only when it is clear whether the candidate must move; the unit can still clarify it (FM-ASM-11)', () => {
    const scenario = aCaseInAssessment()
      .does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' })
      .does('police', 'assessment.recordObtained', { nothingFound: true })
      .does('probation', 'assessment.recordObtained', { nothingFound: true });
    for (const who of ['police', 'municipal', 'probation'] as const) concludes(scenario, who, 'refuse');
    scenario.does('police', 'hearing.send', { exception: 'x' }).does('police', 'decision.refuse', refusal);
    expect(groundworkTasks(scenario.state)).toEqual([]);
    expect(scenario.refusal('police', 'assessment.clarifyRelocation', { need: 'none', reason: 'x' }).rule).toBe('FM-DEC-1');
    scenario.does('police', 'decision.requestReview');
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question: idOf(scenario) });
    const input = { question: idOf(scenario), position: 'overturn', reasons: 'x' };
    expect(scenario.refusal('officialKl', 'contactPoint.decideReview', input).rule).toBe('FM-ASM-11');
    expect(groundworkTasks(scenario.state)).toMatchObject([{ command: 'assessment.clarifyRelocation' }]);
    scenario.does('municipal', 'assessment.clarifyRelocation', { need: 'permanent', reason: 'x' });
    expect(scenario.tries('officialKl', 'contactPoint.decideReview', input)).toHaveLength(1);
  });

  it('is decided by the third authority when two differ (FM-DEC-2)', () => {
    const scenario = answers(answers(underReview(), 'officialPolice', 'overturn'), 'officialKl', 'uphold');
    expect(scenario.state.decision.review?.status).toBe('open');
    expect(isAccepted(answers(scenario, 'officialDfk', 'overturn').state)).toBe(true);
  });

  it('is reviewed once (FM-DEC-2)', () => {
    expect(underReview().refusal('police', 'decision.requestReview').rule).toBe('FM-DEC-2');
    const upheld = answers(answers(underReview(), 'officialKl', 'uphold'), 'officialDfk', 'uphold');
    expect(upheld.refusal('police', 'decision.requestReview')).toMatchObject({
      rule: 'FM-DEC-2',
      detail: expect.stringContaining('én gang') as string,
    });
  });

  it('returns with advice after 14 days without two positions; it stands, and can be put there again (FM-DEC-2)', () => {
    const scenario = answers(underReview(), 'officialKl', 'uphold').days(14);
    scenario.does('officialKl', 'contactPoint.returnQuestion', { question: idOf(scenario), advice: 'Se på sagen igen' });
    expect([isRefused(scenario.state), scenario.state.decision.review?.status]).toEqual([true, 'returned']);
    expect(scenario.does('police', 'decision.requestReview').state.decision.review?.status).toBe('open');
  });

  it('is not returned before the 14 days are over (FM-DEC-2)', () => {
    const scenario = underReview().days(13);
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question: idOf(scenario) });
    expect(scenario.refusal('officialKl', 'contactPoint.returnQuestion', { question: idOf(scenario), advice: 'x' }).rule).toBe(
      'FM-DEC-2',
    );
  });
});

describe('what is not reviewed', () => {
  it('a refusal the contact point itself decided (FM-DEC-2)', () => {
    const scenario = aCaseWithConclusions({ municipal: 'refuse' })
      .does('police', 'hearing.send', { exception: 'x' })
      .does('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' });
    for (const who of ['officialKl', 'officialDfk'] as const) {
      scenario.does(who, 'contactPoint.takeQuestion', { question: idOf(scenario) });
      scenario.does(who, 'contactPoint.decide', {
        question: idOf(scenario),
        position: 'refuse',
        criterion: 'need',
        reasons: 'x',
      });
    }
    expect(scenario.refusal('police', 'decision.requestReview')).toMatchObject({
      rule: 'FM-DEC-2',
      detail: expect.stringContaining('endeligt') as string,
    });
  });

  it("DfK's refusal in custody (FM-DEC-2)", () => {
    const scenario = concludes(aCustodyCaseReadyToConclude(), 'custody', 'refuse')
      .does('custody', 'hearing.send', { exception: 'x' })
      .does('custody', 'decision.refuse', refusal);
    expect(scenario.refusal('custody', 'decision.requestReview')).toMatchObject({
      rule: 'FM-DEC-2',
      detail: expect.stringContaining('Kriminalforsorgens') as string,
    });
  });

  it('what is not refused (FM-DEC-2)', () => {
    expect(aCaseHeard().refusal('police', 'decision.requestReview').rule).toBe('FM-DEC-2');
    expect(anAcceptedCase().refusal('police', 'decision.requestReview').rule).toBe('FM-DEC-2');
  });
});
