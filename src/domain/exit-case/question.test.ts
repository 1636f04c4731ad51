import { describe, expect, it } from 'vitest';
import {
  aCaseHeard,
  aCaseInAssessment,
  aCaseWithConclusions,
  anAcceptedCase,
  forAcceptance,
} from '../../../tests/support/assessment-states.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { membershipsOf } from './circle.js';
import { openQuestions } from './question.js';
import { authoritiesNeeded, questionTasks } from './question-tasks.js';

const asked = (day?: string): Scenario =>
  aCaseInAssessment(day).does('municipal', 'assessment.askAdvice', {
    topic: 'suitability',
    question: 'Hvordan vejer vi gælden?',
    entries: [{ text: 'Notat fra samtalen' }, { text: 'Referat' }],
  });
const idOf = (scenario: Scenario) => scenario.state.questions.questions.at(-1)?.id;
const take = (scenario: Scenario, ...officials: PersonName[]): Scenario => {
  for (const who of officials) scenario.does(who, 'contactPoint.takeQuestion', { question: idOf(scenario) });
  return scenario;
};

describe('a question to the contact point', () => {
  it('is asked by the unit on motivation or suitability, with date and due date (FM-ASM-6, FM-NCP-2)', () => {
    expect(openQuestions(asked('2026-11-02').state)).toMatchObject([
      { kind: 'advice', topic: 'suitability', askedOn: '2026-11-02', due: '2026-11-16', status: 'open' },
    ]);
    expect(aCaseInAssessment().tries('police', 'assessment.askAdvice', { topic: 'need', question: 'x' })).toMatchObject({
      invalid: true,
    });
    expect(aCaseInAssessment().refusal('jobcentre', 'assessment.askAdvice', { topic: 'motivation', question: 'x' }).rule).toBe(
      'FM-CNF-2',
    );
    expect(aCase().refusal('police', 'assessment.askAdvice', { topic: 'motivation', question: 'x' }).rule).toBe('FM-ASM-1');
    expect(anAcceptedCase().refusal('police', 'assessment.askAdvice', { topic: 'motivation', question: 'x' }).rule).toBe(
      'FM-DEC-1',
    );
  });

  it('brings along the texts the asker picked, in a bundle of its own and nowhere else (FM-CNF-4)', () => {
    const outcome = aCaseInAssessment().tries('municipal', 'assessment.askAdvice', {
      topic: 'motivation',
      question: 'Bærer det?',
      entries: [{ text: 'Notat' }],
    });
    const id = '11111111-0000-4000-8000-000000000001';
    expect(outcome).toMatchObject([
      { event: { type: 'QuestionAsked', question: id }, bodies: [{ scope: { kind: 'bundle', subject: id } }] },
    ]);
    expect(outcome).toHaveProperty('0.bodies.0.content.entries.length', 1);
    expect(JSON.stringify(outcome)).not.toMatch(/Notat|Bærer/);
  });

  it('lays a text that not all of the unit reads in a part of its own, with its place among the others (FM-CNF-4)', () => {
    const outcome = aCaseInAssessment().tries('municipal', 'assessment.askAdvice', {
      topic: 'motivation',
      question: 'Bærer det?',
      entries: [{ text: 'Om søvn', seats: ['probation', 'municipal'] }, { text: 'Til alle' }, { text: 'Om gæld', seats: ['municipal', 'probation'] }],
    });
    const id = '11111111-0000-4000-8000-000000000001';
    expect(outcome).toMatchObject([
      {
        bodies: [
          { scope: { kind: 'bundle', subject: id }, content: { places: [1] } },
          { scope: { kind: 'bundle', subject: `${id}|municipal+probation` }, content: { places: [0, 2] } },
        ],
      },
    ]);
    expect(aCaseInAssessment().tries('municipal', 'assessment.askAdvice', { topic: 'motivation', question: 'x', entries: [{ text: 'x', seats: [] }] })).toMatchObject({ invalid: true });
  });

  it('needs one authority for advice, two for a decision, and when two disagree a third; none when they are at work on it (FM-DEC-2)', () => {
    const needed = (scenario: Scenario) => scenario.state.questions.questions.map(authoritiesNeeded);
    expect(needed(asked())).toEqual([1]);
    expect(needed(take(asked(), 'officialKl'))).toEqual([0]);
    const scenario = aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
    expect(needed(scenario)).toEqual([2]);
    expect(needed(take(scenario, 'officialKl'))).toEqual([1]);
    expect(needed(take(scenario, 'officialDfk'))).toEqual([0]);
    const question = idOf(scenario);
    scenario.does('officialKl', 'contactPoint.decide', { question, position: 'accept', reasons: 'Ja' });
    expect(needed(scenario)).toEqual([0]);
    scenario.does('officialDfk', 'contactPoint.decide', { question, position: 'refuse', criterion: 'motivation', reasons: 'Nej' });
    expect(needed(scenario)).toEqual([1]);
  });

  it('says on which day it ended, however it did', () => {
    const answered = take(asked('2026-11-02'), 'officialKl').days(3);
    answered.does('officialKl', 'contactPoint.advise', { question: idOf(answered), advice: 'Ja' });
    const returned = take(asked('2026-11-02'), 'officialKl').days(4);
    returned.does('officialKl', 'contactPoint.returnQuestion', { question: idOf(returned), advice: 'Hør ham igen' });
    const withdrawn = asked('2026-11-02').days(5).does('police', 'assessment.interrupt', { reason: 'other', note: 'Kom ikke' });
    expect([answered, returned, withdrawn].map(({ state }) => [state.questions.questions[0]?.status, state.questions.questions[0]?.endedOn])).toEqual([
      ['answered', '2026-11-05'], ['returned', '2026-11-06'], ['withdrawn', '2026-11-07'],
    ]);
  });

  it('is taken by an official, who becomes a member of its bundle and of nothing more (FM-NCP-2)', () => {
    const scenario = take(asked(), 'officialKl');
    expect(membershipsOf(scenario.state, people.officialKl.user)).toMatchObject([
      { role: 'question', authority: 'kl', question: idOf(scenario) },
    ]);
    expect(scenario.refusal('officialKl', 'journal.add', { text: 'x', kind: 'personal' }).rule).toBe('FM-CNF-2');
  });

  it('is taken by officials of the contact point alone (FM-NCP-2)', () => {
    for (const who of ['police', 'odense', 'auditor', 'admin', 'custody'] as const) {
      const scenario = asked();
      expect(scenario.refusal(who, 'contactPoint.takeQuestion', { question: idOf(scenario) }).rule, who).toBe('FM-CNF-2');
    }
  });

  it('is taken once per authority, and while it is open (FM-DEC-2)', () => {
    const scenario = take(asked(), 'officialKl');
    expect(scenario.refusal('officialKl', 'contactPoint.takeQuestion', { question: idOf(scenario) }).rule).toBe('FM-DEC-2');
    scenario.does('officialKl', 'contactPoint.advise', { question: idOf(scenario), advice: 'Tal med bostyret' });
    expect(scenario.refusal('officialDfk', 'contactPoint.takeQuestion', { question: idOf(scenario) }).rule).toBe('FM-NCP-2');
  });

  it('is taken by no more officials than it takes to answer, and who comes later is told who has it (FM-CNF-4, FM-NCP-2)', () => {
    const scenario = take(asked(), 'officialPolice');
    expect(scenario.refusal('officialKl', 'contactPoint.takeQuestion', { question: idOf(scenario) })).toMatchObject({
      rule: 'FM-NCP-2', rests: ['own'], detail: 'Rigspolitiet har taget spørgsmålet. Der mangler ikke flere.',
    });
    scenario.does('officialPolice', 'contactPoint.returnQuestion', { question: idOf(scenario), to: 'queue' });
    expect(take(scenario, 'officialKl').state.questions.questions[0]?.takenBy).toMatchObject([{ authority: 'kl' }]);
    const disputed = take(aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' }), 'officialKl', 'officialDfk');
    const question = idOf(disputed);
    expect(disputed.refusal('officialPolice', 'contactPoint.takeQuestion', { question }).detail).toContain('KL og Direktoratet for Kriminalforsorgen har taget spørgsmålet');
    disputed.does('officialKl', 'contactPoint.decide', { question, position: 'accept', reasons: 'Ja' });
    expect(disputed.refusal('officialPolice', 'contactPoint.takeQuestion', { question }).rule).toBe('FM-NCP-2');
    disputed.does('officialDfk', 'contactPoint.decide', { question, position: 'refuse', criterion: 'need', reasons: 'Nej' });
    take(disputed, 'officialPolice');
  });

  it('comes back to the desk when the official who has it leaves the circle (FM-NCP-2, FM-CNF-2)', () => {
    for (const command of ['circle.remove', 'circle.exclude']) {
      const scenario = take(asked(), 'officialKl').does('police', command, { user: people.officialKl.user, reason: 'I familie' });
      expect(scenario.state.questions.questions[0]?.takenBy, command).toEqual([]);
      expect(questionTasks(scenario.state).map((task) => task.owner)).toEqual(questionTasks(asked().state).map((task) => task.owner));
      take(scenario, 'officialDfk').does('officialDfk', 'contactPoint.advise', { question: idOf(scenario), advice: 'Ja' });
    }
  });

  it('an official shut out of the case hears what all hear of a question that is gone (FM-DEC-4, FM-CNF-3)', () => {
    const scenario = asked().does('police', 'circle.exclude', { user: people.officialKl.user, reason: 'I familie' });
    const shutOut = scenario.refusal('officialKl', 'contactPoint.takeQuestion', { question: idOf(scenario) });
    expect(shutOut).toEqual(
      scenario.refusal('officialDfk', 'contactPoint.takeQuestion', { question: '99999999-0000-4000-8000-000000000001' }),
    );
  });
});

describe('the answer', () => {
  it('is advice from one official; it ends his access and binds nobody (FM-ASM-6, FM-NCP-2, FM-DEC-2)', () => {
    const scenario = take(asked(), 'officialPolice').does('officialPolice', 'contactPoint.advise', {
      question: idOf(asked()),
      advice: 'Tal med bostyret',
    });
    expect(scenario.state.questions.questions[0]?.status).toBe('answered');
    expect(membershipsOf(scenario.state, people.officialPolice.user)).toEqual([]);
    expect(scenario.tries('municipal', 'assessment.submit', forAcceptance)).toHaveLength(1);
  });

  it('lies in the bundle, which the unit goes on reading (FM-ASM-6)', () => {
    const scenario = take(asked(), 'officialKl');
    const question = idOf(scenario);
    expect(scenario.tries('officialKl', 'contactPoint.advise', { question, advice: 'Spørg ham' })).toMatchObject([
      { event: { type: 'QuestionAnswered', question }, bodies: [{ scope: { kind: 'bundle', subject: question } }] },
      { event: { type: 'MemberRemoved', user: people.officialKl.user, role: 'question', question } },
    ]);
  });

  it('ends the access of everybody who had taken the question (FM-NCP-2)', () => {
    const scenario = take(aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' }), 'officialKl', 'officialDfk');
    for (const who of ['officialKl', 'officialDfk'] as const) scenario.does(who, 'contactPoint.decide', { question: idOf(scenario), position: 'accept', reasons: 'Ja' });
    expect([people.officialKl, people.officialDfk].flatMap(({ user }) => membershipsOf(scenario.state, user))).toEqual([]);
  });

  it('comes from him who took it (FM-NCP-2)', () => {
    const scenario = take(asked(), 'officialKl');
    expect(scenario.refusal('officialDfk', 'contactPoint.advise', { question: idOf(scenario), advice: 'x' }).rule).toBe(
      'FM-CNF-2',
    );
    expect(
      scenario.refusal('officialKl', 'contactPoint.advise', { question: '99999999-0000-4000-8000-000000000001', advice: 'x' }),
    ).toMatchObject({ rule: 'FM-NCP-2', field: 'question' });
  });

  it('of advice is never a decision (FM-DEC-2)', () => {
    const scenario = take(asked(), 'officialKl');
    expect(
      scenario.refusal('officialKl', 'contactPoint.decide', { question: idOf(scenario), position: 'accept', reasons: 'x' }).rule,
    ).toBe('FM-NCP-2');
  });
});

describe('giving a question back', () => {
  it('puts it into the queue again for a colleague (FM-NCP-2)', () => {
    const scenario = take(asked(), 'officialKl').does('officialKl', 'contactPoint.returnQuestion', { question: idOf(asked()), to: 'queue' });
    expect(membershipsOf(scenario.state, people.officialKl.user)).toEqual([]);
    expect(openQuestions(scenario.state)).toMatchObject([{ takenBy: [], status: 'open' }]);
    expect(take(scenario, 'officialDfk').state.questions.questions[0]?.takenBy).toMatchObject([{ authority: 'dfk' }]);
  });

  it('with advice, returns it to the unit (FM-NCP-2)', () => {
    const scenario = take(aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' }), 'officialKl', 'officialDfk').days(14);
    const question = idOf(scenario);
    expect(
      scenario.tries('officialKl', 'contactPoint.returnQuestion', { question, advice: 'Vi mangler oplysninger' }),
    ).toMatchObject([{ bodies: [{ scope: { kind: 'bundle', subject: question } }] }, {}, {}]);
    scenario.does('officialKl', 'contactPoint.returnQuestion', { question, advice: 'Vi mangler oplysninger' });
    expect(scenario.state.questions.questions[0]?.status).toBe('returned');
    expect(membershipsOf(scenario.state, people.officialDfk.user)).toEqual([]);
  });

  it('is for him who took it (FM-NCP-2)', () => {
    const scenario = take(asked(), 'officialKl');
    expect(scenario.refusal('officialDfk', 'contactPoint.returnQuestion', { question: idOf(scenario), to: 'queue' }).rule).toBe('FM-CNF-2');
    expect(
      scenario.refusal('officialKl', 'contactPoint.returnQuestion', { question: '99999999-0000-4000-8000-000000000001' }).rule,
    ).toBe('FM-NCP-2');
  });
});

describe('what waits at the contact point', () => {
  it('lies on the desk until it is taken, then with the official (FM-NCP-2, FM-WORK-1)', () => {
    const scenario = asked('2026-11-02');
    expect(questionTasks(scenario.state)).toMatchObject([
      { owner: { desk: 'contact_point' }, due: '2026-11-16', command: 'contactPoint.takeQuestion' },
    ]);
    take(scenario, 'officialKl');
    expect(questionTasks(scenario.state)).toMatchObject([
      { owner: { user: people.officialKl.user }, due: '2026-11-16', command: 'contactPoint.advise' },
    ]);
    scenario.does('officialKl', 'contactPoint.advise', { question: idOf(scenario), advice: 'Ja' });
    expect(questionTasks(scenario.state)).toEqual([]);
  });

  it('a decision stays on the desk until two authorities have taken it (FM-DEC-2)', () => {
    const scenario = aCaseWithConclusions({ municipal: 'refuse' })
      .does('police', 'hearing.send', { exception: 'Kender dem' })
      .does('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' });
    take(scenario, 'officialKl');
    expect(questionTasks(scenario.state).map((task) => task.command)).toEqual([
      'contactPoint.decide',
      'contactPoint.takeQuestion',
    ]);
    take(scenario, 'officialDfk');
    expect(questionTasks(scenario.state).map((task) => task.command)).toEqual(['contactPoint.decide', 'contactPoint.decide']);
  });

  it('waits for the third authority when the two that took it disagree (FM-DEC-2, FM-WORK-1)', () => {
    const scenario = aCaseWithConclusions({ municipal: 'refuse' })
      .does('police', 'hearing.send', { exception: 'Kender dem' })
      .does('police', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' });
    take(scenario, 'officialKl', 'officialDfk');
    const position = { question: idOf(scenario), reasons: 'Drøftet' };
    scenario.does('officialKl', 'contactPoint.decide', { ...position, position: 'accept' });
    scenario.does('officialDfk', 'contactPoint.decide', { ...position, position: 'refuse', criterion: 'motivation' });
    expect(questionTasks(scenario.state)).toMatchObject([
      { owner: { desk: 'contact_point' }, command: 'contactPoint.takeQuestion' },
    ]);
  });
});
