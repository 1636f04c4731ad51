import { describe, expect, it } from 'vitest';
import { aCaseHeard, aCaseInAssessment, aRefusedCase, refusal } from '../../../tests/support/assessment-states.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { questionReadingTasks } from './question-reading.js';

const idOf = (scenario: Scenario) => scenario.state.questions.questions.at(-1)?.id;
const advised = (): Scenario => {
  const scenario = aCaseInAssessment('2026-11-02').does('probation', 'assessment.askAdvice', { topic: 'motivation', question: 'x' });
  const question = idOf(scenario);
  return scenario.does('officialKl', 'contactPoint.takeQuestion', { question }).does('officialKl', 'contactPoint.advise', { question, advice: 'Ja' });
};
const decided = (position: 'accept' | 'refuse'): Scenario => {
  const scenario = aCaseHeard().does('municipal', 'assessment.referToContactPoint', { account: 'x' });
  const question = idOf(scenario);
  for (const who of ['officialKl', 'officialDfk'] as const) {
    scenario.does(who, 'contactPoint.takeQuestion', { question });
    scenario.does(who, 'contactPoint.decide', { question, position, reasons: 'x', ...(position === 'refuse' ? { criterion: 'need' } : {}) });
  }
  return scenario;
};
const reviewed = (asker: PersonName): Scenario => {
  const scenario = aRefusedCase().does(asker, 'decision.requestReview', { account: 'x' });
  const question = idOf(scenario);
  if (asker === 'officialPolice') scenario.does('police', 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
  for (const who of ['officialKl', 'officialDfk'] as const) scenario.does(who, 'contactPoint.takeQuestion', { question }).does(who, 'contactPoint.decideReview', { question, position: 'uphold', reasons: 'x' });
  return scenario;
};
const waits = (scenario: Scenario) => questionReadingTasks(scenario.state).map(({ title, owner }) => [title, owner]);
const READ = 'Læs kontaktpunktets svar';
const GIVE = 'Giv kandidaten afgørelsen';

describe('what the contact point answered', () => {
  it('waits to be read by who asked, in two working days, until he has (FM-ASM-6, FM-WORK-1)', () => {
    const scenario = advised();
    expect(questionReadingTasks(scenario.state)).toMatchObject([{ title: READ, owner: { user: people.probation.user }, due: '2026-11-04', command: 'question.readAnswer' }]);
    scenario.does('probation', 'question.readAnswer', { question: idOf(scenario) });
    expect(waits(scenario)).toEqual([]);
    expect(scenario.refusal('probation', 'question.readAnswer', { question: idOf(scenario) }).rule).toBe('FM-WORK-1');
  });

  it('waits for nobody while it is not answered, nor when it fell away (FM-WORK-1)', () => {
    const scenario = aCaseInAssessment().does('probation', 'assessment.askAdvice', { topic: 'motivation', question: 'x' });
    expect(waits(scenario)).toEqual([]);
    expect(waits(scenario.does('police', 'assessment.interrupt', { reason: 'withdrew' }))).toEqual([]);
  });

  it('is the co-ordinator’s to read when who asked has left, or when the contact point asked itself (FM-WORK-1, FM-DEC-2)', () => {
    const left = advised().does('police', 'circle.remove', { user: people.probation.user, reason: 'Nyt arbejde' });
    expect(waits(left)).toEqual([[READ, { seat: 'police' }]]);
    expect(waits(reviewed('officialPolice'))).toEqual([[READ, { seat: 'police' }], [GIVE, { seat: 'police' }]]);
  });

  it('that came back with advice is read as well (FM-DEC-2)', () => {
    const scenario = aCaseInAssessment().does('municipal', 'assessment.askAdvice', { topic: 'motivation', question: 'x' });
    const question = idOf(scenario);
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question }).does('officialKl', 'contactPoint.returnQuestion', { question, to: 'unit', advice: 'Hør ham' });
    expect(waits(scenario)).toEqual([[READ, { user: people.municipal.user }]]);
  });

  it('waits no longer when the unit has decided meanwhile (FM-WORK-1)', () => {
    const scenario = aCaseHeard().does('municipal', 'assessment.askAdvice', { topic: 'motivation', question: 'x' });
    const question = idOf(scenario);
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question }).does('officialKl', 'contactPoint.advise', { question, advice: 'Ja' });
    expect(waits(scenario)).toHaveLength(1);
    expect(waits(scenario.does('police', 'decision.refuse', refusal))).toEqual([]);
  });

  it('is noted as read by the unit alone (FM-CNF-2)', () => {
    const scenario = advised();
    for (const who of ['officialKl', 'odense', 'jobcentre'] as const) expect(scenario.refusal(who, 'question.readAnswer', { question: idOf(scenario) }).rule, who).toBe('FM-CNF-2');
    const asked = decided('refuse');
    for (const who of ['officialKl', 'odense', 'jobcentre'] as const) expect(asked.refusal(who, 'decision.give', { question: idOf(asked) }).rule, who).toBe('FM-CNF-2');
  });
});

describe('what the contact point decided', () => {
  it.each([['accept', () => decided('accept')], ['refuse', () => decided('refuse')], ['uphold', () => reviewed('municipal')]] as const)('is given to the candidate by the co-ordinator, whether it is to %s; who asked has still to read it (FM-LAW-1, FM-DEC-1, FM-WORK-1)', (_what, made) => {
    const scenario = made();
    expect(waits(scenario)).toEqual([[READ, { user: people.municipal.user }], [GIVE, { seat: 'police' }]]);
    scenario.does('police', 'decision.give', { question: idOf(scenario) });
    expect(waits(scenario)).toEqual([[READ, { user: people.municipal.user }]]);
    expect(scenario.events('DecisionGiven')).toMatchObject([{ on: scenario.today }]);
    expect(scenario.events('QuestionAnswerRead')).toEqual([]);
  });

  it('has been read by who gives it, when it is he who asked, or who reads in the place of who did (FM-WORK-1, FM-DEC-2)', () => {
    const own = decided('accept');
    own.does('municipal', 'decision.give', { question: idOf(own) });
    const inPlace = reviewed('officialPolice');
    inPlace.does('police', 'decision.give', { question: idOf(inPlace) });
    for (const scenario of [own, inPlace]) {
      expect(waits(scenario)).toEqual([]);
      expect(scenario.events('QuestionAnswerRead')).toMatchObject([{ on: scenario.today }]);
    }
    const other = reviewed('officialPolice');
    other.does('municipal', 'decision.give', { question: idOf(other) });
    expect(waits(other)).toEqual([[READ, { seat: 'police' }]]);
  });

  it('read before it was given is not read again (FM-WORK-1)', () => {
    const scenario = decided('accept');
    scenario.does('municipal', 'question.readAnswer', { question: idOf(scenario) }).does('municipal', 'decision.give', { question: idOf(scenario) });
    expect(scenario.events('QuestionAnswerRead')).toHaveLength(1);
  });

  it('is given on a day from the decision until today (FM-LAW-1)', () => {
    const scenario = decided('accept');
    for (const on of ['2026-11-01', '2099-01-01']) expect(scenario.refusal('police', 'decision.give', { question: idOf(scenario), on })).toMatchObject({ rule: 'FM-LAW-1', field: 'on' });
    expect(scenario.tries('police', 'decision.give', { question: idOf(scenario), on: scenario.today })).toHaveLength(1);
  });

  it('advice is nothing the candidate is given (FM-ASM-6)', () => {
    expect(advised().refusal('police', 'decision.give', { question: idOf(advised()) }).rule).toBe('FM-LAW-1');
  });
});
