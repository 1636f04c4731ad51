import { describe, expect, it } from 'vitest';
import { scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, aCustodyCase } from '../../../tests/support/scenario.js';
import { addWorkingDays } from '../kernel/time.js';
import {
  circleTasks,
  contactPerson,
  coordinator,
  currentMembers,
  emptySeats,
  isFullMember,
  membershipsOf,
  policeMember,
  seatsOf,
  unitMember,
} from './circle.js';

const reason = 'Er på barsel';
const unknown = '99999999-0000-4000-8000-000000000000';

describe('the circle', () => {
  it('is per person and case: holding a function opens nothing (FM-CNF-2)', () => {
    const { state } = aCase();
    expect(unitMember.test(state, people.police)).toBe(true);
    expect(unitMember.test(state, people.police2)).toBe(false);
    expect(policeMember.test(state, people.police2)).toBe(false);
    expect(isFullMember(state, people.odense.user)).toBe(false);
  });

  it('refuses a command from somebody outside it (FM-CNF-2)', () => {
    expect(aCase().refusal('municipal2', 'circle.add', { user: people.odense.user, role: 'contact', reason }).rule).toBe(
      'FM-CNF-2',
    );
  });

  it('keeps who was in it, and from when to when (FM-CNF-2)', () => {
    const scenario = aCase();
    const taken = scenario.now;
    scenario.days(3).does('police', 'circle.remove', { user: people.municipal.user, reason });
    expect(scenario.state.circle.members.find((one) => one.role === 'municipal')).toMatchObject({
      from: taken,
      to: scenario.now,
    });
  });

  it('is left at once: the next command is refused (FM-CNF-2)', () => {
    const scenario = aCase().does('police', 'circle.remove', { user: people.municipal.user, reason });
    expect(membershipsOf(scenario.state, people.municipal.user)).toEqual([]);
    expect(scenario.refusal('municipal', 'journal.add', { text: 'Notat', kind: 'personal' }).rule).toBe('FM-CNF-2');
    expect(emptySeats(scenario.state)).toEqual(['municipal']);
  });

  it('waits for a new representative when a seat stands empty, next working day; those who are left find him (FM-ORG-1, FM-WORK-1)', () => {
    const scenario = aCase();
    expect(circleTasks(scenario.state)).toEqual([]);
    scenario.does('police', 'circle.remove', { user: people.municipal.user, reason });
    expect(circleTasks(scenario.state)).toMatchObject([
      { title: 'Find en ny repræsentant for kommunen', owner: { seat: 'police' }, due: addWorkingDays(scenario.today, 1), command: 'circle.add' },
      { owner: { seat: 'probation' } },
    ]);
    scenario.does('police', 'circle.add', { user: people.municipal2.user, role: 'municipal', reason });
    expect(circleTasks(scenario.state)).toEqual([]);
  });

  it('co-ordinates by police, in custody by the custody officer (FM-ORG-1, FM-ORG-3)', () => {
    expect(coordinator.test(aCase().state, people.police)).toBe(true);
    expect(coordinator.test(aCase().state, people.municipal)).toBe(false);
    expect(coordinator.test(aCustodyCase().state, people.custody)).toBe(true);
  });
});

describe('adding a colleague', () => {
  it('fills an empty seat (FM-CNF-2)', () => {
    const scenario = aCase().does('police', 'circle.remove', { user: people.municipal.user, reason });
    scenario.does('police', 'circle.add', { user: people.municipal2.user, role: 'municipal', reason });
    expect(seatsOf(scenario.state, people.municipal2.user)).toEqual(['municipal']);
  });

  it('lets a colleague carry the contact without a seat that speaks (FM-CNF-2)', () => {
    const scenario = aCase().does('police', 'circle.add', { user: people.municipal2.user, role: 'contact', reason });
    expect(isFullMember(scenario.state, people.municipal2.user)).toBe(true);
    expect(unitMember.test(scenario.state, people.municipal2)).toBe(false);
    expect(contactPerson.test(scenario.state, people.municipal2)).toBe(false);
  });

  it('asks police into a case in custody, from whatever district (FM-CUS-3)', () => {
    const scenario = aCustodyCase().does('custody', 'circle.add', {
      user: people.policeFyn.user,
      role: 'police',
      reason: 'Sikkerhedsvurdering',
    });
    expect(policeMember.test(scenario.state, people.policeFyn)).toBe(true);
    expect(unitMember.test(scenario.state, people.policeFyn)).toBe(false);
  });

  it('refuses a second representative of an authority (FM-ORG-1)', () => {
    expect(aCase().refusal('police', 'circle.add', { user: people.police2.user, role: 'police', reason })).toMatchObject({
      rule: 'FM-ORG-1',
      field: 'role',
    });
  });

  it('refuses a representative from another municipality or district (FM-ORG-1)', () => {
    const scenario = aCase().does('police', 'circle.remove', { user: people.municipal.user, reason });
    expect(scenario.refusal('police', 'circle.add', { user: people.odense.user, role: 'municipal', reason })).toMatchObject({
      rule: 'FM-ORG-1',
      field: 'user',
    });
  });

  it('refuses the same role twice (FM-CNF-2)', () => {
    const scenario = aCase().does('police', 'circle.add', { user: people.municipal2.user, role: 'contact', reason });
    expect(scenario.refusal('police', 'circle.add', { user: people.municipal2.user, role: 'contact', reason })).toMatchObject({
      rule: 'FM-CNF-2',
      field: 'user',
    });
  });

  it('refuses in a closed case (FM-CNF-2)', () => {
    const closed = aCase().does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    expect(closed.refusal('police', 'circle.add', { user: people.police2.user, role: 'contact', reason }).rests).toEqual([
      'ending',
    ]);
  });
});

describe('removing a colleague', () => {
  it('refuses somebody who is not in the circle (FM-CNF-2)', () => {
    expect(aCase().refusal('police', 'circle.remove', { user: people.odense.user, reason })).toMatchObject({
      rule: 'FM-CNF-2',
      field: 'user',
    });
  });

  it('refuses the last of the unit (FM-CNF-2)', () => {
    expect(aCustodyCase().refusal('custody', 'circle.remove', { user: people.custody.user, reason })).toMatchObject({
      rule: 'FM-CNF-2',
      field: 'user',
    });
  });
});

describe('excluding a person', () => {
  it('ends his membership and keeps him out (FM-CNF-2)', () => {
    const scenario = aCase().does('police', 'circle.exclude', { user: people.municipal.user, reason: 'Nabo' });
    expect(membershipsOf(scenario.state, people.municipal.user)).toEqual([]);
    expect(scenario.refusal('police', 'circle.add', { user: people.municipal.user, role: 'municipal', reason }).field).toBe(
      'user',
    );
  });

  it('is answered to the one who tries to add him like a colleague nobody knows (FM-CNF-3)', () => {
    const scenario = aCase().does('police', 'circle.exclude', { user: people.police2.user, reason: 'Nabo' });
    const excluded = scenario.refusal('municipal', 'circle.add', { user: people.police2.user, role: 'contact', reason });
    expect(scenario.refusal('municipal', 'circle.add', { user: unknown, role: 'contact', reason })).toEqual(excluded);
  });

  it('changes nothing the second time (FM-CNF-2)', () => {
    const scenario = aCase().does('police', 'circle.exclude', { user: people.police2.user, reason: 'Nabo' });
    expect(scenario.tries('police', 'circle.exclude', { user: people.police2.user, reason: 'Nabo' })).toEqual([]);
  });

  it('is not the way to say that one is in conflict oneself (FM-DEC-4)', () => {
    expect(aCase().refusal('police', 'circle.exclude', { user: people.police.user, reason: 'Nabo' })).toMatchObject({
      rule: 'FM-DEC-4',
      field: 'user',
    });
  });
});

describe('declaring a conflict of interest', () => {
  const declared = { reason: 'Kandidaten er min fætter' };

  it('takes the member out of the circle and of the votes (FM-DEC-4)', () => {
    const { state } = aCase().does('municipal', 'circle.declareConflict', declared);
    expect(seatsOf(state, people.municipal.user)).toEqual([]);
    expect(emptySeats(state)).toEqual(['municipal']);
  });

  it('puts the replacement on the seat (FM-DEC-4)', () => {
    const { state } = aCase().does('municipal', 'circle.declareConflict', { ...declared, replacement: people.municipal2.user });
    expect(seatsOf(state, people.municipal2.user)).toEqual(['municipal']);
    expect(emptySeats(state)).toEqual([]);
  });

  it('keeps the member out: nobody can add him again (FM-DEC-4)', () => {
    const scenario = aCase().does('municipal', 'circle.declareConflict', declared);
    expect(scenario.refusal('police', 'circle.add', { user: people.municipal.user, role: 'municipal', reason }).field).toBe(
      'user',
    );
  });

  it('keeps the ground in the case and out of the core (FM-DEC-4)', () => {
    expect(scopesOf(aCase().tries('municipal', 'circle.declareConflict', declared))).toEqual(['general']);
  });

  it('refuses a replacement who may not hold the seat (FM-ORG-1)', () => {
    const refusal = aCase().refusal('municipal', 'circle.declareConflict', { ...declared, replacement: people.odense.user });
    expect(refusal).toMatchObject({ rule: 'FM-ORG-1', field: 'replacement' });
  });

  it('refuses oneself, an unknown and an excluded colleague as replacement, in the same words (FM-DEC-4)', () => {
    const scenario = aCase().does('police', 'circle.exclude', { user: people.municipal2.user, reason: 'Nabo' });
    const answers = [people.municipal.user, unknown, people.municipal2.user].map(
      (replacement) => scenario.refusal('municipal', 'circle.declareConflict', { ...declared, replacement }).detail,
    );
    expect(new Set(answers)).toEqual(new Set(['Vælg en anden kollega fra listen.']));
  });

  it('needs a replacement from the only one of the unit (FM-DEC-4)', () => {
    const scenario = aCustodyCase();
    expect(scenario.refusal('custody', 'circle.declareConflict', declared)).toMatchObject({
      rule: 'FM-DEC-4',
      field: 'replacement',
    });
    scenario.does('custody', 'circle.declareConflict', { ...declared, replacement: people.custody2.user });
    expect(currentMembers(scenario.state).map((one) => one.user)).toEqual([people.custody2.user]);
  });

  it("is every full member's, and nobody else's (FM-DEC-4)", () => {
    expect(aCase().refusal('police2', 'circle.declareConflict', declared).rule).toBe('FM-CNF-2');
  });
});

describe('the frame of the circle', () => {
  it.each(['admin', 'auditor', 'officialKl', 'jobcentre'] as const)('lets no %s carry the contact: the function works in no unit (FM-CNF-6)', (who) => {
    const refusal = aCase().refusal('police', 'circle.add', { user: people[who].user, role: 'contact', reason: 'Skal med' });
    expect(refusal).toMatchObject({ rule: 'FM-CNF-6', field: 'user' });
  });
});
