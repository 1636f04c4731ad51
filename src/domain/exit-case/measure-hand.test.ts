import { describe, expect, it } from 'vitest';
import { granted, latestMeasure, withPlacement, withTreatment } from '../../../tests/support/agreement-states.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { caseCommand } from './case.js';

const when = (scenario: Scenario, who: PersonName, name: string) =>
  caseCommand(name)?.when(scenario.state, scenario.context(people[who]));
const OWNERS = ['measure.decide', 'measure.start', 'measure.report', 'measure.complete', 'measure.stop'];

describe('what is said beforehand of a measure', () => {
  it.each(OWNERS)('%s waits for the authority that is responsible: others are told so (FM-DEC-3)', (name) => {
    for (const who of ['police', 'municipal', 'probation'] as const) {
      expect(when(withPlacement(aCase()), who, name)).toMatchObject({
        rule: 'FM-DEC-3',
        rests: ['own'],
        detail: expect.stringMatching(/^Kun den myndighed, der har ansvaret for tiltaget/) as string,
      });
    }
  });

  it('says to its owner how it stands, and lets him at each stage do what belongs to it (FM-MEA-1)', () => {
    const possible = (scenario: Scenario) => OWNERS.filter((name) => when(scenario, 'jobcentre', name) === undefined);
    const scenario = withPlacement(aCase());
    expect(when(scenario, 'jobcentre', 'measure.start')?.detail).toBe(
      'Tiltaget er foreslået. Et tiltag kan begynde, når det er bevilget.',
    );
    expect(possible(scenario)).toEqual(['measure.decide']);
    expect(possible(granted(scenario, 'jobcentre'))).toEqual(['measure.start', 'measure.report', 'measure.stop']);
    scenario.does('jobcentre', 'measure.start', { measure: latestMeasure(scenario), on: scenario.today });
    expect(possible(scenario)).toEqual(['measure.report', 'measure.complete', 'measure.stop']);
    scenario.does('jobcentre', 'measure.complete', { measure: latestMeasure(scenario), on: scenario.today });
    expect(possible(scenario)).toEqual([]);
  });

  it('tells police nothing of one about health, and the municipality what can be done (FM-CNF-4, FM-MEA-3)', () => {
    const nothing = when(aCase(), 'police', 'measure.chooseLater');
    expect(nothing).toMatchObject({ rule: 'FM-MEA-3' });
    expect(when(withTreatment(aCase()), 'police', 'measure.chooseLater')).toEqual(nothing);
    expect(when(withTreatment(aCase()), 'municipal', 'measure.chooseLater')).toBeUndefined();
    expect(when(withPlacement(aCase()), 'municipal', 'measure.chooseLater')).toMatchObject({ rule: 'FM-MEA-3' });
    expect(when(aCase(), 'municipal', 'measure.request')).toMatchObject({ rule: 'FM-MEA-1' });
    expect(when(withTreatment(aCase()), 'municipal', 'measure.request')).toMatchObject({ rule: 'FM-MEA-3' });
    expect(when(withPlacement(aCase()), 'municipal', 'measure.request')).toBeUndefined();
  });
});
