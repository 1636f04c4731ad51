import { describe, expect, it } from 'vitest';
import { aRefusedCase } from '../../../tests/support/assessment-states.js';
import { phaseOf } from './follows.js';

describe('how long a refused case that a review opened again has been in assessment (FM-DEC-2, FM-NCP-1)', () => {
  const asked = () => aRefusedCase('2026-09-25').days(59).does('municipal', 'decision.requestReview');

  it('is counted from the day the review was asked for: the weeks in which it was closed are no assessment', () => {
    const scenario = asked();
    expect(phaseOf(scenario.state)).toEqual({ phase: 'assessment', since: '2026-11-23' });
    scenario.days(3).does('police', 'person.update', { ageBand: '30-39' });
    expect(phaseOf(scenario.state).since).toBe('2026-11-23');
  });

  it('ends with it: closed from the day it was given back, and in assessment anew from the day it is asked for again', () => {
    const scenario = asked();
    const question = scenario.state.questions.questions.at(-1)?.id;
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question }).days(14).does('officialKl', 'contactPoint.returnQuestion', { question, advice: 'Se på den igen' });
    expect(phaseOf(scenario.state)).toEqual({ phase: 'closed', since: scenario.today });
    scenario.days(2).does('municipal', 'decision.requestReview');
    expect(phaseOf(scenario.state)).toEqual({ phase: 'assessment', since: scenario.today });
  });

  it('is counted from its beginning again where the refusal itself was annulled: there was none', () => {
    const scenario = aRefusedCase('2026-09-25');
    const begun = scenario.state.assessment.begun?.on ?? '2026-01-01';
    for (const who of ['police', 'municipal'] as const) scenario.days(1).does(who, 'record.annul', { what: 'decision', reason: 'Forkert sag' });
    expect(phaseOf(scenario.state)).toEqual({ phase: 'assessment', since: begun });
  });
});
