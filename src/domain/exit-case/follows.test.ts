import { describe, expect, it } from 'vitest';
import * as agreements from '../../../tests/support/agreement-states.js';
import * as assessments from '../../../tests/support/assessment-states.js';
import * as courses from '../../../tests/support/course-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, anInquiry, Scenario } from '../../../tests/support/scenario.js';
import { caseCommand } from './case.js';
import type { Task } from './define.js';
import { endedAs, stepOf, tasksOf } from './follows.js';
import { holderOf } from './vote.js';

const { allWithdrawn, partWithdrawn, saysNo, withPlacement, withTreatment } = agreements;

/** Every state the tests of the steps begin from, by the name of what makes it. */
const named = Object.entries({ anInquiry, aCase, aCustodyCase, ...agreements, ...assessments, ...courses }).flatMap(
  ([name, make]): [string, () => Scenario][] =>
    /^an?[A-Z]?.*(Case|Agreement|Inquiry)/.test(name) && typeof make === 'function' ? [[name, make as () => Scenario]] : [],
);

const against = () => assessments.aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' });
const cannotGoOn = (scenario: Scenario): Scenario =>
  scenario
    .does('municipal', 'consent.withdraw', allWithdrawn)
    .does('police', 'consent.weighWithdrawal', { outcome: 'cannot-go-on', reason: 'Intet kan samordnes' });

/** States on the way that had something to wait for. */
const onTheWay: [string, () => Scenario][] = [
  ['conclusions against', against],
  ['a hearing whose deadline runs', () => against().does('police', 'hearing.send', { facts: 'x', deadline: '2026-11-20' })],
  ['a hearing left out', () => against().does('police', 'hearing.send', { exception: 'x' })],
  [
    'disagreement while a hearing runs',
    () =>
      assessments
        .aCaseWithConclusions({ municipal: 'refuse' })
        .does('police', 'hearing.send', { facts: 'x', deadline: '2026-11-20' }),
  ],
  ['a no', () => aCase().does('police', 'consent.refuse', saysNo)],
  [
    'part of the consent withdrawn',
    () => agreements.aCaseInCourse().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['health'] })),
  ],
  ['all of the consent withdrawn', () => agreements.aCaseInCourse().does('municipal', 'consent.withdraw', allWithdrawn)],
  ['a course that cannot go on', () => cannotGoOn(agreements.aCaseInCourse())],
  [
    'a course that all will interrupt',
    () => courses.allState(cannotGoOn(agreements.aCaseInCourse()), { position: 'interrupt', ground: 'consent-withdrawn' }),
  ],
  [
    'a course that cannot go on and nobody will interrupt',
    () => courses.allState(cannotGoOn(agreements.aCaseInCourse()), { position: 'continue' }),
  ],
  ['an accepted case that cannot go on', () => cannotGoOn(agreements.anAcceptedCaseWithConsent())],
  ['a breach to be heard', () => agreements.aCaseInCourse().does('municipal', 'breach.record', { what: 'Udeblevet', kind: 'personal' })],
  ['a heard breach', () => courses.aHeardBreach(agreements.aCaseInCourse())],
  ['a placement', () => withPlacement(aCase())],
  ['a treatment that was asked for', () => withTreatment(aCase())],
  [
    'a measure about economy that nobody in Udvej decides',
    () => {
      const scenario = aCase().does('municipal', 'measure.propose', { type: 'afdragsordning' });
      return scenario.does('municipal', 'measure.request', { measure: agreements.latestMeasure(scenario), on: scenario.today });
    },
  ],
];

/** Who does the task, as an actor of the tests; the contact point's desk is an official who has not taken it yet. */
const ownerOf = ({ state }: Scenario, { owner }: Task) => {
  if ('desk' in owner) return people.officialKl;
  const user = 'user' in owner ? owner.user : holderOf(state, owner.seat)?.user;
  return Object.values(people).find((one) => one.user === user);
};

/**
 * What is said to the owner of a task who follows it; nothing when he can go on. A seat nobody holds does nothing: to fill it is itself a
 * task of the seats that are filled.
 */
const inTheWay = (scenario: Scenario, task: Task): string | undefined => {
  const command = caseCommand(task.command);
  const actor = ownerOf(scenario, task);
  if (command === undefined) return `there is no command ${task.command}`;
  if (actor === undefined) return 'seat' in task.owner ? undefined : 'nobody owns it';
  if (!command.may.test(scenario.state, actor)) return `only ${command.may.who} may`;
  return command.when(scenario.state, scenario.context(actor))?.detail;
};

describe('a task of a case', () => {
  it('is looked at in every state the tests begin from', () => {
    expect(named.length).toBeGreaterThan(20);
  });

  it.each([...named, ...onTheWay])('leads its owner to something he can do: %s (FM-WORK-1)', (_name, make) => {
    const scenario = make();
    const stuck = tasksOf(scenario.state).flatMap((task) => {
      const why = inTheWay(scenario, task);
      return why === undefined ? [] : [`${task.key} → ${task.command}: ${why}`];
    });
    expect(stuck).toEqual([]);
  });

  it('is there to be looked at: most of these states wait for something (FM-WORK-1)', () => {
    expect([...named, ...onTheWay].filter(([, make]) => tasksOf(make().state).length > 0).length).toBeGreaterThan(25);
  });
});

describe('how far a case came (FM-WORK-6)', () => {
  it.each<[string, () => Scenario, number, string | undefined]>([
    ['a new one', anInquiry, 1, undefined],
    ['one in assessment', assessments.aCaseInAssessment, 3, undefined],
    ['one in course', agreements.aCaseInCourse, 7, undefined],
    ['one that was refused', assessments.aRefusedCase, 3, 'afslag'],
    ['one that came to its end', courses.aDischargedCase, 8, 'forløbet blev gennemført'],
  ])('is said in the head of %s, and no step that was never taken is shown as done', (_name, make, step, ended) => {
    const { state } = make();
    expect([stepOf(state), endedAs(state)]).toEqual([step, ended]);
  });
});
