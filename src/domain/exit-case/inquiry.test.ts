import { describe, expect, it } from 'vitest';
import { messageAt, draftsOf, fieldsIn } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, anInquiry, Scenario } from '../../../tests/support/scenario.js';
import { isClosed } from './ending.js';
import { seatsToSpeak } from './circle.js';
import { dueToTake } from './inquiry.js';

const inquiry = { municipality: '0183', said: 'Vil ud', channel: 'phone' };
const three = { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user };

describe('an inquiry', () => {
  it('starts a case with channel, receiving authority and time (FM-INT-1)', () => {
    const scenario = new Scenario('2026-11-02');
    scenario.does('officialKl', 'inquiry.register', { ...inquiry, channel: 'visit', receivedAt: '2026-11-01T08:30:00.000Z' });
    expect(scenario.events('InquiryRegistered')).toMatchObject([
      { channel: 'visit', receivedBy: 'kl', receivedAt: '2026-11-01T08:30:00.000Z' },
    ]);
    expect(scenario.state.inquiry.status).toBe('inbox');
  });

  it('came now when nothing is said about the time (FM-INT-1)', () => {
    const scenario = new Scenario();
    scenario.does('municipal', 'inquiry.register', inquiry);
    expect(scenario.state.inquiry.receivedAt).toBe(scenario.now);
  });

  it('is to be taken the next working day, and the day it came when the person fears for his safety, be it a Saturday (FM-INT-2)', () => {
    const dueOf = (urgent: boolean) => dueToTake(new Scenario('2026-11-09').does('municipal', 'inquiry.register', { ...inquiry, urgent, receivedAt: '2026-11-07T20:30:00.000Z' }).state.inquiry);
    expect([dueOf(false), dueOf(true)]).toEqual(['2026-11-09', '2026-11-07']);
  });

  it('is due anew from the day that it came to the contact point, and to the unit that this named (FM-INT-7, FM-INT-2)', () => {
    const scenario = new Scenario('2026-11-09').does('municipal', 'inquiry.register', { ...inquiry, urgent: true }).days(2).does('police', 'inquiry.dispute', { whereabouts: 'Bor i Odense nu' });
    expect(dueToTake(scenario.state.inquiry)).toBe('2026-11-11');
    expect(dueToTake(scenario.days(3).does('officialKl', 'contactPoint.nameUnit', { unit: 'fyn', reason: 'Bor der' }).state.inquiry)).toBe('2026-11-14');
  });

  it('keeps who the person is, what was said, and how contact is safe apart from each other (FM-INT-1)', () => {
    const outcome = new Scenario().tries('municipal', 'inquiry.register', {
      ...inquiry,
      name: 'Emil Sandbjerg',
      alias: 'Falk',
      safeContact: 'Kun sms',
    });
    expect(fieldsIn(outcome, 'identity')).toEqual(['name', 'alias']);
    expect(fieldsIn(outcome, 'general')).toEqual(['said']);
    expect(fieldsIn(outcome, 'card')).toEqual(['safeContact']);
  });

  it('puts no name and no word of the person into the core (FM-CNF-1)', () => {
    const outcome = new Scenario().tries('municipal', 'inquiry.register', {
      ...inquiry,
      name: 'Emil Sandbjerg',
      phone: '00 00 00 00',
    });
    expect(JSON.stringify(draftsOf(outcome).map((draft) => draft.event))).not.toMatch(/Emil|Vil ud|00 00/);
  });

  it('refuses a time in the future (FM-INT-1)', () => {
    const refusal = new Scenario('2026-11-02').refusal('municipal', 'inquiry.register', {
      ...inquiry,
      receivedAt: '2026-11-03T08:00:00.000Z',
    });
    expect(refusal).toMatchObject({ rule: 'FM-INT-1', field: 'receivedAt' });
  });

  it('refuses a time more than a year ago (FM-INT-1)', () => {
    const refusal = new Scenario('2026-11-02').refusal('municipal', 'inquiry.register', {
      ...inquiry,
      receivedAt: '2025-10-31T08:00:00.000Z',
    });
    expect(refusal).toMatchObject({ rule: 'FM-INT-1', field: 'receivedAt' });
  });

  it('refuses to register the same case twice (FM-INT-1)', () => {
    expect(anInquiry().refusal('municipal', 'inquiry.register', inquiry).rule).toBe('FM-INT-1');
  });

  it('asks for what the person said and where he lives (FM-INT-1)', () => {
    const outcome = new Scenario().tries('municipal', 'inquiry.register', { channel: 'phone' });
    expect(messageAt(outcome, 'said')).toBe('Skriv, hvad personen sagde');
    expect(messageAt(outcome, 'municipality')).toBe('Vælg den kommune, personen bor i');
  });

  it('refuses a municipality that does not exist (FM-INT-2)', () => {
    const outcome = new Scenario().tries('municipal', 'inquiry.register', { ...inquiry, municipality: '9999' });
    expect(messageAt(outcome, 'municipality')).toBe('Vælg den kommune, personen bor i');
  });

  it('needs neither name nor CPR number nor any match to be registered (FM-INT-3, FM-INT-4)', () => {
    const scenario = new Scenario().does('municipal', 'inquiry.register', inquiry);
    expect(scenario.events('InquiryRegistered')).toMatchObject([{ nameKnown: false, cprKnown: false }]);
  });

  it('is accepted again under the same name and number: nobody is told of a match (FM-INT-3, FM-INT-4)', () => {
    const named = { ...inquiry, name: 'Emil Sandbjerg', cpr: '018190-3001' };
    const first = new Scenario().tries('municipal', 'inquiry.register', named);
    const second = new Scenario().tries('odense', 'inquiry.register', named);
    expect(draftsOf(second).map((draft) => draft.event.type)).toEqual(draftsOf(first).map((draft) => draft.event.type));
  });

  it.each(['auditor', 'admin'] as const)('is registered by staff of the co-operation, not by %s (FM-INT-1)', (who) => {
    expect(new Scenario().refusal(who, 'inquiry.register', inquiry).rule).toBe('FM-CNF-2');
  });
});

describe('where an inquiry goes', () => {
  it('is the unit of the district the person lives in, whoever received it (FM-INT-2)', () => {
    const scenario = new Scenario().does('odense', 'inquiry.register', inquiry);
    expect(scenario.state.inquiry.unit).toBe('koebenhavns-vestegn');
    expect(new Scenario().does('municipal', 'inquiry.register', { ...inquiry, municipality: '0461' }).state.inquiry.unit).toBe(
      'fyn',
    );
  });

  it('is DfK for somebody in custody (FM-INT-2)', () => {
    expect(new Scenario().does('municipal', 'inquiry.register', { ...inquiry, place: 'custody' }).state.inquiry.unit).toBe('dfk');
  });

  it('can be corrected while it lies in the inbox (FM-INT-2)', () => {
    const scenario = anInquiry().does('police', 'inquiry.convey', { unit: 'fyn', municipality: '0461', reason: 'Bor i Odense' });
    expect(scenario.state.inquiry).toMatchObject({ unit: 'fyn', municipality: '0461', status: 'inbox' });
  });

  it('can be custody, and back to freedom again (FM-INT-2)', () => {
    const scenario = anInquiry().does('police', 'inquiry.convey', { unit: 'dfk', reason: 'Er varetægtsfængslet' });
    expect(scenario.state.inquiry.place).toBe('custody');
    scenario.does('custody', 'inquiry.convey', { unit: 'koebenhavns-vestegn', reason: 'Er løsladt' });
    expect(scenario.state.inquiry).toMatchObject({ unit: 'koebenhavns-vestegn', place: 'freedom' });
  });

  it('refuses the unit it already lies with (FM-INT-2)', () => {
    const refusal = anInquiry().refusal('police', 'inquiry.convey', { unit: 'koebenhavns-vestegn', reason: 'Fejl' });
    expect(refusal).toMatchObject({ rule: 'FM-INT-2', field: 'unit' });
  });

  it('refuses a unit whose district the municipality does not lie in (FM-INT-2)', () => {
    const refusal = anInquiry().refusal('police', 'inquiry.convey', { unit: 'fyn', reason: 'Bor i Odense' });
    expect(refusal).toMatchObject({ rule: 'FM-INT-2', field: 'municipality' });
  });

  it('is sent on by the keeper of the inbox alone (FM-INT-2)', () => {
    expect(
      anInquiry().refusal('municipal', 'inquiry.convey', { unit: 'fyn', municipality: '0461', reason: 'Bor i Odense' }).rule,
    ).toBe('FM-CNF-2');
  });

  it('refuses to be sent on when it is taken (FM-INT-2)', () => {
    expect(aCase().refusal('police', 'inquiry.convey', { unit: 'fyn', municipality: '0461', reason: 'Flyttet' }).rule).toBe(
      'FM-INT-2',
    );
  });
});

describe('taking an inquiry', () => {
  it('puts one person of each authority into the circle (FM-ORG-1)', () => {
    const { state } = aCase();
    expect(state.circle.members.map(({ role, user }) => [role, user])).toEqual([
      ['police', people.police.user],
      ['municipal', people.municipal.user],
      ['probation', people.probation.user],
    ]);
    expect(seatsToSpeak(state)).toEqual(['police', 'municipal', 'probation']);
  });

  it('puts the custody officer alone into the circle in custody (FM-ORG-3)', () => {
    const { state } = aCustodyCase();
    expect(state.circle.members.map(({ role }) => role)).toEqual(['custody']);
    expect(seatsToSpeak(state)).toEqual(['custody']);
  });

  it.each(['police', 'municipal', 'probation'] as const)('refuses to leave the seat of %s empty (FM-ORG-1)', (seat) => {
    const refusal = anInquiry().refusal('police', 'inquiry.take', { ...three, [seat]: undefined });
    expect(refusal).toMatchObject({ rule: 'FM-ORG-1', field: seat });
  });

  it('without somebody of an authority says which one, and whom to call where nobody of it is known (FM-ORG-1)', () => {
    const { municipal: _nobody, ...rest } = three;
    expect(anInquiry().refusal('police', 'inquiry.take', rest)).toMatchObject({ rule: 'FM-ORG-1', field: 'municipal', detail: expect.stringContaining('så ring til Ishøj Kommune.') as unknown });
    expect(anInquiry().refusal('police', 'inquiry.take', {}).detail).toContain('så ring til Københavns Vestegns Politi.');
  });

  it('refuses a municipal representative from another municipality than the one of residence (FM-ORG-1)', () => {
    const refusal = anInquiry().refusal('police', 'inquiry.take', { ...three, municipal: people.odense.user });
    expect(refusal).toMatchObject({ rule: 'FM-ORG-1', field: 'municipal' });
  });

  it('refuses a police representative from another district (FM-ORG-1)', () => {
    const refusal = anInquiry().refusal('police', 'inquiry.take', { ...three, police: people.policeFyn.user });
    expect(refusal).toMatchObject({ rule: 'FM-ORG-1', field: 'police' });
  });

  it('refuses somebody who does not hold the function of the seat (FM-ORG-1)', () => {
    const refusal = anInquiry().refusal('police', 'inquiry.take', { ...three, municipal: people.jobcentre.user });
    expect(refusal).toMatchObject({ rule: 'FM-ORG-1', field: 'municipal' });
  });

  it('refuses somebody the directory does not know (FM-ORG-1)', () => {
    const refusal = anInquiry().refusal('police', 'inquiry.take', {
      ...three,
      probation: '99999999-0000-4000-8000-000000000000',
    });
    expect(refusal).toMatchObject({ rule: 'FM-ORG-1', field: 'probation' });
  });

  it("is the co-ordinator's: no other function takes it (FM-INT-2)", () => {
    expect(anInquiry().refusal('municipal', 'inquiry.take', three).rule).toBe('FM-CNF-2');
    expect(anInquiry().refusal('custody', 'inquiry.take', { custody: people.custody.user }).rule).toBe('FM-CNF-2');
  });

  it('happens once (FM-INT-2)', () => {
    expect(aCase().refusal('police', 'inquiry.take', three).rule).toBe('FM-INT-2');
  });
});

describe('closing an inquiry', () => {
  it.each(['withdrawn', 'unreachable', 'duplicate'])('is possible as %s (FM-INT-8)', (reason) => {
    const scenario = aCase().does('municipal', 'inquiry.close', { reason, note: 'Ringet tre gange' });
    expect(scenario.state.inquiry.closed?.reason).toBe(reason);
    expect(isClosed(scenario.state)).toBe(true);
  });

  it('is not possible as outside the target group: that is a refusal with reasons and review (FM-INT-8)', () => {
    expect(messageAt(aCase().tries('police', 'inquiry.close', { reason: 'outside-target-group', note: '-' }), 'reason')).toBe(
      'Vælg, hvorfor henvendelsen lukkes',
    );
  });

  it('is not possible once the assessment has begun (FM-INT-8)', () => {
    const refusal = aCase()
      .does('police', 'assessment.begin')
      .refusal('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    expect(refusal.rule).toBe('FM-INT-8');
  });

  it('happens once (FM-INT-8)', () => {
    const closed = aCase().does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    expect(closed.refusal('police', 'inquiry.close', { reason: 'withdrawn', note: 'Igen' }).rule).toBe('FM-INT-8');
  });

  it("is the unit's (FM-INT-8)", () => {
    expect(aCase().refusal('police2', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' }).rule).toBe('FM-CNF-2');
  });
});

describe('the CPR number of an inquiry (FM-LAW-3)', () => {
  const register = (cpr: string) => new Scenario().tries('municipal', 'inquiry.register', { ...inquiry, cpr });

  it('is accepted with and without its hyphen', () => {
    for (const cpr of ['018190-3001', '0181903001', ' 018190 3001 '])
      expect(fieldsIn(register(cpr), 'identity')).toEqual(['cpr']);
  });

  it('is not refused for its check digit', () => {
    // The ten last digits share all but the check digit: at most one of them can fit modulus 11.
    const accepted = Array.from({ length: 10 }, (_, digit) => register(`018190-300${digit}`)).filter(
      (outcome) => 'length' in outcome,
    );
    expect(accepted).toHaveLength(10);
  });

  it('is accepted as a replacement number, with 60 added to the day', () => {
    // Born in 2050: nobody has it.
    expect(fieldsIn(register('610150-5000'), 'identity')).toEqual(['cpr']);
  });

  it.each(['123', '018190-30011', 'abcdef-ghij'])('is refused in another form: %s', (cpr) => {
    expect(messageAt(register(cpr), 'cpr')).toContain('ti cifre');
  });

  it('is refused when it begins with a day that does not exist', () => {
    expect(messageAt(register('320190-3001'), 'cpr')).toContain('ikke en dato');
  });
});
