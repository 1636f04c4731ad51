import { describe, expect, it } from 'vitest';
import {
  aCaseHeard,
  aCaseInAssessment,
  aCaseWithConclusions,
  anAcceptedCase,
  aRefusedCase,
  refusal,
} from '../../../tests/support/assessment-states.js';
import { addDays } from '../kernel/time.js';
import { aCase } from '../../../tests/support/scenario.js';
import { hearingTasks, isHeard } from './hearing.js';

const facts = 'Du er set med kredsen i oktober';
const against = () => aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' }, '2026-11-02');

describe('the hearing of the candidate', () => {
  it('is open until it is answered (FM-LAW-1, FM-DEC-5)', () => {
    const scenario = against().does('municipal', 'hearing.send', { about: 'decision', facts, deadline: '2026-11-16' });
    expect(isHeard(scenario.state, 'decision', scenario.today)).toBe(false);
    scenario.does('municipal', 'hearing.answer', { answer: 'Det passer ikke' });
    expect(isHeard(scenario.state, 'decision', scenario.today)).toBe(true);
  });

  it('is over the day after the deadline, answered or not (FM-LAW-1)', () => {
    const { state } = against().does('municipal', 'hearing.send', { facts, deadline: '2026-11-16' });
    expect(isHeard(state, 'decision', '2026-11-16')).toBe(false);
    expect(isHeard(state, 'decision', '2026-11-17')).toBe(true);
  });

  it('is not owed where the exception is recorded, instead of a deadline (FM-LAW-1)', () => {
    const scenario = against();
    expect(
      scenario.refusal('police', 'hearing.send', { exception: 'Kender oplysningerne', deadline: '2026-11-16' }),
    ).toMatchObject({ rule: 'FM-LAW-1', field: 'exception' });
    scenario.does('police', 'hearing.send', { exception: 'Kandidaten kender oplysningerne' });
    expect(isHeard(scenario.state, 'decision', scenario.today)).toBe(true);
    expect(hearingTasks(scenario.state)).toEqual([]);
  });

  it('names the unfavourable facts and leaves time to answer (FM-LAW-1)', () => {
    const scenario = against();
    expect(scenario.refusal('police', 'hearing.send', { deadline: '2026-11-16' })).toMatchObject({
      rule: 'FM-LAW-1',
      field: 'facts',
    });
    expect(scenario.refusal('police', 'hearing.send', { facts })).toMatchObject({ rule: 'FM-LAW-1', field: 'deadline' });
    expect(scenario.refusal('police', 'hearing.send', { facts, deadline: '2026-11-02' })).toMatchObject({
      rule: 'FM-LAW-1',
      field: 'deadline',
    });
  });

  it('keeps facts, answer and exception out of the core (FM-CNF-4)', () => {
    const outcome = against().tries('police', 'hearing.send', { facts, deadline: '2026-11-16' });
    expect(outcome).toMatchObject([{ bodies: [{ scope: { kind: 'general' } }] }]);
    expect(JSON.stringify(outcome)).not.toContain('kredsen i oktober');
  });

  it('is held anew when there are new facts: the last one counts (FM-LAW-1)', () => {
    const scenario = aCaseHeard().does('police', 'hearing.send', { facts: 'Nyt', deadline: '2099-01-01' });
    expect(isHeard(scenario.state, 'decision', scenario.today)).toBe(false);
    expect(scenario.refusal('police', 'decision.refuse', refusal).rule).toBe('FM-LAW-1');
  });

  it('is about a decision not yet taken, or a course that runs (FM-DEC-5)', () => {
    expect(aCase().refusal('police', 'hearing.send', { facts, deadline: '2026-11-16' }).rule).toBe('FM-ASM-1');
    expect(aRefusedCase().refusal('police', 'hearing.send', { facts, deadline: '2099-11-16' }).rule).toBe('FM-DEC-1');
    expect(
      anAcceptedCase().refusal('police', 'hearing.send', { about: 'interruption', facts, deadline: '2099-11-16' }).rule,
    ).toBe('FM-DEC-1');
    expect(against().refusal('police', 'hearing.send', { about: 'interruption', facts, deadline: '2099-11-16' })).toMatchObject({
      rule: 'FM-LAW-1',
      field: 'about',
    });
  });

  it('about a decision says nothing of a later interruption (FM-DEC-5)', () => {
    const scenario = aCaseHeard();
    expect(isHeard(scenario.state, 'interruption', scenario.today)).toBe(false);
  });

  it('is answered where one waits (FM-LAW-1)', () => {
    expect(aCaseInAssessment().refusal('police', 'hearing.answer', { answer: 'Nej' }).rule).toBe('FM-LAW-1');
    const scenario = against().does('police', 'hearing.send', { facts, deadline: '2026-11-16' });
    expect(
      scenario.refusal('police', 'hearing.answer', { answer: 'Nej', hearing: '99999999-0000-4000-8000-000000000001' }).field,
    ).toBe('hearing');
    expect(aCaseHeard().refusal('police', 'hearing.answer', { answer: 'Igen' }).rule).toBe('FM-LAW-1');
  });

  it('waits as a task until the deadline (FM-WORK-1)', () => {
    const scenario = against();
    scenario.does('police', 'hearing.send', { facts, deadline: addDays(scenario.today, 14) });
    expect(hearingTasks(scenario.state)).toMatchObject([
      { owner: { seat: 'police' }, due: '2026-11-16', command: 'hearing.answer' },
    ]);
    scenario.days(20).does('police', 'decision.refuse', refusal);
    expect(hearingTasks(scenario.state)).toEqual([]);
  });
});
