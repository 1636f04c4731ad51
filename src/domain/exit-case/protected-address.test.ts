import { describe, expect, it } from 'vitest';
import { aCaseInCourse } from '../../../tests/support/agreement-states.js';
import { draftsOf, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';
import { scopeUntil } from '../access/after-the-end.js';
import { seesEvent } from '../access/core-view.js';
import { NEWS_TYPES } from '../access/news.js';
import { readsScope } from '../access/scopes.js';
import { taskRows } from './follows.js';
import { isAddressProtected } from './protected-address.js';

const step = (name: string, on = '2026-11-02', more: object = {}) => ({ step: name, on, ...more });
const notice = step('notice', '2026-11-02', { children: 'along' });
const noticed = (): Scenario => aCase().does('police', 'address.protect', notice);
const received = (): Scenario => noticed().does('municipal', 'address.protect', step('receipt'));
const held = (): Scenario => received().does('police', 'address.hold', { address: 'Prøvevej 999, 0000 Ingensteds', why: 'Skal kunne hentes om natten' });
const leave = { user: people.municipal.user, until: '2026-11-09', why: 'Skal flytte møbler' };
const address = { kind: 'address', subject: '', generation: 1 } as const;
const readers = ({ state }: Scenario): readonly string[] => (['police', 'municipal', 'probation'] as const).filter((who) => readsScope(state, people[who].user, address));

describe('the protected address', () => {
  it('goes from police’s notice to the municipality’s receipt, moves and end, children along covered (FM-SEC-4)', () => {
    const scenario = received();
    expect(scenario.state.address.protection).toEqual({ noticedOn: '2026-11-02', childrenAlong: true, receivedOn: '2026-11-02' });
    scenario.days(3).does('municipal', 'address.protect', step('move', '2026-11-04')).does('police', 'address.protect', step('end', '2026-11-05'));
    expect(isAddressProtected(scenario.state)).toBe(false);
    expect(draftsOf(scenario.tries('police', 'address.protect', { ...notice, on: '2026-11-05' }))).toHaveLength(1);
  });

  it('does not exist before 1 October 2018 (FM-SEC-4)', () => {
    const before = aCase('2018-10-02').refusal('police', 'address.protect', { ...notice, on: '2018-09-30' });
    expect([before.rule, before.field]).toEqual(['FM-SEC-4', 'on']);
    expect(before.detail).toContain('1. oktober 2018');
    expect(draftsOf(aCase('2018-10-02').tries('police', 'address.protect', { ...notice, on: '2018-10-01' }))).toHaveLength(1);
  });

  it('takes its steps in order, each by whose it is (FM-SEC-4)', () => {
    expect(aCase().refusal('municipal', 'address.protect', notice).rule).toBe('FM-SEC-4');
    expect(aCase().refusal('probation', 'address.protect', notice).rule).toBe('FM-CNF-2');
    expect(noticed().refusal('police', 'address.protect', step('receipt')).field).toBe('step');
    expect(noticed().refusal('police', 'address.protect', step('move')).field).toBe('step');
    expect(received().refusal('municipal', 'address.protect', step('end')).field).toBe('step');
    expect(aCase().refusal('police', 'address.protect', step('notice')).field).toBe('children');
    expect(received().refusal('municipal', 'address.protect', step('move', '2026-11-03')).field).toBe('on');
    expect(received().days(3).refusal('municipal', 'address.protect', step('move', '2026-11-01')).detail).toContain('2. november');
  });

  it('waits for the municipality’s receipt, and for its word when the residence changes (FM-SEC-4, FM-WORK-1)', () => {
    const of = ({ state }: Scenario) => taskRows(state).filter((row) => row.mine && row.key.startsWith('address')).map((row) => [row.reader, row.key, row.due]);
    expect(of(noticed())).toEqual([[people.municipal.user, 'address.receipt', '2026-11-03']]);
    const scenario = held().does('municipal', 'residence.change', { municipality: '0461', from: '2026-11-02' });
    expect(of(scenario)).toEqual([[people.municipal.user, 'address.move', '2026-11-03'], [people.police.user, 'address.outdated', '2026-11-03']]);
    scenario.does('police', 'address.hold', { address: 'Prøvevej 998, 0000 Ingensteds', why: 'Flyttet' }).does('municipal', 'address.protect', step('move'));
    expect(of(scenario).map(([, key]) => key)).toEqual(['address.outdated']);
  });

  it('is done by the custody officer where there is no municipality (FM-CUS-3)', () => {
    const scenario = aCustodyCase().does('custody', 'circle.add', { user: people.police.user, role: 'police', reason: 'Sikkerhed' }).does('police', 'address.protect', notice);
    expect(draftsOf(scenario.tries('custody', 'address.protect', step('receipt')))).toHaveLength(1);
  });

  it('is never shown or counted as having no home: residence and unit stay as they were (FM-SEC-4)', () => {
    const before = aCase().state;
    expect([received().state.inquiry, received().state.person]).toEqual([before.inquiry, before.person]);
  });

  it('holds no address until police decides so, and then in a scope of its own, and only while it is protected (FM-SEC-4)', () => {
    expect(received().state.address.heldOn).toBeUndefined();
    expect(aCase().refusal('police', 'address.hold', { address: 'x', why: 'y' }).rule).toBe('FM-SEC-4');
    expect(received().refusal('municipal', 'address.hold', { address: 'x', why: 'y' }).rule).toBe('FM-CNF-2');
    expect(scopesOf(received().tries('police', 'address.hold', { address: 'x', why: 'y' }))).toEqual(['address', 'police']);
    expect(readers(held())).toEqual(['police']);
  });

  it('is read by another by police’s leave alone, to a day, and not after it is taken back (FM-SEC-4)', () => {
    expect(received().refusal('police', 'address.allow', leave).detail).toContain('ingen beskyttet adresse');
    expect(held().refusal('municipal', 'address.allow', leave).rule).toBe('FM-CNF-2');
    expect(held().refusal('police', 'address.allow', { ...leave, user: people.police2.user }).field).toBe('user');
    expect(held().refusal('police', 'address.allow', { ...leave, user: people.police.user }).field).toBe('user');
    for (const until of ['2026-11-01', '2026-12-03']) expect(held().refusal('police', 'address.allow', { ...leave, until }).field).toBe('until');
    const scenario = held().does('police', 'address.allow', leave);
    expect(readers(scenario)).toEqual(['police', 'municipal']);
    expect([scopeUntil(scenario.state, people.municipal.user, address), scopeUntil(scenario.state, people.police.user, address)]).toEqual(['2026-11-09', undefined]);
    scenario.does('police', 'address.withdraw', { user: people.municipal.user });
    expect(readers(scenario)).toEqual(['police']);
    expect(scenario.refusal('police', 'address.withdraw', { user: people.municipal.user }).field).toBe('user');
  });

  it('is hidden from all but police by an acute threat, until police gives leave anew (FM-SEC-3)', () => {
    const scenario = held().does('police', 'address.allow', leave).does('probation', 'security.raiseAcute');
    expect(readers(scenario)).toEqual(['police']);
    expect(scenario.refusal('police', 'address.allow', leave).rule).toBe('FM-SEC-3');
    scenario.does('police', 'security.assess', { occasion: 'before-agreement', level: 'high', text: 'Alvorligt' }).does('police', 'security.liftAcute', { why: 'Anholdt' });
    expect(readers(scenario)).toEqual(['police']);
    expect(draftsOf(scenario.tries('police', 'address.allow', leave))).toHaveLength(1);
  });

  it('is no longer his to read who leaves the circle, though he comes back; nor when the protection ends (FM-SEC-4, FM-CNF-2)', () => {
    const scenario = aCaseInCourse();
    const { today } = scenario;
    scenario.does('police', 'address.protect', { step: 'notice', on: today, children: 'none' }).does('municipal', 'address.protect', { step: 'receipt', on: today })
      .does('police', 'address.hold', { address: 'Prøvevej 999', why: 'Nat' }).does('police', 'address.allow', { ...leave, user: people.probation.user, until: today })
      .does('municipal', 'circle.remove', { user: people.probation.user, reason: 'Ferie' }).does('municipal', 'circle.add', { user: people.probation.user, role: 'probation', reason: 'Tilbage' });
    expect(readers(scenario)).toEqual(['police']);
    const ended = held().does('police', 'address.allow', leave).does('police', 'address.protect', step('end'));
    expect(readers(ended)).toEqual(['police']);
  });

  it('is known to be held to police alone, and the leave to him who has it (FM-SEC-4, FM-WORK-6)', () => {
    const scenario = held().does('police', 'address.allow', leave);
    const sees = (type: string, who: keyof typeof people) => scenario.stream.some((one) => one.event.type === type && seesEvent(scenario.state, people[who].user, one));
    expect([sees('AddressHeld', 'police'), sees('AddressHeld', 'municipal'), sees('AddressLeaveGiven', 'municipal'), sees('AddressLeaveGiven', 'probation')]).toEqual([true, false, true, false]);
    expect(NEWS_TYPES.filter((type) => /AddressHeld|AddressLeave/.test(type))).toEqual([]);
  });
});
