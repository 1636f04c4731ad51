import { describe, expect, it } from 'vitest';
import { aCaseInCourse } from '../../../tests/support/agreement-states.js';
import { aCaseInAssessment, anAcceptedCase, aRefusedCase } from '../../../tests/support/assessment-states.js';
import { aCompletedCase, aDischargedCase, anInterruptedCase, discharge } from '../../../tests/support/course-states.js';
import { draftsOf, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { addDays } from '../kernel/time.js';
import type { CaseEvent } from './case.js';
import {
  circleReadsUntil,
  endingNotification,
  type EndingState,
  endingTasks,
  evolveEnding,
  isClosed,
  noEnding,
  notClosed,
} from './ending.js';

describe('the discharge document', () => {
  it('is written by the unit after the course, and closes the case (FM-END-4)', () => {
    const scenario = aDischargedCase();
    expect(scenario.state.ending.closed).toEqual({ on: scenario.today, outcome: 'completed' });
    expect(anInterruptedCase().does('probation', 'discharge.write', discharge).state.ending.closed?.outcome).toBe('interrupted');
  });

  it.each([
    ['interrupted', anInterruptedCase],
    ['completed', aCompletedCase],
  ] as const)('waits after an %s course, which is not closed without it (FM-END-4)', (_outcome, given) => {
    const scenario = given();
    expect(isClosed(scenario.state)).toBe(false);
    expect(endingTasks(scenario.state)).toMatchObject([
      { owner: { seat: 'police' }, due: addDays(scenario.today, 14), command: 'discharge.write' },
    ]);
  });

  it('waits no longer when it is written (FM-END-4)', () => {
    expect(endingTasks(aDischargedCase().state)).toEqual([]);
  });

  it('holds results and experiences, in the general scope (FM-END-4)', () => {
    const outcome = aCompletedCase().tries('municipal', 'discharge.write', discharge);
    expect(scopesOf(outcome)).toEqual(['general']);
    expect(JSON.stringify(draftsOf(outcome).map((draft) => draft.event))).not.toContain('Mentor');
    expect(messageAt(aCompletedCase().tries('municipal', 'discharge.write', {}), 'results')).toBe(
      'Skriv, hvad der kom ud af indsatsen',
    );
    expect(messageAt(aCompletedCase().tries('municipal', 'discharge.write', {}), 'experiences')).toBe('Skriv, hvad I har lært');
  });

  it('refuses while the course runs (FM-END-4)', () => {
    expect(aCaseInCourse().refusal('municipal', 'discharge.write', discharge)).toMatchObject({
      rule: 'FM-END-4',
      rests: ['course'],
    });
  });

  it('refuses where there was no course: a refused or interrupted assessment has none (FM-END-4)', () => {
    expect(anAcceptedCase().refusal('municipal', 'discharge.write', discharge)).toMatchObject({
      rule: 'FM-END-4',
      rests: ['course'],
    });
    expect(aRefusedCase().refusal('municipal', 'discharge.write', discharge).rule).toBe('FM-END-4');
    expect(endingTasks(aRefusedCase().state)).toEqual([]);
  });

  it('is written once (FM-END-4)', () => {
    expect(aDischargedCase().refusal('municipal', 'discharge.write', discharge)).toMatchObject({
      rule: 'FM-END-4',
      rests: ['ending'],
    });
  });

  it("is the unit's (FM-END-4)", () => {
    expect(aCompletedCase().refusal('jobcentre', 'discharge.write', discharge).rule).toBe('FM-CNF-2');
  });

  it('tells the contact point nothing new: it was told when the course ended (FM-NOT-1)', () => {
    const [written] = aDischargedCase().events('DischargeWritten');
    expect(written && endingNotification(written)).toBeUndefined();
  });
});

describe('a closed case', () => {
  const ways: readonly (readonly [string, () => Scenario])[] = [
    ['closed-inquiry', () => aCase().does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' })],
    ['interrupted-assessment', () => aCaseInAssessment().does('police', 'assessment.interrupt', { reason: 'withdrew' })],
    ['refused', aRefusedCase],
    ['completed', aDischargedCase],
  ];

  it.each(ways)('is one with %s, and is still read for 30 days (FM-END-4)', (outcome, given) => {
    const { state, today } = given();
    expect(state.ending.closed).toEqual({ on: today, outcome });
    expect(circleReadsUntil(state)).toBe(addDays(today, 30));
    expect(notClosed(state)).toMatchObject({ rule: 'FM-END-4', rests: ['ending'] });
  });

  it('stays closed by an interruption when the acceptance before it is annulled (FM-ASM-10, FM-WORK-2)', () => {
    const scenario = anAcceptedCase().does('police', 'assessment.interrupt', { reason: 'withdrew' });
    for (const who of ['municipal', 'police'] as const) {
      scenario.does(who, 'record.annul', { what: 'decision', reason: 'Afgørelsen blev aldrig truffet' });
    }
    expect(scenario.state.decision.outcome).toBeUndefined();
    expect(scenario.state.ending.closed).toEqual({ on: scenario.today, outcome: 'interrupted-assessment' });
  });

  it('is none while the case is open (FM-END-4)', () => {
    for (const scenario of [aCase(), aCaseInAssessment(), anAcceptedCase(), aCaseInCourse(), anInterruptedCase()]) {
      expect(isClosed(scenario.state)).toBe(false);
      expect(notClosed(scenario.state)).toBeUndefined();
      expect(circleReadsUntil(scenario.state)).toBeUndefined();
    }
  });
});

describe('a refusal under review', () => {
  const meta = { version: 9, at: '2026-11-20T09:00:00.000Z', actor: 'a' } as never;
  const after = (...events: readonly object[]) =>
    events.reduce<EndingState>((state, event) => evolveEnding(state, event as CaseEvent, meta), noEnding);
  const refused = { type: 'CaseRefused', on: '2026-11-02' };
  const asked = { type: 'QuestionAsked', kind: 'review', question: 'q', on: '2026-11-05' };

  it('is open again until it is answered (FM-DEC-2)', () => {
    expect(after(refused, asked).closed).toBeUndefined();
  });

  it('is closed by an answer that upholds it, on that day (FM-DEC-2)', () => {
    expect(after(refused, asked, { type: 'ReviewDecided', result: 'upheld', question: 'q', on: '2026-11-15' }).closed).toEqual({
      on: '2026-11-15',
      outcome: 'refused',
    });
  });

  it('is closed when it comes back unanswered: the refusal stands (FM-DEC-2)', () => {
    expect(after(refused, asked, { type: 'QuestionReturned', question: 'q', on: '2026-11-19' }).closed).toEqual({
      on: '2026-11-19',
      outcome: 'refused',
    });
  });

  it('stays open when the candidate is let in after all (FM-DEC-2)', () => {
    expect(
      after(
        refused,
        asked,
        { type: 'ReviewDecided', result: 'overturned', question: 'q', on: '2026-11-15' },
        { type: 'CaseAccepted', on: '2026-11-15' },
      ).closed,
    ).toBeUndefined();
  });

  it('is not touched by another question that comes back (FM-DEC-2)', () => {
    expect(after(refused, { type: 'QuestionReturned', question: 'other', on: '2026-11-19' }).closed?.on).toBe('2026-11-02');
  });
});
