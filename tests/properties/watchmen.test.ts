import { describe, expect, it } from 'vitest';
import { emptyCase, type ExitCase, fold } from '../../src/domain/exit-case/case.js';
import { caseCommand } from '../../src/domain/exit-case/case.js';
import { aCaseInCourse } from '../support/agreement-states.js';
import { anAcceptedCase } from '../support/assessment-states.js';
import { aDischargedCase, aRevisedCase } from '../support/course-states.js';
import { people } from '../support/people.js';
import type { Scenario } from '../support/scenario.js';
import type { Step, Told } from './playing.js';
import { firstComplaint } from './watching.js';
import { watchmen } from './watchmen.js';

/** A scenario's facts as steps of one fact each, so that one of them can be taken out or changed behind the case's back. */
const stepsOf = (scenario: Scenario): readonly Step[] => {
  let before = emptyCase;
  return scenario.stream.map((recorded, at): Step => {
    const told: Told = { ...recorded, bodies: [] };
    const after = fold(scenario.stream.slice(0, at + 1));
    const step: Step = {
      number: at + 1,
      who: 'police',
      command: 'journal.add',
      input: {},
      at: recorded.at,
      today: scenario.today,
      kind: 'done',
      told: [told],
      before,
      after,
      length: [at, at + 1],
    };
    before = after;
    return step;
  });
};

const watchmanOf = (rule: string) => {
  const found = watchmen.find((one) => one.name.includes(rule));
  if (found === undefined) throw new Error(`nobody watches over ${rule}`);
  return found;
};
const says = (rule: string, steps: readonly Step[]): string | undefined => firstComplaint(watchmanOf(rule), steps);

const without = (steps: readonly Step[], type: string, which: (told: Told) => boolean = () => true): readonly Step[] =>
  steps.map((step) => ({ ...step, told: step.told.filter((one) => one.event.type !== type || !which(one)) }));
const changed = (steps: readonly Step[], at: number, how: (step: Step) => Partial<Step>): readonly Step[] =>
  steps.map((step, index) => (index === (at < 0 ? steps.length + at : at) ? { ...step, ...how(step) } : step));
const last = <T>(all: readonly T[]): T => {
  const found = all.at(-1);
  if (found === undefined) throw new Error('none');
  return found;
};

const course = stepsOf(aCaseInCourse());

describe('the watchmen are awake', () => {
  it.each(watchmen.map((one) => [one.name, one] as const))('says nothing of a case that went right: %s', (_name, watchman) => {
    // The refusals and scopes of these steps are no command's: what is asked here is of the facts.
    for (const steps of [course, stepsOf(aRevisedCase()), stepsOf(aDischargedCase())])
      expect(firstComplaint(watchman, steps)).toBeUndefined();
  });

  it('sees an agreement entered without consent', () => {
    expect(says('FM-CON-1', without(course, 'ConsentGiven'))).toContain('without valid consent');
  });

  it.each(['candidate', 'unit', people.jobcentre.authority])(
    'sees an agreement in force without the accession of %s',
    (party) => {
      expect(
        says(
          'FM-AGR-3',
          without(course, 'PartyAcceded', ({ event }) => event.type === 'PartyAcceded' && event.party === party),
        ),
      ).toContain(party);
    },
  );

  it('sees an agreement entered with a measure that was not granted', () => {
    expect(says('FM-AGR-3', without(course, 'MeasureDecided'))).toContain('not granted');
  });

  it('sees a running course without a contact person, and with one who left', () => {
    expect(says('FM-AGR-7', without(course, 'ContactPersonAppointed'))).toContain('contact person');
    const left: Told = { ...last(last(course).told), event: { type: 'MemberRemoved', user: people.municipal.user } };
    expect(
      says(
        'FM-AGR-7',
        changed(course, -1, ({ told }) => ({ told: [...told, left] })),
      ),
    ).toContain('not in the circle');
  });

  it.each(['police', 'municipal', 'probation'])('sees a decision without the conclusion of %s', (seat) => {
    const steps = without(
      stepsOf(anAcceptedCase()),
      'ConclusionSubmitted',
      ({ event }) => event.type === 'ConclusionSubmitted' && event.seat === seat,
    );
    expect(says('FM-ASM-7', steps)).toContain(seat);
  });

  it('sees a word of the contact point that two authorities have not given', () => {
    const steps = stepsOf(anAcceptedCase()).map((step) => ({
      ...step,
      told: step.told.map((one): Told =>
        one.event.type === 'CaseAccepted' ? { ...one, event: { ...one.event, method: 'contactPoint' } } : one,
      ),
    }));
    expect(says('FM-ASM-7', steps)).toContain('two equal positions');
  });

  it('sees a state that is not what its stream says, and one that cannot be read again', () => {
    expect(says('stored and read again', without(course, 'MeasureProposed'))).toContain('another after reading');
    const unreadable = changed(course, -1, ({ after }) => ({
      after: { ...after, person: { ...after.person, ageBand: new Map() as never } },
    }));
    expect(says('stored and read again', unreadable)).toContain('person');
  });

  it('sees a refused command that changed the state, the stream, or what was before', () => {
    const refused = (after: ExitCase, length: Step['length'] = [last(course).length[1], last(course).length[1]]): Step => ({
      ...last(course),
      number: 99,
      kind: 'rejected',
      told: [],
      before: last(course).after,
      after,
      length,
    });
    const state = last(course).after;
    expect(says('is refused leaves', [...course, refused(state)])).toBeUndefined();
    expect(
      says('is refused leaves', [...course, refused({ ...state, person: { ...state.person, safeContact: false } })]),
    ).toContain('person');
    expect(says('is refused leaves', [...course, refused(state, [5, 6])])).toContain('stream');
    expect(says('is refused leaves', [...course, { ...refused(state), before: emptyCase, after: emptyCase }])).toContain(
      'between two commands',
    );
    expect(says('is refused leaves', [...course, { ...refused(state), told: last(course).told }])).toContain('recorded');
  });

  it.each([
    [{ rule: 'FM-XYZ-1' as const }, 'no such rule'],
    [{ detail: '' }, 'it says'],
    [{ detail: 'undefined mangler samtykke.' }, 'it says'],
    [{ rests: [] }, 'rests on nothing'],
  ])('sees a refusal that says nothing: %j', (but, complaint) => {
    const rejection = {
      rejected: true,
      rule: 'FM-CON-1',
      rests: ['consent'],
      detail: 'Samtykket mangler. Registrér det først.',
      ...but,
    } as const;
    expect(
      says(
        'refusal names',
        changed(course, -1, () => ({ kind: 'rejected', told: [], rejection })),
      ),
    ).toContain(complaint);
  });

  it('sees an error in another language', () => {
    expect(
      says(
        'refusal names',
        changed(course, -1, () => ({ kind: 'invalid', told: [], issues: ['Invalid input: expected string'] })),
      ),
    ).toContain('Invalid');
  });

  it('sees a case that leaps over a step, and one that goes back for no reason', () => {
    const inquiry = course.find(({ told }) => told.some(({ event }) => event.type === 'InquiryTaken'))?.after ?? emptyCase;
    expect(
      says(
        'steps of the framework',
        changed(course, -1, () => ({ before: inquiry })),
      ),
    ).toContain('inquiry>course');
    expect(
      says(
        'steps of the framework',
        changed(course, -1, ({ after }) => ({ before: after, after: inquiry })),
      ),
    ).toContain('course>inquiry');
  });

  it('sees two open versions of an agreement', () => {
    const opened = (version: number): Told => ({
      ...last(last(course).told),
      event: { type: 'AgreementVersionOpened', version, on: last(course).today },
    });
    expect(
      says(
        'at most one version',
        changed(course, -1, ({ told }) => ({ told: [...told, opened(2), opened(3)] })),
      ),
    ).toContain('2 and 3');
  });

  it('sees a command that writes where it said it would not', () => {
    const strange = changed(course, -1, ({ told }) => ({
      command: 'residence.change',
      told: told.map((one) => ({ ...one, bodies: [{ scope: { kind: 'police' as const }, content: {} }] })),
    }));
    expect(caseCommand('residence.change')?.writes).toEqual([]);
    expect(says('the scopes it names', strange)).toContain('police');
  });

  it('sees somebody who is excluded and in the circle, and a circle that is not what was done to it', () => {
    const out: Told = { ...last(last(course).told), event: { type: 'PersonExcluded', user: people.police.user } };
    const steps = changed(course, -1, ({ told }) => ({ told: [...told, out] }));
    expect(says('never in the circle again', steps)).toContain(people.police.user);
    expect(says('the circle is those', steps)).toContain('another circle');
  });

  it('sees a case where nobody can do anything, and one where nothing waits', () => {
    const { after } = last(course);
    expect(
      says(
        'somebody can do something',
        changed(course, -1, () => ({ after: { ...after, circle: { ...after.circle, members: [] } } })),
      ),
    ).toContain('nobody can');
    // After its assessment was interrupted, and yet not closed.
    const accepted = last(stepsOf(anAcceptedCase()));
    const limbo: ExitCase = {
      ...accepted.after,
      decision: {},
      assessment: { ...accepted.after.assessment, interrupted: { on: accepted.today, reason: 'died' } },
    };
    expect(says('somebody can do something', [{ ...accepted, after: limbo }])).toContain('nothing waits');
  });
});
