import { describe, expect, it } from 'vitest';
import {
  aCaseInAssessment,
  aCaseReadyToConclude,
  anAcceptedCase,
  aCustodyCaseInAssessment,
  forAcceptance,
} from '../../../tests/support/assessment-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase } from '../../../tests/support/scenario.js';
import { groundworkTasks } from './groundwork.js';

describe("each authority's own material", () => {
  it.each([
    ['police', 'politiets egne registre'],
    ['probation', 'Kriminalforsorgens sikkerheds- og efterretningsorganisation'],
  ] as const)('%s cannot conclude before it has recorded that it asked %s (FM-ASM-5)', (who, where) => {
    const scenario = aCaseInAssessment();
    expect(scenario.refusal(who, 'assessment.submit', forAcceptance)).toMatchObject({
      rule: 'FM-ASM-5',
      detail: expect.stringContaining(where) as string,
    });
    scenario.does(who, 'assessment.recordObtained', { nothingFound: true }).does(who, 'assessment.submit', forAcceptance);
    expect(scenario.events('ConclusionSubmitted')).toHaveLength(1);
  });

  it('the municipality has nowhere to ask, and concludes without (FM-ASM-5)', () => {
    const scenario = aCaseInAssessment();
    expect(scenario.refusal('municipal', 'assessment.recordObtained', { nothingFound: true }).rule).toBe('FM-CNF-2');
    expect(scenario.does('municipal', 'assessment.submit', forAcceptance).events('ConclusionSubmitted')).toHaveLength(1);
  });

  it('one authority having asked does not open the way for another (FM-ASM-5)', () => {
    const scenario = aCaseInAssessment().does('police', 'assessment.recordObtained', { nothingFound: true });
    expect(scenario.refusal('probation', 'assessment.submit', forAcceptance).rule).toBe('FM-ASM-5');
  });

  it.each([
    ['police', 'police'],
    ['probation', 'probation'],
  ] as const)("%s's material lies in its own scope, and only that it was given in the core (FM-CNF-4)", (who, kind) => {
    const outcome = aCaseInAssessment().tries(who, 'assessment.recordObtained', { material: 'Fortroligt' });
    expect(outcome).toMatchObject([
      {
        event: { type: 'InformationObtained', seat: who, materialGiven: true, nothingFound: false },
        bodies: [{ scope: { kind } }],
      },
    ]);
    expect(JSON.stringify(outcome)).not.toContain('Fortroligt');
  });

  it('in custody the custody officer asks Kriminalforsorgen, and an officer asked in can record for police (FM-ASM-5, FM-CUS-3)', () => {
    const scenario = aCustodyCaseInAssessment();
    expect(scenario.refusal('custody', 'assessment.submit', forAcceptance).rule).toBe('FM-ASM-5');
    expect(scenario.tries('custody', 'assessment.recordObtained', { material: 'x' })).toMatchObject([
      { event: { seat: 'custody' }, bodies: [{ scope: { kind: 'probation' } }] },
    ]);
    expect(scenario.tries('police', 'assessment.recordObtained', { material: 'x' })).toMatchObject([
      { event: { seat: 'police' }, bodies: [{ scope: { kind: 'police' } }] },
    ]);
    scenario.does('police', 'assessment.recordObtained', { nothingFound: true });
    expect(scenario.refusal('custody', 'assessment.submit', forAcceptance).rule).toBe('FM-ASM-5');
  });

  it('refuses what says neither that nothing was found nor what was (FM-ASM-5)', () => {
    expect(aCaseInAssessment().refusal('police', 'assessment.recordObtained')).toMatchObject({
      rule: 'FM-ASM-5',
      field: 'material',
      detail: expect.stringContaining('Der blev ikke fundet noget') as string,
    });
  });

  it('takes a day between the inquiry and today (FM-ASM-5)', () => {
    const scenario = aCaseInAssessment('2026-11-02').days(3);
    expect(
      scenario.does('police', 'assessment.recordObtained', { date: '2026-11-03', nothingFound: true }).state.groundwork.obtained,
    ).toMatchObject([{ seat: 'police', on: '2026-11-03' }]);
    expect(scenario.refusal('police', 'assessment.recordObtained', { date: '2026-11-06', nothingFound: true })).toMatchObject({
      rule: 'FM-ASM-5',
      field: 'date',
    });
    expect(scenario.refusal('police', 'assessment.recordObtained', { date: '2026-11-01', nothingFound: true })).toMatchObject({
      rule: 'FM-ASM-5',
      field: 'date',
    });
  });

  it('is asked for by nobody before the assessment begins (FM-ASM-5)', () => {
    expect(aCase().refusal('police', 'assessment.recordObtained', { nothingFound: true }).rule).toBe('FM-ASM-1');
  });

  it('stays with the authority when a colleague takes the seat over (FM-ASM-5)', () => {
    const scenario = aCaseReadyToConclude()
      .does('municipal', 'circle.remove', { user: people.police.user, reason: 'Nyt job' })
      .does('municipal', 'circle.add', { user: people.police2.user, role: 'police', reason: 'Afløser' });
    expect(scenario.does('police2', 'assessment.submit', forAcceptance).events('ConclusionSubmitted')).toHaveLength(1);
  });
});

describe('the need to move', () => {
  it.each(['none', 'temporary', 'permanent'])('is clarified as %s, with the reason (FM-ASM-11)', (need) => {
    const scenario = aCaseInAssessment().does('municipal', 'assessment.clarifyRelocation', {
      need,
      reason: 'Trusler i opgangen',
    });
    expect(scenario.state.groundwork.relocation?.need).toBe(need);
  });

  it('needs a reason and a known answer (FM-ASM-11)', () => {
    expect(aCaseInAssessment().tries('police', 'assessment.clarifyRelocation', { need: 'none' })).toMatchObject({
      invalid: true,
      issues: [{ path: 'reason' }],
    });
    expect(aCaseInAssessment().tries('police', 'assessment.clarifyRelocation', { need: 'soon', reason: 'x' })).toMatchObject({
      invalid: true,
    });
  });

  it('can be answered anew until the decision (FM-ASM-11)', () => {
    const scenario = aCaseReadyToConclude().does('police', 'assessment.clarifyRelocation', {
      need: 'permanent',
      reason: 'Nye trusler',
    });
    expect(scenario.state.groundwork.relocation?.need).toBe('permanent');
    expect(anAcceptedCase().refusal('police', 'assessment.clarifyRelocation', { need: 'none', reason: 'x' }).rule).toBe(
      'FM-DEC-1',
    );
  });
});

describe('what waits', () => {
  it('asks police and Kriminalforsorgen within a week, and the unit within two (FM-WORK-1)', () => {
    expect(
      groundworkTasks(aCaseInAssessment('2026-11-02').state).map(({ owner, due, command }) => [owner, due, command]),
    ).toEqual([
      [{ seat: 'police' }, '2026-11-09', 'assessment.recordObtained'],
      [{ seat: 'probation' }, '2026-11-09', 'assessment.recordObtained'],
      [{ seat: 'police' }, '2026-11-16', 'assessment.clarifyRelocation'],
    ]);
    expect(groundworkTasks(aCaseReadyToConclude().state)).toEqual([]);
    expect(groundworkTasks(anAcceptedCase().state)).toEqual([]);
  });
});
