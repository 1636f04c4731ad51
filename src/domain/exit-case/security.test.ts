import { describe, expect, it } from 'vitest';
import { anAcceptedCase, anAcceptedCustodyCase } from '../../../tests/support/assessment-states.js';
import { draftsOf, fieldsIn, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { aCaseInCourse, aPresentedAgreement } from '../../../tests/support/agreement-states.js';
import { addDays } from '../kernel/time.js';
import { people } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';
import { safetyCardTasks } from './safety-card.js';
import { isSecurityAssessed, securityTasks, unreadPrecautions } from './security.js';

const assessment = { occasion: 'before-agreement', level: 'raised', text: 'Tidligere trusler fra gruppen' };
const forJonas = { worker: people.municipal.user, text: 'Mød ham aldrig alene' };
const forPia = { worker: people.probation.user, text: 'Brug bagindgangen' };

const assessed = (scenario: Scenario, precautions: readonly object[] = []): Scenario =>
  scenario.does('police', 'security.assess', { ...assessment, precautions });
const moved = { municipality: '0461', from: '2026-11-02' };
const precautionOf = (scenario: Scenario, worker: string) =>
  scenario.state.security.precautions.find((one) => one.worker === worker)?.id;

describe('the security assessment', () => {
  it('is due from police before the agreement (FM-SEC-1)', () => {
    expect(isSecurityAssessed(anAcceptedCase().state)).toBe(false);
    expect(securityTasks(anAcceptedCase('2026-11-02').state)).toMatchObject([
      { owner: { seat: 'police' }, due: '2026-11-16', command: 'security.assess' },
    ]);
  });

  it('is not asked for before the candidate is accepted (FM-SEC-1)', () => {
    expect(securityTasks(aCase().state)).toEqual([]);
  });

  it('is overtaken by nothing: the agreement is not presented without it, so that it is late until it is made (FM-SEC-1, FM-AGR-1)', () => {
    const waiting = anAcceptedCase('2026-11-02').days(400);
    expect(securityTasks(waiting.state)).toMatchObject([{ due: '2026-11-16' }]);
    const presented = aPresentedAgreement();
    expect(securityTasks(presented.state)).toEqual([]);
    // A change asks for a new one, which no course ends: whoever is in it is in danger as much (FM-SEC-1).
    const entered = aCaseInCourse('2026-11-02').does('municipal', 'residence.change', moved);
    expect(securityTasks(entered.days(100).state)).toMatchObject([{ command: 'security.assess', due: '2026-11-03' }]);
  });

  it('leads to a safety card that is late until it is written, also in a course: it is what an emergency opens, and is no longer asked for when the case is closed (FM-SEC-6)', () => {
    const course = aCaseInCourse();
    const [card] = safetyCardTasks(course.state);
    expect(card?.due).toBe(addDays(course.state.security.assessedOn ?? course.today, 7));
    expect(safetyCardTasks(course.days(100).state)).toEqual([card]);
    expect(safetyCardTasks(course.does('police', 'safetyCard.set', { call: 'Vagtcentralen' }).state)).toEqual([]);
  });

  it('is made once police has recorded it (FM-SEC-1)', () => {
    const { state } = assessed(anAcceptedCase());
    expect(isSecurityAssessed(state)).toBe(true);
    expect(securityTasks(state)).toEqual([]);
  });

  it("is police's alone (FM-SEC-1)", () => {
    expect(aCase().refusal('municipal', 'security.assess', assessment).rule).toBe('FM-CNF-2');
    expect(aCase().refusal('police2', 'security.assess', assessment).rule).toBe('FM-CNF-2');
  });

  it("is police's in custody too, once asked in (FM-CUS-3)", () => {
    const scenario = aCustodyCase();
    expect(scenario.refusal('custody', 'security.assess', assessment).rule).toBe('FM-CNF-2');
    scenario.does('custody', 'circle.add', { user: people.policeFyn.user, role: 'police', reason: 'Sikkerhed' });
    expect(isSecurityAssessed(scenario.does('policeFyn', 'security.assess', assessment).state)).toBe(true);
  });

  it('waits for DfK to ask police in, while nobody of police is in a custody case (FM-CUS-3)', () => {
    const scenario = anAcceptedCustodyCase().does('custody', 'circle.remove', {
      user: people.police.user,
      reason: 'Skifter kreds',
    });
    expect(securityTasks(scenario.state)).toMatchObject([{ owner: { seat: 'custody' }, command: 'circle.add' }]);
    scenario.does('custody', 'circle.add', { user: people.policeFyn.user, role: 'police', reason: 'Sikkerhed' });
    expect(securityTasks(scenario.state)).toMatchObject([{ owner: { seat: 'police' }, command: 'security.assess' }]);
  });

  it('waits for police in freedom also while its seat is empty (FM-SEC-1)', () => {
    const scenario = anAcceptedCase().does('municipal', 'circle.remove', { user: people.police.user, reason: 'Barsel' });
    expect(securityTasks(scenario.state)).toMatchObject([{ owner: { seat: 'police' }, command: 'security.assess' }]);
  });

  it('lies with police; each worker reads his own precautions and no more (FM-CNF-4)', () => {
    const outcome = aCase().tries('police', 'security.assess', { ...assessment, precautions: [forJonas, forPia] });
    const [event] = draftsOf(outcome).map((draft) => draft.event);
    const ids = event?.type === 'SecurityAssessed' ? event.precautions.map((one) => one.id) : [];
    expect(scopesOf(outcome)).toEqual(['police', ...ids.map((id) => `precaution:${id}`)]);
    expect(new Set(ids).size).toBe(2);
    expect(JSON.stringify(event)).not.toMatch(/trusler|alene|bagindgangen/);
  });

  it('is asked for in words (FM-SEC-1)', () => {
    const outcome = aCase().tries('police', 'security.assess', {});
    expect(messageAt(outcome, 'occasion')).toBe('Vælg, hvorfor sikkerheden vurderes');
    expect(messageAt(outcome, 'level')).toBe('Vælg, hvor alvorlig truslen er');
    expect(messageAt(outcome, 'text')).toBe('Skriv vurderingen');
  });
});

describe('a change in the security picture', () => {
  it('makes a new assessment due when the candidate moves (FM-SEC-1)', () => {
    const scenario = assessed(anAcceptedCase('2026-11-02')).days(7).does('municipal', 'residence.change', moved);
    expect(isSecurityAssessed(scenario.state)).toBe(false);
    expect(securityTasks(scenario.state)).toMatchObject([
      { owner: { seat: 'police' }, due: '2026-11-10', command: 'security.assess' },
    ]);
  });

  it('is settled by the new assessment (FM-SEC-1)', () => {
    const scenario = assessed(anAcceptedCase())
      .does('municipal', 'residence.change', moved)
      .does('police', 'security.assess', { ...assessment, occasion: 'change' });
    expect(isSecurityAssessed(scenario.state)).toBe(true);
  });

  it('is assessed whenever police learns of one (FM-SEC-1)', () => {
    const scenario = assessed(aCase()).does('police', 'security.assess', { ...assessment, occasion: 'change', level: 'high' });
    expect(scenario.state.security.level).toBe('high');
  });

  it('refuses to call a first assessment a change (FM-SEC-1)', () => {
    expect(aCase().refusal('police', 'security.assess', { ...assessment, occasion: 'change' })).toMatchObject({
      rule: 'FM-SEC-1',
      field: 'occasion',
    });
  });
});

describe('precautions', () => {
  it('refuses a worker who is not in the circle (FM-SEC-1)', () => {
    const refusal = aCase().refusal('police', 'security.assess', {
      ...assessment,
      precautions: [{ worker: people.odense.user, text: 'Pas på' }],
    });
    expect(refusal).toMatchObject({ rule: 'FM-SEC-1', field: 'precautions', rests: ['circle'] });
  });

  it('refuses the same worker twice (FM-SEC-1)', () => {
    const refusal = aCase().refusal('police', 'security.assess', {
      ...assessment,
      precautions: [forJonas, { ...forJonas, text: 'Skift bil' }],
    });
    expect(refusal).toMatchObject({ rule: 'FM-SEC-1', field: 'precautions' });
  });

  it('wait for the worker until he has confirmed to have read them (FM-SEC-1)', () => {
    const scenario = assessed(aCase('2026-11-02'), [forJonas, forPia]);
    expect(securityTasks(scenario.state).map(({ owner, due, command }) => ({ owner, due, command }))).toEqual([
      { owner: { user: people.municipal.user }, due: '2026-11-03', command: 'security.confirmPrecaution' },
      { owner: { user: people.probation.user }, due: '2026-11-03', command: 'security.confirmPrecaution' },
    ]);
    scenario.does('municipal', 'security.confirmPrecaution', { precaution: precautionOf(scenario, people.municipal.user) });
    expect(unreadPrecautions(scenario.state).map((one) => one.worker)).toEqual([people.probation.user]);
  });

  it('are confirmed by nobody else (FM-SEC-1)', () => {
    const scenario = assessed(aCase(), [forJonas, forPia]);
    expect(
      scenario.refusal('police', 'security.confirmPrecaution', { precaution: precautionOf(scenario, people.municipal.user) })
        .rule,
    ).toBe('FM-CNF-2');
    expect(
      scenario.refusal('probation', 'security.confirmPrecaution', { precaution: precautionOf(scenario, people.municipal.user) }),
    ).toMatchObject({ rule: 'FM-SEC-1', field: 'precaution' });
  });

  it('are confirmed once: the second time changes nothing (FM-SEC-1)', () => {
    const scenario = assessed(aCase(), [forJonas]);
    const precaution = precautionOf(scenario, people.municipal.user);
    expect(
      scenario
        .does('municipal', 'security.confirmPrecaution', { precaution })
        .tries('municipal', 'security.confirmPrecaution', { precaution }),
    ).toEqual([]);
  });

  it('are replaced by those of the next assessment, and read anew (FM-SEC-1)', () => {
    const scenario = assessed(aCase(), [forJonas, forPia]);
    const old = precautionOf(scenario, people.municipal.user);
    scenario
      .does('municipal', 'security.confirmPrecaution', { precaution: old })
      .does('police', 'security.assess', { ...assessment, occasion: 'change', precautions: [forJonas] });
    expect(unreadPrecautions(scenario.state).map((one) => one.worker)).toEqual([people.municipal.user]);
    expect(scenario.refusal('municipal', 'security.confirmPrecaution', { precaution: old }).rule).toBe('FM-SEC-1');
  });

  it('wait no longer for a worker who has left the circle (FM-CNF-2)', () => {
    const scenario = assessed(aCase(), [forJonas]).does('police', 'circle.remove', {
      user: people.municipal.user,
      reason: 'Barsel',
    });
    expect(securityTasks(scenario.state)).toEqual([]);
    expect(
      scenario.refusal('municipal', 'security.confirmPrecaution', { precaution: precautionOf(scenario, people.municipal.user) })
        .rule,
    ).toBe('FM-CNF-2');
  });
});

describe('the safety card', () => {
  const card = { call: 'Vagthavende, tlf. 114', precautions: 'Ingen uniform ved døren', along: 'Kæreste og to børn' };

  it('says whom to call, what to take care of, and who is along (FM-SEC-6)', () => {
    const outcome = aCase().tries('police', 'safetyCard.set', card);
    expect(fieldsIn(outcome, 'card')).toEqual(['call', 'precautions', 'along']);
    expect(scopesOf(outcome)).toEqual(['card']);
  });

  it('tells in the core that somebody is along, not who (FM-SEC-6)', () => {
    expect(draftsOf(aCase('2026-11-02').tries('police', 'safetyCard.set', card)).map((draft) => draft.event)).toEqual([
      { type: 'SafetyCardSet', on: '2026-11-02', personsAlong: true },
    ]);
    expect(aCase().does('police', 'safetyCard.set', { call: card.call }).state.safetyCard.personsAlong).toBe(false);
  });

  it('waits for police once security is assessed, until it is filled in (FM-SEC-6)', () => {
    expect(safetyCardTasks(anAcceptedCase().state)).toEqual([]);
    const scenario = assessed(anAcceptedCase('2026-11-02'));
    expect(safetyCardTasks(scenario.state)).toMatchObject([
      { owner: { seat: 'police' }, due: '2026-11-09', command: 'safetyCard.set' },
    ]);
    expect(safetyCardTasks(scenario.does('police', 'safetyCard.set', card).state)).toEqual([]);
  });

  it('is kept by police (FM-SEC-6)', () => {
    expect(aCase().refusal('municipal', 'safetyCard.set', card).rule).toBe('FM-CNF-2');
  });

  it('asks whom to call (FM-SEC-6)', () => {
    expect(messageAt(aCase().tries('police', 'safetyCard.set', {}), 'call')).toBe('Skriv, hvem der skal ringes til');
  });
});

describe('in a closed case', () => {
  const closed = () =>
    assessed(aCase(), [forJonas]).does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });

  it.each([
    ['police', 'security.assess', assessment],
    ['police', 'safetyCard.set', { call: 'Vagthavende' }],
  ] as const)('%s is refused %s (FM-END-4)', (who, command, input) => {
    expect(closed().refusal(who, command, input)).toMatchObject({ rule: 'FM-END-4', rests: ['ending'] });
  });

  it('nothing of it waits for anybody (FM-END-4)', () => {
    expect(securityTasks(closed().state)).toEqual([]);
    expect(safetyCardTasks(closed().state)).toEqual([]);
  });
});
