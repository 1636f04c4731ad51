import { describe, expect, it } from 'vitest';
import { aCaseInCourse, anAcceptedCaseWithConsent, aPresentedAgreement, latestMeasure, withPlacement, withTreatment } from '../../../tests/support/agreement-states.js';
import { aCaseHeard, aCaseInAssessment, aCaseReadyToConclude, aCaseWithConclusions, anAcceptedCase, aCustodyCaseReadyToConclude } from '../../../tests/support/assessment-states.js';
import { aHeardBreach, allState } from '../../../tests/support/course-states.js';
import { people } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { caseCommands } from './case.js';
import { tasksOf } from './follows.js';
import { WAITS_FOR, waitsFor, waitsForWords } from './waits-for.js';

const waitingIn = (scenario: Scenario): readonly string[] => [...new Set(tasksOf(scenario.state).map(waitsFor))];

describe('what a case waits for, as the contact point may know it (FM-NCP-1)', () => {
  it('is whose conclusion is missing, in custody Kriminalforsorgen’s', () => {
    expect(waitingIn(aCaseReadyToConclude())).toEqual(expect.arrayContaining(['police-conclusion', 'municipal-conclusion', 'probation-conclusion']));
    expect(waitingIn(aCustodyCaseReadyToConclude())).toContain('probation-conclusion');
  });

  it('is the groundwork, the hearing, the decision, the agreement, an accession, a follow-up, a question', () => {
    expect(waitingIn(aCaseInAssessment())).toContain('groundwork');
    expect(waitingIn(aCaseWithConclusions())).toContain('decision');
    const hearing = aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' }).does('municipal', 'hearing.send', { facts: 'Du ser stadig kredsen', deadline: '2099-01-01' });
    expect(waitingIn(hearing)).toContain('hearing');
    expect(waitingIn(aCaseHeard())).toContain('decision');
    expect(waitingIn(anAcceptedCase())).toEqual(expect.arrayContaining(['contact-person', 'agreement']));
    expect(waitingIn(aPresentedAgreement())).toContain('accession');
    expect(waitingIn(aCaseInCourse())).toContain('follow-up');
    expect(waitingIn(aCaseInAssessment().does('municipal', 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] }))).toContain('question');
  });

  it('is, of a measure, that there is a time to keep, and never of which kind it is (FM-CNF-4)', () => {
    const placement = withPlacement(anAcceptedCaseWithConsent());
    placement.does('municipal', 'measure.request', { measure: latestMeasure(placement), on: placement.today });
    for (const scenario of [placement, withTreatment(anAcceptedCaseWithConsent())]) {
      const [task] = tasksOf(scenario.state).filter((one) => one.measure !== undefined);
      expect(task && waitsFor(task)).toBe('measure');
    }
  });

  it('is the same of every ending that is weighed, and nothing of the breach behind it', () => {
    const breach = aHeardBreach(aCaseInCourse());
    expect(waitsFor({ command: 'breach.hear', owner: { seat: 'municipal' } })).toBe('other');
    for (const position of [{ position: 'interrupt', ground: 'own-wish' }, { position: 'complete' }]) expect(waitingIn(allState(aCaseInCourse(), position))).toContain('course');
    expect(waitingIn(breach).every((one) => one in WAITS_FOR)).toBe(true);
  });

  it('has no word for danger, a screening, a protected address, a consent or what stands in the log', () => {
    const silent = caseCommands.map((one) => one.name).filter((name) => /^(security|screening|address|safetyCard|breach|consent|prevention|record|journal|attachment|disclosure|person)\./.test(name));
    expect(silent.length).toBeGreaterThan(20);
    for (const command of silent) for (const seat of ['police', 'municipal', 'probation', 'custody'] as const) expect([command, waitsFor({ command, owner: { seat } })]).toEqual([command, 'other']);
  });

  it('has no word for a task that nobody has thought of, nor for a code that is none', () => {
    expect(waitsFor({ command: 'noget.nyt', owner: { user: people.police.user } })).toBe('other');
    expect(waitsForWords('noget')).toBe('Andet i sagen');
    expect(waitsForWords('decision')).toBe('Afgørelse mangler');
  });
});
