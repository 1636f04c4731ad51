import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  granted,
  latestMeasure,
  saysNo,
  statusOf,
  treatmentPlan,
  withPlacement,
  withTreatment,
} from '../../../tests/support/agreement-states.js';
import { fieldsIn, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';

const decision = (scenario: Scenario, but: object = {}): object => ({
  measure: latestMeasure(scenario),
  outcome: 'granted',
  ...but,
});
const refusal = (scenario: Scenario, who: PersonName, but: object = {}) =>
  scenario.refusal(who, 'measure.decide', decision(scenario, but));
const proposed = (input: object, scenario = aCase()): Scenario => scenario.does('municipal', 'measure.propose', input);
const no = { outcome: 'refused', reason: 'Er ikke jobparat', law: 'Lov om en aktiv beskæftigelsesindsats § 57' };

describe('deciding a measure', () => {
  it("is the owner's, under its own law (FM-DEC-3, FM-MEA-1)", () => {
    const scenario = withPlacement(aCase());
    expect(scopesOf(scenario.tries('jobcentre', 'measure.decide', decision(scenario)))).toEqual([
      `measure:${latestMeasure(scenario)}`,
    ]);
    granted(scenario, 'jobcentre');
    expect(scenario.state.measures.measures[0]).toMatchObject({ status: 'granted', decidedOn: scenario.today });
  });

  it.each(['police', 'municipal', 'probation'] as const)('refuses %s, who does not own it (FM-DEC-3)', (who) => {
    expect(refusal(withPlacement(aCase()), who)).toMatchObject({ rule: 'FM-DEC-3', field: 'measure', rests: ['own'] });
  });

  it('refuses the owner of another measure as if this one did not exist (FM-DEC-3, FM-CNF-4)', () => {
    const scenario = withTreatment(withPlacement(aCase()));
    const foreign = refusal(scenario, 'jobcentre');
    expect(foreign).toMatchObject({ rule: 'FM-DEC-3', rests: ['own'] });
    expect(refusal(scenario, 'jobcentre', { measure: '99999999-0000-4000-8000-000000000000' })).toEqual(foreign);
  });

  it('refuses a worker of the same authority who is not in the circle (FM-CNF-2)', () => {
    expect(refusal(proposed({ type: 'social-stoette' }), 'municipal2').rule).toBe('FM-CNF-2');
  });

  it("is the seat's where its authority itself owns the measure (FM-DEC-3)", () => {
    expect(
      statusOf(granted(proposed({ type: 'social-stoette' }), 'municipal'), latestMeasure(proposed({ type: 'social-stoette' }))),
    ).toBe('granted');
    expect(granted(proposed({ type: 'overfaldsalarm' }), 'police').state.measures.measures[0]?.status).toBe('granted');
    expect(granted(proposed({ type: 'tilsyn' }), 'probation').state.measures.measures[0]?.status).toBe('granted');
    expect(refusal(proposed({ type: 'overfaldsalarm' }), 'municipal').rule).toBe('FM-DEC-3');
    const custody = aCustodyCase().does('custody', 'measure.propose', { type: 'tilsyn', coveredByActionPlan: false });
    expect(granted(custody, 'custody').state.measures.measures[0]?.status).toBe('granted');
  });

  it('is recorded by the unit, with evidence, for an authority without users (FM-DEC-3)', () => {
    const scenario = proposed({ type: 'afdragsordning' });
    const evidence = { by: 'Sagsbehandler i Gældsstyrelsen', signedOn: scenario.today, keptAt: 'Ishøj 26/77' };
    expect(refusal(scenario, 'municipal')).toMatchObject({ rule: 'FM-DEC-3', field: 'evidence' });
    expect(refusal(scenario, 'municipal', { evidence: { ...evidence, signedOn: '2099-01-01' } })).toMatchObject({
      rule: 'FM-DEC-3',
      field: 'evidence.signedOn',
    });
    expect(
      messageAt(
        scenario.tries('municipal', 'measure.decide', decision(scenario, { evidence: { ...evidence, by: '' } })),
        'evidence.by',
      ),
    ).toMatch('Skriv, hvem');
    const earlier = scenario.today;
    // Police knows nothing of a measure about economy, and decides none (FM-CNF-4).
    expect(refusal(scenario, 'police', { evidence }).rule).toBe('FM-DEC-3');
    scenario.days(2).does('probation', 'measure.decide', decision(scenario, { evidence }));
    expect(scenario.state.measures.measures[0]).toMatchObject({ status: 'granted', decidedOn: earlier });
  });

  it('is not for an owner of something else to record for an authority without users (FM-DEC-3)', () => {
    const scenario = proposed({ type: 'afdragsordning' }, withPlacement(aCase()));
    const evidence = { by: 'Gældsstyrelsen', signedOn: scenario.today, keptAt: 'Ishøj 26/77' };
    expect(refusal(scenario, 'jobcentre', { evidence })).toMatchObject({ rule: 'FM-DEC-3', rests: ['own'] });
  });

  it('refuses needs reason and law; the catalogue names the complaint route of its types (FM-DEC-3, FM-MEA-1)', () => {
    const scenario = withPlacement(aCase());
    expect(refusal(scenario, 'jobcentre', { ...no, reason: undefined })).toMatchObject({ rule: 'FM-DEC-3', field: 'reason' });
    expect(refusal(scenario, 'jobcentre', { ...no, law: undefined })).toMatchObject({ rule: 'FM-DEC-3', field: 'law' });
    expect(fieldsIn(scenario.tries('jobcentre', 'measure.decide', decision(scenario, no)), 'measure')).toEqual([
      'reason',
      'law',
      'complaintRoute',
    ]);
    expect(scenario.does('jobcentre', 'measure.decide', decision(scenario, no)).state.measures.measures[0]?.status).toBe(
      'refused',
    );
  });

  it('refuses a refusal without complaint route where the catalogue knows none (FM-DEC-3)', () => {
    const scenario = proposed({ type: 'andet', title: 'Kørekort', authority: 'municipality:0183' });
    expect(refusal(scenario, 'municipal', no)).toMatchObject({ rule: 'FM-DEC-3', field: 'complaintRoute' });
    expect(
      statusOf(
        scenario.does('municipal', 'measure.decide', decision(scenario, { ...no, complaintRoute: 'Klag til borgmesteren' })),
        latestMeasure(scenario),
      ),
    ).toBe('refused');
  });

  it('stands: a granted measure is stopped, not refused; a refusal that was overturned is granted (FM-MEA-1)', () => {
    const yes = granted(withPlacement(aCase()), 'jobcentre');
    expect(refusal(yes, 'jobcentre', no)).toMatchObject({ rule: 'FM-MEA-1', field: 'measure' });
    const overturned = withPlacement(aCase());
    overturned.does('jobcentre', 'measure.decide', decision(overturned, no));
    expect(refusal(overturned, 'jobcentre', no).rule).toBe('FM-MEA-1');
    expect(granted(overturned, 'jobcentre').state.measures.measures[0]?.status).toBe('granted');
  });

  it('does not wait for consent: a decision is procedure (FM-MEA-3)', () => {
    expect(
      granted(withPlacement(aCase()).does('municipal', 'consent.refuse', saysNo), 'jobcentre').state.measures.measures[0]?.status,
    ).toBe('granted');
  });

  it("is nobody's who is outside the case (FM-CNF-2)", () => {
    expect(refusal(aCaseInCourse(), 'treatment').rule).toBe('FM-CNF-2');
  });
});

describe('granting drug treatment', () => {
  it('needs the plan aligned with the exit measures, and somebody who secures coherence (FM-MEA-4)', () => {
    const scenario = withTreatment(aCase());
    expect(refusal(scenario, 'treatment')).toMatchObject({ rule: 'FM-MEA-4', field: 'planAligned' });
    expect(refusal(scenario, 'treatment', { planAligned: true })).toMatchObject({ rule: 'FM-MEA-4', field: 'coherence' });
    expect(granted(scenario, 'treatment', treatmentPlan).state.measures.measures[0]?.status).toBe('granted');
  });

  it('is not asked for in a refusal, nor of other treatment (FM-MEA-4)', () => {
    const scenario = withTreatment(aCase());
    expect(scenario.does('treatment', 'measure.decide', decision(scenario, no)).state.measures.measures[0]?.status).toBe(
      'refused',
    );
    expect(
      granted(proposed({ type: 'alkohol', owner: people.treatment.user }), 'treatment').state.measures.measures[0]?.status,
    ).toBe('granted');
  });
});

describe('granting housing', () => {
  const housing = (authority = 'municipality:0183:housing') =>
    proposed({
      type: 'boliganvisning',
      authority,
      ...(authority.startsWith('municipality:0183') ? { owner: people.housing.user } : {}),
    });
  const both = { pressingNeed: true, meetsCriteria: true, dwelling: '0183' };

  it('needs both conditions (FM-MEA-5)', () => {
    expect(refusal(housing(), 'housing', { ...both, pressingNeed: false })).toMatchObject({
      rule: 'FM-MEA-5',
      field: 'pressingNeed',
    });
    expect(refusal(housing(), 'housing', { ...both, meetsCriteria: false })).toMatchObject({
      rule: 'FM-MEA-5',
      field: 'meetsCriteria',
    });
    expect(granted(housing(), 'housing', both).state.measures.measures[0]?.status).toBe('granted');
  });

  it('belongs to the municipality where the dwelling lies (FM-MEA-5)', () => {
    expect(refusal(housing(), 'housing', { ...both, dwelling: undefined })).toMatchObject({
      rule: 'FM-MEA-5',
      field: 'dwelling',
    });
    expect(refusal(housing(), 'housing', { ...both, dwelling: '0461' })).toMatchObject({
      rule: 'FM-MEA-5',
      field: 'dwelling',
      detail: expect.stringContaining('Odense Kommune') as string,
    });
  });

  it("refuses the municipality of residence for another's dwelling (FM-MEA-5, FM-DEC-3)", () => {
    expect(refusal(housing('municipality:0461:housing'), 'municipal', { ...both, dwelling: '0461' }).rule).toBe('FM-DEC-3');
  });
});
