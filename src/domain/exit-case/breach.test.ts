import { describe, expect, it } from 'vitest';
import { aCaseInCourse, allWithdrawn, partWithdrawn } from '../../../tests/support/agreement-states.js';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { aDischargedCase, allState, anInterruptedCase, interruption } from '../../../tests/support/course-states.js';
import { draftsOf, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { addWorkingDays } from '../kernel/time.js';
import { agreementInForce } from './agreement.js';
import { areBreachesHeard, breachTasks, unheardBreaches } from './breach.js';

const what = 'Udeblevet fra tre samtaler';
const personal = { kind: 'personal' } as const;
const told = { what, ...personal };
const account = { account: 'Jeg var syg' };
const withdrawn = (scenario: Scenario): Scenario => scenario.does('municipal', 'consent.withdraw', allWithdrawn);
const unknown = '99999999-0000-4000-8000-000000000000';
const breached = (): Scenario => aCaseInCourse().does('municipal', 'breach.record', told);
const breachOf = (scenario: Scenario) => scenario.state.breaches.breaches.at(-1)?.id;

describe('a breach of requirements', () => {
  it('is recorded, and ends nothing by itself (FM-CRS-3, FM-END-1)', () => {
    const scenario = breached();
    expect(scenario.state.breaches.breaches).toHaveLength(1);
    expect(scenario.state.course.status).toBe('running');
  });

  it('can name the requirement of the agreement in force (FM-CRS-3)', () => {
    const scenario = aCaseInCourse();
    const requirement = agreementInForce(scenario.state)?.requirements[0]?.id;
    expect(requirement).toBeDefined();
    expect(scenario.does('municipal', 'breach.record', { requirement, ...told }).state.breaches.breaches).toMatchObject([
      { requirement },
    ]);
  });

  it('refuses a requirement that is not in the agreement (FM-CRS-3)', () => {
    expect(aCaseInCourse().refusal('municipal', 'breach.record', { requirement: unknown, ...told })).toMatchObject({
      rule: 'FM-CRS-3',
      field: 'requirement',
    });
  });

  it('says what happened, in the general scope (FM-CRS-3)', () => {
    expect(scopesOf(aCaseInCourse().tries('municipal', 'breach.record', told))).toEqual(['general']);
    expect(aCaseInCourse().refusal('municipal', 'breach.record', {})).toMatchObject({ rule: 'FM-CRS-3', field: 'what' });
  });

  it("waits for the candidate's own account (FM-CRS-3)", () => {
    const scenario = breached();
    expect(areBreachesHeard(scenario.state)).toBe(false);
    expect(breachTasks(scenario.state)).toMatchObject([{ command: 'breach.hear', due: addWorkingDays(scenario.today, 5) }]);
  });

  it('waits for nothing when the course is over (FM-END-1)', () => {
    const scenario = allState(breached(), { position: 'interrupt', ground: 'own-wish' }).does(
      'police',
      'course.interrupt',
      interruption,
    );
    expect(breachTasks(scenario.state)).toEqual([]);
  });

  it.each([
    ['before the course', anAcceptedCase],
    ['after it', anInterruptedCase],
  ] as const)('is refused %s (FM-CRS-3)', (_when, given) => {
    expect(given().refusal('municipal', 'breach.record', told).rests).toEqual(['course']);
  });

  it('is recorded by unit and contact person (FM-CRS-3)', () => {
    expect(aCaseInCourse().refusal('jobcentre', 'breach.record', told).rule).toBe('FM-CNF-2');
  });
});

describe("the candidate's own account", () => {
  it('settles the breach it is about, and no other (FM-CRS-3)', () => {
    const scenario = breached();
    const first = breachOf(scenario);
    scenario
      .does('municipal', 'breach.record', { what: 'Set med gruppen', ...personal })
      .does('municipal', 'breach.hear', { breach: first, ...account });
    expect(unheardBreaches(scenario.state).map((one) => one.id)).toEqual([breachOf(scenario)]);
    expect(areBreachesHeard(scenario.state)).toBe(false);
  });

  it('may be that he says nothing or cannot be reached; he was asked (FM-CRS-3)', () => {
    for (const outcome of ['no-comment', 'unreachable']) {
      const scenario = breached();
      expect(areBreachesHeard(scenario.does('municipal', 'breach.hear', { breach: breachOf(scenario), outcome }).state)).toBe(
        true,
      );
    }
  });

  it('refuses to be an account without words (FM-CRS-3)', () => {
    const scenario = breached();
    expect(scenario.refusal('municipal', 'breach.hear', { breach: breachOf(scenario) })).toMatchObject({
      rule: 'FM-CRS-3',
      field: 'account',
    });
  });

  it('refuses a breach nobody recorded (FM-CRS-3)', () => {
    expect(breached().refusal('municipal', 'breach.hear', { breach: unknown, ...account })).toMatchObject({
      rule: 'FM-CRS-3',
      field: 'breach',
    });
  });

  it('is not overwritten once given (FM-CRS-3, FM-WORK-2)', () => {
    const scenario = breached();
    const heard = { breach: breachOf(scenario), ...account };
    expect(scenario.does('municipal', 'breach.hear', heard).refusal('municipal', 'breach.hear', heard)).toMatchObject({
      rule: 'FM-CRS-3',
      field: 'breach',
    });
  });

  it('can still come when he could not be reached at first (FM-CRS-3)', () => {
    const scenario = breached();
    const breach = breachOf(scenario);
    scenario
      .does('municipal', 'breach.hear', { breach, outcome: 'unreachable' })
      .does('municipal', 'breach.hear', { breach, account: 'Jeg var i udlandet' });
    expect(scenario.state.breaches.breaches).toMatchObject([{ heard: { outcome: 'account' } }]);
  });
});

describe('words about a breach, which the circle reads', () => {
  const bodiesOf = (outcome: ReturnType<Scenario['tries']>) => draftsOf(outcome).flatMap((draft) => draft.bodies ?? []);

  it('say what kind of information they are, and the event says it too (FM-CON-3)', () => {
    const scenario = breached();
    expect(scenario.events('BreachRecorded').at(-1)).toMatchObject({ kind: 'personal' });
  });

  it('are refused without their kind (FM-CON-3)', () => {
    const scenario = breached();
    const refused = { rule: 'FM-CON-3', field: 'kind', rests: ['own'] };
    expect(scenario.refusal('municipal', 'breach.record', { what })).toMatchObject(refused);
  });

  it.each(['health', 'abuse', 'economic'])('are never of %s, which not all of the circle reads (FM-CNF-4, FM-CON-3)', (kind) => {
    expect(messageAt(aCaseInCourse().tries('municipal', 'breach.record', { what, kind }), 'kind')).toBe(
      'Vælg, hvad teksten handler om',
    );
  });

  it('are refused once consent is withdrawn; the breach is recorded without (FM-CON-2, FM-CON-3)', () => {
    const scenario = withdrawn(aCaseInCourse());
    const refused = scenario.refusal('municipal', 'breach.record', told);
    expect(refused).toMatchObject({ rule: 'FM-CON-3', field: 'kind', rests: ['consent'] });
    expect(refused.detail).toContain('Bruddet kan registreres uden tekst.');
    expect(bodiesOf(scenario.tries('municipal', 'breach.record', {}))).toEqual([]);
    scenario.does('municipal', 'breach.record', {});
    expect(scenario.state.breaches.breaches).toMatchObject([{ on: scenario.today }]);
    expect(scenario.events('BreachRecorded').at(-1)).not.toHaveProperty('kind');
  });

  it("are not the candidate's own: a hearing is procedure and needs no consent (FM-CRS-3, FM-CON-3)", () => {
    const scenario = withdrawn(breached());
    const hearing = { breach: breachOf(scenario) };
    expect(scenario.refusal('municipal', 'breach.hear', hearing)).toMatchObject({ rule: 'FM-CRS-3', field: 'account' });
    expect(bodiesOf(scenario.tries('municipal', 'breach.hear', { ...hearing, ...account }))).toHaveLength(1);
    expect(areBreachesHeard(scenario.does('municipal', 'breach.hear', { ...hearing, ...account }).state)).toBe(true);
  });

  it("are not taken in the candidate's place when he has said nothing: what others say of it needs its basis (FM-CON-2, FM-CON-3)", () => {
    const scenario = breached();
    for (const outcome of ['unreachable', 'no-comment']) {
      const refused = scenario.refusal('municipal', 'breach.hear', { breach: breachOf(scenario), outcome, account: 'Vi ringede til moderen' });
      expect(refused).toMatchObject({ rule: 'FM-CON-3', field: 'account', rests: ['own'] });
      expect(bodiesOf(scenario.tries('municipal', 'breach.hear', { breach: breachOf(scenario), outcome }))).toEqual([]);
    }
  });

  it('are refused of the kind that was withdrawn, and of no other (FM-CON-2, FM-CON-3)', () => {
    const scenario = aCaseInCourse().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['social'] }));
    expect(scenario.refusal('municipal', 'breach.record', { what, kind: 'social' })).toMatchObject({
      rule: 'FM-CON-3',
      field: 'kind',
    });
    expect(draftsOf(scenario.tries('municipal', 'breach.record', told))).toHaveLength(1);
    expect(draftsOf(scenario.tries('municipal', 'breach.record', { kind: 'social' }))).toMatchObject([
      { event: { type: 'BreachRecorded' } },
    ]);
  });
});

describe('a breach of parole, conditional sentence, community service or ankle tag', () => {
  it.each(['parole', 'conditional-sentence', 'community-service', 'ankle-tag'])(
    'of %s is recorded as referred, and nothing is decided (FM-END-2)',
    (term) => {
      const scenario = aCaseInCourse();
      const outcome = scenario.tries('probation', 'sanction.refer', { term, text: 'Indberettet til tilsynet' });
      expect(draftsOf(outcome).map((draft) => draft.event)).toEqual([{ type: 'SanctionReferred', term, on: scenario.today }]);
      expect(scenario.does('probation', 'sanction.refer', { term, text: 'Indberettet til tilsynet' }).state.course.status).toBe(
        'running',
      );
    },
  );

  it('has no field for a sanction: one that is sent is refused (FM-END-2)', () => {
    const outcome = aCaseInCourse().tries('probation', 'sanction.refer', {
      term: 'parole',
      text: 'Indberettet',
      sanction: 'returned-to-prison',
    });
    expect(messageAt(outcome, '')).toBe('Feltet findes ikke.');
  });

  it('must be one of them (FM-END-2)', () => {
    expect(messageAt(aCaseInCourse().tries('probation', 'sanction.refer', { term: 'fine', text: 'Bøde' }), 'term')).toBe(
      'Vælg, hvilke vilkår det drejer sig om',
    );
  });

  it('can be referred until the case is closed (FM-END-2, FM-END-4)', () => {
    const referred = { term: 'parole', text: 'Indberettet' };
    expect(anInterruptedCase().does('probation', 'sanction.refer', referred).events('SanctionReferred')).toHaveLength(1);
    expect(aDischargedCase().refusal('probation', 'sanction.refer', referred).rule).toBe('FM-END-4');
    expect(anAcceptedCase().refusal('probation', 'sanction.refer', referred)).toMatchObject({
      rule: 'FM-END-2',
      rests: ['course'],
    });
  });
});
