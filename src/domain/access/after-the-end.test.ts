import { describe, expect, it } from 'vitest';
import { aCaseInCourse } from '../../../tests/support/agreement-states.js';
import { aCaseInAssessment, aRefusedCase } from '../../../tests/support/assessment-states.js';
import { aDischargedCase } from '../../../tests/support/course-states.js';
import { people } from '../../../tests/support/people.js';
import { memberUntil } from '../../../tests/support/last-day.js';
import { aCase } from '../../../tests/support/scenario.js';
import type { ExitCase } from '../exit-case/case.js';
import { contactPerson, currentMembers, type Membership, membershipsOf } from '../exit-case/circle.js';
import { taskRows } from '../exit-case/follows.js';
import { measureOf } from '../exit-case/measure.js';
import { addDays, instantOf, type PlainDate } from '../kernel/time.js';
import { asSomebodyHasIt, membershipUntil, scopeUntil, timesOf } from './after-the-end.js';

const core = { kind: 'core', subject: '', generation: 1 } as const;
const ownerIn = (state: ExitCase): Membership => {
  const owner = currentMembers(state).find((one) => one.role === 'owner');
  if (owner === undefined) throw new Error('nobody owns a measure');
  return owner;
};
const ending = (state: ExitCase, status: 'completed' | 'started', endedOn?: string): ExitCase => ({
  ...state,
  measures: { measures: state.measures.measures.map((one) => ({ ...one, status, ...(endedOn === undefined ? {} : { endedOn: endedOn as never }) })) },
});

describe('reading after the end', () => {
  it('has no end but that of what is not renewed while the case is open (FM-END-4, control 44)', () => {
    for (const { state } of [aCase(), aCaseInAssessment()]) {
      for (const { user } of currentMembers(state)) {
        const until = user === people.police.user ? undefined : addDays(aCase().today, 90);
        expect(memberUntil(state, user)).toBe(until);
        expect(scopeUntil(state, user, core)).toBe(until);
      }
    }
  });

  it('ends for the circle 30 days after the case was closed, in every scope (FM-END-4)', () => {
    const { state, today } = aRefusedCase();
    for (const { user } of currentMembers(state)) {
      expect(memberUntil(state, user)).toBe(addDays(today, 30));
      expect(scopeUntil(state, user, core)).toBe(addDays(today, 30));
    }
  });

  it('has its usual end again while a refusal is being reviewed (FM-DEC-2)', () => {
    const { state } = aRefusedCase().does('municipal', 'decision.requestReview', {});
    for (const { user } of currentMembers(state)) expect(memberUntil(state, user)).toBe(user === people.police.user ? undefined : addDays(aCase().today, 90));
  });

  it('gives nothing to who had no access when the case was closed (control 44)', () => {
    const scenario = aCase();
    const joined = scenario.today;
    const { state } = scenario.days(100).does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    expect(memberUntil(state, people.municipal.user)).toBe(addDays(joined, 90));
    expect(memberUntil(state, people.police.user)).toBe(addDays(joined, 130));
  });

  it('goes on for the owner of a measure that goes on, and for 30 days after the measure’s own end (FM-END-4)', () => {
    const { state, today } = aDischargedCase();
    const owner = ownerIn(state);
    const measure = measureOf(state, owner.measure ?? '');
    const scope = { kind: 'measure', subject: measure?.id ?? '', generation: 1 } as const;
    const running = ending(state, 'started');
    expect(membershipUntil(running, owner)).toBeUndefined();
    expect(scopeUntil(running, owner.user, scope)).toBeUndefined();
    expect(memberUntil(running, people.police.user)).toBe(addDays(today, 30));

    const later = addDays(today, 100);
    const ended = ending(state, 'completed', later);
    expect(membershipUntil(ended, owner)).toBe(addDays(later, 30));
    expect(scopeUntil(ended, owner.user, scope)).toBe(addDays(later, 30));
    expect(membershipUntil(ending(state, 'completed', addDays(today, -100)), owner)).toBe(addDays(today, 30));
  });

  it('leaves to a member who owns a measure as well what the measure lets him read, and no more (FM-CNF-4)', () => {
    const { state, today } = aDischargedCase();
    const owner = ownerIn(state);
    const both: ExitCase = { ...ending(state, 'started'), circle: { ...state.circle, members: [...state.circle.members, { ...owner, user: people.municipal.user }] } };
    expect(memberUntil(both, people.municipal.user)).toBeUndefined();
    expect(scopeUntil(both, people.municipal.user, core)).toBeUndefined();
    expect(scopeUntil(both, people.municipal.user, { kind: 'general', subject: '', generation: 1 })).toBe(addDays(today, 30));
  });
});

describe('the case as somebody has it', () => {
  it('is without what of his own has ended, and with all that is others’, until he is renewed (FM-WORK-7, control 44)', () => {
    const scenario = aCase();
    const { user } = people.municipal;
    const roles = (state: ExitCase, today: PlainDate): readonly string[] => currentMembers(asSomebodyHasIt(state, user, today)).map((one) => one.role);
    const [last, after] = [addDays(scenario.today, 90), addDays(scenario.today, 91)];
    expect(roles(scenario.state, last)).toEqual(roles(scenario.state, scenario.today));
    expect(roles(scenario.state, after)).toEqual(roles(scenario.state, last).filter((role) => role !== 'municipal'));
    const { state } = scenario.days(91).does('police', 'circle.renew', { members: [user] });
    expect(roles(state, after)).toContain('municipal');
  });

  it('is the contact person’s no more when he is left in it by a measure alone (FM-AGR-7, FM-CNF-2)', () => {
    const { state, today } = aCaseInCourse();
    const user = state.agreement.contactPerson ?? '';
    const [his] = membershipsOf(state, user);
    const measure = state.measures.measures[0]?.id;
    if (his === undefined || measure === undefined) throw new Error('no contact person, or no measure');
    const renewed = instantOf(addDays(today, 80), 10, 0);
    const members = [...state.circle.members.filter((one) => one.user !== user), { ...his, role: 'contact' as const }, { ...his, role: 'owner' as const, measure, renewed }];
    const both: ExitCase = { ...state, circle: { ...state.circle, members, own: members } };
    const actor = { user: his.user, authority: his.authority, functions: ['municipal_exit'] };
    const itIs = (days: number): ExitCase => asSomebodyHasIt(both, user, addDays(today, days));
    expect([contactPerson.test(itIs(0), actor), contactPerson.test(itIs(120), actor)]).toEqual([true, false]);
    const mine = (days: number) => taskRows(itIs(days)).filter((row) => row.reader === user && row.mine).map((row) => row.command);
    expect([mine(0).includes('followUp.hold'), mine(120).includes('followUp.hold')]).toEqual([true, false]);
  });

  it('changes for him on the day after each end of a part of his, and with the last it is over (control 44)', () => {
    const { state, today } = aCaseInCourse();
    const [his] = membershipsOf(state, people.municipal.user);
    if (his === undefined) throw new Error('he is not in the circle');
    const other = { ...his, role: 'contact' as const, renewed: instantOf(addDays(today, 10), 10, 0) };
    const both: ExitCase = { ...state, circle: { ...state.circle, members: [...state.circle.members, other] } };
    const first = membershipUntil(both, his);
    const times = timesOf(both, his.user);
    expect(times.map((one) => [one.first, one.last])).toEqual([[undefined, first], [first && addDays(first, 1), addDays(today, 100)]]);
    expect(times.map((one) => membershipsOf(one.state, his.user).map(({ role }) => role))).toEqual([['municipal', 'contact'], ['contact']]);
  });
});
