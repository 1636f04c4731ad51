import { describe, expect, it } from 'vitest';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { withTreatment } from '../../../tests/support/agreement-states.js';
import { people } from '../../../tests/support/people.js';
import { memberUntil } from '../../../tests/support/last-day.js';
import { aCase, aCustodyCase } from '../../../tests/support/scenario.js';
import { membershipUntil } from '../access/after-the-end.js';
import { seesEvent } from '../access/core-view.js';
import { addDays } from '../kernel/time.js';
import { renewedBy, watchRows } from './renewal.js';

const everyone = [people.municipal.user, people.probation.user];
const rowsOf = (state: Parameters<typeof watchRows>[0], user: string, command: string) => watchRows(state).filter((row) => row.reader === user && row.command === command);

describe('renewing access', () => {
  it('gives another ninety days from the day it is done, to those who are named and to nobody else (control 44)', () => {
    const scenario = aCase();
    const joined = scenario.today;
    scenario.days(60).does('police', 'circle.renew', { members: [people.municipal.user] });
    expect(memberUntil(scenario.state, people.municipal.user)).toBe(addDays(joined, 150));
    expect(memberUntil(scenario.state, people.probation.user)).toBe(addDays(joined, 90));
  });

  it('takes no end from the co-ordinator, who has nobody to renew him; in custody that is the custody officer (control 44)', () => {
    expect(memberUntil(aCase().state, people.police.user)).toBeUndefined();
    const custody = aCustodyCase().does('custody', 'circle.add', { user: people.policeFyn.user, role: 'police', reason: 'Sikkerhed' });
    expect(memberUntil(custody.state, people.custody.user)).toBeUndefined();
    expect(memberUntil(custody.state, people.policeFyn.user)).toBe(addDays(custody.today, 90));
    custody.days(10).does('custody', 'circle.renew', { members: [people.policeFyn.user] });
    expect(memberUntil(custody.state, people.policeFyn.user)).toBe(addDays(custody.today, 90));
  });

  it('is the co-ordinator’s, and of the others nobody’s while there is one (FM-CNF-2)', () => {
    expect(aCase().refusal('municipal', 'circle.renew', { members: everyone }).rule).toBe('FM-CNF-2');
    expect(aCase().refusal('police', 'circle.renew', { members: [people.odense.user] }).field).toBe('members');
    expect(aCase().tries('police', 'circle.renew', { members: [] })).toMatchObject({ invalid: true });
  });

  it('is the rest of the unit’s while the co-ordinator’s seat stands empty: nobody is left without help for want of a form (control 44)', () => {
    const scenario = aCase().does('police', 'circle.declareConflict', { reason: 'Fætter' });
    scenario.does('municipal', 'circle.renew', { members: everyone });
    expect(scenario.events('AccessRenewed')).toHaveLength(1);
  });

  it('of who is in the case for a measure that police may not know of is the municipality’s, and police sees nothing of it (FM-CNF-4, FM-WORK-6)', () => {
    const scenario = withTreatment(anAcceptedCase());
    const { user } = people.treatment;
    expect(renewedBy(scenario.state, people.police)).not.toContain(user);
    expect(renewedBy(scenario.state, people.municipal)).toContain(user);
    expect(scenario.refusal('police', 'circle.renew', { members: [user] }).rests).toEqual(['own']);
    scenario.days(20).does('municipal', 'circle.renew', { members: [user] });
    expect(memberUntil(scenario.state, user)).toBe(addDays(scenario.today, 90));
    const last = scenario.stream.at(-1);
    expect(last && seesEvent(scenario.state, people.police.user, last)).toBe(false);
    expect(last && seesEvent(scenario.state, people.probation.user, last)).toBe(true);
    expect(rowsOf(scenario.state, people.police.user, 'circle.handOver').map((row) => row.if_left)).not.toContain(user);
    expect(rowsOf(scenario.state, people.municipal.user, 'circle.handOver').map((row) => row.if_left)).toContain(user);
  });

  it('is asked for from fourteen days before the first access ends, and told to the others five days before (FM-WORK-1)', () => {
    const { state, today } = aCase();
    const due = addDays(today, 90);
    expect(rowsOf(state, people.police.user, 'circle.renew')).toMatchObject([{ mine: true, due, shown_from: addDays(due, -14) }]);
    expect(rowsOf(state, people.municipal.user, 'circle.renew')).toMatchObject([{ mine: false, due, shown_from: addDays(due, -5) }]);
  });

  it('is no more in a closed case (FM-END-4)', () => {
    const closed = aCase().does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    expect(closed.refusal('police', 'circle.renew', { members: everyone }).rests).toEqual(['ending']);
    expect(watchRows(closed.state)).toEqual([]);
  });

  it('is not for officials: a question’s membership ends with its answer (FM-NCP-2)', () => {
    const { state } = aCase();
    const [first] = state.circle.own;
    expect(first && membershipUntil(state, { ...first, user: people.officialKl.user, role: 'question' })).toBeUndefined();
  });
});

describe('when a colleague leaves', () => {
  it('his part waits for the co-ordinator; the co-ordinator’s for the others of the unit (FM-WORK-7)', () => {
    const { state } = aCase();
    const waits = (user: string) => rowsOf(state, user, 'circle.handOver').map((row) => row.if_left);
    expect(waits(people.police.user)).toEqual([people.municipal.user, people.probation.user]);
    expect(waits(people.municipal.user)).toEqual([people.police.user]);
    expect(waits(people.probation.user)).toEqual([people.police.user]);
  });
});
