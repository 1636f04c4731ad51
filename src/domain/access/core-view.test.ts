import { describe, expect, it } from 'vitest';
import { anAgreementWithTreatment, withTreatment } from '../../../tests/support/agreement-states.js';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase, anInquiry } from '../../../tests/support/scenario.js';
import type { CaseEvent } from '../exit-case/case.js';
import { reject } from '../kernel/rejection.js';
import { instantOf, knownDate } from '../kernel/time.js';
import { newestSeen, seesEvent, shownRejection } from './core-view.js';

describe('what a refusal may tell (access.md)', () => {
  const rests = (fact: Parameters<typeof reject>[1][number]) => reject('FM-CON-1', [fact], 'Samtykket mangler.');

  it('tells a full member rule and reason', () => {
    expect(shownRejection(aCase().state, people.police, rests('consent'))).toEqual({ rule: 'FM-CON-1', detail: 'Samtykket mangler.' });
  });

  it('tells somebody who does not see the fact only that another authority is awaited, without the rule', () => {
    const { state } = withTreatment(anAcceptedCase());
    expect(shownRejection(state, people.treatment, rests('consent'))).toEqual({ detail: 'Afventer en anden myndighed.' });
    expect(shownRejection(state, people.police, rests('measures'))).toEqual({ detail: 'Afventer en anden myndighed.' });
    expect(shownRejection(state, people.municipal, rests('measures'))).toMatchObject({ rule: 'FM-CON-1' });
  });

  it('tells the keeper of the inbox about the inquiry and nothing else', () => {
    const { state } = anInquiry();
    expect(shownRejection(state, people.police, rests('inquiry'))).toMatchObject({ rule: 'FM-CON-1' });
    expect(shownRejection(state, people.police, rests('consent'))).toEqual({ detail: 'Afventer en anden myndighed.' });
  });
});

describe('which events a reader may know of', () => {
  it('hides a treatment measure from police, and its reader\'s newest event does not move for it', () => {
    const scenario = anAcceptedCase();
    const before = newestSeen(scenario.state, people.police.user, scenario.stream);
    withTreatment(scenario);
    expect(newestSeen(scenario.state, people.municipal.user, scenario.stream)).toBeGreaterThan(before);
    const measures = scenario.stream.filter((one) => 'measure' in one.event && one.event.type !== 'MemberAdded');
    expect(measures.length).toBeGreaterThan(0);
    expect(measures.filter((one) => seesEvent(scenario.state, people.police.user, one))).toEqual([]);
  });

  it('hides from police who is in the case for a treatment alone: his accession, his conflict, the exception for him (FM-CNF-4, FM-WORK-6)', () => {
    const { state } = withTreatment(anAcceptedCase());
    const [measure] = state.measures.measures;
    const { user, authority } = people.treatment;
    const on = knownDate('2026-11-02');
    const events: readonly CaseEvent[] = measure === undefined ? [] : [
      { type: 'PartyAcceded', party: authority, version: 1, on, measures: [measure.id], words: [] }, { type: 'ConflictDeclared', user, seats: [] }, { type: 'PersonExcluded', user },
      { type: 'ContactExceptionAllowed', authority, supervision: false, since: on }, { type: 'ContactExceptionEnded', authority, on }, { type: 'MemberRemoved', user },
    ];
    const seenBy = (who: 'police' | 'municipal') => events.filter((event) => seesEvent(state, people[who].user, { event, version: 99, at: instantOf(on, 9, 0), actor: people.probation.user })).length;
    expect([seenBy('municipal'), seenBy('police')]).toEqual([6, 0]);
  });

  it('hides from police that a treatment centre\'s accession is to be annulled, was kept or was annulled (FM-CNF-4, FM-WORK-2)', () => {
    const party = people.treatment.authority;
    for (const answer of ['record.keep', 'record.annul']) {
      const scenario = anAgreementWithTreatment().does('treatment', 'agreement.accede', { party });
      const before = newestSeen(scenario.state, people.police.user, scenario.stream);
      scenario.does('municipal', 'record.annul', { what: 'accession', party, reason: 'Forkert sag' }).does('probation', answer, { what: 'accession', ...(answer === 'record.annul' ? { party } : {}), reason: 'Set efter' });
      expect(newestSeen(scenario.state, people.police.user, scenario.stream)).toBe(before);
      expect(newestSeen(scenario.state, people.municipal.user, scenario.stream)).toBe(scenario.stream.at(-1)?.version);
    }
  });

  it('shows who reads all kinds an exception for an authority that is in the case for nothing, and police that of Kriminalforsorgen (FM-AGR-7)', () => {
    const { state } = anAcceptedCase();
    const on = knownDate('2026-11-02');
    const exceptionOf = (authority: string) => ({ event: { type: 'ContactExceptionAllowed' as const, authority, supervision: false, since: on }, version: 99, at: instantOf(on, 9, 0), actor: people.probation.user });
    expect(seesEvent(state, people.municipal.user, exceptionOf(people.treatment.authority))).toBe(true);
    expect(seesEvent(state, people.police.user, exceptionOf(people.treatment.authority))).toBe(false);
    expect(seesEvent(state, people.police.user, exceptionOf('dfk'))).toBe(true);
  });

  it('shows police the same of those it knows of', () => {
    const { state } = withTreatment(anAcceptedCase());
    const on = knownDate('2026-11-02');
    const events: readonly CaseEvent[] = [
      { type: 'PartyAcceded', party: 'candidate', version: 1, on, measures: [], words: [] }, { type: 'PersonExcluded', user: people.odense.user },
      { type: 'ContactExceptionAllowed', authority: people.municipal.authority, supervision: false, since: on },
    ];
    expect(events.filter((event) => seesEvent(state, people.police.user, { event, version: 99, at: instantOf(on, 9, 0), actor: people.probation.user }))).toEqual(events);
  });

  it('hides an authority\'s own note from the others (FM-CNF-4)', () => {
    const scenario = aCase().does('police', 'journal.add', { text: 'Kun os', kind: 'personal', own: true });
    const note = scenario.stream.at(-1);
    expect(note && seesEvent(scenario.state, people.police.user, note)).toBe(true);
    expect(note && seesEvent(scenario.state, people.municipal.user, note)).toBe(false);
  });

  it('shows an owner his own measure\'s events and nothing of the unit\'s', () => {
    const { state, stream } = withTreatment(anAcceptedCase());
    expect(stream.filter((one) => seesEvent(state, people.treatment.user, one)).map((one) => one.event.type)).toEqual(expect.arrayContaining(['MeasureProposed', 'MeasureRequested']) as unknown);
    expect(stream.filter((one) => seesEvent(state, people.treatment.user, one)).some((one) => one.event.type === 'CaseAccepted')).toBe(false);
  });
});
