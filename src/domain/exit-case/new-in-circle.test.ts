import { describe, expect, it } from 'vitest';
import { people, type PersonName } from '../../../tests/support/people.js';
import { aCase, anInquiry, type Scenario } from '../../../tests/support/scenario.js';
import { hasWorked } from './new-in-circle.js';

const worked = (scenario: Scenario, who: PersonName): boolean => hasWorked(scenario.stream, people[who].user);

describe('whether somebody has worked in a case', () => {
  it('is not so because he took the inquiry, nor because a colleague put him there (FM-DEC-4)', () => {
    expect([worked(aCase(), 'police'), worked(aCase(), 'probation')]).toEqual([false, false]);
  });

  it('is not so because he said that it is not his unit’s, and it came back to him (FM-INT-7)', () => {
    const back = anInquiry().does('police', 'inquiry.dispute', { whereabouts: 'Er fraflyttet' }).does('officialKl', 'contactPoint.nameUnit', { unit: 'koebenhavns-vestegn', reason: 'Er i Ishøj' })
      .does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
    expect([worked(back, 'police'), worked(back, 'officialKl')]).toEqual([false, false]);
  });

  it('is not so because he opened its safety card when he was not in it (FM-CNF-10)', () => {
    expect(worked(aCase().does('municipal2', 'safetyCard.open', { reason: 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.' }), 'municipal2')).toBe(false);
  });

  it('is not so because he became its co-ordinator, in an empty seat or in the place of who left it (FM-WORK-7)', () => {
    for (const before of [aCase(), aCase().does('police', 'circle.declareConflict', { reason: 'Fætter' })]) {
      const after = before.does('police2', 'circle.takeOver', { reason: 'Ingen koordinator' });
      expect(worked(after, 'police2')).toBe(false);
      expect(worked(after.does('police2', 'security.raiseAcute', {}), 'police2')).toBe(true);
    }
  });
});
