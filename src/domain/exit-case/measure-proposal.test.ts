import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  aConsent,
  anAcceptedCaseWithConsent,
  latestMeasure,
  saysNo,
  withPlacement,
} from '../../../tests/support/agreement-states.js';
import { aDischargedCase } from '../../../tests/support/course-states.js';
import { messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';
import { membershipsOf } from './circle.js';
import { measureOf, measureOwnerMay } from './measure.js';

const placement = { type: 'virksomhedspraktik', owner: people.jobcentre.user, text: '13 uger hos en murermester' };
const proposes = (input: object, scenario = aCase()): Scenario => scenario.does('municipal', 'measure.propose', input);
const refusal = (input: object, scenario = aCase()) => scenario.refusal('municipal', 'measure.propose', input);
const measure = (scenario: Scenario) => scenario.state.measures.measures.at(-1);
const owns = (scenario: Scenario, who: PersonName) => {
  const one = measure(scenario);
  return one !== undefined && measureOwnerMay(scenario.state, people[who], one);
};

describe('proposing a measure', () => {
  it('takes authority and kinds of data from the catalogue (FM-MEA-1)', () => {
    expect(measure(proposes(placement))).toMatchObject({
      measureType: 'virksomhedspraktik',
      authority: 'municipality:0183:jobcentre',
      status: 'proposed',
      kind: 'social',
      kinds: ['personal', 'social'],
      outside: false,
    });
  });

  it('makes the named worker a member who owns it, and nothing more (FM-DEC-3, FM-CNF-4)', () => {
    const scenario = proposes(placement);
    expect(membershipsOf(scenario.state, people.jobcentre.user)).toMatchObject([
      { role: 'owner', authority: 'municipality:0183:jobcentre', measure: measure(scenario)?.id },
    ]);
    expect(measure(scenario)?.owner).toBe(people.jobcentre.user);
    expect(owns(scenario, 'jobcentre')).toBe(true);
    expect(owns(scenario, 'municipal')).toBe(false);
  });

  it("keeps its words in the measure's own scope (FM-CNF-4)", () => {
    const scenario = aCase();
    const outcome = scenario.tries('municipal', 'measure.propose', placement);
    expect(scopesOf(outcome)).toEqual([`measure:11111111-0000-4000-8000-000000000001`]);
  });

  it('needs no acceptance, consent or agreement (FM-MEA-3)', () => {
    expect(proposes({ type: 'stofmisbrug' }).state.measures.measures).toHaveLength(1);
  });

  it('can be of another authority of the right kind, where the candidate is going (FM-MEA-5)', () => {
    expect(measure(proposes({ type: 'boliganvisning', authority: 'municipality:0461:housing' }))?.authority).toBe(
      'municipality:0461:housing',
    );
    expect(measure(proposes({ type: 'boliganvisning', authority: 'municipality:0461' }))?.authority).toBe('municipality:0461');
  });

  it.each([
    ['virksomhedspraktik', 'police:koebenhavns-vestegn'],
    ['overfaldsalarm', 'municipality:0183'],
    ['psykiatri', 'municipality:0183'],
    ['tilsyn', 'municipality:0183'],
    ['virksomhedspraktik', 'municipality:0183:treatment'],
    ['social-stoette', 'municipality:0183:jobcentre'],
    ['tatoveringsfjernelse', 'kl'],
  ])('refuses %s at %s, which the law does not give it to (FM-DEC-3)', (type, authority) => {
    expect(refusal({ type, authority })).toMatchObject({ rule: 'FM-DEC-3', field: 'authority' });
  });

  it('is of DfK in custody, and of police of the district (FM-CUS-3)', () => {
    const scenario = aCustodyCase();
    scenario.does('custody', 'measure.propose', { type: 'tilsyn', coveredByActionPlan: true });
    scenario.does('custody', 'measure.propose', { type: 'overfaldsalarm', coveredByActionPlan: false });
    expect(scenario.state.measures.measures.map((one) => one.authority)).toEqual(['dfk', 'police:koebenhavns-vestegn']);
  });

  it('knows which authorities have no users here (FM-DEC-3)', () => {
    expect(measure(proposes({ type: 'psykiatri' }))).toMatchObject({ authority: 'region:1084', outside: true });
    expect(measure(proposes({ type: 'tatoveringsfjernelse' }))).toMatchObject({ authority: 'rigspolitiet', outside: true });
    expect(refusal({ type: 'tatoveringsfjernelse', owner: people.officialPolice.user })).toMatchObject({
      rule: 'FM-DEC-3',
      field: 'owner',
    });
  });

  it('outside the catalogue has a name, an authority and the kinds of data it needs (FM-MEA-1)', () => {
    const free = {
      type: 'andet',
      title: 'Kørekort',
      kinds: ['economic', 'social'],
      authority: 'municipality:0183',
      text: 'Efter integrationsloven',
    };
    expect(measure(proposes(free))).toMatchObject({ measureType: 'andet', kind: 'economic', kinds: ['economic', 'social'] });
    expect(refusal({ ...free, title: undefined })).toMatchObject({ rule: 'FM-MEA-1', field: 'title' });
    expect(refusal({ ...free, authority: undefined })).toMatchObject({ rule: 'FM-MEA-1', field: 'authority' });
  });

  it('refuses what is not in the catalogue that day: no protected address before 1 October 2018 (FM-MEA-1, FM-SEC-4)', () => {
    expect(refusal({ type: 'adressebeskyttelse' }, aCase('2018-09-28'))).toMatchObject({ rule: 'FM-MEA-1', field: 'type' });
    expect(proposes({ type: 'adressebeskyttelse' }, aCase('2018-10-01')).state.measures.measures).toHaveLength(1);
    expect(messageAt(aCase().tries('municipal', 'measure.propose', { type: 'sejltur' }), 'type')).toBe(
      'Vælg et tiltag fra listen',
    );
  });

  it('refuses a worker of another authority, and answers alike for an unknown and a shut-out one (FM-DEC-3, FM-CNF-3)', () => {
    const wrong = refusal({ ...placement, owner: people.treatment.user });
    expect(wrong).toMatchObject({ rule: 'FM-DEC-3', field: 'owner' });
    expect(refusal({ ...placement, owner: '99999999-0000-4000-8000-000000000000' })).toEqual(wrong);
    const shutOut = aCase().does('police', 'circle.exclude', { user: people.jobcentre.user, reason: 'Fætter' });
    expect(refusal(placement, shutOut)).toEqual(wrong);
  });

  it('refuses to tell an authority the consent does not name (FM-CON-3)', () => {
    const scenario = aCase();
    scenario.does(
      'municipal',
      'consent.give',
      aConsent(scenario, { authorities: [people.municipal.authority, people.police.authority] }),
    );
    expect(refusal(placement, scenario)).toMatchObject({ rule: 'FM-CON-3', field: 'owner', rests: ['consent'] });
  });

  it("without a basis to share can still be proposed without words and worker, so that the law's deadline runs (FM-CON-3, FM-MEA-3)", () => {
    const scenario = aCase().does('municipal', 'consent.refuse', saysNo);
    expect(refusal({ type: 'stofmisbrug', text: 'Ambulant' }, scenario)).toMatchObject({
      rule: 'FM-CON-3',
      field: 'text',
      rests: ['consent'],
    });
    expect(refusal({ type: 'stofmisbrug', owner: people.treatment.user }, scenario)).toMatchObject({
      rule: 'FM-CON-3',
      field: 'owner',
    });
    proposes({ type: 'stofmisbrug' }, scenario).does('municipal', 'measure.request', {
      measure: latestMeasure(scenario),
      on: scenario.today,
    });
    expect(measure(scenario)?.statutoryBy).toBeDefined();
  });

  it('in custody says whether the plan of action covers it already (FM-AGR-5)', () => {
    const scenario = aCustodyCase();
    expect(scenario.refusal('custody', 'measure.propose', { type: 'forloeb-under-afsoning' })).toMatchObject({
      rule: 'FM-AGR-5',
      field: 'coveredByActionPlan',
    });
    scenario.does('custody', 'measure.propose', { type: 'forloeb-under-afsoning', coveredByActionPlan: true });
    expect(measure(scenario)?.coveredByActionPlan).toBe(true);
  });

  it('belongs to the unit and the contact person, and to an open case (FM-END-4)', () => {
    expect(withPlacement(aCase()).refusal('jobcentre', 'measure.propose', placement).rule).toBe('FM-CNF-2');
    expect(refusal(placement, aDischargedCase()).rule).toBe('FM-END-4');
  });
});

describe('another worker for a measure', () => {
  const colleague = { ...people.jobcentre };

  it('takes the place of the one before, who leaves the case with it (FM-CNF-2)', () => {
    const scenario = proposes({ type: 'social-stoette', owner: people.municipal2.user });
    const id = latestMeasure(scenario);
    scenario.does('municipal', 'measure.setOwner', { measure: id, owner: people.municipal.user });
    expect(measureOf(scenario.state, id)?.owner).toBe(people.municipal.user);
    expect(membershipsOf(scenario.state, people.municipal2.user)).toEqual([]);
    expect(owns(scenario, 'municipal2')).toBe(false);
  });

  it('can be named later for one proposed without (FM-DEC-3)', () => {
    const scenario = proposes({ type: 'virksomhedspraktik' });
    expect(
      scenario
        .does('municipal', 'measure.setOwner', { measure: latestMeasure(scenario), owner: colleague.user })
        .state.circle.members.at(-1)?.role,
    ).toBe('owner');
  });

  it('refuses one of another authority, the same one, an ended measure and a missing consent (FM-DEC-3, FM-CON-3)', () => {
    const scenario = proposes(placement);
    const id = latestMeasure(scenario);
    expect(scenario.refusal('municipal', 'measure.setOwner', { measure: id, owner: people.treatment.user })).toMatchObject({
      rule: 'FM-DEC-3',
      field: 'owner',
    });
    expect(scenario.refusal('municipal', 'measure.setOwner', { measure: id, owner: colleague.user })).toMatchObject({
      rule: 'FM-DEC-3',
      field: 'owner',
      rests: ['measures'],
    });
    scenario.does('jobcentre', 'measure.decide', { measure: id, outcome: 'refused', reason: 'Ikke berettiget', law: 'LAB § 2' });
    expect(scenario.refusal('municipal', 'measure.setOwner', { measure: id, owner: people.municipal.user })).toMatchObject({
      rule: 'FM-DEC-3',
      field: 'measure',
    });
    const without = proposes({ type: 'virksomhedspraktik' }).does('municipal', 'consent.refuse', saysNo);
    expect(
      without.refusal('municipal', 'measure.setOwner', { measure: latestMeasure(without), owner: colleague.user }).rule,
    ).toBe('FM-CON-3');
  });

  it('is missing when the worker is taken out of the circle or declares a conflict (FM-DEC-4)', () => {
    const removed = aCaseInCourse().does('police', 'circle.remove', { user: people.jobcentre.user, reason: 'Ny stilling' });
    expect(measure(removed)?.owner).toBeUndefined();
    expect(owns(removed, 'jobcentre')).toBe(false);
    const excluded = aCaseInCourse().does('police', 'circle.exclude', { user: people.jobcentre.user, reason: 'Fætter' });
    expect(measure(excluded)?.owner).toBeUndefined();
    const other = withPlacement(anAcceptedCaseWithConsent()).does('municipal', 'circle.remove', {
      user: people.probation.user,
      reason: 'Orlov',
    });
    expect(measure(other)?.owner).toBe(people.jobcentre.user);
  });
});
