import { describe, expect, it } from 'vitest';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { withTreatment } from '../../../tests/support/agreement-states.js';
import { people } from '../../../tests/support/people.js';
import { memberUntil } from '../../../tests/support/last-day.js';
import { aCase, aCustodyCase } from '../../../tests/support/scenario.js';
import { scopeUntil } from '../access/after-the-end.js';
import { readsScope, type ScopeKey } from '../access/scopes.js';
import { addDays } from '../kernel/time.js';
import { contactPerson, coordinator, currentMembers, membershipsOf, unitMember } from './circle.js';
import { taskRows } from './follows.js';

const scope = (kind: ScopeKey['kind']): ScopeKey => ({ kind, subject: '', generation: 1 });
const away = (scenario: ReturnType<typeof aCase>, days = 20) => ({ user: people.municipal.user, deputy: people.municipal2.user, until: addDays(scenario.today, days), reason: 'Ferie' });

describe('a deputy', () => {
  it('has the seat beside the absent one, reads what he reads and gets his tasks (FM-WORK-7)', () => {
    const scenario = aCase().does('police', 'assessment.begin', {});
    scenario.does('municipal', 'circle.depute', away(scenario));
    const { state } = scenario;
    expect(unitMember.test(state, people.municipal2)).toBe(true);
    for (const kind of ['core', 'identity', 'general', 'health', 'economy', 'police', 'probation'] as const) {
      expect(readsScope(state, people.municipal2.user, scope(kind)), kind).toBe(readsScope(state, people.municipal.user, scope(kind)));
    }
    const mine = (user: string) => taskRows(state).filter((row) => row.reader === user && row.mine).map((row) => row.key);
    expect(mine(people.municipal2.user)).toEqual(mine(people.municipal.user));
    expect(mine(people.municipal2.user).length).toBeGreaterThan(0);
  });

  it('is out after the day he was named for, and with the access of the one he stands in for (control 44)', () => {
    const scenario = aCase();
    scenario.does('municipal', 'circle.depute', away(scenario));
    expect(memberUntil(scenario.state, people.municipal2.user)).toBe(addDays(scenario.today, 20));
    expect(scopeUntil(scenario.state, people.municipal2.user, scope('general'))).toBe(addDays(scenario.today, 20));
    scenario.days(80);
    scenario.does('police', 'circle.depute', away(scenario, 60));
    expect(memberUntil(scenario.state, people.municipal2.user)).toBe(addDays(scenario.today, 10));
  });

  it('goes with the one he stands in for, and so does not keep the case for him who leaves it as the last (FM-DEC-4, FM-ORG-1)', () => {
    const scenario = aCustodyCase().does('custody', 'circle.depute', { user: people.custody.user, deputy: people.custody2.user, until: addDays(aCustodyCase().today, 20), reason: 'Ferie' });
    expect(scenario.refusal('custody', 'circle.declareConflict', { reason: 'Kender familien' })).toMatchObject({ rule: 'FM-DEC-4', field: 'replacement' });
    expect(currentMembers(scenario.does('custody', 'circle.declareConflict', { reason: 'Kender familien', replacement: people.custody2.user }).state).map((one) => one.user)).toEqual([people.custody2.user]);
  });

  it('of the co-ordinator co-ordinates, until his day (FM-WORK-7)', () => {
    const scenario = aCase();
    scenario.does('municipal', 'circle.depute', { ...away(scenario), user: people.police.user, deputy: people.police2.user });
    expect(coordinator.test(scenario.state, people.police2)).toBe(true);
    expect(memberUntil(scenario.state, people.police2.user)).toBe(addDays(scenario.today, 20));
    expect(memberUntil(scenario.state, people.police.user)).toBeUndefined();
  });

  it('of the contact person carries the contact (FM-AGR-7)', () => {
    const scenario = anAcceptedCase().does('police', 'contactPerson.appoint', { user: people.municipal.user, reason: 'Kender kandidaten' });
    scenario.does('municipal', 'circle.depute', away(scenario));
    expect(contactPerson.test(scenario.state, people.municipal2)).toBe(true);
    expect(contactPerson.test(scenario.state, people.probation)).toBe(false);
  });

  it('follows what the absent one is given or loses meanwhile, and is out when he is removed himself (FM-CNF-2)', () => {
    const scenario = aCase();
    scenario.does('municipal', 'circle.depute', away(scenario));
    scenario.does('police', 'circle.add', { user: people.municipal.user, role: 'contact', reason: 'Fører samtalerne' });
    expect(membershipsOf(scenario.state, people.municipal2.user).map((one) => one.role)).toEqual(['municipal', 'contact']);
    scenario.does('police', 'circle.remove', { user: people.municipal2.user, reason: 'Er tilbage' });
    expect(membershipsOf(scenario.state, people.municipal2.user)).toEqual([]);
    expect(membershipsOf(scenario.state, people.municipal.user)).toHaveLength(2);
  });

  it('is gone with the one he stood in for (FM-CNF-2)', () => {
    const scenario = aCase();
    scenario.does('municipal', 'circle.depute', away(scenario)).does('police', 'circle.remove', { user: people.municipal.user, reason: 'Nyt arbejde' });
    expect(currentMembers(scenario.state).map((one) => one.user)).toEqual([people.police.user, people.probation.user]);
  });

  it('takes no seat with him when he is in conflict of interest: it is the other’s (FM-DEC-4)', () => {
    const scenario = aCase();
    scenario.does('municipal', 'circle.depute', away(scenario)).does('municipal2', 'circle.declareConflict', { reason: 'Nabo' });
    expect(membershipsOf(scenario.state, people.municipal2.user)).toEqual([]);
    expect(membershipsOf(scenario.state, people.municipal.user).map((one) => one.role)).toEqual(['municipal']);
    expect(scenario.state.conclusions.recused).toEqual([]);
    expect(scenario.refusal('municipal', 'circle.depute', away(scenario)).field).toBe('deputy');
  });
});

describe('naming a deputy', () => {
  it.each([
    ['another municipality', { deputy: people.odense.user }, 'deputy'], ['another authority', { deputy: people.probation2.user }, 'deputy'], ['the absent one himself', { deputy: people.municipal.user }, 'deputy'],
    ['somebody who is not in the case', { user: people.odense.user }, 'user'],
  ])('refuses %s (FM-WORK-7, FM-ORG-1)', (_what, wrong, field) => {
    const scenario = aCase();
    expect(scenario.refusal('police', 'circle.depute', { ...away(scenario), ...wrong }).field).toBe(field);
  });

  it('refuses a day that is gone and more than ninety days (FM-WORK-7)', () => {
    const scenario = aCase();
    expect(scenario.refusal('municipal', 'circle.depute', away(scenario, -1)).field).toBe('until');
    expect(scenario.refusal('municipal', 'circle.depute', away(scenario, 91)).field).toBe('until');
  });

  it('is one’s own and the co-ordinator’s; for a co-ordinator who is away it is the others’ of the unit (FM-WORK-7)', () => {
    const scenario = aCase();
    expect(scenario.refusal('probation', 'circle.depute', away(scenario)).field).toBe('user');
    expect(scenario.tries('police', 'circle.depute', away(scenario))).toHaveLength(1);
    expect(scenario.refusal('police2', 'circle.depute', away(scenario)).rule).toBe('FM-CNF-2');
  });

  it('of who is in the case for a measure that police may not know of is not police’s (FM-CNF-4)', () => {
    const scenario = withTreatment(anAcceptedCase());
    const treatment = { ...away(scenario), user: people.treatment.user, deputy: people.municipal2.user };
    expect(scenario.refusal('police', 'circle.depute', treatment)).toEqual(scenario.refusal('police', 'circle.depute', { ...treatment, user: people.odense.user }));
  });
});
