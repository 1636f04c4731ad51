import { describe, expect, it } from 'vitest';
import { draftsOf, fieldsIn, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { aCase } from '../../../tests/support/scenario.js';

describe('who the person is', () => {
  it('is updated, and what stood before stays in the stream (FM-LAW-4)', () => {
    const scenario = aCase()
      .does('municipal', 'person.update', { phone: '00 00 00 01' })
      .does('municipal', 'person.update', { phone: '00 00 00 02' });
    expect(scenario.events('PersonUpdated')).toHaveLength(2);
  });

  it('is rectified by addition, marked as a correction (FM-LAW-4)', () => {
    const scenario = aCase().does('police', 'person.correct', { name: 'Emil Sandbjærg', reason: 'Stavet forkert' });
    expect(scenario.events('PersonUpdated')).toMatchObject([{ correction: true }]);
  });

  it('lies in the identity scope, with nothing but the age band in the core (FM-CNF-4)', () => {
    const outcome = aCase().tries('municipal', 'person.update', { name: 'Emil Sandbjerg', cpr: '018190-3001', ageBand: '30-39' });
    expect(scopesOf(outcome)).toEqual(['identity']);
    expect(draftsOf(outcome).map((draft) => draft.event)).toEqual([
      { type: 'PersonUpdated', correction: false, ageBand: '30-39' },
    ]);
  });

  it('refuses an update that says nothing (FM-LAW-4)', () => {
    expect(aCase().refusal('municipal', 'person.update', {})).toMatchObject({ rule: 'FM-LAW-4', field: 'name' });
  });

  it('refuses a CPR number of another form, never one for its check digit (FM-LAW-3)', () => {
    expect(messageAt(aCase().tries('municipal', 'person.update', { cpr: '0181903' }), 'cpr')).toContain('ti cifre');
    for (const digit of [0, 1, 2])
      expect(fieldsIn(aCase().tries('municipal', 'person.update', { cpr: `018190300${digit}` }), 'identity')).toEqual(['cpr']);
  });

  it('may be under 18: that warns and blocks nothing (FM-LAW-5)', () => {
    expect(aCase().does('municipal', 'person.update', { ageBand: 'under18' }).state.person.ageBand).toBe('under18');
  });

  it('keeps the age band when something else is updated (FM-LAW-4)', () => {
    const scenario = aCase()
      .does('municipal', 'person.update', { ageBand: '18-24' })
      .does('municipal', 'person.update', { alias: 'Falk' });
    expect(scenario.state.person.ageBand).toBe('18-24');
  });

  it('is changed by the unit and the contact person alone (FM-CNF-2)', () => {
    expect(aCase().refusal('police2', 'person.update', { alias: 'Falk' }).rule).toBe('FM-CNF-2');
  });
});

describe('where the person lives', () => {
  it('is recorded, and the unit stays responsible until it hands over (FM-INT-2)', () => {
    const { state } = aCase().does('municipal', 'residence.change', { municipality: '0461', from: '2026-11-01' });
    expect(state.inquiry).toMatchObject({ municipality: '0461', unit: 'koebenhavns-vestegn' });
  });

  it('refuses the municipality it already is (FM-INT-2)', () => {
    const refusal = aCase().refusal('municipal', 'residence.change', { municipality: '0183', from: '2026-11-01' });
    expect(refusal).toMatchObject({ rule: 'FM-INT-2', field: 'municipality' });
  });

  it('asks for a date that exists (FM-INT-2)', () => {
    expect(
      messageAt(aCase().tries('municipal', 'residence.change', { municipality: '0461', from: '2026-02-30' }), 'from'),
    ).toContain('dato');
  });
});

describe('safe contact', () => {
  const safe = { safeContact: 'Kun sms efter kl. 16', digitalPost: 'never' };

  it('says how, when and by whom, and whether Digital Post is safe (FM-SEC-5)', () => {
    expect(aCase().does('municipal', 'safeContact.set', safe).state.person).toMatchObject({
      safeContact: true,
      digitalPost: 'never',
    });
  });

  it('stands on the safety card (FM-SEC-5, FM-SEC-6)', () => {
    expect(fieldsIn(aCase().tries('municipal', 'safeContact.set', safe), 'card')).toEqual(['safeContact']);
  });

  it('asks for both (FM-SEC-5)', () => {
    const outcome = aCase().tries('municipal', 'safeContact.set', {});
    expect(messageAt(outcome, 'safeContact')).toBe('Skriv, hvordan personen må kontaktes');
    expect(messageAt(outcome, 'digitalPost')).toBe('Vælg, om Digital Post er sikkert');
  });

  it('is replaced by what is agreed later (FM-SEC-5)', () => {
    const scenario = aCase()
      .does('municipal', 'safeContact.set', safe)
      .does('police', 'safeContact.set', { ...safe, digitalPost: 'safe' });
    expect(scenario.state.person.digitalPost).toBe('safe');
  });

  it('is set by the unit and the contact person alone (FM-CNF-2)', () => {
    expect(aCase().refusal('jobcentre', 'safeContact.set', safe).rule).toBe('FM-CNF-2');
  });
});
