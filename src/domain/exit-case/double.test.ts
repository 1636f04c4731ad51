import { describe, expect, it } from 'vitest';
import { aCaseInCourse, aPresentedAgreement } from '../../../tests/support/agreement-states.js';
import { aCaseInAssessment, anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { recordsOf } from '../../../tests/support/figures-told.js';
import { draftsOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, anInquiry, type Scenario } from '../../../tests/support/scenario.js';
import type { TellingFacts } from '../kernel/command.js';
import { seesEvent } from '../access/core-view.js';
import { isClosed } from './ending.js';
import { endedAs, standingOf, taskRows, tasksOf } from './follows.js';
import { retentionOf } from './retention.js';

const other = { number: 'UV-7K3M-9QX', unit: 'fyn' } as const;
const told = (scenario: Scenario, but: Partial<TellingFacts> = {}): Scenario => {
  scenario.telling = { ends: true, basis: 'before-consent', ...but };
  return scenario.does('officialKl', 'contactPoint.tellDouble');
};
const note = { note: 'Fyn fører sagen, og kommunen siger det til personen' };
const marked = (scenario: Scenario): Scenario => told(scenario).does('police', 'case.markDuplicate', note);
const doubles = (scenario: Scenario) => taskRows(scenario.state).filter(({ key }) => key === 'double');

describe('the contact point tells a unit of another case about the same person', () => {
  it('and the unit has it as its co-ordinator’s task, to be done within five working days (FM-INT-3)', () => {
    const scenario = told(aCase());
    expect(doubles(scenario).filter(({ mine }) => mine)).toEqual([expect.objectContaining({ reader: people.police.user, command: 'case.markDuplicate', due: '2026-11-09' })]);
    expect(doubles(scenario).map(({ reader }) => reader).sort()).toEqual([people.police.user, people.municipal.user, people.probation.user].sort());
    expect(doubles(told(aCase(), { ends: false })).find(({ mine }) => mine)).toMatchObject({ command: 'case.keepDespiteDouble' });
  });

  it('the same day where somebody who fears for his safety was to be read: in the case that ends, and in the one that goes on (FM-INT-3, FM-INT-2)', () => {
    const urgent = told(anInquiry('2026-11-02', { urgent: true }));
    expect(doubles(urgent.does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user })).map(({ due }) => due)).toEqual(['2026-11-02', '2026-11-02', '2026-11-02']);
    const goesOn = doubles(told(aCase(), { ends: false, other: { ...other, hastes: true } }));
    expect(goesOn.map(({ due, title }) => [due, title.endsWith(': den haster')])).toEqual(goesOn.map(() => ['2026-11-02', true]));
  });

  it('with the other case’s number and unit only where both are told (FM-INT-3)', () => {
    expect(told(aCase()).events('DoubleTold')).toEqual([{ type: 'DoubleTold', ends: true, basis: 'before-consent', on: '2026-11-02' }]);
    expect(told(aCase(), { other }).state.double.told?.other).toEqual(other);
  });

  it('says nothing that the official chose: the command takes no words, and nothing is told where nothing was decided (FM-INT-3)', () => {
    expect(aCase().refusal('officialKl', 'contactPoint.tellDouble')).toMatchObject({ rule: 'FM-INT-3' });
    const scenario = aCase();
    scenario.telling = { ends: true, basis: 'consent' };
    expect(scenario.tries('officialKl', 'contactPoint.tellDouble', { other })).toMatchObject({ invalid: true });
  });

  it('is the contact point’s alone, and not said in a case that has ended (FM-INT-3, FM-END-4)', () => {
    const scenario = aCase();
    scenario.telling = { ends: true, basis: 'consent' };
    for (const who of ['police', 'municipal', 'odense', 'auditor', 'admin', 'jobcentre'] as const) expect(scenario.refusal(who, 'contactPoint.tellDouble').rule, who).toBe('FM-CNF-2');
    const closed = aCase().does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    closed.telling = { ends: true, basis: 'consent' };
    expect(closed.refusal('officialKl', 'contactPoint.tellDouble').rule).toBe('FM-END-4');
  });

  it('waits in an inbox until the case is taken (FM-INT-3)', () => {
    const scenario = told(anInquiry());
    expect(doubles(scenario)).toEqual([]);
    scenario.does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
    expect(doubles(scenario)).not.toEqual([]);
  });

  it('is not known to who is in the case for a measure alone (FM-CNF-4)', () => {
    const scenario = told(aCaseInCourse(), { ends: false });
    const [event] = scenario.stream.filter((one) => one.event.type === 'DoubleTold');
    if (event === undefined) throw new Error('not told');
    expect(seesEvent(scenario.state, people.jobcentre.user, event)).toBe(false);
    expect(seesEvent(scenario.state, people.municipal.user, event)).toBe(true);
    expect(doubles(scenario).map(({ reader }) => reader)).not.toContain(people.jobcentre.user);
  });
});

describe('a case ends as a double', () => {
  const ways: readonly (readonly [string, () => Scenario])[] = [
    ['an inquiry', () => aCase()], ['an assessment', () => aCaseInAssessment()], ['an accepted case', () => anAcceptedCase()], ['one whose agreement is presented', () => aPresentedAgreement()],
    ['one with an open question', () => aCaseInAssessment().does('municipal', 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] })],
  ];
  it.each(ways)('%s: nothing waits in it any more, and nothing more is recorded (FM-INT-3, FM-END-4)', (_what, given) => {
    const scenario = marked(given());
    expect(isClosed(scenario.state)).toBe(true);
    expect(tasksOf(scenario.state)).toEqual([]);
    expect(endedAs(scenario.state)).toBe('dublet af en anden sag');
    for (const [command, input] of [['case.markDuplicate', note], ['case.keepDespiteDouble', {}], ['assessment.interrupt', { reason: 'withdrew' }]] as const) {
      expect(scenario.refusal('police', command, input).rule, command).toMatch(/^FM-/);
    }
  });

  it('only when the contact point has confirmed it, and not when it is the other one that ends (FM-INT-3)', () => {
    expect(aCase().refusal('police', 'case.markDuplicate', note)).toMatchObject({ rule: 'FM-INT-3', rests: ['own'] });
    expect(told(aCase(), { ends: false, other }).refusal('police', 'case.markDuplicate', note)).toMatchObject({ rule: 'FM-INT-3' });
  });

  it('by the unit, and by nobody else (FM-INT-3, FM-CNF-2)', () => {
    for (const who of ['officialKl', 'jobcentre', 'odense', 'policeFyn', 'admin'] as const) expect(told(aCase()).refusal(who, 'case.markDuplicate', note).rule, who).toBe('FM-CNF-2');
    for (const who of ['police', 'municipal', 'probation'] as const) expect(isClosed(told(aCase()).does(who, 'case.markDuplicate', note).state)).toBe(true);
  });

  it('never when its course has begun: then it ends as a course (FM-END-1)', () => {
    expect(told(aCaseInCourse()).refusal('police', 'case.markDuplicate', note)).toMatchObject({ rule: 'FM-INT-3', rests: ['course'] });
  });

  it('and stands so in the figures from the day it came, in place of all it was counted as (FM-STA-4)', () => {
    const scenario = marked(aCaseInAssessment('2026-10-01').days(20));
    expect(standingOf(scenario.state)).toEqual({ standing: 'duplicate', from: '2026-10-01' });
    expect(recordsOf(scenario.stream).at(-1)?.records.standing).toMatchObject({ standing: 'duplicate', from: '2026-10-01', replaces: true });
  });

  it('is kept as long as a closed inquiry (FM-WORK-4)', () => {
    expect(retentionOf(marked(aCase()).state)).toMatchObject({ outcome: 'duplicate', dueOn: '2027-11-02' });
  });

  it('stays one when the acceptance before it is annulled, and is itself not annulled (FM-WORK-2)', () => {
    const scenario = marked(anAcceptedCase());
    for (const who of ['municipal', 'police'] as const) scenario.does(who, 'record.annul', { what: 'decision', reason: 'Afgørelsen blev aldrig truffet' });
    expect(scenario.state.ending.closed?.outcome).toBe('duplicate');
    expect(scenario.tries('police', 'record.annul', { what: 'duplicate', reason: 'Fortrudt' })).toMatchObject({ invalid: true });
  });
});

describe('an inquiry that nobody has taken ends as a double', () => {
  it('by the keeper of its inbox, who names nobody for it: it lies in no inbox and counts on no day (FM-INT-3, FM-STA-4)', () => {
    expect(draftsOf(told(anInquiry()).tries('police', 'inquiry.endAsDouble'))).toEqual([{ event: { type: 'CaseMarkedDuplicate', on: '2026-11-02' } }]);
    const scenario = told(anInquiry('2026-10-01')).does('police', 'inquiry.endAsDouble');
    expect([isClosed(scenario.state), scenario.state.inquiry.status, scenario.state.circle.members]).toEqual([true, 'closed', []]);
    expect(standingOf(scenario.state)).toEqual({ standing: 'duplicate', from: '2026-10-01' });
    for (const command of ['inquiry.take', 'inquiry.endAsDouble'] as const) expect(scenario.refusal('police', command, {}).rule, command).toBe('FM-INT-2');
  });

  it('only when the contact point has confirmed it and not when the other one ends, and not when it is taken (FM-INT-3)', () => {
    expect(anInquiry().refusal('police', 'inquiry.endAsDouble')).toMatchObject({ rule: 'FM-INT-3', rests: ['own'] });
    expect(told(anInquiry(), { ends: false, other }).refusal('police', 'inquiry.endAsDouble').detail).toContain('den anden sag, der slutter');
    expect(told(aCase()).refusal('police', 'inquiry.endAsDouble').rule).toBe('FM-INT-2');
  });

  it('never while it hastes: it is taken and read first, and ends from the case with words for what was brought over (FM-INT-3)', () => {
    const scenario = told(anInquiry('2026-11-02', { urgent: true }));
    expect(scenario.refusal('police', 'inquiry.endAsDouble')).toMatchObject({ rule: 'FM-INT-3', rests: ['inquiry'] });
    expect(scenario.refusal('police', 'inquiry.endAsDouble').detail).toContain('Tag den, læs, hvad personen sagde');
    scenario.does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
    expect(scenario.tries('police', 'case.markDuplicate')).toMatchObject({ invalid: true });
    expect(isClosed(scenario.does('police', 'case.markDuplicate', note).state)).toBe(true);
  });

  it('by nobody else (FM-CNF-2)', () => {
    for (const who of ['municipal', 'probation', 'custody', 'officialKl', 'admin', 'auditor'] as const) expect(told(anInquiry()).refusal(who, 'inquiry.endAsDouble').rule, who).toBe('FM-CNF-2');
  });
});

describe('a unit goes on with its case', () => {
  it('without more words where the other one ends, with a reason where it is asked to end its own (FM-INT-3)', () => {
    expect(doubles(told(aCase(), { ends: false }).does('police', 'case.keepDespiteDouble'))).toEqual([]);
    expect(told(aCase()).refusal('police', 'case.keepDespiteDouble')).toMatchObject({ rule: 'FM-INT-3', field: 'note' });
    const scenario = told(aCase()).does('police', 'case.keepDespiteDouble', { note: 'Det er to brødre' });
    expect(doubles(scenario)).toEqual([]);
    expect(scenario.refusal('police', 'case.keepDespiteDouble', { note: 'Igen' }).rule).toBe('FM-INT-3');
    expect(isClosed(scenario.does('police', 'case.markDuplicate', note).state)).toBe(true);
  });

  it('only when it has been told, and not for anybody outside of the unit (FM-INT-3, FM-CNF-2)', () => {
    expect(aCase().refusal('police', 'case.keepDespiteDouble').rule).toBe('FM-INT-3');
    for (const who of ['officialKl', 'jobcentre', 'odense'] as const) expect(told(aCase()).refusal(who, 'case.keepDespiteDouble', note).rule, who).toBe('FM-CNF-2');
  });
});
