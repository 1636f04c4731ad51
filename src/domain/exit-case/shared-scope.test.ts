import { describe, expect, it } from 'vitest';
import {
  aConsent,
  allWithdrawn,
  anAcceptedCaseWithConsent,
  partWithdrawn,
  saysNo,
  withPlacement,
} from '../../../tests/support/agreement-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import type { SharedScope } from '../reference/legal-bases.js';
import { scopeGeneration, scopeReaders } from './shared-scope.js';

const { municipal, police, probation } = people;
const THREE = [police.authority, municipal.authority, probation.authority];
const gives = (scenario: Scenario, but: object = {}): Scenario =>
  scenario.does('municipal', 'consent.give', aConsent(scenario, but));
const withdraws = (scenario: Scenario, what?: Parameters<typeof partWithdrawn>[0]): Scenario =>
  scenario.does('municipal', 'consent.withdraw', what === undefined ? allWithdrawn : partWithdrawn(what));
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

  it('open a closed one too to whoever a new consent covers, and take it from nobody who had it (FM-CON-1, FM-CON-2)', () => {
    const scenario = gives(aCase(), { authorities: [police.authority, municipal.authority] });
    withdraws(scenario, { authorities: [police.authority] });
    expect([1, 2, 3].map((number) => reads(scenario, police.authority, number))).toEqual([true, true, false]);
    expect(reads(scenario, probation.authority, 2)).toBe(false);
    gives(scenario.days(1), { authorities: [municipal.authority, probation.authority] });
    expect(generation(scenario)).toBe(3);
    expect([1, 2, 3].map((number) => reads(scenario, probation.authority, number))).toEqual([true, true, true]);
    expect([1, 2, 3].map((number) => reads(scenario, police.authority, number))).toEqual([true, true, false]);
  });

  it('open once for procedure, however often the candidate says no (FM-CON-2, FM-CON-3)', () => {
    const scenario = aCase().does('municipal', 'consent.refuse', saysNo);
    expect(generation(scenario)).toBe(2);
    expect([1, 2].map((number) => reads(scenario, probation.authority, number))).toEqual([true, true]);
    const withdrawn = withdraws(anAcceptedCaseWithConsent()).does('municipal', 'consent.refuse', saysNo);
    expect(generation(withdrawn)).toBe(2);
  });

  it('do not hang on who owns a measure, or has left, or came later: they did not read (FM-CNF-2, FM-CNF-4)', () => {
    const owner = withPlacement(aCase());
    expect(generation(gives(owner, { authorities: THREE }))).toBe(1);
    const left = aCase().does('police', 'circle.remove', { user: probation.user, reason: 'Orlov' }).days(1);
    expect(generation(gives(left, { authorities: [police.authority, municipal.authority] }))).toBe(1);
    const later = gives(aCase(), { authorities: THREE })
      .days(1)
      .does('police', 'circle.add', { user: people.odense.user, role: 'contact', reason: 'Mentor' });
    expect(generation(later)).toBe(1);
    expect(reads(later, people.odense.authority, 1)).toBe(false);
  });

  it('count a contact person of another authority, and a member who leaves afterwards (FM-CNF-4)', () => {
    const contact = aCase().does('police', 'circle.add', { user: people.odense.user, role: 'contact', reason: 'Mentor' });
    expect(generation(gives(contact, { authorities: THREE }))).toBe(2);
    const leaves = gives(aCase(), { authorities: [police.authority, municipal.authority] }).days(1);
    leaves.does('police', 'circle.remove', { user: probation.user, reason: 'Orlov' });
    expect(generation(leaves)).toBe(2);
  });

  it('open anew also when one leaves the consent who is no member: what he is told of the scope ends (FM-CON-2)', () => {
    const scenario = withdraws(anAcceptedCaseWithConsent(), { authorities: [people.jobcentre.authority] });
    expect(generation(scenario)).toBe(2);
    for (const authority of THREE) expect(reads(scenario, authority, 2)).toBe(true);
  });

  it('are open to a person who holds one of the authorities among others (FM-CNF-4)', () => {
    const { state } = gives(aCase(), { authorities: [municipal.authority] });
    expect(scopeReaders(state, 'general', 2, [people.jobcentre.authority, municipal.authority])).toBe(true);
    expect(scopeReaders(state, 'general', 2, [people.jobcentre.authority, police.authority])).toBe(false);
  });

  it('go back to the earlier consent when the later one is annulled (FM-WORK-2)', () => {
    const scenario = gives(gives(aCase(), { authorities: [police.authority, municipal.authority] }), { authorities: THREE });
    const annul = { what: 'consent', reason: 'Forkert sag' };
    scenario.does('police', 'record.annul', annul).does('municipal', 'record.annul', annul);
    expect(scenario.state.consent.authorities).toEqual([police.authority, municipal.authority]);
    expect(generation(scenario)).toBe(3);
    expect(reads(scenario, probation.authority, 3)).toBe(false);
    expect(reads(scenario, police.authority, 3)).toBe(true);
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
