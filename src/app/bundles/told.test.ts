import { describe, expect, it } from 'vitest';
import { aCaseHeard, aRefusedCase } from '../../../tests/support/assessment-states.js';
import { aCaseInCourse } from '../../../tests/support/agreement-states.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import type { CaseEvent, RecordedEvent } from '../../domain/exit-case/case.js';
import { instantOf, knownDate } from '../../domain/kernel/time.js';
import { toldOf } from './told.js';

const { state } = aCaseInCourse();
const measure = state.measures.measures[0]?.id;
const by = (who: PersonName, event: object): RecordedEvent =>
  ({ event: event as CaseEvent, version: 1, at: instantOf(knownDate('2026-11-02'), 10, 0), actor: people[who].user });
const told = (entries: readonly RecordedEvent[] = []) => toldOf({ state, entries }, () => undefined);
const shows = (who: PersonName, event: object, entries: readonly RecordedEvent[] = []): boolean => told(entries).event(by(who, event));
const says = (who: PersonName, event: object, kind: 'general' | 'identity' | 'bundle' = 'general'): boolean => told().words(by(who, event), kind);

describe('what of a case is shown to whom it is about (FM-LAW-4)', () => {
  it.each(['PersonUpdated', 'ResidenceChanged', 'DischargeWritten', 'NoteAdded'] as const)('leaves out %s by police and Kriminalforsorgen: what they noted, and that they did', (type) => {
    for (const who of ['police', 'probation', 'custody'] as const) expect(shows(who, { type, scope: 'general' }), who).toBe(false);
    expect(shows('municipal', { type, scope: 'general' })).toBe(true);
  });

  it.each(['ConsentGiven', 'ConsentWithdrawn', 'CourseCompleted', 'FollowUpHeld', 'InquiryClosed', 'CourseExtended'] as const)('says that %s happened, and not what police and Kriminalforsorgen wrote of it', (type) => {
    for (const who of ['police', 'probation'] as const) expect([shows(who, { type }), says(who, { type })], who).toEqual([true, false]);
    expect(says('municipal', { type })).toBe(true);
  });

  it.each(['InquiryRegistered', 'HearingAnswered', 'CaseRefused', 'ConsentRefused', 'CourseInterrupted'] as const)('gives the words of %s, which he said or was given, whoever wrote them down', (type) => {
    expect(says('police', { type })).toBe(true);
  });

  it('leaves out who police says he is, also where it came in with what he said', () => {
    expect(says('police', { type: 'InquiryRegistered' }, 'identity')).toBe(false);
    expect(says('municipal', { type: 'InquiryRegistered' }, 'identity')).toBe(true);
  });

  it('never says how it was known who he is, nor what the unit learnt for others (FM-END-4, FM-NCP-3)', () => {
    expect(told().unsaid?.(by('municipal', { type: 'PersonUpdated' }))).toEqual(['reason']);
    expect(told().unsaid?.(by('municipal', { type: 'DischargeWritten' }))).toEqual(['experiences']);
    expect(told().unsaid?.(by('municipal', { type: 'ConsentRefused' }))).toEqual([]);
  });

  it('names no hearing that was left out, no account he was not asked for and no offer that was not made', () => {
    expect(shows('municipal', { type: 'HearingSent', about: 'decision', deadline: '2026-12-01' })).toBe(true);
    expect(shows('municipal', { type: 'HearingSent', about: 'decision' })).toBe(false);
    expect(['account', 'no-comment', 'unreachable'].map((outcome) => shows('municipal', { type: 'BreachHeard', outcome }))).toEqual([true, true, false]);
    expect(['offered', 'declined', 'no-need'].map((outcome) => shows('municipal', { type: 'PreventionOffered', outcome }))).toEqual([true, true, false]);
  });

  it('leaves out a measure of police’s or Kriminalforsorgen’s, also what another authority records of it', () => {
    const owned = (authority: string) => {
      const one = { ...state, measures: { ...state.measures, measures: state.measures.measures.map((each) => ({ ...each, authority })) } } as typeof state;
      return toldOf({ state: one, entries: [] }, () => undefined).event(by('municipal', { type: 'MeasureStarted', measure }));
    };
    expect([owned('municipality:0183'), owned(people.police.authority), owned(people.probation.authority), owned('dfk')]).toEqual([true, false, false, false]);
  });

  it('leaves out what lies in the room of an authority’s own, whoever wrote it', () => {
    for (const scope of ['police', 'probation'] as const) expect(shows('municipal', { type: 'NoteAdded', scope }), scope).toBe(false);
    expect(shows('municipal', { type: 'NoteAdded', scope: 'health' })).toBe(true);
  });

  it.each(['InquiryRegistered', 'UnitNamed'] as const)('leaves out what was written for the contact point with %s of where he belongs, whoever wrote it (FM-INT-7)', (type) => {
    for (const who of ['police', 'municipal', 'officialKl'] as const) expect(says(who, { type }, 'bundle'), who).toBe(false);
  });

  it('gives the reasons of officials whose position is the decision, as the letter does, and nothing of the others (FM-DEC-1, FM-CNF-4)', () => {
    const scenario = aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
    const question = scenario.state.questions.questions.at(-1)?.id;
    const shown = (): readonly boolean[] => {
      const { event: shows, words } = toldOf({ state: scenario.state, entries: [] }, () => undefined);
      return scenario.stream.filter(({ event }) => event.type === 'OfficialPositionGiven').map((one) => shows(one) && words(one, 'bundle'));
    };
    const stand = (who: PersonName, position: 'accept' | 'refuse') => {
      scenario.does(who, 'contactPoint.takeQuestion', { question }).does(who, 'contactPoint.decide', { question, position, reasons: 'x', ...(position === 'refuse' ? { criterion: 'motivation' } : {}) });
    };
    stand('officialPolice', 'refuse');
    stand('officialKl', 'accept');
    expect(shown()).toEqual([false, false]);
    stand('officialDfk', 'refuse');
    expect(shown()).toEqual([true, false, true]);
    expect(scenario.stream.filter(({ event }) => event.type === 'QuestionAsked').map((one) => toldOf({ state: scenario.state, entries: [] }, () => undefined).event(one))).toEqual([false]);
  });

  it('gives of an official who gave his position anew the newest reasons alone, as the letter does (FM-DEC-1, FM-DEC-2)', () => {
    const scenario = aRefusedCase('2026-11-02').does('officialKl', 'decision.requestReview', { account: 'x' }).days(7);
    const question = scenario.state.questions.questions.at(-1)?.id;
    const stand = (who: PersonName) => scenario.does(who, 'contactPoint.decideReview', { question, position: 'uphold', reasons: 'x' });
    for (const who of ['officialPolice', 'officialKl'] as const) scenario.does(who, 'contactPoint.takeQuestion', { question });
    stand('officialKl').does('municipal', 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
    stand('officialKl');
    stand('officialPolice');
    const { event: shows } = toldOf({ state: scenario.state, entries: [] }, () => undefined);
    expect(scenario.stream.filter(({ event }) => event.type === 'OfficialPositionGiven').map((one) => shows(one))).toEqual([false, true, true]);
  });

  it('leaves out that something was told to police or Kriminalforsorgen', () => {
    expect(['municipality:0183', people.policeFyn.authority, people.probation.authority].map((to) => shows('municipal', { type: 'DisclosureRecorded', kind: 'personal', to }))).toEqual([true, false, false]);
  });

  it('leaves out a correction of a note that is left out, for it tells of it', () => {
    const note = (who: PersonName) => by(who, { type: 'NoteAdded', entry: 'a', scope: 'general' });
    const correction = { type: 'NoteCorrected', entry: 'b', corrects: 'a', scope: 'general' };
    expect([shows('municipal', correction, [note('municipal')]), shows('municipal', correction, [note('police')]), shows('municipal', correction)]).toEqual([true, false, false]);
  });

  it('takes for police whoever it knows nothing of', () => {
    expect(told().event({ ...by('municipal', { type: 'NoteAdded', scope: 'general' }), actor: 'nobody' as never })).toBe(false);
  });
});
