import { describe, expect, it } from 'vitest';
import {
  aCaseInAssessment,
  aCaseReadyToConclude,
  aCaseWithConclusions,
  aCustodyCaseReadyToConclude,
  againstAcceptance,
  anAcceptedCase,
  concludes,
  forAcceptance,
} from '../../../tests/support/assessment-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase } from '../../../tests/support/scenario.js';
import { caseCommands } from './case.js';
import { concludedSeats, conclusionTasks, mayReadConclusion } from './conclusion.js';
import { conclusionOf } from './vote.js';

const tied = { indicators: ['interaction'], description: 'Omgås medlemmer' };

describe('the three conclusions', () => {
  it('each authority concludes on motivation, suitability and need, and overall (FM-ASM-1, FM-ASM-13)', () => {
    const scenario = aCaseWithConclusions({ municipal: 'refuse' });
    expect(concludedSeats(scenario.state)).toEqual(['police', 'municipal', 'probation']);
    expect(conclusionOf(scenario.state, 'municipal')).toMatchObject({
      motivation: 'not-motivated',
      suitability: 'not-suitable',
      need: 'need',
      overall: 'refuse',
    });
  });

  it.each(['motivation', 'suitability', 'need', 'overall'])('cannot leave out %s (FM-ASM-1, FM-ASM-13)', (field) => {
    const outcome = aCaseReadyToConclude().tries('police', 'assessment.submit', { ...forAcceptance, [field]: undefined });
    expect(outcome).toMatchObject({
      invalid: true,
      issues: [{ path: field, message: expect.stringContaining('Vælg') as string }],
    });
  });

  it('are given by members of the unit, each for his own authority, once the assessment has begun (FM-ASM-1)', () => {
    expect(aCase().refusal('municipal', 'assessment.submit', forAcceptance).rule).toBe('FM-ASM-1');
    expect(aCaseReadyToConclude().refusal('jobcentre', 'assessment.submit', forAcceptance).rule).toBe('FM-CNF-2');
    const scenario = concludes(aCaseReadyToConclude(), 'municipal', 'accept');
    expect(scenario.events('ConclusionSubmitted')).toMatchObject([
      { seat: 'municipal', authority: 'municipality:0183', version: 1 },
    ]);
  });

  it('in custody DfK alone concludes (FM-ASM-1, FM-CUS-1)', () => {
    const scenario = aCustodyCaseReadyToConclude();
    expect(scenario.refusal('police', 'assessment.submit', forAcceptance).rule).toBe('FM-CNF-2');
    expect(concludedSeats(concludes(scenario, 'custody', 'accept').state)).toEqual(['custody']);
  });

  it('do not say “let in” of somebody found unmotivated, unsuitable or without need (FM-ASM-1)', () => {
    for (const part of [
      { motivation: 'not-motivated', motivationAgainst: 'x' },
      { suitability: 'not-suitable', suitabilityAgainst: 'x' },
      { need: 'no-need', needAgainst: 'x' },
    ]) {
      expect(aCaseReadyToConclude().refusal('police', 'assessment.submit', { ...forAcceptance, ...part })).toMatchObject({
        rule: 'FM-ASM-1',
        field: 'overall',
      });
    }
  });
});

describe('motivation', () => {
  const afraid = { ...forAcceptance, factors: ['fear'] };

  it('carried by fear alone is justified, or found not to carry (FM-ASM-2)', () => {
    const scenario = aCaseReadyToConclude();
    expect(scenario.refusal('municipal', 'assessment.submit', afraid)).toMatchObject({
      rule: 'FM-ASM-2',
      field: 'fearJustification',
    });
    expect(
      scenario.tries('municipal', 'assessment.submit', { ...afraid, fearJustification: 'Har søgt hjælp i tre år' }),
    ).toHaveLength(1);
    expect(scenario.tries('municipal', 'assessment.submit', { ...againstAcceptance, factors: ['fear'] })).toHaveLength(1);
  });

  it('may hold fear among other things (FM-ASM-2)', () => {
    expect(
      aCaseReadyToConclude().tries('municipal', 'assessment.submit', { ...forAcceptance, factors: ['fear', 'family'] }),
    ).toHaveLength(1);
  });

  it('does not rest on nothing (FM-ASM-2)', () => {
    expect(aCaseReadyToConclude().refusal('municipal', 'assessment.submit', { ...forAcceptance, factors: [] })).toMatchObject({
      rule: 'FM-ASM-2',
      field: 'factors',
    });
  });
});

describe('suitability', () => {
  it.each(['leaving', 'lifestyle', 'steps', 'cooperation'])('is not assessed without “%s” (FM-ASM-3)', (field) => {
    expect(aCaseReadyToConclude().tries('police', 'assessment.submit', { ...forAcceptance, [field]: undefined })).toMatchObject({
      invalid: true,
      issues: [{ path: field }],
    });
  });

  it('is concluded by people: the same four answers carry either conclusion, and no score is stored (FM-ASM-8)', () => {
    const poor = { leaving: 'no', lifestyle: 'no', steps: 'no', cooperation: 'no' };
    const suited = aCaseReadyToConclude().does('police', 'assessment.submit', { ...forAcceptance, ...poor });
    const unsuited = aCaseReadyToConclude().does('police', 'assessment.submit', { ...againstAcceptance, ...poor });
    expect(conclusionOf(suited.state, 'police')?.suitability).toBe('suitable');
    expect(conclusionOf(unsuited.state, 'police')?.suitability).toBe('not-suitable');
    expect(Object.values(suited.events('ConclusionSubmitted')[0] ?? {}).filter((value) => typeof value === 'number')).toEqual([
      1,
    ]);
  });
});

describe('the circumstances also recorded', () => {
  it('never refuse by themselves: the worst of them goes with acceptance (FM-ASM-4)', () => {
    const circumstances = {
      ties: 'Tæt på ledelsen',
      standing: 'Højt placeret',
      leavingRisk: 'Stor',
      threatLevel: 'high',
      networkObstacle: 'yes',
      otherPrevention: 'yes',
    };
    const outcome = aCaseReadyToConclude().tries('police', 'assessment.submit', { ...forAcceptance, ...circumstances });
    expect(outcome).toMatchObject([{ event: { overall: 'accept' } }]);
    expect(JSON.stringify(outcome)).not.toContain('Tæt på ledelsen');
  });
});

describe('reasons', () => {
  it.each([
    ['motivationFor', forAcceptance],
    ['suitabilityFor', forAcceptance],
    ['needFor', forAcceptance],
    ['motivationAgainst', againstAcceptance],
    ['suitabilityAgainst', againstAcceptance],
  ])('no conclusion stands without %s (FM-ASM-12)', (field, conclusion) => {
    expect(aCaseReadyToConclude().refusal('police', 'assessment.submit', { ...conclusion, [field]: undefined })).toMatchObject({
      rule: 'FM-ASM-12',
      field,
    });
  });

  it('are owed by a conclusion that there is no need, too; what speaks the other way is not (FM-ASM-12, FM-ASM-13)', () => {
    const none = { ...forAcceptance, need: 'no-need', needFor: undefined, overall: 'refuse' };
    expect(aCaseReadyToConclude().refusal('police', 'assessment.submit', none)).toMatchObject({
      rule: 'FM-ASM-12',
      field: 'needAgainst',
    });
    expect(aCaseReadyToConclude().tries('police', 'assessment.submit', { ...none, needAgainst: 'Har job' })).toHaveLength(1);
    const against = { ...againstAcceptance, motivationFor: undefined, suitabilityFor: undefined };
    expect(aCaseReadyToConclude().tries('police', 'assessment.submit', against)).toHaveLength(1);
  });

  it('lie in the scope sealed for the seat, none of them in the core (FM-ASM-12, FM-CNF-4)', () => {
    const outcome = aCaseReadyToConclude().tries('probation', 'assessment.submit', forAcceptance);
    expect(outcome).toMatchObject([
      { bodies: [{ scope: { kind: 'sealed', subject: 'probation' }, content: { factors: ['family', 'weary'] } }] },
    ]);
    expect(outcome).not.toHaveProperty('0.event.factors');
  });
});

describe('the seal', () => {
  it('opens the others to an authority when its own is in, and not before (FM-ASM-12)', () => {
    const scenario = concludes(aCaseReadyToConclude(), 'police', 'accept');
    const reads = (reader: Parameters<typeof mayReadConclusion>[1], of: Parameters<typeof mayReadConclusion>[2]) =>
      mayReadConclusion(scenario.state, reader, of);
    expect([
      reads('police', 'police'),
      reads('municipal', 'police'),
      reads('probation', 'police'),
      reads(undefined, 'police'),
    ]).toEqual([true, false, false, false]);
    concludes(scenario, 'municipal', 'refuse');
    expect([
      reads('police', 'municipal'),
      reads('municipal', 'police'),
      reads('probation', 'police'),
      reads(undefined, 'municipal'),
    ]).toEqual([true, true, false, false]);
    concludes(scenario, 'probation', 'accept');
    expect([reads('probation', 'police'), reads(undefined, 'police'), reads(undefined, 'probation')]).toEqual([true, true, true]);
  });

  it("never closes an authority's own to itself (FM-ASM-12)", () => {
    expect(mayReadConclusion(aCaseReadyToConclude().state, 'police', 'police')).toBe(true);
  });

  it("in custody opens to police asked in when the custody officer's is in (FM-ASM-12, FM-CUS-3)", () => {
    const scenario = aCustodyCaseReadyToConclude();
    expect(mayReadConclusion(scenario.state, 'police', 'custody')).toBe(false);
    expect(mayReadConclusion(concludes(scenario, 'custody', 'accept').state, 'police', 'custody')).toBe(true);
  });

  it('lets an authority replace its conclusion freely while nobody else can read it (FM-ASM-12)', () => {
    const scenario = concludes(concludes(aCaseReadyToConclude(), 'police', 'accept'), 'police', 'refuse');
    expect(conclusionOf(scenario.state, 'police')).toMatchObject({ overall: 'refuse', version: 2 });
    expect(scenario.events('ConclusionSubmitted')).toHaveLength(2);
  });

  it('once open, demands a reason for a change, and keeps both versions (FM-ASM-12)', () => {
    const scenario = concludes(concludes(aCaseReadyToConclude(), 'police', 'accept'), 'municipal', 'refuse');
    expect(scenario.refusal('police', 'assessment.submit', againstAcceptance)).toMatchObject({
      rule: 'FM-ASM-12',
      field: 'changeReason',
    });
    scenario.does('police', 'assessment.submit', { ...againstAcceptance, changeReason: 'Kommunens oplysninger er nye for os' });
    expect(scenario.events('ConclusionSubmitted')).toMatchObject([
      { seat: 'police', version: 1, overall: 'accept', changeReasonGiven: false },
      { seat: 'municipal' },
      { seat: 'police', version: 2, overall: 'refuse', changeReasonGiven: true },
    ]);
  });

  it('one authority may still conclude first time without a reason when the others are in (FM-ASM-12)', () => {
    const scenario = concludes(concludes(aCaseReadyToConclude(), 'police', 'accept'), 'municipal', 'refuse');
    expect(concludedSeats(concludes(scenario, 'probation', 'accept').state)).toHaveLength(3);
  });
});

describe('outdated conclusions', () => {
  it('are those given before the target group was changed; they are given anew without a reason (FM-ASM-12)', () => {
    const scenario = aCaseWithConclusions().does('police', 'assessment.targetGroup', {
      category: '1b',
      registration: 'formerly',
    });
    expect(scenario.state.conclusions.given.every((one) => one.outdatedOn === '2026-11-02')).toBe(true);
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-ASM-12');
    for (const who of ['police', 'municipal', 'probation'] as const) concludes(scenario, who, 'accept');
    expect(scenario.does('police', 'decision.accept').state.decision.outcome?.result).toBe('accepted');
  });

  it('are those given before police corrected the registration (FM-ASM-12)', () => {
    const scenario = aCaseWithConclusions().does('police', 'assessment.targetGroup', { registration: 'formerly' });
    expect(conclusionOf(scenario.state, 'municipal')?.outdatedOn).toBe('2026-11-02');
  });

  it('are not those given before the facts were first settled, or when the same is said again (FM-ASM-12)', () => {
    const first = concludes(aCaseInAssessment(), 'municipal', 'accept').does('police', 'assessment.targetGroup', {
      category: '2c',
      registration: 'not',
      ...tied,
    });
    expect(conclusionOf(first.state, 'municipal')?.outdatedOn).toBeUndefined();
    const again = aCaseWithConclusions().does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' });
    expect(conclusionOf(again.state, 'municipal')?.outdatedOn).toBeUndefined();
  });
});

describe('a conflict of interest', () => {
  it("takes the member's conclusion out of the count; his replacement concludes anew (FM-DEC-4)", () => {
    const scenario = aCaseWithConclusions().does('police', 'circle.declareConflict', {
      reason: 'Bekendt med familien',
      replacement: people.police2.user,
    });
    expect(concludedSeats(scenario.state)).toEqual(['municipal', 'probation']);
    expect(mayReadConclusion(scenario.state, 'police', 'municipal')).toBe(false);
    expect(scenario.refusal('municipal', 'decision.accept')).toMatchObject({
      rule: 'FM-ASM-1',
      detail: expect.stringContaining('politiet') as string,
    });
    concludes(scenario, 'police2', 'accept');
    expect(conclusionOf(scenario.state, 'police')?.version).toBe(2);
  });

  it('is another thing than an ordinary change of representative: that conclusion stands (FM-DEC-4)', () => {
    const scenario = aCaseWithConclusions()
      .does('municipal', 'circle.remove', { user: people.police.user, reason: 'Nyt job' })
      .does('municipal', 'circle.add', { user: people.police2.user, role: 'police', reason: 'Afløser' });
    expect(concludedSeats(scenario.state)).toContain('police');
  });
});

describe('a seat taken over by another authority', () => {
  it('has not concluded: the new municipality speaks for itself (FM-ASM-1, FM-CUS-9)', () => {
    const scenario = aCaseWithConclusions()
      .does('police', 'residence.change', { municipality: '0461', from: '2026-11-01' })
      .does('police', 'circle.remove', { user: people.municipal.user, reason: 'Flyttet' })
      .does('police', 'circle.add', { user: people.odense.user, role: 'municipal', reason: 'Ny kommune' });
    expect(concludedSeats(scenario.state)).toEqual(['police', 'probation']);
    expect(scenario.refusal('police', 'decision.accept').rule).toBe('FM-ASM-1');
  });
});

describe('what waits', () => {
  it('asks each seat that lacks, 14 days after the beginning (FM-WORK-1)', () => {
    const scenario = concludes(aCaseReadyToConclude('2026-11-02'), 'municipal', 'accept');
    expect(conclusionTasks(scenario.state).map(({ owner, due }) => [owner, due])).toEqual([
      [{ seat: 'police' }, '2026-11-16'],
      [{ seat: 'probation' }, '2026-11-16'],
    ]);
    expect(conclusionTasks(scenario.state)[0]?.title).toBe('Afgiv vurderingen fra politiet');
    expect(conclusionTasks(aCaseWithConclusions().state)).toEqual([]);
    expect(conclusionTasks(anAcceptedCase().state)).toEqual([]);
    expect(conclusionTasks(aCase().state)).toEqual([]);
  });

  it('asks for outdated ones again (FM-ASM-12)', () => {
    const scenario = aCaseWithConclusions({}, '2026-11-02')
      .days(20)
      .does('police', 'assessment.targetGroup', { category: '1b', registration: 'formerly' });
    expect(conclusionTasks(scenario.state).map(({ title, due }) => [title, due])).toContainEqual([
      'Afgiv vurderingen fra kommunen igen',
      '2026-12-06',
    ]);
  });
});

it('the form holds no field that adds up or ranks (FM-ASM-8)', () => {
  const submit = caseCommands.find((one) => one.name === 'assessment.submit');
  expect(
    Object.keys((submit?.input as unknown as { shape: object }).shape).filter((field) =>
      /score|point|rank|sum|probability/i.test(field),
    ),
  ).toEqual([]);
});
