import { describe, expect, it } from 'vitest';
import { aCaseWithConclusions, aRefusedCase } from '../../../tests/support/assessment-states.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { outcomeOf, overtakenPosition } from './question-outcome.js';
import { authoritiesNeeded, questionTasks } from './question-tasks.js';

const questionIn = ({ state }: Scenario) => {
  const question = state.questions.questions.at(-1);
  if (question === undefined) throw new Error('not asked');
  return question;
};
const sends = { entries: [{ text: 'Afslaget' }] };
/** A review the contact point asked for itself: the unit has sent nothing, and its three days are over. */
const inReview = (): Scenario => aRefusedCase('2026-11-02').does('officialKl', 'decision.requestReview', { account: 'De hørte ikke efter' }).days(7);
const stands = (scenario: Scenario, who: PersonName, position: 'uphold' | 'overturn'): Scenario => {
  const question = questionIn(scenario).id;
  if (!questionIn(scenario).takenBy.some((one) => one.user === people[who].user)) scenario.does(who, 'contactPoint.takeQuestion', { question });
  return scenario.does(who, 'contactPoint.decideReview', { question, position, reasons: 'Samlet vurdering' });
};
const again = (scenario: Scenario, who: PersonName) => scenario.tries(who, 'contactPoint.decideReview', { question: questionIn(scenario).id, position: 'overturn', reasons: 'Nu set' });
const overtaken = (scenario: Scenario): readonly string[] => ['rigspolitiet', 'kl', 'dfk'].filter((one) => overtakenPosition(questionIn(scenario), one) !== undefined);
const standing = (scenario: Scenario) => questionIn(scenario).positions.map((one) => [one.authority, one.position]);

describe('an authority’s position', () => {
  it('is given once, while nothing comes to the question after it (FM-DEC-2)', () => {
    const scenario = stands(inReview().does('municipal', 'decision.supplementReview', sends), 'officialKl', 'uphold');
    expect(again(scenario, 'officialKl')).toMatchObject({ rejected: true, rule: 'FM-DEC-2' });
    expect(overtaken(scenario)).toEqual([]);
  });

  it('is overtaken by what the unit sends after it, and by nothing before it (FM-DEC-2, FM-NCP-2)', () => {
    const scenario = stands(inReview(), 'officialKl', 'uphold').does('municipal', 'decision.supplementReview', sends);
    stands(scenario, 'officialDfk', 'overturn');
    expect(overtaken(scenario)).toEqual(['kl']);
    expect(overtakenPosition(questionIn(scenario), 'kl')?.overtakenOn).toBe(scenario.today);
    expect(again(scenario, 'officialDfk')).toMatchObject({ rejected: true, rule: 'FM-DEC-2' });
  });

  it('is overtaken by the candidate’s late answer to his hearing (FM-DEC-5, FM-LAW-1, FM-DEC-2)', () => {
    const scenario = aCaseWithConclusions({ municipal: 'refuse' }, '2026-11-02').does('police', 'hearing.send', { facts: 'x', deadline: '2026-11-10' }).days(9);
    scenario.does('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' });
    const question = questionIn(scenario).id;
    const refuses = { question, position: 'refuse', criterion: 'motivation', reasons: 'x' };
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question }).does('officialKl', 'contactPoint.decide', refuses);
    expect(scenario.refusal('officialKl', 'contactPoint.decide', refuses).rule).toBe('FM-DEC-2');
    scenario.does('municipal', 'hearing.answer', { answer: 'Ikke enig' });
    expect(overtaken(scenario)).toEqual(['kl']);
    scenario.does('officialKl', 'contactPoint.decide', { question, position: 'accept', reasons: 'Nu set' });
    expect(standing(scenario)).toEqual([['kl', 'accept']]);
  });

  it('given anew counts in place of the first, which stands in the stream; two of one authority are not two equal ones (FM-DEC-2)', () => {
    const scenario = stands(inReview(), 'officialKl', 'uphold').does('municipal', 'decision.supplementReview', sends);
    stands(scenario, 'officialKl', 'uphold');
    expect([questionIn(scenario).status, overtaken(scenario), standing(scenario)]).toEqual(['open', [], [['kl', 'refuse']]]);
    expect(scenario.events('OfficialPositionGiven')).toHaveLength(2);
    expect(again(scenario, 'officialKl')).toMatchObject({ rejected: true, rule: 'FM-DEC-2' });
    stands(scenario.does('police', 'decision.supplementReview', sends), 'officialKl', 'overturn');
    stands(scenario, 'officialDfk', 'uphold');
    expect(standing(scenario)).toEqual([['kl', 'accept'], ['dfk', 'refuse']]);
    expect([questionIn(scenario).status, authoritiesNeeded(questionIn(scenario))]).toEqual(['open', 1]);
  });

  it('given anew decides at once when it is now the other’s (FM-DEC-2)', () => {
    const scenario = stands(stands(inReview(), 'officialKl', 'uphold'), 'officialDfk', 'overturn').does('municipal', 'decision.supplementReview', sends);
    expect(overtaken(scenario)).toEqual(['kl', 'dfk']);
    stands(scenario, 'officialKl', 'overturn');
    expect(outcomeOf(questionIn(scenario))).toBe('overturned');
    expect(scenario.events('ReviewDecided')).toMatchObject([{ result: 'overturned', participants: [people.officialDfk.user, people.officialKl.user] }]);
  });

  it('that was overtaken still counts: an equal one decides, and after it nothing changes (FM-DEC-2)', () => {
    const scenario = stands(inReview(), 'officialKl', 'uphold').does('municipal', 'decision.supplementReview', sends);
    stands(scenario, 'officialDfk', 'uphold');
    expect([outcomeOf(questionIn(scenario)), overtaken(scenario)]).toEqual(['upheld', []]);
    expect(again(scenario, 'officialKl')).toMatchObject({ rejected: true });
  });

  it('that was overtaken is nobody’s task, and holds no third authority back (FM-WORK-1, FM-DEC-2)', () => {
    const scenario = stands(stands(inReview(), 'officialKl', 'uphold'), 'officialDfk', 'overturn');
    const waits = () => questionTasks(scenario.state).map((task) => task.command);
    expect(waits()).toEqual(['contactPoint.takeQuestion']);
    scenario.does('municipal', 'decision.supplementReview', sends);
    expect(waits()).toEqual(['contactPoint.takeQuestion']);
  });

  it('is given anew by who has the question alone (FM-CNF-2)', () => {
    const scenario = stands(inReview(), 'officialKl', 'uphold').does('municipal', 'decision.supplementReview', sends);
    for (const who of ['officialPolice', 'police', 'custody'] as const) expect(again(scenario, who), who).toMatchObject({ rejected: true, rule: 'FM-CNF-2' });
  });
});
