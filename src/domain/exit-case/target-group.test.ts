import { describe, expect, it } from 'vitest';
import {
  aCaseInAssessment,
  aCaseWithConclusions,
  aCustodyCaseInAssessment,
  aRefusedCase,
  forAcceptance,
} from '../../../tests/support/assessment-states.js';
import { aCase } from '../../../tests/support/scenario.js';
import { TARGET_CATEGORIES } from '../reference/target-group.js';
import { targetGroupTasks, targetGroupUnsettled } from './target-group.js';

const tied = { indicators: ['physical-marks', 'interaction'], description: 'Tatovering og fælles økonomi' };
const CATEGORY_TWO = TARGET_CATEGORIES.filter((category) => category.startsWith('2'));

describe('the categories', () => {
  it.each(['1a', '1b'])('registers category %s without indicators (FM-TGT-1)', (category) => {
    const scenario = aCaseInAssessment().does('municipal', 'assessment.targetGroup', { category });
    expect(scenario.state.targetGroup.category).toBe(category);
  });

  it.each(CATEGORY_TWO)('registers category %s with what shows the ties (FM-TGT-2)', (category) => {
    const scenario = aCaseInAssessment().does('probation', 'assessment.targetGroup', { category, ...tied });
    expect(scenario.state.targetGroup).toMatchObject({ category, indicators: tied.indicators });
  });

  it.each(CATEGORY_TWO)('refuses category %s without an indicator, or without words (FM-TGT-3)', (category) => {
    const scenario = aCaseInAssessment();
    expect(scenario.refusal('police', 'assessment.targetGroup', { category, description: 'x' })).toMatchObject({
      rule: 'FM-TGT-3',
      field: 'indicators',
    });
    expect(scenario.refusal('police', 'assessment.targetGroup', { category, indicators: ['interaction'] })).toMatchObject({
      rule: 'FM-TGT-3',
      field: 'description',
    });
  });

  it('keeps the words on the ties out of the core (FM-TGT-3, FM-CNF-4)', () => {
    const outcome = aCaseInAssessment().tries('police', 'assessment.targetGroup', { category: '2c', ...tied });
    expect(outcome).toMatchObject([
      { event: { type: 'TargetGroupSet', category: '2c' }, bodies: [{ scope: { kind: 'general' } }] },
    ]);
    expect(JSON.stringify(outcome)).not.toContain('Tatovering');
  });

  it('refuses an unknown category, and an empty form (FM-TGT-1)', () => {
    expect(aCaseInAssessment().tries('police', 'assessment.targetGroup', { category: '3a' })).toMatchObject({ invalid: true });
    expect(aCaseInAssessment().refusal('police', 'assessment.targetGroup').rule).toBe('FM-TGT-1');
  });

  it('can place a person outside them all; the way from there is a refusal (FM-INT-8)', () => {
    const scenario = aCaseInAssessment().does('police', 'assessment.targetGroup', { category: 'outside', registration: 'not' });
    expect(targetGroupUnsettled(scenario.state)).toBeUndefined();
    const registered = aCaseInAssessment().does('police', 'assessment.targetGroup', { registration: 'registered' });
    expect(registered.refusal('municipal', 'assessment.targetGroup', { category: 'outside' }).rule).toBe('FM-TGT-7');
  });
});

describe('the framework model of 2011', () => {
  it('lets in only who was registered (FM-TGT-4)', () => {
    const scenario = aCaseInAssessment('2018-06-01');
    scenario.does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' });
    for (const category of TARGET_CATEGORIES.filter((one) => one !== '1a')) {
      expect(scenario.refusal('police', 'assessment.targetGroup', { category, ...tied }).rule, category).toBe('FM-TGT-4');
    }
  });

  it('places everybody else outside, which police may confirm (FM-TGT-4, FM-INT-8)', () => {
    const scenario = aCaseInAssessment('2018-06-01').does('police', 'assessment.targetGroup', {
      category: 'outside',
      registration: 'formerly',
    });
    expect(targetGroupUnsettled(scenario.state)).toBeUndefined();
  });

  it('still counts for an assessment begun under it and worked on later (FM-TGT-4)', () => {
    const scenario = aCaseInAssessment('2018-12-04').days(30);
    expect(scenario.refusal('police', 'assessment.targetGroup', { category: '2c', ...tied }).rule).toBe('FM-TGT-4');
    expect(
      aCaseInAssessment('2018-12-05').does('police', 'assessment.targetGroup', { category: '2c', ...tied }).state.targetGroup
        .category,
    ).toBe('2c');
  });
});

describe("police's confirmation", () => {
  it.each([['1a', 'registered'], ['1b', 'formerly'], ...CATEGORY_TWO.map((category) => [category, 'not'])])(
    'category %s goes with “%s” and nothing else (FM-TGT-7)',
    (category, fitting) => {
      for (const registration of ['registered', 'formerly', 'not']) {
        const scenario = aCaseInAssessment().does('police', 'assessment.targetGroup', { registration });
        if (registration === fitting) {
          expect(
            targetGroupUnsettled(scenario.does('municipal', 'assessment.targetGroup', { category, ...tied }).state),
          ).toBeUndefined();
        } else {
          expect(scenario.refusal('municipal', 'assessment.targetGroup', { category, ...tied }).rule).toBe('FM-TGT-7');
        }
      }
    },
  );

  it('is recorded even when it contradicts the category; then the target group is unsettled (FM-TGT-7)', () => {
    const scenario = aCaseInAssessment()
      .does('municipal', 'assessment.targetGroup', { category: '2c', ...tied })
      .does('police', 'assessment.targetGroup', { registration: 'registered' });
    expect(targetGroupUnsettled(scenario.state)?.rule).toBe('FM-TGT-7');
    expect(targetGroupTasks(scenario.state)).toMatchObject([{ title: expect.stringContaining('Ret målgruppen') as string }]);
  });

  it('is given by police alone (FM-TGT-7)', () => {
    for (const who of ['municipal', 'probation'] as const) {
      expect(
        aCaseInAssessment().refusal(who, 'assessment.targetGroup', { category: '1a', registration: 'registered' }),
      ).toMatchObject({ rule: 'FM-TGT-7', field: 'registration' });
    }
  });

  it('holds status and date and nothing else of the register (FM-TGT-6)', () => {
    const outcome = aCaseInAssessment('2026-11-02').tries('police', 'assessment.targetGroup', {
      registration: 'formerly',
      description: 'Står i registret som medlem',
    });
    expect(outcome).toEqual([
      { event: { type: 'RegistrationConfirmed', registration: 'formerly', on: '2026-11-02', changes: false } },
    ]);
  });

  it('in custody is given by the officer asked in, who does not choose the category (FM-CUS-3, FM-TGT-7)', () => {
    const scenario = aCustodyCaseInAssessment();
    expect(scenario.refusal('custody', 'assessment.targetGroup', { category: '1a', registration: 'registered' }).rule).toBe(
      'FM-TGT-7',
    );
    expect(scenario.refusal('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' }).rule).toBe(
      'FM-TGT-1',
    );
    scenario
      .does('police', 'assessment.targetGroup', { registration: 'registered' })
      .does('custody', 'assessment.targetGroup', { category: '1a' });
    expect(targetGroupUnsettled(scenario.state)).toBeUndefined();
  });
});

describe('what waits', () => {
  it('asks the co-ordinator for the category and police for the confirmation (FM-WORK-1)', () => {
    expect(targetGroupTasks(aCaseInAssessment('2026-11-02').state)).toMatchObject([
      { owner: { seat: 'police' }, due: '2026-11-09', command: 'assessment.targetGroup' },
      { key: 'registration', owner: { seat: 'police' } },
    ]);
    expect(targetGroupTasks(aCase().state)).toEqual([]);
    expect(targetGroupTasks(aCaseWithConclusions().state)).toEqual([]);
  });

  it('in custody asks for an officer first, when none is in the circle (FM-CUS-3)', () => {
    const scenario = aCustodyCaseInAssessment();
    expect(targetGroupTasks(scenario.state).map((task) => task.command)).toEqual([
      'assessment.targetGroup',
      'assessment.targetGroup',
    ]);
    scenario.does('custody', 'circle.remove', { user: '00000000-0000-4000-8000-000000000001', reason: 'Ferie' });
    expect(targetGroupTasks(scenario.state).map((task) => task.command)).toEqual(['assessment.targetGroup', 'circle.add']);
  });
});

describe('after the decision', () => {
  it('stands fast (FM-DEC-1)', () => {
    expect(aRefusedCase().refusal('police', 'assessment.targetGroup', { category: '1b' }).rule).toBe('FM-DEC-1');
  });

  it('is corrected once the contact point lets in a person whom the unit placed outside (FM-DEC-2)', () => {
    const scenario = aCaseInAssessment()
      .does('police', 'assessment.targetGroup', { category: 'outside', registration: 'not' })
      .does('police', 'assessment.recordObtained', { nothingFound: true })
      .does('probation', 'assessment.recordObtained', { nothingFound: true })
      .does('municipal', 'assessment.clarifyRelocation', { need: 'none', reason: 'Ingen trusler' });
    for (const who of ['police', 'municipal', 'probation'] as const)
      scenario.does(who, 'assessment.submit', { ...forAcceptance, overall: 'refuse' });
    scenario.does('police', 'hearing.send', { exception: 'Kandidaten kender oplysningerne' });
    scenario.does('police', 'decision.refuse', {
      criterion: 'targetGroup',
      reasons: 'Ingen tilknytning',
      complaintRoute: 'Kontaktpunktet',
    });
    scenario.does('municipal', 'decision.requestReview');
    const question = scenario.state.questions.questions[0]?.id;
    for (const who of ['officialKl', 'officialDfk'] as const) {
      scenario
        .does(who, 'contactPoint.takeQuestion', { question })
        .does(who, 'contactPoint.decideReview', { question, position: 'overturn', reasons: 'Omfattet af 2c' });
    }
    expect(targetGroupTasks(scenario.state)).toMatchObject([{ title: 'Ret målgruppen efter kontaktpunktets afgørelse' }]);
    scenario.does('municipal', 'assessment.targetGroup', { category: '2c', ...tied });
    expect(scenario.state.targetGroup.category).toBe('2c');
    expect(targetGroupTasks(scenario.state)).toEqual([]);
    expect(scenario.refusal('municipal', 'assessment.targetGroup', { category: '2d', ...tied }).rule).toBe('FM-DEC-1');
  });
});
