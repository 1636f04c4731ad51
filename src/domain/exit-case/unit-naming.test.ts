import { describe, expect, it } from 'vitest';
import { aCaseHeard, aCaseWithConclusions, refusal } from '../../../tests/support/assessment-states.js';
import { draftsOf, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, anInquiry, Scenario } from '../../../tests/support/scenario.js';
import { readsScope } from '../access/scopes.js';
import { tasksOf } from './follows.js';
import { residenceUnknown } from './residence.js';
import { isAtContactPoint } from './unit-naming.js';

const register = { municipality: 'unknown', whereabouts: 'Sover på skift hos venner i Odense og Ishøj', said: 'Vil ud', channel: 'phone' };
const without = (): Scenario => new Scenario('2026-11-02').does('jobcentre', 'inquiry.register', register);
const fyn = { unit: 'fyn', reason: 'Er mest i Odense' };
const named = (): Scenario => without().does('officialKl', 'contactPoint.nameUnit', fyn);
const OF_THE_CASE = { kind: 'bundle', subject: 'unit', generation: 1 } as const;

describe('an inquiry whose residence is not known', () => {
  it('has no unit and lies at the contact point (FM-INT-7)', () => {
    expect(without().state.inquiry).toMatchObject({ status: 'inbox', unit: 'unnamed', place: 'freedom' });
    expect(without().state.inquiry.municipality).toBeUndefined();
    expect(isAtContactPoint(without().state)).toBe(true);
    expect(isAtContactPoint(anInquiry().state)).toBe(false);
  });

  it('says what is known of the place, at its field (FM-INT-7)', () => {
    const { whereabouts: _left, ...rest } = register;
    expect(new Scenario().refusal('jobcentre', 'inquiry.register', rest)).toMatchObject({ rule: 'FM-INT-7', field: 'whereabouts' });
    expect(new Scenario().tries('jobcentre', 'inquiry.register', { ...rest, municipality: '0183' })).toHaveLength(1);
  });

  it('says one thing of a text of blanks (FM-INT-7)', () => {
    const outcome = new Scenario().tries('jobcentre', 'inquiry.register', { ...register, whereabouts: '   ' });
    expect(outcome).toMatchObject({ issues: [{ path: 'whereabouts', message: 'Skriv, hvad I ved om, hvor personen hører til' }] });
    expect(messageAt(new Scenario().tries('jobcentre', 'inquiry.register', { ...register, whereabouts: undefined, municipality: '0183', said: ' ' }), 'said')).toBe('Skriv, hvad personen sagde');
  });

  it.each([['a CPR number', 'Han er 018190-3001'], ['a phone number', 'Ring 99 12 34 56'], ['a mail address', 'Skriv til emil@eksempel.dk']])('refuses %s in what the contact point reads (FM-INT-7)', (_what, whereabouts) => {
    expect(messageAt(new Scenario().tries('jobcentre', 'inquiry.register', { ...register, whereabouts }), 'whereabouts')).toContain('Det kan vise, hvem det drejer sig om.');
    expect(messageAt(anInquiry().tries('police', 'inquiry.dispute', { whereabouts }), 'whereabouts')).toContain('Tag det ud');
    expect(messageAt(without().tries('officialKl', 'contactPoint.nameUnit', { unit: 'fyn', reason: whereabouts }), 'reason')).toContain('Tag det ud');
  });

  it('goes to DfK in custody, as before, also when nothing is known of the place (FM-INT-2)', () => {
    const { whereabouts: _left, ...rest } = register;
    expect(new Scenario().does('municipal', 'inquiry.register', { ...rest, place: 'custody' }).state.inquiry).toMatchObject({ unit: 'dfk', place: 'custody' });
  });

  it('keeps what is known of the place in a part of its own, apart from who he is and what he said (FM-CNF-1)', () => {
    const outcome = new Scenario().tries('jobcentre', 'inquiry.register', { ...register, name: 'Emil' });
    expect(scopesOf(outcome)).toEqual(['identity', 'general', 'bundle:unit']);
    expect(JSON.stringify(draftsOf(outcome).map(({ event }) => event))).not.toMatch(/venner|Odense|Vil ud|Emil/);
  });

  it('can be taken, sent on or disputed by nobody (FM-INT-7)', () => {
    for (const [command, input] of [['inquiry.take', {}], ['inquiry.convey', { unit: 'fyn', reason: 'Bor der' }], ['inquiry.dispute', { whereabouts: 'Ukendt' }]] as const) {
      expect(without().refusal('municipal', command, input).rule).toBe('FM-CNF-2');
      for (const who of ['police', 'policeFyn'] as const) expect(without().refusal(who, command, input).rule).toBe('FM-INT-7');
    }
  });
});

describe('the contact point names the unit', () => {
  it('and the inquiry lies in its inbox, received when it was received (FM-INT-7)', () => {
    const before = without();
    expect(named().state.inquiry).toMatchObject({ status: 'inbox', unit: 'fyn', place: 'freedom', receivedAt: before.state.inquiry.receivedAt });
  });

  it('with the municipality where it is known, which must be one of the unit’s (FM-INT-7)', () => {
    expect(without().does('officialKl', 'contactPoint.nameUnit', { ...fyn, municipality: '0461' }).state.inquiry.municipality).toBe('0461');
    expect(without().refusal('officialKl', 'contactPoint.nameUnit', { ...fyn, municipality: '0183' })).toMatchObject({ rule: 'FM-INT-7', field: 'municipality' });
    expect(named().state.inquiry.municipality).toBeUndefined();
  });

  it('of a disputed one drops the municipality that lies elsewhere, and keeps one of its own (FM-INT-7)', () => {
    const disputed = () => anInquiry().does('police', 'inquiry.dispute', { whereabouts: 'Er fraflyttet' });
    expect(disputed().does('officialKl', 'contactPoint.nameUnit', fyn).state.inquiry.municipality).toBeUndefined();
    expect(disputed().does('officialKl', 'contactPoint.nameUnit', { ...fyn, unit: 'koebenhavns-vestegn' }).state.inquiry.municipality).toBe('0183');
  });

  it('as DfK where the person is in custody (FM-INT-2)', () => {
    expect(without().does('officialKl', 'contactPoint.nameUnit', { ...fyn, unit: 'dfk' }).state.inquiry).toMatchObject({ unit: 'dfk', place: 'custody' });
  });

  it('says why (FM-INT-7)', () => {
    expect(messageAt(without().tries('officialKl', 'contactPoint.nameUnit', { unit: 'fyn' }), 'reason')).toBe('Skriv, hvorfor det er den enhed');
    expect(messageAt(without().tries('officialKl', 'contactPoint.nameUnit', { reason: 'x', unit: 'unnamed' }), 'unit')).toBe('Vælg en enhed');
    expect(scopesOf(without().tries('officialKl', 'contactPoint.nameUnit', fyn))).toEqual(['bundle:unit']);
  });

  it('and another one until it is taken, and then none (FM-INT-7)', () => {
    expect(named().refusal('officialDfk', 'contactPoint.nameUnit', { ...fyn, seen: 2 })).toMatchObject({ rule: 'FM-INT-7', field: 'unit' });
    const moved = named().does('officialDfk', 'contactPoint.nameUnit', { unit: 'koebenhavns-vestegn', reason: 'Er flyttet', seen: 2 });
    expect(moved.state.inquiry).toMatchObject({ unit: 'koebenhavns-vestegn', named: true });
    moved.does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
    expect(moved.refusal('officialDfk', 'contactPoint.nameUnit', fyn).rule).toBe('FM-INT-7');
  });

  it('and no official names it over a colleague whose naming he has not read (FM-INT-7)', () => {
    const vestegnen = { unit: 'koebenhavns-vestegn', reason: 'Er mest i Ishøj' };
    for (const seen of [undefined, 1, 3]) expect(named().refusal('officialDfk', 'contactPoint.nameUnit', { ...vestegnen, seen })).toMatchObject({ rule: 'FM-INT-7', detail: expect.stringContaining('siden du så henvendelsen') as unknown });
    expect(without().does('officialDfk', 'contactPoint.nameUnit', { ...vestegnen, seen: 1 }).does('officialKl', 'contactPoint.nameUnit', { ...fyn, seen: 2 }).state.inquiry).toMatchObject({ unit: 'fyn', aboutUnitAt: 3 });
  });

  it('of none that came to its unit by the residence (FM-INT-7)', () => {
    expect(anInquiry().refusal('officialKl', 'contactPoint.nameUnit', fyn).rule).toBe('FM-INT-7');
  });

  it.each(['police', 'policeFyn', 'municipal', 'custody', 'jobcentre', 'screener', 'auditor', 'admin'] as const)('and %s does not (FM-INT-7, FM-CNF-2)', (who) => {
    expect(without().refusal(who, 'contactPoint.nameUnit', fyn).rule).toBe('FM-CNF-2');
  });
});

describe('a unit that says it is not its own', () => {
  const disputed = () => anInquiry('2026-11-02').does('police', 'inquiry.dispute', { whereabouts: 'Kommunen siger, han er flyttet; han siger selv nej' });

  it('hands it to the contact point, which then names the unit (FM-INT-7)', () => {
    expect(disputed().state.inquiry).toMatchObject({ unit: 'unnamed', municipality: '0183', status: 'inbox' });
    expect(disputed().events('UnitDisputed')).toHaveLength(1);
  });

  it('does so by the keeper of its inbox alone (FM-INT-2)', () => {
    for (const who of ['municipal', 'custody', 'officialKl'] as const) expect(anInquiry().refusal(who, 'inquiry.dispute', { whereabouts: 'Ukendt' }).rule).toBe('FM-CNF-2');
    expect(messageAt(anInquiry().tries('police', 'inquiry.dispute', {}), 'whereabouts')).toBe('Skriv, hvad I ved om, hvor personen hører til');
  });

  it('neither disputes nor sends on what the contact point has named: that decides (FM-INT-7)', () => {
    expect(named().refusal('policeFyn', 'inquiry.dispute', { whereabouts: 'Ikke os' })).toMatchObject({ rule: 'FM-INT-7', detail: expect.stringContaining('Ring til det') as unknown });
    expect(named().refusal('policeFyn', 'inquiry.convey', { unit: 'koebenhavns-vestegn', reason: 'Ikke os' })).toMatchObject({ rule: 'FM-INT-7', field: 'unit' });
  });

  it('but sends it to DfK when the person is in custody, which is no question of residence (FM-INT-2)', () => {
    const conveyed = named().does('policeFyn', 'inquiry.convey', { unit: 'dfk', reason: 'Er varetægtsfængslet' });
    expect(conveyed.state.inquiry).toMatchObject({ unit: 'dfk', named: false });
    expect(isAtContactPoint(conveyed.state)).toBe(false);
  });

  it('and from DfK it goes back to the unit that was named and to no other, which then decides as before (FM-INT-7, FM-INT-2)', () => {
    const atDfk = () => named().does('policeFyn', 'inquiry.convey', { unit: 'dfk', reason: 'Er varetægtsfængslet' });
    expect(atDfk().refusal('custody', 'inquiry.convey', { unit: 'koebenhavns-vestegn', reason: 'Er løsladt' })).toMatchObject({ rule: 'FM-INT-7', field: 'unit', detail: expect.stringContaining('udpeget Fyn') as unknown });
    const back = atDfk().does('custody', 'inquiry.convey', { unit: 'fyn', reason: 'Er løsladt' });
    expect(back.state.inquiry).toMatchObject({ unit: 'fyn', place: 'freedom', named: true });
    expect(back.refusal('policeFyn', 'inquiry.dispute', { whereabouts: 'Ikke os' }).rule).toBe('FM-INT-7');
    expect(back.does('officialDfk', 'contactPoint.nameUnit', { unit: 'koebenhavns-vestegn', reason: 'Er flyttet', seen: 2 }).state.inquiry.unit).toBe('koebenhavns-vestegn');
  });

  it('in custody is DfK, which sends on who is not there and lets nobody name a unit for him (FM-INT-2)', () => {
    const inCustody = () => new Scenario('2026-11-02').does('municipal', 'inquiry.register', { ...register, place: 'custody' });
    expect(inCustody().refusal('custody', 'inquiry.dispute', { whereabouts: 'Ikke hos os' })).toMatchObject({ rule: 'FM-INT-2', detail: expect.stringContaining('send den videre') as unknown });
    expect(inCustody().does('custody', 'inquiry.convey', { unit: 'fyn', reason: 'Er ikke hos os' }).does('policeFyn', 'inquiry.dispute', { whereabouts: 'Vides ikke' }).state.inquiry.unit).toBe('unnamed');
  });
});

it('what the unit was named by is read by its seats when it is taken, and by no owner or official of a question (FM-CNF-4)', () => {
  const { state } = without().does('officialKl', 'contactPoint.nameUnit', { unit: 'koebenhavns-vestegn', reason: 'Er i Ishøj' })
    .does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
  for (const who of ['police', 'municipal', 'probation'] as const) expect(readsScope(state, people[who].user, OF_THE_CASE)).toBe(true);
  for (const who of ['officialKl', 'jobcentre', 'police2'] as const) expect(readsScope(state, people[who].user, OF_THE_CASE)).toBe(false);
});

describe('an inquiry that was named without a municipality', () => {
  const inVestegnen = (): Scenario => without().does('officialKl', 'contactPoint.nameUnit', { unit: 'koebenhavns-vestegn', reason: 'Er mest i Ishøj' });
  const taken = (): Scenario => inVestegnen().does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
  const ASKED = { command: 'residence.change', owner: { seat: 'police' } };

  it('is taken with a municipality of the unit’s own district and with no other (FM-ORG-1, FM-CNF-2)', () => {
    expect(inVestegnen().refusal('police', 'inquiry.take', { police: people.police.user, municipal: people.odense.user, probation: people.probation.user })).toMatchObject({ rule: 'FM-ORG-1', field: 'municipal' });
    expect(taken().state.inquiry.status).toBe('taken');
    expect(taken().does('police', 'circle.remove', { user: people.municipal.user, reason: 'Er rejst' }).refusal('police', 'circle.add', { user: people.odense.user, role: 'municipal', reason: 'Ny' })).toMatchObject({ rule: 'FM-ORG-1', field: 'user' });
  });

  it('asks the unit where he lives, until it is registered (FM-INT-7, FM-WORK-1)', () => {
    expect(tasksOf(inVestegnen().state)).not.toContainEqual(expect.objectContaining({ command: 'residence.change' }));
    expect(tasksOf(taken().state)).toContainEqual(expect.objectContaining(ASKED));
    const known = taken().does('municipal', 'residence.change', { municipality: '0183', from: '2026-11-02' });
    expect(tasksOf(known.state)).not.toContainEqual(expect.objectContaining(ASKED));
    expect(tasksOf(aCase().state)).not.toContainEqual(expect.objectContaining(ASKED));
    expect(tasksOf(taken().does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Ringede' }).state)).toEqual([]);
  });

  it.each([
    ['a disagreement', (scenario: Scenario) => scenario.does('municipal', 'assessment.referToContactPoint', { account: 'x' }), 'contactPoint.decide', { position: 'accept' }],
    ['a refusal', (scenario: Scenario) => scenario.does('police', 'decision.refuse', refusal).does('municipal', 'decision.requestReview', { account: 'x' }), 'contactPoint.decideReview', { position: 'overturn' }],
  ] as const)('is let in by the contact point neither, deciding %s, until it is registered; refused he can be (FM-INT-7, FM-INT-2, FM-DEC-2)', (_what, put, name, accepts) => {
    const scenario = put(aCaseHeard());
    const question = scenario.state.questions.questions.at(-1)?.id;
    for (const who of ['officialKl', 'officialDfk'] as const) scenario.does(who, 'contactPoint.takeQuestion', { question });
    const { municipality: _unknown, ...inquiry } = scenario.state.inquiry;
    scenario.state = { ...scenario.state, inquiry };
    expect(scenario.refusal('officialKl', name, { question, reasons: 'x', ...accepts })).toMatchObject({ rule: 'FM-INT-2', detail: expect.stringContaining('hvilken kommune') as unknown });
    const refuses = name === 'contactPoint.decide' ? { position: 'refuse', criterion: 'motivation' } : { position: 'uphold' };
    expect(scenario.tries('officialKl', name, { question, reasons: 'x', ...refuses })).toHaveLength(1);
    scenario.does('municipal', 'residence.change', { municipality: '0183', from: '2026-11-02' });
    for (const who of ['officialKl', 'officialDfk'] as const) scenario.does(who, name, { question, reasons: 'x', ...accepts });
    expect(scenario.events('CaseAccepted')).toHaveLength(1);
  });

  it('lets nobody in before that (FM-INT-2, FM-FIN-1)', () => {
    const { state } = taken();
    expect(residenceUnknown(state)).toMatchObject({ rule: 'FM-INT-2' });
    expect(residenceUnknown({ ...state, inquiry: { ...state.inquiry, place: 'custody' } })).toBeUndefined();
    expect(residenceUnknown(aCase().state)).toBeUndefined();
    const ready = aCaseWithConclusions();
    const { municipality: _unknown, ...inquiry } = ready.state.inquiry;
    ready.state = { ...ready.state, inquiry };
    expect(ready.refusal('police', 'decision.accept')).toMatchObject({ rule: 'FM-INT-2', detail: expect.stringContaining('hvilken kommune') as unknown });
    expect(ready.does('municipal', 'residence.change', { municipality: '0183', from: '2026-11-02' }).does('police', 'decision.accept').events('CaseAccepted')).toHaveLength(1);
  });
});
