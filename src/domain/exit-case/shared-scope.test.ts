import { describe, expect, it } from 'vitest';
import { aConsent, anAcceptedCaseWithConsent } from '../../../tests/support/agreement-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import type { SharedScope } from '../reference/legal-bases.js';
import { scopeGeneration, scopeReaders } from './shared-scope.js';

const { municipal, police, probation } = people;
const THREE = [police.authority, municipal.authority, probation.authority];
const gives = (scenario: Scenario, but: object = {}): Scenario =>
  scenario.does('municipal', 'consent.give', aConsent(scenario, but));
const withdraws = (scenario: Scenario, input: object = {}): Scenario => scenario.does('municipal', 'consent.withdraw', input);
const generation = ({ state }: Scenario, scope: SharedScope = 'general') => scopeGeneration(state, scope);
const reads = ({ state }: Scenario, authority: string, number: number, scope: SharedScope = 'general') =>
  scopeReaders(state, scope, number, [authority]);

describe('the generations of a shared scope', () => {
  it('begin with one that everybody in the circle reads by law (FM-CON-3, FM-CNF-4)', () => {
    const scenario = aCase();
    expect(generation(scenario)).toBe(1);
    for (const authority of THREE) expect(reads(scenario, authority, 1)).toBe(true);
  });

  it('go on unchanged when consent covers everybody who read (FM-CON-2)', () => {
    expect(generation(anAcceptedCaseWithConsent())).toBe(1);
    expect(generation(anAcceptedCaseWithConsent(), 'health')).toBe(1);
  });

  it('open anew when consent leaves one out; he keeps what he had (FM-CON-2)', () => {
    const scenario = gives(aCase(), { authorities: [police.authority, municipal.authority] });
    expect(generation(scenario)).toBe(2);
    expect(reads(scenario, probation.authority, 1)).toBe(true);
    expect(reads(scenario, probation.authority, 2)).toBe(false);
    expect(reads(scenario, municipal.authority, 2)).toBe(true);
  });

  it('do not open health and economy anew because police is left out: it never read them (FM-CNF-4)', () => {
    const scenario = gives(aCase(), { authorities: [municipal.authority, probation.authority] });
    expect([generation(scenario), generation(scenario, 'health'), generation(scenario, 'economy')]).toEqual([2, 1, 1]);
  });

  it('go on while the one withdrawn from has another kind of the scope (FM-CON-2)', () => {
    const scenario = withdraws(anAcceptedCaseWithConsent(), { kinds: ['health'], authorities: [municipal.authority] });
    expect(generation(scenario, 'health')).toBe(1);
    expect(reads(scenario, municipal.authority, 1, 'health')).toBe(true);
  });

  it('open anew when no kind of the scope is left for an authority, and for that scope alone (FM-CON-2)', () => {
    const scenario = withdraws(anAcceptedCaseWithConsent(), { kinds: ['health', 'abuse'], authorities: [municipal.authority] });
    expect([generation(scenario), generation(scenario, 'health'), generation(scenario, 'economy')]).toEqual([1, 2, 1]);
    expect(reads(scenario, municipal.authority, 1, 'health')).toBe(true);
    expect(reads(scenario, municipal.authority, 2, 'health')).toBe(false);
    expect(reads(scenario, probation.authority, 2, 'health')).toBe(true);
  });

  it('open for procedure alone, to the unit, when all is withdrawn; health to nobody (FM-CON-2)', () => {
    const scenario = withdraws(anAcceptedCaseWithConsent());
    expect(generation(scenario)).toBe(2);
    expect(reads(scenario, probation.authority, 2)).toBe(true);
    expect(generation(scenario, 'health')).toBe(2);
    expect(reads(scenario, municipal.authority, 2, 'health')).toBe(false);
  });

  it('give one whom consent never covered nothing of the time it held, also after it is withdrawn (FM-CON-2)', () => {
    const scenario = withdraws(gives(aCase(), { authorities: [municipal.authority, probation.authority] }));
    expect(generation(scenario)).toBe(3);
    expect([1, 2, 3].map((number) => reads(scenario, police.authority, number))).toEqual([true, false, true]);
  });

  it('open the older ones to whoever a new consent covers: it is for the whole case (FM-CON-1)', () => {
    const scenario = withdraws(anAcceptedCaseWithConsent(), { authorities: [probation.authority] });
    expect(reads(scenario, probation.authority, 2)).toBe(false);
    gives(scenario.days(1));
    expect(generation(scenario)).toBe(2);
    expect(reads(scenario, probation.authority, 2)).toBe(true);
  });

  it('stay closed to an authority that is nowhere in the consent (FM-CNF-4)', () => {
    expect(reads(anAcceptedCaseWithConsent(), 'municipality:0461', 1)).toBe(false);
    expect(reads(anAcceptedCaseWithConsent(), municipal.authority, 7)).toBe(false);
  });

  it('do not mix what was shared on a consent with what law carries after it was annulled (FM-WORK-2, FM-CON-3)', () => {
    const scenario = gives(aCase(), { authorities: [municipal.authority, probation.authority] });
    const annul = { what: 'consent', reason: 'Forkert sag' };
    scenario.does('police', 'record.annul', annul).does('municipal', 'record.annul', annul);
    expect(generation(scenario)).toBe(3);
    expect([1, 2, 3].map((number) => reads(scenario, police.authority, number))).toEqual([true, false, true]);
  });
});
