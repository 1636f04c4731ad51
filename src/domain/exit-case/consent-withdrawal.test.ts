import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  aConsent,
  allWithdrawn,
  anAcceptedCaseWithConsent,
  partWithdrawn,
} from '../../../tests/support/agreement-states.js';
import { messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase } from '../../../tests/support/scenario.js';
import { coveredFor } from './consent.js';

const { municipal, police } = people;

describe('withdrawing consent', () => {
  it('takes all of it back at once, without reason or evidence (FM-CON-2)', () => {
    const scenario = anAcceptedCaseWithConsent().days(3).does('municipal', 'consent.withdraw', allWithdrawn);
    expect(scenario.state.consent).toMatchObject({ status: 'withdrawn', on: scenario.today, kinds: [], authorities: [] });
  });

  it('takes back the kinds that are named, from everybody (FM-CON-2)', () => {
    const { state, today } = anAcceptedCaseWithConsent().does(
      'municipal',
      'consent.withdraw',
      partWithdrawn({ kinds: ['health'] }),
    );
    expect(state.consent.status).toBe('given');
    expect(coveredFor(state, municipal.authority, 'health', today)).toBe(false);
    expect(coveredFor(state, municipal.authority, 'abuse', today)).toBe(true);
  });

  it('takes back all kinds from the authorities that are named (FM-CON-2)', () => {
    const { state, today } = anAcceptedCaseWithConsent().does(
      'municipal',
      'consent.withdraw',
      partWithdrawn({
        authorities: [police.authority],
      }),
    );
    expect(state.consent.authorities).not.toContain(police.authority);
    expect(coveredFor(state, municipal.authority, 'health', today)).toBe(true);
  });

  it('takes back the one cell where a kind and an authority meet (FM-CON-2)', () => {
    const { state, today } = anAcceptedCaseWithConsent().does(
      'municipal',
      'consent.withdraw',
      partWithdrawn({
        kinds: ['criminal'],
        authorities: [municipal.authority],
      }),
    );
    expect(coveredFor(state, municipal.authority, 'criminal', today)).toBe(false);
    expect(coveredFor(state, police.authority, 'criminal', today)).toBe(true);
    expect(coveredFor(state, municipal.authority, 'social', today)).toBe(true);
  });

  it('ends no measure and deletes nothing (FM-CON-2)', () => {
    const scenario = aCaseInCourse();
    const before = { measures: scenario.state.measures, agreement: scenario.state.agreement, events: scenario.stream.length };
    scenario.does('municipal', 'consent.withdraw', allWithdrawn);
    expect(scenario.state.measures).toEqual(before.measures);
    expect(scenario.state.agreement).toEqual(before.agreement);
    expect(scenario.state.course.status).toBe('running');
    expect(scenario.stream).toHaveLength(before.events + 1);
  });

  it('keeps what the candidate said where the unit reads it (FM-CON-2)', () => {
    expect(
      scopesOf(anAcceptedCaseWithConsent().tries('municipal', 'consent.withdraw', { extent: 'all', reason: 'Vil have fred' })),
    ).toEqual(['general']);
  });

  it('refuses what is not covered, and what was never given (FM-CON-2)', () => {
    const scenario = anAcceptedCaseWithConsent().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['health'] }));
    expect(scenario.refusal('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['health'] }))).toMatchObject({
      rule: 'FM-CON-2',
      field: 'kinds',
      rests: ['consent'],
    });
    expect(aCase().refusal('municipal', 'consent.withdraw', allWithdrawn)).toMatchObject({
      rule: 'FM-CON-2',
      rests: ['consent'],
    });
    expect(
      scenario.does('municipal', 'consent.withdraw', allWithdrawn).refusal('municipal', 'consent.withdraw', allWithdrawn).rule,
    ).toBe('FM-CON-2');
  });

  it('ends nothing by a form that was sent untouched: how much, and what was said, are asked for (FM-CON-2)', () => {
    const untouched = anAcceptedCaseWithConsent().tries('municipal', 'consent.withdraw');
    expect(messageAt(untouched, 'extent')).toBe('Vælg, om det er hele samtykket eller kun noget af det');
    expect(messageAt(untouched, 'reason')).toBe('Skriv, hvad kandidaten sagde, og hvordan');
  });

  it('refuses a part that nothing is named of, and a whole that something is named of (FM-CON-2)', () => {
    const scenario = anAcceptedCaseWithConsent();
    expect(scenario.refusal('municipal', 'consent.withdraw', partWithdrawn({}))).toMatchObject({
      rule: 'FM-CON-2',
      field: 'kinds',
    });
    expect(scenario.refusal('municipal', 'consent.withdraw', { ...allWithdrawn, kinds: ['health'] })).toMatchObject({
      rule: 'FM-CON-2',
      field: 'extent',
    });
  });

  it('refuses one who is not of the unit (FM-CNF-2)', () => {
    expect(aCaseInCourse().refusal('jobcentre', 'consent.withdraw', allWithdrawn).rule).toBe('FM-CNF-2');
  });
});

describe('whether the case can go on', () => {
  it("is the unit's to decide, with reasons (FM-CON-2)", () => {
    const scenario = aCaseInCourse().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['health'] }));
    expect(messageAt(scenario.tries('police', 'consent.weighWithdrawal', { outcome: 'goes-on' }), 'reason')).toMatch('Skriv');
    expect(messageAt(scenario.tries('police', 'consent.weighWithdrawal', { reason: 'x' }), 'outcome')).toMatch('Vælg');
    scenario.does('police', 'consent.weighWithdrawal', { outcome: 'goes-on', reason: 'Tiltagene kører videre' });
    expect(scenario.state.consent).toMatchObject({ status: 'given' });
    expect(scenario.state.consent.withdrawal).toBeUndefined();
  });

  it('refuses to go on with a consent of which nothing is left, until there is a new one (FM-CON-1, FM-CON-2)', () => {
    const goesOn = { outcome: 'goes-on', reason: 'Tiltagene kører videre' };
    const scenario = aCaseInCourse().does('municipal', 'consent.withdraw', allWithdrawn);
    expect(scenario.refusal('police', 'consent.weighWithdrawal', goesOn)).toMatchObject({
      rule: 'FM-CON-1',
      field: 'outcome',
      rests: ['consent'],
      detail: expect.stringContaining('nyt samtykke') as string,
    });
    expect(scenario.tries('police', 'consent.weighWithdrawal', { ...goesOn, outcome: 'cannot-go-on' })).toHaveLength(1);
    expect(scenario.does('municipal', 'consent.give', aConsent(scenario)).state.consent.withdrawal).toBeUndefined();
  });

  it('refuses while there is nothing to decide (FM-CON-2)', () => {
    expect(aCaseInCourse().refusal('police', 'consent.weighWithdrawal', { outcome: 'goes-on', reason: 'x' })).toMatchObject({
      rule: 'FM-CON-2',
      rests: ['consent'],
    });
  });
});
